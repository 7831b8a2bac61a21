//! Tasks for the service. One request has a key of its own; sent twice it is refused as known, so a request
//! whose outcome is unknown is asked after by its key and never given another.

use super::marking;
use crate::devices::proto::fiscal::{FiscalItem, FiscalReceipt, Person, ReceiptKind, TaxSystem};
use serde_json::{Map, Number, Value, json};
use std::collections::BTreeMap;

/// Where requests are sent, on the workstation itself.
pub const REQUESTS: &str = "/api/v2/requests";
/// Where the service tells how its queue stands.
pub const QUEUE: &str = "/api/v2/getRequestsQueueStatus";
/// The port the driver's installer proposes.
pub const PORT: u16 = 16_732;

/// Where something is asked of one registrar of the service; an empty identifier means the one it has by default.
#[must_use]
pub fn target(path: &str, device: &str) -> String {
    let letter = |byte: u8| match byte {
        b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' | b'-' | b'.' | b'_' | b'~' => char::from(byte).to_string(),
        other => format!("%{other:02X}"),
    };
    match device {
        "" => path.to_owned(),
        device => format!("{path}?deviceID={}", device.bytes().map(letter).collect::<String>()),
    }
}

/// What the marking codes of a receipt came to when they were checked, by the number of their item.
pub type Checks = BTreeMap<usize, Value>;

/// A code the service has no name for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Nameless {
    /// Code of a tax rate of an item.
    Tax(usize),
    /// What an item is.
    Subject(usize),
    /// How an item is paid for.
    Method(usize),
}

/// The body of a request: its key and its tasks, carried out one after another.
#[must_use]
pub fn request(key: &str, tasks: &[Value]) -> Value {
    json!({ "uuid": key, "request": tasks })
}

/// Opens a shift.
#[must_use]
pub fn open_shift(cashier: &Person) -> Value {
    json!({ "type": "openShift", "operator": person(cashier) })
}

/// Closes the shift: the Z report.
#[must_use]
pub fn close_shift(cashier: &Person) -> Value {
    json!({ "type": "closeShift", "operator": person(cashier) })
}

/// The X report.
#[must_use]
pub fn x_report(cashier: &Person) -> Value {
    json!({ "type": "reportX", "operator": person(cashier) })
}

/// Cash put into the drawer, kopecks.
#[must_use]
pub fn cash_in(cashier: &Person, kopecks: u64) -> Value {
    json!({ "type": "cashIn", "operator": person(cashier), "cashSum": decimal(kopecks, 2) })
}

/// Cash taken out of the drawer, kopecks.
#[must_use]
pub fn cash_out(cashier: &Person, kopecks: u64) -> Value {
    json!({ "type": "cashOut", "operator": person(cashier), "cashSum": decimal(kopecks, 2) })
}

/// A task that needs nothing but its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Plain {
    /// State of the shift.
    ShiftState,
    /// Which device.
    Device,
    /// The fiscal memory.
    Memory,
    /// Opens the drawer.
    Drawer,
    /// The exchange with the operator of fiscal data.
    Exchange,
    /// The cash in the drawer by the registrar's count.
    Cash,
    /// A copy of the last receipt, marked as such by the registrar.
    Copy,
    /// Totals of the shift by the registrar's own counters.
    Totals,
    /// Number of the last document in the fiscal memory.
    LastDocument,
    /// Marking codes checked for a receipt that never came are forgotten.
    MarkingClear,
    /// How the check of a marking code stands.
    MarkingState,
    /// The checked code is taken into the next receipt.
    MarkingAccept,
    /// The checked code is not sold.
    MarkingDecline,
    /// A check that does not end is broken off.
    MarkingCancel,
}

/// A task that needs nothing but its name.
#[must_use]
pub fn plain(task: Plain) -> Value {
    let name = match task {
        Plain::ShiftState => "getShiftStatus",
        Plain::Device => "getDeviceInfo",
        Plain::Memory => "getFnInfo",
        Plain::Drawer => "openCashDrawer",
        Plain::Exchange => "ofdExchangeStatus",
        Plain::Cash => "getCashDrawerStatus",
        Plain::Copy => "printLastReceiptCopy",
        Plain::Totals => "getShiftTotals",
        Plain::LastDocument => "getFnStatus",
        Plain::MarkingClear => "clearMarkingCodeValidationResult",
        Plain::MarkingState => "getMarkingCodeValidationStatus",
        Plain::MarkingAccept => "acceptMarkingCode",
        Plain::MarkingDecline => "declineMarkingCode",
        Plain::MarkingCancel => "cancelMarkingCodeValidation",
    };
    json!({ "type": name })
}

/// Lines of text that are no fiscal document.
#[must_use]
pub fn text(lines: &[String]) -> Value {
    let line = |line: &String| json!({ "type": "text", "text": line.as_str(), "alignment": "left" });
    json!({ "type": "nonFiscal", "items": lines.iter().map(line).collect::<Vec<Value>>() })
}

/// A document of the fiscal memory by its number.
#[must_use]
pub fn document(number: u32) -> Value {
    json!({ "type": "getFnDocument", "fiscalDocumentNumber": number, "withRawData": false })
}

/// A receipt that [`FiscalReceipt::check`] has found right, with what its marking codes were found to be.
///
/// # Errors
/// When the service has no name for a code of an item.
pub fn receipt(receipt: &FiscalReceipt, checks: &Checks) -> Result<Value, Nameless> {
    let mut task = Map::new();
    let mut put = |name: &str, value: Value| task.insert(name.to_owned(), value);
    put("type", Value::from(kind(receipt.kind, receipt.correction.is_some())));
    put("taxationType", Value::from(taxation(receipt.tax_system)));
    put("operator", person(&receipt.cashier));
    if let Some(correction) = &receipt.correction {
        put("correctionType", Value::from(if correction.by_order { "instruction" } else { "self" }));
        put("correctionBaseDate", Value::from(correction.date.format("%Y.%m.%d").to_string()));
        put("correctionBaseNumber", Value::from(correction.number.as_str()));
    }
    if receipt.internet {
        put("internet", Value::from(true));
    }
    if let Some(place) = &receipt.place {
        put("paymentsPlace", Value::from(place.as_str()));
    }
    let mut buyer = receipt.buyer.as_ref().map_or_else(Map::new, fields);
    if let Some(address) = &receipt.buyer_address {
        buyer.insert("emailOrPhone".to_owned(), Value::from(address.as_str()));
    }
    if !buyer.is_empty() {
        put("clientInfo", Value::Object(buyer));
    }
    let returned = marking::returned(receipt.kind);
    let items: Result<Vec<Value>, Nameless> =
        receipt.items.iter().enumerate().map(|(at, one)| item(at, one, returned, checks.get(&at))).collect();
    put("items", Value::Array(items?));
    put("payments", payments(receipt));
    put("total", decimal(receipt.total(), 2));
    if let Some(mark) = &receipt.own_mark {
        put("additionalAttribute", Value::from(mark.as_str()));
    }
    Ok(Value::Object(task))
}

fn kind(kind: ReceiptKind, correction: bool) -> &'static str {
    match (kind, correction) {
        (ReceiptKind::Sale, false) => "sell",
        (ReceiptKind::SaleReturn, false) => "sellReturn",
        (ReceiptKind::Purchase, false) => "buy",
        (ReceiptKind::PurchaseReturn, false) => "buyReturn",
        (ReceiptKind::Sale, true) => "sellCorrection",
        (ReceiptKind::SaleReturn, true) => "sellReturnCorrection",
        (ReceiptKind::Purchase, true) => "buyCorrection",
        (ReceiptKind::PurchaseReturn, true) => "buyReturnCorrection",
    }
}

fn taxation(system: TaxSystem) -> &'static str {
    match system {
        TaxSystem::General => "osn",
        TaxSystem::SimplifiedIncome => "usnIncome",
        TaxSystem::SimplifiedProfit => "usnIncomeOutcome",
        TaxSystem::Agricultural => "esn",
        TaxSystem::Patent => "patent",
    }
}

fn fields(one: &Person) -> Map<String, Value> {
    let mut fields = Map::new();
    fields.insert("name".to_owned(), Value::from(one.name.as_str()));
    if let Some(number) = &one.tax_number {
        fields.insert("vatin".to_owned(), Value::from(number.as_str()));
    }
    fields
}

fn person(one: &Person) -> Value {
    Value::Object(fields(one))
}

fn item(at: usize, item: &FiscalItem, returned: bool, check: Option<&Value>) -> Result<Value, Nameless> {
    let name: String = item.name.chars().take(128).collect();
    let mut value = json!({
        "type": "position",
        "name": name,
        "price": decimal(item.price, 2),
        "quantity": decimal(item.quantity, 6),
        "amount": decimal(item.sum, 2),
        "paymentMethod": method(item.method).ok_or(Nameless::Method(at))?,
        "paymentObject": subject(item.subject).ok_or(Nameless::Subject(at))?,
        "tax": { "type": tax(item.tax_code).ok_or(Nameless::Tax(at))? },
    });
    if let (Some(measure), Value::Object(fields)) = (item.measure, &mut value) {
        fields.insert("measurementUnit".to_owned(), Value::from(measure));
    }
    if let (Some(mut code), Value::Object(fields)) = (marking::code(item, returned), &mut value) {
        if let (Some(check), Value::Object(code)) = (check, &mut code) {
            code.insert("itemInfoCheckResult".to_owned(), check.clone());
        }
        fields.insert("imcParams".to_owned(), code);
    }
    Ok(value)
}

fn payments(receipt: &FiscalReceipt) -> Value {
    let paid = &receipt.payments;
    let means = [
        ("cash", paid.cash),
        ("electronically", paid.electronic),
        ("prepaid", paid.prepaid),
        ("credit", paid.credit),
        ("other", paid.barter),
    ];
    let given = means.into_iter().filter(|(_, sum)| *sum > 0);
    given.map(|(name, sum)| json!({ "type": name, "sum": decimal(sum, 2) })).collect()
}

/// How an item is paid for, by tag 1214.
fn method(code: u8) -> Option<&'static str> {
    let names = ["fullPrepayment", "prepayment", "advance", "fullPayment", "partialPayment", "credit", "creditPayment"];
    usize::from(code).checked_sub(1).and_then(|at| names.get(at)).copied()
}

/// What an item is, by tag 1212.
fn subject(code: u8) -> Option<&'static str> {
    Some(match code {
        1 => "commodity",
        2 => "excise",
        3 => "job",
        4 => "service",
        10 => "payment",
        13 => "another",
        30 => "exciseWithoutMarking",
        31 => "exciseWithMarking",
        32 => "commodityWithoutMarking",
        33 => "commodityWithMarking",
        _ => return None,
    })
}

/// A tax rate, by tag 1199. The names of 22 % follow the pattern of the others.
fn tax(code: u8) -> Option<&'static str> {
    let names =
        ["vat20", "vat10", "vat120", "vat110", "vat0", "none", "vat5", "vat7", "vat105", "vat107", "vat22", "vat122"];
    usize::from(code).checked_sub(1).and_then(|at| names.get(at)).copied()
}

/// A number written exactly, so many digits after the point, without zeros at its end.
pub(super) fn decimal(units: u64, decimals: usize) -> Value {
    let digits = format!("{units:0>width$}", width = decimals + 1);
    let (whole, part) = digits.split_at_checked(digits.len() - decimals).unwrap_or((&digits, ""));
    let part = part.trim_end_matches('0');
    let text = if part.is_empty() { whole.to_owned() } else { format!("{whole}.{part}") };
    // Digits with a point are always a number.
    text.parse::<Number>().map_or(Value::Null, Value::Number)
}

/// Bytes in base64 with its padding (RFC 4648).
pub(super) fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for three in bytes.chunks(3) {
        let value = (0..3).fold(0, |value, at| value << 8 | usize::from(three.get(at).copied().unwrap_or(0)));
        for at in 0..4 {
            let letter = LETTERS.get(value >> (18 - 6 * at) & 0x3F).copied().unwrap_or(b'=');
            text.push(if at <= three.len() { char::from(letter) } else { '=' });
        }
    }
    text
}
