//! Price tags and item labels: of items themselves, and of the lines of a document.

use super::Desk;
use super::filled::Filled;
use super::trade::Trade;
use crate::domain::company::company::Company;
use crate::domain::company::settings::settings;
use crate::domain::prices::price_setting::PriceSetting;
use crate::domain::registers::prices::Prices;
use crate::domain::stock::item::{Item, ItemBarcode};
use crate::kernel::check_digits;
use crate::kernel::money::{Price, Qty};
use crate::kernel::object::{Object, Referable as _};
use crate::kernel::problems::{Error, Outcome};
use crate::kernel::refs::Ref;
use crate::kernel::value::Value;
use crate::text;

/// Labels a document gives at once; a line of ten thousand pieces is a slip of the keyboard more often than a wish.
pub const LABELS_MAX: i64 = 2_000;

/// A label to print.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Label {
    /// Of what.
    pub item: Ref<Item>,
    /// The price on it.
    pub price: Option<Price>,
    /// The price before, when it was higher.
    pub old: Option<Price>,
    /// How many of them.
    pub count: i64,
}

/// One label of an item's card, with the price of today; of a folder, of everything in it.
pub fn of_item(desk: &Desk<'_>, object: &dyn Object) -> Outcome<Vec<Label>> {
    let Some(item) = object.downcast::<Item>() else { return Ok(Vec::new()) };
    if !item.folder {
        return Ok(vec![priced(desk, item.reference(), 1)]);
    }
    let inside = desk.store.with_contents(object.meta(), &[object.head().id])?;
    let items = inside
        .into_iter()
        .map(Ref::<Item>::new)
        .filter(|item| desk.facts.get(*item).is_some_and(|one| !one.folder && !one.head.marked));
    few(items.map(|item| priced(desk, item, 1)).collect())
}

fn few(labels: Vec<Label>) -> Outcome<Vec<Label>> {
    let all: i64 = labels.iter().map(|label| label.count).sum();
    if all > LABELS_MAX {
        return Err(Error::refused(text!("labels-too-many", count = all, most = LABELS_MAX)));
    }
    Ok(labels)
}

/// A price tag for each item of a document, once.
pub fn tags_of_lines(desk: &Desk<'_>, object: &dyn Object) -> Outcome<Vec<Label>> {
    of_each(&lines(desk, object), 1)
}

/// As many labels as there are pieces in the lines of a document.
pub fn labels_of_lines(desk: &Desk<'_>, object: &dyn Object) -> Outcome<Vec<Label>> {
    few(lines(desk, object))
}

fn lines(desk: &Desk<'_>, object: &dyn Object) -> Vec<Label> {
    let mut labels = match (object.downcast::<PriceSetting>(), Trade::of(desk, object)) {
        (Some(setting), _) => of_setting(desk, setting),
        (None, Some(trade)) => {
            trade.lines.iter().map(|line| priced(desk, line.terms.item, pieces(line.terms.qty))).collect()
        }
        (None, None) => goods(object).map(|(item, qty)| priced(desk, item, pieces(qty))).collect(),
    };
    labels.retain(|label| !label.item.is_empty());
    labels
}

/// Item and quantity of the lines of goods of a document that is no trade.
fn goods(object: &dyn Object) -> impl Iterator<Item = (Ref<Item>, Qty)> {
    let meta = object.meta();
    let table = meta.table("goods");
    let columns =
        table.and_then(|at| meta.tables.get(at)).and_then(|table| Some((table.field("item")?, table.field("qty")?)));
    let (item, qty) = columns.unwrap_or_default();
    let rows = if columns.is_some() { table.map_or(0, |table| object.rows(table)) } else { 0 };
    (0..rows).filter_map(move |row| match (object.cell(table?, row, item)?, object.cell(table?, row, qty)?) {
        (Value::Ref(item), Value::Qty(qty)) => Some((item.typed(), qty)),
        _ => None,
    })
}

/// A form's code and how many labels of each item are wanted, when it is not left to the quantities of the document:
/// `item_labels*3`.
pub fn each_of(code: &str) -> (&str, Option<i64>) {
    match code.split_once('*') {
        Some((code, count)) => (code, count.parse().ok().filter(|count| *count > 0)),
        None => (code, None),
    }
}

/// So many of each item, whatever its quantity.
pub fn of_each(labels: &[Label], count: i64) -> Outcome<Vec<Label>> {
    let mut found: Vec<Label> = Vec::new();
    for label in labels {
        if !found.iter().any(|known| known.item == label.item) {
            found.push(Label { count, ..*label });
        }
    }
    few(found)
}

/// Pieces need a label each; what is weighed or measured, one.
fn pieces(qty: Qty) -> i64 {
    let whole = Qty::whole(1).minor();
    if qty.minor() > 0 && qty.minor() % whole == 0 { qty.minor() / whole } else { 1 }
}

fn priced(desk: &Desk<'_>, item: Ref<Item>, count: i64) -> Label {
    let kind = settings(desk.facts).price_kind;
    Label { item, price: Prices::on(desk.facts, item, kind, desk.facts.today()), old: None, count }
}

fn of_setting(desk: &Desk<'_>, setting: &PriceSetting) -> Vec<Label> {
    let before = setting.date.date().plus_days(-1);
    let line = |line: &crate::domain::prices::price_setting::PriceSettingLine| {
        let old = Prices::on(desk.facts, line.item, line.price_kind, before).filter(|old| *old > line.price);
        Label { item: line.item, price: Some(line.price), old, count: 1 }
    };
    setting.prices.iter().map(line).collect()
}

/// The data of a label.
pub fn fill(desk: &Desk<'_>, label: &Label) -> Filled {
    let mut filled = Filled::default();
    let settings = settings(desk.facts);
    let company =
        desk.facts.get(settings.company).map_or_else(String::new, |own: std::sync::Arc<Company>| own.name.clone());
    filled.of(settings.company.any(), "company", company);
    let item = desk.facts.get(label.item).unwrap_or_default();
    let card = label.item.any();
    filled.of(card, "name", item.official_name());
    filled.of(card, "article", item.article.as_str());
    filled.of(card, "country", item.country.as_str());
    filled.of(card, "unit", desk.facts.get(item.unit).map_or_else(String::new, |unit| unit.name.clone()));
    let price =
        label.price.filter(|price| *price > Price::ZERO).map_or_else(String::new, |price| price.money().grouped());
    let (rubles, kopecks) = price.split_once(',').unwrap_or((price.as_str(), ""));
    filled.set("rubles", rubles);
    filled.set("kopecks", kopecks);
    filled.set("currency", "₽");
    filled.set("old_price", label.old.map_or_else(String::new, |old| old.money().grouped()));
    let (ean, code) = codes(&item.barcodes);
    filled.of(card, "ean", ean);
    filled.of(card, "code", code);
    filled.set("date", desk.facts.today().russian());
    filled.set("price", price);
    filled
}

/// The code of the piece itself: an EAN-13 as such, anything else as Code 128.
fn codes(barcodes: &[ItemBarcode]) -> (String, String) {
    let own = barcodes.iter().filter(|line| line.pack.is_empty());
    let is_ean = |line: &&ItemBarcode| line.barcode.len() == 13 && check_digits::ean13(&line.barcode).is_ok();
    if let Some(line) = own.clone().find(is_ean) {
        return (line.barcode.clone(), String::new());
    }
    let printable = |line: &&ItemBarcode| line.barcode.bytes().all(|byte| (0x20..0x7F).contains(&byte));
    (String::new(), own.clone().find(printable).map_or_else(String::new, |line| line.barcode.clone()))
}

/// The first label alone: what looks at a form's fields needs no more.
pub fn first_of(labels: &[Label], desk: &Desk<'_>) -> Filled {
    fill(desk, &labels.first().copied().unwrap_or_default())
}
