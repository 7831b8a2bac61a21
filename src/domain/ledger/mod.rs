//! The double-entry ledger: the chart, entries by hand, opening balances, the closing of a month.

pub mod account;
pub mod manual_entry;
pub mod month_closing;
pub mod opening_balance;
