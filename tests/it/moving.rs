//! A base moves from a file to a server and back into a file: everything is there, and work goes on.

use crate::bases::{or_say, scratch, today};
use crate::digest::digest;
use kontora::kernel::clock::Clock;
use kontora::kernel::problems::{Error, Outcome};
use kontora::ops::gate::{Op, Session};
use kontora::ops::load::load;
use kontora::ops::{demo, seed, transfer};
use kontora::store::address::Address;

fn clock() -> Clock {
    Clock::fixed(today(), 1)
}

fn moved(session: &Session, target: &Address) -> Outcome<(Session, transfer::Moved)> {
    transfer::copy(session, target, &mut |_, _| true)
}

#[test]
fn a_base_moves_to_a_server_and_back_with_all_its_history() {
    let Some(server) = crate::server::server() else { return };
    let (folder, path) = scratch();
    let first = or_say(seed::create(&path, clock()));
    let lines = r#"
{"type":"company","code":"main","regimes":[{"from":"2004-01-01","regime":"general"}]}
{"type":"item","code":"T1","name":"Чайник «Ёлка»"}
{"type":"counterparty","code":"C1","name":"Ромашка"}
{"type":"goods_receipt","key":"R-1","date":"2026-10-01","supplier":"C1","post":true,"goods":[{"item":"T1","qty":10,"price":61}]}
{"type":"customer_order","key":"O-1","date":"2026-10-02","customer":"C1","post":true,"goods":[{"item":"T1","qty":4,"price":122}]}
{"type":"goods_issue","key":"G-1","date":"2026-10-03","on":"customer_order:O-1","post":true}
{"type":"item","code":"T1","name":"Чайник «Ель»"}
"#;
    load(&first, lines, &mut |_| true).unwrap_or_else(|bad| panic!("{}", bad[0].error.sentence()));
    let (second, there) = or_say(moved(&first, &Address::named(&server.address("moved"))));
    assert!(there.report.is_clean() && there.rows() > 300, "{}", there.rows());
    let (third, back) = or_say(moved(&second, &Address::from(folder.path().join("back.kontora").as_path())));
    assert_eq!(there.digests, back.digests);
    // Words wait to go into the index of a file; in a copy they are there.
    or_say(first.run(Op::Settings, |tx| tx.store.index_pending()));
    // All tables compared row by row, by a digest that knows nothing of the one that was proved with.
    let different = digest(&first).differences(&digest(&third));
    assert!(different.is_empty(), "{different:?}");
    // The same work done on each leads to the same: numbers, keys and costs go on where they stopped.
    let more = r#"{"type":"goods_issue","key":"G-2","date":"2026-10-04","customer":"C1","post":true,"goods":[{"item":"T1","qty":1,"price":122}]}"#;
    for session in [&first, &second, &third] {
        or_say(session.run(Op::Load, |tx| tx.load_line(more)));
        let found = or_say(session.store.find_words(
            kontora::domain::registry::by_code("item").unwrap().meta(),
            "ель чайн",
            &[],
            5,
        ));
        assert_eq!(found.len(), 1);
    }
    let numbers = |session: &Session| {
        let mut found = Vec::new();
        let sql = "SELECT number FROM goods_issue ORDER BY id";
        or_say(session.store.engine().query(sql, &[], &mut |row| {
            found.push(row.text(0).to_owned());
            Ok(())
        }));
        found
    };
    assert_eq!(numbers(&first), numbers(&second));
    assert_eq!(numbers(&first), numbers(&third));
    // Sessions are of each base's own; what the documents have moved is the same.
    let books = |session: &Session| {
        let mut found = or_say(session.store.digests());
        found.retain(|digest| ["_moves", "_now", "_months"].iter().any(|end| digest.table.ends_with(end)));
        found
    };
    assert_eq!(books(&first), books(&second));
    assert_eq!(books(&first), books(&third));
}

#[test]
fn a_stopped_move_leaves_nothing_behind() {
    let Some(server) = crate::server::server() else { return };
    let first = or_say(seed::create_in_memory(clock()));
    let target = Address::named(&server.address("stopped"));
    let stopped = transfer::copy(&first, &target, &mut |done, _| done < 40).map(|_| ());
    assert!(matches!(stopped, Err(Error::Cancelled)));
    let said = Session::open(&target, clock()).err().unwrap().sentence();
    assert!(said.contains("на сервере нет"), "{said}");
    let (_folder, path) = scratch();
    let stopped = transfer::copy(&first, &Address::from(&path), &mut |done, _| done < 40).map(|_| ());
    assert!(matches!(stopped, Err(Error::Cancelled)));
    assert!(!path.exists());
}

#[test]
fn the_demo_base_moves_to_a_server() {
    let Some(server) = crate::server::server() else { return };
    let made = or_say(demo::create(Address::named(&server.address("demo")), clock(), &mut |_, _| true));
    assert!(or_say(kontora::ops::check::check(&made, &mut |_| true)).is_clean());
}

#[test]
fn every_column_of_the_layout_is_moved() {
    let schema = kontora::ops::gate::schema();
    let ddl = schema.ddl();
    let shapes = schema.shapes();
    let mut tables = 0;
    for statement in ddl.split(";\n").filter_map(|statement| statement.trim().strip_prefix("CREATE TABLE ")) {
        let (name, rest) = statement.split_once(" (").unwrap();
        let name = name.trim_matches('"');
        if ["last_id", "search_pending", "layout"].contains(&name) {
            continue;
        }
        tables += 1;
        let shape = shapes.iter().find(|shape| shape.table == name).unwrap_or_else(|| panic!("{name} is not moved"));
        let columns = rest.rsplit_once(')').unwrap().0;
        let columns = columns.split_once("PRIMARY KEY (").map_or(columns, |(columns, _)| columns);
        let mut declared: Vec<&str> = columns
            .split([',', '\n'])
            .filter_map(|column| column.split_whitespace().next())
            .map(|name| name.trim_matches('"'))
            .collect();
        let mut known: Vec<&str> = shape.columns.iter().map(|(name, _)| name.as_str()).collect();
        declared.sort_unstable();
        known.sort_unstable();
        assert_eq!(known, declared, "{name}");
    }
    assert_eq!(tables, shapes.len());
}
