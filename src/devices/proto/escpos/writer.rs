//! A document by a profile to the bytes of a job.
//!
//! A job begins with `ESC @` and never ends with it: at its end it would wipe the next job from the printer's
//! memory.

use super::document::{Align, Barcode, BarcodeKind, Correction, Document, Element, Qr, Style};
use super::layout::{columns, placed, wrapped};
use super::profile::{CodeTable, Knife, Profile, Raster, TextMode, tables_to_try};
use crate::devices::proto::bitmap::{Bitmap, low_high};
use crate::devices::proto::letters::Letters;

/// Draws what a printer cannot print itself; the layer with fonts gives one.
pub trait Painter {
    /// A line of text across the paper, placed already: its spaces are part of it.
    fn line(&self, text: &str, style: Style, dots: usize) -> Bitmap;
    /// A linear code; `None` when its data do not suit its kind.
    fn barcode(&self, barcode: &Barcode) -> Option<Bitmap>;
    /// A QR code; `None` when there is too much data.
    fn qr(&self, qr: &Qr) -> Option<Bitmap>;
}

/// A part of the document that could not be printed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unprinted {
    /// The data do not suit the kind of code.
    Barcode(BarcodeKind),
    /// The QR code has no data, or too much.
    Qr,
}

/// A job ready to be sent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Job {
    /// The bytes; the barrier is sent after them.
    pub bytes: Vec<u8>,
    /// Letters the printer's table lacks, printed as question marks.
    pub lost: usize,
    /// Codes that were left out.
    pub unprinted: Vec<Unprinted>,
}

/// Writes a document.
#[must_use]
pub fn write(document: &Document, profile: &Profile, painter: &dyn Painter) -> Job {
    let mut writer = Writer { profile, painter, job: Job::default(), style: Style::default() };
    writer.begin();
    for element in &document.elements {
        writer.element(element);
    }
    writer.job
}

struct Writer<'a> {
    profile: &'a Profile,
    painter: &'a dyn Painter,
    job: Job,
    style: Style,
}

impl Writer<'_> {
    fn put(&mut self, bytes: &[u8]) {
        self.job.bytes.extend_from_slice(bytes);
    }

    fn begin(&mut self) {
        self.put(&[0x1B, 0x40]);
        if self.profile.cancel_hieroglyphs {
            self.put(&[0x1C, 0x2E]);
        }
        if let TextMode::Table(table) = self.profile.text {
            self.put(&[0x1B, 0x74, table.number]);
        }
    }

    fn element(&mut self, element: &Element) {
        match element {
            Element::Text { text, style } => {
                let (text, width) = (self.folded(text), self.width(*style));
                for line in wrapped(&text, width) {
                    self.line(&line, *style);
                }
            }
            Element::Columns { cells, style } => {
                let mut cells = cells.clone();
                for cell in &mut cells {
                    cell.text = self.folded(&cell.text);
                }
                for line in columns(&cells, self.width(*style)) {
                    self.line(&line, Style { align: Align::Left, ..*style });
                }
            }
            Element::Rule(sign) => {
                let line = self.folded(&sign.to_string().repeat(self.profile.columns));
                self.line(&placed(&line, self.profile.columns, Align::Left), Style::default());
            }
            Element::Barcode { barcode, align } => self.barcode(barcode, *align),
            Element::Qr { qr, align } => self.qr(qr, *align),
            Element::Image { bitmap, align } => self.picture(bitmap, *align),
            Element::Feed(lines) => self.put(&[0x1B, 0x64, *lines]),
            Element::Cut => match self.profile.knife {
                Knife::FeedAndCut => self.put(&[0x1D, 0x56, 0x42, 0x00]),
                Knife::Old(lines) => self.put(&[0x1B, 0x64, lines, 0x1B, 0x6D]),
                Knife::Tear(lines) => self.put(&[0x1B, 0x64, lines]),
            },
            Element::Drawer => {
                let (on, off) = self.profile.drawer_pulse;
                self.put(&[0x1B, 0x70, self.profile.drawer_pin, on, off]);
            }
        }
    }

    /// Letters a line of a style has.
    fn width(&self, style: Style) -> usize {
        // Font B is nine dots wide instead of twelve.
        let columns = if style.small { self.profile.columns * 12 / 9 } else { self.profile.columns };
        if style.wide { columns / 2 } else { columns }.max(1)
    }

    /// Text with what the table lacks replaced: before it is measured, because a replacement may be longer.
    fn folded(&mut self, text: &str) -> String {
        let TextMode::Table(table) = self.profile.text else { return text.to_owned() };
        let lines = text.split('\n').map(|line| table.letters.fold(line));
        let folded: Vec<_> = lines.collect();
        self.job.lost += folded.iter().map(|line| line.lost).sum::<usize>();
        folded.into_iter().map(|line| line.text).collect::<Vec<_>>().join("\n")
    }

    fn line(&mut self, line: &str, style: Style) {
        match self.profile.text {
            TextMode::Table(table) => {
                self.look(style);
                self.put(&table.letters.encode(line));
                self.put(b"\n");
            }
            TextMode::Pictures => {
                let text = placed(line, self.width(style), style.align);
                let picture = self.painter.line(&text, style, self.profile.dots);
                self.picture(&picture, Align::Left);
            }
        }
    }

    /// Sends what differs from the look before.
    fn look(&mut self, style: Style) {
        let before = self.style;
        self.align(style.align);
        if before.bold != style.bold {
            self.put(&[0x1B, 0x45, u8::from(style.bold)]);
        }
        if before.underline != style.underline {
            self.put(&[0x1B, 0x2D, u8::from(style.underline)]);
        }
        if before.small != style.small {
            self.put(&[0x1B, 0x4D, u8::from(style.small)]);
        }
        if (before.wide, before.tall) != (style.wide, style.tall) {
            self.put(&[0x1D, 0x21, u8::from(style.wide) << 4 | u8::from(style.tall)]);
        }
        self.style = style;
    }

    fn align(&mut self, align: Align) {
        if self.style.align != align {
            self.put(&[0x1B, 0x61, number(align)]);
            self.style.align = align;
        }
    }

    fn barcode(&mut self, barcode: &Barcode, align: Align) {
        let Some((kind, data)) = barcode_data(barcode) else {
            self.job.unprinted.push(Unprinted::Barcode(barcode.kind));
            return;
        };
        if self.profile.own_barcodes {
            self.align(align);
            let text = if barcode.text { 2 } else { 0 };
            self.put(&[0x1D, 0x68, barcode.height.max(1), 0x1D, 0x77, barcode.module.clamp(2, 6), 0x1D, 0x48, text]);
            self.put(&[0x1D, 0x6B, kind, low_high(data.len())[0]]);
            self.put(&data);
        } else if let Some(picture) = self.painter.barcode(barcode) {
            self.picture(&picture, align);
        } else {
            self.job.unprinted.push(Unprinted::Barcode(barcode.kind));
        }
    }

    fn qr(&mut self, qr: &Qr, align: Align) {
        let fits = !qr.data.is_empty() && qr.data.len() <= 2953;
        // Bytes that many models obey even inside data leave only a picture.
        if fits && self.profile.own_qr && !has_real_time(&qr.data) {
            self.align(align);
            self.put(&qr_bytes(qr));
        } else if let Some(picture) = self.painter.qr(qr).filter(|_| fits) {
            self.picture(&picture, align);
        } else {
            self.job.unprinted.push(Unprinted::Qr);
        }
    }

    fn picture(&mut self, picture: &Bitmap, align: Align) {
        self.align(align);
        match self.profile.raster {
            Raster::Modern => {
                let band = self.profile.band.clamp(24, 255);
                for from in (0..picture.height()).step_by(band) {
                    let part = picture.band(from, from + band);
                    let [x_low, x_high] = low_high(part.stride());
                    let [y_low, y_high] = low_high(part.height());
                    self.put(&[0x1D, 0x76, 0x30, 0x00, x_low, x_high, y_low, y_high]);
                    self.put(&tamed(part.bits()));
                }
            }
            Raster::Strips => self.strips(picture),
        }
    }

    fn strips(&mut self, picture: &Bitmap) {
        self.put(&[0x1B, 0x33, 24]);
        for top in (0..picture.height()).step_by(24) {
            let [low, high] = low_high(picture.width());
            self.put(&[0x1B, 0x2A, 33, low, high]);
            let byte =
                |x: usize, from: usize| (0..8).fold(0u8, |byte, at| byte << 1 | u8::from(picture.dot(x, from + at)));
            let data: Vec<u8> = (0..picture.width()).flat_map(|x| [0, 8, 16].map(|from| byte(x, top + from))).collect();
            self.put(&tamed(&data));
            self.put(b"\n");
        }
        self.put(&[0x1B, 0x32]);
    }
}

fn number(align: Align) -> u8 {
    match align {
        Align::Left => 0,
        Align::Center => 1,
        Align::Right => 2,
    }
}

/// Many models obey `10 04`, `10 05` and `10 14` even in the middle of data.
#[must_use]
pub fn has_real_time(bytes: &[u8]) -> bool {
    bytes.windows(2).any(|pair| matches!(pair, [0x10, 0x04 | 0x05 | 0x14]))
}

/// Dots of a picture without those commands: one dot more, which nobody sees.
fn tamed(bits: &[u8]) -> Vec<u8> {
    let next = bits.iter().skip(1).map(Some).chain([None]);
    let one = |(byte, next): (&u8, Option<&u8>)| match (byte, next) {
        // The last byte may meet a command of the same beginning after it.
        (0x10, None | Some(0x04 | 0x05 | 0x14)) => 0x11,
        _ => *byte,
    };
    bits.iter().zip(next).map(one).collect()
}

/// The number of a kind in `GS k` and its data; `None` when they do not suit each other.
fn barcode_data(barcode: &Barcode) -> Option<(u8, Vec<u8>)> {
    let data = barcode.data.as_bytes();
    let digits = |lengths: &[usize]| lengths.contains(&data.len()) && data.iter().all(u8::is_ascii_digit);
    let plain = || data.to_vec();
    let (kind, data) = match barcode.kind {
        BarcodeKind::UpcA if digits(&[11, 12]) => (65, plain()),
        BarcodeKind::Ean13 if digits(&[12, 13]) => (67, plain()),
        BarcodeKind::Ean8 if digits(&[7, 8]) => (68, plain()),
        BarcodeKind::Code39 => {
            let known = |byte: &u8| byte.is_ascii_uppercase() || byte.is_ascii_digit() || b" $%+-./".contains(byte);
            data.iter().all(known).then(|| (69, plain()))?
        }
        BarcodeKind::Itf if data.len().is_multiple_of(2) && data.iter().all(u8::is_ascii_digit) => (70, plain()),
        BarcodeKind::Code128 => (73, code_128(data, false)?),
        BarcodeKind::Gs1Code128 => (73, code_128(data, true)?),
        _ => return None,
    };
    (!data.is_empty() && data.len() <= 255).then_some((kind, data))
}

/// Data of Code 128: pairs of digits in set C where there is nothing else, set B otherwise.
fn code_128(data: &[u8], gs1: bool) -> Option<Vec<u8>> {
    let pairs = data.len() >= 4 && data.len().is_multiple_of(2) && data.iter().all(u8::is_ascii_digit);
    let mut written = if pairs { b"{C".to_vec() } else { b"{B".to_vec() };
    if gs1 {
        written.extend(b"{1");
    }
    if pairs {
        let value = |pair: &[u8]| pair.iter().fold(0u8, |value, digit| value * 10 + (digit - b'0'));
        written.extend(data.chunks(2).map(value));
        return Some(written);
    }
    for byte in data {
        match byte {
            0x1D if gs1 => written.extend(b"{1"),
            b'{' => written.extend(b"{{"),
            0x20..=0x7E => written.push(*byte),
            _ => return None,
        }
    }
    (!data.is_empty()).then_some(written)
}

fn qr_bytes(qr: &Qr) -> Vec<u8> {
    let correction = match qr.correction {
        Correction::Low => 48,
        Correction::Medium => 49,
        Correction::Quartile => 50,
        Correction::High => 51,
    };
    let [low, high] = low_high(qr.data.len() + 3);
    let mut bytes = vec![0x1D, 0x28, 0x6B, 0x04, 0x00, 0x31, 0x41, 0x32, 0x00];
    bytes.extend([0x1D, 0x28, 0x6B, 0x03, 0x00, 0x31, 0x43, qr.module.clamp(1, 16)]);
    bytes.extend([0x1D, 0x28, 0x6B, 0x03, 0x00, 0x31, 0x45, correction]);
    bytes.extend([0x1D, 0x28, 0x6B, low, high, 0x31, 0x50, 0x30]);
    bytes.extend(&qr.data);
    bytes.extend([0x1D, 0x28, 0x6B, 0x03, 0x00, 0x31, 0x51, 0x30]);
    bytes
}

/// A sheet with one line for each table worth trying: a person says which one can be read. The line begins with
/// the number of the table in digits, `sample` follows.
#[must_use]
pub fn table_sheet(sample: &str) -> Vec<u8> {
    let mut bytes = vec![0x1B, 0x40, 0x1C, 0x2E];
    for CodeTable { letters, number } in tables_to_try() {
        let name = match letters {
            Letters::Cp866 => "866",
            Letters::Cp1251 => "1251",
        };
        bytes.extend([0x1B, 0x74, number]);
        bytes.extend(format!("{name}/{number}: ").bytes());
        bytes.extend(letters.encode(&letters.fold(sample).text));
        bytes.push(b'\n');
    }
    bytes.extend([0x1B, 0x64, 4]);
    bytes
}

#[cfg(test)]
mod tests;
