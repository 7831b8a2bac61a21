//! The one integration-test binary: linking dominates, so there is only one.

mod check_digits;
mod print;
mod shared;
mod smoke;
