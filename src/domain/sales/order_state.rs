//! The computed state of a customer order (RULES B1): a pure function of the order's numbers.

use super::agreement::Deviation;
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
    /// What is decided about the supply of a line (RULES B2); a new line takes what is free and then what arrives.
    SupplyAction = "supply_action" {
        AsArrives = 0 "as_arrives" "Резервировать по мере поступления",
        None = 1 "none" "Не обеспечивать",
        ToSupply = 2 "to_supply" "К обеспечению",
        Separate = 3 "separate" "Обеспечивать обособленно",
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
    /// What is decided about its supply, as far as it has come: a line that waits for goods and has them is to be
    /// shipped.
    pub action: SupplyAction,
    /// Everything left is reserved.
    pub held: bool,
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
    /// What of the order differs from its agreement.
    pub deviations: Vec<Deviation>,
    /// The reserve was given up when its time had passed.
    pub released: bool,
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
    /// Active lines that are reserved whole and wait for the word to ship.
    pub held: usize,
    /// What of the order is still to be agreed.
    pub deviations: Vec<Deviation>,
    /// The reserve was given up when its time had passed.
    pub released: bool,
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

/// The state of an order: the first rule that holds. A stage of nothing holds nothing up, also where more was paid
/// back than paid.
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
    } else if order.paid < order.advance && order.advance > Money::ZERO && !any_shipped {
        OrderState::Advance
    } else if active.iter().any(|line| line.action == SupplyAction::None) {
        OrderState::ReadyToSupply
    } else if order.paid < before_shipment && before_shipment > Money::ZERO {
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
    let held = active.iter().filter(|line| line.held && line.action != SupplyAction::Ship).count();
    let deviations = if order.agreed { Vec::new() } else { order.deviations.clone() };
    let (unsupplied, active) = (active.len() - ready, active.len());
    Verdict { state, missing, unsupplied, ready, active, held, deviations, released: order.released }
}

impl Verdict {
    /// The reason in the user's language: «не хватает 3 200,00 до аванса; 2 строки без обеспечения».
    pub fn reason(&self) -> String {
        let mut parts = Vec::new();
        if self.state == OrderState::Approval {
            parts.extend(self.deviations.iter().map(|one| one.text().show()));
        }
        if !self.missing.is_zero() && self.state != OrderState::Closed {
            let amount = self.missing.grouped();
            parts.push(match self.state {
                OrderState::Advance => text!("reason-missing-advance", amount = amount).show(),
                OrderState::Prepayment => text!("reason-missing-prepayment", amount = amount).show(),
                _ => text!("reason-missing-payment", amount = amount).show(),
            });
        }
        if self.active > 0 && self.state != OrderState::Closed {
            parts.extend(self.supply_reason().iter().map(crate::kernel::text::Text::show));
        }
        parts.join("; ")
    }

    fn supply_reason(&self) -> Vec<crate::kernel::text::Text> {
        let mut parts = Vec::new();
        if self.released {
            parts.push(text!("reason-released"));
        }
        if self.unsupplied > self.held {
            parts.push(text!("reason-unsupplied", count = self.unsupplied - self.held));
        }
        if self.held > 0 {
            parts.push(text!("reason-held", count = self.held));
        }
        if self.ready > 0 && self.unsupplied > 0 {
            parts.push(text!("reason-can-ship", ready = self.ready, active = self.active));
        }
        parts
    }

    /// The compact form kept beside the order: `missing;unsupplied;ready;active`, and only where there is something
    /// to say of it `;held;released;deviations`, the last as digits.
    pub fn stored(&self) -> String {
        let mut stored = format!("{};{};{};{}", self.missing.minor(), self.unsupplied, self.ready, self.active);
        if self.held > 0 || self.released || !self.deviations.is_empty() {
            let said = Deviation::stored(&self.deviations);
            stored.push_str(&format!(";{};{};{said}", self.held, i64::from(self.released)));
        }
        stored
    }

    /// From the state and the compact form.
    pub fn from_stored(state: OrderState, stored: &str) -> Self {
        let mut parts = stored.split(';');
        let mut number = || parts.next().and_then(|part| part.parse::<i64>().ok()).unwrap_or(0);
        let missing = Money::from_minor(number());
        let mut count = || usize::try_from(number()).unwrap_or(0);
        let (unsupplied, ready, active, held) = (count(), count(), count(), count());
        let released = number() != 0;
        let deviations = Deviation::from_stored(parts.next().unwrap_or_default());
        Verdict { state, missing, unsupplied, ready, active, held, deviations, released }
    }
}

impl OrderState {
    /// Goods may be provided for it: nothing is before it is agreed and its advance is paid.
    pub const fn may_be_supplied(self) -> bool {
        !matches!(self, OrderState::Approval | OrderState::Advance | OrderState::Closed)
    }

    /// Goods of it may leave, as far as its agreement is concerned.
    pub const fn may_be_shipped(self) -> bool {
        !matches!(self, OrderState::Approval | OrderState::Closed)
    }

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
