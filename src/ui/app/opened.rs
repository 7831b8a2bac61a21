//! A base opened for the window, with what the window shows of it from its first frame on.

use super::base::{Base, Waker};
use super::launch::Secret;
use crate::domain::company::settings::settings;
use crate::kernel::clock::Clock;
use crate::kernel::facts::Facts;
use crate::kernel::object::Referable as _;
use crate::kernel::problems::{Error, Outcome};
use crate::kernel::refs::AnyRef;
use crate::ops::gate::Session;
use crate::ops::present::title;
use crate::ops::sign_in::{Door, door, sign_in};
use crate::report::declare::Definition;
use crate::report::load;
use crate::store::report::Origin;
use crate::text;
use std::collections::BTreeMap;
use std::path::Path;

/// Who comes into a base.
#[derive(Clone, Debug)]
pub enum Who {
    /// Nobody in particular: a base that asks is not opened for him.
    Anybody,
    /// A user with what he has typed.
    Typed(AnyRef, Secret),
    /// Who has come in before.
    Known(AnyRef),
}

/// What comes of it.
pub enum Entered {
    /// The base is open.
    In(Box<Opened>),
    /// It asks who comes.
    Asked(Door),
}

/// An open base and who works in it.
pub struct Opened {
    /// The base.
    pub base: Base,
    /// The user's settings.
    pub kept: BTreeMap<String, String>,
    /// The user's name; empty when the base knows no users.
    pub user: String,
    /// The base asks who works.
    pub asks: bool,
    /// The company of new documents.
    pub company: String,
    /// The only element of the base's settings; empty when there is none.
    pub settings: AnyRef,
    /// Codes and titles of all reports.
    pub reports: Vec<(String, String)>,
}

impl Opened {
    /// Opens a base that asks nobody. It is called before the window is there, or on a thread of its own.
    pub fn open(path: &Path, clock: &Clock, waker: &Waker) -> Outcome<Self> {
        match Self::enter(path, clock, waker, &Who::Anybody)? {
            Entered::In(opened) => Ok(*opened),
            Entered::Asked(_) => Err(Error::refused(text!("door-asks"))),
        }
    }

    /// Comes into a base. It is called before the window is there, or on a thread of its own.
    pub fn enter(path: &Path, clock: &Clock, waker: &Waker, who: &Who) -> Outcome<Entered> {
        let mut session = Session::open(path, clock.clone())?;
        let door = door(&session)?;
        match who {
            Who::Anybody if door.asks => return Ok(Entered::Asked(door)),
            Who::Anybody => drop(session.act_as(door.first())?),
            Who::Typed(user, secret) => sign_in(&mut session, *user, &secret.0)?,
            Who::Known(user) => drop(session.act_as(*user)?),
        }
        let user = session.user();
        let facts = session.facts();
        let called = |reference: AnyRef| title(reference, &session.store, &facts);
        let settings = settings(&facts as &dyn Facts);
        let company = called(settings.company.any())?;
        let opened = Self {
            base: Base::open(path, clock, user, waker.clone())?,
            kept: session.store.user_settings(user.id())?.into_iter().collect(),
            user: called(user)?,
            asks: door.asks,
            company,
            settings: settings.reference().any(),
            reports: reports(&session, path),
        };
        facts.result()?;
        Ok(Entered::In(Box::new(opened)))
    }

    /// A base that is open already, of a user without settings.
    pub fn plain(base: Base) -> Self {
        let settings = AnyRef::EMPTY;
        let none = String::new;
        let asks = false;
        Self { base, kept: BTreeMap::new(), user: none(), asks, company: none(), settings, reports: Vec::new() }
    }
}

/// The reports the user may see, with their titles; one that cannot be read is called by its code and tells why when it is opened.
fn reports(session: &Session, path: &Path) -> Vec<(String, String)> {
    let custom = path.parent().map(|folder| folder.join("custom"));
    let scope = session.store.scope();
    let seen = |report: &Definition| {
        report.sources.iter().all(|source| match source.origin {
            Origin::Register(meta) => !scope.closed_registers.contains(meta.code),
            Origin::Ledger => scope.opens_ledger(),
            Origin::Documents(meta) => !scope.closed_kinds.contains(&meta.tag),
        })
    };
    let titled = |code: String| match load::load(&session.store, &code, custom.as_deref()) {
        Ok(report) => seen(&report).then(|| (code, report.label())),
        Err(_) => Some((code.clone(), code)),
    };
    load::all_codes(custom.as_deref()).into_iter().filter_map(titled).collect()
}
