//! `kontora print`, as a person calls it.

use super::base::{DOCUMENTS, MASTERS, take};
use kontora::cli::{Asked, DONE, REFUSED, run};
use kontora::kernel::clock::Clock;
use kontora::kernel::moment::Date;
use kontora::ops::seed;
use std::path::Path;

/// A base in a file, with the firm's card as given.
fn file(folder: &Path, masters: &str) -> String {
    let path = folder.join("base.kontora");
    let clock = Clock::fixed(Date::ymd(2026, 11, 23).unwrap().at(9, 0, 0), 1);
    let session = seed::create(&path, clock).unwrap_or_else(|error| panic!("{}", error.sentence()));
    take(&session, masters);
    take(&session, DOCUMENTS);
    path.display().to_string()
}

/// Runs a command line; gives its code, results and sentences.
fn kontora(args: &[&str]) -> (u8, String, String) {
    let (mut out, mut errors) = (Vec::new(), Vec::new());
    let args = std::iter::once("kontora").chain(args.iter().copied()).map(str::to_owned).collect();
    let Asked::Code(code) = run(args, &mut out, &mut errors) else { panic!("a window") };
    (code, String::from_utf8_lossy(&out).into_owned(), String::from_utf8_lossy(&errors).into_owned())
}

#[test]
fn documents_become_one_pdf() {
    let folder = tempfile::tempdir().unwrap();
    let base = file(folder.path(), MASTERS);
    let target = folder.path().join("set.pdf").display().to_string();
    let (code, out, errors) =
        kontora(&["--base", &base, "print", "goods_issue:GI-1", "cash_receipt:CR-1", "invoice:I-1", "--out", &target]);
    assert_eq!((code, errors.as_str()), (DONE, ""));
    assert_eq!(out.trim(), "Напечатано документов: 3, страниц: 3");
    let bytes = std::fs::read(&target).unwrap();
    assert!(bytes.starts_with(b"%PDF-") && bytes.len() > 20_000);
}

#[test]
fn blanks_are_told_and_nothing_is_written_until_forced() {
    let folder = tempfile::tempdir().unwrap();
    let masters = MASTERS.replace("\"okpo\":\"00032537\",", "").replace("\"cashier\":\"Петрова Полина Павловна\",", "");
    let base = file(folder.path(), &masters);
    let target = folder.path().join("ko1.pdf");
    let path = target.display().to_string();
    let asked = ["--base", &base, "print", "cash_receipt:CR-1", "--form", "ko1", "--out", &path];
    let (code, out, errors) = kontora(&asked);
    assert_eq!((code, out.as_str()), (REFUSED, ""));
    let said: Vec<&str> = errors.lines().collect();
    assert_eq!(
        said,
        [
            "Не заполнено: ОКПО организации",
            "Не заполнено: Кассир, фамилия и инициалы",
            "Не напечатано: не заполнено реквизитов - 2. Заполните их или добавьте --force",
        ]
    );
    assert!(!target.exists());
    let (code, _, errors) = kontora(&[&asked[..], &["--force"]].concat());
    assert_eq!(code, DONE);
    assert!(errors.starts_with("Не заполнено: ОКПО организации\n") && target.exists());
}

#[test]
fn what_a_list_shows_is_printed_as_it_is_written_there() {
    let folder = tempfile::tempdir().unwrap();
    let base = file(folder.path(), MASTERS);
    let (_, out, _) = kontora(&["--base", &base, "list", "cash_receipt"]);
    let shown = out.lines().nth(2).and_then(|line| line.split_whitespace().next()).unwrap().to_owned();
    assert!(shown.starts_with("cash_receipt:#"), "{out}");
    let path = folder.path().join("one.pdf").display().to_string();
    assert_eq!(kontora(&["--base", &base, "print", &shown, "--out", &path]).0, DONE);
    let (code, _, errors) = kontora(&["--base", &base, "print", "cash_receipt:#99999", "--out", &path]);
    assert_eq!(code, REFUSED, "{errors}");
}

#[test]
fn a_draft_is_printed_with_a_word_about_it() {
    let folder = tempfile::tempdir().unwrap();
    let base = file(folder.path(), MASTERS);
    let path = folder.path().join("draft.pdf").display().to_string();
    assert_eq!(kontora(&["--base", &base, "post", "--undo", "cash_issue:CI-1"]).0, DONE);
    let (code, _, errors) = kontora(&["--base", &base, "print", "cash_issue:CI-1", "--out", &path]);
    assert_eq!((code, errors.trim()), (DONE, "Документ не проведен"));
}

#[test]
fn what_is_not_there_is_told_with_what_there_is() {
    let folder = tempfile::tempdir().unwrap();
    let base = file(folder.path(), MASTERS);
    let refused = |args: &[&str]| {
        let (code, _, errors) = kontora(&[&["--base", base.as_str(), "print"], args].concat());
        assert_eq!(code, REFUSED, "{args:?}");
        errors.trim().to_owned()
    };
    assert_eq!(refused(&[]), "Назовите документы, например: kontora --base файл print goods_issue:12");
    assert_eq!(
        refused(&["goods_issue:GI-1", "--form", "ko1"]),
        "У «Реализация товаров» нет печатной формы «ko1», есть: goods_issue, torg12, upd"
    );
    assert_eq!(refused(&["bank_receipt:BR-1"]), "У «Поступление на счет» нет печатных форм");
    assert!(refused(&["goods_issue:GI-9"]).contains("GI-9"));
    let (code, out, _) = kontora(&["print", "--list", "goods_issue"]);
    assert_eq!(code, DONE);
    for words in ["goods_issue", "torg12", "upd", "Расходная накладная", "Товарная накладная (ТОРГ-12)"]
    {
        assert!(out.contains(words), "{out}");
    }
}
