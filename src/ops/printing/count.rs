//! ИНВ-3: the list of a stock count.

use super::Desk;
use super::filled::Filled;
use super::parties::{Party, Signer, Signers};
use crate::domain::accounts;
use crate::domain::company::settings::settings;
use crate::domain::stock::stock_count::{StockCount, book_at};
use crate::kernel::money::{Money, Qty};
use crate::kernel::object::Object;
use crate::kernel::problems::{Error, Outcome};
use crate::kernel::refs::Ref;
use crate::print::words::{self, Gender};
use crate::text;

/// Fills the list: what was counted beside what the books said at that moment.
pub fn inv3(desk: &Desk<'_>, object: &dyn Object) -> Outcome<Filled> {
    let Some(count) = object.downcast::<StockCount>() else { return Err(Error::refused(text!("no-basis"))) };
    let mut filled = Filled::default();
    let ours = Party::ours(desk, count.company, Ref::EMPTY);
    filled.set("number", count.number.as_str());
    filled.set("date", count.date.date().russian());
    filled.of(ours.card, "company", ours.name.as_str());
    filled.of(ours.card, "company_okpo", ours.okpo.as_str());
    let warehouse = desk.facts.get(count.warehouse).unwrap_or_default();
    filled.of(count.warehouse.any(), "department", warehouse.name.as_str());
    filled.set("order_number", count.order_number.as_str());
    filled.set("started", count.date.date().russian());
    let ended = count.goods.iter().map(|line| line.at).max().unwrap_or(count.date).max(count.date);
    filled.set("ended", ended.date().russian());
    let keeper = Signer::employee(desk, count.keeper.or(warehouse.keeper)).unwrap_or_default();
    keeper.into_fields("keeper_position", "keeper", &mut filled);
    Signers::of(desk, count.company).head.into_fields("chair_position", "chair", &mut filled);
    into_rows(desk, count, &mut filled);
    Ok(filled)
}

fn into_rows(desk: &Desk<'_>, count: &StockCount, filled: &mut Filled) {
    filled.data.tables.entry("goods".to_owned()).or_default();
    let mut sums = (Qty::ZERO, Money::ZERO, Qty::ZERO, Money::ZERO);
    for (at, line) in count.goods.iter().enumerate() {
        let item = desk.facts.get(line.item).unwrap_or_default();
        let unit = desk.facts.get(item.unit).unwrap_or_default();
        let (_, book) = book_at(desk.facts, count.company, count.warehouse, line.item, line.at);
        let fact = book + line.amount;
        sums = (sums.0 + line.qty, sums.1 + fact, sums.2 + line.book, sums.3 + book);
        let price = if line.book.is_zero() { line.amount.per(line.difference) } else { book.per(line.book) };
        filled.data.push(
            "goods",
            [
                ("line", (at + 1).to_string()),
                ("account", accounts::GOODS.to_owned()),
                ("name", item.official_name().to_owned()),
                ("sku", item.article.clone()),
                ("unit_code", unit.code.clone()),
                ("unit", unit.name.clone()),
                ("price", price.money().grouped()),
                ("inventory", String::new()),
                ("passport", String::new()),
                ("fact_qty", line.qty.short()),
                ("fact", fact.grouped()),
                ("book_qty", line.book.short()),
                ("book", book.grouped()),
            ],
        );
    }
    filled.set("total_fact_qty", sums.0.short());
    filled.set("total_fact", sums.1.grouped());
    filled.set("total_book_qty", sums.2.short());
    filled.set("total_book", sums.3.grouped());
    let lines = u64::try_from(count.goods.len()).unwrap_or(u64::MAX);
    filled.set("line_count_words", words::count_capital(lines, Gender::Masculine));
    filled.set("qty_words", qty_words(sums.0));
    let currency = settings(desk.facts).currency;
    filled.set("amount_words", words::amount(sums.1, &super::figures::words_of(desk, currency)));
}

/// Whole units in words, thousandths in figures.
fn qty_words(qty: Qty) -> String {
    let Ok(thousandths) = u64::try_from(qty.minor()) else { return String::new() };
    let (whole, rest) = (thousandths / 1_000, thousandths % 1_000);
    let said = words::count_capital(whole, Gender::Feminine);
    if rest == 0 { said } else { format!("{said} и {rest} тысячных") }
}
