//! A free property of items (Свойство номенклатуры).

use crate::kernel::behaviour::Behaviour;
use crate::object;

object! {
    /// A free property of items (Свойство номенклатуры).
    catalog Property = 24 "property" "Свойство" {}
}

impl Behaviour for Property {}
