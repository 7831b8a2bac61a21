//! What is done to a base, a name a deed: the history tells it, undo takes it back.

use crate::kernel::text::Text;
use crate::text;

/// What is done, as the history and the undo list name it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Op {
    /// A new base is filled with what every base has.
    Seed,
    /// Objects are written.
    Save,
    /// Documents are posted.
    Post,
    /// Posting is taken back.
    Unpost,
    /// Deletion marks are set or taken off.
    Mark,
    /// Objects are loaded from a file.
    Load,
    /// Orders are taken from a site.
    ImportOrders,
    /// Shortages become supplier orders.
    Supply,
    /// Settings of a user or of the base.
    Settings,
    /// An operation is taken back.
    Undo,
    /// An operation that was taken back is done again.
    Redo,
    /// A version of the history becomes the newest.
    Restore,
    /// Objects marked for deletion are taken out of the base.
    Delete,
    /// What became of a job of a device is noted.
    Paper,
    /// Reserves are shared out anew to the lines that wait.
    Allocate,
    /// Reserves whose time has passed are given up.
    Release,
}

impl Op {
    /// In the user's language.
    pub fn label(self) -> Text {
        match self {
            Op::Seed => text!("op-seed"),
            Op::Save => text!("op-save"),
            Op::Post => text!("op-post"),
            Op::Unpost => text!("op-unpost"),
            Op::Mark => text!("op-mark"),
            Op::Load => text!("op-load"),
            Op::ImportOrders => text!("op-import-orders"),
            Op::Supply => text!("op-supply"),
            Op::Settings => text!("op-settings"),
            Op::Undo => text!("op-undo"),
            Op::Redo => text!("op-redo"),
            Op::Restore => text!("op-restore"),
            Op::Delete => text!("op-delete"),
            Op::Paper => text!("op-paper"),
            Op::Allocate => text!("op-allocate"),
            Op::Release => text!("op-release"),
        }
    }

    /// The stored number, never given to another operation.
    pub const fn number(self) -> i64 {
        match self {
            Op::Seed => 1,
            Op::Save => 2,
            Op::Post => 3,
            Op::Unpost => 4,
            Op::Mark => 5,
            Op::Load => 6,
            Op::ImportOrders => 7,
            Op::Supply => 8,
            Op::Settings => 9,
            Op::Undo => 10,
            Op::Redo => 11,
            Op::Restore => 12,
            Op::Delete => 13,
            Op::Paper => 14,
            Op::Allocate => 21,
            Op::Release => 22,
        }
    }

    /// From the stored number; an operation of a later program's is called a save.
    pub fn of(number: i64) -> Self {
        const ALL: [Op; 16] = [
            Op::Seed,
            Op::Save,
            Op::Post,
            Op::Unpost,
            Op::Mark,
            Op::Load,
            Op::ImportOrders,
            Op::Supply,
            Op::Settings,
            Op::Undo,
            Op::Redo,
            Op::Restore,
            Op::Delete,
            Op::Paper,
            Op::Allocate,
            Op::Release,
        ];
        ALL.into_iter().find(|op| op.number() == number).unwrap_or(Op::Save)
    }

    /// True for an ordinary deed, which locks what it touches and lets others write beside it; false for one that
    /// may touch anything.
    pub(super) const fn beside(self) -> bool {
        matches!(self, Op::Save | Op::Post | Op::Unpost | Op::Mark)
    }
}
