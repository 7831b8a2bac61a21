//! Every report as it was; `UPDATE_EXPECTED=1` writes the tables anew.

use super::base::{by, day, definition, made, session_of, span, usual};
use kontora::ops::gate::Session;
use kontora::report::setup::Setup;
use kontora::report::show::table;
use std::path::PathBuf;

#[expect(clippy::disallowed_methods, reason = "the switch of these tests")]
fn updating() -> bool {
    std::env::var("UPDATE_EXPECTED").is_ok_and(|value| !value.is_empty())
}

/// A table: its file, its report, and what is chosen.
type Case = (&'static str, &'static str, fn(&mut Setup));

fn autumn(setup: &mut Setup) {
    setup.span = span(day(9, 1), day(11, 30));
}

fn october(setup: &mut Setup) {
    setup.span = span(day(10, 1), day(10, 31));
}

const CASES: &[Case] = &[
    ("stock", "stock", |_| {}),
    ("stock_by_folders_in_september", "stock", |setup| {
        setup.span.until = day(9, 15).end();
        by(setup, &["warehouse", "group", "item"]);
    }),
    ("sales", "sales", autumn),
    ("sales_by_customer_and_item", "sales", |setup| {
        autumn(setup);
        by(setup, &["customer", "item"]);
        setup.sort = Some(("amount".to_owned(), true));
    }),
    ("sales_by_month_and_manager", "sales", |setup| {
        autumn(setup);
        by(setup, &["month", "manager"]);
    }),
    ("settlements_customers", "settlements_customers", october),
    ("settlements_customers_by_document", "settlements_customers", |setup| {
        october(setup);
        by(setup, &["counterparty", "document"]);
    }),
    ("settlements_suppliers", "settlements_suppliers", autumn),
    ("debts", "debts", |_| {}),
    ("money", "money", |setup| {
        autumn(setup);
        by(setup, &["place", "flow"]);
    }),
    ("money_by_day", "money", |setup| {
        october(setup);
        by(setup, &["place", "day"]);
    }),
    ("order_states", "order_states", |setup| by(setup, &["state", "manager"])),
    ("trial_balance", "trial_balance", october),
    ("trial_balance_by_analytics", "trial_balance", |setup| {
        october(setup);
        by(setup, &["account", "sub1"]);
    }),
    ("account_analysis", "account_analysis", october),
    ("sales_movements", "sales", |setup| {
        october(setup);
        setup.moves = Some("sales".to_owned());
    }),
    ("stock_movements", "stock", |setup| {
        setup.span = span(day(10, 1), day(10, 31));
        setup.moves = Some("stock".to_owned());
    }),
    ("lost_demand", "lost_demand", autumn),
    ("order_list", "order_states", |setup| setup.moves = Some("customer_order".to_owned())),
];

#[test]
fn every_report_is_as_it_was() {
    for engine in crate::bases::engines() {
        as_it_was(engine.engine, &session_of(&engine));
    }
}

fn as_it_was(engine: &str, session: &Session) {
    let folder = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/expected/reports"));
    let mut changed = Vec::new();
    let mut names: Vec<String> = CASES.iter().map(|case| case.0.to_owned()).collect();
    let mut compare = |name: &str, shown: Vec<u8>| {
        // No-break spaces cannot be told from spaces in a diff.
        let shown = String::from_utf8(shown).unwrap().replace('\u{a0}', " ");
        let path = folder.join(format!("{name}.txt"));
        if updating() {
            std::fs::write(&path, &shown).unwrap();
        }
        if std::fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n") != shown {
            changed.push(name.to_owned());
        }
    };
    for (name, code, change) in CASES {
        let definition = definition(session, code);
        let mut setup = usual(&definition);
        change(&mut setup);
        let mut shown = Vec::new();
        table(&made(session, &definition, &setup), &mut shown).unwrap();
        compare(name, shown);
    }
    let card = definition(session, "account_card");
    let mut setup = usual(&card);
    october(&mut setup);
    let accounts = session.store.accounts_under("62").unwrap();
    setup.set("account", accounts.into_iter().map(|(id, _)| id).collect());
    let mut shown = Vec::new();
    table(&made(session, &card, &setup), &mut shown).unwrap();
    compare("account_card", shown);
    names.push("account_card".to_owned());
    assert!(changed.is_empty(), "{engine}: {changed:?} changed: run with UPDATE_EXPECTED=1 and look at the diff");
    let mut files: Vec<String> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path().file_stem().unwrap().to_string_lossy().into_owned())
        .collect();
    files.sort();
    names.sort();
    assert_eq!(files, names, "no table is idle");
}
