//! The one integration-test binary: linking dominates, so there is only one.
//!
//! Modules whose helpers unwrap are marked `cfg(test)`: by that the lints know them for tests.

#[cfg(test)]
mod app_backups;
#[cfg(test)]
mod app_bases;
#[cfg(test)]
mod app_demand;
#[cfg(test)]
mod app_devices;
#[cfg(test)]
mod app_kit;
#[cfg(test)]
mod app_letters;
#[cfg(test)]
mod app_lists;
#[cfg(test)]
mod app_names;
#[cfg(test)]
mod app_preview;
#[cfg(test)]
mod app_refusals;
#[cfg(test)]
mod app_rights;
#[cfg(test)]
mod app_scans;
#[cfg(test)]
#[cfg(test)]
mod app_till;
#[cfg(test)]
mod app_till_special;
#[cfg(test)]
mod app_undo;
#[cfg(test)]
mod app_window;
#[cfg(test)]
mod app_work;
#[cfg(test)]
mod backups;
#[cfg(test)]
mod bases;
mod check_digits;
#[cfg(test)]
mod counting;
#[cfg(test)]
mod day;
#[cfg(test)]
mod declarations;
#[cfg(test)]
mod demo;
#[cfg(test)]
mod devices_checkers;
#[cfg(unix)]
#[cfg(test)]
mod devices_host;
#[cfg(test)]
mod devices_read_back;
#[cfg(test)]
mod digest;
#[cfg(test)]
mod explain;
#[cfg(test)]
mod faults;
#[cfg(test)]
mod faults_files;
#[cfg(test)]
mod form_rules;
#[cfg(test)]
mod import_marks;
#[cfg(test)]
mod import_orders;
#[cfg(test)]
mod kills;
#[cfg(test)]
mod kills_random;
#[cfg(test)]
mod layouts;
#[cfg(test)]
mod letters;
#[cfg(test)]
mod lexed;
#[cfg(test)]
mod lines;
#[cfg(test)]
mod moving;
#[cfg(test)]
mod offers;
#[cfg(test)]
mod operations;
#[cfg(test)]
mod order_states;
#[cfg(test)]
mod order_supply;
#[cfg(test)]
mod past;
#[cfg(test)]
mod power;
mod print;
#[cfg(test)]
mod printing;
#[cfg(test)]
mod proof;
#[cfg(test)]
mod readme;
#[cfg(test)]
mod reports;
#[cfg(test)]
mod rights;
#[cfg(test)]
mod scenarios;
#[cfg(test)]
mod schema;
#[cfg(test)]
mod search;
#[cfg(test)]
mod secure;
#[cfg(test)]
mod server;
#[cfg(test)]
mod server_said;
#[cfg(test)]
mod set_off;
mod shared;
#[cfg(test)]
mod simulate;
#[cfg(test)]
mod site_files;
#[cfg(test)]
mod site_hostile;
#[cfg(test)]
mod site_orders;
#[cfg(test)]
mod site_parties;
#[cfg(test)]
mod site_sums;
mod smoke;
#[cfg(test)]
mod sources;
#[cfg(test)]
mod statements;
#[cfg(test)]
mod stations;
#[cfg(test)]
mod supply;
#[cfg(test)]
mod support;
#[cfg(test)]
mod texts;
#[cfg(test)]
mod through;
#[cfg(test)]
mod tidy;
#[cfg(test)]
mod till;
#[cfg(test)]
mod till_kit;
mod together;
#[cfg(test)]
mod ui_desk;
#[cfg(test)]
mod ui_editors;
#[cfg(test)]
mod ui_form_edits;
#[cfg(test)]
mod ui_forms;
#[cfg(test)]
mod ui_grids;
#[cfg(test)]
mod ui_kit;
#[cfg(test)]
mod ui_lists;
#[cfg(test)]
mod ui_raster;
#[cfg(test)]
mod ui_sample;
#[cfg(test)]
mod ui_sample_pages;
#[cfg(test)]
mod ui_shell;
#[cfg(test)]
mod ui_widgets;
#[cfg(test)]
mod undo;
#[cfg(test)]
mod undo_together;
#[cfg(test)]
mod upgrades;
