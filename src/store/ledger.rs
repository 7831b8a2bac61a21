//! The double-entry ledger: entries with both sides in one row, balances now and turnovers by month.

use super::base::Store;
use super::engine::{Cell, Owned, RowView};
use crate::kernel::moment::{Moment, Month};
use crate::kernel::problems::Outcome;
use crate::kernel::refs::AnyRef;
use std::collections::BTreeMap;

/// Lines from here on belong to the set-off service, not to the document's own posting.
pub const SET_OFF_LINES: i64 = 1_000_000;

/// One side of a stored entry.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct LedgerSide {
    /// The account's id in the chart; zero on the missing side of an off-balance entry.
    pub account: i64,
    /// Analytics.
    pub subs: [AnyRef; 3],
    /// Quantity in thousandths.
    pub qty: i64,
    /// The currency's id; zero is rubles.
    pub currency: i64,
    /// The amount in that currency, minor units.
    pub currency_amount: i64,
}

/// A stored entry.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LedgerMove {
    /// Who made it.
    pub document: AnyRef,
    /// Its line among the document's entries.
    pub line: i64,
    /// When.
    pub date: Moment,
    /// Whose books, by id.
    pub company: i64,
    /// Debit.
    pub debit: LedgerSide,
    /// Credit.
    pub credit: LedgerSide,
    /// Kopecks.
    pub amount: i64,
    /// Where the amount comes from: number of the rule, line of the stock movement, amount compared with.
    pub source: (i64, i64, i64),
}

/// What a balance is kept by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct LedgerKey {
    /// Whose books.
    pub company: i64,
    /// The account.
    pub account: i64,
    /// Analytics.
    pub subs: [AnyRef; 3],
    /// The currency; zero is rubles.
    pub currency: i64,
}

/// Sums of one key.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LedgerSums {
    /// Balance (debit positive), kopecks.
    pub amount: i64,
    /// Quantity, thousandths.
    pub qty: i64,
    /// Amount in the currency.
    pub currency_amount: i64,
}

/// Turnovers of one key.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LedgerTurnover {
    /// Debit turnover, kopecks.
    pub debit: i64,
    /// Credit turnover, kopecks.
    pub credit: i64,
    /// Quantity to the debit.
    pub debit_qty: i64,
    /// Quantity to the credit.
    pub credit_qty: i64,
}

/// The columns of an entry, in the order they are read and written.
pub(super) const COLUMNS: &str = "document, line, date, company, debit, debit1, debit2, debit3, debit_qty, debit_currency, \
    debit_currency_amount, credit, credit1, credit2, credit3, credit_qty, credit_currency, credit_currency_amount, \
    amount, rule, rule_line, rule_base";

/// Sums to be added, by month and key: debit, credit, and the same of quantity and of the currency.
#[derive(Default)]
struct Sums(BTreeMap<(Month, LedgerKey), [i64; 6]>);

impl Sums {
    fn add(&mut self, entry: &LedgerMove, sign: i64) {
        for (side, credit) in [(&entry.debit, 0), (&entry.credit, 1)] {
            if side.account == 0 {
                continue;
            }
            let key =
                LedgerKey { company: entry.company, account: side.account, subs: side.subs, currency: side.currency };
            let sums = self.0.entry((entry.date.month(), key)).or_default();
            for (pair, value) in [entry.amount, side.qty, side.currency_amount].into_iter().enumerate() {
                if let Some(sum) = sums.get_mut(pair * 2 + credit) {
                    *sum += value * sign;
                }
            }
        }
    }
}

impl Store {
    /// Writes an entry and adds it to the totals of both sides.
    pub fn add_entry(&self, entry: &LedgerMove) -> Outcome<()> {
        self.add_entries(std::slice::from_ref(entry))
    }

    /// Writes entries and adds them to the totals of both sides, each key once.
    pub fn add_entries(&self, entries: &[LedgerMove]) -> Outcome<()> {
        let mut sums = Sums::default();
        for entry in entries {
            self.insert_entry(entry)?;
            sums.add(entry, 1);
        }
        self.add_sums(&sums)
    }

    fn insert_entry(&self, entry: &LedgerMove) -> Outcome<()> {
        let side = |side: &LedgerSide| {
            [
                side.account,
                side.subs[0].packed(),
                side.subs[1].packed(),
                side.subs[2].packed(),
                side.qty,
                side.currency,
                side.currency_amount,
            ]
        };
        let mut values = vec![entry.document.packed(), entry.line, entry.date.stored(), entry.company];
        values.extend(side(&entry.debit));
        values.extend(side(&entry.credit));
        values.extend([entry.amount, entry.source.0, entry.source.1, entry.source.2]);
        let row = values.into_iter().map(Owned::Int).collect();
        self.behind().put(&self.schema().service().entries, row)
    }

    /// Adds sums to balances and turnovers.
    fn add_sums(&self, sums: &Sums) -> Outcome<()> {
        let service = self.schema().service();
        for ((month, key), [debit, credit, debit_qty, credit_qty, debit_currency, credit_currency]) in &sums.0 {
            let turnover = [*debit, *credit, *debit_qty, *credit_qty, *debit_currency, *credit_currency];
            if turnover == [0; 6] {
                continue;
            }
            let [first, second, third] = key.subs.map(AnyRef::packed);
            let cells = [month.stored(), key.company, key.account, first, second, third, key.currency];
            let balance = [debit - credit, debit_qty - credit_qty, debit_currency - credit_currency];
            self.behind().add(&service.ledger_now, cells.get(1..).unwrap_or_default(), &balance, [0, 0])?;
            self.behind().add(&service.ledger_months, &cells, &turnover, [0, 0])?;
        }
        Ok(())
    }

    /// Erases a document's entries whose line is in a range; gives what they were.
    pub fn erase_entries(&self, document: AnyRef, from: i64, below: i64) -> Outcome<Vec<LedgerMove>> {
        let all = self.entries_of(document)?;
        let was: Vec<LedgerMove> = all.into_iter().filter(|e| e.line >= from && e.line < below).collect();
        if was.is_empty() {
            return Ok(was);
        }
        let sql = "DELETE FROM ledger_moves WHERE document = ?1 AND line >= ?2 AND line < ?3";
        self.engine().execute(sql, &[document.packed().into(), from.into(), below.into()])?;
        let mut sums = Sums::default();
        was.iter().for_each(|entry| sums.add(entry, -1));
        self.add_sums(&sums)?;
        Ok(was)
    }

    /// Sets the amount of an entry that exists, and the totals with it.
    pub fn set_entry_amount(&self, entry: &LedgerMove, amount: i64) -> Outcome<()> {
        if entry.amount == amount {
            return Ok(());
        }
        let sql = "UPDATE ledger_moves SET amount = ?3 WHERE document = ?1 AND line = ?2";
        self.engine().execute(sql, &[entry.document.packed().into(), entry.line.into(), amount.into()])?;
        let plain = |side: &LedgerSide| LedgerSide { qty: 0, currency_amount: 0, ..side.clone() };
        let difference = LedgerMove {
            amount: amount - entry.amount,
            debit: plain(&entry.debit),
            credit: plain(&entry.credit),
            ..entry.clone()
        };
        let mut sums = Sums::default();
        sums.add(&difference, 1);
        self.add_sums(&sums)
    }

    /// The entries of a document, by line.
    pub fn entries_of(&self, document: AnyRef) -> Outcome<Vec<LedgerMove>> {
        let sql = format!("SELECT {COLUMNS} FROM ledger_moves WHERE document = ?1 ORDER BY line");
        self.entries(&sql, &[document.packed().into()])
    }

    /// Entries that touch an account on either side within a period, in the order of time.
    pub fn entries_on(&self, company: i64, account: i64, from: Moment, until: Moment) -> Outcome<Vec<LedgerMove>> {
        let sql = format!(
            "SELECT {COLUMNS} FROM ledger_moves WHERE debit = ?1 AND date >= ?2 AND date <= ?3 AND company = ?4 \
             UNION ALL SELECT {COLUMNS} FROM ledger_moves WHERE credit = ?1 AND debit <> ?1 AND date >= ?2 \
             AND date <= ?3 AND company = ?4 ORDER BY date, document, line"
        );
        let cells = [account.into(), from.stored().into(), until.stored().into(), company.into()];
        let mut found = self.entries(&sql, &cells)?;
        found.sort_by_key(|entry| (entry.date, entry.document, entry.line));
        Ok(found)
    }

    fn entries(&self, sql: &str, cells: &[Cell<'_>]) -> Outcome<Vec<LedgerMove>> {
        let mut found = Vec::new();
        self.engine().query(sql, cells, &mut |row| {
            found.push(read_entry(row));
            Ok(())
        })?;
        Ok(found)
    }

    /// Balances at the end of a moment: what is now, less what came after. Accounts by id; an empty list
    /// means all. Keys whose balance is zero are left out.
    pub fn ledger_balances(
        &self,
        company: i64,
        accounts: &[i64],
        until: Moment,
    ) -> Outcome<BTreeMap<LedgerKey, LedgerSums>> {
        let mut found: BTreeMap<LedgerKey, LedgerSums> = BTreeMap::new();
        let wanted = |account: i64| accounts.is_empty() || accounts.contains(&account);
        let sql = "SELECT account, sub1, sub2, sub3, currency, amount, qty, currency_amount FROM ledger_now \
                   WHERE company = ?1";
        self.engine().query(sql, &[company.into()], &mut |row| {
            if wanted(row.int(0)) {
                let sums = LedgerSums { amount: row.int(5), qty: row.int(6), currency_amount: row.int(7) };
                found.insert(read_key(company, row, 0), sums);
            }
            Ok(())
        })?;
        self.each_turnover(company, until, Moment::FOREVER, &mut |key, turnover| {
            if wanted(key.account) {
                let sums = found.entry(key).or_default();
                sums.amount -= turnover.debit - turnover.credit;
                sums.qty -= turnover.debit_qty - turnover.credit_qty;
            }
        })?;
        found.retain(|_, sums| sums.amount != 0 || sums.qty != 0);
        Ok(found)
    }

    /// Turnovers after `after` up to and including `until`, by key.
    pub fn ledger_turnovers(
        &self,
        company: i64,
        after: Moment,
        until: Moment,
    ) -> Outcome<BTreeMap<LedgerKey, LedgerTurnover>> {
        let mut found: BTreeMap<LedgerKey, LedgerTurnover> = BTreeMap::new();
        self.each_turnover(company, after, until, &mut |key, part| {
            let sum = found.entry(key).or_default();
            sum.debit += part.debit;
            sum.credit += part.credit;
            sum.debit_qty += part.debit_qty;
            sum.credit_qty += part.credit_qty;
        })?;
        Ok(found)
    }

    /// Gives turnovers of the period in parts: whole months from totals, the ends from entries.
    fn each_turnover(
        &self,
        company: i64,
        after: Moment,
        until: Moment,
        each: &mut dyn FnMut(LedgerKey, LedgerTurnover),
    ) -> Outcome<()> {
        if after >= until {
            return Ok(());
        }
        let starts_on_month = after.is_empty() || after == after.month().last().end();
        let first = if after.is_empty() { Month::from_stored(0) } else { after.month().next() };
        let ends_on_month = until == Moment::FOREVER || until == until.month().last().end();
        let last = if until == Moment::FOREVER {
            Month::from_stored(999_912)
        } else if ends_on_month {
            until.month()
        } else {
            until.month().previous()
        };
        if first <= last {
            self.month_turnovers(company, first, last, each)?;
        }
        let same_month = !after.is_empty() && after.month() == until.month();
        if same_month {
            if !(starts_on_month && ends_on_month) {
                self.entry_turnovers(company, after, until, each)?;
            }
            return Ok(());
        }
        if !starts_on_month {
            self.entry_turnovers(company, after, after.month().last().end(), each)?;
        }
        if !ends_on_month {
            let before = until.month().first().start().plus_seconds(-1);
            self.entry_turnovers(company, before, until, each)?;
        }
        Ok(())
    }

    fn month_turnovers(
        &self,
        company: i64,
        first: Month,
        last: Month,
        each: &mut dyn FnMut(LedgerKey, LedgerTurnover),
    ) -> Outcome<()> {
        let sql = "SELECT account, sub1, sub2, sub3, currency, debit, credit, debit_qty, credit_qty \
                   FROM ledger_months WHERE month >= ?1 AND month <= ?2 AND company = ?3";
        let cells = [first.stored().into(), last.stored().into(), company.into()];
        self.engine().query(sql, &cells, &mut |row| {
            let turnover =
                LedgerTurnover { debit: row.int(5), credit: row.int(6), debit_qty: row.int(7), credit_qty: row.int(8) };
            each(read_key(company, row, 0), turnover);
            Ok(())
        })
    }

    fn entry_turnovers(
        &self,
        company: i64,
        after: Moment,
        until: Moment,
        each: &mut dyn FnMut(LedgerKey, LedgerTurnover),
    ) -> Outcome<()> {
        for (side, debit) in [("debit", true), ("credit", false)] {
            let sql = format!(
                "SELECT {side}, {side}1, {side}2, {side}3, {side}_currency, amount, {side}_qty FROM ledger_moves \
                 WHERE {side} <> 0 AND date > ?1 AND date <= ?2 AND company = ?3"
            );
            let cells = [after.stored().into(), until.stored().into(), company.into()];
            self.engine().query(&sql, &cells, &mut |row| {
                let (amount, qty) = (row.int(5), row.int(6));
                let turnover = if debit {
                    LedgerTurnover { debit: amount, debit_qty: qty, ..LedgerTurnover::default() }
                } else {
                    LedgerTurnover { credit: amount, credit_qty: qty, ..LedgerTurnover::default() }
                };
                each(read_key(company, row, 0), turnover);
                Ok(())
            })?;
        }
        Ok(())
    }
}

fn read_key(company: i64, row: &dyn RowView, at: usize) -> LedgerKey {
    let sub = |place: usize| AnyRef::from_packed(row.int(at + place));
    LedgerKey { company, account: row.int(at), subs: [sub(1), sub(2), sub(3)], currency: row.int(at + 4) }
}

fn read_side(row: &dyn RowView, at: usize) -> LedgerSide {
    let sub = |place: usize| AnyRef::from_packed(row.int(at + place));
    LedgerSide {
        account: row.int(at),
        subs: [sub(1), sub(2), sub(3)],
        qty: row.int(at + 4),
        currency: row.int(at + 5),
        currency_amount: row.int(at + 6),
    }
}

fn read_entry(row: &dyn RowView) -> LedgerMove {
    LedgerMove {
        document: AnyRef::from_packed(row.int(0)),
        line: row.int(1),
        date: Moment::from_stored(row.int(2)),
        company: row.int(3),
        debit: read_side(row, 4),
        credit: read_side(row, 11),
        amount: row.int(18),
        source: (row.int(19), row.int(20), row.int(21)),
    }
}
