//! «Журнал изменений» in words: who did what to which object, when and where.

use super::gate::{Op, Session};
use super::present::Titles;
use super::versions::{deed_words, title_of, told};
use crate::domain::company::user::User;
use crate::kernel::moment::Moment;
use crate::kernel::object::Declared as _;
use crate::kernel::problems::{Error, Outcome};
use crate::kernel::refs::AnyRef;
use crate::kernel::text::Text;
use crate::store::history::Deed;
use crate::store::journal::{JournalKey, JournalQuery};
use std::collections::BTreeMap;

/// A line of the journal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its place.
    pub key: JournalKey,
    /// When.
    pub at: Moment,
    /// By whom; empty when the base knows no users.
    pub user: String,
    /// Where.
    pub workstation: String,
    /// In which operation.
    pub op: Text,
    /// What was done to the object.
    pub deed: Text,
    /// What the object is called.
    pub title: String,
}

/// A page of the journal, the newest first; it is full unless the journal ends. The store leaves out what the user
/// may not see; of what is no more his limits are known only from its last state.
pub fn page(session: &Session, query: &JournalQuery, after: Option<&JournalKey>, limit: usize) -> Outcome<Vec<Entry>> {
    let (facts, full) = (session.facts(), session.rights()?.is_full());
    let mut users = Titles::default();
    let mut titles: BTreeMap<AnyRef, String> = BTreeMap::new();
    let mut gone: BTreeMap<AnyRef, bool> = BTreeMap::new();
    let mut found = Vec::new();
    let mut after = after.copied();
    while found.len() < limit {
        let wanted = limit - found.len();
        let lines = session.store.journal(query, after.as_ref(), wanted)?;
        let ended = lines.len() < wanted;
        after = lines.last().map(|line| line.key).or(after);
        for line in lines {
            let object = line.key.object;
            if !full && !sees(session, object, &mut gone)? {
                continue;
            }
            let title = match titles.get(&object) {
                Some(known) => known.clone(),
                None => title_of(session, object)?,
            };
            titles.insert(object, title.clone());
            found.push(Entry {
                key: line.key,
                at: line.at,
                user: users.of(AnyRef::new(User::TAG, line.account), &session.store, &facts)?,
                workstation: line.workstation,
                op: Op::of(line.op).label(),
                deed: deed_words(Deed::of(line.deed)),
                title,
            });
        }
        if ended {
            break;
        }
    }
    facts.result()?;
    Ok(found)
}

/// Whether the user may see an object the store has let through; asked once of each.
fn sees(session: &Session, object: AnyRef, known: &mut BTreeMap<AnyRef, bool>) -> Outcome<bool> {
    if let Some(seen) = known.get(&object) {
        return Ok(*seen);
    }
    let seen = session.store.load(object)?.is_some()
        || match told(session, object) {
            Ok(_) => true,
            Err(Error::Refused(..)) => false,
            Err(failed) => return Err(failed),
        };
    known.insert(object, seen);
    Ok(seen)
}
