//! Who holds what and who would hold it by the queue: reserves shared out anew after it was shown who loses.

use super::open_order_command;
use super::place::{Place, Question, WorkPage, done};
use crate::domain::stock::item::Item;
use crate::domain::stock::warehouse::Warehouse;
use crate::kernel::problems::Outcome;
use crate::kernel::refs::{AnyRef, Ref};
use crate::kernel::text::Text;
use crate::ops::gate::{Op, Session};
use crate::ops::present::Titles;
use crate::ops::reallocate::{Shift, plan_for};
use crate::text;
use crate::ui::commands::{Command, Facts, keys};
use crate::ui::icons::Icon;
use crate::ui::shell::page::{Open, PageContext};
use crate::ui::theme::Role;
use crate::ui::widgets::list::{Cell, ListRow};
use crate::ui::widgets::table::columns::Column;
use crate::ui::widgets::toolbar::Tool;
use std::collections::BTreeSet;

/// The workplace.
pub struct Allocation {
    /// Only the goods of this order.
    pub of: Option<AnyRef>,
}

impl WorkPage<Allocation> {
    /// What is given to one line is taken from another: the goods of the chosen rows are shared out whole.
    fn meant(&self) -> Vec<Shift> {
        let chosen = &self.list.state.selection;
        if chosen.is_empty() {
            return self.found.clone();
        }
        let keys: BTreeSet<_> = chosen.rows().filter_map(|row| self.found.get(row)).map(|shift| shift.key).collect();
        self.found.iter().filter(|shift| keys.contains(&shift.key)).copied().collect()
    }
}

fn shown(session: &Session, of: Option<AnyRef>) -> Outcome<(Vec<Shift>, Vec<ListRow>)> {
    let found = plan_for(session, of)?;
    let facts = session.facts();
    let mut titles = Titles::default();
    let mut rows = Vec::with_capacity(found.len());
    for shift in &found {
        let [_, warehouse, item] = shift.key;
        let mut title = |reference: AnyRef| titles.of(reference, &session.store, &facts);
        let gains = shift.to > shift.from;
        let change = shift.to - shift.from;
        let change = if gains { format!("+{}", change.short()) } else { format!("−{}", (-change).short()) };
        let cells = vec![
            Cell::new(title(Ref::<Item>::new(item).any())?),
            Cell::new(title(Ref::<Warehouse>::new(warehouse).any())?),
            Cell::new(title(shift.line.0.any())?),
            Cell::new(shift.left.short()),
            Cell::new(shift.from.short()),
            Cell::new(shift.to.short()),
            Cell::new(change).role(if gains { Role::Good } else { Role::Danger }),
        ];
        rows.push(ListRow { reference: shift.line.0.any(), cells, ..ListRow::default() });
    }
    Ok((found, rows))
}

impl Place for Allocation {
    type Found = Vec<Shift>;
    type Made = usize;
    const NAME: &'static str = "allocation";
    const ICON: Icon = Icon::Package;
    const OPENS: &'static str = "open-order";

    fn key(&self) -> String {
        self.of.map_or_else(|| "work:allocation".to_owned(), |order| format!("work:allocation/{}", order.id()))
    }
    fn title(&self) -> Text {
        text!("allocation-title")
    }
    fn hint(&self) -> Text {
        text!("allocation-keys")
    }
    fn empty(&self) -> [Text; 2] {
        [text!("allocation-empty"), text!("allocation-empty-hint")]
    }
    fn columns() -> Vec<Column> {
        vec![
            Column::new("item", text!("work-item").show(), 320.0).stretch(1.0).unsorted(),
            Column::new("warehouse", text!("work-warehouse").show(), 150.0).unsorted(),
            Column::new("order", text!("work-order").show(), 270.0).unsorted(),
            Column::new("left", text!("fill-left").show(), 90.0).right().unsorted(),
            Column::new("held", text!("allocation-held").show(), 90.0).right().unsorted(),
            Column::new("to", text!("allocation-to").show(), 90.0).right().unsorted(),
            Column::new("change", text!("allocation-change").show(), 110.0).right().unsorted(),
        ]
    }
    fn commands(&self) -> Vec<Command> {
        let share = Command::new("share", text!("allocation-share"))
            .hint(text!("allocation-share-hint"))
            .key(keys::MAIN)
            .icon(Icon::Check)
            .needs(Facts::ROW);
        vec![share, open_order_command("open-order")]
    }
    fn tools(&self) -> Vec<Tool<'static>> {
        vec![Tool::Main("share"), Tool::Button("open-order"), Tool::Divider, Tool::Icon("refresh")]
    }
    fn question(&self) -> Question<Self::Found> {
        let of = self.of;
        Box::new(move |session| shown(session, of))
    }
    fn has_work(&self, found: &Self::Found) -> bool {
        !found.is_empty()
    }

    fn command(page: &mut WorkPage<Self>, code: &str, ctx: &mut PageContext<'_>) {
        match code {
            "share" => {
                let meant = page.meant();
                if !meant.is_empty() {
                    page.write(Op::Allocate, move |tx| tx.reallocate(&meant));
                }
            }
            "open-order" => {
                if let Some(shift) = page.current() {
                    ctx.open(Open::Object(shift.line.0.any()));
                }
            }
            _ => {}
        }
    }

    fn made(_page: &mut WorkPage<Self>, count: usize, operation: i64, ctx: &mut PageContext<'_>) {
        done(ctx, text!("allocation-done", count = count), operation);
    }
}
