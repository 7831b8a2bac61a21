//! The till: tills and their shifts, receipts, returns, advances, corrections, cash put in and taken out, discount
//! cards.

pub mod booking;
pub mod discount_card;
pub mod receipt;
pub mod receipt_return;
pub mod shift;
pub mod taken;
pub mod till;
pub mod till_advance;
pub mod till_cash;
pub mod till_correction;
