//! What a form asks of the base while it is open: recalculation, saving, a look at what others changed.

use super::load::{self, Beside, Saved};
use super::refusal::Explained;
use super::{FormPage, Stage};
use crate::kernel::meta::ObjectMeta;
use crate::kernel::object::Object;
use crate::kernel::problems::{Error, Outcome, Place, Problem, Problems};
use crate::kernel::refs::AnyRef;
use crate::kernel::text::Text;
use crate::ops::gate::Op;
use crate::ops::raise::{Raised, raised_by};
use crate::ops::reallocate::Shift;
use crate::ops::save::How;
use crate::text;
use crate::ui::app::base::Ticket;
use crate::ui::shell::dialog::{Answer, Choice, Dialog};
use crate::ui::shell::page::{Message, Open, PageContext, Request, Toast};
use crate::ui::theme::Role;
use std::collections::BTreeSet;

/// The question whether others give up what they hold.
pub const RAISED: &str = "raised";

/// What is done to the object in the base.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deed {
    /// It is written, posted or taken back.
    Save(How),
    /// The deletion mark is set or taken off.
    Mark(bool),
}

/// What follows when it is done.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Then {
    /// The form stays.
    Stay,
    /// The form closes; where it was opened to choose, the object is chosen.
    Close,
    /// Another object is made on the basis of this one.
    Based(&'static ObjectMeta),
    /// Goods the order lacks are ordered.
    Supply,
    /// A printed form is shown.
    Print(&'static str),
    /// A workplace for the order is opened.
    Work(&'static str),
}

/// Whether orders behind in the queue give up what they hold for this one.
#[derive(Clone, Debug, Default)]
pub enum Sharing {
    /// It is asked where somebody would lose anything.
    #[default]
    Ask,
    /// Nobody gives up anything.
    Keep,
    /// They do, as it was shown.
    Share(Vec<Shift>),
}

/// What came of a deed.
enum Written {
    /// It is done, by an operation of this number.
    Done(Box<Saved>, i64),
    /// Others would lose what they hold: it is asked first.
    Asks(Raised),
}

/// A deed on its way.
pub struct Saving {
    ticket: Ticket<Written>,
    revision: u64,
    deed: Deed,
    then: Then,
}

/// The object as it is in the base now.
pub struct Peeked {
    object: Box<dyn Object>,
    beside: Beside,
}

/// An answer that is to be shown when it comes.
pub enum Waiting {
    /// Documents that were made.
    Made(Ticket<Vec<AnyRef>>),
    /// Something was done; what is said of it.
    Said(Ticket<Text>),
    /// An explanation: the title and the words.
    Why(Ticket<(String, String)>),
    /// A refusal with what can be done about it.
    Refusal(Ticket<Explained>),
}

impl Deed {
    const fn op(self) -> Op {
        match self {
            Deed::Save(How::Write) => Op::Save,
            Deed::Save(How::Post) => Op::Post,
            Deed::Save(How::Unpost) => Op::Unpost,
            Deed::Mark(_) => Op::Mark,
        }
    }
    fn done(self, title: &str) -> Text {
        match self {
            Deed::Save(How::Write) => text!("form-saved", title = title),
            Deed::Save(How::Post) => text!("form-posted", title = title),
            Deed::Save(How::Unpost) => text!("form-unposted", title = title),
            Deed::Mark(true) => text!("form-marked", title = title),
            Deed::Mark(false) => text!("form-unmarked", title = title),
        }
    }
}

impl FormPage {
    /// It is being written and closes by itself then.
    pub(super) fn closes_with_saving(&self) -> bool {
        let then = self.saving.as_ref().map(|saving| saving.then).or(self.wanted.map(|(_, then)| then));
        then == Some(Then::Close)
    }

    /// Asks for a deed whose question about others is answered.
    pub(super) fn want_shared(&mut self, answer: &Answer) {
        let Some((deed, then, raised)) = self.raised.take() else { return };
        let sharing = match answer {
            Answer::Button(button) if button == "share" => Sharing::Share(raised.shifts),
            Answer::Button(button) if button == "keep" => Sharing::Keep,
            _ => return,
        };
        self.want(deed, then);
        self.sharing = sharing;
    }

    /// Asks for a deed: it begins when nothing waits to be recalculated.
    pub(super) fn want(&mut self, deed: Deed, then: Then) {
        if self.editor().is_some() {
            self.wanted = Some((deed, then));
        }
    }

    /// Takes in every answer that has come and begins what waits.
    pub(super) fn advance(&mut self, ctx: &mut PageContext<'_>) {
        if let Stage::Loading(ticket) = &self.stage {
            match ticket.poll() {
                Some(answer) => self.loaded(answer, ctx),
                None => return,
            }
        }
        let base = std::rc::Rc::clone(&self.base);
        let failed = self.editor_mut().and_then(|editor| editor.draft.tick(&base));
        if let Some(error) = failed {
            ctx.toast(error.sentence(), Role::Danger);
        }
        self.take_waiting(ctx);
        self.take_compared(ctx);
        if let Some(answer) = self.saving.as_ref().and_then(|saving| saving.ticket.poll()) {
            self.saved(answer, ctx);
        }
        self.begin_wanted();
        self.take_look(ctx);
    }

    fn begin_wanted(&mut self) {
        let Some((deed, then)) = self.wanted.filter(|_| self.saving.is_none()) else { return };
        let Some(editor) = self.editor().filter(|editor| editor.draft.settled()) else { return };
        let revision = editor.draft.revision();
        let copy = editor.draft.object.boxed();
        let sharing = std::mem::take(&mut self.sharing);
        let ticket = self.base.act(move |session| {
            if let (Deed::Save(how), Sharing::Ask) = (deed, &sharing)
                && let Some(raised) = raised_by(session, copy.as_ref(), how)?
            {
                return Ok((Written::Asks(raised), BTreeSet::new()));
            }
            let shared = if let Sharing::Share(shifts) = &sharing { shifts.as_slice() } else { &[] };
            let (saved, changed) = session.run(deed.op(), |tx| match deed {
                Deed::Save(how) => load::save(tx, copy.boxed(), how, shared),
                Deed::Mark(marked) => load::mark(tx, copy.boxed(), marked),
            })?;
            Ok((Written::Done(Box::new(saved), changed.operation), changed.objects))
        });
        self.wanted = None;
        self.saving = Some(Saving { ticket, revision, deed, then });
    }

    fn saved(&mut self, answer: Outcome<Written>, ctx: &mut PageContext<'_>) {
        let Some(Saving { revision, deed, then, .. }) = self.saving.take() else { return };
        let (saved, operation) = match answer {
            Ok(Written::Done(saved, operation)) => (*saved, operation),
            Ok(Written::Asks(raised)) => {
                ctx.ask(question(&raised), RAISED);
                self.raised = Some((deed, then, raised));
                return;
            }
            Err(error) => return self.refused(error, (deed, then), ctx),
        };
        let Some(editor) = self.editor_mut() else { return };
        editor.draft.take_saved(saved.patch, revision);
        editor.beside = saved.beside;
        editor.problems = Problems::new();
        editor.stale = false;
        editor.show_words();
        let title = super::editor::title(editor.draft.object.as_ref());
        let modified = editor.draft.modified();
        self.reference = self.object().map_or(AnyRef::EMPTY, |object| object.any_ref());
        ctx.requests.push(Request::Messages(Vec::new()));
        let opens = (then == Then::Close).then_some(Open::Object(self.reference));
        let toast = Toast { text: deed.done(&title).into(), role: Role::Good, opens };
        ctx.requests.push(Request::Done(toast, operation));
        match then {
            Then::Close if modified => {}
            Then::Close if ctx.choosing => ctx.requests.push(Request::Chosen(self.reference)),
            Then::Close => ctx.close(),
            Then::Based(meta) => self.make_based(meta, ctx),
            Then::Supply => self.order_lacking(),
            Then::Print(form) => self.preview(form, ctx),
            Then::Work(name) => self.open_workplace(name, ctx),
            Then::Stay => {}
        }
    }

    /// The form stays as it was typed; everything that is wrong is told at once.
    fn refused(&mut self, error: Error, asked: (Deed, Then), ctx: &mut PageContext<'_>) {
        let own = self.meta();
        let (problems, meta) = match error {
            Error::Refused(problems, meta) => (problems, meta.unwrap_or(own)),
            Error::Cancelled => return,
            failed @ Error::Failed(..) => (Problems::one(text!("form-failed", why = failed.sentence())), own),
        };
        let conflict = problems.0.iter().any(|problem| problem.text.key() == "object-changed-elsewhere");
        if conflict && self.comparing.is_none() {
            // Nothing is lost: what both have changed is laid together, or chosen. What was wrong before is past.
            ctx.requests.push(Request::Messages(Vec::new()));
            return self.compare_both(Some(asked));
        }
        let mut problems = problems;
        problems.0.sort_by_key(|problem| reading_order(meta, &problem.place));
        // A problem of another object (a contract made on the way) has no field here.
        let foreign = meta != own;
        let message = |problem: &Problem| {
            let place = if foreign { Place::Whole } else { problem.place.clone() };
            Message::danger(problem.sentence(Some(meta))).at(place)
        };
        ctx.requests.push(Request::Messages(problems.0.iter().map(message).collect()));
        if let Some(editor) = self.editor_mut() {
            editor.problems = if foreign { Problems::new() } else { problems };
        }
    }

    /// Looks at the object in the base when something has changed there.
    fn take_look(&mut self, ctx: &mut PageContext<'_>) {
        let idle = self.saving.is_none() && self.wanted.is_none();
        if let Some(answer) = self.peek.as_ref().filter(|_| idle).and_then(Ticket::poll) {
            self.peek = None;
            match answer {
                Ok(peeked) => self.compare(peeked),
                // Somebody has deleted it, or it may not be seen any more.
                Err(error @ Error::Refused(..)) => ctx.toast(error.sentence(), Role::Warning),
                Err(_) => {}
            }
        }
        let known = !self.reference.is_empty();
        if idle && known && self.peek.is_none() && std::mem::take(&mut self.look) {
            self.peek = Some(self.look_at_base());
        }
    }

    fn look_at_base(&self) -> Ticket<Peeked> {
        let reference = self.reference;
        self.base.read(move |session| {
            let gone = || Error::refused(text!("object-gone"));
            let object = session.object(reference)?.ok_or_else(gone)?;
            let beside = load::beside(session, object.as_ref())?;
            Ok(Peeked { object, beside })
        })
    }

    /// An unchanged form shows what is in the base now; a changed one says that it is behind.
    fn compare(&mut self, peeked: Peeked) {
        let computed = self.kind.computed();
        let (meta, typing) = (self.meta(), self.typing);
        let Some(editor) = self.editor_mut() else { return };
        let same = editor.draft.object.head().version == peeked.object.head().version;
        editor.beside = peeked.beside;
        if !same && (editor.draft.modified() || typing) {
            editor.stale = true;
        } else if !same {
            editor.draft.replace(peeked.object);
            editor.problems = Problems::new();
            editor.stale = false;
        } else {
            for at in computed.iter().filter_map(|name| meta.field(name)) {
                let _same_type = editor.draft.object.set(at, peeked.object.get(at));
            }
        }
        editor.show_words();
    }

    /// Reads the object anew; what was not saved is lost, so the user is asked.
    pub(super) fn reread(&mut self, ctx: &mut PageContext<'_>) {
        if self.modified_now() {
            ctx.ask(Dialog::yes_no(text!("cmd-reread"), text!("form-reread-ask")), "reread");
        } else {
            self.reread_now();
        }
    }

    /// The same without a question.
    pub(super) fn reread_now(&mut self) {
        if let Some(editor) = self.editor_mut() {
            editor.draft.give_up();
        }
        self.look = false;
        self.peek = Some(self.look_at_base());
    }

    fn modified_now(&self) -> bool {
        self.editor().is_some_and(|editor| editor.draft.modified())
    }

    fn take_waiting(&mut self, ctx: &mut PageContext<'_>) {
        for waiting in std::mem::take(&mut self.answers) {
            match &waiting {
                Waiting::Made(ticket) => match ticket.poll() {
                    None => self.answers.push(waiting),
                    Some(Ok(made)) => Self::show_made(&made, ctx),
                    Some(Err(error)) => {
                        let lines = error.sentence();
                        ctx.requests.push(Request::Messages(lines.lines().map(Message::danger).collect()));
                    }
                },
                Waiting::Said(ticket) => match ticket.poll() {
                    None => self.answers.push(waiting),
                    Some(Ok(said)) => ctx.toast(said, Role::Good),
                    Some(Err(error)) => ctx.toast(error.sentence(), Role::Danger),
                },
                Waiting::Why(ticket) => match ticket.poll() {
                    None => self.answers.push(waiting),
                    Some(Ok((title, words))) => ctx.ask(Dialog::notice(title, words), "why"),
                    Some(Err(error)) => ctx.toast(error.sentence(), Role::Danger),
                },
                Waiting::Refusal(ticket) => match ticket.poll() {
                    None => self.answers.push(waiting),
                    Some(Ok(explained)) => self.show_refusal(explained, ctx),
                    Some(Err(error)) => ctx.toast(error.sentence(), Role::Danger),
                },
            }
        }
    }

    fn show_made(made: &[AnyRef], ctx: &mut PageContext<'_>) {
        match made {
            [] => ctx.toast(text!("order-nothing-to-supply"), Role::Note),
            [one] => ctx.open(Open::Object(*one)),
            several => {
                ctx.toast(text!("order-supplied", count = several.len()), Role::Good);
                several.iter().for_each(|one| ctx.open(Open::Object(*one)));
            }
        }
    }
}

/// Who loses what, and what is to be done.
pub fn question(raised: &Raised) -> Dialog {
    Dialog::Question {
        title: text!("raise-title").into(),
        text: raised.question().into(),
        choices: vec![
            Choice::new("share", text!("raise-share")),
            Choice::new("keep", text!("raise-keep")),
            Choice::new("cancel", text!("dialog-cancel")),
        ],
    }
}

/// Messages stand in the order in which a form is read: fields, then table parts row by row.
fn reading_order(meta: &ObjectMeta, place: &Place) -> (usize, usize, usize) {
    match place {
        Place::Whole => (0, 0, 0),
        Place::Field(name) => match meta.field(name) {
            Some(at) => (1, at, 0),
            None => (2, meta.table(name).unwrap_or(0), 0),
        },
        Place::Cell { table, row, .. } => (2, meta.table(table).unwrap_or(0), row + 1),
    }
}
