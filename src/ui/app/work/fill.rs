//! «Заполнить обеспечение»: what can be decided best for the lines of one order, with the reason; which decisions may
//! be proposed is switched by keys, and one key writes them.

use super::place::{Place, Question, WorkPage, done};
use crate::domain::sales::order_state::SupplyAction;
use crate::kernel::problems::Outcome;
use crate::kernel::refs::AnyRef;
use crate::kernel::text::Text;
use crate::ops::coverage::SOMETIME;
use crate::ops::fill_supply::{Allowed, Proposed, propose_for};
use crate::ops::gate::{Op, Session};
use crate::ops::present::{Titles, title};
use crate::text;
use crate::ui::commands::{Chord, Command, Facts, keys};
use crate::ui::icons::Icon;
use crate::ui::shell::page::PageContext;
use crate::ui::theme::Role;
use crate::ui::widgets::list::{Cell, ListRow};
use crate::ui::widgets::table::columns::Column;
use crate::ui::widgets::toolbar::Tool;
use egui::Key;

/// What may be proposed, with its key and the code of its command.
const ACTIONS: [(SupplyAction, Key, &str); 5] = [
    (SupplyAction::Ship, Key::Num1, "allow-ship"),
    (SupplyAction::Reserve, Key::Num2, "allow-reserve"),
    (SupplyAction::AsArrives, Key::Num3, "allow-arrives"),
    (SupplyAction::ToSupply, Key::Num4, "allow-supply"),
    (SupplyAction::Separate, Key::Num5, "allow-separate"),
];

/// What was found.
#[derive(Default)]
pub struct Shown {
    order: String,
    found: Vec<Proposed>,
    /// The line of each row.
    lines: Vec<usize>,
}

/// The workplace.
pub struct Fill {
    order: AnyRef,
    allowed: Allowed,
}

impl Fill {
    /// Of an order.
    pub fn of(order: AnyRef) -> Self {
        let allowed = [SupplyAction::Ship, SupplyAction::AsArrives, SupplyAction::ToSupply].into_iter().collect();
        Self { order, allowed }
    }
}

impl WorkPage<Fill> {
    /// The proposals of the chosen rows, or all of them when none is chosen.
    fn meant(&self) -> Vec<Proposed> {
        let chosen = &self.list.state.selection;
        let lines: Vec<usize> = chosen.rows().filter_map(|row| self.found.lines.get(row)).copied().collect();
        let meant = |at: usize| chosen.is_empty() || lines.contains(&at);
        let all = self.found.found.iter().enumerate();
        all.filter(|(at, one)| meant(*at) && one.changes()).map(|(_, one)| one.clone()).collect()
    }
}

fn shown(session: &Session, order: AnyRef, allowed: &Allowed) -> Outcome<(Shown, Vec<ListRow>)> {
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
    Ok((Shown { order: called, found, lines }, rows))
}

impl Place for Fill {
    type Found = Shown;
    type Made = ();
    const NAME: &'static str = "fill";
    const ICON: Icon = Icon::Package;
    const STAYS: bool = false;

    fn key(&self) -> String {
        format!("work:fill/{}", self.order.id())
    }
    fn title(&self) -> Text {
        text!("fill-title")
    }
    fn heading(&self, found: &Shown) -> Option<String> {
        (!found.order.is_empty()).then(|| format!("{}: {}", self.title().show(), found.order))
    }
    fn hint(&self) -> Text {
        text!("fill-keys")
    }
    fn empty(&self) -> [Text; 2] {
        [text!("fill-empty"), text!("fill-empty-hint")]
    }
    fn columns() -> Vec<Column> {
        vec![
            Column::new("item", text!("work-item").show(), 215.0).stretch(1.0).unsorted(),
            Column::new("left", text!("fill-left").show(), 90.0).right().unsorted(),
            Column::new("now", text!("fill-now").show(), 235.0).unsorted(),
            Column::new("qty", text!("work-qty").show(), 90.0).right().unsorted(),
            Column::new("action", text!("fill-proposed").show(), 235.0).unsorted(),
            Column::new("date", text!("fill-date").show(), 100.0).unsorted(),
            Column::new("why", text!("fill-why").show(), 240.0).stretch(1.0).unsorted(),
        ]
    }
    /// What is allowed is told by a tick in the name of its command.
    fn commands(&self) -> Vec<Command> {
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
        std::iter::once(apply).chain(allow).collect()
    }
    fn tools(&self) -> Vec<Tool<'static>> {
        let switches = ACTIONS.iter().map(|(action, _, code)| Tool::Switch(code, self.allowed.contains(action)));
        [Tool::Main("apply"), Tool::Divider].into_iter().chain(switches).collect()
    }
    fn question(&self) -> Question<Self::Found> {
        let (order, allowed) = (self.order, self.allowed.clone());
        Box::new(move |session| shown(session, order, &allowed))
    }
    fn has_work(&self, found: &Shown) -> bool {
        found.found.iter().any(Proposed::changes)
    }

    fn command(page: &mut WorkPage<Self>, code: &str, ctx: &mut PageContext<'_>) {
        if let Some((action, _, _)) = ACTIONS.iter().find(|(_, _, known)| *known == code) {
            if !page.place.allowed.remove(action) {
                page.place.allowed.insert(*action);
            }
            page.name_commands();
            return page.read();
        }
        if code == "apply" {
            let (order, meant) = (page.place.order, page.meant());
            if meant.is_empty() {
                return ctx.toast(text!("fill-nothing"), Role::Warning);
            }
            page.write(Op::Post, move |tx| tx.fill_supply(order, &meant));
        }
    }

    fn made(_page: &mut WorkPage<Self>, (): (), operation: i64, ctx: &mut PageContext<'_>) {
        done(ctx, text!("fill-done"), operation);
        ctx.close();
    }
}
