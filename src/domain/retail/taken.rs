//! What every document of a till has in common: it belongs to a till and to its open shift, and takes from the till
//! where goods and money lie.

use super::shift::TillShift;
use super::till::{Till, only_till, open_shift};
use crate::domain::company::company::Company;
use crate::domain::money::cash_desk::CashDesk;
use crate::domain::registers::funds::Funds;
use crate::kernel::facts::Facts;
use crate::kernel::moment::Moment;
use crate::kernel::money::Money;
use crate::kernel::object::Referable as _;
use crate::kernel::problems::Problems;
use crate::kernel::refs::Ref;
use crate::text;

/// A registrar takes no receipts into a shift older than this, seconds.
const SHIFT_SECONDS: i64 = 24 * 3600;

/// What a document takes from its till: `copied` fields are always those of the till, `kept` ones only where the
/// document has none of its own.
macro_rules! at_till {
    ($document:ty: $($copied:ident),+ $(; kept $($kept:ident),+)?) => {
        impl $document {
            /// Takes from the till what the document stands on.
            pub fn take_till(&mut self, facts: &dyn Facts) {
                if let Some(till) = facts.get(self.till) {
                    $(self.$copied = till.$copied;)+
                    $($(self.$kept = self.$kept.or(till.$kept);)+)?
                }
            }

            /// A new document: at the only till there is, of the company and the person the settings name.
            fn begin_at_till(&mut self, facts: &dyn Facts) {
                let settings = $crate::domain::company::settings::settings(facts);
                (self.company, self.cashier) = (settings.company, settings.manager);
                self.till = $crate::domain::retail::till::only_till(facts);
                self.take_till(facts);
            }
        }
    };
}
pub(super) use at_till;

/// The same of a document that belongs to a shift of its till.
macro_rules! of_till {
    ($document:ty: $($rest:tt)+) => {
        $crate::domain::retail::taken::at_till!($document: $($rest)+);

        impl $document {
            /// Another till is chosen: its shifts are others.
            fn change_till(&mut self, facts: &dyn Facts) {
                self.shift = Ref::EMPTY;
                self.take_till(facts);
            }

            /// Completes till and shift, and checks that the shift takes the document. True when the document is in the
            /// books already.
            fn check_till(&mut self, posting: bool, facts: &dyn Facts, problems: &mut Problems) -> bool {
                use $crate::domain::retail::taken::{At, take_shift};
                let mut at = At { till: self.till, shift: self.shift, date: self.date };
                let known = facts.get(self.reference()).is_some_and(|was| was.head.posted);
                take_shift(&mut at, known || !posting, facts, problems);
                (self.till, self.shift) = (at.till, at.shift);
                self.take_till(facts);
                known
            }
        }
    };
}
pub(super) use of_till;

/// The till and the shift of a document.
#[derive(Clone, Copy, Debug, Default)]
pub struct At {
    /// The till.
    pub till: Ref<Till>,
    /// The shift.
    pub shift: Ref<TillShift>,
    /// When the document was made.
    pub date: Moment,
}

/// Completes till and shift and checks that the shift takes the document. `was_posted` when the document is in the
/// books already: then the shift may be closed, for nothing new comes into it.
pub fn take_shift(at: &mut At, was_posted: bool, facts: &dyn Facts, problems: &mut Problems) {
    at.till = at.till.or(only_till(facts));
    if at.shift.is_empty() {
        at.shift = open_shift(facts, at.till).map_or(Ref::EMPTY, |shift| shift.reference());
    }
    let Some(shift) = facts.get(at.shift) else {
        if !at.till.is_empty() {
            problems.field("shift", text!("till-shift-closed"));
        }
        return;
    };
    at.till = at.till.or(shift.till);
    if shift.till != at.till {
        problems.field("shift", text!("till-shift-of-other"));
    } else if !was_posted && (!shift.closed.is_empty() || !shift.head.posted) {
        problems.field("shift", text!("till-shift-over", shift = shift.number.clone()));
    } else if !was_posted && at.date > shift.date.plus_seconds(SHIFT_SECONDS) {
        problems.field("shift", text!("till-shift-expired", since = shift.date.russian()));
    } else if at.date < shift.date {
        problems.field("date", text!("till-before-shift", since = shift.date.russian()));
    }
}

/// Refuses to take more cash out of a desk than there is; asked while a document has no movements of its own.
pub fn enough_cash(
    company: Ref<Company>,
    desk: Ref<CashDesk>,
    amount: Money,
    facts: &dyn Facts,
) -> Result<(), Problems> {
    let key = Funds { company, place: desk.any(), ..Funds::default() };
    let there = facts.balance(&key).amount.positive();
    if amount <= there {
        return Ok(());
    }
    Err(Problems::one(text!("till-cash-short", amount = amount.grouped(), there = there.grouped())))
}
