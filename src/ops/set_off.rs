//! The set-off service: debts and advances by document, recomputed forward like cost, so that the books
//! never depend on the order in which documents were entered.
//!
//! Amounts are looked at from the debt's side: positive raises the debt (62.01, 60.01), negative lowers it
//! and, beyond the debt, becomes an advance (62.02, 60.02). First in, first out by documents.

use super::claims::of_counterparty;
use super::gate::Tx;
use super::post::ledger_side;
use crate::domain::accounts;
use crate::domain::crm::contract::ContractKind;
use crate::domain::registers::settlements::{OpenItems, SettlementRole, Settlements};
use crate::kernel::entry::Side;
use crate::kernel::facts::Facts;
use crate::kernel::moment::Moment;
use crate::kernel::money::Money;
use crate::kernel::problems::{Error, Outcome};
use crate::kernel::refs::AnyRef;
use crate::kernel::register::Register as _;
use crate::store::ledger::LedgerMove;
use crate::store::moves::Move;
use std::collections::BTreeSet;

/// Company, counterparty, contract.
pub type SettlementKey = [i64; 3];

/// Rows derived from the settlement with line L have lines from `L * STEP` on, in both tables.
const STEP: i64 = crate::store::ledger::SET_OFF_LINES;

/// The timeline a settlement belongs to.
pub fn key_of(moved: &Move) -> SettlementKey {
    let mut cells = moved.cells.iter().copied();
    std::array::from_fn(|_| cells.next().unwrap_or(0))
}

/// How much of what is open under a contract is looked at in one question.
const AT_ONCE: usize = 32;

/// One settlement being set off.
struct SetOff<'t, 'a> {
    tx: &'t Tx<'a>,
    moved: &'t Move,
    row: Settlements,
    /// 1 for customers, -1 for suppliers: turns amounts to the debt's side.
    sign: i64,
    accounts: (&'static str, &'static str),
    line: i64,
}

/// Sets off a settlement that comes last on its timeline.
pub fn apply(tx: &Tx<'_>, moved: &Move) -> Outcome<()> {
    let read = tx.facts();
    let facts: &dyn Facts = &read;
    let row = Settlements::from_cells(&moved.cells);
    let kind = facts.get(row.contract).map_or(ContractKind::Customer, |contract| contract.kind);
    let (sign, accounts) = match kind {
        ContractKind::Customer => (1, (accounts::CUSTOMERS, accounts::CUSTOMER_ADVANCES)),
        ContractKind::Supplier => (-1, (accounts::SUPPLIERS, accounts::SUPPLIER_ADVANCES)),
    };
    let line = moved.line * STEP;
    let mut work = SetOff { tx, moved, row, sign, accounts, line };
    let amount = work.row.amount.minor() * sign;
    let done = work.against_all(amount, facts);
    // A failure of reading says more than what followed from it.
    read.result().and(done)
}

impl SetOff<'_, '_> {
    /// Closes what is open on the other side, the first first; the rest stays open.
    fn against_all(&mut self, amount: i64, facts: &dyn Facts) -> Outcome<()> {
        let mut left = amount;
        // A return lowers the debt of its own sale before any other.
        if let Some(own) = self.of_source()? {
            self.against_one(&own, &mut left, facts)?;
        }
        while left != 0 {
            let items = self.first_open()?;
            let before = left;
            for item in &items {
                self.against_one(item, &mut left, facts)?;
            }
            // A contract is open on one side at a time, which the proof of the books holds: where nothing among the
            // first can be closed, nothing can.
            if left == before || items.len() < AT_ONCE {
                break;
            }
        }
        if left == 0 { Ok(()) } else { self.open(left, facts) }
    }

    /// Closes as much of `left` as an item on the other side is open for.
    fn against_one(&mut self, item: &OpenItems, left: &mut i64, facts: &dyn Facts) -> Outcome<()> {
        // A document settles with itself only where it says so: a sale that is paid at once.
        if item.item == self.moved.document && item.item != self.row.source {
            return Ok(());
        }
        let open = item.amount.minor() * self.sign;
        let part = if *left > 0 && open < 0 {
            (*left).min(-open)
        } else if *left < 0 && open > 0 {
            (*left).max(-open)
        } else {
            return Ok(());
        };
        *left -= part;
        self.close(item, part, facts)
    }

    /// What is open of the document the settlement comes from.
    fn of_source(&self) -> Outcome<Option<OpenItems>> {
        let source = self.row.source;
        if source.is_empty() {
            return Ok(None);
        }
        let first = self.first_open()?;
        let among = first.iter().find(|item| item.item == source);
        if among.is_some() || first.len() < AT_ONCE {
            return Ok(among.cloned());
        }
        let Some((_, since)) = self.tx.store.number_and_date(source)? else { return Ok(None) };
        let key = [self.row.company.id(), self.row.contract.id(), since.stored(), source.packed()];
        let now = self.tx.store.now(OpenItems::meta(), &key)?;
        Ok(Some(OpenItems::from_cells(&[key.as_slice(), &now.sums].concat())))
    }

    /// The first that is open under the contract, whatever side it is on.
    fn first_open(&self) -> Outcome<Vec<OpenItems>> {
        let contract = [self.row.company.id(), self.row.contract.id()];
        let rows = self.tx.store.totals_first(OpenItems::meta(), &contract, AT_ONCE)?;
        Ok(rows.iter().map(|cells| OpenItems::from_cells(cells)).collect())
    }

    fn counterparty_side(&self, advance: bool, item: AnyRef) -> Side {
        let account = if advance { self.accounts.1 } else { self.accounts.0 };
        Side::new(account).at(0, self.row.counterparty.any()).at(1, self.row.contract.any()).at(2, item)
    }

    fn against(&self, facts: &dyn Facts) -> Side {
        let code = facts.get(self.row.account).map_or_else(String::new, |account| account.code.clone());
        Side::new(code).at(0, self.row.sub1).at(1, self.row.sub2)
    }

    /// Sets `part` (debt's side, the sign of the settlement) off against an open debt or advance.
    fn close(&mut self, item: &OpenItems, part: i64, facts: &dyn Facts) -> Outcome<()> {
        self.move_item(item.since, item.item, part)?;
        // A rising debt meets an advance; a falling one meets a debt.
        let met = self.counterparty_side(part > 0, item.item);
        let own = match self.row.role {
            SettlementRole::Charge => self.counterparty_side(false, self.moved.document),
            SettlementRole::Payment => self.against(facts),
        };
        self.entry(met, own, part, facts)
    }

    /// What met nothing stays open under the document itself.
    fn open(&mut self, left: i64, facts: &dyn Facts) -> Outcome<()> {
        self.move_item(self.moved.date, self.moved.document, left)?;
        let own = self.counterparty_side(left < 0, self.moved.document);
        match self.row.role {
            // The document itself has booked its charge on the debt account.
            SettlementRole::Charge if left > 0 => Ok(()),
            SettlementRole::Charge => {
                let booked = self.counterparty_side(false, self.moved.document);
                self.entry(own, booked, left, facts)
            }
            SettlementRole::Payment => {
                let against = self.against(facts);
                self.entry(own, against, left, facts)
            }
        }
    }

    fn move_item(&mut self, since: Moment, item: AnyRef, part: i64) -> Outcome<()> {
        let cells = OpenItems {
            company: self.row.company,
            contract: self.row.contract,
            since,
            item,
            amount: Money::from_minor(part * self.sign),
        }
        .cells();
        let moved = Move { document: self.moved.document, line: self.line, date: self.moved.date, cells };
        self.line += 1;
        self.tx.store.add_move(OpenItems::meta(), &moved).map(|_| ())
    }

    /// Moves `part` onto `to` from `from`, from the debt's side: positive debits a customer's account and
    /// credits a supplier's.
    fn entry(&mut self, to: Side, from: Side, part: i64, facts: &dyn Facts) -> Outcome<()> {
        let debit_to = (part > 0) == (self.sign > 0);
        let (debit, credit) = if debit_to { (to, from) } else { (from, to) };
        let entry = LedgerMove {
            document: self.moved.document,
            line: self.line,
            date: self.moved.date,
            company: self.row.company.id(),
            debit: ledger_side(&debit, facts).map_err(Error::refused)?,
            credit: ledger_side(&credit, facts).map_err(Error::refused)?,
            amount: part.abs(),
            source: (0, 0, 0),
        };
        self.line += 1;
        self.tx.store.add_entry(&entry)
    }
}

/// Sets a timeline off anew from a moment on.
pub fn replay(tx: &Tx<'_>, key: &SettlementKey, from: Moment) -> Outcome<()> {
    tx.lock([of_counterparty(key[1])])?;
    let moves = tx.store.timeline(Settlements::meta(), key, from, Moment::FOREVER)?;
    for moved in &moves {
        let own = moved.line * STEP..(moved.line + 1) * STEP;
        let items = tx.store.moves_within(OpenItems::meta(), moved.document, own.clone())?;
        tx.store.erase_lines(OpenItems::meta(), &items)?;
        tx.store.erase_entries(moved.document, own.start, own.end)?;
    }
    if moves.len() > 1 {
        // What is set off again and again is read once.
        tx.store.foresee(OpenItems::meta(), &BTreeSet::from([vec![key[0], key[2]]]))?;
    }
    for moved in &moves {
        apply(tx, moved)?;
    }
    Ok(())
}
