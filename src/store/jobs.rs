//! Jobs of devices: what is to come out of a fiscal registrar, committed together with the sale it belongs to and
//! before the first byte is sent. A job that was sent and not answered is a state of its own, never a failure.

use super::base::Store;
use super::engine::{Cell, RowView, int};
use crate::kernel::moment::Moment;
use crate::kernel::problems::Outcome;
use crate::kernel::refs::AnyRef;

/// How far a job has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum JobState {
    /// Nothing was sent: it may be sent at any time.
    #[default]
    Waiting,
    /// It was sent, and nobody knows yet what came of it: the device is asked, nothing is repeated.
    Sent,
    /// It is done.
    Done,
    /// The device will never take it as it is.
    Refused,
    /// What it belonged to was taken back before anything was sent.
    Withdrawn,
}

impl JobState {
    const ALL: [Self; 5] = [Self::Waiting, Self::Sent, Self::Done, Self::Refused, Self::Withdrawn];

    fn number(self) -> i64 {
        Self::ALL.iter().zip(0..).find(|(state, _)| **state == self).map_or(0, |(_, number)| number)
    }

    /// A number nobody knows may have been sent: nothing is repeated because of it.
    fn of(number: i64) -> Self {
        usize::try_from(number).ok().and_then(|at| Self::ALL.get(at).copied()).unwrap_or(Self::Sent)
    }
}

/// One job.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Job {
    /// Its number; jobs of one place are done in this order.
    pub id: i64,
    /// The till it is done at.
    pub place: AnyRef,
    /// What is to be done, by number.
    pub kind: i64,
    /// The document it belongs to.
    pub document: AnyRef,
    /// 0 for the original, then copies.
    pub copy: i64,
    /// The key under which devices that know keys know it.
    pub key: String,
    /// How far it is.
    pub state: JobState,
    /// How often it was sent.
    pub attempts: i64,
    /// Number of the last fiscal document before it was sent: what came of it is looked for behind that.
    pub after: i64,
    /// Cash in the drawer before it was sent, kopecks.
    pub cash_before: i64,
    /// Number of the fiscal document it became.
    pub number: i64,
    /// Its fiscal sign.
    pub sign: i64,
    /// When, by the device's clock.
    pub printed: Moment,
    /// Why it waits, is in doubt or was refused.
    pub reason: String,
    /// When it was made.
    pub created: Moment,
    /// Where it was sent from and by which device: what came of it is found out there. Empty until it is sent.
    pub holder: String,
}

const COLUMNS: &str = "id, place, kind, document, copy, key, state, attempts, after_number, cash_before, number, \
                       sign, printed, reason, created, holder";

fn read(row: &dyn RowView) -> Job {
    Job {
        id: row.int(0),
        place: AnyRef::from_packed(row.int(1)),
        kind: row.int(2),
        document: AnyRef::from_packed(row.int(3)),
        copy: row.int(4),
        key: row.text(5).to_owned(),
        state: JobState::of(row.int(6)),
        attempts: row.int(7),
        after: row.int(8),
        cash_before: row.int(9),
        number: row.int(10),
        sign: row.int(11),
        printed: Moment::from_stored(row.int(12)),
        reason: row.text(13).to_owned(),
        created: Moment::from_stored(row.int(14)),
        holder: row.text(15).to_owned(),
    }
}

impl Store {
    /// Adds a job. The base refuses a second one of the same document, kind and copy: a sale cannot be put in the
    /// queue twice. Gives its number; `None` when it was there.
    pub fn add_job(&self, job: &Job) -> Outcome<Option<i64>> {
        let sql = "INSERT INTO device_jobs (place, kind, document, copy, key, state, attempts, after_number, \
                   cash_before, number, sign, printed, reason, created) \
                   VALUES (?1, ?2, ?3, ?4, ?5, 0, 0, 0, 0, 0, 0, 0, '', ?6) \
                   ON CONFLICT (document, kind, copy) DO NOTHING RETURNING id";
        let cells = [
            job.place.packed().into(),
            job.kind.into(),
            job.document.packed().into(),
            job.copy.into(),
            job.key.as_str().into(),
            job.created.stored().into(),
        ];
        int(self.engine(), sql, &cells)
    }

    /// Writes how far a job has come.
    pub fn keep_job(&self, job: &Job) -> Outcome<()> {
        let sql = "UPDATE device_jobs SET state = ?2, attempts = ?3, after_number = ?4, cash_before = ?5, \
                   number = ?6, sign = ?7, printed = ?8, reason = ?9, holder = ?10 WHERE id = ?1";
        let cells = [
            job.id.into(),
            job.state.number().into(),
            job.attempts.into(),
            job.after.into(),
            job.cash_before.into(),
            job.number.into(),
            job.sign.into(),
            job.printed.stored().into(),
            job.reason.as_str().into(),
            job.holder.as_str().into(),
        ];
        self.engine().execute(sql, &cells).map(|_| ())
    }

    fn jobs(&self, tail: &str, cells: &[Cell<'_>]) -> Outcome<Vec<Job>> {
        let mut found = Vec::new();
        self.engine().query(&format!("SELECT {COLUMNS} FROM device_jobs {tail}"), cells, &mut |row| {
            found.push(read(row));
            Ok(())
        })?;
        Ok(found)
    }

    /// A job by its number, as it is now.
    pub fn job(&self, id: i64) -> Outcome<Option<Job>> {
        self.jobs("WHERE id = ?1", &[id.into()]).map(|mut found| found.pop())
    }

    /// The job of a place that comes next: one that was sent and not answered before all others, then the first.
    pub fn next_job(&self, place: AnyRef) -> Outcome<Option<Job>> {
        let tail = "WHERE place = ?1 AND state < 2 ORDER BY state DESC, id LIMIT 1";
        self.jobs(tail, &[place.packed().into()]).map(|mut found| found.pop())
    }

    /// The first job of a kind that waits at a place.
    pub fn waiting_job(&self, place: AnyRef, kind: i64) -> Outcome<Option<Job>> {
        // In the words of the index of what is open, which is small however much a till has printed.
        let tail = "WHERE place = ?1 AND state < 2 AND state = 0 AND kind = ?2 ORDER BY id LIMIT 1";
        self.jobs(tail, &[place.packed().into(), kind.into()]).map(|mut found| found.pop())
    }

    /// How many jobs of a place are not over.
    pub fn open_jobs(&self, place: AnyRef) -> Outcome<i64> {
        let sql = "SELECT COUNT(*) FROM device_jobs WHERE place = ?1 AND state < 2";
        Ok(int(self.engine(), sql, &[place.packed().into()])?.unwrap_or(0))
    }

    /// All jobs of a document, the oldest first.
    pub fn jobs_of(&self, document: AnyRef) -> Outcome<Vec<Job>> {
        self.jobs("WHERE document = ?1 ORDER BY id", &[document.packed().into()])
    }

    /// The newest jobs of a place, the newest first.
    pub fn last_jobs(&self, place: AnyRef, limit: i64) -> Outcome<Vec<Job>> {
        self.jobs("WHERE place = ?1 ORDER BY id DESC LIMIT ?2", &[place.packed().into(), limit.into()])
    }

    /// What was brought to its end last at a place, copies and what is only noted aside.
    pub fn last_done_job(&self, place: AnyRef) -> Outcome<Option<Job>> {
        let tail = "WHERE place = ?1 AND state = 2 AND copy = 0 ORDER BY id DESC LIMIT 1";
        self.jobs(tail, &[place.packed().into()]).map(|mut found| found.pop())
    }

    /// The newest jobs of all places, the newest first.
    pub fn newest_jobs(&self, limit: i64) -> Outcome<Vec<Job>> {
        self.jobs("ORDER BY id DESC LIMIT ?1", &[limit.into()])
    }

    /// Jobs of all places that somebody waits for or has to decide about, the newest first.
    pub fn unsettled_jobs(&self, limit: i64) -> Outcome<Vec<Job>> {
        self.jobs("WHERE (state < 2 OR state = 3) ORDER BY id DESC LIMIT ?1", &[limit.into()])
    }
}
