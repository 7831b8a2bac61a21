//! The one integration-test binary: linking dominates, so there is only one.

#[cfg(test)]
mod ui_editors;
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
