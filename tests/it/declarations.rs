//! What must hold of everything declared, whatever it is: a new catalog, document or register is tested by
//! being in the registry.

mod deeds;
pub mod every;
mod storage;

use crate::lexed::lexed;
use crate::sources::rust_files;
use kontora::domain::registry;
use kontora::domain::sales::order_state::SupplyAction;
use kontora::kernel::meta::{ChoiceMeta, FieldMeta, Kind, RegisterKind};
use kontora::kernel::text::{Lang, has_label};
use kontora::kernel::value::Type;
use kontora::store::schema::{HEAD, is_open, part_name};
use std::collections::{BTreeMap, BTreeSet};

/// Names of declarations in the source: what it is, and its code.
fn declared() -> Vec<(String, String)> {
    let mut found = Vec::new();
    for source in rust_files(&["src/domain"]) {
        let code = lexed(&source.text);
        for word in ["object", "register"] {
            for (line, at) in code.places(word) {
                if !code.code[at + word.len()..].trim_start().starts_with("! {") {
                    continue;
                }
                // The code is the first text after the opening.
                let named = code.strings.iter().find(|(at, text)| *at >= line && text.is_ascii()).cloned();
                found.push((word.to_owned(), named.map(|(_, text)| text).unwrap_or_default()));
            }
        }
    }
    found
}

#[test]
fn everything_declared_is_registered() {
    let declared = declared();
    let of = |what: &str| -> BTreeSet<String> {
        declared.iter().filter(|(kind, _)| kind == what).map(|(_, code)| code.clone()).collect()
    };
    let kinds: BTreeSet<String> = registry::KINDS.iter().map(|kind| kind.meta().code.to_owned()).collect();
    let registers: BTreeSet<String> = registry::registers().iter().map(|one| one.code.to_owned()).collect();
    assert_eq!(of("object"), kinds, "declared, and listed in registry.rs");
    assert_eq!(of("register"), registers, "declared, and listed in registry.rs");
}

#[test]
fn tags_codes_and_tables_are_unique() {
    let tags: Vec<u8> = registry::KINDS.iter().map(|kind| kind.meta().tag).collect();
    assert!(tags.windows(2).all(|pair| pair[0] < pair[1]), "sorted by tag, each once: {tags:?}");
    assert!(!tags.contains(&0), "zero is the empty reference");
    let mut tables: Vec<String> = Vec::new();
    for kind in registry::KINDS {
        tables.push(kind.meta().code.to_owned());
        tables.extend(kind.meta().tables.iter().map(|table| part_name(kind.meta(), table)));
        assert_eq!(registry::by_tag(kind.meta().tag).map(|found| found.meta()), Some(kind.meta()));
        assert_eq!(registry::by_code(kind.meta().code).map(|found| found.meta()), Some(kind.meta()));
    }
    for register in registry::registers() {
        tables.extend(["moves", "now", "months"].map(|end| format!("{}_{end}", register.code)));
        assert_eq!(registry::register(register.code), Some(register));
    }
    let unique: BTreeSet<&String> = tables.iter().collect();
    assert_eq!(unique.len(), tables.len(), "two tables of one name among {tables:?}");
}

/// Checks names and labels of fields that stand together.
fn sound(of: &str, fields: &[FieldMeta], reserved: &[&str], wrong: &mut Vec<String>) {
    let mut seen = BTreeSet::new();
    for field in fields {
        let plain = field.name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
        if !plain || !seen.insert(field.name) || reserved.contains(&field.name) {
            wrong.push(format!("{of}.{}: not a name, twice, or taken", field.name));
        }
        if field.title.trim().is_empty() || field.title != field.title.trim() || field.title.ends_with(':') {
            wrong.push(format!("{of}.{}: «{}» is no label", field.name, field.title));
        }
        if let Type::Choice(choice) = field.kind {
            choice_sound(choice, wrong);
        }
    }
}

fn choice_sound(choice: &ChoiceMeta, wrong: &mut Vec<String>) {
    let numbers: BTreeSet<i64> = choice.items.iter().map(|item| item.0).collect();
    let codes: BTreeSet<&str> = choice.items.iter().map(|item| item.1).collect();
    if numbers.len() != choice.items.len() || codes.len() != choice.items.len() {
        wrong.push(format!("{}: two items of one number or code", choice.code));
    }
    for (number, code, label) in choice.items {
        let found = [*code, *label].map(|input| choice.parse(input));
        if found != [Some(*number), Some(*number)] || choice.code_of(*number) != *code {
            wrong.push(format!("{}.{code}: not read as it is written", choice.code));
        }
    }
}

#[test]
fn names_and_labels_are_sound() {
    let mut wrong = Vec::new();
    for kind in registry::KINDS {
        let meta = kind.meta();
        sound(meta.code, meta.fields, HEAD, &mut wrong);
        for table in meta.tables {
            sound(&format!("{}.{}", meta.code, table.name), table.fields, &["owner", "line", "key"], &mut wrong);
            if meta.field(table.name).is_some() {
                wrong.push(format!("{}.{}: a field and a table part of one name", meta.code, table.name));
            }
        }
    }
    for register in registry::registers() {
        let reserved = ["document", "line", "date", "month", "last_date", "last_document"];
        let columns: Vec<FieldMeta> = register.columns().copied().collect();
        sound(register.code, &columns, &reserved, &mut wrong);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn registers_hold_what_they_can_sum() {
    for register in registry::registers() {
        let code = register.code;
        assert!(!register.key.is_empty() && !register.sum.is_empty(), "{code}: a key and a sum");
        assert!(register.columns().all(|field| !field.kind.is_text()), "{code}: integers only");
        assert!(register.sum.iter().all(|field| field.kind.is_number()), "{code}: a sum is a number");
        assert!(
            register.key.iter().all(|field| !matches!(field.kind, Type::Money | Type::Qty | Type::Price)),
            "{code}: amounts are summed, not sorted by"
        );
        let source = register.note.iter().find(|field| field.name == "source");
        assert!(source.is_none_or(|field| matches!(field.kind, Type::AnyRef)), "{code}: a source is a document");
        assert!(!is_open(register) || register.note.is_empty(), "{code}: what is open has no notes");
        let latest = register.kind != RegisterKind::Info || register.note.is_empty();
        assert!(latest, "{code}: the latest value is asked by its key alone");
    }
}

#[test]
fn what_behaviour_names_is_there() {
    let mut wrong = Vec::new();
    for kind in registry::KINDS {
        let meta = kind.meta();
        for name in kind.computed() {
            match meta.field(name).and_then(|at| meta.fields.get(at)) {
                None => wrong.push(format!("{}: computed {name} is no field", meta.code)),
                Some(field) if field.required => wrong.push(format!("{}: {name} is computed, and asked", meta.code)),
                Some(_) => {}
            }
        }
        for name in kind.indexed() {
            let known = match name.split_once('.') {
                None => meta.field(name).is_some(),
                Some((table, field)) => meta.tables.iter().any(|t| t.name == table && t.field(field).is_some()),
            };
            if !known {
                wrong.push(format!("{}: indexed {name} is no field", meta.code));
            }
        }
        for tag in kind.bases() {
            match registry::by_tag(*tag) {
                None => wrong.push(format!("{}: basis {tag} is no kind", meta.code)),
                Some(basis) if basis.meta().kind != Kind::Document => {
                    wrong.push(format!("{}: basis {} is no document", meta.code, basis.meta().code));
                }
                Some(_) => {}
            }
        }
        if meta.kind == Kind::Catalog && !kind.bases().is_empty() {
            wrong.push(format!("{}: a catalog on a basis", meta.code));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Everything that has a label: code and part, as the texts name them.
fn labelled() -> BTreeSet<(String, Option<String>)> {
    let mut found = BTreeSet::new();
    let mut add = |code: &str, part: Option<&str>| {
        found.insert((code.to_owned(), part.map(str::to_owned)));
    };
    // What an order's line waits for is no field of it: it is computed for the one who looks.
    let mut choices: BTreeMap<&str, &ChoiceMeta> = BTreeMap::from([(SupplyAction::META.code, SupplyAction::META)]);
    let mut see = |kind: Type| {
        if let Type::Choice(choice) = kind {
            choices.insert(choice.code, choice);
        }
    };
    for kind in registry::KINDS {
        let meta = kind.meta();
        add(meta.code, None);
        add(meta.code, Some("list"));
        for field in meta.fields {
            add(meta.code, Some(field.name));
            see(field.kind);
        }
        for table in meta.tables {
            add(meta.code, Some(table.name));
            for field in table.fields {
                add(&format!("{}_{}", meta.code, table.name), Some(field.name));
                see(field.kind);
            }
        }
    }
    for register in registry::registers() {
        add(register.code, None);
        for field in register.columns() {
            add(register.code, Some(field.name));
            see(field.kind);
        }
    }
    for (code, choice) in choices {
        for (_, item, _) in choice.items {
            add(code, Some(item));
        }
    }
    found
}

#[test]
fn every_label_has_its_english_text_and_every_list_its_name() {
    let mut missing = Vec::new();
    for (code, part) in labelled() {
        if !has_label(Lang::En, &code, part.as_deref()) {
            missing.push(format!("en: {code}.{}", part.unwrap_or_default()));
        } else if part.as_deref() == Some("list") && !has_label(Lang::Ru, &code, Some("list")) {
            missing.push(format!("ru: {code}.list"));
        }
    }
    assert!(missing.is_empty(), "{}", missing.join("\n"));
}

#[test]
fn no_label_is_idle() {
    let labelled = labelled();
    let mut parts: BTreeSet<&str> = labelled.iter().filter_map(|(_, part)| part.as_deref()).collect();
    // The ledger has two sides and a store of its own; its columns are named beside the registers.
    parts.extend(["account"]);
    let mut idle = Vec::new();
    for (lang, name) in [(Lang::Ru, "ru"), (Lang::En, "en")] {
        let mut code = "";
        let sources = kontora::kernel::text::sources(lang);
        let source = sources.iter().find(|source| source.starts_with("# Declared objects"));
        for line in source.expect("a file of declared objects").lines().filter(|line| !line.starts_with('#')) {
            if let Some(part) = line.trim_start().strip_prefix('.') {
                let part = part.split(' ').next().unwrap_or_default();
                let known = match code {
                    "common" => parts.contains(part),
                    code => labelled.contains(&(code.to_owned(), Some(part.to_owned()))),
                };
                if !known {
                    idle.push(format!("{name}: {code}.{part}"));
                }
            } else if let Some((key, _)) = line.split_once('=') {
                code = key.trim();
                let known = labelled.iter().any(|(known, _)| known == code);
                if !known && code != "common" {
                    idle.push(format!("{name}: {code}"));
                }
            }
        }
    }
    assert!(idle.is_empty(), "nobody says\n{}", idle.join("\n"));
}
