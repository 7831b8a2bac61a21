//! The registers: what documents move, each a declaration of key, sums and notes.

pub mod controls;
pub mod demand;
pub mod funds;
pub mod orders;
pub mod prices;
pub mod sales;
pub mod settlements;
pub mod stock;
pub mod vat_book;
