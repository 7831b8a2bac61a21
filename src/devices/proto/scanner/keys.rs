//! Keys by their place on the keyboard, and what a scanner set to the US layout means by them.
//!
//! A scanner that acts as a keyboard knows nothing of the layout the system has switched to: its `Q` key types
//! `Й`. The place of the key is the same in every layout.

/// A key by its place, named as on the US layout.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PhysicalKey {
    /// A letter key, `A` to `Z`.
    Letter(char),
    /// A digit of the upper row, 0 to 9.
    Digit(u8),
    /// A digit of the numeric pad, 0 to 9.
    Pad(u8),
    /// A key that types a sign, by the sign it types without Shift: one of `` -=[]\;'`,./ `` or the space.
    Sign(char),
    /// A sign of the numeric pad: one of `+-*/.`.
    PadSign(char),
    /// A function key, 1 to 24.
    Function(u8),
    /// Enter of either part of the keyboard.
    Enter,
    /// Tab.
    Tab,
    /// The system did not say which key it was, only what it typed.
    Unnamed,
    /// Any other key: arrows, Delete, Home.
    Other,
}

/// A key pressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Press {
    /// The key.
    pub key: PhysicalKey,
    /// Shift was held.
    pub shift: bool,
    /// Ctrl (or Command) was held.
    pub control: bool,
    /// Alt was held.
    pub alt: bool,
    /// The system repeats a key that is held down: no scanner does this.
    pub repeat: bool,
    /// What the key typed in the layout that was on, if anything.
    pub typed: Option<char>,
}

impl Press {
    /// A key without anything held.
    #[must_use]
    pub fn plain(key: PhysicalKey) -> Self {
        Self { key, shift: false, control: false, alt: false, repeat: false, typed: None }
    }

    /// The key with Shift held.
    #[must_use]
    pub fn shifted(key: PhysicalKey) -> Self {
        Self { shift: true, ..Self::plain(key) }
    }

    /// The same key with the same things held: what was typed does not matter.
    #[must_use]
    pub fn same_stroke(&self, other: &Self) -> bool {
        (self.key, self.shift, self.control, self.alt) == (other.key, other.shift, other.control, other.alt)
    }

    /// The byte the US layout types, without Ctrl and Alt.
    #[must_use]
    pub fn us_byte(&self) -> Option<u8> {
        let byte = |letter: char| u8::try_from(letter).ok();
        match self.key {
            PhysicalKey::Letter(letter) if self.shift => byte(letter.to_ascii_uppercase()),
            PhysicalKey::Letter(letter) => byte(letter.to_ascii_lowercase()),
            PhysicalKey::Digit(digit) if self.shift => b")!@#$%^&*(".get(usize::from(digit)).copied(),
            PhysicalKey::Digit(digit) | PhysicalKey::Pad(digit) => (digit < 10).then(|| b'0' + digit),
            PhysicalKey::Sign(sign) if self.shift => shifted_sign(sign).and_then(byte),
            PhysicalKey::Sign(sign) | PhysicalKey::PadSign(sign) => byte(sign),
            _ => None,
        }
    }

    /// The stroke that types a byte on the US layout: for a training scanner and for tests.
    #[must_use]
    pub fn typing(byte: u8) -> Option<Self> {
        let letter = char::from(byte);
        if letter.is_ascii_alphabetic() {
            let key = PhysicalKey::Letter(letter.to_ascii_uppercase());
            return Some(if letter.is_ascii_uppercase() { Self::shifted(key) } else { Self::plain(key) });
        }
        if letter.is_ascii_digit() {
            return Some(Self::plain(PhysicalKey::Digit(byte - b'0')));
        }
        if byte == 0x1D {
            return Some(Self { control: true, ..Self::plain(PhysicalKey::Sign(']')) });
        }
        if SIGNS.contains(letter) {
            return Some(Self::plain(PhysicalKey::Sign(letter)));
        }
        let digits = (0..10).map(PhysicalKey::Digit);
        let signs = SIGNS.chars().map(PhysicalKey::Sign);
        digits.chain(signs).map(Self::shifted).find(|press| press.us_byte() == Some(byte))
    }
}

/// Signs of keys without Shift.
const SIGNS: &str = " -=[]\\;'`,./";
/// The same keys with Shift.
const SHIFTED: &str = " _+{}|:\"~<>?";

fn shifted_sign(sign: char) -> Option<char> {
    SIGNS.chars().position(|plain| plain == sign).and_then(|at| SHIFTED.chars().nth(at))
}

/// What the Russian layout of Windows and of Linux types, key by key.
const RUSSIAN: &str = "йцукенгшщзхъфывапролджэячсмитьбю.ёЙЦУКЕНГШЩЗХЪФЫВАПРОЛДЖЭЯЧСМИТЬБЮ,Ё\"№;:?/";
/// What the same keys type on the US layout.
const LATIN: &str = "qwertyuiop[]asdfghjkl;'zxcvbnm,./`QWERTYUIOP{}ASDFGHJKL:\"ZXCVBNM<>?~@#$^&|";

/// What was typed on the Russian layout by a scanner set to the US one; signs both layouts type by the same key
/// stay. `None` when a letter belongs to neither.
#[must_use]
pub fn from_russian(typed: &str) -> Option<Vec<u8>> {
    let one = |letter: char| match RUSSIAN.chars().position(|russian| russian == letter) {
        Some(at) => LATIN.chars().nth(at).and_then(|latin| u8::try_from(latin).ok()),
        None => u8::try_from(letter).ok().filter(u8::is_ascii),
    };
    typed.chars().map(one).collect()
}

/// Whether a letter is one only a Cyrillic layout types.
#[must_use]
pub fn is_cyrillic(letter: char) -> bool {
    ('\u{400}'..='\u{4FF}').contains(&letter)
}

#[cfg(test)]
mod tests {
    use super::{LATIN, PhysicalKey, Press, RUSSIAN, from_russian};

    #[test]
    fn every_printable_byte_has_its_stroke() {
        for byte in 0x20..0x7F {
            let press = Press::typing(byte).unwrap();
            assert_eq!(press.us_byte(), Some(byte), "{byte:02X}");
        }
        assert!(Press::typing(0x1D).unwrap().control);
        assert_eq!(Press::typing(0x07), None);
        assert_eq!(Press::shifted(PhysicalKey::Digit(10)).us_byte(), None);
    }

    #[test]
    fn the_russian_layout_is_read_back() {
        assert_eq!(RUSSIAN.chars().count(), LATIN.chars().count());
        assert_eq!(from_russian("0104600123456782215фисВУА\"12345").unwrap(), b"0104600123456782215abcDEF@12345");
        assert_eq!(from_russian("ЩКВУК-1").unwrap(), b"ORDER-1");
        assert_eq!(from_russian("日"), None);
    }
}
