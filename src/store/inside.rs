//! What a base holds in a few figures: how many of what, what was done last. Reads whole tables, so it is asked
//! of copies and not of bases at work.

use super::base::Store;
use super::engine::{int, rows};
use super::schema::quoted;
use crate::kernel::meta::{Kind, ObjectMeta};
use crate::kernel::moment::Moment;
use crate::kernel::problems::Outcome;
use crate::kernel::refs::AnyRef;
use std::sync::Arc;

impl Store {
    /// How many objects of each kind there are; kinds without objects are left out.
    pub fn counts(&self) -> Outcome<Vec<(&'static ObjectMeta, i64)>> {
        let schema = Arc::clone(self.schema());
        let mut found = Vec::new();
        for kind in schema.kinds() {
            let sql = format!("SELECT count(*) FROM {}", quoted(kind.meta().code));
            let count = int(self.engine(), &sql, &[])?.unwrap_or(0);
            if count > 0 {
                found.push((kind.meta(), count));
            }
        }
        Ok(found)
    }

    /// The document with the latest date.
    pub fn latest_document(&self) -> Outcome<AnyRef> {
        let schema = Arc::clone(self.schema());
        let mut latest = (0, AnyRef::EMPTY);
        for kind in schema.kinds().iter().filter(|kind| kind.meta().kind == Kind::Document) {
            let sql = format!("SELECT date, id FROM {} ORDER BY date DESC, id DESC LIMIT 1", quoted(kind.meta().code));
            for row in rows(self.engine(), &sql, &[], 2)? {
                if let [date, id] = row.as_slice() {
                    latest = latest.max((*date, AnyRef::new(kind.meta().tag, *id)));
                }
            }
        }
        Ok(latest.1)
    }

    /// The moment of the latest change of anything; empty when nothing was ever changed.
    pub fn latest_change(&self) -> Outcome<Moment> {
        // The first releases kept the moment with each change.
        let sql = match self.layout_version()? {
            ..3 => "SELECT MAX(at) FROM history",
            _ => "SELECT at FROM operations ORDER BY id DESC LIMIT 1",
        };
        let at = int(self.engine(), sql, &[])?;
        Ok(Moment::from_stored(at.unwrap_or(0)))
    }
}
