//! The demo base: a small trading company with three months of documents up to today.
//!
//! The company, its partners and goods are data (`assets/demo`, all names and numbers invented); the documents
//! are made by playing the days of the company one after another through the gate, as people at desks would
//! have entered them. What happens is decided by a generator with a fixed seed: for a given today there is
//! exactly one demo base.

mod buying;
mod catalogs;
mod chance;
mod days;
mod desk;
mod ends;
mod money;
mod months;
mod opening;
mod seldom;
mod selling;
mod shop;
mod till;

use super::gate::{Session, schema};
use super::{seed, sign_in, transfer};
use crate::kernel::clock::Clock;
use crate::kernel::moment::Date;
use crate::kernel::problems::{Error, Outcome};
use crate::store::address::Address;
use crate::store::base::Store;
use days::Days;
use desk::Desk;

/// Gets the work done and the whole of it; false stops.
pub type Progress<'a> = &'a mut dyn FnMut(usize, usize) -> bool;

/// How far back the documents reach at least, in days.
const DAYS_BACK: i64 = 90;

/// The seed of identifiers.
const SEED: u64 = 0x00d3_40ba_5e00;

/// Makes the demo base in a new file or on a server. It appears whole or, when it cannot be made or is stopped,
/// not at all.
pub fn create(address: impl Into<Address>, clock: Clock, progress: Progress<'_>) -> Outcome<Session> {
    let address = address.into();
    match address.file() {
        Some(path) => {
            Store::refuse_existing(path)?;
            filled(&clock, progress)?.store.copy_as_new(path)?;
        }
        None => drop(transfer::copy(&filled(&clock, progress)?, &address, &mut |_, _| true)?),
    }
    Session::open(address, clock)
}

/// Makes the demo base in memory.
pub fn create_in_memory(clock: Clock, progress: Progress<'_>) -> Outcome<Session> {
    let mut session = filled(&clock, progress)?;
    session.clock = clock;
    Ok(session)
}

/// The first day of the books: the first of the month in which [`DAYS_BACK`] days before today lie.
pub fn first_day(today: Date) -> Date {
    today.plus_days(-DAYS_BACK).month().first()
}

/// The work is done in memory: no disk is waited for, and a half-made base is never seen.
fn filled(clock: &Clock, progress: Progress<'_>) -> Outcome<Session> {
    let now = clock.now();
    let first = first_day(now.date());
    // The scratch clock goes through the days, so that the history tells when each document was entered.
    let own = Clock::fixed(first.at(8, 0, 0), SEED);
    let mut session = seed::filled(Session::over(Store::in_memory(schema())?, own))?;
    let total = usize::try_from(now.date().days_since(first)).unwrap_or(0) + 2;
    let mut step = 0;
    let mut done = || {
        step += 1;
        if progress(step, total) { Ok(()) } else { Err(Error::Cancelled) }
    };
    let goods = catalogs::load(&session)?;
    // From here on somebody works, whom the history names.
    let first_user = sign_in::door(&session)?.first();
    session.act_as(first_user)?;
    "demo".clone_into(&mut session.workstation);
    done()?;
    let mut desk = Desk::new(&session, goods, first, now)?;
    opening::enter(&mut desk)?;
    let mut days = Days::default();
    let mut day = first;
    while day <= now.date() {
        days.play(&mut desk, day)?;
        if day == now.date().plus_days(-1) {
            till::day(&mut desk)?;
        }
        done()?;
        day = day.plus_days(1);
    }
    ends::leave(&mut desk)?;
    Ok(session)
}
