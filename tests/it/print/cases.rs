//! Words, names and payment codes against the cases of the materials.

use crate::shared::shared_text;
use kontora::kernel::money::Money;
use kontora::print::names::{NameCase, decline};
use kontora::print::qr::Payment;
use kontora::print::words::{Gender, amount, amount_full, count, currency};
use serde_json::Value;

fn cases(name: &str) -> Option<Value> {
    let text = shared_text(&format!("domain/samples/cases/{name}.json"))?;
    Some(serde_json::from_str(&text).unwrap())
}

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value.get(key).and_then(Value::as_str).unwrap_or_default()
}

#[test]
fn amounts_are_said_as_the_cases_say() {
    let Some(cases) = cases("amount_in_words") else { return };
    for row in cases["rows"].as_array().unwrap() {
        let words = currency(text(row, "currency")).unwrap();
        let money = Money::parse(text(row, "amount")).unwrap();
        assert_eq!(amount(money, &words), text(row, "text"));
        assert_eq!(amount_full(money, &words), text(row, "text_full"));
    }
    for row in cases["counts"].as_array().unwrap() {
        let gender = match text(row, "gender") {
            "f" => Gender::Feminine,
            "n" => Gender::Neuter,
            _ => Gender::Masculine,
        };
        assert_eq!(count(row["n"].as_u64().unwrap(), gender), text(row, "text"));
    }
}

#[test]
fn the_table_of_amounts_in_words_holds() {
    let rubles = currency("RUB").unwrap();
    for (number, said) in [
        ("0.01", "Ноль рублей 01 копейка"),
        ("11.11", "Одиннадцать рублей 11 копеек"),
        ("1001.00", "Одна тысяча один рубль 00 копеек"),
        ("2002.02", "Две тысячи два рубля 02 копейки"),
        ("21000.00", "Двадцать одна тысяча рублей 00 копеек"),
        ("22022022.22", "Двадцать два миллиона двадцать две тысячи двадцать два рубля 22 копейки"),
        ("1000001000.00", "Один миллиард одна тысяча рублей 00 копеек"),
        ("1000000000000.00", "Один триллион рублей 00 копеек"),
    ] {
        assert_eq!(amount(Money::parse(number).unwrap(), &rubles), said);
    }
}

#[test]
fn names_are_declined_as_the_cases_say() {
    let Some(cases) = cases("fio") else { return };
    for row in cases.as_array().unwrap() {
        assert_eq!(decline(text(row, "name"), NameCase::Genitive), text(row, "genitive"));
        assert_eq!(decline(text(row, "name"), NameCase::Dative), text(row, "dative"));
    }
}

#[test]
fn payment_codes_are_as_the_cases_say() {
    let Some(cases) = cases("qr") else { return };
    let mut compared = 0;
    for case in cases.as_array().unwrap() {
        let input = &case["input"];
        let of = |key: &str| text(input, key).to_owned();
        let payment = Payment {
            name: of("Name"),
            account: of("PersonalAcc"),
            bank_name: of("BankName"),
            bic: of("BIC"),
            correspondent_account: of("CorrespAcc"),
            sum: Money::parse(text(input, "Sum")).ok(),
            purpose: of("Purpose"),
            payee_inn: of("PayeeINN"),
            kpp: of("KPP"),
            others: Vec::new(),
        };
        if payment.bic.is_empty() {
            // The third case gives only a name with a separator inside and the beginning of the text.
            let rest = Payment { bic: "044525225".into(), bank_name: "Банк".into(), ..payment };
            let whole = Payment { account: "40702810100000000017".into(), ..rest }.payload().unwrap();
            assert!(whole.starts_with(text(case, "text").trim_end_matches('.')), "{whole}");
            continue;
        }
        assert_eq!(payment.payload().unwrap(), text(case, "text"));
        compared += 1;
    }
    assert!(compared >= 2);
}
