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
    fn declared() -> &'static ObjectMeta;
}

/// Access to any object by index, with its type erased.
pub trait Object: Any + Send + Sync + fmt::Debug {
    /// What it is.
    fn meta(&self) -> &'static ObjectMeta;
    /// Identity and marks.
    fn head(&self) -> &Head;
    /// Identity and marks, to change.
    fn head_mut(&mut self) -> &mut Head;
    /// A field; an index out of range gives `false`, which no caller stores.
    fn get(&self, field: usize) -> Value;
    /// Sets a field; `false` when the type is wrong or the index is out of range.
    #[must_use]
    fn set(&mut self, field: usize, value: Value) -> bool;
    /// Rows in a table part.
    fn rows(&self, table: usize) -> usize;
    /// One row of a table part.
    fn row(&self, table: usize, row: usize) -> Option<&dyn Row>;
    /// One row of a table part, to change.
    fn row_mut(&mut self, table: usize, row: usize) -> Option<&mut dyn Row>;
    /// Inserts an empty row before `at` (or at the end).
    fn insert_row(&mut self, table: usize, at: usize);
    /// Removes a row.
    fn remove_row(&mut self, table: usize, at: usize);
    /// Exchanges two rows.
    fn swap_rows(&mut self, table: usize, a: usize, b: usize);
    /// A copy.
    fn boxed(&self) -> Box<dyn Object>;
    /// Shared, for caches.
    fn shared(&self) -> Arc<dyn Object>;
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
            let mut at = 0usize;
            $( if field == at { return $crate::kernel::value::Field::value(&self.$field); } at += 1; )*
            let _ = at;
            $crate::kernel::value::Value::Bool(false)
        }
        fn set(&mut self, field: usize, value: $crate::kernel::value::Value) -> bool {
            let mut at = 0usize;
            $( if field == at {
                let Some(inner) = <$type as $crate::kernel::value::Field>::from_value(value) else { return false };
                self.$field = inner;
                return true;
            } at += 1; )*
            let _ = at;
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
            fn declared() -> &'static $crate::kernel::meta::ObjectMeta {
                static META: $crate::kernel::meta::ObjectMeta = $crate::kernel::meta::ObjectMeta {
                    tag: $tag, code: $code, title: $title, kind: $crate::kernel::meta::Kind::$kind,
                    fields: $crate::object!(@fields $($field : $type = $label $([$flag])?),*),
                    tables: &[$( $crate::kernel::meta::TableMeta {
                        name: stringify!($table), title: $tlabel,
                        fields: $crate::object!(@fields $($col : $ctype = $clabel $([$cflag])?),*),
                    }),*],
                    new: || Box::new(<$name>::default()),
                };
                &META
            }
        }
        impl $crate::kernel::object::Object for $name {
            fn meta(&self) -> &'static $crate::kernel::meta::ObjectMeta {
                <$name as $crate::kernel::object::Declared>::declared()
            }
            fn head(&self) -> &$crate::kernel::object::Head { &self.head }
            fn head_mut(&mut self) -> &mut $crate::kernel::object::Head { &mut self.head }
            $crate::object! { @access $($field : $type),* }
            $crate::object! { @tables $($table : $row),* }
            fn boxed(&self) -> Box<dyn $crate::kernel::object::Object> { Box::new(self.clone()) }
            fn shared(&self) -> std::sync::Arc<dyn $crate::kernel::object::Object> {
                std::sync::Arc::new(self.clone())
            }
        }
    };
    (@tables $($table:ident : $row:ident),*) => {
        #[allow(unused_variables, unused_mut, reason = "most catalogs have no table part")]
        fn rows(&self, table: usize) -> usize {
            let rows: &[usize] = &[$( self.$table.len() ),*];
            rows.get(table).copied().unwrap_or(0)
        }
        #[allow(unused_variables, unused_mut, unused_assignments, reason = "most catalogs have no table part")]
        fn row(&self, table: usize, row: usize) -> Option<&dyn $crate::kernel::object::Row> {
            let mut at = 0usize;
            $( if table == at {
                return self.$table.get(row).map(|r| r as &dyn $crate::kernel::object::Row);
            } at += 1; )*
            None
        }
        #[allow(unused_variables, unused_mut, unused_assignments, reason = "most catalogs have no table part")]
        fn row_mut(&mut self, table: usize, row: usize) -> Option<&mut dyn $crate::kernel::object::Row> {
            let mut at = 0usize;
            $( if table == at {
                return self.$table.get_mut(row).map(|r| r as &mut dyn $crate::kernel::object::Row);
            } at += 1; )*
            None
        }
        #[allow(unused_variables, unused_mut, unused_assignments, reason = "most catalogs have no table part")]
        fn insert_row(&mut self, table: usize, row: usize) {
            let mut at = 0usize;
            $( if table == at {
                let place = row.min(self.$table.len());
                self.$table.insert(place, <$row>::default());
            } at += 1; )*
        }
        #[allow(unused_variables, unused_mut, unused_assignments, reason = "most catalogs have no table part")]
        fn remove_row(&mut self, table: usize, row: usize) {
            let mut at = 0usize;
            $( if table == at && row < self.$table.len() { self.$table.remove(row); } at += 1; )*
        }
        #[allow(unused_variables, unused_mut, unused_assignments, reason = "most catalogs have no table part")]
        fn swap_rows(&mut self, table: usize, a: usize, b: usize) {
            let mut at = 0usize;
            $( if table == at && a < self.$table.len() && b < self.$table.len() { self.$table.swap(a, b); } at += 1; )*
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
            /// From the stored number; an unknown number gives the default.
            pub const fn from_number(number: i64) -> Self {
                match number { $( $number => Self::$item, )* _ => Self::$first }
            }
            /// The label in the user's language.
            pub fn label(self) -> String {
                Self::META.label(self as i64)
            }
        }
        impl $crate::kernel::value::Field for $name {
            const TYPE: $crate::kernel::value::Type = $crate::kernel::value::Type::Choice(Self::META);
            fn value(&self) -> $crate::kernel::value::Value {
                $crate::kernel::value::Value::Choice(*self as i64)
            }
            fn from_value(value: $crate::kernel::value::Value) -> Option<Self> {
                match value {
                    $crate::kernel::value::Value::Choice(number) => Some(Self::from_number(number)),
                    _ => None,
                }
            }
        }
        impl $crate::kernel::value::Column for $name {}
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
