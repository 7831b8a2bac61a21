//! What one model of receipt printer can and how it wants it. Figures of models: the escpos-printer-db through
//! python-escpos 3.1, and complaints of owners of clones.

use crate::devices::proto::letters::Letters;

/// A table of letters with the number the model gives it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CodeTable {
    /// The table.
    pub letters: Letters,
    /// Its number in `ESC t`.
    pub number: u8,
}

/// How text reaches the paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextMode {
    /// By the printer's own letters.
    Table(CodeTable),
    /// As pictures of lines: for printers without Cyrillic. 1.7 kB a line, too slow at 9600 bits a second.
    Pictures,
}

/// How pictures are sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Raster {
    /// `GS v 0`.
    Modern,
    /// `ESC *` in strips of 24 dots.
    Strips,
}

/// How the end of a job is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Barrier {
    /// `GS ( H`: the printer answers when everything before it is on paper.
    ProcessId,
    /// `GS r 1`: the printer answers when it comes to it.
    InOrderStatus,
    /// The way to the printer brings no answers back, or the printer gives none.
    None,
}

/// The knife.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Knife {
    /// `GS V 66`: feeds the paper to the knife, leaves a bridge.
    FeedAndCut,
    /// `ESC m` of old models, after a feed of so many lines.
    Old(u8),
    /// No knife: a feed of so many lines to the edge for tearing.
    Tear(u8),
}

/// A model with its settings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Profile {
    /// Letters in a line of the usual size.
    pub columns: usize,
    /// Dots across the paper.
    pub dots: usize,
    /// How text is sent.
    pub text: TextMode,
    /// `FS .` after `ESC @`: without it clones read Cyrillic as hieroglyphs; no known printer minds it.
    pub cancel_hieroglyphs: bool,
    /// How pictures are sent.
    pub raster: Raster,
    /// Rows of one picture command, 24 to 255.
    pub band: usize,
    /// The model prints linear codes itself.
    pub own_barcodes: bool,
    /// The model prints QR codes itself.
    pub own_qr: bool,
    /// How the end of a job is known.
    pub barrier: Barrier,
    /// The knife.
    pub knife: Knife,
    /// The pin of the drawer, 0 or 1.
    pub drawer_pin: u8,
    /// The pulse to the drawer: on and off, in units of two milliseconds.
    pub drawer_pulse: (u8, u8),
}

impl Default for Profile {
    fn default() -> Self {
        Self::paper_80()
    }
}

impl Profile {
    /// A printer for paper of 80 mm with the tables of Epson.
    #[must_use]
    pub fn paper_80() -> Self {
        Self {
            columns: 48,
            dots: 576,
            text: TextMode::Table(CodeTable { letters: Letters::Cp866, number: 17 }),
            cancel_hieroglyphs: true,
            raster: Raster::Modern,
            band: 128,
            own_barcodes: true,
            own_qr: true,
            barrier: Barrier::InOrderStatus,
            knife: Knife::FeedAndCut,
            drawer_pin: 0,
            drawer_pulse: (0x19, 0xFA),
        }
    }

    /// A printer for paper of 58 mm, without a knife.
    #[must_use]
    pub fn paper_58() -> Self {
        Self { columns: 32, dots: 384, knife: Knife::Tear(4), ..Self::paper_80() }
    }
}

/// A family of models and the numbers its tables may have; the first of each is the likeliest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Family {
    /// Names of models.
    pub names: &'static str,
    /// Numbers of CP866.
    pub cp866: &'static [u8],
    /// Numbers of windows-1251.
    pub cp1251: &'static [u8],
}

/// Families whose numbers are known.
pub static FAMILIES: &[Family] = &[
    Family { names: "Epson TM, Xprinter, Rongta, АТОЛ RP, Mprint", cp866: &[17], cp1251: &[46] },
    Family { names: "POS-5890, NT-5890K, P822D, NT-80", cp866: &[17, 59], cp1251: &[73] },
    Family { names: "Citizen CT-S651", cp866: &[7, 17], cp1251: &[] },
    Family { names: "TH230, RP326", cp866: &[7], cp1251: &[6] },
    Family { names: "Star SP2000, TSP600", cp866: &[10], cp1251: &[34] },
    Family { names: "KR-306", cp866: &[12, 37], cp1251: &[51] },
];

/// Every table worth trying when the model is unknown: the person says which line could be read.
#[must_use]
pub fn tables_to_try() -> Vec<CodeTable> {
    let of = |letters, numbers: &[u8]| -> Vec<CodeTable> {
        numbers.iter().map(|number| CodeTable { letters, number: *number }).collect()
    };
    let all = FAMILIES.iter().flat_map(|family| {
        let first = of(Letters::Cp866, family.cp866);
        first.into_iter().chain(of(Letters::Cp1251, family.cp1251)).collect::<Vec<_>>()
    });
    let mut tables: Vec<CodeTable> = Vec::new();
    for table in all {
        if !tables.contains(&table) {
            tables.push(table);
        }
    }
    tables.sort_by_key(|table| table.letters);
    tables
}
