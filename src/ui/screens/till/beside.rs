//! What stands beside the till: the drawer, the customer's display, the scales. Orders go to the threads of the
//! devices; the screen waits for none of them.

use super::modes::Mode;
use super::{Later, TillPage};
use crate::devices::manager::outcome::Reason;
use crate::devices::manager::pending::Pending;
use crate::devices::proto::display::line;
use crate::domain::lines::TradeLine as _;
use crate::domain::stock::item::Item;
use crate::kernel::money::{Money, Qty};
use crate::kernel::object::Referable as _;
use crate::kernel::refs::Ref;
use crate::ops::till::{find, sale};
use crate::text;
use crate::ui::app::devices::words;
use crate::ui::theme::Role;

/// An amount without the signs a display may lack.
fn plain(amount: Money) -> String {
    amount.grouped().replace('\u{a0}', " ")
}

/// A quantity from a weight in tenths of a gram, of a unit that has so many of them.
pub(super) fn weighed(weight: i64, unit: i64) -> Qty {
    // Half a thousandth counts as one.
    Qty::from_minor((weight * 1_000 + unit / 2) / unit.max(1))
}

impl TillPage {
    /// The two lines the buyer sees.
    pub(super) fn customer_lines(&self) -> (String, String) {
        let receipt = &self.cart.receipt;
        match &self.mode {
            Mode::Back(coming) => (text!("display-return").show(), line("", &plain(coming.back.amount))),
            Mode::Special(special) => {
                let (amount, card) = special.amounts();
                let rest = special.rest().filter(|_| !card.is_zero());
                let lower = rest.map(|rest| line(&text!("display-rest").show(), &plain(rest)));
                (line(&text!("display-total").show(), &plain(amount)), lower.unwrap_or_default())
            }
            Mode::Waiting | Mode::Closed => (text!("display-closed").show(), String::new()),
            Mode::Pay => (
                line(&text!("display-total").show(), &plain(receipt.amount)),
                match self.cart.rest() {
                    rest if rest == receipt.amount => String::new(),
                    rest => line(&text!("display-rest").show(), &plain(rest)),
                },
            ),
            _ => match (receipt.goods.get(self.cart.current), self.cart.names.get(self.cart.current)) {
                (Some(sold), Some(name)) => {
                    let terms = sold.terms();
                    let upper = match terms.qty {
                        one if one == Qty::whole(1) => line(name, ""),
                        qty => line(name, &format!("x{}", qty.short())),
                    };
                    (upper, line(&plain(terms.total), &format!("= {}", plain(receipt.amount))))
                }
                _ => match self.paid {
                    Some((amount, change)) => (
                        line(&text!("display-paid").show(), &plain(amount)),
                        line(&text!("display-change").show(), &plain(change)),
                    ),
                    None => (text!("display-welcome").show(), String::new()),
                },
            },
        }
    }

    /// Shows the buyer what has changed.
    pub(super) fn show_customer(&mut self) {
        let Some(devices) = &self.devices else { return };
        let lines = self.customer_lines();
        if self.shown_lines.as_ref() != Some(&lines) && devices.show_customer(&lines.0, &lines.1) {
            self.shown_lines = Some(lines);
        }
    }

    /// Cash changes hands: the drawer opens at once, whatever becomes of the paper.
    pub(super) fn drawer_for(&self, cash: Money) {
        if let (Some(devices), false) = (&self.devices, cash.is_zero()) {
            devices.open_drawer();
        }
    }

    /// The key of the drawer: noted first, then opened.
    pub(super) fn open_drawer(&mut self) {
        let Some(shift) = self.desk.shift.as_ref().map(|shift| shift.reference()) else { return };
        let till = self.desk.till;
        let ticket = self.base.act(move |session| Ok(((), sale::open_drawer(session, till, shift)?.objects)));
        self.wait(ticket, |page, answer| match answer {
            Ok(()) if page.devices.as_ref().is_some_and(|devices| devices.open_drawer()) => {
                page.say(Role::Good, text!("till-drawer-open").show());
            }
            Ok(()) => page.fail(text!("till-no-drawer").show()),
            Err(error) => page.fail(error.sentence()),
        });
    }

    /// The weight on the scales becomes the quantity of the current line. What is pressed meanwhile waits for it.
    pub(super) fn weigh(&mut self) {
        let Some(item) = self.cart.receipt.goods.get(self.cart.current).map(|line| line.item) else { return };
        let Some(pending) = self.devices.as_ref().and_then(|devices| devices.weigh()) else {
            return self.fail(text!("till-no-scale").show());
        };
        self.finding += 1;
        let ticket = self.base.read(move |session| find::unit_weight(session, item));
        self.wait(ticket, move |page, answer| match answer {
            Ok(0) => page.not_weighed(text!("till-not-by-weight").show()),
            Ok(unit) => page.wait_weight(item, unit, pending),
            Err(error) => page.not_weighed(error.sentence()),
        });
    }

    fn not_weighed(&mut self, why: String) {
        self.finding = self.finding.saturating_sub(1);
        // A payment that waited for the weight is not made without it.
        self.then = None;
        self.early.clear();
        self.fail(why);
    }

    fn wait_weight(&mut self, item: Ref<Item>, unit: i64, pending: Pending<Result<i64, Reason>>) {
        self.say(Role::Text, text!("till-weighing").show());
        let later: Later = Box::new(move || {
            let answer = pending.take()?;
            Some(Box::new(move |page: &mut Self| page.take_weight(item, unit, &answer)))
        });
        self.later.push((false, later));
    }

    fn take_weight(&mut self, item: Ref<Item>, unit: i64, answer: &Result<i64, Reason>) {
        let same = self.cart.receipt.goods.get(self.cart.current).is_some_and(|line| line.item == item);
        match answer {
            Ok(weight) if same => {
                self.finding = self.finding.saturating_sub(1);
                let qty = weighed(*weight, unit);
                self.cart.set_qty(qty);
                self.say(Role::Good, text!("till-weighed", weight = words::kilograms(*weight)).show());
            }
            Ok(_) => self.not_weighed(text!("till-line-gone").show()),
            Err(reason) => self.not_weighed(words::of_reason(reason).show()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::weighed;
    use crate::kernel::money::Qty;

    #[test]
    fn weights_become_thousandths_of_the_unit() {
        assert_eq!(weighed(12_340, 10_000), Qty::from_minor(1_234));
        assert_eq!(weighed(12_345, 10_000), Qty::from_minor(1_235));
        assert_eq!(weighed(12_340, 10), Qty::whole(1_234));
    }
}
