//! A table of texts as pages, without a template: heads on every page, numbers of pages, across the sheet when
//! it is wide. Reports are printed so.

use super::fit::{Room, fit, line_mm, printable};
use super::fonts::{Face, Family};
use super::pages::{Item, Page, Pages, Paint, TextItem};
use crate::text;

/// A column.
#[derive(Clone, Debug, Default)]
pub struct GridHead {
    /// Its title.
    pub title: String,
    /// The common head above it and its neighbours.
    pub group: Option<String>,
    /// Its cells are numbers: they stand at the right and are never broken.
    pub number: bool,
}

/// A row.
#[derive(Clone, Debug, Default)]
pub struct GridRow {
    /// Cells under the heads.
    pub cells: Vec<String>,
    /// How deep it stands.
    pub level: u8,
    /// Bold letters: a group, a total.
    pub bold: bool,
    /// Grey: a total.
    pub shaded: bool,
}

/// A table to be printed.
#[derive(Clone, Debug, Default)]
pub struct Grid {
    /// The title.
    pub title: String,
    /// Lines below it.
    pub about: Vec<String>,
    /// The heads.
    pub heads: Vec<GridHead>,
    /// The rows.
    pub rows: Vec<GridRow>,
}

/// The short and the long side of a sheet, mm.
const A4: (f32, f32) = (210.0, 297.0);
/// Empty at the left, right, top and bottom, mm.
const MARGIN: f32 = 10.0;
/// Empty for the number of the page, mm.
const FOOT: f32 = 6.0;
/// Size of letters, points.
const SIZE: f32 = 8.0;
/// Size of the title, points.
const TITLE: f32 = 13.0;
/// Empty at the sides of a text, mm.
const PAD: f32 = 0.8;
/// How far a level stands to the right, mm.
const INDENT: f32 = 3.0;
/// The widest and the narrowest column of texts, mm.
const TEXT_WIDTH: (f32, f32) = (75.0, 18.0);
/// Rows measured for the widths of columns.
const MEASURED: usize = 3_000;
/// Thickness of lines, mm.
const THIN: f32 = 0.12;

const PLAIN: Face = Face { family: Family::Sans, bold: false };
const BOLD: Face = Face { family: Family::Sans, bold: true };

/// A cell fitted into its column.
struct Fitted {
    lines: Vec<String>,
    size: f32,
    right: bool,
    indent: f32,
}

/// The work of laying out.
struct Paper<'a> {
    grid: &'a Grid,
    widths: Vec<f32>,
    size: (f32, f32),
    pages: Vec<Vec<Item>>,
    y: f32,
}

/// Lays a table out.
pub fn pages(grid: &Grid) -> Pages {
    let natural: Vec<f32> = (0..grid.heads.len()).map(|at| natural_width(grid, at)).collect();
    let total: f32 = natural.iter().sum();
    let size = if total > A4.0 - 2.0 * MARGIN { (A4.1, A4.0) } else { A4 };
    let widths = squeezed(grid, natural, size.0 - 2.0 * MARGIN);
    let mut paper = Paper { grid, widths, size, pages: vec![Vec::new()], y: MARGIN };
    paper.title();
    paper.heads();
    for row in &grid.rows {
        paper.row(row);
    }
    paper.finish()
}

/// How wide a column likes to be, mm.
fn natural_width(grid: &Grid, at: usize) -> f32 {
    let Some(head) = grid.heads.get(at) else { return 0.0 };
    let of = |row: &GridRow| {
        let text = row.cells.get(at).map(String::as_str).unwrap_or_default();
        let indent = if at == 0 { INDENT * f32::from(row.level) } else { 0.0 };
        face(row).width_mm(text, SIZE) + indent
    };
    // The last rows are totals, which hold the longest numbers.
    let rows = grid.rows.iter().take(MEASURED).chain(grid.rows.last());
    let widest = rows.map(of).fold(0.0, f32::max);
    // A head is broken at blanks: its longest word is what it needs.
    let word = head.title.split_whitespace().map(|word| BOLD.width_mm(word, SIZE)).fold(0.0, f32::max);
    let wanted = widest.max(word) + 2.0 * PAD + 0.4;
    if head.number { wanted } else { wanted.clamp(TEXT_WIDTH.1.min(wanted), TEXT_WIDTH.0) }
}

/// Columns of texts give way until everything fits; when that is not enough, all do.
fn squeezed(grid: &Grid, mut widths: Vec<f32>, room: f32) -> Vec<f32> {
    let over = widths.iter().sum::<f32>() - room;
    if over <= 0.0 {
        return widths;
    }
    let spare = |head: &GridHead, width: f32| if head.number { 0.0 } else { (width - TEXT_WIDTH.1).max(0.0) };
    let all: f32 = grid.heads.iter().zip(&widths).map(|(head, width)| spare(head, *width)).sum();
    let part = if all > 0.0 { (over / all).min(1.0) } else { 0.0 };
    for (head, width) in grid.heads.iter().zip(&mut widths) {
        *width -= spare(head, *width) * part;
    }
    let total: f32 = widths.iter().sum();
    if total > room {
        widths.iter_mut().for_each(|width| *width *= room / total);
    }
    widths
}

const fn face(row: &GridRow) -> Face {
    if row.bold { BOLD } else { PLAIN }
}

impl Paper<'_> {
    fn items(&mut self) -> &mut Vec<Item> {
        if self.pages.is_empty() {
            self.pages.push(Vec::new());
        }
        let last = self.pages.len() - 1;
        &mut self.pages[last]
    }

    fn width(&self) -> f32 {
        self.widths.iter().sum()
    }

    fn text(&mut self, at: (f32, f32), face: Face, size: f32, text: &str) {
        let (string, _) = printable(face, text);
        let width_mm = face.width_mm(&string, size);
        let item = TextItem {
            x: at.0,
            y: at.1 + face.ascent_mm(size),
            size_pt: size,
            face,
            string,
            width_mm,
            turned: false,
            field: None,
        };
        self.items().push(Item::Text(item));
    }

    /// Lines of text across the sheet.
    fn across(&mut self, face: Face, size: f32, text: &str) {
        let width = self.size.0 - 2.0 * MARGIN;
        let room = Room { face, size_pt: size, widths: &[width], height: None, wrap: true, shrink: false };
        for line in fit(text, &room).lines {
            self.text((MARGIN, self.y), face, size, &line);
            self.y += line_mm(size);
        }
    }

    fn title(&mut self) {
        let grid = self.grid;
        self.across(BOLD, TITLE, &grid.title);
        self.y += 1.0;
        for line in &grid.about {
            self.across(PLAIN, SIZE, line);
        }
        self.y += 2.0;
    }

    /// The heads, on one level or on two.
    fn heads(&mut self) {
        let grid = self.grid;
        let grouped = grid.heads.iter().any(|head| head.group.is_some());
        let head_height = |this: &Self, at: usize, title: &str| {
            let width = this.widths.get(at).copied().unwrap_or_default();
            this.fitted(title, BOLD, width, false, 0.0).lines.len()
        };
        let lines = grid.heads.iter().enumerate().map(|(at, head)| head_height(self, at, &head.title)).max();
        let low = line_mm(SIZE) * count(lines.unwrap_or(1).max(1)) + 2.0 * PAD;
        let high = if grouped { line_mm(SIZE) + 2.0 * PAD } else { 0.0 };
        let (top, mut x, mut column) = (self.y, MARGIN, 0);
        while let Some(head) = grid.heads.get(column) {
            let width = self.widths.get(column).copied().unwrap_or_default();
            let Some(group) = head.group.as_ref().filter(|_| grouped) else {
                self.head((x, top, width, high + low), &head.title);
                x += width;
                column += 1;
                continue;
            };
            let same = grid.heads.iter().skip(column).take_while(|other| other.group.as_ref() == Some(group)).count();
            let wide: f32 = self.widths.iter().skip(column).take(same).sum();
            self.head((x, top, wide, high), group);
            for at in column..column + same {
                let width = self.widths.get(at).copied().unwrap_or_default();
                let title = grid.heads.get(at).map(|head| head.title.clone()).unwrap_or_default();
                self.head((x, top + high, width, low), &title);
                x += width;
            }
            column += same;
        }
        self.y += high + low;
    }

    fn head(&mut self, (x, y, width, height): (f32, f32, f32, f32), title: &str) {
        self.items().push(Item::Rect { x, y, width, height, paint: Paint::Solid(8) });
        self.items().push(Item::Rect { x, y, width, height, paint: Paint::Outline(THIN) });
        let fitted = self.fitted(title, BOLD, width, false, 0.0);
        let mut line_y = y + (height - line_mm(fitted.size) * count(fitted.lines.len())) / 2.0;
        for line in &fitted.lines {
            let shift = (width - BOLD.width_mm(line, fitted.size)) / 2.0;
            self.text((x + shift.max(PAD), line_y), BOLD, fitted.size, line);
            line_y += line_mm(fitted.size);
        }
    }

    fn fitted(&self, text: &str, face: Face, width: f32, right: bool, indent: f32) -> Fitted {
        let (text, _) = printable(face, text);
        let room = Room {
            face,
            size_pt: SIZE,
            widths: &[(width - 2.0 * PAD - indent).max(5.0)],
            // A number is never broken: it may only become smaller.
            height: right.then(|| line_mm(SIZE)),
            wrap: !right,
            shrink: right,
        };
        let found = fit(&text, &room);
        Fitted { lines: found.lines, size: found.size_pt, right, indent }
    }

    fn row(&mut self, row: &GridRow) {
        let grid = self.grid;
        let face = face(row);
        let cells: Vec<Fitted> = grid
            .heads
            .iter()
            .zip(&row.cells)
            .zip(&self.widths)
            .enumerate()
            .map(|(at, ((head, one), width))| {
                let indent = if at == 0 { INDENT * f32::from(row.level.min(8)) } else { 0.0 };
                self.fitted(one, face, *width, head.number, indent)
            })
            .collect();
        let lines = cells.iter().map(|cell| cell.lines.len()).max().unwrap_or(1).max(1);
        let height = line_mm(SIZE) * count(lines) + 0.9;
        if self.y + height > self.size.1 - MARGIN - FOOT {
            self.pages.push(Vec::new());
            self.y = MARGIN;
            self.heads();
        }
        if row.shaded {
            let (y, width) = (self.y, self.width());
            self.items().push(Item::Rect { x: MARGIN, y, width, height, paint: Paint::Solid(8) });
        }
        let mut x = MARGIN;
        for (fitted, width) in cells.iter().zip(self.widths.clone()) {
            let (y, own) = (self.y, width);
            self.items().push(Item::Rect { x, y, width: own, height, paint: Paint::Outline(THIN) });
            let mut line_y = self.y + 0.45;
            for line in &fitted.lines {
                let left = if fitted.right {
                    x + width - PAD - face.width_mm(line, fitted.size)
                } else {
                    x + PAD + fitted.indent
                };
                self.text((left, line_y), face, fitted.size, line);
                line_y += line_mm(SIZE);
            }
            x += width;
        }
        self.y += height;
    }

    fn finish(mut self) -> Pages {
        let all = self.pages.len();
        let (width, height) = self.size;
        let pages = std::mem::take(&mut self.pages);
        let mut out = Vec::new();
        for (at, items) in pages.into_iter().enumerate() {
            self.pages = vec![items];
            let said = text!("print-page", page = at + 1, pages = all).show();
            let left = width - MARGIN - PLAIN.width_mm(&said, SIZE);
            self.text((left, height - MARGIN - line_mm(SIZE)), PLAIN, SIZE, &said);
            out.push(Page { width_mm: width, height_mm: height, items: self.pages.pop().unwrap_or_default() });
        }
        Pages { title: self.grid.title.clone(), pages: out, warnings: Vec::new() }
    }
}

/// A count as a length.
fn count(lines: usize) -> f32 {
    f32::from(u16::try_from(lines).unwrap_or(u16::MAX))
}
