//! Lines that say what there is: companies, goods, partners, places.

use super::words::{Words, is_date};
use super::world::{Said, World};
use serde_json::{Map, Value as Json, json};

/// A line of the loader.
pub type Line = Map<String, Json>;

/// The lines of a statement about what there is; `None` when it says something else.
pub fn lines(world: &World, text: &str) -> Said<Option<Vec<Line>>> {
    let mut words = Words::new(text);
    for (phrase, code) in [
        ("товар", "item"),
        ("услуга", "item"),
        ("группа товаров", "item"),
        ("покупатель", "counterparty"),
        ("поставщик", "counterparty"),
        ("контрагент", "counterparty"),
        ("склад", "warehouse"),
        ("ККМ", "till"),
        ("касса", "cash_desk"),
        ("сотрудник", "employee"),
        ("вид цен", "price_kind"),
        ("договор", "contract"),
        ("организация", "company"),
    ] {
        if words.eat(phrase) {
            return catalog(world, phrase, code, &mut words).map(|line| Some(vec![line]));
        }
    }
    if words.eat("режим") {
        return Ok(Some(vec![company(words.rest(), "main", "")?]));
    }
    if words.eat("расчетный счет") {
        return Ok(Some(bank_account(words.next())));
    }
    if words.eat("запрет изменений по") {
        let until = words.next();
        let who = words.rest().trim_matches(['(', ')']);
        return Ok(Some(vec![map(
            json!({"type": "company", "code": "main", "locked_until": until, "locked_by": who}),
        )]));
    }
    if words.eat("настройка") {
        let (field, value) = (words.next(), words.rest());
        return Ok(Some(vec![map(json!({"type": "settings", "code": "main", field: value}))]));
    }
    Ok(None)
}

/// A JSON object as a line.
pub fn map(value: Json) -> Line {
    match value {
        Json::Object(map) => map,
        _ => Map::new(),
    }
}

/// `код "Имя" (условия)`.
fn catalog(world: &World, phrase: &str, code: &str, words: &mut Words<'_>) -> Said<Line> {
    let called = words.next();
    let name = if words.peek().starts_with('"') { words.next() } else { "" };
    let mut line = map(json!({"type": code, "code": called}));
    if !name.is_empty() {
        line.insert("name".to_owned(), json!(name));
    }
    match phrase {
        "услуга" => drop(line.insert("kind".to_owned(), json!("service"))),
        "группа товаров" => drop(line.insert("folder".to_owned(), json!(true))),
        "касса" => drop(line.insert("company".to_owned(), json!("main"))),
        "организация" => return company(words.rest().trim_matches(['(', ')']), called, name),
        "договор" => drop(line.insert("company".to_owned(), json!("main"))),
        _ => {}
    }
    for option in words.rest().trim_matches(['(', ')']).split(", ").filter(|option| !option.is_empty()) {
        let (field, value) = catalog_option(world, option)?;
        line.insert(field, value);
    }
    Ok(line)
}

fn catalog_option(world: &World, option: &str) -> Said<(String, Json)> {
    let mut words = Words::new(option);
    let plain = |field: &str, value: &str| Ok((field.to_owned(), json!(value)));
    if let Some(rate) = words.after("НДС") {
        return plain("vat", vat_class(rate)?);
    }
    match option {
        "ФИФО" => return plain("item_group", "02"),
        "без НДС" => return plain("vat", "free"),
        "с поставщиком" => return plain("kind", "supplier"),
        "с покупателем" => return plain("kind", "customer"),
        _ => {}
    }
    let named =
        [("группа", "item_group"), ("папка", "parent"), ("контрагент", "counterparty"), ("организация", "company")];
    for (phrase, field) in named {
        if let Some(value) = words.after(phrase) {
            return plain(field, value);
        }
    }
    let (field, value) = (words.next(), words.rest());
    let _ = world;
    if value.is_empty() { Err(format!("not understood: {option}")) } else { plain(field, value) }
}

fn vat_class(rate: &str) -> Said<&'static str> {
    match rate {
        "18" | "20" | "22" | "основная" => Ok("standard"),
        "10" => Ok("reduced"),
        "0" => Ok("zero"),
        "5" => Ok("simplified_5"),
        "7" => Ok("simplified_7"),
        other => Err(format!("no VAT class of {other}")),
    }
}

/// `ОСН`, `УСН с 2004-01-01, ОСН с 2026-01-01`, with `префикс АБ` among the parts for a company of its own.
fn company(text: &str, code: &str, name: &str) -> Said<Line> {
    let mut line = map(json!({"type": "company", "code": code}));
    if !name.is_empty() {
        line.insert("name".to_owned(), json!(name));
    }
    let mut regimes = Vec::new();
    for part in text.split(", ").map(str::trim).filter(|part| !part.is_empty()) {
        let mut words = Words::new(part);
        if let Some(prefix) = words.after("префикс") {
            line.insert("prefix".to_owned(), json!(prefix));
            continue;
        }
        let (kind, from) = part.rsplit_once(" с ").filter(|(_, from)| is_date(from)).unwrap_or((part, "2004-01-01"));
        let kind = match kind {
            "ОСН" => "general",
            "УСН" => "simplified_free",
            "УСН 5" => "simplified_5",
            "УСН 7" => "simplified_7",
            "УСН с НДС" => "simplified_general",
            "патент" => "patent",
            other => return Err(format!("no regime {other}")),
        };
        regimes.push(json!({"from": from, "regime": kind}));
    }
    if !regimes.is_empty() || !name.is_empty() {
        line.insert("regimes".to_owned(), Json::Array(regimes));
    }
    Ok(line)
}

/// Our account in a bank, and the base's default from then on.
fn bank_account(code: &str) -> Vec<Line> {
    let code = if code.is_empty() { "BA" } else { code };
    vec![
        map(json!({"type": "bank", "code": "044525225", "name": "ПАО Сбербанк"})),
        map(json!({"type": "bank_account", "code": code, "name": "Основной счет", "company": "main",
            "number": "40702810100000000017", "bank": "044525225", "currency": "RUB"})),
        map(json!({"type": "settings", "code": "main", "bank_account": code})),
    ]
}
