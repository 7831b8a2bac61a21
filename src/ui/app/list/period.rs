//! The period of a report: presets, and what a person typed.

use crate::kernel::moment::{Date, Moment, Month};
use crate::text;
use serde::Deserialize;

/// A period by its name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Preset {
    /// Today.
    Today,
    /// Yesterday.
    Yesterday,
    /// This week, from Monday.
    Week,
    /// This month.
    #[default]
    Month,
    /// The month before.
    LastMonth,
    /// This quarter.
    Quarter,
    /// The quarter before.
    LastQuarter,
    /// This year.
    Year,
    /// The year before.
    LastYear,
    /// From the beginning.
    All,
}

/// All presets in their order in menus.
pub const PRESETS: [Preset; 10] = [
    Preset::Today,
    Preset::Yesterday,
    Preset::Week,
    Preset::Month,
    Preset::LastMonth,
    Preset::Quarter,
    Preset::LastQuarter,
    Preset::Year,
    Preset::LastYear,
    Preset::All,
];

/// A period, both ends included; the end alone is the moment of a report about one moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// From; empty is from the beginning.
    pub from: Moment,
    /// Until.
    pub until: Moment,
}

fn months_from(month: Month, back: usize) -> Month {
    (0..back).fold(month, |month, _| month.previous())
}

/// The first month of the quarter of a day.
fn quarter(day: Date) -> Month {
    let month = day.month();
    let past = usize::try_from((month.stored() % 100 - 1) % 3).unwrap_or(0);
    months_from(month, past)
}

impl Preset {
    /// In the user's language.
    pub fn label(self) -> String {
        let text = match self {
            Preset::Today => text!("period-today"),
            Preset::Yesterday => text!("period-yesterday"),
            Preset::Week => text!("period-week"),
            Preset::Month => text!("period-month"),
            Preset::LastMonth => text!("period-last-month"),
            Preset::Quarter => text!("period-quarter"),
            Preset::LastQuarter => text!("period-last-quarter"),
            Preset::Year => text!("period-year"),
            Preset::LastYear => text!("period-last-year"),
            Preset::All => text!("period-all"),
        };
        text.show()
    }

    /// The period around a day.
    pub fn span(self, today: Date) -> Span {
        let days = |from: Date, until: Date| Span { from: from.start(), until: until.end() };
        let months = |from: Month, until: Month| days(from.first(), until.last());
        let january = |year: i64| Month::from_stored(year * 100 + 1);
        let (month, year) = (today.month(), today.year());
        match self {
            Preset::Today => days(today, today),
            Preset::Yesterday => days(today.plus_days(-1), today.plus_days(-1)),
            Preset::Week => {
                let monday = today.plus_days(-today.weekday());
                days(monday, monday.plus_days(6))
            }
            Preset::Month => months(month, month),
            Preset::LastMonth => months(month.previous(), month.previous()),
            Preset::Quarter => months(quarter(today), quarter(today).next().next()),
            Preset::LastQuarter => months(months_from(quarter(today), 3), quarter(today).previous()),
            Preset::Year => months(january(year), Month::from_stored(year * 100 + 12)),
            Preset::LastYear => months(january(year - 1), Month::from_stored((year - 1) * 100 + 12)),
            Preset::All => Span { from: Moment::EMPTY, until: Moment::FOREVER },
        }
    }
}

impl Span {
    /// Everything.
    pub const ALL: Self = Self { from: Moment::EMPTY, until: Moment::FOREVER };
}

#[cfg(test)]
mod tests {
    use super::{Preset, Span};
    use crate::kernel::moment::Date;

    fn day(year: i32, month: u32, day: u32) -> Date {
        Date::ymd(year, month, day).unwrap()
    }

    #[test]
    fn presets_are_around_today() {
        let today = day(2026, 11, 25);
        let span = |from: Date, until: Date| Span { from: from.start(), until: until.end() };
        assert_eq!(Preset::Week.span(today), span(day(2026, 11, 23), day(2026, 11, 29)));
        assert_eq!(Preset::Quarter.span(today), span(day(2026, 10, 1), day(2026, 12, 31)));
        assert_eq!(Preset::LastQuarter.span(today), span(day(2026, 7, 1), day(2026, 9, 30)));
        assert_eq!(Preset::LastQuarter.span(day(2026, 2, 3)), span(day(2025, 10, 1), day(2025, 12, 31)));
        assert_eq!(Preset::LastMonth.span(day(2026, 1, 31)), span(day(2025, 12, 1), day(2025, 12, 31)));
        assert_eq!(Preset::LastYear.span(today), span(day(2025, 1, 1), day(2025, 12, 31)));
    }
}
