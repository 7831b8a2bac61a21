//! Money: currencies, VAT, cash desks, accounts, and the documents that move it.

pub mod bank;
pub mod bank_account;
pub mod bank_debit;
pub mod bank_receipt;
pub mod cash_desk;
pub mod cash_issue;
pub mod cash_receipt;
pub mod currency;
pub mod document;
pub mod payment;
pub mod payment_order;
pub mod rate_setting;
pub mod vat;
