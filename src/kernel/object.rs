//! `object!` and `choice!`: one declaration gives a typed struct, metadata and access by index.

use super::meta::ObjectMeta;
use super::refs::{AnyRef, Ref};
use super::value::Value;
use std::any::Any;
use std::fmt;
use std::sync::Arc;

/// A stable identifier for exchange: sixteen bytes, shown as a UUID.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Uid(pub [u8; 16]);

impl Uid {
    /// Reads the usual `8-4-4-4-12` form, with or without hyphens.
    pub fn parse(text: &str) -> Option<Self> {
        let hex: Vec<u8> = text.trim().bytes().filter(|byte| *byte != b'-').collect();
        if hex.len() != 32 {
            return None;
        }
        let mut bytes = [0u8; 16];
        for (byte, pair) in bytes.iter_mut().zip(hex.chunks(2)) {
            *byte = u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()?;
        }
        Some(Self(bytes))
    }
    /// True when not set.
    pub fn is_empty(self) -> bool {
        self.0 == [0; 16]
    }
}

impl fmt::Display for Uid {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, byte) in self.0.iter().enumerate() {
            if matches!(at, 4 | 6 | 8 | 10) {
                out.write_str("-")?;
            }
            write!(out, "{byte:02x}")?;
        }
        Ok(())
    }
}

/// What every object has beside its declared fields.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Head {
    /// The key within the kind; zero until saved.
    pub id: i64,
    /// The stable identifier for exchange.
    pub uid: Uid,
    /// Grows with every save; guards against lost updates.
    pub version: i64,
    /// Marked for deletion.
    pub marked: bool,
    /// Posted (documents only).
    pub posted: bool,
}

/// A struct made by `object!`.
pub trait Declared: Object + Clone + Default {
    /// The kind's stable number.
    const TAG: u8;
    /// The kind's metadata.
    const META: &'static ObjectMeta;
    /// The same as a function, where kinds refer to each other in circles.
    fn declared() -> &'static ObjectMeta {
        Self::META
    }
}

/// What every declared object can do whatever its fields are.
pub trait Erased {
    /// What it is.
    fn meta(&self) -> &'static ObjectMeta;
    /// A copy.
    fn boxed(&self) -> Box<dyn Object>;
    /// Shared, for caches.
    fn shared(&self) -> Arc<dyn Object>;
}

impl<T: Declared> Erased for T {
    fn meta(&self) -> &'static ObjectMeta {
        T::declared()
    }
    fn boxed(&self) -> Box<dyn Object> {
        Box::new(self.clone())
    }
    fn shared(&self) -> Arc<dyn Object> {
        Arc::new(self.clone())
    }
}

/// Access to any object by index, with its type erased.
pub trait Object: Erased + Any + Send + Sync + fmt::Debug {
    /// Identity and marks.
    fn head(&self) -> &Head;
    /// Identity and marks, to change.
    fn head_mut(&mut self) -> &mut Head;
    /// A field; an index out of range gives `false`, which no caller stores.
    fn get(&self, field: usize) -> Value;
    /// Sets a field; `false` when the type is wrong or the index is out of range.
    #[must_use]
    fn set(&mut self, field: usize, value: Value) -> bool;
    /// A table part; `None` when the index is out of range.
    fn table(&self, table: usize) -> Option<&dyn Table>;
    /// A table part, to change.
    fn table_mut(&mut self, table: usize) -> Option<&mut dyn Table>;
    /// Rows in a table part.
    fn rows(&self, table: usize) -> usize {
        self.table(table).map_or(0, Table::rows)
    }
    /// One row of a table part.
    fn row(&self, table: usize, row: usize) -> Option<&dyn Row> {
        self.table(table).and_then(|rows| rows.row(row))
    }
    /// One row of a table part, to change.
    fn row_mut(&mut self, table: usize, row: usize) -> Option<&mut dyn Row> {
        self.table_mut(table).and_then(|rows| rows.row_mut(row))
    }
    /// Inserts an empty row before `at` (or at the end).
    fn insert_row(&mut self, table: usize, at: usize) {
        if let Some(rows) = self.table_mut(table) {
            rows.insert_row(at);
        }
    }
    /// Removes a row.
    fn remove_row(&mut self, table: usize, at: usize) {
        if let Some(rows) = self.table_mut(table) {
            rows.remove_row(at);
        }
    }
    /// Exchanges two rows.
    fn swap_rows(&mut self, table: usize, a: usize, b: usize) {
        if let Some(rows) = self.table_mut(table) {
            rows.swap_rows(a, b);
        }
    }
}

/// A row of a table part.
pub trait Row: Send + Sync {
    /// The row's stable number within its document: links between documents survive reordering.
    fn key(&self) -> u32;
    /// Sets the stable number.
    fn set_key(&mut self, key: u32);
    /// A cell.
    fn get(&self, field: usize) -> Value;
    /// Sets a cell; `false` when the type is wrong or the index is out of range.
    #[must_use]
    fn set(&mut self, field: usize, value: Value) -> bool;
}

/// The rows of a table part with their type erased.
pub trait Table {
    /// How many there are.
    fn rows(&self) -> usize;
    /// One of them.
    fn row(&self, at: usize) -> Option<&dyn Row>;
    /// One of them, to change.
    fn row_mut(&mut self, at: usize) -> Option<&mut dyn Row>;
    /// Inserts an empty one before `at` (or at the end).
    fn insert_row(&mut self, at: usize);
    /// Removes one.
    fn remove_row(&mut self, at: usize);
    /// Exchanges two.
    fn swap_rows(&mut self, a: usize, b: usize);
}

impl<R: Row + Default + 'static> Table for Vec<R> {
    fn rows(&self) -> usize {
        self.len()
    }
    fn row(&self, at: usize) -> Option<&dyn Row> {
        self.get(at).map(|row| row as &dyn Row)
    }
    fn row_mut(&mut self, at: usize) -> Option<&mut dyn Row> {
        self.get_mut(at).map(|row| row as &mut dyn Row)
    }
    fn insert_row(&mut self, at: usize) {
        self.insert(at.min(self.len()), R::default());
    }
    fn remove_row(&mut self, at: usize) {
        if at < self.len() {
            self.remove(at);
        }
    }
    fn swap_rows(&mut self, a: usize, b: usize) {
        if a < self.len() && b < self.len() {
            self.swap(a, b);
        }
    }
}

impl dyn Object {
    /// As its own type.
    pub fn downcast<T: Declared>(&self) -> Option<&T> {
        (self as &dyn Any).downcast_ref::<T>()
    }
    /// As its own type, to change.
    pub fn downcast_mut<T: Declared>(&mut self) -> Option<&mut T> {
        (self as &mut dyn Any).downcast_mut::<T>()
    }
    /// The reference to itself; empty until saved.
    pub fn any_ref(&self) -> AnyRef {
        AnyRef::new(self.meta().tag, self.head().id)
    }
    /// A field by its declared name.
    pub fn by_name(&self, name: &str) -> Option<Value> {
        self.meta().field(name).map(|at| self.get(at))
    }
    /// Sets a field by its declared name; `false` when there is none or the type is wrong.
    #[must_use]
    pub fn set_by_name(&mut self, name: &str, value: Value) -> bool {
        self.meta().field(name).is_some_and(|at| self.set(at, value))
    }
    /// A cell of a table part; `None` outside of it.
    pub fn cell(&self, table: usize, row: usize, field: usize) -> Option<Value> {
        self.row(table, row).map(|row| row.get(field))
    }
}

/// The reference to a saved object of known kind.
pub trait Referable: Declared {
    /// The typed reference; empty until saved.
    fn reference(&self) -> Ref<Self> {
        Ref::new(self.head().id)
    }
}
impl<T: Declared> Referable for T {}

/// Declares a catalog or a document: name, type, label and `required` of each field, nothing more.
/// Behaviour is plain Rust in [`super::behaviour`].
#[macro_export]
macro_rules! object {
    ($(#[$doc:meta])* catalog $name:ident = $tag:literal $code:literal $title:literal
     { $($fields:tt)* } $($tables:tt)*) => {
        $crate::object! { @build [$(#[$doc])*] Catalog $name $tag $code $title {
            code: String = "Код", name: String = "Наименование" [required],
            parent: $crate::kernel::refs::Ref<$name> = "Группа", folder: bool = "Это группа", $($fields)*
        } $($tables)* }
    };
    ($(#[$doc:meta])* document $name:ident = $tag:literal $code:literal $title:literal
     { $($fields:tt)* } $($tables:tt)*) => {
        $crate::object! { @build [$(#[$doc])*] Document $name $tag $code $title {
            number: String = "Номер", date: $crate::kernel::moment::Moment = "Дата" [required],
            comment: String = "Комментарий", $($fields)*
        } $($tables)* }
    };
    (@required required) => { true };
    (@required) => { false };
    (@fields $($field:ident : $type:ty = $label:literal $([$flag:ident])?),* $(,)?) => {
        &[$($crate::kernel::meta::FieldMeta {
            name: stringify!($field), title: $label,
            kind: <$type as $crate::kernel::value::Field>::TYPE, required: $crate::object!(@required $($flag)?),
        }),*]
    };
    (@access $($field:ident : $type:ty),*) => {
        fn get(&self, field: usize) -> $crate::kernel::value::Value {
            let mut at = 0usize..;
            $( if at.next() == Some(field) { return $crate::kernel::value::Field::value(&self.$field); } )*
            $crate::kernel::value::Value::Bool(false)
        }
        fn set(&mut self, field: usize, value: $crate::kernel::value::Value) -> bool {
            let mut at = 0usize..;
            $( if at.next() == Some(field) {
                return $crate::kernel::value::Field::from_value(value).map(|inner| self.$field = inner).is_some();
            } )*
            false
        }
    };
    (@build [$(#[$doc:meta])*] $kind:ident $name:ident $tag:literal $code:literal $title:literal
     { $($field:ident : $type:ty = $label:literal $([$flag:ident])?),* $(,)? }
     $($(#[$tdoc:meta])* table $table:ident : $row:ident = $tlabel:literal
       { $($col:ident : $ctype:ty = $clabel:literal $([$cflag:ident])?),* $(,)? })*) => {
        $(#[$doc])*
        #[derive(Clone, Debug, Default, PartialEq)]
        pub struct $name {
            /// Identity and marks.
            pub head: $crate::kernel::object::Head,
            $( #[doc = $label] pub $field: $type, )*
            $( #[doc = $tlabel] pub $table: Vec<$row>, )*
        }
        $(
            $(#[$tdoc])*
            #[doc = $tlabel]
            #[derive(Clone, Debug, Default, PartialEq)]
            pub struct $row {
                /// The row's stable number within its owner.
                pub key: u32,
                $( #[doc = $clabel] pub $col: $ctype, )*
            }
            impl $crate::kernel::object::Row for $row {
                fn key(&self) -> u32 { self.key }
                fn set_key(&mut self, key: u32) { self.key = key; }
                $crate::object! { @access $($col : $ctype),* }
            }
        )*
        impl $crate::kernel::object::Declared for $name {
            const TAG: u8 = $tag;
            const META: &'static $crate::kernel::meta::ObjectMeta = &$crate::kernel::meta::ObjectMeta {
                tag: $tag, code: $code, title: $title, kind: $crate::kernel::meta::Kind::$kind,
                fields: $crate::object!(@fields $($field : $type = $label $([$flag])?),*),
                tables: &[$( $crate::kernel::meta::TableMeta {
                    name: stringify!($table), title: $tlabel,
                    fields: $crate::object!(@fields $($col : $ctype = $clabel $([$cflag])?),*),
                }),*],
                new: || Box::new(<$name>::default()),
            };
        }
        impl $crate::kernel::object::Object for $name {
            fn head(&self) -> &$crate::kernel::object::Head { &self.head }
            fn head_mut(&mut self) -> &mut $crate::kernel::object::Head { &mut self.head }
            $crate::object! { @access $($field : $type),* }
            fn table(&self, table: usize) -> Option<&dyn $crate::kernel::object::Table> {
                let tables: &[&dyn $crate::kernel::object::Table] = &[$( &self.$table ),*];
                tables.get(table).copied()
            }
            fn table_mut(&mut self, table: usize) -> Option<&mut dyn $crate::kernel::object::Table> {
                let tables: [&mut dyn $crate::kernel::object::Table; _] = [$( &mut self.$table ),*];
                tables.into_iter().nth(table)
            }
        }
    };
}

/// Declares an enumeration with stored numbers, codes for files and Russian labels. The first is the default.
#[macro_export]
macro_rules! choice {
    ($(#[$doc:meta])* $name:ident = $code:literal {
        $first:ident = $fnumber:literal $fcode:literal $flabel:literal
        $(, $item:ident = $number:literal $icode:literal $label:literal)* $(,)?
    }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
        pub enum $name {
            #[doc = $flabel]
            #[default]
            $first = $fnumber,
            $( #[doc = $label] $item = $number, )*
        }
        impl $name {
            /// Its metadata.
            pub const META: &'static $crate::kernel::meta::ChoiceMeta = &$crate::kernel::meta::ChoiceMeta {
                code: $code, items: &[($fnumber, $fcode, $flabel) $(, ($number, $icode, $label))*],
            };
            /// The label in the user's language.
            pub fn label(self) -> String {
                Self::META.label(self as i64)
            }
        }
        impl $crate::kernel::value::Choice for $name {
            const CHOICE: &'static $crate::kernel::meta::ChoiceMeta = Self::META;
            fn number(self) -> i64 { self as i64 }
            fn of_number(number: i64) -> Self { match number { $( $number => Self::$item, )* _ => Self::$first } }
        }
    };
}

/// The name of a field, checked by the compiler: `field!(GoodsIssue, customer)`.
#[macro_export]
macro_rules! field {
    ($owner:ty, $field:ident) => {{
        let _ = |object: &$owner| {
            let _ = &object.$field;
        };
        stringify!($field)
    }};
}
