//! What may not be seen is in no list, search, form, report, print, export or history.

use super::base::{Shop, refused, shops, take};
use crate::bases::or_say;
use crate::reports::base::{by, leaves, report};
use kontora::domain::registry;
use kontora::kernel::refs::AnyRef;
use kontora::ops::export::export;
use kontora::ops::gate::Session;
use kontora::ops::movements::movements;
use kontora::ops::printing::papers;
use kontora::ops::related::related;
use kontora::ops::start::{Start, start};
use kontora::ops::versions::versions;
use kontora::report::load::load;
use kontora::report::run::run;
use kontora::report::setup::Setup;
use kontora::store::lists::{Anchor, ListQuery};
use kontora::store::report::{Axis, Measure, Origin, Portion, Question};
use std::collections::BTreeMap;

fn query(kind: &str) -> ListQuery {
    ListQuery::usual(registry::by_code(kind).unwrap().meta(), vec![0])
}

fn listed(session: &Session, kind: &str) -> Vec<AnyRef> {
    let page = or_say(session.store.list_page(&query(kind), &Anchor::Start, 100));
    let count = or_say(session.store.list_count(&query(kind)));
    let survey = or_say(session.store.list_survey(&query(kind), 1, AnyRef::EMPTY, &|| true));
    assert_eq!((page.len(), survey.count), (usize::try_from(count).unwrap(), page.len()));
    page.into_iter().map(|line| line.reference).collect()
}

fn found(session: &Session, kind: &str, words: &str) -> Vec<AnyRef> {
    or_say(session.store.find_words(registry::by_code(kind).unwrap().meta(), words, &[], 100))
}

#[test]
fn lists_and_searches_hold_what_may_be_seen() {
    for shop in shops() {
        let (ivan, keeper, cashier) = (shop.of("ivan"), shop.of("keeper"), shop.of("cashier"));
        let (first, second) = (shop.find("customer_order", "O-1"), shop.find("customer_order", "O-2"));
        assert_eq!(listed(&shop.of("anna"), "customer_order"), [first, second], "{}", shop.place);
        assert_eq!(listed(&ivan, "customer_order"), [second], "{}", shop.place);
        assert_eq!(listed(&keeper, "customer_order"), [first]);
        assert_eq!(listed(&keeper, "warehouse"), [shop.find("warehouse", "main")]);
        assert_eq!(listed(&cashier, "cash_receipt"), [shop.find("cash_receipt", "CR-1")]);
        let sums = or_say(cashier.store.list_sums(&query("cash_receipt"), &["amount"]));
        assert_eq!(sums, [10_000], "{}", shop.place);
        // A customer of another manager is not there, a supplier of nobody's is.
        let names = listed(&ivan, "counterparty");
        assert!(!names.contains(&shop.find("counterparty", "C1")) && names.contains(&shop.find("counterparty", "S1")));
        for (session, words, there) in [(&ivan, "второй", true), (&ivan, "первый", false), (&keeper, "первый", true)]
        {
            assert_eq!(!found(session, "customer_order", words).is_empty(), there, "{words}, {}", shop.place);
        }
        let closed = ivan.store.list_page(&query("manual_entry"), &Anchor::Start, 10);
        let said = "Нет права «Чтение: Операции вручную». Его может дать: Администратор";
        assert_eq!(refused(closed), said, "{}", shop.place);
        assert!(found(&keeper, "bank_account", "").is_empty(), "{}", shop.place);
    }
}

#[test]
fn limits_reach_documents_that_name_no_manager() {
    for shop in shops() {
        let line = |key: &str, more: &str| {
            format!(
                "{{\"type\":\"invoice\",\"key\":\"{key}\",\"date\":\"2026-11-20\",{more},\"goods\":[{{\"item\":\"T1\",\"qty\":1,\"price\":\"200\"}}]}}"
            )
        };
        // By the order it is made on, and where there is none by the card of the customer.
        let invoices = [
            line("I-1", "\"customer\":\"C1\",\"order\":\"O-1\""),
            line("I-2", "\"customer\":\"C2\",\"order\":\"O-2\""),
            line("I-3", "\"customer\":\"C1\""),
            line("I-4", "\"customer\":\"S1\""),
        ];
        take(&shop.own, &invoices.join("\n"));
        let ivan = shop.of("ivan");
        let seen = listed(&ivan, "invoice");
        assert_eq!(seen, ["I-2", "I-4"].map(|key| shop.find("invoice", key)), "{}", shop.place);
        let said = refused(start(&ivan, &Start::Saved(shop.find("invoice", "I-1"))));
        assert!(said.contains("Заказ клиента не из тех"), "{said}");
        let said = refused(versions(&ivan, shop.find("invoice", "I-3")));
        assert!(said.contains("Покупатель не из тех"), "{said}");
        or_say(start(&ivan, &Start::Saved(shop.find("invoice", "I-4"))));
        let mine = line("I-5", "\"customer\":\"C1\"");
        assert!(refused(shop.line(&ivan, &mine)).contains("Покупатель не из тех"), "{}", shop.place);
    }
}

#[test]
fn an_object_out_of_sight_is_not_opened_nor_told_of() {
    for shop in shops() {
        let (ivan, cashier) = (shop.of("ivan"), shop.of("cashier"));
        let order = shop.find("customer_order", "O-1");
        let limit =
            "Заказ клиента: Менеджер не из тех, с которыми вам разрешено работать. Доступ расширяет: Администратор";
        let all = [
            refused(start(&ivan, &Start::Saved(order))),
            refused(start(&ivan, &Start::Copy(order))),
            refused(versions(&ivan, order)),
            refused(movements(&ivan, order)),
            refused(related(&ivan, order)),
            refused(papers(&ivan, &[(order, String::new())])),
        ];
        for said in all {
            assert_eq!(said, limit, "{}", shop.place);
        }
        let issue = registry::by_code("goods_issue").unwrap().meta();
        assert_eq!(refused(start(&ivan, &Start::Basis(issue, order))), limit);
        let closed = "Нет права «Чтение: Поступления товаров». Его может дать: Администратор";
        let receipt = shop.find("goods_receipt", "R-1");
        for said in [refused(start(&cashier, &Start::Saved(receipt))), refused(versions(&cashier, receipt))] {
            assert_eq!(said, closed, "{}", shop.place);
        }
        let item = registry::by_code("item").unwrap().meta();
        let made = "Нет права «Запись: Номенклатура». Его может дать: Администратор";
        assert_eq!(refused(start(&cashier, &Start::New(item, Vec::new()))), made);
        // Of the documents around one's own only those are told of that may be seen.
        let own = or_say(related(&cashier, shop.find("customer_order", "O-1")));
        assert!(own.iter().all(|node| node.reference.tag() != 44) && own.len() >= 2, "{own:?}");
        or_say(start(&ivan, &Start::Saved(shop.find("customer_order", "O-2"))));
    }
}

#[test]
fn movements_withhold_cost_and_what_is_closed() {
    for shop in shops() {
        let issue = shop.find("goods_issue", "G-1");
        let codes = |session: &Session| -> BTreeMap<&'static str, Vec<String>> {
            let tables = or_say(movements(session, issue));
            tables
                .into_iter()
                .map(|table| (table.code, table.columns.into_iter().map(|column| column.title).collect()))
                .collect()
        };
        let all = codes(&shop.of("head"));
        assert!(all.contains_key("ledger") && all["stock"].contains(&"Стоимость".to_owned()), "{all:?}");
        let anna = codes(&shop.of("anna"));
        assert!(!anna.contains_key("ledger"), "{anna:?}");
        assert!(
            !anna["stock"].contains(&"Стоимость".to_owned()) && !anna["sales"].contains(&"Себестоимость".to_owned())
        );
        assert!(anna["sales"].contains(&"Выручка".to_owned()));
    }
}

fn all_time(setup: &mut Setup) {
    setup.span = kontora::report::time::Span::ALL;
}

#[test]
fn reports_count_what_may_be_seen() {
    for shop in shops() {
        let sold = |session: &Session| {
            let sheet = report(session, "sales", |setup| {
                all_time(setup);
                by(setup, &["manager"]);
            });
            leaves(&sheet, "amount")
        };
        let both = BTreeMap::from([("Петрова Анна".to_owned(), 60_000), ("Яковлев Иван".to_owned(), 42_000)]);
        assert_eq!(sold(&shop.of("head")), both, "{}", shop.place);
        let one = BTreeMap::from([("Яковлев Иван".to_owned(), 42_000)]);
        assert_eq!(sold(&shop.of("ivan")), one, "{}", shop.place);
        let stock = |session: &Session| {
            let sheet = report(session, "stock", |setup| by(setup, &["warehouse"]));
            leaves(&sheet, "on_hand")
        };
        let (main, second) = (("Основной склад".to_owned(), 7_000), ("Второй склад".to_owned(), 4_000));
        assert_eq!(stock(&shop.of("books")), BTreeMap::from([main.clone(), second]), "{}", shop.place);
        assert_eq!(stock(&shop.of("keeper")), BTreeMap::from([main]), "{}", shop.place);
        let money = |session: &Session| {
            let sheet = report(session, "money", |setup| {
                all_time(setup);
                by(setup, &["place"]);
            });
            leaves(&sheet, "in")
        };
        let (first, other) = (("Касса".to_owned(), 10_000), ("Вторая касса".to_owned(), 25_000));
        assert_eq!(money(&shop.of("head")), BTreeMap::from([first.clone(), other]), "{}", shop.place);
        assert_eq!(money(&shop.of("cashier")), BTreeMap::from([first]), "{}", shop.place);
    }
}

#[test]
fn cost_and_profit_are_withheld_whoever_asks() {
    for shop in shops() {
        let heads = |session: &Session, code: &str| -> Vec<String> {
            let sheet = report(session, code, |_| {});
            sheet.heads.iter().map(|head| head.code.clone()).collect()
        };
        let (head, anna) = (heads(&shop.of("head"), "sales"), heads(&shop.of("anna"), "sales"));
        let withheld = ["cost", "profit", "margin"];
        assert!(withheld.iter().all(|code| head.iter().any(|known| known == code)), "{head:?}");
        assert!(withheld.iter().all(|code| !anna.iter().any(|known| known == code)), "{anna:?}");
        assert!(anna.iter().any(|code| code == "amount"));
        let stock = heads(&shop.of("keeper"), "stock");
        assert!(!stock.iter().any(|code| code.contains("cost")) && stock.iter().any(|code| code == "on_hand"));
        // Movements one by one tell no more, and neither does an order of rows by what is withheld.
        let keeper = shop.of("keeper");
        let sheet = report(&keeper, "stock", |setup| {
            setup.moves = Some("stock".to_owned());
            all_time(setup);
        });
        assert!(!sheet.heads.iter().any(|head| head.code.contains("cost")) && !sheet.rows.is_empty());
        let cheap = |session: &Session| {
            let sheet = report(session, "stock", |setup| {
                by(setup, &["warehouse"]);
                setup.sort = Some(("cost".to_owned(), true));
            });
            sheet.rows.len()
        };
        assert_eq!(cheap(&keeper), 1, "{}", shop.place);
        // Around the report: the store itself refuses.
        let origin = Origin::Register(registry::register("stock").unwrap());
        let measures = vec![Measure { column: "cost", portion: Portion::Net, when: None }];
        let question = Question { origin, by: vec![Axis::Column("item")], measures, conditions: Vec::new() };
        let from = kontora::kernel::moment::Moment::EMPTY;
        let asked = keeper.store.report_turnovers(&question, from, crate::bases::today(), &mut |_| Ok(()));
        let said = "Нет права видеть себестоимость и прибыль. Его может дать: Администратор";
        assert_eq!(refused(asked), said, "{}", shop.place);
    }
}

pub fn try_report(session: &Session, code: &str) -> String {
    let definition = or_say(load(&session.store, code, None));
    let mut setup = Setup::usual(&definition, crate::bases::today().date());
    if definition.field("account").is_some() {
        setup.set("account", vec![1]);
    }
    refused(run(&session.store, &definition, &setup, &|| true))
}

#[test]
fn reports_of_closed_registers_are_refused() {
    for shop in shops() {
        let anna = shop.of("anna");
        for code in ["trial_balance", "account_card", "account_analysis"] {
            let said = try_report(&anna, code);
            assert!(said.starts_with("Нет права «Чтение: "), "{code}: {said}");
        }
        let said = "Нет права «Чтение: Продажи». Его может дать: Администратор";
        assert_eq!(try_report(&shop.of("cashier"), "sales"), said, "{}", shop.place);
        assert!(!report(&shop.of("head"), "trial_balance", |_| {}).rows.is_empty(), "{}", shop.place);
    }
}

fn exported(session: &Session, kinds: &[&str]) -> Vec<String> {
    let kinds: Vec<_> = kinds.iter().map(|code| registry::by_code(code).unwrap()).collect();
    let mut lines = Vec::new();
    or_say(export(session, &kinds, &mut |line| {
        lines.push(line.to_owned());
        true
    }));
    lines
}

#[test]
fn exports_hold_what_may_be_seen() {
    for shop in shops() {
        let kinds = [registry::by_code("customer_order").unwrap()];
        let said = "Нет права «Выгружать данные». Его может дать: Администратор";
        assert_eq!(refused(export(&shop.of("anna"), &kinds, &mut |_| true)), said, "{}", shop.place);
        let ivan = shop.of("ivan");
        let lines = exported(&ivan, &["customer_order"]);
        assert_eq!(lines.len(), 1, "{lines:?}");
        assert!(lines[0].contains("второй"), "{lines:?}");
        let closed = [registry::by_code("manual_entry").unwrap()];
        assert!(refused(export(&ivan, &closed, &mut |_| true)).contains("Чтение: Операции вручную"));
        assert_eq!(exported(&shop.of("books"), &["customer_order"]).len(), 2);
    }
}

#[test]
fn limits_reach_what_only_names_a_limited_record() {
    for shop in shops() {
        // Debts of customers of others, and orders of others, stay out of reports that know only them.
        let owed = |shop: &Shop, user: &str| {
            let sheet = report(&shop.of(user), "settlements_customers", |setup| {
                all_time(setup);
                by(setup, &["counterparty"]);
            });
            leaves(&sheet, "closing").into_keys().collect::<Vec<_>>()
        };
        let all = owed(&shop, "head");
        assert!(all.contains(&"Ромашка".to_owned()) && all.contains(&"Ирис".to_owned()), "{all:?}");
        let own = owed(&shop, "ivan");
        assert!(!own.contains(&"Ромашка".to_owned()) && own.contains(&"Ирис".to_owned()), "{own:?}");
    }
}
