//! Scans go to the page in front.

use super::{Owner, Shell};
use crate::ops::scanned::Scanned;

impl Shell {
    /// A scan goes to the page in front; what it does not take is the host's.
    pub(super) fn scan(&mut self, scanned: &Scanned) {
        let front = self.active().map(|opened| opened.number);
        let taken = front.and_then(|number| self.with_page(number, |page, context| page.scan(scanned, context)));
        if taken != Some(true) {
            let mut requests = Vec::new();
            self.host.scanned(scanned, front.is_none(), &mut requests);
            self.take(Owner::Host, requests);
        }
    }
}
