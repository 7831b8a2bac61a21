//! A stream of bytes from a serial scanner cut into scans.
//!
//! A scan ends with CR, LF, ETX, when the settings say so TAB, or with a silence. GS stands inside GS1 codes and
//! never ends one.

/// Bytes one scan may have; a longer run is a stream at a wrong speed, and is dropped.
pub const SCAN_MAX: usize = 4096;

const STX: u8 = 0x02;
const ETX: u8 = 0x03;
const TAB: u8 = 0x09;
const LF: u8 = 0x0A;
const CR: u8 = 0x0D;

/// How a scanner ends a scan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FramerSettings {
    /// TAB ends a scan.
    pub tab_ends: bool,
    /// Milliseconds of silence that end a scan of a scanner without suffix; 0 turns this off.
    pub idle_ms: u64,
}

impl FramerSettings {
    /// The usual settings at a speed of the port in bits a second: slow ports pause longer between bytes.
    #[must_use]
    pub fn at_speed(bits_per_second: u32) -> Self {
        Self { tab_ends: true, idle_ms: if bits_per_second < 9600 { 150 } else { 60 } }
    }
}

/// Cuts a stream into scans.
#[derive(Clone, Debug)]
pub struct Framer {
    settings: FramerSettings,
    buffer: Vec<u8>,
    last_ms: u64,
    skipping: bool,
    dropped: u64,
}

impl Framer {
    /// An empty framer.
    #[must_use]
    pub fn new(settings: FramerSettings) -> Self {
        Self { settings, buffer: Vec::new(), last_ms: 0, skipping: false, dropped: 0 }
    }

    /// Forgets what has come: to be called whenever the port is opened, otherwise half a code from before the
    /// cable was pulled is glued to the next one.
    pub fn reset(&mut self) {
        self.buffer.clear();
        self.skipping = false;
    }

    /// Takes bytes that came at a moment; returns the scans they complete, in order.
    pub fn take(&mut self, bytes: &[u8], now_ms: u64) -> Vec<Vec<u8>> {
        let mut scans: Vec<Vec<u8>> = self.tick(now_ms).into_iter().collect();
        for byte in bytes {
            match *byte {
                CR | LF | ETX => scans.extend(self.end()),
                TAB if self.settings.tab_ends => scans.extend(self.end()),
                STX => self.reset(),
                byte => self.push(byte),
            }
        }
        if !bytes.is_empty() {
            self.last_ms = now_ms;
        }
        scans
    }

    /// The scan a silence has ended, if one has.
    pub fn tick(&mut self, now_ms: u64) -> Option<Vec<u8>> {
        self.due_ms().filter(|due| now_ms >= *due)?;
        self.end()
    }

    /// When [`Framer::tick`] is worth calling: a scan waits for its end.
    #[must_use]
    pub fn due_ms(&self) -> Option<u64> {
        let waits = self.settings.idle_ms > 0 && (self.skipping || !self.buffer.is_empty());
        waits.then(|| self.last_ms.saturating_add(self.settings.idle_ms))
    }

    /// Runs that were longer than [`SCAN_MAX`] and are lost.
    #[must_use]
    pub fn dropped(&self) -> u64 {
        self.dropped
    }

    fn push(&mut self, byte: u8) {
        if self.skipping {
            return;
        }
        if self.buffer.len() >= SCAN_MAX {
            self.buffer.clear();
            self.skipping = true;
            self.dropped += 1;
            return;
        }
        self.buffer.push(byte);
    }

    fn end(&mut self) -> Option<Vec<u8>> {
        self.skipping = false;
        let scan = std::mem::take(&mut self.buffer);
        (!scan.is_empty()).then_some(scan)
    }
}

#[cfg(test)]
mod tests {
    use super::{Framer, FramerSettings, SCAN_MAX};
    use crate::devices::proto::fuzz::Dice;

    fn framer() -> Framer {
        Framer::new(FramerSettings::at_speed(9600))
    }

    #[test]
    fn every_terminator_ends_one_scan() {
        for end in ["\r", "\n", "\r\n", "\t", "\u{3}"] {
            let mut framer = framer();
            let scans = framer.take(format!("4600123456782{end}46009333{end}").as_bytes(), 0);
            assert_eq!(scans, [b"4600123456782".to_vec(), b"46009333".to_vec()], "{end:?}");
            assert_eq!(framer.due_ms(), None);
        }
    }

    #[test]
    fn a_separator_of_fields_stays_inside() {
        let code = b"0104600123456782215abc\x1d93dGVz".to_vec();
        let sent: Vec<u8> = code.iter().copied().chain([b'\r']).collect();
        assert_eq!(framer().take(&sent, 0), [code]);
    }

    #[test]
    fn silence_ends_a_scan_without_suffix() {
        let mut framer = framer();
        assert!(framer.take(b"46009", 100).is_empty());
        assert!(framer.take(b"333", 120).is_empty());
        assert_eq!(framer.due_ms(), Some(180));
        assert_eq!(framer.tick(179), None);
        assert_eq!(framer.tick(180), Some(b"46009333".to_vec()));
        assert!(framer.take(b"1", 200).is_empty());
        assert_eq!(framer.take(b"2\r", 900), [b"1".to_vec(), b"2".to_vec()]);
    }

    #[test]
    fn nothing_survives_a_new_opening_and_an_opening_mark_begins_anew() {
        let mut framer = framer();
        framer.take(b"46001", 0);
        framer.reset();
        assert_eq!(framer.tick(10_000), None);
        assert_eq!(framer.take(b"junk\x02123\x03", 10_000), [b"123".to_vec()]);
    }

    #[test]
    fn an_endless_run_is_dropped_whole() {
        let mut framer = framer();
        let long = vec![b'7'; SCAN_MAX + 10];
        assert!(framer.take(&long, 0).is_empty());
        assert_eq!(framer.take(b"rest\r46009333\r", 0), [b"46009333".to_vec()]);
        assert_eq!(framer.dropped(), 1);
    }

    #[test]
    fn any_split_of_a_stream_gives_the_same_scans() {
        for seed in 0..2000 {
            let mut dice = Dice::new(seed);
            let stream: Vec<u8> = (0..dice.below(120)).map(|_| dice.pick(b"0123456789\x1d\r\n\t\x02\x03Az")).collect();
            let mut whole = framer();
            let mut expected = whole.take(&stream, 5);
            expected.extend(whole.tick(1000));
            let mut parts = framer();
            let mut found = Vec::new();
            for piece in dice.split(&stream) {
                found.extend(parts.take(&piece, 5));
            }
            found.extend(parts.tick(1000));
            assert_eq!(found, expected, "seed {seed}");
            assert!(found.iter().all(|scan| !scan.is_empty() && scan.len() <= SCAN_MAX));
        }
    }
}
