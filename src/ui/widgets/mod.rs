//! What pages are made of.

pub mod button;
pub mod calendar;
pub mod drop;
pub mod entry;
pub mod form;
pub mod grid;
pub mod list;
pub mod menu;
pub mod paper;
pub mod progress;
pub mod search;
pub mod split;
pub mod table;
pub mod tabs;
pub mod tall;
pub mod toolbar;
