//! The four bundled faces and their measures; one table for layout, screen and PDF.
//!
//! The files carry no kerning (`assets/fonts/README.md`), so a text is as wide as the sum of its letters
//! wherever it is drawn.

use printpdf::ParsedFont;
use std::sync::OnceLock;

/// Millimetres in a point.
pub const MM_PER_POINT: f32 = 25.4 / 72.0;

/// A family of letters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Family {
    /// Arimo, as Arial.
    #[default]
    Sans,
    /// Tinos, as Times: official forms of banks.
    Serif,
}

/// One font file: a family, regular or bold.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Face {
    /// The family.
    pub family: Family,
    /// Bold letters.
    pub bold: bool,
}

/// What layout has to know of a face, in thousandths of the size.
struct Measures {
    /// Advance by code point; zero is «no such letter».
    advances: Vec<u16>,
    units_per_em: f32,
    ascent: f32,
    descent: f32,
}

/// Letters above this point are in none of the files.
const LAST_LETTER: u32 = 0x2600;

/// Printed in place of a letter that the face does not have.
pub const UNKNOWN_LETTER: char = '□';

impl Face {
    /// All faces, for those who load fonts.
    pub const ALL: [Self; 4] = [
        Self { family: Family::Sans, bold: false },
        Self { family: Family::Sans, bold: true },
        Self { family: Family::Serif, bold: false },
        Self { family: Family::Serif, bold: true },
    ];

    const fn index(self) -> usize {
        match (self.family, self.bold) {
            (Family::Sans, false) => 0,
            (Family::Sans, true) => 1,
            (Family::Serif, false) => 2,
            (Family::Serif, true) => 3,
        }
    }

    /// The name of the face, as a PDF and the screen call it.
    pub const fn name(self) -> &'static str {
        ["Arimo-Regular", "Arimo-Bold", "Tinos-Regular", "Tinos-Bold"][self.index()]
    }

    /// The font file.
    pub const fn bytes(self) -> &'static [u8] {
        match self.index() {
            0 => include_bytes!("../../assets/fonts/Arimo-Regular.ttf"),
            1 => include_bytes!("../../assets/fonts/Arimo-Bold.ttf"),
            2 => include_bytes!("../../assets/fonts/Tinos-Regular.ttf"),
            _ => include_bytes!("../../assets/fonts/Tinos-Bold.ttf"),
        }
    }

    /// The file as the PDF writer wants it; `None` would mean a broken build.
    pub(crate) fn parsed(self) -> Option<&'static ParsedFont> {
        static PARSED: [OnceLock<Option<ParsedFont>>; 4] = [const { OnceLock::new() }; 4];
        PARSED[self.index()]
            .get_or_init(|| {
                let mut font = ParsedFont::from_bytes(self.bytes(), 0, &mut Vec::new())?;
                font.font_name = Some(self.name().to_owned());
                Some(font)
            })
            .as_ref()
    }

    fn measures(self) -> &'static Measures {
        static MEASURES: [OnceLock<Measures>; 4] = [const { OnceLock::new() }; 4];
        MEASURES[self.index()].get_or_init(|| {
            let font = self.parsed();
            let advance =
                |point: u32| font.and_then(|font| font.get_glyph_width(font.lookup_glyph_index(point)?)).unwrap_or(0);
            Measures {
                advances: (0..LAST_LETTER).map(advance).collect(),
                units_per_em: font.map_or(1000.0, |font| f32::from(font.units_per_em)),
                ascent: font.map_or(900.0, |font| f32::from(font.font_metrics.ascent)),
                descent: font.map_or(-200.0, |font| f32::from(font.font_metrics.descent)),
            }
        })
    }

    /// True when the face can show the letter.
    pub fn knows(self, letter: char) -> bool {
        self.advance(letter) > 0
    }

    fn advance(self, letter: char) -> u16 {
        let measures = self.measures();
        usize::try_from(u32::from(letter)).ok().and_then(|at| measures.advances.get(at).copied()).unwrap_or(0)
    }

    /// The width of one letter, in millimetres.
    pub fn letter_mm(self, letter: char, size_pt: f32) -> f32 {
        f32::from(self.advance(letter)) / self.measures().units_per_em * size_pt * MM_PER_POINT
    }

    /// The width of a text on one line, in millimetres.
    pub fn width_mm(self, text: &str, size_pt: f32) -> f32 {
        let measures = self.measures();
        let units: u32 = text.chars().map(|letter| u32::from(self.advance(letter))).sum();
        // A line of a page has far fewer units than f32 keeps exactly.
        let units = units as f32;
        units / measures.units_per_em * size_pt * MM_PER_POINT
    }

    /// From the top of a line of letters to its baseline, in millimetres.
    pub fn ascent_mm(self, size_pt: f32) -> f32 {
        let measures = self.measures();
        measures.ascent / measures.units_per_em * size_pt * MM_PER_POINT
    }

    /// From the baseline to the lowest part of the letters, in millimetres.
    pub fn descent_mm(self, size_pt: f32) -> f32 {
        let measures = self.measures();
        -measures.descent / measures.units_per_em * size_pt * MM_PER_POINT
    }
}

#[cfg(test)]
mod tests {
    use super::{Face, UNKNOWN_LETTER};

    #[test]
    fn every_face_has_the_letters_of_our_documents() {
        for face in Face::ALL {
            for letter in "AZaz09АЯЁаяёІіЇїЄєҐґЎўҚқҒғӘәҢңӨөҰұҮүҺһ№«»„“–—…₽€$%§°×±½²³▲▼◄►←→↑↓•\u{a0}\u{202f}".chars()
            {
                assert!(face.knows(letter), "{} lacks {letter:?}", face.name());
            }
            assert!(face.knows(UNKNOWN_LETTER) && !face.knows('漢') && !face.knows('😀'));
        }
    }

    #[test]
    fn faces_measure_as_arial_and_times_do() {
        let [sans, bold, serif, _] = Face::ALL;
        // Arial at 1000 units: digits 556, bold Н 722; Times digits 500.
        assert!((sans.width_mm("0000", 10.0) - 4.0 * 0.556 * 10.0 * 0.352_78).abs() < 0.01);
        assert!((bold.width_mm("Н", 10.0) - 0.722 * 10.0 * 0.352_78).abs() < 0.01);
        assert!((serif.width_mm("00", 10.0) - 2.0 * 0.5 * 10.0 * 0.352_78).abs() < 0.01);
        assert!((sans.ascent_mm(10.0) - 3.19).abs() < 0.02 && (sans.descent_mm(10.0) - 0.75).abs() < 0.02);
    }
}
