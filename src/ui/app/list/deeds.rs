//! What is done to the chosen rows of a list, in the background: marks, posting, moving to a folder.

use crate::kernel::money::Qty;
use crate::kernel::problems::{Error, Outcome, Place};
use crate::kernel::refs::{AnyRef, Ref};
use crate::kernel::text::Text;
use crate::kernel::value::Value;
use crate::ops::asked::Asked;
use crate::ops::cancel::CloseRule;
use crate::ops::gate::{Op, Tx};
use crate::ops::save::How;
use crate::text;
use crate::ui::app::base::{Base, Each, Ticket};
use crate::ui::commands::Words;
use crate::ui::shell::page::{Message, PageContext, Request, Toast};
use crate::ui::theme::Role;
use crate::ui::widgets::progress::Progress;

/// What is done to each chosen object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deed {
    /// Sets or takes off the deletion mark.
    Mark(bool),
    /// Posts a document.
    Post,
    /// Takes posting back.
    Unpost,
    /// Moves into a folder; the empty reference is the top.
    Move(AnyRef),
    /// Closes an order.
    Close,
    /// Gives up what of an order is not shipped, for a reason.
    Cancel(AnyRef),
    /// Closes an order when a rule allows it.
    CloseBy(CloseRule),
    /// Notes that an item was asked for in vain.
    Asked,
}

/// A deed on its way.
pub struct Doing {
    deed: Deed,
    count: usize,
    ticket: Ticket<Each>,
}

impl Deed {
    const fn op(self) -> Op {
        match self {
            Deed::Mark(_) => Op::Mark,
            Deed::Post => Op::Post,
            Deed::Unpost => Op::Unpost,
            Deed::Move(_) | Deed::Close | Deed::Cancel(_) | Deed::CloseBy(_) => Op::Save,
            Deed::Asked => Op::Post,
        }
    }

    fn apply(self, tx: &mut Tx<'_>, reference: AnyRef) -> Outcome<()> {
        if let Deed::Mark(marked) = self {
            return tx.mark(reference, marked);
        }
        match self {
            Deed::Cancel(reason) => return tx.cancel_order(reference, reason.typed()),
            Deed::CloseBy(rule) => return tx.close_order(reference, rule),
            Deed::Asked => return ask(tx, reference),
            _ => {}
        }
        let Some(mut object) = tx.store.load(reference)? else { return Err(Error::refused(text!("object-gone"))) };
        let how = match self {
            Deed::Post => How::Post,
            Deed::Unpost => How::Unpost,
            Deed::Move(folder) => {
                let _ = object.set_by_name("parent", Value::Ref(folder));
                How::Write
            }
            Deed::Close => {
                let _ = object.set_by_name("closed", Value::Bool(true));
                How::Post
            }
            Deed::Mark(_) | Deed::Cancel(_) | Deed::CloseBy(_) | Deed::Asked => return Ok(()),
        };
        tx.save(object.as_mut(), how)
    }

    fn working(self) -> Words {
        self.op().label().into()
    }

    fn done(self, count: usize) -> Words {
        let text = match self {
            Deed::Mark(true) => text!("list-marked", count = count),
            Deed::Mark(false) => text!("list-unmarked", count = count),
            Deed::Post => text!("list-posted", count = count),
            Deed::Unpost => text!("list-unposted", count = count),
            Deed::Move(_) => text!("list-moved", count = count),
            Deed::Close | Deed::CloseBy(_) => text!("list-closed", count = count),
            Deed::Cancel(_) => text!("list-cancelled", count = count),
            Deed::Asked => text!("list-asked"),
        };
        text.into()
    }
}

fn ask(tx: &mut Tx<'_>, item: AnyRef) -> Outcome<()> {
    let asked = Asked { item: item.typed(), qty: Qty::whole(1), customer: Ref::EMPTY, warehouse: Ref::EMPTY };
    tx.note_asked(asked).map(|_| ())
}

/// What a rule of closing is called.
pub fn rule_label(rule: CloseRule) -> Text {
    match rule {
        CloseRule::Finished => text!("close-rule-finished"),
        CloseRule::Idle(days) => text!("close-rule-idle", days = days),
    }
}

impl Doing {
    /// Begins; what takes longer is shown in the status bar and can be stopped there.
    pub fn begin(base: &Base, deed: Deed, objects: Vec<AnyRef>, ctx: &mut PageContext<'_>) -> Self {
        let count = objects.len();
        let progress = Progress::default();
        if count > 1 {
            ctx.requests.push(Request::Work(deed.working(), progress.clone()));
        }
        let ticket = base.each(deed.op(), objects, progress, move |tx, object| deed.apply(tx, object));
        Self { deed, count, ticket }
    }

    /// Tells what came of it; true when it is over.
    pub fn poll(&self, ctx: &mut PageContext<'_>) -> bool {
        let Some(answer) = self.ticket.poll() else { return false };
        match answer {
            Err(error) => ctx.requests.push(Request::Messages(vec![message(error.sentence())])),
            Ok((refused, operation)) => {
                let done = self.count - refused.len();
                if done > 0 {
                    let toast = Toast { text: self.deed.done(done), role: Role::Good, opens: None };
                    ctx.requests.push(Request::Done(toast, operation));
                }
                let messages = refused.iter().flat_map(|(object, error)| {
                    let title = ctx.host.suggest().title(*object);
                    let sentence = error.sentence();
                    let lines: Vec<Message> = sentence
                        .lines()
                        .map(|line| match &title {
                            Some(title) => message(text!("list-refused", object = title, reason = line).show()),
                            None => message(line.to_owned()),
                        })
                        .collect();
                    lines
                });
                let messages = messages.collect();
                ctx.requests.push(Request::Messages(messages));
            }
        }
        true
    }
}

fn message(text: String) -> Message {
    Message { text, role: Role::Danger, place: Place::Whole }
}
