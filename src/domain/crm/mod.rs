//! Whom we deal with, and what we write to them.

pub mod contract;
pub mod counterparty;
pub mod details;
pub mod letter_template;
pub mod letter_text;
pub mod mail_account;
