//! Who works: signing in to a base that asks, locking the window, changing a password.
//!
//! [`host`] is the program before anybody has come in, with [`page`] on it; [`lock`] covers the window while its
//! user is away; [`change`] is the page that changes a password,
//! [`mail`] the one that sets that of a mail account.

pub mod change;
mod entry;
pub mod host;
pub mod lock;
pub mod mail;
mod page;
