//! Writing an object: completed, checked, numbered, posted, noted in the history - or refused whole.

use super::gate::Tx;
use super::post::Posting;
use super::{claims, consistency, foresee};
use super::{revalue, tax_invoices};
use crate::domain::company::company::Company;
use crate::domain::crm::contract::{Contract, ContractKind, SIDES, default_contract};
use crate::domain::crm::counterparty::Counterparty;
use crate::domain::ledger::opening_balance::OpeningBalance;
use crate::domain::registry;
use crate::kernel::behaviour::KindOps;
use crate::kernel::facts::Facts;
use crate::kernel::meta::Kind;
use crate::kernel::moment::Moment;
use crate::kernel::object::Object;
use crate::kernel::problems::{Error, Outcome, Place, Problem, Problems};
use crate::kernel::refs::{AnyRef, Ref};
use crate::kernel::text::normalize;
use crate::kernel::value::Value;
use crate::store::history::{Deed, difference, same_table};
use crate::text;

/// What is to become of a document's posting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum How {
    /// Written; a posted document is posted anew.
    Write,
    /// Written and posted.
    Post,
    /// Written, its posting taken back.
    Unpost,
}

impl Tx<'_> {
    /// Writes an object. On refusal nothing may be kept: the caller's transaction ends with the error.
    pub fn save(&mut self, object: &mut dyn Object, how: How) -> Outcome<()> {
        self.by_itself(|tx| tx.save_again(object, how))
    }

    /// What an attempt that failed has left in the object is taken back first.
    fn save_again(&mut self, object: &mut dyn Object, how: How) -> Outcome<()> {
        if self.need.borrow().alone {
            return self.save_within(object, how);
        }
        self.need.borrow_mut().give_back(object);
        let given = object.boxed();
        let done = self.save_within(object, how);
        self.need.borrow_mut().keep(given, object);
        done
    }

    fn save_within(&mut self, object: &mut dyn Object, how: How) -> Outcome<()> {
        let meta = object.meta();
        let Some(kind) = registry::ops(meta) else {
            return Err(Error::Failed(text!("store-other"), meta.code.to_owned()));
        };
        // What is about to be written anew is not read before nobody else can.
        if object.head().id != 0 {
            self.lock_for(None, object)?;
        }
        let was = self.state_before(object)?;
        self.may_save(was.as_deref(), object, how)?;
        self.unveil(object, was.as_deref(), kind)?;
        self.keep_computed(object, was.as_deref());
        let posted_before = was.as_ref().is_some_and(|old| old.head().posted);
        object.head_mut().posted = match how {
            How::Write => posted_before,
            How::Post => meta.kind == Kind::Document,
            How::Unpost => false,
        };
        let late = self.prepare(object, kind, was.as_deref())?;
        self.keep_terms(was.as_deref(), object)?;
        self.may_keep(was.as_deref(), object)?;
        self.not_below_paid(was.as_deref(), object)?;
        self.check_lock(was.as_deref(), object)?;
        super::till::guard::check(self, was.as_deref(), object, object.head().posted)?;
        let mut posting = Posting::new(self);
        if posted_before {
            posting.erase(object.any_ref())?;
        }
        let same_head = posted_before == object.head().posted
            && was.as_ref().is_some_and(|old| old.head().uid == object.head().uid);
        let change = posting.tx.write(object, kind, was.as_deref(), same_head)?;
        posting.touch_books(&revalue::after(posting.tx, was.as_deref(), object)?);
        if object.head().posted {
            posting.post(object, kind)?;
        }
        posting.settle(object)?;
        if posted_before {
            tax_invoices::follow(self, object)?;
        }
        super::till::guard::follow(self, object, posted_before)?;
        let deed = match (&was, how) {
            _ if object.head().posted && !posted_before => Deed::Posted,
            _ if posted_before && !object.head().posted => Deed::Unposted,
            (None, _) => Deed::Created,
            _ => Deed::Changed,
        };
        let unchanged = change.is_empty() && deed == Deed::Changed;
        if !unchanged {
            self.note(deed, object, change);
            self.changed.insert(object.any_ref());
        } else {
            self.kept_same(object.any_ref());
        }
        if late {
            self.number_late(object, kind)?;
        }
        self.rights_changed(object)?;
        Ok(())
    }

    /// Sets or takes off the deletion mark; marking a posted document takes its posting back.
    pub fn mark(&mut self, reference: AnyRef, marked: bool) -> Outcome<()> {
        if self.need.borrow().alone {
            // Nobody changes it meanwhile.
        } else if let Some(object) = self.store.load(reference)? {
            self.lock_for(None, object.as_ref())?;
        }
        let Some(mut object) = self.store.load(reference)? else {
            return Err(Error::refused(text!("object-gone")));
        };
        if object.head().marked == marked {
            return Ok(());
        }
        self.may_mark(object.as_ref(), marked)?;
        if marked && object.head().posted {
            self.unpost(object.as_mut())?;
            // What the program computes has followed: it must not be written back as it was.
            let unposted = self.store.load(reference)?;
            object = unposted.ok_or_else(|| Error::refused(text!("object-gone")))?;
        }
        let Some(kind) = registry::of(reference) else { return Ok(()) };
        self.check_lock(None, object.as_ref())?;
        let was = object.head().version;
        object.head_mut().marked = marked;
        object.head_mut().version += 1;
        let search = search_text(object.as_ref(), kind);
        let same = vec![false; object.meta().tables.len()];
        self.store.update(object.as_mut(), was, &search, &same)?;
        let deed = if marked { Deed::Marked } else { Deed::Unmarked };
        self.note(deed, object.as_ref(), Vec::new());
        self.rights_changed(object.as_ref())?;
        self.changed.insert(reference);
        Ok(())
    }

    /// Takes a posting back on the way to something else, which has the right of its own.
    fn unpost(&mut self, object: &mut dyn Object) -> Outcome<()> {
        self.by_itself(|tx| tx.save(object, How::Unpost))
    }

    /// What the program computes was perhaps computed anew while the object was open: the base knows best.
    fn keep_computed(&self, object: &mut dyn Object, was: Option<&dyn Object>) {
        let (Some(was), Some(sql)) = (was, self.store.schema().object(object.meta())) else { return };
        for at in sql.computed.iter().enumerate().filter(|(_, computed)| **computed).map(|(at, _)| at) {
            let _ = object.set(at, was.get(at));
        }
    }

    fn state_before(&self, object: &dyn Object) -> Outcome<Option<Box<dyn Object>>> {
        if object.head().id == 0 {
            return Ok(None);
        }
        let Some(was) = self.store.load(object.any_ref())? else {
            return Err(Error::refused(text!("object-gone")));
        };
        if was.head().version != object.head().version {
            return Err(Error::refused(text!("object-changed-elsewhere")));
        }
        Ok(Some(was))
    }

    /// Completes and checks: number, contract, the kind's own rules, what is required. True when the document
    /// still has to get its number.
    fn prepare(&mut self, object: &mut dyn Object, kind: &dyn KindOps, was: Option<&dyn Object>) -> Outcome<bool> {
        let meta = object.meta();
        let posting = object.head().posted;
        if posting && object.head().marked {
            return Err(Error::refused(text!("marked-not-posted")));
        }
        if meta.kind == Kind::Document && object.by_name("date").is_some_and(|date| date.is_empty()) {
            let _ = object.set_by_name("date", Value::Moment(self.now));
        }
        let mut problems = Problems::new();
        let facts = self.facts();
        complete_company(object, &facts);
        facts.result()?;
        self.lock_for(was, object)?;
        foresee::objects(self, object)?;
        self.complete_contract(object)?;
        self.complete_rows(object)?;
        let facts = self.facts();
        kind.check(object, posting, &facts, &mut problems);
        facts.result()?;
        // The kind's own rules may have taken the counterparty from a basis.
        self.lock_for(was, object)?;
        self.complete_contract(object)?;
        check_required(object, &mut problems);
        consistency::check(self, object, was, &mut problems)?;
        if !problems.is_empty() {
            return Err(Error::Refused(problems, Some(meta)));
        }
        self.number(object, was)
    }

    /// The version check has passed: the object and its search words go into the tables. Gives the
    /// reverse difference for the history.
    fn write(
        &self,
        object: &mut dyn Object,
        kind: &dyn KindOps,
        was: Option<&dyn Object>,
        same_head: bool,
    ) -> Outcome<Vec<u8>> {
        let search = search_text(object, kind);
        let Some(old) = was else {
            object.head_mut().version = 1;
            if object.head().uid.is_empty() {
                object.head_mut().uid = self.clock.uid();
            }
            self.store.insert(object, &search)?;
            // What has no number yet is indexed when it has.
            if !(object.meta().kind == Kind::Document && object.get(0).is_empty()) {
                self.store.index_words(object.any_ref(), &search, false)?;
            }
            return Ok(Vec::new());
        };
        let computed = self.store.schema().object(object.meta()).map_or(Vec::new(), |sql| sql.computed.clone());
        let change = difference(old, object, &computed);
        if change.is_empty() && same_head {
            // Nothing to write: an open form elsewhere must not find its object changed.
            return Ok(change);
        }
        let version = old.head().version;
        object.head_mut().version = version + 1;
        let rewritten: Vec<bool> =
            (0..object.meta().tables.len()).map(|table| !same_table(old, object, table)).collect();
        self.store.update(object, version, &search, &rewritten)?;
        if search != search_text(old, kind) {
            self.store.index_words(object.any_ref(), &search, true)?;
        }
        Ok(change)
    }

    /// Puts an object that was taken out into its tables again, with the words by which it is found.
    pub(super) fn insert_again(&self, object: &mut dyn Object, kind: &dyn KindOps) -> Outcome<()> {
        let search = search_text(object, kind);
        self.store.insert(object, &search)?;
        self.store.index_words(object.any_ref(), &search, false)
    }

    /// A document has another number again: where the one it had was the last of its series, it is given back.
    pub(super) fn give_number_back(&self, had: &dyn Object) -> Outcome<()> {
        let Value::Text(number) = had.get(0) else { return Ok(()) };
        let (prefix, year) = self.series(had)?;
        match number.strip_prefix(prefix.as_str()).and_then(|rest| rest.parse::<i64>().ok()) {
            Some(number) => self.store.number_back(had.meta(), &prefix, year, number),
            None => Ok(()),
        }
    }

    /// The next code of a catalog; of a document the number given by hand is checked. True when a document has
    /// none and is to get the next of its series.
    fn number(&self, object: &mut dyn Object, was: Option<&dyn Object>) -> Outcome<bool> {
        let meta = object.meta();
        let Value::Text(given) = object.get(0) else { return Ok(false) };
        if meta.kind == Kind::Catalog {
            // A code given by hand may lie ahead of the series.
            let mut code = given;
            while code.is_empty() {
                let next = format!("{:06}", self.store.next_number(meta.tag, "", 0)?);
                code = if self.store.with_code(meta, &next)?.is_empty() { next } else { String::new() };
            }
            let _ = object.set(0, Value::Text(code));
            return Ok(false);
        }
        if given.is_empty() {
            return Ok(true);
        }
        let (prefix, year) = self.series(object)?;
        let kept = was.is_some_and(|was| was.get(0) == object.get(0) && moment_of(was).date().year() == year);
        if kept {
            return Ok(false);
        }
        // The series goes on behind the number before it is looked for: whoever takes the next one waits.
        self.lock([claims::of_number(meta.tag, &given)])?;
        if let Some(number) = given.strip_prefix(prefix.as_str()).and_then(|rest| rest.parse::<i64>().ok()) {
            self.store.number_taken(meta.tag, &prefix, year, number)?;
        }
        let other = self.store.with_number(meta, &given, year, object.head().id)?;
        if !other.is_empty() {
            let facts = self.facts();
            let title = super::present::title(other, self.store, &facts)?;
            let text = text!("number-taken", number = given, title = title);
            let problem = Problem { text, place: Place::Field("number") };
            return Err(Error::Refused(Problems(vec![problem]), Some(meta)));
        }
        Ok(false)
    }

    /// What the numbers of a document begin with, and the year they are counted in.
    fn series(&self, object: &dyn Object) -> Outcome<(String, i64)> {
        let facts = self.facts();
        let prefix = company_of(object)
            .and_then(|company| facts.object(company))
            .and_then(|company| company.downcast::<Company>().map(|company| company.prefix.clone()));
        facts.result()?;
        Ok((prefix.unwrap_or_default(), moment_of(object).date().year()))
    }

    /// The next number of the document's series, taken last of all: from here on nobody else gets one before the
    /// transaction ends.
    fn number_late(&self, object: &mut dyn Object, kind: &dyn KindOps) -> Outcome<()> {
        let (prefix, year) = self.series(object)?;
        let number = Value::Text(format!("{prefix}{:06}", self.store.next_number(object.meta().tag, &prefix, year)?));
        let _ = object.set(0, number.clone());
        let search = search_text(object, kind);
        self.store.set_beside(object.any_ref(), &[("number", number)], Some(&search))?;
        self.store.index_words(object.any_ref(), &search, false)
    }

    /// The contract a document settles under: chosen, found, or made as «Основной договор».
    fn complete_contract(&mut self, object: &mut dyn Object) -> Outcome<()> {
        let meta = object.meta();
        if meta.kind != Kind::Document || !object.by_name("contract").is_some_and(|value| value.is_empty()) {
            return Ok(());
        }
        let Some(kind) = side_of(object) else { return Ok(()) };
        let Some(owner) = counterparty_of(object).filter(|owner| !owner.is_empty()) else { return Ok(()) };
        let company: Ref<Company> = company_of(object).unwrap_or_default().typed();
        let found = {
            let facts = self.facts();
            let found = default_contract(&facts, owner.typed(), company, kind);
            facts.result()?;
            found
        };
        let contract = if found.is_empty() { self.make_contract(owner, company, kind)? } else { found };
        let _ = object.set_by_name("contract", Value::Ref(contract.any()));
        Ok(())
    }

    /// The contracts of opening settlements, row by row.
    fn complete_rows(&mut self, object: &mut dyn Object) -> Outcome<()> {
        let Some(opening) = object.downcast_mut::<OpeningBalance>() else { return Ok(()) };
        let company = opening.company;
        for line in opening.settlements.iter_mut().filter(|line| !line.counterparty.is_empty()) {
            if line.contract.is_empty() {
                let facts = self.facts();
                let found = default_contract(&facts, line.counterparty, company, line.kind);
                facts.result()?;
                let mut made = || self.make_contract(line.counterparty.any(), company, line.kind);
                line.contract = if found.is_empty() { made()? } else { found };
            }
        }
        Ok(())
    }

    fn make_contract(&mut self, owner: AnyRef, company: Ref<Company>, kind: ContractKind) -> Outcome<Ref<Contract>> {
        let mut contract = Contract {
            name: text!("main-contract").show_in(crate::kernel::text::Lang::Ru),
            counterparty: owner.typed::<Counterparty>(),
            company,
            kind,
            ..Contract::default()
        };
        let facts = self.facts();
        contract.currency = crate::domain::company::settings::settings(&facts).currency;
        drop(facts);
        self.save(&mut contract, How::Write)?;
        Ok(Ref::new(contract.head.id))
    }
}

/// The moment of a document; empty for a catalog.
pub fn moment_of(object: &dyn Object) -> Moment {
    match object.by_name("date") {
        Some(Value::Moment(moment)) => moment,
        _ => Moment::EMPTY,
    }
}

/// The company of a document.
pub fn company_of(object: &dyn Object) -> Option<AnyRef> {
    object.by_name("company").map(|value| value.any_ref())
}

/// The counterparty of a document, whatever the field is called.
pub fn counterparty_of(object: &dyn Object) -> Option<AnyRef> {
    consistency::counterparty_field(object.meta()).and_then(|field| object.by_name(field.name)).map(|v| v.any_ref())
}

/// The side a document settles on; documents of money say it by their operation.
pub fn side_of(object: &dyn Object) -> Option<ContractKind> {
    use crate::domain::money::bank_debit::BankDebit;
    use crate::domain::money::bank_receipt::BankReceipt;
    use crate::domain::money::cash_issue::CashIssue;
    use crate::domain::money::cash_receipt::CashReceipt;
    use crate::domain::money::document::MoneyDocument as _;
    use crate::domain::money::payment_order::PaymentOrder;
    if let Some(document) = object.downcast::<CashReceipt>() {
        return document.side();
    }
    if let Some(document) = object.downcast::<CashIssue>() {
        return document.side();
    }
    if let Some(document) = object.downcast::<BankReceipt>() {
        return document.side();
    }
    if let Some(document) = object.downcast::<BankDebit>() {
        return document.side();
    }
    if let Some(document) = object.downcast::<PaymentOrder>() {
        return document.side();
    }
    SIDES.iter().find(|(code, _)| *code == object.meta().code).map(|(_, kind)| *kind)
}

fn complete_company(object: &mut dyn Object, facts: &dyn Facts) {
    let defaults = crate::domain::company::settings::settings(facts);
    for name in ["company", "warehouse"] {
        let empty = object.by_name(name).is_some_and(|value| value.is_empty());
        let document = object.meta().kind == Kind::Document;
        if empty && document {
            let default = if name == "company" { defaults.company.any() } else { defaults.warehouse.any() };
            let _ = object.set_by_name(name, Value::Ref(default));
        }
    }
}

fn check_required(object: &dyn Object, problems: &mut Problems) {
    let meta = object.meta();
    let folder = object.by_name("folder") == Some(Value::Bool(true));
    for (at, field) in meta.fields.iter().enumerate() {
        // A folder is only a name.
        let told = problems.0.iter().any(|problem| problem.place == Place::Field(field.name));
        if field.required && object.get(at).is_empty() && !told && !(folder && field.name != "name") {
            problems.field(field.name, text!("field-required"));
        }
    }
    for (table, part) in meta.tables.iter().enumerate() {
        for row in 0..object.rows(table) {
            for (at, column) in part.fields.iter().enumerate() {
                let place = crate::kernel::problems::Place::Cell { table: part.name, row, field: column.name };
                let told = problems.0.iter().any(|problem| problem.place == place);
                let empty = object.cell(table, row, at).is_some_and(|value| value.is_empty());
                if column.required && empty && !told {
                    problems.cell(part.name, row, column.name, text!("field-required"));
                }
            }
        }
    }
}

/// The words by which an object is found: code or number, name or comment, and the kind's own.
pub fn search_text(object: &dyn Object, kind: &dyn KindOps) -> String {
    let mut words = kind.search_words(object);
    for name in ["code", "number", "name", "comment"] {
        if let Some(Value::Text(text)) = object.by_name(name) {
            words.insert(0, text);
        }
    }
    normalize(&words.join(" "))
}
