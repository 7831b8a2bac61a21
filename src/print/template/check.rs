//! What a template says must make sense on paper: cells on the sheet, columns that totals name, labels.

use super::pattern::is_name;
use super::{Body, Cell, OWN_FIELDS, Panel, Table, Template, leaves};
use crate::kernel::text::Text;
use crate::text;

/// Rounding of sums of millimetres.
const SLACK: f32 = 0.05;
/// Smaller letters cannot be read on paper.
const LEAST_SIZE: f32 = 4.0;
/// A smaller sheet is a mistake; the smallest label is 25 mm high.
const LEAST_SHEET: f32 = 10.0;

/// Everything that is wrong.
pub(super) fn check(template: &Template) -> Vec<Text> {
    let mut problems = Vec::new();
    let page = &template.page;
    if page.width < LEAST_SHEET || page.height < LEAST_SHEET || page.top + page.bottom > page.height - LEAST_SHEET {
        return vec![text!("print-template-sheet")];
    }
    if template.size < LEAST_SIZE {
        problems.push(text!("print-template-letters", cell = text!("print-template-whole")));
    }
    panel(template, &template.fixed, page.height, &mut problems);
    for block in &template.blocks {
        match &block.body {
            Body::Panel(inner) => panel(template, inner, page.height - page.top - page.bottom, &mut problems),
            Body::Table(inner) => table(template, inner, &mut problems),
        }
    }
    for name in &template.required {
        if !template.fields.contains_key(name) {
            problems.push(text!("print-template-required", field = name));
        }
    }
    let declared = template.fields.keys().chain(template.tables.keys());
    let columns = template.tables.values().flat_map(|columns| columns.keys());
    for name in declared.chain(columns).filter(|name| !is_name(name) || OWN_FIELDS.contains(&name.as_str())) {
        problems.push(text!("print-template-name", name = name));
    }
    problems
}

/// How a person finds the cell in the file.
fn describe(cell: &Cell) -> String {
    let said = cell.text.show(&|name| format!("{{{name}}}"));
    let start: String = said.chars().take(30).collect();
    format!("x = {}, y = {} «{start}»", cell.x, cell.y)
}

fn panel(template: &Template, panel: &Panel, height: f32, problems: &mut Vec<Text>) {
    let width = template.page.width;
    for (at, cell) in panel.cells.iter().enumerate() {
        if cell.x + cell.w > width + SLACK || cell.y + cell.h > height + SLACK {
            problems.push(text!("print-template-outside", cell = describe(cell)));
        }
        if cell.size.is_some_and(|size| size < LEAST_SIZE) {
            problems.push(text!("print-template-letters", cell = describe(cell)));
        }
        if cell.rest && at == 0 {
            problems.push(text!("print-template-rest", cell = describe(cell)));
        }
        if cell.text.fields().contains(&"sum") {
            problems.push(text!("print-template-sum", cell = describe(cell)));
        }
        if cell.code.is_some() && cell.text.is_empty() {
            problems.push(text!("print-template-code", cell = describe(cell)));
        }
    }
    for line in &panel.lines {
        if line.x1.max(line.x2) > width + SLACK || line.y1.max(line.y2) > height + SLACK {
            let cell = format!("line x1 = {}, y1 = {}", line.x1, line.y1);
            problems.push(text!("print-template-outside", cell = cell));
        }
    }
}

fn table(template: &Template, table: &Table, problems: &mut Vec<Text>) {
    let name = &table.source;
    let columns = leaves(&table.columns);
    if columns.is_empty() {
        problems.push(text!("print-template-no-columns", table = name));
    }
    let width: f32 = columns.iter().map(|column| column.w).sum();
    if table.x + width > template.page.width + SLACK {
        problems.push(text!("print-template-table-wide", table = name));
    }
    for column in columns.iter().filter(|column| column.w < 1.0) {
        problems.push(text!("print-template-column-width", table = name, column = &column.head));
    }
    if table.size < LEAST_SIZE || table.head_size < LEAST_SIZE {
        problems.push(text!("print-template-letters", cell = name));
    }
    let find = |wanted: &str| columns.iter().position(|column| column.field.as_deref() == Some(wanted));
    for total in &table.totals {
        let named = total.cells.iter().flat_map(|cell| [Some(&cell.column), cell.to.as_ref()]).flatten();
        for wanted in named.chain(&total.label_from).filter(|wanted| find(wanted).is_none()) {
            problems.push(text!("print-template-total-column", table = name, column = wanted));
        }
        let mut end = None;
        for cell in &total.cells {
            let (first, last) = (find(&cell.column), find(cell.to.as_ref().unwrap_or(&cell.column)));
            if first.is_some() && last.is_some() && (first <= end || last < first) {
                problems.push(text!("print-template-total-order", table = name, column = &cell.column));
            }
            end = end.max(last);
        }
    }
}
