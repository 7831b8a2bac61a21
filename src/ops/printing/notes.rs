//! Simple forms: invoice for payment, goods issue, and the one template of orders, receipts and returns.

use super::Desk;
use super::figures;
use super::filled::{Blank, Filled};
use super::parties::{Party, Signer, Signers};
use super::trade::Trade;
use crate::domain::purchases::goods_receipt::GoodsReceipt;
use crate::domain::purchases::supplier_order::SupplierOrder;
use crate::domain::purchases::supplier_return::SupplierReturn;
use crate::domain::sales::customer_order::CustomerOrder;
use crate::domain::sales::customer_return::CustomerReturn;
use crate::domain::sales::invoice::Invoice;
use crate::kernel::moment::Date;
use crate::kernel::object::Object;
use crate::kernel::problems::{Error, Outcome};
use crate::kernel::refs::Ref;
use crate::ops::scanned::document_code;
use crate::print::dates;
use crate::print::qr::Payment;
use crate::text;

/// The document of a form with lines; forms are listed by kind, so another kind is a mistake of the program.
pub(super) fn trade(desk: &Desk<'_>, object: &dyn Object) -> Outcome<Trade> {
    Trade::of(desk, object).ok_or_else(|| Error::refused(text!("print-no-forms", kind = object.meta().label())))
}

/// Счет на оплату, by an invoice or at once by an order.
pub fn invoice_for_payment(desk: &Desk<'_>, object: &dyn Object) -> Outcome<Filled> {
    let trade = trade(desk, object)?;
    let (ours, theirs) = (trade.ours(desk), trade.theirs(desk));
    let mut filled = Filled::default();
    trade.into_number(&mut filled);
    ours.into_fields("supplier", &mut filled);
    theirs.into_fields("buyer", &mut filled);
    let account = &ours.account;
    filled.of(account.bank_card, "bank_name", account.bank.as_str());
    filled.of(account.bank_card, "bank_bic", account.bic.as_str());
    filled.of(account.bank_card, "bank_account", account.correspondent.as_str());
    filled.of(account.card, "account", account.number.as_str());
    filled.of(ours.card, "payee", ours.name.as_str());
    filled.set("basis", trade.basis(desk));
    trade.into_goods(desk, "Всего к оплате", &mut filled);
    let signers = Signers::of(desk, trade.company);
    let title = if signers.entrepreneur { "Предприниматель" } else { "Руководитель" };
    filled.set("director_title", title);
    filled.of(signers.card, "director", signers.head.name.as_str());
    filled.of(signers.card, "chief_accountant", signers.accountant.as_str());
    let due = object.downcast::<Invoice>().map(|own| own.due).unwrap_or_default();
    let due = if due.is_empty() { String::new() } else { format!("Оплатить до {}", dates::long(due)) };
    filled.set("comment", due);
    filled.set("warning", "");
    into_code(desk, &trade, &ours, &mut filled);
    Ok(filled)
}

/// The payment code: only for rubles, and only when the bank details are there at all - that they are not is
/// told by the form's own fields.
fn into_code(desk: &Desk<'_>, trade: &Trade, ours: &Party, filled: &mut Filled) {
    filled.set("qr", "");
    let account = &ours.account;
    let foreign = figures::sign_of(desk, trade.currency) != "руб.";
    if foreign || account.number.is_empty() || account.bic.is_empty() || ours.name.is_empty() {
        return;
    }
    let date = trade.date.date().russian();
    let vat = trade.vat_sums().said();
    let payment = Payment {
        name: ours.name.clone(),
        account: account.number.clone(),
        bank_name: account.bank.clone(),
        bic: account.bic.clone(),
        correspondent_account: account.correspondent.clone(),
        sum: Some(trade.total()),
        purpose: format!("Оплата по счету № {} от {date}. {vat}", trade.number),
        payee_inn: ours.inn.clone(),
        kpp: ours.kpp.clone(),
        others: Vec::new(),
    };
    match payment.payload() {
        Ok(text) => filled.set("qr", text),
        Err(problems) => filled.wrong.extend(problems.into_iter().map(|text| Blank { text, open: account.card })),
    }
}

/// The code by which a scanner opens the document again; a document that was never saved has none.
fn into_document_code(object: &dyn Object, filled: &mut Filled) {
    let reference = object.any_ref();
    filled.set("document_code", if reference.is_empty() { String::new() } else { document_code(reference) });
}

/// Расходная накладная.
pub fn goods_issue(desk: &Desk<'_>, object: &dyn Object) -> Outcome<Filled> {
    let trade = trade(desk, object)?;
    let mut filled = Filled::default();
    trade.into_number(&mut filled);
    into_document_code(object, &mut filled);
    trade.ours(desk).into_fields("supplier", &mut filled);
    trade.theirs(desk).into_fields("buyer", &mut filled);
    filled.set("warehouse", warehouse_name(desk, &trade));
    filled.set("basis", trade.basis(desk));
    trade.into_goods(desk, "Всего", &mut filled);
    keeper(desk, &trade).into_fields("released_by_position", "released_by", &mut filled);
    filled.by_hand(&["received_by_position", "received_by", "comment"]);
    Ok(filled)
}

fn warehouse_name(desk: &Desk<'_>, trade: &Trade) -> String {
    desk.facts.get(trade.warehouse).map_or_else(String::new, |warehouse| warehouse.name.clone())
}

/// Who on our side hands goods over or takes them.
pub(super) fn keeper(desk: &Desk<'_>, trade: &Trade) -> Signer {
    let keeper = desk.facts.get(trade.warehouse).map_or(Ref::EMPTY, |warehouse| warehouse.keeper);
    Signers::of(desk, trade.company).keeper(desk, keeper, trade.manager, trade.warehouse.any())
}

/// Who of ours signs a simple form.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Ours {
    /// At the left, who hands goods over.
    #[default]
    HandsOver,
    /// At the right, who takes goods.
    Takes,
    /// At the left, the manager of the deal.
    Manages,
    /// At the left, the head of the company.
    Heads,
}

/// What the papers of a kind say differently.
#[derive(Default)]
struct Wording {
    title: &'static str,
    /// We sell: our company stands first.
    sale: bool,
    /// Who signs at the left, and at the right.
    left: &'static str,
    right: &'static str,
    /// Who of ours signs.
    signer: Ours,
    /// What else is said above the goods: a label and a value.
    more: Vec<(&'static str, String)>,
}

fn wording(object: &dyn Object) -> Wording {
    let day = |label: &'static str, date: Date| (label, dates::long(date));
    if let Some(own) = object.downcast::<CustomerOrder>() {
        let delivery = [own.delivery_method.clone(), own.delivery_address.clone()];
        let delivery: Vec<String> = delivery.into_iter().filter(|part| !part.is_empty()).collect();
        let more = vec![day("Дата отгрузки:", own.ship_date), ("Доставка:", delivery.join(", "))];
        return Wording {
            title: "Заказ клиента",
            sale: true,
            left: "Менеджер",
            signer: Ours::Manages,
            right: "Клиент",
            more,
        };
    }
    if let Some(own) = object.downcast::<SupplierOrder>() {
        let more = vec![day("Дата поставки:", own.due)];
        return Wording {
            title: "Заказ поставщику",
            left: "Заказал",
            signer: Ours::Heads,
            right: "Принял",
            more,
            ..Wording::default()
        };
    }
    if let Some(own) = object.downcast::<GoodsReceipt>() {
        let dated =
            if own.incoming_date.is_empty() { String::new() } else { format!(" от {}", own.incoming_date.russian()) };
        let paper =
            if own.incoming_number.is_empty() { String::new() } else { format!("№ {}{dated}", own.incoming_number) };
        let more = vec![("Накладная:", paper)];
        let title = "Приходный ордер";
        return Wording {
            title, left: "Сдал", right: "Принял", signer: Ours::Takes, more, ..Wording::default()
        };
    }
    if let Some(own) = object.downcast::<CustomerReturn>() {
        let more = vec![("Причина:", own.reason.clone())];
        let title = "Накладная на возврат от покупателя";
        return Wording { title, sale: true, left: "Сдал", right: "Принял", signer: Ours::Takes, more };
    }
    let reason = object.downcast::<SupplierReturn>().map(|own| own.reason.clone()).unwrap_or_default();
    let more = vec![("Причина:", reason)];
    Wording {
        title: "Накладная на возврат поставщику", left: "Отпустил", right: "Получил", more, ..Wording::default()
    }
}

/// The template of orders, receipts and returns.
pub fn trade_note(desk: &Desk<'_>, object: &dyn Object) -> Outcome<Filled> {
    let trade = trade(desk, object)?;
    let wording = wording(object);
    let mut filled = Filled::default();
    filled.set("title", wording.title);
    trade.into_number(&mut filled);
    into_document_code(object, &mut filled);
    let (ours, theirs) = if wording.sale { ("supplier", "buyer") } else { ("buyer", "supplier") };
    trade.ours(desk).into_fields(ours, &mut filled);
    trade.theirs(desk).into_fields(theirs, &mut filled);
    filled.set("warehouse", warehouse_name(desk, &trade));
    filled.set("basis", trade.basis(desk));
    let more: Vec<_> = wording.more.iter().filter(|(_, value)| !value.is_empty()).collect();
    for (at, [label, value]) in [["label_1", "value_1"], ["label_2", "value_2"]].iter().enumerate() {
        filled.set(label, more.get(at).map_or("", |said| said.0));
        filled.set(value, more.get(at).map_or("", |said| said.1.as_str()));
    }
    trade.into_goods(desk, "Всего", &mut filled);
    let discounted = trade.lines.iter().any(|line| !line.terms.discount.is_zero());
    filled.set("discounted", if discounted { "1" } else { "" });
    for (row, line) in filled.data.tables.entry("goods".to_owned()).or_default().iter_mut().zip(&trade.lines) {
        let (price, discount) = (figures::whole_price(line.terms.price), line.terms.discount);
        row.insert("whole_price".to_owned(), price);
        let said = if discount.is_zero() { String::new() } else { format!("{}%", discount.short()) };
        row.insert("discount".to_owned(), said);
    }
    filled.set("left_title", wording.left);
    filled.set("right_title", wording.right);
    filled.by_hand(&["left_position", "left_name", "right_position", "right_name"]);
    let signer = match wording.signer {
        Ours::HandsOver | Ours::Takes => keeper(desk, &trade),
        Ours::Manages => Signer::employee(desk, trade.manager).unwrap_or_default(),
        Ours::Heads => Signers::of(desk, trade.company).head,
    };
    let at_right = wording.signer == Ours::Takes;
    let (post, name) = if at_right { ("right_position", "right_name") } else { ("left_position", "left_name") };
    signer.into_fields(post, name, &mut filled);
    Ok(filled)
}
