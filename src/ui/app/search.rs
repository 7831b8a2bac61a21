//! Data for the palette: a few of each kind that hold all the words, found on a reading thread.

use super::answers::detail;
use super::base::{Base, Ticket};
use crate::domain::registry;
use crate::kernel::facts::Facts as _;
use crate::kernel::meta::Kind;
use crate::kernel::problems::Outcome;
use crate::ops::gate::Session;
use crate::ops::present::Titles;
use crate::ops::save::counterparty_of;
use crate::ui::icons::Icon;
use crate::ui::shell::host::{Found, Hit};
use crate::ui::shell::page::Open;
use std::rc::Rc;

/// Of one kind at most.
const EACH: usize = 5;
/// Of all kinds at most.
const MOST: usize = 30;
/// Letters from which documents are looked through: two letters would read every one of them.
const DOCUMENTS_FROM: usize = 3;
/// Kinds looked for most, before all others.
const FIRST: [&str; 4] = ["counterparty", "item", "customer_order", "goods_issue"];

/// The search of the palette.
pub struct Search {
    base: Rc<Base>,
    query: String,
    coming: Option<Ticket<Vec<Hit>>>,
    found: Vec<Hit>,
}

impl Search {
    /// Nothing asked yet.
    pub const fn new(base: Rc<Base>) -> Self {
        Self { base, query: String::new(), coming: None, found: Vec::new() }
    }

    /// What is found; asked again in the next frame while it is being looked up. The query is in its search
    /// spelling.
    pub fn ask(&mut self, query: &str) -> Found {
        if self.query != query {
            query.clone_into(&mut self.query);
            let query = query.to_owned();
            self.coming = Some(self.base.read(move |session| find(session, &query)));
        }
        if let Some(answer) = Ticket::take(&mut self.coming) {
            self.found = answer.unwrap_or_default();
        }
        if self.coming.is_some() { Found::Pending } else { Found::Ready(self.found.clone()) }
    }

    /// Forgets what was found: it may have changed.
    pub fn forget(&mut self) {
        self.query.clear();
    }
}

fn find(session: &Session, query: &str) -> Outcome<Vec<Hit>> {
    let facts = session.facts();
    let mut titles = Titles::default();
    let mut kinds: Vec<_> = registry::KINDS.iter().map(|kind| kind.meta()).collect();
    kinds.sort_by_key(|meta| FIRST.iter().position(|code| *code == meta.code).unwrap_or(FIRST.len()));
    let mut hits = Vec::new();
    for meta in kinds {
        if meta.kind == Kind::Document && query.chars().count() < DOCUMENTS_FROM {
            continue;
        }
        for reference in session.store.find_words(meta, query, &[], EACH)? {
            let Some(object) = facts.object(reference) else { continue };
            let title = titles.of(reference, &session.store, &facts)?;
            let (more, icon) = match meta.kind {
                Kind::Catalog => (detail(object.as_ref()), Icon::List),
                Kind::Document => {
                    let other = counterparty_of(object.as_ref()).unwrap_or_default();
                    (titles.of(other, &session.store, &facts)?, Icon::FileText)
                }
            };
            let label = meta.label();
            // A document's title says its kind already.
            let detail = match (meta.kind, more.is_empty()) {
                (Kind::Document, _) => more,
                (Kind::Catalog, true) => label,
                (Kind::Catalog, false) => format!("{label}, {more}"),
            };
            hits.push(Hit { title, detail, open: Open::Object(reference), icon: Some(icon) });
        }
        if hits.len() >= MOST {
            break;
        }
    }
    facts.result()?;
    hits.truncate(MOST);
    Ok(hits)
}
