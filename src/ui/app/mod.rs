//! The program in the window: pages over the base, generic ones and the few workplaces drawn by hand.
//!
//! [`base`] is the only way to the base: questions and deeds go to worker threads and are asked for their
//! answers frame by frame. [`layout`] reads `forms/<code>.toml`, which say what lists and forms look like.

pub mod answers;
pub mod background;
pub mod backups;
pub mod base;
pub mod bases;
mod day;
pub mod devices;
pub mod door;
pub mod form;
pub mod guard;
mod head;
pub mod host;
pub mod kinds;
pub mod launch;
pub mod layout;
pub mod line;
pub mod list;
mod live;
pub mod lobby;
mod machine;
pub mod names;
pub mod opened;
pub mod options;
pub mod pages;
pub mod permits;
pub mod preview;
pub mod report;
mod scans;
mod search;
pub mod sections;
pub mod server_page;
pub mod settings;
pub mod single;
pub mod start;
pub mod support;
pub mod switch;
pub mod today;
mod undoing;
pub mod work;
