//! How an item is bought: when, how much, of whom (RULES B2, replenishment).

use super::item::{Item, ItemSupplier};
use super::warehouse::Warehouse;
use crate::choice;
use crate::domain::crm::counterparty::Counterparty;
use crate::kernel::money::Qty;
use crate::kernel::refs::Ref;

choice! {
    /// When more of an item is ordered.
    SupplyMethod = "supply_method" {
        ToOrder = 0 "to_order" "Под заказ",
        Point = 1 "point" "Точка заказа",
        MinMax = 2 "min_max" "Минимум и максимум",
        Norm = 3 "norm" "Норма расхода",
    }
}

choice! {
    /// Of whom it is ordered.
    SupplierRule = "supplier_rule" {
        Fixed = 0 "fixed" "Основной",
        Last = 1 "last" "Последний",
        Cheapest = 2 "cheapest" "Самый дешевый",
    }
}

impl Item {
    /// The terms of a supplier, when the item knows them.
    pub fn terms_of(&self, supplier: Ref<Counterparty>) -> Option<&ItemSupplier> {
        self.suppliers.iter().find(|row| row.supplier == supplier && !supplier.is_empty())
    }

    /// In how many days a supplier brings it; zero when nobody knows.
    pub fn lead_of(&self, supplier: Ref<Counterparty>) -> i64 {
        self.terms_of(supplier).map(|row| row.lead_days).filter(|days| *days > 0).unwrap_or(self.lead_days)
    }

    /// Whether a warehouse looks after its own stock of the item.
    pub fn has_level(&self, warehouse: Ref<Warehouse>) -> bool {
        self.levels.iter().any(|row| row.warehouse == warehouse && !warehouse.is_empty())
    }

    /// The stock below which more is ordered and the one up to which, when the method names them: in a warehouse that
    /// looks after its own, or (an empty one) in all the others together. `daily` is what goes there in a day, in
    /// thousandths.
    pub fn levels_at(&self, warehouse: Ref<Warehouse>, daily: Qty, lead: i64) -> Option<(Qty, Qty)> {
        let own = self.levels.iter().find(|row| row.warehouse == warehouse && !warehouse.is_empty());
        let (least, most, supply_days) = own.map_or((self.stock_min, self.stock_max, self.supply_days), |row| {
            (row.stock_min, row.stock_max, row.supply_days)
        });
        let days = |days: i64| Qty::from_minor(daily.minor().saturating_mul(days.max(0)));
        match self.method {
            SupplyMethod::ToOrder => None,
            SupplyMethod::Point => Some((least, least)),
            SupplyMethod::MinMax => Some((least, most.max(least))),
            SupplyMethod::Norm => {
                let point = days(lead + self.safety_days);
                Some((point, point + days(supply_days)))
            }
        }
    }
}

impl ItemSupplier {
    /// A quantity as the supplier sells it: not less than his lot, in whole packs.
    pub fn rounded(&self, qty: Qty) -> Qty {
        let least = qty.max(self.lot);
        if self.pack <= Qty::ZERO {
            return least;
        }
        let pack = self.pack.minor();
        let packs = least.minor().div_euclid(pack) + i64::from(least.minor().rem_euclid(pack) > 0);
        Qty::from_minor(packs.saturating_mul(pack))
    }
}

#[cfg(test)]
mod tests {
    use super::SupplyMethod;
    use crate::domain::stock::item::{Item, ItemLevel, ItemSupplier};
    use crate::kernel::money::Qty;
    use crate::kernel::refs::Ref;

    #[test]
    fn a_supplier_sells_lots_in_whole_packs() {
        let row = ItemSupplier { pack: Qty::whole(12), lot: Qty::whole(20), ..ItemSupplier::default() };
        assert_eq!(row.rounded(Qty::whole(5)), Qty::whole(24));
        assert_eq!(row.rounded(Qty::whole(24)), Qty::whole(24));
        assert_eq!(row.rounded(Qty::from_minor(24_001)), Qty::whole(36));
        assert_eq!(ItemSupplier::default().rounded(Qty::whole(5)), Qty::whole(5));
    }

    #[test]
    fn each_method_has_its_levels() {
        let item = |method| Item {
            method,
            stock_min: Qty::whole(5),
            stock_max: Qty::whole(20),
            supply_days: 10,
            safety_days: 2,
            ..Item::default()
        };
        let daily = Qty::from_minor(1_500);
        assert_eq!(item(SupplyMethod::ToOrder).levels_at(Ref::EMPTY, daily, 4), None);
        assert_eq!(item(SupplyMethod::Point).levels_at(Ref::EMPTY, daily, 4), Some((Qty::whole(5), Qty::whole(5))));
        assert_eq!(item(SupplyMethod::MinMax).levels_at(Ref::EMPTY, daily, 4), Some((Qty::whole(5), Qty::whole(20))));
        assert_eq!(item(SupplyMethod::Norm).levels_at(Ref::EMPTY, daily, 4), Some((Qty::whole(9), Qty::whole(24))));
    }

    #[test]
    fn a_warehouse_may_have_levels_of_its_own() {
        let level = ItemLevel {
            warehouse: Ref::new(7),
            stock_min: Qty::whole(2),
            stock_max: Qty::whole(3),
            supply_days: 1,
            ..ItemLevel::default()
        };
        let item = |method| Item {
            method,
            stock_min: Qty::whole(5),
            stock_max: Qty::whole(20),
            supply_days: 10,
            levels: vec![level.clone()],
            ..Item::default()
        };
        let daily = Qty::whole(1);
        let at = |method, warehouse| item(method).levels_at(Ref::new(warehouse), daily, 4);
        assert_eq!(at(SupplyMethod::MinMax, 7), Some((Qty::whole(2), Qty::whole(3))));
        assert_eq!(at(SupplyMethod::MinMax, 8), Some((Qty::whole(5), Qty::whole(20))));
        assert_eq!(at(SupplyMethod::Norm, 7), Some((Qty::whole(4), Qty::whole(5))));
        assert!(item(SupplyMethod::Point).has_level(Ref::new(7)) && !item(SupplyMethod::Point).has_level(Ref::EMPTY));
    }
}
