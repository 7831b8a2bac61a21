//! Telephone numbers in one spelling, so that one person is found however the number was typed.
//!
//! Russian numbers become `+7XXXXXXXXXX` (8 and a missing country code included), numbers of other
//! countries `+` and their digits. What is no whole number (a local one, a word) has no spelling.

/// Digits an international number may have (ITU E.164).
const WORLD: std::ops::RangeInclusive<usize> = 8..=15;

/// The one spelling of a telephone number; nothing when the text is no whole number.
pub fn normalise(text: &str) -> Option<String> {
    let main = number_part(text);
    let digits: String = main.chars().filter(char::is_ascii_digit).collect();
    if text.contains('@') || digits.len() > *WORLD.end() + 2 {
        return None;
    }
    let plus = main.starts_with('+');
    let (first, rest) = digits.split_at_checked(1)?;
    match (digits.len(), first) {
        (11, "7") => Some(format!("+{digits}")),
        // A plus before the Russian trunk prefix is a slip of habit: no country has the code 89.
        (11, "8") if !plus || rest.starts_with('9') => Some(format!("+7{rest}")),
        // Area codes of Russia begin with 3, 4 and 8, mobile ones with 9.
        (10, "3" | "4" | "8" | "9") if !plus => Some(format!("+7{digits}")),
        _ if plus && WORLD.contains(&digits.len()) && first != "0" => Some(format!("+{digits}")),
        _ => {
            let abroad = digits.strip_prefix("00").or_else(|| digits.strip_prefix("810"))?;
            (!plus && abroad.len() >= 10 && WORLD.contains(&abroad.len())).then(|| format!("+{abroad}"))
        }
    }
}

/// The number without words before it («моб.») and after it («доб. 12», a name): an extension is no part of it.
fn number_part(text: &str) -> &str {
    let start = text.find(|letter: char| letter.is_ascii_digit() || letter == '+');
    let main = start.and_then(|at| text.get(at..)).unwrap_or_default();
    let end = main.find(|letter: char| letter.is_alphabetic() || letter == '#').unwrap_or(main.len());
    main.get(..end).unwrap_or_default()
}

/// As people read a Russian number: `+7 999 000-00-11`; others stay as they are.
pub fn grouped(number: &str) -> String {
    let parts = number.strip_prefix("+7").filter(|rest| rest.len() == 10).and_then(|rest| {
        Some(format!("+7 {} {}-{}-{}", rest.get(..3)?, rest.get(3..6)?, rest.get(6..8)?, rest.get(8..)?))
    });
    parts.unwrap_or_else(|| number.to_owned())
}

#[cfg(test)]
mod tests {
    use super::{grouped, normalise};

    #[test]
    fn one_russian_number_has_one_spelling() {
        let spellings = [
            "8 999 000 00 11",
            "+7(999)000-00-11",
            "89990000011",
            "7 999 000-00-11",
            "9990000011",
            "+7 999 000-00-11 доб. 25",
            "8 (999) 000-00-11 #7",
            "+8 999 000 00 11",
            " +7\u{a0}999\u{a0}000‑00‑11 ",
            "моб. 8 (999) 000-00-11 Анна",
        ];
        for text in spellings {
            assert_eq!(normalise(text).as_deref(), Some("+79990000011"), "{text}");
        }
        assert_eq!(grouped("+79990000011"), "+7 999 000-00-11");
    }

    #[test]
    fn numbers_of_other_countries_keep_their_code() {
        assert_eq!(normalise("+375 29 123-45-67").as_deref(), Some("+375291234567"));
        assert_eq!(normalise("00 49 30 1234567").as_deref(), Some("+49301234567"));
        assert_eq!(normalise("8-10-375-29-1234567").as_deref(), Some("+375291234567"));
        assert_eq!(normalise("+84 912 345 678").as_deref(), Some("+84912345678"), "Vietnam, not a Russian 8");
        assert_eq!(grouped("+375291234567"), "+375291234567");
    }

    #[test]
    fn what_is_no_whole_number_has_no_spelling() {
        for text in
            ["", "нет", "223-32-22", "123", "8", "+", "+0 123 456 789", "99999999999999999999", "89990000011@x.ru"]
        {
            assert_eq!(normalise(text), None, "{text}");
        }
    }
}
