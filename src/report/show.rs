//! Cells as people read them, and the whole sheet as a table of plain text.

use super::sheet::{Cell, Head, Line, Row, Sheet};
use crate::kernel::moment::{Date, Moment};
use crate::kernel::money::{Percent, Price, Qty, grouped, plain};
use crate::kernel::text::{Lang, language};
use crate::kernel::value::Type;
use crate::text;
use std::io::Write;

/// A table of plain text is never wider than this in one column.
const WIDEST: usize = 60;

/// A number of a type as people read it in the chosen language.
pub fn number(kind: Type, minor: i64) -> String {
    number_in(language(), kind, minor)
}

/// A number of a type as people read it in a language: `1 234,50` or `1,234.50`.
pub fn number_in(lang: Lang, kind: Type, minor: i64) -> String {
    let russian = match kind {
        Type::Money => grouped(minor, Type::Money.digits()),
        Type::Qty => Qty::from_minor(minor).short(),
        Type::Price => crate::kernel::value::Value::Price(Price::from_minor(minor)).show(kind),
        Type::Percent => Percent::from_minor(minor).grouped(),
        Type::Date => return Date::from_stored(minor).russian(),
        Type::Moment => return Moment::from_stored(minor).russian(),
        other => grouped(minor, other.digits()),
    };
    match lang {
        Lang::Ru => russian,
        Lang::En => russian.replace(',', ".").replace('\u{a0}', ","),
    }
}

/// A number of a type for machines: `1234.50`, `2026-11-23`.
pub fn exact(kind: Type, minor: i64) -> String {
    match kind {
        Type::Date => Date::from_stored(minor).to_string(),
        Type::Moment => Moment::from_stored(minor).to_string(),
        other => plain(minor, other.digits()),
    }
}

/// A cell as people read it: a nought says nothing in a row of many, and something in a total.
pub fn cell(head: &Head, cell: &Cell, line: Line) -> String {
    match cell {
        Cell::Empty => String::new(),
        Cell::Text(text) => text.to_string(),
        Cell::Number(0) if !matches!(line, Line::Total | Line::Closing | Line::Opening) => String::new(),
        Cell::Number(minor) | Cell::Wrong(minor) => number(head.kind, *minor),
    }
}

/// True for a column whose cells stand at the right.
pub const fn at_right(head: &Head) -> bool {
    head.kind.is_number()
}

/// The cells of a row in words, the first one moved to the right by its depth.
fn words(sheet: &Sheet, row: &Row) -> Vec<String> {
    let mut cells: Vec<String> =
        sheet.heads.iter().zip(&row.cells).map(|(head, one)| cell(head, one, row.line)).collect();
    if let Some(first) = cells.first_mut() {
        first.insert_str(0, &"  ".repeat(usize::from(row.level)));
    }
    cells
}

/// Writes the sheet as a table of plain text.
pub fn table(sheet: &Sheet, out: &mut dyn Write) -> std::io::Result<()> {
    writeln!(out, "{}", sheet.title)?;
    for line in &sheet.about {
        writeln!(out, "{line}")?;
    }
    writeln!(out)?;
    let titles: Vec<String> = sheet.heads.iter().map(Head::full).collect();
    let rows: Vec<Vec<String>> = sheet.rows.iter().map(|row| words(sheet, row)).collect();
    let total = sheet.total.as_ref().map(|row| words(sheet, row));
    let width = |at: usize| {
        let cells = rows.iter().chain(&total).filter_map(|row| row.get(at)).chain(titles.get(at));
        cells.map(|cell| cell.chars().count()).max().unwrap_or(0).min(WIDEST)
    };
    let widths: Vec<usize> = (0..sheet.heads.len()).map(width).collect();
    let line = |cells: &[String]| {
        let padded: Vec<String> = cells
            .iter()
            .zip(&widths)
            .zip(&sheet.heads)
            .map(|((cell, width), head)| pad(cell, *width, at_right(head)))
            .collect();
        padded.join("  ").trim_end().to_owned()
    };
    let rule = widths.iter().map(|width| "-".repeat(*width)).collect::<Vec<_>>().join("  ");
    writeln!(out, "{}", line(&titles))?;
    writeln!(out, "{rule}")?;
    for row in &rows {
        writeln!(out, "{}", line(row))?;
    }
    if let Some(total) = &total {
        writeln!(out, "{rule}")?;
        writeln!(out, "{}", line(total))?;
    }
    if sheet.cut {
        writeln!(out, "{}", text!("report-cut", count = super::most_moves()).show())?;
    }
    Ok(())
}

fn pad(cell: &str, width: usize, right: bool) -> String {
    let short = if cell.chars().count() > width {
        let kept: String = cell.chars().take(width.saturating_sub(1)).collect();
        format!("{kept}…")
    } else {
        cell.to_owned()
    };
    // No-break spaces between groups of digits are kept: a terminal shows them as spaces.
    if right { format!("{short:>width$}") } else { format!("{short:width$}") }
}
