//! Paper rolls, displays and labels as a person sees them.

use crate::devices::proto::bitmap::Bitmap;
use crate::devices::proto::escpos::decoder::{Printed, Span};
use crate::devices::proto::escpos::document::Align as At;
use crate::devices::proto::escpos::writer::Painter as _;
use crate::text;
use crate::ui::app::devices::painter::Drawn;
use crate::ui::theme;
use crate::ui::{fonts, paint, px};
use egui::{Align, Align2, FontId, Rect, Sense, Ui, pos2, vec2};

/// Letters across the paper.
const COLUMNS: f32 = 48.0;
/// Height of a line in points.
const LINE: f32 = 15.0;

/// Dots of a picture, so many points each.
pub(super) fn bitmap(ui: &mut Ui, picture: &Bitmap, dot: f32) {
    let size = vec2(px::length(picture.width()) * dot, px::length(picture.height()) * dot);
    let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
    let colors = theme::colors(ui);
    ui.painter().rect_filled(rect, 0.0, colors.paper);
    runs(ui, picture, rect, dot);
}

/// Paints the black runs of every row; equal rows are painted as one, so that no seam is seen between them.
fn runs(ui: &Ui, picture: &Bitmap, rect: Rect, dot: f32) {
    let ink = theme::colors(ui).ink(100);
    let mut y = 0;
    while y < picture.height() {
        let row = picture.row(y);
        let end = (y + 1..picture.height()).find(|below| picture.row(*below) != row).unwrap_or(picture.height());
        let (top, bottom) = (rect.top() + px::length(y) * dot, rect.top() + px::length(end) * dot);
        let mut from = None;
        for x in 0..=picture.width() {
            match (picture.dot(x, y), from) {
                (true, None) => from = Some(x),
                (false, Some(begun)) => {
                    let left = rect.left() + px::length(begun) * dot;
                    let right = rect.left() + px::length(x) * dot;
                    let run = Rect::from_min_max(pos2(left, top), pos2(right, bottom));
                    ui.painter().rect_filled(run, 0.0, ink);
                    from = None;
                }
                _ => {}
            }
        }
        y = end;
    }
}

/// A line of text: letters stand in their columns, as on paper.
fn line(ui: &mut Ui, spans: &[Span], width: f32) {
    let tall = spans.iter().any(|span| span.style.tall);
    let height = if tall { LINE * 2.0 } else { LINE };
    let (rect, _) = ui.allocate_exact_size(vec2(width, height), Sense::hover());
    let colors = theme::colors(ui);
    ui.painter().rect_filled(rect, 0.0, colors.paper);
    let cell = width / COLUMNS;
    let wide = |span: &Span| if span.style.wide { 2.0 } else { 1.0 };
    let length: f32 = spans.iter().map(|span| px::length(span.text.chars().count()) * wide(span) * cell).sum();
    let mut x = match spans.first().map_or(At::Left, |span| span.style.align) {
        At::Left => rect.left(),
        At::Center => rect.left() + (width - length).max(0.0) / 2.0,
        At::Right => rect.left() + (width - length).max(0.0),
    };
    for span in spans {
        let step = cell * wide(span);
        let size = if span.style.tall || span.style.wide { 17.0 } else { 11.5 };
        let font = if span.style.bold { fonts::bold_of(size) } else { FontId::proportional(size) };
        for letter in span.text.chars() {
            let center = pos2(x + step / 2.0, rect.center().y);
            ui.painter().text(center, Align2::CENTER_CENTER, letter, font.clone(), colors.ink(100));
            x += step;
        }
    }
}

/// A picture at its place across the paper, its smallest part so many dots: a code whose bars are no whole points is
/// read by nobody.
fn picture(ui: &mut Ui, picture: &Bitmap, align: At, width: f32, module: u8) {
    let (paper, module) = (width / 576.0, f32::from(module.max(1)));
    let whole = (paper * module).round().max(1.0) / module;
    let fits = px::length(picture.width()) * whole <= width;
    let dot = if module > 1.0 && fits { whole } else { paper };
    let (rect, _) = ui.allocate_exact_size(vec2(width, px::length(picture.height()) * dot + 4.0), Sense::hover());
    ui.painter().rect_filled(rect, 0.0, theme::colors(ui).paper);
    let own = px::length(picture.width()) * dot;
    let left = match align {
        At::Left => rect.left(),
        At::Center => rect.left() + (width - own) / 2.0,
        At::Right => rect.right() - own,
    };
    let place = Rect::from_min_size(px::whole(pos2(left, rect.top() + 2.0)), vec2(own, rect.height()));
    runs(ui, picture, place, dot);
}

/// A paper roll.
pub(super) fn roll(ui: &mut Ui, parts: &[Printed], width: f32) {
    ui.spacing_mut().item_spacing.y = 0.0;
    for part in parts {
        match part {
            Printed::Line(spans) => line(ui, spans, width),
            Printed::Barcode(barcode, align) => match Drawn.barcode(barcode) {
                Some(drawn) => picture(ui, &drawn, *align, width, barcode.module),
                None => said(ui, &barcode.data, width),
            },
            Printed::Qr(qr, align) => match Drawn.qr(qr) {
                Some(drawn) => picture(ui, &drawn, *align, width, qr.module),
                None => said(ui, &text!("tape-qr").show(), width),
            },
            Printed::Rows(rows, align) => picture(ui, rows, *align, width, 1),
            Printed::Feed(lines) => {
                for _ in 0..*lines {
                    said(ui, "", width);
                }
            }
            Printed::Cut => {
                said(ui, &"- ".repeat(40), width);
                ui.add_space(6.0);
            }
            _ => {}
        }
    }
}

/// A line that is no text of the receipt.
fn said(ui: &mut Ui, words: &str, width: f32) {
    let (rect, _) = ui.allocate_exact_size(vec2(width, LINE), Sense::hover());
    let colors = theme::colors(ui);
    ui.painter().rect_filled(rect, 0.0, colors.paper);
    paint::text(ui.painter(), rect, words, fonts::small(), colors.ink(60), Align::Center);
}

/// Two lines of a customer display.
pub(super) fn display(ui: &mut Ui, lines: &[String; 2]) {
    let colors = theme::colors(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(360.0, 84.0), Sense::hover());
    let words = lines.join("\n");
    response.widget_info(|| egui::WidgetInfo::labeled(egui::accesskit::Role::Label, true, words.clone()));
    ui.painter().rect_filled(rect, 4.0, colors.sections);
    for (row, text) in (0u8..).zip(lines) {
        for (at, letter) in (0u8..).zip(text.chars()) {
            let place = pos2(rect.left() + 18.0 + f32::from(at) * 17.0, rect.top() + 26.0 + f32::from(row) * 34.0);
            let font = FontId::proportional(22.0);
            ui.painter().text(place, Align2::CENTER_CENTER, letter, font, colors.sections_text);
        }
    }
}
