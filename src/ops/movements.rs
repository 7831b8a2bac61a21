//! «Движения документа»: everything a document has written into registers and the ledger, with titles.

use super::gate::Session;
use super::present::Titles;
use crate::domain::ledger::account::Account;
use crate::domain::registry;
use crate::kernel::facts::Facts;
use crate::kernel::meta::{FieldMeta, RegisterMeta};
use crate::kernel::money::{Money, Qty};
use crate::kernel::object::Declared as _;
use crate::kernel::problems::Outcome;
use crate::kernel::refs::AnyRef;
use crate::kernel::value::{Stored, Type, Value};
use crate::store::ledger::{LedgerMove, LedgerSide};
use crate::store::moves::Move;
use crate::text;
use std::collections::BTreeMap;

/// A column of a table of movements.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MoveColumn {
    /// What it is called.
    pub title: String,
    /// It holds numbers.
    pub number: bool,
}

/// A cell: what it says and what it leads to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MoveCell {
    /// As shown.
    pub text: String,
    /// The object it names; empty for others.
    pub reference: AnyRef,
    /// A number below zero.
    pub negative: bool,
}

/// What a document has written into one register, or into the ledger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MoveTable {
    /// The register's code; `ledger` for the ledger.
    pub code: &'static str,
    /// What it is called.
    pub title: String,
    /// The columns that say anything.
    pub columns: Vec<MoveColumn>,
    /// The movements by line.
    pub rows: Vec<Vec<MoveCell>>,
}

/// What is asked while the tables are put together.
struct Words<'a> {
    session: &'a Session,
    facts: &'a dyn Facts,
    titles: Titles,
}

impl Words<'_> {
    fn reference(&mut self, reference: AnyRef) -> Outcome<MoveCell> {
        let text = self.titles.of(reference, &self.session.store, self.facts)?;
        Ok(MoveCell { text, reference, negative: false })
    }

    fn cell(&mut self, field: &FieldMeta, stored: i64) -> Outcome<MoveCell> {
        let value = Value::from_stored(field.kind, Stored::Int(stored));
        match value {
            Value::Ref(reference) => self.reference(reference),
            // Nothing is said by a nought that is not a sum.
            Value::Int(0) => Ok(MoveCell::default()),
            other => Ok(MoveCell {
                text: other.show(field.kind),
                negative: field.kind.is_number() && stored < 0,
                ..MoveCell::default()
            }),
        }
    }

    fn analytics(&mut self, side: &LedgerSide) -> Outcome<MoveCell> {
        let mut words = Vec::new();
        for sub in side.subs.iter().filter(|sub| !sub.is_empty()) {
            words.push(self.titles.of(*sub, &self.session.store, self.facts)?);
        }
        let reference = side.subs.iter().find(|sub| !sub.is_empty()).copied().unwrap_or_default();
        Ok(MoveCell { text: words.join("; "), reference, negative: false })
    }
}

/// The tables of a document, registers in their order and the ledger last; only those it has written into.
pub fn movements(session: &Session, document: AnyRef) -> Outcome<Vec<MoveTable>> {
    // Whoever may not see the document does not see what it has moved; and some registers are closed to him.
    session.object(document)?;
    let scope = session.store.scope();
    let facts = session.facts();
    let mut words = Words { session, facts: &facts, titles: Titles::default() };
    let mut tables = Vec::new();
    for register in registry::registers().into_iter().filter(|one| !scope.closed_registers.contains(one.code)) {
        let moves = session.store.moves_of(register, document)?;
        if !moves.is_empty() {
            let tells_cost = !scope.veiled_of(document.tag()).is_empty();
            tables.push(register_table(register, &moves, tells_cost, &mut words)?);
        }
    }
    let entries = if scope.opens_ledger() { session.store.entries_of(document)? } else { Vec::new() };
    if !entries.is_empty() {
        tables.push(ledger_table(&entries, &mut words)?);
    }
    facts.result()?;
    Ok(tables)
}

/// `tells_cost` when the document's sums are withheld: whatever it has moved is shown without them.
fn register_table(
    register: &'static RegisterMeta,
    moves: &[Move],
    tells_cost: bool,
    words: &mut Words<'_>,
) -> Outcome<MoveTable> {
    let fields: Vec<&FieldMeta> = register.columns().collect();
    let scope = words.session.store.scope();
    let filled = |at: usize| moves.iter().any(|moved| moved.cells.get(at).copied().unwrap_or(0) != 0);
    let shown: Vec<(usize, &FieldMeta)> = fields
        .iter()
        .enumerate()
        .filter(|(_, field)| !scope.withheld.contains(field.name))
        .filter(|(_, field)| !(tells_cost && matches!(field.kind, Type::Money | Type::Price)))
        .filter(|(at, field)| filled(*at) || register.sum.iter().any(|sum| sum.name == field.name))
        .map(|(at, field)| (at, *field))
        .collect();
    let column = |field: &FieldMeta| MoveColumn {
        title: register.field_label(field),
        number: field.kind.is_number() && !matches!(field.kind, Type::Int),
    };
    let mut rows = Vec::new();
    for moved in moves {
        let mut row = Vec::new();
        for (at, field) in &shown {
            row.push(words.cell(field, moved.cells.get(*at).copied().unwrap_or(0))?);
        }
        rows.push(row);
    }
    let columns = shown.iter().map(|(_, field)| column(field)).collect();
    Ok(MoveTable { code: register.code, title: register.label(), columns, rows })
}

fn ledger_table(entries: &[LedgerMove], words: &mut Words<'_>) -> Outcome<MoveTable> {
    let codes: BTreeMap<i64, String> = words.session.store.accounts_under("")?.into_iter().collect();
    let account = |side: &LedgerSide| MoveCell {
        text: codes.get(&side.account).cloned().unwrap_or_default(),
        reference: AnyRef::new(Account::TAG, side.account),
        negative: false,
    };
    let qty = |side: &LedgerSide| MoveCell {
        text: if side.qty == 0 { String::new() } else { Qty::from_minor(side.qty).short() },
        negative: side.qty < 0,
        ..MoveCell::default()
    };
    let mut rows = Vec::new();
    for entry in entries {
        let amount = Money::from_minor(entry.amount);
        rows.push(vec![
            account(&entry.debit),
            words.analytics(&entry.debit)?,
            qty(&entry.debit),
            account(&entry.credit),
            words.analytics(&entry.credit)?,
            qty(&entry.credit),
            MoveCell { text: amount.grouped(), negative: entry.amount < 0, ..MoveCell::default() },
        ]);
    }
    let plain = |title: crate::kernel::text::Text| MoveColumn { title: title.show(), number: false };
    let number = |title: crate::kernel::text::Text| MoveColumn { title: title.show(), number: true };
    let columns = vec![
        plain(text!("ledger-debit")),
        plain(text!("ledger-debit-subs")),
        number(text!("ledger-qty")),
        plain(text!("ledger-credit")),
        plain(text!("ledger-credit-subs")),
        number(text!("ledger-qty")),
        number(text!("ledger-amount")),
    ];
    Ok(MoveTable { code: "ledger", title: text!("ledger-title").show(), columns, rows })
}
