//! Fiscal registrars of АТОЛ through the web service their driver installs on the workstation (driver 10, port
//! 16732): tasks as JSON. Here are the bodies of questions and answers; somebody else carries them.
//!
//! - [`request`] makes the bodies of tasks.
//! - [`answer`] reads what became of them.
//! - [`marking`] is how marking codes are checked before they are sold.
//! - [`training`] is the service's side, for training and tests.

pub mod answer;
pub mod marking;
pub mod request;
pub mod training;

#[cfg(test)]
mod tests;
