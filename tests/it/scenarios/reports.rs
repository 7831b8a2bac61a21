//! What must be true of reports.
//!
//! | line | what it is |
//! |---|---|
//! | `отчет sales [с ДАТЫ] [по ДАТУ] [поля customer,item] [строка "Чайник"] колонка amount = 7320,00` | a figure: of the total, or of the first row called so; `пусто` where there is none |
//!
//! Without dates a report is about everything up to the end of time.

use super::words::Words;
use super::world::{Said, World, day, said};
use kontora::kernel::moment::Moment;
use kontora::report::load::load;
use kontora::report::run::run;
use kontora::report::setup::Setup;
use kontora::report::sheet::{Cell, Head, Row};
use kontora::report::show;
use kontora::report::time::Span;

/// What a report says; `None` when the subject is another.
pub fn found(world: &World, subject: &str) -> Option<Said<String>> {
    let mut words = Words::new(subject);
    words.eat("отчет").then(|| figure(world, &mut words))
}

fn figure(world: &World, words: &mut Words<'_>) -> Said<String> {
    let store = &world.session.store;
    let definition = said(load(store, words.next(), None))?;
    let mut setup = Setup::usual(&definition, world.session.clock.now().date());
    setup.span = Span { from: Moment::EMPTY, until: Moment::FOREVER };
    let (mut called, mut column) = (String::new(), "");
    while !words.is_done() {
        if let Some(from) = words.after("с") {
            setup.span.from = day(from)?.start();
        } else if let Some(until) = words.after("по") {
            setup.span.until = day(until)?.end();
        } else if let Some(fields) = words.after("поля") {
            setup.by = fields.split(',').map(str::to_owned).collect();
        } else if let Some(title) = words.after("строка") {
            title.trim_matches('"').clone_into(&mut called);
        } else if let Some(code) = words.after("колонка") {
            column = code;
        } else {
            return Err(format!("not understood: {}", words.rest()));
        }
    }
    let sheet = said(run(store, &definition, &setup, &|| true))?;
    let at = sheet.head(column).ok_or_else(|| format!("no column {column}"))?;
    let title = |row: &Row| matches!(row.cells.first(), Some(Cell::Text(title)) if **title == *called);
    let row = if called.is_empty() { sheet.total.as_ref() } else { sheet.rows.iter().find(|row| title(row)) };
    let pair: Option<(&Head, &Cell)> = row.and_then(|row| sheet.heads.get(at).zip(row.cells.get(at)));
    Ok(match pair {
        Some((head, Cell::Number(number) | Cell::Wrong(number))) => {
            show::number(head.kind, *number).replace('\u{a0}', "")
        }
        Some((_, Cell::Text(text))) => text.to_string(),
        _ => "пусто".to_owned(),
    })
}
