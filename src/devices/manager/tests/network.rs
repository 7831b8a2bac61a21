//! Devices in the network, played on loopback: a printer on port 9100.

use super::{device, document, job as fiscal_job, manager, until};
use crate::devices::manager::handles::{ReceiptPrinter, Registrar};
use crate::devices::manager::order::FiscalJob;
use crate::devices::manager::outcome::Outcome;
use crate::devices::manager::view::Lamp;
use crate::devices::settings::{Address, DeviceSettings, KindName, NetworkAddress};
use crate::devices::training::Training;
use crate::kernel::clock::Clock;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Serves connections one after the other on a thread of its own.
fn serve(mut each: impl FnMut(TcpStream) + Send + 'static) -> Address {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let work = move || listener.incoming().flatten().for_each(&mut each);
    std::thread::Builder::new().name("served".to_owned()).spawn(work).unwrap();
    Address::Tcp(NetworkAddress { host: "127.0.0.1".to_owned(), port })
}

#[test]
fn a_printer_in_the_network_prints_and_its_connection_is_given_back() {
    let played = Arc::new(Training::new(&device(KindName::Printer.usual()), Clock::system()));
    let (connections, printer) = (Arc::new(AtomicUsize::new(0)), Arc::clone(&played));
    let counted = Arc::clone(&connections);
    let address = serve(move |mut stream| {
        counted.fetch_add(1, Ordering::Relaxed);
        let mut wire = printer.open().unwrap();
        let mut bytes = [0; 1024];
        while let Ok(count @ 1..) = stream.read(&mut bytes) {
            wire.write(&bytes[..count], 1000).unwrap();
            while let Some(answer) = wire.read(0).ok().filter(|answer| !answer.is_empty()) {
                stream.write_all(&answer).unwrap();
            }
        }
    });
    let manager = manager();
    manager.apply(&[DeviceSettings { address, ..device(KindName::Printer.usual()) }]);
    until(|| manager.view("1").unwrap().lamp == Lamp::Ready);
    for job in 0..2 {
        let outcome = ReceiptPrinter::new(&manager, "1").print(job, document()).wait(10_000).unwrap();
        assert!(matches!(outcome, Outcome::Printed(_)), "{outcome:?}");
    }
    assert_eq!(connections.load(Ordering::Relaxed), 1, "two jobs in a row use one connection");
}

#[test]
fn a_job_without_its_number_is_never_called_absent() {
    let manager = super::with(KindName::Registrar.usual());
    let job = FiscalJob { after: None, ..fiscal_job(&manager) };
    let outcome = Registrar::new(&manager, "1").recover(job).wait(20_000).unwrap();
    assert!(matches!(outcome, Outcome::Unknown(_)), "{outcome:?}");
}
