//! Rows as a table of tabs and lines: what spreadsheets take.

use super::List;
use super::rows::{ListRow, RowSource};
use super::state::ListState;
use crate::ui::widgets::table::columns::Placed;

/// More rows than this are not taken at once from the window.
const MOST: usize = 20_000;

/// A text without the letters that would end its cell.
pub fn clean(text: &str) -> String {
    text.replace(['\t', '\n', '\r'], " ")
}

/// The meant rows with the titles of the shown columns; `None` when some are not at hand.
pub fn rows(list: &List<'_>, placed: &[Placed], source: &mut dyn RowSource, state: &ListState) -> Option<String> {
    let spans = state.meant(source.len());
    if spans.iter().map(ExactSizeIterator::len).sum::<usize>() > MOST {
        return None;
    }
    let titles: Vec<String> =
        placed.iter().filter_map(|placed| list.columns.get(placed.column)).map(|column| clean(&column.title)).collect();
    let mut out = titles.join("\t");
    for at in spans.into_iter().flatten() {
        out.push('\n');
        out.push_str(&line(source.row(at)?, placed));
    }
    Some(out)
}

/// One row in the order of the shown columns. Numbers lose the blanks between their groups: with them a
/// spreadsheet would take them for words.
fn line(row: &ListRow, placed: &[Placed]) -> String {
    let cell = |placed: &Placed| {
        let text = row.cells.get(placed.column).map(|cell| cell.text.as_str()).unwrap_or_default();
        let number = text.chars().all(|c| c.is_ascii_digit() || matches!(c, '\u{a0}' | ',' | '-' | '.'));
        if number { text.replace('\u{a0}', "") } else { clean(text) }
    };
    placed.iter().map(cell).collect::<Vec<_>>().join("\t")
}
