//! Reports: a declaration and a choice make questions to registers, and the answers make a sheet.
//!
//! In reading order:
//! - [`declare`]: what `reports/<code>.toml` says; [`load`] reads it, embedded or the base's own; [`resolve`] looks its
//!   names up;
//! - [`time`], [`setup`]: what a person chose: period, grouping, filters;
//! - [`plan`], [`records`], [`tree`], [`groups`]: questions, answers, groups with sums, a sheet;
//! - [`moves`]: movements one by one with a running balance;
//! - [`run`]: the one entrance;
//! - [`drill`]: what a figure opens, down to the document;
//! - [`show`], [`export`], [`xlsx`], [`paper`]: a sheet as text, for other programs, as a spreadsheet, as pages.
//!
//! The layer knows no document and no register by name: what it knows stands in the declarations. It writes no
//! SQL: it asks [`crate::store::report`].

mod absence;
pub mod declare;
pub mod drill;
pub mod embedded;
pub mod export;
mod groups;
pub mod load;
mod moves;
mod names;
pub mod paper;
mod plan;
mod records;
mod resolve;
pub mod run;
pub mod setup;
pub mod sheet;
pub mod show;
pub mod time;
mod tree;
mod withheld;
pub mod xlsx;

pub use records::Watch;

/// Movements listed at most.
pub const fn most_moves() -> usize {
    moves::MOST
}

/// What a month, as stored, is called: `ноябрь 2026`.
pub fn month_title(month: i64) -> String {
    names::month_title(crate::kernel::moment::Month::from_stored(month))
}
