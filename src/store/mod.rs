//! The only SQL: what every engine has in common above `engine`, what differs in `dialect`.
//!
//! Reading order: [`engine`] (one statement; [`sqlite`] and [`postgres`] behind it), [`schema`] (tables from declarations), [`base`] (a file or a
//! server), [`upgrade`] (a base of an earlier release), [`objects`], [`moves`] and [`totals`] (registers), [`ledger`], [`history`],
//! [`operations`], [`search`],
//! [`lists`], [`facts`].

pub mod address;
pub mod base;
pub mod behind;
pub mod credentials;
pub mod deletion;
pub mod dialect;
pub mod engine;
pub mod facts;
pub mod history;
pub mod inside;
pub mod jobs;
pub mod journal;
pub mod keys;
mod known;
pub mod layout;
pub mod ledger;
pub mod letters;
pub mod list_order;
pub mod lists;
mod memory;
pub mod migrations;
pub mod moves;
pub mod near;
pub mod network;
pub mod numbers;
pub mod objects;
pub mod operations;
pub mod passwords;
pub mod postgres;
mod postgres_connect;
pub mod proof;
mod queue;
pub mod related;
pub mod report;
pub mod report_names;
mod report_sql;
pub mod schema;
pub mod scope;
pub mod search;
pub mod shape;
pub mod snapshot;
pub mod sqlite;
mod statements;
pub mod tls;
pub mod totals;
pub mod transfer;
pub mod upgrade;
pub mod veil;
pub mod watch;
