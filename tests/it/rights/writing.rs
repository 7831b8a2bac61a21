//! What may not be written is refused by the one gate, with the name of the right and of who can grant it.

use super::base::{refused, shops, take};
use crate::bases::or_say;
use kontora::domain::crm::contract::Contract;
use kontora::kernel::object::Declared as _;
use kontora::ops::gate::Op;
use kontora::ops::import_orders::import_orders;
use kontora::ops::load::load;
use kontora::ops::save::How;
use kontora::ops::supply::shortages;

const ORDER: &str = r#"{"type":"customer_order","key":"N-1","date":"2026-11-20","customer":"C1","manager":"E1","post":true,"goods":[{"item":"T1","qty":1,"price":"200"}]}"#;

#[test]
fn nothing_is_written_without_the_right() {
    for shop in shops() {
        let (nobody, anna, keeper) = (shop.of("nobody"), shop.of("anna"), shop.of("keeper"));
        let said = "Нет права «Запись: Заказы клиентов». Его может дать: Администратор";
        assert_eq!(refused(shop.line(&nobody, ORDER)), said, "{}", shop.place);
        or_say(shop.line(&anna, ORDER));
        let item = r#"{"type":"item","code":"T9","name":"Сито"}"#;
        let said = "Нет права «Запись: Номенклатура». Его может дать: Администратор";
        assert_eq!(refused(shop.line(&anna, item)), said);
        let receipt = r#"{"type":"goods_receipt","date":"2026-11-20","supplier":"S1","goods":[{"item":"T1","qty":1,"price":"1"}]}"#;
        assert!(refused(shop.line(&anna, receipt)).contains("Поступления товаров"));
        or_say(shop.line(&keeper, receipt));
        let issue = shop.find("goods_issue", "G-1");
        let marked = keeper.run(Op::Mark, |tx| tx.mark(issue, true));
        let said = "Нет права «Пометка удаления: Реализации товаров». Его может дать: Администратор";
        assert_eq!(refused(marked), said);
        // A role for orders knows nothing of contracts: the program makes the contract by itself.
        let orders = shop.of("orders");
        let before = or_say(shop.own.store.count(Contract::declared()));
        let fresh = r#"{"type":"customer_order","key":"N-2","date":"2026-11-20","customer":"S1","post":true,"goods":[{"item":"T1","qty":1,"price":"200"}]}"#;
        or_say(shop.line(&orders, fresh));
        assert_eq!(or_say(shop.own.store.count(Contract::declared())), before + 1, "{}", shop.place);
    }
}

#[test]
fn posting_is_a_right_of_its_own() {
    for shop in shops() {
        let role = r#"{"type":"role","code":"drafts","name":"Черновики","others_documents":true,"permissions":[{"subject":"section_sales","write":true}]}"#;
        take(&shop.own, role);
        take(&shop.own, r#"{"type":"user","code":"nobody","roles":[{"role":"drafts"}]}"#);
        let drafts = shop.of("nobody");
        let said = "Нет права «Проведение: Заказы клиентов». Его может дать: Администратор";
        assert_eq!(refused(shop.line(&drafts, ORDER)), said, "{}", shop.place);
        or_say(shop.line(&drafts, &ORDER.replace("\"post\":true,", "")));
        // What is posted is posted anew when it is written.
        let order = shop.find("customer_order", "O-1");
        assert_eq!(refused(shop.again(&drafts, order, How::Write, "comment", "иначе")), said);
        assert_eq!(refused(shop.again(&drafts, order, How::Unpost, "comment", "иначе")), said);
    }
}

#[test]
fn a_discount_has_its_limit() {
    for shop in shops() {
        let anna = shop.of("anna");
        let with = |percent: &str, key: &str| {
            let key = format!("\"key\":\"{key}\"");
            let line = format!("\"price\":\"200\",\"discount\":\"{percent}\"");
            ORDER.replace("\"key\":\"N-1\"", &key).replace("\"price\":\"200\"", &line)
        };
        or_say(shop.line(&anna, &with("10", "D-1")));
        let said = "Товары, строка 1, Скидка, %: скидка 10,5 % больше разрешенной вам (10 %). Больше может разрешить: Администратор";
        assert_eq!(refused(shop.line(&anna, &with("10.5", "D-2"))), said, "{}", shop.place);
        // What somebody else has allowed stays: in the same row, and on what is made on its basis.
        or_say(shop.line(&shop.own, &with("40", "D-3")));
        let order = shop.find("customer_order", "D-3");
        or_say(shop.again(&anna, order, How::Write, "comment", "со скидкой"));
        let more = r#"{"type":"goods_issue","key":"D-5","on":"customer_order:D-3","date":"2026-11-21","goods":[{"item":"T1","qty":1,"price":"200","discount":"41"}]}"#;
        let said = refused(shop.line(&anna, more));
        assert!(said.contains("41 %"), "{said}, {}", shop.place);
        or_say(shop.line(
            &anna,
            r#"{"type":"goods_issue","key":"D-4","on":"customer_order:D-3","date":"2026-11-21","post":true}"#,
        ));
    }
}

#[test]
fn the_documents_of_others_are_theirs() {
    for shop in shops() {
        let anna = shop.of("anna");
        let order = shop.find("customer_order", "O-2");
        let said = refused(shop.again(&anna, order, How::Write, "comment", "мое"));
        assert!(said.starts_with("Заказ клиента 000002 от 03.11.2026 ведет другой человек"), "{said}");
        assert!(said.ends_with("права «Менять чужие документы» нет. Его может дать: Администратор"), "{said}");
        let marked = anna.run(Op::Mark, |tx| tx.mark(order, true));
        assert_eq!(refused(marked), said, "{}", shop.place);
        or_say(shop.again(&anna, shop.find("customer_order", "O-1"), How::Write, "comment", "мое"));
        // Without a manager the author counts: the program's own documents belong to nobody.
        let draft = r#"{"type":"invoice","key":"I-1","date":"2026-11-20","customer":"C1","goods":[{"item":"T1","qty":1,"price":"200"}]}"#;
        or_say(shop.line(&shop.of("ivan"), &draft.replace("C1", "C2")));
        assert!(refused(shop.again(&anna, shop.find("invoice", "I-1"), How::Write, "comment", "мое")).contains("Счет"));
        or_say(shop.line(&shop.own, &draft.replace("I-1", "I-2")));
        or_say(shop.again(&anna, shop.find("invoice", "I-2"), How::Write, "comment", "мое"));
    }
}

#[test]
fn limits_hold_for_what_is_written() {
    for shop in shops() {
        let keeper = shop.of("keeper");
        let elsewhere = r#"{"type":"goods_receipt","date":"2026-11-20","supplier":"S1","warehouse":"W2","goods":[{"item":"T1","qty":1,"price":"1"}]}"#;
        let said = refused(shop.line(&keeper, elsewhere));
        let limit =
            "Поступление товаров: Склад не из тех, с которыми вам разрешено работать. Доступ расширяет: Администратор";
        assert_eq!(said, limit, "{}", shop.place);
        let other = shop.find("goods_receipt", "R-2");
        assert_eq!(refused(shop.again(&keeper, other, How::Write, "comment", "мое")), limit);
        let ivan = shop.of("ivan");
        let for_anna = ORDER.replace("C1", "C2");
        assert!(refused(shop.line(&ivan, &for_anna)).contains("Менеджер не из тех"), "{}", shop.place);
        or_say(shop.line(&ivan, &for_anna.replace("E1", "E2")));
        let cashier = shop.of("cashier");
        let receipt = r#"{"type":"cash_receipt","date":"2026-11-20","counterparty":"C1","amount":"10","cash_desk":"K2","post":true}"#;
        assert!(refused(shop.line(&cashier, receipt)).contains("Касса не из тех"));
        or_say(shop.line(&cashier, &receipt.replace("K2", "main")));
    }
}

#[test]
fn loading_supply_and_settings_have_their_rights() {
    for shop in shops() {
        let (anna, books) = (shop.of("anna"), shop.of("books"));
        let bad = load(&anna, ORDER, &mut |_| true).unwrap_err();
        let said = "Нет права «Загружать данные». Его может дать: Администратор";
        assert_eq!(bad[0].error.sentence(), said, "{}", shop.place);
        assert!(load(&books, ORDER, &mut |_| true).is_ok());
        take(&shop.own, &ORDER.replace("N-1", "N-3").replace("\"qty\":1", "\"qty\":50"));
        let facts = shop.own.facts();
        let lacking = or_say(shortages(&shop.own.store, &facts));
        assert!(!lacking.is_empty());
        let ordered = shop.of("keeper").run(Op::Supply, |tx| tx.order_shortages(&lacking));
        assert!(refused(ordered).contains("Запись: Заказы поставщикам"));
        let file = include_bytes!("../../../assets/demo/site_orders.xml");
        let taken = import_orders(&shop.of("keeper"), "orders.xml", file, "file", &mut |_, _| true);
        assert!(refused(taken).contains("Запись: Заказы клиентов"));
        let settings = shop.find("settings", "main");
        assert!(refused(shop.again(&anna, settings, How::Write, "name", "Мои")).contains("Запись: Настройки"));
        or_say(shop.again(&books, settings, How::Write, "name", "Наши"));
    }
}
