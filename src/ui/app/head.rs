//! The head of a page: its title and the bar of its commands.

use crate::ui::commands::{Command, Facts};
use crate::ui::shell::page::PageContext;
use crate::ui::widgets::form;
use crate::ui::widgets::toolbar::{Tool, Toolbar};
use egui::{Id, Ui};

/// The title of the page and its command bar; what was clicked is run.
pub fn head_ui(
    ui: &mut Ui,
    ctx: &mut PageContext<'_>,
    id: Id,
    title: &str,
    (commands, facts): (&[Command], Facts),
    tools: &[Tool<'_>],
) {
    form::page_title(ui, title);
    let bar = Toolbar { id: id.with("bar"), commands, facts, tools, more: &[], reserve: 0.0 };
    if let Some(code) = bar.show(ui) {
        ctx.run(code);
    }
    ui.add_space(2.0);
}
