//! Declension of names for cash orders («принято от Иванова», «выдать Иванову») and initials.
//!
//! The rules are those of the `petrovich` crate. Gender comes from the patronymic alone: a first name or
//! a surname only looks like one, and a wrong ending on a paper is worse than none. A name whose gender
//! is unknown, and anything that is no full name (a company), is left as it is; the field stays editable.

use petrovich::{Case, Gender};

/// The grammatical case a form asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NameCase {
    /// От кого: «Иванова Ивана Ивановича».
    Genitive,
    /// Кому: «Иванову Ивану Ивановичу».
    Dative,
}

/// What may stand in front of a sole trader's name, and its genitive and dative.
const PREFIXES: [(&str, &str, &str); 2] = [
    ("ИП", "ИП", "ИП"),
    ("Индивидуальный предприниматель", "Индивидуального предпринимателя", "Индивидуальному предпринимателю"),
];

/// Words that make a patronymic of two words; they and the word before them do not change.
const MALE_SONS: [&str; 3] = ["оглы", "улы", "оглу"];
const FEMALE_DAUGHTERS: [&str; 3] = ["кызы", "кизи", "гызы"];

/// Puts a name (surname, first name, patronymic) into a case; unchanged when the gender is unknown.
pub fn decline(full: &str, case: NameCase) -> String {
    for (prefix, genitive, dative) in PREFIXES {
        let Some(name) = full.strip_prefix(prefix).filter(|name| name.starts_with(' ')) else { continue };
        let Some(declined) = decline_person(name, case) else { return full.to_owned() };
        let declined_prefix = if case == NameCase::Genitive { genitive } else { dative };
        return format!("{declined_prefix} {declined}");
    }
    decline_person(full, case).unwrap_or_else(|| full.to_owned())
}

/// The name in a case, or `None` when it is no full name of a person.
fn decline_person(full: &str, case: NameCase) -> Option<String> {
    let parts: Vec<&str> = full.split_whitespace().collect();
    let (last, first, middle, kin) = match parts.as_slice() {
        [last, first, middle] => (*last, *first, *middle, None),
        [last, first, father, kin] => (*last, *first, *father, Some(*kin)),
        _ => return None,
    };
    let gender = match kin {
        None => gender_of(middle)?,
        Some(kin) => gender_of_kin(kin)?,
    };
    let case = match case {
        NameCase::Genitive => Case::Genitive,
        NameCase::Dative => Case::Dative,
    };
    let last = last.replace(['–', '‑'], "-");
    let last = keep_capitals(&last, |name| surname(gender, name, case));
    let first = keep_capitals(first, |name| petrovich::firstname(gender, name, case));
    let patronymic = match kin {
        Some(kin) => format!("{middle} {kin}"),
        None if gender_of_kin(middle.rsplit('-').next()?).is_some() => middle.to_owned(),
        None => keep_capitals(middle, |name| petrovich::middlename(gender, name, case)),
    };
    Some(format!("{last} {first} {patronymic}"))
}

/// A surname by the rules of the crate, but for two endings of men's names that it gets wrong.
fn surname(gender: Gender, name: &str, case: Case) -> String {
    let (a, ya) = if case == Case::Genitive { ("а", "я") } else { ("у", "ю") };
    let letters: Vec<char> = name.to_lowercase().chars().collect();
    let declined = petrovich::lastname(gender, name, case);
    match letters.as_slice() {
        _ if gender != Gender::Male || name.contains('-') => declined,
        // After two consonants the vowel stays: Кузнеца and Швеца, but Кравца.
        [.., first, second, 'е', 'ц'] if is_consonant(*first) && is_consonant(*second) => format!("{name}{a}"),
        [.., 'ь'] if declined == name => format!("{}{ya}", name.trim_end_matches(['ь', 'Ь'])),
        _ => declined,
    }
}

fn is_consonant(letter: char) -> bool {
    "бвгджзйклмнпрстфхцчшщ".contains(letter)
}

/// Gender by the ending of the patronymic.
fn gender_of(patronymic: &str) -> Option<Gender> {
    let small = patronymic.to_lowercase();
    if let Some(gender) = gender_of_kin(small.rsplit('-').next()?).filter(|_| small.contains('-')) {
        return Some(gender);
    }
    if small.ends_with("ич") {
        Some(Gender::Male)
    } else if ["вна", "чна", "шна"].iter().any(|ending| small.ends_with(ending)) {
        Some(Gender::Female)
    } else {
        None
    }
}

fn gender_of_kin(word: &str) -> Option<Gender> {
    let small = word.to_lowercase();
    if MALE_SONS.contains(&small.as_str()) {
        Some(Gender::Male)
    } else if FEMALE_DAUGHTERS.contains(&small.as_str()) {
        Some(Gender::Female)
    } else {
        None
    }
}

/// The rules add small letters: a name written in capitals is declined in small ones and raised again.
fn keep_capitals(name: &str, change: impl Fn(&str) -> String) -> String {
    let capitals = name.chars().count() > 1 && name.chars().all(|letter| !letter.is_lowercase());
    if capitals { change(&name.to_lowercase()).to_uppercase() } else { change(name) }
}

/// Surname and initials: «Иванов И.И.»; anything that is no full name is left as it is.
pub fn initials(full: &str) -> String {
    let parts: Vec<&str> = full.split_whitespace().collect();
    let [last, given @ ..] = parts.as_slice() else { return String::new() };
    let person = (1..=3).contains(&given.len())
        && !full.contains(['«', '"', '.'])
        && parts.iter().all(|part| part.chars().all(|c| c.is_alphabetic() || matches!(c, '-' | '’' | '\'')));
    let capital = |part: &&str| part.chars().next().is_some_and(char::is_uppercase);
    if !person || !capital(last) || !given.iter().take(2).all(capital) || last.to_uppercase() == "ИП" {
        return full.to_owned();
    }
    let letters: String = given.iter().take(2).map(|part| initial(part)).collect();
    format!("{last} {letters}")
}

/// «И.» or, of a double name, «А.-М.».
fn initial(name: &str) -> String {
    let halves: Vec<String> =
        name.split('-').filter_map(|half| half.chars().next()).map(|letter| format!("{letter}.")).collect();
    halves.join("-")
}

#[cfg(test)]
mod tests {
    use super::{NameCase, decline, initials};

    fn both(name: &str) -> [String; 2] {
        [decline(name, NameCase::Genitive), decline(name, NameCase::Dative)]
    }

    #[test]
    fn names_that_do_not_change_stay() {
        assert_eq!(both("Кравец Анна Игоревна"), ["Кравец Анны Игоревны", "Кравец Анне Игоревне"]);
        assert_eq!(both("Дурново Петр Николаевич"), ["Дурново Петра Николаевича", "Дурново Петру Николаевичу"]);
        assert_eq!(both("Долгих Ирина Львовна"), ["Долгих Ирины Львовны", "Долгих Ирине Львовне"]);
        assert_eq!(both("Алиев Гасан Мамед оглы"), ["Алиева Гасана Мамед оглы", "Алиеву Гасану Мамед оглы"]);
        assert_eq!(both("Алиева Лейла Мамед-кызы"), ["Алиевой Лейлы Мамед-кызы", "Алиевой Лейле Мамед-кызы"]);
    }

    #[test]
    fn double_surnames_and_short_names_decline() {
        assert_eq!(
            both("Салтыков-Щедрин Павел Ильич"),
            ["Салтыкова-Щедрина Павла Ильича", "Салтыкову-Щедрину Павлу Ильичу"]
        );
        assert_eq!(both("Грин Илья Кузьмич"), ["Грина Ильи Кузьмича", "Грину Илье Кузьмичу"]);
        assert_eq!(both("ИВАНОВ ЛЕВ ИВАНОВИЧ")[0], "ИВАНОВА ЛЬВА ИВАНОВИЧА");
        assert_eq!(both("ИП Петров Пётр Петрович")[1], "ИП Петрову Петру Петровичу");
    }

    #[test]
    fn endings_the_rules_get_wrong_are_mended() {
        for (name, genitive) in [
            ("Кузнец Семён Ильич", "Кузнеца Семёна Ильича"),
            ("Швец Иван Ильич", "Швеца Ивана Ильича"),
            ("Гусь Пётр Никитич", "Гуся Петра Никитича"),
            ("Гоголь Никита Васильевич", "Гоголя Никиты Васильевича"),
            ("Кравец Лев Игоревич", "Кравца Льва Игоревича"),
            ("Салтыков–Щедрин Михаил Евграфович", "Салтыкова-Щедрина Михаила Евграфовича"),
            ("Гусь Анна Ильинична", "Гусь Анны Ильиничны"),
        ] {
            assert_eq!(decline(name, NameCase::Genitive), genitive);
        }
        assert_eq!(decline("Гусь Пётр Никитич", NameCase::Dative), "Гусю Петру Никитичу");
    }

    #[test]
    fn unknown_gender_changes_nothing() {
        for name in ["Ким Ир Сен", "Иванова Анна", "ООО «Контора-Тест»", "", "Шмидт Саша Ли", "ИП Тестов"]
        {
            assert_eq!(both(name), [name, name]);
        }
    }

    #[test]
    fn initials_follow_the_surname() {
        for (full, short) in [
            ("Сидорова Светлана Сергеевна", "Сидорова С.С."),
            ("Салтыков-Щедрин Павел Ильич", "Салтыков-Щедрин П.И."),
            ("Гёте Анна-Мария Львовна", "Гёте А.-М.Л."),
            ("Алиев Гасан Мамед оглы", "Алиев Г.М."),
            ("Иванова Анна", "Иванова А."),
            ("Сидорова С.С.", "Сидорова С.С."),
            ("ООО «Контора-Тест»", "ООО «Контора-Тест»"),
            ("Иванов", "Иванов"),
            ("", ""),
        ] {
            assert_eq!(initials(full), short);
        }
    }
}
