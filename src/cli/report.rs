//! `kontora report`: a report by its code, as a table, for other programs, as a spreadsheet or on pages.

use super::commands::{say, text_arg};
use super::output::{Format, Table};
use super::{DONE, args};
use crate::domain::company::rights::Right;
use crate::domain::registry;
use crate::kernel::moment::Date;
use crate::kernel::problems::{Error, Outcome, Problems};
use crate::kernel::text::Text;
use crate::kernel::value::{Type, Value};
use crate::ops::gate::Session;
use crate::ops::load::references::find;
use crate::ops::printing::custom_folder;
use crate::report::declare::{Definition, Field, FieldKind, Time, Tree};
use crate::report::load::{all_codes, load};
use crate::report::setup::{Setup, preset_named};
use crate::report::sheet::Sheet;
use crate::report::time::{parse_from, parse_until};
use crate::report::{export, paper, run, show, xlsx};
use crate::store::base::Store;
use crate::text;
use clap::{ArgAction, ArgMatches, Command};
use std::io::Write;

/// Its arguments.
pub fn command() -> Command {
    args::sub("report", "cli-report")
        .arg(args::arg("code", "cli-arg-report-code"))
        .arg(args::option("from", "cli-arg-from"))
        .arg(args::option("until", "cli-arg-until"))
        .arg(args::option("at", "cli-arg-at").conflicts_with_all(["from", "until", "period"]))
        .arg(args::option("period", "cli-arg-period").conflicts_with_all(["from", "until"]))
        .arg(args::option("by", "cli-arg-by"))
        .arg(args::option("filter", "cli-arg-filter").action(ArgAction::Append))
        .arg(args::option("sort", "cli-arg-sort").allow_hyphen_values(true))
        .arg(args::option("moves", "cli-arg-moves"))
        .arg(
            args::option("format", "cli-arg-report-format")
                .value_parser(["table", "json", "csv", "xlsx", "pdf"])
                .default_value("table"),
        )
        .arg(args::option("out", "cli-arg-out"))
}

/// Makes a report, or lists all of them.
pub fn report(matches: &ArgMatches, session: &Session, out: &mut dyn Write) -> Outcome<u8> {
    let custom = custom_folder(&session.store);
    let code = text_arg(matches, "code");
    if code.is_empty() {
        let mut table = Table::new(&[("code", text!("cli-col-code").show()), ("title", text!("cli-col-title").show())]);
        for code in all_codes(custom.as_deref()) {
            let label = load(&session.store, &code, custom.as_deref()).map(|definition| definition.label());
            table.rows.push(vec![code, label.unwrap_or_else(|error| error.sentence())]);
        }
        table.write(Format::Table, out)?;
        return Ok(DONE);
    }
    let definition = load(&session.store, code, custom.as_deref())?;
    let setup = setup_of(matches, session, &definition)?;
    let sheet = run::run(&session.store, &definition, &setup, &|| true)?;
    if matches!(text_arg(matches, "format"), "json" | "csv" | "xlsx") {
        session.require(Right::Export)?;
    }
    let bytes = written(&sheet, text_arg(matches, "format"), session)?;
    let path = text_arg(matches, "out");
    if path.is_empty() {
        return match out.write_all(&bytes) {
            Ok(()) => Ok(DONE),
            Err(error) => Err(Error::Failed(text!("cli-write-failed"), error.to_string())),
        };
    }
    std::fs::write(path, &bytes)
        .map_err(|error| Error::Failed(text!("file-not-written", file = path), error.to_string()))?;
    say(out, &text!("cli-report-done", file = path, rows = sheet.rows.len()).show())?;
    Ok(DONE)
}

fn written(sheet: &Sheet, format: &str, session: &Session) -> Outcome<Vec<u8>> {
    let failed = |said: Text| Error::Failed(said, String::new());
    match format {
        "json" => Ok(export::json(sheet)),
        "csv" => export::csv(sheet).map_err(failed),
        "xlsx" => xlsx::xlsx(sheet, session.clock.now()).map_err(failed),
        "pdf" => crate::print::pdf::pdf(&paper::pages(sheet), session.clock.now()).map_err(failed),
        _ => {
            let mut bytes = Vec::new();
            show::table(sheet, &mut bytes)
                .map_err(|error| Error::Failed(text!("cli-write-failed"), error.to_string()))?;
            Ok(bytes)
        }
    }
}

/// The choice made on the command line; everything wrong with it at once.
fn setup_of(matches: &ArgMatches, session: &Session, definition: &Definition) -> Outcome<Setup> {
    let today = session.clock.now().date();
    let mut setup = Setup::usual(definition, today);
    let mut problems = Problems::new();
    period(matches, definition, &mut setup, today, &mut problems);
    if let Some(by) = matches.get_one::<String>("by") {
        setup.by = by.split(',').map(str::trim).filter(|code| !code.is_empty()).map(str::to_owned).collect();
    }
    if let Some(sort) = matches.get_one::<String>("sort") {
        let column = sort.strip_prefix('-').unwrap_or(sort);
        setup.sort = Some((column.to_owned(), column.len() != sort.len()));
    }
    setup.moves = matches.get_one::<String>("moves").cloned();
    for filter in matches.get_many::<String>("filter").into_iter().flatten() {
        let Some((code, called)) = filter.split_once('=') else {
            problems.add(text!("cli-filter-shape", filter = filter));
            continue;
        };
        let Some(field) = definition.field(code).and_then(|at| definition.fields.get(at)) else {
            let known = definition.fields.iter().map(|field| field.code.as_str()).collect::<Vec<_>>().join(", ");
            problems.add(text!("report-no-field", field = code, known = known));
            continue;
        };
        match values(&session.store, field, called, today)? {
            Ok(found) => {
                let mut all = setup.values(code).to_vec();
                all.extend(found);
                setup.set(code, all);
            }
            Err(problem) => problems.add(problem),
        }
    }
    if let Err(Error::Refused(found, _)) = setup.check(definition) {
        problems.0.extend(found.0);
    }
    problems.result().map_err(Error::from)?;
    Ok(setup)
}

fn period(matches: &ArgMatches, definition: &Definition, setup: &mut Setup, today: Date, problems: &mut Problems) {
    let given = |name: &str| matches.get_one::<String>(name).map(String::as_str);
    if let Some(code) = given("period") {
        match preset_named(code) {
            Some(preset) => setup.span = preset.span(today),
            None => problems.add(text!("cli-period-unknown", period = code)),
        }
    }
    let mut take = |name: &str, parse: &dyn Fn(&str) -> Result<crate::kernel::moment::Moment, Text>| {
        given(name).and_then(|typed| match parse(typed) {
            Ok(moment) => Some(moment),
            Err(problem) => {
                problems.add(problem);
                None
            }
        })
    };
    let from = take("from", &|typed| parse_from(typed, today));
    let until = take("until", &|typed| parse_until(typed, today));
    let at = take("at", &|typed| parse_until(typed, today));
    if let Some(from) = from {
        setup.span.from = from;
        // A period from a day on goes to today, not to the end of some month before it.
        if until.is_none() {
            setup.span.until = setup.span.until.max(from.date().end()).max(today.end());
        }
    }
    let at = at.filter(|_| {
        let about_moment = definition.time != Time::Period;
        if !about_moment {
            problems.add(text!("cli-report-no-at", report = definition.label()));
        }
        about_moment
    });
    setup.span.until = until.or(at).unwrap_or(setup.span.until);
    if until.is_some() && from.is_none() && definition.time == Time::Period {
        setup.span.from = crate::kernel::moment::Moment::EMPTY;
    }
    if from.is_some() && definition.time == Time::Moment && setup.moves.is_none() && given("moves").is_none() {
        problems.add(text!("cli-report-no-from", report = definition.label()));
    }
}

/// What a value is called on the command line, as stored.
fn values(store: &Store, field: &Field, called: &str, today: Date) -> Outcome<Result<Vec<i64>, Text>> {
    if called.is_empty() {
        return Ok(Ok(vec![0]));
    }
    match field.kind {
        FieldKind::Object(meta) => {
            if field.tree == Tree::Codes {
                let ids: Vec<i64> = store.accounts_under(called)?.into_iter().map(|(id, _)| id).collect();
                if !ids.is_empty() {
                    return Ok(Ok(ids));
                }
            }
            let missing = || text!("reference-missing", called = called, kind = meta.label());
            let Some(kind) = registry::ops(meta) else { return Ok(Err(missing())) };
            Ok(find(store, kind, called)?
                .and_then(|found| if found.is_empty() { Err(missing()) } else { Ok(vec![found.id()]) }))
        }
        FieldKind::Any => {
            let Some((code, key)) = called.split_once(':') else {
                return Ok(Err(text!("load-any-ref-shape", value = called)));
            };
            let Some(kind) = registry::by_code(code) else { return Ok(Err(text!("load-type-unknown", type = code))) };
            let missing = || text!("reference-missing", called = key, kind = kind.meta().label());
            Ok(find(store, kind, key)?
                .and_then(|found| if found.is_empty() { Err(missing()) } else { Ok(vec![found.packed()]) }))
        }
        FieldKind::Day => Ok(parse_from(called, today).map(|moment| vec![moment.date().stored()])),
        FieldKind::Month => Ok(parse_from(called, today).map(|moment| vec![moment.month().stored()])),
        FieldKind::Value(kind) => Ok(plain(kind, called, today)),
    }
}

fn plain(kind: Type, called: &str, today: Date) -> Result<Vec<i64>, Text> {
    Value::parse(kind, called, today).map(|value| vec![value.cell(kind)])
}
