//! `kontora report` as a person types it.

use kontora::cli::{Asked, run};
use kontora::kernel::clock::Clock;
use kontora::ops::load::load;
use kontora::ops::seed;
use std::path::Path;

const LINES: &str = r#"
{"type":"counterparty","code":"S1","name":"Север"}
{"type":"counterparty","code":"C1","name":"Ромашка"}
{"type":"item","code":"T1","name":"Чайник"}
{"type":"item","code":"T2","name":"Утюг"}
{"type":"goods_receipt","key":"R-1","date":"2026-10-01","supplier":"S1","post":true,"goods":[{"item":"T1","qty":10,"price":"100"},{"item":"T2","qty":4,"price":"300"}]}
{"type":"goods_issue","key":"G-1","date":"2026-10-12","customer":"C1","post":true,"goods":[{"item":"T1","qty":3,"price":"150"}]}
{"type":"cash_receipt","key":"P-1","date":"2026-10-13","counterparty":"C1","amount":"200","post":true}
"#;

/// A base in a folder of its own.
fn base() -> (tempfile::TempDir, std::path::PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("test.kontora");
    let session = seed::create(&path, Clock::fixed(crate::bases::today(), 1))
        .unwrap_or_else(|error| panic!("{}", error.sentence()));
    if let Err(bad) = load(&session, LINES, &mut |_| true) {
        panic!("{:?}", bad.iter().map(|line| (line.line, line.error.sentence())).collect::<Vec<_>>());
    }
    (folder, path)
}

/// The exit code, what was written, what was said.
fn typed(base: &Path, words: &[&str]) -> (u8, Vec<u8>, String) {
    let mut args = vec!["kontora".to_owned(), "--base".to_owned(), base.display().to_string(), "report".to_owned()];
    args.extend(words.iter().map(|word| (*word).to_owned()));
    let (mut out, mut errors) = (Vec::new(), Vec::new());
    let Asked::Code(code) = run(args, &mut out, &mut errors) else { panic!("a window was asked for") };
    (code, out, String::from_utf8(errors).unwrap())
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap().replace('\u{a0}', " ")
}

#[test]
fn reports_are_listed_and_made_in_every_form() {
    let (folder, base) = base();
    let (code, out, errors) = typed(&base, &[]);
    assert_eq!((code, errors.as_str()), (0, ""));
    assert!(text(&out).contains("trial_balance") && text(&out).contains("Оборотно-сальдовая ведомость"));
    let period = ["--from", "01.10.2026", "--until", "31.10.2026"];
    let (code, out, errors) = typed(&base, &[&["sales"][..], &period, &["--by", "customer,item"]].concat());
    assert_eq!((code, errors.as_str()), (0, ""), "{}", text(&out));
    assert!(text(&out).contains("Ромашка") && text(&out).contains("450,00"), "{}", text(&out));
    let (_, out, _) = typed(&base, &["stock", "--at", "05.10.2026", "--filter", "item=T1", "--format", "csv"]);
    assert_eq!(
        text(&out),
        "item,article,unit,on_hand,reserved,free,expected,cost,unit_cost\nЧайник,,шт,10.000,0.000,10.000,0.000,1000.00,100.0000\n"
    );
    let (_, out, _) =
        typed(&base, &["money", "--period", "all", "--filter", "place=cash_desk:main", "--format", "json"]);
    assert!(text(&out).contains("\"closing\": \"200.00\""), "{}", text(&out));
    let account = [&["account_card"][..], &period, &["--filter", "account=62"]].concat();
    let (code, out, errors) = typed(&base, &account);
    assert_eq!((code, errors.as_str()), (0, ""));
    assert!(text(&out).contains("Реализация товаров") && text(&out).contains("62.01"), "{}", text(&out));
    for (format, start) in [("xlsx", &b"PK"[..]), ("pdf", b"%PDF"), ("table", "Продажи".as_bytes())] {
        let file = folder.path().join(format!("sales.{format}"));
        let name = file.display().to_string();
        let (code, out, errors) =
            typed(&base, &[&["sales"][..], &period, &["--format", format, "--out", &name]].concat());
        assert_eq!((code, errors.as_str()), (0, ""), "{}", text(&out));
        assert!(std::fs::read(&file).unwrap().starts_with(start), "{format}");
    }
    let (_, out, _) = typed(&base, &[&["sales"][..], &period, &["--moves", "sales"]].concat());
    assert!(text(&out).contains("Движения: Продажи"), "{}", text(&out));
}

#[test]
fn everything_wrong_is_told_at_once() {
    let (_folder, base) = base();
    let (code, out, errors) = typed(
        &base,
        &[
            "sales",
            "--from",
            "завтра",
            "--by",
            "item,colour",
            "--filter",
            "item=T9",
            "--filter",
            "size=1",
            "--filter",
            "x",
            "--sort",
            "-weight",
        ],
    );
    assert_eq!((code, out.len()), (1, 0));
    let lines: Vec<&str> = errors.lines().collect();
    assert_eq!(lines.len(), 6, "{errors}");
    for part in ["завтра", "colour", "T9", "size", "«x»", "weight"] {
        assert!(errors.contains(part), "{part}: {errors}");
    }
    let (code, _, errors) = typed(&base, &["account_card"]);
    assert_eq!((code, errors.trim()), (1, "Не указан параметр «Счет» (account)"));
    let (code, _, errors) = typed(&base, &["money", "--at", "05.10.2026"]);
    assert_eq!((code, errors.trim()), (1, "Отчет «Движение денег» строится за период: укажите --from и --until"));
    let (_, _, errors) = typed(&base, &["stock", "--from", "05.10.2026"]);
    assert_eq!(errors.trim(), "Отчет «Остатки товаров» строится на момент: укажите --at");
    let (_, _, errors) = typed(&base, &["sales", "--from", "05.10.2026", "--until", "01.10.2026"]);
    assert!(errors.contains("Конец периода раньше его начала"), "{errors}");
    let (code, _, errors) = typed(&base, &["nothing"]);
    assert_eq!(code, 1);
    assert!(errors.starts_with("Нет отчета «nothing»"), "{errors}");
    let (code, _, errors) = typed(&base, &["sales", "--out", "/nowhere/at/all.txt"]);
    assert_eq!(code, 3, "{errors}");
}
