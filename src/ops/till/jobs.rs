//! The jobs of all tills as a person looks at them: what waits and why, what nobody knows the outcome of, what was
//! refused; and what a person may decide about them.

use super::JobKind;
use super::work::tell_document;
use crate::domain::company::rights::Act;
use crate::domain::registry;
use crate::kernel::problems::{Error, Outcome};
use crate::kernel::text::Text;
use crate::ops::gate::{Changed, Op, Session};
use crate::ops::present::Titles;
use crate::ops::rights::require_act;
use crate::store::jobs::{Job, JobState};
use crate::text;

/// Jobs shown at once.
const SHOWN_MAX: i64 = 500;

/// A job with its words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The job.
    pub job: Job,
    /// What is done.
    pub what: Text,
    /// What its document is called.
    pub document: String,
    /// What its till is called.
    pub till: String,
}

/// What a person has found out about a job and decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The cause of its refusal is mended: it is sent again.
    Again,
    /// It was sent, and what came of it is found out with the device of this workstation, whoever has sent it.
    Here,
    /// It was sent, and it is done: the paper was seen.
    Done,
    /// It was sent, and certainly not done: it is sent again.
    NotDone,
}

/// The jobs, the newest first: those that are not settled, or the last ones, whatever became of them. Those of
/// documents that may not be seen are left out.
pub fn rows(session: &Session, all: bool) -> Outcome<Vec<Row>> {
    let rights = session.rights()?;
    let (facts, mut titles) = (session.facts(), Titles::default());
    let jobs = if all { session.store.newest_jobs(SHOWN_MAX)? } else { session.store.unsettled_jobs(SHOWN_MAX)? };
    let mut found = Vec::with_capacity(jobs.len());
    for job in jobs {
        let Some(kind) = registry::of(job.document) else { continue };
        if !rights.may(Act::Read, kind.meta().code) {
            continue;
        }
        let what = JobKind::of(job.kind).map_or_else(|| text!("job-other"), JobKind::label);
        let document = titles.of(job.document, &session.store, &facts)?;
        let till = titles.of(job.place, &session.store, &facts)?;
        found.push(Row { job, what, document, till });
    }
    facts.result()?;
    Ok(found)
}

/// True where a decision is one about a job as it stands.
pub fn fits(job: &Job, verdict: Verdict) -> bool {
    match verdict {
        Verdict::Again => job.state == JobState::Refused,
        Verdict::Here | Verdict::Done | Verdict::NotDone => job.state == JobState::Sent,
    }
}

/// Writes a decision down; a job that has moved on meanwhile is left as it is.
pub fn settle(session: &Session, job: i64, verdict: Verdict) -> Outcome<Changed> {
    let ((), changed) = session.run(Op::Paper, |tx| {
        let Some(mut now) = tx.store.job(job)?.filter(|now| fits(now, verdict)) else { return Ok(()) };
        let Some(kind) = registry::of(now.document) else { return Err(Error::refused(text!("object-gone"))) };
        require_act(&tx.rights, Act::Post, kind.meta())?;
        match verdict {
            Verdict::Again | Verdict::NotDone => now.state = JobState::Waiting,
            Verdict::Here => now.holder.clear(),
            Verdict::Done => now.state = JobState::Done,
        }
        now.reason.clear();
        tx.store.keep_job(&now)?;
        tx.touch(now.document);
        tell_document(tx, &now)
    })?;
    Ok(changed)
}
