//! What the requisites of an order say: status, payment, delivery, and whose words they are.

use super::document::{Operation, SiteDocument};
use super::values::{is_nothing, leading_number, moment, one_line, switch};
use crate::kernel::moment::Moment;
use crate::kernel::money::Money;
use crate::kernel::text::Text;
use crate::text;

/// A code and a text of the site: a status, a way to pay or to deliver.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SiteChoice {
    /// The code (`N`, `completed`, `5`); empty when only the text is given.
    pub id: String,
    /// The text people see.
    pub name: String,
}

/// What the site says about payment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SitePayment {
    /// True when the site holds the order for paid.
    pub paid: bool,
    /// When; empty when not said.
    pub moment: Moment,
    /// The number of the payment document; empty when not said.
    pub number: String,
}

/// `[N] Принят` as code and text; a text alone has no code.
fn choice(text: &str) -> SiteChoice {
    let text = one_line(text);
    let parts = text.strip_prefix('[').and_then(|rest| rest.split_once(']'));
    match parts {
        Some((id, name)) => SiteChoice { id: id.trim().to_owned(), name: name.trim().to_owned() },
        None => SiteChoice { id: String::new(), name: text },
    }
}

impl SiteDocument {
    /// The first requisite of several names that has a value.
    fn any(&self, names: &[&str]) -> Option<&str> {
        names.iter().find_map(|name| self.requisite(name)).filter(|value| !is_nothing(value))
    }
    fn flag(&self, names: &[&str]) -> bool {
        names.iter().filter_map(|name| self.requisite(name)).any(|value| switch(value) == Some(true))
    }
    fn moment_of(&self, names: &[&str]) -> Moment {
        self.any(names).and_then(moment).unwrap_or(Moment::EMPTY)
    }
    fn choice_of(&self, ids: &[&str], names: &[&str]) -> SiteChoice {
        let mut found = choice(self.any(names).unwrap_or_default());
        if let Some(id) = self.any(ids) {
            found.id = one_line(id);
        }
        found
    }

    /// The status of the order on the site.
    pub fn status(&self) -> SiteChoice {
        self.choice_of(&["Статуса заказа ИД", "Статус заказа ИД", "Статуса заказа ID"], &["Статус заказа", "Статус"])
    }
    /// When the status changed; empty when not said.
    pub fn status_changed(&self) -> Moment {
        self.moment_of(&["Дата изменения статуса"])
    }
    /// True when the site says that nothing more will happen to the order.
    pub fn is_final(&self) -> bool {
        self.flag(&["Финальный статус"])
    }
    /// True when the buyer or the site cancelled the order.
    pub fn is_cancelled(&self) -> bool {
        self.flag(&["Отменен"])
    }
    /// Why it was cancelled; empty when not said.
    pub fn cancel_reason(&self) -> &str {
        self.any(&["Причина отмены"]).unwrap_or_default()
    }
    /// When it was cancelled; empty when not said.
    pub fn cancelled_at(&self) -> Moment {
        self.moment_of(&["Дата отмены заказа", "Дата отмены"])
    }
    /// What the site says about payment.
    pub fn payment(&self) -> SitePayment {
        SitePayment {
            paid: self.flag(&["Заказ оплачен", "Оплачен", "Оплачено"]),
            moment: self.moment_of(&["Дата оплаты", "Дата оплаты по 1С"]),
            number: self.any(&["Номер платежного документа", "Номер оплаты по 1С"]).unwrap_or_default().to_owned(),
        }
    }
    /// True when a payment document of the site returns money.
    pub fn is_refund(&self) -> bool {
        self.operation == Operation::Refund || (self.operation.is_payment() && self.flag(&["Признак возврата"]))
    }
    /// How the buyer pays.
    pub fn payment_method(&self) -> SiteChoice {
        self.choice_of(&["Метод оплаты ИД"], &["Метод оплаты", "Способ оплаты"])
    }
    /// How the goods are delivered.
    pub fn delivery_method(&self) -> SiteChoice {
        self.choice_of(&["Метод доставки ИД"], &["Способ доставки", "Метод доставки"])
    }
    /// What the delivery costs, when it is said apart from the lines; zero counts as not said.
    pub fn delivery_cost(&self) -> Option<Money> {
        let said = self.any(&["Стоимость доставки", "Сумма доставки"])?;
        leading_number(said).and_then(|cost| Money::from_dec(cost).ok()).filter(|cost| *cost > Money::ZERO)
    }
    /// Where to deliver; empty when not said apart from the addresses of the parties.
    pub fn delivery_address(&self) -> &str {
        self.any(&["Адрес доставки"]).unwrap_or_default()
    }
    /// True when the site allows the delivery.
    pub fn is_delivery_allowed(&self) -> bool {
        self.flag(&["Доставка разрешена"])
    }
    /// When the delivery was allowed; empty when not said.
    pub fn delivery_allowed_at(&self) -> Moment {
        self.moment_of(&["Дата разрешения доставки", "Дата последнего разрешения по доставке"])
    }
    /// When the goods are to be shipped, or were; empty when not said.
    pub fn shipping_date(&self) -> Moment {
        self.moment_of(&["Дата отгрузки", "Дата отгрузки по 1С"])
    }
    /// True when the goods were shipped.
    pub fn is_shipped(&self) -> bool {
        self.flag(&["Отгружен", "Отгружено"])
    }
    /// The number by which a parcel is traced; empty when not said.
    pub fn tracking_number(&self) -> &str {
        self.any(&["Идентификатор отправления", "Номер отправления", "Трек-номер"]).unwrap_or_default()
    }
    /// Which of several sites the order came from: `[s1] Name`.
    pub fn site(&self) -> SiteChoice {
        choice(self.any(&["Сайт"]).unwrap_or_default())
    }
    /// What the buyer wrote: the comment of the order, or the requisite for it.
    pub fn buyer_comment(&self) -> &str {
        let own = self.any(&["Комментарии покупателя", "Комментарий покупателя"]).unwrap_or_default();
        if own.is_empty() { &self.comment } else { own }
    }
    /// The kind of prices the site used; empty when not said.
    pub fn price_kind(&self) -> &str {
        self.any(&["Вид цен"]).unwrap_or_default()
    }
    /// Why the document is not loaded as an order of a customer; nothing when it is.
    pub fn skip_reason(&self) -> Option<Text> {
        let number = self.shown_number();
        match (&self.operation, self.is_customer_order()) {
            (_, true) => None,
            (Operation::OrderOfGoods, _) => Some(text!("site-skipped-purchase", number = number)),
            (Operation::Other(name), _) => Some(text!("site-skipped-operation", number = number, operation = name)),
            _ => None,
        }
    }
}
