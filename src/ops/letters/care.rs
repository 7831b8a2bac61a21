//! What a person does with the queue: looks at a letter, sends it again, stops it, sends himself one on trial.

use super::follow::recipient;
use super::{TRIAL, event_label, make};
use crate::domain::company::rights::Act;
use crate::domain::crm::letter_template::LetterTemplate;
use crate::domain::crm::letter_text::Letter as Made;
use crate::domain::crm::mail_account::{MailAccount, account_of};
use crate::domain::sales::customer_order::CustomerOrder;
use crate::kernel::facts::Facts;
use crate::kernel::object::{Declared as _, Referable as _};
use crate::kernel::problems::{Error, Outcome};
use crate::kernel::refs::AnyRef;
use crate::kernel::value::Choice as _;
use crate::ops::gate::{Op, Session};
use crate::ops::present::Titles;
use crate::ops::rights::require_act;
use crate::store::letters::{AddressNote, Letter, LetterState};
use crate::text;

/// Puts a letter that is over into the queue again: to the address the buyer has now, filled anew. What may have been
/// delivered is only sent again because a person has said so.
pub fn again(session: &Session, id: i64) -> Outcome<()> {
    let ((), _) = session.run(Op::Paper, |tx| {
        let over = |letter: &Letter| !letter.state.waits() && letter.state != LetterState::Sending;
        let Some(mut letter) = tx.store.letter(id)?.filter(over) else { return Ok(()) };
        let facts = tx.facts();
        let facts: &dyn Facts = &facts;
        if let Some(order) = facts.get_any::<CustomerOrder>(letter.object)
            && let Some(address) = recipient(&order, facts)
        {
            letter.recipient = address;
        }
        if tx.store.address_note(&letter.recipient)?.invalid {
            tx.store.note_address(&letter.recipient, &AddressNote::default(), tx.now)?;
        }
        letter.state = LetterState::New;
        letter.handed = false;
        letter.attempts = 0;
        letter.next_at = tx.now;
        letter.reason.clear();
        letter.answer.clear();
        // It is another letter to the mail.
        letter.message_id.clear();
        tx.store.keep_letter(&letter)
    })?;
    Ok(())
}

/// Stops a letter that waits; false when it was under way already.
pub fn stop(session: &Session, id: i64) -> Outcome<bool> {
    let (stopped, _) = session.run(Op::Paper, |tx| {
        let Some(mut letter) = tx.store.letter(id)?.filter(|letter| letter.state.waits()) else { return Ok(false) };
        letter.state = LetterState::Withdrawn;
        letter.reason = text!("letter-stopped").show();
        tx.store.keep_letter(&letter)?;
        Ok(true)
    })?;
    Ok(stopped)
}

/// A letter of the queue as it would leave now; what has left is shown as it was.
pub fn shown(session: &Session, letter: &Letter) -> Outcome<Made> {
    if !letter.raw.is_empty() && !letter.state.waits() {
        return Ok(Made { subject: letter.subject.clone(), text: letter.body.clone(), html: String::new() });
    }
    let facts = session.facts();
    let facts: &dyn Facts = &facts;
    let parts = (
        facts.get_any::<LetterTemplate>(letter.template),
        facts.get_any::<CustomerOrder>(letter.object),
        facts.get_any::<MailAccount>(letter.account),
    );
    match parts {
        (Some(template), Some(order), Some(account)) => {
            make::letter(&template, &order, &account, (letter.event, letter.detail), facts)
        }
        (_, _, Some(account)) if letter.event == TRIAL => Ok(make::trial(&account)),
        _ => Err(Error::refused(text!("object-gone"))),
    }
}

/// A template on a real order, as it is typed: nothing is written.
pub fn preview(session: &Session, template: &LetterTemplate, order: AnyRef) -> Outcome<Made> {
    let facts = session.facts();
    let facts: &dyn Facts = &facts;
    let Some(order) = facts.get_any::<CustomerOrder>(order) else { return Err(Error::refused(text!("object-gone"))) };
    let account = account_of(facts, order.company).unwrap_or_default();
    // A reserve has no day before it expires: tomorrow is as good as any.
    let detail = facts.today().plus_days(1).stored();
    make::letter(template, &order, &account, (template.event.number(), detail), facts)
}

/// The newest posted order, on which a template is shown first; empty where there is none.
pub fn sample_order(session: &Session) -> Outcome<AnyRef> {
    use crate::store::lists::{Anchor, ListQuery};
    let mut query = ListQuery::usual(CustomerOrder::declared(), Vec::new());
    query.descending = true;
    let page = session.store.list_page(&query, &Anchor::Start, 1)?;
    Ok(page.first().map_or(AnyRef::EMPTY, |line| line.reference))
}

/// Puts a letter to oneself in the queue: of a template filled from an order, or one that only says that letters
/// arrive. Gives its number.
pub fn trial(session: &Session, account: AnyRef, of: Option<(AnyRef, AnyRef)>) -> Outcome<i64> {
    let (template, object) = of.unwrap_or_default();
    let (id, _) = session.run(Op::Paper, |tx| {
        let facts = tx.facts();
        let found = (&facts as &dyn Facts).get_any::<MailAccount>(account);
        facts.result()?;
        let Some(found) = found else { return Err(Error::refused(text!("letter-no-account"))) };
        let mut letter = Letter {
            object,
            event: TRIAL,
            detail: tx.now.stored(),
            template,
            account,
            recipient: found.address.clone(),
            next_at: tx.now,
            created: tx.now,
            ..Letter::default()
        };
        // Several may be sent within a second.
        loop {
            match tx.store.add_letter(&letter)? {
                Some(id) => return Ok(id),
                None => letter.occurrence += 1,
            }
        }
    })?;
    Ok(id)
}

/// The account a trial of a template leaves through: that of the order it is shown on.
pub fn account_for(session: &Session, order: AnyRef) -> Outcome<AnyRef> {
    let facts = session.facts();
    let facts: &dyn Facts = &facts;
    let company = facts.get_any::<CustomerOrder>(order).map(|order| order.company).unwrap_or_default();
    Ok(account_of(facts, company).map_or(AnyRef::EMPTY, |account| account.reference().any()))
}

/// A letter with what it is called in a list.
#[derive(Clone, Debug, Default)]
pub struct Row {
    /// The letter.
    pub letter: Letter,
    /// The order it tells of; empty for a trial without one.
    pub order: String,
    /// What happened.
    pub event: String,
}

/// Which letters are looked at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// Of one state; of all when absent.
    pub state: Option<LetterState>,
    /// Of one order; of all when empty.
    pub order: AnyRef,
}

/// The newest letters the user may see, the newest first. Whoever may not see an order does not read what its buyer
/// was told.
pub fn rows(session: &Session, wanted: Wanted, limit: usize) -> Outcome<Vec<Row>> {
    let rights = session.rights()?;
    require_act(&rights, Act::Read, CustomerOrder::declared())?;
    let mut letters = if wanted.order.is_empty() {
        session.store.letters_page(wanted.state, 0, i64::try_from(limit).unwrap_or(i64::MAX))?
    } else {
        let mut all = session.store.letters_of(wanted.order)?;
        all.retain(|letter| wanted.state.is_none_or(|state| letter.state == state));
        all.reverse();
        all
    };
    let facts = session.facts();
    let mut titles = Titles::default();
    letters.truncate(limit);
    let mut found = Vec::with_capacity(letters.len());
    for letter in letters {
        if !rights.is_full()
            && let Some(order) = session.store.load(letter.object)?
            && !session.sees(order.as_ref())?
        {
            continue;
        }
        let order = titles.of(letter.object, &session.store, &facts)?;
        found.push(Row { event: event_label(letter.event), order, letter });
    }
    facts.result()?;
    Ok(found)
}

/// What a person decides about letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Sent again, or at last.
    Again,
    /// Not sent.
    Stop,
}

impl Verdict {
    /// True for a letter it can be said of.
    pub fn fits(self, letter: &Letter) -> bool {
        match self {
            Verdict::Again => !letter.state.waits() && letter.state != LetterState::Sending,
            Verdict::Stop => letter.state.waits(),
        }
    }
}

/// Carries a decision out; gives how many letters it was about.
pub fn decide(session: &Session, letters: &[i64], verdict: Verdict) -> Outcome<usize> {
    let rights = session.rights()?;
    require_act(&rights, Act::Write, CustomerOrder::declared())?;
    let mut count = 0;
    for letter in letters {
        match verdict {
            Verdict::Again => again(session, *letter)?,
            Verdict::Stop if !stop(session, *letter)? => continue,
            Verdict::Stop => {}
        }
        count += 1;
    }
    Ok(count)
}
