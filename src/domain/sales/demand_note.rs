//! Demand note (Спрос): somebody asked for goods and there were none.

use super::cancel_reason::{CancelReason, NO_STOCK};
use crate::domain::company::company::Company;
use crate::domain::company::employee::Employee;
use crate::domain::company::settings::settings;
use crate::domain::crm::counterparty::Counterparty;
use crate::domain::registers::demand::{LostDemand, LostSource};
use crate::domain::registers::prices::Prices;
use crate::domain::stock::item::Item;
use crate::domain::stock::warehouse::Warehouse;
use crate::kernel::behaviour::{At, Behaviour, Posting};
use crate::kernel::facts::Facts;
use crate::kernel::money::{Money, Price, Qty};
use crate::kernel::problems::Problems;
use crate::kernel::refs::Ref;
use crate::kernel::register::Movements;
use crate::{field, object, text};

object! {
    /// What was asked for in vain.
    document DemandNote = 72 "demand_note" "Спрос" {
        company: Ref<Company> = "Организация" [required],
        customer: Ref<Counterparty> = "Покупатель",
        warehouse: Ref<Warehouse> = "Склад" [required],
        manager: Ref<Employee> = "Менеджер",
        reason: Ref<CancelReason> = "Причина отмены",
        amount: Money = "Сумма",
    }
    table goods: DemandNoteLine = "Товары" {
        item: Ref<Item> = "Номенклатура" [required],
        qty: Qty = "Количество" [required],
        price: Price = "Цена",
        amount: Money = "Сумма",
    }
}

impl DemandNote {
    /// Prices that nobody told, and the sums.
    fn count(&mut self, facts: &dyn Facts) {
        let (kind, day) = (settings(facts).price_kind, self.date.date());
        for line in &mut self.goods {
            if line.price.is_zero() && !line.item.is_empty() {
                line.price = Prices::on(facts, line.item, kind, day).unwrap_or_default();
            }
            line.amount = line.price.times(line.qty);
        }
        self.amount = self.goods.iter().map(|line| line.amount).sum();
    }
}

impl Behaviour for DemandNote {
    fn fill_new(&mut self, facts: &dyn Facts) {
        let settings = settings(facts);
        self.company = settings.company;
        self.warehouse = settings.warehouse;
        self.manager = settings.manager;
        self.reason = facts.coded(NO_STOCK);
    }

    fn changed(&mut self, at: At<'_>, facts: &dyn Facts) {
        if let At::Cell { row, field: "item", .. } = at
            && let Some(line) = self.goods.get_mut(row)
        {
            line.price = Price::ZERO;
            if line.qty.is_zero() {
                line.qty = Qty::whole(1);
            }
        }
        self.count(facts);
    }

    fn check(&mut self, _posting: bool, facts: &dyn Facts, problems: &mut Problems) {
        let table = field!(DemandNote, goods);
        for (row, line) in self.goods.iter().enumerate() {
            if line.qty <= Qty::ZERO {
                problems.cell(table, row, field!(DemandNoteLine, qty), text!("must-be-positive"));
            }
            if line.price < Price::ZERO {
                problems.cell(table, row, field!(DemandNoteLine, price), text!("must-not-be-negative"));
            }
            if Money::from_dec(line.price.dec() * line.qty.dec()).is_err() {
                problems.cell(table, row, field!(DemandNoteLine, qty), text!("amount-too-large"));
                return;
            }
        }
        if self.goods.is_empty() {
            problems.field(table, text!("no-lines"));
        }
        self.count(facts);
    }
}

impl Posting for DemandNote {
    fn post(&self, _facts: &dyn Facts, out: &mut Movements) -> Result<(), Problems> {
        for line in &self.goods {
            let lost = LostDemand {
                item: line.item,
                customer: self.customer,
                company: self.company,
                warehouse: self.warehouse,
                manager: self.manager,
                reason: self.reason,
                source: LostSource::Asked,
                qty: line.qty,
                amount: line.amount,
                wanted: line.qty,
                worth: line.amount,
            };
            out.add_at(i64::from(line.key), &lost);
        }
        Ok(())
    }
}
