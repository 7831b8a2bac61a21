//! `forms/<code>.toml` of every catalog and document: there, sound, and nothing needed is left out.

use kontora::domain::registry;
use kontora::kernel::text::{Lang, has_text};
use kontora::kernel::value::Type;
use kontora::ui::app::layout::{EMBEDDED, Layout, layout, parse};
use std::collections::BTreeSet;

fn all() -> Vec<(&'static str, Layout)> {
    let read = |kind: &&dyn kontora::kernel::behaviour::KindOps| {
        let meta = kind.meta();
        let source = EMBEDDED.iter().find(|(code, _)| *code == meta.code);
        let (_, source) = source.unwrap_or_else(|| panic!("{} has no forms/{}.toml", meta.title, meta.code));
        let read = parse(source, meta);
        let told = |found: Vec<kontora::kernel::text::Text>| -> Layout {
            panic!("{}: {:?}", meta.code, found.iter().map(kontora::kernel::text::Text::show).collect::<Vec<_>>())
        };
        (meta.code, read.unwrap_or_else(told))
    };
    registry::KINDS.iter().map(read).collect()
}

#[test]
fn every_kind_has_a_layout_and_every_layout_a_kind() {
    let kinds: BTreeSet<&str> = registry::KINDS.iter().map(|kind| kind.meta().code).collect();
    let files: BTreeSet<&str> = EMBEDDED.iter().map(|(code, _)| *code).collect();
    assert_eq!(kinds, files);
    assert_eq!(all().len(), registry::KINDS.len());
    let mut sorted: Vec<&str> = EMBEDDED.iter().map(|(code, _)| *code).collect();
    sorted.sort_unstable();
    assert!(EMBEDDED.iter().map(|(code, _)| *code).eq(sorted), "the list of layouts is sorted");
}

#[test]
fn what_must_be_filled_in_can_be() {
    let mut missing = Vec::new();
    for (code, layout) in all() {
        let meta = registry::by_code(code).unwrap().meta();
        let shown: BTreeSet<&str> = layout.form.fields().collect();
        // The number of a document, the code and the folder of a catalog are expected on every form.
        let always = |name: &str| matches!(name, "number" | "date" | "code" | "name");
        for field in meta.fields.iter().filter(|field| field.required || always(field.name)) {
            if !shown.contains(field.name) {
                missing.push(format!("{code}.{}", field.name));
            }
        }
        for part in meta.tables {
            let tab = layout.form.tab.iter().find(|tab| tab.table.as_deref() == Some(part.name));
            let Some(tab) = tab else {
                missing.push(format!("{code}: no tab for {}", part.name));
                continue;
            };
            for column in part.fields.iter().filter(|column| column.required) {
                let seen = tab.columns.iter().any(|one| one.field == column.name && !one.extra && !one.read_only);
                if !seen {
                    missing.push(format!("{code}.{}.{}", part.name, column.name));
                }
            }
        }
    }
    assert!(missing.is_empty(), "{}", missing.join("\n"));
}

/// Fields nobody would look for: the program's own notes.
const HIDDEN: [&str; 5] = ["folder", "parent", "state_numbers", "attention", "deviates"];

#[test]
fn nothing_declared_is_out_of_reach() {
    let mut missing = Vec::new();
    for (code, layout) in all() {
        let meta = registry::by_code(code).unwrap().meta();
        let shown: BTreeSet<&str> = layout.form.fields().collect();
        let column: BTreeSet<&str> = layout.list.columns.iter().map(|column| column.field.as_str()).collect();
        for field in meta.fields.iter().filter(|field| !HIDDEN.contains(&field.name)) {
            // Many small catalogs have no use for a comment of documents.
            if !shown.contains(field.name) && !column.contains(field.name) {
                missing.push(format!("{code}.{}", field.name));
            }
        }
        let once: Vec<&str> =
            layout.form.fields().filter(|name| !layout.form.footer.iter().any(|f| f == name)).collect();
        let mut twice = once.clone();
        twice.sort_unstable();
        twice.dedup();
        assert_eq!(once.len(), twice.len(), "{code} names a field twice: {once:?}");
    }
    assert!(missing.is_empty(), "{}", missing.join("\n"));
}

#[test]
fn titles_totals_and_filters_make_sense() {
    for (code, layout) in all() {
        let meta = registry::by_code(code).unwrap().meta();
        for title in layout.form.tab.iter().filter_map(|tab| tab.title.as_deref()) {
            for lang in [Lang::Ru, Lang::En] {
                assert!(has_text(lang, title), "{code}: no words for {title} in {lang:?}");
            }
        }
        for tab in &layout.form.tab {
            assert!(tab.table.is_some() || tab.title.is_some(), "{code}: a tab without a name");
        }
        for name in &layout.form.footer {
            let field = &meta.fields[meta.field(name).unwrap()];
            assert!(field.kind.is_number(), "{code}.{name} is no total");
        }
        for name in layout.form.lines.keys() {
            let field = &meta.fields[meta.field(name).unwrap()];
            assert!(matches!(field.kind, Type::Text), "{code}.{name} has no lines");
        }
        for filter in &layout.list.filters {
            let field = &meta.fields[meta.field(filter).unwrap()];
            // A filter by words asks only whether there are any.
            let fits = matches!(
                field.kind,
                Type::Ref(_) | Type::Choice(_) | Type::Date | Type::Moment | Type::Bool | Type::AnyRef | Type::Text
            );
            assert!(fits, "{code}: a quick filter by {filter} has nothing to choose from");
        }
        assert!(layout.list.columns.iter().any(|column| !column.extra), "{code}: an empty list");
        assert!(layout.list.columns.iter().any(|column| column.stretch.is_some()), "{code}: a list with a ragged edge");
    }
}

#[test]
fn a_broken_layout_of_a_user_is_told_and_the_own_one_taken() {
    let scratch = tempfile::tempdir().unwrap();
    let meta = registry::by_code("brand").unwrap().meta();
    let forms = scratch.path().join("forms");
    std::fs::create_dir_all(&forms).unwrap();
    std::fs::write(forms.join("brand.toml"), "[form]\nleft = [\"nmae\"]\n").unwrap();
    let (own, told) = layout(meta, Some(scratch.path()));
    assert_eq!(told.len(), 1);
    assert!(told[0].show().contains("nmae") && told[0].show().contains("brand.toml"), "{}", told[0].show());
    assert_eq!(own, layout(meta, None).0);
    std::fs::write(forms.join("brand.toml"), "[form]\nleft = [[\"name\", \"code\"]]\n").unwrap();
    let (users, told) = layout(meta, Some(scratch.path()));
    assert!(told.is_empty());
    assert_eq!(users.form.fields().collect::<Vec<_>>(), ["name", "code"]);
}
