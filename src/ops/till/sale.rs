//! Documents of a till with the jobs of their paper, in one transaction each.

use super::JobKind;
use crate::domain::company::rights::{Act, Rights};
use crate::domain::retail::receipt::{FiscalState, TillReceipt};
use crate::domain::retail::receipt_return::TillReturn;
use crate::domain::retail::shift::TillShift;
use crate::domain::retail::till::{Till, TillPaper};
use crate::domain::retail::till_advance::TillAdvance;
use crate::domain::retail::till_cash::TillCash;
use crate::domain::retail::till_correction::TillCorrection;
use crate::kernel::object::{Declared, Referable as _, Uid};
use crate::kernel::problems::{Error, Outcome};
use crate::kernel::refs::{AnyRef, Ref};
use crate::ops::gate::{Changed, Once, Op, Session, Tx};
use crate::ops::rights::require_act;
use crate::ops::save::How;
use crate::store::jobs::{Job, JobState};
use crate::text;
use std::sync::Arc;

/// Somebody's permission for one deed, given at the till without the cashier's leaving it: see
/// [`crate::ops::sign_in::permit`].
#[derive(Clone)]
pub struct Permit {
    /// Who gave it.
    pub user: AnyRef,
    /// What he may do.
    pub rights: Arc<Rights>,
}

/// A document that can be sold, returned or moved at a till.
trait Papered: Declared + Clone {
    const KIND: JobKind;
    fn till(&self) -> Ref<Till>;
    /// Its paper is to come, or none will.
    fn waits(&mut self, _: FiscalState) {}
    /// Somebody has permitted it.
    fn permitted(&mut self, _: AnyRef) {}
}

/// Papers of which the document itself knows how they stand and who permitted them, or of which others do.
macro_rules! papered {
    ($kind:ident: $document:ty $(, $state:ident, $by:ident)?) => {
        impl Papered for $document {
            const KIND: JobKind = JobKind::$kind;
            fn till(&self) -> Ref<Till> {
                self.till
            }
            $(
                fn waits(&mut self, state: FiscalState) {
                    self.$state = state;
                }
                fn permitted(&mut self, by: AnyRef) {
                    self.$by = by.typed();
                }
            )?
        }
    };
}

papered!(Receipt: TillReceipt, fiscal_state, permitted_by);
papered!(Return: TillReturn, fiscal_state, permitted_by);
papered!(Cash: TillCash);
// Their paper follows their posting, also from their forms.
papered!(Advance: TillAdvance);
papered!(Correction: TillCorrection);

impl Tx<'_> {
    /// Puts a job in the queue of a till, unless the till gives no such paper.
    pub fn queue_job(&mut self, till: Ref<Till>, kind: JobKind, document: AnyRef, copy: i64) -> Outcome<()> {
        match self.paper_of(till)? {
            TillPaper::None => return Ok(()),
            TillPaper::Printer if kind == JobKind::OpenShift => return Ok(()),
            TillPaper::Printer | TillPaper::Registrar => {}
        }
        self.note_job(till, kind, document, copy).map(|_| ())
    }

    /// Writes a job down; gives its number, `None` when it was there.
    fn note_job(&self, till: Ref<Till>, kind: JobKind, document: AnyRef, copy: i64) -> Outcome<Option<i64>> {
        let job = Job {
            place: till.any(),
            kind: kind.number(),
            document,
            copy,
            key: self.clock.unique().to_string(),
            created: self.now,
            ..Job::default()
        };
        self.store.add_job(&job)
    }

    fn paper_of(&self, till: Ref<Till>) -> Outcome<TillPaper> {
        let facts = self.facts();
        let found = (&facts as &dyn crate::kernel::facts::Facts).get(till);
        facts.result()?;
        Ok(found.map_or(TillPaper::None, |till| till.paper()))
    }

    /// Works with the rights of whoever permitted a deed, once.
    fn permitted<T>(&mut self, permit: Option<&Permit>, deed: impl FnOnce(&mut Self) -> Outcome<T>) -> Outcome<T> {
        let Some(permit) = permit else { return deed(self) };
        let own = std::mem::replace(&mut self.rights, Arc::clone(&permit.rights));
        let done = deed(self);
        self.rights = own;
        done
    }

    fn sell<D: Papered>(&mut self, document: &D, permit: Option<&Permit>) -> Outcome<AnyRef> {
        let mut own = document.clone();
        let paperless = self.paper_of(own.till())? == TillPaper::None;
        own.waits(if paperless { FiscalState::None } else { FiscalState::Waiting });
        if let Some(permit) = permit {
            own.permitted(permit.user);
        }
        // A receipt that was held is in the base already: what was typed meanwhile is laid over it.
        self.permitted(permit, |tx| tx.save(&mut own, How::Post))?;
        let reference = own.reference().any();
        if own.head().version > 1 && !paperless {
            let waiting = crate::kernel::value::Field::value(&FiscalState::Waiting);
            self.store.set_computed(reference, &[("fiscal_state", waiting)])?;
        }
        self.queue_job(own.till(), D::KIND, reference, 0)?;
        Ok(reference)
    }
}

/// Does it once, whatever becomes of the answer: the same key twice is the same document.
fn once<D: Papered>(session: &Session, key: Uid, document: &D, permit: Option<&Permit>) -> Outcome<(AnyRef, Changed)> {
    match session.run_once(key, Op::Post, |tx| tx.sell(document, permit))? {
        Once::Done(reference, changed) => Ok((reference, changed)),
        Once::Before(changed) => {
            let own = changed.objects.iter().find(|object| object.is_of(D::declared())).copied();
            own.map(|own| (own, changed)).ok_or_else(|| Error::refused(text!("object-gone")))
        }
    }
}

/// Sells: the receipt is posted and its paper put in the queue. `key` is made when the receipt is begun and kept
/// until the answer has come: a sale that was perhaps made is not made again.
pub fn sell(
    session: &Session,
    key: Uid,
    receipt: &TillReceipt,
    permit: Option<&Permit>,
) -> Outcome<(Ref<TillReceipt>, Changed)> {
    once(session, key, receipt, permit).map(|(reference, changed)| (reference.typed(), changed))
}

/// Takes goods of a receipt back.
pub fn take_back(
    session: &Session,
    key: Uid,
    back: &TillReturn,
    permit: Option<&Permit>,
) -> Outcome<(Ref<TillReturn>, Changed)> {
    once(session, key, back, permit).map(|(reference, changed)| (reference.typed(), changed))
}

/// Puts cash in or takes it out.
pub fn move_cash(
    session: &Session,
    key: Uid,
    cash: &TillCash,
    permit: Option<&Permit>,
) -> Outcome<(Ref<TillCash>, Changed)> {
    once(session, key, cash, permit).map(|(reference, changed)| (reference.typed(), changed))
}

/// Takes an advance of a buyer, or gives it back.
pub fn advance(
    session: &Session,
    key: Uid,
    advance: &TillAdvance,
    permit: Option<&Permit>,
) -> Outcome<(Ref<TillAdvance>, Changed)> {
    once(session, key, advance, permit).map(|(reference, changed)| (reference.typed(), changed))
}

/// Tells the tax office of a settlement that went past the registrar, or wrong.
pub fn correct(
    session: &Session,
    key: Uid,
    correction: &TillCorrection,
    permit: Option<&Permit>,
) -> Outcome<(Ref<TillCorrection>, Changed)> {
    once(session, key, correction, permit).map(|(reference, changed)| (reference.typed(), changed))
}

/// Opens a shift.
pub fn open_shift(session: &Session, shift: &TillShift) -> Outcome<(Ref<TillShift>, Changed)> {
    session.run(Op::Post, |tx| {
        let mut own = shift.clone();
        tx.save(&mut own, How::Post)?;
        tx.queue_job(own.till, JobKind::OpenShift, own.reference().any(), 0)?;
        Ok(own.reference())
    })
}

/// Closes a shift with the cash counted; the Z report follows by its job.
pub fn close_shift(
    session: &Session,
    shift: Ref<TillShift>,
    counted: crate::kernel::money::Money,
) -> Outcome<(Ref<TillShift>, Changed)> {
    session.run(Op::Post, |tx| {
        let loaded = tx.store.load(shift.any())?;
        let Some(mut own) = loaded.as_deref().and_then(|found| found.downcast::<TillShift>()).cloned() else {
            return Err(Error::refused(text!("object-gone")));
        };
        own.closed = tx.now;
        own.counted = counted;
        tx.save(&mut own, How::Post)?;
        tx.queue_job(own.till, JobKind::CloseShift, own.reference().any(), 0)?;
        Ok(own.reference())
    })
}

/// The next number of a job of a kind of a document, behind those there are.
fn next_copy(tx: &Tx<'_>, document: AnyRef, kind: JobKind) -> Outcome<i64> {
    let jobs = tx.store.jobs_of(document)?;
    let own = jobs.iter().filter(|job| job.kind == kind.number());
    Ok(own.map(|job| job.copy).max().unwrap_or(0) + 1)
}

/// One more copy of a receipt, marked as one.
pub fn copy(session: &Session, receipt: AnyRef) -> Outcome<Changed> {
    let done = session.run(Op::Paper, |tx| {
        let jobs = tx.store.jobs_of(receipt)?;
        let Some(first) = jobs.first() else { return Err(Error::refused(text!("till-no-paper"))) };
        let number = next_copy(tx, receipt, JobKind::Copy)?;
        tx.queue_job(first.place.typed(), JobKind::Copy, receipt, number)?;
        // Who brings the paper looks at what was touched.
        tx.touch(receipt);
        Ok(())
    })?;
    Ok(done.1)
}

/// Notes that the drawer is opened without a sale, by whom and when; refused to who may not move cash.
pub fn open_drawer(session: &Session, till: Ref<Till>, shift: Ref<TillShift>) -> Outcome<Changed> {
    let done = session.run(Op::Paper, |tx| {
        require_act(&tx.rights, Act::Post, TillCash::META)?;
        let number = next_copy(tx, shift.any(), JobKind::Drawer)?;
        let Some(id) = tx.note_job(till, JobKind::Drawer, shift.any(), number)? else { return Ok(()) };
        let Some(mut job) = tx.store.job(id)? else { return Ok(()) };
        (job.state, job.printed) = (JobState::Done, tx.now);
        tx.store.keep_job(&job)?;
        tx.touch(shift.any());
        Ok(())
    })?;
    Ok(done.1)
}
