//! The devices of this workstation and user: their list in a file beside the list of bases, their threads, their
//! pages.
//!
//! - [`bench`]: the page with all devices, their lamps and exchanges.
//! - [`form`]: the page of one device.
//! - [`trial`]: what «Тест» does with each kind.
//! - [`training`]: training devices as windows.
//! - [`wedge`]: scanners that act as keyboards told from typing.
//! - [`words`]: lamps, troubles and outcomes in words.
//! - [`labels`]: label printers beside the printers of the system.
//! - [`dots`]: pages as dots; [`painter`]: text and codes as dots, for printers that lack letters.

pub mod bench;
pub mod dots;
pub mod form;
pub mod labels;
pub mod painter;
pub mod training;
pub mod trial;
pub mod wedge;
pub mod words;

use super::base::{Ticket, Waker};
use super::single;
use crate::devices::manager::handles::{Display, ReceiptPrinter, Registrar, Scale};
use crate::devices::manager::order::FiscalTask;
use crate::devices::manager::outcome::Reason;
use crate::devices::manager::pending::Pending;
use crate::devices::manager::{Event, Manager};
use crate::devices::proto::escpos::document::{Document, Element};
use crate::devices::settings::{DeviceSettings, KindName, read, written};
use crate::domain::retail::till::TillPaper;
use crate::kernel::clock::Clock;
use crate::kernel::problems::Error;
use crate::ops::till::device::{DevicePrinter, DeviceRegistrar};
use crate::ops::till::registrar::{Elsewhere, Reach};
use crate::print::printer::{Printers, SystemPrinters};
use crate::text;
use std::cell::{OnceCell, RefCell};
use std::collections::BTreeSet;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

/// The file.
const FILE: &str = "devices.json";

/// The devices.
pub struct Devices {
    folder: Option<PathBuf>,
    clock: Clock,
    waker: Waker,
    manager: OnceCell<Manager>,
    settings: RefCell<Vec<DeviceSettings>>,
    /// Training devices whose windows are shown.
    windows: RefCell<BTreeSet<String>>,
    /// Why the file could not be read.
    damaged: Option<String>,
}

impl Devices {
    /// With the file in a folder of the user.
    #[must_use]
    pub fn at(folder: &Path, clock: &Clock, waker: &Waker) -> Self {
        let file = folder.join(FILE);
        let content = std::fs::read_to_string(&file).unwrap_or_default();
        let (settings, damaged) = match read(&content) {
            _ if content.trim().is_empty() => (Vec::new(), None),
            Ok(settings) => (settings, None),
            Err(why) => {
                // The next change writes the file anew; what could not be read stays beside it.
                let _ = std::fs::copy(&file, file.with_extension("json.bad"));
                (Vec::new(), Some(why))
            }
        };
        let devices = Self {
            folder: Some(folder.to_owned()),
            settings: RefCell::new(settings),
            damaged,
            ..Self::alone(clock, waker)
        };
        if !devices.settings.borrow().is_empty() {
            devices.manager();
        }
        devices
    }

    /// Without a file: they are forgotten with the window.
    #[must_use]
    pub fn alone(clock: &Clock, waker: &Waker) -> Self {
        Self {
            folder: None,
            clock: clock.clone(),
            waker: waker.clone(),
            manager: OnceCell::new(),
            settings: RefCell::default(),
            windows: RefCell::default(),
            damaged: None,
        }
    }

    /// The threads; begun when they are first needed.
    pub fn manager(&self) -> &Manager {
        self.manager.get_or_init(|| {
            let waker = self.waker.clone();
            let manager = Manager::new(self.clock.clone(), Arc::new(painter::Drawn), move || waker.wake());
            manager.apply(&self.settings.borrow());
            manager
        })
    }

    /// The way to the registrar of this workstation, for the thread that brings the tills of a base their paper.
    /// Of several processes that could do it one does: the outcome of what it has sent is its to know.
    #[must_use]
    pub fn registrar(&self, base: &Path) -> Reach {
        let manager = self.manager().clone();
        let (folder, base) = (self.folder.clone(), base.to_owned());
        let held: Mutex<Option<File>> = Mutex::default();
        Arc::new(move |paper| {
            let kind = if paper == TillPaper::Printer { KindName::Printer } else { KindName::Registrar };
            let id = manager.first(kind)?;
            if let Some(folder) = &folder {
                let mut held = held.lock().unwrap_or_else(PoisonError::into_inner);
                if held.is_none() {
                    *held = single::hold(folder, &base, "papers");
                }
                if held.is_none() {
                    return Some(Box::new(Elsewhere));
                }
            }
            Some(match paper {
                TillPaper::Printer => Box::new(DevicePrinter::new(&manager, &id, words::of_reason, words::of_doubt)),
                _ => Box::new(DeviceRegistrar::new(&manager, &id, words::of_reason, words::of_doubt)),
            })
        })
    }

    /// Opens the cash drawer, behind the registrar or else behind the printer of receipts; false where there is
    /// neither. Nobody waits for it.
    pub fn open_drawer(&self) -> bool {
        let manager = self.manager();
        if let Some(id) = manager.first(KindName::Registrar) {
            drop(Registrar::new(manager, &id).task(self.new_id().as_str().into(), FiscalTask::Drawer));
            return true;
        }
        let Some(id) = manager.first(KindName::Printer) else { return false };
        drop(ReceiptPrinter::new(manager, &id).print(0, Document { elements: vec![Element::Drawer] }));
        true
    }

    /// Shows the buyer two lines; false where there is no display. Nobody waits for it.
    pub fn show_customer(&self, upper: &str, lower: &str) -> bool {
        let Some(id) = self.manager().first(KindName::Display) else { return false };
        drop(Display::new(self.manager(), &id).show(upper, lower));
        true
    }

    /// Asks the scales for a weight at rest, in tenths of a gram; `None` where there are none.
    pub fn weigh(&self) -> Option<Pending<Result<i64, Reason>>> {
        let id = self.manager().first(KindName::Scale)?;
        Some(Scale::new(self.manager(), &id).weigh())
    }

    /// The clock.
    pub fn clock(&self) -> &Clock {
        &self.clock
    }

    /// Wakes the window.
    pub fn waker(&self) -> &Waker {
        &self.waker
    }

    /// Why the file could not be read.
    pub fn damaged(&self) -> Option<&str> {
        self.damaged.as_deref()
    }

    /// The devices as they are set.
    pub fn settings(&self) -> Vec<DeviceSettings> {
        self.settings.borrow().clone()
    }

    /// The printers of the system, and the label printers among the devices.
    pub fn printers(&self) -> Arc<dyn Printers> {
        let devices = self.settings();
        if devices.iter().any(|device| device.kind.name() == KindName::Labels) {
            return Arc::new(labels::AllPrinters::of(self.manager(), &devices));
        }
        Arc::new(SystemPrinters::default())
    }

    /// One of them.
    pub fn setting(&self, id: &str) -> Option<DeviceSettings> {
        self.settings.borrow().iter().find(|device| device.id == id).cloned()
    }

    /// Puts other devices in the place of all, and keeps them.
    pub fn set(&self, devices: Vec<DeviceSettings>) {
        self.manager().apply(&devices);
        let content = written(&devices);
        *self.settings.borrow_mut() = devices;
        let Some(folder) = self.folder.clone() else { return };
        // A file that cannot be written is no reason to stop: the devices work until the window is closed.
        let _ = Ticket::aside("devices file", &self.waker, move || {
            let file = folder.join(FILE);
            let new = file.with_extension("json.new");
            let done = std::fs::create_dir_all(&folder)
                .and_then(|()| std::fs::write(&new, content))
                .and_then(|()| std::fs::rename(&new, &file));
            done.map_err(|error| Error::Failed(text!("file-not-written", file = FILE), error.to_string()))
        });
    }

    /// Puts a device in the place of the one of its identifier, or behind all others.
    pub fn put(&self, device: DeviceSettings) {
        let mut devices = self.settings();
        match devices.iter_mut().find(|known| known.id == device.id) {
            Some(known) => *known = device,
            None => devices.push(device),
        }
        self.set(devices);
    }

    /// Takes a device away.
    pub fn remove(&self, id: &str) {
        let mut devices = self.settings();
        devices.retain(|device| device.id != id);
        self.windows.borrow_mut().remove(id);
        self.set(devices);
    }

    /// A new identifier.
    pub fn new_id(&self) -> String {
        self.clock.unique().to_string()
    }

    /// Scans since the last call.
    pub fn events(&self) -> Vec<Event> {
        self.manager.get().map(Manager::events).unwrap_or_default()
    }

    /// Shows or hides the window of a training device.
    pub fn toggle_window(&self, id: &str) {
        let mut windows = self.windows.borrow_mut();
        if !windows.remove(id) {
            windows.insert(id.to_owned());
        }
    }

    /// Training devices whose windows are shown.
    pub fn windows(&self) -> Vec<String> {
        self.windows.borrow().iter().cloned().collect()
    }
}
