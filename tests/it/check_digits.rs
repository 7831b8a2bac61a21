//! Check digits against the shared cases: real and spoiled numbers of every kind.

use crate::shared::shared;
use kontora::kernel::check_digits;
use kontora::kernel::text::Text;
use serde_json::Value;

fn check(kind: &str, value: &str, bank: &str) -> Option<Result<(), Text>> {
    Some(match kind {
        "inn10" | "inn12" => check_digits::inn(value),
        "kpp" => check_digits::kpp(value),
        "ogrn" => check_digits::ogrn(value),
        "ogrnip" => check_digits::ogrnip(value),
        "okpo8" | "okpo10" => check_digits::okpo(value),
        "snils" => check_digits::snils(value),
        "bic" => check_digits::bic(value),
        "account" => check_digits::account(value, bank),
        "corr_account" => check_digits::correspondent_account(value, bank),
        "ean13" => check_digits::ean13(value),
        _ => return None,
    })
}

#[test]
fn shared_cases_are_told_right_from_wrong() {
    let Some(folder) = shared("") else { return };
    let text = std::fs::read_to_string(folder.join("domain/samples/cases/check_digits.json")).unwrap();
    let cases: Vec<Value> = serde_json::from_str(&text).unwrap();
    assert!(cases.len() > 80, "the file of cases shrank to {}", cases.len());
    let field = |case: &Value, name: &str| case.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
    for case in &cases {
        let (kind, value) = (field(case, "kind"), field(case, "value"));
        let result = check(&kind, &value, &field(case, "bic"));
        let result = result.unwrap_or_else(|| panic!("no check for the kind {kind}"));
        let valid = case.get("valid").and_then(Value::as_bool).unwrap();
        assert_eq!(result.is_ok(), valid, "{kind} {value}: {:?}", result.map_err(|problem| problem.show()));
    }
}
