//! Use cases behind the one gate for change.
//!
//! [`gate`] opens the transaction and says what changed; [`save`] writes an object, [`post`] its movements;
//! [`costing`] and [`set_off`] own what is derived along timelines; [`orders`] keeps states and reserves;
//! [`printing`] fills the printed forms; [`past`] tells how an object was and [`undo`] takes operations back;
//! [`sign_in`] says who works, [`rights`] and [`locks`] what he may do.

pub mod allocate;
pub mod backup;
pub mod check;
pub mod claims;
pub mod consistency;
pub mod copy;
pub mod costing;
pub mod delete;
pub mod demo;
pub mod draft;
pub mod export;
pub mod fifo;
pub mod foresee;
pub mod gate;
pub mod import_orders;
pub mod journal;
pub mod load;
pub mod locks;
pub mod merge;
pub mod movements;
pub mod order_view;
pub mod orders;
pub mod past;
pub mod post;
pub mod present;
pub mod printing;
pub mod related;
pub mod returns;
pub mod revalue;
pub mod rights;
pub mod save;
pub mod seed;
pub mod set_off;
pub mod sign_in;
pub mod start;
pub mod supply;
pub mod tax_invoices;
pub mod transfer;
pub mod undo;
pub mod upgrade;
pub mod versions;
