//! Settings of the program: language, theme, size of everything, who draws the window.

use super::door::lock;
use super::launch::{Launch, Wanted};
use crate::kernel::text::{Lang, Text, language};
use crate::text;
use crate::ui::icons::Icon;
use crate::ui::shell::page::{Page, PageContext};
use crate::ui::theme::{self, CONTROL, GAP_X, Role};
use crate::ui::widgets::button::Button;
use crate::ui::widgets::form;
use crate::ui::{fonts, paint};
use egui::{Align, Sense, Theme, Ui, vec2};
use std::rc::Rc;

/// Width of labels in points.
const LABELS: f32 = 170.0;
/// Sizes offered, in percent.
const SCALES: [u8; 7] = [80, 90, 100, 110, 125, 150, 200];
/// Who may draw the window: the name in the settings, the key of the words.
const DRAWING: [(&str, &str); 3] =
    [("auto", "options-drawing-auto"), ("gl", "options-drawing-gl"), ("software", "options-drawing-software")];

/// The page.
pub struct OptionsPage {
    launch: Rc<Launch>,
}

impl OptionsPage {
    /// Of the program.
    pub const fn new(launch: Rc<Launch>) -> Self {
        Self { launch }
    }

    fn language_ui(&self, ui: &mut Ui, ctx: &mut PageContext<'_>) {
        let now = language();
        let said = [(Lang::Ru, "ru", "Русский"), (Lang::En, "en", "English")];
        let choices: Vec<(String, bool)> =
            said.iter().map(|(lang, _, name)| ((*name).to_owned(), *lang == now)).collect();
        if let Some((_, code, _)) = row(ui, &text!("options-language"), &choices).and_then(|at| said.get(at)) {
            ctx.host.keep("language", (*code).to_owned());
            // The user's own choice goes before the command line from now on.
            self.launch.set_language(None);
            self.launch.want(Wanted::Again);
        }
    }
}

fn theme_ui(ui: &mut Ui, ctx: &mut PageContext<'_>) {
    let dark = ui.ctx().theme() == Theme::Dark;
    let choices = [(text!("options-light").show(), !dark), (text!("options-dark").show(), dark)];
    if let Some(at) = row(ui, &text!("options-theme"), &choices) {
        let (theme, name) = if at == 0 { (Theme::Light, "light") } else { (Theme::Dark, "dark") };
        ui.ctx().set_theme(theme);
        ctx.host.keep("theme", name.to_owned());
    }
}

fn scale_ui(ui: &mut Ui) {
    let now = (ui.ctx().zoom_factor() * 100.0).round();
    let choices: Vec<(String, bool)> =
        SCALES.iter().map(|scale| (format!("{scale} %"), (f32::from(*scale) - now).abs() < 1.0)).collect();
    if let Some(scale) = row(ui, &text!("options-scale"), &choices).and_then(|at| SCALES.get(at)) {
        ui.ctx().set_zoom_factor(f32::from(*scale) / 100.0);
    }
}

fn drawing_ui(ui: &mut Ui, launch: &Launch, ctx: &mut PageContext<'_>) {
    let now = launch.renderer().unwrap_or_else(|| "auto".to_owned());
    let choices: Vec<(String, bool)> =
        DRAWING.iter().map(|(name, key)| (Text::new(*key).show(), *name == now)).collect();
    if let Some((name, _)) = row(ui, &text!("options-drawing"), &choices).and_then(|at| DRAWING.get(at)) {
        launch.set_renderer(name);
        ctx.toast(text!("options-drawing-later"), Role::Note);
    }
}

/// Minutes offered, after which the window of somebody who went away locks itself; nought for never.
const MINUTES: [u32; 5] = [5, 15, 30, 60, 0];

fn lock_ui(ui: &mut Ui, ctx: &mut PageContext<'_>) {
    let now = ctx.host.kept(lock::SETTING).and_then(|kept| kept.parse().ok()).unwrap_or(lock::MINUTES);
    let words = |minutes: u32| match minutes {
        0 => text!("options-lock-never").show(),
        minutes => text!("options-lock-minutes", count = minutes).show(),
    };
    let choices: Vec<(String, bool)> = MINUTES.iter().map(|minutes| (words(*minutes), *minutes == now)).collect();
    if let Some(minutes) = row(ui, &text!("options-lock"), &choices).and_then(|at| MINUTES.get(at)) {
        ctx.host.keep(lock::SETTING, minutes.to_string());
    }
}

/// A row of buttons one of which is in force; gives another one that was pressed.
pub fn row(ui: &mut Ui, label: &Text, choices: &[(String, bool)]) -> Option<usize> {
    let mut pressed = None;
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = GAP_X;
        let (rect, _) = ui.allocate_exact_size(vec2(LABELS, CONTROL), Sense::hover());
        paint::text(ui.painter(), rect, &label.show(), fonts::text(), theme::colors(ui).weak, Align::Min);
        for (at, (words, on)) in choices.iter().enumerate() {
            let icon = on.then_some(Icon::Check);
            if ui.add(Button::new(words).on(*on).with_icon(icon)).clicked() && !on {
                pressed = Some(at);
            }
        }
    });
    ui.add_space(6.0);
    pressed
}

impl Page for OptionsPage {
    fn key(&self) -> String {
        "options".to_owned()
    }
    fn title(&self) -> String {
        text!("options-title").show()
    }
    fn icon(&self) -> Option<Icon> {
        Some(Icon::Gear)
    }
    fn reopen(&self) -> Option<String> {
        Some("options".to_owned())
    }
    fn ui(&mut self, ui: &mut Ui, ctx: &mut PageContext<'_>) {
        form::page_title(ui, &self.title());
        ui.add_space(6.0);
        self.language_ui(ui, ctx);
        theme_ui(ui, ctx);
        scale_ui(ui);
        drawing_ui(ui, &self.launch, ctx);
        lock_ui(ui, ctx);
    }
}
