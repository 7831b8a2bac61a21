//! Item group (Номенклатурная группа): how stock of its items is valued, and the analytics of sales.

use crate::kernel::behaviour::Behaviour;
use crate::{choice, object};

choice! {
    /// How the cost of an issue is found (ФСБУ 5/2019; LEDGER 5).
    CostMethod = "cost_method" {
        Average = 0 "average" "Средняя скользящая",
        Fifo = 1 "fifo" "ФИФО",
    }
}

object! {
    /// A group of items valued and analysed alike.
    catalog ItemGroup = 21 "item_group" "Номенклатурная группа" {
        method: CostMethod = "Способ оценки запасов",
    }
}

impl Behaviour for ItemGroup {}
