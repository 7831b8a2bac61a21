//! A printer's side of ESC/POS: bytes to what appears on paper. The training printer lives by it, and tests read
//! our own jobs back with it.

use super::document::{Align, Barcode, BarcodeKind, Correction, Qr, Style};
use super::status::Ask;
use crate::devices::proto::bitmap::Bitmap;
use crate::devices::proto::letters::Letters;

/// A stretch of text of one look.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    /// The text.
    pub text: String,
    /// How it looks.
    pub style: Style,
}

/// What a printer does with what it got.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Printed {
    /// A line of text; without spans an empty one.
    Line(Vec<Span>),
    /// A linear code.
    Barcode(Barcode, Align),
    /// A QR code.
    Qr(Qr, Align),
    /// Rows of dots.
    Rows(Bitmap, Align),
    /// Empty lines.
    Feed(u8),
    /// The knife.
    Cut,
    /// The drawer of a pin.
    Drawer(u8),
    /// A question answered at once.
    Asked(Ask),
    /// `GS r`: a question answered when the printer comes to it.
    AskedInOrder(u8),
    /// `GS ( H`: a question answered when everything before it is on paper.
    AskedDone([u8; 4]),
    /// The beginning of a job: settings are the usual ones again.
    Reset,
    /// A command this printer does not know, by its first bytes.
    Strange([u8; 2]),
}

/// What model the printer plays.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DecoderSettings {
    /// Tables by their numbers; under other numbers letters above ASCII come out as signs nobody can read.
    pub tables: Vec<(u8, Letters)>,
    /// Plays a clone that reads letters above ASCII as hieroglyphs until `FS .`.
    pub hieroglyphs: bool,
    /// Obeys real-time commands even inside the data of pictures, as many models do.
    pub obeys_inside_data: bool,
}

impl Default for DecoderSettings {
    fn default() -> Self {
        Self { tables: vec![(17, Letters::Cp866), (46, Letters::Cp1251)], hieroglyphs: false, obeys_inside_data: false }
    }
}

/// Bytes of one command; a longer one is nonsense and is dropped.
const COMMAND_MAX: usize = 4 << 20;

/// Reads a stream of ESC/POS.
#[derive(Clone, Debug)]
pub struct Decoder {
    settings: DecoderSettings,
    buffer: Vec<u8>,
    real_time: Vec<u8>,
    style: Style,
    table: u8,
    hieroglyphs: bool,
    line: Vec<Span>,
    strip: Option<Bitmap>,
    barcode: (u8, u8, bool),
    qr: Qr,
}

/// What the buffer begins with.
enum Step {
    /// More bytes are needed.
    More,
    /// So many bytes are done.
    Done(usize),
}

impl Decoder {
    /// A printer just switched on.
    #[must_use]
    pub fn new(settings: DecoderSettings) -> Self {
        let hieroglyphs = settings.hieroglyphs;
        Self {
            settings,
            buffer: Vec::new(),
            real_time: Vec::new(),
            style: Style::default(),
            table: 0,
            hieroglyphs,
            line: Vec::new(),
            strip: None,
            barcode: (162, 3, false),
            qr: Qr { data: Vec::new(), module: 3, correction: Correction::Low },
        }
    }

    /// Takes bytes; returns what came of them, in order.
    pub fn take(&mut self, bytes: &[u8]) -> Vec<Printed> {
        let mut printed = Vec::new();
        for byte in bytes {
            self.arrive(*byte, &mut printed);
        }
        self.run(&mut printed);
        printed
    }

    /// Whether the printer waits for the rest of a command or of a line.
    #[must_use]
    pub fn is_idle(&self) -> bool {
        self.buffer.is_empty() && self.real_time.is_empty() && self.line.is_empty()
    }

    /// Takes questions out of the stream before anything else looks at it.
    fn arrive(&mut self, byte: u8, printed: &mut Vec<Printed>) {
        if self.real_time.is_empty() && byte == 0x10 {
            self.run(printed);
            if self.settings.obeys_inside_data || self.buffer.is_empty() {
                self.real_time.push(byte);
                return;
            }
        }
        if self.real_time.is_empty() {
            self.buffer.push(byte);
            return;
        }
        self.real_time.push(byte);
        match *self.real_time.as_slice() {
            [_, 0x04 | 0x05] | [_, 0x14] | [_, 0x14, _] | [_, 0x14, _, _] => return,
            [_, 0x04, number] => match Ask::ALL.iter().find(|ask| ask.number() == number) {
                Some(ask) => printed.push(Printed::Asked(*ask)),
                None => printed.push(Printed::Strange([0x10, 0x04])),
            },
            [_, 0x14, 1, pin, _] => printed.push(Printed::Drawer(pin)),
            [_, 0x14 | 0x05, ..] => printed.push(Printed::Strange([0x10, self.real_time.get(1).copied().unwrap_or(0)])),
            [_, 0x10] => {
                self.buffer.push(0x10);
                self.real_time.pop();
                return;
            }
            _ => self.buffer.append(&mut self.real_time),
        }
        self.real_time.clear();
    }

    fn run(&mut self, printed: &mut Vec<Printed>) {
        let mut buffer = std::mem::take(&mut self.buffer);
        let mut at = 0;
        while let Some(rest) = buffer.get(at..).filter(|rest| !rest.is_empty()) {
            match self.step(rest, printed) {
                Step::Done(count) => at += count.max(1),
                Step::More if rest.len() > COMMAND_MAX => at = buffer.len(),
                Step::More => break,
            }
        }
        buffer.drain(..at.min(buffer.len()));
        self.buffer = buffer;
    }

    fn step(&mut self, rest: &[u8], printed: &mut Vec<Printed>) -> Step {
        match *rest {
            [b'\n', ..] => {
                self.end_line(printed);
                Step::Done(1)
            }
            [0x1B..=0x1D] => Step::More,
            [0x1B, second, ..] => self.escape(second, rest, printed),
            [0x1C, second, ..] => {
                match second {
                    b'.' => self.hieroglyphs = false,
                    b'&' => self.hieroglyphs = true,
                    _ => printed.push(Printed::Strange([0x1C, second])),
                }
                Step::Done(2)
            }
            [0x1D, second, ..] => self.group(second, rest, printed),
            [0..0x20 | 0x7F, ..] => Step::Done(1),
            _ => {
                let length = rest.iter().position(|byte| *byte < 0x20 || *byte == 0x7F).unwrap_or(rest.len());
                let text = self.letters(rest.get(..length).unwrap_or_default());
                self.span(&text);
                Step::Done(length)
            }
        }
    }

    fn letters(&self, bytes: &[u8]) -> String {
        let table = self.settings.tables.iter().find(|(number, _)| *number == self.table).map(|(_, table)| *table);
        if self.hieroglyphs {
            return bytes.iter().map(|byte| if *byte < 0x80 { char::from(*byte) } else { '字' }).collect();
        }
        match table {
            Some(table) => table.decode(bytes),
            None => bytes.iter().map(|byte| if *byte < 0x80 { char::from(*byte) } else { '¿' }).collect(),
        }
    }

    fn span(&mut self, text: &str) {
        match self.line.last_mut() {
            Some(last) if last.style == self.style => last.text.push_str(text),
            _ => self.line.push(Span { text: text.to_owned(), style: self.style }),
        }
    }

    fn end_line(&mut self, printed: &mut Vec<Printed>) {
        match self.strip.take() {
            Some(strip) => printed.push(Printed::Rows(strip, self.style.align)),
            None => printed.push(Printed::Line(std::mem::take(&mut self.line))),
        }
    }

    /// What stands in the line is printed before anything that is no text.
    fn flush(&mut self, printed: &mut Vec<Printed>) {
        if !self.line.is_empty() || self.strip.is_some() {
            self.end_line(printed);
        }
    }

    fn escape(&mut self, second: u8, rest: &[u8], printed: &mut Vec<Printed>) -> Step {
        if matches!(second, b'@' | b'2' | b'i' | b'm') {
            match second {
                b'@' => {
                    let settings = self.settings.clone();
                    *self = Self::new(settings);
                    printed.push(Printed::Reset);
                }
                b'2' => {}
                _ => {
                    self.flush(printed);
                    printed.push(Printed::Cut);
                }
            }
            return Step::Done(2);
        }
        let Some(value) = rest.get(2).copied() else { return Step::More };
        let on = value & 1 == 1;
        match second {
            b't' => self.table = value,
            b'E' | b'G' => self.style.bold = on,
            b'-' => self.style.underline = value & 3 != 0 && value != b'0',
            b'M' => self.style.small = on,
            b'!' => {
                self.style.small = on;
                self.style.bold = value & 0x08 != 0;
                self.style.tall = value & 0x10 != 0;
                self.style.wide = value & 0x20 != 0;
                self.style.underline = value & 0x80 != 0;
            }
            b'a' => {
                self.style.align = match value & 0x0F {
                    1 => Align::Center,
                    2 => Align::Right,
                    _ => Align::Left,
                }
            }
            b'd' => {
                self.flush(printed);
                printed.push(Printed::Feed(value));
            }
            b'J' | b'3' | b'R' | b'V' | b'{' | b' ' | b'=' => {}
            b'p' => {
                if rest.len() < 5 {
                    return Step::More;
                }
                printed.push(Printed::Drawer(value & 1));
                return Step::Done(5);
            }
            b'*' => return self.strip(value, rest, printed),
            _ => {
                printed.push(Printed::Strange([0x1B, second]));
                return Step::Done(2);
            }
        }
        Step::Done(3)
    }

    fn strip(&mut self, mode: u8, rest: &[u8], printed: &mut Vec<Printed>) -> Step {
        let [_, _, _, low, high, data @ ..] = rest else { return Step::More };
        let width = usize::from(u16::from_le_bytes([*low, *high]));
        let tall = if matches!(mode, 32 | 33) { 3 } else { 1 };
        let Some(data) = data.get(..width * tall) else { return Step::More };
        let mut picture = Bitmap::white(width, tall * 8);
        for (x, column) in data.chunks(tall).enumerate() {
            for y in (0..tall * 8).filter(|y| column.get(y / 8).is_some_and(|byte| byte & (0x80 >> (y % 8)) != 0)) {
                picture.blacken(x, y);
            }
        }
        if !self.line.is_empty() {
            self.flush(printed);
        }
        self.strip = Some(picture);
        Step::Done(5 + width * tall)
    }

    fn group(&mut self, second: u8, rest: &[u8], printed: &mut Vec<Printed>) -> Step {
        let Some(value) = rest.get(2).copied() else { return Step::More };
        match second {
            b'!' => {
                self.style.wide = value >> 4 & 7 != 0;
                self.style.tall = value & 7 != 0;
            }
            b'h' => self.barcode.0 = value,
            b'w' => self.barcode.1 = value,
            b'H' => self.barcode.2 = value & 3 != 0 && value != b'0',
            b'f' | b'B' | b'a' | b'b' => {}
            b'r' => printed.push(Printed::AskedInOrder(value)),
            b'L' | b'W' | b'P' => return if rest.len() < 4 { Step::More } else { Step::Done(4) },
            b'V' => {
                let long = matches!(value, 65 | 66 | 97 | 98 | 103 | 104);
                if long && rest.len() < 4 {
                    return Step::More;
                }
                self.flush(printed);
                printed.push(Printed::Cut);
                return Step::Done(if long { 4 } else { 3 });
            }
            b'k' => return self.linear(value, rest, printed),
            b'v' => return self.rows(rest, printed),
            b'(' => return self.block(value, rest, printed),
            _ => {
                printed.push(Printed::Strange([0x1D, second]));
                return Step::Done(2);
            }
        }
        Step::Done(3)
    }

    fn rows(&mut self, rest: &[u8], printed: &mut Vec<Printed>) -> Step {
        let [_, _, _, _, x_low, x_high, y_low, y_high, data @ ..] = rest else { return Step::More };
        let stride = usize::from(u16::from_le_bytes([*x_low, *x_high]));
        let height = usize::from(u16::from_le_bytes([*y_low, *y_high]));
        if stride * height > COMMAND_MAX {
            printed.push(Printed::Strange([0x1D, b'v']));
            return Step::Done(8);
        }
        let Some(data) = data.get(..stride * height) else { return Step::More };
        self.flush(printed);
        match Bitmap::packed(stride * 8, height, data.to_vec()) {
            Some(picture) => printed.push(Printed::Rows(picture, self.style.align)),
            None => printed.push(Printed::Strange([0x1D, b'v'])),
        }
        Step::Done(8 + stride * height)
    }

    fn linear(&mut self, kind: u8, rest: &[u8], printed: &mut Vec<Printed>) -> Step {
        let (data, done) = if kind >= 65 {
            let Some(length) = rest.get(3).map(|length| usize::from(*length)) else { return Step::More };
            let Some(data) = rest.get(4..4 + length) else { return Step::More };
            (data, 4 + length)
        } else {
            let body = rest.get(3..).unwrap_or_default();
            let Some(length) = body.iter().position(|byte| *byte == 0) else { return Step::More };
            (body.get(..length).unwrap_or_default(), 4 + length)
        };
        self.flush(printed);
        match linear_code(kind, data) {
            Some((kind, data)) => {
                let (height, module, text) = self.barcode;
                printed.push(Printed::Barcode(Barcode { kind, data, height, module, text }, self.style.align));
            }
            None => printed.push(Printed::Strange([0x1D, b'k'])),
        }
        Step::Done(done)
    }

    /// `GS ( x pL pH ...`: QR codes and the process number.
    fn block(&mut self, letter: u8, rest: &[u8], printed: &mut Vec<Printed>) -> Step {
        let [_, _, _, low, high, data @ ..] = rest else { return Step::More };
        let length = usize::from(u16::from_le_bytes([*low, *high]));
        let Some(data) = data.get(..length) else { return Step::More };
        match (letter, data) {
            (b'k', [0x31, 0x43, size]) => self.qr.module = *size,
            (b'k', [0x31, 0x45, level]) => {
                self.qr.correction = match level {
                    49 => Correction::Medium,
                    50 => Correction::Quartile,
                    51 => Correction::High,
                    _ => Correction::Low,
                }
            }
            (b'k', [0x31, 0x50, 0x30, stored @ ..]) => self.qr.data = stored.to_vec(),
            (b'k', [0x31, 0x51, 0x30]) => {
                self.flush(printed);
                printed.push(Printed::Qr(self.qr.clone(), self.style.align));
            }
            (b'k', [0x31, 0x41, ..]) | (b'D' | b'K' | b'E', _) => {}
            (b'H', [0x30, 0x30, id @ ..]) if id.len() == 4 => {
                printed.push(Printed::AskedDone(<[u8; 4]>::try_from(id).unwrap_or_default()));
            }
            (letter, _) => printed.push(Printed::Strange([b'(', letter])),
        }
        Step::Done(5 + length)
    }
}

/// The kind and the data of a linear code as a reader would say them.
fn linear_code(kind: u8, data: &[u8]) -> Option<(BarcodeKind, String)> {
    let text = |data: &[u8]| String::from_utf8_lossy(data).into_owned();
    Some(match kind {
        0 | 65 => (BarcodeKind::UpcA, text(data)),
        2 | 67 => (BarcodeKind::Ean13, text(data)),
        3 | 68 => (BarcodeKind::Ean8, text(data)),
        4 | 69 => (BarcodeKind::Code39, text(data)),
        5 | 70 => (BarcodeKind::Itf, text(data)),
        73 => {
            let (set, mut rest) = data.split_at_checked(2)?;
            let pairs = set == b"{C";
            let gs1 = rest.starts_with(b"{1");
            rest = if gs1 { rest.get(2..)? } else { rest };
            let mut read = String::new();
            while let Some((first, after)) = rest.split_first() {
                rest = after;
                match (first, after.first()) {
                    (value, _) if pairs => read.push_str(&format!("{value:02}")),
                    (b'{', Some(b'1')) => {
                        read.push('\u{1D}');
                        rest = after.get(1..)?;
                    }
                    (b'{', Some(b'{')) => {
                        read.push('{');
                        rest = after.get(1..)?;
                    }
                    (byte, _) => read.push(char::from(*byte)),
                }
            }
            (if gs1 { BarcodeKind::Gs1Code128 } else { BarcodeKind::Code128 }, read)
        }
        _ => return None,
    })
}
