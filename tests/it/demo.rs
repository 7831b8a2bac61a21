//! The demo base: made, proved, counted, and fit for the day.

use kontora::kernel::clock::Clock;
use kontora::kernel::moment::{Date, Moment};
use kontora::ops::check::check;
use kontora::ops::demo;
use kontora::ops::gate::Session;

fn made(now: Moment) -> Session {
    let session = demo::create_in_memory(Clock::fixed(now, 5), &mut |_, _| true);
    session.unwrap_or_else(|error| panic!("{}", error.sentence()))
}

fn proved(session: &Session) {
    let report = check(session, &mut |_| true).unwrap_or_else(|error| panic!("{}", error.sentence()));
    assert!(report.is_clean(), "{:?}", report.faults.iter().map(|fault| fault.show()).collect::<Vec<_>>());
}

#[test]
fn the_demo_base_is_whole() {
    let session = made(Date::ymd(2026, 11, 25).unwrap().at(10, 30, 0));
    proved(&session);
}
