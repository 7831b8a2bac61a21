//! The sheet of keys: every command with its key, to be looked at or printed.

use super::dialog;
use crate::kernel::text::{Text, normalize};
use crate::text;
use crate::ui::commands::{Chord, Command, Scope};
use crate::ui::theme::{self, CONTROL, ROW};
use crate::ui::widgets::entry::Entry;
use crate::ui::{focus, fonts, paint};
use egui::accesskit::Role;
use egui::{Align, Context, Id, Key, ScrollArea, Sense, Ui, WidgetInfo, vec2};

/// The open sheet.
#[derive(Debug, Default)]
pub struct KeySheet {
    query: String,
    started: bool,
}

/// A part of the sheet: its title, the commands with their keys.
pub type Part = (String, Vec<(String, String)>);

fn title(scope: Scope) -> Text {
    match scope {
        Scope::Window => text!("keys-window"),
        Scope::Page => text!("keys-page"),
        Scope::List => text!("keys-list"),
        Scope::Grid => text!("keys-grid"),
        Scope::Field => text!("keys-field"),
    }
}

/// Keys that are no commands but work everywhere.
fn others(scope: Scope) -> Vec<(String, String)> {
    let plus = |a: Chord, b: Chord| format!("{}, {}", a.show(), b.show());
    match scope {
        Scope::Window => vec![
            (text!("keys-sections").show(), "Alt+1 … Alt+9".to_owned()),
            (text!("keys-zoom").show(), "Ctrl++, Ctrl+-, Ctrl+0".to_owned()),
        ],
        Scope::Page => {
            vec![(text!("keys-tabs").show(), plus(crate::ui::widgets::tabs::NEXT, crate::ui::widgets::tabs::PREVIOUS))]
        }
        Scope::List | Scope::Grid => vec![
            (text!("keys-choose-rows").show(), plus(Chord::shift(Key::ArrowUp), Chord::shift(Key::ArrowDown))),
            (text!("keys-columns").show(), plus(Chord::alt(Key::ArrowLeft), Chord::alt(Key::ArrowRight))),
            (text!("keys-widths").show(), plus(Chord::shift_alt(Key::ArrowLeft), Chord::shift_alt(Key::ArrowRight))),
        ],
        Scope::Field => vec![(text!("keys-calculate").show(), "2*(100+50)".to_owned())],
    }
}

/// The whole sheet as data: for the screen, for paper, for tests.
pub fn key_sheet(commands: &[Command]) -> Vec<Part> {
    [Scope::Window, Scope::Page, Scope::List, Scope::Grid, Scope::Field]
        .into_iter()
        .map(|scope| {
            let of = commands.iter().filter(|command| command.scope == scope && !command.keys.is_empty());
            let mut lines: Vec<(String, String)> =
                of.map(|command| (command.label.show(), command.keys_text())).collect();
            lines.extend(others(scope));
            (title(scope).show(), lines)
        })
        .collect()
}

impl KeySheet {
    /// Draws it; true when it is done.
    pub fn show(&mut self, ctx: &Context, commands: &[Command]) -> bool {
        let id = Id::unique("key sheet");
        let wanted = normalize(&self.query);
        let fits =
            |line: &(String, String)| normalize(&line.0).contains(&wanted) || normalize(&line.1).contains(&wanted);
        let parts: Vec<Part> = key_sheet(commands)
            .into_iter()
            .map(|(title, lines)| (title, lines.into_iter().filter(fits).collect::<Vec<_>>()))
            .filter(|(_, lines)| !lines.is_empty())
            .collect();
        let escaped = dialog::escaped(ctx);
        dialog::modal(ctx, id, &text!("cmd-key-sheet").show(), 860.0, |ui| {
            if focus::begins(ui, &mut self.started) {
                focus::set(ui.ctx(), id.with("query"));
            }
            let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), CONTROL), Sense::hover());
            let label = text!("cmd-find").show();
            let hint = text!("keys-hint").show();
            Entry { hint: &hint, ..Entry::new(id.with("query"), &label, rect) }.show(ui, &mut self.query);
            ui.add_space(8.0);
            let height = ui.ctx().content_rect().height() * 0.66;
            ScrollArea::vertical().max_height(height).min_scrolled_height(height).auto_shrink([false, false]).show(
                ui,
                |ui| {
                    // Two columns: the parts of the window and the page at the left.
                    ui.columns(2, |columns| {
                        for (at, part) in parts.iter().enumerate() {
                            let column = usize::from(at * 2 >= parts.len().max(2));
                            if let Some(ui) = columns.get_mut(column) {
                                part_ui(ui, part);
                            }
                        }
                    });
                },
            );
        });
        escaped
    }
}

fn part_ui(ui: &mut Ui, (title, lines): &Part) {
    let colors = theme::colors(ui);
    ui.spacing_mut().item_spacing.y = 0.0;
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), CONTROL + 4.0), Sense::hover());
    paint::text(ui.painter(), rect, title, fonts::bold(), colors.text, Align::Min);
    for (label, keys) in lines {
        let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width() - 14.0, ROW), Sense::hover());
        response.widget_info(|| WidgetInfo::labeled(Role::Label, true, format!("{label}: {keys}")));
        paint::across(ui.painter(), rect, rect.bottom() - 1.0, colors.grid_line);
        let width = paint::width_of(ui, keys, fonts::text());
        let mut left = rect;
        left.max.x -= width + 12.0;
        paint::text(ui.painter(), left, label, fonts::text(), colors.text, Align::Min);
        paint::text(ui.painter(), rect, keys, fonts::text(), colors.weak, Align::Max);
    }
    ui.add_space(8.0);
}
