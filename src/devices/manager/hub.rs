//! What all threads of devices share, and the place of one device among them.

use super::Event;
use super::order::Order;
use super::outcome::Reason;
use super::pending::Alive;
use super::view::{EXCHANGES, Exchange, Lamp, Parsed, Trouble, View};
use super::worker;
use crate::devices::proto::escpos::writer::Painter;
use crate::devices::proto::scanner::scan::Scan;
use crate::devices::settings::DeviceSettings;
use crate::devices::training::TrainingRoom;
use crate::kernel::clock::Clock;
use crate::kernel::moment::Moment;
use std::collections::VecDeque;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Sender, channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// A thread that has not been seen for so long is given up, milliseconds.
const HUNG_MS: u64 = 10_000;
/// Threads of one device that may hang in the system at once; after that nothing new is begun until one returns.
const HUNG_MAX: usize = 3;

/// What all threads share.
pub(in crate::devices) struct Hub {
    pub(in crate::devices) clock: Clock,
    pub(in crate::devices) painter: Arc<dyn Painter + Send + Sync>,
    wake: Box<dyn Fn() + Send + Sync>,
    out: Mutex<Sender<Event>>,
    pub(in crate::devices) room: Arc<TrainingRoom>,
}

impl Hub {
    pub(super) fn new(
        clock: Clock,
        painter: Arc<dyn Painter + Send + Sync>,
        wake: Box<dyn Fn() + Send + Sync>,
        out: Sender<Event>,
        room: Arc<TrainingRoom>,
    ) -> Self {
        Self { clock, painter, wake, out: Mutex::new(out), room }
    }

    pub(in crate::devices) fn wake(&self) {
        (self.wake)();
    }

    pub(super) fn tell(&self, event: Event) {
        // The manager may be going away; then nobody listens.
        let _ = self.out.lock().unwrap_or_else(PoisonError::into_inner).send(event);
        self.wake();
    }
}

/// What the window sees of a device.
pub(super) struct State {
    lamp: Lamp,
    since: Moment,
    identity: String,
    exchanges: VecDeque<Exchange>,
    noted: u64,
    events: u64,
}

/// A device between its thread and the window.
pub(in crate::devices) struct Shared {
    pub(in crate::devices) settings: DeviceSettings,
    state: Mutex<State>,
    clock: Clock,
    beat_ms: AtomicU64,
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn beat(&self) {
        self.beat_ms.store(self.clock.steady_ms(), Ordering::Release);
    }

    /// Changes the lamp; whether it was another one.
    pub(super) fn set_lamp(&self, lamp: Lamp, now: Moment) -> bool {
        let mut state = self.lock();
        if state.lamp == lamp {
            return false;
        }
        state.lamp = lamp;
        state.since = now;
        true
    }

    pub(super) fn set_identity(&self, identity: String) {
        self.lock().identity = identity;
    }

    pub(super) fn note(&self, exchange: Exchange) {
        let mut state = self.lock();
        if state.exchanges.len() >= EXCHANGES {
            state.exchanges.pop_front();
        }
        state.exchanges.push_back(exchange);
        state.noted += 1;
    }

    /// Says what the last bytes of the device were; `false` when there are none that wait for it.
    pub(super) fn explain(&self, parsed: &Parsed) -> bool {
        let mut state = self.lock();
        match state.exchanges.back_mut() {
            Some(last) if !last.out && last.parsed == Parsed::Bytes => {
                last.parsed = parsed.clone();
                state.noted += 1;
                true
            }
            _ => false,
        }
    }

    pub(super) fn count_event(&self) {
        self.lock().events += 1;
    }
}

/// A device among the others: its thread can be replaced.
pub(super) struct Place {
    shared: Arc<Shared>,
    orders: Option<Sender<Order>>,
    alive: Arc<Alive>,
    /// Held by every thread of this device that still runs.
    threads: Arc<()>,
}

impl Place {
    pub(super) fn new(settings: DeviceSettings, hub: &Arc<Hub>) -> Self {
        let lamp = if settings.on { Lamp::Searching } else { Lamp::Off };
        let state = State {
            lamp,
            since: hub.clock.now(),
            identity: String::new(),
            exchanges: VecDeque::new(),
            noted: 0,
            events: 0,
        };
        let (clock, beat_ms) = (hub.clock.clone(), AtomicU64::new(hub.clock.steady_ms()));
        let shared = Shared { settings, state: Mutex::new(state), clock, beat_ms };
        let mut place = Self { shared: Arc::new(shared), orders: None, alive: Arc::default(), threads: Arc::default() };
        if place.shared.settings.on {
            place.begin(hub);
        }
        place
    }

    /// Begins a thread.
    fn begin(&mut self, hub: &Arc<Hub>) {
        let (to, from) = channel();
        self.alive = Arc::default();
        self.shared.beat();
        let worker = worker::Worker {
            shared: Arc::clone(&self.shared),
            hub: Arc::clone(hub),
            orders: from,
            alive: Arc::clone(&self.alive),
            threads: Arc::clone(&self.threads),
        };
        let name = format!("device {}", self.shared.settings.id);
        let begun = std::thread::Builder::new().name(name).spawn(move || worker::run(&worker));
        self.orders = begun.ok().map(|_| to);
    }

    pub(super) fn settings(&self) -> &DeviceSettings {
        &self.shared.settings
    }

    /// A scan that came by keys.
    pub(super) fn scanned(&self, scan: Scan, hub: &Hub) {
        self.shared.count_event();
        let (bytes, at) = (scan.raw.clone(), hub.clock.now());
        let length = bytes.len();
        self.shared.note(Exchange { at, out: false, bytes, length, parsed: Parsed::Scan(scan.clone()) });
        hub.tell(Event { device: self.shared.settings.id.clone(), scan });
    }

    /// Lets the thread go; orders that wait are refused by it.
    pub(super) fn stop(&self) {
        self.alive.give_up();
    }

    pub(super) fn give(&self, order: Order) -> Arc<Alive> {
        let refused = match &self.orders {
            Some(orders) => orders.send(order).err().map(|failed| (failed.0, Reason::Silent)),
            None if self.shared.settings.on => Some((order, Reason::Silent)),
            None => Some((order, Reason::Off)),
        };
        if let Some((order, reason)) = refused {
            order.refuse(reason);
        }
        Arc::clone(&self.alive)
    }

    /// Gives the thread up when it has not been seen for long, and begins another.
    pub(super) fn look(&mut self, hub: &Arc<Hub>) {
        let seen_ms = self.shared.beat_ms.load(Ordering::Acquire);
        if !self.shared.settings.on || hub.clock.steady_ms().saturating_sub(seen_ms) < HUNG_MS {
            return;
        }
        if !self.alive.is_given_up() {
            self.alive.give_up();
            self.orders = None;
            self.shared.set_lamp(Lamp::Trouble(Trouble::Hung), hub.clock.now());
            hub.wake();
        }
        if Arc::strong_count(&self.threads) <= HUNG_MAX {
            self.begin(hub);
        }
    }

    pub(super) fn view(&self) -> View {
        let state = self.shared.lock();
        View {
            settings: self.shared.settings.clone(),
            lamp: state.lamp.clone(),
            since: state.since,
            identity: state.identity.clone(),
            events: state.events,
            exchanges: state.noted,
        }
    }

    pub(super) fn exchanges(&self) -> Vec<Exchange> {
        self.shared.lock().exchanges.iter().cloned().collect()
    }
}
