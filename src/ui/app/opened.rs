//! A base opened for the window, with what the window shows of it from its first frame on.

use super::base::{Base, Waker};
use crate::domain::company::settings::settings;
use crate::kernel::clock::Clock;
use crate::kernel::facts::Facts;
use crate::kernel::object::Referable as _;
use crate::kernel::problems::Outcome;
use crate::kernel::refs::AnyRef;
use crate::ops::gate::Session;
use crate::ops::present::title;
use crate::report::declare;
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
    /// The only element of the base's settings; empty when there is none.
    pub settings: AnyRef,
    /// Codes and titles of all reports.
    pub reports: Vec<(String, String)>,
}

impl Opened {
    /// Opens a base. It is called before the window is there, or on a thread of its own.
    pub fn open(path: &Path, clock: &Clock, waker: &Waker) -> Outcome<Self> {
        let session = Session::open(path, clock.clone())?;
        let user = crate::ops::sign_in::door(&session)?.first();
        let facts = session.facts();
        let called = |reference: AnyRef| title(reference, &session.store, &facts);
        let settings = settings(&facts as &dyn Facts);
        let company = called(settings.company.any())?;
        let opened = Self {
            base: Base::open(path, clock, user, waker.clone())?,
            kept: session.store.user_settings(user.id())?.into_iter().collect(),
            user: called(user)?,
            company,
            settings: settings.reference().any(),
            reports: reports(&session, path),
        };
        facts.result()?;
        Ok(opened)
    }

    /// A base that is open already, of a user without settings.
    pub fn plain(base: Base) -> Self {
        let settings = AnyRef::EMPTY;
        let none = String::new;
        Self { base, kept: BTreeMap::new(), user: none(), company: none(), settings, reports: Vec::new() }
    }
}

/// All reports with their titles; one that cannot be read is called by its code and tells why when it is opened.
fn reports(session: &Session, path: &Path) -> Vec<(String, String)> {
    let custom = path.parent().map(|folder| folder.join("custom"));
    let titled = |code: String| {
        let title = declare::load(&session.store, &code, custom.as_deref()).map(|report| report.label());
        (code.clone(), title.unwrap_or(code))
    };
    declare::all_codes(custom.as_deref()).into_iter().map(titled).collect()
}
