//! AIM identifiers (ISO/IEC 15424): three bytes before the data that say what kind of code was read.

/// The kind of a code as its identifier tells it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Symbology {
    /// EAN-13, UPC-A or UPC-E, sent as thirteen, twelve or eight digits.
    Ean,
    /// EAN-13 followed by an add-on of two or five digits.
    EanWithAddOn,
    /// An add-on alone.
    AddOn,
    /// EAN-8.
    Ean8,
    /// Code 128 without the meaning of GS1.
    Code128,
    /// GS1-128.
    Gs1Code128,
    /// Interleaved two of five.
    Itf,
    /// Code 39.
    Code39,
    /// Code 93.
    Code93,
    /// Codabar.
    Codabar,
    /// GS1 DataBar and composite codes.
    DataBar,
    /// DataMatrix without the meaning of GS1.
    DataMatrix,
    /// GS1 DataMatrix.
    Gs1DataMatrix,
    /// QR without the meaning of GS1.
    Qr,
    /// GS1 QR.
    Gs1Qr,
    /// PDF417.
    Pdf417,
    /// Aztec.
    Aztec,
    /// A kind the program has no use for.
    Other,
}

impl Symbology {
    /// Data are GS1 element strings for certain.
    #[must_use]
    pub fn is_gs1(self) -> bool {
        matches!(self, Self::Gs1Code128 | Self::DataBar | Self::Gs1DataMatrix | Self::Gs1Qr)
    }
}

/// An identifier: the letter of the code and its modifier.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Aim {
    /// The letter after `]`.
    pub letter: u8,
    /// The modifier, a digit or a letter.
    pub modifier: u8,
}

impl Aim {
    /// Takes the identifier from the head of the data; without one all of the data is left.
    #[must_use]
    pub fn split(data: &[u8]) -> (Option<Self>, &[u8]) {
        match data {
            [b']', letter, modifier, rest @ ..] if letter.is_ascii_alphabetic() && modifier.is_ascii_alphanumeric() => {
                (Some(Self { letter: *letter, modifier: *modifier }), rest)
            }
            _ => (None, data),
        }
    }

    /// What kind of code it names.
    #[must_use]
    pub fn symbology(self) -> Symbology {
        match (self.letter, self.modifier) {
            (b'E', b'0') => Symbology::Ean,
            (b'E', b'1' | b'2') => Symbology::AddOn,
            (b'E', b'3') => Symbology::EanWithAddOn,
            (b'E', b'4') => Symbology::Ean8,
            (b'C', b'1') => Symbology::Gs1Code128,
            (b'C', _) => Symbology::Code128,
            (b'I', _) => Symbology::Itf,
            (b'A', _) => Symbology::Code39,
            (b'G', _) => Symbology::Code93,
            (b'F', _) => Symbology::Codabar,
            (b'e', _) => Symbology::DataBar,
            // 3 and 6 tell of the separator in the second place, which means an industry's own code.
            (b'd', b'2' | b'5') => Symbology::Gs1DataMatrix,
            (b'd', _) => Symbology::DataMatrix,
            (b'Q', b'3' | b'4') => Symbology::Gs1Qr,
            (b'Q', _) => Symbology::Qr,
            (b'L', _) => Symbology::Pdf417,
            (b'z', _) => Symbology::Aztec,
            _ => Symbology::Other,
        }
    }
}

impl std::fmt::Display for Aim {
    fn fmt(&self, to: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(to, "]{}{}", char::from(self.letter), char::from(self.modifier))
    }
}

#[cfg(test)]
mod tests {
    use super::{Aim, Symbology};

    #[test]
    fn identifiers_name_their_codes() {
        for (text, kind) in [
            ("]E0", Symbology::Ean),
            ("]E4", Symbology::Ean8),
            ("]E3", Symbology::EanWithAddOn),
            ("]C0", Symbology::Code128),
            ("]C1", Symbology::Gs1Code128),
            ("]I1", Symbology::Itf),
            ("]A0", Symbology::Code39),
            ("]e0", Symbology::DataBar),
            ("]d1", Symbology::DataMatrix),
            ("]d2", Symbology::Gs1DataMatrix),
            ("]Q1", Symbology::Qr),
            ("]Q3", Symbology::Gs1Qr),
            ("]L2", Symbology::Pdf417),
            ("]X0", Symbology::Other),
        ] {
            let sent = format!("{text}4600");
            let (aim, rest) = Aim::split(sent.as_bytes());
            let aim = aim.unwrap();
            assert_eq!((aim.symbology(), rest, aim.to_string().as_str()), (kind, b"4600".as_slice(), text));
        }
    }

    #[test]
    fn data_without_identifier_stay_whole() {
        for data in [b"4600".as_slice(), b"]", b"]E", b"]\x1d1abc", b""] {
            assert_eq!(Aim::split(data), (None, data));
        }
    }
}
