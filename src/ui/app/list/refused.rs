//! What was refused of a deed over rows of a list: which of them, why, and what can be done about it by one key.
//!
//! A refused row stands out, its reasons are in the message panel, and F1 on either explains them as the form of the
//! object does. What is put right is put right in the base, and the deed is done again, in one operation.

use super::ListPage;
use super::deeds::{Deed, Doing, Done};
use crate::kernel::problems::{Error, Place, Problem, Problems};
use crate::kernel::refs::AnyRef;
use crate::kernel::value::Value;
use crate::text;
use crate::ui::app::base::{self, Ticket};
use crate::ui::app::form::refusal::{Explained, Refusal, Remedy, explain};
use crate::ui::app::pages;
use crate::ui::shell::dialog::Answer;
use crate::ui::shell::page::{Message, Open, PageContext, Request};
use crate::ui::theme::Role;
use std::collections::BTreeSet;

/// The token of the explanation.
pub const REFUSED: &str = "refused";
/// The token of what is chosen for a place.
pub const CHOSEN: &str = "refused-choice";

/// An object and everything that is wrong with it.
struct Row {
    object: AnyRef,
    title: String,
    problems: Problems,
    /// The problems in words, as the messages say them.
    said: Vec<String>,
}

/// What was refused of the last deeds.
#[derive(Default)]
pub struct Refused {
    deed: Option<Deed>,
    rows: Vec<Row>,
    /// Objects changed since: what was said of them is true no longer.
    changed: BTreeSet<AnyRef>,
    asking: Option<(AnyRef, Ticket<Explained>)>,
    /// What can be done about the refusal that is explained.
    remedies: Vec<Remedy>,
    /// The object it is about, and the place a value is being chosen for.
    about: (AnyRef, Option<Place>),
}

impl Row {
    fn of(refused: base::Refused) -> Self {
        let base::Refused { object, title, error } = refused;
        let sentence = error.sentence();
        let (problems, meta) = match error {
            Error::Refused(problems, meta) => (problems, meta),
            _ => (Problems::one(text!("form-failed", why = sentence)), None),
        };
        let said = problems.0.iter().map(|problem| problem.sentence(meta)).collect();
        Self { object, title, problems, said }
    }

    fn messages(&self) -> impl Iterator<Item = Message> {
        self.problems.0.iter().zip(&self.said).map(|(problem, said)| {
            let said = match self.title.as_str() {
                "" => said.clone(),
                title => text!("list-refused", object = title, reason = said).show(),
            };
            Message::danger(said).at(problem.place.clone()).about(self.object)
        })
    }
}

impl Refused {
    /// True for an object that was refused.
    pub fn has(&self, object: AnyRef) -> bool {
        self.rows.iter().any(|row| row.object == object)
    }

    /// Everything that was refused.
    pub fn objects(&self) -> BTreeSet<AnyRef> {
        self.rows.iter().map(|row| row.object).collect()
    }

    /// The problem a message tells of; without one, the first of the object.
    fn problem(&self, object: AnyRef, message: Option<&Message>) -> Option<Problem> {
        let row = self.rows.iter().find(|row| row.object == object)?;
        let at = message.and_then(|message| row.messages().position(|own| own == *message));
        row.problems.0.get(at.unwrap_or(0)).cloned()
    }

    /// What came of a deed takes the place of what was said of its objects; of several objects, of all that was said.
    fn take(&mut self, done: Done) {
        let again = done.objects.len() == 1 && self.deed == Some(done.deed);
        self.rows.retain(|row| again && !done.objects.contains(&row.object));
        self.deed = Some(done.deed);
        self.rows.extend(done.answer.into_iter().flat_map(|(refused, _)| refused).map(Row::of));
    }

    /// Objects were changed, here or elsewhere.
    pub fn doubt(&mut self, objects: &[AnyRef]) {
        let told = self.objects();
        self.changed.extend(objects.iter().copied().filter(|object| told.contains(object)));
    }
}

impl ListPage {
    /// Takes what has come of deeds and questions.
    pub(super) fn poll_refused(&mut self, ctx: &mut PageContext<'_>) {
        if !self.refused.changed.is_empty() {
            let changed = std::mem::take(&mut self.refused.changed);
            self.refused.rows.retain(|row| !changed.contains(&row.object));
            self.tell_refused(ctx);
        }
        if let Some(done) = Doing::take(&mut self.doing) {
            done.tell(ctx);
            match &done.answer {
                Err(error) => ctx.requests.push(Request::Messages(vec![Message::danger(error.sentence())])),
                Ok(_) => {
                    self.refused.take(done);
                    self.tell_refused(ctx);
                }
            }
        }
        let answer = self.refused.asking.as_ref().and_then(|(about, ticket)| Some((*about, ticket.poll()?)));
        if let Some((about, answer)) = answer {
            self.refused.asking = None;
            match answer {
                Ok(explained) => {
                    ctx.ask(explained.dialog(), REFUSED);
                    self.refused.about = (about, None);
                    self.refused.remedies = explained.into_remedies();
                }
                Err(error) => ctx.toast(error.sentence(), Role::Danger),
            }
        }
    }

    fn tell_refused(&mut self, ctx: &mut PageContext<'_>) {
        self.rows.stress(self.refused.objects());
        ctx.requests.push(Request::Messages(self.refused.rows.iter().flat_map(Row::messages).collect()));
    }

    /// Asks why an object was refused: what a message tells, or the first reason.
    pub(super) fn explain_refused(&mut self, object: AnyRef, message: Option<&Message>) {
        let Some(problem) = self.refused.problem(object, message) else { return };
        let ticket = self.base.read(move |session| {
            let gone = || Error::refused(text!("object-gone"));
            let loaded = session.object(object)?.ok_or_else(gone)?;
            explain(session, &Refusal::new(loaded, problem))?.beside(object, session)
        });
        self.refused.asking = Some((object, ticket));
    }

    /// Does what was chosen about a refusal.
    pub(super) fn remedy(&mut self, answer: &Answer, ctx: &mut PageContext<'_>) {
        let remedies = std::mem::take(&mut self.refused.remedies);
        let Some(remedy) = Remedy::chosen(remedies, answer) else { return };
        let about = self.refused.about.0;
        match remedy {
            Remedy::Put(place, value) => self.mend(place, value, ctx),
            Remedy::Open(what) => ctx.open(what),
            Remedy::Command(_) => ctx.open(Open::Object(about)),
            Remedy::Based(meta, basis) => {
                ctx.requests.extend(pages::on_basis(&self.base, meta, basis).map(Request::Show));
            }
            Remedy::Choose(place, meta) => {
                self.refused.about.1 = Some(place);
                ctx.requests.push(Remedy::pick(meta, CHOSEN.to_owned()));
            }
        }
    }

    /// What was chosen is put in its place.
    pub(super) fn remedy_chosen(&mut self, chosen: AnyRef, ctx: &mut PageContext<'_>) {
        if let Some(place) = self.refused.about.1.take() {
            self.mend(place, Value::Ref(chosen), ctx);
        }
    }

    fn mend(&mut self, place: Place, value: Value, ctx: &mut PageContext<'_>) {
        let Some(deed) = self.refused.deed else { return };
        if self.doing.is_some() {
            return ctx.toast(text!("list-busy"), Role::Warning);
        }
        let objects = vec![self.refused.about.0];
        self.doing = Some(Doing::begin(&self.base, deed, objects, Some((place, value)), ctx));
    }
}
