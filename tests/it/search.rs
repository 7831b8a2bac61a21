//! Searching and ordering in lists: words decide, whatever the index of trigrams offers; on every engine.

use crate::bases::{engines, today};
use kontora::domain::registry;
use kontora::kernel::refs::AnyRef;
use kontora::kernel::value::Value;
use kontora::ops::gate::Session;
use kontora::ops::load::load;
use kontora::store::lists::{Anchor, ListLine, ListQuery, RowKey};

const WORLD: &str = r#"
{"type":"item","code":"T1","name":"Чайник"}
{"type":"item","code":"F1","name":"Ларь «Севрола»"}
{"type":"counterparty","code":"C1","name":"Орлова 17775"}
{"type":"counterparty","code":"C2","name":"Орлова 27777"}
{"type":"counterparty","code":"C3","name":"Ёлкина 100%_верно"}
{"type":"customer_order","number":"А-1","key":"1","date":"2026-11-01","customer":"C1","post":true,"goods":[{"item":"T1","qty":1,"price":1}]}
{"type":"customer_order","number":"А-2","key":"2","date":"2026-11-02","customer":"C2","post":true,"goods":[{"item":"T1","qty":1,"price":1}]}
{"type":"customer_order","number":"7777","key":"3","date":"2026-11-03","customer":"C3","comment":"звонить","post":true,"goods":[{"item":"T1","qty":1,"price":1}]}
"#;

/// Keys of the orders found, in the order of the journal.
fn orders(session: &Session, search: &str) -> Vec<String> {
    let meta = registry::by_code("customer_order").unwrap().meta();
    let mut query = ListQuery::usual(meta, vec![0]);
    search.clone_into(&mut query.search);
    let page =
        session.store.list_page(&query, &Anchor::Start, 50).unwrap_or_else(|error| panic!("{}", error.sentence()));
    let count = session.store.list_count(&query).unwrap_or(-1);
    assert_eq!(usize::try_from(count).unwrap(), page.len(), "«{search}»: the list and its count agree");
    page.into_iter().map(|line| line.cells[0].text().to_owned()).collect()
}

#[test]
fn a_word_is_found_where_it_stands_and_only_there() {
    for engine in engines() {
        let session = engine.fresh(today());
        load(&session, WORLD, &mut |_| true).unwrap_or_else(|bad| panic!("{}", bad[0].error.sentence()));
        let found = |search: &str| orders(&session, search).join(" ");
        for (search, expected) in [
            ("", "А-1 А-2 7777"),
            ("орлова", "А-1 А-2"),
            // «17775» has the trigrams of «7777», and not the word.
            ("7777", "А-2 7777"),
            ("орлова 7777", "А-2"),
            ("7777 звонить", "7777"),
            ("ЁЛКИНА", "7777"),
            ("елкина", "7777"),
            ("100%", "7777"),
            ("0%_в", "7777"),
            ("0_%в", ""),
            ("нет такого", ""),
            ("ор", "А-1 А-2"),
        ] {
            assert_eq!(found(search), expected, "{}: «{search}»", engine.engine);
        }
    }
}

#[test]
fn a_reference_is_found_by_its_words() {
    for engine in engines() {
        let session = engine.fresh(today());
        load(&session, WORLD, &mut |_| true).unwrap_or_else(|bad| panic!("{}", bad[0].error.sentence()));
        for (kind, search, expected) in [
            ("counterparty", "7777", vec!["Орлова 27777"]),
            ("counterparty", "орлова 777", vec!["Орлова 17775", "Орлова 27777"]),
            ("item", "севрола", vec!["Ларь «Севрола»"]),
            ("item", "ролсев", vec![]),
        ] {
            let meta = registry::by_code(kind).unwrap().meta();
            let found = session.store.find_words(meta, search, &[], 10).unwrap_or_default();
            let names: Vec<Value> =
                found.iter().map(|one| session.store.load(*one).unwrap_or_default().unwrap().get(1)).collect();
            let expected: Vec<Value> = expected.into_iter().map(|name| Value::Text(name.to_owned())).collect();
            assert_eq!(names, expected, "{}: {kind} «{search}»", engine.engine);
        }
    }
}

#[test]
fn rows_are_ordered_by_the_names_of_what_they_refer_to() {
    for engine in engines() {
        let session = engine.fresh(today());
        let more = r#"{"type":"customer_order","number":"А-4","key":"4","date":"2026-11-04","customer":"C1","goods":[{"item":"T1","qty":1,"price":1}]}"#;
        load(&session, &format!("{WORLD}{more}"), &mut |_| true)
            .unwrap_or_else(|bad| panic!("{}", bad[0].error.sentence()));
        let meta = registry::by_code("customer_order").unwrap().meta();
        let mut query = ListQuery { sort: "customer", ..ListQuery::usual(meta, vec![0]) };
        let call =
            |page: Vec<ListLine>| page.iter().map(|line| line.cells[0].text().to_owned()).collect::<Vec<_>>().join(" ");
        // «Ёлкина» stands before «Орлова», as in a dictionary, though its letter has a higher code than all.
        for (descending, expected) in [(false, "7777 А-1 А-4 А-2"), (true, "А-2 А-4 А-1 7777")] {
            query.descending = descending;
            let all = session.store.list_page(&query, &Anchor::Start, 50).unwrap();
            let keys: Vec<RowKey> = all.iter().map(|line| line.key.clone()).collect();
            assert_eq!(call(all), expected, "{}", engine.engine);
            let page = |anchor: &Anchor, limit: usize| call(session.store.list_page(&query, anchor, limit).unwrap());
            let words: Vec<&str> = expected.split(' ').collect();
            assert_eq!(page(&Anchor::After(keys[1].clone()), 2), words[2..].join(" "), "{}", engine.engine);
            assert_eq!(page(&Anchor::Before(keys[2].clone()), 1), words[1], "{}", engine.engine);
            assert_eq!(page(&Anchor::From(keys[2].clone()), 1), words[2], "{}", engine.engine);
            let survey = session.store.list_survey(&query, 2, AnyRef::EMPTY, &|| true).unwrap();
            assert_eq!((survey.count, &survey.marks[1]), (4, &keys[2]), "{}", engine.engine);
        }
    }
}
