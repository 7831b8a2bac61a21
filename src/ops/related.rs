//! «Связанные документы»: the tree of documents made on the basis of each other, or naming each other.

use super::gate::Session;
use super::present::Titles;
use super::save::moment_of;
use crate::domain::sales::customer_order::CustomerOrder;
use crate::kernel::facts::Facts;
use crate::kernel::meta::Kind;
use crate::kernel::moment::Moment;
use crate::kernel::money::Money;
use crate::kernel::object::Object;
use crate::kernel::problems::{Error, Outcome};
use crate::kernel::refs::AnyRef;
use crate::kernel::value::Value;
use crate::text;
use std::collections::BTreeSet;
use std::sync::Arc;

/// More documents than this are not shown.
const NODES_MAX: usize = 300;

/// A document in the tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RelatedNode {
    /// The document.
    pub reference: AnyRef,
    /// What it is called.
    pub title: String,
    /// When.
    pub date: Moment,
    /// Posted.
    pub posted: bool,
    /// Marked for deletion.
    pub marked: bool,
    /// Its amount, where it has one.
    pub amount: Option<Money>,
    /// The state of a customer order; empty for others.
    pub state: String,
    /// How deep it stands.
    pub level: u8,
    /// The tree was asked for from this document.
    pub own: bool,
    /// It stands in the tree above already; what is below it is shown there.
    pub repeated: bool,
}

struct Tree<'a> {
    session: &'a Session,
    facts: &'a dyn Facts,
    titles: Titles,
    own: AnyRef,
    seen: BTreeSet<AnyRef>,
    nodes: Vec<RelatedNode>,
}

/// The whole tree a document belongs to, from its topmost bases down, a line a document.
pub fn related(session: &Session, document: AnyRef) -> Outcome<Vec<RelatedNode>> {
    let facts = session.facts();
    let mut tree = Tree {
        session,
        facts: &facts,
        titles: Titles::default(),
        own: document,
        seen: BTreeSet::new(),
        nodes: Vec::new(),
    };
    if session.object(document)?.is_none() {
        return Err(Error::refused(text!("object-gone")));
    }
    for root in tree.roots() {
        tree.grow(root, 0)?;
    }
    let nodes = tree.nodes;
    facts.result()?;
    Ok(nodes)
}

/// Documents an object names in its fields and rows.
pub fn bases_of(object: &dyn Object) -> BTreeSet<AnyRef> {
    let meta = object.meta();
    let document = |value: Value| {
        let reference = value.any_ref();
        let kind = crate::domain::registry::of(reference);
        kind.filter(|kind| kind.meta().kind == Kind::Document).map(|_| reference)
    };
    let mut found: BTreeSet<AnyRef> = (0..meta.fields.len()).filter_map(|at| document(object.get(at))).collect();
    for (table, part) in meta.tables.iter().enumerate() {
        for row in 0..object.rows(table) {
            let cells = (0..part.fields.len()).filter_map(|at| object.cell(table, row, at));
            found.extend(cells.filter_map(document));
        }
    }
    found.remove(&object.any_ref());
    found
}

impl Tree<'_> {
    /// The documents at the top: those above the asked one that name no other.
    fn roots(&self) -> Vec<AnyRef> {
        let mut roots = BTreeSet::new();
        let mut known = BTreeSet::from([self.own]);
        let mut open = vec![self.own];
        while let Some(reference) = open.pop() {
            let bases = self.facts.object(reference).map(|object| bases_of(object.as_ref())).unwrap_or_default();
            if bases.is_empty() || known.len() > NODES_MAX {
                roots.insert(reference);
            }
            let fresh: Vec<AnyRef> = bases.into_iter().filter(|base| known.insert(*base)).collect();
            open.extend(fresh);
        }
        // Documents that name each other in a circle have no top.
        if roots.is_empty() {
            roots.insert(self.own);
        }
        self.by_date(roots)
    }

    fn by_date(&self, references: BTreeSet<AnyRef>) -> Vec<AnyRef> {
        let mut dated: Vec<(Moment, AnyRef)> = references
            .into_iter()
            .filter_map(|reference| self.facts.object(reference).map(|object| (moment_of(object.as_ref()), reference)))
            .collect();
        dated.sort_unstable();
        dated.into_iter().map(|(_, reference)| reference).collect()
    }

    fn grow(&mut self, reference: AnyRef, level: u8) -> Outcome<()> {
        if self.nodes.len() >= NODES_MAX {
            return Ok(());
        }
        let Some(object) = self.facts.object(reference) else { return Ok(()) };
        if !self.session.sees(object.as_ref())? {
            return Ok(());
        }
        let repeated = !self.seen.insert(reference);
        let node = self.node(&object, level, repeated)?;
        self.nodes.push(node);
        if repeated || level == u8::MAX {
            return Ok(());
        }
        let below = self.session.store.referring(reference, NODES_MAX)?;
        for child in self.by_date(below) {
            self.grow(child, level + 1)?;
        }
        Ok(())
    }

    fn node(&mut self, object: &Arc<dyn Object>, level: u8, repeated: bool) -> Outcome<RelatedNode> {
        let (reference, scope) = (object.any_ref(), self.session.store.scope());
        let amount = match object.by_name("amount").filter(|_| !scope.veils(object.meta(), "amount")) {
            Some(Value::Money(amount)) => Some(amount),
            _ => None,
        };
        let order = object.downcast::<CustomerOrder>().filter(|order| order.head.posted);
        Ok(RelatedNode {
            reference,
            title: self.titles.of(reference, &self.session.store, self.facts)?,
            date: moment_of(object.as_ref()),
            posted: object.head().posted,
            marked: object.head().marked,
            amount,
            state: order.map_or_else(String::new, |order| order.state.label()),
            level,
            own: reference == self.own,
            repeated,
        })
    }
}
