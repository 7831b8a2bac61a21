//! Substitutes of an item: declared analogues first, then what shares its properties, its folder, its price group, its
//! brand; what is in stock stands before what is not.

use super::gate::Session;
use super::offers::{free_of, prices_of};
use super::rights::require_act;
use crate::domain::company::company::Company;
use crate::domain::company::rights::Act;
use crate::domain::prices::price_kind::PriceKind;
use crate::domain::registers::stock::Stock;
use crate::domain::stock::item::Item;
use crate::domain::stock::warehouse::Warehouse;
use crate::kernel::facts::Facts;
use crate::kernel::money::{Price, Qty};
use crate::kernel::object::{Declared as _, Referable as _};
use crate::kernel::problems::Outcome;
use crate::kernel::refs::Ref;
use crate::kernel::register::Register as _;
use crate::kernel::text::Text;
use crate::kernel::value::Stored;
use crate::text;
use std::collections::BTreeMap;

/// Elements of one kind of nearness looked at.
const EACH_MOST: usize = 60;
/// Substitutes told at most.
const TOLD_MOST: usize = 40;

/// What a substitute has in common with the item, the nearest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Nearness {
    /// Named among the analogues of one of the two.
    Declared,
    /// So many properties are the same.
    Properties(i64),
    /// It lies in the same folder.
    Folder,
    /// The same price group.
    PriceGroup,
    /// The same brand.
    Brand,
}

/// For what a substitute is looked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// What is wanted.
    pub item: Ref<Item>,
    /// Whose stock.
    pub company: Ref<Company>,
    /// Where it is to be.
    pub warehouse: Ref<Warehouse>,
    /// By which prices.
    pub price_kind: Ref<PriceKind>,
}

/// A substitute.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Substitute {
    /// The item.
    pub item: Ref<Item>,
    /// Its name.
    pub name: String,
    /// Its article number.
    pub article: String,
    /// Why it may stand for the other.
    pub nearness: Nearness,
    /// What was said of it among the analogues.
    pub note: String,
    /// Free in the warehouse.
    pub free: Qty,
    /// Its price today; zero where none is set.
    pub price: Price,
}

impl Nearness {
    /// In words.
    pub fn text(self) -> Text {
        match self {
            Nearness::Declared => text!("near-declared"),
            Nearness::Properties(count) => text!("near-properties", count = count),
            Nearness::Folder => text!("near-folder"),
            Nearness::PriceGroup => text!("near-price-group"),
            Nearness::Brand => text!("near-brand"),
        }
    }

    /// Nearer stands first; more of the same properties are nearer.
    const fn place(self) -> (u8, i64) {
        match self {
            Nearness::Declared => (0, 0),
            Nearness::Properties(count) => (1, -count),
            Nearness::Folder => (2, 0),
            Nearness::PriceGroup => (3, 0),
            Nearness::Brand => (4, 0),
        }
    }
}

/// Candidates with the nearest of what they have in common, and the note of an analogue.
type Found = BTreeMap<i64, (Nearness, String)>;

/// The substitutes of an item, the best first.
pub fn substitutes(session: &Session, wanted: Wanted) -> Outcome<Vec<Substitute>> {
    require_act(session.rights()?.as_ref(), Act::Read, Item::META)?;
    let read = session.facts();
    let facts: &dyn Facts = &read;
    let Some(item) = facts.get(wanted.item) else { return Ok(Vec::new()) };
    let found = candidates(session, &item, wanted)?;
    let mut ranked: Vec<(i64, Nearness, String)> =
        found.into_iter().map(|(id, (near, note))| (id, near, note)).collect();
    ranked.sort_by_key(|(id, near, _)| (near.place(), *id));
    // Beyond that nobody reads; what is near is there.
    ranked.truncate(TOLD_MOST);
    let ids: Vec<i64> = ranked.iter().map(|(id, _, _)| *id).collect();
    read.foresee(&ids.iter().map(|id| Ref::<Item>::new(*id).any()).collect())?;
    let place = [wanted.company.id(), wanted.warehouse.id()];
    let free = free_of(&session.store, &place[..1], &place[1..], &ids)?;
    let prices = prices_of(&session.store, wanted.price_kind, facts.today(), &ids)?;
    let mut told = Vec::with_capacity(ranked.len());
    for (id, nearness, note) in ranked {
        let Some(other) = facts.get(Ref::<Item>::new(id)) else { continue };
        if other.head.marked || other.folder || other.kind != item.kind {
            continue;
        }
        let free = free.get(&id).copied().unwrap_or_default();
        // What the other says of this one is worth telling too.
        let said = other.analogues.iter().find(|row| row.item == wanted.item).map(|row| row.note.clone());
        let note = if note.is_empty() { said.unwrap_or_default() } else { note };
        told.push(Substitute {
            item: other.reference(),
            name: other.name.clone(),
            article: other.article.clone(),
            nearness,
            note,
            free,
            price: prices.get(&id).copied().unwrap_or_default(),
        });
    }
    read.result()?;
    // What is there stands before what is not, and within that the nearer first.
    told.sort_by_key(|one| (one.free <= Qty::ZERO, one.nearness.place(), -one.free.minor()));
    Ok(told)
}

fn candidates(session: &Session, item: &Item, wanted: Wanted) -> Outcome<Found> {
    let store = &session.store;
    let mut found = Found::new();
    let mut add = |id: i64, near: Nearness, note: &str| {
        if id != item.head.id && id != 0 {
            let known = found.entry(id).or_insert_with(|| (near, note.to_owned()));
            if near.place() < known.0.place() {
                *known = (near, note.to_owned());
            }
        }
    };
    for line in &item.analogues {
        add(line.item.id(), Nearness::Declared, &line.note);
    }
    let own = Stored::Int(item.head.id);
    for other in store.find_by_row(Item::META, "analogues", "item", &own)?.into_iter().take(EACH_MOST) {
        add(other.id(), Nearness::Declared, "");
    }
    let pairs: Vec<(i64, String)> = item
        .properties
        .iter()
        .filter(|row| !row.value.is_empty())
        .map(|row| (row.property.id(), row.value.clone()))
        .collect();
    if let Some(table) = Item::META.tables.iter().find(|table| table.name == "properties") {
        for (id, count) in store.sharing((Item::META, table), ("property", "value"), &pairs, EACH_MOST)? {
            add(id, Nearness::Properties(count), "");
        }
    }
    let place = [wanted.company.id(), wanted.warehouse.id()];
    for (field, value, near) in [
        ("parent", item.parent.id(), Nearness::Folder),
        ("price_group", item.price_group.id(), Nearness::PriceGroup),
        ("brand", item.brand.id(), Nearness::Brand),
    ] {
        if value == 0 {
            continue;
        }
        for id in store.near(Item::META, (field, value), (Stock::meta(), &place), EACH_MOST)? {
            add(id, near, "");
        }
    }
    Ok(found)
}
