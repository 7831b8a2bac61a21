//! Devices that are not there: the device's side of each language, reached over a wire in memory. The same threads,
//! drivers and bytes as with real ones; whoever shows them marks them as training devices.
//!
//! A window may look at them and change them while their threads talk to them: paper out, a weight on the scales,
//! a code before the scanner, a cable pulled.

pub mod played;
mod wire;

use super::settings::DeviceSettings;
use super::wire::{Wire, WireError};
use crate::kernel::clock::Clock;
use played::Played;
use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

/// What happens to the cable of a training device.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Cable {
    /// It is plugged in.
    #[default]
    In,
    /// It is pulled.
    Pulled,
    /// It is plugged in, and the device takes and says nothing.
    Hung,
    /// The system hangs in it: whoever reads or writes does not come back before it is plugged in again.
    Stuck,
}

/// A training device.
pub struct Training {
    inner: Mutex<Inner>,
    came: Condvar,
    clock: Clock,
}

struct Inner {
    played: Played,
    cable: Cable,
    /// Somebody has the wire: as with a real port, nobody else gets it.
    taken: bool,
    /// Bytes to the host, and from which moment on they may be read.
    replies: VecDeque<(u64, Vec<u8>)>,
    /// Everything the window may want to draw again.
    changes: u64,
}

impl Training {
    /// The device of settings, as it comes out of its box.
    #[must_use]
    pub fn new(settings: &DeviceSettings, clock: Clock) -> Self {
        let played = Played::of(settings, clock.steady_ms());
        let inner = Inner { played, cable: Cable::In, taken: false, replies: VecDeque::new(), changes: 0 };
        Self { inner: Mutex::new(inner), came: Condvar::new(), clock }
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Looks at the device.
    pub fn look<T>(&self, look: impl FnOnce(&Played) -> T) -> T {
        look(&self.lock().played)
    }

    /// Changes something at the device; what it says by itself goes to the host.
    pub fn change<T>(&self, change: impl FnOnce(&mut Played) -> T) -> T {
        let mut inner = self.lock();
        let done = change(&mut inner.played);
        inner.changes += 1;
        let said = inner.played.says(self.clock.steady_ms());
        inner.replies.extend(said.into_iter().map(|bytes| (0, bytes)));
        drop(inner);
        self.came.notify_all();
        done
    }

    /// The cable.
    #[must_use]
    pub fn cable(&self) -> Cable {
        self.lock().cable
    }

    /// Pulls the cable, plugs it in, or makes the device hang.
    pub fn set_cable(&self, cable: Cable) {
        let mut inner = self.lock();
        inner.cable = cable;
        inner.replies.clear();
        inner.changes += 1;
        if cable == Cable::In
            && let Played::Registrar(registrar) = &mut inner.played
        {
            registrar.wired.plug_in();
        }
        drop(inner);
        self.came.notify_all();
    }

    /// A number that grows with everything that happens at the device.
    #[must_use]
    pub fn changes(&self) -> u64 {
        self.lock().changes
    }

    /// The wire to it, until it is dropped.
    ///
    /// # Errors
    /// When the cable is pulled, or somebody has the wire.
    pub fn open(self: &Arc<Self>) -> Result<Box<dyn Wire>, WireError> {
        let mut inner = self.lock();
        match inner.cable {
            Cable::Pulled => return Err(WireError::NotFound),
            _ if inner.taken => return Err(WireError::Taken),
            _ => inner.taken = true,
        }
        drop(inner);
        Ok(Box::new(wire::Memory::new(Arc::clone(self))))
    }
}

/// The training devices of a workstation by their identifiers.
#[derive(Default)]
pub struct TrainingRoom {
    devices: Mutex<BTreeMap<String, Arc<Training>>>,
}

impl TrainingRoom {
    /// The device of settings: the one that is there, or a new one.
    #[must_use]
    pub fn device(&self, settings: &DeviceSettings, clock: &Clock) -> Arc<Training> {
        let mut devices = self.devices.lock().unwrap_or_else(PoisonError::into_inner);
        let known = devices.get(&settings.id).filter(|device| device.look(|played| played.suits(settings)));
        if let Some(known) = known {
            return Arc::clone(known);
        }
        let made = Arc::new(Training::new(settings, clock.clone()));
        devices.insert(settings.id.clone(), Arc::clone(&made));
        made
    }

    /// The device of an identifier, when it has been used.
    #[must_use]
    pub fn known(&self, id: &str) -> Option<Arc<Training>> {
        self.devices.lock().unwrap_or_else(PoisonError::into_inner).get(id).map(Arc::clone)
    }
}
