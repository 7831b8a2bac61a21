//! What a new layout needs and the declarations cannot say: steps written by hand, one for each version that
//! needs one. A step is never changed once it was released; a base runs those above its own version, in order.

mod operations;

use super::base::Store;
use crate::kernel::problems::Outcome;

/// A step to a version of the layout.
#[derive(Clone, Copy)]
pub struct Step {
    /// The version it leads to.
    pub version: i64,
    /// Done before tables and columns are added: what is renamed keeps its rows by that.
    pub before: fn(&Store) -> Outcome<()>,
    /// Done after tables and columns are added: what is new is filled.
    pub after: fn(&Store) -> Outcome<()>,
}

/// Nothing to do on this side.
pub fn nothing(_: &Store) -> Outcome<()> {
    Ok(())
}

/// All steps in the order of their versions.
pub const STEPS: &[Step] = &[Step { version: 3, before: operations::lay_aside, after: operations::give }];

#[cfg(test)]
mod tests {
    use super::STEPS;
    use crate::store::schema::VERSION;

    #[test]
    fn steps_lead_upwards_to_the_present_layout() {
        assert!(STEPS.is_sorted_by_key(|step| step.version));
        assert!(STEPS.iter().all(|step| step.version > 1 && step.version <= VERSION));
    }
}
