//! What others change in the base reaches the window within a second: a thread of its own watches for it and
//! puts it where the window's own changes come.

use super::base::Waker;
use crate::kernel::problems::{Error, Outcome};
use crate::kernel::refs::AnyRef;
use crate::store::base::Store;
use crate::store::watch::Watch;
use crate::text;
use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};
use std::sync::mpsc::Sender;

/// Where news goes, and when it ends.
pub struct News {
    /// Changed objects; an empty set means that anything may have changed.
    pub noting: Sender<BTreeSet<AnyRef>>,
    /// Wakes the window.
    pub waker: Waker,
    /// The session whose changes are no news.
    pub own: Arc<AtomicI64>,
    /// The base is closed.
    pub closed: Arc<AtomicBool>,
}

impl News {
    fn tell(&self, objects: BTreeSet<AnyRef>) {
        if self.noting.send(objects).is_ok() {
            self.waker.wake();
        }
    }

    fn ended(&self) -> bool {
        self.closed.load(Ordering::Relaxed)
    }
}

/// Begins to watch a base over a connection of its own.
pub fn watch(store: Store, news: News) -> Outcome<()> {
    std::thread::Builder::new()
        .name("watcher".to_owned())
        .spawn(move || serve(store, &news))
        .map(|_| ())
        .map_err(|error| Error::Failed(text!("thread-not-started"), error.to_string()))
}

fn serve(store: Store, news: &News) {
    let mut watch = Watch::over(store);
    while !news.ended() {
        if let Some(seen) = watch.look(news.own.load(Ordering::Relaxed)) {
            news.tell(seen.objects);
        }
    }
}
