//! What is printed stays as it is: a receipt in the fiscal memory is not changed, a return is made instead. What has
//! not been sent yet takes its job back with it.

use super::JobKind;
use crate::domain::retail::receipt::{FiscalState, TillReceipt};
use crate::domain::retail::receipt_return::TillReturn;
use crate::domain::retail::till_advance::TillAdvance;
use crate::domain::retail::till_cash::TillCash;
use crate::domain::retail::till_correction::TillCorrection;
use crate::kernel::object::{Declared as _, Object};
use crate::kernel::problems::{Error, Outcome};
use crate::kernel::value::Field as _;
use crate::ops::gate::Tx;
use crate::store::history::difference;
use crate::store::jobs::{Job, JobState};
use crate::text;

/// Refuses to change a document whose paper is out or may be, and withdraws the job of one that is taken back.
pub fn check(tx: &Tx<'_>, was: Option<&dyn Object>, object: &dyn Object, posted: bool) -> Outcome<()> {
    let Some(was) = was.filter(|was| was.head().posted) else { return Ok(()) };
    let own = [TillReceipt::TAG, TillReturn::TAG, TillCash::TAG, TillAdvance::TAG, TillCorrection::TAG];
    if !own.contains(&object.meta().tag) {
        return Ok(());
    }
    let computed = tx.store.schema().object(object.meta()).map_or(Vec::new(), |sql| sql.computed.clone());
    if posted && difference(was, object, &computed).is_empty() {
        return Ok(());
    }
    for mut job in tx.store.jobs_of(object.any_ref())? {
        if JobKind::of(job.kind) == Some(JobKind::Copy) {
            continue;
        }
        match job.state {
            JobState::Sent => return Err(Error::refused(text!("till-paper-unknown"))),
            JobState::Done => {
                return Err(Error::refused(text!("till-paper-out", number = job.number.to_string())));
            }
            JobState::Waiting | JobState::Refused if !posted => {
                job.state = JobState::Withdrawn;
                tx.store.keep_job(&job)?;
            }
            _ => {}
        }
    }
    Ok(())
}

/// Papers of settlements of the past are not made now, seconds: what is loaded of earlier days has had its own.
const LATE_SECONDS: i64 = 24 * 3600;

/// Advances and corrections are made in their forms: posting one brings about its receipt.
pub fn follow(tx: &mut Tx<'_>, object: &dyn Object, posted_before: bool) -> Outcome<()> {
    let (till, kind, date) = if let Some(advance) = object.downcast::<TillAdvance>() {
        (advance.till, JobKind::Advance, advance.date)
    } else if let Some(corrected) = object.downcast::<TillCorrection>() {
        (corrected.till, JobKind::Correction, corrected.date)
    } else {
        return Ok(());
    };
    if posted_before || !object.head().posted || date.plus_seconds(LATE_SECONDS) < tx.now {
        return Ok(());
    }
    let reference = object.any_ref();
    tx.queue_job(till, kind, reference, 0)?;
    let jobs = tx.store.jobs_of(reference)?;
    let Some(own) = jobs.into_iter().find(|job| job.kind == kind.number()) else { return Ok(()) };
    // What was taken back before anything was sent is to be sent after all.
    if own.state == JobState::Withdrawn {
        tx.store.keep_job(&Job { state: JobState::Waiting, ..own })?;
    }
    tx.store.set_computed(reference, &[("fiscal_state", FiscalState::Waiting.value())])
}
