//! A base opened for the window, with what the window shows of it from its first frame on.

use super::base::{Base, Waker};
use crate::domain::company::settings::settings;
use crate::domain::company::user::User;
use crate::kernel::clock::Clock;
use crate::kernel::facts::Facts;
use crate::kernel::object::Declared as _;
use crate::kernel::problems::Outcome;
use crate::kernel::refs::AnyRef;
use crate::ops::gate::Session;
use crate::ops::present::title;
use std::collections::BTreeMap;
use std::path::Path;

/// An open base and who works in it.
pub struct Opened {
    /// The base.
    pub base: Base,
    /// The user's settings.
    pub kept: BTreeMap<String, String>,
    /// The user's name; empty when the base knows no users.
    pub user: String,
    /// The company of new documents.
    pub company: String,
}

impl Opened {
    /// Opens a base. It is called before the window is there, or on a thread of its own.
    pub fn open(path: &Path, clock: &Clock, waker: &Waker) -> Outcome<Self> {
        let session = Session::open(path, clock.clone())?;
        let user = session.store.all_by_code(User::declared())?.first().copied().unwrap_or_default();
        let facts = session.facts();
        let called = |reference: AnyRef| title(reference, &session.store, &facts);
        let company = called(settings(&facts as &dyn Facts).company.any())?;
        let opened = Self {
            base: Base::open(path, clock, user, waker.clone())?,
            kept: session.store.user_settings(user.id())?.into_iter().collect(),
            user: called(user)?,
            company,
        };
        facts.result()?;
        Ok(opened)
    }

    /// A base that is open already, of a user without settings.
    pub fn plain(base: Base) -> Self {
        Self { base, kept: BTreeMap::new(), user: String::new(), company: String::new() }
    }
}
