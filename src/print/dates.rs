//! Dates in Russian words, as forms ask for them.

use crate::kernel::moment::Date;

/// Months in the genitive, as they follow the day.
const MONTHS: [&str; 12] = [
    "января",
    "февраля",
    "марта",
    "апреля",
    "мая",
    "июня",
    "июля",
    "августа",
    "сентября",
    "октября",
    "ноября",
    "декабря",
];

/// The month of a date in the genitive; empty for an empty date.
pub fn month_genitive(date: Date) -> &'static str {
    let number = date.month().stored() % 100;
    usize::try_from(number - 1).ok().and_then(|at| MONTHS.get(at).copied()).unwrap_or_default()
}

/// `23 ноября 2026 г.`, empty for an empty date.
pub fn long(date: Date) -> String {
    if date.is_empty() {
        return String::new();
    }
    format!("{} {} {} г.", date.day(), month_genitive(date), date.year())
}

/// `«23» ноября 2026 г.`, empty for an empty date.
pub fn quoted(date: Date) -> String {
    if date.is_empty() {
        return String::new();
    }
    format!("«{:02}» {} {} г.", date.day(), month_genitive(date), date.year())
}

/// The place for a date written by hand.
pub const BY_HAND: &str = "«____» ______________ 20___ г.";

#[cfg(test)]
mod tests {
    use super::{long, quoted};
    use crate::kernel::moment::Date;

    #[test]
    fn dates_are_said_with_the_month_in_words() {
        let date = Date::ymd(2026, 11, 23).unwrap();
        assert_eq!(quoted(date), "«23» ноября 2026 г.");
        assert_eq!(long(date), "23 ноября 2026 г.");
        let early = Date::ymd(2027, 1, 5).unwrap();
        assert_eq!((quoted(early).as_str(), long(early).as_str()), ("«05» января 2027 г.", "5 января 2027 г."));
        assert_eq!(long(Date::ymd(2026, 12, 31).unwrap()), "31 декабря 2026 г.");
    }

    #[test]
    fn an_empty_date_is_an_empty_text() {
        assert_eq!((long(Date::EMPTY), quoted(Date::EMPTY)), (String::new(), String::new()));
    }
}
