//! Fields that are withheld from the person behind a connection: what goods cost.
//!
//! Which fields these are the kinds declare. Here nobody gets them: lists and reports are not ordered by them,
//! chosen by them or summed up, and whoever hands an object out empties them first.

use super::lists::{Filter, ListQuery};
use super::report::{Axis, Origin, Question, Target};
use super::schema::quoted;
use super::scope::Scope;
use crate::kernel::meta::{FieldMeta, ObjectMeta};
use crate::kernel::object::Object;
use crate::kernel::problems::{Error, Outcome};
use crate::text;

/// Records of a register that are out of sight by a value of their own, or of the card they name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unseen {
    /// The code of the register.
    pub register: &'static str,
    /// The column of its key.
    pub column: &'static str,
    /// The catalog the column refers to and the field of it that decides; the column itself when absent.
    pub through: Option<(&'static str, &'static str)>,
    /// Records with this stored value are not seen.
    pub value: i64,
}

impl Unseen {
    /// What a record must fulfil to be seen, given the column as SQL says it.
    pub(super) fn condition(&self, column: &str) -> String {
        match self.through {
            None => format!("{column} <> {}", self.value),
            Some((catalog, field)) => {
                let (table, field) = (quoted(catalog), quoted(field));
                format!("{column} NOT IN (SELECT id FROM {table} WHERE {field} = {})", self.value)
            }
        }
    }
}

impl Scope {
    /// Names of the withheld fields of a kind, those of table parts as `table.column`.
    pub fn veiled_of(&self, tag: u8) -> &'static [&'static str] {
        self.veiled.get(&tag).copied().unwrap_or_default()
    }

    /// True when a field of a kind is withheld.
    pub fn veils(&self, meta: &ObjectMeta, field: &str) -> bool {
        self.veiled_of(meta.tag).contains(&field)
    }

    /// True when a column of a table part is withheld.
    pub fn veils_column(&self, meta: &ObjectMeta, table: &str, column: &str) -> bool {
        self.veiled_of(meta.tag).iter().filter_map(|name| name.split_once('.')).any(|name| name == (table, column))
    }

    /// Empties what is withheld of an object.
    pub fn veil(&self, object: &mut dyn Object) {
        let meta = object.meta();
        for name in self.veiled_of(meta.tag) {
            let Some((table, column)) = name.split_once('.') else {
                if let Some((at, field)) = place_of(meta.fields, name) {
                    let _same_type = object.set(at, field.kind.empty());
                }
                continue;
            };
            let Some(at) = meta.table(table) else { continue };
            let Some((column, field)) = meta.tables.get(at).and_then(|part| place_of(part.fields, column)) else {
                continue;
            };
            for row in 0..object.rows(at) {
                let _same_type = object.row_mut(at, row).is_some_and(|row| row.set(column, field.kind.empty()));
            }
        }
    }

    fn refuse_veiled(&self, meta: &ObjectMeta, field: &str) -> Outcome<()> {
        if self.veils(meta, field) { Err(Error::refused(text!("right-cost", who = &self.grantors))) } else { Ok(()) }
    }

    /// Refuses a list ordered or chosen by what is withheld.
    pub(super) fn read_list(&self, query: &ListQuery) -> Outcome<()> {
        self.refuse_veiled(query.meta, query.sort)?;
        query.filters.iter().try_for_each(|filter| match filter {
            Filter::Is(field, _) | Filter::OneOf(field, _) | Filter::Filled(field) | Filter::Between(field, ..) => {
                self.refuse_veiled(query.meta, field)
            }
            Filter::Ids(_) => Ok(()),
        })
    }

    /// Refuses sums of what is withheld.
    pub(super) fn read_sums(&self, query: &ListQuery, fields: &[&'static str]) -> Outcome<()> {
        fields.iter().try_for_each(|field| self.refuse_veiled(query.meta, field))
    }

    /// The columns of a list as SQL says them: what is withheld comes empty.
    pub(super) fn columns(&self, query: &ListQuery) -> String {
        let fields = query.columns.iter().filter_map(|at| query.meta.fields.get(*at));
        let said = fields.map(|field| match (self.veils(query.meta, field.name), field.kind.is_text()) {
            (false, _) => format!(", {}", quoted(field.name)),
            (true, false) => ", 0".to_owned(),
            (true, true) => ", ''".to_owned(),
        });
        said.collect()
    }

    /// Refuses a question of a report that groups by, chooses by or sums up what is withheld.
    pub(super) fn read_fields(&self, question: &Question) -> Outcome<()> {
        if let Origin::Documents(meta) = question.origin {
            let axes = question.by.iter().chain(question.conditions.iter().map(|condition| &condition.axis));
            let named = axes.filter_map(|axis| if let Axis::Column(name) = axis { Some(*name) } else { None });
            let summed = question
                .measures
                .iter()
                .flat_map(|measure| [Some(measure.column), measure.when.map(|(name, _)| name)].into_iter().flatten());
            named.chain(summed).try_for_each(|name| self.refuse_veiled(meta, name))?;
        }
        for condition in &question.conditions {
            let Some(target) = condition.target else { continue };
            for name in &condition.path {
                match target {
                    Target::Kind(meta) => self.refuse_veiled(meta, name)?,
                    Target::Any if self.veiled.values().any(|names| names.contains(name)) => {
                        return Err(Error::refused(text!("right-cost", who = &self.grantors)));
                    }
                    Target::Any => {}
                }
            }
        }
        Ok(())
    }
}

fn place_of(fields: &'static [FieldMeta], name: &str) -> Option<(usize, &'static FieldMeta)> {
    fields.iter().enumerate().find(|(_, field)| field.name == name)
}
