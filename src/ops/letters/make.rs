//! A letter made of a template and an order as it is now.

use super::follow::{Shipment, shipment};
use crate::domain::crm::letter_template::{LetterEvent, LetterTemplate};
use crate::domain::crm::letter_text::{Field, GoodsRow, Letter as Made, Values};
use crate::domain::crm::mail_account::MailAccount;
use crate::domain::registers::orders::OrderDebts;
use crate::domain::sales::customer_order::{CustomerOrder, CustomerOrderLine};
use crate::domain::sales::order_state::OrderState;
use crate::kernel::facts::Facts;
use crate::kernel::moment::Date;
use crate::kernel::money::Money;
use crate::kernel::object::Referable as _;
use crate::kernel::problems::{Error, Outcome};
use crate::kernel::text::{Lang, Text};
use crate::kernel::value::{Choice as _, Type, Value};
use crate::text;

/// Buyers are written to in Russian, whatever language the window speaks.
const LANG: Lang = Lang::Ru;

/// What an order gives to a template; `detail` is that of the letter.
pub fn values(order: &CustomerOrder, account: &MailAccount, letter: (i64, i64), facts: &dyn Facts) -> Values {
    let mut values = Values { goods: goods(order, facts), ..Values::default() };
    let mut set = |field: Field, value: String| {
        values.fields.insert(field, value);
    };
    let unpaid = OrderDebts::of(order.reference().any(), facts);
    let due = order.due_rubles(facts).unwrap_or_default();
    let amount = |amount: Money| if amount > Money::ZERO { amount.grouped() } else { String::new() };
    let day = |day: Date| if day.is_empty() { String::new() } else { day.russian() };
    if let Some(customer) = facts.get(order.customer) {
        set(Field::Buyer, customer.name.clone());
    }
    let number = if order.site_number.is_empty() { &order.number } else { &order.site_number };
    set(Field::Number, number.clone());
    set(Field::OwnNumber, order.number.clone());
    set(Field::Date, day(order.date.date()));
    set(Field::Total, order.due().grouped());
    set(Field::Paid, if order.head.posted { amount(due - unpaid) } else { String::new() });
    set(Field::Due, if order.head.posted { amount(unpaid) } else { amount(due) });
    set(Field::State, state_label(order.state));
    set(Field::Delivery, order.delivery_method.clone());
    set(Field::Address, order.delivery_address.clone());
    set(Field::Payment, order.payment_method.clone());
    set(Field::ShipDate, day(order.ship_date));
    set(Field::Shipped, shipped(order, facts).map_or_else(String::new, |text| text.show_in(LANG)));
    set(Field::ReserveUntil, day(reserve_until(order, letter)));
    set(Field::Manager, facts.get(order.manager).map_or_else(String::new, |manager| manager.name.clone()));
    set(Field::Shop, account.signed().to_owned());
    set(Field::Phone, facts.get(order.company).map_or_else(String::new, |company| company.phone.clone()));
    set(Field::Mail, if account.reply_to.is_empty() { &account.address } else { &account.reply_to }.clone());
    values
}

/// The state as its declaration calls it.
fn state_label(state: OrderState) -> String {
    let item = OrderState::META.items.iter().find(|(number, _, _)| *number == state.number());
    item.map_or_else(String::new, |(_, _, label)| (*label).to_owned())
}

fn reserve_until(order: &CustomerOrder, (event, detail): (i64, i64)) -> Date {
    if event == LetterEvent::ReserveExpires.number() {
        return Date::from_stored(detail);
    }
    order.reserve_until
}

fn shipped(order: &CustomerOrder, facts: &dyn Facts) -> Option<Text> {
    match shipment(order, facts) {
        Shipment::None => None,
        Shipment::Part => Some(text!("letter-shipped-part")),
        Shipment::Whole => Some(text!("letter-shipped-whole")),
    }
}

fn goods(order: &CustomerOrder, facts: &dyn Facts) -> Vec<GoodsRow> {
    order.goods.iter().filter(|line| !line.cancelled).map(|line| row(line, facts)).collect()
}

fn row(line: &CustomerOrderLine, facts: &dyn Facts) -> GoodsRow {
    let item = facts.get(line.item);
    let unit = item.and_then(|item| facts.get(item.unit)).map_or_else(String::new, |unit| unit.name.clone());
    // The buyer pays what stands at the end of the row: the price of one follows from it.
    let price = line.total.per(line.qty);
    GoodsRow {
        name: line.called(facts),
        qty: format!("{} {unit}", line.qty.short()).trim().to_owned(),
        price: Value::Price(price).show(Type::Price),
        total: line.total.grouped(),
    }
}

/// A template filled from an order. Refused when the subject cannot be filled.
pub fn letter(
    template: &LetterTemplate,
    order: &CustomerOrder,
    account: &MailAccount,
    of: (i64, i64),
    facts: &dyn Facts,
) -> Outcome<Made> {
    let pattern = template.pattern().map_err(Error::from)?;
    pattern.fill(&values(order, account, of, facts)).map_err(Error::refused)
}

/// A letter that says only that letters leave and arrive.
pub fn trial(account: &MailAccount) -> Made {
    let subject = text!("letter-trial-subject", shop = account.signed()).show();
    let body = text!("letter-trial-body", server = account.server.clone()).show();
    let html = format!("<!DOCTYPE html>\n<html><body><p>{body}</p></body></html>\n");
    Made { subject, text: format!("{body}\n"), html }
}
