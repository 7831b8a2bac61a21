//! Customer displays of two lines of twenty letters: CD5220 and Epson DM-D, and their side for training.

use super::letters::Letters;

/// Letters of a line.
pub const WIDTH: usize = 20;

/// The language of a display.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum DisplayLanguage {
    /// CD5220.
    Cd5220,
    /// Epson DM-D (ESC/POS).
    DmD,
}

/// A display with its settings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DisplayProfile {
    /// The language.
    pub language: DisplayLanguage,
    /// Its letters.
    pub letters: Letters,
    /// The number of the table in `ESC t`, where the display has that command.
    pub table: Option<u8>,
}

/// A line of the display: text at the left, an amount at the right; the text gives way.
#[must_use]
pub fn line(left: &str, right: &str) -> String {
    let right: String = right.chars().take(WIDTH).collect();
    let room = WIDTH - right.chars().count();
    let left: String = left.chars().take(if right.is_empty() { room } else { room.saturating_sub(1) }).collect();
    format!("{left:<room$}{right}")
}

impl DisplayProfile {
    /// Makes the display ready and empty.
    #[must_use]
    pub fn begin(&self) -> Vec<u8> {
        let mut bytes = vec![0x1B, 0x40];
        if let Some(table) = self.table {
            bytes.extend([0x1B, 0x74, table]);
        }
        bytes.push(0x0C);
        bytes
    }

    /// Shows two lines.
    #[must_use]
    pub fn show(&self, upper: &str, lower: &str) -> Vec<u8> {
        let text = |line: &str| {
            let line = self.letters.fold(line).text;
            let line: String = line.chars().take(WIDTH).collect();
            self.letters.encode(&format!("{line:<WIDTH$}"))
        };
        let (upper, lower) = (text(upper), text(lower));
        match self.language {
            DisplayLanguage::Cd5220 => {
                let ends = [b"\x1bQA".as_slice(), b"\r", b"\x1bQB"];
                [ends[0], &upper, ends[1], ends[2], &lower, ends[1]].concat()
            }
            DisplayLanguage::DmD => [&[0x1F, 0x24, 1, 1], upper.as_slice(), &[0x1F, 0x24, 1, 2], &lower].concat(),
        }
    }

    /// Sets the brightness, 1 to 4.
    #[must_use]
    pub fn brightness(&self, level: u8) -> Vec<u8> {
        let level = level.clamp(1, 4);
        match self.language {
            DisplayLanguage::Cd5220 => vec![0x1B, 0x2A, level],
            DisplayLanguage::DmD => vec![0x1F, 0x58, level],
        }
    }
}

/// The display's side: what it shows. Understands both languages.
#[derive(Clone, Debug)]
pub struct Screen {
    letters: Letters,
    lines: [[u8; WIDTH]; 2],
    at: (usize, usize),
    buffer: Vec<u8>,
}

impl Screen {
    /// An empty display with a table of letters.
    #[must_use]
    pub fn new(letters: Letters) -> Self {
        Self { letters, lines: [[b' '; WIDTH]; 2], at: (0, 0), buffer: Vec::new() }
    }

    /// Both lines, twenty letters each.
    #[must_use]
    pub fn lines(&self) -> [String; 2] {
        self.lines.map(|line| self.letters.decode(&line))
    }

    /// Takes bytes of the host.
    pub fn take(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.buffer.push(*byte);
            self.step();
        }
    }

    /// Carries out what the buffer holds, once it is whole.
    fn step(&mut self) {
        match *self.buffer.as_slice() {
            [0x1B] | [0x1F] | [0x1B, b'Q'] | [0x1B, b'*' | b't'] | [0x1F, 0x24 | 0x58] | [0x1F, 0x24, _] => return,
            // Text up to a return goes to a line as a whole.
            [0x1B, b'Q', b'A' | b'B', ..] => {
                let whole = self.buffer.last() == Some(&b'\r') || self.buffer.len() > 3 + WIDTH;
                if !whole {
                    return;
                }
                self.line();
            }
            [0x1B, 0x40] | [0x0C] => {
                self.lines = [[b' '; WIDTH]; 2];
                self.at = (0, 0);
            }
            [0x1F, 0x24, x, y] => {
                self.at = (usize::from(x.clamp(1, 20)) - 1, usize::from(y.clamp(1, 2)) - 1);
            }
            [letter] if letter >= 0x20 => {
                let (x, y) = self.at;
                if let Some(cell) = self.lines.get_mut(y).and_then(|line| line.get_mut(x)) {
                    *cell = letter;
                }
                self.at = if x + 1 < WIDTH { (x + 1, y) } else { (0, 1 - y.min(1)) };
            }
            _ => {}
        }
        self.buffer.clear();
    }

    fn line(&mut self) {
        let row = usize::from(self.buffer.get(2) == Some(&b'B'));
        let text = self.buffer.get(3..).unwrap_or_default();
        let text = text.strip_suffix(b"\r").unwrap_or(text);
        let mut line = [b' '; WIDTH];
        for (cell, letter) in line.iter_mut().zip(text) {
            *cell = if *letter < 0x20 { b' ' } else { *letter };
        }
        if let Some(own) = self.lines.get_mut(row) {
            *own = line;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{DisplayLanguage, DisplayProfile, Screen, WIDTH, line};
    use crate::devices::proto::fuzz::Dice;
    use crate::devices::proto::letters::Letters;

    #[test]
    fn both_languages_show_the_same() {
        for language in [DisplayLanguage::Cd5220, DisplayLanguage::DmD] {
            let profile = DisplayProfile { language, letters: Letters::Cp866, table: Some(17) };
            let mut screen = Screen::new(Letters::Cp866);
            screen.take(&profile.begin());
            screen.take(&profile.show("Чай чёрный крупнолистовой", &line("ИТОГО", "1 234,50")));
            screen.take(&profile.brightness(9));
            assert_eq!(screen.lines(), ["Чай чёрный крупнолис", "ИТОГО       1 234,50"]);
            screen.take(&profile.show("", "Сдача"));
            assert_eq!(screen.lines()[0], " ".repeat(WIDTH));
            screen.take(&[0x0C]);
            assert_eq!(screen.lines()[1], " ".repeat(WIDTH));
        }
    }

    #[test]
    fn the_text_gives_way_to_the_amount() {
        assert_eq!(line("Очень длинное название", "99,90"), "Очень длинное  99,90");
        assert_eq!(line("", "5"), format!("{:>20}", 5));
        assert_eq!(line("Без суммы", ""), format!("{:<20}", "Без суммы"));
    }

    #[test]
    fn no_bytes_upset_it() {
        let mut dice = Dice::new(73);
        let mut screen = Screen::new(Letters::Cp1251);
        for _ in 0..20_000 {
            let bytes: Vec<u8> =
                (0..dice.below(9)).map(|_| dice.pick(b"\x1b\x1f$QABX*t@\x0c\r\x01\x02z\xff")).collect();
            screen.take(&bytes);
            assert!(screen.lines().iter().all(|line| line.chars().count() == WIDTH));
        }
    }
}
