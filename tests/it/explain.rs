//! How the engines find what the program asks for most: each hot query goes by an index, so that its price does
//! not grow with the base. The plans are golden files; `UPDATE_EXPECTED=1` writes them anew.

use crate::bases::{Place, engine_of, or_say, places, session_over, today};
use crate::shared::switch;
use crate::sources::root;
use crate::through::{Asked, Through};
use kontora::domain::registers::stock::Stock;
use kontora::domain::registry;
use kontora::kernel::clock::Clock;
use kontora::kernel::moment::{Date, Moment};
use kontora::kernel::refs::AnyRef;
use kontora::kernel::register::Register as _;
use kontora::kernel::value::Stored;
use kontora::ops::gate::Session;
use kontora::ops::load::load;
use kontora::store::dialect::Dialect;
use kontora::store::engine::{Engine, Owned};
use kontora::store::journal::JournalQuery;
use kontora::store::lists::{Anchor, Filter, ListQuery};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex};

/// Statements as they were asked, with what was bound.
type Said = Arc<Mutex<Vec<(String, Vec<Owned>)>>>;

/// An engine that remembers what it was asked.
fn remembering(inner: Box<dyn Engine>, said: &Said) -> Through {
    let said = Arc::clone(said);
    let look = move |_: &dyn Engine, asked: Asked<'_>| {
        if let Asked::Statement(sql, cells) = asked
            && ["SELECT", "UPDATE", "DELETE", "WITH"].iter().any(|word| sql.starts_with(word))
        {
            said.lock().unwrap().push((sql.to_owned(), cells.iter().map(|cell| Owned::from(*cell)).collect()));
        }
        Ok(())
    };
    Through { inner, look: Box::new(look) }
}

const TRADE: &str = r#"
{"type":"item","code":"T1","name":"Чайник"}
{"type":"item","code":"F1","name":"Утюг","item_group":"02"}
{"type":"counterparty","code":"S1","name":"Север"}
{"type":"counterparty","code":"C1","name":"Ромашка"}
{"type":"goods_receipt","key":"R-1","date":"2026-10-01","supplier":"S1","post":true,"goods":[{"item":"T1","qty":10,"price":61},{"item":"F1","qty":5,"price":61}]}
{"type":"customer_order","key":"O-1","date":"2026-10-02","customer":"C1","post":true,"goods":[{"item":"T1","qty":4,"price":122},{"item":"F1","qty":2,"price":122}]}
{"type":"goods_issue","key":"G-1","date":"2026-10-03","on":"customer_order:O-1","post":true}
{"type":"cash_receipt","key":"P-1","date":"2026-10-04","on":"customer_order:O-1","post":true}
{"type":"supplier_order","key":"Q-1","date":"2026-10-05","supplier":"S1","post":true,"goods":[{"item":"T1","qty":9,"price":61},{"item":"F1","qty":4,"price":61}]}
{"type":"goods_receipt","key":"R-2","date":"2026-10-06","on":"supplier_order:Q-1","post":true,"goods":[{"item":"T1","qty":5,"price":61,"order_line":1}]}
{"type":"customer_return","key":"W-1","date":"2026-10-07","on":"goods_issue:G-1","post":true,"goods":[{"item":"T1","qty":1,"issue_line":1}]}
{"type":"month_closing","key":"M-1","date":"2026-10-31T23:59:59","post":true}
"#;

/// A session that remembers what it asks, and another one to explain it.
fn watched(place: &Place) -> (Session, Said, Session) {
    let clock = || Clock::fixed(today(), 1);
    let plain = or_say(Session::open(&place.address, clock()));
    load(&plain, TRADE, &mut |_| true).unwrap_or_else(|bad| panic!("{}", bad[0].error.sentence()));
    let asked = Said::default();
    let session = session_over(remembering(engine_of(&place.address), &asked), &place.address, clock());
    (session, asked, plain)
}

fn named(session: &Session, kind: &str, key: &str) -> AnyRef {
    or_say(session.store.known(&format!("load:{kind}"), key)).unwrap_or_default().object
}

type Hot = (String, Box<dyn Fn(&Session)>);

fn hot(name: impl Into<String>, ask: impl Fn(&Session) + 'static) -> Hot {
    (name.into(), Box::new(ask))
}

/// Pages of lists by the orders people choose; the first one and one from the middle. The usual orders have an
/// index; by another column every row of the list is looked at, which is why it is told here.
fn lists(found: &mut Vec<Hot>) {
    let orders: [(&str, &[&'static str]); 5] = [
        ("customer_order", &["date", "number", "amount", "customer", "state"]),
        ("goods_issue", &["date", "number", "amount", "warehouse"]),
        ("cash_receipt", &["date", "number", "amount"]),
        ("item", &["name", "code", "article", "supplier"]),
        ("counterparty", &["name", "code", "inn"]),
    ];
    for (kind, sorts) in orders {
        let meta = registry::by_code(kind).unwrap().meta();
        for sort in sorts.iter().copied() {
            for descending in [false, true] {
                let way = if descending { "down" } else { "up" };
                found.push(hot(format!("list {kind} by {sort} {way}"), move |session| {
                    let query = ListQuery { sort, descending, ..ListQuery::usual(meta, vec![0, 1, 2]) };
                    let first = or_say(session.store.list_page(&query, &Anchor::Start, 40));
                    let key = first.last().unwrap().key.clone();
                    for anchor in [Anchor::After(key.clone()), Anchor::Before(key.clone()), Anchor::From(key)] {
                        or_say(session.store.list_page(&query, &anchor, 40));
                    }
                }));
            }
        }
    }
}

/// Objects by a value of a field, and the quick filters of the journal.
fn fields(found: &mut Vec<Hot>) {
    found.push(hot("found by a field", |session| {
        let text = |said: &str| Stored::Text(said.to_owned());
        let asked = [
            ("item", "name", text("Чайник")),
            ("item", "article", text("А-1")),
            ("counterparty", "inn", text("7707083893")),
            ("customer_order", "reserve_until", Stored::Int(20_261_101)),
        ];
        for (kind, field, value) in asked {
            or_say(session.store.find_by(registry::by_code(kind).unwrap().meta(), field, &value));
        }
    }));
    found.push(hot("orders filtered", |session| {
        let meta = registry::by_code("customer_order").unwrap().meta();
        for filter in
            [Filter::Filled("attention"), Filter::Is("status", Stored::Int(7)), Filter::OneOf("state", vec![2, 3])]
        {
            let query = ListQuery { filters: vec![filter], ..ListQuery::usual(meta, vec![0, 1, 2]) };
            or_say(session.store.list_count(&query));
        }
    }));
}

/// Documents changed and posted again, with everything that depends on them.
fn postings_again(found: &mut Vec<Hot>) {
    let lines = [
        ("a receipt", r#"{"type":"goods_receipt","key":"R-2","goods":[{"qty":4}],"post":true}"#),
        ("a supplier's order", r#"{"type":"supplier_order","key":"Q-1","goods":[{"qty":8},{}],"post":true}"#),
        ("an order", r#"{"type":"customer_order","key":"O-1","goods":[{"qty":5},{}],"post":true}"#),
        ("a sale", r#"{"type":"goods_issue","key":"G-1","comment":"еще раз","post":true}"#),
        ("a return", r#"{"type":"customer_return","key":"W-1","comment":"еще раз","post":true}"#),
        ("a payment", r#"{"type":"cash_receipt","key":"P-1","amount":"100","split":[],"post":true}"#),
        ("a return taken back", r#"{"type":"customer_return","key":"W-1","unpost":true}"#),
    ];
    for (name, line) in lines {
        found.push(hot(format!("posting again {name}"), move |session| {
            or_say(session.rehearse(|tx| tx.load_line(line)));
        }));
    }
}

fn hot_queries() -> Vec<Hot> {
    let mut found = Vec::new();
    lists(&mut found);
    fields(&mut found);
    found.push(hot("search by words", |session| {
        for kind in ["item", "counterparty", "customer_order"] {
            let meta = registry::by_code(kind).unwrap().meta();
            or_say(session.store.find_words(meta, "чайник", &[], 20));
        }
    }));
    found.push(hot("object", |session| drop(or_say(session.store.load(named(session, "customer_order", "O-1"))))));
    found.push(hot("history of an object", |session| {
        drop(or_say(session.store.history_of(named(session, "customer_order", "O-1"))));
    }));
    found.push(hot("journal of changes", |session| {
        let query = JournalQuery { account: None, tag: None, from: Moment::default(), until: today() };
        drop(or_say(session.store.journal(&query, None, 40)));
    }));
    found.push(hot("substitutes", |session| {
        let meta = registry::by_code("item").unwrap().meta();
        for field in ["parent", "price_group", "brand"] {
            or_say(session.store.near(meta, (field, 7), (Stock::meta(), &[1, 1]), 60));
        }
        let table = meta.tables.iter().find(|table| table.name == "properties").unwrap();
        let pairs = [(1, "красный".to_owned()), (2, "1,7".to_owned())];
        or_say(session.store.sharing((meta, table), ("property", "value"), &pairs, 60));
        let own = Stored::Int(7);
        or_say(session.store.find_by_row(meta, "analogues", "item", &own));
    }));
    found.push(hot("what is told of items to choose from", |session| {
        let meta = registry::by_code("item").unwrap().meta();
        let items = ["T1", "F1"].map(|code| or_say(session.store.with_code(meta, code)));
        drop(or_say(kontora::ops::offers::offers(session, &[], &items)));
    }));
    found.push(hot("number", |session| {
        or_say(session.rehearse(|tx| tx.store.next_number(46, "", 2026)));
    }));
    found.push(hot("documents that refer to one", |session| {
        drop(or_say(session.store.referring(named(session, "customer_order", "O-1"), 100)));
    }));
    found.push(hot("balance now and by a key", |session| {
        let moved = or_say(session.store.moves_of(Stock::META, named(session, "goods_receipt", "R-1")));
        let key = &moved[0].cells[..Stock::META.key.len()];
        or_say(session.store.now(Stock::META, key));
        or_say(session.store.totals_by(Stock::META, &key[..1]));
    }));
    found.push(hot("movements by a key", |session| {
        let moved = or_say(session.store.moves_of(Stock::META, named(session, "goods_receipt", "R-1")));
        let key = moved[0].cells[..Stock::META.key.len()].to_vec();
        let from = Date::ymd(2026, 10, 1).unwrap().start();
        or_say(session.store.timeline(Stock::META, &key, from, today()));
    }));
    found.push(hot("posting a sale", |session| {
        let line = r#"{"type":"goods_issue","key":"G-2","date":"2026-11-05","customer":"C1","post":true,"goods":[{"item":"T1","qty":1,"price":122},{"item":"F1","qty":1,"price":122}]}"#;
        or_say(session.rehearse(|tx| tx.load_line(line)));
    }));
    postings_again(&mut found);
    for code in kontora::report::load::all_codes(None) {
        found.push(hot(format!("report {code}"), move |session| {
            let definition = or_say(kontora::report::load::load(&session.store, &code, None));
            let mut setup = kontora::report::setup::Setup::usual(&definition, today().date());
            if setup.check(&definition).is_err() {
                // A report about an account asks which.
                let accounts = or_say(session.store.accounts_under("62"));
                setup.set("account", accounts.into_iter().map(|(id, _)| id).collect());
            }
            or_say(kontora::report::run::run(&session.store, &definition, &setup, &|| true));
        }));
    }
    found
}

fn literal(cell: &Owned, dialect: Dialect) -> String {
    match (cell, dialect) {
        (Owned::Int(value), Dialect::Postgres) => format!("({value})::bigint"),
        (Owned::Int(value), Dialect::Sqlite) => value.to_string(),
        (Owned::Text(text), _) => format!("'{}'", text.replace('\'', "''")),
        (Owned::Bytes(bytes), dialect) => {
            let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
            if dialect == Dialect::Sqlite { format!("x'{hex}'") } else { format!("'\\x{hex}'::bytea") }
        }
    }
}

/// The statement with its cells written into it: the greatest number first, or `?1` would be found in `?12`.
fn filled(sql: &str, cells: &[Owned], dialect: Dialect) -> String {
    let mut sql = sql.to_owned();
    for (at, cell) in cells.iter().enumerate().rev() {
        sql = sql.replace(&format!("?{}", at + 1), &literal(cell, dialect));
    }
    sql
}

/// How the engine goes about a statement: the ways it takes to rows.
fn plan(plain: &Session, sql: &str, cells: &[Owned]) -> Vec<String> {
    let dialect = plain.store.dialect();
    let sql = filled(sql, cells, dialect);
    let explain = match dialect {
        Dialect::Sqlite => format!("EXPLAIN QUERY PLAN {sql}"),
        Dialect::Postgres => format!("EXPLAIN (COSTS OFF) {sql}"),
    };
    let column = if dialect == Dialect::Sqlite { 3 } else { 0 };
    let mut lines = Vec::new();
    let read = plain.store.engine().query(&explain, &[], &mut |row| {
        lines.push(row.text(column).trim().trim_start_matches("->").trim().to_owned());
        Ok(())
    });
    read.unwrap_or_else(|error| panic!("{}: {sql}", error.sentence()));
    let way = |line: &String| match dialect {
        Dialect::Sqlite => line.starts_with("SCAN") || line.starts_with("SEARCH"),
        Dialect::Postgres => line.contains("Scan on") || line.contains("Scan using"),
    };
    lines.retain(way);
    lines
}

/// Tables that do not grow with the work, and what a query has put together itself.
fn is_small(line: &str) -> bool {
    let small = [
        "base_info",
        "catalog_changes",
        "kontora_base",
        "layout",
        "last_id",
        "search_pending",
        "account",
        "vat_rate",
        "unit",
        "currency",
        "price_kind",
        "price_group",
        "item_group",
        "warehouse",
        "cash_desk",
        "company",
        "company_regimes",
        "settings",
        "cash_flow_item",
        "bank",
        "bank_account",
        "site_link",
        "mail_account",
        "letter_template",
        "employee",
        "user",
        "user_roles",
        "role",
        "credentials",
        "period_lock",
        "sessions",
        "object_ids",
    ];
    let words: Vec<&str> = line.split([' ', '(', ')', '"']).collect();
    let own = ["CONSTANT ROW", "SUBQUERY", "CTE", "Function Scan", "Values Scan", "json_each", "Subquery Scan"];
    small.iter().any(|table| words.contains(table)) || own.iter().any(|word| line.contains(word))
}

/// Queries that read a whole table and are known to, with the reason: `engine | query | way | reason`.
const WHOLE: &str = "tests/expected/explain-whole.txt";

fn known_whole() -> BTreeSet<String> {
    let content = std::fs::read_to_string(root().join(WHOLE)).unwrap_or_default();
    let lines = content.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
    lines.filter_map(|line| line.rsplit_once(" | ").map(|(way, _reason)| way.to_owned())).collect()
}

/// A way to rows that does not go by an index.
fn is_full(line: &str, dialect: Dialect) -> bool {
    match dialect {
        // A scan over an index reads only as much of it as is asked for where the order is that of the index.
        // The index of words gives a row by its number, and calls that a scan too.
        Dialect::Sqlite => {
            line.starts_with("SCAN") && !line.contains("USING") && !line.ends_with("VIRTUAL TABLE INDEX 0:=")
        }
        Dialect::Postgres => line.contains("Seq Scan"),
    }
}

/// The plans of all hot queries, and whole tables that are read.
fn explained(place: &Place) -> (String, BTreeMap<String, String>) {
    let (session, asked, plain) = watched(place);
    let dialect = plain.store.dialect();
    if dialect == Dialect::Postgres {
        // A table of ten rows is read whole whatever indexes it has; what matters is whether there is one.
        or_say(plain.store.engine().batch("ANALYZE; SET enable_seqscan = off"));
    }
    let mut out = format!("-- How {dialect:?} finds what is asked for most: see tests/it/explain.rs.\n");
    let mut whole = BTreeMap::new();
    for (name, ask) in hot_queries() {
        asked.lock().unwrap().clear();
        ask(&session);
        let mut seen: BTreeMap<String, Vec<Owned>> = BTreeMap::new();
        for (sql, cells) in asked.lock().unwrap().drain(..) {
            seen.entry(sql).or_insert(cells);
        }
        let mut ways = BTreeSet::new();
        for (sql, cells) in &seen {
            for line in plan(&plain, sql, cells) {
                // A posting asks for documents by what they refer to; there are twelve closings in a year.
                let by_date = line.contains("_date (date>") && !line.contains("month_closing");
                let through = name.starts_with("posting") && by_date;
                if (is_full(&line, dialect) || through) && !is_small(&line) {
                    whole.insert(format!("{dialect:?} | {name} | {line}"), sql.clone());
                }
                ways.insert(line);
            }
        }
        out += &format!("\n{name}\n");
        ways.iter().for_each(|way| out += &format!("    {way}\n"));
    }
    (out, whole)
}

#[test]
fn hot_queries_go_by_an_index() {
    let known = known_whole();
    for place in places() {
        let engine = if place.address.file().is_some() { "sqlite" } else { "postgres" };
        let (made, whole) = explained(&place);
        let path = root().join(format!("tests/expected/explain-{engine}.txt"));
        if switch("UPDATE_EXPECTED").is_some() {
            std::fs::write(&path, &made).unwrap();
        }
        let new: Vec<_> = whole.iter().filter(|(way, _)| !known.contains(*way)).collect();
        assert!(new.is_empty(), "whole tables are read, and {WHOLE} does not say why: {new:#?}");
        let of_engine = known.iter().filter(|way| way.to_lowercase().starts_with(engine));
        let idle: Vec<_> = of_engine.filter(|way| !whole.contains_key(*way)).collect();
        assert!(idle.is_empty(), "{WHOLE} excuses what is read no more: {idle:#?}");
        let expected = std::fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
        let different = made.lines().zip(expected.lines()).find(|(made, expected)| made != expected);
        assert!(made == expected, "{engine}: plans have changed, at {different:?}; look, then UPDATE_EXPECTED=1");
    }
}
