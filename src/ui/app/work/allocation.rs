//! Who holds what and who would hold it by the queue: reserves shared out anew after it was shown who loses.

use super::{WorkList, failed, head_ui, open_order_command, standard_command};
use crate::domain::stock::item::Item;
use crate::domain::stock::warehouse::Warehouse;
use crate::kernel::problems::Outcome;
use crate::kernel::refs::{AnyRef, Ref};
use crate::ops::gate::{Op, Session};
use crate::ops::present::Titles;
use crate::ops::reallocate::{Shift, plan_for};
use crate::text;
use crate::ui::app::base::{Base, Ticket};
use crate::ui::commands::{Command, Facts, keys};
use crate::ui::icons::Icon;
use crate::ui::shell::page::{Open, Page, PageContext, Request, Toast};
use crate::ui::theme::Role;
use crate::ui::widgets::list::{Cell, HeldRows, ListEvent, ListRow};
use crate::ui::widgets::table::columns::Column;
use crate::ui::widgets::toolbar::Tool;
use egui::{Id, Ui};
use std::collections::BTreeSet;
use std::rc::Rc;

struct Shown {
    found: Vec<Shift>,
    rows: Vec<ListRow>,
}

/// The page.
pub struct AllocationPage {
    base: Rc<Base>,
    /// Only the goods of this order.
    of: Option<AnyRef>,
    found: Vec<Shift>,
    list: WorkList,
    commands: Vec<Command>,
    reading: Option<Ticket<Shown>>,
    writing: Option<Ticket<(usize, i64)>>,
}

impl AllocationPage {
    /// Being read.
    pub fn new(base: &Rc<Base>, of: Option<AnyRef>) -> Self {
        let share = Command::new("share", text!("allocation-share"))
            .hint(text!("allocation-share-hint"))
            .key(keys::MAIN)
            .icon(Icon::Check)
            .needs(Facts::ROW);
        let columns = vec![
            Column::new("item", text!("work-item").show(), 320.0).stretch(1.0).unsorted(),
            Column::new("warehouse", text!("work-warehouse").show(), 150.0).unsorted(),
            Column::new("order", text!("work-order").show(), 270.0).unsorted(),
            Column::new("left", text!("fill-left").show(), 90.0).right().unsorted(),
            Column::new("held", text!("allocation-held").show(), 90.0).right().unsorted(),
            Column::new("to", text!("allocation-to").show(), 90.0).right().unsorted(),
            Column::new("change", text!("allocation-change").show(), 110.0).right().unsorted(),
        ];
        let mut page = Self {
            base: Rc::clone(base),
            of,
            found: Vec::new(),
            list: WorkList::new(Self::id().with("list"), columns, HeldRows::waiting()),
            commands: [share, open_order_command("open-order")]
                .into_iter()
                .chain(standard_command("refresh"))
                .collect(),
            reading: None,
            writing: None,
        };
        page.read();
        page
    }

    fn id() -> Id {
        Id::unique("work allocation")
    }

    fn read(&mut self) {
        let of = self.of;
        self.reading = Some(self.base.read(move |session| shown(session, of)));
    }

    fn receive(&mut self, ctx: &mut PageContext<'_>) {
        if let Some(answer) = Ticket::take(&mut self.reading) {
            match answer {
                Ok(shown) => {
                    self.found = shown.found;
                    self.list.rows.take(shown.rows);
                }
                Err(error) => failed(ctx, error.sentence()),
            }
        }
        if let Some(answer) = Ticket::take(&mut self.writing) {
            match answer {
                Ok((count, operation)) => {
                    let text = text!("allocation-done", count = count).into();
                    ctx.requests.push(Request::Done(Toast { text, role: Role::Good, opens: None }, operation));
                }
                Err(error) => failed(ctx, error.sentence()),
            }
            self.read();
        }
    }

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

fn shown(session: &Session, of: Option<AnyRef>) -> Outcome<Shown> {
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
    Ok(Shown { found, rows })
}

impl Page for AllocationPage {
    fn key(&self) -> String {
        self.of.map_or_else(|| "work:allocation".to_owned(), |order| format!("work:allocation/{}", order.id()))
    }
    fn title(&self) -> String {
        text!("allocation-title").show()
    }
    fn icon(&self) -> Option<Icon> {
        Some(Icon::Package)
    }
    fn commands(&self) -> &[Command] {
        &self.commands
    }
    fn facts(&self) -> Facts {
        Facts::NONE.when(!self.found.is_empty() && self.writing.is_none(), Facts::ROW)
    }
    fn hint(&self) -> String {
        text!("allocation-keys").show()
    }
    fn reopen(&self) -> Option<String> {
        Some(self.key())
    }

    fn ui(&mut self, ui: &mut Ui, ctx: &mut PageContext<'_>) {
        self.receive(ctx);
        let tools = [Tool::Main("share"), Tool::Button("open-order"), Tool::Divider, Tool::Icon("refresh")];
        let label = self.title();
        head_ui(ui, ctx, Self::id(), &label, (&self.commands, self.facts()), &tools);
        let empty = [text!("allocation-empty"), text!("allocation-empty-hint")];
        let events = self.list.ui(ui, ctx.first, &label, empty);
        if events.contains(&ListEvent::Open) {
            ctx.run("open-order");
        }
    }

    fn command(&mut self, code: &str, ctx: &mut PageContext<'_>) {
        match code {
            "refresh" => self.read(),
            "share" => {
                let meant = self.meant();
                if !meant.is_empty() {
                    self.writing = Some(self.base.write_told(Op::Allocate, move |tx| tx.reallocate(&meant)));
                }
            }
            "open-order" => {
                if let Some(shift) = self.found.get(self.list.state.current) {
                    ctx.open(Open::Object(shift.line.0.any()));
                }
            }
            _ => {}
        }
    }

    fn changed(&mut self, _objects: &[AnyRef]) {
        if self.writing.is_none() {
            self.read();
        }
    }
}
