//! What things are called and what a reference field may be set to: answered at once from what is at hand,
//! fetched by the reading threads what is not.

use super::answers::{self, Asked};
use super::base::{Base, Ticket};
use crate::domain::stock::item::Item;
use crate::kernel::meta::{Kind, ObjectMeta};
use crate::kernel::object::Declared as _;
use crate::kernel::refs::AnyRef;
use crate::kernel::text::normalize;
use crate::ops::offers::headings;
use crate::ops::present::Titles;
use crate::ui::editors::{Question, Suggest, Suggestion, Suggestions};
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::rc::Rc;
use std::sync::Arc;

/// Titles kept; beyond it the memory starts anew.
const TITLES_MAX: usize = 20_000;
/// Answers kept, the latest asked for.
const ANSWERS_MAX: usize = 200;

enum Answer {
    Coming(Ticket<Vec<Suggestion>>),
    Here(Arc<[Suggestion]>),
}

/// Titles on their way: whose, and the answer.
type Fetch = (BTreeSet<AnyRef>, Ticket<Vec<(AnyRef, String)>>);

/// Names and suggestions of one base.
pub struct Names {
    base: Rc<Base>,
    titles: BTreeMap<AnyRef, String>,
    wanted: BTreeSet<AnyRef>,
    fetched: Vec<Fetch>,
    answers: BTreeMap<Asked, Answer>,
    order: VecDeque<Asked>,
}

impl Names {
    /// Nothing known yet.
    pub fn new(base: Rc<Base>) -> Self {
        Self {
            base,
            titles: BTreeMap::new(),
            wanted: BTreeSet::new(),
            fetched: Vec::new(),
            answers: BTreeMap::new(),
            order: VecDeque::new(),
        }
    }

    /// Called before every frame: takes titles that have come and asks for those the last frame lacked.
    pub fn tick(&mut self) {
        let mut waiting = Vec::new();
        for (asked, ticket) in std::mem::take(&mut self.fetched) {
            match ticket.poll() {
                None => waiting.push((asked, ticket)),
                // What could not be read stays without a name until something changes.
                Some(Err(_)) => self.titles.extend(asked.into_iter().map(|reference| (reference, String::new()))),
                Some(Ok(found)) => self.titles.extend(found),
            }
        }
        self.fetched = waiting;
        if self.titles.len() > TITLES_MAX {
            self.titles.clear();
        }
        let wanted = std::mem::take(&mut self.wanted);
        if !wanted.is_empty() {
            let asked = wanted.clone();
            let ticket = self.base.read(move |session| {
                let facts = session.facts();
                let mut titles = Titles::default();
                let one = |reference| Ok((reference, titles.of(reference, &session.store, &facts)?));
                asked.into_iter().map(one).collect()
            });
            self.fetched.push((wanted, ticket));
        }
    }

    /// Forgets what may have been changed; an empty slice means anything. What was called something keeps
    /// that name on the screen until the new one is there.
    pub fn forget(&mut self, changed: &[AnyRef]) {
        self.answers.clear();
        self.order.clear();
        if changed.is_empty() {
            self.fetched.clear();
            self.wanted.extend(std::mem::take(&mut self.titles).into_keys().take(ANSWERS_MAX));
        } else {
            let known = changed.iter().filter(|reference| self.titles.contains_key(reference));
            self.wanted.extend(known);
        }
    }

    /// A title known by whoever has just read the object.
    pub fn learn(&mut self, reference: AnyRef, title: String) {
        self.titles.insert(reference, title);
    }
}

impl Suggest for Names {
    fn suggest(&mut self, question: &Question<'_>) -> Suggestions {
        let asked = Asked::of(question, normalize(question.query));
        let base = &self.base;
        let order = &mut self.order;
        let answer = self.answers.entry(asked.clone()).or_insert_with(|| {
            order.push_back(asked.clone());
            Answer::Coming(base.read(move |session| answers::answer(session, &asked)))
        });
        if let Answer::Coming(ticket) = answer
            && let Some(found) = ticket.poll()
        {
            *answer = Answer::Here(found.unwrap_or_default().into());
        }
        let out = match answer {
            Answer::Here(found) => Suggestions::Ready(Arc::clone(found)),
            Answer::Coming(_) => Suggestions::Pending,
        };
        if let Suggestions::Ready(found) = &out {
            let titles = found.iter().map(|one| (one.reference, one.title.clone()));
            self.titles.extend(titles);
        }
        while self.order.len() > ANSWERS_MAX {
            self.order.pop_front().map(|oldest| self.answers.remove(&oldest));
        }
        out
    }

    fn title(&mut self, reference: AnyRef) -> Option<String> {
        let known = self.titles.get(&reference).cloned();
        if known.is_none() && !self.fetched.iter().any(|(asked, _)| asked.contains(&reference)) {
            self.wanted.insert(reference);
            self.base.waker().wake();
        }
        known
    }

    fn headings(&self, target: Option<&'static ObjectMeta>) -> Vec<String> {
        let items = target.is_some_and(|target| *target == *Item::declared());
        if items { headings().map(|heading| heading.show()).to_vec() } else { Vec::new() }
    }

    fn may_create(&self, target: Option<&'static ObjectMeta>) -> bool {
        target.is_some_and(|meta| meta.kind == Kind::Catalog && !answers::FIXED.contains(&meta.code))
    }
}
