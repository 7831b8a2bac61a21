//! A new base: the chart of accounts, units, rates, currencies and the defaults every base begins with.

use super::gate::{Op, Session, Tx, schema, schema_in};
use crate::kernel::clock::Clock;
use crate::kernel::problems::{Error, Outcome};
use crate::store::address::Address;
use crate::store::base::{Store, unmake};
use crate::text;

const CHART: &str = include_str!("../../assets/seed/chart.jsonl");
const BASE: &str = include_str!("../../assets/seed/base.jsonl");

/// Makes a new base in a file or on a server.
pub fn create(address: impl Into<Address>, clock: Clock) -> Outcome<Session> {
    let address = address.into();
    let store = Store::create(&address, schema_in(address.dialect()))?;
    // A base without its chart and rates is of no use to anyone.
    filled(Session::over(store, clock)).inspect_err(|_| unmake(&address))
}

/// Makes a new base whose company is under a tax regime from the beginning; the regime by its code in files.
pub fn create_under(address: impl Into<Address>, clock: Clock, regime: &str) -> Outcome<Session> {
    let address = address.into();
    let session = create(&address, clock)?;
    let line = format!(
        "{{\"type\":\"company\",\"code\":\"main\",\"regimes\":[{{\"from\":\"2004-01-01\",\"regime\":\"{regime}\"}}]}}"
    );
    session.run(Op::Settings, |tx| tx.load_line(&line)).map(|_| ()).inspect_err(|_| unmake(&address))?;
    Ok(session)
}

/// Makes a new base in memory.
pub fn create_in_memory(clock: Clock) -> Outcome<Session> {
    filled(Session::over(Store::in_memory(schema())?, clock))
}

/// Fills an empty base with what every base begins with.
pub(super) fn filled(session: Session) -> Outcome<Session> {
    session.run(Op::Seed, |tx| enter(tx, &lines_of(|_| true)))?;
    Ok(session)
}

/// Lines of what every base begins with, of these kinds, with their numbers.
pub(super) fn lines_of(wanted: impl Fn(&str) -> bool) -> Vec<(usize, &'static str)> {
    // Settings name the company, and the company may take its number from the settings: the order of the lines
    // is the order in which they can be understood.
    let lines = CHART.lines().chain(BASE.lines()).enumerate().map(|(at, line)| (at + 1, line));
    let kind = |line: &'static str| line.strip_prefix("{\"type\":\"").and_then(|rest| rest.split('"').next());
    lines.filter(|(_, line)| kind(line).is_some_and(&wanted)).collect()
}

/// Enters lines of [`lines_of`].
pub(super) fn enter(tx: &mut Tx<'_>, lines: &[(usize, &str)]) -> Outcome<()> {
    for (at, line) in lines {
        tx.load_line(line)
            .map_err(|error| Error::Failed(text!("seed-line", line = *at), format!("{line}: {}", error.sentence())))?;
    }
    Ok(())
}
