//! Letters handed over, one after another. What is about to be handed over is written down first; what was handed
//! over and not answered is never handed over again by itself. One program sends at a time for an account: a letter
//! is claimed for a while, and a claim that ran out is looked at by whoever comes next.

use super::follow::stands_now;
use super::{TRIAL, make};
use crate::domain::crm::letter_template::LetterTemplate;
use crate::domain::crm::mail_account::{MailAccount, MailSecurity};
use crate::domain::sales::customer_order::CustomerOrder;
use crate::exchange::mail::message::{Parts, message, message_id};
use crate::exchange::mail::smtp::{Protection, Server, Smtp};
use crate::exchange::mail::{Carried, Carrier, Sealed};
use crate::kernel::facts::Facts;
use crate::kernel::moment::Moment;
use crate::kernel::object::Referable as _;
use crate::kernel::problems::{Error, Outcome};
use crate::kernel::refs::AnyRef;
use crate::kernel::text::Text;
use crate::ops::chores::{Chore, Round};
use crate::ops::gate::{Op, Session, Tx};
use crate::store::letters::{AddressNote, Letter, LetterState, Pace};
use crate::store::passwords;
use crate::text;
use std::sync::Arc;

/// Seconds a letter is claimed for: longer than all answers of a server are waited for.
const LEASE: i64 = 15 * 60;

/// Seconds until a letter is tried again, by how often it was put off; after the last it has failed.
const LATER: [i64; 4] = [15 * 60, 3_600, 4 * 3_600, 24 * 3_600];

/// Seconds a server that was not reached is left in peace, by how often in a row.
const PEACE: [i64; 4] = [60, 2 * 60, 5 * 60, 15 * 60];

/// Seconds a server that asked for fewer letters gets none.
const SLOW: i64 = 5 * 60;

/// Refusals after which an address gets no more letters; one is enough where there is no such address.
const REFUSALS: i64 = 3;

/// Letters of one round; then the window may be asked for something else.
const PER_ROUND: usize = 20;

/// Seconds after which reserves that expire are looked for again.
const REMIND: i64 = 10 * 60;

/// The longest rest while something waits, milliseconds.
const REST_MS: u64 = 30_000;

/// How a letter of an account is carried: the account with the password known for it.
pub type Reach = Arc<dyn Fn(&MailAccount, String) -> Box<dyn Carrier> + Send + Sync>;

/// The way of letters into the world.
pub fn by_smtp() -> Reach {
    Arc::new(|account, password| {
        let server = Server {
            host: account.server.clone(),
            port: u16::try_from(account.port).unwrap_or(0),
            security: match account.security {
                MailSecurity::Tls => Protection::Tls,
                MailSecurity::StartTls => Protection::StartTls,
                MailSecurity::None => Protection::None,
            },
            login: account.login.clone(),
            password,
            authority: account.authority.clone(),
        };
        Box::new(Smtp::new(server))
    })
}

/// The password of an account; `None` where one is needed and nobody knows it.
pub fn password_of(account: &MailAccount) -> Option<String> {
    if account.login.is_empty() {
        return Some(String::new());
    }
    passwords::recall_mail(&account.server, &account.login)
}

/// What one step came to.
#[derive(Clone, Debug)]
pub enum Step {
    /// A letter was brought on: sent, put off, failed, or nobody knows.
    Did(Box<Letter>),
    /// Nothing can be done before a moment, and why; an empty reason means that nothing is there.
    Rests(String, Option<Moment>),
}

/// The accounts letters leave through.
fn accounts(session: &Session) -> Outcome<Vec<Arc<MailAccount>>> {
    let facts = session.facts();
    let all = (&facts as &dyn Facts).every::<MailAccount>();
    facts.result()?;
    Ok(all.into_iter().filter(|account| !account.folder).collect())
}

/// Why an account does not send now, and until when; `None` when it may.
fn hindrance(session: &Session, account: &MailAccount) -> Outcome<Option<(Text, Option<Moment>)>> {
    if account.paused {
        return Ok(Some((text!("letters-paused", account = account.name.clone()), None)));
    }
    let (now, of) = (session.clock.now(), account.reference().any());
    let pace = session.store.mail_pace(of)?;
    if pace.until > now {
        let until = pace.until.clock();
        return Ok(Some((text!("letters-peace", until = until, said = pace.reason), Some(pace.until))));
    }
    for (limit, seconds) in [(account.per_minute, 60), (account.per_hour, 3_600)] {
        let attempts = session.store.attempts_since(of, now.plus_seconds(-seconds))?;
        let limit = usize::try_from(limit).unwrap_or(usize::MAX).max(1);
        if attempts.len() >= limit {
            let first = attempts.get(attempts.len() - limit).copied().unwrap_or(now);
            let until = first.plus_seconds(seconds + 1);
            return Ok(Some((text!("letters-limit", until = until.clock()), Some(until))));
        }
    }
    Ok(None)
}

/// Why letters that are due do not leave now from here; empty when they do, or none is due.
pub fn why_waiting(session: &Session) -> Outcome<String> {
    for account in accounts(session)? {
        if session.store.due_letter(account.reference().any(), session.clock.now())?.is_none() {
            continue;
        }
        if let Some((why, _)) = hindrance(session, &account)? {
            return Ok(why.show());
        }
        if password_of(&account).is_none() {
            return Ok(text!("letters-no-password", account = account.name.clone()).show());
        }
    }
    Ok(String::new())
}

/// Letters somebody began and did not bring to an end: what was not handed over goes back into the queue.
pub fn look_after(session: &Session) -> Outcome<usize> {
    if session.store.abandoned_letters(session.clock.now())?.is_empty() {
        return Ok(0);
    }
    let (count, _) = session.run(Op::Paper, |tx| {
        let found = tx.store.abandoned_letters(tx.now)?;
        for letter in &found {
            let mut now = letter.clone();
            now.claimed_by.clear();
            if letter.handed {
                now.state = LetterState::Unknown;
                now.reason = text!("letter-cut-off").show();
            } else {
                now.state = LetterState::New;
            }
            tx.store.keep_letter(&now)?;
        }
        Ok(found.len())
    })?;
    Ok(count)
}

/// Hands over the next letter of an account.
fn step(session: &Session, account: &MailAccount, carrier: &mut dyn Carrier) -> Outcome<Step> {
    let of = account.reference().any();
    let Some(id) = session.store.due_letter(of, session.clock.now())? else {
        return Ok(Step::Rests(String::new(), session.store.next_due(of, session.clock.now())?));
    };
    match claim(session, id, account)? {
        Claim::Sealed(letter, sealed) => {
            let letter = hand_over(session, &letter, &sealed, carrier)?;
            Ok(Step::Did(Box::new(letter)))
        }
        Claim::Over(letter) => Ok(Step::Did(letter)),
        Claim::Others => Ok(Step::Rests(text!("letters-others").show(), None)),
    }
}

/// What came of claiming a letter.
enum Claim {
    /// It is ours, and made.
    Sealed(Box<Letter>, Sealed),
    /// It will not go: it is no longer true, or could not be made.
    Over(Box<Letter>),
    /// Another program sends now.
    Others,
}

/// Makes a letter and writes down, before anything leaves, every byte of it and that it is about to leave.
fn claim(session: &Session, id: i64, account: &MailAccount) -> Outcome<Claim> {
    let (claimed, _) = session.run(Op::Paper, |tx| {
        let of = account.reference().any();
        if tx.store.claimed_letters(of)? > 0 {
            return Ok(Claim::Others);
        }
        let Some(mut letter) = tx.store.letter(id)?.filter(|letter| letter.state.waits()) else {
            return Ok(Claim::Others);
        };
        let sealed = match seal(tx, &mut letter, account) {
            Ok(sealed) => sealed,
            Err(Error::Refused(problems, meta)) => {
                letter.state = LetterState::Failed;
                letter.reason = problems.sentences(meta);
                None
            }
            Err(other) => return Err(other),
        };
        let Some(sealed) = sealed else {
            tx.store.keep_letter(&letter)?;
            return Ok(Claim::Over(Box::new(letter)));
        };
        letter.state = LetterState::Sending;
        letter.handed = false;
        letter.attempts += 1;
        letter.claimed_by = session.workstation.clone();
        letter.lease = tx.now.plus_seconds(LEASE);
        tx.store.keep_letter(&letter)?;
        Ok(Claim::Sealed(Box::new(letter), sealed))
    })?;
    Ok(claimed)
}

/// Fills a letter; `None` when what it tells is no longer so, which the letter then says.
fn seal(tx: &Tx<'_>, letter: &mut Letter, account: &MailAccount) -> Outcome<Option<Sealed>> {
    if letter.event != TRIAL
        && !stands_now(tx, letter.object)?.is_some_and(|now| now.holds(letter.event, letter.detail))
    {
        letter.state = LetterState::Withdrawn;
        letter.reason = text!("letter-undone").show();
        return Ok(None);
    }
    // It was refused for ever while this letter waited.
    let note = tx.store.address_note(&letter.recipient)?;
    if note.invalid {
        return Err(Error::refused(text!("letter-address-invalid", said = note.reason)));
    }
    let facts = tx.facts();
    let facts: &dyn Facts = &facts;
    let (made, gone) = (facts.get_any::<LetterTemplate>(letter.template), || Error::refused(text!("object-gone")));
    let of = (letter.event, letter.detail);
    let made = match (made, facts.get_any::<CustomerOrder>(letter.object)) {
        (Some(template), Some(order)) => make::letter(&template, &order, account, of, facts)?,
        (None, _) if letter.event == TRIAL => make::trial(account),
        _ => return Err(gone()),
    };
    if letter.message_id.is_empty() {
        letter.message_id = message_id(&tx.clock.unique().to_string(), &account.address);
    }
    let parts = Parts {
        from: account.address.clone(),
        sender: account.signed().to_owned(),
        reply_to: account.reply_to.clone(),
        to: letter.recipient.clone(),
        subject: made.subject.clone(),
        text: made.text.clone(),
        html: made.html,
        date: tx.clock.letter_date(),
        id: letter.message_id.clone(),
    };
    let raw = message(&parts).map_err(Error::refused)?;
    letter.subject = made.subject;
    letter.body = made.text;
    letter.raw.clone_from(&raw);
    Ok(Some(Sealed { from: account.address.clone(), to: letter.recipient.clone(), raw }))
}

/// Hands a claimed letter over and writes down what came of it.
fn hand_over(session: &Session, letter: &Letter, sealed: &Sealed, carrier: &mut dyn Carrier) -> Outcome<Letter> {
    let mut hand = || {
        let (ours, _) = session.run(Op::Paper, |tx| {
            let known = tx.store.letter(letter.id)?;
            let ours = |known: &Letter| known.state == LetterState::Sending && known.lease == letter.lease;
            let Some(mut now) = known.filter(ours) else { return Ok(false) };
            now.handed = true;
            now.last_at = tx.now;
            tx.store.keep_letter(&now)?;
            Ok(true)
        })?;
        if ours { Ok(()) } else { Err(Error::refused(text!("letters-others"))) }
    };
    let carried = carrier.carry(sealed, &mut hand)?;
    let (now, _) = session.run(Op::Paper, |tx| note(tx, letter, &carried))?;
    Ok(now)
}

/// Writes down what came of an attempt: on the letter, its address and its account.
fn note(tx: &Tx<'_>, letter: &Letter, carried: &Carried) -> Outcome<Letter> {
    let account = letter.account;
    let mut now = Letter { claimed_by: String::new(), reason: String::new(), last_at: tx.now, ..letter.clone() };
    match carried {
        Carried::Taken(answer) => {
            now.state = LetterState::Sent;
            now.handed = true;
            now.answer.clone_from(answer);
            tell_address(tx, &letter.recipient, None)?;
            calm(tx, account)?;
        }
        Carried::Later { answer, slow } => {
            now.answer.clone_from(answer);
            put_off(&mut now, tx.now);
            if *slow {
                let pace = Pace { until: tx.now.plus_seconds(SLOW), failures: 0, reason: answer.clone() };
                tx.store.keep_mail_pace(account, &pace)?;
            } else {
                calm(tx, account)?;
            }
        }
        Carried::NoAddress { answer, gone } => {
            now.state = LetterState::Failed;
            now.answer.clone_from(answer);
            now.reason = text!("letter-address-refused").show();
            tell_address(tx, &letter.recipient, Some((answer, *gone)))?;
            calm(tx, account)?;
        }
        Carried::Never(answer) => {
            now.state = LetterState::Failed;
            now.answer.clone_from(answer);
            now.reason = text!("letter-refused").show();
            calm(tx, account)?;
        }
        Carried::Unknown(answer) => {
            now.state = LetterState::Unknown;
            now.handed = true;
            now.answer.clone_from(answer);
            now.reason = text!("letter-cut-off").show();
        }
        Carried::NotBegun(why) => {
            // The letter has nothing to do with it: it waits as it did.
            let before = tx.store.mail_pace(account)?;
            let at = usize::try_from(before.failures).unwrap_or(0).min(PEACE.len() - 1);
            let until = tx.now.plus_seconds(PEACE.get(at).copied().unwrap_or(SLOW));
            tx.store.keep_mail_pace(account, &Pace { until, failures: before.failures + 1, reason: why.clone() })?;
            now.state = if letter.attempts > 1 { LetterState::Deferred } else { LetterState::New };
            now.attempts -= 1;
            now.last_at = letter.last_at;
            now.reason.clone_from(why);
        }
    }
    // A trial is looked at by whoever sent it: it is not tried again behind his back.
    if now.event == TRIAL && now.state.waits() {
        now.state = LetterState::Failed;
    }
    tx.store.keep_letter(&now)?;
    Ok(now)
}

/// The server asks to come later, so often and no oftener.
fn put_off(letter: &mut Letter, now: Moment) {
    let wait = usize::try_from(letter.attempts - 1).ok().and_then(|at| LATER.get(at));
    match wait {
        Some(seconds) => {
            letter.state = LetterState::Deferred;
            letter.next_at = now.plus_seconds(*seconds);
            letter.reason = text!("letter-later", at = letter.next_at.russian()).show();
        }
        None => {
            letter.state = LetterState::Failed;
            letter.reason = text!("letter-tired").show();
        }
    }
}

/// The server was spoken to: what was held against it is forgotten.
fn calm(tx: &Tx<'_>, account: AnyRef) -> Outcome<()> {
    if tx.store.mail_pace(account)? == Pace::default() {
        return Ok(());
    }
    tx.store.keep_mail_pace(account, &Pace::default())
}

/// What a server said of an address; `None` when it took a letter for it.
fn tell_address(tx: &Tx<'_>, address: &str, refused: Option<(&String, bool)>) -> Outcome<()> {
    let known = tx.store.address_note(address)?;
    let note = match refused {
        None => AddressNote::default(),
        Some((answer, gone)) => {
            let refusals = known.refusals + 1;
            AddressNote { refusals, invalid: known.invalid || gone || refusals >= REFUSALS, reason: answer.clone() }
        }
    };
    if note == known { Ok(()) } else { tx.store.note_address(address, &note, tx.now) }
}

/// Hands over everything an account may send now, at most a round of it; gives how many letters were brought on, why
/// the rest waits, and until when.
fn send_of(session: &Session, account: &MailAccount, reach: &Reach) -> Outcome<(usize, Step)> {
    let of = account.reference().any();
    if session.store.due_letter(of, session.clock.now())?.is_none() {
        let next = session.store.next_due(of, session.clock.now())?;
        return Ok((0, Step::Rests(String::new(), next)));
    }
    let mut carrier: Option<Box<dyn Carrier>> = None;
    for done in 0..PER_ROUND {
        if let Some((why, until)) = hindrance(session, account)? {
            return Ok((done, Step::Rests(why.show(), until)));
        }
        if carrier.is_none() {
            let Some(password) = password_of(account) else {
                let why = text!("letters-no-password", account = account.name.clone());
                return Ok((done, Step::Rests(why.show(), None)));
            };
            carrier = Some(reach(account, password));
        }
        let Some(carrier) = carrier.as_mut() else { break };
        match step(session, account, carrier.as_mut())? {
            Step::Did(_) => {}
            rests => return Ok((done, rests)),
        }
    }
    Ok((PER_ROUND, Step::Rests(String::new(), Some(session.clock.now()))))
}

/// Letters that wait leave by themselves while a base is open.
pub struct LetterChore {
    reach: Reach,
    /// When reserves that expire were last looked for.
    reminded: Moment,
}

impl LetterChore {
    /// With the way into the world.
    pub fn new(reach: Reach) -> Self {
        Self { reach, reminded: Moment::EMPTY }
    }
}

impl Chore for LetterChore {
    fn name(&self) -> &'static str {
        "letters"
    }

    fn title(&self) -> Text {
        text!("letters-chore")
    }

    fn round(&mut self, session: &Session) -> Outcome<Round> {
        let now = session.clock.now();
        if now >= self.reminded.plus_seconds(REMIND) || self.reminded.is_empty() {
            super::follow::remind(session)?;
            self.reminded = now;
        }
        if session.store.open_letters()? == 0 {
            return Ok(Round::empty(0));
        }
        let mut done = look_after(session)?;
        let (mut why, mut again) = (String::new(), REST_MS);
        for account in accounts(session)? {
            let (count, rest) = send_of(session, &account, &self.reach)?;
            done += count;
            let Step::Rests(reason, until) = rest else { continue };
            if why.is_empty() {
                why = reason;
            }
            if let Some(until) = until {
                again = again.min(millis_until(session.clock.now(), until));
            }
        }
        Ok(Round { done, left: session.store.open_letters()?, why, again_ms: again })
    }
}

/// Milliseconds between two moments, a second at least: what is due now has been looked at.
fn millis_until(now: Moment, until: Moment) -> u64 {
    let (Some(now), Some(until)) = (now.to_chrono(), until.to_chrono()) else { return REST_MS };
    u64::try_from((until - now).num_milliseconds()).unwrap_or(0).clamp(1_000, REST_MS)
}
