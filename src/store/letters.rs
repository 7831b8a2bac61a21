//! Letters to buyers: what is to go out, committed together with the change it tells of, and what came of it with the
//! exact text and the server's answer. Beside them: addresses that take no letters, and accounts whose server wants
//! to be left in peace for a while.

use super::base::Store;
use super::engine::{Cell, RowView, int, ints};
use crate::kernel::moment::Moment;
use crate::kernel::problems::Outcome;
use crate::kernel::refs::AnyRef;

/// How far a letter has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LetterState {
    /// It waits for its turn.
    #[default]
    New,
    /// The server has asked to come later.
    Deferred,
    /// Somebody is at it.
    Sending,
    /// The server has taken it.
    Sent,
    /// It will not go.
    Failed,
    /// It was handed over, and nobody knows whether it was taken: never sent again by itself.
    Unknown,
    /// What it told of was taken back, or somebody said no, before it was sent.
    Withdrawn,
}

impl LetterState {
    /// All of them in their order.
    pub const ALL: [Self; 7] =
        [Self::New, Self::Deferred, Self::Sending, Self::Sent, Self::Failed, Self::Unknown, Self::Withdrawn];

    /// The stored number, never given to another state.
    pub fn number(self) -> i64 {
        Self::ALL.iter().zip(0..).find(|(state, _)| **state == self).map_or(0, |(_, number)| number)
    }

    /// A number nobody knows may have been sent: nothing is repeated because of it.
    fn of(number: i64) -> Self {
        usize::try_from(number).ok().and_then(|at| Self::ALL.get(at).copied()).unwrap_or(Self::Unknown)
    }

    /// True while it waits and may still be stopped.
    pub const fn waits(self) -> bool {
        matches!(self, Self::New | Self::Deferred)
    }
}

/// One letter.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Letter {
    /// Its number; letters go in this order.
    pub id: i64,
    /// The order it tells of; empty for a trial.
    pub object: AnyRef,
    /// What happened, by number.
    pub event: i64,
    /// What of it: which state, which day, how much was shipped.
    pub detail: i64,
    /// Which time it happened.
    pub occurrence: i64,
    /// The template.
    pub template: AnyRef,
    /// The account it leaves through.
    pub account: AnyRef,
    /// The address.
    pub recipient: String,
    /// The subject; empty before it was made.
    pub subject: String,
    /// The plain text.
    pub body: String,
    /// Every byte as handed to the server.
    pub raw: String,
    /// What makes it known everywhere.
    pub message_id: String,
    /// How far it is.
    pub state: LetterState,
    /// Its bytes were on their way.
    pub handed: bool,
    /// How often it was attempted.
    pub attempts: i64,
    /// Not before.
    pub next_at: Moment,
    /// When it was put in the queue.
    pub created: Moment,
    /// The last attempt.
    pub last_at: Moment,
    /// Who is at it.
    pub claimed_by: String,
    /// Until when he may be.
    pub lease: Moment,
    /// What the server said.
    pub answer: String,
    /// Why it waits, failed or was withdrawn, in our words.
    pub reason: String,
}

const COLUMNS: &str = "id, object, event, detail, occurrence, template, account, recipient, subject, body, raw, \
                       message_id, state, handed, attempts, next_at, created, last_at, claimed_by, lease, answer, \
                       reason";

fn read(row: &dyn RowView) -> Letter {
    Letter {
        id: row.int(0),
        object: AnyRef::from_packed(row.int(1)),
        event: row.int(2),
        detail: row.int(3),
        occurrence: row.int(4),
        template: AnyRef::from_packed(row.int(5)),
        account: AnyRef::from_packed(row.int(6)),
        recipient: row.text(7).to_owned(),
        subject: row.text(8).to_owned(),
        body: row.text(9).to_owned(),
        raw: row.text(10).to_owned(),
        message_id: row.text(11).to_owned(),
        state: LetterState::of(row.int(12)),
        handed: row.int(13) != 0,
        attempts: row.int(14),
        next_at: Moment::from_stored(row.int(15)),
        created: Moment::from_stored(row.int(16)),
        last_at: Moment::from_stored(row.int(17)),
        claimed_by: row.text(18).to_owned(),
        lease: Moment::from_stored(row.int(19)),
        answer: row.text(20).to_owned(),
        reason: row.text(21).to_owned(),
    }
}

/// What is known of an address.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AddressNote {
    /// How often a server has refused it for ever.
    pub refusals: i64,
    /// No letters go there any more.
    pub invalid: bool,
    /// What the server said last.
    pub reason: String,
}

/// How the server of an account is to be treated.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pace {
    /// It is left in peace until then.
    pub until: Moment,
    /// How often in a row it could not be spoken to.
    pub failures: i64,
    /// Why.
    pub reason: String,
}

impl Store {
    /// Puts a letter in the queue. The base refuses a second one of the same order, event and occurrence. Gives its
    /// number; `None` when it was there.
    pub fn add_letter(&self, letter: &Letter) -> Outcome<Option<i64>> {
        let sql = "INSERT INTO letters (object, event, detail, occurrence, template, account, recipient, subject, body, \
                   raw, message_id, state, handed, attempts, next_at, created, last_at, claimed_by, lease, answer, \
                   reason) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, '', '', '', '', ?8, 0, 0, ?9, ?10, 0, '', 0, '', ?11) \
                   ON CONFLICT (object, event, detail, occurrence) DO NOTHING RETURNING id";
        let cells = [
            letter.object.packed().into(),
            letter.event.into(),
            letter.detail.into(),
            letter.occurrence.into(),
            letter.template.packed().into(),
            letter.account.packed().into(),
            letter.recipient.as_str().into(),
            letter.state.number().into(),
            letter.next_at.stored().into(),
            letter.created.stored().into(),
            letter.reason.as_str().into(),
        ];
        int(self.engine(), sql, &cells)
    }

    /// Writes everything of a letter that changes on its way.
    pub fn keep_letter(&self, letter: &Letter) -> Outcome<()> {
        let sql = "UPDATE letters SET template = ?2, account = ?3, recipient = ?4, subject = ?5, body = ?6, raw = ?7, \
                   message_id = ?8, state = ?9, handed = ?10, attempts = ?11, next_at = ?12, last_at = ?13, \
                   claimed_by = ?14, lease = ?15, answer = ?16, reason = ?17 WHERE id = ?1";
        let cells = [
            letter.id.into(),
            letter.template.packed().into(),
            letter.account.packed().into(),
            letter.recipient.as_str().into(),
            letter.subject.as_str().into(),
            letter.body.as_str().into(),
            letter.raw.as_str().into(),
            letter.message_id.as_str().into(),
            letter.state.number().into(),
            i64::from(letter.handed).into(),
            letter.attempts.into(),
            letter.next_at.stored().into(),
            letter.last_at.stored().into(),
            letter.claimed_by.as_str().into(),
            letter.lease.stored().into(),
            letter.answer.as_str().into(),
            letter.reason.as_str().into(),
        ];
        self.engine().execute(sql, &cells).map(|_| ())
    }

    fn letters(&self, tail: &str, cells: &[Cell<'_>]) -> Outcome<Vec<Letter>> {
        let mut found = Vec::new();
        self.engine().query(&format!("SELECT {COLUMNS} FROM letters {tail}"), cells, &mut |row| {
            found.push(read(row));
            Ok(())
        })?;
        Ok(found)
    }

    /// A letter by its number, as it is now.
    pub fn letter(&self, id: i64) -> Outcome<Option<Letter>> {
        self.letters("WHERE id = ?1", &[id.into()]).map(|mut found| found.pop())
    }

    /// All letters of an order, the oldest first.
    pub fn letters_of(&self, object: AnyRef) -> Outcome<Vec<Letter>> {
        self.letters("WHERE object = ?1 ORDER BY id", &[object.packed().into()])
    }

    /// The newest letters before one (all when zero), the newest first, of one state or of all.
    pub fn letters_page(&self, state: Option<LetterState>, before: i64, limit: i64) -> Outcome<Vec<Letter>> {
        let before = if before == 0 { i64::MAX } else { before };
        match state {
            None => self.letters("WHERE id < ?1 ORDER BY id DESC LIMIT ?2", &[before.into(), limit.into()]),
            Some(state) => {
                let cells = [state.number().into(), before.into(), limit.into()];
                self.letters("WHERE state = ?1 AND id < ?2 ORDER BY id DESC LIMIT ?3", &cells)
            }
        }
    }

    /// How many letters are not over.
    pub fn open_letters(&self) -> Outcome<i64> {
        Ok(int(self.engine(), "SELECT COUNT(*) FROM letters WHERE state < 3", &[])?.unwrap_or(0))
    }

    /// How many letters are of a state.
    pub fn count_letters(&self, state: LetterState) -> Outcome<i64> {
        let sql = "SELECT COUNT(*) FROM letters WHERE state = ?1";
        Ok(int(self.engine(), sql, &[state.number().into()])?.unwrap_or(0))
    }

    /// Letters somebody claimed and has not brought to an end in time.
    pub fn abandoned_letters(&self, now: Moment) -> Outcome<Vec<Letter>> {
        self.letters("WHERE state = 2 AND lease < ?1 ORDER BY id", &[now.stored().into()])
    }

    /// How many letters of an account somebody is at now.
    pub fn claimed_letters(&self, account: AnyRef) -> Outcome<i64> {
        let sql = "SELECT COUNT(*) FROM letters WHERE state = 2 AND account = ?1";
        Ok(int(self.engine(), sql, &[account.packed().into()])?.unwrap_or(0))
    }

    /// The letter of an account whose turn it is.
    pub fn due_letter(&self, account: AnyRef, now: Moment) -> Outcome<Option<i64>> {
        let sql = "SELECT id FROM letters WHERE state < 3 AND state <> 2 AND account = ?1 AND next_at <= ?2 \
                   ORDER BY id LIMIT 1";
        int(self.engine(), sql, &[account.packed().into(), now.stored().into()])
    }

    /// When the next letter of an account is due that is not yet.
    pub fn next_due(&self, account: AnyRef, now: Moment) -> Outcome<Option<Moment>> {
        let sql = "SELECT next_at FROM letters WHERE state < 3 AND state <> 2 AND account = ?1 \
                   AND next_at > ?2 ORDER BY next_at LIMIT 1";
        let found = int(self.engine(), sql, &[account.packed().into(), now.stored().into()])?;
        Ok(found.map(Moment::from_stored))
    }

    /// Moments of the attempts of an account since a moment, the oldest first.
    pub fn attempts_since(&self, account: AnyRef, since: Moment) -> Outcome<Vec<Moment>> {
        let sql = "SELECT last_at FROM letters WHERE account = ?1 AND last_at > ?2 ORDER BY last_at";
        let found = ints(self.engine(), sql, &[account.packed().into(), since.stored().into()])?;
        Ok(found.into_iter().map(Moment::from_stored).collect())
    }

    /// What is known of an address.
    pub fn address_note(&self, address: &str) -> Outcome<AddressNote> {
        let mut found = AddressNote::default();
        let sql = "SELECT refusals, invalid, reason FROM mail_addresses WHERE address = ?1";
        self.engine().query(sql, &[address.into()], &mut |row| {
            found = AddressNote { refusals: row.int(0), invalid: row.int(1) != 0, reason: row.text(2).to_owned() };
            Ok(())
        })?;
        Ok(found)
    }

    /// Writes what is known of an address.
    pub fn note_address(&self, address: &str, note: &AddressNote, at: Moment) -> Outcome<()> {
        let sql = "INSERT INTO mail_addresses (address, refusals, invalid, reason, at) VALUES (?1, ?2, ?3, ?4, ?5) \
                   ON CONFLICT (address) DO UPDATE SET refusals = excluded.refusals, invalid = excluded.invalid, \
                   reason = excluded.reason, at = excluded.at";
        let cells = [
            address.into(),
            note.refusals.into(),
            i64::from(note.invalid).into(),
            note.reason.as_str().into(),
            at.stored().into(),
        ];
        self.engine().execute(sql, &cells).map(|_| ())
    }

    /// How the server of an account is to be treated.
    pub fn mail_pace(&self, account: AnyRef) -> Outcome<Pace> {
        let mut found = Pace::default();
        let sql = "SELECT until, failures, reason FROM mail_pace WHERE account = ?1";
        self.engine().query(sql, &[account.packed().into()], &mut |row| {
            let until = Moment::from_stored(row.int(0));
            found = Pace { until, failures: row.int(1), reason: row.text(2).to_owned() };
            Ok(())
        })?;
        Ok(found)
    }

    /// Writes how the server of an account is to be treated.
    pub fn keep_mail_pace(&self, account: AnyRef, pace: &Pace) -> Outcome<()> {
        let sql = "INSERT INTO mail_pace (account, until, failures, reason) VALUES (?1, ?2, ?3, ?4) \
                   ON CONFLICT (account) DO UPDATE SET until = excluded.until, failures = excluded.failures, \
                   reason = excluded.reason";
        let cells =
            [account.packed().into(), pace.until.stored().into(), pace.failures.into(), pace.reason.as_str().into()];
        self.engine().execute(sql, &cells).map(|_| ())
    }
}
