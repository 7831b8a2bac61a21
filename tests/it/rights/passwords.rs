//! Passwords: hashed, kept apart, and not to be guessed.

use super::base::{Shop, clock, refused, shops, take};
use crate::bases::{or_say, today};
use kontora::domain::registry;
use kontora::ops::export::export;
use kontora::ops::gate::Session;
use kontora::ops::sign_in::{door, set_password, sign_in};

const SECRET: &str = "Трижды семь";

fn enter(shop: &Shop, user: &str, password: &str) -> (Session, kontora::kernel::problems::Outcome<()>) {
    let mut session = or_say(Session::open(&shop.place.address, shop.own.clock.clone()));
    let entered = sign_in(&mut session, shop.find("user", user), password);
    (session, entered)
}

#[test]
fn who_knows_the_password_comes_in() {
    for shop in shops() {
        // Nobody has a password yet: the name is enough, and a wrong guess is not.
        let (anna, entered) = enter(&shop, "anna", "");
        or_say(entered);
        assert_eq!(refused(enter(&shop, "anna", "что-нибудь").1), "Пароль не подходит", "{}", shop.place);
        let user = shop.find("user", "anna");
        let short = "Пароль слишком короткий: нужно не меньше 6 знаков";
        assert_eq!(refused(set_password(&anna, user, "", "мало")), short);
        or_say(set_password(&anna, user, "", SECRET));
        assert_eq!(refused(enter(&shop, "anna", "").1), "Пароль не подходит");
        or_say(enter(&shop, "anna", SECRET).1);
        assert_eq!(refused(set_password(&anna, user, "не тот", "другой пароль")), "Пароль не подходит");
        or_say(set_password(&anna, user, SECRET, "другой пароль"));
        or_say(enter(&shop, "anna", "другой пароль").1);
        // Who may not come in does not, whatever he knows.
        take(&shop.own, r#"{"type":"user","code":"anna","blocked":true}"#);
        let said = "Такого пользователя нет, или вход ему запрещен";
        assert_eq!(refused(enter(&shop, "anna", "другой пароль").1), said, "{}", shop.place);
    }
}

#[test]
fn others_passwords_are_set_by_who_may() {
    for shop in shops() {
        let (anna, giver, admin) = (shop.find("user", "anna"), shop.find("user", "giver"), shop.find("user", "admin"));
        let said = "Нет права «Пользователи и пароли». Его может дать: Администратор";
        assert_eq!(refused(set_password(&shop.of("anna"), giver, "", SECRET)), said, "{}", shop.place);
        or_say(set_password(&shop.of("giver"), anna, "", SECRET));
        or_say(enter(&shop, "anna", SECRET).1);
        let full = "Нет права «Полные права». Его может дать: Администратор";
        assert_eq!(refused(set_password(&shop.of("giver"), admin, "", SECRET)), full, "{}", shop.place);
        // Taken away by who forgot it.
        or_say(set_password(&shop.of("admin"), anna, "", ""));
        or_say(enter(&shop, "anna", "").1);
    }
}

#[test]
fn five_failures_slow_down_and_every_further_one_doubles() {
    for shop in shops() {
        let user = shop.find("user", "anna");
        or_say(set_password(&shop.own, user, "", SECRET));
        for _ in 0..5 {
            assert_eq!(refused(enter(&shop, "anna", "мимо").1), "Пароль не подходит", "{}", shop.place);
        }
        let wait = |until: &str| format!("Слишком много неверных паролей: следующая попытка после 23.11.2026 {until}");
        assert_eq!(refused(enter(&shop, "anna", SECRET).1), wait("09:00:30"), "even the right one, {}", shop.place);
        shop.own.clock.set(today().plus_seconds(31));
        assert_eq!(refused(enter(&shop, "anna", "мимо").1), "Пароль не подходит");
        assert_eq!(refused(enter(&shop, "anna", "мимо").1), wait("09:01:31"));
        // Somebody else is not slowed down.
        or_say(enter(&shop, "ivan", "").1);
        shop.own.clock.set(today().plus_seconds(92));
        or_say(enter(&shop, "anna", SECRET).1);
        for _ in 0..4 {
            assert_eq!(refused(enter(&shop, "anna", "мимо").1), "Пароль не подходит");
        }
        or_say(enter(&shop, "anna", SECRET).1);
    }
}

#[test]
fn a_password_is_nowhere_to_be_read() {
    for shop in shops() {
        let (anna, ivan) = (shop.find("user", "anna"), shop.find("user", "ivan"));
        or_say(set_password(&shop.own, anna, "", SECRET));
        or_say(set_password(&shop.own, ivan, "", SECRET));
        let kept = [anna, ivan].map(|user| or_say(shop.own.store.credential(user)).secret);
        for secret in &kept {
            assert!(secret.starts_with("$argon2id$v=19$m=19456,t=2,p=1$") && !secret.contains(SECRET), "{secret}");
        }
        assert_ne!(kept[0], kept[1], "one password, two salts");
        let mut all = String::new();
        or_say(export(&shop.own, registry::KINDS, &mut |line| {
            all.push_str(line);
            true
        }));
        for change in or_say(kontora::ops::versions::versions(&shop.own, anna)) {
            all.push_str(&format!("{change:?}"));
        }
        assert!(all.contains("Анна") && !all.contains("argon2") && !all.contains(SECRET), "{}", shop.place);
    }
}

#[test]
fn a_password_of_the_only_user_makes_the_base_ask() {
    for place in crate::bases::places() {
        let session = or_say(Session::open(&place.address, clock()));
        let first = or_say(door(&session)).first();
        assert!(!or_say(door(&session)).asks);
        or_say(set_password(&session, first, "", SECRET));
        assert!(or_say(door(&session)).asks, "{place}");
    }
}
