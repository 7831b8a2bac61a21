//! The command line knows who works, and shows and writes no more than he may.

use super::base::{Shop, shops};
use crate::bases::or_say;
use kontora::cli::{Asked, DONE, REFUSED, run_as};
use kontora::ops::sign_in::set_password;

const SECRET: &str = "Трижды семь";

/// Runs a command line on a shop; gives its code, results and sentences.
fn kontora(shop: &Shop, password: Option<&str>, args: &[&str]) -> (u8, String, String) {
    let (mut out, mut errors) = (Vec::new(), Vec::new());
    let base = shop.place.argument();
    let all = ["kontora", "--base", &base].into_iter().chain(args.iter().copied());
    let password = password.map(str::to_owned);
    let Asked::Code(code) = run_as(all.map(str::to_owned).collect(), password, &mut out, &mut errors) else {
        panic!("a window")
    };
    let words = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).trim().to_owned();
    (code, words(out), words(errors))
}

#[test]
fn a_base_that_asks_wants_a_name_and_the_password() {
    for shop in shops() {
        let said = "База спрашивает, кто работает: назовите пользователя (--user ИМЯ), пароль дайте в KONTORA_PASSWORD \
                    или через --password-stdin";
        assert_eq!(kontora(&shop, None, &["check"]), (REFUSED, String::new(), said.to_owned()), "{}", shop.place);
        let who = "Пользователя «Кто-то» нет, или вход ему запрещен";
        assert_eq!(kontora(&shop, None, &["--user", "Кто-то", "check"]).2, who);
        or_say(set_password(&shop.own, shop.find("user", "books"), "", SECRET));
        for wrong in [None, Some(""), Some("мимо")] {
            let (code, out, errors) = kontora(&shop, wrong, &["--user", "Лаптева", "check"]);
            assert_eq!((code, out.as_str(), errors.as_str()), (REFUSED, "", "Пароль не подходит"), "{}", shop.place);
        }
        assert_eq!(kontora(&shop, Some(SECRET), &["--user", "лаптева", "check"]).0, DONE, "{}", shop.place);
        // The name may stand before or after the command.
        assert_eq!(kontora(&shop, Some(SECRET), &["list", "item", "--user", "Лаптева"]).0, DONE);
    }
}

#[test]
fn commands_refuse_what_the_user_may_not() {
    for shop in shops() {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("copy.kontora").display().to_string();
        let as_anna = |args: &[&str]| kontora(&shop, None, &[&["--user", "Анна"], args].concat());
        let (maintain, export) = ("«Обслуживать базу»", "«Выгружать данные»");
        let cases: [(&[&str], &str); 8] = [
            (&["check"], maintain),
            (&["copy", &target], maintain),
            (&["backup", &target], maintain),
            (&["export", "customer_order"], export),
            (&["report", "sales", "--format", "csv"], export),
            (&["list", "manual_entry"], "«Чтение: Операции вручную»"),
            (&["report", "trial_balance"], "«Чтение: "),
            (&["post", "goods_receipt:R-1"], "«Запись: Поступления товаров»"),
        ];
        for (args, right) in cases {
            let (code, out, errors) = as_anna(args);
            assert_eq!((code, out.as_str()), (REFUSED, ""), "{args:?}");
            assert!(errors.contains(right) && errors.contains("Администратор"), "{args:?}: {errors}");
        }
        assert!(!std::path::Path::new(&target).exists());
    }
}

#[test]
fn commands_show_what_the_user_may_see() {
    for shop in shops() {
        let (code, out, _) = kontora(&shop, None, &["--user", "Зимин", "list", "customer_order"]);
        assert!(code == DONE && out.contains("первый") && !out.contains("второй"), "{out}");
        let (code, out, errors) = kontora(&shop, None, &["--user", "Зимин", "report", "stock", "--format", "json"]);
        assert_eq!(code, DONE, "{errors}");
        assert!(!out.contains("cost") && out.contains("on_hand"), "{out}");
        let (code, out, _) = kontora(&shop, None, &["--user", "Иван", "export"]);
        assert!(
            code == DONE && out.contains("второй") && !out.contains("первый") && !out.contains("\"user\""),
            "{out}"
        );
        let folder = tempfile::tempdir().unwrap();
        let pdf = folder.path().join("order.pdf").display().to_string();
        let printed = |key: &str| kontora(&shop, None, &["--user", "Иван", "print", key, "--force", "--out", &pdf]);
        assert_eq!(printed("customer_order:O-1").0, REFUSED, "{}", shop.place);
        assert_eq!(printed("customer_order:O-2").0, DONE, "{}", shop.place);
    }
}

#[test]
fn a_backup_is_restored_by_who_may_maintain_the_base() {
    let shop = shops().into_iter().next().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).display().to_string();
    let [copy, other, broken] = ["copy.kontora.gz", "other.kontora", "broken.kontora"].map(path);
    let as_anna = |args: &[&str]| kontora(&shop, None, &[&["--user", "Анна"], args].concat());
    let as_books = |args: &[&str]| kontora(&shop, None, &[&["--user", "Лаптева"], args].concat());
    assert_eq!(as_books(&["backup", &copy]).0, DONE);
    let asked = "База спрашивает, кто работает";
    let base = shop.place.argument();
    std::fs::write(&broken, b"no base at all, only a few words in a file of this name").unwrap();
    let cases: [&[&str]; 4] = [
        &["restore", &copy],
        &["restore", &copy, "--into", &other],
        &["restore", &copy, "--into", &base, "--replace"],
        // A file that cannot be asked is replaced by those whom the backup knows.
        &["restore", &copy, "--into", &broken, "--replace"],
    ];
    let before = std::fs::read(&broken).unwrap();
    for args in cases {
        let (code, out, errors) = kontora(&shop, None, args);
        assert!(code == REFUSED && out.is_empty() && errors.contains(asked), "{args:?}: {errors}");
        let (code, out, errors) = as_anna(args);
        assert!(code == REFUSED && out.is_empty() && errors.contains("«Обслуживать базу»"), "{args:?}: {errors}");
    }
    assert!(!std::path::Path::new(&other).exists());
    assert_eq!(std::fs::read(&broken).unwrap(), before, "nothing was replaced");
    assert_eq!(as_books(cases[0]).0, DONE);
    assert_eq!(as_books(cases[1]).0, DONE);
    assert_eq!(as_books(cases[3]).0, DONE);
    // Everything is there, not only what one of the users sees.
    let restored = or_say(kontora::ops::gate::Session::open(std::path::Path::new(&other), super::base::clock()));
    assert_eq!(or_say(restored.store.counts()), or_say(shop.own.store.counts()));
}
