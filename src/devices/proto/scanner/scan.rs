//! One scan: what came, without the scanner's own additions, and once.

use super::aim::Aim;

/// What a scanner adds to the data of a code, set for each scanner.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ScanSettings {
    /// Bytes put before every scan.
    pub prefix: Vec<u8>,
    /// Bytes put after every scan.
    pub suffix: Vec<u8>,
    /// How this scanner writes the separator of GS1 fields when it does not send GS itself: `<GS>`, `\x1D`,
    /// `|`, `~`, or the letter a wrong layout makes of it.
    pub separators: Vec<Vec<u8>>,
}

/// A scan with the scanner's additions taken off.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scan {
    /// The bytes as they came.
    pub raw: Vec<u8>,
    /// The identifier of the kind of code, where the scanner sends it.
    pub aim: Option<Aim>,
    /// The data of the code: its separators are GS (0x1D), everything else as it came.
    pub data: Vec<u8>,
}

impl Scan {
    /// Takes the additions off; an addition that is not there is no error, scanners are set up in many ways.
    #[must_use]
    pub fn new(raw: &[u8], settings: &ScanSettings) -> Self {
        let bare = raw.strip_prefix(settings.prefix.as_slice());
        let (aim, data) = Aim::split(bare.unwrap_or(raw));
        // Some scanners put the identifier before the prefix.
        let data = if bare.is_none() { data.strip_prefix(settings.prefix.as_slice()).unwrap_or(data) } else { data };
        let data = data.strip_suffix(settings.suffix.as_slice()).unwrap_or(data);
        let data = settings.separators.iter().fold(data.to_vec(), |data, written| replaced(&data, written));
        Self { raw: raw.to_vec(), aim, data }
    }

    /// A scan whose identifier came apart from the data, as in HID reports.
    #[must_use]
    pub fn with_aim(aim: Option<Aim>, data: &[u8], settings: &ScanSettings) -> Self {
        let mut scan = Self::new(data, settings);
        scan.aim = aim.or(scan.aim);
        scan
    }

    /// The data as text; bytes above ASCII are shown by the marks of replacement.
    #[must_use]
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.data).into_owned()
    }
}

/// The data with every occurrence of what was written in place of a separator made GS.
fn replaced(data: &[u8], written: &[u8]) -> Vec<u8> {
    if written.is_empty() {
        return data.to_vec();
    }
    let mut found = Vec::with_capacity(data.len());
    let mut rest = data;
    while let Some((first, after)) = rest.split_first() {
        if let Some(beyond) = rest.strip_prefix(written) {
            found.push(0x1D);
            rest = beyond;
        } else {
            found.push(*first);
            rest = after;
        }
    }
    found
}

/// Tells a code that lies before a scanner from the same code scanned again.
#[derive(Clone, Debug)]
pub struct Repeats {
    window_ms: u64,
    last: Option<(Vec<u8>, u64)>,
}

impl Repeats {
    /// Milliseconds within which the same code is one scan; 300 is usual.
    pub const USUAL_MS: u64 = 300;

    /// A window of so many milliseconds; 0 counts every repeat, as a stock count needs.
    #[must_use]
    pub fn new(window_ms: u64) -> Self {
        Self { window_ms, last: None }
    }

    /// Whether the code is the last one still lying there. Every sight of it begins the window anew.
    pub fn repeats(&mut self, data: &[u8], now_ms: u64) -> bool {
        let same = self
            .last
            .as_ref()
            .is_some_and(|(code, seen_ms)| code == data && now_ms.saturating_sub(*seen_ms) < self.window_ms);
        self.last = Some((data.to_vec(), now_ms));
        same
    }
}

#[cfg(test)]
mod tests {
    use super::{Repeats, Scan, ScanSettings};
    use crate::devices::proto::fuzz::Dice;

    fn settings() -> ScanSettings {
        ScanSettings {
            prefix: b"~~".to_vec(),
            suffix: b"!".to_vec(),
            separators: vec![b"<GS>".to_vec(), b"\\x1D".to_vec(), "Ё".as_bytes().to_vec()],
        }
    }

    #[test]
    fn additions_come_off_in_either_order() {
        for raw in ["~~]d201!", "]d2~~01!", "~~]d201", "]d201!"] {
            let scan = Scan::new(raw.as_bytes(), &settings());
            assert_eq!((scan.text().as_str(), scan.aim.unwrap().to_string().as_str()), ("01", "]d2"), "{raw}");
            assert_eq!(scan.raw, raw.as_bytes());
        }
        assert_eq!(Scan::new(b"46009333", &settings()).text(), "46009333");
    }

    #[test]
    fn a_separator_written_otherwise_becomes_the_byte() {
        for written in ["<GS>", "\\x1D", "Ё", "\u{1d}"] {
            let scan = Scan::new(format!("215abc{written}93dGVz").as_bytes(), &settings());
            assert_eq!(scan.data, b"215abc\x1d93dGVz", "{written}");
        }
    }

    #[test]
    fn the_same_code_is_one_scan_while_it_lies_there() {
        let mut repeats = Repeats::new(Repeats::USUAL_MS);
        let seen: Vec<bool> = [(1, 0), (1, 100), (1, 350), (1, 649), (1, 949), (2, 950), (1, 960)]
            .into_iter()
            .map(|(code, at)| repeats.repeats(&[code], at))
            .collect();
        assert_eq!(seen, [false, true, true, true, false, false, false]);
        let mut counted = Repeats::new(0);
        assert!(!counted.repeats(b"1", 5) && !counted.repeats(b"1", 5));
    }

    #[test]
    fn no_bytes_upset_it() {
        let mut dice = Dice::new(7);
        for _ in 0..5000 {
            let raw = dice.bytes(30);
            assert_eq!(Scan::new(&raw, &settings()).raw, raw);
        }
    }
}
