//! Corrective invoice (ПП 1137, приложение № 2): each line before the return, after it, and the difference.

use super::Desk;
use super::figures;
use super::filled::Filled;
use super::notes::trade;
use super::tax::{DASH, into_parties, into_signers};
use super::trade::PaperLine;
use crate::domain::sales::corrective_invoice::{Change, CorrectiveInvoice, Stated};
use crate::kernel::money::{Money, Qty};
use crate::kernel::object::Object;
use crate::kernel::problems::{Error, Outcome, Problems};
use crate::print::dates;

/// What stands where a column has no sense.
const CROSS: &str = "Х";

/// Корректировочный счет-фактура.
pub fn corrective_invoice(desk: &Desk<'_>, object: &dyn Object) -> Outcome<Filled> {
    let own = object.downcast::<CorrectiveInvoice>().cloned().unwrap_or_default();
    let returned = desk.facts.get(own.returned).unwrap_or_default();
    let corrected = desk.facts.get(own.invoice).unwrap_or_default();
    let trade = trade(desk, returned.as_ref())?;
    let refused = |problems: Problems| Error::Refused(problems, Some(object.meta()));
    let changes = CorrectiveInvoice::changes(&returned, desk.facts).map_err(refused)?;
    let mut filled = Filled::default();
    filled.set("number", figures::number(&own.number));
    filled.set("date_words", dates::long(own.date.date()));
    filled.set("correction_number", DASH);
    filled.set("correction_date", DASH);
    filled.set("invoice_number", figures::number(&corrected.number));
    filled.set("invoice_date", dates::long(corrected.date.date()));
    filled.set("invoice_correction_number", DASH);
    filled.set("invoice_correction_date", DASH);
    let seller = trade.ours(desk);
    into_parties(&seller, &trade.theirs(desk), &mut filled);
    filled.set("currency", "российский рубль, 643");
    filled.set("contract_identifier", DASH);
    into_rows(desk, &changes, &mut filled);
    into_signers(desk, &seller, trade.company, &mut filled);
    Ok(filled)
}

fn into_rows(desk: &Desk<'_>, changes: &[Change], filled: &mut Filled) {
    filled.data.tables.entry("goods".to_owned()).or_default();
    let mut less = Stated::default();
    for (at, change) in changes.iter().enumerate() {
        let line = PaperLine::of(desk, change.sold, "");
        let lowered = change.lowered();
        less = less.more(lowered);
        let price = change.sold.total - change.sold.vat_amount;
        let price = price.per(change.sold.qty).money().grouped();
        let free = line.rate.as_ref().is_none_or(|rate| rate.is_free());
        let vat = |vat: Money| if free { "без НДС".to_owned() } else { vat.grouped() };
        let rows = [
            ("А (до изменения)", Some(change.before)),
            ("Б (после изменения)", Some(change.after)),
            ("В (увеличение)", None),
            ("Г (уменьшение)", Some(lowered)),
        ];
        for (row, (indicator, stated)) in rows.into_iter().enumerate() {
            let differs = row >= 2;
            let first = |said: String| if row == 0 { said } else { String::new() };
            let whole = |said: String| if differs { CROSS.to_owned() } else { said };
            let sum = |of: &dyn Fn(Stated) -> String| stated.map_or_else(|| DASH.to_owned(), of);
            filled.data.push(
                "goods",
                [
                    ("line", first((at + 1).to_string())),
                    ("name", first(line.name.clone())),
                    ("indicator", indicator.to_owned()),
                    ("goods_code", whole(DASH.to_owned())),
                    ("unit_code", whole(line.unit.code.clone())),
                    ("unit", whole(line.unit.name.clone())),
                    ("qty", whole(stated.map_or(Qty::ZERO, |stated| stated.qty).short())),
                    ("price", whole(price.clone())),
                    ("net", sum(&|stated| stated.net().grouped())),
                    ("excise", if differs { DASH.to_owned() } else { "без акциза".to_owned() }),
                    ("rate", whole(figures::rate(line.rate.as_deref()))),
                    ("vat", sum(&|stated| vat(stated.vat))),
                    ("total", sum(&|stated| stated.total.grouped())),
                ],
            );
        }
    }
    filled.set("less_net", less.net().grouped());
    filled.set("less_vat", less.vat.grouped());
    filled.set("less_total", less.total.grouped());
}
