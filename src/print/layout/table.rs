//! A table: its head, its rows, its sums.

use super::cell::{BOX, PAD_X, PAD_Y, Painter, Style};
use super::{Area, Values};
use crate::kernel::money::{grouped, parse_decimal};
use crate::print::data::Row;
use crate::print::fit::{Room, height_mm, printable};
use crate::print::fonts::Face;
use crate::print::pages::Item;
use crate::print::template::{Align, Borders, Column, Scope, Table, Template, Total, TotalCell, VerticalAlign, leaves};
use rust_decimal::Decimal;
use std::ops::Range;

/// Least height of a level of the head, mm.
const HEAD_LEVEL_MM: f32 = 4.0;
/// Air of a row above and below its text together, beside that of a cell, mm.
const ROW_AIR_MM: f32 = 0.6;
/// A row with something in this column is bold.
const BOLD_MARK: &str = "bold";

/// A table with its measures.
pub(super) struct Laid<'a> {
    template: &'a Template,
    table: &'a Table,
    rows: &'a [Row],
    columns: Vec<&'a Column>,
    /// Left edges of the columns and the right edge of the last, mm.
    edges: Vec<f32>,
    levels: Vec<f32>,
    /// Heights of rows, mm.
    pub heights: Vec<f32>,
}

impl<'a> Laid<'a> {
    /// Measures a table; a row may be as high as `most`, mm.
    pub fn new(template: &'a Template, table: &'a Table, values: Values<'a>, most: f32) -> Self {
        let columns = leaves(&table.columns);
        let mut edges = vec![table.x];
        for column in &columns {
            edges.push(edges.last().copied().unwrap_or_default() + column.w);
        }
        let rows = values.data.rows(&table.source);
        let mut laid = Self { template, table, rows, columns, edges, levels: Vec::new(), heights: Vec::new() };
        laid.levels = laid.measure_head();
        laid.heights = rows.iter().map(|row| laid.measure_row(row).min(most)).collect();
        laid
    }

    fn style(&self, bold: bool) -> Style {
        Style {
            face: Face { family: self.template.family, bold },
            size: self.table.size,
            align: Align::Left,
            valign: VerticalAlign::Middle,
            border: if self.table.frame { BOX } else { Borders::default() },
            thick: self.table.thick.unwrap_or(self.template.thick),
            wrap: true,
            shrink: true,
            turned: false,
            strike: false,
            fill: 0,
        }
    }

    fn head_style(&self) -> Style {
        let style = self.style(self.table.head_bold);
        Style { size: self.table.head_size, align: Align::Center, fill: self.table.head_fill, ..style }
    }

    /// The height of a text in a width, mm.
    fn needed(&self, text: &str, width: f32, style: &Style) -> f32 {
        let (text, _) = printable(style.face, text);
        let widths = [width - 2.0 * PAD_X];
        let room =
            Room { face: style.face, size_pt: style.size, widths: &widths, height: None, wrap: true, shrink: true };
        height_mm(&text, &room) + 2.0 * PAD_Y
    }

    /// Heights of the head's levels: groups need their own level, leaves reach down to the last.
    fn measure_head(&self) -> Vec<f32> {
        let has_head = |column: &&Column| !column.head.is_empty();
        if !self.columns.iter().any(has_head) && depth(&self.table.columns) < 2 {
            return Vec::new();
        }
        let least = |level: usize| self.table.head_heights.get(level).copied().unwrap_or(HEAD_LEVEL_MM);
        let mut levels: Vec<f32> = (0..depth(&self.table.columns)).map(least).collect();
        let style = self.head_style();
        for group in [true, false] {
            self.measure_heads(&self.table.columns, 0, group, &style, &mut levels);
        }
        levels
    }

    fn measure_heads(&self, columns: &[Column], level: usize, groups: bool, style: &Style, levels: &mut Vec<f32>) {
        for column in columns {
            let is_group = !column.columns.is_empty();
            if is_group == groups {
                let width: f32 = leaves(std::slice::from_ref(column)).iter().map(|leaf| leaf.w).sum();
                let end = if is_group { level + 1 } else { levels.len() };
                let have: f32 = levels.get(level..end).unwrap_or_default().iter().sum();
                let lacks = self.needed(&column.head, width, style) - have;
                if let Some(last) = levels.get_mut(end - 1).filter(|_| lacks > 0.0) {
                    *last += lacks;
                }
            }
            self.measure_heads(&column.columns, level + 1, groups, style, levels);
        }
    }

    fn measure_row(&self, row: &Row) -> f32 {
        let style = self.row_style(row);
        let wrapped = self.columns.iter().filter(|column| column.wrap && column.code.is_none());
        let needed = wrapped.map(|column| self.needed(&shown(column, row), column.w, &style) + ROW_AIR_MM);
        needed.fold(self.table.row, f32::max)
    }

    fn row_style(&self, row: &Row) -> Style {
        self.style(row.get(BOLD_MARK).is_some_and(|mark| !mark.is_empty()))
    }

    /// The height of the head with its row of numbers, mm.
    pub fn head_height(&self) -> f32 {
        self.levels.iter().sum::<f32>() + if self.has_numbers() { self.table.row } else { 0.0 }
    }

    fn has_numbers(&self) -> bool {
        self.columns.iter().any(|column| column.number.is_some())
    }

    /// The height of the sums of a scope, mm.
    pub fn totals_height(&self, scope: Scope, values: Values<'_>) -> f32 {
        self.totals(scope, values).map(|_| self.table.row).sum()
    }

    fn totals(&self, scope: Scope, values: Values<'_>) -> impl Iterator<Item = &'a Total> {
        let totals = self.table.totals.iter().filter(move |total| total.scope == scope);
        totals.filter(move |total| values.shows(&total.condition))
    }

    /// Paints the head at a height and gives the height below it.
    pub fn paint_head(&self, painter: &mut Painter, y: f32) -> f32 {
        let style = self.head_style();
        self.paint_heads(painter, &self.table.columns, 0, 0, y, &style);
        let below = y + self.levels.iter().sum::<f32>();
        if !self.has_numbers() {
            return below;
        }
        for (at, column) in self.columns.iter().enumerate() {
            let area = self.area(at..at + 1, below, self.table.row);
            painter.cell(area, &style, column.number.as_deref().unwrap_or_default(), None);
        }
        below + self.table.row
    }

    fn paint_heads(&self, painter: &mut Painter, columns: &[Column], level: usize, from: usize, y: f32, style: &Style) {
        let mut at = from;
        for column in columns {
            let span = leaves(std::slice::from_ref(column)).len();
            let rest = self.levels.get(level..).unwrap_or_default();
            let own = rest.first().copied().unwrap_or_default();
            let height = if column.columns.is_empty() { rest.iter().sum() } else { own };
            if height > 0.0 {
                painter.cell(self.area(at..at + span, y, height), style, &column.head, None);
            }
            self.paint_heads(painter, &column.columns, level + 1, at, y + own, style);
            at += span;
        }
    }

    /// The place of some columns.
    fn area(&self, columns: Range<usize>, y: f32, h: f32) -> Area {
        let edge = |at: usize| self.edges.get(at).or(self.edges.last()).copied().unwrap_or_default();
        Area { x: edge(columns.start), y, w: edge(columns.end) - edge(columns.start), h }
    }

    /// Paints rows and gives the height below them.
    pub fn paint_rows(&self, painter: &mut Painter, range: Range<usize>, mut y: f32) -> f32 {
        for at in range {
            let (Some(row), Some(height)) = (self.rows.get(at), self.heights.get(at).copied()) else { continue };
            let style = self.row_style(row);
            for (index, column) in self.columns.iter().enumerate() {
                let area = self.area(index..index + 1, y, height);
                let style = Style { align: column.align, wrap: column.wrap, ..style };
                let field = column.text.only_field().map(|name| format!("{}[{at}].{name}", self.table.source));
                match column.code {
                    Some(code) => painter.code(code, area, &style, &shown(column, row), field.as_deref()),
                    None => painter.cell(area, &style, &shown(column, row), field.as_deref()),
                }
            }
            y += height;
        }
        y
    }

    /// Paints the sums of a scope over some rows and gives the height below them.
    pub fn paint_totals(
        &self,
        painter: &mut Painter,
        scope: Scope,
        over: &Range<usize>,
        values: Values<'_>,
        mut y: f32,
    ) -> f32 {
        for total in self.totals(scope, values) {
            self.paint_total(painter, total, over, values, y);
            y += self.table.row;
        }
        y
    }

    /// Paints the vertical lines along what was painted of the table on this page.
    pub fn paint_rules(&self, painter: &mut Painter, from: f32, to: f32) {
        for rule in &self.table.rules {
            let (x1, x2) = (rule.x, rule.x);
            painter.items.push(Item::Line { x1, y1: from, x2, y2: to, thick: rule.thick, dashed: false });
        }
    }

    fn paint_total(&self, painter: &mut Painter, total: &Total, over: &Range<usize>, values: Values<'_>, y: f32) {
        let border = if total.frame { BOX } else { Borders::default() };
        let style = Style { border, ..self.style(total.bold) };
        let first = total.cells.first().and_then(|cell| self.find(&cell.column)).unwrap_or(self.columns.len());
        let from = total.label_from.as_ref().and_then(|name| self.find(name)).unwrap_or(0);
        if from < first {
            let border = if total.label_box { border } else { Borders::default() };
            let label = Style { border, align: total.label_align, ..style };
            let text = total.label.show(&|name| values.get(name));
            painter.cell(self.area(from..first, y, self.table.row), &label, &text, None);
        }
        for cell in &total.cells {
            let Some(at) = self.find(&cell.column) else { continue };
            let to = cell.to.as_ref().and_then(|name| self.find(name)).unwrap_or(at);
            let align = cell.align.or(self.columns.get(at).map(|column| column.align)).unwrap_or_default();
            let style = Style { align, wrap: false, ..style };
            let text = self.total_text(cell, at, over, values);
            let field = cell.text.only_field().filter(|name| *name != "sum");
            painter.cell(self.area(at..to + 1, y, self.table.row), &style, &text, field);
        }
    }

    fn total_text(&self, cell: &TotalCell, at: usize, over: &Range<usize>, values: Values<'_>) -> String {
        cell.text.show(&|name| if name == "sum" { self.sum(at, over.clone()) } else { values.get(name) })
    }

    fn find(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|column| column.field.as_deref() == Some(name))
    }

    /// The sum of a column as it is printed; texts that are no numbers count as nothing.
    fn sum(&self, column: usize, over: Range<usize>) -> String {
        let name = self.columns.get(column).and_then(|column| column.field.as_deref()).unwrap_or_default();
        let texts = self.rows.get(over).unwrap_or_default().iter().filter_map(|row| row.get(name));
        let numbers: Vec<Decimal> = texts.filter_map(|text| parse_decimal(text).ok()).collect();
        let Some(sum) = numbers.iter().copied().reduce(|sum, number| sum.saturating_add(number)) else {
            return String::new();
        };
        i64::try_from(sum.mantissa()).map_or_else(|_| sum.to_string(), |minor| grouped(minor, sum.scale()))
    }
}

fn shown(column: &Column, row: &Row) -> String {
    column.text.show(&|name| row.get(name).cloned().unwrap_or_default())
}

fn depth(columns: &[Column]) -> usize {
    columns.iter().map(|column| 1 + depth(&column.columns)).max().unwrap_or(0)
}
