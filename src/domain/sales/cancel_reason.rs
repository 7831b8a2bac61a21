//! Cancel reason (Причина отмены): why a line or an order was given up, and whether somebody went without goods.

use crate::kernel::behaviour::Behaviour;
use crate::object;

object! {
    /// Why something ordered is not wanted any more.
    catalog CancelReason = 17 "cancel_reason" "Причина отмены" {
        lost: bool = "Потерянный спрос",
    }
}

impl Behaviour for CancelReason {}

/// Nothing of it in stock.
pub const NO_STOCK: &str = "no_stock";
/// Something else was sold instead.
pub const REPLACED: &str = "replaced";
/// The same order came twice.
pub const DUPLICATE: &str = "duplicate";
