//! The same documents entered in another order give the same books.

use super::random::Random;
use super::work::{KINDS, Work, close_months, fresh};
use crate::bases::or_say;
use kontora::domain::registers::settlements::{OpenItems, Settlements};
use kontora::domain::registers::stock::{Batches, Stock};
use kontora::domain::registry;
use kontora::kernel::behaviour::KindOps;
use kontora::kernel::problems::Error;
use kontora::kernel::refs::AnyRef;
use kontora::kernel::register::Register;
use kontora::ops::export::export;
use kontora::ops::gate::{Op, Session};
use kontora::ops::load::load;
use serde_json::{Value as Json, json};
use std::collections::BTreeMap;

fn lines(session: &Session, kinds: &[&dyn KindOps]) -> Vec<Json> {
    let mut found = Vec::new();
    or_say(export(session, kinds, &mut |line| {
        found.push(serde_json::from_str(line).expect("a line of JSON"));
        true
    }));
    found
}

/// Enters the posted documents of a base into a fresh one in an order of chance; gives where the books differ.
pub fn again(work: &Work, turn: u64) -> Vec<String> {
    let session = fresh(work.seed);
    let catalogs: Vec<&dyn KindOps> =
        registry::KINDS.iter().copied().filter(|kind| !KINDS.contains(&kind.meta().code)).collect();
    let masters: Vec<String> = lines(&work.session, &catalogs).iter().map(Json::to_string).collect();
    load(&session, &masters.join("\n"), &mut |_| true).unwrap_or_else(|bad| panic!("{}", bad[0].error.sentence()));
    // Goods in plenty, so that nothing is ever short on the way; they are taken back at the end.
    // Both bases count identifiers alike, so these have some of their own.
    let plenty = ["main", "W2"].map(|warehouse| {
        let uid = format!("00000000-0000-4000-8000-{:012}", warehouse.len());
        let goods = ["T1", "T2", "T3", "F1", "F2"].map(|item| json!({"item": item, "qty": 100_000, "price": 7}));
        json!({"type": "goods_receipt", "uid": uid, "key": format!("plenty {warehouse}"), "number": format!("P-{warehouse}"), "date": "2026-09-01", "post": true,
               "supplier": "S1", "warehouse": warehouse, "goods": goods})
    });
    plenty.iter().for_each(|line| enter(&session, line).unwrap_or_else(|said| panic!("{said}")));
    let documents: Vec<&dyn KindOps> = KINDS.iter().filter_map(|code| registry::by_code(code)).collect();
    let mut waiting = lines(&work.session, &documents);
    // Of what is not posted only orders and receipts may be named by others.
    let named = |line: &Json| {
        line["type"] == "goods_receipt" || line["type"].as_str().is_some_and(|kind| kind.ends_with("_order"))
    };
    waiting.retain(|line| named(line) || line.get("post") == Some(&Json::Bool(true)));
    // Orders are open while their goods go, and closed at the end.
    for line in &mut waiting {
        if let Some(closed) = line.get_mut("closed") {
            *closed = json!(false);
        }
    }
    let uids: Vec<(Json, Json)> = waiting.iter().map(|line| (line["type"].clone(), line["uid"].clone())).collect();
    let mut random = Random::new(work.seed * 31 + turn);
    for at in (1..waiting.len()).rev() {
        waiting.swap(at, random.below(at + 1));
    }
    let stuck = enter_all(&session, waiting);
    if !stuck.is_empty() {
        return stuck;
    }
    for (kind, uid) in uids.iter().filter(|(kind, _)| kind.as_str().is_some_and(|kind| kind.ends_with("_order"))) {
        let closed = enter(&session, &json!({"type": kind, "uid": uid, "closed": true}));
        closed.unwrap_or_else(|said| panic!("{said}"));
    }
    for line in &plenty {
        let back = enter(&session, &json!({"type": line["type"], "key": line["key"], "unpost": true}));
        if let Err(said) = back {
            let moved = |session: &Session| books(session).remove("stock").unwrap_or_default();
            let (was, is) = (moved(&work.session), moved(&session));
            let differ = is.iter().filter(|row| !was.contains(row)).chain(was.iter().filter(|row| !is.contains(row)));
            return std::iter::once(format!("goods in plenty stay: {said}")).chain(differ.cloned()).collect();
        }
    }
    close_months(&session);
    let (was, is) = (books(&work.session), books(&session));
    let tables = was.iter().filter(|(table, rows)| is.get(*table) != Some(rows));
    let differ = |table: &str, rows: &Vec<String>| {
        let other = &is[table];
        let gone: Vec<&String> = rows.iter().filter(|row| !other.contains(row)).take(3).collect();
        let come: Vec<&String> = other.iter().filter(|row| !rows.contains(row)).take(3).collect();
        format!("{table}: {gone:#?} -> {come:#?}")
    };
    tables.map(|(table, rows)| differ(table, rows)).collect()
}

/// Enters one line; the refusal in words.
fn enter(session: &Session, line: &Json) -> Result<(), String> {
    match session.run(Op::Load, |tx| tx.load_line(&line.to_string())) {
        Ok(_) => Ok(()),
        Err(Error::Refused(problems, meta)) => Err(problems.sentences(meta)),
        Err(other) => panic!("{}", other.sentence()),
    }
}

/// Enters lines whose turn comes when what they refer to is there; gives what could never be entered.
fn enter_all(session: &Session, mut waiting: Vec<Json>) -> Vec<String> {
    while !waiting.is_empty() {
        let before = waiting.len();
        let mut refused = Vec::new();
        waiting.retain(|line| match enter(session, line) {
            Ok(()) => false,
            Err(said) => {
                refused.push(format!("never entered: {line}: {said}"));
                true
            }
        });
        if waiting.len() == before {
            return refused;
        }
    }
    Vec::new()
}

/// Names of objects that do not depend on ids.
struct Names<'a> {
    session: &'a Session,
    known: BTreeMap<AnyRef, String>,
}

impl Names<'_> {
    fn of(&mut self, reference: AnyRef) -> String {
        if reference.is_empty() {
            return "-".to_owned();
        }
        let session = self.session;
        let read = || {
            let object = or_say(session.store.load(reference)).expect("an object that is referred to");
            format!("{} {}", object.meta().code, object.head().uid)
        };
        self.known.entry(reference).or_insert_with(read).clone()
    }
}

/// Stock with its costs, settlements, open debts and advances, and the ledger, all by name.
fn books(session: &Session) -> BTreeMap<&'static str, Vec<String>> {
    let mut names = Names { session, known: BTreeMap::new() };
    let mut documents = Vec::new();
    for code in KINDS {
        documents.extend(or_say(session.store.posted_of(code)));
    }
    let mut found: BTreeMap<&'static str, Vec<String>> = BTreeMap::new();
    for document in documents {
        let own = names.of(document);
        for moved in or_say(session.store.moves_of(Stock::meta(), document)) {
            let row = Stock::from_cells(&moved.cells);
            let (item, warehouse) = (names.of(row.item.any()), names.of(row.warehouse.any()));
            let line = format!("{own} {} {}: {item} {warehouse} {} {}", moved.line, moved.date, row.qty, row.cost);
            found.entry("stock").or_default().push(line);
        }
        for moved in or_say(session.store.moves_of(Settlements::meta(), document)) {
            let row = Settlements::from_cells(&moved.cells);
            let line = format!("{own} {}: {} {}", moved.date, names.of(row.contract.any()), row.amount);
            found.entry("settlements").or_default().push(line);
        }
        for moved in or_say(session.store.moves_of(OpenItems::meta(), document)) {
            let row = OpenItems::from_cells(&moved.cells);
            let line = format!("{own}: {} {} {}", names.of(row.contract.any()), names.of(row.item), row.amount);
            found.entry("open items").or_default().push(line);
        }
        for entry in or_say(session.store.entries_of(document)).iter().filter(|entry| entry.amount != 0) {
            let mut side = |side: &kontora::store::ledger::LedgerSide| {
                let account = names.of(AnyRef::new(7, side.account));
                let subs = side.subs.map(|sub| names.of(sub)).join(" ");
                format!("{account} {subs} {}", side.qty)
            };
            let line = format!("{own}: {} / {} {}", side(&entry.debit), side(&entry.credit), entry.amount);
            found.entry("ledger").or_default().push(line);
        }
    }
    for row in or_say(session.store.totals_by(Batches::meta(), &[])).iter().map(|cells| Batches::from_cells(cells)) {
        let line = format!(
            "{} {} {}: {} {}",
            names.of(row.item.any()),
            names.of(row.batch),
            row.batch_line,
            row.qty,
            row.cost
        );
        found.entry("batches").or_default().push(line);
    }
    found.values_mut().for_each(|rows| rows.sort());
    found
}
