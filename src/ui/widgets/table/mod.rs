//! What lists and table parts have in common: columns, their header, scroll bars.

pub mod columns;
pub mod header;
pub mod scroll;
