//! Which backups stay: all of today, then the last one of each day, of each week, of each month.

use crate::kernel::moment::{Date, Moment};
use std::collections::BTreeSet;

/// How many days, weeks and months back a backup is kept of each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Keep {
    /// Days, today not counted.
    pub days: u32,
    /// Weeks, from Monday, this one counted.
    pub weeks: u32,
    /// Months, this one counted.
    pub months: u32,
}

/// The Monday of a day's week.
fn monday(date: Date) -> Date {
    date.plus_days(-date.weekday())
}

/// Which of these backups stay by a rule, in the order given. The newest one always stays, and so does what was
/// made later than now: a clock that was wrong for a day must not cost a backup.
pub fn stay(made: &[Moment], rule: Keep, now: Moment) -> Vec<bool> {
    let today = now.date();
    let mut newest_first: Vec<Moment> = made.to_vec();
    newest_first.sort_unstable_by(|a, b| b.cmp(a));
    let mut staying: BTreeSet<Moment> = newest_first.iter().take(1).copied().collect();
    let (mut days, mut weeks, mut months) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    for moment in newest_first {
        let date = moment.date();
        let within_days = today.days_since(date) <= i64::from(rule.days);
        let within_weeks = monday(today).days_since(monday(date)) < i64::from(rule.weeks) * 7;
        let (this, that) = (today.month().stored(), date.month().stored());
        let back = (this / 100 - that / 100) * 12 + this % 100 - that % 100;
        let within_months = back < i64::from(rule.months);
        // Each of the three is asked: a backup may be the last of its day, its week and its month at once.
        let last_of_day = within_days && days.insert(date);
        let last_of_week = within_weeks && weeks.insert(monday(date));
        let last_of_month = within_months && months.insert(that);
        if date >= today || last_of_day || last_of_week || last_of_month {
            staying.insert(moment);
        }
    }
    made.iter().map(|moment| staying.contains(moment)).collect()
}

#[cfg(test)]
mod tests {
    use super::{Keep, stay};
    use crate::kernel::moment::{Date, Moment};

    const RULE: Keep = Keep { days: 7, weeks: 5, months: 12 };

    fn at(year: i32, month: u32, day: u32, hour: i64) -> Moment {
        Date::ymd(year, month, day).unwrap().at(hour, 0, 0)
    }

    #[test]
    fn days_weeks_and_months_keep_their_last_one() {
        let now = at(2026, 11, 25, 18);
        let made = [
            (at(2026, 11, 25, 9), true),   // today, all of it
            (at(2026, 11, 25, 12), true),  // today
            (at(2026, 11, 24, 9), false),  // a later one of the same day is there
            (at(2026, 11, 24, 18), true),  // the last of yesterday
            (at(2026, 11, 18, 18), true),  // seven days ago
            (at(2026, 11, 17, 18), false), // eight days ago, and the week has a later one
            (at(2026, 11, 15, 18), true),  // the Sunday of the week before
            (at(2026, 10, 31, 10), true),  // the last of October and of its week
            (at(2026, 10, 28, 10), false),
            (at(2026, 10, 1, 10), false),
            (at(2025, 12, 30, 10), true), // the last of the twelfth month
            (at(2025, 11, 30, 10), false),
        ];
        let moments: Vec<Moment> = made.iter().map(|(moment, _)| *moment).collect();
        let stays = stay(&moments, RULE, now);
        for ((moment, expected), stays) in made.iter().zip(stays) {
            assert_eq!(stays, *expected, "{}", moment.iso());
        }
    }

    #[test]
    fn the_newest_one_stays_whatever_the_rule_and_a_wrong_clock_costs_nothing() {
        let none = Keep { days: 0, weeks: 0, months: 0 };
        let made = [at(2020, 1, 1, 9), at(2020, 1, 2, 9)];
        assert_eq!(stay(&made, none, at(2026, 11, 25, 9)), [false, true]);
        let ahead = [at(2027, 3, 1, 9), at(2027, 3, 1, 10), at(2026, 11, 24, 9)];
        assert_eq!(stay(&ahead, RULE, at(2026, 11, 25, 9)), [true, true, true]);
        assert!(stay(&[], RULE, at(2026, 11, 25, 9)).is_empty());
    }

    #[test]
    fn a_year_of_backups_every_two_hours_is_some_twenty_files() {
        let now = at(2026, 11, 25, 23);
        let mut kept: Vec<Moment> = Vec::new();
        for day in (0..=400).rev() {
            for hour in (9..23).step_by(2) {
                kept.push(now.date().plus_days(-day).at(hour, 0, 0));
                let stays = stay(&kept, RULE, *kept.last().unwrap());
                kept = kept.into_iter().zip(stays).filter(|(_, stays)| *stays).map(|(moment, _)| moment).collect();
            }
        }
        assert!((20..=32).contains(&kept.len()), "{}: {kept:?}", kept.len());
        // One for every month of the year is among them.
        let months: std::collections::BTreeSet<_> = kept.iter().map(|moment| moment.month()).collect();
        assert_eq!(months.len(), 12);
    }
}
