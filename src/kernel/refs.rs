//! References: typed to one kind of object, or to any.

use super::meta::ObjectMeta;
use super::object::Declared;
use super::value::{Column, Field, Type, Value};
use std::fmt;
use std::marker::PhantomData;

/// Bits of the tag inside a packed reference.
const TAG_BITS: u32 = 8;

/// A reference to an object of any kind, packed as `id << 8 | tag` in one integer. Zero is empty.
///
/// Ids are given out once for the whole base, so that packed references grow with time: what documents
/// write is appended, and pages stay full. References compare by tag first, then by id: tags follow the
/// order in which documents of one moment act (receipts before issues before payments).
#[derive(Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct AnyRef(i64);

impl AnyRef {
    /// «Not set».
    pub const EMPTY: Self = Self(0);

    /// From a kind's tag and an id; an id that is not positive gives the empty reference.
    pub const fn new(tag: u8, id: i64) -> Self {
        if id <= 0 { Self(0) } else { Self((id << TAG_BITS) | tag as i64) }
    }
    /// From the stored integer.
    pub const fn from_packed(packed: i64) -> Self {
        Self(packed)
    }
    /// The stored integer.
    pub const fn packed(self) -> i64 {
        self.0
    }
    /// The kind's tag.
    #[expect(clippy::cast_sign_loss, reason = "masked to eight bits")]
    pub const fn tag(self) -> u8 {
        (self.0 & 0xff) as u8
    }
    /// The object's id within its kind.
    pub const fn id(self) -> i64 {
        self.0 >> TAG_BITS
    }
    /// A number that compares as references do: by tag, then by id.
    pub const fn order_key(self) -> i64 {
        ((self.0 & 0xff) << 48) | (self.0 >> TAG_BITS)
    }
    /// From [`Self::order_key`].
    pub const fn from_order_key(key: i64) -> Self {
        Self(((key & 0xffff_ffff_ffff) << TAG_BITS) | (key >> 48))
    }
    /// True when not set.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }
    /// True when it refers to an object of this kind.
    pub fn is_of(self, meta: &ObjectMeta) -> bool {
        !self.is_empty() && self.tag() == meta.tag
    }
    /// As a typed reference; empty when it is of another kind.
    pub fn typed<T: Declared>(self) -> Ref<T> {
        if self.tag() == T::TAG { Ref::new(self.id()) } else { Ref::EMPTY }
    }
}

impl PartialOrd for AnyRef {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}
impl Ord for AnyRef {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        (self.tag(), self.id()).cmp(&(other.tag(), other.id()))
    }
}

impl fmt::Debug for AnyRef {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "#{}:{}", self.tag(), self.id())
    }
}

/// A reference to an object of kind `T`; a warehouse cannot stand where a customer belongs.
pub struct Ref<T>(i64, PhantomData<fn() -> T>);

impl<T> Ref<T> {
    /// «Not set».
    pub const EMPTY: Self = Self(0, PhantomData);

    /// From an object's id.
    pub const fn new(id: i64) -> Self {
        Self(id, PhantomData)
    }
    /// The object's id; zero when empty.
    pub const fn id(self) -> i64 {
        self.0
    }
    /// True when not set.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }
    /// Itself, or `other` when empty.
    #[must_use]
    pub const fn or(self, other: Self) -> Self {
        if self.is_empty() { other } else { self }
    }
}

impl<T: Declared> Ref<T> {
    /// The same reference with its type erased.
    pub const fn any(self) -> AnyRef {
        AnyRef::new(T::TAG, self.0)
    }
}

impl<T> Clone for Ref<T> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<T> Copy for Ref<T> {}
impl<T> Default for Ref<T> {
    fn default() -> Self {
        Self::EMPTY
    }
}
impl<T> PartialEq for Ref<T> {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}
impl<T> Eq for Ref<T> {}
impl<T> PartialOrd for Ref<T> {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}
impl<T> Ord for Ref<T> {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.0.cmp(&other.0)
    }
}
impl<T: Declared> fmt::Debug for Ref<T> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}:{}", T::declared().code, self.0)
    }
}

impl<T: Declared> Field for Ref<T> {
    const TYPE: Type = Type::Ref(T::declared);
    fn value(&self) -> Value {
        Value::Ref(self.any())
    }
    fn from_value(value: Value) -> Option<Self> {
        match value {
            Value::Ref(reference) if reference.is_empty() || reference.tag() == T::TAG => Some(reference.typed()),
            _ => None,
        }
    }
}

impl<T: Declared> Column for Ref<T> {}
