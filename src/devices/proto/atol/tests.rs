//! Bodies as the service wants and gives them.

use super::answer::{Made, Taken, TaskState, kopecks, results, training_results};
use super::request::{Nameless, Plain, cash_in, open_shift, plain, receipt, request, text};
use crate::devices::proto::fiscal::{Correction, ReceiptKind};
use crate::devices::proto::sample::receipt as sample;
use chrono::NaiveDate;
use serde_json::{Value, json};

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
    let mut said = results(&training_results(&states)).unwrap();
    assert_eq!(said.remove(0), states[0]);
    assert_eq!(said[..], states[1..]);
    let empty = Made { result: Value::Null, ..Made::default() };
    assert_eq!(results(&json!({ "results": [{ "status": "ready" }] })).unwrap(), [TaskState::Done(Box::new(empty))]);
}
