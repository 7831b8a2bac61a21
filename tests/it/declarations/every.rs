//! A base with one of everything: posted documents of every kind, from which the walks over the registry start.

use crate::bases::{ENGINES, today};
use kontora::domain::registry;
use kontora::kernel::object::Object;
use kontora::kernel::refs::AnyRef;
use kontora::ops::gate::Session;
use kontora::ops::load::load;

/// A little company's month. A document is on a basis wherever there is one.
const LINES: &str = include_str!("every.jsonl");

/// A base that holds an object of every kind.
pub fn session() -> Session {
    let session = ENGINES[0].fresh(today());
    done(&session, LINES);
    session
}

/// Loads lines that must all go.
pub fn done(session: &Session, lines: &str) {
    if let Err(bad) = load(session, lines, &mut |_| true) {
        panic!("{:#?}", bad.iter().map(|line| (line.line, line.error.sentence())).collect::<Vec<_>>());
    }
}

/// All objects of the base, by kind in the order of the registry.
pub fn objects(session: &Session) -> Vec<Box<dyn Object>> {
    let mut found = Vec::new();
    for kind in registry::KINDS {
        let meta = kind.meta();
        let ids = session.store.ids_after(meta, 0, 10_000).unwrap_or_else(|error| panic!("{}", error.sentence()));
        found.extend(ids.into_iter().map(|id| {
            let object = session.store.load(AnyRef::new(meta.tag, id));
            object.unwrap_or_else(|error| panic!("{}", error.sentence())).expect("an object with this id")
        }));
    }
    found
}

#[test]
fn there_is_one_of_everything() {
    let session = session();
    let objects = objects(&session);
    for kind in registry::KINDS {
        let mut of_kind = objects.iter().filter(|object| object.meta() == kind.meta());
        let code = kind.meta().code;
        assert!(of_kind.next().is_some(), "every.jsonl has no {code}: a line of it is needed");
    }
}
