//! What a reference field may be set to, looked up on a reading thread: first what the same field was set
//! to lately and often, then what begins with the typed words, then what holds them.

use crate::domain::registry;
use crate::domain::stock::item::Item;
use crate::kernel::behaviour::KindOps;
use crate::kernel::facts::Facts;
use crate::kernel::meta::{Kind, ObjectMeta};
use crate::kernel::object::{Declared as _, Object};
use crate::kernel::problems::{Outcome, Place};
use crate::kernel::refs::AnyRef;
use crate::kernel::text::normalize;
use crate::kernel::value::{Stored, Type, Value};
use crate::ops::gate::Session;
use crate::ops::offers::offers;
use crate::ops::present::Titles;
use crate::ops::save::counterparty_of;
use crate::store::lists::{Anchor, ListQuery, RowKey};
use crate::ui::editors::{Question, Suggestion};
use std::collections::BTreeMap;

/// Lines offered at most.
const MOST: usize = 20;
/// Documents looked into for what a field was set to lately.
const LATELY: usize = 60;

/// Catalogs nobody adds to while filling in a document.
pub const FIXED: [&str; 4] = ["settings", "account", "vat_rate", "company"];

/// A question as it is kept with its answer.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Asked {
    target: Option<u8>,
    /// The kinds an any-reference may take; empty for all.
    kinds: Vec<u8>,
    /// Fields that must hold a stored value.
    only: Vec<(&'static str, i64)>,
    /// On what it depends what is told beside each.
    beside: Vec<(&'static str, i64)>,
    /// Whose field asks, and which: what it was set to lately comes first.
    field: Option<(u8, String, String)>,
    /// Folders are asked for.
    folders: bool,
    query: String,
}

impl Asked {
    /// From a field's question; the query in its search spelling.
    pub fn of(question: &Question<'_>, query: String) -> Self {
        let choices = question.choices.clone();
        let table = if let Place::Cell { table, .. } = question.place { (*table).to_owned() } else { String::new() };
        let owner = question.owner.filter(|_| query.is_empty());
        Self {
            target: question.target.map(|meta| meta.tag),
            kinds: choices.kinds,
            only: choices.only,
            beside: choices.beside,
            field: owner.map(|meta| (meta.tag, table, question.name.to_owned())),
            folders: question.name == "parent" && question.target.is_some_and(|meta| meta.kind == Kind::Catalog),
            query,
        }
    }

    fn targets(&self) -> Vec<&'static dyn KindOps> {
        if let Some(tag) = self.target {
            return registry::by_tag(tag).into_iter().collect();
        }
        let all = registry::KINDS.iter().copied();
        all.filter(|kind| self.kinds.is_empty() || self.kinds.contains(&kind.meta().tag)).collect()
    }

    fn fits(&self, object: &dyn Object) -> bool {
        let meta = object.meta();
        let holds = |(name, wanted): &(&'static str, i64)| {
            let Some(at) = meta.field(name) else { return true };
            meta.fields.get(at).is_some_and(|field| object.get(at).cell(field.kind) == *wanted)
        };
        let folder = object.by_name("folder") == Some(Value::Bool(true));
        !object.head().marked && folder == self.folders && self.only.iter().all(holds)
    }
}

/// Answers a question.
pub fn answer(session: &Session, asked: &Asked) -> Outcome<Vec<Suggestion>> {
    let mut found: Vec<AnyRef> = Vec::new();
    let scope = session.store.scope();
    let mut targets = asked.targets();
    targets.retain(|kind| !scope.closed_kinds.contains(&kind.meta().tag));
    let share = if targets.len() > 1 { MOST.div_ceil(targets.len()).max(3) } else { MOST };
    if asked.query.is_empty() {
        lately(session, asked, &mut found)?;
        found.truncate(MOST / 2);
    }
    for kind in &targets {
        let mut own = Vec::new();
        if kind.meta().kind == Kind::Catalog && !asked.folders && !asked.query.is_empty() {
            beginning(session, asked, kind.meta(), &mut own)?;
        }
        let mut only: Vec<(&str, i64)> = asked.only.iter().map(|(name, value)| (*name, *value)).collect();
        only.retain(|(name, _)| kind.meta().field(name).is_some());
        if kind.meta().kind == Kind::Catalog {
            only.push(("folder", i64::from(asked.folders)));
        }
        own.extend(session.store.find_words(kind.meta(), &asked.query, &only, share)?);
        add(&mut found, own.into_iter().take(share * 2));
    }
    if targets.len() > 1 {
        // The newest first: ids are given out once for the whole base.
        found.sort_by_key(|reference| std::cmp::Reverse(reference.id()));
    }
    let mut out = Vec::new();
    let facts = session.facts();
    let mut titles = Titles::default();
    for reference in found {
        let Some(object) = facts.object(reference).filter(|object| asked.fits(object.as_ref())) else { continue };
        if scope.closed_kinds.contains(&reference.tag()) || session.store.hidden_by(object.as_ref())?.is_some() {
            continue;
        }
        let title = titles.of(reference, &session.store, &facts)?;
        let detail = match object.meta().kind {
            Kind::Catalog => detail(object.as_ref()),
            Kind::Document => {
                titles.of(counterparty_of(object.as_ref()).unwrap_or_default(), &session.store, &facts)?
            }
        };
        out.push(Suggestion { reference, title, detail, beside: Vec::new() });
        if out.len() == MOST {
            break;
        }
    }
    facts.result()?;
    if asked.target == Some(Item::TAG) && !asked.folders {
        let items: Vec<AnyRef> = out.iter().map(|one| one.reference).collect();
        let told = offers(session, &asked.beside, &items)?;
        for one in &mut out {
            one.beside = told.get(&one.reference).map(|offer| offer.words().to_vec()).unwrap_or_default();
        }
    }
    Ok(out)
}

fn add(found: &mut Vec<AnyRef>, more: impl IntoIterator<Item = AnyRef>) {
    for reference in more {
        if !reference.is_empty() && !found.contains(&reference) {
            found.push(reference);
        }
    }
}

/// The element with exactly this code, then those whose names begin with the query.
fn beginning(session: &Session, asked: &Asked, meta: &'static ObjectMeta, found: &mut Vec<AnyRef>) -> Outcome<()> {
    let code = session.store.with_code(meta, &asked.query)?;
    let upper = if code.is_empty() { session.store.with_code(meta, &asked.query.to_uppercase())? } else { code };
    add(found, [upper]);
    let name = meta.field("name").unwrap_or(1);
    let query = ListQuery { with_marked: false, ..ListQuery::usual(meta, vec![name]) };
    let from = Anchor::From(RowKey { value: Stored::Text(asked.query.clone()), id: 0 });
    let begins = |cell: Option<&Stored>| cell.is_some_and(|cell| normalize(cell.text()).starts_with(&asked.query));
    let page = session.store.list_page(&query, &from, MOST)?;
    add(found, page.iter().take_while(|line| begins(line.cells.first())).map(|line| line.reference));
    Ok(())
}

/// What the field was set to in the latest documents: the more often and the later the earlier.
fn lately(session: &Session, asked: &Asked, found: &mut Vec<AnyRef>) -> Outcome<()> {
    let Some((tag, table, name)) = &asked.field else { return Ok(()) };
    let Some(meta) = registry::by_tag(*tag).map(KindOps::meta).filter(|meta| meta.kind == Kind::Document) else {
        return Ok(());
    };
    let mut weights: BTreeMap<AnyRef, usize> = BTreeMap::new();
    let mut count = |reference: AnyRef, at: usize| {
        let of_kind = asked.target.is_none_or(|target| target == reference.tag());
        if !reference.is_empty() && of_kind {
            *weights.entry(reference).or_default() += LATELY * 2 - at;
        }
    };
    let query = ListQuery { descending: true, with_marked: false, ..ListQuery::usual(meta, Vec::new()) };
    if table.is_empty() {
        let Some(at) = meta.field(name) else { return Ok(()) };
        let Some(kind) = meta.fields.get(at).map(|field| field.kind) else { return Ok(()) };
        let query = ListQuery { columns: vec![at], ..query };
        for (place, line) in session.store.list_page(&query, &Anchor::Start, LATELY)?.into_iter().enumerate() {
            let cell = line.cells.into_iter().next().unwrap_or(Stored::Int(0));
            count(Value::from_stored(kind, cell).any_ref(), place);
        }
    } else {
        let Some(part) = meta.table(table) else { return Ok(()) };
        let Some(column) = meta.tables.get(part).and_then(|part| part.field(name)) else { return Ok(()) };
        for (place, line) in session.store.list_page(&query, &Anchor::Start, LATELY / 4)?.iter().enumerate() {
            let Some(object) = session.store.load(line.reference)? else { continue };
            for row in 0..object.rows(part) {
                count(object.cell(part, row, column).map(|value| value.any_ref()).unwrap_or_default(), place);
            }
        }
    }
    let mut sorted: Vec<(usize, AnyRef)> = weights.into_iter().map(|(reference, weight)| (weight, reference)).collect();
    sorted.sort_by(|one, other| other.cmp(one));
    add(found, sorted.into_iter().map(|(_, reference)| reference));
    Ok(())
}

/// What tells an element from its namesakes.
pub fn detail(object: &dyn Object) -> String {
    let words = ["inn", "article", "code"].iter().filter_map(|name| {
        let at = object.meta().field(name)?;
        let field = object.meta().fields.get(at).filter(|field| matches!(field.kind, Type::Text))?;
        let text = object.get(at).show(field.kind);
        (!text.is_empty())
            .then(|| if *name == "inn" { format!("{} {text}", object.meta().field_label(field)) } else { text })
    });
    words.into_iter().next().unwrap_or_default()
}
