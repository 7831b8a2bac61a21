//! Goods and the places they lie in.

pub mod brand;
pub mod item;
pub mod item_group;
pub mod property;
pub mod stock_count;
pub mod stock_surplus;
pub mod stock_write_off;
pub mod supply_terms;
pub mod unit;
pub mod warehouse;
