//! The one integration-test binary: linking dominates, so there is only one.

mod print;
mod shared;
