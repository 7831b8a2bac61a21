//! Values as sites write them: numbers, switches, dates, currencies, and the many spellings of «nothing».

use crate::kernel::moment::{Date, Moment};
use crate::kernel::money::{NumberError, parse_decimal};
use rust_decimal::Decimal;

/// The identifier that means none.
const NO_ID: &str = "00000000-0000-0000-0000-000000000000";

/// True for what stands for «not set»: nothing, the first day of the calendar, a lone `T`, zeros of an id.
pub(super) fn is_nothing(text: &str) -> bool {
    let text = text.trim();
    matches!(text, "" | "T" | NO_ID) || text.starts_with("0001-01-01") || text.starts_with("01.01.0001")
}

/// An identifier; the ones that stand for none are empty.
pub(super) fn id(text: &str) -> String {
    let text = text.trim();
    if is_nothing(text) { String::new() } else { text.to_owned() }
}

/// Blanks and line breaks as single blanks: names are compared and shown in one line.
pub(super) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Text with its line breaks kept, without blanks at the ends of lines and of the whole.
pub(super) fn many_lines(text: &str) -> String {
    let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    lines.join("\n").trim().to_owned()
}

/// A number of any precision; nothing for an empty text.
pub(super) fn number(text: &str) -> Result<Option<Decimal>, NumberError> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    // Where both signs occur the last one separates the fraction: `1,234.50`, `1.234,50`.
    let grouping = match (text.rfind(','), text.rfind('.')) {
        (Some(comma), Some(point)) => Some(if comma < point { ',' } else { '.' }),
        _ => None,
    };
    let plain: String = text.chars().filter(|letter| Some(*letter) != grouping && *letter != '\'').collect();
    // PHP writes small and large numbers with an exponent.
    if plain.contains(['e', 'E']) && plain.chars().all(|c| c.is_ascii_digit() || ".,eE+-".contains(c)) {
        let plain = plain.replace(',', ".").replace("e+", "e").replace("E+", "e");
        return Decimal::from_scientific_lossy(&plain).map(Some).map_err(|_| NumberError::TooLarge);
    }
    parse_decimal(&plain).map(Some)
}

/// A number with words after it, as requisites have them: `350 руб.`
pub(super) fn leading_number(text: &str) -> Option<Decimal> {
    let end = text.find(|letter: char| letter.is_alphabetic() || matches!(letter, '₽' | '$' | '€' | '%'));
    let number = number(text.get(..end.unwrap_or(text.len()))?.trim().trim_end_matches('.'));
    number.ok().flatten()
}

/// A switch: yes, no, or neither.
pub(super) fn switch(text: &str) -> Option<bool> {
    match text.trim().to_lowercase().as_str() {
        "true" | "1" | "да" | "истина" | "yes" | "y" | "on" => Some(true),
        "false" | "0" | "нет" | "ложь" | "no" | "n" | "off" => Some(false),
        _ => None,
    }
}

/// A date, with or without a time after it.
pub(super) fn date(text: &str) -> Option<Date> {
    moment(text).map(Moment::date)
}

/// A date with a time, in any spelling seen: `2026-11-23T9:05:01`, `23.11.2026 09:05:01`,
/// `2026-11-23UTC12:51:07`, `2026-11-23T12:51:07.000+03:00`, a date alone.
pub(super) fn moment(text: &str) -> Option<Moment> {
    let text = text.trim();
    if is_nothing(text) {
        return None;
    }
    let end = text.find(|letter: char| letter.is_whitespace() || letter.is_alphabetic()).unwrap_or(text.len());
    let (day, rest) = text.split_at_checked(end)?;
    // Two-digit years and dates without signs between the parts are typed by people, never sent by sites.
    if !day.split(['-', '.', '/']).any(|part| part.len() == 4) {
        return None;
    }
    let day = Date::parse(day, Date::EMPTY)?;
    let clock = rest.trim_start_matches(|letter: char| letter.is_whitespace() || letter.is_alphabetic());
    Some(time(clock).map_or(day.start(), |(hour, minute, second)| day.at(hour, minute, second)))
}

/// A time of day: hour, minute, second; fractions and zones are left out.
pub(super) fn time(text: &str) -> Option<(i64, i64, i64)> {
    let text = text.trim().trim_start_matches('T');
    let end = text.find(|letter: char| !letter.is_ascii_digit() && letter != ':').unwrap_or(text.len());
    let mut parts = text.get(..end)?.split(':').map(|part| part.parse::<i64>().ok().filter(|_| part.len() <= 2));
    let (hour, minute, second) = (parts.next()??, parts.next()??, parts.next().unwrap_or(Some(0))?);
    let fits = hour < 24 && minute < 60 && second < 60 && parts.next().is_none();
    fits.then_some((hour, minute, second))
}

/// The ISO code of a currency as sites name it; empty when the name is empty or unknown.
pub(super) fn currency(text: &str) -> String {
    let plain = text.trim().trim_end_matches('.').to_lowercase();
    let known = match plain.as_str() {
        "руб" | "рубль" | "рубли" | "рублей" | "р" | "₽" | "rub" | "rur" | "643" | "810" | "rubles" => {
            "RUB"
        }
        "$" | "долл" | "доллар" | "доллары" | "usd" | "840" => "USD",
        "€" | "евро" | "eur" | "978" => "EUR",
        "byn" | "byr" | "933" | "974" | "бел.руб" | "бел. руб" => "BYN",
        "kzt" | "398" | "тенге" | "тнг" | "₸" => "KZT",
        "uah" | "980" | "грн" | "гривна" | "₴" => "UAH",
        "cny" | "156" | "юань" | "¥" => "CNY",
        other if other.len() == 3 && other.chars().all(|letter| letter.is_ascii_lowercase()) => other,
        _ => "",
    };
    known.to_uppercase()
}

#[cfg(test)]
mod tests {
    use super::{currency, is_nothing, leading_number, many_lines, moment, number, one_line, switch, time};

    #[test]
    fn numbers_are_read_in_every_spelling() {
        let cases = [
            ("0.48666666666667", "0.48666666666667"),
            (" 1\u{a0}234,50 ", "1234.50"),
            ("1 234.5", "1234.5"),
            ("1,234.50", "1234.50"),
            ("1.234,50", "1234.50"),
            ("1'234.50", "1234.50"),
            ("1.0E-5", "0.00001"),
            ("1.5e+3", "1500"),
            ("1.23456789012345E-20", "0.0000000000000000000123456789"),
            ("-3", "-3"),
            ("505.0000", "505"),
        ];
        for (text, expected) in cases {
            assert_eq!(number(text), Ok(Some(expected.parse().unwrap())), "{text}");
        }
        assert_eq!(number("  "), Ok(None));
        for text in ["abc", "1.2.3", "--5", "1e999", "1e", "e5", "٣", "0x10", "NaN", "9".repeat(60).as_str()] {
            assert!(number(text).is_err(), "{text}");
        }
        assert_eq!(leading_number("350,50 руб."), Some("350.5".parse().unwrap()));
        assert_eq!(leading_number("бесплатно"), None);
    }

    #[test]
    fn moments_are_read_in_every_spelling() {
        let spellings = [
            ("2026-11-23T12:51:07", "2026-11-23T12:51:07"),
            ("2026-11-23T9:05:01", "2026-11-23T09:05:01"),
            ("2019-04-19T0:00:00", "2019-04-19T00:00:00"),
            ("23.11.2026 12:51:07", "2026-11-23T12:51:07"),
            ("2026-11-23UTC12:51:07", "2026-11-23T12:51:07"),
            ("2026-11-23 12:51:07", "2026-11-23T12:51:07"),
            ("2026-04-22T18:30:00+00:00", "2026-04-22T18:30:00"),
            ("2026-04-22T18:30:00.123Z", "2026-04-22T18:30:00"),
            ("2026-04-22", "2026-04-22T00:00:00"),
            ("22.04.2026", "2026-04-22T00:00:00"),
            ("2026-04-22T", "2026-04-22T00:00:00"),
        ];
        for (text, expected) in spellings {
            assert_eq!(moment(text).map(|at| at.iso()).as_deref(), Some(expected), "{text}");
        }
        for text in ["", "T", "0001-01-01", "0001-01-01T00:00:00", "0", "завтра", "2026-13-01", "23112026", "1.1.26"]
        {
            assert_eq!(moment(text), None, "{text}");
        }
        assert_eq!(time("9:5"), Some((9, 5, 0)));
        for text in ["", "T", "25:00", "12", "12:60:00", "1:2:3:4", "123:00"] {
            assert_eq!(time(text), None, "{text}");
        }
    }

    #[test]
    fn nothing_has_many_spellings() {
        for text in ["", " ", "T", "0001-01-01", "00000000-0000-0000-0000-000000000000"] {
            assert!(is_nothing(text), "{text}");
        }
        assert!(!is_nothing("0"));
    }

    #[test]
    fn switches_and_currencies() {
        assert_eq!(
            (switch("true"), switch(" Да "), switch("0"), switch("может")),
            (Some(true), Some(true), Some(false), None)
        );
        for text in ["RUB", "руб", "руб.", "RUR", "643", " rub ", "₽"] {
            assert_eq!(currency(text), "RUB", "{text}");
        }
        assert_eq!(
            (currency("usd"), currency("GBP"), currency(""), currency("баллы")),
            ("USD".into(), "GBP".into(), String::new(), String::new())
        );
    }

    #[test]
    fn lines_are_joined_or_kept() {
        assert_eq!(one_line(" а\n   б\u{a0} в "), "а б в");
        assert_eq!(many_lines("\n а  \r\n\n б\n "), "а\n\n б");
    }
}
