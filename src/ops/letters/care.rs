//! What a person does with the queue: looks at a letter, sends it again, stops it, sends himself one on trial.

use super::follow::recipient;
use super::send::{self, Reach};
use super::{TRIAL, make};
use crate::domain::crm::letter_template::LetterTemplate;
use crate::domain::crm::letter_text::Letter as Made;
use crate::domain::crm::mail_account::{MailAccount, account_of};
use crate::domain::sales::customer_order::CustomerOrder;
use crate::kernel::facts::Facts;
use crate::kernel::moment::Moment;
use crate::kernel::problems::{Error, Outcome};
use crate::kernel::refs::AnyRef;
use crate::kernel::value::Choice as _;
use crate::ops::gate::{Op, Session};
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
    use crate::kernel::object::Declared as _;
    use crate::store::lists::{Anchor, ListQuery};
    let mut query = ListQuery::usual(CustomerOrder::declared(), Vec::new());
    query.descending = true;
    let page = session.store.list_page(&query, &Anchor::Start, 1)?;
    Ok(page.first().map_or(AnyRef::EMPTY, |line| line.reference))
}

/// Sends oneself a letter on trial, at once: of a template filled from an order, or one that only says that letters
/// arrive. Gives it with what the server said.
pub fn trial(session: &Session, account: AnyRef, of: Option<(AnyRef, AnyRef)>, reach: &Reach) -> Outcome<Letter> {
    let facts = session.facts();
    let found = (&facts as &dyn Facts).get_any::<MailAccount>(account);
    facts.result()?;
    drop(facts);
    let Some(found) = found else { return Err(Error::refused(text!("letter-no-account"))) };
    let (template, object) = of.unwrap_or_default();
    let (id, _) = session.run(Op::Paper, |tx| {
        let mut letter = Letter {
            object,
            event: TRIAL,
            detail: tx.now.stored(),
            template,
            account,
            recipient: found.address.clone(),
            next_at: Moment::FOREVER,
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
    send::send_now(session, id, &found, reach)
}
