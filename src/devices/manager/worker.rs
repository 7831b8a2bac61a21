//! The thread of a device: reaches it, lets its driver talk, and reaches for it again when it is lost.

use super::hub::{Hub, Shared};
use super::io::Io;
use super::order::Order;
use super::outcome::Reason;
use super::pending::Alive;
use super::view::{Lamp, Trouble};
use crate::devices::drive::{self, Drive};
use crate::devices::settings::{Address, DeviceSettings, Kind};
use crate::devices::wire::{self, Wire, WireError};
use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::Duration;

/// Pauses between tries to reach a device, milliseconds: the last one again and again. A device plugged in again
/// works before two seconds have passed.
const PAUSES_MS: [u64; 4] = [200, 200, 500, 1000];
/// An order waits so long for a device that is being reached.
const PATIENCE_MS: u64 = 2500;
/// A device that is looked for in vain becomes a trouble after this, milliseconds.
const MISSED_MS: u64 = 5000;
/// A connection to a printer in the network is closed after such a silence: many take one client only.
const REST_MS: u64 = 5000;

pub(super) struct Worker {
    pub(super) shared: Arc<Shared>,
    pub(super) hub: Arc<Hub>,
    pub(super) orders: Receiver<Order>,
    pub(super) alive: Arc<Alive>,
    /// Held by the place and by every thread of the device that has not come back.
    pub(super) threads: Arc<()>,
}

/// Orders that came while the device could not be reached, and when.
type Waiting = VecDeque<(u64, Order)>;

/// Why a conversation is over.
enum Ended {
    /// The device is let go.
    Stopped,
    /// The wire is lost.
    Lost,
    /// The connection was closed to let others in; the order that asks for it again.
    Rests,
}

pub(super) fn run(worker: &Worker) {
    let mut driver = drive::driver(&worker.shared.settings);
    let mut waiting = Waiting::new();
    let mut tries = 0;
    let missed_since_ms = worker.ms();
    let mut missed_ms = missed_since_ms;
    while !worker.is_ending() {
        worker.beat();
        match worker.reach(driver.as_mut()) {
            Ok(mut io) => {
                (tries, missed_ms) = (0, worker.ms());
                let ended = worker.talk(driver.as_mut(), &mut io, &mut waiting);
                missed_ms = missed_ms.max(worker.ms());
                match ended {
                    Ended::Stopped => break,
                    Ended::Lost => worker.lamp(Lamp::Searching),
                    Ended::Rests => {
                        drop(io);
                        worker.rest(&mut waiting);
                        continue;
                    }
                }
            }
            Err((reason, trouble)) => {
                let missing = matches!(trouble, Trouble::Wire(WireError::NotFound | WireError::Lost));
                let young = worker.ms().saturating_sub(missed_ms) < MISSED_MS;
                // At first it is our own thread of before that has not let go yet.
                let held = tries == 0 && trouble == Trouble::Wire(WireError::Taken);
                worker.lamp(if missing && young || held { Lamp::Searching } else { Lamp::Trouble(trouble) });
                worker.refuse_old(&mut waiting, &reason);
            }
        }
        let pause = PAUSES_MS.get(tries).or(PAUSES_MS.last()).copied().unwrap_or(1000);
        tries += 1;
        worker.hold(pause, &mut waiting);
    }
    for (_, order) in waiting {
        order.refuse(Reason::Withdrawn);
    }
    while let Ok(order) = worker.orders.try_recv() {
        order.refuse(Reason::Withdrawn);
    }
}

/// The way to a device; a service is asked by connections of its own and has no wire that stays open.
fn open(worker: &Worker, settings: &DeviceSettings) -> Result<Box<dyn Wire>, WireError> {
    match (&settings.address, &settings.kind) {
        (Address::Training, _) => worker.hub.room.device(settings, &worker.hub.clock).open(),
        (Address::Tcp(_), Kind::Registrar(crate::devices::settings::RegistrarSettings::Atol { .. })) => {
            Ok(Box::new(wire::Nothing))
        }
        (address, _) => wire::open(address),
    }
}

impl Worker {
    fn ms(&self) -> u64 {
        self.hub.clock.steady_ms()
    }

    /// How long a wait of so many milliseconds really is.
    fn really(&self, wait_ms: u64) -> Duration {
        Duration::from_millis(self.hub.clock.real_ms(wait_ms))
    }

    /// Shows that the thread is alive; one that was given up no longer speaks for its device.
    fn beat(&self) {
        if !self.is_ending() {
            self.shared.beat();
        }
    }

    fn is_ending(&self) -> bool {
        self.alive.is_given_up()
    }

    fn lamp(&self, lamp: Lamp) {
        if !self.is_ending() && self.shared.set_lamp(lamp, self.hub.clock.now()) {
            self.hub.wake();
        }
    }

    /// Opens the wire and lets the driver greet the device.
    fn reach(&self, driver: &mut dyn Drive) -> Result<Io, (Reason, Trouble)> {
        let settings = &self.shared.settings;
        let wire = open(self, settings).map_err(|error| match error {
            // Our own thread has it, and hangs in the system.
            WireError::Taken if Arc::strong_count(&self.threads) > 2 => (Reason::Silent, Trouble::Hung),
            error => (Reason::NotConnected(error.clone()), Trouble::Wire(error)),
        })?;
        self.beat();
        let mut io = Io {
            wire,
            shared: Arc::clone(&self.shared),
            hub: Arc::clone(&self.hub),
            alive: Arc::clone(&self.alive),
            lost: None,
            quiet: false,
        };
        io.set_quiet(true);
        let greeted = driver.begin(&mut io);
        io.set_quiet(false);
        match greeted {
            Ok(identity) => {
                self.shared.set_identity(identity);
                Ok(io)
            }
            Err(trouble) => {
                let reason = match &trouble {
                    Trouble::Wire(error) => Reason::NotConnected(error.clone()),
                    Trouble::Refused(reason) => reason.clone(),
                    _ => Reason::Silent,
                };
                Err((reason, trouble))
            }
        }
    }

    /// Orders and idle moments until the wire is lost or the device is let go.
    fn talk(&self, driver: &mut dyn Drive, io: &mut Io, waiting: &mut Waiting) -> Ended {
        let rests = matches!(self.shared.settings.address, Address::Tcp(_)) && driver.rests();
        let mut used_ms = self.ms();
        io.lamp(Lamp::Ready);
        loop {
            self.beat();
            if self.is_ending() {
                return Ended::Stopped;
            }
            let order = match waiting.pop_front() {
                Some((_, order)) => Ok(order),
                None if driver.pause_ms() == 0 => match self.orders.try_recv() {
                    Ok(order) => Ok(order),
                    Err(std::sync::mpsc::TryRecvError::Empty) => Err(RecvTimeoutError::Timeout),
                    Err(_) => Err(RecvTimeoutError::Disconnected),
                },
                None => self.orders.recv_timeout(self.really(driver.pause_ms())),
            };
            let trouble = match order {
                Ok(order) => {
                    io.lamp(Lamp::Busy);
                    used_ms = self.ms();
                    driver.order(order, io)
                }
                Err(RecvTimeoutError::Timeout) => {
                    io.set_quiet(driver.pause_ms() > 0);
                    let trouble = driver.idle(io);
                    io.set_quiet(false);
                    trouble
                }
                Err(RecvTimeoutError::Disconnected) => return Ended::Stopped,
            };
            if io.lost().is_some() {
                return Ended::Lost;
            }
            io.lamp_of(trouble);
            if rests && self.ms().saturating_sub(used_ms) > REST_MS {
                return Ended::Rests;
            }
        }
    }

    /// Waits for the next order with the connection closed.
    fn rest(&self, waiting: &mut Waiting) {
        while !self.is_ending() && waiting.is_empty() {
            self.beat();
            self.hold(500, waiting);
        }
    }

    /// Waits between two tries; orders that come are kept.
    fn hold(&self, pause_ms: u64, waiting: &mut Waiting) {
        let until_ms = self.ms().saturating_add(pause_ms);
        loop {
            let left = until_ms.saturating_sub(self.ms());
            if left == 0 || self.is_ending() {
                return;
            }
            match self.orders.recv_timeout(self.really(left.min(200))) {
                Ok(order) => waiting.push_back((self.ms(), order)),
                Err(RecvTimeoutError::Timeout) => {}
                // The place is gone; without a pause this would spin.
                Err(RecvTimeoutError::Disconnected) => std::thread::sleep(self.really(left.min(200))),
            }
            if pause_ms >= 500 && !waiting.is_empty() && left < pause_ms {
                return;
            }
        }
    }

    fn refuse_old(&self, waiting: &mut Waiting, reason: &Reason) {
        while waiting.front().is_some_and(|(came_ms, _)| self.ms().saturating_sub(*came_ms) > PATIENCE_MS) {
            if let Some((_, order)) = waiting.pop_front() {
                order.refuse(reason.clone());
            }
        }
    }
}
