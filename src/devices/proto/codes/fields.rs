//! The identifiers of GS1 fields (GS1 General Specifications 25, section 3): how long their values are.

/// What a part of a value is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// So many digits.
    Digits(usize),
    /// Up to so many digits.
    UpToDigits(usize),
    /// Up to so many letters.
    UpTo(usize),
    /// So many letters.
    Letters(usize),
    /// Digits with a check digit at their end.
    Checked(usize),
    /// Year, month and day, two digits each.
    Date,
}

/// An identifier and the shape of its value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FieldKind {
    /// The first digits of the identifier.
    head: &'static str,
    /// Digits of the whole identifier, two to four.
    pub length: usize,
    /// The parts of the value, in order; only the last may vary in length.
    pub parts: &'static [Part],
    /// The last digit of the identifier is the number of decimals.
    pub decimals: bool,
}

const fn of(head: &'static str, parts: &'static [Part]) -> FieldKind {
    FieldKind { head, length: head.len(), parts, decimals: false }
}

/// The last digit of the identifier varies.
const fn any(head: &'static str, parts: &'static [Part]) -> FieldKind {
    FieldKind { head, length: head.len() + 1, parts, decimals: false }
}

/// The last digit of the identifier tells the decimals.
const fn scaled(head: &'static str, parts: &'static [Part]) -> FieldKind {
    FieldKind { head, length: head.len() + 1, parts, decimals: true }
}

/// A weight or another measure: three digits of the identifier, then its decimals.
const fn measure(head: &'static str) -> FieldKind {
    FieldKind { head, length: 4, parts: &[Part::Digits(6)], decimals: true }
}

use Part::{Checked, Date, Digits, Letters, UpTo, UpToDigits};

/// All identifiers, longer heads before the shorter ones they begin with.
static KINDS: &[FieldKind] = &[
    // Labels of pallets with a wrong check digit are about, and their number is still a number.
    of("00", &[Digits(18)]),
    of("01", &[Checked(14)]),
    of("02", &[Checked(14)]),
    of("03", &[Checked(14)]),
    of("10", &[UpTo(20)]),
    of("11", &[Date]),
    of("12", &[Date]),
    of("13", &[Date]),
    of("15", &[Date]),
    of("16", &[Date]),
    of("17", &[Date]),
    of("20", &[Digits(2)]),
    of("21", &[UpTo(20)]),
    of("22", &[UpTo(20)]),
    of("235", &[UpTo(28)]),
    of("240", &[UpTo(30)]),
    of("241", &[UpTo(30)]),
    of("242", &[UpToDigits(6)]),
    of("243", &[UpTo(20)]),
    of("250", &[UpTo(30)]),
    of("251", &[UpTo(30)]),
    of("253", &[Checked(13), UpTo(17)]),
    of("254", &[UpTo(20)]),
    of("255", &[Checked(13), UpToDigits(12)]),
    of("30", &[UpToDigits(8)]),
    measure("31"),
    measure("32"),
    measure("33"),
    measure("34"),
    measure("35"),
    measure("36"),
    of("37", &[UpToDigits(8)]),
    scaled("390", &[UpToDigits(15)]),
    scaled("391", &[Digits(3), UpToDigits(15)]),
    scaled("392", &[UpToDigits(15)]),
    scaled("393", &[Digits(3), UpToDigits(15)]),
    scaled("394", &[Digits(4)]),
    scaled("395", &[Digits(6)]),
    of("400", &[UpTo(30)]),
    of("401", &[UpTo(30)]),
    of("402", &[Checked(17)]),
    of("403", &[UpTo(30)]),
    any("41", &[Checked(13)]),
    of("420", &[UpTo(20)]),
    of("421", &[Digits(3), UpTo(9)]),
    of("422", &[Digits(3)]),
    of("423", &[Digits(3), UpToDigits(12)]),
    of("424", &[Digits(3)]),
    of("425", &[Digits(3), UpToDigits(12)]),
    of("426", &[Digits(3)]),
    of("427", &[UpTo(3)]),
    of("4307", &[Letters(2)]),
    of("4309", &[Digits(20)]),
    of("4317", &[Letters(2)]),
    of("4321", &[Digits(1)]),
    of("4322", &[Digits(1)]),
    of("4323", &[Digits(1)]),
    of("4324", &[Digits(10)]),
    of("4325", &[Digits(10)]),
    of("4326", &[Date]),
    any("430", &[UpTo(70)]),
    any("431", &[UpTo(70)]),
    any("432", &[UpTo(35)]),
    any("433", &[Digits(6), UpTo(1)]),
    of("7001", &[Digits(13)]),
    of("7002", &[UpTo(30)]),
    of("7003", &[Digits(10)]),
    of("7004", &[UpToDigits(4)]),
    of("7005", &[UpTo(12)]),
    of("7006", &[Date]),
    of("7007", &[Date, UpToDigits(6)]),
    of("7008", &[UpTo(3)]),
    of("7009", &[UpTo(10)]),
    of("7010", &[UpTo(2)]),
    of("7011", &[Date, UpToDigits(4)]),
    any("702", &[UpTo(20)]),
    any("703", &[Digits(3), UpTo(27)]),
    of("7040", &[Letters(4)]),
    any("71", &[UpTo(20)]),
    any("723", &[Letters(2), UpTo(28)]),
    of("7240", &[UpTo(20)]),
    of("7241", &[Digits(2)]),
    of("7242", &[UpTo(25)]),
    of("8001", &[Digits(14)]),
    of("8002", &[UpTo(20)]),
    of("8003", &[Checked(14), UpTo(16)]),
    of("8004", &[UpTo(30)]),
    of("8005", &[Digits(6)]),
    of("8006", &[Checked(14), Digits(4)]),
    of("8007", &[UpTo(34)]),
    of("8008", &[Digits(8), UpToDigits(4)]),
    of("8009", &[UpTo(50)]),
    of("8010", &[UpTo(30)]),
    of("8011", &[UpToDigits(12)]),
    of("8012", &[UpTo(20)]),
    of("8013", &[UpTo(25)]),
    of("8017", &[Checked(18)]),
    of("8018", &[Checked(18)]),
    of("8019", &[UpToDigits(10)]),
    of("8020", &[UpTo(25)]),
    of("8026", &[Checked(14), Digits(4)]),
    of("8030", &[UpTo(90)]),
    of("8110", &[UpTo(70)]),
    of("8111", &[Digits(4)]),
    of("8112", &[UpTo(70)]),
    of("8200", &[UpTo(70)]),
    of("90", &[UpTo(30)]),
    any("9", &[UpTo(90)]),
];

impl FieldKind {
    /// The identifier the data begin with.
    #[must_use]
    pub fn at(data: &[u8]) -> Option<&'static Self> {
        let fits = |kind: &&FieldKind| {
            let whole = data.get(..kind.length).is_some_and(|head| head.iter().all(u8::is_ascii_digit));
            whole && data.starts_with(kind.head.as_bytes())
        };
        KINDS.iter().find(fits)
    }

    /// Letters of the shortest and of the longest value.
    #[must_use]
    pub fn lengths(&self) -> (usize, usize) {
        self.parts.iter().fold((0, 0), |(least, most), part| match part {
            Part::Digits(length) | Part::Letters(length) | Part::Checked(length) => (least + length, most + length),
            Part::Date => (least + 6, most + 6),
            // A part that varies may be left out only after another part.
            Part::UpTo(length) | Part::UpToDigits(length) => (least + usize::from(least == 0), most + length),
        })
    }

    /// The length is known to every reader, so no separator follows the value (General Specifications, figure
    /// 7.8.5-2).
    #[must_use]
    pub fn is_predefined(&self) -> bool {
        let heads = ["00", "01", "02", "03", "04", "11", "12", "13", "14", "15", "16", "17", "18", "19", "20"];
        let measures = ["31", "32", "33", "34", "35", "36", "41"];
        heads.iter().chain(&measures).any(|head| self.head.starts_with(head))
    }

    /// All kinds with an identifier of each.
    pub fn all() -> impl Iterator<Item = (String, &'static Self)> {
        KINDS.iter().filter_map(|kind| {
            // The digits that no longer head has taken.
            let ids = ["", "0", "1", "2", "3", "4", "5", "6", "7", "8", "9"].map(|last| format!("{}{last}", kind.head));
            let own = |id: &String| id.len() == kind.length && Self::at(id.as_bytes()) == Some(kind);
            let measure = format!("{}02", kind.head);
            ids.into_iter().chain([measure]).find(own).map(|id| (id, kind))
        })
    }
}
