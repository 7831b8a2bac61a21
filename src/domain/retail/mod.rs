//! The till: tills and their shifts, receipts, returns, cash put in and taken out, discount cards.

pub mod booking;
pub mod discount_card;
pub mod receipt;
pub mod receipt_return;
pub mod shift;
pub mod taken;
pub mod till;
pub mod till_cash;
