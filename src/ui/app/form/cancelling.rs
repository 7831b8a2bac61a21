//! Lines of an order, or all of it, are given up with a reason chosen from a list, or get a substitute; what is
//! shipped stays.

use super::FormPage;
use super::saving::{Deed, Then};
use crate::domain::sales::cancel_reason::CancelReason;
use crate::domain::sales::customer_order::{CustomerOrder, CustomerOrderLine};
use crate::domain::sales::demand::Giving;
use crate::field;
use crate::kernel::behaviour::Choices;
use crate::kernel::object::Declared as _;
use crate::kernel::refs::AnyRef;
use crate::kernel::value::Value;
use crate::ops::save::How;
use crate::ops::substitutes::Wanted;
use crate::text;
use crate::ui::app::work::substitutes::code;
use crate::ui::shell::page::{Open, PageContext, Request};
use crate::ui::theme::Role;

/// The lines chosen in the table are given up: also the token of the question for the reason.
pub const LINES: &str = "order-cancel-lines";
/// Everything that is not shipped is given up.
pub const WHOLE: &str = "order-cancel";

/// Asks for a reason; the answer bears the token.
pub fn ask_reason(token: &str, ctx: &mut PageContext<'_>) {
    let choose = Open::Choose(Some(CancelReason::declared()), AnyRef::EMPTY, Choices::default());
    ctx.requests.push(Request::Pick(choose, token.to_owned()));
}

/// A substitute for the current line: also the token of the question.
pub const SUBSTITUTE: &str = "order-substitute";

impl FormPage {
    /// Opens the substitutes of the current line's item.
    pub(super) fn ask_substitute(&self, ctx: &mut PageContext<'_>) {
        let Some((row, editor)) = self.current_line().zip(self.editor()) else { return };
        let Some(order) = editor.draft.object.downcast::<CustomerOrder>() else { return };
        let Some(line) = order.goods.get(row).filter(|line| !line.item.is_empty()) else {
            return ctx.toast(text!("substitutes-no-line"), Role::Warning);
        };
        let wanted = Wanted {
            item: line.item,
            company: order.company,
            warehouse: order.warehouse,
            price_kind: order.price_kind,
        };
        ctx.requests.push(Request::Pick(Open::Code(code(&wanted)), SUBSTITUTE.to_owned()));
    }

    /// The current row of the goods.
    fn current_line(&self) -> Option<usize> {
        let table = self.meta().table(field!(CustomerOrder, goods))?;
        self.editor()?.parts.iter().find(|part| part.table == table).map(|part| part.state.row)
    }

    /// The chosen item takes the place of the line's; what was ordered first is remembered.
    pub(super) fn substitute(&mut self, item: AnyRef, ctx: &mut PageContext<'_>) {
        let (meta, row) = (self.meta(), self.current_line());
        let place = meta.table(field!(CustomerOrder, goods));
        let Some(((table, row), editor)) = place.zip(row).zip(self.editor_mut()) else { return };
        let columns = meta.tables.get(table);
        let column = |name: &str| columns.and_then(|part| part.field(name)).unwrap_or(usize::MAX);
        let order = editor.draft.object.downcast::<CustomerOrder>();
        let Some(line) = order.and_then(|order| order.goods.get(row)).cloned() else { return };
        let stands = editor.beside.order.clone().unwrap_or_default();
        if stands.line(line.key).is_some_and(|view| !view.shipped.is_zero()) {
            return ctx.toast(text!("substitutes-shipped"), Role::Warning);
        }
        // What was wanted first stays so when a substitute is substituted.
        let first = line.instead_of.or(line.item).any();
        let instead = if first == item { AnyRef::EMPTY } else { first };
        let put = [
            (field!(CustomerOrderLine, name), Value::Text(String::new())),
            (field!(CustomerOrderLine, item), Value::Ref(item)),
            (field!(CustomerOrderLine, instead_of), Value::Ref(instead)),
        ];
        for (name, value) in put {
            editor.draft.set_cell(table, row, column(name), value);
        }
        ctx.toast(text!("substitutes-done"), Role::Good);
    }

    /// The reason is chosen: lines are given up and the order is saved.
    pub(super) fn give_up(&mut self, token: &str, reason: AnyRef, ctx: &mut PageContext<'_>) {
        let meta = self.meta();
        let place = meta.table(field!(CustomerOrder, goods));
        let Some((table, editor)) = place.zip(self.editor_mut()) else { return };
        let columns = meta.tables.get(table);
        let column = |name: &str| columns.and_then(|part| part.field(name)).unwrap_or(usize::MAX);
        let chosen = editor.parts.iter().find(|part| part.table == table).map(|part| part.state.meant(usize::MAX));
        let stands = editor.beside.order.clone().unwrap_or_default();
        let order = editor.draft.object.downcast::<CustomerOrder>();
        let lines: Vec<CustomerOrderLine> = order.map(|order| order.goods.clone()).unwrap_or_default();
        let mut given = 0;
        for (row, line) in lines.iter().enumerate() {
            if token == LINES && !chosen.as_ref().is_some_and(|rows| rows.contains(&row)) {
                continue;
            }
            let shipped = stands.line(line.key).map_or_else(Default::default, |view| view.shipped);
            let (name, value) = match line.giving(shipped) {
                Giving::Nothing => continue,
                Giving::Whole => (field!(CustomerOrderLine, cancelled), Value::Bool(true)),
                Giving::DownTo(qty) => (field!(CustomerOrderLine, qty), Value::Qty(qty)),
            };
            editor.draft.set_cell(table, row, column(name), value);
            editor.draft.set_cell(table, row, column(field!(CustomerOrderLine, reason)), Value::Ref(reason));
            given += 1;
        }
        if given == 0 {
            return ctx.toast(text!("order-nothing-to-cancel"), Role::Warning);
        }
        if let Some(at) = meta.field(field!(CustomerOrder, reason)).filter(|_| token == WHOLE) {
            editor.draft.set(at, Value::Ref(reason));
        }
        self.want(Deed::Save(How::Write), Then::Stay);
    }
}
