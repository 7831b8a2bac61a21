//! The jobs of a till, one after another. What is about to be sent is written down first; what was sent and not
//! answered is looked for in the fiscal memory before anything else is done.

use super::JobKind;
use super::paper::{Sheet, sheet};
use super::registrar::{JobKey, Made, Plain, Registrar, Sent, ShiftSums, Standing};
use crate::domain::retail::receipt::FiscalState;
use crate::domain::retail::till::Till;
use crate::kernel::moment::Moment;
use crate::kernel::money::Money;
use crate::kernel::problems::Outcome;
use crate::kernel::refs::Ref;
use crate::kernel::text::Text;
use crate::kernel::value::{Field as _, Value};
use crate::ops::gate::{Changed, Op, Session, Tx};
use crate::store::jobs::{Job, JobState};
use crate::text;

/// What one step came to.
#[derive(Clone, Debug)]
pub enum Step {
    /// Nothing is in the queue.
    Idle,
    /// A job is over: done, or refused for good.
    Over(Job, Changed),
    /// The first job waits for a cause to go away.
    Waits(Job),
    /// Nobody knows yet what became of the first job.
    Unknown(Job),
}

/// Does the first job of a till that is not over, or finds out what became of it.
pub fn step(session: &Session, till: Ref<Till>, registrar: &mut dyn Registrar) -> Outcome<Step> {
    let Some(job) = session.store.next_job(till.any())? else { return Ok(Step::Idle) };
    let Some(made) = sheet_of(session, &job)? else {
        return note(session, job, &Sent::Refused(text!("object-gone")));
    };
    if job.state == JobState::Sent {
        let found = recover(session, &job, &made, registrar);
        return note(session, job, &found);
    }
    match ready(&job, registrar) {
        Ok(standing) => send(session, &job, &made, &standing, registrar),
        Err(Lack::Shift(standing, why)) => match shift_job(session, till, &standing)? {
            Some(first) => bring_shift(session, first, &standing, registrar),
            None => note(session, job, &Sent::NotDone(why)),
        },
        Err(Lack::Other(why)) => note(session, job, &Sent::NotDone(why)),
    }
}

/// Sends a job for which everything is ready.
fn send(
    session: &Session,
    job: &Job,
    made: &Sheet,
    standing: &Standing,
    registrar: &mut dyn Registrar,
) -> Outcome<Step> {
    let sums = match made {
        Sheet::Plain(Plain::CloseShift(_)) => registrar.sums().ok(),
        _ => None,
    };
    // From here on the job may have been done, whatever happens to this program.
    let Some(job) = begin(session, job, standing, sums)? else {
        return step(session, job.place.typed(), registrar);
    };
    let (key, after) = (key(&job), u32::try_from(job.after).unwrap_or(0));
    let sent = match made {
        Sheet::Receipt(receipt) => registrar.receipt(&key, after, receipt),
        Sheet::Plain(plain) => registrar.plain(&key, plain),
        Sheet::Slip(slip) => {
            let number = u32::try_from(job.id % i64::from(u32::MAX)).unwrap_or(0);
            registrar.slip(&key, number, slip)
        }
    };
    note(session, job, &sent)
}

/// The job that ends or begins a shift of the registrar and comes before a receipt that was left over from an earlier
/// one: it waits behind the receipt, and the receipt for it.
fn shift_job(session: &Session, till: Ref<Till>, standing: &Standing) -> Outcome<Option<Job>> {
    let of = |kind: JobKind| session.store.waiting_job(till.any(), kind.number());
    let closing = of(JobKind::CloseShift)?;
    if standing.shift_expired {
        return Ok(closing);
    }
    let opening = of(JobKind::OpenShift)?;
    Ok(match (closing, opening) {
        (Some(closing), Some(opening)) if closing.id < opening.id => Some(closing),
        // Nothing is opened after it: then it is left until what waits before it is out.
        (_, opening) => opening,
    })
}

/// Does it. A shift that is closed already needs no closing.
fn bring_shift(session: &Session, job: Job, standing: &Standing, registrar: &mut dyn Registrar) -> Outcome<Step> {
    let Some(made) = sheet_of(session, &job)? else {
        return note(session, job, &Sent::Refused(text!("object-gone")));
    };
    if matches!(made, Sheet::Plain(Plain::CloseShift(_))) && !standing.shift_open {
        let done = Made { number: standing.last_document, ..Made::default() };
        return note(session, job, &Sent::Done(done));
    }
    send(session, &job, &made, standing, registrar)
}

/// Does jobs until none is left or the first one cannot go on; gives how many are over now and what the last step
/// came to.
pub fn run(session: &Session, till: Ref<Till>, registrar: &mut dyn Registrar) -> Outcome<(usize, Step)> {
    let mut over = 0;
    loop {
        match step(session, till, registrar)? {
            Step::Over(..) => over += 1,
            last => return Ok((over, last)),
        }
    }
}

fn sheet_of(session: &Session, job: &Job) -> Outcome<Option<Sheet>> {
    let Some(document) = session.store.load(job.document)? else { return Ok(None) };
    // A registrar copies by itself the last thing it has printed only.
    let done = session.store.last_done_job(job.place)?;
    let last = done.is_some_and(|done| done.document == job.document);
    let facts = session.facts();
    let made = sheet(job, document.as_ref(), last, &facts);
    facts.result()?;
    Ok(made)
}

/// What the sending of a job that is on its way is known by.
fn key(job: &Job) -> JobKey {
    JobKey { job: job.key.clone(), attempt: u32::try_from(job.attempts).unwrap_or(1) }
}

/// What a job lacks.
enum Lack {
    /// The registrar's shift is closed or too old; how it stands.
    Shift(Standing, Text),
    /// Something else.
    Other(Text),
}

/// How the registrar stands: a receipt needs its shift open.
fn ready(job: &Job, registrar: &mut dyn Registrar) -> Result<Standing, Lack> {
    let standing = registrar.standing().map_err(Lack::Other)?;
    let kind = JobKind::of(job.kind);
    let needs = kind.is_some_and(|kind| kind.is_receipt() || kind == JobKind::Cash);
    match standing {
        _ if !needs => Ok(standing),
        Standing { shift_open: false, .. } => Err(Lack::Shift(standing, text!("till-registrar-closed"))),
        Standing { shift_expired: true, .. } => Err(Lack::Shift(standing, text!("till-registrar-expired"))),
        _ => Ok(standing),
    }
}

/// Where a job is sent from, and by which device.
fn holder(session: &Session, standing: &Standing) -> String {
    let parts = [session.workstation.as_str(), standing.device.as_str()];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
}

/// Writes down that a job is about to be sent, behind which document, and with how much cash in the drawer. `None`
/// when somebody else has begun it meanwhile.
fn begin(session: &Session, job: &Job, standing: &Standing, sums: Option<ShiftSums>) -> Outcome<Option<Job>> {
    let (begun, _) = session.run(Op::Paper, |tx| {
        let Some(mut now) = tx.store.job(job.id)?.filter(|now| now.state == JobState::Waiting) else {
            return Ok(None);
        };
        now.state = JobState::Sent;
        now.attempts += 1;
        now.after = i64::from(standing.last_document);
        now.cash_before = i64::try_from(standing.cash).unwrap_or(0);
        now.holder = holder(session, standing);
        tx.store.keep_job(&now)?;
        if let Some(sums) = sums {
            keep_sums(tx, job, standing, &sums)?;
        }
        Ok(Some(now))
    })?;
    Ok(begun)
}

/// The registrar's own totals, asked before the Z report puts them to zero.
fn keep_sums(tx: &mut Tx<'_>, job: &Job, standing: &Standing, sums: &ShiftSums) -> Outcome<()> {
    let money = |kopecks: u64| Value::Money(Money::from_minor(i64::try_from(kopecks).unwrap_or(0)));
    let fields = [
        ("registrar_shift", Value::Int(i64::from(standing.shift))),
        ("registrar_sales", money(sums.sales)),
        ("registrar_returns", money(sums.returns)),
        ("registrar_cash", money(sums.cash)),
    ];
    tx.store.set_computed(job.document, &fields)?;
    tx.touch(job.document);
    Ok(())
}

/// What became of a job that was sent. A receipt is looked for by its number; what leaves no document behind is
/// told by the state of the shift and of the drawer.
fn recover(session: &Session, job: &Job, made: &Sheet, registrar: &mut dyn Registrar) -> Sent {
    let standing = match registrar.standing() {
        Ok(standing) => standing,
        Err(why) => return Sent::Unknown(why),
    };
    // Another device knows nothing of it, and another workstation may be about to print it at this moment.
    if !job.holder.is_empty() && job.holder != holder(session, &standing) {
        return Sent::Unknown(text!("till-sent-elsewhere", where = job.holder.clone()));
    }
    let after = u32::try_from(job.after).unwrap_or(0);
    let plain = match made {
        Sheet::Receipt(receipt) => return registrar.recover(&key(job), after, receipt),
        // One more copy does no harm, one too few is asked for again.
        Sheet::Plain(Plain::Copy) => return Sent::Done(Made::default()),
        // Of a receipt on a printer only a person can say whether it came out; another paper is printed again.
        Sheet::Slip(_) if JobKind::of(job.kind).is_some_and(JobKind::is_receipt) => {
            return Sent::Unknown(text!("till-paper-look"));
        }
        Sheet::Slip(_) => return Sent::NotDone(text!("till-not-sent")),
        Sheet::Plain(plain) => plain,
    };
    let before = u64::try_from(job.cash_before).unwrap_or(0);
    let (done, not_done) = match plain {
        Plain::OpenShift(_) => (standing.shift_open, !standing.shift_open),
        Plain::CloseShift(_) => (!standing.shift_open, standing.shift_open),
        Plain::CashIn(_, sum) => (standing.cash == before + sum, standing.cash == before),
        Plain::CashOut(_, sum) => (standing.cash + sum == before, standing.cash == before),
        Plain::Copy => (true, false),
    };
    match (done, not_done) {
        (true, _) => Sent::Done(Made { number: standing.last_document, ..Made::default() }),
        (false, true) => Sent::NotDone(text!("till-not-sent")),
        (false, false) => Sent::Unknown(text!("till-drawer-unclear")),
    }
}

/// Writes down what became of a job.
fn note(session: &Session, job: Job, sent: &Sent) -> Outcome<Step> {
    let mut now = job;
    let known = now.clone();
    match sent {
        Sent::Done(made) => {
            now.state = JobState::Done;
            now.number = i64::from(made.number);
            now.sign = i64::from(made.sign);
            now.printed = if made.at.is_empty() { session.clock.now() } else { made.at };
            now.reason.clear();
        }
        Sent::NotDone(why) => {
            now.state = JobState::Waiting;
            now.reason = why.show();
        }
        Sent::Refused(why) => {
            now.state = JobState::Refused;
            now.reason = why.show();
        }
        Sent::Unknown(why) => now.reason = why.show(),
    }
    let step = |now: Job, changed: Option<Changed>| match (sent, changed) {
        (Sent::Done(_) | Sent::Refused(_), Some(changed)) => Step::Over(now, changed),
        (Sent::Unknown(_), _) => Step::Unknown(now),
        _ => Step::Waits(now),
    };
    // A cause that lasts is written down once.
    if now == known {
        return Ok(step(now, None));
    }
    let ((), changed) = session.run(Op::Paper, |tx| {
        tx.store.keep_job(&now)?;
        tell_document(tx, &now)
    })?;
    Ok(step(now, Some(changed)))
}

/// The document shows what became of its paper.
pub(super) fn tell_document(tx: &mut Tx<'_>, job: &Job) -> Outcome<()> {
    if !JobKind::of(job.kind).is_some_and(JobKind::is_receipt) {
        return Ok(());
    }
    let state = match job.state {
        JobState::Waiting | JobState::Withdrawn => FiscalState::Waiting,
        JobState::Sent => FiscalState::Unknown,
        JobState::Done => FiscalState::Printed,
        JobState::Refused => FiscalState::Refused,
    };
    let at = if job.printed.is_empty() { Moment::EMPTY } else { job.printed };
    let fields = [
        ("fiscal_state", state.value()),
        ("fiscal_number", Value::Int(job.number)),
        ("fiscal_sign", Value::Int(job.sign)),
        ("fiscal_at", Value::Moment(at)),
    ];
    tx.store.set_computed(job.document, &fields)?;
    tx.touch(job.document);
    Ok(())
}
