//! Letters to buyers, from what happens to an order to the server's answer.
//!
//! [`follow`] puts a letter in the queue in the transaction that changed the order, and takes back what is no longer
//! true; [`make`] fills a template from the order as it is; [`send`] hands letters over one after another, at the pace
//! the server takes them; [`care`] is what a person does with the queue.

pub mod care;
pub mod follow;
pub mod make;
pub mod send;

use crate::domain::crm::letter_template::LetterEvent;
use crate::kernel::value::Choice as _;
use crate::text;

/// The stored number of a letter to oneself; the events of orders bear their own.
pub const TRIAL: i64 = 100;

/// What a letter tells of, in words.
pub fn event_label(event: i64) -> String {
    if event == TRIAL { text!("letter-trial").show() } else { LetterEvent::of_number(event).label() }
}
