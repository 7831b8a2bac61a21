//! What is told of items beside the fields of their rows: price, free stock, what is on its way. It is asked for the
//! rows on the screen, all in one question, when they are there already; so the list itself is as fast as any other.

use super::lines::Line;
use crate::domain::stock::item::Item;
use crate::kernel::meta::ObjectMeta;
use crate::kernel::money::Qty;
use crate::kernel::object::Declared as _;
use crate::kernel::refs::AnyRef;
use crate::ops::offers::{Offer, headings, offers};
use crate::ui::app::base::{Base, Ticket};
use crate::ui::theme::Role;
use crate::ui::widgets::list::Cell;
use crate::ui::widgets::table::columns::Column;
use std::collections::{BTreeMap, BTreeSet};

/// Items remembered at most; beyond it the memory starts anew.
const KEPT: usize = 4_000;
/// The columns: code and width in points.
const COLUMNS: [(&str, f32); 3] = [("offer-price", 100.0), ("offer-free", 90.0), ("offer-due", 130.0)];

/// What is asked for, and the answer on its way.
type Coming = (Vec<AnyRef>, Ticket<BTreeMap<AnyRef, Offer>>);

/// What is known of the rows of one list.
pub struct Beside {
    /// What whoever chooses says, see [`crate::ops::offers::beside`].
    around: Vec<(&'static str, i64)>,
    /// The first of its columns among those of the list.
    first: usize,
    known: BTreeMap<AnyRef, Offer>,
    /// Known no longer for certain; shown until it is asked again.
    stale: BTreeSet<AnyRef>,
    coming: Option<Coming>,
}

impl Beside {
    /// Its columns in the list of a kind: none but for items.
    pub fn columns(meta: &ObjectMeta) -> Vec<Column> {
        if *meta != *Item::declared() {
            return Vec::new();
        }
        let column = |((code, width), heading): ((&'static str, f32), crate::kernel::text::Text)| {
            Column::new(code, heading.show(), width).right().unsorted()
        };
        COLUMNS.into_iter().zip(headings()).map(column).collect()
    }

    /// For a list with these columns; `None` where nothing is told.
    pub fn of(columns: &[Column], around: &[(&'static str, i64)]) -> Option<Self> {
        let first = columns.iter().position(|column| column.code == COLUMNS[0].0)?;
        Some(Self { around: around.to_vec(), first, known: BTreeMap::new(), stale: BTreeSet::new(), coming: None })
    }

    /// Something has changed in the base: what is known is asked again when it is looked at.
    pub fn doubt(&mut self) {
        self.stale = self.known.keys().copied().collect();
        // What is on its way was perhaps read before the change.
        self.coming = None;
    }

    /// Asks for those of these rows that are not known, unless an answer is on its way.
    pub fn ask<'l>(&mut self, base: &Base, seen: impl Iterator<Item = &'l Line>) {
        if self.coming.is_some() {
            return;
        }
        let lacks = |item: &AnyRef| !self.known.contains_key(item) || self.stale.contains(item);
        let wanted: Vec<AnyRef> = seen.map(|line| line.row.reference).filter(lacks).collect();
        if wanted.is_empty() {
            return;
        }
        if self.known.len() > KEPT {
            self.known.clear();
        }
        let (around, items) = (self.around.clone(), wanted.clone());
        self.coming = Some((wanted, base.read(move |session| offers(session, &around, &items))));
    }

    /// Takes an answer; true when there is something new to show. What could not be read stays empty.
    pub fn poll(&mut self) -> bool {
        let Some(answer) = self.coming.as_ref().and_then(|(_, ticket)| ticket.poll()) else { return false };
        let asked = self.coming.take().map(|(asked, _)| asked).unwrap_or_default();
        let mut told = answer.unwrap_or_default();
        for item in asked {
            // Folders and what could not be read have nothing to tell, and are not asked for again.
            self.known.insert(item, told.remove(&item).unwrap_or_default());
            self.stale.remove(&item);
        }
        true
    }

    /// Writes what is known of a row into its cells.
    pub fn fill(&self, line: &mut Line) {
        let Some(offer) = self.known.get(&line.row.reference) else { return };
        let free = match offer.free {
            Some(free) if free > Qty::ZERO => Role::Text,
            Some(free) if free < Qty::ZERO => Role::Danger,
            _ => Role::Weak,
        };
        let roles = [Role::Text, free, Role::Note];
        let cells = line.row.cells.iter_mut().skip(self.first);
        for ((cell, words), role) in cells.zip(offer.words()).zip(roles) {
            *cell = Cell::new(words).role(role);
        }
    }
}
