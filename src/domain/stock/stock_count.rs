//! Stock count (Инвентаризация): what was counted, and what the books said at the moment it was counted. Goods may move
//! meanwhile: a difference belongs to its own moment.

use crate::domain::company::company::Company;
use crate::domain::company::employee::Employee;
use crate::domain::company::settings::settings;
use crate::domain::registers::stock::Stock;
use crate::domain::stock::item::Item;
use crate::domain::stock::warehouse::Warehouse;
use crate::kernel::behaviour::{At, Behaviour, Posting};
use crate::kernel::facts::Facts;
use crate::kernel::moment::Moment;
use crate::kernel::money::{Money, Qty};
use crate::kernel::problems::Problems;
use crate::kernel::refs::Ref;
use crate::kernel::register::{Movements, Register as _};
use crate::{field, object, text};
use std::collections::BTreeSet;

object! {
    /// Moves nothing: surplus and shortage are written off by documents of their own on its basis.
    document StockCount = 64 "stock_count" "Инвентаризация" {
        company: Ref<Company> = "Организация" [required],
        warehouse: Ref<Warehouse> = "Склад" [required],
        keeper: Ref<Employee> = "Ответственный",
        order_number: String = "Приказ",
        surplus: Money = "Излишки",
        shortage: Money = "Недостачи",
    }
    /// One row an item.
    table goods: StockCountLine = "Товары" {
        item: Ref<Item> = "Номенклатура" [required],
        qty: Qty = "Фактически",
        book: Qty = "По учету",
        difference: Qty = "Расхождение",
        amount: Money = "Сумма расхождения",
        at: Moment = "Посчитано в",
        recount: bool = "Пересчитать",
        counter: Ref<Employee> = "Кто считал",
    }
}

/// Quantity and cost of an item by the books at the end of a moment.
pub fn book_at(
    facts: &dyn Facts,
    company: Ref<Company>,
    warehouse: Ref<Warehouse>,
    item: Ref<Item>,
    at: Moment,
) -> (Qty, Money) {
    let key = [company.id(), warehouse.id(), item.id()];
    let moves = facts.history(Stock::meta(), &key, at);
    moves
        .iter()
        .map(|(_, _, cells)| Stock::from_cells(cells))
        .fold((Qty::ZERO, Money::ZERO), |sum, row| (sum.0 + row.qty, sum.1 + row.cost))
}

impl StockCount {
    /// Counts so many more of an item at a moment. What was counted before and has moved since is to be counted
    /// again.
    pub fn count(&mut self, item: Ref<Item>, qty: Qty, counter: Ref<Employee>, now: Moment, facts: &dyn Facts) {
        let (company, warehouse) = (self.company, self.warehouse);
        let Some(line) = self.goods.iter_mut().find(|line| line.item == item) else {
            self.goods.push(StockCountLine { item, qty, at: now, counter, ..StockCountLine::default() });
            return;
        };
        let book = |at: Moment| book_at(facts, company, warehouse, item, at).0;
        line.recount |= book(line.at) != book(now);
        line.qty += qty;
        line.at = now;
        line.counter = counter;
    }

    /// What the books said at the moment of each row, and how far it differs.
    fn compare(&mut self, facts: &dyn Facts) {
        (self.surplus, self.shortage) = (Money::ZERO, Money::ZERO);
        let (company, warehouse) = (self.company, self.warehouse);
        for line in &mut self.goods {
            let (book, cost) = book_at(facts, company, warehouse, line.item, line.at);
            line.book = book;
            line.difference = line.qty - book;
            line.amount = if book > Qty::ZERO {
                cost.share(line.difference.minor(), book.minor())
            } else {
                price_of(facts, line.item, line.at).times(line.difference)
            };
            if line.amount > Money::ZERO {
                self.surplus += line.amount;
            } else {
                self.shortage -= line.amount;
            }
        }
    }
}

/// What a thing is worth that the books do not know: its purchase price.
fn price_of(facts: &dyn Facts, item: Ref<Item>, at: Moment) -> crate::kernel::money::Price {
    let kind = settings(facts).purchase_price_kind;
    crate::domain::registers::prices::Prices::on(facts, item, kind, at.date()).unwrap_or_default()
}

impl Behaviour for StockCount {
    const COSTS: &'static [&'static str] = &["surplus", "shortage", "goods.amount"];

    fn fill_new(&mut self, facts: &dyn Facts) {
        let settings = settings(facts);
        self.company = settings.company;
        self.warehouse = settings.warehouse;
        self.keeper = settings.manager;
    }

    fn changed(&mut self, at: At<'_>, facts: &dyn Facts) {
        if let At::Cell { row, field: "item" | "qty", .. } = at
            && let Some(line) = self.goods.get_mut(row)
        {
            line.at = facts.now();
            line.recount = false;
        }
        self.compare(facts);
    }

    fn check(&mut self, posting: bool, facts: &dyn Facts, problems: &mut Problems) {
        let table = field!(StockCount, goods);
        let mut seen = BTreeSet::new();
        for (row, line) in self.goods.iter_mut().enumerate() {
            if line.at.is_empty() {
                line.at = self.date;
            }
            if line.qty < Qty::ZERO {
                problems.cell(table, row, field!(StockCountLine, qty), text!("must-not-be-negative"));
            }
            if !seen.insert(line.item) {
                problems.cell(table, row, field!(StockCountLine, item), text!("count-twice"));
            }
            if posting && line.recount {
                problems.cell(table, row, field!(StockCountLine, recount), text!("count-again"));
            }
        }
        if posting && self.goods.is_empty() {
            problems.field(table, text!("no-lines"));
        }
        self.compare(facts);
    }
}

impl Posting for StockCount {
    fn post(&self, _facts: &dyn Facts, _out: &mut Movements) -> Result<(), Problems> {
        Ok(())
    }
}
