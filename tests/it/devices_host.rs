//! The training registrar on a serial line, driven by a host of others: what that host can work with, ours is
//! tried on as well.

use crate::devices_checkers::said;
use kontora::devices::proto::shtrih::training::wire::Fault;
use kontora::devices::settings::{Address, DeviceSettings, KindName};
use kontora::devices::training::Training;
use kontora::devices::training::played::Played;
use kontora::kernel::clock::Clock;
use serialport::{SerialPort, TTYPort};
use std::io::{Read, Write};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::Duration;

/// A training registrar served on a pseudo-terminal until it is dropped.
struct Served {
    device: Arc<Training>,
    ended: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
    port: PathBuf,
    _near: TTYPort,
}

impl Served {
    fn new() -> Self {
        let settings = DeviceSettings {
            id: "1".to_owned(),
            name: "ККТ".to_owned(),
            on: true,
            address: Address::Training,
            kind: KindName::Registrar.usual(),
        };
        let device = Arc::new(Training::new(&settings, Clock::system()));
        let (mut far, mut near) = TTYPort::pair().unwrap();
        near.set_exclusive(false).unwrap();
        far.set_timeout(Duration::from_millis(5)).unwrap();
        let port = PathBuf::from(near.name().unwrap());
        let ended = Arc::new(AtomicBool::new(false));
        let (mut wire, end) = (device.open().unwrap(), Arc::clone(&ended));
        let serve = move || {
            let mut bytes = [0; 512];
            while !end.load(Ordering::Relaxed) {
                if let Ok(count) = far.read(&mut bytes) {
                    wire.write(&bytes[..count], 1000).unwrap();
                }
                while let Some(answer) = wire.read(1).ok().filter(|answer| !answer.is_empty()) {
                    far.write_all(&answer).unwrap();
                }
            }
        };
        let thread = std::thread::Builder::new().name("registrar".to_owned()).spawn(serve).unwrap();
        Self { device, ended, thread: Some(thread), port, _near: near }
    }

    /// Kinds of the documents in its memory, and what the receipt came to.
    fn documents(&self) -> (Vec<u8>, Option<u64>) {
        self.device.look(|played| {
            let Played::Registrar(own) = played else { panic!("no registrar") };
            let documents = own.wired.registrar.memory().documents();
            let settled = documents.iter().find_map(|document| document.settled).map(|(_, total)| total);
            (documents.iter().map(|document| document.kind).collect(), settled)
        })
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        self.ended.store(true, Ordering::Relaxed);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

#[test]
fn an_independent_host_works_a_shift_with_our_training_registrar() {
    for fault in [None, Some(Fault::BadSum), Some(Fault::Refuse), Some(Fault::Slow(400))] {
        let served = Served::new();
        if let Some(fault) = fault {
            served.device.change(|played| {
                let Played::Registrar(own) = played else { panic!("no registrar") };
                own.wired.order(&[0x85], fault);
            });
        }
        let Some(said) = said("pyshtrih_host.py", "pyshtrih", &[&served.port]) else { return };
        assert!(said.contains("HOST OK") && !said.contains("NO ERROR"), "{fault:?}: {said}");
        // A shift opened, one receipt, the shift closed: whatever went wrong on the line.
        let (kinds, total) = served.documents();
        assert_eq!((kinds.as_slice(), total), ([2, 3, 5].as_slice(), Some(133_440)), "{fault:?}: {said}");
    }
}
