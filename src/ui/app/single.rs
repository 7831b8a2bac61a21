//! One window for one base in one session of a person: a second start raises the first window and ends.
//!
//! Whoever opens a base locks a file for it and listens on the loopback at a port of chance; port and a word of
//! chance lie beside the lock, in the user's own folder. The system frees the lock when the process ends, however
//! it ends, so a crash leaves nothing that stands in the way. Different bases and different sessions (of a
//! terminal server) have locks of their own.

use super::base::Waker;
use crate::kernel::clock::Clock;
use std::fs::{File, TryLockError};
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

/// What the first window answers.
const ANSWER: &str = "raised";

/// Patience with a first window that does not answer.
const PATIENCE: Duration = Duration::from_secs(2);

/// A longer line is none of ours.
const LINE_MAX: u64 = 200;

/// Where a base in a session has its lock and its port.
struct Place {
    lock: PathBuf,
    port: PathBuf,
}

impl Place {
    fn of(folder: &Path, base: &Path, session: &str) -> Self {
        let whole = std::path::absolute(base).unwrap_or_else(|_| base.to_owned());
        let whole = whole.canonicalize().unwrap_or(whole);
        let named = format!("{}\n{session}", whole.display());
        let step = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        let hash = named.bytes().fold(0xcbf2_9ce4_8422_2325, step);
        let folder = folder.join("open");
        Self { lock: folder.join(format!("{hash:016x}.lock")), port: folder.join(format!("{hash:016x}.port")) }
    }
}

/// The base is open here; another start is listened to until this is dropped.
pub struct Claim {
    /// Holds the lock.
    _lock: File,
    port: PathBuf,
    address: SocketAddr,
    ending: Arc<AtomicBool>,
    raised: Arc<AtomicBool>,
}

impl Claim {
    /// True once after another start asked to be shown this window.
    pub fn take_raised(&self) -> bool {
        self.raised.swap(false, Ordering::AcqRel)
    }
}

impl Drop for Claim {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.port);
        self.ending.store(true, Ordering::Release);
        // The listener is woken to see that it is over.
        let _ = TcpStream::connect_timeout(&self.address, PATIENCE);
    }
}

/// Asks the window that has this base open in this session to come forward; false when there is none, or it does
/// not answer.
pub fn raise(folder: &Path, base: &Path, session: &str) -> bool {
    let place = Place::of(folder, base, session);
    let taken = File::open(&place.lock).is_ok_and(|lock| matches!(lock.try_lock(), Err(TryLockError::WouldBlock)));
    taken && ask(&place.port).is_some_and(|answer| answer.trim() == ANSWER)
}

fn ask(port: &Path) -> Option<String> {
    let content = std::fs::read_to_string(port).ok()?;
    let (port, word) = content.trim().split_once(' ')?;
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port.parse().ok()?));
    let mut stream = TcpStream::connect_timeout(&address, PATIENCE).ok()?;
    stream.set_read_timeout(Some(PATIENCE)).ok()?;
    stream.write_all(format!("{word}\n").as_bytes()).ok()?;
    let mut answer = String::new();
    BufReader::new(stream.take(LINE_MAX)).read_line(&mut answer).ok()?;
    Some(answer)
}

/// Holds a base for one purpose, for this process alone until the file is closed; `None` when another process has
/// it, or nothing can be written here.
pub fn hold(folder: &Path, base: &Path, purpose: &str) -> Option<File> {
    held(&Place::of(folder, base, purpose))
}

fn held(place: &Place) -> Option<File> {
    std::fs::create_dir_all(place.lock.parent()?).ok()?;
    let lock = File::create(&place.lock).ok()?;
    lock.try_lock().ok()?;
    Some(lock)
}

/// Claims a base for this window; `None` when another one has it, or nothing can be written here: the program
/// works all the same.
pub fn claim(folder: &Path, base: &Path, session: &str, clock: &Clock, waker: &Waker) -> Option<Claim> {
    let place = Place::of(folder, base, session);
    let lock = held(&place)?;
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).ok()?;
    let address = listener.local_addr().ok()?;
    let word: String = clock.uid().0.iter().map(|byte| format!("{byte:02x}")).collect();
    let (ending, raised) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicBool::new(false)));
    let (over, asked, waker, known) = (Arc::clone(&ending), Arc::clone(&raised), waker.clone(), word.clone());
    let listen = move || {
        for stream in listener.incoming() {
            if over.load(Ordering::Acquire) {
                return;
            }
            if stream.ok().and_then(|stream| answer(&stream, &known)).is_some() {
                asked.store(true, Ordering::Release);
                waker.wake();
            }
        }
    };
    std::thread::Builder::new().name("second start".to_owned()).spawn(listen).ok()?;
    std::fs::write(&place.port, format!("{} {word}", address.port())).ok()?;
    Some(Claim { _lock: lock, port: place.port, address, ending, raised })
}

/// Answers another start that knows the word.
fn answer(mut stream: &TcpStream, word: &str) -> Option<()> {
    stream.set_read_timeout(Some(PATIENCE)).ok()?;
    let mut line = String::new();
    BufReader::new(stream.take(LINE_MAX)).read_line(&mut line).ok()?;
    (line.trim() == word).then_some(())?;
    stream.write_all(format!("{ANSWER}\n").as_bytes()).ok()
}

#[cfg(test)]
mod tests {
    use super::{Place, ask, claim, raise};
    use crate::kernel::clock::Clock;
    use crate::ui::app::base::Waker;

    #[test]
    fn a_second_start_raises_the_first_window_of_its_base_and_session() {
        let folder = tempfile::tempdir().unwrap();
        let (folder, one, two) = (folder.path(), folder.path().join("one"), folder.path().join("two"));
        let of = |base, session| claim(folder, base, session, &Clock::system(), &Waker::default());
        assert!(!raise(folder, &one, "a"), "nobody is there");
        let first = of(&one, "a").unwrap();
        assert!(of(&one, "a").is_none(), "it is taken");
        assert!(!first.take_raised());
        assert!(raise(folder, &one, "a"));
        assert!(first.take_raised() && !first.take_raised());
        // Another base and another session have windows of their own.
        assert!(!raise(folder, &two, "a") && !raise(folder, &one, "b"));
        let (second, third) = (of(&two, "a").unwrap(), of(&one, "b").unwrap());
        assert!(raise(folder, &two, "a"));
        assert!(second.take_raised() && !first.take_raised() && !third.take_raised());
        // Whoever does not know the word gets no answer.
        let port = Place::of(folder, &one, "a").port;
        let content = std::fs::read_to_string(&port).unwrap();
        std::fs::write(&port, format!("{} guess", content.split(' ').next().unwrap())).unwrap();
        assert_eq!(ask(&port).unwrap_or_default(), "");
        assert!(!first.take_raised());
        drop(first);
        assert!(!raise(folder, &one, "a"), "it was closed");
        assert!(of(&one, "a").is_some(), "and can be opened again");
    }
}
