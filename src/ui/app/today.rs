//! The start page: what the day asks for; every line opens what it counts.

use super::base::{Base, Ticket};
use super::day::{Day, Latest, WAITS, Waiting, day};
use crate::domain::sales::customer_order::CustomerOrder;
use crate::kernel::money::Money;
use crate::kernel::object::Declared as _;
use crate::kernel::refs::AnyRef;
use crate::kernel::text::Text;
use crate::text;
use crate::ui::commands::{Command, standard};
use crate::ui::icons::Icon;
use crate::ui::shell::page::{Open, Page, PageContext};
use crate::ui::theme::{self, CONTROL, ROW, Role};
use crate::ui::widgets::form;
use crate::ui::{focus, fonts, paint};
use egui::{Align, CursorIcon, Id, Rect, ScrollArea, Sense, Ui, UiBuilder, WidgetInfo, vec2};
use std::rc::Rc;

/// The widest column of lines in points.
const WIDEST: f32 = 560.0;
/// Between the columns.
const BETWEEN: f32 = 36.0;

/// A line of the page.
struct Line {
    title: String,
    detail: String,
    value: String,
    role: Role,
    icon: Option<(Icon, Role)>,
    opens: Open,
}

/// The start page.
pub struct Today {
    base: Rc<Base>,
    day: Option<Day>,
    reading: Option<Ticket<Day>>,
    failed: Option<String>,
    stale: bool,
    /// The first line is to get the focus when it is there.
    begins: bool,
    commands: Vec<Command>,
}

impl Today {
    /// Of a base.
    pub fn new(base: Rc<Base>) -> Self {
        let commands = standard::by_code("refresh").cloned().into_iter().collect();
        Self { base, day: None, reading: None, failed: None, stale: true, begins: false, commands }
    }

    fn poll(&mut self) {
        if let Some(answer) = Ticket::take(&mut self.reading) {
            match answer {
                Ok(day) => (self.day, self.failed) = (Some(day), None),
                Err(error) => self.failed = Some(error.sentence()),
            }
        }
        // One question at a time: changes that come meanwhile are asked for together.
        if self.stale && self.reading.is_none() {
            self.stale = false;
            self.reading = Some(self.base.read(day));
        }
    }

    fn orders(day: &Day) -> Vec<Line> {
        let mut lines = Vec::new();
        if day.look.count > 0 {
            let icon = Some((Icon::Warning, Role::Warning));
            lines.push(Line { icon, ..counted(&text!("today-look"), &day.look, "attention=true", Role::Warning) });
        }
        for ((key, states), waiting) in WAITS.iter().zip(&day.waiting) {
            let codes: Vec<&str> = states.iter().map(|state| state_code(*state)).collect();
            let role = if *key == "today-ship" && waiting.count > 0 { Role::Good } else { Role::Text };
            lines.push(counted(&Text::new(*key), waiting, &format!("state={}", codes.join(",")), role));
        }
        lines
    }

    fn supply(day: &Day) -> Vec<Line> {
        let work = |text: Text, count: usize, code: &str| Line {
            title: text.show(),
            detail: String::new(),
            value: count.to_string(),
            role: if count > 0 { Role::Warning } else { Role::Weak },
            icon: None,
            opens: Open::Code(code.to_owned()),
        };
        let mut lines = vec![work(text!("today-lacking"), day.lacking, "work:shortages")];
        if day.ending > 0 {
            lines.push(work(text!("today-ending"), day.ending, "work:reserves"));
        }
        if day.not_taken > 0 {
            lines.push(work(text!("today-not-taken"), day.not_taken, "work:import"));
        }
        lines
    }

    fn money(day: &Day) -> Vec<Line> {
        let line = |title: String, amount: Money| Line {
            title,
            detail: String::new(),
            value: amount.grouped(),
            role: if amount < Money::ZERO { Role::Danger } else { Role::Text },
            icon: None,
            opens: Open::Code("report:money".to_owned()),
        };
        let mut lines: Vec<Line> = day.places.iter().map(|(_, name, sum)| line(name.clone(), *sum)).collect();
        if day.places.len() != 1 {
            lines.push(line(text!("today-money-all").show(), day.places.iter().map(|(_, _, sum)| *sum).sum()));
        }
        lines
    }

    fn latest(day: &Day) -> Vec<Line> {
        let line = |latest: &Latest| Line {
            title: latest.title.clone(),
            detail: latest.partner.clone(),
            value: latest.amount.clone(),
            role: Role::Text,
            icon: Some(if latest.posted { (Icon::CheckSquare, Role::Good) } else { (Icon::File, Role::Weak) }),
            opens: Open::Object(latest.reference),
        };
        day.latest.iter().map(line).collect()
    }

    fn columns_ui(&mut self, ui: &mut Ui, ctx: &mut PageContext<'_>) {
        let Some(day) = &self.day else {
            let words = self.failed.clone().unwrap_or_else(|| text!("list-loading").show());
            ui.label(words);
            return;
        };
        let room = ui.available_rect_before_wrap();
        let width = ((room.width() - BETWEEN) / 2.0).floor().min(WIDEST);
        let column =
            |at: f32| Rect::from_min_size(room.min + vec2(at * (width + BETWEEN), 0.0), vec2(width, room.height()));
        let left = [
            (text!("today-orders"), Self::orders(day)),
            (text!("today-supply-group"), Self::supply(day)),
            (text!("today-money"), Self::money(day)),
        ];
        let right = [(text!("today-latest"), Self::latest(day))];
        if std::mem::take(&mut self.begins) {
            focus::set(ui.ctx(), line_id(0));
        }
        let mut number = 0;
        for (at, groups) in [(0.0, &left[..]), (1.0, &right[..])] {
            let mut child = ui.new_child(UiBuilder::new().max_rect(column(at)).id_salt(number));
            for (title, lines) in groups {
                form::group_title(&mut child, &title.show());
                for line in lines {
                    if line_ui(&mut child, number, line) {
                        ctx.open(line.opens.clone());
                    }
                    number += 1;
                }
                child.add_space(14.0);
            }
            ui.expand_to_include_rect(child.min_rect());
        }
    }
}

fn state_code(state: crate::domain::sales::order_state::OrderState) -> &'static str {
    use crate::kernel::value::Choice as _;
    crate::domain::sales::order_state::OrderState::META.code_of(state.number())
}

fn counted(text: &Text, waiting: &Waiting, filter: &str, role: Role) -> Line {
    let unpaid = waiting.unpaid;
    let detail = if unpaid.is_zero() || waiting.count == 0 {
        String::new()
    } else {
        text!("today-unpaid", amount = unpaid.grouped()).show()
    };
    Line {
        title: text.show(),
        detail,
        value: crate::kernel::money::grouped(waiting.count, 0),
        role: if waiting.count == 0 { Role::Weak } else { role },
        icon: None,
        opens: Open::Code(format!("list:customer_order?{filter}")),
    }
}

fn line_id(number: usize) -> Id {
    Id::unique(("today", number))
}

/// Draws a line: the title at the left, the value at the right. True when it is opened.
fn line_ui(ui: &mut Ui, number: usize, line: &Line) -> bool {
    let colors = theme::colors(ui);
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), ROW + 2.0), Sense::hover());
    let response = ui.interact(rect, line_id(number), Sense::click());
    response.widget_info(|| {
        let said = [line.title.as_str(), &line.detail, &line.value];
        let said: Vec<&str> = said.into_iter().filter(|part| !part.is_empty()).collect();
        WidgetInfo::labeled(egui::accesskit::Role::Link, true, said.join(": "))
    });
    if response.has_focus() {
        ui.painter().rect_filled(rect, theme::RADIUS, colors.row_current);
    } else if response.hovered() {
        ui.painter().rect_filled(rect, theme::RADIUS, colors.hover);
        ui.set_cursor_icon(CursorIcon::PointingHand);
    }
    paint::across(ui.painter(), rect, rect.bottom(), colors.grid_line);
    let mut inner = rect.shrink2(vec2(8.0, 0.0));
    if let Some((icon, role)) = line.icon {
        paint::icon(ui.painter(), inner.left_center() + vec2(7.0, 0.0), icon, 15.0, colors.role(role));
        inner.min.x += 22.0;
    }
    let font = if line.role == Role::Text { fonts::text() } else { fonts::bold() };
    paint::text(ui.painter(), inner, &line.value, font, colors.role(line.role), Align::Max);
    inner.max.x -= paint::width_of(ui, &line.value, fonts::bold()) + 16.0;
    let title = paint::line(ui.painter(), &line.title, fonts::text(), colors.text, inner.width());
    let taken = title.size().x;
    ui.painter().galley(paint::place(&title, inner, Align::Min), title, colors.text);
    inner.min.x += taken + 12.0;
    if inner.width() > 30.0 {
        paint::text(ui.painter(), inner, &line.detail, fonts::small(), colors.weak, Align::Min);
    }
    response.clicked()
}

impl Page for Today {
    fn key(&self) -> String {
        "start".to_owned()
    }
    fn title(&self) -> String {
        text!("today-title").show()
    }
    fn icon(&self) -> Option<Icon> {
        Some(Icon::House)
    }
    fn pinned(&self) -> bool {
        true
    }
    fn commands(&self) -> &[Command] {
        &self.commands
    }
    fn hint(&self) -> String {
        text!("today-hint").show()
    }
    fn ui(&mut self, ui: &mut Ui, ctx: &mut PageContext<'_>) {
        self.poll();
        self.begins |= ctx.first;
        let date = ctx.today();
        form::page_title(ui, &text!("today-on", date = date.russian()).show());
        ui.add_space(CONTROL / 3.0);
        ScrollArea::vertical().auto_shrink(false).show(ui, |ui| self.columns_ui(ui, ctx));
    }
    fn command(&mut self, code: &str, _ctx: &mut PageContext<'_>) {
        self.stale |= code == "refresh";
    }
    fn changed(&mut self, objects: &[AnyRef]) {
        // Names of catalogs are no work; anything a document does may be.
        let is_work = |object: &AnyRef| {
            object.is_of(CustomerOrder::declared())
                || crate::domain::registry::of(*object)
                    .is_some_and(|kind| kind.meta().kind == crate::kernel::meta::Kind::Document)
        };
        self.stale |= objects.is_empty() || objects.iter().any(is_work);
    }
}
