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

/// What the command line and the system say of a start.
#[derive(Debug, Default)]
pub struct Start {
    /// The base; the one opened last when absent.
    pub base: Option<PathBuf>,
    /// The language; the user's own when absent.
    pub language: Option<Lang>,
    /// Who draws: `auto`, `gl` or `software`; what is remembered of this machine when absent.
    pub renderer: Option<String>,
    /// The session of the system, as it names it.
    pub session: String,
}

/// Runs the window until it is closed. A base that is open in another window of the session is shown there
/// instead. The error is a sentence for the user.
pub fn run(start: Start) -> Result<Ended, String> {
    let clock = Clock::system();
    let launch = Rc::new(Launch::system(&clock).map_err(|error| error.sentence())?);
    launch.set_language(start.language.map(|lang| if lang == Lang::En { "en" } else { "ru" }.to_owned()));
    launch.set_session(start.session);
    let base = start.base.or_else(|| launch.last());
    if base.as_deref().is_some_and(|base| launch.raise(base)) {
        return Ok(Ended::Closed);
    }
    let host: Box<dyn Host> = match base {
        None => Box::new(Lobby::first(Rc::clone(&launch))),
        Some(path) => match Opened::enter(&path, &clock, launch.waker(), &Who::Anybody) {
            Ok(Entered::In(opened)) => Box::new(Switch::new(Rc::clone(&launch)).begin(*opened)),
            Ok(Entered::Asked(door)) => {
                launch.claim(&path);
                Box::new(DoorHost::new(Rc::clone(&launch), path, door))
            }
            Err(error) => Box::new(Lobby::refused(Rc::clone(&launch), &path, &error)),
        },
    };
    let renderer = start.renderer.or_else(|| launch.renderer()).as_deref().and_then(Renderer::named);
    let ended = shell::run(host, renderer.unwrap_or_default());
    if matches!(ended, Ok(Ended::WithoutGl(_))) {
        // It is tried once; the next start does not lose the time.
        launch.set_renderer("software");
    }
    ended
}
