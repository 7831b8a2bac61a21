//! A sheet as a table to be printed.

use super::sheet::{Line, Row, Sheet};
use super::show::{at_right, cell};
use crate::print::grid::{Grid, GridHead, GridRow, pages as grid_pages};
use crate::print::pages::Pages;
use crate::text;

/// Lays a sheet out on pages.
pub fn pages(sheet: &Sheet) -> Pages {
    let heads = sheet.heads.iter().map(|head| GridHead {
        title: head.title.clone(),
        group: head.group.clone(),
        number: at_right(head),
    });
    let row = |row: &Row| GridRow {
        cells: sheet.heads.iter().zip(&row.cells).map(|(head, one)| cell(head, one, row.line)).collect(),
        level: row.level,
        bold: row.line != Line::Leaf,
        shaded: matches!(row.line, Line::Total | Line::Closing),
    };
    let mut about = sheet.about.clone();
    if sheet.cut {
        about.push(text!("report-cut", count = super::most_moves()).show());
    }
    grid_pages(&Grid {
        title: sheet.title.clone(),
        about,
        heads: heads.collect(),
        rows: sheet.rows.iter().chain(&sheet.total).map(row).collect(),
    })
}
