//! Text and codes as dots, for printers that lack Cyrillic or cannot print codes themselves: drawn by the same
//! fonts and the same renderer as the window.

use crate::devices::proto::bitmap::Bitmap;
use crate::devices::proto::escpos::document::{Barcode, BarcodeKind, Qr, Style};
use crate::devices::proto::escpos::writer::Painter;
use crate::print::barcode::{code128, ean13};
use crate::print::matrix::Matrix;
use crate::print::qr::modules;
use crate::ui::shell::headless::Headless;
use crate::ui::{fonts, px};
use egui::{Align2, FontId, Rect, pos2};

/// Height of a line of the usual size in dots, as the letters of printers have it.
const LINE: u16 = 30;
/// Darker than this is a dot.
const DARK: u16 = 3 * 128;

/// Draws with the fonts of the window.
pub struct Drawn;

/// The dots of something drawn black on white.
fn dots(width: u16, height: u16, draw: impl Fn(&egui::Painter)) -> Bitmap {
    let mut window = Headless::new(width.max(8), height);
    // Letters reach the texture in the first frame and the picture in the second.
    for _ in 0..2 {
        window.frame(|ui| {
            ui.painter().rect_filled(ui.ctx().content_rect(), 0.0, egui::Color32::WHITE);
            draw(ui.painter());
        });
    }
    let picture = window.picture();
    let mut bitmap = Bitmap::white(usize::from(width), usize::from(height));
    for y in 0..picture.height() {
        for x in 0..picture.width() {
            let light: u16 = picture.at(x, y).into_iter().map(u16::from).sum();
            if light < DARK {
                bitmap.blacken(x, y);
            }
        }
    }
    bitmap
}

/// Modules as dots: each so many dots wide and high.
fn grown(matrix: &Matrix, across: usize, down: usize) -> Bitmap {
    let mut bitmap = Bitmap::white(matrix.columns() * across, matrix.rows() * down);
    for run in matrix.runs() {
        for y in run.row * down..(run.row + 1) * down {
            for x in run.column * across..(run.column + run.length) * across {
                bitmap.blacken(x, y);
            }
        }
    }
    bitmap
}

impl Painter for Drawn {
    fn line(&self, text: &str, style: Style, dots_across: usize) -> Bitmap {
        let width = u16::try_from(dots_across).unwrap_or(576);
        let height = if style.tall { LINE * 2 } else { LINE };
        let count = text.chars().count().max(1);
        let cell = f32::from(width) / px::length(count);
        let size = (cell * 1.75).min(f32::from(height) * 0.85);
        let font = if style.bold { fonts::bold_of(size) } else { FontId::proportional(size) };
        dots(width, height, |painter| {
            for (at, letter) in text.chars().enumerate() {
                let center = pos2((px::length(at) + 0.5) * cell, f32::from(height) / 2.0);
                painter.text(center, Align2::CENTER_CENTER, letter, font.clone(), egui::Color32::BLACK);
            }
            if style.underline {
                let y = f32::from(height) - 2.0;
                let line = Rect::from_min_max(pos2(0.0, y), pos2(f32::from(width), y + 1.5));
                painter.rect_filled(line, 0.0, egui::Color32::BLACK);
            }
        })
    }

    fn barcode(&self, barcode: &Barcode) -> Option<Bitmap> {
        let matrix = match barcode.kind {
            BarcodeKind::Ean13 => ean13(&barcode.data).ok()?,
            BarcodeKind::Code128 => code128(&barcode.data).ok()?,
            _ => return None,
        };
        Some(grown(&matrix, usize::from(barcode.module.max(1)), usize::from(barcode.height.max(1))))
    }

    fn qr(&self, qr: &Qr) -> Option<Bitmap> {
        let matrix = modules(std::str::from_utf8(&qr.data).ok()?).ok()?;
        let module = usize::from(qr.module.max(1));
        Some(grown(&matrix, module, module))
    }
}

#[cfg(test)]
mod tests {
    use super::Drawn;
    use crate::devices::proto::bitmap::Bitmap;
    use crate::devices::proto::escpos::document::{Correction, Qr, Style};
    use crate::devices::proto::escpos::writer::Painter as _;

    fn black(bitmap: &Bitmap, from: usize, to: usize) -> usize {
        (0..bitmap.height()).flat_map(|y| (from..to).map(move |x| (x, y))).filter(|(x, y)| bitmap.dot(*x, *y)).count()
    }

    #[test]
    fn letters_stand_in_their_columns_and_codes_are_dots() {
        let line = Drawn.line("Ж      Щ", Style::default(), 192);
        assert_eq!(line.width(), 192);
        assert!(black(&line, 0, 24) > 40 && black(&line, 168, 192) > 40, "letters at both ends");
        assert_eq!(black(&line, 30, 160), 0, "spaces between them");
        let bold = Drawn.line("Ж      Щ", Style { bold: true, ..Style::default() }, 192);
        assert!(black(&bold, 0, 24) > black(&line, 0, 24));
        let qr = Qr { data: b"https://example.org".to_vec(), module: 4, correction: Correction::Low };
        let qr = Drawn.qr(&qr).unwrap();
        assert!(qr.width().is_multiple_of(4) && qr.dot(0, 0) && qr.width() == qr.height());
    }
}
