//! When backups are made, where they go and how long they stay: a setting of the base.

use super::keep::Keep;
use crate::kernel::moment::Moment;
use crate::kernel::problems::{Error, Outcome};
use crate::store::address::Address;
use crate::store::base::Store;
use crate::text;
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};

/// The name of the rules among the values of the base.
const RULES: &str = "backup-rules";
/// The name of the moment of the last proved backup.
const LAST: &str = "backup-last";

/// The rules of a base.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Rules {
    /// Hours between two backups while the program is open; 0: one at the start of each day; -1: none by itself.
    pub hours: i64,
    /// The folder; empty for the usual one.
    pub folder: String,
    /// Days back of which the last backup stays.
    pub days: u32,
    /// Weeks back.
    pub weeks: u32,
    /// Months back.
    pub months: u32,
    /// Days after which the lack of a proved backup is told.
    pub warn_after: i64,
}

impl Default for Rules {
    fn default() -> Self {
        Self { hours: 0, folder: String::new(), days: 7, weeks: 5, months: 12, warn_after: 3 }
    }
}

impl Rules {
    /// The rules of a base.
    pub fn of(store: &Store) -> Outcome<Self> {
        let kept = store.info(RULES)?.unwrap_or_default();
        // Rules nobody can read are as good as none: the usual ones protect the base.
        Ok(toml::from_str(&kept).unwrap_or_default())
    }

    /// Keeps them in the base, within a transaction.
    pub fn keep(&self, store: &Store) -> Outcome<()> {
        let words = toml::to_string(self).unwrap_or_default();
        store.set_info(RULES, &words)
    }

    /// How long backups stay.
    pub const fn staying(&self) -> Keep {
        Keep { days: self.days, weeks: self.weeks, months: self.months }
    }

    /// True when a backup is to be made now; `last` is the moment of the last proved one, empty for none.
    pub fn due(&self, last: Moment, now: Moment) -> bool {
        match self.hours {
            hours if hours < 0 => false,
            _ if last.is_empty() => true,
            0 => last.date() < now.date(),
            hours => last.plus_seconds(hours.saturating_mul(3_600)) <= now,
        }
    }

    /// Days since the last proved backup when they are too many; `Some(None)` when there never was one.
    pub fn overdue(&self, last: Moment, now: Moment) -> Option<Option<i64>> {
        if last.is_empty() {
            return Some(None);
        }
        let days = now.date().days_since(last.date());
        (days >= self.warn_after.max(1)).then_some(Some(days))
    }

    /// The folder of the backups of a base at this address.
    pub fn folder(&self, address: &Address) -> Outcome<PathBuf> {
        if !self.folder.is_empty() {
            return Ok(PathBuf::from(&self.folder));
        }
        match address {
            Address::File(path) => Ok(path.parent().unwrap_or(Path::new("")).join("backups")),
            Address::Server(_) => match directories::ProjectDirs::from("", "", "Kontora") {
                Some(folders) => Ok(folders.data_dir().join("backups")),
                None => Err(Error::refused(text!("backup-no-folder"))),
            },
        }
    }
}

/// The moment of the last proved backup of a base, whoever made it; empty when there never was one.
pub fn last(store: &Store) -> Outcome<Moment> {
    let kept = store.info(LAST)?.unwrap_or_default();
    Ok(Moment::from_stored(kept.parse().unwrap_or(0)))
}

/// Notes that a proved backup was made.
pub fn note(store: &Store, made: Moment) -> Outcome<()> {
    store.transaction(|store| store.set_info(LAST, &made.stored().to_string()))
}

#[cfg(test)]
mod tests {
    use super::Rules;
    use crate::kernel::moment::{Date, Moment};

    fn at(day: u32, hour: i64) -> Moment {
        Date::ymd(2026, 11, day).unwrap().at(hour, 0, 0)
    }

    #[test]
    fn a_backup_is_due_by_day_or_by_hours() {
        let daily = Rules::default();
        assert!(daily.due(Moment::default(), at(25, 9)));
        assert!(daily.due(at(24, 23), at(25, 0)));
        assert!(!daily.due(at(25, 0), at(25, 23)));
        let hourly = Rules { hours: 4, ..Rules::default() };
        assert!(!hourly.due(at(25, 9), at(25, 12)));
        assert!(hourly.due(at(25, 9), at(25, 13)));
        assert!(!Rules { hours: -1, ..Rules::default() }.due(Moment::default(), at(25, 9)));
    }

    #[test]
    fn the_lack_of_a_backup_is_told_after_some_days() {
        let rules = Rules::default();
        assert_eq!(rules.overdue(Moment::default(), at(25, 9)), Some(None));
        assert_eq!(rules.overdue(at(23, 9), at(25, 9)), None);
        assert_eq!(rules.overdue(at(22, 23), at(25, 9)), Some(Some(3)));
    }
}
