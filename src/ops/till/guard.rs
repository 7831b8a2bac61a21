//! What is printed stays as it is: a receipt in the fiscal memory is not changed, a return is made instead. What has
//! not been sent yet takes its job back with it.

use super::JobKind;
use crate::domain::retail::receipt::TillReceipt;
use crate::domain::retail::receipt_return::TillReturn;
use crate::domain::retail::till_cash::TillCash;
use crate::kernel::object::{Declared as _, Object};
use crate::kernel::problems::{Error, Outcome};
use crate::ops::gate::Tx;
use crate::store::history::difference;
use crate::store::jobs::JobState;
use crate::text;

/// Refuses to change a document whose paper is out or may be, and withdraws the job of one that is taken back.
pub fn check(tx: &Tx<'_>, was: Option<&dyn Object>, object: &dyn Object, posted: bool) -> Outcome<()> {
    let Some(was) = was.filter(|was| was.head().posted) else { return Ok(()) };
    if ![TillReceipt::TAG, TillReturn::TAG, TillCash::TAG].contains(&object.meta().tag) {
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
