//! Random steps of work on a base.

use super::random::Random;
use super::{model, supply};
use crate::bases::{engines, or_say};
use crate::digest::digest;
use kontora::domain::registers::settlements::Settlements;
use kontora::domain::registry;
use kontora::kernel::moment::{Date, Moment};
use kontora::kernel::money::Money;
use kontora::kernel::object::Object;
use kontora::kernel::problems::Error;
use kontora::kernel::refs::AnyRef;
use kontora::kernel::register::Register as _;
use kontora::ops::check::check;
use kontora::ops::gate::{Op, Session};
use kontora::ops::load::load;
use serde_json::{Value as Json, json};
use std::collections::BTreeMap;

/// Goods by moving average, goods by FIFO, a service.
pub(super) const ITEMS: &[&str] = &["T1", "T2", "T3", "F1", "F2", "delivery"];
pub(super) const CUSTOMERS: &[&str] = &["C1", "C2", "C3"];
pub(super) const SUPPLIERS: &[&str] = &["S1", "S2"];
pub(super) const WAREHOUSES: &[&str] = &["main", "main", "W2"];

const MASTERS: &str = r#"
{"type":"warehouse","code":"W2","name":"Второй склад"}
{"type":"item","code":"T1","name":"Чайник"}
{"type":"item","code":"T2","name":"Утюг"}
{"type":"item","code":"T3","name":"Лампа","vat":"reduced"}
{"type":"item","code":"F1","name":"Ваза","item_group":"02"}
{"type":"item","code":"F2","name":"Рама","item_group":"02"}
{"type":"counterparty","code":"S1","name":"Север"}
{"type":"counterparty","code":"S2","name":"Юг"}
{"type":"counterparty","code":"C1","name":"Ромашка"}
{"type":"counterparty","code":"C2","name":"Василек"}
{"type":"counterparty","code":"C3","name":"Пион"}
{"type":"agreement","code":"A1","name":"Аванс","stages":[{"kind":"advance","percent":"30","days":1},{"kind":"credit","percent":"70","days":9}]}
{"type":"agreement","code":"A2","name":"Предоплата","supply":"to_supply","stages":[{"kind":"prepayment","percent":"100"}]}
"#;

/// How long the work goes on.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Pace {
    /// A quarter of a year: anything done in it may be changed later.
    Quarter,
    /// Years: what is older than the last [`LOOKED_AT`] documents rests, and of its orders few stay open.
    Years,
}

/// Documents that are worked with while years go by.
const LOOKED_AT: usize = 60;

/// After so many further documents an order that was forgotten is found and closed.
const FORGOTTEN: usize = 3_000;

/// A base at work.
pub struct Work {
    pub session: Session,
    pub seed: u64,
    pub accepted: usize,
    pub(super) random: Random,
    /// How long it goes on.
    pub(super) pace: Pace,
    /// Documents made: kind and key.
    pub(super) documents: Vec<(&'static str, String)>,
    /// Lines tried, with what was said of them.
    pub(super) told: Vec<String>,
    /// Each document has a second of its own: at one moment those of a kind act in the order of their ids.
    pub(super) second: i64,
    /// Told after every line that was taken: how many were. Nothing is compared then.
    pub(super) tell: Option<Tell>,
}

/// Hears how many lines were taken.
pub type Tell = Box<dyn FnMut(&Session, usize)>;

/// The clock of a simulation.
pub fn now() -> Moment {
    Date::ymd(2026, 12, 31).unwrap().at(9, 0, 0)
}

/// A base before the first document.
pub fn fresh(seed: u64) -> Session {
    // Seeds go round the engines at hand.
    let engines = engines();
    let session = engines[usize::try_from(seed).unwrap() % engines.len()].fresh(now());
    prepare(&session, seed);
    session
}

/// What every simulation begins with.
pub fn prepare(session: &Session, seed: u64) {
    let regime = if seed.is_multiple_of(2) { "general" } else { "simplified_free" };
    let company = format!(
        "{{\"type\":\"company\",\"code\":\"main\",\"regimes\":[{{\"from\":\"2004-01-01\",\"regime\":\"{regime}\"}}]}}\n"
    );
    let settings = format!("{{\"type\":\"settings\",\"code\":\"main\",\"close_orders\":{}}}\n", seed.is_multiple_of(3));
    let loaded = load(session, &[&company, &settings, MASTERS].concat(), &mut |_| true);
    loaded.unwrap_or_else(|bad| panic!("{}", bad[0].error.sentence()));
}

impl Work {
    pub fn new(seed: u64) -> Self {
        Self::over(fresh(seed), seed, None)
    }

    /// Work that goes on for years.
    pub fn for_years(seed: u64) -> Self {
        let mut work = Self::new(seed);
        work.pace = Pace::Years;
        work
    }

    /// Over a prepared base.
    pub fn over(session: Session, seed: u64, tell: Option<Tell>) -> Self {
        Self {
            session,
            seed,
            accepted: 0,
            pace: Pace::Quarter,
            random: Random::new(seed),
            documents: Vec::new(),
            told: Vec::new(),
            second: 0,
            tell,
        }
    }

    /// What was done so far, for the one who looks for the reason.
    pub fn story(&self) -> String {
        self.told.join("\n")
    }

    /// Everything that is not as it must be.
    pub fn wrong(&self) -> Vec<String> {
        let report = check(&self.session, &mut |_| true).unwrap_or_else(|error| panic!("{}", error.sentence()));
        let mut wrong: Vec<String> = report.faults.iter().map(kontora::kernel::text::Text::show).collect();
        wrong.extend(model::differences(&self.session));
        wrong.extend(supply::wrong(&self.session));
        wrong
    }

    /// One random deed.
    pub fn step(&mut self) {
        match self.random.below(36) {
            0..=4 => self.receipt(),
            5..=8 => self.order(),
            9..=12 => self.ship(),
            13 => self.free_issue(),
            14 | 15 => self.customer_return(),
            16 | 17 => self.payment(),
            18 => self.refund(),
            19 => self.pay_supplier(),
            20 | 21 => self.supplier_order(),
            22 => self.supplier_return(),
            23 => self.tax_invoice(),
            24 => self.month_closing(),
            25 | 26 => self.take_back(),
            27 => self.edit_rows(),
            28 => self.move_in_time(),
            29 => self.change_order(),
            _ => self.supply_step(),
        }
    }

    /// Loads a line; `must` says that nothing can forbid it.
    pub(super) fn load(&mut self, line: &Json, must: bool) -> bool {
        let compared = self.random.once_in(6) && self.tell.is_none() && self.pace == Pace::Quarter;
        let before = if compared { Some(digest(&self.session)) } else { None };
        let line = line.to_string();
        let outcome = self.session.run(Op::Load, |tx| tx.load_line(&line));
        let said = match &outcome {
            Ok(_) => String::new(),
            Err(Error::Refused(problems, meta)) => problems.sentences(*meta),
            Err(other) => panic!("seed {}: {line}: {}\n{}", self.seed, other.sentence(), self.story()),
        };
        let story = |work: &Self| format!("seed {}: {line}: {said}\n{}", work.seed, work.story());
        if outcome.is_ok() {
            self.accepted += 1;
            if let Some(tell) = &mut self.tell {
                tell(&self.session, self.accepted);
            }
        } else {
            // A run that is only told of looks for other things than what may be refused.
            assert!(!must || self.tell.is_some(), "refused what nothing forbids: {}", story(self));
            let changed = before.map(|before| before.differences(&digest(&self.session))).unwrap_or_default();
            assert!(changed.is_empty(), "refused, and yet changed {changed:?}: {}", story(self));
        }
        self.told.push(if said.is_empty() { line } else { format!("# {line} -- {said}") });
        if self.pace == Pace::Years && self.told.len() > 2_000 {
            self.told.drain(..1_000);
        }
        outcome.is_ok()
    }

    /// Makes a document and remembers its name.
    pub(super) fn make(&mut self, kind: &'static str, mut line: Json, must: bool) {
        let key = format!("D{}", self.documents.len() + 1);
        line["type"] = json!(kind);
        line["key"] = json!(key);
        if line.get("date").is_none() {
            line["date"] = json!(self.moment());
        }
        line["post"] = json!(!self.random.once_in(12) || must);
        if self.load(&line, must) {
            self.documents.push((kind, key));
            self.rest();
        }
    }

    /// While years go by, orders nobody works with any more are closed; one in a hundred is forgotten for a long time.
    /// Now and then everybody pays what he owes.
    fn rest(&mut self) {
        let Some(old) = self.documents.len().checked_sub(LOOKED_AT).filter(|_| self.pace == Pace::Years) else {
            return;
        };
        let (kind, key) = self.documents[old].clone();
        if old.is_multiple_of(LOOKED_AT) {
            self.square_up(old);
        }
        if kind.ends_with("_order") && !self.random.once_in(100) {
            self.load(&json!({"type": kind, "key": key, "closed": true}), false);
        }
        let found = self.documents.len().checked_sub(FORGOTTEN).map(|found| self.documents[found].clone());
        if let Some((kind, key)) = found.filter(|(kind, key)| kind.ends_with("_order") && self.is_open(kind, key)) {
            self.load(&json!({"type": kind, "key": key, "closed": true}), false);
        }
    }

    fn is_open(&self, kind: &str, key: &str) -> bool {
        let order = or_say(self.session.store.load(self.named(kind, key)));
        order.and_then(|order| order.by_name("closed")).is_some_and(|closed| closed.minor() == 0)
    }

    /// Debts are paid, and what customers have paid too much goes back.
    fn square_up(&mut self, round: usize) {
        let mut owed: BTreeMap<AnyRef, Money> = BTreeMap::new();
        for cells in or_say(self.session.store.totals_by(Settlements::meta(), &[])) {
            let row = Settlements::from_cells(&cells);
            *owed.entry(row.counterparty.any()).or_default() += row.amount;
        }
        for (who, amount) in owed {
            let who = model::code(&self.session, who);
            let supplier = SUPPLIERS.contains(&who.as_str());
            let (kind, operation) = match (supplier, amount > Money::ZERO) {
                _ if amount.is_zero() => continue,
                (true, true) => continue,
                (true, false) => ("cash_issue", ""),
                (false, true) => ("cash_receipt", ""),
                (false, false) => ("cash_issue", "customer_refund"),
            };
            let mut line = json!({"type": kind, "key": format!("P{round} {who}"), "counterparty": who,
                "date": self.moment(), "amount": amount.abs().to_string(), "post": true});
            if !operation.is_empty() {
                line["operation"] = json!(operation);
            }
            self.load(&line, false);
        }
    }

    /// The documents that are worked with.
    pub(super) fn documents(&self) -> &[(&'static str, String)] {
        match self.pace {
            Pace::Quarter => &self.documents,
            Pace::Years => &self.documents[self.documents.len().saturating_sub(LOOKED_AT)..],
        }
    }

    /// A moment of its own within three months; now and then long ago. While years go by it is a little later than
    /// the one before, now and then a little earlier.
    pub(super) fn moment(&mut self) -> String {
        self.second += 1;
        if self.pace == Pace::Years {
            let back = if self.random.once_in(4) { 1 + self.random.below(40) } else { 0 };
            return years_on(self.second - i64::try_from(back).unwrap());
        }
        let early = if self.random.once_in(4) { 0 } else { self.documents.len().min(60) };
        let day = i64::try_from((early + self.random.below(25)).min(80)).unwrap();
        self.on_day(day)
    }

    pub(super) fn on_day(&self, day: i64) -> String {
        let at = Date::ymd(2026, 10, 1).unwrap().plus_days(day).at(8, 0, 0).plus_seconds(self.second);
        at.iso()
    }

    pub(super) fn qty(&mut self) -> usize {
        1 + self.random.below(9)
    }

    /// Kopecks that divide badly.
    pub(super) fn price(&mut self) -> String {
        format!("{}.{:02}", 1 + self.random.below(200), self.random.below(100))
    }

    pub(super) fn rows(&mut self) -> Json {
        let rows: Vec<Json> = (0..=self.random.below(3))
            .map(|_| {
                let item = *self.random.one(ITEMS).unwrap();
                json!({"item": item, "qty": self.qty(), "price": self.price()})
            })
            .collect();
        json!(rows)
    }

    /// A document of a kind that was made, posted or not.
    pub(super) fn any(&mut self, kinds: &[&str]) -> Option<(&'static str, String, Box<dyn Object>)> {
        let of_kind: Vec<_> = self.documents().iter().filter(|(kind, _)| kinds.contains(kind)).cloned().collect();
        let (kind, key) = self.random.one(&of_kind)?.clone();
        let object = self.session.store.load(self.named(kind, &key)).unwrap_or_else(|e| panic!("{}", e.sentence()));
        Some((kind, key, object.expect("a document that was made")))
    }

    pub(super) fn named(&self, kind: &str, key: &str) -> AnyRef {
        let known =
            self.session.store.known(&format!("load:{kind}"), key).unwrap_or_else(|e| panic!("{}", e.sentence()));
        known.unwrap_or_default().object
    }

    /// Ends the period: all orders are closed, and the months once more, in their order.
    pub fn close(&mut self) {
        for (kind, key) in self.documents.clone() {
            if kind.ends_with("_order") {
                self.load(&json!({"type": kind, "key": key, "closed": true}), false);
            }
        }
        close_months(&self.session);
    }
}

/// A moment while years go by: so close to each other that a million of operations end before the clock's day.
pub(super) fn years_on(second: i64) -> String {
    Date::ymd(2024, 1, 9).unwrap().at(8, 0, 0).plus_seconds(second * 100).iso()
}

/// Kinds of documents that work makes.
pub const KINDS: &[&str] = &[
    "goods_receipt",
    "customer_order",
    "goods_issue",
    "customer_return",
    "cash_receipt",
    "cash_issue",
    "supplier_order",
    "supplier_return",
    "tax_invoice_issued",
    "month_closing",
];

/// Closes the closed months anew, the earliest first.
pub fn close_months(session: &Session) {
    let mut closings: Vec<(Moment, AnyRef)> = Vec::new();
    for reference in session.store.posted_of("month_closing").unwrap_or_else(|e| panic!("{}", e.sentence())) {
        let found = session.store.number_and_date(reference).unwrap_or_default();
        closings.push((found.map(|(_, date)| date).unwrap_or_default(), reference));
    }
    closings.sort();
    for (_, reference) in closings {
        let done = session.run(Op::Post, |tx| {
            let mut closing = tx.store.load(reference)?.expect("a closing that is posted");
            tx.save(closing.as_mut(), kontora::ops::save::How::Post)
        });
        done.unwrap_or_else(|error| panic!("{}", error.sentence()));
    }
    assert!(registry::by_code("month_closing").is_some());
}
