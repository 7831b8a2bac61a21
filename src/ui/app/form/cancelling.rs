//! Lines of an order, or all of it, are given up with a reason chosen from a list; what is shipped stays.

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
use crate::text;
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

impl FormPage {
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
