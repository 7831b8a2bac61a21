//! The start of the window: on the base named, else the last one used, else the demo base.

use super::base::Waker;
use super::host::AppHost;
use super::opened::Opened;
use crate::kernel::clock::Clock;
use crate::kernel::problems::Error;
use crate::kernel::text::{Lang, set_language};
use crate::ops;
use crate::text;
use crate::ui::shell::{self, Ended, Renderer};
use std::path::{Path, PathBuf};

/// Runs the window until it is closed, on a base and in a language when they are named. The error is a
/// sentence for the user.
pub fn run(base: Option<PathBuf>, language: Option<Lang>, drawing: Option<&str>) -> Result<Ended, String> {
    let clock = Clock::system();
    let said = |error: Error| error.sentence();
    let path = match base {
        Some(path) => path,
        None => demo(&clock).map_err(said)?,
    };
    let opened = Opened::open(&path, &clock, &Waker::default()).map_err(said)?;
    let kept = opened.kept.get("language").map(|code| Lang::named(code));
    if let Some(lang) = language.or(kept) {
        set_language(lang);
    }
    let drawing = drawing.or(opened.kept.get("drawing").map(String::as_str));
    let renderer = drawing.and_then(Renderer::named).unwrap_or_default();
    shell::run(Box::new(AppHost::over(opened)), renderer)
}

/// The demo base, made when it is not there.
fn demo(clock: &Clock) -> Result<PathBuf, Error> {
    let Some(folders) = directories::ProjectDirs::from("", "", "Kontora") else {
        return Err(Error::refused(text!("start-no-folder")));
    };
    let path = folders.data_dir().join("demo.kontora");
    if !Path::exists(&path) {
        ops::demo::create(&path, clock.clone(), &mut |_, _| true)?;
    }
    Ok(path)
}
