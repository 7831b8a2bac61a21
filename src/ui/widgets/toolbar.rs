//! The command bar of a page: the main button, the usual ones, the rest under «Ещё».
//!
//! Its buttons are no Tab stops, so that Tab stays on the fields; Alt+F10 goes to the bar, arrows walk in
//! it, Esc goes back. What does not fit into a narrow window moves under «Ещё» by itself.

use super::button::{self, Button, Look};
use super::menu::{self, MenuItem};
use crate::text;
use crate::ui::commands::{Command, Facts, find, keys};
use crate::ui::icons::Icon;
use crate::ui::theme::GAP_X;
use egui::{Id, Response, Ui};

/// A part of the bar.
#[derive(Clone, Debug)]
pub enum Tool<'a> {
    /// The main button: a command by its code.
    Main(&'a str),
    /// A button with words.
    Button(&'a str),
    /// A button with its icon alone.
    Icon(&'a str),
    /// A button with its icon and words that stays pressed while it is on.
    Switch(&'a str, bool),
    /// A menu of its own under a button: label, icon, items.
    Menu(String, Option<Icon>, Vec<MenuItem>),
    /// A line between groups.
    Divider,
}

/// A command bar.
pub struct Toolbar<'a> {
    /// Its identity.
    pub id: Id,
    /// The commands the codes are looked up in.
    pub commands: &'a [Command],
    /// What is true of the page.
    pub facts: Facts,
    /// Its parts from left to right.
    pub tools: &'a [Tool<'a>],
    /// Further commands under «Ещё», by code; a `-` is a line.
    pub more: &'a [&'a str],
    /// Room to be left at the right end, for a search box.
    pub reserve: f32,
}

fn wanted() -> Id {
    Id::unique("command bar wanted")
}

/// Asks the command bar of the page to take the focus: Alt+F10.
pub fn go(ctx: &egui::Context) {
    let before = ctx.memory(|memory| memory.focused());
    let pass = ctx.cumulative_pass_nr();
    ctx.data_mut(|data| data.insert_temp(wanted(), (pass, before)));
    ctx.request_repaint();
}

impl Toolbar<'_> {
    /// Draws the bar; gives the code of the command that was clicked.
    pub fn show(&self, ui: &mut Ui) -> Option<String> {
        let mut active = self.active(ui);
        let entering = self.entering(ui);
        active |= entering;
        let more_label = text!("more").show();
        let more_width = Button::new(&more_label).menu().width(ui);
        let room = ui.available_width() - self.reserve - more_width - GAP_X;
        let shown = self.fitting(ui, room);
        let mut clicked = None;
        let mut focused = false;
        let mut first = entering;
        ui.horizontal(|ui| {
            for tool in self.tools.iter().take(shown) {
                let Some((response, chosen)) = self.tool_ui(ui, tool, active) else { continue };
                if std::mem::take(&mut first) {
                    response.request_focus();
                }
                focused |= response.has_focus();
                clicked = chosen.or(clicked.take());
            }
            let items = self.more_items(shown);
            if !items.is_empty() {
                let gap = ui.available_width() - self.reserve - more_width;
                ui.add_space(gap.max(0.0));
                let button = Button::new(&more_label).menu();
                let response = ui.add(if active { button } else { button.aside() });
                focused |= response.has_focus();
                clicked = menu::under(&response, &items).or(clicked.take());
            }
        });
        self.keep_active(ui, active, focused || entering);
        clicked
    }

    /// True while the bar is walked by the keyboard.
    fn active(&self, ui: &Ui) -> bool {
        ui.data(|data| data.get_temp::<Option<Id>>(self.id)).is_some()
    }

    fn entering(&self, ui: &Ui) -> bool {
        let given = ui.data(|data| data.get_temp::<(u64, Option<Id>)>(wanted()));
        let Some((_, before)) = given.filter(|(pass, _)| pass + 1 >= ui.ctx().cumulative_pass_nr()) else {
            return false;
        };
        ui.data_mut(|data| {
            data.remove::<(u64, Option<Id>)>(wanted());
            data.insert_temp(self.id, before);
        });
        true
    }

    /// The focus goes back to where it was when Esc is pressed.
    fn keep_active(&self, ui: &Ui, active: bool, focused: bool) {
        if !active {
            return;
        }
        // egui has taken the focus away by now, but the key is still to be used up.
        let escaped = ui.input_mut(|input| keys::ESCAPE.take(input));
        if escaped || !focused {
            self.leave(ui);
        }
    }

    fn leave(&self, ui: &Ui) {
        let before = ui.data(|data| data.get_temp::<Option<Id>>(self.id)).flatten();
        ui.data_mut(|data| data.remove::<Option<Id>>(self.id));
        if let Some(before) = before
            && ui.memory(|memory| memory.focused()).is_none()
        {
            crate::ui::focus::set(ui.ctx(), before);
        }
    }

    /// How many parts fit into a width.
    fn fitting(&self, ui: &Ui, room: f32) -> usize {
        let mut left = room;
        for (at, tool) in self.tools.iter().enumerate() {
            left -= self.width(ui, tool) + GAP_X;
            if left < 0.0 {
                return at;
            }
        }
        self.tools.len()
    }

    fn width(&self, ui: &Ui, tool: &Tool<'_>) -> f32 {
        match tool {
            Tool::Divider => 5.0,
            Tool::Icon(_) => Button::icon(Icon::X, "").width(ui),
            Tool::Menu(label, icon, _) => Button::new(label).with_icon(*icon).menu().width(ui),
            Tool::Switch(code, _) => find(self.commands, code)
                .map_or(0.0, |command| Button::new(&command.label.show()).with_icon(command.icon).width(ui)),
            Tool::Main(code) | Tool::Button(code) => find(self.commands, code).map_or(0.0, |command| {
                let look = if matches!(tool, Tool::Main(_)) { Look::Main } else { Look::Ordinary };
                Button::new(&command.label.show()).look(look).width(ui)
            }),
        }
    }

    fn tool_ui(&self, ui: &mut Ui, tool: &Tool<'_>, active: bool) -> Option<(Response, Option<String>)> {
        let aside = |button: Button<'_>, ui: &mut Ui| ui.add(if active { button } else { button.aside() });
        match tool {
            Tool::Divider => {
                button::divider(ui);
                None
            }
            Tool::Menu(label, icon, items) => {
                let response = aside(Button::new(label).with_icon(*icon).menu(), ui);
                let chosen = menu::under(&response, items);
                Some((response, chosen))
            }
            Tool::Main(code) | Tool::Button(code) | Tool::Icon(code) | Tool::Switch(code, _) => {
                let command = find(self.commands, code)?;
                let label = command.label.show();
                let button = match (tool, command.icon) {
                    (Tool::Icon(_), Some(icon)) => Button::icon(icon, &label),
                    (Tool::Main(_), _) => Button::new(&label).look(Look::Main),
                    (Tool::Switch(_, on), icon) => Button::new(&label).with_icon(icon).on(*on),
                    _ => Button::new(&label),
                };
                let response = aside(button.enabled(command.available(self.facts)), ui);
                let response = response.on_hover_text(command.tooltip()).on_disabled_hover_text(command.tooltip());
                let chosen = response.clicked().then(|| command.code.to_string());
                Some((response, chosen))
            }
        }
    }

    /// What did not fit, then the further commands.
    fn more_items(&self, shown: usize) -> Vec<MenuItem> {
        let mut items = Vec::new();
        for tool in self.tools.iter().skip(shown) {
            match tool {
                Tool::Divider => {}
                Tool::Menu(_, _, inner) => items.extend(inner.iter().cloned()),
                Tool::Main(code) | Tool::Button(code) | Tool::Icon(code) | Tool::Switch(code, _) => {
                    items.extend(find(self.commands, code).map(|command| MenuItem::of(command, self.facts)));
                }
            }
        }
        let mut divided = !items.is_empty();
        for code in self.more {
            if *code == "-" {
                divided = true;
            } else if let Some(command) = find(self.commands, code) {
                let item = MenuItem::of(command, self.facts);
                items.push(if std::mem::take(&mut divided) { item.divided() } else { item });
            }
        }
        items
    }
}
