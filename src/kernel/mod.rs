//! Vocabulary without input or output: values, metadata, declarations, texts, the clock.

pub mod clock;
pub mod meta;
pub mod moment;
pub mod money;
pub mod object;
pub mod problems;
pub mod refs;
pub mod text;
pub mod value;
