//! Income and expense items (Статьи доходов и расходов): why money moves and where a cost belongs.

use crate::kernel::behaviour::Behaviour;
use crate::{choice, object};

choice! {
    /// What an item is about.
    FlowKind = "flow_kind" {
        Income = 0 "income" "Доход",
        Expense = 1 "expense" "Расход",
        Transfer = 2 "transfer" "Перемещение",
    }
}

object! {
    /// An income or expense item; analytics of money accounts and of costs.
    catalog CashFlowItem = 4 "cash_flow_item" "Статья доходов и расходов" {
        kind: FlowKind = "Вид",
        account: String = "Счет затрат",
    }
}

impl Behaviour for CashFlowItem {}
