//! A page as dots, black or white: what label and receipt printers print. Letters are drawn by their outlines from
//! the same font files as the screen and the PDF, so that no printer has to know a letter.

use crate::devices::proto::bitmap::{Bitmap, SIDE_MAX};
use crate::print::fonts::MM_PER_POINT;
use crate::print::matrix::Matrix;
use crate::print::pages::{Item, Page, Paint, TextItem};
use skrifa::instance::{LocationRef, Size};
use skrifa::outline::{DrawSettings, OutlinePen};
use skrifa::{FontRef, MetadataProvider as _};
use vello_cpu::color::AlphaColor;
use vello_cpu::kurbo::{Affine, BezPath, Point, Rect, Stroke};
use vello_cpu::{Pixmap, RenderContext, Resources};

/// A dot is black when more than this share of it, of 255, is covered.
const COVERED: u8 = 110;
/// Fills paler than this, in percent of black, stay white: dots have no shades.
const PALE: u8 = 50;

/// Draws a page with so many dots to a millimetre: 8 at 203 dots an inch, 12 at 300.
pub fn dots(page: &Page, per_mm: u16) -> Bitmap {
    let scale = f32::from(per_mm);
    let (width, height) = (side(page.width_mm * scale), side(page.height_mm * scale));
    let mut context = RenderContext::new(width, height);
    context.set_aliasing_threshold(Some(COVERED));
    context.set_paint(AlphaColor::from_rgba8(0, 0, 0, 255));
    for item in &page.items {
        paint(&mut context, item, scale);
    }
    context.flush();
    let mut picture = Pixmap::new(width, height);
    context.render(&mut picture, &mut Resources::new());
    packed(&picture)
}

fn packed(picture: &Pixmap) -> Bitmap {
    let (width, height) = (usize::from(picture.width()), usize::from(picture.height()));
    let mut bits = Vec::with_capacity(width.div_ceil(8) * height);
    for row in picture.data().chunks(width.max(1)) {
        for eight in row.chunks(8) {
            let mark = |(at, dot): (usize, &vello_cpu::color::PremulRgba8)| if dot.a >= 128 { 0x80 >> at } else { 0 };
            bits.push(eight.iter().enumerate().map(mark).fold(0, |byte, bit: u8| byte | bit));
        }
    }
    Bitmap::packed(width, height, bits).unwrap_or_default()
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a float becomes the nearest number that the type holds; what is wider is cut just here"
)]
fn side(dots: f32) -> u16 {
    (dots.round() as u16).clamp(1, u16::try_from(SIDE_MAX).unwrap_or(u16::MAX))
}

fn paint(context: &mut RenderContext, item: &Item, scale: f32) {
    let at = |mm: f32| f64::from(mm * scale);
    match item {
        Item::Text(text) => context.fill_path(&letters(text, scale)),
        Item::Line { x1, y1, x2, y2, thick, dashed } => {
            let mut stroke = Stroke::new(at(*thick).max(1.0));
            if *dashed {
                stroke = stroke.with_dashes(0.0, [at(1.4), at(1.0)]);
            }
            context.set_stroke(stroke);
            let mut path = BezPath::new();
            path.move_to((at(*x1), at(*y1)));
            path.line_to((at(*x2), at(*y2)));
            context.stroke_path(&path);
        }
        Item::Rect { x, y, width, height, paint } => {
            let rect = Rect::new(at(*x), at(*y), at(x + width), at(y + height));
            match paint {
                Paint::Outline(thick) => {
                    context.set_stroke(Stroke::new(at(*thick).max(1.0)));
                    context.stroke_rect(&rect);
                }
                Paint::Solid(shade) if *shade >= PALE => context.fill_rect(&rect),
                Paint::Solid(_) => {}
            }
        }
        Item::Matrix { x, y, width, height, matrix } => {
            code(context, matrix, Rect::new(at(*x), at(*y), at(x + width), at(y + height)));
        }
    }
}

/// Modules of whole dots, all of one width, in the middle of their place: bars of 2 and 3 dots where 2.4 was asked
/// for are read by no scanner.
fn code(context: &mut RenderContext, matrix: &Matrix, place: Rect) {
    let (columns, rows) = (matrix.columns() as f64, matrix.rows() as f64);
    if columns == 0.0 {
        return;
    }
    let module = (place.width() / columns).floor().max(1.0);
    let left = (place.x0 + (place.width() - module * columns) / 2.0).round();
    let (top, tall) = if rows > 1.0 {
        ((place.y0 + (place.height() - module * rows) / 2.0).round(), module)
    } else {
        (place.y0.round(), place.height().round())
    };
    for run in matrix.runs() {
        let (x, y) = (left + run.column as f64 * module, top + run.row as f64 * tall);
        context.fill_rect(&Rect::new(x, y, x + run.length as f64 * module, y + tall));
    }
}

/// The outlines of a line of letters in dots.
fn letters(text: &TextItem, scale: f32) -> BezPath {
    let Ok(font) = FontRef::new(text.face.bytes()) else { return BezPath::new() };
    let size = text.size_pt * MM_PER_POINT * scale;
    let (outlines, letters) = (font.outline_glyphs(), font.charmap());
    let mut pen = Pen { path: BezPath::new(), x: 0.0 };
    for letter in text.string.chars() {
        if let Some(outline) = letters.map(letter).and_then(|glyph| outlines.get(glyph)) {
            let settings = DrawSettings::unhinted(Size::new(size), LocationRef::default());
            // A broken outline leaves the letter out; the bundled files have none.
            let _ = outline.draw(settings, &mut pen);
        }
        pen.x += f64::from(text.face.letter_mm(letter, text.size_pt) * scale);
    }
    let start = Affine::translate((f64::from(text.x * scale), f64::from(text.y * scale)));
    let turn = if text.turned { Affine::rotate(-std::f64::consts::FRAC_PI_2) } else { Affine::IDENTITY };
    start * turn * pen.path
}

/// Takes outlines, whose y grows upwards, one letter after the other.
struct Pen {
    path: BezPath,
    x: f64,
}

impl Pen {
    fn at(&self, x: f32, y: f32) -> Point {
        Point::new(self.x + f64::from(x), -f64::from(y))
    }
}

impl OutlinePen for Pen {
    fn move_to(&mut self, x: f32, y: f32) {
        self.path.move_to(self.at(x, y));
    }
    fn line_to(&mut self, x: f32, y: f32) {
        self.path.line_to(self.at(x, y));
    }
    fn quad_to(&mut self, cx0: f32, cy0: f32, x: f32, y: f32) {
        self.path.quad_to(self.at(cx0, cy0), self.at(x, y));
    }
    fn curve_to(&mut self, cx0: f32, cy0: f32, cx1: f32, cy1: f32, x: f32, y: f32) {
        self.path.curve_to(self.at(cx0, cy0), self.at(cx1, cy1), self.at(x, y));
    }
    fn close(&mut self) {
        self.path.close_path();
    }
}

#[cfg(test)]
mod tests {
    use super::{dots, side};
    use crate::devices::proto::bitmap::Bitmap;
    use crate::print::barcode;
    use crate::print::fonts::{Face, MM_PER_POINT};
    use crate::print::pages::{Item, Page, Paint, TextItem};

    fn page(items: Vec<Item>) -> Bitmap {
        dots(&Page { width_mm: 58.0, height_mm: 40.0, items }, 8)
    }

    fn black(picture: &Bitmap, x: std::ops::Range<usize>, y: std::ops::Range<usize>) -> usize {
        y.flat_map(|y| x.clone().map(move |x| (x, y))).filter(|(x, y)| picture.dot(*x, *y)).count()
    }

    #[test]
    fn a_page_has_eight_dots_to_a_millimetre_and_rectangles_fill_theirs() {
        let picture = page(vec![Item::Rect { x: 1.0, y: 2.0, width: 3.0, height: 4.0, paint: Paint::Solid(100) }]);
        assert_eq!((picture.width(), picture.height(), picture.bits().len()), (464, 320, 58 * 320));
        assert_eq!(black(&picture, 0..464, 0..320), 24 * 32);
        assert_eq!(black(&picture, 8..32, 16..48), 24 * 32);
        let pale = page(vec![Item::Rect { x: 1.0, y: 2.0, width: 3.0, height: 4.0, paint: Paint::Solid(8) }]);
        assert_eq!(black(&pale, 0..464, 0..320), 0, "a pale fill stays white");
    }

    #[test]
    fn letters_stand_on_their_baseline_and_are_as_wide_as_measured() {
        let face = Face { bold: true, ..Face::default() };
        let string = "НННН".to_owned();
        let width_mm = face.width_mm(&string, 20.0);
        let text = TextItem { x: 5.0, y: 20.0, size_pt: 20.0, face, string, width_mm, turned: false, field: None };
        let picture = page(vec![Item::Text(text.clone())]);
        // Capitals of Arial are 0.716 of the size high.
        let tall = usize::from(side(20.0 * MM_PER_POINT * 8.0 * 0.716));
        let (left, right) = (40, 40 + usize::from(side(width_mm * 8.0)));
        assert_eq!(tall, 40);
        let whole = black(&picture, 0..464, 0..320);
        assert!(whole > 1_000, "{whole}");
        assert_eq!(black(&picture, left..right, 160 - tall - 1..160), whole, "nothing stands elsewhere");
        let turned = page(vec![Item::Text(TextItem { y: 35.0, turned: true, ..text })]);
        let above = black(&turned, 0..41, 0..280);
        assert!(above > whole * 9 / 10 && black(&turned, 0..464, 0..320) == above, "it runs upwards");
    }

    #[test]
    fn bars_are_of_whole_dots() {
        let matrix = barcode::ean13("4601234567893").unwrap();
        let picture = page(vec![Item::Matrix { x: 2.0, y: 20.0, width: 28.7, height: 10.0, matrix: matrix.clone() }]);
        // 28.7 mm are 229.6 dots: two for each of 95 modules, 190, in the middle.
        let row: Vec<bool> = (0..464).map(|x| picture.dot(x, 200)).collect();
        let first = row.iter().position(|dot| *dot).unwrap();
        let read: Vec<bool> = row[first..first + 190].chunks(2).map(|pair| pair[0]).collect();
        assert!(row[first..first + 190].chunks(2).all(|pair| pair[0] == pair[1]));
        let asked: Vec<bool> = (0..95)
            .map(|at| matrix.runs().iter().any(|run| (run.column..run.column + run.length).contains(&at)))
            .collect();
        assert_eq!(read, asked);
    }
}
