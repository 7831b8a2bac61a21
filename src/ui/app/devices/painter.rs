//! Text and codes as dots, for printers that lack Cyrillic or cannot print codes themselves.

use super::dots::dots;
use crate::devices::proto::bitmap::Bitmap;
use crate::devices::proto::escpos::document::{Barcode, BarcodeKind, Qr, Style};
use crate::devices::proto::escpos::writer::Painter;
use crate::print::barcode::{code128, ean13};
use crate::print::fonts::{Face, MM_PER_POINT, UNKNOWN_LETTER};
use crate::print::matrix::Matrix;
use crate::print::pages::{Item, Page, Paint, TextItem};
use crate::print::qr::modules;
use crate::ui::px;

/// Height of a line of the usual size in dots, as the letters of printers have it.
const LINE: u16 = 30;
/// Dots of a millimetre; only the proportion of points to dots follows from it.
const PER_MM: u16 = 8;

/// Draws with the fonts of printed pages.
pub struct Drawn;

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
        let height = f32::from(if style.tall { LINE * 2 } else { LINE });
        let cell = f32::from(width) / px::length(text.chars().count().max(1));
        let dot = 1.0 / f32::from(PER_MM);
        let size_pt = (cell * 1.75).min(height * 0.85) * dot / MM_PER_POINT;
        let face = Face { bold: style.bold, ..Face::default() };
        // The letters in the middle of the line, from the top of the highest to the bottom of the lowest.
        let (above, below) = (face.ascent_mm(size_pt), face.descent_mm(size_pt));
        let y = height * dot / 2.0 + (above - below) / 2.0;
        let letter = |(at, letter): (usize, char)| {
            let letter = if face.knows(letter) { letter } else { UNKNOWN_LETTER };
            let width_mm = face.letter_mm(letter, size_pt);
            let x = (px::length(at) + 0.5) * cell * dot - width_mm / 2.0;
            let string = letter.to_string();
            Item::Text(TextItem { x, y, size_pt, face, string, width_mm, turned: false, field: None })
        };
        let mut items: Vec<Item> = text.chars().enumerate().map(letter).collect();
        let (width_mm, height_mm) = (f32::from(width) * dot, height * dot);
        if style.underline {
            let paint = Paint::Solid(100);
            items.push(Item::Rect { x: 0.0, y: height_mm - 2.0 * dot, width: width_mm, height: 1.5 * dot, paint });
        }
        dots(&Page { width_mm, height_mm, items }, PER_MM)
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
