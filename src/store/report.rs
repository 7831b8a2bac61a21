//! Questions of reports: sums of a register, of the ledger or of documents by any of their columns.
//!
//! A balance at a past moment is a total and a part of one month's movements; turnovers of whole months come
//! from the totals where these know what is asked. What is asked is data ([`Question`]); the texts are made in
//! [`super::report_sql`].

use super::base::Store;
use super::engine::{Cell, rows};
use super::report_sql::{Part, Reading, statement};
use crate::kernel::meta::{ObjectMeta, RegisterKind, RegisterMeta};
use crate::kernel::moment::{Moment, Month};
use crate::kernel::problems::{Error, Outcome};
use crate::text;

/// Where rows come from.
#[derive(Clone, Copy, Debug)]
pub enum Origin {
    /// A register.
    Register(&'static RegisterMeta),
    /// The ledger, each entry seen from both of its sides.
    Ledger,
    /// The posted documents of a kind, by their fields.
    Documents(&'static ObjectMeta),
}

/// What rows are grouped by or chosen by: always one integer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Axis {
    /// A column of the movement; of the ledger `account`, `sub1`..`sub3`, `currency`, `company`, and of the
    /// other side `corr`, `corr1`..`corr3`.
    Column(&'static str),
    /// The document that made the movement, as a packed reference.
    Document,
    /// The day, `yyyymmdd`.
    Day,
    /// The month, `yyyymm`.
    Month,
}

/// Which part of a movement is summed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Portion {
    /// As it is; of the ledger debit less credit.
    Net,
    /// What came: positive movements, debits.
    In,
    /// What went, as a positive number: negative movements, credits.
    Out,
    /// How many rows.
    Count,
}

/// A sum.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Measure {
    /// The column; of no meaning for [`Portion::Count`].
    pub column: &'static str,
    /// Which part of it.
    pub portion: Portion,
    /// Only movements whose column holds this value.
    pub when: Option<(&'static str, i64)>,
}

/// What a path of fields begins at.
#[derive(Clone, Copy, Debug)]
pub enum Target {
    /// Objects of one kind; the axis holds bare ids.
    Kind(&'static ObjectMeta),
    /// Objects of any kind; the axis holds packed references.
    Any,
}

/// Rows are taken when the axis, or what the path of fields from it leads to, holds one of the values.
#[derive(Clone, Debug)]
pub struct Condition {
    /// The axis.
    pub axis: Axis,
    /// The fields that lead on from the object on the axis; empty for the axis itself.
    pub path: Vec<&'static str>,
    /// The object on the axis, when there is a path.
    pub target: Option<Target>,
    /// Values as stored.
    pub values: Vec<i64>,
}

/// What is asked.
#[derive(Clone, Debug)]
pub struct Question {
    /// Of which rows.
    pub origin: Origin,
    /// Grouped by.
    pub by: Vec<Axis>,
    /// Summed up.
    pub measures: Vec<Measure>,
    /// Chosen by; all must hold.
    pub conditions: Vec<Condition>,
}

/// Takes the rows of an answer: the cells of the axes, then of the measures. An error stops the reading.
pub type EachSum<'a> = &'a mut dyn FnMut(&[i64]) -> Outcome<()>;

/// What a total of the ledger is kept by.
const LEDGER_KEY: [&str; 6] = ["company", "account", "sub1", "sub2", "sub3", "currency"];
/// What an entry knows of its other side.
const LEDGER_OTHER: [&str; 4] = ["corr", "corr1", "corr2", "corr3"];
/// What the ledger sums up.
const LEDGER_SUMS: [&str; 3] = ["amount", "qty", "currency_amount"];

impl Origin {
    /// The declared name of a column that may be an axis.
    pub fn axis(self, name: &str) -> Option<&'static str> {
        let known = |all: &[&'static str]| all.iter().copied().find(|own| *own == name);
        match self {
            Origin::Register(meta) => {
                let fields = meta.key.iter().chain(meta.note);
                fields.map(|field| field.name).find(|own| *own == name)
            }
            Origin::Ledger => known(&LEDGER_KEY).or_else(|| known(&LEDGER_OTHER)),
            Origin::Documents(meta) => meta
                .fields
                .iter()
                .filter(|field| !field.kind.is_text())
                .map(|field| field.name)
                .find(|own| *own == name),
        }
    }

    /// The declared name of a column that may be summed.
    pub fn sum(self, name: &str) -> Option<&'static str> {
        match self {
            Origin::Register(meta) => meta.sum.iter().map(|field| field.name).find(|own| *own == name),
            Origin::Ledger => LEDGER_SUMS.iter().copied().find(|own| *own == name),
            Origin::Documents(meta) => meta
                .fields
                .iter()
                .filter(|field| field.kind.is_number())
                .map(|field| field.name)
                .find(|own| *own == name),
        }
    }

    /// True when totals are kept by this axis: a balance by it is known.
    pub fn keeps(self, axis: Axis) -> bool {
        let Axis::Column(name) = axis else { return false };
        match self {
            Origin::Register(meta) => meta.key.iter().any(|field| field.name == name),
            Origin::Ledger => LEDGER_KEY.contains(&name),
            Origin::Documents(_) => false,
        }
    }

    /// True when it has balances at all.
    pub fn has_balance(self) -> bool {
        match self {
            Origin::Register(meta) => super::schema::has_totals(meta),
            Origin::Ledger => true,
            Origin::Documents(_) => false,
        }
    }

    /// True when turnovers by month are kept.
    pub(super) fn has_months(self) -> bool {
        match self {
            Origin::Register(meta) => meta.kind == RegisterKind::Balance,
            Origin::Ledger => true,
            Origin::Documents(_) => false,
        }
    }

    /// The name its tables begin with.
    pub fn code(self) -> &'static str {
        match self {
            Origin::Register(meta) => meta.code,
            Origin::Ledger => "ledger",
            Origin::Documents(meta) => meta.code,
        }
    }
}

/// The moment before the first of a month, after which its movements come.
fn before(month: Month) -> Moment {
    month.previous().last().end()
}

fn months_between(from: Month, to: Month) -> i64 {
    let count = |month: Month| month.stored() / 100 * 12 + month.stored() % 100;
    (count(to) - count(from)).max(0)
}

impl Store {
    /// Balances at the end of a moment; groups whose sums are all zero are left out.
    pub fn report_balances(&self, question: &Question, at: Moment, each: EachSum<'_>) -> Outcome<()> {
        if !question.origin.has_balance() {
            return Err(Error::Failed(text!("store-other"), question.origin.code().to_owned()));
        }
        let parts = if question.origin.has_months() {
            self.balance_by_months(question.origin, at)?
        } else {
            self.balance_by_moves(question.origin, at)?
        };
        self.read_sums(question, &parts, each)
    }

    /// Sums of what moved from one moment to another, both included.
    pub fn report_turnovers(&self, question: &Question, from: Moment, until: Moment, each: EachSum<'_>) -> Outcome<()> {
        let parts = if self.knows_months(question) {
            self.turnover_by_months(question.origin, from, until)?
        } else {
            vec![self.moves_part(question.origin, from.plus_seconds(-1), until, false)?]
        };
        self.read_sums(question, &parts, each)
    }

    fn read_sums(&self, question: &Question, parts: &[Part], each: EachSum<'_>) -> Outcome<()> {
        self.scope().read_origin(question)?;
        let sql = statement(self, question, parts, &self.small_key(question)?);
        let width = question.by.len() + question.measures.len();
        let mut cells = vec![0; width];
        self.engine().query(&sql, &[], &mut |row| {
            cells.iter_mut().enumerate().for_each(|(at, cell)| *cell = row.int(at));
            each(&cells)
        })
    }

    /// Whether the totals of months know everything that is asked.
    fn knows_months(&self, question: &Question) -> bool {
        let origin = question.origin;
        let portions = question.measures.iter().all(|measure| {
            let known = matches!(origin, Origin::Ledger) || measure.portion == Portion::Net;
            known && measure.when.is_none() && measure.portion != Portion::Count
        });
        let axes = question.by.iter().chain(question.conditions.iter().map(|condition| &condition.axis));
        origin.has_months() && portions && axes.copied().all(|axis| origin.keeps(axis))
    }

    /// From the near end of the history, and from the near end of the moment's month.
    fn balance_by_months(&self, origin: Origin, at: Moment) -> Outcome<Vec<Part>> {
        let Some((first, last)) = self.months(origin)? else { return Ok(vec![Part::plain(Reading::Now, 1)]) };
        if at.month() > last || at >= Moment::FOREVER {
            return Ok(vec![Part::plain(Reading::Now, 1)]);
        }
        let month = at.month();
        let whole = at == month.last().end();
        // The balance at the end of the month, when that end is nearer, or at its beginning.
        let at_end = whole || at.date().day() > 15;
        let kept = if at_end { month } else { month.previous() };
        let mut parts = if months_between(month, last) <= months_between(first, month) {
            let after = Reading::Months { from: kept.next(), until: Month::from_stored(999_912) };
            vec![Part::plain(Reading::Now, 1), Part::plain(after, -1)]
        } else {
            vec![Part::plain(Reading::Months { from: Month::from_stored(0), until: kept }, 1)]
        };
        if at_end && !whole {
            parts.push(Part { sign: -1, ..self.moves_part(origin, at, month.last().end(), false)? });
        } else if !at_end {
            parts.push(self.moves_part(origin, before(month), at, false)?);
        }
        Ok(parts)
    }

    /// What keeps no months: from the beginning or from now, whichever is nearer.
    fn balance_by_moves(&self, origin: Origin, at: Moment) -> Outcome<Vec<Part>> {
        let now = Part::plain(Reading::Now, 1);
        if at >= Moment::FOREVER {
            return Ok(vec![now]);
        }
        let dated = matches!(origin, Origin::Register(meta) if meta.kind == RegisterKind::OpenDated);
        if !dated {
            let after = Reading::Moves { after: at, until: Moment::FOREVER, wide: true };
            return Ok(vec![now, Part::plain(after, -1)]);
        }
        let Some((first, last)) = self.dates(origin)? else { return Ok(vec![now]) };
        if at >= last {
            return Ok(vec![now]);
        }
        if at.date().days_since(first.date()) < last.date().days_since(at.date()) {
            return Ok(vec![self.moves_part(origin, Moment::EMPTY, at, false)?]);
        }
        Ok(vec![now, Part { sign: -1, ..self.moves_part(origin, at, Moment::FOREVER, false)? }])
    }

    fn turnover_by_months(&self, origin: Origin, from: Moment, until: Moment) -> Outcome<Vec<Part>> {
        let after = from.plus_seconds(-1);
        let begins = from.is_empty() || from == from.month().first().start();
        let ends = until >= Moment::FOREVER || until == until.month().last().end();
        let first = if from.is_empty() || begins { from.month() } else { from.month().next() };
        let last = if until >= Moment::FOREVER {
            Month::from_stored(999_912)
        } else if ends {
            until.month()
        } else {
            until.month().previous()
        };
        if first > last {
            return Ok(vec![self.moves_part(origin, after, until, false)?]);
        }
        let mut parts = vec![Part::plain(Reading::Months { from: first, until: last }, 1)];
        if !begins {
            parts.push(self.moves_part(origin, after, before(first), false)?);
        }
        if !ends {
            parts.push(self.moves_part(origin, before(until.month()), until, false)?);
        }
        Ok(parts)
    }

    /// Movements after a moment up to another one. A large part of all of them is read in the order in which
    /// they lie rather than by the index of dates.
    pub(super) fn moves_part(&self, origin: Origin, after: Moment, until: Moment, ordered: bool) -> Outcome<Part> {
        let wide = !ordered && self.is_wide(origin, after, until)?;
        Ok(Part::plain(Reading::Moves { after, until, wide }, 1))
    }

    fn is_wide(&self, origin: Origin, after: Moment, until: Moment) -> Outcome<bool> {
        let Some((first, last)) = self.dates(origin)? else { return Ok(false) };
        let (from, to) = (after.max(first).date(), until.min(last).date());
        Ok(to.days_since(from) * 4 > last.date().days_since(first.date()))
    }

    /// The first and the last month with totals.
    fn months(&self, origin: Origin) -> Outcome<Option<(Month, Month)>> {
        let table = format!("{}_months", origin.code());
        let found = self.ends(&table, "month")?;
        Ok(found.map(|(first, last)| (Month::from_stored(first), Month::from_stored(last))))
    }

    /// The first and the last moment with movements; of the ledger, by its months.
    fn dates(&self, origin: Origin) -> Outcome<Option<(Moment, Moment)>> {
        let (table, column) = match origin {
            Origin::Ledger => {
                let months = self.months(origin)?;
                return Ok(months.map(|(first, last)| (first.first().start(), last.last().end())));
            }
            Origin::Register(meta) => (format!("{}_moves", meta.code), "date"),
            Origin::Documents(meta) => (super::schema::quoted(meta.code), "date"),
        };
        let found = self.ends(&table, column)?;
        Ok(found.map(|(first, last)| (Moment::from_stored(first), Moment::from_stored(last))))
    }

    fn ends(&self, table: &str, column: &str) -> Outcome<Option<(i64, i64)>> {
        // Two questions, so that each is answered by one end of the index.
        let one = |what: &str| {
            let sql = format!("SELECT {what}({column}) FROM {table}");
            Ok::<i64, Error>(super::engine::int(self.engine(), &sql, &[])?.unwrap_or(0))
        };
        let (first, last) = (one("MIN")?, one("MAX")?);
        Ok((last != 0).then_some((first, last)))
    }

    /// Leading columns of the totals' key that a condition skips and that refer to small catalogs: with all of
    /// their elements named, the index by key serves a condition on a later column.
    fn small_key(&self, question: &Question) -> Outcome<Vec<(&'static str, &'static str)>> {
        /// More elements than this are not worth naming.
        const FEW: i64 = 40;
        let Origin::Register(meta) = question.origin else { return Ok(Vec::new()) };
        if meta.kind != RegisterKind::Balance {
            return Ok(Vec::new());
        }
        let chosen = |name: &str| {
            let by = |condition: &Condition| condition.axis == Axis::Column(name_of(meta, name));
            question.conditions.iter().any(|condition| condition.path.is_empty() && by(condition))
        };
        let Some(last) = meta.key.iter().rposition(|field| chosen(field.name)) else { return Ok(Vec::new()) };
        let mut skipped = Vec::new();
        for field in meta.key.iter().take(last).filter(|field| !chosen(field.name)) {
            let Some(target) = field.kind.target() else { return Ok(Vec::new()) };
            if self.count(target)? > FEW {
                return Ok(Vec::new());
            }
            skipped.push((field.name, target.code));
        }
        Ok(skipped)
    }

    /// Rows of a statement made elsewhere in the store.
    pub(super) fn report_rows(&self, sql: &str, width: usize) -> Outcome<Vec<Vec<i64>>> {
        let none: &[Cell<'_>] = &[];
        rows(self.engine(), sql, none, width)
    }
}

fn name_of(meta: &RegisterMeta, name: &str) -> &'static str {
    meta.key.iter().map(|field| field.name).find(|own| *own == name).unwrap_or("")
}
