//! ТОРГ-12: goods note of the album of 1998, still the usual paper beside a tax invoice.

use super::Desk;
use super::figures;
use super::filled::Filled;
use super::notes::{keeper, trade};
use super::parties::{Agreement, Signers};
use super::trade::{PaperLine, Trade};
use crate::kernel::money::{Money, Qty};
use crate::kernel::object::Object;
use crate::kernel::problems::Outcome;
use crate::print::dates;
use crate::print::words::{self, Gender};

/// Fills the note of a goods issue: goods only, services go by an act.
pub fn torg12(desk: &Desk<'_>, object: &dyn Object) -> Outcome<Filled> {
    let mut trade = trade(desk, object)?;
    trade.lines.retain(PaperLine::is_goods);
    let mut filled = Filled::default();
    filled.set("number", trade.number.as_str());
    filled.set("date", trade.date.date().russian());
    filled.set("date_words", dates::quoted(trade.date.date()));
    let (ours, theirs) = (trade.ours(desk), trade.theirs(desk));
    for role in ["shipper", "supplier"] {
        filled.of(ours.card, role, ours.at_length());
        filled.of(ours.card, &format!("{role}_okpo"), ours.okpo.as_str());
    }
    for role in ["consignee", "payer"] {
        filled.of(theirs.card, role, theirs.at_length());
        filled.of(theirs.card, &format!("{role}_okpo"), theirs.okpo.as_str());
    }
    let agreement = Agreement::of(desk, trade.contract);
    filled.set("basis", trade.basis(desk));
    filled.set("basis_number", agreement.number);
    filled.set("basis_date", agreement.date);
    into_rows(&trade, &mut filled);
    into_totals(desk, &trade, &mut filled);
    let signers = Signers::of(desk, trade.company);
    signers.head.into_fields("approved_by_position", "approved_by", &mut filled);
    filled.of(signers.card, "chief_accountant", signers.accountant_or_head());
    keeper(desk, &trade).into_fields("released_by_position", "released_by", &mut filled);
    filled.by_hand(&[
        "department",
        "activity_code",
        "transport_number",
        "transport_date",
        "operation_kind",
        "total_places",
        "places_words",
        "net_mass",
        "net_mass_words",
        "attachment_sheets",
        "certificate_sheets",
        "power_number",
        "power_date",
        "power_issued",
        "accepted_by_position",
        "accepted_by",
        "received_by_position",
        "received_by",
    ]);
    Ok(filled)
}

fn into_rows(trade: &Trade, filled: &mut Filled) {
    filled.data.tables.entry("goods".to_owned()).or_default();
    for (at, line) in trade.lines.iter().enumerate() {
        let net = line.net();
        filled.data.push(
            "goods",
            [
                ("line", (at + 1).to_string()),
                ("name", line.name.clone()),
                ("sku", line.item.article.clone()),
                ("unit", line.unit.name.clone()),
                ("unit_code", line.unit.code.clone()),
                ("package", String::new()),
                ("in_place", String::new()),
                ("places", String::new()),
                ("gross", shown(line.mass())),
                ("qty", line.terms.qty.short()),
                ("price", net.per(line.terms.qty).money().grouped()),
                ("net", net.grouped()),
                ("rate", figures::rate(line.rate.as_deref())),
                ("vat", vat(line)),
                ("total", line.terms.total.grouped()),
            ],
        );
    }
}

/// VAT of a line; without VAT there is nothing to say.
fn vat(line: &PaperLine) -> String {
    let free = line.rate.as_ref().is_none_or(|rate| rate.is_free());
    if free && line.terms.vat_amount.is_zero() { "–".to_owned() } else { line.terms.vat_amount.grouped() }
}

fn shown(mass: Qty) -> String {
    if mass.is_zero() { String::new() } else { mass.short() }
}

fn into_totals(desk: &Desk<'_>, trade: &Trade, filled: &mut Filled) {
    let mass = trade.mass();
    let net: Money = trade.lines.iter().map(PaperLine::net).sum();
    let qty: Qty = trade.lines.iter().map(|line| line.terms.qty).sum();
    filled.set("total_gross", shown(mass));
    filled.set("total_qty", qty.short());
    filled.set("total_net", net.grouped());
    filled.set("total_vat", trade.vat().grouped());
    filled.set("total", trade.total().grouped());
    let count = u64::try_from(trade.lines.len()).unwrap_or(u64::MAX);
    filled.set("line_count_words", words::count_capital(count, Gender::Masculine));
    filled.set("gross_mass", if mass.is_zero() { String::new() } else { format!("{} кг", mass.short()) });
    filled.set("gross_mass_words", mass_words(mass));
    filled.set("amount_words", words::amount(trade.total(), &figures::words_of(desk, trade.currency)));
}

/// «Двенадцать килограммов 500 граммов».
fn mass_words(mass: Qty) -> String {
    let Ok(grams) = u64::try_from(mass.minor()) else { return String::new() };
    if grams == 0 {
        return String::new();
    }
    let kilograms = words::Noun::new("килограмм", "килограмма", "килограммов", Gender::Masculine);
    let small = words::Noun::new("грамм", "грамма", "граммов", Gender::Masculine);
    let (whole, rest) = (grams / 1000, grams % 1000);
    let said = format!("{} {}", words::count_capital(whole, Gender::Masculine), kilograms.form(whole));
    if rest == 0 { said } else { format!("{said} {}", words::counted(rest, &small)) }
}
