//! The window on the screen: eframe with OpenGL around the [`Shell`], or the processor where there is none.

use super::{OneAtATime, Shell};
use crate::text;
use crate::ui::shell::host::Host;
use crate::ui::theme;
use egui::{RawInput, Theme, Ui, Vec2, ViewportBuilder};
use std::path::PathBuf;

/// Who draws the window.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Renderer {
    /// OpenGL where it starts, else the processor.
    #[default]
    Auto,
    /// OpenGL or nothing.
    Gl,
    /// The processor.
    Software,
}

impl Renderer {
    /// By its name on the command line and in the settings.
    pub fn named(name: &str) -> Option<Self> {
        match name {
            "auto" => Some(Self::Auto),
            "gl" => Some(Self::Gl),
            "software" => Some(Self::Software),
            _ => None,
        }
    }
}

/// What is on the screen, whoever draws it: the shell, its title, what is kept for the next start.
pub(super) struct Window {
    shell: Shell,
    title: String,
    /// The screen was asked whether the window fits on it.
    fitted: bool,
}

/// What eframe runs.
struct Framed {
    window: Window,
    input: OneAtATime,
}

impl eframe::App for Framed {
    fn ui(&mut self, ui: &mut Ui, _frame: &mut eframe::Frame) {
        self.window.ui(ui);
    }

    fn raw_input_hook(&mut self, ctx: &egui::Context, raw: &mut RawInput) {
        if self.input.filter(raw) {
            ctx.request_repaint();
        }
    }

    fn on_exit(&mut self, _gl: Option<&eframe::glow::Context>) {
        self.window.on_close();
    }
}

impl Window {
    /// The window over a host, with the look that was kept.
    fn new(ctx: &egui::Context, host: Box<dyn Host>, placed: Placed) -> Self {
        theme::install(ctx);
        ctx.set_zoom_factor(placed.scale);
        match host.kept("theme").as_deref() {
            Some("dark") => ctx.set_theme(Theme::Dark),
            _ => ctx.set_theme(Theme::Light),
        }
        Self { title: host.title(), shell: Shell::new(host), fitted: false }
    }

    /// One frame.
    pub(super) fn ui(&mut self, ui: &mut Ui) {
        self.shell.ui(ui);
        self.fit(ui);
        let title = self.shell.host().title();
        if title != self.title {
            ui.send_viewport_cmd(egui::ViewportCommand::Title(title.clone()));
            self.title = title;
        }
        self.keep(ui);
        self.keep_pages();
    }

    /// The window is gone: what was open is kept for the next start.
    pub(super) fn on_close(&mut self) {
        self.keep_pages();
    }

    /// Keeps what is open as soon as it changes: a power cut closes no window.
    fn keep_pages(&mut self) {
        let open = self.shell.reopen().join("\n");
        if self.shell.host().kept("open-pages").as_deref() != Some(&open) {
            self.shell.host().keep("open-pages", open);
        }
    }

    /// A window larger than its screen is made as large as the screen, once: on a small one the line of keys at the
    /// bottom would lie under the bar of the desktop.
    fn fit(&mut self, ui: &Ui) {
        let (inner, screen) = ui.input(|input| (input.viewport().inner_rect, input.viewport().monitor_size));
        if let (false, Some(inner), Some(screen)) = (self.fitted, inner, screen) {
            self.fitted = true;
            if !fits(inner.size(), screen) {
                ui.send_viewport_cmd(egui::ViewportCommand::Maximized(true));
            }
        }
    }

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

/// Whether a window of a size has room on a screen, with its frame and the bar of the desktop, in points.
fn fits(inner: Vec2, screen: Vec2) -> bool {
    inner.x + FRAME.x <= screen.x && inner.y + FRAME.y <= screen.y
}

/// What the frame of a window and the bar of the desktop take, in points.
const FRAME: Vec2 = Vec2::new(4.0, 72.0);

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

/// Why the window is not on the screen any more, or never was.
pub enum Ended {
    /// It was closed.
    Closed,
    /// OpenGL does not start here: the program is to be started again with the processor as the renderer, since
    /// a process may have only one loop of events. The reason is in words.
    WithoutGl(String),
}

/// Runs the window until it is closed. The error is a sentence: no window can be shown.
pub fn run(host: Box<dyn Host>, renderer: Renderer) -> Result<Ended, String> {
    let placed = host.kept("window").as_deref().and_then(Placed::parse).unwrap_or(Placed::FIRST);
    let viewport = ViewportBuilder::default()
        .with_title(host.title())
        .with_app_id("kontora")
        .with_inner_size([placed.width, placed.height])
        .with_min_inner_size([720.0, 480.0])
        .with_maximized(placed.maximized);
    if renderer == Renderer::Software {
        let ctx = egui::Context::default();
        let window = Window::new(&ctx, host, placed);
        return super::software::run(ctx, viewport, window).map(|()| Ended::Closed);
    }
    let options = eframe::NativeOptions { viewport, renderer: eframe::Renderer::Glow, ..Default::default() };
    let started = eframe::run_native(
        "kontora",
        options,
        Box::new(move |creation| {
            let window = Window::new(&creation.egui_ctx, host, placed);
            Ok(Box::new(Framed { window, input: OneAtATime::default() }))
        }),
    );
    match started {
        Ok(()) => Ok(Ended::Closed),
        Err(error) if renderer == Renderer::Auto => Ok(Ended::WithoutGl(error.to_string())),
        Err(error) => Err(text!("window-failed", why = error.to_string()).show()),
    }
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
    use super::{Placed, fits};
    use egui::vec2;

    #[test]
    fn a_small_screen_is_filled() {
        let first = vec2(Placed::FIRST.width, Placed::FIRST.height);
        assert!(fits(first, vec2(1920.0, 1080.0)) && fits(first, vec2(1400.0, 900.0)));
        assert!(!fits(first, vec2(1366.0, 768.0)) && !fits(first, vec2(1024.0, 768.0)));
    }

    #[test]
    fn a_kept_place_is_read_again_and_nonsense_is_not() {
        let placed = Placed { width: 1280.0, height: 900.0, maximized: true, scale: 1.25 };
        assert_eq!(Placed::parse(&placed.text()), Some(placed));
        for text in ["", "1 1 0 1", "1280 900 0", "1280 900 0 99", "a b c d"] {
            assert_eq!(Placed::parse(text), None, "{text}");
        }
    }
}
