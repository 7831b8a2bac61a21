//! What the rows of a list are ordered by: a field of their own, or the name of what a field refers to.

use super::dialect::Dialect;
use super::lists::ListQuery;
use super::schema::quoted;
use crate::kernel::meta::{FieldMeta, Kind, ObjectMeta};
use crate::kernel::value::Type;

/// The order of a list, as SQL says it.
pub(super) struct Order {
    /// The value sorted by.
    pub value: String,
    /// The value is a text; else an integer.
    pub text: bool,
    /// How texts are compared, with a blank before it.
    pub collation: String,
}

/// True when the rows of a list can be ordered by a field: it is stored, or refers to one kind whose names
/// are. By the usual orders an index leads to a page; by other fields, and by names, every row of the list is
/// looked at.
pub fn orders_by(field: &FieldMeta) -> bool {
    !matches!(field.kind, Type::AnyRef)
}

/// The field by which an object of a kind is called in lists.
const fn called(meta: &ObjectMeta) -> &'static str {
    match meta.kind {
        Kind::Catalog => "name",
        Kind::Document => "number",
    }
}

impl Order {
    /// Words are ordered as in a dictionary; codes and numbers as they are written, which their indexes know.
    pub(super) fn of(query: &ListQuery, dialect: Dialect) -> Self {
        let kind = query.meta.field(query.sort).and_then(|at| query.meta.fields.get(at)).map(|field| field.kind);
        let own = quoted(query.sort);
        let (value, text, by) = match kind.and_then(|kind| kind.target()) {
            Some(target) => {
                let (table, name) = (quoted(target.code), called(target));
                let at = quoted(query.meta.code);
                let value =
                    format!("coalesce((SELECT other.{name} FROM {table} other WHERE other.id = {at}.{own}), '')");
                (value, true, name)
            }
            None => (own, kind.is_some_and(|kind| kind.is_text()), query.sort),
        };
        let words = text && !["number", "code"].contains(&by);
        let collation = if words { format!(" {}", dialect.collation()) } else { String::new() };
        Self { value, text, collation }
    }
}
