//! Who gives rights: users, roles, the last administrator; and when a base asks at all.

use super::base::{refused, shops, take};
use crate::bases::{engines, or_say, today};
use kontora::domain::company::permission::{Subject, covers};
use kontora::domain::company::rights::Act;
use kontora::domain::company::section::{LEDGER, Section};
use kontora::domain::registry;
use kontora::kernel::value::Choice as _;
use kontora::ops::gate::Op;
use kontora::ops::save::How;
use kontora::ops::sign_in::door;
use kontora::ops::versions::versions;

#[test]
fn everything_can_be_permitted_and_belongs_to_a_section() {
    let kinds = registry::KINDS.iter().map(|kind| (kind.meta().code, i64::from(kind.meta().tag)));
    let registers = registry::registers().into_iter().map(|register| (register.code, 0)).chain([(LEDGER, 0)]);
    for (code, tag) in kinds.chain(registers) {
        assert_ne!(Section::of(code), Section::All, "{code} is in no section");
        // A right of its own is about users and roles.
        let apart = ["user", "role"].contains(&code);
        let number = Subject::META.items.iter().find(|item| item.1 == code).map(|item| item.0);
        assert_eq!(number.is_none(), apart, "{code}");
        if let Some(number) = number {
            assert!(tag == 0 || number == tag, "{code} has the number of its tag");
            assert!(covers(Subject::of_number(number), code) && covers(Subject::All, code), "{code}");
            let section = format!("section_{}", Section::META.code_of(Section::of(code).number()));
            let of = Subject::META.items.iter().find(|item| item.1 == section).unwrap();
            assert!(covers(Subject::of_number(of.0), code), "{code} by its section");
        }
    }
    assert_eq!(Section::everything().count(), registry::KINDS.len() + registry::registers().len() + 1);
}

#[test]
fn a_fresh_base_asks_for_nothing_until_there_is_a_second_user() {
    for engine in engines() {
        let mut session = engine.fresh(today());
        let alone = or_say(door(&session));
        assert_eq!((alone.users.len(), alone.asks), (1, false), "{}", engine.engine);
        assert_eq!(alone.users[0].1, "Администратор");
        let rights = or_say(session.act_as(alone.first()));
        assert!(rights.is_full());
        take(&session, r#"{"type":"user","code":"second","name":"Второй"}"#);
        let two = or_say(door(&session));
        assert!(two.asks, "{}", engine.engine);
        let second = two.named(" второй ").unwrap();
        assert!(!or_say(session.act_as(second)).may(Act::Read, "item"));
        // Nobody but the first is left when the second may not come in.
        or_say(session.act_as(alone.first()));
        take(&session, r#"{"type":"user","code":"second","blocked":true}"#);
        assert!(!or_say(door(&session)).asks);
        assert!(or_say(session.act_as(second)).is_full(), "who works alone is not asked");
    }
}

#[test]
fn rights_change_at_once_for_everybody_at_work() {
    for shop in shops() {
        let anna = shop.of("anna");
        assert!(or_say(anna.rights()).may(Act::Write, "customer_order"));
        take(&shop.own, r#"{"type":"user","code":"anna","roles":[{"role":"head"}]}"#);
        let rights = or_say(anna.rights());
        assert!(!rights.may(Act::Write, "customer_order") && rights.may(Act::Read, "ledger"), "{}", shop.place);
        take(&shop.own, r#"{"type":"role","code":"head","permissions":[{"subject":"item","read":true}]}"#);
        assert!(!or_say(anna.rights()).may(Act::Read, "ledger"), "{}", shop.place);
        take(&shop.own, r#"{"type":"user","code":"anna","blocked":true}"#);
        assert!(!or_say(anna.rights()).may(Act::Read, "item"), "{}", shop.place);
    }
}

#[test]
fn the_history_names_who_was_at_work() {
    for shop in shops() {
        // One connection, two people after each other.
        let mut session = shop.of("anna");
        let order = shop.find("customer_order", "O-1");
        or_say(shop.again(&session, order, How::Write, "comment", "раз"));
        or_say(session.act_as(shop.find("user", "books")));
        or_say(shop.again(&session, order, How::Write, "comment", "два"));
        or_say(shop.line(&shop.of("admin"), r#"{"type":"role","code":"sales","discount_max":"15"}"#));
        let who = |reference| -> Vec<String> {
            or_say(versions(&shop.own, reference)).into_iter().map(|version| version.user).collect()
        };
        assert_eq!(who(order), ["Лаптева", "Анна", ""], "{}", shop.place);
        let role = or_say(versions(&shop.own, shop.find("role", "sales")));
        assert_eq!((role[0].user.as_str(), role[0].changes[0].now.as_str()), ("Администратор", "15"), "{role:?}");
    }
}

#[test]
fn nobody_gives_more_than_he_may() {
    for shop in shops() {
        let (books, giver) = (shop.of("books"), shop.of("giver"));
        let anna = r#"{"type":"user","code":"anna","roles":[{"role":"keeper"}]}"#;
        let said = "Нет права «Запись: Пользователи». Его может дать: Администратор";
        assert_eq!(refused(shop.line(&books, anna)), said, "{}", shop.place);
        or_say(shop.line(&giver, anna));
        let full = "Нет права «Полные права». Его может дать: Администратор";
        assert_eq!(refused(shop.line(&giver, r#"{"type":"user","code":"anna","roles":[{"role":"admin"}]}"#)), full);
        assert_eq!(refused(shop.line(&giver, r#"{"type":"user","code":"admin","name":"Кто-то"}"#)), full);
        let role = r#"{"type":"role","code":"keeper","full":true}"#;
        assert!(refused(shop.line(&giver, role)).contains("Роли"), "{}", shop.place);
        or_say(shop.line(&shop.of("admin"), role));
    }
}

#[test]
fn the_last_administrator_stays() {
    for shop in shops() {
        let admin = shop.of("admin");
        let said = "Больше некому будет давать права: сначала дайте роль с полными правами другому пользователю, \
                    которому вход не запрещен";
        let user = shop.find("user", "admin");
        assert_eq!(refused(shop.line(&admin, r#"{"type":"user","code":"admin","roles":[]}"#)), said, "{}", shop.place);
        assert_eq!(refused(shop.line(&admin, r#"{"type":"user","code":"admin","blocked":true}"#)), said);
        assert_eq!(refused(admin.run(Op::Mark, |tx| tx.mark(user, true))), said);
        let role = shop.find("role", "admin");
        assert_eq!(refused(admin.run(Op::Mark, |tx| tx.mark(role, true))), said);
        assert!(refused(shop.line(&admin, r#"{"type":"role","code":"admin","full":false}"#)).contains("некому"));
        or_say(shop.line(&admin, r#"{"type":"user","code":"head","roles":[{"role":"admin"}]}"#));
        or_say(shop.again(&admin, user, How::Write, "name", "Бывший"));
        or_say(admin.run(Op::Mark, |tx| tx.mark(user, true)));
    }
}
