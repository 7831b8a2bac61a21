//! The texts of the questions of reports.

use super::base::Store;
use super::report::{Axis, Condition, Measure, Origin, Portion, Question, Target};
use super::schema::{Schema, quoted};
use crate::kernel::meta::ObjectMeta;
use crate::kernel::moment::{Moment, Month};
use crate::kernel::value::Type;

/// What is read of an origin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reading {
    /// Current totals.
    Now,
    /// Turnovers of whole months, both included.
    Months {
        /// The first.
        from: Month,
        /// The last.
        until: Month,
    },
    /// Movements.
    Moves {
        /// After this moment.
        after: Moment,
        /// Up to this one, included.
        until: Moment,
        /// In the order in which they lie, not by the index of dates.
        wide: bool,
    },
}

/// A part of an answer, added or taken away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Part {
    /// What is read.
    pub reading: Reading,
    /// 1 or -1.
    pub sign: i64,
}

impl Part {
    /// A reading with its sign.
    pub const fn plain(reading: Reading, sign: i64) -> Self {
        Self { reading, sign }
    }
}

/// A table read, and how the columns of the question are called in it.
#[derive(Clone, Copy)]
pub(super) struct Table {
    origin: Origin,
    reading: Reading,
    /// The side of an entry: 1 debit, -1 credit, 0 where there are no sides.
    side: i64,
}

/// The statement of a question over its parts.
pub(super) fn statement(
    store: &Store,
    question: &Question,
    parts: &[Part],
    skipped: &[(&'static str, &'static str)],
) -> String {
    let mut selects = Vec::new();
    for part in parts {
        for table in tables(question.origin, part.reading) {
            selects.push((table, part.sign));
        }
    }
    let groups = question.by.len();
    let group: Vec<String> = (1..=groups).map(|at| at.to_string()).collect();
    let group = if group.is_empty() { String::new() } else { format!(" GROUP BY {}", group.join(", ")) };
    if let [(table, sign)] = selects.as_slice() {
        let sums = question.measures.iter().map(|measure| table.sum(measure, *sign));
        let columns: Vec<String> = question.by.iter().map(|axis| table.axis(*axis)).chain(sums).collect();
        let condition = table.conditions(store, question, skipped);
        return format!("SELECT {} FROM {} WHERE {condition}{group}", columns.join(", "), table.name());
    }
    let inner: Vec<String> = selects
        .iter()
        .map(|(table, sign)| {
            let axes = question.by.iter().enumerate().map(|(at, axis)| format!("{} AS g{at}", table.axis(*axis)));
            let sums = question.measures.iter().enumerate();
            let sums = sums.map(|(at, measure)| format!("{} AS s{at}", table.value(measure, *sign)));
            let columns: Vec<String> = axes.chain(sums).collect();
            let condition = table.conditions(store, question, skipped);
            format!("SELECT {} FROM {} WHERE {condition}", columns.join(", "), table.name())
        })
        .collect();
    let axes = (0..groups).map(|at| format!("g{at}"));
    let sums = (0..question.measures.len()).map(|at| format!("CAST(COALESCE(SUM(s{at}), 0) AS BIGINT)"));
    let columns: Vec<String> = axes.chain(sums).collect();
    format!("SELECT {} FROM ({}) AS parts{group}", columns.join(", "), inner.join(" UNION ALL "))
}

/// The tables of a reading: the ledger is read once for each side of its entries.
pub(super) fn tables(origin: Origin, reading: Reading) -> Vec<Table> {
    let sides: &[i64] = match (origin, reading) {
        (Origin::Ledger, Reading::Moves { .. }) => &[1, -1],
        _ => &[0],
    };
    sides.iter().map(|side| Table { origin, reading, side: *side }).collect()
}

impl Table {
    pub(super) fn name(&self) -> String {
        let code = self.origin.code();
        match (self.origin, self.reading) {
            (Origin::Documents(_), _) => quoted(code),
            (_, Reading::Now) => format!("{code}_now"),
            (_, Reading::Months { .. }) => format!("{code}_months"),
            (_, Reading::Moves { .. }) => format!("{code}_moves"),
        }
    }

    /// The side of an entry, 1 or -1; 0 elsewhere.
    pub(super) const fn side(&self) -> i64 {
        self.side
    }

    pub(super) fn axis(&self, axis: Axis) -> String {
        match (axis, self.origin) {
            (Axis::Document, Origin::Documents(meta)) => format!("(id * 256 + {})", meta.tag),
            (Axis::Document, _) => "document".to_owned(),
            (Axis::Day, _) => "(date / 1000000)".to_owned(),
            (Axis::Month, _) => "(date / 100000000)".to_owned(),
            (Axis::Column(name), Origin::Ledger) => self.ledger_column(name),
            (Axis::Column(name), _) => quoted(name),
        }
    }

    /// A column of the ledger as an entry has it on this side.
    fn ledger_column(&self, name: &str) -> String {
        let (own, other) = match self.side {
            1 => ("debit", "credit"),
            -1 => ("credit", "debit"),
            _ => return quoted(name),
        };
        match name {
            "account" => own.to_owned(),
            "currency" => format!("{own}_currency"),
            "sub1" | "sub2" | "sub3" => format!("{own}{}", name.trim_start_matches("sub")),
            "corr" => other.to_owned(),
            "corr1" | "corr2" | "corr3" => format!("{other}{}", name.trim_start_matches("corr")),
            "qty" => format!("{own}_qty"),
            "currency_amount" => format!("{own}_currency_amount"),
            other => quoted(other),
        }
    }

    /// What one row adds to a measure.
    fn value(&self, measure: &Measure, sign: i64) -> String {
        let minus = if sign < 0 { "-" } else { "" };
        let plain = self.unsigned(measure);
        let value = match measure.when {
            Some((column, wanted)) => {
                format!("CASE WHEN {} = {wanted} THEN {plain} ELSE 0 END", self.axis(Axis::Column(column)))
            }
            None => plain,
        };
        if minus.is_empty() { value } else { format!("-({value})") }
    }

    fn unsigned(&self, measure: &Measure) -> String {
        if measure.portion == Portion::Count {
            return "1".to_owned();
        }
        if let Origin::Ledger = self.origin {
            return self.ledger_value(measure);
        }
        let column = quoted(measure.column);
        match measure.portion {
            Portion::In => format!("CASE WHEN {column} > 0 THEN {column} ELSE 0 END"),
            Portion::Out => format!("CASE WHEN {column} < 0 THEN -{column} ELSE 0 END"),
            Portion::Net | Portion::Count => column,
        }
    }

    fn ledger_value(&self, measure: &Measure) -> String {
        let column = self.ledger_column(measure.column);
        match (self.reading, measure.portion) {
            (Reading::Now, _) => column,
            (Reading::Months { .. }, portion) => {
                let (debit, credit) = match measure.column {
                    "qty" => ("debit_qty", "credit_qty"),
                    "currency_amount" => ("debit_currency", "credit_currency"),
                    _ => ("debit", "credit"),
                };
                match portion {
                    Portion::In => debit.to_owned(),
                    Portion::Out => credit.to_owned(),
                    _ => format!("{debit} - {credit}"),
                }
            }
            (Reading::Moves { .. }, portion) => match (portion, self.side) {
                (Portion::In, 1) | (Portion::Out, -1) | (Portion::Net, 1) => column,
                (Portion::Net, _) => format!("-{column}"),
                _ => "0".to_owned(),
            },
        }
    }

    fn sum(&self, measure: &Measure, sign: i64) -> String {
        match measure.portion {
            Portion::Count => "count(*)".to_owned(),
            _ => format!("CAST(COALESCE(SUM({}), 0) AS BIGINT)", self.value(measure, sign)),
        }
    }

    /// Everything a row must fulfil. Integers are written into the text: none of them is a user's words.
    pub(super) fn conditions(
        &self,
        store: &Store,
        question: &Question,
        skipped: &[(&'static str, &'static str)],
    ) -> String {
        let mut parts: Vec<String> =
            question.conditions.iter().map(|condition| self.condition(store.schema(), condition)).collect();
        parts.extend(store.scope_of(self, self.origin, self.reading));
        match self.reading {
            Reading::Now => {}
            Reading::Months { from, until } => {
                parts.push(format!("month >= {} AND month <= {}", from.stored(), until.stored()));
            }
            Reading::Moves { after, until, wide } => {
                let date = if wide { "+date" } else { "date" };
                if !after.is_empty() {
                    parts.push(format!("{date} > {}", after.stored()));
                }
                if until < Moment::FOREVER {
                    parts.push(format!("{date} <= {}", until.stored()));
                }
                if !wide {
                    parts.extend(skipped.iter().map(|(column, kind)| every(&quoted(column), kind)));
                }
                self.sides(question, wide, &mut parts);
            }
        }
        if let Origin::Documents(_) = self.origin {
            parts.push("posted = 1 AND marked = 0".to_owned());
        }
        if parts.is_empty() { "1 = 1".to_owned() } else { parts.join(" AND ") }
    }

    /// Entries have no index by date alone: with every account named, those by account and date serve.
    fn sides(&self, question: &Question, wide: bool, parts: &mut Vec<String>) {
        if self.side == 0 {
            return;
        }
        let own = self.ledger_column("account");
        parts.push(format!("{own} <> 0"));
        let chosen = question.conditions.iter().any(|condition| condition.axis == Axis::Column("account"));
        if !wide && !chosen {
            parts.push(every(&own, "account"));
        }
    }

    fn condition(&self, schema: &Schema, condition: &Condition) -> String {
        let axis = self.axis(condition.axis);
        let Some((first, rest)) = condition.path.split_first() else {
            return format!("{axis} IN ({})", listed(&condition.values));
        };
        match condition.target {
            Some(Target::Kind(meta)) => format!("{axis} IN ({})", owners(meta, first, rest, &condition.values)),
            Some(Target::Any) => {
                let kinds = schema.kinds().iter().map(|kind| kind.meta()).filter(|meta| meta.field(first).is_some());
                let each: Vec<String> = kinds
                    .map(|meta| {
                        let ids = owners(meta, first, rest, &condition.values);
                        format!("(({axis} & 255) = {} AND ({axis} >> 8) IN ({ids}))", meta.tag)
                    })
                    .collect();
                if each.is_empty() { "1 = 0".to_owned() } else { format!("({})", each.join(" OR ")) }
            }
            None => "1 = 0".to_owned(),
        }
    }
}

fn every(column: &str, kind: &str) -> String {
    format!("{column} IN (SELECT id FROM {})", quoted(kind))
}

fn listed(values: &[i64]) -> String {
    values.iter().map(i64::to_string).collect::<Vec<_>>().join(", ")
}

/// The ids of the objects from which a path of fields leads to one of the values.
fn owners(meta: &ObjectMeta, first: &str, rest: &[&'static str], values: &[i64]) -> String {
    let select = format!("SELECT id FROM {} WHERE {}", quoted(meta.code), quoted(first));
    let kind = meta.field(first).and_then(|at| meta.fields.get(at)).map(|field| field.kind);
    match (rest.split_first(), kind) {
        (None, _) => format!("{select} IN ({})", listed(values)),
        (Some((next, rest)), Some(Type::Ref(target))) => {
            format!("{select} IN ({})", owners(target(), next, rest, values))
        }
        // A path goes on only from a reference to one kind, which the declaration is checked for.
        (Some(_), _) => format!("{select} IN (NULL)"),
    }
}
