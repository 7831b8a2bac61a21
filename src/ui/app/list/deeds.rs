//! What is done to the chosen rows of a list, in the background: marks, posting, moving to a folder.

use crate::domain::sales::customer_order::Priority;
use crate::kernel::money::Qty;
use crate::kernel::object::Object;
use crate::kernel::problems::{Error, Outcome, Place};
use crate::kernel::refs::{AnyRef, Ref};
use crate::kernel::text::Text;
use crate::kernel::value::Value;
use crate::ops::asked::Asked;
use crate::ops::cancel::CloseRule;
use crate::ops::draft::{Touch, recalculate};
use crate::ops::gate::{Op, Tx};
use crate::ops::save::How;
use crate::text;
use crate::ui::app::base::{Base, Each, Ticket};
use crate::ui::commands::Words;
use crate::ui::shell::page::{PageContext, Request, Toast};
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
    /// Agrees to an order whose terms are not those of its agreement.
    Approve,
    /// Closes an order.
    Close,
    /// Gives up what of an order is not shipped, for a reason.
    Cancel(AnyRef),
    /// Closes an order when a rule allows it.
    CloseBy(CloseRule),
    /// Notes that an item was asked for in vain.
    Asked,
    /// Gives a priority to an order.
    Rank(Priority),
}

/// What is put right in an object before the deed is done to it.
pub type Mend = (Place, Value);

/// A deed on its way.
pub struct Doing {
    deed: Deed,
    objects: Vec<AnyRef>,
    ticket: Ticket<Each>,
}

/// What came of a deed.
pub struct Done {
    /// What was done.
    pub deed: Deed,
    /// To what.
    pub objects: Vec<AnyRef>,
    /// What was refused, and the number of the last operation; or why nothing could be done at all.
    pub answer: Outcome<Each>,
}

impl Deed {
    const fn op(self) -> Op {
        match self {
            Deed::Mark(_) => Op::Mark,
            Deed::Post => Op::Post,
            Deed::Unpost => Op::Unpost,
            Deed::Move(_) | Deed::Approve | Deed::Close | Deed::Cancel(_) | Deed::CloseBy(_) | Deed::Rank(_) => {
                Op::Save
            }
            Deed::Asked => Op::Post,
        }
    }

    fn apply(self, tx: &mut Tx<'_>, reference: AnyRef, mend: Option<&Mend>) -> Outcome<()> {
        let mut object = match mend {
            None => None,
            Some(mend) => Some(mended(tx, reference, mend)?),
        };
        if !matches!(self, Deed::Post | Deed::Unpost | Deed::Move(_) | Deed::Approve | Deed::Close)
            && let Some(object) = &mut object
        {
            // What these deeds take up they take from the base.
            tx.save(object.as_mut(), How::Write)?;
        }
        match self {
            Deed::Mark(marked) => return tx.mark(reference, marked),
            Deed::Cancel(reason) => return tx.cancel_order(reference, reason.typed()),
            Deed::CloseBy(rule) => return tx.close_order(reference, rule),
            Deed::Asked => return ask(tx, reference),
            Deed::Rank(priority) => return tx.set_priority(&[reference], priority).map(|_| ()),
            _ => {}
        }
        let mut object = match object {
            Some(object) => object,
            None => loaded(tx, reference)?,
        };
        let how = match self {
            Deed::Post => How::Post,
            Deed::Unpost => How::Unpost,
            Deed::Move(folder) => {
                let _ = object.set_by_name("parent", Value::Ref(folder));
                How::Write
            }
            Deed::Approve => {
                let _ = object.set_by_name("agreed", Value::Bool(true));
                How::Post
            }
            Deed::Close => {
                let _ = object.set_by_name("closed", Value::Bool(true));
                How::Post
            }
            Deed::Mark(_) | Deed::Cancel(_) | Deed::CloseBy(_) | Deed::Asked | Deed::Rank(_) => return Ok(()),
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
            Deed::Approve => text!("list-approved", count = count),
            Deed::Close | Deed::CloseBy(_) => text!("list-closed", count = count),
            Deed::Cancel(_) => text!("list-cancelled", count = count),
            Deed::Asked => text!("list-asked"),
            Deed::Rank(priority) => text!("list-priority-set", count = count, priority = priority.label()),
        };
        text.into()
    }
}

fn loaded(tx: &Tx<'_>, reference: AnyRef) -> Outcome<Box<dyn Object>> {
    tx.store.load(reference)?.ok_or_else(|| Error::refused(text!("object-gone")))
}

/// The object with one place put right and what follows from it, not written yet.
fn mended(tx: &Tx<'_>, reference: AnyRef, (place, value): &Mend) -> Outcome<Box<dyn Object>> {
    let object = loaded(tx, reference)?;
    let touched = Touch::at(object.as_ref(), place, value.clone());
    let facts = tx.facts();
    let patch = recalculate(object, touched.as_slice(), &facts);
    facts.result()?;
    Ok(patch.into_after())
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
    /// Begins; what takes longer is shown in the status bar and can be stopped there. What is put right is put right in
    /// each of the objects first.
    pub fn begin(base: &Base, deed: Deed, objects: Vec<AnyRef>, mend: Option<Mend>, ctx: &mut PageContext<'_>) -> Self {
        let progress = Progress::default();
        if objects.len() > 1 {
            ctx.requests.push(Request::Work(deed.working(), progress.clone()));
        }
        let apply = move |tx: &mut Tx<'_>, object| deed.apply(tx, object, mend.as_ref());
        let ticket = base.each(deed.op(), objects.clone(), progress, apply);
        Self { deed, objects, ticket }
    }

    /// What came of it, when it is over.
    pub fn take(doing: &mut Option<Self>) -> Option<Done> {
        let answer = doing.as_ref()?.ticket.poll()?;
        let Self { deed, objects, .. } = doing.take()?;
        Some(Done { deed, objects, answer })
    }
}

impl Done {
    /// Tells of what was done; it can be taken back there.
    pub fn tell(&self, ctx: &mut PageContext<'_>) {
        let Ok((refused, operation)) = &self.answer else { return };
        let done = self.objects.len() - refused.len();
        if done == 0 {
            return;
        }
        let toast = match self.deed {
            Deed::Rank(_) if *operation == 0 => {
                Toast { text: text!("list-priority-same").into(), role: Role::Note, opens: None }
            }
            deed => Toast { text: deed.done(done), role: Role::Good, opens: None },
        };
        ctx.requests.push(Request::Done(toast, *operation));
    }
}
