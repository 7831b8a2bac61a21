//! What the form of a customer order shows above its fields: the state, why, and what to do next.

use super::commands::{NEXT, NEXT_KEY};
use crate::domain::sales::order_state::{NextAction, OrderState};
use crate::kernel::text::Text;
use crate::ops::order_view::OrderView;
use crate::text;
use crate::ui::app::list::looks::state_role;
use crate::ui::commands::{Command, Facts, find};
use crate::ui::icons::Icon;
use crate::ui::shell::page::PageContext;
use crate::ui::theme::{self, CONTROL, GAP_X, Role};
use crate::ui::widgets::button::Button;
use crate::ui::{fonts, paint, px};
use egui::accesskit::Role as Kind;
use egui::{Align, Rect, Sense, Ui, WidgetInfo, pos2, vec2};

/// The commands offered as buttons, the next step first.
fn steps(view: &OrderView) -> Vec<&'static str> {
    let first = match view.next() {
        NextAction::Ship => Some("order-ship"),
        NextAction::Pay => Some("order-pay"),
        NextAction::Supply => Some("order-supply"),
        NextAction::Close => Some("order-close"),
        NextAction::Approve => Some("order-approve"),
        NextAction::Nothing => None,
    };
    // What would be refused in this state is not offered.
    let state = view.verdict.state;
    let may = |code: &&str| match *code {
        "order-ship" => state.may_be_shipped(),
        "order-fill" | "order-supply" => state.may_be_supplied(),
        _ => true,
    };
    let further = ["order-ship", "order-fill", "order-supply", "order-pay"].into_iter().filter(may);
    first.into_iter().chain(further.filter(|code| Some(*code) != first)).collect()
}

/// The line of an order: the state, the reason, what can be shipped, marks of the site, the next step.
pub fn state_line(ui: &mut Ui, view: &OrderView, facts: Facts, commands: &[Command], ctx: &mut PageContext<'_>) {
    if view.posted {
        let (line, _) = ui.allocate_exact_size(vec2(ui.available_width(), CONTROL + 4.0), Sense::hover());
        let left = buttons_ui(ui, line, view, facts, commands, ctx);
        state_ui(ui, line.with_max_x(left - GAP_X), view);
    }
    if view.paid_on_site && remark_button(ui, &text!("order-paid-on-site"), &text!("order-take-payment"), Role::Note) {
        ctx.run("order-pay");
    }
    if !view.twin.is_empty()
        && remark_button(ui, &text!("order-twin", order = &view.twin), &text!("order-twin-compare"), Role::Warning)
    {
        ctx.run("order-twins");
    }
    if !view.attention.is_empty() {
        let words: Vec<String> = view.attention.iter().map(|mark| mark.text().show()).collect();
        let said = text!("order-attention", marks = words.join("; "));
        if remark_button(ui, &said, &text!("order-looked"), Role::Warning) {
            ctx.run("order-looked");
        }
    }
}

/// The state and its reason at the left.
fn state_ui(ui: &Ui, line: Rect, view: &OrderView) {
    let colors = theme::colors(ui);
    let verdict = &view.verdict;
    let color = colors.role(state_role(verdict.state));
    let state = verdict.state.label();
    paint::icon(ui.painter(), pos2(line.left() + 9.0, line.center().y), Icon::Circle, 14.0, color);
    let wide = paint::width_of(ui, &state, fonts::bold()).ceil();
    let place = px::rect(line.left() + 22.0, line.top(), wide, line.height());
    paint::text(ui.painter(), place, &state, fonts::bold(), color, Align::Min);
    let reason = reason(view);
    let rest =
        px::rect(place.right() + 2.0 * GAP_X, line.top(), line.right() - place.right() - 2.0 * GAP_X, line.height());
    paint::text(ui.painter(), rest, &reason, fonts::text(), colors.text, Align::Min);
    let said = ui.interact(line, ui.scope_id().with("order state"), Sense::hover());
    let words = if reason.is_empty() { state } else { format!("{state}: {reason}") };
    said.widget_info(|| WidgetInfo::labeled(Kind::Label, true, &words));
    said.on_hover_text(words);
}

/// Why the order is in its state, and how much can go now.
fn reason(view: &OrderView) -> String {
    let verdict = &view.verdict;
    let mut words = verdict.reason();
    // The reason says itself how much can go while a part of the lines waits.
    if verdict.active > 0 && verdict.unsupplied == 0 && verdict.state != OrderState::Closed {
        let ready = text!("order-can-ship", ready = verdict.ready, active = verdict.active).show();
        words = if words.is_empty() { ready } else { format!("{words}; {ready}") };
    }
    words
}

/// The buttons at the right end of the line; gives where they begin.
fn buttons_ui(
    ui: &mut Ui,
    line: Rect,
    view: &OrderView,
    facts: Facts,
    commands: &[Command],
    ctx: &mut PageContext<'_>,
) -> f32 {
    let mut left = line.right();
    let next = steps(view);
    // The next step is shown also to whom it is denied: the tooltip says who may.
    let is_offered = |(at, command): &(usize, &Command)| {
        command.available(facts) || (*at == 0 && facts.has(NEXT) && command.denied.is_some())
    };
    let offered = next.iter().filter_map(|code| find(commands, code)).enumerate().filter(is_offered);
    let offered: Vec<&Command> = offered.map(|(_, command)| command).collect();
    for (at, command) in offered.iter().enumerate().rev() {
        let label = command.label.show();
        let is_next = at == 0 && facts.has(NEXT);
        let button = Button::new(&label).enabled(command.denied.is_none()).aside();
        let wide = button.width(ui);
        left -= wide + GAP_X;
        let place = Rect::from_min_size(pos2(left + GAP_X, line.top() + 2.0), vec2(wide, CONTROL));
        let tip = if is_next { format!("{} ({})", command.tooltip(), NEXT_KEY.show()) } else { command.tooltip() };
        if ui.place(place, button).on_hover_text(tip).clicked() {
            ctx.run(command.code.to_string());
        }
    }
    left
}

/// A notice with a button. True when it was pressed.
pub fn remark_button(ui: &mut Ui, words: &Text, label: &Text, role: Role) -> bool {
    let colors = theme::colors(ui);
    let (line, _) = ui.allocate_exact_size(vec2(ui.available_width(), CONTROL + 4.0), Sense::hover());
    let fill = match role {
        Role::Danger => colors.danger_fill,
        Role::Warning => colors.warning_fill,
        _ => colors.header,
    };
    ui.painter().rect_filled(line, 3.0, fill);
    let icon = if matches!(role, Role::Note) { Icon::Info } else { Icon::Warning };
    paint::icon(ui.painter(), pos2(line.left() + 14.0, line.center().y), icon, 16.0, colors.role(role));
    let label = label.show();
    let button = Button::new(&label).aside();
    let wide = button.width(ui);
    let place = Rect::from_min_size(pos2(line.right() - wide - 4.0, line.top() + 2.0), vec2(wide, CONTROL));
    let pressed = ui.place(place, button).clicked();
    let words = words.show();
    let inner = px::rect(line.left() + 30.0, line.top(), place.left() - line.left() - 36.0, line.height());
    let cut = paint::text(ui.painter(), inner, &words, fonts::text(), colors.text, Align::Min);
    let said = ui.interact(inner, ui.scope_id().with(("remark", &words)), Sense::hover());
    said.widget_info(|| WidgetInfo::labeled(Kind::Label, true, &words));
    if cut {
        said.on_hover_text(words);
    }
    pressed
}
