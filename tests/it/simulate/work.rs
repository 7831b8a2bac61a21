//! Random steps of work on a base.

use super::{model, supply};
use crate::bases::engines;
use crate::digest::digest;
use kontora::domain::registry;
use kontora::kernel::moment::{Date, Moment};
use kontora::kernel::object::Object;
use kontora::kernel::problems::Error;
use kontora::kernel::refs::AnyRef;
use kontora::ops::check::check;
use kontora::ops::gate::{Op, Session};
use kontora::ops::load::load;
use serde_json::{Value as Json, json};

/// Numbers that look random and are the same for a seed.
pub struct Random(u64);

impl Random {
    pub const fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ 0x5eed)
    }
    /// A number below `below`.
    pub fn below(&mut self, below: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((z ^ (z >> 31)) >> 33).unwrap() % below.max(1)
    }
    /// True once in `of` times.
    pub fn once_in(&mut self, of: usize) -> bool {
        self.below(of) == 0
    }
    pub fn one<'a, T>(&mut self, of: &'a [T]) -> Option<&'a T> {
        if of.is_empty() { None } else { of.get(self.below(of.len())) }
    }
}

/// Goods by moving average, goods by FIFO, a service.
const ITEMS: &[&str] = &["T1", "T2", "T3", "F1", "F2", "delivery"];
const CUSTOMERS: &[&str] = &["C1", "C2", "C3"];
const SUPPLIERS: &[&str] = &["S1", "S2"];
const WAREHOUSES: &[&str] = &["main", "main", "W2"];

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

/// A base at work.
pub struct Work {
    pub session: Session,
    pub seed: u64,
    pub accepted: usize,
    pub(super) random: Random,
    /// Documents made: kind and key.
    documents: Vec<(&'static str, String)>,
    /// Lines tried, with what was said of them.
    pub(super) told: Vec<String>,
    /// Each document has a second of its own: at one moment those of a kind act in the order of their ids.
    second: i64,
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

    /// Over a prepared base.
    pub fn over(session: Session, seed: u64, tell: Option<Tell>) -> Self {
        Self {
            session,
            seed,
            accepted: 0,
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
        let compared = self.random.once_in(6) && self.tell.is_none();
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
        outcome.is_ok()
    }

    /// Makes a document and remembers its name.
    fn make(&mut self, kind: &'static str, mut line: Json, must: bool) {
        let key = format!("D{}", self.documents.len() + 1);
        line["type"] = json!(kind);
        line["key"] = json!(key);
        if line.get("date").is_none() {
            line["date"] = json!(self.moment());
        }
        line["post"] = json!(!self.random.once_in(12) || must);
        if self.load(&line, must) {
            self.documents.push((kind, key));
        }
    }

    /// A moment of its own within three months; now and then long ago.
    pub(super) fn moment(&mut self) -> String {
        self.second += 1;
        let early = if self.random.once_in(4) { 0 } else { self.documents.len().min(60) };
        let day = i64::try_from((early + self.random.below(25)).min(80)).unwrap();
        self.on_day(day)
    }

    fn on_day(&self, day: i64) -> String {
        let at = Date::ymd(2026, 10, 1).unwrap().plus_days(day).at(8, 0, 0).plus_seconds(self.second);
        at.iso()
    }

    pub(super) fn qty(&mut self) -> usize {
        1 + self.random.below(9)
    }

    /// Kopecks that divide badly.
    fn price(&mut self) -> String {
        format!("{}.{:02}", 1 + self.random.below(200), self.random.below(100))
    }

    fn rows(&mut self) -> Json {
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
        let of_kind: Vec<_> = self.documents.iter().filter(|(kind, _)| kinds.contains(kind)).cloned().collect();
        let (kind, key) = self.random.one(&of_kind)?.clone();
        let object = self.session.store.load(self.named(kind, &key)).unwrap_or_else(|e| panic!("{}", e.sentence()));
        Some((kind, key, object.expect("a document that was made")))
    }

    fn named(&self, kind: &str, key: &str) -> AnyRef {
        let known =
            self.session.store.known(&format!("load:{kind}"), key).unwrap_or_else(|e| panic!("{}", e.sentence()));
        known.unwrap_or_default().object
    }

    fn receipt(&mut self) {
        let (supplier, warehouse) = (*self.random.one(SUPPLIERS).unwrap(), *self.random.one(WAREHOUSES).unwrap());
        // A service bought needs an item of expense.
        let mut rows = self.rows();
        for row in rows.as_array_mut().unwrap() {
            if row["item"] == "delivery" {
                row["expense"] = json!("010");
            } else {
                row["qty"] = json!(self.qty() * 3);
            }
        }
        self.make("goods_receipt", json!({"supplier": supplier, "warehouse": warehouse, "goods": rows}), true);
    }

    fn order(&mut self) {
        let (customer, warehouse) = (*self.random.one(CUSTOMERS).unwrap(), *self.random.one(WAREHOUSES).unwrap());
        let rows = self.rows();
        let mut line = json!({"customer": customer, "warehouse": warehouse, "goods": rows});
        self.decide(&mut line);
        self.make("customer_order", line, true);
    }

    fn ship(&mut self) {
        let Some((_, key, order)) = self.any(&["customer_order"]) else { return };
        let mut line = json!({"on": format!("customer_order:{key}")});
        if self.random.once_in(2) {
            // One line of the order, a part of it, or more than is left.
            let at = self.random.below(order.rows(0));
            let row = order.row(0, at).expect("a row within the order");
            let item = model::code(&self.session, row.get(0).any_ref());
            line["goods"] = json!([{"item": item, "qty": self.qty(), "order_line": row.key()}]);
        }
        self.make("goods_issue", line, false);
    }

    fn free_issue(&mut self) {
        let (customer, warehouse) = (*self.random.one(CUSTOMERS).unwrap(), *self.random.one(WAREHOUSES).unwrap());
        let rows = self.rows();
        self.make("goods_issue", json!({"customer": customer, "warehouse": warehouse, "goods": rows}), false);
    }

    fn customer_return(&mut self) {
        let Some((_, key, issue)) = self.any(&["goods_issue"]) else { return };
        let at = self.random.below(issue.rows(0));
        let row = issue.row(0, at).expect("a row within the issue");
        let item = model::code(&self.session, row.get(0).any_ref());
        let mut line = json!({"on": format!("goods_issue:{key}"), "date": self.after(issue.as_ref())});
        if !self.random.once_in(3) {
            line["goods"] = json!([{"item": item, "qty": 1 + self.random.below(3), "issue_line": row.key()}]);
        }
        if self.random.once_in(4) {
            line["warehouse"] = json!("W2");
        }
        self.make("customer_return", line, false);
    }

    /// Some days after another document, by a second of its own.
    fn after(&mut self, other: &dyn Object) -> String {
        self.second += 1;
        let date = kontora::ops::save::moment_of(other).date();
        let days = date.days_since(Date::ymd(2026, 10, 1).unwrap()) + 1 + i64::try_from(self.random.below(10)).unwrap();
        self.on_day(days)
    }

    /// Orders of one counterparty with amounts.
    fn split(&mut self, kind: &'static str, who: &str, field: &str) -> Json {
        let mut rows = Vec::new();
        for (_, key) in self.documents.clone().iter().filter(|(known, _)| *known == kind) {
            let object = self.session.store.load(self.named(kind, key)).unwrap_or_else(|e| panic!("{}", e.sentence()));
            let owner = object.and_then(|order| order.by_name(field)).map(|value| value.any_ref());
            let own = owner.is_some_and(|owner| model::code(&self.session, owner) == who);
            if own && rows.len() < 3 && self.random.once_in(2) {
                rows.push(json!({"order": format!("{kind}:{key}"), "amount": self.price()}));
            }
        }
        json!(rows)
    }

    fn payment(&mut self) {
        let customer = *self.random.one(CUSTOMERS).unwrap();
        let split = self.split("customer_order", customer, "customer");
        let line = json!({"counterparty": customer, "amount": 1000 + self.random.below(500), "split": split});
        self.make("cash_receipt", line, true);
    }

    fn refund(&mut self) {
        let customer = *self.random.one(CUSTOMERS).unwrap();
        let split = self.split("customer_order", customer, "customer");
        let line = json!({"operation": "customer_refund", "counterparty": customer, "amount": 1000, "split": split});
        self.make("cash_issue", line, true);
    }

    fn pay_supplier(&mut self) {
        let supplier = *self.random.one(SUPPLIERS).unwrap();
        let split = self.split("supplier_order", supplier, "supplier");
        let line = json!({"counterparty": supplier, "amount": 900 + self.random.below(900), "split": split});
        self.make("cash_issue", line, true);
    }

    fn supplier_order(&mut self) {
        if self.random.once_in(2) {
            let (supplier, warehouse) = (*self.random.one(SUPPLIERS).unwrap(), *self.random.one(WAREHOUSES).unwrap());
            let mut rows = self.rows();
            rows.as_array_mut().unwrap().retain(|row| row["item"] != "delivery");
            let must = rows.as_array().is_some_and(|rows| !rows.is_empty());
            let line = json!({"supplier": supplier, "warehouse": warehouse, "goods": rows});
            self.make("supplier_order", line, must);
            return;
        }
        let Some((_, key, order)) = self.any(&["supplier_order"]) else { return };
        let mut line = json!({"on": format!("supplier_order:{key}")});
        if self.random.once_in(2) {
            let row = order.row(0, self.random.below(order.rows(0))).expect("a row within the order");
            let item = model::code(&self.session, row.get(0).any_ref());
            line["goods"] = json!([{"item": item, "qty": self.qty(), "order_line": row.key()}]);
        }
        self.make("goods_receipt", line, false);
    }

    fn supplier_return(&mut self) {
        let Some((_, key, receipt)) = self.any(&["goods_receipt"]) else { return };
        let row = receipt.row(0, self.random.below(receipt.rows(0))).expect("a row within the receipt");
        let item = model::code(&self.session, row.get(0).any_ref());
        let line = json!({
            "on": format!("goods_receipt:{key}"), "date": self.after(receipt.as_ref()),
            "goods": [{"item": item, "qty": 1 + self.random.below(3)}],
        });
        self.make("supplier_return", line, false);
    }

    fn tax_invoice(&mut self) {
        let Some((_, key, issue)) = self.any(&["goods_issue"]) else { return };
        let line = json!({"on": format!("goods_issue:{key}"), "date": self.after(issue.as_ref())});
        self.make("tax_invoice_issued", line, false);
    }

    fn month_closing(&mut self) {
        let month = ["2026-10-31", "2026-11-30", "2026-12-31"][self.random.below(3)];
        // One a month: two of one moment would act in the order of their ids.
        if self.documents.iter().any(|(_, key)| key == month) {
            self.load(&json!({"type": "month_closing", "key": month, "post": true}), true);
        } else if self.load(&json!({"type": "month_closing", "key": month, "date": month, "post": true}), true) {
            self.documents.push(("month_closing", month.to_owned()));
        }
    }

    /// Unposts what is posted, posts what is not.
    fn take_back(&mut self) {
        let Some((kind, key, object)) = self.any(KINDS) else { return };
        let deed = if object.head().posted { "unpost" } else { "post" };
        // Money and receipts of it may always be taken back.
        let free = matches!(kind, "cash_receipt" | "cash_issue" | "month_closing") && deed == "unpost";
        let taken = self.load(&json!({"type": kind, "key": key, deed: true}), free);
        if taken && deed == "unpost" && self.random.once_in(2) {
            // What was just taken back can be done again, and everything is as it was; but goods that came free by
            // it may have been given to an order that waited, and a reserve is never taken away silently.
            let gives_goods = matches!(kind, "supplier_return" | "goods_issue");
            let again = self.load(&json!({"type": kind, "key": key, "post": true}), !gives_goods);
            let reserved = self.told.last().is_some_and(|said| said.contains("в резерве"));
            assert!(again || reserved || self.tell.is_some(), "seed {}: {}", self.seed, self.story());
        }
    }

    /// Changes a row, adds one or takes one away.
    fn edit_rows(&mut self) {
        let kinds = ["customer_order", "goods_issue", "goods_receipt", "customer_return", "supplier_order"];
        let Some((kind, key, object)) = self.any(&kinds) else { return };
        let mut rows: Vec<Json> = (0..object.rows(0)).map(|_| json!({})).collect();
        let at = self.random.below(rows.len());
        match self.random.below(4) {
            0 => rows[at] = json!({"qty": self.qty()}),
            1 => rows[at] = json!({"price": self.price()}),
            2 if rows.len() > 1 => {
                rows.pop();
            }
            _ => {
                let item = *self.random.one(&ITEMS[..5]).unwrap();
                rows.push(json!({"item": item, "qty": self.qty(), "price": self.price()}));
            }
        }
        self.load(&json!({"type": kind, "key": key, "goods": rows}), false);
    }

    fn move_in_time(&mut self) {
        let Some((kind, key, _)) = self.any(&KINDS[..9]) else { return };
        let date = self.moment();
        self.load(&json!({"type": kind, "key": key, "date": date}), false);
    }

    /// Closes, opens, or cancels a line.
    fn change_order(&mut self) {
        let Some((kind, key, object)) = self.any(&["customer_order", "supplier_order"]) else { return };
        let closed = object.by_name("closed") == Some(kontora::kernel::value::Value::Bool(true));
        if kind == "customer_order" && self.random.once_in(2) {
            let mut rows: Vec<Json> = (0..object.rows(0)).map(|_| json!({})).collect();
            let at = self.random.below(rows.len());
            rows[at] = json!({"cancelled": self.random.once_in(2)});
            self.load(&json!({"type": kind, "key": key, "goods": rows}), false);
        } else {
            self.load(&json!({"type": kind, "key": key, "closed": !closed}), false);
        }
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
