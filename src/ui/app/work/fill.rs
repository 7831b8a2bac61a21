//! «Заполнить обеспечение»: what can be decided best for the lines of one order, with the reason; which decisions may
//! be proposed is switched by keys, and one key writes them.

use super::{WorkList, failed, head_ui, standard_command};
use crate::domain::sales::order_state::SupplyAction;
use crate::kernel::problems::Outcome;
use crate::kernel::refs::AnyRef;
use crate::ops::coverage::SOMETIME;
use crate::ops::fill_supply::{Allowed, Proposed, propose_for};
use crate::ops::gate::{Op, Session};
use crate::ops::present::{Titles, title};
use crate::text;
use crate::ui::app::base::{Base, Ticket};
use crate::ui::commands::{Chord, Command, Facts, keys};
use crate::ui::icons::Icon;
use crate::ui::shell::page::{Page, PageContext, Request};
use crate::ui::theme::Role;
use crate::ui::widgets::list::{Cell, HeldRows, ListRow};
use crate::ui::widgets::table::columns::Column;
use crate::ui::widgets::toolbar::Tool;
use egui::{Id, Key, Ui};
use std::rc::Rc;

/// What may be proposed, with its key and the code of its command.
const ACTIONS: [(SupplyAction, Key, &str); 5] = [
    (SupplyAction::Ship, Key::Num1, "allow-ship"),
    (SupplyAction::Reserve, Key::Num2, "allow-reserve"),
    (SupplyAction::AsArrives, Key::Num3, "allow-arrives"),
    (SupplyAction::ToSupply, Key::Num4, "allow-supply"),
    (SupplyAction::Separate, Key::Num5, "allow-separate"),
];

struct Shown {
    order: String,
    found: Vec<Proposed>,
    /// The line of each row.
    lines: Vec<usize>,
    rows: Vec<ListRow>,
}

/// The page.
pub struct FillPage {
    base: Rc<Base>,
    order: AnyRef,
    called: String,
    allowed: Allowed,
    found: Vec<Proposed>,
    lines: Vec<usize>,
    list: WorkList,
    commands: Vec<Command>,
    reading: Option<Ticket<Shown>>,
    writing: Option<Ticket<()>>,
}

impl FillPage {
    /// Of an order by its id, being read.
    pub fn new(base: &Rc<Base>, order: AnyRef) -> Self {
        let id = Self::id().with(order.id());
        let columns = vec![
            Column::new("item", text!("work-item").show(), 250.0).stretch(1.0).unsorted(),
            Column::new("left", text!("fill-left").show(), 90.0).right().unsorted(),
            Column::new("now", text!("fill-now").show(), 235.0).unsorted(),
            Column::new("qty", text!("work-qty").show(), 90.0).right().unsorted(),
            Column::new("action", text!("fill-proposed").show(), 235.0).unsorted(),
            Column::new("date", text!("fill-date").show(), 100.0).unsorted(),
            Column::new("why", text!("fill-why").show(), 240.0).stretch(1.0).unsorted(),
        ];
        let mut page = Self {
            base: Rc::clone(base),
            order,
            called: String::new(),
            allowed: [SupplyAction::Ship, SupplyAction::AsArrives, SupplyAction::ToSupply].into_iter().collect(),
            found: Vec::new(),
            lines: Vec::new(),
            list: WorkList::new(id.with("list"), columns, HeldRows::waiting()),
            commands: Vec::new(),
            reading: None,
            writing: None,
        };
        page.name_commands();
        page.read();
        page
    }

    fn id() -> Id {
        Id::unique("work fill")
    }

    /// What is allowed is told by a tick in the name of its command.
    fn name_commands(&mut self) {
        let apply = Command::new("apply", text!("fill-apply"))
            .hint(text!("fill-apply-hint"))
            .key(keys::MAIN)
            .icon(Icon::Check)
            .needs(Facts::ROW);
        let allow = ACTIONS.iter().map(|(action, key, code)| {
            let icon = if self.allowed.contains(action) { Icon::CheckSquare } else { Icon::Square };
            Command::new(*code, text!("fill-allow", action = action.label()))
                .hint(text!("fill-allow-hint"))
                .key(Chord::alt(*key))
                .icon(icon)
        });
        self.commands = std::iter::once(apply).chain(allow).chain(standard_command("refresh")).collect();
    }

    fn read(&mut self) {
        let (order, allowed) = (self.order, self.allowed.clone());
        self.reading = Some(self.base.read(move |session| shown(session, order, &allowed)));
    }

    fn receive(&mut self, ctx: &mut PageContext<'_>) {
        if let Some(answer) = Ticket::take(&mut self.reading) {
            match answer {
                Ok(shown) => {
                    self.called = shown.order;
                    self.found = shown.found;
                    self.lines = shown.lines;
                    self.list.rows.take(shown.rows);
                    ctx.requests.push(Request::Messages(Vec::new()));
                }
                Err(error) => {
                    self.found.clear();
                    self.list.rows.take(Vec::new());
                    failed(ctx, error.sentence());
                }
            }
        }
        if let Some(answer) = Ticket::take(&mut self.writing) {
            match answer {
                Ok(()) => {
                    ctx.toast(text!("fill-done"), Role::Good);
                    ctx.close();
                }
                Err(error) => {
                    failed(ctx, error.sentence());
                    self.read();
                }
            }
        }
    }

    /// The proposals of the chosen rows, or all of them when none is chosen.
    fn meant(&self) -> Vec<Proposed> {
        let chosen = &self.list.state.selection;
        let lines: Vec<usize> = chosen.rows().filter_map(|row| self.lines.get(row)).copied().collect();
        let meant = |at: usize| chosen.is_empty() || lines.contains(&at);
        let all = self.found.iter().enumerate();
        all.filter(|(at, one)| meant(*at) && one.changes()).map(|(_, one)| one.clone()).collect()
    }
}

fn shown(session: &Session, order: AnyRef, allowed: &Allowed) -> Outcome<Shown> {
    let found = propose_for(session, order, allowed)?;
    let facts = session.facts();
    let called = title(order, &session.store, &facts)?;
    let mut titles = Titles::default();
    let (mut lines, mut rows) = (Vec::new(), Vec::new());
    for (at, one) in found.iter().enumerate() {
        for (number, part) in one.parts.iter().enumerate() {
            let first = number == 0;
            let only_first = |text: String| if first { text } else { String::new() };
            let date = match part.date {
                SOMETIME => String::new(),
                day if day.is_empty() => text!("fill-today").show(),
                day => day.russian(),
            };
            let role = if part.action == one.now && !one.changes() { Role::Weak } else { Role::Note };
            let cells = vec![
                Cell::new(only_first(titles.of(one.item.any(), &session.store, &facts)?)),
                Cell::new(only_first(one.left.short())),
                Cell::new(only_first(one.now.label())),
                Cell::new(part.qty.short()),
                Cell::new(part.action.label()).role(role),
                Cell::new(date),
                Cell::new(part.why.show()),
            ];
            rows.push(ListRow { reference: one.item.any(), cells, ..ListRow::default() });
            lines.push(at);
        }
    }
    Ok(Shown { order: called, found, lines, rows })
}

impl Page for FillPage {
    fn key(&self) -> String {
        format!("work:fill/{}", self.order.id())
    }
    fn title(&self) -> String {
        text!("fill-title").show()
    }
    fn icon(&self) -> Option<Icon> {
        Some(Icon::Package)
    }
    fn commands(&self) -> &[Command] {
        &self.commands
    }
    fn facts(&self) -> Facts {
        let any = self.found.iter().any(Proposed::changes);
        Facts::NONE.when(any && self.writing.is_none(), Facts::ROW)
    }
    fn hint(&self) -> String {
        text!("fill-keys").show()
    }

    fn ui(&mut self, ui: &mut Ui, ctx: &mut PageContext<'_>) {
        self.receive(ctx);
        let tools: Vec<Tool<'_>> = std::iter::once(Tool::Main("apply"))
            .chain([Tool::Divider])
            .chain(ACTIONS.iter().map(|(action, _, code)| Tool::Switch(code, self.allowed.contains(action))))
            .collect();
        let label = if self.called.is_empty() { self.title() } else { format!("{}: {}", self.title(), self.called) };
        head_ui(ui, ctx, Self::id(), &label, (&self.commands, self.facts()), &tools);
        let empty = [text!("fill-empty"), text!("fill-empty-hint")];
        self.list.ui(ui, ctx.first, &label, empty);
    }

    fn command(&mut self, code: &str, ctx: &mut PageContext<'_>) {
        if let Some((action, _, _)) = ACTIONS.iter().find(|(_, _, known)| *known == code) {
            if !self.allowed.remove(action) {
                self.allowed.insert(*action);
            }
            self.name_commands();
            return self.read();
        }
        match code {
            "refresh" => self.read(),
            "apply" => {
                let (order, meant) = (self.order, self.meant());
                if meant.is_empty() {
                    return ctx.toast(text!("fill-nothing"), Role::Warning);
                }
                self.writing = Some(self.base.write(Op::Post, move |tx| tx.fill_supply(order, &meant)));
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
