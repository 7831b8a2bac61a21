//! The one integration-test binary: linking dominates, so there is only one.

#[cfg(test)]
mod bases;
mod check_digits;
#[cfg(test)]
mod digest;
#[cfg(test)]
mod faults;
mod print;
#[cfg(test)]
mod scenarios;
mod shared;
mod smoke;
#[cfg(test)]
mod sources;
#[cfg(test)]
mod texts;
