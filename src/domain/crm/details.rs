//! Checks of registration numbers that companies and counterparties share.

use crate::domain::crm::counterparty::Counterparty;
use crate::field;
use crate::kernel::check_digits;
use crate::kernel::problems::Problems;

/// Checks ИНН, КПП, ОГРН and ОКПО where they are filled; both catalogs name these fields alike.
pub fn check_codes(problems: &mut Problems, inn: &str, kpp: &str, ogrn: &str, okpo: &str) {
    let checks = [
        (field!(Counterparty, inn), inn, check_digits::inn as fn(&str) -> Result<(), crate::kernel::text::Text>),
        (field!(Counterparty, kpp), kpp, check_digits::kpp),
        (field!(Counterparty, ogrn), ogrn, if ogrn.len() == 15 { check_digits::ogrnip } else { check_digits::ogrn }),
        (field!(Counterparty, okpo), okpo, check_digits::okpo),
    ];
    for (name, value, check) in checks {
        if let (false, Err(text)) = (value.is_empty(), check(value)) {
            problems.field(name, text);
        }
    }
}
