//! How the registrar checks a marking code before it is sold: by its fiscal memory, and by the state's system when
//! that answers. A code nobody could ask about may be sold; one that was found wrong may not.

use super::request::{base64, decimal};
use crate::devices::proto::fiscal::{FiscalItem, MarkingFault, ReceiptKind};
use serde_json::{Map, Value, json};

/// How a check stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Checked {
    /// It is not over.
    Pending,
    /// Nothing is against the code.
    Right,
    /// It may not be sold.
    Wrong(MarkingFault),
}

/// True for receipts that take things back.
#[must_use]
pub fn returned(kind: ReceiptKind) -> bool {
    matches!(kind, ReceiptKind::SaleReturn | ReceiptKind::PurchaseReturn)
}

/// The code of an item as the service wants it; `None` for an item without one. A thing is sold whole, what is
/// weighed is sold in part.
#[must_use]
pub fn code(item: &FiscalItem, returned: bool) -> Option<Value> {
    let code = item.marking.as_ref()?;
    let whole = item.measure.is_none_or(|measure| measure == 0);
    let status = match (whole, returned) {
        (true, false) => "itemPieceSold",
        (true, true) => "itemPieceReturn",
        (false, false) => "itemDryForSale",
        (false, true) => "itemDryReturn",
    };
    Some(json!({
        "imcType": "auto",
        "imc": base64(code),
        "itemEstimatedStatus": status,
        "imcModeProcessing": 0,
    }))
}

/// Begins the check of an item's code; `None` for an item without one.
#[must_use]
pub fn begin(item: &FiscalItem, returned: bool) -> Option<Value> {
    let mut code = code(item, returned)?;
    if let (Some(measure @ 1..), Value::Object(fields)) = (item.measure, &mut code) {
        let told: [(&str, Value); 2] = [("itemQuantity", decimal(item.quantity, 6)), ("itemUnits", measure.into())];
        fields.extend(told.map(|(name, value)| (name.to_owned(), value)));
    }
    Some(json!({ "type": "beginMarkingCodeValidation", "params": code }))
}

/// How the check stands by the answer to that question.
#[must_use]
pub fn state(result: &Value) -> Checked {
    if result.get("ready").and_then(Value::as_bool) != Some(true) {
        return Checked::Pending;
    }
    let Some(online) = result.get("onlineValidation") else { return Checked::Right };
    let said = |name: &str| online.get(name).and_then(Value::as_str).unwrap_or_default();
    let fault = match (said("markOperatorItemStatus"), said("markOperatorResponseResult")) {
        ("itemSaleStopped", _) => Some(MarkingFault::Stopped),
        ("itemEstimatedStatusIncorrect", _) => Some(MarkingFault::Status),
        (_, "incorrect" | "unrecognized") => Some(MarkingFault::Unrecognized),
        _ => None,
    };
    match fault.or_else(|| online.get("itemInfoCheckResult").and_then(fault_of)) {
        Some(fault) => Checked::Wrong(fault),
        None => Checked::Right,
    }
}

/// What the code was found to be (tag 2106), of the answer to its acceptance.
///
/// # Errors
/// When it may not be sold.
pub fn accepted(result: &Value) -> Result<Value, MarkingFault> {
    let found = result.get("itemInfoCheckResult").cloned().unwrap_or_else(|| Value::Object(Map::new()));
    fault_of(&found).map_or(Ok(found), Err)
}

/// What was checked and found wrong; what was not checked, or is not told, is no fault.
fn fault_of(found: &Value) -> Option<MarkingFault> {
    let flag = |name: &str| found.get(name).and_then(Value::as_bool);
    match (flag("imcCheckFlag"), flag("imcCheckResult"), flag("imcStatusInfo"), flag("imcEstimatedStatusCorrect")) {
        (Some(true), Some(false), _, _) => Some(MarkingFault::Wrong),
        (_, _, Some(true), Some(false)) => Some(MarkingFault::Status),
        _ => None,
    }
}
