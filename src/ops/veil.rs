//! What goods cost, kept from those without the right to see it.
//!
//! The kinds declare which of their fields tell it ([`crate::kernel::behaviour::Behaviour::COSTS`]). Whoever has
//! no right gets objects with these fields empty, and the gate puts back what is in the base before they are
//! written: a storekeeper receives and returns goods by their quantity, the sums follow from prices he never sees.

use super::gate::{Session, Tx};
use crate::domain::company::rights::Right;
use crate::domain::company::settings::settings;
use crate::domain::crm::contract::{Contract, ContractKind};
use crate::domain::prices::price_kind::PriceKind;
use crate::domain::registers::prices::Prices;
use crate::domain::registers::settlements::{OpenItems, Settlements};
use crate::domain::registers::vat_book::{VatBook, VatBookKind};
use crate::domain::registry;
use crate::kernel::behaviour::{At, KindOps};
use crate::kernel::meta::{FieldMeta, TableMeta};
use crate::kernel::object::{Declared as _, Object, Referable as _};
use crate::kernel::problems::{Error, Outcome, Problems};
use crate::kernel::register::Register as _;
use crate::kernel::value::Choice as _;
use crate::store::base::Store;
use crate::store::scope::{Limit, Scope};
use crate::store::veil::Unseen;
use crate::text;

/// Sums that tell cost or profit, by the name of the column in every register.
const COSTS: [&str; 1] = ["cost"];

/// Kinds and registers whose records are out of sight when they are about prices of purchase. Documents of trade
/// only name the kind of prices they were made by.
const PRICES: &[&str] = &["price_kind", "price_setting", "prices"];

/// Withholds everything that tells cost.
pub(super) fn withhold_costs(store: &Store, scope: &mut Scope) -> Outcome<()> {
    scope.withheld.extend(COSTS);
    let costs = registry::KINDS.iter().filter(|kind| !kind.costs().is_empty());
    scope.veiled.extend(costs.map(|kind| (kind.meta().tag, kind.costs())));
    // What we owe a supplier is what his goods cost, document by document.
    let supplier = Some((Contract::META.code, "kind"));
    let of_suppliers = |register: &'static str| Unseen {
        register,
        column: "contract",
        through: supplier,
        value: ContractKind::Supplier.number(),
    };
    scope.unseen.extend([Settlements::META.code, OpenItems::META.code].map(of_suppliers));
    let (register, value) = (VatBook::META.code, VatBookKind::Purchases.number());
    scope.unseen.push(Unseen { register, column: "kind", through: None, value });
    let seen = selling_kinds(store)?;
    scope.limits.push(Limit { kind: PriceKind::TAG, field: None, ids: seen, only: PRICES });
    debug_assert!(PRICES.contains(&Prices::META.code), "the register is among them");
    Ok(())
}

/// Kinds of prices at which we do not buy.
fn selling_kinds(store: &Store) -> Outcome<Vec<i64>> {
    let facts = crate::store::facts::StoreFacts::new(store, Default::default(), Default::default());
    let buying = settings(&facts).purchase_price_kind;
    facts.result()?;
    // The empty reference stands for a catalog without any such kind: nothing else is seen then.
    let mut seen = vec![0];
    for reference in store.all_by_code(PriceKind::declared())? {
        let loaded = store.load(reference)?;
        let kind = loaded.as_deref().and_then(|kind| kind.downcast::<PriceKind>());
        seen.extend(kind.filter(|kind| !kind.purchase && kind.reference() != buying).map(|kind| kind.head.id));
    }
    Ok(seen)
}

impl Session {
    /// Empties what the user may not see of an object.
    pub fn veil(&self, object: &mut dyn Object) -> Outcome<()> {
        self.rights()?;
        self.store.scope().veil(object);
        Ok(())
    }
}

impl Tx<'_> {
    /// Empties what the user may not see of an object: it goes back to him.
    pub fn veil(&self, object: &mut dyn Object) {
        if !self.rights.has(Right::SeeCost) {
            self.store.scope().veil(object);
        }
    }

    /// What the user does not see he does not change: the values of the base are put back before the object is
    /// completed, and what he changed beside them is recounted from them. In rows of his own he writes what he
    /// knows; what he leaves empty the rules of the kind fill.
    pub(super) fn unveil(&self, object: &mut dyn Object, was: Option<&dyn Object>, kind: &dyn KindOps) -> Outcome<()> {
        let names = kind.costs();
        let Some(was) = was.filter(|_| self.is_asked(1) && !names.is_empty()) else { return Ok(()) };
        if self.rights.has(Right::SeeCost) || self.from_history {
            return Ok(());
        }
        let given = object.boxed();
        let meta = object.meta();
        for at in names.iter().filter_map(|name| meta.field(name)) {
            let _same_type = object.set(at, was.get(at));
        }
        let mut problems = Problems::new();
        for (table, part) in meta.tables.iter().enumerate() {
            let columns: Vec<usize> = part
                .fields
                .iter()
                .enumerate()
                .filter(|(_, field)| is_named(names, part, field))
                .map(|(at, _)| at)
                .collect();
            if !columns.is_empty() {
                self.unveil_rows(object, (given.as_ref(), was), (table, part), &columns, kind, &mut problems)?;
            }
        }
        if problems.is_empty() { Ok(()) } else { Err(Error::Refused(problems, Some(meta))) }
    }

    fn unveil_rows(
        &self,
        object: &mut dyn Object,
        (given, was): (&dyn Object, &dyn Object),
        (table, part): (usize, &'static TableMeta),
        columns: &[usize],
        kind: &dyn KindOps,
        problems: &mut Problems,
    ) -> Outcome<()> {
        let facts = self.facts();
        for at in 0..object.rows(table) {
            let Some(key) = object.row(table, at).map(|row| row.key()) else { continue };
            let known = super::draft::row_of(was, table, key).and_then(|row| was.row(table, row));
            let (Some(known), Some(asked)) = (known, given.row(table, at)) else { continue };
            for column in 0..part.fields.len() {
                let _same_type = object.row_mut(table, at).is_some_and(|row| row.set(column, known.get(column)));
            }
            let open = (0..part.fields.len()).filter(|column| !columns.contains(column));
            for column in open.filter(|column| asked.get(*column) != known.get(*column)) {
                let Some(field) = part.fields.get(column) else { continue };
                let value = asked.get(column);
                let _same_type = object.row_mut(table, at).is_some_and(|row| row.set(column, value));
                kind.changed(object, At::Cell { table: part.name, row: at, field: field.name }, &facts);
            }
            // The rules of one column may have touched another that was given as it is.
            for column in (0..part.fields.len()).filter(|column| !columns.contains(column)) {
                let value = asked.get(column);
                let _same_type = object.row_mut(table, at).is_some_and(|row| row.set(column, value));
            }
            for column in columns {
                let (wanted, kept) = (asked.get(*column), object.cell(table, at, *column));
                let foreign = !wanted.is_empty() && Some(&wanted) != kept.as_ref() && wanted != known.get(*column);
                if let (true, Some(field)) = (foreign, part.fields.get(*column)) {
                    let who = &self.rights.grantors;
                    problems.cell(part.name, at, field.name, text!("right-cost-write", who = who));
                }
            }
        }
        facts.result()
    }
}

fn is_named(names: &[&str], part: &TableMeta, field: &FieldMeta) -> bool {
    names.iter().filter_map(|name| name.split_once('.')).any(|name| name == (part.name, field.name))
}
