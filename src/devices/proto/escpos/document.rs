//! What a receipt consists of, independent of any printer.

use crate::devices::proto::bitmap::Bitmap;

/// Where a line stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Align {
    /// At the left margin.
    #[default]
    Left,
    /// In the middle.
    Center,
    /// At the right margin.
    Right,
}

/// How text looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Style {
    /// Where the line stands.
    pub align: Align,
    /// Bold.
    pub bold: bool,
    /// Underlined.
    pub underline: bool,
    /// Twice as wide: half as many columns.
    pub wide: bool,
    /// Twice as high.
    pub tall: bool,
    /// The printer's small letters (font B).
    pub small: bool,
}

/// The width of a cell in a line of columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Width {
    /// So many letters.
    Letters(usize),
    /// What the others leave, shared evenly.
    Rest,
}

/// A cell of a line of columns; text that does not fit goes on below in the same column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// The text.
    pub text: String,
    /// The width.
    pub width: Width,
    /// Where the text stands in its column.
    pub align: Align,
}

/// A kind of linear code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum BarcodeKind {
    /// UPC-A.
    UpcA,
    /// EAN-13.
    Ean13,
    /// EAN-8.
    Ean8,
    /// Code 39.
    Code39,
    /// Interleaved two of five.
    Itf,
    /// Code 128.
    Code128,
    /// GS1-128: the data begin with the function mark, GS parts the fields.
    Gs1Code128,
}

/// A linear code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Barcode {
    /// The kind.
    pub kind: BarcodeKind,
    /// The data, ASCII.
    pub data: String,
    /// Height in dots, 1 to 255.
    pub height: u8,
    /// Width of the narrowest bar in dots, 2 to 6.
    pub module: u8,
    /// The data stand below in letters.
    pub text: bool,
}

/// How much of a QR code may be lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Correction {
    /// 7 %.
    Low,
    /// 15 %.
    Medium,
    /// 25 %.
    Quartile,
    /// 30 %.
    High,
}

/// A QR code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Qr {
    /// The data.
    pub data: Vec<u8>,
    /// Dots of one module, 1 to 16.
    pub module: u8,
    /// How much may be lost.
    pub correction: Correction,
}

/// A part of a receipt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Element {
    /// Text, broken into lines between words.
    Text {
        /// The text; a line feed begins a new line.
        text: String,
        /// How it looks.
        style: Style,
    },
    /// Cells side by side.
    Columns {
        /// The cells, from the left.
        cells: Vec<Cell>,
        /// How they look; the place of the line does not matter, it is full.
        style: Style,
    },
    /// A line of one sign across the paper.
    Rule(char),
    /// A linear code.
    Barcode {
        /// The code.
        barcode: Barcode,
        /// Where it stands.
        align: Align,
    },
    /// A QR code.
    Qr {
        /// The code.
        qr: Qr,
        /// Where it stands.
        align: Align,
    },
    /// A picture.
    Image {
        /// The dots.
        bitmap: Bitmap,
        /// Where it stands.
        align: Align,
    },
    /// Empty lines.
    Feed(u8),
    /// The paper is cut after it is fed to the knife.
    Cut,
    /// The cash drawer opens.
    Drawer,
}

/// A receipt.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Document {
    /// Its parts in order.
    pub elements: Vec<Element>,
}

impl Document {
    /// Adds text of the usual look.
    pub fn text(&mut self, text: &str) {
        self.styled(text, Style::default());
    }

    /// Adds text.
    pub fn styled(&mut self, text: &str, style: Style) {
        self.elements.push(Element::Text { text: text.to_owned(), style });
    }

    /// Adds a name at the left and an amount at the right of one line.
    pub fn pair(&mut self, left: &str, right: &str, style: Style) {
        let cell = |text: &str, width, align| Cell { text: text.to_owned(), width, align };
        let right_width = Width::Letters(right.chars().count() + 1);
        let cells = vec![cell(left, Width::Rest, Align::Left), cell(right, right_width, Align::Right)];
        self.elements.push(Element::Columns { cells, style });
    }
}
