//! Documents of a real base on paper: what the forms are filled with, what they lack, how they look.

pub mod base;
mod command;
mod filling;
mod golden;
mod labels;
mod words;
