//! Vocabulary without input or output: values, metadata, declarations, texts, the clock.

pub mod behaviour;
pub mod check_digits;
pub mod clock;
pub mod entry;
pub mod facts;
pub mod mail_address;
pub mod meta;
pub mod moment;
pub mod money;
pub mod object;
pub mod phone;
pub mod problems;
pub mod refs;
pub mod register;
pub mod text;
pub mod value;
pub mod weight_label;
