//! The days of the demo company: what was planned for a day, what comes in on it, what it leaves for later.

use super::desk::Desk;
use super::{buying, money, months, opening, selling, shop};
use crate::domain::crm::counterparty::Counterparty;
use crate::kernel::moment::Date;
use crate::kernel::money::{Money, Percent};
use crate::kernel::problems::Outcome;
use crate::kernel::refs::{AnyRef, Ref};
use std::collections::{BTreeMap, BTreeSet};

/// Suppliers by the weekday on which their goods are ordered.
const SUPPLIERS: [[&str; 2]; 5] = [["П01", "П06"], ["П02", "П07"], ["П03", "П08"], ["П04", "П09"], ["П05", "П10"]];
/// The firm that pays ahead for no order in particular.
const AHEAD: &str = "К213";
/// Debts of the opening balances that are paid: on which day of the books, by or to whom, how much.
const OLD_DEBTS: [(i64, &str, i32); 5] =
    [(8, "К201", 48_600), (11, "П01", 184_300), (15, "К204", 22_150), (18, "П05", 121_800), (25, "П04", 76_450)];
/// Every so many sales one thing of a sale comes back.
const BACK_EVERY: i64 = 70;
/// Every so many receipts a part of one goes back.
const DAMAGED_EVERY: i64 = 25;

/// Something planned for a day; those of one day are done in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Job {
    /// Goods of a supplier order arrive.
    Receive(AnyRef),
    /// The tax invoice of a receipt comes.
    TaxReceived(AnyRef),
    /// Money of a card comes for an order.
    PayByCard(AnyRef),
    /// A firm pays for an order.
    PayByBank(AnyRef),
    /// Cash taken to the bank arrives, in kopecks.
    Deposit(i64),
    /// A debt of the opening balances is paid: whose, how many rubles.
    OldDebt(&'static str, i32),
    /// An order is shipped; paid in cash when true.
    Ship(AnyRef, bool),
    /// A buyer cancels a line of an order.
    Cancel(AnyRef),
    /// A thing of a sale comes back.
    TakeBack(AnyRef),
    /// What an order was paid too much is given back.
    Refund(AnyRef),
    /// Damaged goods of a receipt go back.
    SendBack(AnyRef),
    /// A receipt is paid.
    PaySupplier(AnyRef),
    /// A payment order is carried out.
    Debit(AnyRef),
}

impl Job {
    /// Banks and warehouses of suppliers rest at the weekend.
    fn rests(self) -> bool {
        !matches!(self, Job::Ship(..) | Job::PayByCard(_) | Job::TakeBack(_) | Job::Cancel(_))
    }
}

/// The calendar of what is to come.
#[derive(Default)]
pub struct Days {
    queue: BTreeMap<Date, BTreeSet<Job>>,
    payers: BTreeSet<Ref<Counterparty>>,
    people: Vec<Ref<Counterparty>>,
    firms: Vec<Ref<Counterparty>>,
    first: Date,
    sold: i64,
    arrived: i64,
    /// Orders from the site so far.
    pub site_orders: i64,
    /// Papers of others so far, for their numbers.
    pub papers: i64,
}

impl Days {
    /// Plans a job in so many days.
    pub fn later(&mut self, desk: &mut Desk<'_>, from: i64, to: i64, job: Job) {
        let mut day = desk.day.plus_days(desk.chance.between(from, to));
        while job.rests() && day.weekday() > 4 {
            day = day.plus_days(1);
        }
        self.queue.entry(day).or_default().insert(job);
    }

    /// A firm that pays for all its orders at once.
    pub fn monthly(&mut self, customer: Ref<Counterparty>) {
        self.payers.insert(customer);
    }

    /// A sale was shipped: of some a thing comes back.
    pub fn shipped(&mut self, desk: &mut Desk<'_>, issue: AnyRef) {
        self.sold += 1;
        if self.sold % BACK_EVERY == BACK_EVERY / 3 {
            self.later(desk, 2, 4, Job::TakeBack(issue));
        }
    }

    /// Goods were received: of some a part goes back.
    pub fn received(&mut self, desk: &mut Desk<'_>, receipt: AnyRef) {
        self.arrived += 1;
        if self.arrived % DAMAGED_EVERY == DAMAGED_EVERY / 3 {
            self.later(desk, 1, 3, Job::SendBack(receipt));
        }
    }

    /// Plays one day.
    pub fn play(&mut self, desk: &mut Desk<'_>, day: Date) -> Outcome<()> {
        desk.open(day);
        if self.people.is_empty() {
            self.people = desk.group("К10")?;
            self.firms = desk.group("К20")?;
            self.first = day;
            for (days, whose, amount) in OLD_DEBTS {
                self.later(desk, days, days, Job::OldDebt(whose, amount));
            }
        }
        self.due(desk)?;
        months::paid_on(desk, day.day(), day.month() == self.first.month())?;
        let weekday = day.weekday();
        if weekday < 5 {
            self.working_day(desk, weekday)?;
        }
        for _ in 0..desk.chance.between(1, if weekday < 5 { 4 } else { 2 }) {
            selling::retail(desk, self, &self.people.clone())?;
        }
        if weekday < 6 {
            shop::over_the_counter(desk)?;
        }
        self.due(desk)?;
        if day == day.month().last() && day < desk.now.date() {
            months::close(desk)?;
        }
        Ok(())
    }

    fn working_day(&mut self, desk: &mut Desk<'_>, weekday: i64) -> Outcome<()> {
        if weekday == 0 {
            opening::rates(desk)?;
        }
        let today = usize::try_from(weekday).ok().and_then(|at| SUPPLIERS.get(at)).copied().unwrap_or_default();
        for supplier in today.into_iter().filter(|code| !code.is_empty()) {
            buying::restock(desk, self, supplier)?;
        }
        // What the last day lacks is left for the one who looks at the base.
        if matches!(weekday, 1 | 4) && desk.day < desk.now.date() {
            buying::order_shortages(desk, self)?;
        }
        if weekday == 2 {
            let week = desk.day.days_since(self.first) / 7;
            let code = usize::try_from(week % 5).ok().and_then(|at| SUPPLIERS.get(at)).map_or("", |pair| pair[0]);
            buying::restock_shop(desk, self, code)?;
        }
        for _ in 0..desk.chance.between(1, 3) {
            selling::wholesale(desk, self, &self.firms.clone())?;
        }
        if weekday == 4 {
            money::collect(desk, self)?;
        }
        self.dated(desk)
    }

    /// What is tied to days of the month; a day of rest moves nothing here, so the days differ by a week.
    fn dated(&mut self, desk: &mut Desk<'_>) -> Outcome<()> {
        let (day, weekday) = (desk.day.day(), desk.day.weekday());
        if weekday == 2 && matches!(day, 8..=14 | 22..=28) {
            for customer in self.payers.clone() {
                money::for_several(desk, customer)?;
            }
        }
        if weekday == 0 && day <= 7 {
            money::without_order(desk, AHEAD, Money::whole(40_000), "Предоплата по договору")?;
        }
        if weekday == 3 && matches!(day, 8..=14) {
            shop::on_advance(desk, AHEAD)?;
        }
        let months = desk.day.month().stored() - self.first.month().stored();
        if weekday == 0 && day <= 7 && months != 0 {
            opening::prices(desk, "retail", 1, Percent::whole(2))?;
        }
        Ok(())
    }

    /// Everything planned up to today, in the order of the day.
    fn due(&mut self, desk: &mut Desk<'_>) -> Outcome<()> {
        while let Some(mut first) = self.queue.first_entry().filter(|entry| *entry.key() <= desk.day) {
            let job = first.get_mut().pop_first();
            if first.get().is_empty() {
                first.remove();
            }
            if let Some(job) = job {
                self.work(desk, job)?;
            }
        }
        Ok(())
    }

    fn work(&mut self, desk: &mut Desk<'_>, job: Job) -> Outcome<()> {
        match job {
            Job::Receive(order) => buying::receive(desk, self, order),
            Job::TaxReceived(receipt) => buying::tax_invoice(desk, receipt),
            Job::PayByCard(order) => money::card_for(desk, order),
            Job::PayByBank(order) => money::bank_for(desk, self, order),
            Job::Deposit(kopecks) => money::deposit(desk, Money::from_minor(kopecks)),
            Job::OldDebt(whose, amount) => money::old_debt(desk, whose, Money::whole(amount)),
            Job::Ship(order, cash) => selling::ship(desk, self, order, cash),
            Job::Cancel(order) => selling::cancel_line(desk, self, order),
            Job::TakeBack(issue) => selling::take_back(desk, self, issue),
            Job::Refund(order) => money::refund(desk, order),
            Job::SendBack(receipt) => buying::send_back(desk, receipt),
            Job::PaySupplier(receipt) => money::pay_supplier(desk, self, receipt),
            Job::Debit(order) => money::debit(desk, order),
        }
    }
}
