//! The training service of АТОЛ on loopback, for tests of what works with it.

use super::bench::with_device;
use kontora::devices::manager::Manager;
use kontora::devices::proto::atol::training::TrainingService;
use kontora::devices::settings::{Address, Kind, NetworkAddress, RegistrarSettings};
use kontora::kernel::clock::Clock;
use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex, MutexGuard};

/// How many times as fast the time of the driver passes: it asks four times a second.
pub const TIMES: u64 = 20;

/// The service and what happens to its answers.
#[derive(Default)]
pub struct Served {
    pub service: TrainingService,
    /// The answer to the next task gets lost.
    pub lose: bool,
}

/// The service on loopback, and one workstation that works with it.
pub struct Shop {
    served: Arc<Mutex<Served>>,
    address: Address,
}

impl Shop {
    pub fn new() -> Self {
        let service = TrainingService::new("2");
        let served = Arc::new(Mutex::new(Served { service, lose: false }));
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let own = Arc::clone(&served);
        let work = move || listener.incoming().flatten().for_each(|mut stream| answer(&own, &mut stream));
        std::thread::Builder::new().name("the service of ATOL".to_owned()).spawn(work).unwrap();
        Self { served, address: Address::Tcp(NetworkAddress { host: "127.0.0.1".to_owned(), port }) }
    }

    pub fn lock(&self) -> MutexGuard<'_, Served> {
        self.served.lock().unwrap()
    }

    pub fn workstation(&self, clock: &Clock) -> Manager {
        with_device(clock, self.address.clone(), Kind::Registrar(RegistrarSettings::Atol { device: "2".to_owned() }))
    }
}

/// Answers one question.
fn answer(served: &Mutex<Served>, stream: &mut TcpStream) {
    let mut came = Vec::new();
    let mut bytes = [0; 4096];
    let (head, body) = loop {
        let end = came.windows(4).position(|four| four == b"\r\n\r\n");
        if let Some(end) = end {
            let head = String::from_utf8_lossy(&came[..end]).into_owned();
            let length = head.lines().find_map(|line| line.strip_prefix("Content-Length: ")).unwrap();
            if came.len() >= end + 4 + length.parse::<usize>().unwrap() {
                break (head, came.split_off(end + 4));
            }
        }
        match stream.read(&mut bytes) {
            Ok(count @ 1..) => came.extend_from_slice(&bytes[..count]),
            _ => return,
        }
    };
    let mut words = head.split(' ');
    let (method, target) = (words.next().unwrap(), words.next().unwrap());
    let mut served = served.lock().unwrap();
    let (status, body) = served.service.answer(method, target, &body);
    if method == "POST" && std::mem::take(&mut served.lose) {
        return;
    }
    let body = body.to_string();
    let head = format!("HTTP/1.1 {status} Said\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}", body.len());
    let _ = stream.write_all(head.as_bytes());
}
