//! Goods and the places they lie in.

pub mod brand;
pub mod item;
pub mod item_group;
pub mod property;
pub mod unit;
pub mod warehouse;
