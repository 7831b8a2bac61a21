//! What the program does by itself while a base is open, whatever page is in front: a named thread for each chore,
//! with a connection of its own. It ends with the window over the base; what it has begun stays in the base and is
//! gone on with.

use super::base::{Base, Waker};
use super::line::Line;
use crate::kernel::clock::Clock;
use crate::kernel::problems::Outcome;
use crate::kernel::refs::AnyRef;
use crate::ops::chores::{Chore, Round};
use crate::ops::gate::Session;
use std::path::PathBuf;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// Milliseconds until a base that failed is opened again.
const FAILED_MS: u64 = 5_000;

/// Calls a thread that rests.
#[derive(Default)]
struct Bell {
    state: Mutex<Call>,
    rung: Condvar,
}

#[derive(Default)]
struct Call {
    wanted: bool,
    closed: bool,
}

impl Bell {
    fn lock(&self) -> MutexGuard<'_, Call> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn ring(&self, closed: bool) {
        let mut call = self.lock();
        call.wanted = true;
        call.closed |= closed;
        self.rung.notify_all();
    }

    /// Rests until somebody rings or the time has passed; false when it is over.
    fn rest(&self, rest_ms: u64) -> bool {
        let call = self.lock();
        let rests = |call: &mut Call| !call.wanted && !call.closed;
        let waited = self.rung.wait_timeout_while(call, Duration::from_millis(rest_ms), rests);
        let (mut call, _) = waited.unwrap_or_else(PoisonError::into_inner);
        call.wanted = false;
        !call.closed
    }
}

/// How a thread comes into the base.
struct Way {
    path: PathBuf,
    clock: Clock,
    user: AnyRef,
    waker: Waker,
    line: Arc<Line>,
    bell: Arc<Bell>,
}

impl Way {
    fn open(&self, name: &str) -> Outcome<Session> {
        let mut session = Session::open(self.path.as_path(), self.clock.clone())?;
        session.act_as(self.user)?;
        session.workstation = session.clock.workplace(name);
        session.store.set_patience(Arc::clone(&self.line) as Arc<_>);
        Ok(session)
    }
}

fn serve(way: &Way, chore: &mut dyn Chore) {
    let mut session = None;
    let mut last = Round::default();
    loop {
        let round = match session.take().map_or_else(|| way.open(chore.name()), Ok) {
            Ok(open) => {
                let round = open.rights().and_then(|_| chore.round(&open));
                if round.is_ok() {
                    session = Some(open);
                }
                round
            }
            Err(error) => Err(error),
        };
        let round = round.unwrap_or_else(|error| {
            chore.failed(&error);
            Round { why: error.sentence(), again_ms: FAILED_MS, ..Round::default() }
        });
        if round != last || round.done > 0 {
            way.waker.wake();
        }
        let again_ms = round.again_ms;
        last = round;
        if !way.bell.rest(again_ms) {
            return;
        }
    }
}

/// The chores of an open base at work.
pub struct Background {
    bells: Vec<Arc<Bell>>,
}

impl Background {
    /// Begins them. A chore whose thread cannot be started is left to the next start of the program, or to a
    /// headless one: its work is in the base.
    pub fn begin(base: &Base, chores: Vec<Box<dyn Chore>>) -> Self {
        let mut bells = Vec::with_capacity(chores.len());
        for mut chore in chores {
            let bell = Arc::<Bell>::default();
            let way = Way {
                path: base.path().to_owned(),
                clock: base.clock().clone(),
                user: base.user(),
                waker: base.waker().clone(),
                line: base.patience(),
                bell: Arc::clone(&bell),
            };
            let named = std::thread::Builder::new().name(format!("chore {}", chore.name()));
            if named.spawn(move || serve(&way, chore.as_mut())).is_ok() {
                bells.push(bell);
            }
        }
        Self { bells }
    }

    /// Something in the base has changed: there may be work.
    pub fn call(&self) {
        self.bells.iter().for_each(|bell| bell.ring(false));
    }
}

impl Drop for Background {
    fn drop(&mut self) {
        self.bells.iter().for_each(|bell| bell.ring(true));
    }
}
