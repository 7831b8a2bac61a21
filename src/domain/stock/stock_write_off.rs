//! Write-off of stock (Списание товаров): goods that are not there any more, at their cost.

use crate::domain::accounts;
use crate::domain::company::company::Company;
use crate::domain::company::settings::settings;
use crate::domain::registers::stock::{CostRule, Stock};
use crate::domain::stock::item::Item;
use crate::domain::stock::stock_count::StockCount;
use crate::domain::stock::warehouse::Warehouse;
use crate::kernel::behaviour::{At, Behaviour, Posting};
use crate::kernel::entry::{Entry, Side, Source};
use crate::kernel::facts::Facts;
use crate::kernel::money::Qty;
use crate::kernel::object::{Declared as _, Object, Referable as _};
use crate::kernel::problems::Problems;
use crate::kernel::refs::Ref;
use crate::kernel::register::Movements;
use crate::{field, object, text};

object! {
    /// Lowers stock by what a count has missed, as a shortage.
    document StockWriteOff = 66 "stock_write_off" "Списание товаров" {
        company: Ref<Company> = "Организация" [required],
        warehouse: Ref<Warehouse> = "Склад" [required],
        count: Ref<StockCount> = "Инвентаризация",
        reason: String = "Причина",
    }
    table goods: StockWriteOffLine = "Товары" {
        item: Ref<Item> = "Номенклатура" [required],
        qty: Qty = "Количество" [required],
    }
}

impl Behaviour for StockWriteOff {
    fn fill_new(&mut self, facts: &dyn Facts) {
        let settings = settings(facts);
        self.company = settings.company;
        self.warehouse = settings.warehouse;
    }

    fn changed(&mut self, _at: At<'_>, _facts: &dyn Facts) {}

    fn check(&mut self, _posting: bool, _facts: &dyn Facts, problems: &mut Problems) {
        let table = field!(StockWriteOff, goods);
        for (row, line) in self.goods.iter().enumerate() {
            if line.qty <= Qty::ZERO {
                problems.cell(table, row, field!(StockWriteOffLine, qty), text!("must-be-positive"));
            }
        }
        if self.goods.is_empty() {
            problems.field(table, text!("no-lines"));
        }
    }

    fn bases() -> &'static [u8] {
        &[StockCount::TAG]
    }

    fn fill_on_basis(&mut self, basis: &dyn Object, _facts: &dyn Facts) -> Result<(), Problems> {
        let Some(count) = basis.downcast::<StockCount>() else { return Err(Problems::one(text!("no-basis"))) };
        (self.company, self.warehouse, self.count) = (count.company, count.warehouse, count.reference());
        for line in count.goods.iter().filter(|line| line.difference < Qty::ZERO) {
            self.goods.push(StockWriteOffLine {
                item: line.item,
                qty: -line.difference,
                ..StockWriteOffLine::default()
            });
        }
        if self.goods.is_empty() { Err(Problems::one(text!("count-no-shortage"))) } else { Ok(()) }
    }
}

impl Posting for StockWriteOff {
    fn post(&self, facts: &dyn Facts, out: &mut Movements) -> Result<(), Problems> {
        for line in &self.goods {
            if facts.get(line.item).is_none_or(|item| !item.is_goods()) {
                continue;
            }
            let at = i64::from(line.key);
            let moved = Stock {
                company: self.company,
                warehouse: self.warehouse,
                item: line.item,
                qty: -line.qty,
                rule: CostRule::Issue,
                ..Stock::default()
            };
            out.add_at(at, &moved);
            let goods = Side::new(accounts::GOODS).at(0, line.item.any()).at(2, self.warehouse.any()).qty(line.qty);
            let lost = Side::new(accounts::LOSSES).at(0, line.item.any());
            out.entry(Entry::derived(lost, goods, Source::Cost { line: at }));
        }
        Ok(())
    }
}
