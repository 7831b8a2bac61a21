//! Reports over three months of a small trading company: every figure against sums of movements counted here in
//! the simplest way, every drill-down against the figure it opens, tables as they were.

mod balances;
pub mod base;
mod command;
mod declarations;
mod drills;
mod figures;
mod golden;
mod outputs;
mod window;
