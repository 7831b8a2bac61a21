//! The period of a report: presets, and what a person typed.

use crate::kernel::moment::{Date, Moment, Month};
use crate::kernel::text::Text;
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

    /// As people read it: `01.10.2026 - 31.10.2026`, with times where they say more than whole days.
    pub fn shown(self) -> String {
        let from = if self.from == self.from.date().start() { self.from.date().russian() } else { self.from.russian() };
        let until = shown_until(self.until);
        match (self.from.is_empty(), self.until >= Moment::FOREVER) {
            (true, true) => text!("period-all").show(),
            (true, false) => text!("period-until", until = until).show(),
            (false, true) => text!("period-from", from = from).show(),
            (false, false) if from == until => from,
            (false, false) => format!("{from} – {until}"),
        }
    }

    /// The part of the period that lies in another one.
    #[must_use]
    pub fn within(self, other: Self) -> Self {
        Self { from: self.from.max(other.from), until: self.until.min(other.until) }
    }
}

/// The end of a period or a moment: a day when it is a whole one.
pub fn shown_until(until: Moment) -> String {
    if until == until.date().end() { until.date().russian() } else { until.russian() }
}

/// Reads the beginning of a period: a day means its first second.
pub fn parse_from(typed: &str, today: Date) -> Result<Moment, Text> {
    Moment::parse(typed, today).ok_or_else(|| text!("value-not-date", input = typed))
}

/// Reads the end of a period: a day means its last second.
pub fn parse_until(typed: &str, today: Date) -> Result<Moment, Text> {
    let moment = parse_from(typed, today)?;
    let day_only = !typed.trim().contains(['T', ':']);
    Ok(if day_only { moment.date().end() } else { moment })
}

#[cfg(test)]
mod tests {
    use super::{Preset, Span, parse_until};
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
        assert_eq!(Preset::Today.span(today).shown(), "25.11.2026");
        assert_eq!(Preset::Month.span(today).shown(), "01.11.2026 – 30.11.2026");
    }

    #[test]
    fn a_day_is_meant_to_its_end() {
        let today = day(2026, 11, 25);
        assert_eq!(parse_until("15.04.2026", today), Ok(day(2026, 4, 15).end()));
        assert_eq!(parse_until("15.04.2026 12:30", today), Ok(day(2026, 4, 15).at(12, 30, 0)));
        assert!(parse_until("завтра", today).is_err());
    }
}
