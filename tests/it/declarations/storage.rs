//! Every object survives: the base, its history, the loader's lines.

use super::every::{done, objects, session};
use crate::bases::{engines, or_say, today};
use kontora::domain::registry;
use kontora::kernel::meta::ObjectMeta;
use kontora::kernel::moment::{Date, Moment};
use kontora::kernel::money::LIMIT;
use kontora::kernel::object::{Object, Uid};
use kontora::kernel::refs::AnyRef;
use kontora::kernel::value::{Stored, Type, Value};
use kontora::ops::check::check;
use kontora::ops::export::export;
use kontora::ops::gate::{Op, Session};
use kontora::store::history::{difference, take_back};
use std::collections::BTreeMap;

/// A value of a type, another one for every number; the ends of the type are among them.
pub fn value(kind: Type, number: i64) -> Value {
    let ends = [1, -1, LIMIT, -LIMIT, 0, 255, 256];
    let integer = ends.get(usize::try_from(number % 11).unwrap()).copied().unwrap_or(number * 7919);
    let day = Date::ymd(2026, 1, 1).unwrap().plus_days(number % 4000);
    match kind {
        Type::Text => {
            Value::Text(format!("Ёлка «{number}» \n\t\"'\\ {}", "ж".repeat(usize::try_from(number % 5).unwrap())))
        }
        Type::Bool => Value::Bool(number % 2 == 1),
        Type::Date => Value::Date(day),
        Type::Moment => Value::Moment(day.at(number % 24, number % 60, 59)),
        Type::Choice(choice) => {
            let at = usize::try_from(number).unwrap() % choice.items.len();
            Value::Choice(choice.items[at].0)
        }
        Type::Ref(target) => Value::Ref(AnyRef::new(target().tag, number + 1)),
        Type::AnyRef => Value::Ref(AnyRef::new(
            registry::KINDS[usize::try_from(number).unwrap() % registry::KINDS.len()].meta().tag,
            number + 1,
        )),
        Type::Int | Type::Money | Type::Qty | Type::Price | Type::Percent | Type::Rate => {
            Value::from_stored(kind, Stored::Int(integer))
        }
    }
}

/// An object with every field and every cell filled.
pub fn filled(meta: &'static ObjectMeta, seed: i64, rows: usize) -> Box<dyn Object> {
    let mut object = (meta.new)();
    let mut number = seed;
    let mut next = |kind: Type| {
        number += 1;
        value(kind, number)
    };
    for (at, field) in meta.fields.iter().enumerate() {
        assert!(object.set(at, next(field.kind)), "{}.{} takes a value of its type", meta.code, field.name);
    }
    for (table, part) in meta.tables.iter().enumerate() {
        for line in 0..rows {
            object.insert_row(table, line);
            let row = object.row_mut(table, line).expect("the row just made");
            for (at, field) in part.fields.iter().enumerate() {
                assert!(row.set(at, next(field.kind)), "{}.{}.{}", meta.code, part.name, field.name);
            }
        }
    }
    object
}

/// Everything an object says.
fn told(object: &dyn Object) -> Vec<String> {
    let meta = object.meta();
    let mut said = vec![format!("{:?}", object.head())];
    said.extend(meta.fields.iter().enumerate().map(|(at, field)| format!("{} = {:?}", field.name, object.get(at))));
    for (table, part) in meta.tables.iter().enumerate() {
        for line in 0..object.rows(table) {
            let row = object.row(table, line).expect("a row within the table");
            let cells = (0..part.fields.len()).map(|at| format!("{:?}", row.get(at)));
            said.push(format!("{} {}: {}", part.name, row.key(), cells.collect::<Vec<_>>().join(", ")));
        }
    }
    said
}

#[test]
fn every_object_survives_save_and_load() {
    for engine in engines() {
        survives(&engine.fresh(today()));
    }
}

fn survives(session: &Session) {
    for kind in registry::KINDS {
        let meta = kind.meta();
        for seed in [0, 1_000] {
            let mut object = filled(meta, seed, 3);
            object.head_mut().uid = Uid([u8::try_from(seed % 251).unwrap() + 1; 16]);
            object.head_mut().version = 1;
            object.head_mut().posted = seed > 0;
            or_say(session.run(Op::Save, |tx| tx.store.insert(object.as_mut(), "слова")));
            let read = or_say(session.store.load(object.any_ref())).expect("what was just written");
            assert_eq!(told(object.as_ref()), told(read.as_ref()), "{} after insert", meta.code);
            // Written over with other values, fewer rows and another version.
            let mut other = filled(meta, seed + 77, 2);
            *other.head_mut() = object.head().clone();
            other.head_mut().version = 2;
            other.head_mut().marked = true;
            let rewritten = vec![true; meta.tables.len()];
            or_say(session.run(Op::Save, |tx| tx.store.update(other.as_mut(), 1, "", &rewritten)));
            let read = or_say(session.store.load(object.any_ref())).expect("what was just written");
            assert_eq!(told(other.as_ref()), told(read.as_ref()), "{} after update", meta.code);
            // The history turns the second state into the first, but for what is computed.
            let change = difference(object.as_ref(), other.as_ref(), &[]);
            let mut back = other.boxed();
            take_back(back.as_mut(), &change);
            *back.head_mut() = object.head().clone();
            assert_eq!(told(object.as_ref()), told(back.as_ref()), "{} taken back", meta.code);
        }
    }
}

#[test]
fn bytes_that_are_no_history_break_nothing() {
    for kind in registry::KINDS {
        let (old, new) = (filled(kind.meta(), 0, 2), filled(kind.meta(), 500, 3));
        let change = difference(old.as_ref(), new.as_ref(), &[]);
        for end in (0..change.len()).step_by(7) {
            let mut cut = new.boxed();
            take_back(cut.as_mut(), &change[..end]);
            let mut spoiled = change.clone();
            spoiled[end] ^= 0xa5;
            take_back(new.boxed().as_mut(), &spoiled);
        }
    }
}

#[test]
fn a_place_out_of_range_or_a_wrong_type_is_refused() {
    for kind in registry::KINDS {
        let meta = kind.meta();
        let mut object = filled(meta, 3, 1);
        let before = told(object.as_ref());
        assert!(!object.set(meta.fields.len(), Value::Bool(true)));
        assert_eq!(object.get(meta.fields.len()), Value::Bool(false));
        for (at, field) in meta.fields.iter().enumerate() {
            let foreign = if field.kind.is_text() { Value::Bool(true) } else { Value::Text(String::new()) };
            assert!(!object.set(at, foreign), "{}.{}", meta.code, field.name);
        }
        let beyond = meta.tables.len();
        object.insert_row(beyond, 0);
        object.remove_row(beyond, 0);
        object.swap_rows(beyond, 0, 1);
        for table in 0..=beyond {
            object.remove_row(table, 9);
            object.swap_rows(table, 0, 9);
            assert!(object.row(table, 9).is_none() && object.row_mut(table, 9).is_none());
        }
        assert_eq!(told(object.as_ref()), before, "{}", meta.code);
    }
}

/// What `export` writes.
fn exported(session: &Session) -> Vec<String> {
    let mut lines = Vec::new();
    or_say(export(session, registry::KINDS, &mut |line| {
        lines.push(line.to_owned());
        true
    }));
    lines
}

/// The trial balance and every current total, without ids.
fn books(session: &Session) -> Vec<String> {
    let mut found = Vec::new();
    let codes: BTreeMap<i64, String> = or_say(session.store.accounts_under("")).into_iter().collect();
    for company in or_say(session.store.ledger_companies()) {
        let mut sums: BTreeMap<&str, (i64, i64)> = BTreeMap::new();
        for (key, row) in or_say(session.store.ledger_balances(company, &[], Moment::FOREVER)) {
            let sum = sums.entry(&codes[&key.account]).or_default();
            sum.0 += row.amount;
            sum.1 += row.qty;
        }
        found.extend(sums.iter().filter(|(_, sum)| **sum != (0, 0)).map(|(code, sum)| format!("{code} {sum:?}")));
    }
    for register in registry::registers() {
        let keys = register.key.len();
        if !kontora::store::schema::has_totals(register) {
            continue;
        }
        let totals = or_say(session.store.totals_by(register, &[]));
        let mut sums: Vec<Vec<i64>> = totals.into_iter().map(|total| total[keys..].to_vec()).collect();
        sums.retain(|sum| sum.iter().any(|value| *value != 0));
        sums.sort();
        found.push(format!("{} {sums:?}", register.code));
    }
    found
}

#[test]
fn what_is_exported_loads_into_the_same_base() {
    let session = session();
    for engine in engines() {
        loads_into(&session, &engine.fresh(today()));
    }
}

fn loads_into(session: &Session, other: &Session) {
    let lines = exported(session);
    done(other, &lines.join("\n"));
    let mut both = [lines.clone(), exported(other)];
    both.iter_mut().for_each(|lines| lines.sort());
    for (was, is) in both[0].iter().zip(&both[1]) {
        assert_eq!(was, is, "exported, loaded and exported again");
    }
    assert_eq!(both[0].len(), both[1].len());
    assert_eq!(books(session), books(other));
    let report = or_say(check(other, &mut |_| true));
    assert!(report.is_clean(), "{:?}", report.faults.iter().map(|fault| fault.show()).collect::<Vec<_>>());
    // Loading it once more changes nothing.
    let loaded = kontora::ops::load::load(other, &lines.join("\n"), &mut |_| true).unwrap_or_default();
    assert_eq!((loaded.created, loaded.changed), (0, 0), "and loading it once more changes nothing");
    assert_eq!(objects(other).len(), objects(session).len());
}

#[test]
fn a_row_keeps_its_number_wherever_it_stands() {
    for engine in engines() {
        numbered(&engine.fresh(today()));
    }
}

fn numbered(session: &Session) {
    done(
        session,
        r#"{"type":"item","code":"T1","name":"Чайник"}
{"type":"item","code":"T2","name":"Ложка"}
{"type":"counterparty","code":"C1","name":"Ромашка"}
{"type":"customer_order","key":"O","customer":"C1","goods":[{"line":7,"item":"T1","qty":2,"price":10},{"line":3,"item":"T2","qty":5,"price":4}]}"#,
    );
    let goods = || {
        let objects = objects(session);
        let order = objects.iter().find(|object| object.meta().code == "customer_order").expect("the order");
        told(order.as_ref()).into_iter().filter(|said| said.starts_with("goods ")).collect::<Vec<_>>()
    };
    let first = goods();
    assert!(first[0].starts_with("goods 7: ") && first[1].starts_with("goods 3: "), "{first:#?}");
    // The rows change places, and each keeps what is its own; the one without a number is new.
    done(
        session,
        r#"{"type":"customer_order","key":"O","goods":[{"line":3},{"line":7},{"item":"T2","qty":1,"price":9}]}"#,
    );
    let second = goods();
    assert_eq!([&second[0], &second[1]], [&first[1], &first[0]]);
    assert!(second[2].starts_with("goods 8: "), "{second:#?}");
    // What no number names is gone.
    done(session, r#"{"type":"customer_order","key":"O","goods":[{"line":7}]}"#);
    assert_eq!(goods(), [first[0].clone()]);
    let bad = r#"{"type":"customer_order","key":"O","goods":[{"line":7},{"line":7},{"line":0},{"line":"1"}]}"#;
    let said = kontora::ops::load::load(session, bad, &mut |_| true).expect_err("numbers that cannot be");
    let said = said[0].error.sentence();
    assert_eq!(said.matches("целое от 1 до").count(), 3, "{said}");
}
