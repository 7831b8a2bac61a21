//! Codes in cells: QR, EAN-13 and Code 128 with what a person reads under them.

use super::Area;
use super::cell::{Painter, Style};
use crate::kernel::text::Text;
use crate::print::matrix::Matrix;
use crate::print::pages::Item;
use crate::print::template::{Align, Borders, Code, VerticalAlign};
use crate::print::{barcode, qr};
use crate::text;

/// Modules that stay white at the left and right of the bars (GS1 for EAN-13, ten for Code 128).
const QUIET_EAN: (usize, usize) = (11, 7);
const QUIET_CODE128: (usize, usize) = (10, 10);
/// The thinnest bar that scanners read off a laser printer, mm; and the widest we draw.
const MODULE_MM: (f32, f32) = (0.19, 0.5);
/// Height of the letters under bars, mm and points.
const CAPTION_MM: f32 = 3.2;
const CAPTION_PT: f32 = 7.0;

impl Painter {
    /// Paints a code in the middle of its area; what cannot be encoded is told and left empty.
    pub fn code(&mut self, code: Code, area: Area, style: &Style, content: &str, field: Option<&str>) {
        self.frame(area, style);
        if content.is_empty() {
            return;
        }
        let painted = match code {
            Code::Qr => qr::modules(content).map(|matrix| self.square(area, matrix)),
            Code::Ean13 => barcode::ean13(content)
                .map(|matrix| self.bars(area, style, matrix, QUIET_EAN, &spelled(content), field)),
            Code::Code128 => {
                barcode::code128(content).map(|matrix| self.bars(area, style, matrix, QUIET_CODE128, content, field))
            }
        };
        if let Err(said) = painted {
            self.warn_code(said);
        }
    }

    fn warn_code(&mut self, said: Text) {
        self.warn(text!("print-code-said", said = said));
    }

    fn square(&mut self, area: Area, matrix: Matrix) {
        let side = area.w.min(area.h);
        let (x, y) = (area.x + (area.w - side) / 2.0, area.y + (area.h - side) / 2.0);
        self.items.push(Item::Matrix { x, y, width: side, height: side, matrix });
    }

    fn bars(
        &mut self,
        area: Area,
        style: &Style,
        matrix: Matrix,
        (left, right): (usize, usize),
        caption: &str,
        field: Option<&str>,
    ) {
        let modules = (matrix.columns() + left + right) as f32;
        let module = (area.w / modules).min(MODULE_MM.1);
        if module < MODULE_MM.0 {
            self.warn_code(text!("print-code-narrow", code = caption));
        }
        let start = area.x + (area.w - modules * module) / 2.0;
        let (x, width) = (start + left as f32 * module, matrix.columns() as f32 * module);
        let captioned = area.h > 2.0 * CAPTION_MM;
        let height = if captioned { area.h - CAPTION_MM } else { area.h };
        self.items.push(Item::Matrix { x, y: area.y, width, height, matrix });
        if captioned {
            let below = Area { y: area.y + height, h: CAPTION_MM, ..area };
            let (align, valign) = (Align::Center, VerticalAlign::Middle);
            let size = CAPTION_PT.min(style.size);
            let style = Style { border: Borders::default(), fill: 0, size, align, valign, ..*style };
            self.cell(below, &style, caption, field);
        }
    }
}

/// The thirteen digits with the check digit.
fn spelled(content: &str) -> String {
    barcode::ean13_digits(content).unwrap_or_default().iter().map(u8::to_string).collect()
}
