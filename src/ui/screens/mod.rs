//! Workplaces drawn by hand: where a list and a form would be in the way of the work.

pub mod till;
