//! The one gate for change: a session, an operation, its transaction, and what it changed.

use super::claims::Need;
pub use super::op::Op;
use super::rights::{Held, require, require_act};
use crate::domain::company::rights::{Act, Right, Rights};
use crate::domain::purchases::supplier_order::SupplierOrder;
use crate::domain::registry;
use crate::domain::sales::customer_order::CustomerOrder;
use crate::kernel::clock::Clock;
use crate::kernel::moment::Moment;
use crate::kernel::object::{Declared as _, Object, Uid};
use crate::kernel::problems::{Error, Outcome};
use crate::kernel::refs::AnyRef;
use crate::store::address::Address;
use crate::store::base::Store;
use crate::store::dialect::Dialect;
use crate::store::facts::StoreFacts;
use crate::store::history::Deed;
use crate::store::operations::{Note, Operation};
use crate::store::schema::Schema;
use crate::text;
use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

/// A deed is done again so many times when others who write at the same moment are in its way.
const ATTEMPTS: u32 = 12;

/// What an operation changed: every open window knows from it what to read again.
#[derive(Clone, Debug)]
pub struct Changed {
    /// What was done.
    pub op: Op,
    /// Its number among the operations of the base; zero when nothing was changed.
    pub operation: i64,
    /// Objects written.
    pub objects: BTreeSet<AnyRef>,
}

/// What came of an operation with a key: see [`Session::run_once`].
#[derive(Clone, Debug)]
pub enum Once<T> {
    /// It was done now.
    Done(T, Changed),
    /// It had been done before; what it changed then. Nothing was done now.
    Before(Changed),
}

impl<T> Once<T> {
    /// Only an operation with a key of the caller's can have been done before.
    fn done(self, op: Op) -> Outcome<(T, Changed)> {
        match self {
            Once::Done(value, changed) => Ok((value, changed)),
            Once::Before(_) => Err(Error::Failed(text!("store-other"), op.number().to_string())),
        }
    }
}

/// How an operation is attempted.
struct Attempt {
    op: Op,
    undoes: i64,
    /// What the operation is known by; empty where it needs nothing.
    key: String,
    /// It may have been done already: it claims its key first.
    claim: bool,
}

impl Attempt {
    const fn at(op: Op) -> Self {
        Self { op, undoes: 0, key: String::new(), claim: false }
    }
}

/// A person at work on a base.
pub struct Session {
    /// The connection.
    pub store: Store,
    /// The time.
    pub clock: Clock,
    /// Who: the program itself when empty. Only `act_as` sets it, and the rights with it.
    pub(super) user: AnyRef,
    /// Where.
    pub workstation: String,
    pub(super) held: RefCell<Held>,
    pub(super) id: Cell<i64>,
    need: RefCell<Need>,
}

/// The running transaction of an operation.
pub struct Tx<'a> {
    /// The connection.
    pub store: &'a Store,
    /// The session's clock.
    pub clock: &'a Clock,
    /// Who.
    pub user: AnyRef,
    /// The session's number in the history.
    pub session: i64,
    /// The moment of the operation.
    pub now: Moment,
    /// What the user may do.
    pub rights: Arc<Rights>,
    /// Saves within saves: what the program writes by itself needs no right of the user's.
    pub(super) within: usize,
    /// What is written comes from the history, not from the user.
    pub(super) from_history: bool,
    /// Prices were agreed elsewhere: orders come from a site with its own.
    pub(super) agreed: bool,
    /// Orders to which the operation that is taken back had given goods by itself, and nobody has changed since.
    pub(super) gave_to: BTreeSet<AnyRef>,
    /// What was written so far.
    pub changed: BTreeSet<AnyRef>,
    /// What the operation locks.
    pub need: &'a RefCell<Need>,
    /// What the history is to say of it.
    pub(super) notes: Vec<Note>,
    /// Objects that were written as they were: windows may look at them again, others need not.
    same: BTreeSet<AnyRef>,
}

/// The schema of everything declared, for a base in a file or in memory.
pub fn schema() -> &'static Arc<Schema> {
    schema_in(Dialect::Sqlite)
}

/// The schema of everything declared, in the manner of speaking of an engine.
pub fn schema_in(dialect: Dialect) -> &'static Arc<Schema> {
    static SQLITE: OnceLock<Arc<Schema>> = OnceLock::new();
    static POSTGRES: OnceLock<Arc<Schema>> = OnceLock::new();
    let known = match dialect {
        Dialect::Sqlite => &SQLITE,
        Dialect::Postgres => &POSTGRES,
    };
    known.get_or_init(|| Schema::new(dialect, registry::KINDS, &registry::registers()))
}

impl Session {
    /// A session over a connection.
    pub fn over(store: Store, clock: Clock) -> Self {
        Self {
            store,
            clock,
            user: AnyRef::EMPTY,
            workstation: String::new(),
            held: RefCell::default(),
            id: Cell::new(0),
            need: RefCell::default(),
        }
    }
    /// Opens a base to work on. A base of an earlier release is upgraded, after a copy of it was made.
    pub fn open(address: impl Into<Address>, clock: Clock) -> Outcome<Self> {
        let address = address.into();
        Self::open_any(address, clock)?.upgraded()
    }
    /// Opens a base as it is, be it of an earlier release.
    pub(super) fn open_any(address: Address, clock: Clock) -> Outcome<Self> {
        let schema = schema_in(address.dialect());
        Ok(Self::over(Store::open_any(address, schema, true)?, clock))
    }
    /// Opens a base as it is, be it of an earlier release, only to read.
    pub(super) fn open_read_any(address: Address, clock: Clock) -> Outcome<Self> {
        let schema = schema_in(address.dialect());
        Ok(Self::over(Store::open_any(address, schema, false)?, clock))
    }
    /// Opens a base only to read.
    pub fn read(address: impl Into<Address>, clock: Clock) -> Outcome<Self> {
        let address = address.into();
        let schema = schema_in(address.dialect());
        Ok(Self::over(Store::open(address, schema, false)?, clock))
    }

    /// Facts outside of a transaction, for forms.
    pub fn facts(&self) -> StoreFacts<'_> {
        StoreFacts::new(&self.store, self.clock.now(), self.user)
    }

    /// Runs an operation: everything it writes is durable afterwards, or nothing is written. Where several write
    /// at once it may be done more than once: what of an attempt that failed is left in objects it saved is taken
    /// back, anything else the deed must begin anew by itself. Where the connection to a server is lost it is done
    /// again, unless it turns out that it was done.
    pub fn run<T>(&self, op: Op, deed: impl FnMut(&mut Tx<'_>) -> Outcome<T>) -> Outcome<(T, Changed)> {
        self.perform(Attempt::at(op), deed)?.done(op)
    }

    /// Runs an operation unless one of this key has been done already, whoever did it and whether or not he
    /// learned of it: for a deed whose answer was lost with the connection. The key is made by the caller
    /// ([`Clock::uid`]), one for a deed, and kept until its answer has come.
    pub fn run_once<T>(&self, key: Uid, op: Op, deed: impl FnMut(&mut Tx<'_>) -> Outcome<T>) -> Outcome<Once<T>> {
        self.perform(Attempt { key: key.to_string(), claim: true, ..Attempt::at(op) }, deed)
    }

    /// Runs one operation of a batch, which is taken back as a whole. The batch is named by the caller
    /// ([`Clock::unique`]), its operations by their place in it.
    pub fn run_in<T>(
        &self,
        batch: Uid,
        place: usize,
        op: Op,
        deed: impl FnMut(&mut Tx<'_>) -> Outcome<T>,
    ) -> Outcome<(T, Changed)> {
        self.perform(Attempt { key: format!("{batch}/{place}"), ..Attempt::at(op) }, deed)?.done(op)
    }

    /// Runs an operation that takes another one back.
    pub(super) fn run_back<T>(
        &self,
        op: Op,
        undoes: i64,
        deed: impl FnMut(&mut Tx<'_>) -> Outcome<T>,
    ) -> Outcome<(T, Changed)> {
        self.perform(Attempt { undoes, ..Attempt::at(op) }, deed)?.done(op)
    }

    fn perform<T>(&self, mut attempt: Attempt, mut deed: impl FnMut(&mut Tx<'_>) -> Outcome<T>) -> Outcome<Once<T>> {
        let op = attempt.op;
        let several = self.store.dialect() == Dialect::Postgres;
        self.need.replace(Need::new(!(several && op.beside())));
        // On a server every operation has a key: should the connection be lost with the answer, it is known by it.
        if several && attempt.key.is_empty() {
            attempt.key = self.clock.unique().to_string();
        }
        let mut made = None;
        for number in 1..=ATTEMPTS {
            match self.attempt(&attempt, &mut deed, &mut made) {
                Ok(Some(before)) => return Ok(made.map_or(before, |(value, changed)| Once::Done(value, changed))),
                Ok(None) => break,
                Err(error) if number == ATTEMPTS || !(self.store.again() || self.store.unsure()) => return Err(error),
                Err(_) => {
                    // What was perhaps made durable may be so by the next attempt: it looks for itself first.
                    attempt.claim |= self.store.unsure();
                    if !attempt.claim {
                        made = None;
                    }
                    self.nap(number);
                }
            }
        }
        let missing = || Error::Failed(text!("store-other"), op.number().to_string());
        made.map(|(value, changed)| Once::Done(value, changed)).ok_or_else(missing)
    }

    /// Those who were in each other's way do not meet again at once.
    fn nap(&self, attempt: u32) {
        let chance = self.clock.unique().0.first().copied().unwrap_or(0) % 16;
        std::thread::sleep(Duration::from_millis(u64::from(attempt * 2) + u64::from(chance)));
    }

    /// One attempt; what came of the deed stands in `made` from before the end of the transaction on. Gives what
    /// the operation has changed when it was found done.
    fn attempt<T>(
        &self,
        attempt: &Attempt,
        deed: &mut impl FnMut(&mut Tx<'_>) -> Outcome<T>,
        made: &mut Option<(T, Changed)>,
    ) -> Outcome<Option<Once<T>>> {
        let known = self.id.get();
        self.need.borrow_mut().begin();
        let within = |store: &Store| {
            let at = self.clock.now();
            let session = match known {
                0 => store.open_session(self.user.id(), &self.workstation, at)?,
                known => known,
            };
            let (op, account) = (attempt.op, self.user.id());
            let (op_number, undoes, key) = (op.number(), attempt.undoes, attempt.key.clone());
            let mut operation = Operation { id: 0, session, account, at, op: op_number, undoes, key };
            if attempt.claim {
                match store.claim_operation(&operation)? {
                    Some(id) => operation.id = id,
                    None => return Ok((Some(Once::Before(done_before(store, op, &attempt.key)?)), session)),
                }
            }
            *made = None;
            let mut tx = self.begin(store, session, at)?;
            tx.allow(op)?;
            let value = deed(&mut tx)?;
            let operation = tx.keep(&operation)?;
            *made = Some((value, Changed { op, operation, objects: tx.changed }));
            Ok((None, session))
        };
        let alone = self.need.borrow().alone;
        let (before, session) =
            if alone { self.store.transaction(within) } else { self.store.transaction_beside(within) }?;
        self.id.set(session);
        Ok(before)
    }

    /// Runs an operation to see what it would give, and takes it back.
    pub fn rehearse<T>(&self, deed: impl FnOnce(&mut Tx<'_>) -> Outcome<T>) -> Outcome<T> {
        self.need.replace(Need::new(true));
        self.store.rehearsal(|store| deed(&mut self.begin(store, 0, self.clock.now())?))
    }

    pub(super) fn begin<'a>(&'a self, store: &'a Store, session: i64, now: Moment) -> Outcome<Tx<'a>> {
        let (clock, user, need, rights) = (&self.clock, self.user, &self.need, self.rights()?);
        let (changed, same, gave_to, notes) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new(), Vec::new());
        let (within, from_history, agreed) = (0, false, false);
        Ok(Tx {
            store,
            clock,
            user,
            session,
            now,
            rights,
            within,
            from_history,
            agreed,
            gave_to,
            changed,
            need,
            notes,
            same,
        })
    }

    /// The session's number in the history; zero until it has changed something.
    pub const fn number(&self) -> i64 {
        self.id.get()
    }
}

/// What an operation changed when it was done.
fn done_before(store: &Store, op: Op, key: &str) -> Outcome<Changed> {
    let operation = store.operation_of_key(key)?.unwrap_or(0);
    Ok(Changed { op, operation, objects: store.touched_by(operation)?.into_iter().collect() })
}

impl<'a> Tx<'a> {
    /// The right an operation needs beside those for each object it writes.
    fn allow(&mut self, op: Op) -> Outcome<()> {
        match op {
            Op::Load => require(&self.rights, Right::Load),
            Op::ImportOrders => {
                self.agreed = true;
                require_act(&self.rights, Act::Write, CustomerOrder::declared())
            }
            Op::Allocate => require_act(&self.rights, Act::Post, CustomerOrder::declared()),
            Op::Supply => require_act(&self.rights, Act::Write, SupplierOrder::declared()),
            _ => Ok(()),
        }
    }
    /// Facts of this transaction.
    pub fn facts(&self) -> StoreFacts<'a> {
        StoreFacts::new(self.store, self.now, self.user)
    }

    /// A part of the operation that may fail alone: what it wrote is then taken back at once.
    pub(super) fn attempt<T>(&mut self, part: impl FnOnce(&mut Self) -> Outcome<T>) -> Outcome<T> {
        let (changed, same, noted) = (self.changed.clone(), self.same.clone(), self.notes.len());
        let store = self.store;
        let done = store.savepoint(|_| part(self));
        if done.is_err() {
            (self.changed, self.same) = (changed, same);
            self.notes.truncate(noted);
        }
        done
    }

    /// An object has changed without a version of its own.
    pub(super) fn touch(&mut self, object: AnyRef) {
        self.changed.insert(object);
        self.same.remove(&object);
    }

    /// An object was written and is as it was.
    pub(super) fn kept_same(&mut self, object: AnyRef) {
        if self.changed.insert(object) {
            self.same.insert(object);
        }
    }

    /// Notes a change of an object for the history.
    pub(super) fn note(&mut self, deed: Deed, object: &dyn Object, change: Vec<u8>) {
        self.notes.push(Note { deed, object: object.any_ref(), version: object.head().version, change });
    }

    /// Writes what was noted; gives the operation's number.
    pub(super) fn keep(&self, operation: &Operation) -> Outcome<i64> {
        let mut touched: BTreeSet<AnyRef> = self.changed.difference(&self.same).copied().collect();
        for note in &self.notes {
            touched.remove(&note.object);
        }
        let touched: Vec<AnyRef> = touched.into_iter().collect();
        self.store.keep_operation(operation, &self.notes, &touched)
    }
}
