//! Rights, proved around the window: the gate, lists, searches, reports, exports, prints and the command line,
//! on every engine.

mod base;
mod command;
mod costs;
mod locks;
mod passwords;
mod reading;
mod roles;
mod undoing;
mod writing;
