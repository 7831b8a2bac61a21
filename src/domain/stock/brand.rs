//! A brand (Марка, торговая марка).

use crate::kernel::behaviour::Behaviour;
use crate::object;

object! {
    /// A brand (Марка, торговая марка).
    catalog Brand = 23 "brand" "Марка" {}
}

impl Behaviour for Brand {}
