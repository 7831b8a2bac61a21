//! Documents: a line of a scenario into a line of the loader.

use super::setup::{Line, map};
use super::words::{Words, is_date, is_number, parts};
use super::world::{Said, World};
use serde_json::{Value as Json, json};

/// What stands after the colon.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Body {
    Goods,
    Split,
    Entries,
    Prices,
    Rates,
    Opening,
    Nothing,
}

/// What a scenario calls a document, its code, its counterparty, its lines.
const KINDS: &[(&str, &str, &str, Body)] = &[
    ("заказ поставщику", "supplier_order", "supplier", Body::Goods),
    ("заказ", "customer_order", "customer", Body::Goods),
    ("корректировочный счет-фактура", "corrective_invoice", "customer", Body::Nothing),
    ("счет-фактура выданный", "tax_invoice_issued", "customer", Body::Nothing),
    ("счет-фактура полученный", "tax_invoice_received", "supplier", Body::Nothing),
    ("счет", "invoice", "customer", Body::Goods),
    ("отгрузка", "goods_issue", "customer", Body::Goods),
    ("возврат от покупателя", "customer_return", "customer", Body::Goods),
    ("возврат поставщику", "supplier_return", "supplier", Body::Goods),
    ("поступление на счет", "bank_receipt", "counterparty", Body::Split),
    ("поступление", "goods_receipt", "supplier", Body::Goods),
    ("списание со счета", "bank_debit", "counterparty", Body::Split),
    ("ПКО", "cash_receipt", "counterparty", Body::Split),
    ("РКО", "cash_issue", "counterparty", Body::Split),
    ("платежное поручение", "payment_order", "counterparty", Body::Split),
    ("цены", "price_setting", "", Body::Prices),
    ("курс", "rate_setting", "", Body::Rates),
    ("остатки", "opening_balance", "", Body::Opening),
    ("операция", "manual_entry", "", Body::Entries),
    ("чек возврата", "till_return", "customer", Body::Goods),
    ("чек", "till_receipt", "customer", Body::Goods),
    ("смена", "till_shift", "", Body::Nothing),
    ("чек аванса", "till_advance", "customer", Body::Nothing),
    ("чек коррекции", "till_correction", "", Body::Goods),
    ("деньги кассы", "till_cash", "", Body::Nothing),
    ("инвентаризация", "stock_count", "", Body::Goods),
    ("оприходование", "stock_surplus", "", Body::Goods),
    ("списание", "stock_write_off", "", Body::Goods),
    ("акт о расхождениях", "discrepancy_act", "supplier", Body::Nothing),
    ("спрос", "demand_note", "customer", Body::Goods),
    ("закрытие месяца", "month_closing", "", Body::Nothing),
];

/// Words of a condition and the field they set.
const OPTIONS: &[(&str, &str)] = &[
    ("отгрузить", "ship_date"),
    ("склад", "warehouse"),
    ("договор", "contract"),
    ("организация", "company"),
    ("валюта", "currency"),
    ("вид цен", "price_kind"),
    ("операция", "operation"),
    ("счет", "account"),
    ("расчетный счет", "bank_account"),
    ("касса", "cash_desk"),
    ("статья", "flow"),
    ("номер", "number"),
    ("дата", "date"),
    ("комментарий", "comment"),
    ("сотрудник", "employee"),
    ("менеджер", "manager"),
    ("сумма", "amount"),
    ("назначение", "purpose"),
    ("заказ", "order"),
    ("реализация", "issue"),
    ("покупатель", "customer"),
    ("поставщик", "supplier"),
    ("счет получателя", "payee_account"),
    ("вид", "kind"),
    ("смена", "shift"),
    ("чек", "receipt"),
    ("картой", "paid_card"),
    ("зачет аванса", "paid_advance"),
    ("внесено", "tendered"),
    ("ККМ", "till"),
    ("карта", "card"),
    ("причина", "reason"),
    ("закрыта", "closed"),
    ("пересчитано", "counted"),
    ("другая касса", "other_desk"),
    ("соглашение", "agreement"),
    ("резерв до", "reserve_until"),
    ("приоритет", "priority"),
];

/// The loader's line of a document, new or changed; `None` when the statement is something else.
pub fn line(world: &World, text: &str) -> Said<Option<Line>> {
    let mut words = Words::new(text);
    if words.eat("изменить") {
        let key = words.next();
        let (key, colon) = key.strip_suffix(':').map_or((key, false), |key| (key, true));
        let code = world.kind_of(key)?;
        let Some(kind) = KINDS.iter().find(|kind| kind.1 == code) else { return Err(format!("{key} is no document")) };
        let mut line = map(json!({"type": code, "key": key}));
        if colon {
            body(world, kind.3, words.rest(), &mut line)?;
        } else {
            tail(world, kind, &mut words, &mut line)?;
        }
        return Ok(Some(line));
    }
    if !is_date(words.peek()) {
        return Ok(None);
    }
    let mut date = words.next().to_owned();
    if words.peek().contains(':') && words.peek().starts_with(|c: char| c.is_ascii_digit()) {
        date = format!("{date} {}", words.next());
    }
    let Some(kind) = KINDS.iter().find(|kind| words.eat(kind.0)) else { return Err(format!("no document: {text}")) };
    // A key may be followed at once by the colon of the lines.
    let key = words.next();
    let (key, colon) = key.strip_suffix(':').map_or((key, false), |key| (key, true));
    let mut line = map(json!({"type": kind.1, "key": key, "date": date, "post": true}));
    if colon {
        body(world, kind.3, words.rest(), &mut line)?;
    } else {
        tail(world, kind, &mut words, &mut line)?;
    }
    Ok(Some(line))
}

/// `[по основанию] [от кого] [сумма] [(условия)] [: строки]`.
fn tail(world: &World, kind: &(&str, &str, &str, Body), words: &mut Words<'_>, line: &mut Line) -> Said<()> {
    let (head, lines) = split_head(words.rest());
    let (head, options) = match head.split_once('(') {
        Some((head, options)) => (head.trim(), options.trim_end().trim_end_matches(')')),
        None => (head, ""),
    };
    let mut words = Words::new(head);
    while !words.is_done() {
        let word = words.peek();
        if let Some(basis) = words.after("по") {
            line.insert("on".to_owned(), json!(world.any_name(basis)?));
        } else if let Some(who) = words.after("от").or_else(|| words.after("кому")).or_else(|| words.after("для"))
        {
            line.insert(kind.2.to_owned(), json!(who));
        } else if is_number(word) {
            line.insert("amount".to_owned(), json!(words.next()));
        } else {
            return Err(format!("not understood: {}", words.rest()));
        }
    }
    for option in options.split(", ").filter(|option| !option.is_empty()) {
        add_option(world, option, line)?;
    }
    lines.map_or(Ok(()), |lines| body(world, kind.3, lines, line))
}

/// The colon before the lines is followed by a blank or the end; one within a time is not.
fn split_head(text: &str) -> (&str, Option<&str>) {
    if let Some(head) = text.strip_suffix(':') {
        return (head, Some(""));
    }
    let from = text.find(')').unwrap_or(0);
    match text.get(from..).and_then(|rest| rest.find(": ")) {
        Some(at) => (text.get(..from + at).unwrap_or_default(), text.get(from + at + 2..)),
        None => (text, None),
    }
}

fn add_option(world: &World, option: &str, line: &mut Line) -> Said<()> {
    let flag = match option {
        "закрыт" => Some(("closed", json!(true))),
        "открыт" => Some(("closed", json!(false))),
        "цена без НДС" => Some(("vat_included", json!(false))),
        "цена с НДС" => Some(("vat_included", json!(true))),
        "согласован" => Some(("agreed", json!(true))),
        "резерв снят" => Some(("reserve_released", json!(true))),
        "без проведения" => Some(("post", json!(false))),
        _ => None,
    };
    if let Some((field, value)) = flag {
        line.insert(field.to_owned(), value);
        return Ok(());
    }
    let mut words = Words::new(option);
    // The longest phrase first: «счет получателя» before «счет».
    let mut known: Vec<_> = OPTIONS.iter().filter(|(phrase, _)| option.starts_with(phrase)).collect();
    known.sort_by_key(|(phrase, _)| std::cmp::Reverse(phrase.len()));
    if let Some((_, field)) = known.into_iter().find(|(phrase, _)| words.eat(phrase)) {
        line.insert((*field).to_owned(), json!(words.rest().trim_matches('"')));
        return Ok(());
    }
    if let Some(sub) = words.after("субконто") {
        line.insert("sub1".to_owned(), json!(world.any_name(sub)?));
        return Ok(());
    }
    if let Some(rate) = words.after("НДС") {
        line.insert("vat".to_owned(), json!(rate));
        return Ok(());
    }
    let field = words.after("поле").ok_or_else(|| format!("not understood: {option}"))?;
    line.insert(field.to_owned(), json!(words.rest()));
    Ok(())
}

fn body(world: &World, kind: Body, text: &str, line: &mut Line) -> Said<()> {
    let rows = |read: &dyn Fn(&World, &str) -> Said<Json>| {
        parts(text).map(|part| read(world, part)).collect::<Said<Vec<Json>>>()
    };
    let (table, rows) = match kind {
        Body::Goods => ("goods", rows(&goods)?),
        Body::Split => ("split", rows(&split)?),
        Body::Entries => ("entries", rows(&entry)?),
        Body::Prices => ("prices", rows(&price)?),
        Body::Rates => ("rates", rows(&rate)?),
        Body::Opening => return opening(world, text, line),
        Body::Nothing => return Err("this document has no lines".to_owned()),
    };
    line.insert(table.to_owned(), Json::Array(rows));
    Ok(())
}

/// `T1 4 x 1830,00 НДС 10 скидка 5`; `=` leaves a row as it was.
fn goods(world: &World, text: &str) -> Said<Json> {
    if text == "=" {
        return Ok(json!({}));
    }
    let mut line = Line::new();
    let mut words = Words::new(text);
    if text.starts_with('"') {
        line.insert("name".to_owned(), json!(words.next()));
    } else if !is_number(words.peek()) && !words.eat("=") {
        line.insert("item".to_owned(), json!(words.next()));
    }
    if is_number(words.peek()) {
        line.insert("qty".to_owned(), json!(words.next()));
    }
    if let Some(price) = words.after("x") {
        line.insert("price".to_owned(), json!(price));
    }
    while !words.is_done() {
        if words.eat("отменена") {
            line.insert("cancelled".to_owned(), json!(true));
        } else if words.eat("не отменена") {
            line.insert("cancelled".to_owned(), json!(false));
        } else if let Some(target) = words.after("для") {
            let (order, row) = target.split_once('/').unwrap_or((target, "1"));
            line.insert("customer_order".to_owned(), json!(order));
            line.insert("customer_line".to_owned(), json!(row));
        } else {
            let named = [
                ("НДС", "vat"),
                ("скидка", "discount"),
                ("сумма", "amount"),
                ("обеспечение", "action"),
                ("статья", "expense"),
                ("строка заказа", "order_line"),
                ("причина", "reason"),
                ("по документам", "papers"),
                ("вместо", "instead_of"),
                ("строка реализации", "issue_line"),
            ];
            let found = named.iter().find_map(|(phrase, field)| words.after(phrase).map(|value| (*field, value)));
            let Some((field, value)) = found else { return Err(format!("not understood: {}", words.rest())) };
            let _ = world;
            line.insert(field.to_owned(), json!(if value == "без" { "none" } else { value }));
        }
    }
    Ok(Json::Object(line))
}

/// `O-1 3000,00`, or `O-1` for what is left.
fn split(world: &World, text: &str) -> Said<Json> {
    let mut words = Words::new(text);
    let order = world.any_name(words.next())?;
    Ok(if words.is_done() { json!({"order": order}) } else { json!({"order": order, "amount": words.next()}) })
}

/// `Дт 44.01/010 Кт 76.05/S1 100,00`.
fn entry(world: &World, text: &str) -> Said<Json> {
    let mut line = Line::new();
    let mut words = Words::new(text);
    for (phrase, side) in [("Дт", "debit"), ("Кт", "credit")] {
        let Some(account) = words.after(phrase) else { continue };
        let mut parts = account.split('/');
        line.insert(side.to_owned(), json!(parts.next().unwrap_or_default()));
        for (sub, at) in parts.zip(1..) {
            if !sub.is_empty() {
                line.insert(format!("{side}{at}"), json!(world.any_name(sub)?));
            }
        }
        if let Some(qty) = words.after("кол") {
            line.insert(format!("{side}_qty"), json!(qty));
        }
    }
    line.insert("amount".to_owned(), json!(words.next()));
    if words.is_done() { Ok(Json::Object(line)) } else { Err(format!("not understood: {}", words.rest())) }
}

/// `T1 1830,00`, with the price kind after it where it is not the document's.
fn price(_world: &World, text: &str) -> Said<Json> {
    let mut words = Words::new(text);
    let mut line = map(json!({"item": words.next(), "price": words.next()}));
    if !words.is_done() {
        line.insert("price_kind".to_owned(), json!(words.next()));
    }
    Ok(Json::Object(line))
}

/// `KZT 17,50 за 100`.
fn rate(_world: &World, text: &str) -> Said<Json> {
    let mut words = Words::new(text);
    let mut line = map(json!({"currency": words.next(), "rate": words.next()}));
    if let Some(nominal) = words.after("за") {
        line.insert("nominal".to_owned(), json!(nominal));
    }
    Ok(Json::Object(line))
}

/// `товар T1 10 на 12200,00; деньги BA 100,00; должен C1 500,00; должны S1 300,00; 80.09 Кт 100,00`.
fn opening(world: &World, text: &str, line: &mut Line) -> Said<()> {
    for part in parts(text) {
        let mut words = Words::new(part);
        let (table, row) = if let Some(item) = words.after("товар") {
            let qty = words.next();
            let cost = words.after("на").unwrap_or_default();
            ("goods", json!({"item": item, "qty": qty, "cost": cost}))
        } else if let Some(place) = words.after("деньги") {
            ("funds", json!({"place": world.any_name(place)?, "amount": words.next()}))
        } else if words.eat("должен") || words.eat("должны") {
            let ours = part.starts_with("должны");
            let who = words.next();
            let sign = if ours { "-" } else { "" };
            let mut row = map(json!({"counterparty": who, "amount": format!("{sign}{}", words.next())}));
            row.insert("kind".to_owned(), json!(if words.eat("поставщик") { "supplier" } else { "customer" }));
            if let Some(contract) = words.after("договор") {
                row.insert("contract".to_owned(), json!(contract));
            }
            ("settlements", Json::Object(row))
        } else {
            let mut subs = words.next().split('/');
            let mut row = map(json!({"account": subs.next()}));
            for (sub, at) in subs.zip(1..) {
                row.insert(format!("sub{at}"), json!(world.any_name(sub)?));
            }
            let side = if words.eat("Дт") { "debit" } else { "credit" };
            words.eat("Кт");
            row.insert(side.to_owned(), json!(words.next()));
            ("accounts", Json::Object(row))
        };
        if !words.is_done() {
            return Err(format!("not understood: {}", words.rest()));
        }
        let rows = line.entry(table).or_insert_with(|| json!([]));
        if let Json::Array(rows) = rows {
            rows.push(row);
        }
    }
    Ok(())
}
