//! Painting of one cell: filling, frame, text fitted into it.

use super::Area;
use crate::kernel::text::Text;
use crate::print::fit::{Fitted, LEAST_SIZE_PT, Room, fit, line_mm, printable};
use crate::print::fonts::Face;
use crate::print::pages::{Item, Paint, TextItem};
use crate::print::template::{Align, Borders, VerticalAlign};
use crate::text;

/// Empty at the left and right of a text, mm.
pub(super) const PAD_X: f32 = 0.6;
/// Empty above and below a text, mm.
pub(super) const PAD_Y: f32 = 0.2;
/// Letters of a warning that tells which text was cut.
const TOLD_LETTERS: usize = 40;

/// Collects what is painted and what went wrong.
#[derive(Default)]
pub(super) struct Painter {
    pub items: Vec<Item>,
    pub warnings: Vec<Text>,
}

/// How a cell looks.
#[derive(Clone, Copy, Debug)]
pub(super) struct Style {
    pub face: Face,
    pub size: f32,
    pub align: Align,
    pub valign: VerticalAlign,
    pub border: Borders,
    pub thick: f32,
    pub wrap: bool,
    pub shrink: bool,
    pub turned: bool,
    pub strike: bool,
    pub fill: u8,
}

/// A frame on all sides.
pub(super) const BOX: Borders = Borders { top: true, bottom: true, left: true, right: true };

impl Painter {
    /// Adds a warning once.
    pub fn warn(&mut self, warning: Text) {
        if !self.warnings.contains(&warning) {
            self.warnings.push(warning);
        }
    }

    /// Filling and frame.
    pub fn frame(&mut self, area: Area, style: &Style) {
        let Area { x, y, w, h } = area;
        if style.fill > 0 {
            self.items.push(Item::Rect { x, y, width: w, height: h, paint: Paint::Solid(style.fill) });
        }
        let Borders { top, bottom, left, right } = style.border;
        if style.border == BOX {
            self.items.push(Item::Rect { x, y, width: w, height: h, paint: Paint::Outline(style.thick) });
            return;
        }
        let sides = [
            (top, (x, y, x + w, y)),
            (bottom, (x, y + h, x + w, y + h)),
            (left, (x, y, x, y + h)),
            (right, (x + w, y, x + w, y + h)),
        ];
        for (_, (x1, y1, x2, y2)) in sides.into_iter().filter(|(wanted, _)| *wanted) {
            self.items.push(Item::Line { x1, y1, x2, y2, thick: style.thick, dashed: false });
        }
    }

    /// Filling, frame and text.
    pub fn cell(&mut self, area: Area, style: &Style, text: &str, field: Option<&str>) {
        self.frame(area, style);
        let (width, height) = if style.turned { (area.h, area.w) } else { (area.w, area.h) };
        let room = Room {
            face: style.face,
            size_pt: style.size,
            widths: &[width - 2.0 * PAD_X],
            height: Some(height - 2.0 * PAD_Y),
            wrap: style.wrap,
            shrink: style.shrink,
        };
        let text = self.letters(style.face, text);
        let fitted = fit(&text, &room);
        self.tell_cut(&fitted, &text);
        self.lines(area, style, &fitted, field);
    }

    /// A text that goes on from cell to cell, a line in each; the first area may hold nothing else.
    pub fn cells(&mut self, areas: &[(Area, Style)], text: &str, field: Option<&str>) {
        let Some((_, first)) = areas.first() else { return };
        let widths: Vec<f32> = areas.iter().map(|(area, _)| area.w - 2.0 * PAD_X).collect();
        let mut room =
            Room { face: first.face, size_pt: first.size, widths: &widths, height: None, wrap: true, shrink: false };
        let text = self.letters(first.face, text);
        let mut fitted = fit(&text, &room);
        while fitted.lines.len() > areas.len() && room.size_pt > LEAST_SIZE_PT {
            room.size_pt = (room.size_pt - 0.25).max(LEAST_SIZE_PT);
            fitted = fit(&text, &room);
        }
        if fitted.lines.len() > areas.len() {
            let rest = fitted.lines.split_off(areas.len() - 1).join(" ");
            let widths = widths.get(areas.len() - 1..).unwrap_or_default();
            let last = Room { widths, height: Some(0.0), wrap: false, size_pt: fitted.size_pt, ..room };
            fitted.lines.extend(fit(&rest, &last).lines);
            fitted.cut = true;
        }
        self.tell_cut(&fitted, &text);
        for (at, (area, style)) in areas.iter().enumerate() {
            self.frame(*area, style);
            let lines = fitted.lines.get(at).cloned().into_iter().collect();
            self.lines(*area, style, &Fitted { lines, ..fitted.clone() }, field);
        }
    }

    fn letters(&mut self, face: Face, text: &str) -> String {
        let (text, unknown) = printable(face, text);
        for letter in unknown {
            self.warn(text!("print-letter", letter = letter.to_string()));
        }
        text
    }

    fn tell_cut(&mut self, fitted: &Fitted, text: &str) {
        if fitted.cut {
            let mut told: String = text.chars().take(TOLD_LETTERS).collect();
            if text.chars().count() > TOLD_LETTERS {
                told.push('…');
            }
            self.warn(text!("print-cut", text = told));
        }
    }

    fn lines(&mut self, area: Area, style: &Style, fitted: &Fitted, field: Option<&str>) {
        let (face, size_pt) = (style.face, fitted.size_pt);
        let (width, height) = if style.turned { (area.h, area.w) } else { (area.w, area.h) };
        let line = line_mm(size_pt);
        let (ascent, descent) = (face.ascent_mm(size_pt), face.descent_mm(size_pt));
        let all = fitted.lines.len() as f32 * line;
        let top = match style.valign {
            VerticalAlign::Top => PAD_Y,
            VerticalAlign::Middle => (height - all) / 2.0,
            VerticalAlign::Bottom => height - all - PAD_Y,
        };
        for (at, string) in fitted.lines.iter().enumerate().filter(|(_, string)| !string.is_empty()) {
            let width_mm = face.width_mm(string, size_pt);
            let along = match style.align {
                Align::Left => PAD_X,
                Align::Center => (width - width_mm) / 2.0,
                Align::Right => width - width_mm - PAD_X,
            };
            let down = top + at as f32 * line + (line - ascent - descent) / 2.0 + ascent;
            let (x, y) =
                if style.turned { (area.x + down, area.y + area.h - along) } else { (area.x + along, area.y + down) };
            let field = field.map(str::to_owned);
            let string = string.clone();
            self.items.push(Item::Text(TextItem {
                x,
                y,
                size_pt,
                face,
                string,
                width_mm,
                turned: style.turned,
                field,
            }));
            if style.strike {
                let y = y - ascent * 0.35;
                self.items.push(Item::Line {
                    x1: x,
                    y1: y,
                    x2: x + width_mm,
                    y2: y,
                    thick: style.thick,
                    dashed: false,
                });
            }
        }
    }
}
