//! Dates and moments as sortable integers: `yyyymmdd` and `yyyymmddhhmmss`.
//!
//! One integer column sorts, compares and groups by month on every engine, and a person reads it in
//! any tool. Zero is «not set». Arithmetic goes through `chrono`.

use chrono::{Datelike, Days, Months, NaiveDate, NaiveDateTime, NaiveTime, Timelike};
use std::fmt;

/// A calendar day, `yyyymmdd`; zero is empty.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(i64);

/// A moment to the second, `yyyymmddhhmmss`; zero is empty.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moment(i64);

/// A calendar month, `yyyymm`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month(i64);

impl Date {
    /// «Not set».
    pub const EMPTY: Self = Self(0);

    /// After every other day.
    pub const LAST: Self = Self(99_991_231);

    /// From the stored integer; anything that is no day becomes empty.
    pub fn from_stored(stored: i64) -> Self {
        let date = Self(stored);
        if date.to_chrono().is_some() { date } else { Self::EMPTY }
    }
    /// From calendar parts.
    pub fn ymd(year: i32, month: u32, day: u32) -> Option<Self> {
        NaiveDate::from_ymd_opt(year, month, day).map(Self::from)
    }
    /// The stored integer.
    pub const fn stored(self) -> i64 {
        self.0
    }
    /// True when not set.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }
    /// As a `chrono` date.
    pub fn to_chrono(self) -> Option<NaiveDate> {
        let year = i32::try_from(self.0 / 10_000).ok()?;
        let month = u32::try_from(self.0 / 100 % 100).ok()?;
        let day = u32::try_from(self.0 % 100).ok()?;
        NaiveDate::from_ymd_opt(year, month, day)
    }
    /// The first second of the day.
    pub const fn start(self) -> Moment {
        Moment(self.0 * 1_000_000)
    }
    /// The last second of the day.
    pub const fn end(self) -> Moment {
        if self.0 == 0 { Moment(0) } else { Moment(self.0 * 1_000_000 + 235_959) }
    }
    /// The day with a time.
    pub const fn at(self, hour: i64, minute: i64, second: i64) -> Moment {
        Moment(self.0 * 1_000_000 + hour * 10_000 + minute * 100 + second)
    }
    /// Moves by days; an empty date stays empty.
    #[must_use]
    pub fn plus_days(self, days: i64) -> Self {
        let moved = self.to_chrono().and_then(|date| {
            let step = Days::new(days.unsigned_abs());
            if days < 0 { date.checked_sub_days(step) } else { date.checked_add_days(step) }
        });
        moved.map_or(Self::EMPTY, Self::from)
    }
    /// The month it lies in.
    pub const fn month(self) -> Month {
        Month(self.0 / 100)
    }
    /// The year.
    pub const fn year(self) -> i64 {
        self.0 / 10_000
    }
    /// Day of the month, 1..31.
    pub const fn day(self) -> i64 {
        self.0 % 100
    }
    /// Days from `other` to `self`.
    pub fn days_since(self, other: Self) -> i64 {
        match (self.to_chrono(), other.to_chrono()) {
            (Some(a), Some(b)) => (a - b).num_days(),
            _ => 0,
        }
    }
    /// Monday is 0.
    pub fn weekday(self) -> i64 {
        self.to_chrono().map_or(0, |date| i64::from(date.weekday().num_days_from_monday()))
    }
    /// `dd.mm.yyyy`, empty when not set.
    pub fn russian(self) -> String {
        if self.is_empty() {
            String::new()
        } else {
            format!("{:02}.{:02}.{:04}", self.0 % 100, self.0 / 100 % 100, self.0 / 10_000)
        }
    }
    /// Reads what a person types or a file holds: `05.01.2027`, `5.1.27`, `050127`, `05012027`,
    /// `2027-01-05`, and day alone or day and month in the month and year of `today`.
    pub fn parse(text: &str, today: Date) -> Option<Self> {
        let text = text.trim();
        let parts: Vec<&str> = text.split(['.', '/', '-', ' ', ',']).filter(|part| !part.is_empty()).collect();
        if !parts.iter().all(|part| part.chars().all(|c| c.is_ascii_digit()) && part.len() <= 8) {
            return None;
        }
        let number = |part: &str| part.parse::<i64>().ok();
        let (day, month, year) = match parts.as_slice() {
            [year, month, day] if year.len() == 4 => (number(day)?, number(month)?, number(year)?),
            [day, month, year] => (number(day)?, number(month)?, full_year(year)?),
            [day, month] => (number(day)?, number(month)?, today.year()),
            [one] if one.len() == 8 || one.len() == 6 => {
                (number(one.get(0..2)?)?, number(one.get(2..4)?)?, full_year(one.get(4..)?)?)
            }
            [one] if one.len() == 4 => (number(one.get(0..2)?)?, number(one.get(2..4)?)?, today.year()),
            [one] if one.len() <= 2 => (number(one)?, today.0 / 100 % 100, today.year()),
            _ => return None,
        };
        let date = Self(year * 10_000 + month * 100 + day);
        date.to_chrono().filter(|d| (1900..=2199).contains(&d.year())).map(Self::from)
    }
}

/// Two digits are of this century: nobody enters documents of 1927.
fn full_year(text: &str) -> Option<i64> {
    let year = text.parse::<i64>().ok()?;
    match text.len() {
        4 => Some(year),
        1 | 2 => Some(2000 + year),
        _ => None,
    }
}

impl From<NaiveDate> for Date {
    fn from(date: NaiveDate) -> Self {
        Self(i64::from(date.year()) * 10_000 + i64::from(date.month()) * 100 + i64::from(date.day()))
    }
}

impl Moment {
    /// «Not set».
    pub const EMPTY: Self = Self(0);
    /// Later than every stored moment.
    pub const FOREVER: Self = Self(99_991_231_235_959);

    /// From the stored integer; anything that is no moment becomes empty.
    pub fn from_stored(stored: i64) -> Self {
        let moment = Self(stored);
        if moment.to_chrono().is_some() { moment } else { Self::EMPTY }
    }
    /// The stored integer.
    pub const fn stored(self) -> i64 {
        self.0
    }
    /// True when not set.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }
    /// The day.
    pub const fn date(self) -> Date {
        Date(self.0 / 1_000_000)
    }
    /// The month.
    pub const fn month(self) -> Month {
        Month(self.0 / 100_000_000)
    }
    /// `hhmmss` as a number.
    pub const fn time(self) -> i64 {
        self.0 % 1_000_000
    }
    /// As `chrono`.
    pub fn to_chrono(self) -> Option<NaiveDateTime> {
        let part = |divisor: i64| u32::try_from(self.0 / divisor % 100).ok();
        let time = NaiveTime::from_hms_opt(part(10_000)?, part(100)?, part(1)?)?;
        Some(self.date().to_chrono()?.and_time(time))
    }
    /// Moves by seconds; an empty moment stays empty.
    #[must_use]
    pub fn plus_seconds(self, seconds: i64) -> Self {
        let moved = self.to_chrono().and_then(|m| m.checked_add_signed(chrono::TimeDelta::seconds(seconds)));
        moved.map_or(Self::EMPTY, Self::from)
    }
    /// `dd.mm.yyyy hh:mm:ss`, empty when not set.
    pub fn russian(self) -> String {
        if self.is_empty() {
            return String::new();
        }
        format!("{} {}", self.date().russian(), self.clock())
    }
    /// `hh:mm:ss`.
    pub fn clock(self) -> String {
        let time = self.time();
        format!("{:02}:{:02}:{:02}", time / 10_000, time / 100 % 100, time % 100)
    }
    /// Reads a moment: a date as [`Date::parse`] takes it, then a time `h:mm[:ss]` after a blank or `T`.
    /// A date alone gives the start of the day.
    pub fn parse(text: &str, today: Date) -> Option<Self> {
        let text = text.trim();
        let (day, time) = match text.find(['T', ' ']) {
            Some(at) => (text.get(..at)?, text.get(at + 1..)?.trim()),
            None => (text, ""),
        };
        let date = Date::parse(day, today)?;
        if time.is_empty() {
            return Some(date.start());
        }
        let mut parts = time.split(':').map(|part| part.parse::<u32>().ok());
        let hour = parts.next()??;
        let minute = parts.next()??;
        let second = parts.next().unwrap_or(Some(0))?;
        NaiveTime::from_hms_opt(hour, minute, second).filter(|_| parts.next().is_none())?;
        Some(date.at(i64::from(hour), i64::from(minute), i64::from(second)))
    }
    /// ISO 8601 without a zone, for files.
    pub fn iso(self) -> String {
        let d = self.date().0;
        format!("{:04}-{:02}-{:02}T{}", d / 10_000, d / 100 % 100, d % 100, self.clock())
    }
}

impl From<NaiveDateTime> for Moment {
    fn from(moment: NaiveDateTime) -> Self {
        let date = Date::from(moment.date());
        date.at(i64::from(moment.hour()), i64::from(moment.minute()), i64::from(moment.second()))
    }
}

impl fmt::Display for Date {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{:04}-{:02}-{:02}", self.0 / 10_000, self.0 / 100 % 100, self.0 % 100)
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.iso())
    }
}

impl Month {
    /// From the stored integer `yyyymm`.
    pub const fn from_stored(stored: i64) -> Self {
        Self(stored)
    }
    /// The stored integer.
    pub const fn stored(self) -> i64 {
        self.0
    }
    /// First day.
    pub const fn first(self) -> Date {
        Date(self.0 * 100 + 1)
    }
    /// Last day.
    pub fn last(self) -> Date {
        self.next().first().plus_days(-1)
    }
    /// The month after.
    #[must_use]
    pub fn next(self) -> Self {
        let moved = self.first().to_chrono().and_then(|d| d.checked_add_months(Months::new(1)));
        moved.map_or(self, |d| Date::from(d).month())
    }
    /// The month before.
    #[must_use]
    pub fn previous(self) -> Self {
        self.first().plus_days(-1).month()
    }
}

#[cfg(test)]
mod tests {
    use super::{Date, Moment, Month};

    fn today() -> Date {
        Date::ymd(2026, 11, 23).unwrap()
    }

    #[test]
    fn dates_are_read_as_people_type_them() {
        let day = Date::ymd(2027, 1, 5);
        for text in ["05.01.2027", "5.1.27", "050127", "05012027", "2027-01-05", "5/1/27", " 5 1 27 "] {
            assert_eq!(Date::parse(text, today()), day, "{text}");
        }
        assert_eq!(Date::parse("7", today()), Date::ymd(2026, 11, 7));
        assert_eq!(Date::parse("0712", today()), Date::ymd(2026, 12, 7));
        for text in ["", "31.02.2026", "завтра", "1.1", "99", "123"].iter().filter(|t| **t != "1.1") {
            assert_eq!(Date::parse(text, today()), None, "{text}");
        }
    }

    #[test]
    fn moments_are_read_from_files() {
        let at = Moment::parse("2026-11-23T9:05:01", today()).unwrap();
        assert_eq!(at.russian(), "23.11.2026 09:05:01");
        assert_eq!(at.iso(), "2026-11-23T09:05:01");
        assert_eq!(Moment::parse("2026-11-23 25:00", today()), None);
        assert_eq!(Moment::parse("2026-11-23", today()), Some(today().start()));
    }

    #[test]
    fn months_know_their_ends() {
        let february = Month::from_stored(202_402);
        assert_eq!(february.last(), Date::ymd(2024, 2, 29).unwrap());
        assert_eq!(Month::from_stored(202_612).next(), Month::from_stored(202_701));
        assert_eq!(Date::ymd(2026, 1, 1).unwrap().plus_days(-1), Date::ymd(2025, 12, 31).unwrap());
        assert_eq!(today().end().plus_seconds(1), today().plus_days(1).start());
    }
}
