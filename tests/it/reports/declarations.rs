//! Declared reports: what is embedded reads well, a base's own file wins, a bad one is told about whole.

use super::base::{made, session, usual};
use kontora::kernel::problems::Error;
use kontora::report::embedded::EMBEDDED;
use kontora::report::load::{all_codes, load, parse};

fn problems(content: &str) -> Vec<String> {
    let session = session();
    match parse(&session.store, "own", "own.toml", content) {
        Ok(_) => Vec::new(),
        Err(error) => error.sentence().lines().map(str::to_owned).collect(),
    }
}

#[test]
fn every_embedded_report_is_listed_and_can_be_made_as_it_is() {
    let session = session();
    let mut files: Vec<String> = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/reports"))
        .unwrap()
        .map(|entry| entry.unwrap().path().file_stem().unwrap().to_string_lossy().into_owned())
        .collect();
    files.sort();
    let listed: Vec<&str> = EMBEDDED.iter().map(|(code, _)| *code).collect();
    assert_eq!(files, listed);
    for (code, _) in EMBEDDED {
        let definition = load(&session.store, code, None).unwrap_or_else(|error| panic!("{}", error.sentence()));
        if definition.required.is_empty() {
            made(&session, &definition, &usual(&definition));
        }
        for field in &definition.fields {
            assert!(!field.shown().is_empty() && !field.shown().starts_with("report-"), "{code} {}", field.code);
        }
        for column in &definition.columns {
            assert!(!column.full().is_empty() && !column.full().contains("report-"), "{code} {}", column.code);
        }
        for other in &definition.related {
            assert!(listed.contains(&other.as_str()), "{code} names {other}");
        }
    }
}

#[test]
fn the_file_of_the_base_wins_and_may_be_a_new_report() {
    let session = session();
    let custom = tempfile::tempdir().unwrap();
    let folder = custom.path().join("reports");
    std::fs::create_dir_all(&folder).unwrap();
    let own = "title = \"Мои продажи\"\nby = [\"buyer\"]\n[[source]]\nregister = \"sales\"\n\
        [[field]]\ncode = \"buyer\"\npath = \"customer\"\n[[column]]\ncode = \"amount\"\n";
    std::fs::write(folder.join("sales.toml"), own).unwrap();
    std::fs::write(folder.join("mine.toml"), own).unwrap();
    std::fs::write(folder.join("Not a code.toml"), own).unwrap();
    let codes = all_codes(Some(custom.path()));
    assert!(codes.contains(&"mine".to_owned()) && codes.len() == EMBEDDED.len() + 1);
    for code in ["sales", "mine"] {
        let definition =
            load(&session.store, code, Some(custom.path())).unwrap_or_else(|error| panic!("{}", error.sentence()));
        assert_eq!(definition.label(), "Мои продажи");
        assert!(!made(&session, &definition, &usual(&definition)).rows.is_empty());
    }
    let unknown = load(&session.store, "nothing", Some(custom.path())).unwrap_err().sentence();
    assert!(
        unknown.starts_with("Нет отчета «nothing»; есть: account_analysis, ") && unknown.contains("mine"),
        "{unknown}"
    );
    assert!(matches!(load(&session.store, "../sales", Some(custom.path())), Err(Error::Refused(..))));
}

#[test]
fn everything_wrong_with_a_file_is_told_at_once() {
    let found = problems(
        "title = \"x\"\nby = [\"item\", \"place\"]\napart = \"item.wrong\"\n\
         [[source]]\nregister = \"sales\"\nwhere = { \"customer.kind\" = \"martian\" }\n\
         [[source]]\nregister = \"nothing\"\n\
         [[source]]\ndocuments = \"item\"\n\
         [[source]]\nledger = true\nregister = \"sales\"\n\
         [[field]]\ncode = \"item\"\n[[field]]\ncode = \"note\"\npath = \"item.note\"\n\
         [[field]]\ncode = \"lost\"\npath = \"item.brand.nothing\"\n\
         [[column]]\ncode = \"rest\"\nsum = \"qty\"\nat = \"closing\"\n\
         [[column]]\ncode = \"weight\"\n[[column]]\ncode = \"f\"\nformula = \"rest - gone\"\n\
         [[column]]\ncode = \"g\"\nsum = \"qty\"\nsource = \"elsewhere\"\n\
         [[column]]\ncode = \"h\"\nsum = \"qty\"\nwhen = { item = \"one\" }\n",
    );
    let expected = [
        "«martian» не может быть значением «customer.kind»",
        "нет регистра «nothing»",
        "нет документов «item»",
        "источник - это одно из: register, ledger, documents",
        "поле «note» в пути «item.note» текстовое: по нему нельзя группировать",
        "в пути «item.brand.nothing» нет поля «nothing»",
        "у колонки «rest» источник без остатков: opening и closing для него нет",
        "в источнике «sales» нет суммы «weight»",
        "в формуле «rest - gone» непонятно «gone»: колонка должна стоять выше",
        "нет источника «elsewhere»",
        "«one» не может быть значением «item»",
        "в пути «item.wrong» нет поля «wrong»",
        "нет поля [[field]] «place»",
    ];
    let mut found: Vec<String> = found.iter().map(|line| line.replace("Отчет own.toml: ", "")).collect();
    let mut expected: Vec<String> = expected.iter().map(|line| (*line).to_owned()).collect();
    found.sort();
    expected.sort();
    assert_eq!(found, expected);
}

#[test]
fn what_is_no_toml_or_has_an_unknown_word_says_where() {
    let found = problems("title = \"x\"\n[[source]]\nregister = \"sales\"\ncolor = \"red\"\n");
    let text = found.join("\n");
    assert!(text.contains("own.toml") && text.contains("color") && text.contains("line 4"), "{text}");
    let text = problems("title = ").join("\n");
    assert!(text.contains("line 1"), "{text}");
    assert_eq!(problems("title = \"x\""), ["Отчет own.toml: нет ни одного источника [[source]]"]);
}
