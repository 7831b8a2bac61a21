//! Painting of a panel: its cells, its lines, and how a long text pushes down what is below it.

use super::cell::{PAD_X, PAD_Y, Painter, Style};
use super::{Area, Values};
use crate::print::fit::{Room, height_mm, line_mm, printable};
use crate::print::fonts::Face;
use crate::print::pages::Item;
use crate::print::template::{Cell, Panel, Template};

/// The air that a cell keeps around its text when it grows, at most, mm.
const MOST_SLACK_MM: f32 = 1.4;

/// How much lower things stand because cells above them grew.
#[derive(Debug, Default)]
pub(super) struct Growth {
    /// The bottom of a grown cell as the template has it, by how much it went down, and its lane; by bottoms.
    steps: Vec<(f32, f32, u8)>,
}

/// The lane of all that follows every lane.
const ALL_LANES: u8 = 0;

impl Growth {
    /// Where a height of the template went. What belongs to no lane goes down with the lowest of them.
    fn moved(&self, y: f32, lane: u8) -> f32 {
        let sum = |own: u8| -> f32 {
            let above = self
                .steps
                .iter()
                .filter(|(bottom, _, lane)| *bottom <= y + 0.01 && (*lane == own || *lane == ALL_LANES));
            above.map(|(_, extra, _)| extra).sum()
        };
        let lanes =
            if lane == ALL_LANES { 0..=self.steps.iter().map(|step| step.2).max().unwrap_or(0) } else { lane..=lane };
        y + lanes.map(sum).fold(0.0, f32::max)
    }

    fn area(&self, cell: &Cell) -> Area {
        let (top, bottom) = (self.moved(cell.y, cell.lane), self.moved(cell.y + cell.h, cell.lane));
        Area { x: cell.x, y: top, w: cell.w, h: bottom - top }
    }
}

fn face(template: &Template, cell: &Cell) -> Face {
    Face { family: cell.font.unwrap_or(template.family), bold: cell.bold }
}

fn style(template: &Template, cell: &Cell) -> Style {
    Style {
        face: face(template, cell),
        size: cell.size.unwrap_or(template.size),
        align: cell.align,
        valign: cell.valign,
        border: cell.border,
        thick: cell.thick.unwrap_or(template.thick),
        wrap: cell.wrap,
        shrink: cell.shrink,
        turned: cell.turned,
        strike: cell.strike,
        fill: cell.fill,
    }
}

/// How the cells of a panel grow with their texts.
pub(super) fn growth(template: &Template, panel: &Panel, values: Values<'_>) -> Growth {
    let mut growing: Vec<&Cell> =
        panel.cells.iter().filter(|cell| cell.grow && values.shows(&cell.condition)).collect();
    growing.sort_by(|a, b| (a.y + a.h).total_cmp(&(b.y + b.h)));
    let mut growth = Growth::default();
    for cell in growing {
        let (text, _) = printable(face(template, cell), &cell.text.show(&|name| values.get(name)));
        let size_pt = cell.size.unwrap_or(template.size);
        let widths = [cell.w - 2.0 * PAD_X];
        let room =
            Room { face: face(template, cell), size_pt, widths: &widths, height: None, wrap: true, shrink: true };
        let slack = (cell.h - line_mm(size_pt)).clamp(2.0 * PAD_Y, MOST_SLACK_MM);
        let extra = height_mm(&text, &room) + slack - growth.area(cell).h;
        if extra > 0.0 {
            growth.steps.push((cell.y + cell.h, extra, cell.lane));
        }
    }
    growth
}

/// The height of a panel: its lowest printed thing.
pub(super) fn height(template: &Template, panel: &Panel, values: Values<'_>) -> f32 {
    let growth = growth(template, panel, values);
    let cells = panel
        .cells
        .iter()
        .filter(|cell| values.shows(&cell.condition))
        .map(|cell| growth.moved(cell.y + cell.h, cell.lane));
    let lines = panel.lines.iter().filter(|line| values.shows(&line.condition));
    cells.chain(lines.map(|line| growth.moved(line.y1.max(line.y2), ALL_LANES))).fold(0.0, f32::max)
}

impl Painter {
    /// Paints a panel with its corner at a place.
    pub fn panel(&mut self, template: &Template, panel: &Panel, at: (f32, f32), values: Values<'_>) {
        let growth = growth(template, panel, values);
        let mut cells = panel.cells.iter().filter(|cell| values.shows(&cell.condition)).peekable();
        let place = |cell: &Cell| {
            let area = growth.area(cell);
            (Area { x: area.x + at.0, y: area.y + at.1, ..area }, style(template, cell))
        };
        while let Some(cell) = cells.next() {
            let text = cell.text.show(&|name| values.get(name));
            let field = cell.text.only_field();
            let mut areas = vec![place(cell)];
            while let Some(next) = cells.next_if(|next| next.rest) {
                areas.push(place(next));
            }
            match (areas.as_slice(), cell.code) {
                ([(area, style)], None) => self.cell(*area, style, &text, field),
                ([(area, style), ..], Some(code)) => self.code(code, *area, style, &text, field),
                (areas, _) => self.cells(areas, &text, field),
            }
        }
        for line in panel.lines.iter().filter(|line| values.shows(&line.condition)) {
            self.items.push(Item::Line {
                x1: at.0 + line.x1,
                y1: at.1 + growth.moved(line.y1, ALL_LANES),
                x2: at.0 + line.x2,
                y2: at.1 + growth.moved(line.y2, ALL_LANES),
                thick: line.thick.unwrap_or(template.thick),
                dashed: line.dashed,
            });
        }
    }
}
