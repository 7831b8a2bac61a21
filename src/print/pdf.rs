//! Pages to a PDF: searchable Cyrillic, the same bytes for the same pages.

use super::fonts::{Face, MM_PER_POINT};
use super::matrix::Matrix;
use super::pages::{Item, Page, Pages, Paint, TextItem};
use crate::kernel::moment::Moment;
use crate::kernel::text::Text;
use crate::text;
use printpdf::{
    Color, FontId, Greyscale, Line, LineCapStyle, LineDashPattern, LinePoint, Mm, Op, PaintMode, PdfDocument, PdfFont,
    PdfFontHandle, PdfPage, PdfParseOptions, PdfSaveOptions, Point, Pt, Rect, TextItem as PdfText, TextMatrix,
};
use std::collections::BTreeSet;

/// Lines to cut along: dash and gap, points.
const DASH: (f32, f32) = (4.0, 3.0);

/// The bytes of a PDF. `created` goes into its properties: the caller knows the time.
pub fn pdf(pages: &Pages, created: Moment) -> Result<Vec<u8>, Text> {
    let mut document = PdfDocument::new(&pages.title);
    "Контора".clone_into(&mut document.metadata.info.producer);
    "Контора".clone_into(&mut document.metadata.info.creator);
    if let Some(moment) = created.to_chrono() {
        let seconds = moment.and_utc().timestamp();
        if let Ok(date) = printpdf::OffsetDateTime::from_unix_timestamp(seconds) {
            document.metadata.info.creation_date = date;
            document.metadata.info.modification_date = date;
            document.metadata.info.metadata_date = date;
        }
    }
    for face in used_faces(pages) {
        let font = face.parsed().ok_or_else(|| text!("print-pdf-failed", said = face.name()))?;
        document.resources.fonts.map.insert(font_id(face), PdfFont::new(font.clone()));
    }
    document.with_pages(pages.pages.iter().map(page).collect());
    let mut file = document.to_lopdf_document(&PdfSaveOptions::default(), &mut Vec::new());
    // The library numbers the file by a counter of the process: without it the same pages give the same bytes.
    file.trailer.remove(b"ID");
    // It also claims a standard of printing houses (PDF/X) that nobody checked.
    let info = file.trailer.get(b"Info").and_then(|info| info.as_reference());
    if let Ok(info) = info.and_then(|id| file.get_object_mut(id)).and_then(|info| info.as_dict_mut()) {
        info.remove(b"GTS_PDFXVersion");
        info.remove(b"Identifier");
    }
    file.compress();
    let mut bytes = Vec::new();
    file.save_to(&mut bytes).map_err(|error| text!("print-pdf-failed", said = error.to_string()))?;
    Ok(bytes)
}

/// The words a reader finds in a PDF; none in what is no PDF.
pub fn words(bytes: &[u8]) -> String {
    let read = PdfDocument::parse(bytes, &PdfParseOptions::default(), &mut Vec::new());
    read.map(|document| document.extract_text().concat().join(" ")).unwrap_or_default()
}

fn font_id(face: Face) -> FontId {
    FontId(face.name().to_owned())
}

fn used_faces(pages: &Pages) -> BTreeSet<Face> {
    let items = pages.pages.iter().flat_map(|page| &page.items);
    items
        .filter_map(|item| match item {
            Item::Text(text) => Some(text.face),
            _ => None,
        })
        .collect()
}

fn points(mm: f32) -> Pt {
    Pt(mm / MM_PER_POINT)
}

/// Pages count from the top, a PDF from the bottom.
fn point(page: &Page, x: f32, y: f32) -> Point {
    Point { x: points(x), y: points(page.height_mm - y) }
}

fn page(page: &Page) -> PdfPage {
    let mut ops = vec![Op::SetLineCapStyle { cap: LineCapStyle::ProjectingSquare }];
    for item in &page.items {
        match item {
            Item::Text(text) => push_text(&mut ops, page, text),
            Item::Line { x1, y1, x2, y2, thick, dashed } => {
                push_line(&mut ops, [point(page, *x1, *y1), point(page, *x2, *y2)], *thick, *dashed);
            }
            Item::Rect { x, y, width, height, paint } => {
                push_rect(&mut ops, point(page, *x, *y + *height), (*width, *height), *paint);
            }
            Item::Matrix { x, y, width, height, matrix } => {
                push_matrix(&mut ops, page, matrix, [*x, *y, *width, *height]);
            }
        }
    }
    PdfPage::new(Mm(page.width_mm), Mm(page.height_mm), ops)
}

fn push_text(ops: &mut Vec<Op>, page: &Page, text: &TextItem) {
    let pos = point(page, text.x, text.y);
    ops.push(Op::StartTextSection);
    if text.turned {
        ops.push(Op::SetTextMatrix { matrix: TextMatrix::Raw([0.0, 1.0, -1.0, 0.0, pos.x.0, pos.y.0]) });
    } else {
        ops.push(Op::SetTextCursor { pos });
    }
    ops.push(Op::SetFont { font: PdfFontHandle::External(font_id(text.face)), size: Pt(text.size_pt) });
    ops.push(Op::ShowText { items: vec![PdfText::Text(text.string.clone())] });
    ops.push(Op::EndTextSection);
}

fn push_line(ops: &mut Vec<Op>, ends: [Point; 2], thick: f32, dashed: bool) {
    ops.push(Op::SetOutlineThickness { pt: points(thick) });
    if dashed {
        let dash = LineDashPattern { pattern: [DASH.0, DASH.1].into_iter().collect(), offset: 0.0 };
        ops.push(Op::SetLineDashPattern { dash });
    }
    let points = ends.map(|p| LinePoint { p, bezier: false }).to_vec();
    ops.push(Op::DrawLine { line: Line { points, is_closed: false } });
    if dashed {
        ops.push(Op::SetLineDashPattern { dash: LineDashPattern::default() });
    }
}

fn push_rect(ops: &mut Vec<Op>, corner: Point, (width, height): (f32, f32), paint: Paint) {
    let mode = match paint {
        Paint::Outline(thick) => {
            ops.push(Op::SetOutlineThickness { pt: points(thick) });
            PaintMode::Stroke
        }
        Paint::Solid(black) => {
            ops.push(grey(black));
            PaintMode::Fill
        }
    };
    let (x, y) = (corner.x, corner.y);
    let (width, height) = (points(width), points(height));
    ops.push(Op::DrawRectangle { rectangle: Rect { x, y, width, height, mode: Some(mode), winding_order: None } });
    if matches!(paint, Paint::Solid(_)) {
        ops.push(grey(100));
    }
}

fn grey(black_percent: u8) -> Op {
    let percent = 1.0 - f32::from(black_percent.min(100)) / 100.0;
    Op::SetFillColor { col: Color::Greyscale(Greyscale { percent, icc_profile: None }) }
}

fn push_matrix(ops: &mut Vec<Op>, page: &Page, matrix: &Matrix, [x, y, width, height]: [f32; 4]) {
    let (column, row) = (width / matrix.columns().max(1) as f32, height / matrix.rows().max(1) as f32);
    for run in matrix.runs() {
        let (left, top) = (x + run.column as f32 * column, y + run.row as f32 * row);
        push_rect(ops, point(page, left, top + row), (run.length as f32 * column, row), Paint::Solid(100));
    }
}
