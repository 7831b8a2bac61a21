//! The devices of a workstation: a thread for each, orders in, events out. Whoever asks never waits for a device:
//! an order gives a [`pending::Pending`], its outcome is looked at later.
//!
//! - [`outcome`]: what may become of an order; that nobody knows is a kind of its own.
//! - [`pending`]: an outcome that has not come yet.
//! - [`view`]: how a device is: its lamp, its trouble, its last exchanges.
//! - [`order`]: what a device can be asked for.
//! - `hub`: what all threads share; [`io`]: what a driver has in hand.
//! - `worker`: the thread of a device.
//! - [`handles`]: orders by the kind of device.

pub mod handles;
mod hub;
pub mod io;
pub mod order;
pub mod outcome;
pub mod pending;
pub mod view;
mod worker;

use super::proto::bitmap::Bitmap;
use super::proto::escpos::document::{Barcode, Qr, Style};
use super::proto::escpos::writer::Painter;
use super::proto::scanner::scan::Scan;
use super::settings::{DeviceSettings, KindName};
use super::training::{Training, TrainingRoom};
use crate::kernel::clock::Clock;
use hub::{Hub, Place};
use order::Order;
use std::collections::BTreeMap;
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::Duration;
use view::{Exchange, View};

/// How often the supervisor looks whether every thread is alive, milliseconds.
const LOOK_EVERY_MS: u64 = 500;

/// Draws nothing: for programs without fonts. Lines of a printer without Cyrillic stay white, codes it cannot print
/// itself are left out and counted.
pub struct NoPainter;

impl Painter for NoPainter {
    fn line(&self, _: &str, _: Style, dots: usize) -> Bitmap {
        Bitmap::white(dots, 24)
    }
    fn barcode(&self, _: &Barcode) -> Option<Bitmap> {
        None
    }
    fn qr(&self, _: &Qr) -> Option<Bitmap> {
        None
    }
}

/// What happened at a device by itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// The device.
    pub device: String,
    /// The scan.
    pub scan: Scan,
}

/// The devices of a workstation. Clones are the same devices.
#[derive(Clone)]
pub struct Manager {
    inner: Arc<Inner>,
}

struct Inner {
    hub: Arc<Hub>,
    places: Mutex<BTreeMap<String, Place>>,
    order: Mutex<Vec<String>>,
    events: Mutex<Receiver<Event>>,
    room: Arc<TrainingRoom>,
}

impl Drop for Inner {
    fn drop(&mut self) {
        for place in self.places.get_mut().unwrap_or_else(PoisonError::into_inner).values() {
            place.stop();
        }
    }
}

impl Manager {
    /// No devices yet. `wake` is called by threads of devices whenever a window may want to look again: it must
    /// not wait. `painter` draws what printers cannot print themselves.
    #[must_use]
    pub fn new(clock: Clock, painter: Arc<dyn Painter + Send + Sync>, wake: impl Fn() + Send + Sync + 'static) -> Self {
        let (out, events) = channel();
        let room = Arc::new(TrainingRoom::default());
        let hub = Arc::new(Hub::new(clock, painter, Box::new(wake), out, Arc::clone(&room)));
        let inner = Arc::new(Inner {
            hub,
            places: Mutex::default(),
            order: Mutex::default(),
            events: Mutex::new(events),
            room,
        });
        supervise(&inner);
        Self { inner }
    }

    fn places(&self) -> MutexGuard<'_, BTreeMap<String, Place>> {
        self.inner.places.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Makes these the devices: new ones are looked for, those that changed are let go and found again, those that
    /// are not among them are let go.
    pub fn apply(&self, devices: &[DeviceSettings]) {
        let mut places = self.places();
        let gone: Vec<String> = places
            .iter()
            .filter(|(id, place)| !devices.iter().any(|device| device.id == **id && *place.settings() == *device))
            .map(|(id, _)| id.clone())
            .collect();
        for id in gone {
            if let Some(place) = places.remove(&id) {
                place.stop();
            }
        }
        for device in devices {
            if !places.contains_key(&device.id) {
                places.insert(device.id.clone(), Place::new(device.clone(), &self.inner.hub));
            }
        }
        drop(places);
        let order = devices.iter().map(|device| device.id.clone()).collect();
        *self.inner.order.lock().unwrap_or_else(PoisonError::into_inner) = order;
        self.inner.hub.wake();
    }

    /// The devices in the order they were given, as they are.
    #[must_use]
    pub fn views(&self) -> Vec<View> {
        let places = self.places();
        let order = self.inner.order.lock().unwrap_or_else(PoisonError::into_inner);
        order.iter().filter_map(|id| places.get(id)).map(Place::view).collect()
    }

    /// A device as it is.
    #[must_use]
    pub fn view(&self, id: &str) -> Option<View> {
        self.places().get(id).map(Place::view)
    }

    /// The last exchanges with a device, the oldest first.
    #[must_use]
    pub fn exchanges(&self, id: &str) -> Vec<Exchange> {
        self.places().get(id).map(Place::exchanges).unwrap_or_default()
    }

    /// Scans since the last call, of all scanners, in order.
    #[must_use]
    pub fn events(&self) -> Vec<Event> {
        self.inner.events.lock().unwrap_or_else(PoisonError::into_inner).try_iter().collect()
    }

    /// Tells a scan that came by keys: it is counted and noted as those of other scanners.
    pub fn scanned(&self, id: &str, scan: Scan) {
        if let Some(place) = self.places().get(id) {
            place.scanned(scan, &self.inner.hub);
        }
    }

    /// The first device of a kind that is in use.
    #[must_use]
    pub fn first(&self, kind: KindName) -> Option<String> {
        let places = self.places();
        let order = self.inner.order.lock().unwrap_or_else(PoisonError::into_inner);
        let fits = |id: &&String| {
            places.get(*id).is_some_and(|place| place.settings().on && place.settings().kind.name() == kind)
        };
        order.iter().find(fits).cloned()
    }

    /// The training device behind an identifier, once its thread has reached for it.
    #[must_use]
    pub fn training(&self, id: &str) -> Option<Arc<Training>> {
        self.inner.room.known(id)
    }

    /// Gives an order to a device; without such a device the order is refused at once.
    pub(super) fn give(&self, id: &str, order: Order) -> Arc<pending::Alive> {
        match self.places().get(id) {
            Some(place) => place.give(order),
            None => {
                order.refuse(outcome::Reason::NoDevice);
                Arc::default()
            }
        }
    }
}

/// The thread that gives up on threads that do not answer, and begins new ones.
fn supervise(inner: &Arc<Inner>) {
    let weak: Weak<Inner> = Arc::downgrade(inner);
    let watching = std::thread::Builder::new().name("devices".to_owned()).spawn(move || {
        while let Some(inner) = weak.upgrade() {
            for place in inner.places.lock().unwrap_or_else(PoisonError::into_inner).values_mut() {
                place.look(&inner.hub);
            }
            let pause_ms = inner.hub.clock.real_ms(LOOK_EVERY_MS);
            drop(inner);
            std::thread::sleep(Duration::from_millis(pause_ms));
        }
    });
    // Without the watcher devices still work; only one that hangs stays hung.
    let _ = watching;
}

#[cfg(test)]
mod tests;
