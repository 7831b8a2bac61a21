//! The window.

pub mod commands;
pub mod fonts;
pub mod icons;
pub mod px;
pub mod raster;
pub mod theme;
