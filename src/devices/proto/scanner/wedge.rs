//! A scanner that acts as a keyboard, told from a person who types.
//!
//! Keys are held back while they may be the beginning of a scan, never longer than one gap between keys of a
//! scanner, and given back in order when they are not. With a prefix nothing is held before the prefix comes.

use super::keys::{PhysicalKey, Press, from_russian, is_cyrillic};

/// How much a run of characters looks like a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Likeness {
    /// Words a person may have typed.
    Unlikely,
    /// A code of the shop's own may look so; Enter at its end makes it one.
    Possible,
    /// A check digit or the structure of the data proves it.
    Certain,
}

/// How to recognise the scanner.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WedgeSettings {
    /// Off: every key goes where it was typed.
    pub on: bool,
    /// The longest pause between two keys of a scan, milliseconds, 10 to 80.
    pub gap_ms: u64,
    /// The silence that ends a scan without suffix, milliseconds.
    pub silence_ms: u64,
    /// The least number of characters of a scan without prefix.
    pub length_min: usize,
    /// Keys the scanner sends before a scan; empty recognises a scan by its speed.
    pub prefix: Vec<Press>,
    /// Keys the scanner sends after a scan; empty means Enter, Tab or silence.
    pub suffix: Vec<Press>,
    /// F8 stands for the separator GS, as many scanners are set up.
    pub f8_separates: bool,
}

impl Default for WedgeSettings {
    fn default() -> Self {
        Self {
            on: true,
            gap_ms: 35,
            silence_ms: 100,
            length_min: 6,
            prefix: Vec::new(),
            suffix: Vec::new(),
            f8_separates: true,
        }
    }
}

/// What became of keys.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict<T> {
    /// A person typed them: they go to the field they were meant for, in this order.
    Replay(Vec<T>),
    /// They were a scan: nothing goes to a field.
    Scan {
        /// The bytes of the scan; what the program could not read as a code is not among them.
        bytes: Vec<u8>,
        /// How many keys it took.
        keys: usize,
    },
}

/// What a key adds to a scan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mark {
    Byte(u8),
    Typed(char),
    AltDigit(u8),
}

/// A key held back: what the caller gets again, and what it means.
#[derive(Clone, Debug)]
struct Held<T> {
    press: Press,
    payload: T,
}

/// Longest scan by keys; a longer run is somebody's sleeve on the keyboard.
const KEYS_MAX: usize = 4096;

/// Tells scans from typing; `T` is what the caller keeps for each key, to give it to the field again.
#[derive(Clone, Debug)]
pub struct Wedge<T> {
    settings: WedgeSettings,
    judge: fn(&[u8]) -> Likeness,
    held: Vec<Held<T>>,
    last_ms: u64,
}

impl<T> Wedge<T> {
    /// Nothing held. `judge` says whether bytes look like a code, see `codes::likeness`.
    #[must_use]
    pub fn new(settings: WedgeSettings, judge: fn(&[u8]) -> Likeness) -> Self {
        Self { settings, judge, held: Vec::new(), last_ms: 0 }
    }

    /// Takes a key pressed at a moment.
    pub fn press(&mut self, press: Press, payload: T, now_ms: u64) -> Vec<Verdict<T>> {
        if !self.settings.on {
            return vec![Verdict::Replay(vec![payload])];
        }
        let mut verdicts = self.tick(now_ms);
        if !self.held.is_empty() && now_ms.saturating_sub(self.last_ms) > self.gap_allowed() {
            // The scan before it was silent long enough to be over, and this key is not a part of it.
            verdicts.extend(self.end(false));
        }
        self.last_ms = now_ms;
        let ends = self.ends(&press);
        let belongs = !press.repeat && self.held.len() < KEYS_MAX && self.belongs(&press, ends);
        if !belongs {
            let mut payloads = self.give_back();
            payloads.push(payload);
            verdicts.push(Verdict::Replay(payloads));
            return verdicts;
        }
        self.held.push(Held { press, payload });
        if ends {
            verdicts.extend(self.end(true));
        }
        verdicts
    }

    /// Decides about held keys after a silence.
    pub fn tick(&mut self, now_ms: u64) -> Vec<Verdict<T>> {
        let due = self.due_ms().is_some_and(|due| now_ms > due);
        if due { self.end(false).into_iter().collect() } else { Vec::new() }
    }

    /// The last moment at which held keys may still wait; after it [`Wedge::tick`] decides.
    #[must_use]
    pub fn due_ms(&self) -> Option<u64> {
        if self.held.is_empty() {
            return None;
        }
        Some(self.last_ms.saturating_add(if self.long_enough() {
            self.settings.silence_ms
        } else {
            self.gap_allowed()
        }))
    }

    /// Keys held now, for a caller that must not wait: a window that loses the focus.
    pub fn give_back(&mut self) -> Vec<T> {
        self.held.drain(..).map(|held| held.payload).collect()
    }

    /// The pause a scan may have. A prefix has already said that this is a scanner.
    fn gap_allowed(&self) -> u64 {
        if self.settings.prefix.is_empty() { self.settings.gap_ms } else { self.settings.silence_ms }
    }

    fn long_enough(&self) -> bool {
        self.held.len() >= self.settings.length_min
    }

    /// Whether a key may be the next of a scan.
    fn belongs(&self, press: &Press, ends: bool) -> bool {
        match self.settings.prefix.get(self.held.len()) {
            Some(expected) => expected.same_stroke(press),
            None if ends => !self.held.is_empty(),
            None => self.mark(press).is_some() || self.settings.suffix.iter().any(|one| one.same_stroke(press)),
        }
    }

    /// Whether a key is the last of a scan.
    fn ends(&self, press: &Press) -> bool {
        let Some((last, before)) = self.settings.suffix.split_last() else {
            let ctrl_m = press.control && press.key == PhysicalKey::Letter('M');
            let ends = matches!(press.key, PhysicalKey::Enter | PhysicalKey::Tab) && !press.control && !press.alt;
            return (ends || ctrl_m) && self.held.len() >= self.settings.prefix.len();
        };
        let (prefix, length) = (self.settings.prefix.len(), before.len());
        if !last.same_stroke(press) || self.held.len() < prefix + length {
            return false;
        }
        let tail = self.held.iter().skip(self.held.len() - length);
        tail.zip(before).all(|(held, expected)| held.press.same_stroke(expected))
    }

    /// What a key means inside a scan; `None` for a key no scanner sends there.
    fn mark(&self, press: &Press) -> Option<Mark> {
        if press.alt {
            return match press.key {
                PhysicalKey::Pad(digit) if !press.control => Some(Mark::AltDigit(digit)),
                _ => None,
            };
        }
        if press.control {
            return (press.key == PhysicalKey::Sign(']')).then_some(Mark::Byte(0x1D));
        }
        match press.key {
            PhysicalKey::Function(8) if self.settings.f8_separates => Some(Mark::Byte(0x1D)),
            PhysicalKey::Unnamed => press.typed.map(Mark::Typed),
            _ => press.us_byte().map(Mark::Byte),
        }
    }

    /// Decides about all held keys; `closed` when the last of them ends a scan by itself.
    fn end(&mut self, closed: bool) -> Option<Verdict<T>> {
        let keys = self.held.len();
        if keys == 0 {
            return None;
        }
        let bytes = self.bytes(closed).filter(|bytes| self.is_scan(bytes, closed));
        let payloads = self.give_back();
        match bytes {
            Some(bytes) => Some(Verdict::Scan { bytes, keys }),
            None => Some(Verdict::Replay(payloads)),
        }
    }

    fn is_scan(&self, bytes: &[u8], closed: bool) -> bool {
        if !self.settings.prefix.is_empty() {
            // A scanner with a suffix that has not sent it was cut off; its half a code is no code.
            return !bytes.is_empty() && (closed || self.settings.suffix.is_empty());
        }
        let needed = if closed { Likeness::Possible } else { Likeness::Certain };
        bytes.len() >= self.settings.length_min && (self.judge)(bytes) >= needed
    }

    /// The bytes between prefix and suffix.
    fn bytes(&self, closed: bool) -> Option<Vec<u8>> {
        let suffix = if closed { self.settings.suffix.len().max(1) } else { 0 };
        let inside = self.held.get(self.settings.prefix.len()..self.held.len().checked_sub(suffix)?)?;
        let marks: Vec<Mark> = inside.iter().filter_map(|held| self.mark(&held.press)).collect();
        let russian = marks.iter().any(|mark| matches!(mark, Mark::Typed(letter) if is_cyrillic(*letter)));
        let mut bytes = Vec::with_capacity(marks.len());
        let mut rest = marks.as_slice();
        while let Some((mark, after)) = rest.split_first() {
            rest = after;
            match mark {
                Mark::Byte(byte) => bytes.push(*byte),
                Mark::Typed(letter) if russian => bytes.extend(from_russian(&letter.to_string())?),
                Mark::Typed(letter) => bytes.push(u8::try_from(*letter).ok().filter(u8::is_ascii)?),
                Mark::AltDigit(_) => {
                    let (byte, beyond) = alt_code(marks.get(marks.len() - after.len() - 1..)?)?;
                    bytes.push(byte);
                    rest = beyond;
                }
            }
        }
        Some(bytes)
    }
}

/// A byte typed as Alt and its three digits on the numeric pad, as scanners do for what has no key; four when
/// two zeros lead.
fn alt_code(marks: &[Mark]) -> Option<(u8, &[Mark])> {
    let digit = |at: usize| match marks.get(at) {
        Some(Mark::AltDigit(digit)) => Some(u32::from(*digit)),
        _ => None,
    };
    let length = if digit(0)? == 0 && digit(1)? == 0 && digit(3).is_some() { 4 } else { 3 };
    let value = (0..length).try_fold(0, |value, at| digit(at).map(|digit| value * 10 + digit))?;
    Some((u8::try_from(value).ok()?, marks.get(length..)?))
}

#[cfg(test)]
mod tests;
