//! Pages as a display list: what the screen draws and the PDF writes, in millimetres from the top left.

use super::fonts::Face;
use super::matrix::Matrix;
use crate::kernel::text::Text;

/// One thing on a page.
#[derive(Clone, Debug, PartialEq)]
pub enum Item {
    /// A line of letters.
    Text(TextItem),
    /// A straight line with square ends.
    Line {
        /// From, mm.
        x1: f32,
        /// From, mm.
        y1: f32,
        /// To, mm.
        x2: f32,
        /// To, mm.
        y2: f32,
        /// Thickness, mm.
        thick: f32,
        /// Drawn with gaps: a line to cut along.
        dashed: bool,
    },
    /// A rectangle.
    Rect {
        /// Left, mm.
        x: f32,
        /// Top, mm.
        y: f32,
        /// Width, mm.
        width: f32,
        /// Height, mm.
        height: f32,
        /// How it is painted.
        paint: Paint,
    },
    /// Modules of a code stretched over a rectangle; draw [`Matrix::runs`] as filled rectangles.
    Matrix {
        /// Left, mm.
        x: f32,
        /// Top, mm.
        y: f32,
        /// Width, mm.
        width: f32,
        /// Height, mm.
        height: f32,
        /// The modules.
        matrix: Matrix,
    },
}

/// A line of letters.
#[derive(Clone, Debug, PartialEq)]
pub struct TextItem {
    /// Where the first letter begins, mm from the left.
    pub x: f32,
    /// The baseline, mm from the top.
    pub y: f32,
    /// Size in points.
    pub size_pt: f32,
    /// The font file.
    pub face: Face,
    /// The letters; all of them are in the face.
    pub string: String,
    /// Their width, mm.
    pub width_mm: f32,
    /// Runs upwards, turned a quarter to the left about its beginning.
    pub turned: bool,
    /// The field it shows, to open by a click: `number`, or `lines[3].name` with rows from zero.
    pub field: Option<String>,
}

/// How a rectangle is painted.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Paint {
    /// The frame only, its thickness in mm, centred on the edge.
    Outline(f32),
    /// Filled, in percent of black.
    Solid(u8),
}

/// A page.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Page {
    /// Width, mm.
    pub width_mm: f32,
    /// Height, mm.
    pub height_mm: f32,
    /// What is on it, in the order of painting.
    pub items: Vec<Item>,
}

/// A printed document.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Pages {
    /// What the document is called: a tab, a print job, the title of a PDF.
    pub title: String,
    /// The pages.
    pub pages: Vec<Page>,
    /// What a person should know before printing: texts that did not fit, letters that cannot be printed.
    pub warnings: Vec<Text>,
}

impl Pages {
    /// Adds the pages of another document behind, to print a set at once.
    pub fn append(&mut self, other: Self) {
        self.pages.extend(other.pages);
        for warning in other.warnings {
            if !self.warnings.contains(&warning) {
                self.warnings.push(warning);
            }
        }
    }
}

/// A4 upright, mm, and what most printers leave white at its edges.
const SHEET: (f32, f32) = (210.0, 297.0);
const SHEET_EDGE: f32 = 6.0;
/// The line to cut along, mm.
const CUT: f32 = 0.1;

impl Pages {
    /// How many of these pages stand beside and under each other on a sheet of A4; `None` when only one does.
    pub fn on_a_sheet(&self) -> Option<(usize, usize)> {
        let widest = self.pages.iter().map(|page| page.width_mm).fold(0.0, f32::max);
        let tallest = self.pages.iter().map(|page| page.height_mm).fold(0.0, f32::max);
        let fits = |room: f32, side: f32| move |count: &u8| f32::from(*count) * side <= room - 2.0 * SHEET_EDGE;
        let fit = |room: f32, side: f32| if side > 0.0 { (1..u8::MAX).take_while(fits(room, side)).count() } else { 0 };
        let (across, down) = (fit(SHEET.0, widest), fit(SHEET.1, tallest));
        (across * down > 1).then_some((across, down))
    }

    /// The same pages, several on each sheet of A4, with lines to cut along. What fits only once stays as it is.
    #[must_use]
    pub fn on_sheets(&self) -> Self {
        let Some((across, down)) = self.on_a_sheet() else { return self.clone() };
        let sheet = |pages: &[Page]| {
            let mut items = Vec::new();
            for (at, page) in pages.iter().enumerate() {
                let (x, y) = ((at % across) as f32 * page.width_mm, (at / across) as f32 * page.height_mm);
                let (x, y) = (SHEET_EDGE + x, SHEET_EDGE + y);
                let (width, height) = (page.width_mm, page.height_mm);
                items.push(Item::Rect { x, y, width, height, paint: Paint::Outline(CUT) });
                items.extend(page.items.iter().map(|item| item.moved(x, y)));
            }
            Page { width_mm: SHEET.0, height_mm: SHEET.1, items }
        };
        let pages = self.pages.chunks(across * down).map(sheet).collect();
        Self { pages, title: self.title.clone(), warnings: self.warnings.clone() }
    }
}

impl Item {
    /// The same thing moved, for copies on one sheet.
    #[must_use]
    pub fn moved(&self, dx: f32, dy: f32) -> Self {
        let mut moved = self.clone();
        match &mut moved {
            Item::Text(text) => {
                text.x += dx;
                text.y += dy;
            }
            Item::Line { x1, y1, x2, y2, .. } => {
                *x1 += dx;
                *x2 += dx;
                *y1 += dy;
                *y2 += dy;
            }
            Item::Rect { x, y, .. } | Item::Matrix { x, y, .. } => {
                *x += dx;
                *y += dy;
            }
        }
        moved
    }
}
