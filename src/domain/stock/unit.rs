//! Unit of measure (Единица измерения), by ОКЕИ code.

use crate::kernel::behaviour::Behaviour;
use crate::object;

object! {
    /// A unit of measure; its code is the ОКЕИ code.
    catalog Unit = 22 "unit" "Единица измерения" {
        full_name: String = "Полное наименование",
        international: String = "Международное сокращение",
    }
}

impl Behaviour for Unit {
    fn search_words(&self) -> Vec<String> {
        vec![self.full_name.clone()]
    }
}
