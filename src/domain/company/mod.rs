//! The company itself: its details, people, settings, and what it exchanges with.

pub mod cash_flow_item;
#[expect(clippy::module_inception, reason = "the file of the catalog is named after the catalog")]
pub mod company;
pub mod employee;
pub mod period_lock;
pub mod permission;
pub mod rights;
pub mod role;
pub mod section;
pub mod settings;
pub mod site_link;
pub mod user;
