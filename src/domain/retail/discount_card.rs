//! Discount card (Дисконтная карта): whose it is and what discount it gives.

use crate::domain::crm::counterparty::Counterparty;
use crate::kernel::behaviour::Behaviour;
use crate::kernel::facts::Facts;
use crate::kernel::money::Percent;
use crate::kernel::problems::Problems;
use crate::kernel::refs::Ref;
use crate::{field, object, text};

object! {
    /// A card a buyer shows at the till; scanned or typed by its number.
    catalog DiscountCard = 36 "discount_card" "Дисконтная карта" {
        number: String = "Номер карты",
        owner: Ref<Counterparty> = "Владелец",
        discount: Percent = "Скидка, %",
        blocked: bool = "Не действует",
    }
}

impl Behaviour for DiscountCard {
    const INDEXED: &'static [&'static str] = &["number"];

    fn check(&mut self, _posting: bool, _facts: &dyn Facts, problems: &mut Problems) {
        if self.discount < Percent::ZERO || self.discount > Percent::whole(100) {
            problems.field(field!(DiscountCard, discount), text!("discount-range"));
        }
        if !self.folder && self.number.trim().is_empty() {
            problems.field(field!(DiscountCard, number), text!("field-required"));
        }
    }

    fn search_words(&self) -> Vec<String> {
        vec![self.number.clone()]
    }
}
