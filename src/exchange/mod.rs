//! The outside: what other programs, sites and services send and take.

pub mod mail;
pub mod site;
