//! The connection to a shared base breaks: before a deed, in the middle of one, between the last word and its
//! answer. Nothing is lost, nothing is done twice, and a window goes on by itself.

use crate::bases::{or_say, today};
use crate::server::server;
use kontora::domain::stock::item::Item;
use kontora::kernel::clock::Clock;
use kontora::kernel::object::Declared as _;
use kontora::kernel::refs::AnyRef;
use kontora::ops::check::check;
use kontora::ops::gate::{Op, Session};
use kontora::ops::save::How;
use kontora::store::address::Address;
use kontora::ui::app::base::{Base, Ticket, Waker};
use std::io::{Read as _, Write as _};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

fn clock() -> Clock {
    Clock::fixed(today(), 1)
}

/// A wire between the program and the server that can be cut.
struct Wire {
    port: u16,
    state: Arc<State>,
}

#[derive(Default)]
struct State {
    /// Nobody gets through.
    dead: AtomicBool,
    /// The next «COMMIT» gets through, its answer does not.
    swallow: AtomicBool,
    /// «COMMIT»s that got through.
    commits: AtomicUsize,
    open: Mutex<Vec<TcpStream>>,
}

impl Wire {
    fn to(port: u16) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let own = listener.local_addr().unwrap().port();
        let state = Arc::new(State::default());
        let shared = Arc::clone(&state);
        thread("wire", move || {
            for client in listener.incoming().map_while(Result::ok) {
                let state = Arc::clone(&shared);
                if state.dead.load(Ordering::SeqCst) {
                    continue;
                }
                let Ok(server) = TcpStream::connect(("127.0.0.1", port)) else { continue };
                let both = [client.try_clone().unwrap(), server.try_clone().unwrap()];
                state.open.lock().unwrap().extend(both);
                carry(client, server, state);
            }
        });
        Self { port: own, state }
    }

    fn address(&self, name: &str) -> String {
        format!("postgres://kontora@127.0.0.1:{}/{name}?sslmode=disable", self.port)
    }

    /// Cuts all connections; none can be made before it is mended.
    fn cut(&self) {
        self.state.dead.store(true, Ordering::SeqCst);
        for stream in self.state.open.lock().unwrap().drain(..) {
            let _ = stream.shutdown(Shutdown::Both);
        }
    }

    fn mend(&self) {
        self.state.dead.store(false, Ordering::SeqCst);
    }
}

fn thread(name: &str, work: impl FnOnce() + Send + 'static) {
    std::thread::Builder::new().name(name.to_owned()).spawn(work).unwrap();
}

/// Carries bytes both ways.
fn carry(mut client: TcpStream, mut server: TcpStream, state: Arc<State>) {
    let (mut answers, mut back) = (server.try_clone().unwrap(), client.try_clone().unwrap());
    let mute = Arc::new(AtomicBool::new(false));
    let muted = Arc::clone(&mute);
    thread("wire back", move || {
        let mut bytes = [0; 16_384];
        while let Ok(count @ 1..) = answers.read(&mut bytes) {
            // The server has answered, and nobody hears it.
            if muted.load(Ordering::SeqCst) || back.write_all(&bytes[..count]).is_err() {
                break;
            }
        }
        let _ = (answers.shutdown(Shutdown::Both), back.shutdown(Shutdown::Both));
    });
    thread("wire there", move || {
        let mut bytes = [0; 16_384];
        while let Ok(count @ 1..) = client.read(&mut bytes) {
            if bytes[..count].windows(7).any(|word| word == b"COMMIT\0") {
                state.commits.fetch_add(1, Ordering::SeqCst);
                mute.store(state.swallow.swap(false, Ordering::SeqCst), Ordering::SeqCst);
            }
            if server.write_all(&bytes[..count]).is_err() {
                break;
            }
        }
        let _ = (server.shutdown(Shutdown::Both), client.shutdown(Shutdown::Both));
    });
}

fn port_and_name(address: &str) -> (u16, String) {
    let (place, name) = address.rsplit_once('/').unwrap();
    (place.rsplit_once(':').unwrap().1.parse().unwrap(), name.to_owned())
}

fn items(session: &Session) -> i64 {
    or_say(kontora::store::engine::int(session.store.engine(), "SELECT count(*) FROM item WHERE name LIKE 'Ч%'", &[]))
        .unwrap()
}

#[test]
fn a_deed_whose_answer_was_lost_is_not_done_twice() {
    let Some(server) = server() else { return };
    let (port, name) = port_and_name(&server.fresh());
    let wire = Wire::to(port);
    let session = or_say(Session::open(Address::named(&wire.address(&name)), clock()));
    for number in 1..=3 {
        let mut item = Item { name: format!("Чайник {number}"), ..Item::default() };
        wire.state.swallow.store(true, Ordering::SeqCst);
        let commits = wire.state.commits.load(Ordering::SeqCst);
        let ((), changed) = or_say(session.run(Op::Save, |tx| tx.save(&mut item, How::Write)));
        assert!(!wire.state.swallow.load(Ordering::SeqCst), "the answer was lost");
        assert!(wire.state.commits.load(Ordering::SeqCst) > commits);
        // What came of it is told as if nothing had happened.
        assert_eq!((item.head.version, changed.objects.len()), (1, 1));
        assert!(changed.operation > 0);
        assert_eq!(items(&session), number);
    }
    assert!(or_say(check(&session, &mut |_| true)).is_clean());
}

#[test]
fn a_deed_broken_in_the_middle_is_done_again_from_its_beginning() {
    let Some(server) = server() else { return };
    let (port, name) = port_and_name(&server.fresh());
    let wire = Wire::to(port);
    let session = or_say(Session::open(Address::named(&wire.address(&name)), clock()));
    let mut item = Item { name: "Чайник".to_owned(), ..Item::default() };
    let mut times = 0;
    or_say(session.run(Op::Save, |tx| {
        times += 1;
        tx.save(&mut item, How::Write)?;
        if times == 1 {
            wire.cut();
            wire.mend();
        }
        Ok(())
    }));
    assert_eq!((times, items(&session), item.head.version), (2, 1, 1));
    assert_eq!(item.code, "000001", "the code of the first attempt was given back");
}

fn answer<T>(ticket: &Ticket<T>) -> T {
    for _ in 0..3_000 {
        if let Some(answer) = ticket.poll() {
            return or_say(answer);
        }
        std::thread::sleep(std::time::Duration::from_millis(10));
    }
    panic!("no answer within thirty seconds");
}

#[test]
fn a_window_waits_for_its_server_and_goes_on_by_itself() {
    let Some(server) = server() else { return };
    let (port, name) = port_and_name(&server.fresh());
    let wire = Wire::to(port);
    let address = wire.address(&name);
    let base = or_say(Base::open(Path::new(&address), &clock(), AnyRef::EMPTY, Waker::default()));
    wire.cut();
    let written = base.write(Op::Save, |tx| {
        let mut item = Item { name: "Чайник".to_owned(), ..Item::default() };
        tx.save(&mut item, How::Write).map(|()| item.head.id)
    });
    let read = base.read(|session| session.store.count(Item::declared()));
    while !base.line().is_lost() {
        std::thread::yield_now();
    }
    assert!(written.poll().is_none() && read.poll().is_none(), "they wait");
    wire.mend();
    let id = answer(&written);
    assert!(id > 0 && answer(&read) >= 0);
    assert!(!base.line().is_lost() && base.line().take_back() && !base.line().take_back());
    assert_eq!(answer(&base.read(|session| Ok(items(session)))), 1);
}
