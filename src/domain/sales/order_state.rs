//! The computed state of a customer order (RULES B1): a pure function of the order's numbers.

use crate::kernel::money::{Money, Qty};
use crate::{choice, text};

choice! {
    /// The ten states in their order.
    OrderState = "order_state" {
        Approval = 0 "approval" "Ожидается согласование",
        Advance = 1 "advance" "Ожидается аванс",
        ReadyToSupply = 2 "ready_to_supply" "Готов к обеспечению",
        Prepayment = 3 "prepayment" "Ожидается предоплата",
        Supply = 4 "supply" "Ожидается обеспечение",
        ReadyToShip = 5 "ready_to_ship" "Готов к отгрузке",
        Shipping = 6 "shipping" "В процессе отгрузки",
        Payment = 7 "payment" "Ожидается оплата",
        ReadyToClose = 8 "ready_to_close" "Готов к закрытию",
        Closed = 9 "closed" "Закрыт",
    }
}

choice! {
    /// What is decided about the supply of a line (RULES B2).
    SupplyAction = "supply_action" {
        None = 0 "none" "Не обеспечивать",
        ToSupply = 1 "to_supply" "К обеспечению",
        Separate = 2 "separate" "Обеспечивать обособленно",
        AsArrives = 3 "as_arrives" "Резервировать по мере поступления",
        Reserve = 4 "reserve" "Резервировать на складе",
        Ship = 5 "ship" "Отгрузить",
    }
}

/// One line, as the state sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LineNumbers {
    /// Ordered.
    pub qty: Qty,
    /// Shipped of it.
    pub shipped: Qty,
    /// Cancelled lines take no part.
    pub cancelled: bool,
    /// What is decided about its supply.
    pub action: SupplyAction,
}

/// One order, as the state sees it. `advance + prepayment + credit` is the total of all lines not
/// cancelled, shipped ones too.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OrderNumbers {
    /// Closed by hand or by the setting.
    pub closed: bool,
    /// Agreed; without approval every order is.
    pub agreed: bool,
    /// The advance stage.
    pub advance: Money,
    /// The prepayment stage.
    pub prepayment: Money,
    /// The credit stage.
    pub credit: Money,
    /// Receipts allocated to the order less refunds.
    pub paid: Money,
    /// The lines.
    pub lines: Vec<LineNumbers>,
}

/// A state with what it is made of: the reason line and the counts behind the badges.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verdict {
    /// The state.
    pub state: OrderState,
    /// What is missing to the next payment stage.
    pub missing: Money,
    /// Active lines not yet ready to ship.
    pub unsupplied: usize,
    /// Active lines ready to ship.
    pub ready: usize,
    /// Active lines.
    pub active: usize,
}

/// Documents by which a customer pays an order, by code, the usual one first.
pub const PAYMENTS: [&str; 2] = ["bank_receipt", "cash_receipt"];

/// What the next-action button does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NextAction {
    /// Agree the order.
    Approve,
    /// Enter a payment.
    Pay,
    /// Provide what is missing.
    Supply,
    /// Make a goods issue.
    Ship,
    /// Close the order.
    Close,
    /// Nothing is left to do.
    Nothing,
}

/// The state of an order: the first rule that holds.
pub fn verdict(order: &OrderNumbers) -> Verdict {
    let active: Vec<&LineNumbers> =
        order.lines.iter().filter(|line| !line.cancelled && line.qty - line.shipped > Qty::ZERO).collect();
    let ready = active.iter().filter(|line| line.action == SupplyAction::Ship).count();
    let any_shipped = order.lines.iter().any(|line| line.shipped > Qty::ZERO);
    let before_shipment = order.advance + order.prepayment;
    let total = before_shipment + order.credit;
    let state = if order.closed {
        OrderState::Closed
    } else if !order.agreed {
        OrderState::Approval
    } else if order.paid < order.advance && !any_shipped {
        OrderState::Advance
    } else if active.iter().any(|line| line.action == SupplyAction::None) {
        OrderState::ReadyToSupply
    } else if order.paid < before_shipment {
        OrderState::Prepayment
    } else if ready < active.len() {
        OrderState::Supply
    } else if !active.is_empty() && !any_shipped {
        OrderState::ReadyToShip
    } else if !active.is_empty() {
        OrderState::Shipping
    } else if order.paid < total {
        OrderState::Payment
    } else {
        OrderState::ReadyToClose
    };
    let stage = match state {
        OrderState::Advance => order.advance,
        OrderState::Prepayment => before_shipment,
        _ => total,
    };
    let missing = (stage - order.paid).positive();
    Verdict { state, missing, unsupplied: active.len() - ready, ready, active: active.len() }
}

impl Verdict {
    /// The reason in the user's language: «не хватает 3 200,00 до аванса; 2 строки без обеспечения».
    pub fn reason(&self) -> String {
        let mut parts = Vec::new();
        if !self.missing.is_zero() && self.state != OrderState::Closed {
            let amount = self.missing.grouped();
            parts.push(match self.state {
                OrderState::Advance => text!("reason-missing-advance", amount = amount),
                OrderState::Prepayment => text!("reason-missing-prepayment", amount = amount),
                _ => text!("reason-missing-payment", amount = amount),
            });
        }
        if self.active > 0 && self.state != OrderState::Closed {
            if self.unsupplied > 0 {
                parts.push(text!("reason-unsupplied", count = self.unsupplied));
            }
            if self.ready > 0 && self.unsupplied > 0 {
                parts.push(text!("reason-can-ship", ready = self.ready, active = self.active));
            }
        }
        parts.iter().map(crate::kernel::text::Text::show).collect::<Vec<_>>().join("; ")
    }

    /// The compact form kept beside the order: `missing;unsupplied;ready;active`.
    pub fn stored(&self) -> String {
        format!("{};{};{};{}", self.missing.minor(), self.unsupplied, self.ready, self.active)
    }

    /// From the state and the compact form.
    pub fn from_stored(state: OrderState, stored: &str) -> Self {
        let mut numbers = stored.split(';').map(|part| part.parse::<i64>().unwrap_or(0));
        let missing = Money::from_minor(numbers.next().unwrap_or(0));
        let mut count = || usize::try_from(numbers.next().unwrap_or(0)).unwrap_or(0);
        Verdict { state, missing, unsupplied: count(), ready: count(), active: count() }
    }
}

impl OrderState {
    /// What the next-action button does in this state.
    pub const fn next_action(self) -> NextAction {
        match self {
            OrderState::Approval => NextAction::Approve,
            OrderState::Advance | OrderState::Prepayment | OrderState::Payment => NextAction::Pay,
            OrderState::ReadyToSupply | OrderState::Supply => NextAction::Supply,
            OrderState::ReadyToShip | OrderState::Shipping => NextAction::Ship,
            OrderState::ReadyToClose => NextAction::Close,
            OrderState::Closed => NextAction::Nothing,
        }
    }
}
