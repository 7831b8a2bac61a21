//! Replenishment: what is below its order point, minimum or norm, what was asked for in vain, and on what terms it is
//! bought (RULES B2, B8). The waiting lines of customers are found by [`super::supply`].

use super::coverage::waiting_lines;
use super::supply::Shortage;
use crate::domain::company::company::Company;
use crate::domain::company::settings::settings;
use crate::domain::crm::counterparty::Counterparty;
use crate::domain::purchases::goods_receipt::GoodsReceipt;
use crate::domain::registers::demand::{LostDemand, LostSource};
use crate::domain::registers::orders::SupplierOrders;
use crate::domain::registers::sales::Sales;
use crate::domain::registers::stock::Stock;
use crate::domain::stock::item::{Item, ItemSupplier};
use crate::domain::stock::supply_terms::{SupplierRule, SupplyMethod};
use crate::domain::stock::warehouse::Warehouse;
use crate::kernel::facts::Facts;
use crate::kernel::moment::{Date, Moment};
use crate::kernel::money::{Price, Qty};
use crate::kernel::object::{Declared as _, Referable as _};
use crate::kernel::problems::Outcome;
use crate::kernel::refs::Ref;
use crate::kernel::register::Register;
use crate::kernel::text::Text;
use crate::kernel::value::Choice as _;
use crate::store::base::Store;
use crate::text;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// So many days are looked back at for what goes in a day.
const PACE_DAYS: i64 = 90;
/// So many days are looked back at for what was asked for in vain.
const LOST_DAYS: i64 = 30;

/// Why something is to be bought.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// Lines of customers wait for it.
    Waiting(usize),
    /// There is less than the order point or the minimum.
    Below(Qty, Qty),
    /// There is less than goes until more can come: what there is, what goes in a day, how long it takes.
    Norm(Qty, Qty, i64),
    /// It was asked for in vain.
    Lost(Qty),
}

impl Why {
    /// In words.
    pub fn text(self) -> Text {
        match self {
            Why::Waiting(lines) => text!("why-waiting", count = lines),
            Why::Below(have, point) => text!("why-below", have = have.short(), point = point.short()),
            Why::Norm(have, daily, days) => {
                text!("why-norm", have = have.short(), daily = daily.short(), days = days)
            }
            Why::Lost(qty) => text!("why-lost", qty = qty.short(), days = LOST_DAYS),
        }
    }
}

/// The item's rule of choosing: the main supplier, the last one, or the cheapest of those who bring it in time.
pub fn supplier_of(facts: &dyn Facts, item: &Item, key: [i64; 3], needed: Date) -> Ref<Counterparty> {
    let first = item.suppliers.first().map_or(Ref::EMPTY, |row| row.supplier);
    let own = item.supplier.or(first);
    let last = || last_receipt(facts, key).map_or(Ref::EMPTY, |receipt| receipt.supplier);
    match item.supplier_rule {
        SupplierRule::Fixed => {
            if own.is_empty() {
                last()
            } else {
                own
            }
        }
        SupplierRule::Last => last().or(own),
        SupplierRule::Cheapest => cheapest(item, facts.today(), needed).or(own).or(last()),
    }
}

fn cheapest(item: &Item, today: Date, needed: Date) -> Ref<Counterparty> {
    let priced = || item.suppliers.iter().filter(|row| row.price > Price::ZERO);
    let lead = |row: &ItemSupplier| item.lead_of(row.supplier);
    let in_time = |row: &&ItemSupplier| needed.is_empty() || today.plus_days(lead(row)) <= needed;
    let best = priced().filter(in_time).min_by_key(|row| (row.price, lead(row)));
    // Nobody is in time: the fastest is the least late.
    let found = best.or_else(|| priced().min_by_key(|row| (lead(row), row.price)));
    found.map_or(Ref::EMPTY, |row| row.supplier)
}

/// The receipt that brought an item last.
pub fn last_receipt(facts: &dyn Facts, key: [i64; 3]) -> Option<Arc<GoodsReceipt>> {
    let moves = facts.history(Stock::meta(), &key, Moment::FOREVER);
    let last = moves.iter().rev().find(|(document, _, _)| document.tag() == GoodsReceipt::TAG)?;
    facts.get_any::<GoodsReceipt>(last.0)
}

impl Shortage {
    /// The day by which the first of the waiting customers wants it; empty when none named a day.
    pub fn needed(&self, facts: &dyn Facts) -> Date {
        let days = self.lines.iter().filter_map(|line| facts.get(line.order)).map(|order| order.ship_date);
        days.filter(|day| !day.is_empty()).min().unwrap_or_default()
    }

    /// Takes a supplier, with his price, time, lot and packs.
    pub fn take_supplier(&mut self, supplier: Ref<Counterparty>, facts: &dyn Facts) {
        self.supplier = supplier;
        let Some(item) = facts.get(self.item) else { return };
        let wanted = self.qty + self.extra;
        let terms = item.terms_of(supplier);
        self.to_order = terms.map_or(wanted, |row| row.rounded(wanted));
        self.price = terms.map_or(Price::ZERO, |row| row.price);
        let lead = item.lead_of(supplier);
        self.due = if lead > 0 { facts.today().plus_days(lead) } else { Date::default() };
    }

    /// Only asked for in vain: bought when somebody says so.
    pub fn is_optional(&self) -> bool {
        !self.why.iter().any(|why| !matches!(why, Why::Lost(_)))
    }
}

/// An item in a warehouse that looks after its own stock, or (an empty one) in all the others together.
type Place = (i64, Ref<Warehouse>);

/// What there is of an item at a place.
#[derive(Clone, Copy, Debug, Default)]
struct Standing {
    /// On hand and on its way less what is promised.
    projected: Qty,
    sold: Qty,
    lost: Qty,
    lost_lately: Qty,
}

/// Adds to what customers wait for what the stock itself needs.
pub fn add_stock_needs(store: &Store, facts: &dyn Facts, found: &mut Vec<Shortage>) -> Outcome<()> {
    let settings = settings(facts);
    let (company, usual) = (settings.company, settings.warehouse);
    let items = items_to_look_at(store, facts)?;
    if items.is_empty() {
        return Ok(());
    }
    let standings = Standings::read(store, facts, company.id(), items)?;
    for ((id, own), stands) in &standings.by_place {
        let Some(item) = standings.items.get(id) else { continue };
        // For warehouses that have no levels of their own the usual one orders.
        let warehouse = own.or(usual);
        let here = |shortage: &&Shortage| {
            let at = shortage.warehouse;
            let same = if own.is_empty() { !item.has_level(at) } else { at == *own };
            shortage.item.id() == *id && shortage.company == company && same
        };
        // What customers lack is bought for them anyway.
        let have = stands.projected + found.iter().filter(here).map(|shortage| shortage.qty).sum();
        let key = [company.id(), warehouse.id(), *id];
        let lead = item.lead_of(supplier_of(facts, item, key, Date::default()));
        let (extra, why) = need(item, *own, *stands, have, lead);
        if extra <= Qty::ZERO {
            continue;
        }
        let place = found.iter().position(|shortage| {
            (shortage.company, shortage.warehouse, shortage.item) == (company, warehouse, item.reference())
        });
        let at = place.unwrap_or_else(|| {
            found.push(Shortage { company, warehouse, item: item.reference(), ..Shortage::default() });
            found.len() - 1
        });
        if let Some(shortage) = found.get_mut(at) {
            shortage.extra += extra;
            shortage.why.extend(why);
        }
    }
    Ok(())
}

/// How much more an item needs at a place, and why.
fn need(item: &Item, own: Ref<Warehouse>, stands: Standing, have: Qty, lead: i64) -> (Qty, Vec<Why>) {
    let daily = Qty::from_minor((stands.sold.positive() + stands.lost).minor() / PACE_DAYS);
    let mut why = Vec::new();
    let mut extra = Qty::ZERO;
    if let Some((point, target)) = item.levels_at(own, daily, lead) {
        let low = if item.method == SupplyMethod::MinMax { have <= point } else { have < point };
        if low && target > have {
            extra = target - have;
            why.push(match item.method {
                SupplyMethod::Norm => Why::Norm(have, daily, lead + item.safety_days),
                _ => Why::Below(have, point),
            });
        }
    }
    // What was asked for in vain is to be there for the next who asks.
    if stands.lost_lately > have.positive() {
        extra = extra.max(stands.lost_lately - have.positive());
        why.push(Why::Lost(stands.lost_lately));
    }
    (extra, why)
}

/// Items with levels, and those asked for in vain of late.
fn items_to_look_at(store: &Store, facts: &dyn Facts) -> Outcome<BTreeMap<i64, Arc<Item>>> {
    let mut items = BTreeSet::new();
    for method in [SupplyMethod::Point, SupplyMethod::MinMax, SupplyMethod::Norm] {
        items.extend(facts.having::<Item>("method", method.number()).iter().map(|item| item.head.id));
    }
    items.extend(moved(store, facts, LostDemand::meta(), LOST_DAYS)?.into_keys().map(|[item, _]| item));
    let known = items.into_iter().filter_map(|id| facts.get(Ref::<Item>::new(id)).map(|item| (id, item)));
    Ok(known.filter(|(_, item)| item.is_goods() && !item.head.marked).collect())
}

/// Quantities of a register by item and warehouse over the last days.
fn moved(
    store: &Store,
    facts: &dyn Facts,
    register: &'static crate::kernel::meta::RegisterMeta,
    days: i64,
) -> Outcome<BTreeMap<[i64; 2], Qty>> {
    let today = facts.today();
    let span = (today.plus_days(-days).start(), today.end());
    // A line of a site that came when there was nothing still waits, or is cancelled and counts by that.
    let except = (register == LostDemand::meta()).then_some(("source", LostSource::Site.number()));
    let sums = store.moved_by(register, ["item", "warehouse"], "qty", span, except)?;
    Ok(sums.into_iter().filter(|(_, sum)| *sum != 0).map(|(key, sum)| (key, Qty::from_minor(sum))).collect())
}

/// What there is of the items looked at, by place.
struct Standings {
    items: BTreeMap<i64, Arc<Item>>,
    by_place: BTreeMap<Place, Standing>,
}

impl Standings {
    fn read(store: &Store, facts: &dyn Facts, company: i64, items: BTreeMap<i64, Arc<Item>>) -> Outcome<Self> {
        let mut found = Self { items, by_place: BTreeMap::new() };
        found.every_place();
        for cells in store.totals_by(Stock::meta(), &[company])? {
            let row = Stock::from_cells(&cells);
            found.at(row.item.id(), row.warehouse, |stands| stands.projected += row.qty);
        }
        let ours = |whose: Option<Ref<Company>>| whose.is_some_and(|own| own.id() == company);
        for row in waiting_lines(store, facts)? {
            let looked_at = found.items.contains_key(&row.item.id());
            if looked_at && ours(facts.get(row.order).map(|order| order.company)) {
                found.at(row.item.id(), row.warehouse, |stands| stands.projected -= row.left);
            }
        }
        for cells in store.totals_by(SupplierOrders::meta(), &[])? {
            let row = SupplierOrders::from_cells(&cells);
            let looked_at = found.items.contains_key(&row.item.id());
            if looked_at && ours(facts.get(row.order).map(|order| order.company)) {
                found.at(row.item.id(), row.warehouse, |stands| stands.projected += row.left.positive());
            }
        }
        for ([item, warehouse], qty) in moved(store, facts, Sales::meta(), PACE_DAYS)? {
            found.at(item, Ref::new(warehouse), |stands| stands.sold += qty);
        }
        for ([item, warehouse], qty) in moved(store, facts, LostDemand::meta(), PACE_DAYS)? {
            found.at(item, Ref::new(warehouse), |stands| stands.lost += qty);
        }
        for ([item, warehouse], qty) in moved(store, facts, LostDemand::meta(), LOST_DAYS)? {
            found.at(item, Ref::new(warehouse), |stands| stands.lost_lately += qty);
        }
        Ok(found)
    }

    /// A place where there has never been any of it needs it most.
    fn every_place(&mut self) {
        for (id, item) in &self.items {
            self.by_place.entry((*id, Ref::EMPTY)).or_default();
            for row in &item.levels {
                self.by_place.entry((*id, row.warehouse)).or_default();
            }
        }
    }

    /// Adds to what is known of an item that is looked at.
    fn at(&mut self, item: i64, warehouse: Ref<Warehouse>, add: impl FnOnce(&mut Standing)) {
        if let Some(known) = self.items.get(&item) {
            let own = if known.has_level(warehouse) { warehouse } else { Ref::EMPTY };
            add(self.by_place.entry((item, own)).or_default());
        }
    }
}
