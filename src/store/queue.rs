//! The queue of writers to one file: whoever comes first writes first, whichever process he sits in.
//!
//! SQLite lets its writers sleep and try again, and some of them have no luck for seconds. So a writer draws a
//! ticket here before he begins. The holder of a ticket keeps the file of his place locked until he is done and
//! waits until the place before his is free; the system frees the places of a process that has died. The queue
//! only decides the order: that there is one writer at a time is still SQLite's own doing, and where no queue
//! can be kept (a folder one may only read) everything works without it.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read, Result, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Places; one less than this may wait in order, the rest wait for a ticket.
const PLACES: u64 = 16;

/// Waiting begins with short naps and goes on with longer ones: most turns take less than a millisecond.
const NAPS: [(u32, Duration); 2] = [(40, Duration::from_micros(100)), (u32::MAX, Duration::from_millis(1))];

/// The queue of one connection; every connection has files of its own open.
pub struct Queue {
    /// Holds the number of the last ticket.
    last: File,
    places: Vec<File>,
}

/// A turn that was waited for; it ends when this is dropped.
pub struct Turn {
    place: File,
}

impl Drop for Turn {
    fn drop(&mut self) {
        let _ = self.place.unlock();
    }
}

/// The folder of a base's queue: beside the base, where everybody who may write to it can reach it.
pub fn folder(base: &Path) -> PathBuf {
    let mut name = base.as_os_str().to_owned();
    name.push("-queue");
    PathBuf::from(name)
}

impl Queue {
    /// Joins the queue of a base.
    pub fn open(base: &Path) -> Result<Self> {
        let folder = folder(base);
        std::fs::create_dir_all(&folder)?;
        let file =
            |name: &str| OpenOptions::new().read(true).write(true).create(true).truncate(false).open(folder.join(name));
        let places: Result<Vec<File>> = (0..PLACES).map(|place| file(&place.to_string())).collect();
        Ok(Self { last: file("last")?, places: places? })
    }

    fn place(&self, ticket: u64) -> Result<&File> {
        let at = usize::try_from(ticket % PLACES).unwrap_or(0);
        self.places.get(at).ok_or_else(|| std::io::Error::other("no such place"))
    }

    /// Waits for a turn; `None` when it did not come within the patience of the caller.
    pub fn wait(&self, patience: Duration) -> Result<Option<Turn>> {
        let mut naps = Naps::new(patience);
        if !naps.until(|| self.last.try_lock())? {
            return Ok(None);
        }
        let drawn = self.draw(&mut naps);
        self.last.unlock()?;
        let Some(ticket) = drawn? else { return Ok(None) };
        let turn = Turn { place: self.place(ticket)?.try_clone()? };
        // A ticket given up is a place left: whoever stands behind it goes on waiting, at SQLite's own door.
        let before = self.place(ticket + PLACES - 1)?;
        if !naps.until(|| before.try_lock_shared())? {
            return Ok(None);
        }
        before.unlock()?;
        Ok(Some(turn))
    }

    /// Draws a ticket and locks its place, while nobody else can draw. A ticket is given only when the place
    /// after it is free too, so that nobody waits for someone who took the place before his a round later.
    fn draw(&self, naps: &mut Naps) -> Result<Option<u64>> {
        let mut last = &self.last;
        let mut bytes = [0; 8];
        last.seek(SeekFrom::Start(0))?;
        // A new file is empty, and a damaged one is as good as new: only the order depends on it.
        let known = last.read_exact(&mut bytes).is_ok();
        let ticket = if known { u64::from_le_bytes(bytes) % (u64::MAX / 2) + 1 } else { PLACES };
        let next = self.place(ticket + 1)?;
        if !naps.until(|| next.try_lock())? {
            return Ok(None);
        }
        next.unlock()?;
        let own = self.place(ticket)?;
        if !naps.until(|| own.try_lock())? {
            return Ok(None);
        }
        last.seek(SeekFrom::Start(0))?;
        last.write_all(&ticket.to_le_bytes())?;
        Ok(Some(ticket))
    }
}

/// Naps between two attempts, until patience is over.
struct Naps {
    taken: u32,
    left: Duration,
}

impl Naps {
    const fn new(patience: Duration) -> Self {
        Self { taken: 0, left: patience }
    }

    /// Tries until it works; false when patience was over before.
    fn until(&mut self, attempt: impl Fn() -> std::result::Result<(), TryLockError>) -> Result<bool> {
        loop {
            match attempt() {
                Ok(()) => return Ok(true),
                Err(TryLockError::Error(error)) => return Err(error),
                Err(TryLockError::WouldBlock) if self.left.is_zero() => return Ok(false),
                Err(TryLockError::WouldBlock) => self.nap(),
            }
        }
    }

    fn nap(&mut self) {
        let nap = NAPS.iter().find(|(until, _)| self.taken < *until).map_or(Duration::from_millis(1), |(_, nap)| *nap);
        std::thread::sleep(nap);
        self.taken = self.taken.saturating_add(1);
        self.left = self.left.saturating_sub(nap);
    }
}

#[cfg(test)]
mod tests {
    use super::{PLACES, Queue, folder};
    use std::sync::mpsc::channel;
    use std::time::Duration;

    const LONG: Duration = Duration::from_secs(600);

    #[test]
    fn who_comes_first_is_served_first_and_a_full_queue_moves_on() {
        let scratch = tempfile::tempdir().unwrap();
        let base = scratch.path().join("base.kontora");
        let last = || {
            let bytes = std::fs::read(folder(&base).join("last")).unwrap();
            u64::from_le_bytes(bytes.try_into().unwrap())
        };
        let first = Queue::open(&base).unwrap();
        let turn = first.wait(LONG).unwrap().unwrap();
        let start = last();
        let (tell, served) = channel();
        let waiting: Vec<_> = (1..PLACES - 2)
            .map(|number| {
                let (base, tell) = (base.clone(), tell.clone());
                let wait = move || {
                    let _turn = Queue::open(&base).unwrap().wait(LONG).unwrap().unwrap();
                    tell.send(number).unwrap();
                };
                let thread = std::thread::Builder::new().name(format!("writer {number}")).spawn(wait).unwrap();
                while last() < start + number {
                    std::thread::yield_now();
                }
                thread
            })
            .collect();
        drop(turn);
        waiting.into_iter().for_each(|thread| thread.join().unwrap());
        let order: Vec<u64> = served.try_iter().collect();
        assert_eq!(order, (1..PLACES - 2).collect::<Vec<_>>());
        // Many rounds by more writers than there are places: nobody waits for ever.
        let many: Vec<_> = (0..PLACES + 4)
            .map(|_| {
                let base = base.clone();
                let write = move || {
                    let queue = Queue::open(&base).unwrap();
                    (0..20).for_each(|_| drop(queue.wait(LONG).unwrap().unwrap()));
                };
                std::thread::Builder::new().name("writer".to_owned()).spawn(write).unwrap()
            })
            .collect();
        many.into_iter().for_each(|thread| thread.join().unwrap());
        assert_eq!(last(), start + PLACES - 3 + (PLACES + 4) * 20);
    }

    #[test]
    fn impatience_leaves_the_queue_in_order() {
        let scratch = tempfile::tempdir().unwrap();
        let base = scratch.path().join("base.kontora");
        let (first, second) = (Queue::open(&base).unwrap(), Queue::open(&base).unwrap());
        let turn = first.wait(LONG).unwrap().unwrap();
        assert!(second.wait(Duration::from_millis(5)).unwrap().is_none());
        drop(turn);
        assert!(second.wait(Duration::ZERO).unwrap().is_some());
        // A file of nonsense is as good as a new one.
        std::fs::write(folder(&base).join("last"), b"??").unwrap();
        assert!(first.wait(Duration::ZERO).unwrap().is_some());
        std::fs::write(folder(&base).join("last"), [0xff; 8]).unwrap();
        assert!(first.wait(Duration::ZERO).unwrap().is_some());
    }
}
