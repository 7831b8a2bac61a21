//! Amounts and counts in Russian words, as forms and contracts ask for them.
//!
//! The words belong to the printed document, not to the language of the interface, so they are spelled
//! here. A currency brings its own words ([`CurrencyWords`]): three forms and a gender, because
//! «турецкая лира» cannot be declined by a rule.

use crate::kernel::money::Money;
use std::borrow::Cow;

/// Grammatical gender, which chooses «один», «одна» or «одно».
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Gender {
    /// Рубль, доллар.
    #[default]
    Masculine,
    /// Копейка, лира.
    Feminine,
    /// Место, наименование.
    Neuter,
}

/// A noun after a number: «рубль», «рубля», «рублей».
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Noun {
    /// After one: «рубль».
    pub one: Cow<'static, str>,
    /// After two, three and four: «рубля».
    pub few: Cow<'static, str>,
    /// After five and more, and after zero: «рублей».
    pub many: Cow<'static, str>,
    /// Its gender.
    pub gender: Gender,
}

/// How a currency is said in words; kept on the currency's card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CurrencyWords {
    /// The whole unit.
    pub major: Noun,
    /// The hundredth.
    pub minor: Noun,
}

/// A class of three digits: its noun and the gender it gives to the numeral.
const CLASSES: [(&str, &str, &str, Gender); 6] = [
    ("тысяча", "тысячи", "тысяч", Gender::Feminine),
    ("миллион", "миллиона", "миллионов", Gender::Masculine),
    ("миллиард", "миллиарда", "миллиардов", Gender::Masculine),
    ("триллион", "триллиона", "триллионов", Gender::Masculine),
    ("квадриллион", "квадриллиона", "квадриллионов", Gender::Masculine),
    ("квинтиллион", "квинтиллиона", "квинтиллионов", Gender::Masculine),
];

const HUNDREDS: [&str; 10] =
    ["", "сто", "двести", "триста", "четыреста", "пятьсот", "шестьсот", "семьсот", "восемьсот", "девятьсот"];

const TENS: [&str; 10] =
    ["", "", "двадцать", "тридцать", "сорок", "пятьдесят", "шестьдесят", "семьдесят", "восемьдесят", "девяносто"];

/// From three on; one and two depend on the gender.
const BELOW_TWENTY: [&str; 20] = [
    "",
    "",
    "",
    "три",
    "четыре",
    "пять",
    "шесть",
    "семь",
    "восемь",
    "девять",
    "десять",
    "одиннадцать",
    "двенадцать",
    "тринадцать",
    "четырнадцать",
    "пятнадцать",
    "шестнадцать",
    "семнадцать",
    "восемнадцать",
    "девятнадцать",
];

impl Noun {
    /// A noun from its three forms.
    pub const fn new(one: &'static str, few: &'static str, many: &'static str, gender: Gender) -> Self {
        Self { one: Cow::Borrowed(one), few: Cow::Borrowed(few), many: Cow::Borrowed(many), gender }
    }

    /// The form that goes with a number: by the last two digits, 11 to 14 take the last one.
    pub fn form(&self, number: u64) -> &str {
        choose(number, &self.one, &self.few, &self.many)
    }
}

fn choose<'a>(number: u64, one: &'a str, few: &'a str, many: &'a str) -> &'a str {
    match (number % 100, number % 10) {
        (11..=14, _) => many,
        (_, 1) => one,
        (_, 2..=4) => few,
        _ => many,
    }
}

/// The built-in currencies by ISO 4217 code; the card of a currency may say otherwise.
pub fn currency(code: &str) -> Option<CurrencyWords> {
    use Gender::{Feminine, Masculine};
    let (major, minor) = match code {
        "RUB" => {
            (Noun::new("рубль", "рубля", "рублей", Masculine), Noun::new("копейка", "копейки", "копеек", Feminine))
        }
        "USD" => (
            Noun::new("доллар США", "доллара США", "долларов США", Masculine),
            Noun::new("цент", "цента", "центов", Masculine),
        ),
        "EUR" => (Noun::new("евро", "евро", "евро", Masculine), Noun::new("цент", "цента", "центов", Masculine)),
        "CNY" => (
            Noun::new("китайский юань", "китайских юаня", "китайских юаней", Masculine),
            Noun::new("фынь", "фыня", "фыней", Masculine),
        ),
        "BYN" => (
            Noun::new("белорусский рубль", "белорусских рубля", "белорусских рублей", Masculine),
            Noun::new("копейка", "копейки", "копеек", Feminine),
        ),
        "KZT" => (Noun::new("тенге", "тенге", "тенге", Masculine), Noun::new("тиын", "тиына", "тиынов", Masculine)),
        "TRY" => (
            Noun::new("турецкая лира", "турецкие лиры", "турецких лир", Feminine),
            Noun::new("куруш", "куруша", "курушей", Masculine),
        ),
        _ => return None,
    };
    Some(CurrencyWords { major, minor })
}

/// A count in words, small letters: «три», «одна», «одно».
pub fn count(number: u64, gender: Gender) -> String {
    if number == 0 {
        return "ноль".to_owned();
    }
    let mut words: Vec<&str> = Vec::new();
    for class in (0..=CLASSES.len()).rev() {
        let Some(scale) = u32::try_from(class).ok().and_then(|class| 1000u64.checked_pow(class)) else { continue };
        let group = number / scale % 1000;
        if group == 0 {
            continue;
        }
        match class.checked_sub(1).and_then(|at| CLASSES.get(at)) {
            Some((one, few, many, of_class)) => {
                below_thousand(group, *of_class, &mut words);
                words.push(choose(group, one, few, many));
            }
            None => below_thousand(group, gender, &mut words),
        }
    }
    words.join(" ")
}

fn below_thousand(number: u64, gender: Gender, words: &mut Vec<&'static str>) {
    let pick = |table: &[&'static str], at: u64| {
        usize::try_from(at).ok().and_then(|at| table.get(at).copied()).unwrap_or_default()
    };
    let (tens, rest) = if number % 100 < 20 { (0, number % 100) } else { (number / 10 % 10, number % 10) };
    let unit = match (rest, gender) {
        (1, Gender::Masculine) => "один",
        (1, Gender::Feminine) => "одна",
        (1, Gender::Neuter) => "одно",
        (2, Gender::Feminine) => "две",
        (2, _) => "два",
        _ => pick(&BELOW_TWENTY, rest),
    };
    words.extend([pick(&HUNDREDS, number / 100), pick(&TENS, tens), unit].into_iter().filter(|word| !word.is_empty()));
}

/// A count in words from a capital letter: «Три».
pub fn count_capital(number: u64, gender: Gender) -> String {
    capital(&count(number, gender))
}

/// A number and its noun: «5 листов».
pub fn counted(number: u64, noun: &Noun) -> String {
    format!("{number} {}", noun.form(number))
}

/// The whole units of an amount in words and the hundredths in digits:
/// «Двенадцать тысяч двести рублей 00 копеек».
pub fn amount(amount: Money, words: &CurrencyWords) -> String {
    let (_, minor) = split(amount);
    format!("{} {minor:02} {}", amount_whole(amount, words), words.minor.form(minor))
}

/// Only the whole units, for forms that print the hundredths in a box of their own:
/// «Двенадцать тысяч двести рублей».
pub fn amount_whole(amount: Money, words: &CurrencyWords) -> String {
    let (major, _) = split(amount);
    let said = format!("{} {}", count(major, words.major.gender), words.major.form(major));
    // A negative amount has no place in a document of money; a correction may still have to say it.
    if amount < Money::ZERO { format!("Минус {said}") } else { capital(&said) }
}

/// Everything in words: «Двенадцать тысяч двести рублей ноль копеек».
pub fn amount_full(amount: Money, words: &CurrencyWords) -> String {
    let (_, minor) = split(amount);
    let hundredths = count(minor, words.minor.gender);
    format!("{} {hundredths} {}", amount_whole(amount, words), words.minor.form(minor))
}

/// The hundredths as two digits, for the box «коп.».
pub fn hundredths(amount: Money) -> String {
    format!("{:02}", split(amount).1)
}

fn split(amount: Money) -> (u64, u64) {
    let minor = amount.minor().unsigned_abs();
    (minor / 100, minor % 100)
}

/// The same text from a capital letter.
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::{Gender, amount, amount_full, amount_whole, count, currency};
    use crate::kernel::money::Money;

    fn said(code: &str, text: &str) -> String {
        amount(Money::parse(text).unwrap(), &currency(code).unwrap())
    }

    #[test]
    fn foreign_currencies_take_their_own_words() {
        assert_eq!(said("USD", "21.21"), "Двадцать один доллар США 21 цент");
        assert_eq!(said("TRY", "2002.02"), "Две тысячи две турецкие лиры 02 куруша");
        assert_eq!(said("BYN", "2.00"), "Два белорусских рубля 00 копеек");
        assert_eq!(said("CNY", "22.22"), "Двадцать два китайских юаня 22 фыня");
        assert_eq!(said("EUR", "21.21"), "Двадцать один евро 21 цент");
        assert_eq!(said("KZT", "1001.05"), "Одна тысяча один тенге 05 тиынов");
        assert!(currency("XXX").is_none());
    }

    #[test]
    fn a_negative_amount_says_minus() {
        let rubles = currency("RUB").unwrap();
        assert_eq!(amount(Money::from_minor(-101), &rubles), "Минус один рубль 01 копейка");
        assert_eq!(amount_whole(Money::from_minor(-5), &rubles), "Минус ноль рублей");
    }

    #[test]
    fn counts_reach_the_largest_number() {
        assert!(count(u64::MAX, Gender::Masculine).starts_with("восемнадцать квинтиллионов четыреста сорок шесть"));
        assert_eq!(count(1_000_000_000_000_000, Gender::Neuter), "один квадриллион");
        assert_eq!(count(2_001, Gender::Neuter), "две тысячи одно");
    }

    #[test]
    fn everything_can_be_in_words() {
        let rubles = currency("RUB").unwrap();
        assert_eq!(amount_full(Money::from_minor(220_202), &rubles), "Две тысячи двести два рубля две копейки");
    }
}
