//! How goods are provided for the lines of an order (RULES B2): what each line may take, and when nothing may be
//! taken at all.
//!
//! There is one reserve, the register [`Reserves`]. An order reserves for its lines when it is posted; what arrives
//! later is given to waiting lines by `ops::allocate`.

use super::customer_order::{CustomerOrder, CustomerOrderLine, free_stock};
use super::order_state::SupplyAction;
use super::stages::StageKind;
use crate::domain::registers::orders::OrderDebts;
use crate::domain::registers::stock::Reserves;
use crate::domain::stock::item::Item;
use crate::kernel::facts::Facts;
use crate::kernel::money::{Money, Qty};
use crate::kernel::object::Referable as _;
use crate::kernel::problems::Problems;
use crate::kernel::refs::Ref;
use crate::kernel::register::Movements;
use crate::{field, text};
use std::collections::BTreeMap;

/// Whether anything may be provided for an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gate {
    /// Yes.
    Open,
    /// Its deviations from the agreement are not agreed.
    Unagreed,
    /// So much of the advance, in rubles, is not paid yet.
    Advance(Money),
    /// Its reserve was given up when its time had passed.
    Released,
    /// It is closed.
    Closed,
}

/// What a line takes by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Takes {
    /// Nothing.
    Nothing,
    /// What was bought for it.
    Bought,
    /// What is free, now or later, and what was bought for it.
    Free,
}

/// The state of stock while an order reserves for its lines.
struct Reserving<'a> {
    facts: &'a dyn Facts,
    /// Free stock of an item that this posting has not given to a line yet.
    free: BTreeMap<Ref<Item>, Qty>,
}

/// One line that is to be reserved for.
pub(super) struct Asked<'a> {
    /// Where it stands in the table.
    pub row: usize,
    /// The line.
    pub line: &'a CustomerOrderLine,
    /// Left to ship.
    pub left: Qty,
}

impl CustomerOrder {
    /// Whether anything may be provided, by the numbers of the order in rubles.
    pub fn gate(&self, due: Money, paid: Money, any_shipped: bool) -> Gate {
        if self.closed {
            Gate::Closed
        } else if self.is_unagreed() {
            Gate::Unagreed
        } else if self.reserve_released {
            Gate::Released
        } else {
            let missing = if self.stages.is_empty() { Money::ZERO } else { self.shares(due).advance - paid };
            if missing > Money::ZERO && !any_shipped { Gate::Advance(missing) } else { Gate::Open }
        }
    }

    /// The same of an order as it stands in the base.
    pub fn gate_now(&self, facts: &dyn Facts) -> Gate {
        if self.stages.is_empty() {
            return self.gate(Money::ZERO, Money::ZERO, true);
        }
        let due = self.due_rubles(facts).unwrap_or_default();
        let unpaid = OrderDebts::of(self.reference().any(), facts);
        let shipped =
            |line: &&CustomerOrderLine| !line.cancelled && facts.balance(&self.left_key(line)).left < line.qty;
        let any_shipped = self.goods.iter().find(shipped).is_some();
        self.gate(due, due - unpaid, any_shipped)
    }

    /// Nothing is provided for it until an advance is paid.
    pub fn waits_for_advance(&self) -> bool {
        self.stages.iter().any(|stage| stage.kind == StageKind::Advance)
    }

    /// What a line takes while the gate is open.
    pub const fn takes(line: &CustomerOrderLine) -> Takes {
        match line.action {
            SupplyAction::None => Takes::Nothing,
            SupplyAction::ToSupply | SupplyAction::Separate => Takes::Bought,
            SupplyAction::AsArrives | SupplyAction::Reserve | SupplyAction::Ship => Takes::Free,
        }
    }

    /// What it holds may go to a line before it in the queue, when somebody says so.
    pub const fn is_soft(line: &CustomerOrderLine) -> bool {
        matches!(line.action, SupplyAction::AsArrives)
    }

    /// The same order whose lines take what there is instead of all or nothing.
    #[must_use]
    pub fn softened(&self) -> Self {
        let mut soft = self.clone();
        for line in &mut soft.goods {
            if matches!(line.action, SupplyAction::Reserve | SupplyAction::Ship) {
                line.action = SupplyAction::AsArrives;
            }
        }
        soft
    }

    /// Goods are to be bought for a line where they lack.
    pub const fn is_bought_for(line: &CustomerOrderLine) -> bool {
        !line.cancelled && !matches!(line.action, SupplyAction::None)
    }

    /// Reserves for the lines: first for those that must have all of it, then for those that take what there is.
    pub(super) fn reserve(
        &self,
        asked: &[Asked<'_>],
        gate: Gate,
        facts: &dyn Facts,
        out: &mut Movements,
        problems: &mut Problems,
    ) {
        let mut stock = Reserving { facts, free: BTreeMap::new() };
        let hard = |one: &&Asked<'_>| matches!(one.line.action, SupplyAction::Reserve | SupplyAction::Ship);
        for one in asked.iter().filter(hard) {
            self.reserve_line(one, gate, &mut stock, out, problems);
        }
        for one in asked.iter().filter(|one| !hard(one)) {
            self.reserve_line(one, gate, &mut stock, out, problems);
        }
    }

    /// Brings the reserve of a line to what it is to have. What other documents did to it (a shipment released its
    /// part) is already in the balance.
    fn reserve_line(
        &self,
        one: &Asked<'_>,
        gate: Gate,
        stock: &mut Reserving<'_>,
        out: &mut Movements,
        problems: &mut Problems,
    ) {
        let line = one.line;
        let own = stock.facts.balance(&self.reserve_key(line)).qty;
        let free = *stock
            .free
            .entry(line.item)
            .or_insert_with(|| free_stock(stock.facts, self.company, self.warehouse, line.item));
        let wanted = if line.cancelled { Qty::ZERO } else { one.left.positive() };
        let target = match (gate, Self::takes(line)) {
            (Gate::Open, Takes::Free) => wanted.min((free + own).positive()),
            (Gate::Open, Takes::Bought) => wanted.min(own),
            _ => Qty::ZERO,
        };
        self.refuse_short(one, gate, target, (free + own).positive(), problems);
        if target != own {
            stock.free.insert(line.item, free - (target - own));
            out.add_at(i64::from(line.key), &Reserves { qty: target - own, ..self.reserve_key(line) });
        }
    }

    /// A line that is to be reserved or shipped whole must have all of it.
    fn refuse_short(&self, one: &Asked<'_>, gate: Gate, target: Qty, free: Qty, problems: &mut Problems) {
        let (line, wanted) = (one.line, one.left.positive());
        if line.cancelled || wanted.is_zero() {
            return;
        }
        let (table, column) = (field!(CustomerOrder, goods), field!(CustomerOrderLine, action));
        match (line.action, gate) {
            (SupplyAction::Ship, Gate::Advance(missing)) => {
                let text = text!("line-ship-before-advance", missing = missing.grouped());
                problems.cell(table, one.row, column, text);
            }
            (SupplyAction::Reserve | SupplyAction::Ship, Gate::Open) if target < wanted => {
                let text = text!("line-not-covered", wanted = wanted.short(), free = free.short());
                problems.cell(table, one.row, column, text);
            }
            _ => {}
        }
    }
}
