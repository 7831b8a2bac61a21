//! Bank (Банк), from the directory of the Bank of Russia.

use crate::kernel::behaviour::Behaviour;
use crate::kernel::facts::Facts;
use crate::kernel::problems::Problems;
use crate::{field, object};

object! {
    /// A bank; its code is the БИК.
    catalog Bank = 30 "bank" "Банк" {
        city: String = "Город",
        correspondent: String = "Корр. счет",
    }
}

impl Behaviour for Bank {
    fn check(&mut self, _posting: bool, _facts: &dyn Facts, problems: &mut Problems) {
        if let (false, Err(text)) = (self.folder, crate::kernel::check_digits::bic(&self.code)) {
            problems.field(field!(Bank, code), text);
        } else if let (false, Err(text)) = (
            self.folder || self.correspondent.is_empty(),
            crate::kernel::check_digits::correspondent_account(&self.correspondent, &self.code),
        ) {
            problems.field(field!(Bank, correspondent), text);
        }
    }
}
