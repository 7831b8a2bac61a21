//! How cells of lists look: what colours say, and what is shown in the place of what is stored.

use crate::domain::sales::customer_order::CustomerOrder;
use crate::domain::sales::order_state::{OrderState, Verdict};
use crate::domain::sales::order_status::StatusColor;
use crate::kernel::meta::{FieldMeta, ObjectMeta};
use crate::kernel::money::Money;
use crate::kernel::object::Declared as _;
use crate::kernel::value::{Field as _, Type, Value};
use crate::ops::import_orders::Attention;
use crate::text;
use crate::ui::icons::Icon;
use crate::ui::theme::Role;
use crate::ui::widgets::list::Cell;

/// A value as lists show it: what is nought or empty leaves the cell empty.
pub fn shown(value: &Value, kind: Type) -> String {
    match value {
        Value::Bool(true) => text!("yes").show(),
        Value::Bool(false) => String::new(),
        Value::Int(0) | Value::Percent(_) | Value::Rate(_) | Value::Qty(_) | Value::Price(_) if value.is_empty() => {
            String::new()
        }
        plain => plain.show(kind),
    }
}

/// Fields a kind's looks need beside those shown.
pub fn needs(meta: &ObjectMeta) -> &'static [&'static str] {
    if *meta == *CustomerOrder::declared() {
        &["state", "state_numbers", "attention", "site_paid", "unpaid"]
    } else {
        &[]
    }
}

/// Fields that are shown under another title or not at all: (field, key of the title; empty hides it).
pub fn hidden(field: &FieldMeta) -> bool {
    matches!(field.name, "folder" | "parent")
}

/// The colour of a row.
pub const fn row_role(marked: bool) -> Role {
    if marked { Role::Disabled } else { Role::Text }
}

/// A cell of a kind; `get` gives other fields of the same row.
pub fn cell(
    meta: &ObjectMeta,
    field: &FieldMeta,
    value: &Value,
    text: String,
    get: &dyn Fn(&str) -> Option<Value>,
) -> Cell {
    if *meta == *CustomerOrder::declared()
        && let Some(cell) = order_cell(field, value, get)
    {
        return cell;
    }
    let role = match (field.kind, value) {
        (kind, value) if kind.is_number() && value.minor() < 0 => Role::Danger,
        (_, Value::Money(amount)) if amount.is_zero() => Role::Weak,
        _ => Role::Text,
    };
    Cell::new(text).role(role)
}

/// The state with its colour, its reason in words, the mark that somebody is to look.
fn order_cell(field: &FieldMeta, value: &Value, get: &dyn Fn(&str) -> Option<Value>) -> Option<Cell> {
    let state = || match get("state") {
        Some(value) => OrderState::from_value(value).unwrap_or_default(),
        None => OrderState::default(),
    };
    // An order that is not posted has no state yet.
    let posted = || matches!(get("state_numbers"), Some(Value::Text(numbers)) if !numbers.is_empty());
    match (field.name, value) {
        ("state", _) if !posted() => Some(Cell::new(text!("state-not-posted").show()).role(Role::Weak)),
        ("state", _) => {
            let state = state();
            let cell = Cell::new(state.label()).role(state_role(state));
            // The site says it is paid and the money is not entered yet: the receipt is waiting.
            let paid = get("site_paid") == Some(Value::Bool(true));
            let owed = matches!(get("unpaid"), Some(Value::Money(unpaid)) if unpaid > Money::ZERO);
            Some(if paid && owed { cell.icon(Icon::Coins, Role::Good) } else { cell })
        }
        ("state_numbers", Value::Text(numbers)) if posted() => {
            Some(Cell::new(Verdict::from_stored(state(), numbers).reason()).role(Role::Weak))
        }
        ("number", Value::Text(number)) if matches!(get("attention"), Some(Value::Text(said)) if !said.is_empty()) => {
            Some(Cell::new(number.clone()).icon(Icon::Warning, Role::Warning))
        }
        ("attention", Value::Text(marks)) if !marks.is_empty() => {
            let marks: Vec<String> = Attention::read(marks).into_iter().map(|mark| mark.text().show()).collect();
            Some(Cell::new(marks.join("; ")).role(Role::Warning))
        }
        ("unpaid", Value::Money(unpaid)) if unpaid.is_zero() => Some(Cell::default()),
        _ => None,
    }
}

/// The colour of an own status, as the theme shows it.
pub const fn color_role(color: StatusColor) -> Role {
    match color {
        StatusColor::Gray => Role::Weak,
        StatusColor::Blue => Role::Note,
        StatusColor::Green => Role::Good,
        StatusColor::Yellow => Role::Warning,
        StatusColor::Red => Role::Danger,
    }
}

/// What the colour of a state says.
pub const fn state_role(state: OrderState) -> Role {
    match state {
        OrderState::Approval | OrderState::Advance | OrderState::Prepayment | OrderState::Payment => Role::Warning,
        OrderState::ReadyToSupply | OrderState::Supply => Role::Note,
        OrderState::ReadyToShip | OrderState::Shipping => Role::Good,
        OrderState::ReadyToClose => Role::Text,
        OrderState::Closed => Role::Weak,
    }
}
