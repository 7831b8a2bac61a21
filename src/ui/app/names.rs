//! What things are called and what a reference field may be set to: answered at once from what is at hand,
//! fetched by the reading threads what is not.

use super::base::Base;
use crate::kernel::refs::AnyRef;
use crate::ui::editors::{Question, Suggest, Suggestions};
use std::rc::Rc;

/// Names and suggestions of one base.
pub struct Names {
    _base: Rc<Base>,
}

impl Names {
    /// Nothing known yet.
    pub fn new(base: Rc<Base>) -> Self {
        Self { _base: base }
    }
}

impl Suggest for Names {
    fn suggest(&mut self, _question: &Question<'_>) -> Suggestions {
        Suggestions::Ready([].into())
    }
    fn title(&mut self, _reference: AnyRef) -> Option<String> {
        None
    }
}
