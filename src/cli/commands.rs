//! The commands themselves, thin: read arguments, call a use case, show what came of it.

use super::output::{Format, Table, shown_ref};
use super::{DONE, Entry, FAULTS, REFUSED, backups, orders};
use crate::domain::company::rights::{Act, Right};
use crate::domain::registry;
use crate::kernel::behaviour::KindOps;
use crate::kernel::clock::Clock;
use crate::kernel::meta::FieldMeta;
use crate::kernel::problems::{Error, Outcome};
use crate::kernel::value::{Type, Value};
use crate::ops::check::check;
use crate::ops::export::export;
use crate::ops::gate::{Op, Session};
use crate::ops::load::{BadLine, Loaded, load, load_each};
use crate::ops::present::Titles;
use crate::ops::save::How;
use crate::ops::undo::{self, Scope};
use crate::ops::{demo, seed, transfer};
use crate::store::address::Address;
use crate::store::lists::{Anchor, ListQuery};
use crate::text;
use clap::ArgMatches;
use std::io::Write;

/// Runs a command by name.
pub fn run(name: &str, args: &ArgMatches, entry: &Entry, out: &mut dyn Write) -> Outcome<u8> {
    match name {
        "new" => new(args, out),
        "load" => load_file(args, &entry.open()?, out),
        "describe" => describe(args, out),
        "post" => post(args, &entry.open()?, out),
        "import" => match args.subcommand() {
            Some(("orders", args)) => orders::import(args, &entry.open()?, out),
            Some(("lines", args)) => orders::lines(args, &entry.open()?, out),
            Some(("bind", args)) => orders::bind(args, &entry.open()?, out),
            _ => Ok(super::USAGE),
        },
        "supply" => orders::supply(args, &entry.open()?, out),
        "export" => export_file(args, &entry.open()?, out),
        "report" => super::report::report(args, &entry.open()?, out),
        "check" => prove(args, &entry.open()?, out),
        "list" => list(args, &entry.open()?, out),
        "undo" => take_back(args, &entry.open()?, out),
        "copy" => copy(args, &entry.open()?, out),
        "backup" => backups::backup(args, entry, out),
        "restore" => backups::restore(args, entry, out),
        _ => Ok(super::USAGE),
    }
}

/// An argument as text, empty when it was not given.
pub(super) fn text_arg<'a>(args: &'a ArgMatches, name: &str) -> &'a str {
    args.get_one::<String>(name).map_or("", String::as_str)
}

/// Writes a line of the result.
pub(super) fn say(out: &mut dyn Write, line: &str) -> Outcome<()> {
    writeln!(out, "{line}").map_err(|error| Error::Failed(text!("cli-write-failed"), error.to_string()))
}

/// Reads a file, or the standard input for `-`.
pub(super) fn read(path: &str) -> Outcome<Vec<u8>> {
    let failed = |error: std::io::Error| Error::Failed(text!("file-not-read", file = path), error.to_string());
    if path == "-" {
        let mut bytes = Vec::new();
        std::io::Read::read_to_end(&mut std::io::stdin(), &mut bytes).map_err(failed)?;
        return Ok(bytes);
    }
    std::fs::read(path).map_err(failed)
}

fn new(args: &ArgMatches, out: &mut dyn Write) -> Outcome<u8> {
    let address = Address::named(text_arg(args, "file"));
    if args.get_flag("demo") {
        demo::create(&address, Clock::system(), &mut |_, _| true)?;
        say(out, &text!("cli-new-done", file = address.shown()).show())?;
        return Ok(DONE);
    }
    match args.get_one::<String>("regime") {
        Some(regime) => seed::create_under(&address, Clock::system(), regime)?,
        None => seed::create(&address, Clock::system())?,
    };
    say(out, &text!("cli-new-done", file = address.shown()).show())?;
    Ok(DONE)
}

fn load_file(args: &ArgMatches, session: &Session, out: &mut dyn Write) -> Outcome<u8> {
    let bytes = read(text_arg(args, "file"))?;
    let source = String::from_utf8(bytes).map_err(|_| Error::refused(text!("load-not-utf8")))?;
    let source = source.strip_prefix('\u{feff}').unwrap_or(&source);
    let (loaded, bad) = if args.get_flag("each") {
        load_each(session, source, &mut |_| true)
    } else {
        match load(session, source, &mut |_| true) {
            Ok(loaded) => (loaded, Vec::new()),
            Err(bad) => (Loaded::default(), bad),
        }
    };
    for BadLine { line, error } in &bad {
        for sentence in error.sentence().lines() {
            say(out, &text!("load-bad-line", line = *line, reason = sentence).show())?;
        }
    }
    let (created, changed, same) = (loaded.created, loaded.changed, loaded.same);
    say(out, &text!("load-done", created = created, changed = changed, same = same, bad = bad.len()).show())?;
    Ok(if bad.is_empty() { DONE } else { REFUSED })
}

fn describe(args: &ArgMatches, out: &mut dyn Write) -> Outcome<u8> {
    let format = Format::named(text_arg(args, "format"));
    let wanted = text_arg(args, "type");
    if wanted.is_empty() {
        let mut table = Table::new(&[
            ("type", text!("cli-col-type").show()),
            ("kind", text!("cli-col-kind").show()),
            ("title", text!("cli-col-title").show()),
        ]);
        for kind in registry::KINDS {
            let meta = kind.meta();
            let what = match meta.kind {
                crate::kernel::meta::Kind::Catalog => text!("cli-catalog"),
                crate::kernel::meta::Kind::Document => text!("cli-document"),
            };
            table.rows.push(vec![meta.code.to_owned(), what.show(), meta.label()]);
        }
        table.write(format, out)?;
        return Ok(DONE);
    }
    let Some(kind) = registry::by_code(wanted) else {
        return Err(Error::refused(text!("load-type-unknown", type = wanted)));
    };
    let mut table = Table::new(&[
        ("table", text!("cli-col-table").show()),
        ("field", text!("cli-col-field").show()),
        ("type", text!("cli-col-type").show()),
        ("required", text!("cli-col-required").show()),
        ("title", text!("cli-col-title").show()),
    ]);
    let meta = kind.meta();
    let bases: Vec<&str> =
        kind.bases().iter().filter_map(|tag| registry::by_tag(*tag)).map(|k| k.meta().code).collect();
    if !bases.is_empty() {
        // `load` fills a new document on the basis that the member `on` names.
        let shape = format!("{}:key", bases.join("|"));
        table.rows.push(vec![String::new(), "on".to_owned(), shape, String::new(), text!("cli-on-basis").show()]);
    }
    for field in meta.fields.iter().filter(|field| !kind.computed().contains(&field.name)) {
        table.rows.push(field_row("", field, meta.field_label(field)));
    }
    for part in meta.tables {
        for field in part.fields {
            table.rows.push(field_row(part.name, field, meta.column_label(part, field)));
        }
    }
    table.write(format, out)?;
    Ok(DONE)
}

fn field_row(table: &str, field: &FieldMeta, label: String) -> Vec<String> {
    let kind = match field.kind {
        Type::Bool => "bool".to_owned(),
        Type::Int => "int".to_owned(),
        Type::Text => "text".to_owned(),
        Type::Money => "money".to_owned(),
        Type::Qty => "qty".to_owned(),
        Type::Price => "price".to_owned(),
        Type::Percent => "percent".to_owned(),
        Type::Rate => "rate".to_owned(),
        Type::Date => "date".to_owned(),
        Type::Moment => "moment".to_owned(),
        Type::Ref(target) => format!("-> {}", target().code),
        Type::AnyRef => "-> type:key".to_owned(),
        Type::Choice(choice) => choice.allowed(),
    };
    let required = if field.required { text!("yes").show() } else { String::new() };
    vec![table.to_owned(), field.name.to_owned(), kind, required, label]
}

fn post(args: &ArgMatches, session: &Session, out: &mut dyn Write) -> Outcome<u8> {
    let named: Vec<&String> = args.get_many::<String>("document").into_iter().flatten().collect();
    let (op, how) = if args.get_flag("undo") { (Op::Unpost, How::Unpost) } else { (Op::Post, How::Post) };
    session.run(op, |tx| {
        for name in &named {
            let reference = tx.any_reference(&serde_json::Value::from(name.as_str()))?;
            let Some(mut object) = tx.store.load(reference)? else { continue };
            tx.save(object.as_mut(), how)?;
        }
        Ok(())
    })?;
    say(out, &text!("cli-post-done", count = named.len()).show())?;
    Ok(DONE)
}

fn take_back(args: &ArgMatches, session: &Session, out: &mut dyn Write) -> Outcome<u8> {
    let done = if args.get_flag("show") {
        undo::next(session, Scope::User)?.unwrap_or_else(|| text!("undo-nothing"))
    } else if args.get_flag("redo") {
        undo::redo(session, Scope::User)?.sentence()
    } else {
        undo::undo(session, Scope::User)?.sentence()
    };
    say(out, &done.show())?;
    Ok(DONE)
}

fn export_file(args: &ArgMatches, session: &Session, out: &mut dyn Write) -> Outcome<u8> {
    let named: Vec<&String> = args.get_many::<String>("type").into_iter().flatten().collect();
    let mut kinds: Vec<&dyn KindOps> = Vec::new();
    for code in &named {
        match registry::by_code(code) {
            Some(kind) => kinds.push(kind),
            None => return Err(Error::refused(text!("load-type-unknown", type = code.as_str()))),
        }
    }
    if named.is_empty() {
        let rights = session.rights()?;
        kinds.extend(registry::KINDS.iter().filter(|kind| rights.may(Act::Read, kind.meta().code)));
    }
    let path = text_arg(args, "out");
    let failed = |error: std::io::Error| Error::Failed(text!("file-not-written", file = path), error.to_string());
    let mut file = if path.is_empty() { None } else { Some(std::fs::File::create(path).map_err(failed)?) };
    let mut trouble = None;
    export(session, &kinds, &mut |line| {
        let written = match file.as_mut() {
            Some(file) => writeln!(file, "{line}"),
            None => writeln!(out, "{line}"),
        };
        trouble = written.err().map(failed);
        trouble.is_none()
    })?;
    trouble.map_or(Ok(()), Err)?;
    Ok(DONE)
}

fn prove(args: &ArgMatches, session: &Session, out: &mut dyn Write) -> Outcome<u8> {
    session.require(Right::Maintain)?;
    let report = check(session, &mut |_| true)?;
    let mut table = Table::new(&[("what", text!("cli-col-proved").show()), ("rows", text!("cli-col-rows").show())]);
    for (what, rows) in &report.proved {
        table.rows.push(vec![what.show(), rows.to_string()]);
    }
    table.write(Format::named(text_arg(args, "format")), out)?;
    for fault in &report.faults {
        say(out, &fault.show())?;
    }
    let verdict =
        if report.is_clean() { text!("check-clean") } else { text!("check-faults", count = report.faults.len()) };
    say(out, &verdict.show())?;
    Ok(if report.is_clean() { DONE } else { FAULTS })
}

fn list(args: &ArgMatches, session: &Session, out: &mut dyn Write) -> Outcome<u8> {
    let code = text_arg(args, "type");
    let Some(kind) = registry::by_code(code) else {
        return Err(Error::refused(text!("load-type-unknown", type = code)));
    };
    let meta = kind.meta();
    let mut query = ListQuery::usual(meta, (0..meta.fields.len()).collect());
    text_arg(args, "search").clone_into(&mut query.search);
    query.descending = meta.kind == crate::kernel::meta::Kind::Document;
    let limit = text_arg(args, "limit").parse().unwrap_or(50);
    let mut table = Table { columns: vec![("ref".to_owned(), text!("cli-col-ref").show())], rows: Vec::new() };
    table.columns.extend(meta.fields.iter().map(|field| (field.name.to_owned(), meta.field_label(field))));
    let facts = session.facts();
    let mut titles = Titles::default();
    for line in session.store.list_page(&query, &Anchor::Start, limit)? {
        let mut row = vec![shown_ref(line.reference)];
        for (field, cell) in meta.fields.iter().zip(line.cells) {
            let value = Value::from_stored(field.kind, cell);
            row.push(match &value {
                Value::Ref(reference) => titles.of(*reference, &session.store, &facts)?,
                plain => plain.show(field.kind),
            });
        }
        table.rows.push(row);
    }
    table.write(Format::named(text_arg(args, "format")), out)?;
    Ok(DONE)
}

fn copy(args: &ArgMatches, session: &Session, out: &mut dyn Write) -> Outcome<u8> {
    session.require(Right::Maintain)?;
    let address = Address::named(text_arg(args, "base-to"));
    let (_, moved) = transfer::copy(session, &address, &mut |_, _| true)?;
    let (tables, rows, faults) = (moved.digests.len(), moved.rows(), moved.report.faults.len());
    say(out, &text!("copy-done", base = address.shown(), tables = tables, rows = rows, faults = faults).show())?;
    Ok(DONE)
}
