//! A report without what the person who asks may not see: not shown, not asked for, not sorted by.

use super::declare::{Column, Definition, What};
use crate::store::report::Origin;
use crate::store::scope::Scope;

impl Definition {
    /// The same report without the sums that a scope withholds and all that is computed from them.
    #[must_use]
    pub fn without(&self, scope: &Scope) -> Self {
        let mut seen = self.clone();
        let mut gone: Vec<bool> = Vec::with_capacity(seen.columns.len());
        for column in &mut seen.columns {
            let told = |at: &usize| gone.get(*at).copied().unwrap_or(false);
            let withheld = match &column.what {
                What::Figure { source, sum, .. } => {
                    let origin = self.sources.get(*source).map(|source| source.origin);
                    match origin {
                        Some(Origin::Register(_)) => scope.withheld.contains(sum),
                        Some(Origin::Documents(meta)) => scope.veils(meta, sum),
                        Some(Origin::Ledger) | None => false,
                    }
                }
                What::Sum(terms) => terms.iter().any(|(_, at)| told(at)),
                What::Percent(one, other) | What::Per(one, other) => told(one) || told(other),
                What::Class(at) => told(at),
                What::Info(..) | What::Withheld => false,
            };
            gone.push(withheld);
            if withheld {
                let (hidden, what) = (true, What::Withheld);
                *column = Column { hidden, what, ..column.clone() };
            }
        }
        seen
    }
}
