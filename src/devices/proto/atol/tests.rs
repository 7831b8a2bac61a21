//! Bodies as the service wants and gives them.

use super::answer::{
    Blockage, Kept, Made, Queue, Taken, TaskState, Totals, kept, kopecks, last_document, results, totals, words,
};
use super::marking::{self, Checked, accepted, begin};
use super::request::{Checks, Nameless, Plain, cash_in, open_shift, plain, request, target, text};
use super::training::said;
use crate::devices::proto::fiscal::{Correction, FiscalItem, FiscalReceipt, MarkingFault, ReceiptKind};
use crate::devices::proto::sample::receipt as sample;
use chrono::NaiveDate;
use serde_json::{Value, json};

fn receipt(receipt: &FiscalReceipt) -> Result<Value, Nameless> {
    super::request::receipt(receipt, &Checks::new())
}

#[test]
fn a_receipt_as_the_service_wants_it() {
    let task = receipt(&sample()).unwrap();
    let expected = r#"{"type":"sell","taxationType":"usnIncome","operator":{"name":"Щукина Ё.","vatin":"500100732259"},"internet":true,"clientInfo":{"name":"ООО «Ромашка»","vatin":"7707083893","emailOrPhone":"buyer@example.com"},"items":[{"type":"position","name":"Чай чёрный № 7","price":617.25,"quantity":2,"amount":1234.5,"paymentMethod":"fullPayment","paymentObject":"commodity","tax":{"type":"vat22"},"measurementUnit":0},{"type":"position","name":"Щётка","price":99.9,"quantity":0.333,"amount":33.27,"paymentMethod":"fullPayment","paymentObject":"commodity","tax":{"type":"vat22"},"measurementUnit":0}],"payments":[{"type":"cash","sum":1000},{"type":"electronically","sum":500}],"total":1267,"additionalAttribute":"K-000123"}"#;
    assert_eq!(task.to_string(), expected);
    let whole = request("key-1", &[open_shift(&sample().cashier), task]);
    assert_eq!((whole["uuid"].as_str(), whole["request"].as_array().unwrap().len()), (Some("key-1"), 2));
    assert_eq!(cash_in(&sample().cashier, 5)["cashSum"].to_string(), "0.05");
    assert_eq!(plain(Plain::ShiftState), json!({ "type": "getShiftStatus" }));
}

#[test]
fn corrections_and_codes_without_a_name() {
    let mut own = sample();
    own.kind = ReceiptKind::SaleReturn;
    let date = NaiveDate::from_ymd_opt(2026, 11, 5).unwrap();
    own.correction = Some(Correction { by_order: false, date, number: " ".to_owned() });
    let task = receipt(&own).unwrap();
    assert_eq!(task["type"], "sellReturnCorrection");
    assert_eq!((&task["correctionType"], &task["correctionBaseDate"]), (&json!("self"), &json!("2026.11.05")));
    for (code, written) in [("foobar", "Zm9vYmFy"), ("fooba", "Zm9vYmE="), ("foob", "Zm9vYg==")] {
        own.items[0].marking = Some(code.as_bytes().to_vec());
        let marking = receipt(&own).unwrap()["items"][0]["imcParams"].clone();
        assert_eq!((&marking["imc"], &marking["itemEstimatedStatus"]), (&json!(written), &json!("itemPieceReturn")));
    }
    own.items[1].tax_code = 99;
    assert_eq!(receipt(&own), Err(Nameless::Tax(1)));
    own.items[0].subject = 77;
    assert_eq!(receipt(&own), Err(Nameless::Subject(0)));
}

#[test]
fn texts_copies_and_the_cash_in_the_drawer() {
    let lines = ["КОПИЯ".to_owned(), "Чай чёрный".to_owned()];
    let items = json!([
        { "type": "text", "text": "КОПИЯ", "alignment": "left" },
        { "type": "text", "text": "Чай чёрный", "alignment": "left" },
    ]);
    assert_eq!(text(&lines), json!({ "type": "nonFiscal", "items": items }));
    assert_eq!(plain(Plain::Copy), json!({ "type": "printLastReceiptCopy" }));
    for (said, amount) in [("0", 0), ("12", 1_200), ("12.5", 1_250), ("0.05", 5), ("1234.56", 123_456)] {
        assert_eq!(kopecks(&serde_json::from_str(said).unwrap()), Some(amount), "{said}");
    }
    assert_eq!(["-1", "\"12\"", "1e3", "null"].map(|said| kopecks(&serde_json::from_str(said).unwrap())), [None; 4]);
}

#[test]
fn what_became_of_tasks() {
    assert_eq!(
        [201, 409, 400, 503].map(Taken::of_status),
        [Taken::New, Taken::Known, Taken::Refused(400), Taken::Unknown(503)]
    );
    let body = json!({ "results": [
        { "status": "ready", "errorCode": 0, "result": { "fiscalParams": {
            "fiscalDocumentNumber": 123, "fiscalDocumentSign": "1234567890", "shiftNumber": 7,
            "fiscalDocumentDateTime": "2026-11-25T12:00:00+03:00" } } },
        { "status": "error", "errorCode": 68, "errorDescription": "Смена превысила 24 часа" },
        { "status": "inProgress" }, { "status": "blocked" }, { "status": "interrupted" }, { "status": "canceled" }, {},
    ] });
    let states = results(&body).unwrap();
    let TaskState::Done(made) = &states[0] else { panic!("{states:?}") };
    assert_eq!((made.number, made.sign.as_deref(), made.shift), (Some(123), Some("1234567890"), Some(7)));
    assert_eq!(states[1], TaskState::Refused { code: 68, words: "Смена превысила 24 часа".to_owned() });
    use TaskState::{Cancelled, Pending, Unknown};
    assert_eq!(states[2..], [Pending, Unknown, Unknown, Cancelled, Unknown]);
    assert_eq!(results(&json!([])), None);
    // The training service says the same of the same.
    let mut said = results(&said(&states)).unwrap();
    assert_eq!(said.remove(0), states[0]);
    assert_eq!(said[..], states[1..]);
    let empty = Made { result: Value::Null, ..Made::default() };
    assert_eq!(results(&json!({ "results": [{ "status": "ready" }] })).unwrap(), [TaskState::Done(Box::new(empty))]);
}

#[test]
fn one_registrar_of_several_is_named_in_the_address() {
    assert_eq!(target("/api/v2/requests", ""), "/api/v2/requests");
    assert_eq!(target("/api/v2/requests/k", "зал 2"), "/api/v2/requests/k?deviceID=%D0%B7%D0%B0%D0%BB%202");
}

#[test]
fn what_the_shift_came_to_and_how_the_queue_stands() {
    let payments = json!({ "cash": 1200.5, "electronically": 300, "prepaid": 7 });
    let said = json!({ "shiftTotals": { "cashDrawer": { "sum": 1700.05 }, "receipts": {
        "sell": { "count": 3, "sum": 1507.5, "payments": payments },
        "sellReturn": { "payments": { "cash": 100 } },
    } } });
    let expected = Totals { cash: [120_050, 0, 10_000, 0], electronic: [30_000, 0, 0, 0], drawer: 170_005 };
    assert_eq!((totals(&said), totals(&json!({}))), (Some(expected), None));
    let stopped = br#"{"number":2,"isBlocked":true,"blockedUUID":"k","blockReason":"paperError"}"#;
    let queue = Queue { waiting: 2, blocked: Some(Blockage::Paper), at: "k".to_owned() };
    assert_eq!((Queue::read(stopped), Queue::read(br#"{"isBlocked":false}"#)), (Some(queue), Some(Queue::default())));
    assert_eq!((Queue::read(b"<html>"), Queue::read(b"{}")), (None, None));
    assert_eq!(words("{\"error\":{\"code\":505,\"description\":\"Нет\"}}".as_bytes()), "Нет");
    assert_eq!(words(b"<html>"), "<html>");
}

#[test]
fn documents_of_the_fiscal_memory() {
    assert_eq!(last_document(&json!({ "fnStatus": { "fiscalDocumentNumber": 12 } })), Some(12));
    let document = json!({ "documentTLV": { "1192": "K-1", "1077": 77 } });
    assert_eq!(kept(&document), Some(Kept { mark: "K-1".to_owned(), sign: Some("77".to_owned()) }));
    assert_eq!((last_document(&json!({})), kept(&json!({}))), (None, None));
}

#[test]
fn marking_codes_are_checked_before_they_are_sold() {
    let mut item = sample().items.remove(0);
    assert_eq!(begin(&item, false), None);
    item.marking = Some(b"foobar".to_vec());
    let told = |item: &FiscalItem, returned| begin(item, returned).unwrap()["params"].clone();
    let piece = told(&item, false);
    assert_eq!((&piece["imc"], &piece["itemEstimatedStatus"]), (&json!("Zm9vYmFy"), &json!("itemPieceSold")));
    (item.measure, item.quantity) = (Some(11), 330_000);
    let part = told(&item, true);
    assert_eq!(
        (&part["itemEstimatedStatus"], part["itemQuantity"].to_string(), &part["itemUnits"]),
        (&json!("itemDryReturn"), "0.33".to_owned(), &json!(11))
    );
    let found = |result: bool, status: bool| json!({ "imcCheckFlag": true, "imcCheckResult": result, "imcStatusInfo": true, "imcEstimatedStatusCorrect": status });
    let online = |found: Value, status: &str, response: &str| {
        json!({ "ready": true, "onlineValidation": { "itemInfoCheckResult": found,
            "markOperatorItemStatus": status, "markOperatorResponseResult": response } })
    };
    for (said, checked) in [
        (json!({ "ready": false }), Checked::Pending),
        (json!({}), Checked::Pending),
        (json!({ "ready": true, "driverError": { "code": 421 } }), Checked::Right),
        (online(found(true, true), "itemEstimatedStatusCorrect", "correct"), Checked::Right),
        (
            online(json!({ "imcCheckFlag": true, "imcCheckResult": true, "imcStatusInfo": true }), "", ""),
            Checked::Right,
        ),
        (online(found(false, true), "", "correct"), Checked::Wrong(MarkingFault::Wrong)),
        (online(found(true, false), "", "correct"), Checked::Wrong(MarkingFault::Status)),
        (online(found(true, true), "itemSaleStopped", "correct"), Checked::Wrong(MarkingFault::Stopped)),
        (online(found(true, true), "", "unrecognized"), Checked::Wrong(MarkingFault::Unrecognized)),
    ] {
        assert_eq!(marking::state(&said), checked, "{said}");
    }
    let accept = |found| json!({ "itemInfoCheckResult": found });
    assert_eq!(accepted(&accept(found(true, true))), Ok(found(true, true)));
    assert_eq!(accepted(&accept(found(false, true))), Err(MarkingFault::Wrong));
    let mut whole = sample();
    whole.items[0].marking = Some(b"foobar".to_vec());
    let checks = Checks::from([(0, found(true, true))]);
    let task = super::request::receipt(&whole, &checks).unwrap();
    assert_eq!(task["items"][0]["imcParams"]["itemInfoCheckResult"], found(true, true));
}
