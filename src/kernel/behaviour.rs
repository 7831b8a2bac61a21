//! Behaviour beside a declaration: plain Rust with defaults, so that an object writes only what is its own.

use super::facts::Facts;
use super::meta::{Kind, ObjectMeta};
use super::object::{Declared, Object};
use super::problems::Problems;
use super::register::Movements;
use super::text;
use crate::text;
use std::marker::PhantomData;

/// The place a person has just changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum At<'a> {
    /// A field.
    Field(&'a str),
    /// A cell of a table part.
    Cell {
        /// The table part.
        table: &'a str,
        /// The row, from zero.
        row: usize,
        /// The column.
        field: &'a str,
    },
}

/// What may be chosen in a reference field.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choices {
    /// Only objects whose field holds this stored value.
    pub only: Vec<(&'static str, i64)>,
    /// Kinds an any-reference may take, by tag; empty means the field's own type decides.
    pub kinds: Vec<u8>,
    /// Fields of whoever chooses, as stored, on which it depends what is told beside each offer; they limit nothing.
    pub beside: Vec<(&'static str, i64)>,
}

impl Choices {
    /// Only objects whose `field` refers to `reference`; no limit while that is empty.
    pub fn owned(field: &'static str, reference_id: i64) -> Self {
        let only = if reference_id == 0 { Vec::new() } else { vec![(field, reference_id)] };
        Self { only, ..Self::default() }
    }
    /// Any object of these kinds.
    pub fn kinds(kinds: &[u8]) -> Self {
        Self { kinds: kinds.to_vec(), ..Self::default() }
    }
}

/// What an object does beside being stored. Every method has a default.
pub trait Behaviour: Declared {
    /// Fields the program computes: nobody edits them, and they make no version and no history.
    const COMPUTED: &'static [&'static str] = &[];
    /// Fields (or `table.column`) searched by their value, beside those that refer to counterparties and documents.
    const INDEXED: &'static [&'static str] = &[];
    /// Those of [`Behaviour::INDEXED`] that are mostly empty: their index holds only what is filled, and a search for
    /// an empty value reads the whole kind.
    const SPARSE: &'static [&'static str] = &[];
    /// Fields (or `table.column`) that tell what goods cost us: only those with the right to see cost are shown
    /// them, in lists, forms, papers, reports, files and the history alike.
    const COSTS: &'static [&'static str] = &[];

    /// Fills a new object with what the base knows.
    fn fill_new(&mut self, _facts: &dyn Facts) {}

    /// Recalculates what depends on a place just changed.
    fn changed(&mut self, _at: At<'_>, _facts: &dyn Facts) {}

    /// Limits what a reference field offers.
    fn choices(&self, _at: At<'_>) -> Choices {
        Choices::default()
    }

    /// Whether a form shows a field, by the object's present values.
    fn visible(&self, _field: &str) -> bool {
        true
    }

    /// Completes and checks before saving; `posting` when the document is about to be posted, which asks more.
    fn check(&mut self, _posting: bool, _facts: &dyn Facts, _problems: &mut Problems) {}

    /// The kinds, by tag, on whose basis a new one may be made.
    fn bases() -> &'static [u8] {
        &[]
    }

    /// Fills a new object on the basis of another; the problem says why that cannot be.
    fn fill_on_basis(&mut self, _basis: &dyn Object, _facts: &dyn Facts) -> Result<(), Problems> {
        Err(Problems::one(text!("no-basis")))
    }

    /// How it is called in reference fields and messages.
    fn presentation(&self) -> String {
        standard_presentation(self)
    }

    /// Words by which it is found beside code, name, number and comment.
    fn search_words(&self) -> Vec<String> {
        Vec::new()
    }
}

/// Posting of a document: a pure function of the document and of facts; it writes nothing.
pub trait Posting: Behaviour {
    /// Gives movements and entries, or everything that forbids them.
    fn post(&self, facts: &dyn Facts, out: &mut Movements) -> Result<(), Problems>;
}

fn standard_presentation(object: &dyn Object) -> String {
    let meta = object.meta();
    let first = object.get(0);
    let code = if let super::value::Value::Text(code) = &first { code.as_str() } else { "" };
    match meta.kind {
        Kind::Catalog => match object.get(1) {
            super::value::Value::Text(name) if !name.is_empty() => name,
            _ => code.to_owned(),
        },
        Kind::Document => {
            let date = match object.get(1) {
                super::value::Value::Moment(moment) => moment.date().russian(),
                _ => String::new(),
            };
            document_title(meta, code, &date)
        }
    }
}

/// «Расходная накладная 00-000001 от 23.11.2026».
pub fn document_title(meta: &ObjectMeta, number: &str, date: &str) -> String {
    text!("document-title", kind = text::declared(meta.code, None, meta.title), number = number, date = date).show()
}

/// The behaviour of a kind with its type erased, as the registry lists it.
pub trait KindOps: Send + Sync {
    /// What it is.
    fn meta(&self) -> &'static ObjectMeta;
    /// See [`Behaviour::COMPUTED`].
    fn computed(&self) -> &'static [&'static str];
    /// See [`Behaviour::INDEXED`].
    fn indexed(&self) -> &'static [&'static str];
    /// See [`Behaviour::SPARSE`].
    fn sparse(&self) -> &'static [&'static str];
    /// See [`Behaviour::COSTS`].
    fn costs(&self) -> &'static [&'static str];
    /// See [`Behaviour::bases`].
    fn bases(&self) -> &'static [u8];
    /// See [`Behaviour::fill_new`].
    fn fill_new(&self, object: &mut dyn Object, facts: &dyn Facts);
    /// See [`Behaviour::changed`].
    fn changed(&self, object: &mut dyn Object, at: At<'_>, facts: &dyn Facts);
    /// See [`Behaviour::choices`].
    fn choices(&self, object: &dyn Object, at: At<'_>) -> Choices;
    /// See [`Behaviour::visible`].
    fn visible(&self, object: &dyn Object, field: &str) -> bool;
    /// See [`Behaviour::check`].
    fn check(&self, object: &mut dyn Object, posting: bool, facts: &dyn Facts, problems: &mut Problems);
    /// See [`Behaviour::fill_on_basis`].
    fn fill_on_basis(&self, object: &mut dyn Object, basis: &dyn Object, facts: &dyn Facts) -> Result<(), Problems>;
    /// See [`Behaviour::presentation`].
    fn presentation(&self, object: &dyn Object) -> String;
    /// See [`Behaviour::search_words`].
    fn search_words(&self, object: &dyn Object) -> Vec<String>;
    /// See [`Posting::post`]; a catalog gives nothing.
    fn post(&self, object: &dyn Object, facts: &dyn Facts, out: &mut Movements) -> Result<(), Problems>;
}

/// A catalog's line in the registry.
pub struct CatalogOf<T>(PhantomData<fn() -> T>);
/// A document's line in the registry: it does not compile without `Posting`.
pub struct DocumentOf<T>(PhantomData<fn() -> T>);

impl<T> CatalogOf<T> {
    /// For the registry.
    pub const fn new() -> Self {
        Self(PhantomData)
    }
}
impl<T> DocumentOf<T> {
    /// For the registry.
    pub const fn new() -> Self {
        Self(PhantomData)
    }
}
impl<T> Default for CatalogOf<T> {
    fn default() -> Self {
        Self::new()
    }
}
impl<T> Default for DocumentOf<T> {
    fn default() -> Self {
        Self::new()
    }
}

/// The shared half of both: a kind given an object of another kind does nothing.
macro_rules! erased {
    () => {
        fn meta(&self) -> &'static ObjectMeta {
            T::declared()
        }
        fn computed(&self) -> &'static [&'static str] {
            T::COMPUTED
        }
        fn indexed(&self) -> &'static [&'static str] {
            T::INDEXED
        }
        fn sparse(&self) -> &'static [&'static str] {
            T::SPARSE
        }
        fn costs(&self) -> &'static [&'static str] {
            T::COSTS
        }
        fn bases(&self) -> &'static [u8] {
            T::bases()
        }
        fn fill_new(&self, object: &mut dyn Object, facts: &dyn Facts) {
            if let Some(own) = object.downcast_mut::<T>() {
                own.fill_new(facts);
            }
        }
        fn changed(&self, object: &mut dyn Object, at: At<'_>, facts: &dyn Facts) {
            if let Some(own) = object.downcast_mut::<T>() {
                own.changed(at, facts);
            }
        }
        fn choices(&self, object: &dyn Object, at: At<'_>) -> Choices {
            object.downcast::<T>().map_or_else(Choices::default, |own| own.choices(at))
        }
        fn visible(&self, object: &dyn Object, field: &str) -> bool {
            object.downcast::<T>().is_none_or(|own| own.visible(field))
        }
        fn check(&self, object: &mut dyn Object, posting: bool, facts: &dyn Facts, problems: &mut Problems) {
            if let Some(own) = object.downcast_mut::<T>() {
                own.check(posting, facts, problems);
            }
        }
        fn fill_on_basis(
            &self,
            object: &mut dyn Object,
            basis: &dyn Object,
            facts: &dyn Facts,
        ) -> Result<(), Problems> {
            object.downcast_mut::<T>().map_or(Ok(()), |own| own.fill_on_basis(basis, facts))
        }
        fn presentation(&self, object: &dyn Object) -> String {
            object.downcast::<T>().map_or_else(String::new, T::presentation)
        }
        fn search_words(&self, object: &dyn Object) -> Vec<String> {
            object.downcast::<T>().map_or_else(Vec::new, T::search_words)
        }
    };
}

impl<T: Behaviour> KindOps for CatalogOf<T> {
    erased!();
    fn post(&self, _object: &dyn Object, _facts: &dyn Facts, _out: &mut Movements) -> Result<(), Problems> {
        Ok(())
    }
}

impl<T: Posting> KindOps for DocumentOf<T> {
    erased!();
    fn post(&self, object: &dyn Object, facts: &dyn Facts, out: &mut Movements) -> Result<(), Problems> {
        object.downcast::<T>().map_or(Ok(()), |own| own.post(facts, out))
    }
}
