//! Recalculation of an object while it is being edited: the kind's own rules run beside the window on a
//! copy, and what they changed is laid over the object unless the user has changed the same thing meanwhile.

use super::gate::Session;
use crate::domain::registry;
use crate::kernel::behaviour::{At, KindOps};
use crate::kernel::facts::Facts;
use crate::kernel::object::Object;
use crate::kernel::problems::{Outcome, Place};
use crate::kernel::value::Value;
use crate::store::history::same_table;
use std::collections::BTreeMap;

/// A place the user has changed, with what he put there. Rows are named by their stable numbers: they move
/// while the answer is on its way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Touch {
    /// A field.
    Field(&'static str, Value),
    /// A cell of a table part.
    Cell {
        /// The table part, by its declared number.
        table: usize,
        /// The row's stable number.
        key: u32,
        /// The column, by its declared number.
        column: usize,
        /// What was put there.
        value: Value,
    },
    /// Rows of a table part were added, removed or moved: what sums them up follows.
    Rows(usize),
}

/// One value: the declared number of the field, what it was and what it became.
type Became = (usize, Value, Value);

impl Touch {
    /// A value put into a place of an object; `None` where the object has no such place.
    pub fn at(object: &dyn Object, place: &Place, value: Value) -> Option<Self> {
        match place {
            Place::Whole => None,
            Place::Field(name) => Some(Touch::Field(name, value)),
            Place::Cell { table, row, field } => {
                let table = object.meta().table(table)?;
                let column = object.meta().tables.get(table)?.field(field)?;
                let key = object.row(table, *row)?.key();
                Some(Touch::Cell { table, key, column, value })
            }
        }
    }
}

/// What recalculation or saving made of an object.
pub struct Patch {
    fields: Vec<Became>,
    /// By table part and the row's stable number.
    cells: Vec<(usize, u32, Became)>,
    /// Table parts whose rows are other ones now.
    tables: Vec<usize>,
    before: Box<dyn Object>,
    after: Box<dyn Object>,
}

/// Runs the kind's rules on a copy for places changed by the user, in their order. A rule of an earlier change
/// never takes the place of a value typed after it: item, then price, is not the same as price, then item.
pub fn recalculate(before: Box<dyn Object>, touched: &[Touch], facts: &dyn Facts) -> Patch {
    let after = replayed(before.as_ref(), touched, facts);
    Patch::between(before, after)
}

/// The same for a user, without what he may not see of what follows.
pub fn recalculate_for(session: &Session, before: Box<dyn Object>, touched: &[Touch]) -> Outcome<Patch> {
    let facts = session.facts();
    let mut after = replayed(before.as_ref(), touched, &facts);
    facts.result()?;
    session.veil(after.as_mut())?;
    Ok(Patch::between(before, after))
}

fn replayed(before: &dyn Object, touched: &[Touch], facts: &dyn Facts) -> Box<dyn Object> {
    let mut after = before.boxed();
    if let Some(kind) = registry::ops(after.meta()) {
        for touch in touched {
            replay(after.as_mut(), touch, kind, facts);
        }
    }
    after
}

fn replay(object: &mut dyn Object, touch: &Touch, kind: &dyn KindOps, facts: &dyn Facts) {
    let meta = object.meta();
    match touch {
        Touch::Field(name, value) => {
            let _same_type = object.set_by_name(name, value.clone());
            kind.changed(object, At::Field(name), facts);
        }
        Touch::Rows(table) => {
            let name = meta.tables.get(*table).map_or("", |part| part.name);
            kind.changed(object, At::Field(name), facts);
        }
        Touch::Cell { table, key, column, value } => {
            let part = meta.tables.get(*table);
            let names = part.and_then(|part| Some((part.name, part.fields.get(*column)?.name)));
            let (Some((name, field)), Some(row)) = (names, row_of(object, *table, *key)) else { return };
            let _same_type = object.row_mut(*table, row).is_some_and(|cells| cells.set(*column, value.clone()));
            kind.changed(object, At::Cell { table: name, row, field }, facts);
        }
    }
}

/// Where the row with a stable number stands now.
pub fn row_of(object: &dyn Object, table: usize, key: u32) -> Option<usize> {
    (0..object.rows(table)).find(|row| object.row(table, *row).is_some_and(|row| row.key() == key))
}

/// Gives a number to every row that has none.
pub fn give_keys(object: &mut dyn Object, table: usize) {
    let rows = object.rows(table);
    let mut last = (0..rows).filter_map(|row| object.row(table, row)).map(|row| row.key()).max().unwrap_or(0);
    for row in 0..rows {
        if let Some(row) = object.row_mut(table, row).filter(|row| row.key() == 0) {
            last += 1;
            row.set_key(last);
        }
    }
}

/// Puts the rows of one object's table part into another of the same kind.
pub fn copy_table(from: &dyn Object, to: &mut dyn Object, table: usize) {
    while to.rows(table) > 0 {
        let last = to.rows(table) - 1;
        to.remove_row(table, last);
    }
    let columns = from.meta().tables.get(table).map_or(0, |part| part.fields.len());
    for at in 0..from.rows(table) {
        to.insert_row(table, at);
        if let (Some(row), Some(made)) = (from.row(table, at), to.row_mut(table, at)) {
            made.set_key(row.key());
            for column in 0..columns {
                let _same_type = made.set(column, row.get(column));
            }
        }
    }
}

impl Patch {
    /// What differs between two states of an object. Rows that have no number yet get one.
    pub fn between(before: Box<dyn Object>, mut after: Box<dyn Object>) -> Self {
        let meta = after.meta();
        let mut patch = Self { fields: Vec::new(), cells: Vec::new(), tables: Vec::new(), before, after: (meta.new)() };
        for at in 0..meta.fields.len() {
            let (was, now) = (patch.before.get(at), after.get(at));
            if was != now {
                patch.fields.push((at, was, now));
            }
        }
        for (table, part) in meta.tables.iter().enumerate() {
            give_keys(after.as_mut(), table);
            patch.compare(after.as_ref(), table, part.fields.len());
        }
        patch.after = after;
        patch
    }

    fn compare(&mut self, after: &dyn Object, table: usize, columns: usize) {
        let keys = |object: &dyn Object| -> Vec<u32> {
            (0..object.rows(table)).filter_map(|row| object.row(table, row)).map(|row| row.key()).collect()
        };
        if keys(self.before.as_ref()) != keys(after) {
            self.tables.push(table);
            return;
        }
        for at in 0..after.rows(table) {
            let (Some(was), Some(now)) = (self.before.row(table, at), after.row(table, at)) else { continue };
            for column in 0..columns {
                let (old, new) = (was.get(column), now.get(column));
                if old != new {
                    self.cells.push((table, now.key(), (column, old, new)));
                }
            }
        }
    }

    /// True when nothing became different.
    pub fn is_empty(&self) -> bool {
        self.fields.is_empty() && self.cells.is_empty() && self.tables.is_empty()
    }

    /// The object as it became.
    pub fn after(&self) -> &dyn Object {
        self.after.as_ref()
    }

    /// Takes the object as it became.
    pub fn into_after(self) -> Box<dyn Object> {
        self.after
    }

    /// Lays the changes over an object that may have been edited since: what differs from the state the
    /// recalculation began with is the user's and stays.
    pub fn apply(&self, object: &mut dyn Object) {
        for (at, was, now) in &self.fields {
            if object.get(*at) == *was {
                let _same_type = object.set(*at, now.clone());
            }
        }
        for table in &self.tables {
            if same_table(self.before.as_ref(), object, *table) {
                copy_table(self.after.as_ref(), object, *table);
            }
        }
        self.apply_cells(object);
    }

    fn apply_cells(&self, object: &mut dyn Object) {
        let mut places: BTreeMap<(usize, u32), usize> = BTreeMap::new();
        let mut known = None;
        for (table, key, (column, was, now)) in &self.cells {
            if known != Some(*table) {
                known = Some(*table);
                let rows = (0..object.rows(*table)).filter_map(|at| object.row(*table, at).map(|row| (row.key(), at)));
                places.extend(rows.map(|(key, at)| ((*table, key), at)));
            }
            let Some(row) = places.get(&(*table, *key)).and_then(|at| object.row_mut(*table, *at)) else { continue };
            if row.get(*column) == *was {
                let _same_type = row.set(*column, now.clone());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Patch, row_of};
    use crate::domain::sales::goods_issue::{GoodsIssue, GoodsIssueLine};
    use crate::kernel::money::{Money, Price, Qty};
    use crate::kernel::object::Erased as _;

    fn issue() -> GoodsIssue {
        let line = |key: u32, qty: i32| GoodsIssueLine { key, qty: Qty::whole(qty), ..GoodsIssueLine::default() };
        GoodsIssue { goods: vec![line(1, 1), line(2, 2), line(3, 3)], ..GoodsIssue::default() }
    }

    #[test]
    fn what_the_user_changed_meanwhile_stays_his() {
        let before = issue();
        let mut after = before.clone();
        after.amount = Money::from_minor(600);
        after.goods[0].price = Price::whole(5);
        after.goods[2].price = Price::whole(7);
        let patch = Patch::between(before.boxed(), after.boxed());
        let mut edited = before;
        // A row went away above, another price was typed by hand.
        edited.goods.remove(0);
        edited.goods[1].price = Price::whole(9);
        edited.goods[0].qty = Qty::whole(20);
        patch.apply(&mut edited);
        assert_eq!(edited.amount, Money::from_minor(600));
        assert_eq!(edited.goods[1].price, Price::whole(9), "typed by hand");
        assert_eq!(edited.goods[0].qty, Qty::whole(20));
        assert_eq!(row_of(&edited, 0, 3), Some(1));
    }

    #[test]
    fn rows_made_by_the_rules_come_whole_or_not_at_all() {
        let before = issue();
        let mut after = before.clone();
        after.goods.push(GoodsIssueLine { qty: Qty::whole(4), ..GoodsIssueLine::default() });
        let patch = Patch::between(before.boxed(), after.boxed());
        let mut same = before.clone();
        patch.apply(&mut same);
        assert_eq!(same.goods.len(), 4);
        assert_eq!(same.goods[3].key, 4, "a new row gets the next number");
        let mut edited = before.clone();
        edited.goods.remove(0);
        patch.apply(&mut edited);
        assert_eq!(edited.goods.len(), 2);
        assert!(Patch::between(before.boxed(), before.boxed()).is_empty());
    }
}
