//! Price group (Ценовая группа): items priced by one rule.

use crate::kernel::behaviour::Behaviour;
use crate::object;

object! {
    /// A group of items priced by one rule.
    catalog PriceGroup = 26 "price_group" "Ценовая группа" {}
}

impl Behaviour for PriceGroup {}
