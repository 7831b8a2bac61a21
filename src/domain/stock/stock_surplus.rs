//! Stock surplus (Оприходование товаров): goods found that the books did not know.

use crate::domain::accounts;
use crate::domain::company::company::Company;
use crate::domain::company::settings::settings;
use crate::domain::registers::stock::{CostRule, Stock};
use crate::domain::stock::item::Item;
use crate::domain::stock::stock_count::StockCount;
use crate::domain::stock::warehouse::Warehouse;
use crate::kernel::behaviour::{At, Behaviour, Posting};
use crate::kernel::entry::{Entry, Side};
use crate::kernel::facts::Facts;
use crate::kernel::money::{Money, Price, Qty};
use crate::kernel::object::{Declared as _, Object, Referable as _};
use crate::kernel::problems::Problems;
use crate::kernel::refs::Ref;
use crate::kernel::register::Movements;
use crate::{field, object, text};

object! {
    /// Raises stock by what a count has found, as other income.
    document StockSurplus = 65 "stock_surplus" "Оприходование товаров" {
        company: Ref<Company> = "Организация" [required],
        warehouse: Ref<Warehouse> = "Склад" [required],
        count: Ref<StockCount> = "Инвентаризация",
        amount: Money = "Сумма",
    }
    table goods: StockSurplusLine = "Товары" {
        item: Ref<Item> = "Номенклатура" [required],
        qty: Qty = "Количество" [required],
        price: Price = "Цена",
        amount: Money = "Сумма",
    }
}

impl Behaviour for StockSurplus {
    const COSTS: &'static [&'static str] = &["amount", "goods.price", "goods.amount"];

    fn fill_new(&mut self, facts: &dyn Facts) {
        let settings = settings(facts);
        self.company = settings.company;
        self.warehouse = settings.warehouse;
    }

    fn changed(&mut self, at: At<'_>, _facts: &dyn Facts) {
        if let At::Cell { row, field, .. } = at
            && let Some(line) = self.goods.get_mut(row)
        {
            match field {
                "qty" | "price" => line.amount = line.price.times(line.qty),
                "amount" => line.price = line.amount.per(line.qty),
                _ => {}
            }
        }
        self.amount = self.goods.iter().map(|line| line.amount).sum();
    }

    fn check(&mut self, _posting: bool, _facts: &dyn Facts, problems: &mut Problems) {
        let table = field!(StockSurplus, goods);
        for (row, line) in self.goods.iter_mut().enumerate() {
            if line.amount.is_zero() {
                line.amount = line.price.times(line.qty);
            }
            if line.qty <= Qty::ZERO {
                problems.cell(table, row, field!(StockSurplusLine, qty), text!("must-be-positive"));
            }
            if line.amount < Money::ZERO {
                problems.cell(table, row, field!(StockSurplusLine, amount), text!("must-not-be-negative"));
            }
        }
        if self.goods.is_empty() {
            problems.field(table, text!("no-lines"));
        }
        self.amount = self.goods.iter().map(|line| line.amount).sum();
    }

    fn bases() -> &'static [u8] {
        &[StockCount::TAG]
    }

    fn fill_on_basis(&mut self, basis: &dyn Object, _facts: &dyn Facts) -> Result<(), Problems> {
        let Some(count) = basis.downcast::<StockCount>() else { return Err(Problems::one(text!("no-basis"))) };
        (self.company, self.warehouse, self.count) = (count.company, count.warehouse, count.reference());
        for line in count.goods.iter().filter(|line| line.difference > Qty::ZERO) {
            self.goods.push(StockSurplusLine {
                item: line.item,
                qty: line.difference,
                price: line.amount.per(line.difference),
                amount: line.amount,
                ..StockSurplusLine::default()
            });
        }
        self.amount = self.goods.iter().map(|line| line.amount).sum();
        if self.goods.is_empty() { Err(Problems::one(text!("count-no-surplus"))) } else { Ok(()) }
    }
}

impl Posting for StockSurplus {
    fn post(&self, facts: &dyn Facts, out: &mut Movements) -> Result<(), Problems> {
        for line in &self.goods {
            let Some(item) = facts.get(line.item).filter(|item| item.is_goods()) else { continue };
            let _ = item;
            let moved = Stock {
                company: self.company,
                warehouse: self.warehouse,
                item: line.item,
                qty: line.qty,
                cost: line.amount,
                rule: CostRule::Own,
                ..Stock::default()
            };
            out.add_at(i64::from(line.key), &moved);
            let goods = Side::new(accounts::GOODS).at(0, line.item.any()).at(2, self.warehouse.any()).qty(line.qty);
            out.entry(Entry::new(goods, Side::new(accounts::OTHER_INCOME), line.amount));
        }
        Ok(())
    }
}
