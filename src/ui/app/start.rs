//! The start of the window: on the base named, else the last one used, else the demo base, which is made at
//! the first start.

use super::door::host::DoorHost;
use super::launch::Launch;
use super::lobby::Lobby;
use super::opened::{Entered, Opened, Who};
use super::switch::Switch;
use crate::kernel::clock::Clock;
use crate::kernel::text::Lang;
use crate::ui::shell::host::Host;
use crate::ui::shell::{self, Ended, Renderer};
use std::path::PathBuf;
use std::rc::Rc;

/// Runs the window until it is closed, on a base, in a language and drawn by whom when they are named. The
/// error is a sentence for the user.
pub fn run(base: Option<PathBuf>, language: Option<Lang>, drawing: Option<&str>) -> Result<Ended, String> {
    let clock = Clock::system();
    let launch = Rc::new(Launch::system(&clock).map_err(|error| error.sentence())?);
    launch.set_language(language.map(|lang| if lang == Lang::En { "en" } else { "ru" }.to_owned()));
    let mut own = None;
    let host: Box<dyn Host> = match base.or_else(|| launch.last()) {
        None => Box::new(Lobby::first(launch)),
        Some(path) => match Opened::enter(&path, &clock, launch.waker(), &Who::Anybody) {
            Ok(Entered::In(opened)) => {
                own = opened.kept.get("drawing").cloned();
                Box::new(Switch::new(launch).begin(*opened))
            }
            Ok(Entered::Asked(door)) => Box::new(DoorHost::new(launch, path, door)),
            Err(error) => Box::new(Lobby::refused(launch, &path, &error)),
        },
    };
    let renderer = drawing.or(own.as_deref()).and_then(Renderer::named).unwrap_or_default();
    shell::run(host, renderer)
}
