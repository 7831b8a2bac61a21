//! A report without what the person who asks may not see: not shown, not asked for, not sorted by.

use super::declare::{Column, Definition, What};
use crate::store::report::Origin;
use std::collections::BTreeSet;

impl Definition {
    /// The same report without these sums of registers and all that is computed from them.
    #[must_use]
    pub fn without(&self, sums: &BTreeSet<&'static str>) -> Self {
        let mut seen = self.clone();
        let mut gone: Vec<bool> = Vec::with_capacity(seen.columns.len());
        for column in &mut seen.columns {
            let told = |at: &usize| gone.get(*at).copied().unwrap_or(false);
            let withheld = match &column.what {
                What::Figure { source, sum, .. } => {
                    let origin = self.sources.get(*source).map(|source| source.origin);
                    matches!(origin, Some(Origin::Register(_))) && sums.contains(sum)
                }
                What::Sum(terms) => terms.iter().any(|(_, at)| told(at)),
                What::Percent(one, other) | What::Per(one, other) => told(one) || told(other),
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
