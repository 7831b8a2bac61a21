//! Prices: kinds, groups and the document that sets them.

pub mod price_group;
pub mod price_kind;
pub mod price_setting;
