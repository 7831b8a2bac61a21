//! Whom we deal with.

pub mod contract;
pub mod counterparty;
pub mod details;
