//! Which page a code, an object or a link opens. One line a kind of page; a code is `family:rest`.

use super::base::Base;
use crate::ui::shell::page::{Open, Page, Request};
use std::rc::Rc;

/// Makes the page; `None` when there is nothing to show, and a request then says why.
pub fn open(_base: &Rc<Base>, _what: &Open, _requests: &mut Vec<Request>) -> Option<Box<dyn Page>> {
    None
}
