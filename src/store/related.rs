//! Which documents refer to an object: by their fields and by rows of their table parts.

use super::base::Store;
use super::engine::ints;
use super::schema::{part_name, points_to_document, quoted};
use crate::kernel::meta::{FieldMeta, Kind, ObjectMeta};
use crate::kernel::problems::Outcome;
use crate::kernel::refs::AnyRef;
use crate::kernel::value::Type;
use std::collections::BTreeSet;

impl Store {
    /// Documents, marked ones too, that refer to a document by a field or a row; at most `limit` for each field.
    pub fn referring(&self, document: AnyRef, limit: usize) -> Outcome<BTreeSet<AnyRef>> {
        let mut found = BTreeSet::new();
        for kind in self.schema().kinds() {
            let meta = kind.meta();
            if meta.kind != Kind::Document {
                continue;
            }
            for field in meta.fields {
                self.refer(meta, &quoted(meta.code), "id", field, document, limit, &mut found)?;
            }
            for part in meta.tables {
                let table = quoted(&part_name(meta, part));
                for field in part.fields {
                    self.refer(meta, &table, "owner", field, document, limit, &mut found)?;
                }
            }
        }
        found.remove(&document);
        Ok(found)
    }

    #[expect(clippy::too_many_arguments, reason = "one statement with its parts")]
    fn refer(
        &self,
        meta: &ObjectMeta,
        table: &str,
        id: &str,
        field: &FieldMeta,
        document: AnyRef,
        limit: usize,
        found: &mut BTreeSet<AnyRef>,
    ) -> Outcome<()> {
        let value = match field.kind {
            Type::Ref(target) if points_to_document(field.kind) && document.is_of(target()) => document.id(),
            Type::AnyRef => document.packed(),
            _ => return Ok(()),
        };
        let column = quoted(field.name);
        let sql = format!(
            "SELECT DISTINCT {id} FROM {table} WHERE {column} = ?1 AND {column} <> 0 ORDER BY {id} LIMIT {limit}"
        );
        let ids = ints(self.engine(), &sql, &[value.into()])?;
        found.extend(ids.into_iter().map(|id| AnyRef::new(meta.tag, id)));
        Ok(())
    }
}
