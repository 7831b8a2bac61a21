//! Scales of all dialects.

use super::Drive;
use super::link::Link;
use crate::devices::manager::io::Io;
use crate::devices::manager::order::Order;
use crate::devices::manager::outcome::Reason;
use crate::devices::manager::view::{Parsed, Trouble};
use crate::devices::proto::scales::cas::{Cas, CasEvent, Dialect};
use crate::devices::proto::scales::massa::{MassaAnswer, MassaReader, get_weight};
use crate::devices::proto::scales::{Reading, Settle, Verdict, pos2};
use crate::devices::proto::shtrih::link::Times;
use crate::devices::settings::ScaleSettings;

/// How long scales may take to answer, milliseconds.
const ANSWER_MS: u64 = 700;
/// How long a weight may take to come to rest.
const REST_MS: u64 = 4000;
/// Between two readings.
const BETWEEN_MS: u64 = 80;
/// How often the scales are looked at between orders.
const LOOK_MS: u64 = 3000;

enum Speech {
    Massa(MassaReader),
    Pos2(Link),
    Cas(Cas),
}

/// The driver of scales.
pub struct ScaleDrive {
    speech: Speech,
    looked_ms: u64,
    trouble: Option<Trouble>,
}

impl ScaleDrive {
    /// Of a dialect.
    #[must_use]
    pub fn new(settings: ScaleSettings) -> Self {
        let speech = match settings {
            ScaleSettings::Massa => Speech::Massa(MassaReader::default()),
            ScaleSettings::Pos2 => {
                let times = Times { control_ms: 300, tries: 2, ..Times::default() };
                Speech::Pos2(Link::new(false, times))
            }
            ScaleSettings::CasA => Speech::Cas(Cas::new(Dialect::TypeA)),
            ScaleSettings::CasB => Speech::Cas(Cas::new(Dialect::TypeB)),
            ScaleSettings::CasPdTwo => Speech::Cas(Cas::new(Dialect::PdTwo)),
        };
        Self { speech, looked_ms: 0, trouble: None }
    }

    fn reading(&mut self, io: &mut Io) -> Result<Reading, Reason> {
        let read = match &mut self.speech {
            Speech::Massa(reader) => massa(reader, io),
            Speech::Cas(cas) => cas_reading(cas, io),
            Speech::Pos2(link) => {
                let answer = link.exchange(io, &pos2::get_weight(), pos2::ANSWER_MS);
                match answer.map(|answer| pos2::reading(&answer)) {
                    Ok(Some(Ok(reading))) => Ok(reading),
                    Ok(Some(Err(_)) | None) => Err(Reason::Garbled),
                    Err(_) => Err(silent(io)),
                }
            }
        }?;
        io.explain(Parsed::Weight(read));
        Ok(read)
    }

    fn weigh(&mut self, io: &mut Io) -> Result<i64, Reason> {
        let until_ms = io.ms().saturating_add(REST_MS);
        let mut settle = Settle::default();
        loop {
            let verdict = settle.take(self.reading(io)?);
            let over = io.ms() >= until_ms || io.is_ending();
            match verdict {
                Verdict::Accepted(weight) => return Ok(weight),
                Verdict::Overload => return Err(Reason::Overload),
                // Empty scales may be about to be loaded, but not for long.
                Verdict::Empty if over => return Err(Reason::Empty),
                _ if over => return Err(Reason::Unstable),
                _ => io.pause(BETWEEN_MS),
            }
        }
    }
}

/// Why nothing came.
fn silent(io: &Io) -> Reason {
    io.lost().map_or(Reason::Silent, |error| Reason::NotConnected(error.clone()))
}

fn massa(reader: &mut MassaReader, io: &mut Io) -> Result<Reading, Reason> {
    io.clear().map_err(Reason::NotConnected)?;
    *reader = MassaReader::default();
    let written = io.write(&get_weight(), ANSWER_MS, Parsed::AskWeight);
    written.map_err(|failed| Reason::NotConnected(failed.error))?;
    let until_ms = io.ms().saturating_add(ANSWER_MS);
    loop {
        let bytes = io.read(until_ms.saturating_sub(io.ms())).map_err(Reason::NotConnected)?;
        if bytes.is_empty() {
            return Err(Reason::Silent);
        }
        match reader.answers(&bytes).first() {
            Some(MassaAnswer::Read(reading)) => return Ok(*reading),
            Some(MassaAnswer::Garbled | MassaAnswer::Refused(_)) => return Err(Reason::Garbled),
            Some(MassaAnswer::Done) | None => {}
        }
    }
}

fn cas_reading(cas: &mut Cas, io: &mut Io) -> Result<Reading, Reason> {
    io.clear().map_err(Reason::NotConnected)?;
    if let Some(CasEvent::Send(byte)) = cas.ask() {
        let written = io.write(&[byte], ANSWER_MS, Parsed::AskWeight);
        written.map_err(|failed| Reason::NotConnected(failed.error))?;
    }
    let until_ms = io.ms().saturating_add(ANSWER_MS);
    let mut garbled = false;
    loop {
        let bytes = io.read(until_ms.saturating_sub(io.ms())).map_err(Reason::NotConnected)?;
        if bytes.is_empty() {
            return Err(if garbled { Reason::Garbled } else { Reason::Silent });
        }
        for event in cas.take(&bytes) {
            match event {
                CasEvent::Read(reading) => return Ok(reading),
                CasEvent::Send(byte) => {
                    let written = io.write(&[byte], ANSWER_MS, Parsed::Control);
                    written.map_err(|failed| Reason::NotConnected(failed.error))?;
                }
                // The first line of scales that talk by themselves is often half a line.
                CasEvent::Garbled => garbled = true,
            }
        }
    }
}

impl Drive for ScaleDrive {
    fn begin(&mut self, io: &mut Io) -> Result<String, Trouble> {
        self.trouble = None;
        match self.reading(io) {
            Err(Reason::NotConnected(error)) => Err(Trouble::Wire(error)),
            Err(Reason::Silent) => Err(Trouble::Silent),
            Err(reason) => Err(Trouble::Refused(reason)),
            Ok(_) => Ok(String::new()),
        }
    }

    fn order(&mut self, order: Order, io: &mut Io) -> Option<Trouble> {
        self.looked_ms = io.ms();
        let failed = match order {
            Order::Weigh(reply) => {
                let weight = self.weigh(io);
                let failed = weight.as_ref().err().cloned();
                reply.give(weight);
                failed
            }
            Order::Reading(reply) => {
                let reading = self.reading(io);
                let failed = reading.as_ref().err().cloned();
                reply.give(reading);
                failed
            }
            other => {
                other.refuse(Reason::Unsupported);
                None
            }
        };
        self.trouble = (failed == Some(Reason::Silent)).then_some(Trouble::Silent);
        self.trouble.clone()
    }

    fn idle(&mut self, io: &mut Io) -> Option<Trouble> {
        if io.ms().saturating_sub(self.looked_ms) >= LOOK_MS {
            self.trouble = (self.reading(io) == Err(Reason::Silent)).then_some(Trouble::Silent);
            self.looked_ms = io.ms();
        }
        self.trouble.clone()
    }
}
