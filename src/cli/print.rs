//! `print`: documents to a PDF file or to a printer, one job for all of them.

use super::output::{Format, Table};
use super::{DONE, Entry, REFUSED};
use crate::domain::registry;
use crate::kernel::problems::{Error, Outcome};
use crate::kernel::refs::AnyRef;
use crate::kernel::text::Text;
use crate::ops::gate::Session;
use crate::ops::printing::{forms_of, papers};
use crate::print::pdf::pdf;
use crate::print::printer::{Job, Printers};
use crate::text;
use clap::ArgMatches;
use std::io::Write;

/// Where results and sentences go.
pub struct Streams<'a> {
    /// Results.
    pub out: &'a mut dyn Write,
    /// Sentences.
    pub errors: &'a mut dyn Write,
}

/// Lists forms or printers, or prints documents.
pub fn run(
    args: &ArgMatches,
    entry: impl Into<Entry>,
    printers: &dyn Printers,
    streams: &mut Streams<'_>,
) -> Outcome<u8> {
    if let Some(code) = args.get_one::<String>("list") {
        return forms(code, streams);
    }
    if args.get_flag("printers") {
        return list_printers(printers, streams);
    }
    print(args, &entry.into().open()?, printers, streams)
}

fn forms(code: &str, streams: &mut Streams<'_>) -> Outcome<u8> {
    let Some(kind) = registry::by_code(code) else {
        return Err(Error::refused(text!("load-type-unknown", type = code)));
    };
    let mut table = Table::new(&[("form", text!("cli-col-form").show()), ("title", text!("cli-col-title").show())]);
    for form in forms_of(kind.meta().tag) {
        table.rows.push(vec![form.code.to_owned(), form.title().show()]);
    }
    table.write(Format::Table, streams.out)?;
    Ok(DONE)
}

fn list_printers(printers: &dyn Printers, streams: &mut Streams<'_>) -> Outcome<u8> {
    let mut table =
        Table::new(&[("printer", text!("cli-col-printer").show()), ("default", text!("cli-col-default").show())]);
    for printer in printers.list().map_err(failed)? {
        let default = if printer.default { text!("yes").show() } else { String::new() };
        table.rows.push(vec![printer.name, default]);
    }
    table.write(Format::Table, streams.out)?;
    Ok(DONE)
}

/// A device that failed, not a mistake of the command line.
fn failed(said: Text) -> Error {
    Error::Failed(said, String::new())
}

fn print(args: &ArgMatches, session: &Session, printers: &dyn Printers, streams: &mut Streams<'_>) -> Outcome<u8> {
    let form = args.get_one::<String>("form").map_or("", String::as_str);
    let named: Vec<&String> = args.get_many::<String>("document").into_iter().flatten().collect();
    if named.is_empty() {
        return Err(Error::refused(text!("cli-print-nothing")));
    }
    let find = |tx: &mut crate::ops::gate::Tx<'_>| {
        named.iter().map(|name| tx.any_reference(&serde_json::Value::from(name.as_str()))).collect::<Outcome<Vec<_>>>()
    };
    let asked: Vec<(AnyRef, String)> =
        session.rehearse(find)?.into_iter().map(|reference| (reference, form.to_owned())).collect();
    let papers = papers(session, &asked)?;
    let mut tell = |said: &Text| {
        writeln!(streams.errors, "{}", said.show())
            .map_err(|error| Error::Failed(text!("cli-write-failed"), error.to_string()))
    };
    papers.notes.iter().chain(papers.blanks.iter().map(|blank| &blank.text)).try_for_each(&mut tell)?;
    if !papers.blanks.is_empty() && !args.get_flag("force") {
        tell(&text!("cli-print-blanks", count = papers.blanks.len()))?;
        return Ok(REFUSED);
    }
    let bytes = pdf(&papers.pages, session.clock.now()).map_err(failed)?;
    let file = args.get_one::<String>("out");
    if let Some(path) = file {
        write_file(path, &bytes, streams.out)?;
    }
    let printer = args.get_one::<String>("printer").map(String::as_str);
    if file.is_none() || printer.is_some() {
        let copies = args.get_one::<u16>("copies").copied().unwrap_or(1);
        let job = Job { printer, title: &papers.pages.title, copies, pdf: &bytes, pages: &papers.pages };
        printers.print(&job).map_err(failed)?;
    }
    let pages = papers.pages.pages.len();
    let said = text!("cli-print-done", documents = asked.len(), pages = pages);
    // A PDF on the standard output is followed by nothing.
    let target: &mut dyn Write = if file.is_some_and(|path| path == "-") { streams.errors } else { streams.out };
    writeln!(target, "{}", said.show()).map_err(|error| Error::Failed(text!("cli-write-failed"), error.to_string()))?;
    Ok(DONE)
}

fn write_file(path: &str, bytes: &[u8], out: &mut dyn Write) -> Outcome<()> {
    let failed = |error: std::io::Error| Error::Failed(text!("file-not-written", file = path), error.to_string());
    if path == "-" { out.write_all(bytes).map_err(failed) } else { std::fs::write(path, bytes).map_err(failed) }
}
