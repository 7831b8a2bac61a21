//! Russian text in the one-byte tables of devices: CP866 and windows-1251, with what they lack replaced.

use encoding_rs::{Encoding, IBM866, WINDOWS_1251};

/// A table of letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Letters {
    /// CP866: all Russian letters and №; no angled quotation marks, no long dashes.
    Cp866,
    /// windows-1251: the same with quotation marks and dashes.
    Cp1251,
}

/// Text that a table can hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Folded {
    /// The text after replacement; every letter is in the table.
    pub text: String,
    /// Letters that had no likeness and became question marks.
    pub lost: usize,
}

impl Letters {
    fn encoding(self) -> &'static Encoding {
        match self {
            Self::Cp866 => IBM866,
            Self::Cp1251 => WINDOWS_1251,
        }
    }

    /// Replaces what the table lacks by its likeness; control characters are left out, because a device would
    /// obey them.
    #[must_use]
    pub fn fold(self, text: &str) -> Folded {
        let mut folded = Folded { text: String::with_capacity(text.len()), lost: 0 };
        for letter in text.chars().filter(|letter| !letter.is_control()) {
            match self.likeness(letter) {
                Some(like) => folded.text.push_str(like),
                None if self.byte(letter).is_some() => folded.text.push(letter),
                None => {
                    folded.text.push('?');
                    folded.lost += 1;
                }
            }
        }
        folded
    }

    /// Bytes of text after [`Letters::fold`]; a letter the table still lacks becomes a question mark.
    #[must_use]
    pub fn encode(self, text: &str) -> Vec<u8> {
        text.chars().map(|letter| self.byte(letter).unwrap_or(b'?')).collect()
    }

    /// Text of bytes.
    #[must_use]
    pub fn decode(self, bytes: &[u8]) -> String {
        self.encoding().decode_without_bom_handling(bytes).0.into_owned()
    }

    fn byte(self, letter: char) -> Option<u8> {
        let mut buffer = [0; 4];
        let (bytes, _, lossy) = self.encoding().encode(letter.encode_utf8(&mut buffer));
        match *bytes {
            [byte] if !lossy => Some(byte),
            _ => None,
        }
    }

    /// What stands in for a letter the table lacks, or that no receipt needs.
    fn likeness(self, letter: char) -> Option<&'static str> {
        Some(match letter {
            '\u{A0}' | '\u{2007}' | '\u{2009}' | '\u{202F}' => " ",
            '₽' => "р.",
            '×' => "x",
            '−' | '‐' | '‑' | '‒' => "-",
            '′' => "'",
            '″' => "\"",
            '≤' if self == Self::Cp866 => "<=",
            '≥' if self == Self::Cp866 => ">=",
            _ if self == Self::Cp1251 => return None,
            '«' | '»' | '„' | '“' | '”' => "\"",
            '‘' | '’' => "'",
            '–' | '—' => "-",
            '…' => "...",
            '•' => "·",
            '®' => "(R)",
            '©' => "(C)",
            '™' => "(TM)",
            '±' => "+-",
            '½' => "1/2",
            '¼' => "1/4",
            '¾' => "3/4",
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::Letters;

    #[test]
    fn the_whole_alphabet_goes_there_and_back() {
        let russian: String = ('А'..='я').chain("Ёё№".chars()).chain(' '..='~').collect();
        for letters in [Letters::Cp866, Letters::Cp1251] {
            let folded = letters.fold(&russian);
            assert_eq!((folded.text.as_str(), folded.lost), (russian.as_str(), 0));
            assert_eq!(letters.decode(&letters.encode(&folded.text)), russian);
        }
        assert_eq!(Letters::Cp866.encode("Ёё№"), [0xF0, 0xF1, 0xFC]);
    }

    #[test]
    fn what_a_table_lacks_is_replaced_and_what_has_no_likeness_is_counted() {
        let text = "«Чай» — 2\u{a0}×\u{a0}50\u{a0}₽ 茶\u{1b}\u{7}";
        let old = Letters::Cp866.fold(text);
        assert_eq!((old.text.as_str(), old.lost), ("\"Чай\" - 2 x 50 р. ?", 1));
        let new = Letters::Cp1251.fold(text);
        assert_eq!((new.text.as_str(), new.lost), ("«Чай» — 2 x 50 р. ?", 1));
    }
}
