//! Goods and services of a document as the site gives them, with their discounts, costs and taxes.

use super::reading::Reading;
use super::values::{id, one_line, switch};
use super::xml::Element;
use crate::kernel::money::{Money, Percent, Price, Qty};
use crate::kernel::text::normalize;

/// The id 1С-Битрикс and its followers give the delivery line.
pub(super) const DELIVERY_ID: &str = "ORDER_DELIVERY";

/// A discount of a line or of the whole document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SiteDiscount {
    /// `Наименование`.
    pub name: String,
    /// `Сумма`.
    pub amount: Option<Money>,
    /// `Процент`.
    pub percent: Option<Percent>,
    /// `УчтеноВСумме`: true (also when not said) when the sum beside it is already reduced.
    pub included: bool,
}

/// An additional cost (`ДопРасход`): a delivery, a packing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SiteCost {
    /// `Наименование`.
    pub name: String,
    /// `Сумма`.
    pub amount: Money,
    /// `УчтеноВСумме`: true only when said.
    pub included: bool,
}

/// What a tax rate says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TaxRate {
    /// «Без НДС».
    Without,
    /// So many percent.
    Percent(Percent),
}

/// A tax of a line or of the whole document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SiteTax {
    /// `Наименование`.
    pub name: String,
    /// `Сумма`.
    pub amount: Option<Money>,
    /// `Ставка`.
    pub rate: Option<TaxRate>,
    /// `УчтеноВСумме`: true (also when not said) when the sum beside it holds the tax.
    pub included: bool,
}

impl SiteTax {
    /// True for value added tax.
    pub fn is_vat(&self) -> bool {
        let name = self.name.to_lowercase();
        name.is_empty() || name.contains("ндс") || name.contains("vat")
    }
}

/// A line of a document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SiteLine {
    /// `Ид` as written.
    pub site_id: String,
    /// The item part of the id.
    pub item: String,
    /// The characteristic part of the id (`item#characteristic`); empty when there is none.
    pub characteristic: String,
    /// `Артикул`.
    pub article: String,
    /// `Штрихкод`.
    pub barcode: String,
    /// `Наименование` in one line.
    pub name: String,
    /// Code of the base unit (ОКЕИ), without blanks.
    pub unit_code: String,
    /// Name of the base unit, the short one when there is one.
    pub unit_name: String,
    /// `ЦенаЗаЕдиницу` (or the older `Цена`): what the buyer was shown.
    pub shown_price: Option<Price>,
    /// `Количество` in the unit of the line; nothing when absent or unreadable.
    pub qty: Option<Qty>,
    /// False when the quantity had more decimals than are kept.
    pub qty_is_exact: bool,
    /// `Коэффициент`: base units in the unit of the line, one when not said.
    pub coefficient: Qty,
    /// `Сумма`; price times quantity when there is none.
    pub amount: Money,
    /// True when the amount was given and not computed.
    pub amount_is_given: bool,
    /// `Скидки`.
    pub discounts: Vec<SiteDiscount>,
    /// `Налоги` and `СтавкиНалогов`.
    pub taxes: Vec<SiteTax>,
    /// `ЗначенияРеквизитов` in order, all kept.
    pub requisites: Vec<(String, String)>,
    /// `ХарактеристикиТовара`: name and value.
    pub properties: Vec<(String, String)>,
}

impl SiteLine {
    /// The value of a requisite of the line; an empty value counts as none.
    pub fn requisite(&self, name: &str) -> Option<&str> {
        let wanted = normalize(name);
        let found = self.requisites.iter().filter(|(own, _)| normalize(own) == wanted);
        found.map(|(_, value)| value.as_str()).find(|value| !value.is_empty())
    }
    /// True for a service: `ТипНоменклатуры` or `ВидНоменклатуры` says so, or it is the delivery line.
    pub fn is_service(&self) -> bool {
        let says = |name: &str| self.requisite(name).is_some_and(|value| value.to_lowercase().starts_with("услуга"));
        self.has_delivery_id() || says("ТипНоменклатуры") || says("ВидНоменклатуры")
    }
    /// True for the id that means delivery.
    pub fn has_delivery_id(&self) -> bool {
        self.site_id.trim().to_uppercase().starts_with(DELIVERY_ID)
    }
    /// The place of the line in the basket of the site.
    pub fn position(&self) -> &str {
        self.requisite("НомерПозицииКорзины").unwrap_or_default()
    }
    /// The value added tax of the line, by `Налоги` first and `СтавкиНалогов` second.
    pub fn vat(&self) -> Option<&SiteTax> {
        self.taxes.iter().find(|tax| tax.is_vat() && tax.rate.is_some())
    }
}

/// All lines of a document.
pub(super) fn lines(document: &Element, reading: &mut Reading) -> Vec<SiteLine> {
    let goods = document.within("Товары", "Товар");
    goods.enumerate().map(|(at, element)| reading.at_line(at, |reading| line(element, reading))).collect()
}

fn line(element: &Element, reading: &mut Reading) -> SiteLine {
    let price_name =
        if element.value("ЦенаЗаЕдиницу").is_empty() { "Цена" } else { "ЦенаЗаЕдиницу" };
    let price = reading.number(element, price_name);
    let number = reading.number(element, "Количество");
    let qty = number.and_then(|value| Qty::from_dec(value).ok());
    let given = reading.money(element, "Сумма");
    let product = || price.zip(number).and_then(|(price, qty)| Money::from_dec(price.checked_mul(qty)?).ok());
    let site_id = id(element.value("Ид"));
    let (item, characteristic) = parts(&site_id);
    let (unit_code, unit_name) = unit(element);
    let coefficient = reading.number(element, "Коэффициент").and_then(|value| Qty::from_dec(value).ok());
    SiteLine {
        item,
        characteristic,
        site_id,
        article: one_line(element.value("Артикул")),
        barcode: one_line(element.value("Штрихкод")),
        name: one_line(element.value("Наименование")),
        unit_code,
        unit_name,
        shown_price: price.and_then(|value| Price::from_dec(value).ok()),
        qty,
        qty_is_exact: qty.map(Qty::dec) == number,
        coefficient: coefficient.filter(|value| *value > Qty::ZERO).unwrap_or(Qty::whole(1)),
        amount: given.or_else(product).unwrap_or_default(),
        amount_is_given: given.is_some(),
        discounts: discounts(element, reading),
        taxes: taxes(element, reading),
        requisites: requisites(element),
        properties: pairs(element, "ХарактеристикиТовара", "ХарактеристикаТовара"),
    }
}

/// Splits `item#characteristic`; equal halves are one item, other forms of ids stay whole.
fn parts(site_id: &str) -> (String, String) {
    match site_id.split_once('#') {
        Some((item, rest)) if item == rest => (item.to_owned(), String::new()),
        Some((item, rest)) if !item.is_empty() && !rest.is_empty() && !rest.contains('#') => {
            (item.to_owned(), rest.to_owned())
        }
        _ => (site_id.to_owned(), String::new()),
    }
}

/// Code and name of the base unit: attributes, child elements or text, of `БазоваяЕдиница` or `Единица`.
fn unit(element: &Element) -> (String, String) {
    let units = || [element.child("БазоваяЕдиница"), element.child("Единица")].into_iter().flatten();
    let named = |unit: &Element, name: &str| -> String {
        let both = [unit.attribute(name), unit.value(name)];
        one_line(both.into_iter().find(|text| !text.is_empty()).unwrap_or_default())
    };
    let code = units().map(|unit| named(unit, "Код")).find(|code| !code.is_empty()).unwrap_or_default();
    let short = units().map(|unit| one_line(unit.trimmed())).find(|name| !name.is_empty());
    let long = || {
        let names = ["НаименованиеКраткое", "НаименованиеПолное"];
        names.into_iter().flat_map(|name| units().map(move |unit| named(unit, name))).find(|name| !name.is_empty())
    };
    (code, short.or_else(long).unwrap_or_default())
}

/// `Скидки/Скидка` of a line or a document.
pub(super) fn discounts(element: &Element, reading: &mut Reading) -> Vec<SiteDiscount> {
    let found = element.within("Скидки", "Скидка");
    found
        .map(|one| SiteDiscount {
            name: one_line(one.value("Наименование")),
            amount: reading.money(one, "Сумма"),
            percent: reading.number(one, "Процент").and_then(|value| Percent::from_dec(value).ok()),
            included: included(one).unwrap_or(true),
        })
        .collect()
}

/// `ДопРасходы/ДопРасход` of a line or a document; those without an amount say nothing.
pub(super) fn costs(element: &Element, reading: &mut Reading) -> Vec<SiteCost> {
    let found = element.within("ДопРасходы", "ДопРасход");
    found
        .filter_map(|one| {
            let amount = reading.money(one, "Сумма").filter(|amount| !amount.is_zero())?;
            Some(SiteCost {
                name: one_line(one.value("Наименование")),
                amount,
                included: included(one).unwrap_or(false),
            })
        })
        .collect()
}

/// `Налоги/Налог` and `СтавкиНалогов/СтавкаНалога` of a line or a document.
pub(super) fn taxes(element: &Element, reading: &mut Reading) -> Vec<SiteTax> {
    let full = element.within("Налоги", "Налог");
    let rates = element.within("СтавкиНалогов", "СтавкаНалога");
    full.chain(rates)
        .map(|one| SiteTax {
            name: one_line(one.value("Наименование")),
            amount: reading.money(one, "Сумма"),
            rate: tax_rate(one.value("Ставка")),
            included: included(one).unwrap_or(true),
        })
        .collect()
}

/// `УчтеноВСумме`, which some write without its middle letter.
fn included(element: &Element) -> Option<bool> {
    switch(element.value("УчтеноВСумме")).or_else(|| switch(element.value("УчтенВСумме")))
}

/// «НДС22», «22%», «22», «22/122», «Без НДС».
pub(super) fn tax_rate(text: &str) -> Option<TaxRate> {
    let plain = text.to_lowercase();
    if plain.contains("без") || plain.contains("не облаг") {
        return Some(TaxRate::Without);
    }
    let start = plain.find(|letter: char| letter.is_ascii_digit())?;
    let from = plain.get(start..)?;
    let end = from.find(|letter: char| !letter.is_ascii_digit() && !matches!(letter, '.' | ',')).unwrap_or(from.len());
    let number = super::values::number(from.get(..end)?).ok()??;
    let percent = Percent::from_dec(number).ok()?;
    (percent <= Percent::whole(100)).then_some(TaxRate::Percent(percent))
}

/// `ЗначенияРеквизитов` of a line or a document.
pub(super) fn requisites(element: &Element) -> Vec<(String, String)> {
    pairs(element, "ЗначенияРеквизитов", "ЗначениеРеквизита")
}

/// Name and value of every element of a wrapper; values of one name given together are joined.
fn pairs(element: &Element, wrapper: &str, one: &str) -> Vec<(String, String)> {
    let found = element.within(wrapper, one);
    found
        .map(|pair| {
            let values: Vec<String> = pair
                .all("Значение")
                .map(|value| {
                    let text = if value.trimmed().is_empty() {
                        value.value("Представление")
                    } else {
                        value.trimmed()
                    };
                    super::values::many_lines(text)
                })
                .filter(|value| !value.is_empty())
                .collect();
            (one_line(pair.value("Наименование")), values.join(", "))
        })
        .filter(|(name, _)| !name.is_empty())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{TaxRate, parts, tax_rate};
    use crate::kernel::money::Percent;

    #[test]
    fn ids_are_split_only_where_they_hold_a_characteristic() {
        let split = |text: &str| {
            let (item, characteristic) = parts(text);
            format!("{item}|{characteristic}")
        };
        assert_eq!(split("a#b"), "a|b");
        assert_eq!(split("a#a"), "a|");
        assert_eq!(split("wc1c#product#5"), "wc1c#product#5|");
        assert_eq!(split("a#"), "a#|");
        assert_eq!(split(""), "|");
    }

    #[test]
    fn tax_rates_are_read_in_every_spelling() {
        for text in ["НДС22", "22", "22%", "22.0000", "НДС 22 %", "22/122", "НДС22_122"] {
            assert_eq!(tax_rate(text), Some(TaxRate::Percent(Percent::whole(22))), "{text}");
        }
        for text in ["Без НДС", "без налога", "БезНДС", "не облагается"] {
            assert_eq!(tax_rate(text), Some(TaxRate::Without), "{text}");
        }
        assert_eq!(tax_rate("7,5"), Some(TaxRate::Percent(Percent::from_minor(750))));
        for text in ["", "НДС", "900"] {
            assert_eq!(tax_rate(text), None, "{text}");
        }
    }
}
