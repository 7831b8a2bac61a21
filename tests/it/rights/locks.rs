//! Locked periods by section and role, and those locked for good.

use super::base::{refused, shops, take};
use crate::bases::or_say;
use kontora::ops::gate::Op;
use kontora::ops::save::How;

#[test]
fn a_section_is_locked_for_everybody_or_for_a_role() {
    for shop in shops() {
        let books = shop.of("books");
        or_say(shop.line(
            &books,
            r#"{"type":"period_lock","code":"L1","name":"Касса","section":"money","until":"2026-11-10"}"#,
        ));
        let order = shop.find("customer_order", "O-1");
        let cash = shop.find("cash_receipt", "CR-1");
        let said = "Период по 10.11.2026 закрыт (Деньги), закрыл Лаптева: документ от 06.11.2026 изменить нельзя";
        for session in [&books, &shop.own] {
            assert_eq!(refused(shop.again(session, cash, How::Write, "comment", "иначе")), said, "{}", shop.place);
        }
        assert_eq!(refused(books.run(Op::Mark, |tx| tx.mark(cash, true))), said);
        or_say(shop.again(&books, order, How::Write, "comment", "можно"));
        // For sellers alone.
        let lock = r#"{"type":"period_lock","code":"L2","name":"Продавцам","section":"sales","role":"sales","until":"2026-11-10"}"#;
        or_say(shop.line(&books, lock));
        let said = refused(shop.again(&shop.of("anna"), order, How::Write, "comment", "нельзя"));
        assert!(said.starts_with("Период по 10.11.2026 закрыт (Продажи)"), "{said}");
        or_say(shop.again(&books, order, How::Write, "comment", "бухгалтеру можно"));
        let back = r#"{"type":"customer_order","date":"2026-11-09","customer":"C1","manager":"E1","post":true,"goods":[{"item":"T1","qty":1,"price":"200"}]}"#;
        assert_eq!(refused(shop.line(&shop.of("anna"), back)).replace("09.11", "02.11"), said, "{}", shop.place);
    }
}

#[test]
fn opening_a_period_is_a_right_and_some_are_never_opened() {
    for shop in shops() {
        let role = r#"{"type":"role","code":"closer","name":"Закрывает","permissions":[{"subject":"section_company","write":true}]}"#;
        take(&shop.own, role);
        take(&shop.own, r#"{"type":"user","code":"nobody","roles":[{"role":"closer"}]}"#);
        let (closer, books) = (shop.of("nobody"), shop.of("books"));
        let lock = |until: &str, more: &str| {
            format!("{{\"type\":\"period_lock\",\"code\":\"L1\",\"name\":\"Год\",\"until\":\"{until}\"{more}}}")
        };
        or_say(shop.line(&closer, &lock("2026-06-30", "")));
        or_say(shop.line(&closer, &lock("2026-09-30", "")));
        let said = "Нет права «Открывать закрытый период». Его может дать: Администратор";
        assert_eq!(refused(shop.line(&closer, &lock("2026-08-31", ""))), said, "{}", shop.place);
        assert_eq!(refused(shop.line(&closer, &lock("2026-09-30", ",\"section\":\"sales\""))), said);
        or_say(shop.line(&books, &lock("2026-08-31", "")));
        // The company's own date goes by the same rule, and remembers who moved it.
        let company = |until: &str| format!("{{\"type\":\"company\",\"code\":\"main\",\"locked_until\":\"{until}\"}}");
        or_say(shop.line(&closer, &company("2026-10-31")));
        assert_eq!(refused(shop.line(&closer, &company("2026-09-30"))), said);
        let back = r#"{"type":"customer_order","date":"2026-10-09","customer":"C1","post":true,"goods":[{"item":"T1","qty":1,"price":"200"}]}"#;
        let locked = refused(shop.line(&shop.own, back));
        assert!(locked.contains("31.10.2026") && locked.contains("Никто"), "{locked}");
        or_say(shop.line(&books, &company("2026-09-30")));
        // For good.
        or_say(shop.line(&books, &lock("2026-08-31", ",\"irreversible\":true")));
        let said =
            "Навсегда: Период закрыт навсегда по 31.08.2026: этот запрет нельзя снять или ослабить, только продлить";
        let admin = shop.of("admin");
        for changed in [lock("2026-07-31", ""), lock("2026-08-31", ",\"irreversible\":false")] {
            assert_eq!(refused(shop.line(&admin, &changed)), said, "{}", shop.place);
        }
        let reference = shop.find("period_lock", "L1");
        assert!(refused(admin.run(Op::Mark, |tx| tx.mark(reference, true))).contains("навсегда"));
        or_say(shop.line(&books, &lock("2026-09-30", "")));
    }
}
