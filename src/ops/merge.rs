//! Two changed the same object: what each of them changed is laid together over what both began with.
//!
//! A change nobody contradicts is taken by itself. Fields are compared one by one; a row of a table part is
//! one thing, known by its stable number, because its price, quantity and amount follow from each other.

use super::draft::row_of;
use crate::domain::registry;
use crate::kernel::meta::FieldMeta;
use crate::kernel::object::{Object, Row};
use crate::kernel::value::Value;
use crate::store::history::same_table;
use std::collections::BTreeSet;

/// Whose version is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// That of whoever saved first: it is in the base.
    Theirs,
    /// That on the form.
    Mine,
}

/// What differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Spot {
    /// A field, by its declared number.
    Field(usize),
    /// A row of a table part, by the part's declared number and the row's stable number.
    Row(usize, u32),
}

/// One difference, and whose version of it is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Difference {
    /// Where.
    pub spot: Spot,
    /// Both have changed it, and not alike.
    pub conflict: bool,
    /// Whose is taken.
    pub taken: Side,
}

/// The three versions of an object with what differs between them.
pub struct Merge {
    /// What both began with.
    pub base: Box<dyn Object>,
    /// As it is in the base now.
    pub theirs: Box<dyn Object>,
    /// As it is on the form.
    pub mine: Box<dyn Object>,
    /// What differs, fields first.
    pub differences: Vec<Difference>,
}

/// The cells of a row; `None` where there is no row of this number.
fn cells(object: &dyn Object, table: usize, key: u32) -> Option<Vec<Value>> {
    let columns = object.meta().tables.get(table)?.fields.len();
    let row = object.row(table, row_of(object, table, key)?)?;
    Some((0..columns).map(|at| row.get(at)).collect())
}

fn keys(object: &dyn Object, table: usize) -> Vec<u32> {
    (0..object.rows(table)).filter_map(|at| object.row(table, at)).map(Row::key).collect()
}

/// The difference of one thing three ways; `None` when both have it alike.
fn between<T: PartialEq>(spot: Spot, base: &T, theirs: &T, mine: &T) -> Option<Difference> {
    if theirs == mine {
        return None;
    }
    let (changed, kept) = (theirs != base, mine == base);
    let taken = if kept { Side::Theirs } else { Side::Mine };
    Some(Difference { spot, conflict: changed && !kept, taken })
}

impl Merge {
    /// Compares the versions. `follows` names fields that follow from the rest (sums): they are no choice of
    /// anybody's and are counted anew by saving.
    pub fn new(base: Box<dyn Object>, theirs: Box<dyn Object>, mut mine: Box<dyn Object>, follows: &[&str]) -> Self {
        let meta = mine.meta();
        for table in 0..meta.tables.len() {
            renumber(base.as_ref(), theirs.as_ref(), mine.as_mut(), table);
        }
        let computed = registry::ops(meta).map_or(&[][..], |kind| kind.computed());
        let own = |field: &FieldMeta| !computed.contains(&field.name) && !follows.contains(&field.name);
        let mut differences: Vec<Difference> = meta
            .fields
            .iter()
            .enumerate()
            .filter(|(_, field)| own(field))
            .filter_map(|(at, _)| between(Spot::Field(at), &base.get(at), &theirs.get(at), &mine.get(at)))
            .collect();
        for table in 0..meta.tables.len() {
            let mut known = BTreeSet::new();
            let all = [base.as_ref(), theirs.as_ref(), mine.as_ref()];
            for key in all.iter().flat_map(|object| keys(*object, table)).filter(|key| known.insert(*key)) {
                let [was, theirs, mine] = all.map(|object| cells(object, table, key));
                differences.extend(between(Spot::Row(table, key), &was, &theirs, &mine));
            }
        }
        Self { base, theirs, mine, differences }
    }

    /// How many things both have changed, and not alike.
    pub fn conflicts(&self) -> usize {
        self.differences.iter().filter(|difference| difference.conflict).count()
    }

    /// Takes one side's version of a difference.
    pub fn take(&mut self, at: usize, side: Side) {
        if let Some(difference) = self.differences.get_mut(at) {
            difference.taken = side;
        }
    }

    /// Takes one side's version of everything both have changed.
    pub fn take_conflicts(&mut self, side: Side) {
        for difference in self.differences.iter_mut().filter(|difference| difference.conflict) {
            difference.taken = side;
        }
    }

    fn side(&self, side: Side) -> &dyn Object {
        match side {
            Side::Theirs => self.theirs.as_ref(),
            Side::Mine => self.mine.as_ref(),
        }
    }

    fn taken(&self, spot: Spot) -> Option<Side> {
        self.differences.iter().find(|difference| difference.spot == spot).map(|difference| difference.taken)
    }

    /// What has come of it: the version in the base with what is taken from the form.
    pub fn result(&self) -> Box<dyn Object> {
        let mut made = self.theirs.boxed();
        let meta = made.meta();
        for at in 0..meta.fields.len() {
            // A sum the user sees on his form stays there until it is counted anew.
            if self.taken(Spot::Field(at)) == Some(Side::Mine) {
                let _same_type = made.set(at, self.mine.get(at));
            }
        }
        for table in 0..meta.tables.len() {
            if !same_table(self.theirs.as_ref(), self.mine.as_ref(), table) {
                self.lay_rows(made.as_mut(), table);
            }
        }
        made
    }

    fn lay_rows(&self, made: &mut dyn Object, table: usize) {
        while made.rows(table) > 0 {
            made.remove_row(table, 0);
        }
        for key in self.order(table) {
            let side = self.taken(Spot::Row(table, key)).unwrap_or(Side::Theirs);
            let Some(values) = cells(self.side(side), table, key) else { continue };
            let at = made.rows(table);
            made.insert_row(table, at);
            let Some(row) = made.row_mut(table, at) else { continue };
            row.set_key(key);
            for (column, value) in values.into_iter().enumerate() {
                let _same_type = row.set(column, value);
            }
        }
    }

    /// The rows in the order of whoever moved them, the other's own after those they stood behind.
    fn order(&self, table: usize) -> Vec<u32> {
        let (base, theirs, mine) =
            (keys(self.base.as_ref(), table), keys(self.theirs.as_ref(), table), keys(self.mine.as_ref(), table));
        let moved = theirs != base;
        let (mut order, other) = if moved { (theirs, mine) } else { (mine, theirs) };
        let mut before = None;
        for key in other {
            if !order.contains(&key) {
                let at = before.and_then(|before| order.iter().position(|known| *known == before));
                order.insert(at.map_or(if before.is_none() { 0 } else { order.len() }, |at| at + 1), key);
            }
            before = Some(key);
        }
        order
    }
}

/// Rows both have added may have got the same number: those on the form get another one.
fn renumber(base: &dyn Object, theirs: &dyn Object, mine: &mut dyn Object, table: usize) {
    let (old, taken) = (keys(base, table), keys(theirs, table));
    let mut last = old.iter().chain(&taken).copied().chain(keys(mine, table)).max().unwrap_or(0);
    for at in 0..mine.rows(table) {
        let Some(key) = mine.row(table, at).map(Row::key) else { continue };
        let clash = !old.contains(&key) && taken.contains(&key);
        if clash && cells(mine, table, key) != cells(theirs, table, key) {
            last += 1;
            if let Some(row) = mine.row_mut(table, at) {
                row.set_key(last);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Difference, Merge, Side, Spot};
    use crate::domain::sales::goods_issue::{GoodsIssue, GoodsIssueLine};
    use crate::kernel::money::Qty;
    use crate::kernel::object::{Declared as _, Object};

    fn issue(comment: &str, rows: &[(u32, i64)]) -> Box<dyn Object> {
        let line = |(key, qty): &(u32, i64)| GoodsIssueLine {
            key: *key,
            qty: Qty::from_minor(*qty * 1000),
            ..Default::default()
        };
        let goods = rows.iter().map(line).collect();
        Box::new(GoodsIssue { comment: comment.to_owned(), goods, ..GoodsIssue::default() })
    }

    fn rows(object: &dyn Object) -> Vec<(u32, i64)> {
        let made = object.downcast::<GoodsIssue>().unwrap();
        made.goods.iter().map(|line| (line.key, line.qty.minor() / 1000)).collect()
    }

    fn comment(object: &dyn Object) -> &str {
        &object.downcast::<GoodsIssue>().unwrap().comment
    }

    #[test]
    fn what_nobody_contradicts_is_taken_by_itself() {
        let base = issue("было", &[(1, 1), (2, 2), (3, 3)]);
        let theirs = issue("чужое", &[(1, 1), (2, 20), (3, 3), (4, 4)]);
        let mine = issue("было", &[(1, 10), (2, 2)]);
        let merge = Merge::new(base, theirs, mine, &[]);
        assert_eq!(merge.conflicts(), 0);
        let made = merge.result();
        assert_eq!(comment(made.as_ref()), "чужое");
        // His second row and his new one, my first row, and the third that I have removed is gone.
        assert_eq!(rows(made.as_ref()), [(1, 10), (2, 20), (4, 4)]);
    }

    #[test]
    fn what_both_have_changed_is_a_choice() {
        let base = issue("было", &[(1, 1), (2, 2)]);
        let theirs = issue("чужое", &[(1, 5)]);
        let mine = issue("моё", &[(1, 7), (2, 9)]);
        let mut merge = Merge::new(base, theirs, mine, &[]);
        let at = GoodsIssue::META.field("comment").unwrap();
        let conflict = |spot| Difference { spot, conflict: true, taken: Side::Mine };
        let expected = [conflict(Spot::Field(at)), conflict(Spot::Row(0, 1)), conflict(Spot::Row(0, 2))];
        assert_eq!(merge.differences, expected);
        assert_eq!((comment(merge.result().as_ref()), rows(merge.result().as_ref())), ("моё", vec![(1, 7), (2, 9)]));
        merge.take_conflicts(Side::Theirs);
        assert_eq!((comment(merge.result().as_ref()), rows(merge.result().as_ref())), ("чужое", vec![(1, 5)]));
        merge.take(2, Side::Mine);
        assert_eq!(rows(merge.result().as_ref()), [(1, 5), (2, 9)]);
    }

    #[test]
    fn rows_both_have_added_are_two_rows() {
        let base = issue("", &[(1, 1)]);
        let merge = Merge::new(base, issue("", &[(1, 1), (2, 5)]), issue("", &[(2, 6), (1, 1)]), &[]);
        assert_eq!(merge.conflicts(), 0);
        let mut made = rows(merge.result().as_ref());
        made.sort_unstable();
        assert_eq!(made, [(1, 1), (2, 5), (3, 6)]);
        // The same row added by both is one row.
        let merge = Merge::new(issue("", &[]), issue("", &[(1, 5)]), issue("", &[(1, 5)]), &[]);
        assert_eq!((merge.differences.len(), rows(merge.result().as_ref())), (0, vec![(1, 5)]));
    }

    #[test]
    fn rows_moved_by_one_stay_moved() {
        let base = || issue("", &[(1, 1), (2, 2), (3, 3)]);
        let mine = || issue("", &[(3, 3), (1, 1), (2, 9)]);
        let merge = Merge::new(base(), issue("", &[(1, 1), (2, 2), (3, 3)]), mine(), &[]);
        assert_eq!(rows(merge.result().as_ref()), [(3, 3), (1, 1), (2, 9)]);
        let merge = Merge::new(base(), mine(), base(), &[]);
        assert_eq!(rows(merge.result().as_ref()), [(3, 3), (1, 1), (2, 9)]);
    }

    #[test]
    fn sums_are_nobodys_choice() {
        let amount = |minor| {
            let amount = crate::kernel::money::Money::from_minor(minor);
            Box::new(GoodsIssue { amount, ..GoodsIssue::default() })
        };
        assert_eq!(Merge::new(amount(1), amount(2), amount(3), &[]).conflicts(), 1);
        assert!(Merge::new(amount(1), amount(2), amount(3), &["amount"]).differences.is_empty());
    }
}
