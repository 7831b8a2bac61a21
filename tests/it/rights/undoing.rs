//! Undo, the journal and the history with limited rights: nothing is done or told by them that is not allowed.

use super::base::{Shop, refused, shops, take};
use crate::bases::or_say;
use kontora::kernel::refs::AnyRef;
use kontora::ops::delete::delete;
use kontora::ops::gate::{Op, Session};
use kontora::ops::journal::{Entry, page};
use kontora::ops::save::How;
use kontora::ops::undo::{Scope, redo, undo};
use kontora::ops::versions::versions;
use kontora::store::journal::JournalQuery;

const ORDER: &str = r#"{"type":"customer_order","key":"N-1","date":"2026-11-20","customer":"C1","manager":"E1","post":true,"goods":[{"item":"T1","qty":1,"price":"200"}]}"#;

/// The journal read in pages of so many lines.
fn paged(session: &Session, query: &JournalQuery, size: usize) -> Vec<Entry> {
    let mut all: Vec<Entry> = Vec::new();
    loop {
        let after = all.last().map(|entry| entry.key);
        let next = or_say(page(session, query, after.as_ref(), size));
        let short = next.len() < size;
        all.extend(next);
        if short {
            return all;
        }
    }
}

#[test]
fn a_page_of_the_journal_is_full_whatever_is_hidden() {
    for shop in shops() {
        // One line of fifty is of a document that Ivan sees: the oldest of them.
        let order = |key: &str, customer: &str, manager: &str| {
            ORDER.replace("N-1", key).replace("C1", customer).replace("E1", manager)
        };
        take(&shop.own, &order("J-0", "C2", "E2"));
        let others: Vec<String> = (1..50).map(|at| order(&format!("J-{at}"), "C1", "E1")).collect();
        take(&shop.own, &others.join("\n"));
        let (ivan, own) = (shop.of("ivan"), shop.find("customer_order", "J-0"));
        let query = JournalQuery { tag: Some(own.tag()), ..JournalQuery::default() };
        let first = or_say(page(&ivan, &query, None, 5));
        let objects: Vec<AnyRef> = first.iter().map(|entry| entry.key.object).collect();
        assert_eq!(objects, [own, shop.find("customer_order", "O-2")], "{}", shop.place);
        let statement = or_say(ivan.store.journal_statement(&query, None, 5)).unwrap();
        assert!(statement.0.contains("NOT EXISTS"), "the store leaves them out: {}", statement.0);
        // Page by page it is what the program itself sees, without what may not be seen.
        for query in [query, JournalQuery::default()] {
            let seen = |entry: &Entry| {
                let object = or_say(shop.own.store.load(entry.key.object));
                object.is_some_and(|object| or_say(ivan.sees(object.as_ref())))
            };
            let mut all = paged(&shop.own, &query, 1_000);
            all.retain(seen);
            for size in [1, 7, 1_000] {
                assert_eq!(paged(&ivan, &query, size), all, "{size}, {}", shop.place);
            }
        }
    }
}

#[test]
fn what_was_deleted_is_told_of_to_those_who_saw_it() {
    for shop in shops() {
        take(&shop.own, ORDER);
        let order = shop.find("customer_order", "N-1");
        or_say(shop.own.run(Op::Mark, |tx| tx.mark(order, true)));
        assert_eq!(or_say(delete(&shop.own, vec![order], &mut |_, _| true)).gone, [order], "{}", shop.place);
        let query = JournalQuery { tag: Some(order.tag()), ..JournalQuery::default() };
        let told = |user: &str| paged(&shop.of(user), &query, 2).iter().any(|entry| entry.key.object == order);
        assert_eq!((told("anna"), told("ivan")), (true, false), "{}", shop.place);
        assert!(!or_say(versions(&shop.of("anna"), order)).is_empty());
        let said = refused(versions(&shop.of("ivan"), order));
        assert!(said.contains("нет") || said.contains("удал"), "{said}");
    }
}

fn comment(shop: &Shop, order: AnyRef) -> String {
    let loaded = or_say(shop.own.store.load(order)).unwrap();
    format!("{:?}", loaded.by_name("comment"))
}

#[test]
fn a_deed_is_not_taken_back_by_who_may_not_do_it() {
    for shop in shops() {
        let anna = shop.of("anna");
        let order = shop.find("customer_order", "O-1");
        or_say(shop.again(&anna, order, How::Write, "comment", "раз"));
        or_say(shop.again(&anna, order, How::Write, "comment", "два"));
        or_say(undo(&anna, Scope::Session));
        // She may only read from now on.
        take(
            &shop.own,
            r#"{"type":"role","code":"reader","name":"Читатель","permissions":[{"subject":"section_sales","read":true}]}
{"type":"user","code":"anna","roles":[{"role":"reader"}]}"#,
        );
        let right = "Нет права «Запись: Заказы клиентов». Его может дать: Администратор";
        for said in [refused(undo(&anna, Scope::Session)), refused(redo(&anna, Scope::Session))] {
            assert!(said.starts_with("Отменить операцию «") && said.contains(right), "{said}, {}", shop.place);
        }
        assert!(comment(&shop, order).contains("раз"), "{}", shop.place);
        // Another's document neither: the program's own deed by a user without the right to change it.
        let ivan = shop.of("ivan");
        let second = shop.find("customer_order", "O-2");
        or_say(shop.again(&ivan, second, How::Write, "comment", "три"));
        take(&shop.own, r#"{"type":"user","code":"ivan","employee":"E1","managers":[]}"#);
        let said = refused(undo(&ivan, Scope::Session));
        assert!(said.contains("ведет другой человек"), "{said}");
        assert!(comment(&shop, second).contains("три"), "{}", shop.place);
    }
}

#[test]
fn a_refusal_names_nothing_out_of_sight() {
    for shop in shops() {
        // A price list of the shop is used by documents of Ivan's, which the keeper does not see.
        take(
            &shop.own,
            r#"{"type":"role","code":"cards","name":"Карточки","permissions":[{"subject":"item","write":true},{"subject":"item","mark":true}]}
{"type":"user","code":"cashier","roles":[{"role":"cashier"},{"role":"cards"}]}"#,
        );
        let cashier = shop.of("cashier");
        or_say(shop.line(&cashier, r#"{"type":"item","code":"N1","name":"Новинка"}"#));
        let receipt = r#"{"type":"goods_receipt","key":"H-1","date":"2026-11-20","supplier":"S1","goods":[{"item":"N1","qty":1,"price":"1"}]}"#;
        take(&shop.own, receipt);
        let said = refused(undo(&cashier, Scope::Session));
        assert!(said.contains("Поступление товаров, который вам не виден") && !said.contains("0000"), "{said}");
    }
}

#[test]
fn what_the_program_made_on_the_way_goes_with_the_deed() {
    for shop in shops() {
        // A role for orders may mark them, and knows nothing of contracts.
        take(
            &shop.own,
            r#"{"type":"role","code":"orders","permissions":[{"subject":"customer_order","write":true},{"subject":"customer_order","post":true},{"subject":"customer_order","mark":true}]}"#,
        );
        let orders = shop.of("orders");
        or_say(shop.line(&orders, &ORDER.replace("C1", "S1").replace(",\"manager\":\"E1\"", "")));
        let order = shop.find("customer_order", "N-1");
        let contract = or_say(shop.own.store.load(order)).unwrap().by_name("contract").unwrap().any_ref();
        or_say(undo(&orders, Scope::Session));
        for object in [order, contract] {
            assert!(or_say(shop.own.store.load(object)).unwrap().head().marked, "{}", shop.place);
        }
        or_say(redo(&orders, Scope::Session));
        assert!(or_say(shop.own.store.load(order)).unwrap().head().posted, "{}", shop.place);
    }
}
