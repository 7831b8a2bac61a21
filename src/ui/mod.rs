//! The window.

pub mod app;
pub mod commands;
pub mod editors;
pub mod focus;
pub mod fonts;
pub mod icons;
pub mod paint;
pub mod px;
pub mod raster;
pub mod screens;
pub mod shell;
pub mod theme;
pub mod widgets;
