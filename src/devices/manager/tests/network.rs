//! Devices in the network, played on loopback: a printer on port 9100 and the service of АТОЛ.

use super::{device, document, job as fiscal_job, manager, until};
use crate::devices::manager::Manager;
use crate::devices::manager::handles::{ReceiptPrinter, Registrar};
use crate::devices::manager::order::{FiscalJob, FiscalTask};
use crate::devices::manager::outcome::{Outcome, Reason};
use crate::devices::manager::view::Lamp;
use crate::devices::proto::sample::receipt;
use crate::devices::settings::{Address, KindName, NetworkAddress, RegistrarSettings};
use crate::devices::settings::{DeviceSettings, Kind};
use crate::devices::training::Training;
use crate::kernel::clock::Clock;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

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

/// The service: tasks by their keys, each carried out once; the answer to the first giving may get lost.
#[derive(Default)]
struct Service {
    made: Vec<String>,
    /// What was asked for under each key.
    tasks: Vec<String>,
    lose: bool,
}

fn said(stream: &mut TcpStream, status: &str, body: &str) {
    let head = format!("HTTP/1.1 {status}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}", body.len());
    stream.write_all(head.as_bytes()).unwrap();
}

/// The whole question: its head and its body.
fn asked(stream: &mut TcpStream) -> String {
    let mut came = Vec::new();
    let mut bytes = [0; 4096];
    loop {
        let text = String::from_utf8_lossy(&came).into_owned();
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length = head.lines().find_map(|line| line.strip_prefix("Content-Length: "));
            if body.len() >= length.and_then(|length| length.parse().ok()).unwrap_or(0) {
                return text;
            }
        }
        match stream.read(&mut bytes) {
            Ok(count @ 1..) => came.extend_from_slice(&bytes[..count]),
            _ => return text,
        }
    }
}

fn answer(service: &Mutex<Service>, stream: &mut TcpStream) {
    let text = asked(stream);
    let mut service = service.lock().unwrap();
    if let Some(rest) = text.strip_prefix("GET /api/v2/requests/") {
        let key = rest.split(' ').next().unwrap().to_owned();
        let number = service.made.iter().position(|made| *made == key).map(|at| at + 1);
        let Some(number) = number else { return said(stream, "404 Not Found", "{}") };
        let fiscal = format!("\"fiscalDocumentNumber\":{number},\"fiscalDocumentSign\":\"77\",\"shiftNumber\":1");
        let result = format!(
            "{{\"results\":[{{\"status\":\"ready\",\"result\":{{\"counters\":{{\"cashSum\":1234.5}},\"fiscalParams\":{{{fiscal}}}}}}}]}}"
        );
        return said(stream, "200 OK", &result);
    }
    if text.starts_with("POST") {
        let (_, body) = text.split_once("\r\n\r\n").unwrap();
        let body: serde_json::Value = serde_json::from_str(body).unwrap();
        let key = body["uuid"].as_str().unwrap().to_owned();
        if service.made.contains(&key) {
            return said(stream, "409 Conflict", "{}");
        }
        service.made.push(key);
        service.tasks.push(body["request"][0]["type"].as_str().unwrap().to_owned());
        if std::mem::take(&mut service.lose) {
            return;
        }
        return said(stream, "201 Created", "{}");
    }
    said(stream, "200 OK", "{}");
}

fn with_service(lose: bool) -> (Manager, Arc<Mutex<Service>>) {
    let service = Arc::new(Mutex::new(Service { lose, ..Service::default() }));
    let own = Arc::clone(&service);
    let address = serve(move |mut stream| answer(&own, &mut stream));
    let manager = manager();
    let kind = Kind::Registrar(RegistrarSettings::Atol);
    manager.apply(&[DeviceSettings { address, ..device(kind) }]);
    until(|| manager.view("1").unwrap().lamp == Lamp::Ready);
    (manager, service)
}

#[test]
fn a_receipt_given_to_the_service_is_made_once_whatever_gets_lost() {
    for lose in [false, true] {
        let (manager, service) = with_service(lose);
        let registrar = Registrar::new(&manager, "1");
        let job = FiscalJob { key: "key-1".to_owned(), after: None, receipt: receipt() };
        // Given twice by mistake, and asked after: it is the same receipt.
        for _ in 0..2 {
            let outcome = registrar.receipt(job.clone()).wait(20_000).unwrap();
            let Outcome::Printed(done) = outcome else { panic!("{outcome:?}") };
            assert_eq!((done.number, done.sign.as_deref()), (Some(1), Some("77")));
        }
        let found = registrar.recover(job).wait(20_000).unwrap();
        assert!(matches!(&found, Outcome::Printed(done) if done.found_later), "{found:?}");
        let other = FiscalJob { key: "key-2".to_owned(), after: None, receipt: receipt() };
        let absent = registrar.recover(other).wait(20_000).unwrap();
        assert_eq!(absent, Outcome::NotPrinted(Reason::NotFound));
        assert_eq!(service.lock().unwrap().made.len(), 1);
    }
}

#[test]
fn a_service_prints_copies_and_texts_and_counts_the_cash() {
    let (manager, service) = with_service(false);
    let registrar = Registrar::new(&manager, "1");
    let text = vec!["КОПИЯ".to_owned()];
    for (key, task) in [("copy", FiscalTask::Copy), ("text", FiscalTask::Text(text)), ("drawer", FiscalTask::Drawer)] {
        // The same key again is the same paper.
        for _ in 0..2 {
            let outcome = registrar.task(key, task.clone()).wait(20_000).unwrap();
            assert!(matches!(outcome, Outcome::Printed(_)), "{outcome:?}");
        }
    }
    assert_eq!(service.lock().unwrap().tasks, ["printLastReceiptCopy", "nonFiscal", "openCashDrawer"]);
    assert_eq!(registrar.state().wait(20_000).unwrap().unwrap().cash, 123_450);
}

#[test]
fn a_job_without_its_number_is_never_called_absent() {
    let manager = super::with(KindName::Registrar.usual());
    let job = FiscalJob { after: None, ..fiscal_job(&manager) };
    let outcome = Registrar::new(&manager, "1").recover(job).wait(20_000).unwrap();
    assert!(matches!(outcome, Outcome::Unknown(_)), "{outcome:?}");
}
