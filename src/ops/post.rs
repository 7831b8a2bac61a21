//! Posting: what a document moved before is erased in all registers, the pure posting is written, what is
//! derived follows, and only the keys touched are checked.

mod again;

use super::allocate;
use super::costing::{self, StockKey};
use super::duplicates;
use super::foresee;
use super::gate::Tx;
use super::lost_demand;
use super::orders;
use super::set_off::{self, SettlementKey};
use crate::domain::ledger::account::{Account, sub_kinds};
use crate::domain::registers::controls::{Breach, control, controlled, free_breach};
use crate::domain::registers::demand::LostDemand;
use crate::domain::registers::orders::{CustomerOrders, OrderDebts, SupplierOrders};
use crate::domain::registers::sales::Sales;
use crate::domain::registers::settlements::Settlements;
use crate::domain::registers::stock::{Reserves, Stock};
use crate::domain::registry;
use crate::domain::sales::customer_order::CustomerOrder;
use crate::kernel::behaviour::KindOps;
use crate::kernel::entry::{Entry, Side};
use crate::kernel::facts::Facts;
use crate::kernel::meta::RegisterMeta;
use crate::kernel::moment::Moment;
use crate::kernel::money::Money;
use crate::kernel::object::{Declared as _, Object};
use crate::kernel::problems::{Error, Outcome, Problems};
use crate::kernel::refs::AnyRef;
use crate::kernel::register::{Movement, Movements, Register as _};
use crate::kernel::text::Text;
use crate::store::ledger::{LedgerMove, LedgerSide};
use crate::store::moves::Move;
use crate::text;
use std::collections::{BTreeMap, BTreeSet};

/// One posting on its way: what it has touched so far.
pub struct Posting<'t, 'a> {
    /// The transaction.
    pub tx: &'t mut Tx<'a>,
    /// Stock timelines to recost, from when.
    stock: BTreeMap<StockKey, Moment>,
    /// Settlement timelines to set off anew, from when.
    settlements: BTreeMap<SettlementKey, Moment>,
    /// By how much free stock has changed, in thousandths.
    free: BTreeMap<StockKey, i64>,
    /// Keys of totals touched, by the register's code.
    totals: BTreeMap<&'static str, BTreeSet<Vec<i64>>>,
    /// Orders of either side whose numbers have changed.
    orders: BTreeSet<AnyRef>,
    /// Lost demand told or told no more.
    lost: lost_demand::Touched,
    /// The earliest moment touched in the ledger, by company.
    ledger: BTreeMap<i64, Moment>,
    /// What the document had in the books before it was posted anew.
    before: Option<(AnyRef, Books)>,
    /// The reserve of the order erased last.
    reserved: Vec<Move>,
}

/// What a document has in the books: everything else follows from it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Books {
    stock: Vec<Move>,
    settled: Vec<Move>,
    entries: Vec<LedgerMove>,
}

impl<'t, 'a> Posting<'t, 'a> {
    /// Nothing touched yet.
    pub fn new(tx: &'t mut Tx<'a>) -> Self {
        Self {
            tx,
            stock: BTreeMap::new(),
            settlements: BTreeMap::new(),
            free: BTreeMap::new(),
            totals: BTreeMap::new(),
            orders: BTreeSet::new(),
            lost: lost_demand::Touched::default(),
            ledger: BTreeMap::new(),
            before: None,
            reserved: Vec::new(),
        }
    }

    /// Erases what a document has moved, in all registers and in the ledger.
    pub fn erase(&mut self, document: AnyRef) -> Outcome<()> {
        let mut books = Books::default();
        for (register, erased) in self.tx.store.all_moves_of(document)? {
            self.tx.store.erase_all(register, document, &erased)?;
            for moved in &erased {
                if register == Stock::meta() {
                    dirty(&mut self.stock, costing::key_of(moved), moved.date);
                    self.follow(moved)?;
                } else if register == Settlements::meta() {
                    dirty(&mut self.settlements, set_off::key_of(moved), moved.date);
                }
                self.touch(register, moved, -1);
            }
            if register == Stock::meta() {
                books.stock = erased;
            } else if register == Settlements::meta() {
                books.settled = erased;
            } else if register == Reserves::meta() {
                self.reserved = erased;
            }
        }
        books.entries = self.tx.store.erase_entries(document, 0, i64::MAX)?;
        for entry in &books.entries {
            dirty(&mut self.ledger, entry.company, entry.date);
        }
        self.before.get_or_insert((document, books));
        Ok(())
    }

    /// Books of these companies have changed from these moments on.
    pub fn touch_books(&mut self, touched: &BTreeMap<i64, Moment>) {
        for (company, from) in touched {
            dirty(&mut self.ledger, *company, *from);
        }
    }

    /// True when the document has in the books what it had before: then nothing else has changed either.
    fn same_books(&self, object: &dyn Object) -> Outcome<bool> {
        let document = object.any_ref();
        let Some((_, was)) = self.before.as_ref().filter(|(known, _)| *known == document) else { return Ok(false) };
        let store = self.tx.store;
        Ok(was.stock == store.moves_of(Stock::meta(), document)?
            && was.settled == store.moves_of(Settlements::meta(), document)?
            && was.entries == store.entries_of(document)?)
    }

    /// Posts a document: asks its pure posting and writes what it says.
    pub fn post(&mut self, object: &dyn Object, kind: &dyn KindOps) -> Outcome<()> {
        let mut out = Movements::default();
        foresee::totals(self.tx, object)?;
        let erased = std::mem::take(&mut self.reserved);
        if let Some(order) = object.downcast::<CustomerOrder>().filter(|_| !erased.is_empty()) {
            let kept = allocate::kept_for(order, &erased, &self.tx.facts());
            self.write_moves(object, kept)?;
        }
        if let Some(order) = object.downcast::<CustomerOrder>().filter(|_| !self.tx.gave_to.is_empty()) {
            let facts = self.tx.facts();
            let lacking = allocate::lacking_for(order, &facts);
            facts.result()?;
            self.orders.extend(allocate::take_given(self.tx, &lacking, order.date)?);
        }
        {
            let facts = self.tx.facts();
            let posted = kind.post(object, &facts, &mut out);
            facts.result()?;
            posted.map_err(|problems| Error::Refused(problems, Some(object.meta())))?;
        }
        let in_books = |row: &Movement| row.register == Settlements::meta() || row.register == Stock::meta();
        if !out.entries.is_empty() || out.rows.iter().any(in_books) {
            let company = super::save::company_of(object).unwrap_or_default().id();
            dirty(&mut self.ledger, company, super::save::moment_of(object));
        }
        foresee::movements(self.tx, &out.rows)?;
        let costs = self.write_moves(object, out.rows)?;
        self.write_entries(object, &out.entries, &costs)
    }

    fn write_moves(&mut self, object: &dyn Object, mut rows: Vec<Movement>) -> Outcome<BTreeMap<i64, Money>> {
        let moment = super::save::moment_of(object);
        // Stock goes first, for sales and the ledger follow its cost; within a register rows go in key
        // order, so that two writers never wait for each other in a circle, and rows of one key go in the
        // order of lines, in which a recount takes them.
        let key_of = |row: &Movement| row.cells.iter().take(row.register.key.len()).copied().collect::<Vec<i64>>();
        rows.sort_by_cached_key(|row| (row.register != Stock::meta(), row.register.code, key_of(row), row.line));
        let mut costs: BTreeMap<i64, Money> = BTreeMap::new();
        for row in rows {
            let date = if row.moment.is_empty() { moment } else { row.moment };
            let mut moved = Move { document: object.any_ref(), line: row.line, date, cells: row.cells };
            if row.register == Stock::meta() {
                self.follow(&moved)?;
                let cost = self.cost(&mut moved)?;
                costs.insert(moved.line, cost);
            } else if row.register == Sales::meta() {
                let mut sold = Sales::from_cells(&moved.cells);
                sold.cost = -costs.get(&moved.line).copied().unwrap_or_default();
                moved.cells = sold.cells();
            }
            let in_order = row.register == Settlements::meta() && self.settles_last(&moved)?;
            self.tx.store.add_move(row.register, &moved)?;
            self.touch(row.register, &moved, 1);
            if row.register == Settlements::meta() {
                if in_order {
                    set_off::apply(self.tx, &moved)?;
                } else {
                    dirty(&mut self.settlements, set_off::key_of(&moved), moved.date);
                }
            }
        }
        Ok(costs)
    }

    /// The cost of a stock movement when it is the last of its timeline; otherwise the timeline is recosted.
    fn cost(&mut self, moved: &mut Move) -> Outcome<Money> {
        let key = costing::key_of(moved);
        if !self.stock.contains_key(&key)
            && let Some(cost) = costing::cost_at_end(self.tx, moved)?
        {
            return Ok(cost);
        }
        // Also when the timeline is to be recosted anyway: the document may have moved back in time.
        dirty(&mut self.stock, key, moved.date);
        Ok(Stock::from_cells(&moved.cells).cost)
    }

    /// Returns that follow a movement which came or went are recosted on their own timelines.
    fn follow(&mut self, moved: &Move) -> Outcome<()> {
        if Stock::from_cells(&moved.cells).source.is_empty() {
            return Ok(());
        }
        for back in costing::followers(self.tx.store, moved)? {
            dirty(&mut self.stock, costing::key_of(&back), back.date);
        }
        Ok(())
    }

    fn settles_last(&self, moved: &Move) -> Outcome<bool> {
        let key = set_off::key_of(moved);
        if self.settlements.contains_key(&key) {
            return Ok(false);
        }
        let now = self.tx.store.now(Settlements::meta(), &key)?;
        Ok((moved.date, moved.document) >= (now.last_date, now.last_document))
    }

    fn write_entries(&mut self, object: &dyn Object, entries: &[Entry], costs: &BTreeMap<i64, Money>) -> Outcome<()> {
        let facts = self.tx.facts();
        let mut problems = Problems::new();
        let company = super::save::company_of(object).unwrap_or_default().id();
        let mut made = Vec::with_capacity(entries.len());
        for (line, entry) in (1..).zip(entries) {
            match ledger_move(entry, costs, &facts) {
                Ok(mut written) => {
                    written.document = object.any_ref();
                    written.line = line;
                    written.date = super::save::moment_of(object);
                    written.company = company;
                    made.push(written);
                }
                Err(text) => problems.add(text),
            }
        }
        facts.result()?;
        problems.result().map_err(|found| Error::Refused(found, Some(object.meta())))?;
        self.tx.store.add_entries(&made)
    }

    /// Brings everything derived up to date and checks what was touched.
    pub fn settle(mut self, object: &dyn Object) -> Outcome<()> {
        self.close_again(object)?;
        self.receive_again()?;
        // What was not posted before nobody has returned.
        if self.before.is_some() {
            super::returns::check(self.tx, object)?;
        }
        costing::recost(self.tx, std::mem::take(&mut self.stock))?;
        for (key, from) in std::mem::take(&mut self.settlements) {
            set_off::replay(self.tx, &key, from)?;
        }
        let moment = super::save::moment_of(object);
        let given = allocate::give_free(self.tx, &self.free, moment, object)?;
        // What an order got is a part of the operation, also where its state stays the same.
        given.iter().for_each(|order| self.tx.touch(*order));
        self.orders.extend(given);
        if !self.tx.gave_to.is_empty() {
            let facts = self.tx.facts();
            let lacking = allocate::lacking(&self.free, &facts);
            facts.result()?;
            self.orders.extend(allocate::take_given(self.tx, &lacking, moment)?);
        }
        self.check_totals(object)?;
        std::mem::take(&mut self.lost).settle(self.tx, &self.orders, object)?;
        // An order that moves nothing (all its lines cancelled) has a state too.
        if object.meta() == CustomerOrder::declared() {
            self.orders.insert(object.any_ref());
        }
        orders::refresh(self.tx, &self.orders, object)?;
        duplicates::mark(self.tx, object)?;
        orders::closing_results(self.tx, object)?;
        if self.same_books(object)? {
            self.ledger.clear();
        }
        orders::mark_closings_stale(self.tx, &self.ledger, object)
    }

    fn check_totals(&self, object: &dyn Object) -> Outcome<()> {
        let facts = self.tx.facts();
        let mut breaches: Vec<Breach> = Vec::new();
        for (code, keys) in &self.totals {
            let Some(register) = registry::register(code).filter(|register| controlled(register)) else { continue };
            self.tx.store.foresee(register, keys)?;
            for key in keys {
                let total = [key.clone(), self.tx.store.now(register, key)?.sums].concat();
                let found = control(register, &total, &facts);
                // What is wrong with an order's line says more than what follows from it for its reserve.
                let follows = |breach: &Breach| {
                    register == Reserves::meta() && breaches.iter().any(|known| known.item == breach.item)
                };
                breaches.extend(found.filter(|breach| !follows(breach)));
            }
        }
        let mut short: BTreeSet<AnyRef> = breaches.iter().map(|breach| breach.item).collect();
        for (key, change) in &self.free {
            if *change < 0
                && let Some(breach) = free_breach(&facts, *key)
                && short.insert(breach.item)
            {
                breaches.push(breach);
            }
        }
        facts.result()?;
        let mut problems = Problems::new();
        for breach in breaches {
            place_breach(object, &breach, &mut problems);
        }
        problems.result().map_err(|found| Error::Refused(found, Some(object.meta())))
    }

    fn touch(&mut self, register: &'static RegisterMeta, moved: &Move, sign: i64) {
        let keys = register.key.len();
        let key: Vec<i64> = moved.cells.iter().take(keys).copied().collect();
        if register == Stock::meta() {
            let qty = moved.cells.get(keys).copied().unwrap_or(0);
            *self.free.entry(costing::key_of(moved)).or_default() += qty * sign;
        } else if register == Reserves::meta() {
            let reserve = Reserves::from_cells(&moved.cells);
            let place = [reserve.company.id(), reserve.warehouse.id(), reserve.item.id()];
            *self.free.entry(place).or_default() -= reserve.qty.minor() * sign;
            self.orders.insert(reserve.order.any());
        } else if register == CustomerOrders::meta() {
            self.orders.insert(CustomerOrders::from_cells(&moved.cells).order.any());
        } else if register == SupplierOrders::meta() {
            self.orders.insert(SupplierOrders::from_cells(&moved.cells).order.any());
        } else if register == OrderDebts::meta() {
            self.orders.insert(OrderDebts::from_cells(&moved.cells).order);
        } else if register == LostDemand::meta() {
            self.lost.add(moved);
        }
        self.totals.entry(register.code).or_default().insert(key);
    }
}

/// Keeps the earliest moment of a key.
fn dirty<K: Ord>(keys: &mut BTreeMap<K, Moment>, key: K, date: Moment) {
    keys.entry(key).and_modify(|known| *known = (*known).min(date)).or_insert(date);
}

/// A breach is shown at the line of its item, where the document has one.
fn place_breach(object: &dyn Object, breach: &Breach, problems: &mut Problems) {
    let meta = object.meta();
    for (table, part) in meta.tables.iter().enumerate() {
        let (Some(item), Some(qty)) = (part.field("item"), part.field("qty")) else { continue };
        let row = (0..object.rows(table))
            .rev()
            .find(|row| object.cell(table, *row, item).is_some_and(|value| value.any_ref() == breach.item));
        if let (Some(row), Some(column)) = (row, part.fields.get(qty)) {
            problems.cell(part.name, row, column.name, breach.text.clone());
            return;
        }
    }
    problems.add(breach.text.clone());
}

/// An entry as stored: accounts by id, the amount of a derived one by the cost of its stock line. Refuses
/// what the chart does not allow.
pub fn ledger_move(entry: &Entry, costs: &BTreeMap<i64, Money>, facts: &dyn Facts) -> Result<LedgerMove, Text> {
    let source = entry.source.stored();
    let cost = -costs.get(&source.1).copied().unwrap_or_default();
    Ok(LedgerMove {
        debit: ledger_side(&entry.debit, facts)?,
        credit: ledger_side(&entry.credit, facts)?,
        amount: entry.source.amount(entry.amount, cost).minor(),
        source,
        ..LedgerMove::default()
    })
}

/// A side as stored, checked against the chart.
pub fn ledger_side(side: &Side, facts: &dyn Facts) -> Result<LedgerSide, Text> {
    if side.account.is_empty() {
        return Ok(LedgerSide::default());
    }
    let reference = facts.coded::<Account>(&side.account);
    let Some(account) = facts.get(reference) else {
        return Err(text!("account-unknown", account = side.account.to_string()));
    };
    if account.folder {
        return Err(text!("account-group", account = account.code.clone()));
    }
    for (sub, name) in side.subs.iter().zip(account.subs()) {
        let Some(kind) = registry::of(*sub) else { continue };
        if name.is_empty() {
            return Err(text!("sub-not-kept", account = account.code.clone(), kind = kind.meta().label()));
        }
        let allowed = sub_kinds(name);
        if !allowed.is_empty() && !allowed.contains(&kind.meta().code) {
            let kind = kind.meta().label();
            return Err(text!("sub-wrong-kind", account = account.code.clone(), sub = name.to_owned(), kind = kind));
        }
    }
    Ok(LedgerSide {
        account: reference.id(),
        subs: side.subs,
        qty: if account.quantity { side.qty.minor() } else { 0 },
        currency: side.currency.id(),
        currency_amount: side.currency_amount.minor(),
    })
}
