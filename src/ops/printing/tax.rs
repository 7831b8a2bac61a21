//! Tax invoice (ПП 1137) and universal transfer document: the same lines (1)-(8) and the same table.

use super::Desk;
use super::figures;
use super::filled::Filled;
use super::notes::{keeper, trade};
use super::parties::{Party, Signers};
use super::trade::{PaperLine, Trade};
use crate::domain::accounts;
use crate::domain::company::company::Company;
use crate::domain::ledger::account::Account;
use crate::domain::money::bank_receipt::BankReceipt;
use crate::domain::money::currency::{RateOn, rate_on};
use crate::domain::sales::goods_issue::GoodsIssue;
use crate::domain::sales::tax_invoice_issued::TaxInvoiceIssued;
use crate::kernel::moment::Date;
use crate::kernel::money::Money;
use crate::kernel::object::{Object, Referable as _};
use crate::kernel::problems::{Error, Outcome};
use crate::kernel::refs::{AnyRef, Ref};
use crate::print::dates;
use crate::store::ledger::SET_OFF_LINES;
use std::sync::Arc;

/// From this day the form has the line (5б) (ПП РФ 23.01.2026 № 26).
const NEW_FORM: i64 = 20_260_401;

/// What stands where there is nothing to say and the rules want a dash.
pub(super) const DASH: &str = "–";

/// Countries by their names on item cards, with the numeric codes of ОКСМ; others are printed without a code.
const COUNTRIES: [(&str, &str); 20] = [
    ("Австрия", "040"),
    ("Беларусь", "112"),
    ("Бельгия", "056"),
    ("Венгрия", "348"),
    ("Вьетнам", "704"),
    ("Германия", "276"),
    ("Индия", "356"),
    ("Испания", "724"),
    ("Италия", "380"),
    ("Казахстан", "398"),
    ("Китай", "156"),
    ("Корея", "410"),
    ("Кыргызстан", "417"),
    ("Польша", "616"),
    ("Тайвань", "158"),
    ("Турция", "792"),
    ("Узбекистан", "860"),
    ("Франция", "250"),
    ("Чехия", "203"),
    ("Япония", "392"),
];

fn is_new(date: Date) -> bool {
    date.stored() >= NEW_FORM
}

/// The form of the day of the invoice.
pub fn template(object: &dyn Object) -> &'static str {
    let date = object.downcast::<TaxInvoiceIssued>().map_or(Date::EMPTY, |own| own.date.date());
    if is_new(date) { "tax_invoice" } else { "tax_invoice_before_2026_04" }
}

/// The shipment behind a paper, and the tax invoice when there is one.
struct Sale {
    issue: Arc<GoodsIssue>,
    invoice: Option<Arc<TaxInvoiceIssued>>,
    trade: Trade,
    rate: RateOn,
}

impl Sale {
    fn of(desk: &Desk<'_>, object: &dyn Object) -> Outcome<Self> {
        let (issue, invoice) = match object.downcast::<TaxInvoiceIssued>() {
            Some(own) => (desk.facts.get(own.issue).unwrap_or_default(), Some(Arc::new(own.clone()))),
            None => {
                let own = object.downcast::<GoodsIssue>().cloned().unwrap_or_default();
                let found = desk.facts.having::<TaxInvoiceIssued>("issue", own.head.id);
                (Arc::new(own), found.into_iter().find(|invoice| invoice.head.posted))
            }
        };
        let trade = trade(desk, issue.as_ref())?;
        let rate = rate_on(desk.facts, issue.currency, issue.date.date()).map_err(Error::refused)?;
        Ok(Self { issue, invoice, trade, rate })
    }

    fn has_goods(&self) -> bool {
        self.trade.lines.iter().any(PaperLine::is_goods)
    }
}

/// Счет-фактура.
pub fn tax_invoice(desk: &Desk<'_>, object: &dyn Object) -> Outcome<Filled> {
    let sale = Sale::of(desk, object)?;
    let mut filled = Filled::default();
    let date = sale.invoice.as_ref().map_or(sale.issue.date, |invoice| invoice.date).date();
    into_heading(desk, &sale, "Товарная накладная", &mut filled)?;
    if is_new(date) {
        filled.set("advance_invoices", no_advance());
    }
    Ok(filled)
}

/// Advance invoices are not kept yet: the line says that there is none.
fn no_advance() -> String {
    format!("№ {DASH} от {DASH} исправление № {DASH} от {DASH}")
}

/// Lines (1)-(8), the table, the signatures: everything the two papers share.
fn into_heading(desk: &Desk<'_>, sale: &Sale, shipped_by: &str, filled: &mut Filled) -> Outcome<()> {
    let trade = &sale.trade;
    let (number, date) = match &sale.invoice {
        Some(invoice) => (figures::number(&invoice.number), invoice.date.date()),
        None => (trade.number.clone(), trade.date.date()),
    };
    filled.set("number", number.as_str());
    filled.set("date_words", dates::long(date));
    filled.set("correction_number", DASH);
    filled.set("correction_date", DASH);
    let (seller, buyer) = (trade.ours(desk), trade.theirs(desk));
    into_parties(&seller, &buyer, filled);
    let goods = sale.has_goods();
    filled.set("shipper", if goods { "он же" } else { DASH });
    filled.of(buyer.card, "consignee", if goods { buyer.with_address() } else { DASH.to_owned() });
    filled.set("payment_documents", payments(desk, &sale.issue)?);
    let universal = shipped_by == UNIVERSAL;
    let shipped = if universal { (number, date) } else { (trade.number.clone(), trade.date.date()) };
    filled.set("shipment_document", format!("{shipped_by}, № {} от {}", shipped.0, shipped.1.russian()));
    filled.set("currency", "российский рубль, 643");
    filled.set("contract_identifier", DASH);
    into_rows(sale, filled);
    into_signers(desk, &seller, sale.trade.company, filled);
    Ok(())
}

/// Seller and buyer: names, addresses, tax numbers.
pub(super) fn into_parties(seller: &Party, buyer: &Party, filled: &mut Filled) {
    for (role, party) in [("seller", seller), ("buyer", buyer)] {
        filled.of(party.card, role, party.name.as_str());
        filled.of(party.card, &format!("{role}_address"), party.address.as_str());
        filled.of(party.card, &format!("{role}_inn_kpp"), party.inn_kpp());
    }
}

/// The payments set off against the shipment: (5) names the payer's own papers.
fn payments(desk: &Desk<'_>, issue: &GoodsIssue) -> Outcome<String> {
    let advances = desk.facts.coded::<Account>(accounts::CUSTOMER_ADVANCES).id();
    let mut found: Vec<AnyRef> = Vec::new();
    for entry in desk.store.entries_of(issue.reference().any())? {
        let [.., paid_by] = entry.debit.subs;
        if entry.line >= SET_OFF_LINES && entry.debit.account == advances && !found.contains(&paid_by) {
            found.push(paid_by);
        }
    }
    let said: Vec<String> = found.into_iter().filter_map(|reference| payment(desk, reference)).collect();
    Ok(if said.is_empty() { format!("№ {DASH} от {DASH}") } else { said.join("; ") })
}

fn payment(desk: &Desk<'_>, reference: AnyRef) -> Option<String> {
    let object = desk.facts.object(reference)?;
    if let Some(own) = object.downcast::<BankReceipt>().filter(|own| !own.incoming_number.is_empty()) {
        let date = if own.incoming_date.is_empty() { own.date.date() } else { own.incoming_date };
        return Some(format!("№ {} от {}", own.incoming_number, date.russian()));
    }
    let (number, date) = desk.store.number_and_date(reference).ok()??;
    Some(format!("№ {} от {}", figures::number(&number), date.date().russian()))
}

fn into_rows(sale: &Sale, filled: &mut Filled) {
    let (mut net_sum, mut vat_sum, mut total_sum) = (Money::ZERO, Money::ZERO, Money::ZERO);
    filled.data.tables.entry("goods".to_owned()).or_default();
    for (at, line) in sale.trade.lines.iter().enumerate() {
        let (total, vat) = (sale.rate.rubles(line.terms.total), sale.rate.rubles(line.terms.vat_amount));
        let net = total - vat;
        net_sum += net;
        vat_sum += vat;
        total_sum += total;
        let free = line.rate.as_ref().is_none_or(|rate| rate.is_free());
        let (country, code) = country(&line.item.country);
        filled.data.push(
            "goods",
            [
                ("line", (at + 1).to_string()),
                ("name", line.name.clone()),
                ("goods_code", DASH.to_owned()),
                ("unit_code", line.unit.code.clone()),
                ("unit", line.unit.name.clone()),
                ("qty", line.terms.qty.short()),
                ("price", net.per(line.terms.qty).money().grouped()),
                ("net", net.grouped()),
                ("excise", "без акциза".to_owned()),
                ("rate", figures::rate(line.rate.as_deref())),
                ("vat", if free { "без НДС".to_owned() } else { vat.grouped() }),
                ("total", total.grouped()),
                ("country_code", code),
                ("country", country),
                ("declaration", DASH.to_owned()),
            ],
        );
    }
    filled.set("total_net", net_sum.grouped());
    filled.set("total_vat", vat_sum.grouped());
    filled.set("total", total_sum.grouped());
}

/// The country and its code; goods of our own have neither.
fn country(name: &str) -> (String, String) {
    let name = name.trim();
    if name.is_empty() || name.starts_with("Росси") || name == "РФ" {
        return (DASH.to_owned(), DASH.to_owned());
    }
    let code = COUNTRIES.iter().find(|(known, _)| name.to_lowercase().starts_with(&known.to_lowercase()));
    (name.to_owned(), code.map_or(DASH, |(_, code)| code).to_owned())
}

/// A firm is signed for by its head and accountant, an entrepreneur by himself.
pub(super) fn into_signers(desk: &Desk<'_>, seller: &Party, company: Ref<Company>, filled: &mut Filled) {
    let signers = Signers::of(desk, company);
    let own = signers.entrepreneur;
    let firm = |name: &str| if own { String::new() } else { name.to_owned() };
    filled.of(signers.card, "director", firm(&signers.head.name));
    filled.of(signers.card, "chief_accountant", firm(signers.accountant_or_head()));
    filled.of(signers.card, "entrepreneur", if own { signers.head.name.as_str() } else { "" });
    let registered =
        if own && !seller.ogrn.is_empty() { format!("ОГРНИП {}", seller.ogrn) } else { String::new() };
    filled.of(signers.card, "entrepreneur_details", registered);
}

/// How line (5а) of a transfer document names itself.
const UNIVERSAL: &str = "Универсальный передаточный документ";

/// УПД by a goods issue, or by its tax invoice.
pub fn upd(desk: &Desk<'_>, object: &dyn Object) -> Outcome<Filled> {
    let sale = Sale::of(desk, object)?;
    let mut filled = Filled::default();
    into_heading(desk, &sale, UNIVERSAL, &mut filled)?;
    let trade = &sale.trade;
    let date = sale.invoice.as_ref().map_or(trade.date, |invoice| invoice.date).date();
    let regime = desk.facts.get(trade.company).and_then(|company| company.regime(date));
    // Without VAT there is no tax invoice in it: it is a transfer document only.
    let taxed = sale.invoice.is_some() || regime.is_none_or(|regime| !regime.without_vat());
    filled.set("status", if taxed { "1" } else { "2" });
    filled.set("new_form", if is_new(date) { "1" } else { "" });
    filled.set("advance_invoices", if is_new(date) { no_advance() } else { String::new() });
    // The tax invoice alone has no column of article numbers.
    for (row, line) in filled.data.tables.entry("goods".to_owned()).or_default().iter_mut().zip(&trade.lines) {
        row.insert("sku".to_owned(), line.item.article.clone());
    }
    filled.set("transfer_basis", trade.basis(desk));
    let mass = trade.mass();
    filled.set("transport", if mass.is_zero() { String::new() } else { format!("Масса брутто {} кг", mass.short()) });
    keeper(desk, trade).into_fields("released_by_position", "released_by", &mut filled);
    filled.set("shipment_date_words", dates::quoted(trade.date.date()));
    let signers = Signers::of(desk, trade.company);
    signers.head.into_fields("seller_responsible_position", "seller_responsible", &mut filled);
    for (field, party) in [("seller_entity", trade.ours(desk)), ("buyer_entity", trade.theirs(desk))] {
        let codes = if party.inn.is_empty() { String::new() } else { format!(", ИНН/КПП {}", party.inn_kpp()) };
        filled.of(party.card, field, format!("{}{codes}", party.name));
    }
    filled.by_hand(&[
        "shipment_notes",
        "received_by_position",
        "received_by",
        "receipt_date_words",
        "receipt_notes",
        "buyer_responsible_position",
        "buyer_responsible",
    ]);
    Ok(filled)
}
