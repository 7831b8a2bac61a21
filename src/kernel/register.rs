//! `register!`: one declaration gives a typed movement, metadata and rows of integers.

use super::entry::Entry;
use super::meta::RegisterMeta;
use super::moment::Moment;

/// A struct made by `register!`: a movement, and with its sums a total.
pub trait Register: Clone + Default {
    /// The register's metadata.
    const META: &'static RegisterMeta;
    /// The same as a function.
    fn meta() -> &'static RegisterMeta {
        Self::META
    }
    /// Key, sums and notes in the declared order.
    fn cells(&self) -> Vec<i64>;
    /// From key, sums and (when present) notes in the declared order.
    fn from_cells(cells: &[i64]) -> Self;
}

/// One row a document writes into a register.
#[derive(Clone, Debug, PartialEq)]
pub struct Movement {
    /// Where.
    pub register: &'static RegisterMeta,
    /// The row's number among the document's rows of this register; links derived rows to it.
    pub line: i64,
    /// When; empty means the document's own moment.
    pub moment: Moment,
    /// Key, sums and notes.
    pub cells: Vec<i64>,
}

/// What posting gives: movements and ledger entries, nothing written.
#[derive(Clone, Debug, Default)]
pub struct Movements {
    /// Register movements.
    pub rows: Vec<Movement>,
    /// Double entries.
    pub entries: Vec<Entry>,
}

impl Movements {
    /// Adds a movement under the next free line of its register.
    pub fn add<R: Register>(&mut self, movement: &R) {
        let used = self.rows.iter().filter(|row| row.register == R::meta()).map(|row| row.line).max();
        self.add_at(used.unwrap_or(0) + 1, movement);
    }
    /// Adds a movement under a line of the caller's choice: derived rows find it by that line.
    pub fn add_at<R: Register>(&mut self, line: i64, movement: &R) {
        self.rows.push(Movement { register: R::meta(), line, moment: Moment::EMPTY, cells: movement.cells() });
    }
    /// Adds a ledger entry.
    pub fn entry(&mut self, entry: Entry) {
        self.entries.push(entry);
    }
    /// The movements of one register, typed.
    pub fn of<R: Register>(&self) -> Vec<R> {
        self.rows.iter().filter(|row| row.register == R::meta()).map(|row| R::from_cells(&row.cells)).collect()
    }
}

/// Declares a register: what its totals are kept by, what is summed, what only movements carry.
#[macro_export]
macro_rules! register {
    ($(#[$doc:meta])* $kind:ident $name:ident = $code:literal $title:literal {
        key { $($key:ident : $ktype:ty = $klabel:literal),* $(,)? }
        sum { $($sum:ident : $stype:ty = $slabel:literal),* $(,)? }
        $(note { $($note:ident : $ntype:ty = $nlabel:literal),* $(,)? })?
    }) => {
        $(#[$doc])*
        #[derive(Clone, Debug, Default, PartialEq)]
        pub struct $name {
            $( #[doc = $klabel] pub $key: $ktype, )*
            $( #[doc = $slabel] pub $sum: $stype, )*
            $($( #[doc = $nlabel] pub $note: $ntype, )*)?
        }
        impl $crate::kernel::register::Register for $name {
            const META: &'static $crate::kernel::meta::RegisterMeta = &$crate::kernel::meta::RegisterMeta {
                code: $code, title: $title, kind: $crate::kernel::meta::RegisterKind::$kind,
                key: $crate::object!(@fields $($key : $ktype = $klabel),*),
                sum: $crate::object!(@fields $($sum : $stype = $slabel),*),
                note: $crate::object!(@fields $($($note : $ntype = $nlabel),*)?),
            };
            fn cells(&self) -> Vec<i64> {
                use $crate::kernel::value::Column as _;
                vec![$( self.$key.cell(), )* $( self.$sum.cell(), )* $($( self.$note.cell(), )*)?]
            }
            fn from_cells(cells: &[i64]) -> Self {
                let mut cells = cells.iter().copied();
                Self {
                    $( $key: $crate::kernel::value::Column::from_cell(cells.next().unwrap_or(0)), )*
                    $( $sum: $crate::kernel::value::Column::from_cell(cells.next().unwrap_or(0)), )*
                    $($( $note: $crate::kernel::value::Column::from_cell(cells.next().unwrap_or(0)), )*)?
                }
            }
        }
    };
}
