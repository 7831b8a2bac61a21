//! Signing in: who comes, with which password, and how often he may fail.
//!
//! Passwords are kept as Argon2id hashes in a table of their own. Five attempts may fail; then the next is taken
//! only after half a minute, and after every further failure in twice the time. What is kept of failures is
//! written in its own transaction: a refused attempt leaves its trace whatever comes after it.

use super::gate::Session;
use super::rights::{People, require, touch};
use super::till::sale::Permit;
use crate::domain::company::rights::Right;
use crate::domain::company::user::User;
use crate::kernel::clock::Clock;
use crate::kernel::object::Referable as _;
use crate::kernel::problems::{Error, Outcome};
use crate::kernel::refs::AnyRef;
use crate::store::credentials::Credential;
use crate::text;
use argon2::password_hash::{PasswordHash, PasswordHasher as _, PasswordVerifier as _, SaltString};
use argon2::{Algorithm, Argon2, Params, Version};
use std::sync::Arc;

/// Memory of a hash in KiB, passes, lanes: what OWASP advises for Argon2id.
const COST: (u32, u32, u32) = (19_456, 2, 1);

/// Attempts that may fail before the next has to wait.
const FREE_FAILURES: i64 = 5;
/// Seconds the first wait takes; every further failure doubles it.
const FIRST_WAIT: i64 = 30;
/// Seconds no wait exceeds.
const LONGEST_WAIT: i64 = 3_600;

/// Signs the code of a card has at least: fewer are guessed.
pub const SHORTEST_CARD: usize = 8;

/// Letters a password has at least.
pub const SHORTEST: usize = 6;

/// Who may come in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Door {
    /// Users by name.
    pub users: Vec<(AnyRef, String)>,
    /// The base asks who comes.
    pub asks: bool,
}

/// Looks who may come in. A base that asks nobody lets in its first user, or anybody while it knows none.
pub fn door(session: &Session) -> Outcome<Door> {
    let people = People::read(&session.store)?;
    let named = |user: &User| (user.reference().any(), user.name.clone());
    Ok(Door { users: people.users.iter().map(named).collect(), asks: people.asks() })
}

impl Door {
    /// The user who comes in without being asked: the first by his code.
    pub fn first(&self) -> AnyRef {
        self.users.iter().map(|(user, _)| *user).min().unwrap_or_default()
    }

    /// A user by his name, as people type it.
    pub fn named(&self, name: &str) -> Option<AnyRef> {
        let wanted = crate::kernel::text::normalize(name);
        let same = |known: &String| crate::kernel::text::normalize(known) == wanted;
        self.users.iter().find(|(_, known)| same(known)).map(|(user, _)| *user)
    }
}

/// Lets a user in: from now on the session acts for him. Refuses a wrong password, and any attempt before the
/// moment up to which attempts are refused.
pub fn sign_in(session: &mut Session, user: AnyRef, password: &str) -> Outcome<()> {
    prove(session, user, password)?;
    session.act_as(user).map(|_| ())
}

/// Proves that a password is the user's: to let him in, or to unlock the window. It takes the time it takes:
/// never on the thread that draws.
pub fn prove(session: &Session, user: AnyRef, password: &str) -> Outcome<()> {
    let door = door(session)?;
    if !door.users.iter().any(|(known, _)| *known == user) {
        return Err(Error::refused(text!("sign-in-unknown")));
    }
    // Who has no password fails at nothing.
    let known = attempt(session, user, false)?;
    if known.secret.is_empty() {
        return if password.is_empty() { Ok(()) } else { Err(Error::refused(text!("sign-in-wrong"))) };
    }
    if !fits(&known.secret, password)? {
        return Err(Error::refused(text!("sign-in-wrong")));
    }
    session.store.transaction(|store| store.set_failures(user, 0, crate::kernel::moment::Moment::EMPTY))
}

/// Counts an attempt of a user before it is looked at: two at once count as two. Refused while he has to wait.
fn attempt(session: &Session, user: AnyRef, always: bool) -> Outcome<Credential> {
    session.store.transaction(|store| {
        let known = store.credential(user)?;
        let now = session.clock.now();
        if known.refused_until > now {
            let until = known.refused_until.russian();
            return Err(Error::refused(text!("sign-in-wait", until = until)));
        }
        let failures = known.failures + 1;
        if (always || !known.secret.is_empty()) && !user.is_empty() {
            store.set_failures(user, failures, now.plus_seconds(wait_after(failures)))?;
        }
        Ok(known)
    })
}

/// Somebody's permission for one deed of the user at work: the password proves him, and what he may do is allowed
/// once. He does not sign in, and the user at work does not leave.
pub fn permit(session: &Session, user: AnyRef, password: &str) -> Outcome<Permit> {
    prove(session, user, password)?;
    Ok(Permit { user, rights: Arc::new(session.rights_of(user)?) })
}

/// The same by the card of whoever permits, scanned or typed: it tells who he is and proves it. A card that is
/// nobody's counts as a failed attempt of the user at work.
pub fn permit_by_card(session: &Session, code: &str) -> Outcome<Permit> {
    let own = session.user();
    attempt(session, own, true)?;
    for (user, _) in door(session)?.users {
        let card = session.store.card(user)?;
        if user != own && !card.is_empty() && fits(&card, code.trim())? {
            session.store.transaction(|store| store.set_failures(own, 0, crate::kernel::moment::Moment::EMPTY))?;
            return Ok(Permit { user, rights: Arc::new(session.rights_of(user)?) });
        }
    }
    Err(Error::refused(text!("card-unknown")))
}

/// Gives a user a card by its code, or takes it away with an empty one. Kept as a password is: nobody reads it back.
pub fn set_card(session: &Session, user: AnyRef, code: &str) -> Outcome<()> {
    if user != session.user() && !session.user().is_empty() {
        let rights = session.rights()?;
        require(&rights, Right::Users)?;
        guard_full(session, user)?;
    }
    let code = code.trim();
    if !code.is_empty() && code.chars().count() < SHORTEST_CARD {
        return Err(Error::refused(text!("card-short", count = SHORTEST_CARD)));
    }
    let card = if code.is_empty() { String::new() } else { hash(code, &session.clock)? };
    session.store.transaction(|store| store.set_card(user, &card))
}

/// A copy holds everything: a base that asks who works is copied for a user who may maintain it.
pub(super) fn maintained_by(session: &mut Session, user: AnyRef) -> Outcome<()> {
    if !door(session)?.asks {
        return Ok(());
    }
    if user.is_empty() {
        return Err(Error::refused(text!("door-asks")));
    }
    session.act_as(user)?;
    session.require(Right::Maintain)
}

/// Seconds in which no attempt is taken after so many failures.
const fn wait_after(failures: i64) -> i64 {
    if failures < FREE_FAILURES {
        return 0;
    }
    let doubled = failures - FREE_FAILURES;
    let wait = if doubled > 10 { LONGEST_WAIT } else { FIRST_WAIT << doubled };
    if wait > LONGEST_WAIT { LONGEST_WAIT } else { wait }
}

/// Sets the user's own password, or somebody's by who may: the present one is asked of oneself only. An empty
/// one takes it away.
pub fn set_password(session: &Session, user: AnyRef, present: &str, password: &str) -> Outcome<()> {
    if user == session.user() || session.user().is_empty() {
        prove(session, user, present)?;
    } else {
        let rights = session.rights()?;
        require(&rights, Right::Users)?;
        guard_full(session, user)?;
    }
    if !password.is_empty() && password.chars().count() < SHORTEST {
        return Err(Error::refused(text!("password-short", count = SHORTEST)));
    }
    let secret = if password.is_empty() { String::new() } else { hash(password, &session.clock)? };
    session.store.transaction(|store| {
        store.set_secret(user, &secret, session.clock.now())?;
        touch(store)
    })
}

/// The password of somebody with full rights is set by himself, or by another with full rights.
fn guard_full(session: &Session, user: AnyRef) -> Outcome<()> {
    let facts = session.facts();
    let facts: &dyn crate::kernel::facts::Facts = &facts;
    let full = facts.get(user.typed::<User>()).is_some_and(|user| user.is_administrator(facts));
    if full { session.require(Right::Full) } else { Ok(()) }
}

fn hasher() -> Outcome<Argon2<'static>> {
    let (memory, passes, lanes) = COST;
    let params = Params::new(memory, passes, lanes, None).map_err(|error| failed(&error.to_string()))?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

fn failed(detail: &str) -> Error {
    Error::Failed(text!("password-failed"), detail.to_owned())
}

fn hash(password: &str, clock: &Clock) -> Outcome<String> {
    let salt = SaltString::encode_b64(&clock.bytes()).map_err(|error| failed(&error.to_string()))?;
    let hash = hasher()?.hash_password(password.as_bytes(), &salt).map_err(|error| failed(&error.to_string()))?;
    Ok(hash.to_string())
}

/// Compared in constant time; the parameters are those the hash was made with.
fn fits(secret: &str, password: &str) -> Outcome<bool> {
    let hash = PasswordHash::new(secret).map_err(|error| failed(&error.to_string()))?;
    Ok(hasher()?.verify_password(password.as_bytes(), &hash).is_ok())
}

#[cfg(test)]
mod tests {
    use super::wait_after;

    #[test]
    fn every_failure_after_the_fifth_doubles_the_wait() {
        assert_eq!([1, 4, 5, 6, 7, 11, 12, 60].map(wait_after), [0, 0, 30, 60, 120, 1_920, 3_600, 3_600]);
    }
}
