//! The priority of the chosen orders is set in the list; where others would lose what they hold, it is asked first.

use super::ListPage;
use super::deeds::{Deed, Doing};
use crate::domain::sales::customer_order::Priority;
use crate::kernel::refs::AnyRef;
use crate::ops::raise::{Raised, raised_to, set_priority};
use crate::ops::reallocate::Shift;
use crate::text;
use crate::ui::app::base::{Base, Ticket};
use crate::ui::app::form::saving::question;
use crate::ui::shell::dialog::{Answer, Dialog};
use crate::ui::shell::page::{Message, PageContext, Request, Toast};
use crate::ui::theme::Role;
use std::collections::BTreeSet;

/// The command, and the token of its first question.
pub const PRIORITY: &str = "set-priority";
/// The token of the question about others.
pub const RAISED: &str = "raised";
/// Orders whose priority is set at once at most: they are written in one operation.
const MOST: usize = 200;
/// What can be chosen, the first in the queue first.
const PRIORITIES: [Priority; 3] = [Priority::High, Priority::Normal, Priority::Low];

/// What came of it.
enum Ranked {
    /// Nobody would lose anything: each order gets it by itself.
    Free,
    /// So many orders were changed, by an operation of this number.
    Done(usize, i64),
    /// Others would lose what they hold: it is asked first.
    Asks(Raised),
}

/// Orders that get a priority.
pub struct Ranking {
    orders: Vec<AnyRef>,
    priority: Priority,
    /// On its way.
    ticket: Option<Ticket<Ranked>>,
    /// What was asked.
    asked: Option<Raised>,
}

impl Ranking {
    fn begin(base: &Base, orders: Vec<AnyRef>, priority: Priority) -> Self {
        let meant = orders.clone();
        let ticket = base.act(move |session| match raised_to(session, &meant, priority)? {
            Some(raised) => Ok((Ranked::Asks(raised), BTreeSet::new())),
            None => Ok((Ranked::Free, BTreeSet::new())),
        });
        Self { orders, priority, ticket: Some(ticket), asked: None }
    }

    /// The question is answered: the plan is carried out.
    fn share(&mut self, base: &Base, shown: Vec<Shift>) {
        let (orders, priority) = (self.orders.clone(), self.priority);
        self.ticket = Some(base.act(move |session| set_priority(session, &orders, priority, &shown).map(done)));
    }
}

fn done(((count, operation), objects): ((usize, i64), BTreeSet<AnyRef>)) -> (Ranked, BTreeSet<AnyRef>) {
    (Ranked::Done(count, operation), objects)
}

/// Asks which priority.
pub fn ask_priority(ctx: &mut PageContext<'_>) {
    let items = PRIORITIES.iter().map(|priority| (priority.label(), String::new())).collect();
    ctx.ask(Dialog::List { title: text!("list-priority").into(), items }, PRIORITY);
}

impl ListPage {
    /// A priority was chosen for the meant rows.
    pub(super) fn rank(&mut self, at: usize, ctx: &mut PageContext<'_>) {
        let Some(priority) = PRIORITIES.get(at) else { return };
        if self.doing.is_some() || self.ranking.as_ref().is_some_and(|ranking| ranking.ticket.is_some()) {
            return ctx.toast(text!("list-busy"), Role::Warning);
        }
        match self.rows.references(&self.meant()) {
            Ok(orders) if orders.is_empty() => {}
            Ok(orders) if orders.len() <= MOST => {
                self.ranking = Some(Ranking::begin(&self.base, orders, *priority));
            }
            _ => ctx.toast(text!("list-priority-too-many", most = MOST), Role::Warning),
        }
    }

    /// Others may lose what they hold, or not.
    pub(super) fn rank_asked(&mut self, answer: &Answer, ctx: &mut PageContext<'_>) {
        let Some(ranking) = &mut self.ranking else { return };
        let raised = ranking.asked.take();
        match (answer, raised) {
            (Answer::Button(button), Some(raised)) if button == "share" => ranking.share(&self.base, raised.shifts),
            (Answer::Button(button), Some(_)) if button == "keep" => self.rank_each(ctx),
            _ => self.ranking = None,
        }
    }

    /// Each order gets the priority by itself: what is refused leaves the others done.
    fn rank_each(&mut self, ctx: &mut PageContext<'_>) {
        let Some(ranking) = self.ranking.take() else { return };
        self.doing = Some(Doing::begin(&self.base, Deed::Rank(ranking.priority), ranking.orders, None, ctx));
    }

    /// Takes what came of it.
    pub(super) fn poll_ranking(&mut self, ctx: &mut PageContext<'_>) {
        let Some(ranking) = &mut self.ranking else { return };
        let Some(answer) = Ticket::take(&mut ranking.ticket) else { return };
        match answer {
            Ok(Ranked::Asks(raised)) => {
                ctx.ask(question(&raised), RAISED);
                ranking.asked = Some(raised);
                return;
            }
            Ok(Ranked::Free) => return self.rank_each(ctx),
            Ok(Ranked::Done(0, _)) => ctx.toast(text!("list-priority-same"), Role::Note),
            Ok(Ranked::Done(count, operation)) => {
                let text = text!("list-priority-set", count = count, priority = ranking.priority.label()).into();
                ctx.requests.push(Request::Done(Toast { text, role: Role::Good, opens: None }, operation));
            }
            Err(error) => {
                ctx.requests.push(Request::Messages(error.sentence().lines().map(Message::danger).collect()));
            }
        }
        self.ranking = None;
    }
}
