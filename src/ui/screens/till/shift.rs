//! The shift at the till: opened by Enter, looked at, closed with the cash that was counted.

use super::TillPage;
use super::deeds::shift_of;
use super::modes::Mode;
use crate::domain::retail::shift::TillShift;
use crate::domain::retail::till::TillPaper;
use crate::kernel::money::Money;
use crate::kernel::object::{Declared as _, Referable as _};
use crate::kernel::refs::AnyRef;
use crate::kernel::text::Text;
use crate::ops::till::{find, sale};
use crate::text;
use crate::ui::theme::Role;

impl TillPage {
    pub(super) fn open_shift(&mut self) {
        if self.desk.till.is_empty() {
            return;
        }
        let shift = TillShift {
            till: self.desk.till,
            cashier: self.base.rights().employee,
            date: self.base.clock().now(),
            ..TillShift::default()
        };
        self.mode = Mode::Waiting;
        let ticket = self
            .base
            .act(move |session| sale::open_shift(session, &shift).map(|(shift, changed)| (shift, changed.objects)));
        self.wait(ticket, |page, answer| {
            match answer {
                Ok(_) => page.say(Role::Good, text!("till-opened").show()),
                Err(error) => page.fail(error.sentence()),
            }
            page.look(page.desk.till);
        });
    }

    pub(super) fn close_shift(&mut self, counted: Money) {
        let shift = shift_of(self);
        self.mode = Mode::Waiting;
        let ticket = self.base.act(move |session| {
            sale::close_shift(session, shift, counted).map(|(shift, changed)| (shift, changed.objects))
        });
        self.wait(ticket, |page, answer| match answer {
            Ok(shift) => {
                page.desk.shift = None;
                page.totals_of(shift.any());
            }
            Err(error) => {
                page.fail(error.sentence());
                page.mode = page.usual();
            }
        });
    }

    /// The X report while a shift is open, the Z report of the one that was closed.
    pub(super) fn show_totals(&mut self) {
        let shift = shift_of(self);
        if !shift.is_empty() {
            return self.totals_of(shift.any());
        }
        let till = self.desk.till;
        let ticket = self.base.read(move |session| {
            let stored = crate::kernel::value::Stored::Int(till.id());
            let known = session.store.find_by(TillShift::META, "till", &stored)?;
            Ok(known.last().copied().unwrap_or_default())
        });
        self.wait(ticket, |page, answer| match answer {
            Ok(shift) if !shift.is_empty() => page.totals_of(shift),
            Ok(_) => page.fail(text!("till-no-shifts").show()),
            Err(error) => page.fail(error.sentence()),
        });
    }

    pub(super) fn totals_of(&mut self, shift: AnyRef) {
        let ticket = self.base.read(move |session| find::totals(session, shift));
        self.wait(ticket, |page, answer| match answer {
            Ok((shift, rates)) => {
                let (title, rows) = report(&shift, &rates, page.desk.about.paper() == TillPaper::Registrar);
                page.mode = Mode::Report(shift.reference().any(), title, rows);
            }
            Err(error) => page.fail(error.sentence()),
        });
    }
}

/// The report of a shift: what its documents come to, and where the registrar says otherwise.
fn report(shift: &TillShift, rates: &[(String, Money, Money)], asks: bool) -> (String, Vec<(String, String)>) {
    let meta = TillShift::META;
    let row = |name: &str, value: String| {
        let label = meta.field(name).and_then(|at| meta.fields.get(at)).map(|field| meta.field_label(field));
        (label.unwrap_or_default(), value)
    };
    let money = |name: &str, amount: Money| row(name, amount.grouped());
    let mut rows = vec![
        row("receipts", shift.receipts.to_string()),
        money("sales_cash", shift.sales_cash),
        money("sales_card", shift.sales_card),
        money("sales_advance", shift.sales_advance),
        row("returns", shift.returns.to_string()),
        money("returned_cash", shift.returned_cash),
        money("returned_card", shift.returned_card),
        money("vat_amount", shift.vat_amount),
        money("cash_start", shift.cash_start),
        money("put_in", shift.put_in),
        money("taken_out", shift.taken_out),
        money("expected", shift.expected),
    ];
    let rate = |(name, total, vat): &(String, Money, Money)| {
        (text!("till-vat-of", rate = name, total = total.grouped()).show(), vat.grouped())
    };
    // Behind the VAT of all rates together.
    if rates.len() > 1 {
        rows.splice(8..8, rates.iter().map(rate));
    }
    if !shift.closed.is_empty() {
        rows.push(money("counted", shift.counted));
        let surplus = shift.surplus();
        let words = if surplus < Money::ZERO { text!("till-shortage") } else { text!("till-surplus") };
        rows.push((words.show(), surplus.abs().grouped()));
    }
    if asks {
        rows.extend(registrar_rows(shift));
    }
    let title = if shift.closed.is_empty() {
        text!("till-x-report", shift = shift.number.clone())
    } else {
        text!("till-z-report", shift = shift.number.clone())
    };
    (title.show(), rows)
}

/// What the registrar says of the shift beside its documents: that it agrees, or by how much it does not.
fn registrar_rows(shift: &TillShift) -> Vec<(String, String)> {
    let differs = shift.registrar_differs();
    let whole = |said: Text| vec![(text!("till-registrar").show(), said.show())];
    if shift.registrar_shift == 0 {
        return whole(text!("till-registrar-not-asked"));
    }
    let names = [text!("till-registrar-sales"), text!("till-registrar-returns"), text!("till-registrar-cash")];
    let wrong = names.iter().zip(differs).filter(|(_, amount)| !amount.is_zero());
    let rows: Vec<(String, String)> = wrong.map(|(name, amount)| (name.show(), amount.grouped())).collect();
    if rows.is_empty() { whole(text!("till-registrar-agrees")) } else { rows }
}
