//! A page painted from its display list: the same millimetres as in the PDF, lines on whole pixels.

use crate::print::fonts::MM_PER_POINT;
use crate::print::matrix::Matrix;
use crate::print::pages::{Item, Page, Paint, TextItem};
use crate::ui::theme::{self, Palette};
use crate::ui::{fonts, paint, px};
use egui::epaint::TextShape;
use egui::text::{LayoutJob, TextFormat, TextWrapping};
use egui::{Galley, Painter, Pos2, Rect, Shape, pos2};
use std::f32::consts::FRAC_PI_2;
use std::sync::Arc;

/// Gaps and strokes of a line to cut along, mm.
const DASH: f32 = 1.4;

/// Where a page stands and how large it is.
#[derive(Clone, Copy, Debug)]
pub struct Place {
    /// The left top corner of the sheet.
    pub corner: Pos2,
    /// Points of the screen in a millimetre.
    pub scale: f32,
}

impl Place {
    fn at(self, x: f32, y: f32) -> Pos2 {
        pos2(self.corner.x + x * self.scale, self.corner.y + y * self.scale)
    }
    fn rect(self, x: f32, y: f32, width: f32, height: f32) -> Rect {
        Rect::from_two_pos(self.at(x, y), self.at(x + width, y + height))
    }
}

/// What painting needs beside the page.
struct Brush<'a> {
    painter: &'a Painter,
    colors: &'static Palette,
    place: Place,
    /// Only what is seen is painted: a long report has thousands of cells.
    seen: Rect,
}

/// Paints the sheet and what is on it.
pub fn page(painter: &Painter, page: &Page, place: Place) {
    let colors = theme::palette(painter.ctx());
    let sheet = place.rect(0.0, 0.0, page.width_mm, page.height_mm);
    painter.rect_filled(sheet.translate(egui::vec2(2.0, 2.0)), 0.0, colors.shadow);
    painter.rect_filled(sheet, 0.0, colors.paper);
    paint::frame(painter, sheet, 0, colors.chrome_line, 1.0);
    let brush = Brush { painter, colors, place, seen: painter.clip_rect() };
    for item in &page.items {
        brush.item(item);
    }
}

impl Brush<'_> {
    fn item(&self, item: &Item) {
        match item {
            Item::Text(text) => self.text(text),
            Item::Line { x1, y1, x2, y2, thick, dashed } => self.line([*x1, *y1, *x2, *y2], *thick, *dashed),
            Item::Rect { x, y, width, height, paint: Paint::Outline(thick) } => {
                let (right, bottom) = (x + width, y + height);
                for ends in
                    [[*x, *y, right, *y], [*x, bottom, right, bottom], [*x, *y, *x, bottom], [right, *y, right, bottom]]
                {
                    self.line(ends, *thick, false);
                }
            }
            Item::Rect { x, y, width, height, paint: Paint::Solid(black) } => {
                self.fill(self.snapped(self.place.rect(*x, *y, *width, *height)), *black);
            }
            Item::Matrix { x, y, width, height, matrix } => self.matrix(matrix, [*x, *y, *width, *height]),
        }
    }

    /// Edges on whole pixels: a module of a code and a table line are as black as they are meant.
    fn snapped(&self, rect: Rect) -> Rect {
        let density = self.painter.pixels_per_point();
        let snap = |value: f32| (value * density).round() / density;
        Rect::from_min_max(pos2(snap(rect.min.x), snap(rect.min.y)), pos2(snap(rect.max.x), snap(rect.max.y)))
    }

    fn fill(&self, rect: Rect, black: u8) {
        if rect.is_positive() && self.seen.intersects(rect) {
            self.painter.rect_filled(rect, 0.0, self.colors.ink(black));
        }
    }

    /// A line with square ends, one pixel thick at least.
    fn line(&self, [x1, y1, x2, y2]: [f32; 4], thick: f32, dashed: bool) {
        if dashed {
            return self.dashes([x1, y1, x2, y2], thick);
        }
        let (from, to) = (self.place.at(x1, y1), self.place.at(x2, y2));
        let density = self.painter.pixels_per_point();
        let pixels = (thick * self.place.scale * density).round().max(1.0);
        let straight = (x1 - x2).abs() < 0.01 || (y1 - y2).abs() < 0.01;
        if !straight {
            let stroke = egui::Stroke::new(pixels / density, self.colors.ink(100));
            self.painter.line_segment([from, to], stroke);
            return;
        }
        // Both ends are cut to pixels in the same way, so that the lines of a box meet in its corners.
        let first = |coordinate: f32| (coordinate * density - pixels / 2.0).round();
        let (least, most) = (from.min(to), from.max(to));
        let corner = pos2(first(least.x) / density, first(least.y) / density);
        let end = pos2((first(most.x) + pixels) / density, (first(most.y) + pixels) / density);
        self.fill(Rect::from_min_max(corner, end), 100);
    }

    fn dashes(&self, [x1, y1, x2, y2]: [f32; 4], thick: f32) {
        let length = (x2 - x1).hypot(y2 - y1);
        let steps = px::count(length / (2.0 * DASH)).max(1);
        for step in 0..steps {
            let share = |at: f32| (at / length).min(1.0);
            let (from, to) = (share(px::length(step) * 2.0 * DASH), share((px::length(step) * 2.0 + 1.0) * DASH));
            let point = |share: f32| [x1 + (x2 - x1) * share, y1 + (y2 - y1) * share];
            let ([ax, ay], [bx, by]) = (point(from), point(to));
            self.line([ax, ay, bx, by], thick, false);
        }
    }

    fn matrix(&self, matrix: &Matrix, [x, y, width, height]: [f32; 4]) {
        let (column, row) = (width / px::length(matrix.columns().max(1)), height / px::length(matrix.rows().max(1)));
        for run in matrix.runs() {
            let left = x + px::length(run.column) * column;
            let top = y + px::length(run.row) * row;
            self.fill(self.snapped(self.place.rect(left, top, px::length(run.length) * column, row)), 100);
        }
    }

    fn text(&self, text: &TextItem) {
        let size = text.size_pt * MM_PER_POINT * self.place.scale;
        let start = self.place.at(text.x, text.y);
        let width = text.width_mm * self.place.scale;
        let near = if text.turned {
            Rect::from_min_max(start - egui::vec2(size, width), start + egui::vec2(size, 0.0))
        } else {
            Rect::from_min_max(start - egui::vec2(0.0, size), start + egui::vec2(width, size))
        };
        if !self.seen.intersects(near) || size < 1.0 {
            return;
        }
        let (galley, baseline) = self.galley(text, size, width);
        let pos = if text.turned { start - egui::vec2(baseline, 0.0) } else { start - egui::vec2(0.0, baseline) };
        let mut shape = TextShape::new(self.to_pixels(pos), galley, self.colors.ink(100));
        if text.turned {
            shape.angle = -FRAC_PI_2;
        }
        self.painter.add(Shape::Text(shape));
    }

    fn to_pixels(&self, at: Pos2) -> Pos2 {
        let density = self.painter.pixels_per_point();
        pos2((at.x * density).round() / density, (at.y * density).round() / density)
    }

    /// The letters as wide as the layout measured them, and how far their baseline is from their top.
    fn galley(&self, text: &TextItem, size: f32, width: f32) -> (Arc<Galley>, f32) {
        let laid_out = |spacing: f32| {
            let format = TextFormat {
                extra_letter_spacing: spacing,
                ..TextFormat::simple(fonts::paper(text.face, size), self.colors.ink(100))
            };
            let mut job = LayoutJob::single_section(text.string.clone(), format);
            job.wrap = TextWrapping { max_width: f32::INFINITY, ..TextWrapping::default() };
            job.break_on_newline = false;
            job.round_output_to_gui = false;
            self.painter.layout_job(job)
        };
        let plain = laid_out(0.0);
        // The screen fits letters to pixels, which makes a line wider or narrower than on paper.
        let gaps = px::length(text.string.chars().count().max(2) - 1);
        let spacing = (width - plain.size().x) / gaps;
        let galley = if spacing.abs() * gaps > 0.5 { laid_out(spacing) } else { plain };
        let first = galley.rows.first();
        let baseline = first.and_then(|row| Some(row.pos.y + row.row.glyphs.first()?.pos.y)).unwrap_or(size * 0.9);
        (galley, baseline)
    }
}
