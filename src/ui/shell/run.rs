//! The window on the screen: eframe with OpenGL around the [`Shell`].

use super::{OneAtATime, Shell};
use crate::text;
use crate::ui::shell::host::Host;
use crate::ui::theme;
use egui::{RawInput, Theme, Ui, ViewportBuilder};
use std::path::PathBuf;

/// What eframe runs.
struct Window {
    shell: Shell,
    input: OneAtATime,
    title: String,
}

impl eframe::App for Window {
    fn ui(&mut self, ui: &mut Ui, _frame: &mut eframe::Frame) {
        self.shell.ui(ui);
        let title = self.shell.host().title();
        if title != self.title {
            ui.send_viewport_cmd(egui::ViewportCommand::Title(title.clone()));
            self.title = title;
        }
        self.keep(ui);
    }

    fn raw_input_hook(&mut self, ctx: &egui::Context, raw: &mut RawInput) {
        if self.input.filter(raw) {
            ctx.request_repaint();
        }
    }

    fn on_exit(&mut self, _gl: Option<&eframe::glow::Context>) {
        let open = self.shell.reopen().join("\n");
        self.shell.host().keep("open-pages", open);
    }
}

impl Window {
    /// Keeps the place and the scale of the window for the next start.
    fn keep(&mut self, ui: &Ui) {
        let (rect, maximized) = ui.input(|input| {
            let viewport = input.viewport();
            (viewport.inner_rect, viewport.maximized.unwrap_or(false))
        });
        let Some(rect) = rect else { return };
        let kept = Placed { width: rect.width(), height: rect.height(), maximized, scale: ui.ctx().zoom_factor() };
        let text = kept.text();
        if self.shell.host().kept("window").as_deref() != Some(&text) {
            self.shell.host().keep("window", text);
        }
    }
}

/// Size, state and scale of the window, as kept in the settings.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Placed {
    width: f32,
    height: f32,
    maximized: bool,
    scale: f32,
}

impl Placed {
    const FIRST: Self = Self { width: 1_360.0, height: 820.0, maximized: false, scale: 1.0 };

    fn text(self) -> String {
        format!("{:.0} {:.0} {} {:.2}", self.width, self.height, u8::from(self.maximized), self.scale)
    }

    fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split(' ').map(|part| part.parse::<f32>().ok());
        let mut next = || parts.next().flatten();
        let placed = Self { width: next()?, height: next()?, maximized: next()? > 0.0, scale: next()? };
        (placed.width >= 400.0 && placed.height >= 300.0 && (0.5..=3.0).contains(&placed.scale)).then_some(placed)
    }
}

/// Runs the window until it is closed. The error is a sentence: the graphics driver is not usable.
pub fn run(host: Box<dyn Host>) -> Result<(), String> {
    let placed = host.kept("window").as_deref().and_then(Placed::parse).unwrap_or(Placed::FIRST);
    let title = host.title();
    let viewport = ViewportBuilder::default()
        .with_title(&title)
        .with_app_id("kontora")
        .with_inner_size([placed.width, placed.height])
        .with_min_inner_size([720.0, 480.0])
        .with_maximized(placed.maximized);
    let options = eframe::NativeOptions { viewport, renderer: eframe::Renderer::Glow, ..Default::default() };
    let started = eframe::run_native(
        "kontora",
        options,
        Box::new(move |creation| {
            let ctx = &creation.egui_ctx;
            theme::install(ctx);
            ctx.set_zoom_factor(placed.scale);
            match host.kept("theme").as_deref() {
                Some("dark") => ctx.set_theme(Theme::Dark),
                _ => ctx.set_theme(Theme::Light),
            }
            Ok(Box::new(Window { shell: Shell::new(host), input: OneAtATime::default(), title }))
        }),
    );
    started.map_err(|error| text!("window-failed", why = error.to_string()).show())
}

/// The folders a person keeps files in, for the file dialog.
pub fn places() -> Vec<(String, PathBuf)> {
    let Some(user) = directories::UserDirs::new() else { return Vec::new() };
    let mut places = vec![(text!("place-home").show(), user.home_dir().to_path_buf())];
    let others = [
        (text!("place-desktop"), user.desktop_dir()),
        (text!("place-documents"), user.document_dir()),
        (text!("place-downloads"), user.download_dir()),
    ];
    places.extend(others.into_iter().filter_map(|(title, path)| path.map(|path| (title.show(), path.to_path_buf()))));
    places
}

#[cfg(test)]
mod tests {
    use super::Placed;

    #[test]
    fn a_kept_place_is_read_again_and_nonsense_is_not() {
        let placed = Placed { width: 1280.0, height: 900.0, maximized: true, scale: 1.25 };
        assert_eq!(Placed::parse(&placed.text()), Some(placed));
        for text in ["", "1 1 0 1", "1280 900 0", "1280 900 0 99", "a b c d"] {
            assert_eq!(Placed::parse(text), None, "{text}");
        }
    }
}
