//! The one gate for change: a session, an operation, its transaction, and what it changed.

use super::rights::{Held, require, require_act};
use crate::domain::company::rights::{Act, Right, Rights};
use crate::domain::purchases::supplier_order::SupplierOrder;
use crate::domain::registry;
use crate::domain::sales::customer_order::CustomerOrder;
use crate::kernel::clock::Clock;
use crate::kernel::moment::Moment;
use crate::kernel::object::Declared as _;
use crate::kernel::problems::Outcome;
use crate::kernel::refs::AnyRef;
use crate::kernel::text::Text;
use crate::store::address::Address;
use crate::store::base::Store;
use crate::store::dialect::Dialect;
use crate::store::facts::StoreFacts;
use crate::store::schema::Schema;
use crate::text;
use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;
use std::sync::{Arc, OnceLock};

/// What is done, as the history and the undo list name it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Op {
    /// A new base is filled with what every base has.
    Seed,
    /// Objects are written.
    Save,
    /// Documents are posted.
    Post,
    /// Posting is taken back.
    Unpost,
    /// Deletion marks are set or taken off.
    Mark,
    /// Objects are loaded from a file.
    Load,
    /// Orders are taken from a site.
    ImportOrders,
    /// Shortages become supplier orders.
    Supply,
    /// Settings of a user or of the base.
    Settings,
}

impl Op {
    /// In the user's language.
    pub fn label(self) -> Text {
        match self {
            Op::Seed => text!("op-seed"),
            Op::Save => text!("op-save"),
            Op::Post => text!("op-post"),
            Op::Unpost => text!("op-unpost"),
            Op::Mark => text!("op-mark"),
            Op::Load => text!("op-load"),
            Op::ImportOrders => text!("op-import-orders"),
            Op::Supply => text!("op-supply"),
            Op::Settings => text!("op-settings"),
        }
    }
}

/// What an operation changed: every open window knows from it what to read again.
#[derive(Clone, Debug)]
pub struct Changed {
    /// What was done.
    pub op: Op,
    /// Objects written.
    pub objects: BTreeSet<AnyRef>,
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
    /// What was written so far.
    pub changed: BTreeSet<AnyRef>,
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
        let held = RefCell::default();
        Self { store, clock, user: AnyRef::EMPTY, workstation: String::new(), held, id: Cell::new(0) }
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

    /// Runs an operation: everything it writes is durable afterwards, or nothing is written.
    pub fn run<T>(&self, op: Op, deed: impl FnOnce(&mut Tx<'_>) -> Outcome<T>) -> Outcome<(T, Changed)> {
        let id = self.id.get();
        let (value, changed, opened) = self.store.transaction(|store| {
            let now = self.clock.now();
            let session = match id {
                0 => store.open_session(self.user.id(), &self.workstation, now)?,
                known => known,
            };
            let mut tx = self.begin(store, session, now)?;
            tx.allow(op)?;
            let value = deed(&mut tx)?;
            Ok((value, tx.changed, session))
        })?;
        self.id.set(opened);
        Ok((value, Changed { op, objects: changed }))
    }

    /// Runs an operation to see what it would give, and takes it back.
    pub fn rehearse<T>(&self, deed: impl FnOnce(&mut Tx<'_>) -> Outcome<T>) -> Outcome<T> {
        self.store.rehearsal(|store| deed(&mut self.begin(store, 0, self.clock.now())?))
    }

    pub(super) fn begin<'a>(&'a self, store: &'a Store, session: i64, now: Moment) -> Outcome<Tx<'a>> {
        let rights = self.rights()?;
        let changed = BTreeSet::new();
        Ok(Tx { store, clock: &self.clock, user: self.user, session, now, rights, within: 0, changed })
    }
}

impl<'a> Tx<'a> {
    /// The right an operation needs beside those for each object it writes.
    fn allow(&self, op: Op) -> Outcome<()> {
        match op {
            Op::Load => require(&self.rights, Right::Load),
            Op::ImportOrders => require_act(&self.rights, Act::Write, CustomerOrder::declared()),
            Op::Supply => require_act(&self.rights, Act::Write, SupplierOrder::declared()),
            _ => Ok(()),
        }
    }
    /// Facts of this transaction.
    pub fn facts(&self) -> StoreFacts<'a> {
        StoreFacts::new(self.store, self.now, self.user)
    }
}
