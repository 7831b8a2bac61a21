//! Objects marked for deletion: which there are, what refers to them, and taking them out of the tables.

use super::base::Store;
use super::dialect::Dialect;
use super::engine::{int, ints, rows};
use super::schema::{part_name, quoted};
use crate::kernel::meta::{FieldMeta, ObjectMeta};
use crate::kernel::object::Object;
use crate::kernel::problems::Outcome;
use crate::kernel::refs::AnyRef;
use crate::kernel::value::Type;
use std::collections::{BTreeMap, BTreeSet};

/// Objects by what refers to them.
pub type Referrers = BTreeMap<AnyRef, BTreeSet<AnyRef>>;

/// Rows of one column that are read at most: an object in use by so many is in use.
const ROWS_MAX: usize = 10_000;

impl Store {
    /// Objects marked for deletion, kind by kind in the order of their making, at most `limit` of a kind.
    pub fn marked_objects(&self, limit: usize) -> Outcome<Vec<AnyRef>> {
        let mut found = Vec::new();
        for kind in self.schema().kinds() {
            let meta = kind.meta();
            let sql = format!("SELECT id FROM {} WHERE marked <> 0 ORDER BY id LIMIT {limit}", quoted(meta.code));
            let ids = ints(self.engine(), &sql, &[])?;
            found.extend(ids.into_iter().map(|id| AnyRef::new(meta.tag, id)));
        }
        Ok(found)
    }

    /// What refers to each of these objects by a field or a row. A column is read once whatever the number of
    /// objects, by its index where it has one.
    pub fn referrers(&self, targets: &[AnyRef]) -> Outcome<Referrers> {
        let mut found = Referrers::new();
        let mut by_tag: BTreeMap<u8, Vec<i64>> = BTreeMap::new();
        for target in targets {
            by_tag.entry(target.tag()).or_default().push(target.id());
        }
        let schema = std::sync::Arc::clone(self.schema());
        for kind in schema.kinds() {
            let meta = kind.meta();
            for field in meta.fields {
                self.referring_rows(meta, &quoted(meta.code), "id", field, &by_tag, &mut found)?;
            }
            for part in meta.tables {
                let table = quoted(&part_name(meta, part));
                for field in part.fields {
                    self.referring_rows(meta, &table, "owner", field, &by_tag, &mut found)?;
                }
            }
        }
        Ok(found)
    }

    fn referring_rows(
        &self,
        meta: &ObjectMeta,
        table: &str,
        owner: &str,
        field: &FieldMeta,
        by_tag: &BTreeMap<u8, Vec<i64>>,
        found: &mut Referrers,
    ) -> Outcome<()> {
        let packed = |tag: u8, ids: &[i64]| ids.iter().map(|id| AnyRef::new(tag, *id).packed()).collect::<Vec<_>>();
        let (wanted, tag) = match field.kind {
            Type::Ref(target) => (by_tag.get(&target().tag).cloned().unwrap_or_default(), target().tag),
            Type::AnyRef => (by_tag.iter().flat_map(|(tag, ids)| packed(*tag, ids)).collect(), 0),
            _ => return Ok(()),
        };
        if wanted.is_empty() {
            return Ok(());
        }
        let column = quoted(field.name);
        let sql = format!(
            "SELECT DISTINCT {column}, {owner} FROM {table} WHERE {} AND {column} <> 0 LIMIT {ROWS_MAX}",
            self.dialect().among(&column, 1)
        );
        let numbers = self.dialect().numbers(&wanted);
        for row in rows(self.engine(), &sql, &[numbers.as_str().into()], 2)? {
            let [value, owner] = [0, 1].map(|at| row.get(at).copied().unwrap_or(0));
            let target = if tag == 0 { AnyRef::from_packed(value) } else { AnyRef::new(tag, value) };
            let owner = AnyRef::new(meta.tag, owner);
            if owner != target {
                found.entry(target).or_default().insert(owner);
            }
        }
        Ok(())
    }

    /// True when an account has worked in the base: the history names it.
    pub fn has_worked(&self, account: i64) -> Outcome<bool> {
        let sql = "SELECT id FROM operations WHERE account = ?1 LIMIT 1";
        Ok(int(self.engine(), sql, &[account.into()])?.is_some())
    }

    /// Takes an object out of its tables, with its words in the index of search and its keys from outside. Its
    /// history stays.
    pub fn delete(&self, object: &dyn Object) -> Outcome<()> {
        let (meta, reference) = (object.meta(), object.any_ref());
        for part in meta.tables {
            let sql = format!("DELETE FROM {} WHERE owner = ?1", quoted(&part_name(meta, part)));
            self.engine().execute(&sql, &[reference.id().into()])?;
        }
        let sql = format!("DELETE FROM {} WHERE id = ?1", quoted(meta.code));
        self.engine().execute(&sql, &[reference.id().into()])?;
        self.engine().execute("DELETE FROM keys WHERE object = ?1", &[reference.packed().into()])?;
        if self.dialect() == Dialect::Sqlite {
            self.engine().execute("DELETE FROM search WHERE rowid = ?1", &[reference.packed().into()])?;
            self.engine().execute("DELETE FROM search_pending WHERE object = ?1", &[reference.packed().into()])?;
        }
        self.written(reference);
        Ok(())
    }
}
