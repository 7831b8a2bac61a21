//! What objects do: made on a basis, completed, checked, posted - with anything in them, and never by panic.

use super::every::{objects, session};
use super::storage::filled;
use crate::bases::or_say;
use crate::digest::digest;
use kontora::domain::registry;
use kontora::kernel::behaviour::{At, KindOps};
use kontora::kernel::meta::Kind;
use kontora::kernel::object::Object;
use kontora::kernel::problems::Error;
use kontora::ops::gate::{Op, Session};
use kontora::ops::save::How;

/// Every field and every cell of an object.
fn places(object: &dyn Object) -> Vec<At<'static>> {
    let meta = object.meta();
    let mut found: Vec<At<'static>> = meta.fields.iter().map(|field| At::Field(field.name)).collect();
    for (table, part) in meta.tables.iter().enumerate() {
        found.push(At::Field(part.name));
        for row in 0..=object.rows(table) {
            found.extend(part.fields.iter().map(|field| At::Cell { table: part.name, row, field: field.name }));
        }
    }
    found
}

/// A sentence for a person: words, no name of a program's inside.
fn is_sentence(said: &str) -> bool {
    let words = said.split_whitespace().count();
    words >= 2 && !said.contains("{ $") && !said.contains("::") && said.chars().any(|c| ('а'..='я').contains(&c))
}

fn fill(session: &Session, kind: &dyn KindOps, basis: &dyn Object) -> Result<Box<dyn Object>, String> {
    let facts = session.facts();
    let mut made = (kind.meta().new)();
    kind.fill_new(made.as_mut(), &facts);
    let filled = kind.fill_on_basis(made.as_mut(), basis, &facts);
    or_say(facts.result());
    filled.map(|()| made).map_err(|problems| problems.sentences(Some(kind.meta())))
}

#[test]
fn a_basis_fills_or_refuses_with_a_sentence() {
    let session = session();
    let before = digest(&session);
    let (mut made, mut posted, mut wrong) = (0, 0, Vec::new());
    for basis in objects(&session).iter().filter(|object| object.meta().kind == Kind::Document) {
        for kind in registry::KINDS.iter().filter(|kind| kind.meta().kind == Kind::Document) {
            let pair = format!("{} on {}", kind.meta().code, basis.meta().code);
            let named = kind.bases().contains(&basis.meta().tag);
            match fill(&session, *kind, basis.as_ref()) {
                Err(said) if !is_sentence(&said) => wrong.push(format!("{pair}: {said}")),
                Err(_) => {}
                Ok(_) if !named => wrong.push(format!("{pair}: filled, and not among its bases")),
                Ok(mut object) => {
                    made += 1;
                    match session.rehearse(|tx| tx.save(object.as_mut(), How::Post)) {
                        Ok(()) => posted += 1,
                        Err(Error::Refused(problems, meta)) if is_sentence(&problems.sentences(meta)) => {}
                        Err(other) => wrong.push(format!("{pair}: {}", other.sentence())),
                    }
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(made > 15 && posted > 10, "{made} made on a basis, {posted} posted");
    assert!(before.differences(&digest(&session)).is_empty());
}

#[test]
fn a_new_object_is_completed_by_what_the_base_knows() {
    let session = session();
    for kind in registry::KINDS.iter().filter(|kind| kind.meta().kind == Kind::Document) {
        let meta = kind.meta();
        let facts = session.facts();
        let mut made = (meta.new)();
        kind.fill_new(made.as_mut(), &facts);
        or_say(facts.result());
        if meta.field("company").is_some() {
            let company = made.by_name("company").is_some_and(|value| !value.is_empty());
            assert!(company, "a new {} knows whose it is", meta.code);
        }
    }
}

/// Asks an object everything a form and the poster ask.
fn ask_everything(session: &Session, kind: &dyn KindOps, object: &mut dyn Object) {
    let facts = session.facts();
    let _ = (kind.presentation(object), kind.search_words(object));
    for at in places(object) {
        let _ = kind.choices(object, at);
        if let At::Field(name) = at {
            let _ = kind.visible(object, name);
        }
        kind.changed(object, at, &facts);
    }
    for posting in [false, true] {
        let mut problems = kontora::kernel::problems::Problems::new();
        kind.check(object, posting, &facts, &mut problems);
        for problem in &problems.0 {
            let said = problem.sentence(Some(kind.meta()));
            assert!(is_sentence(&said), "{}: {said}", kind.meta().code);
        }
    }
    let mut out = kontora::kernel::register::Movements::default();
    let _ = kind.post(object, &facts, &mut out);
    kind.fill_new(object, &facts);
    or_say(facts.result());
}

#[test]
fn nothing_in_an_object_makes_it_panic() {
    let session = session();
    let before = digest(&session);
    let (mut kept, mut refused) = (0, 0);
    for kind in registry::KINDS {
        let meta = kind.meta();
        let empty = (meta.new)();
        let strange = (0..40).map(|seed| filled(meta, seed * 13, usize::try_from(seed % 3).unwrap()));
        for object in std::iter::once(empty).chain(strange) {
            ask_everything(&session, *kind, object.boxed().as_mut());
            for how in [How::Write, How::Post] {
                let mut own = object.boxed();
                own.head_mut().uid = kontora::kernel::object::Uid::default();
                match session.rehearse(|tx| tx.save(own.as_mut(), how)) {
                    Ok(()) => kept += 1,
                    Err(Error::Refused(problems, meta)) => {
                        refused += 1;
                        let said: Vec<String> = problems.0.iter().map(|one| one.sentence(meta)).collect();
                        assert!(said.iter().all(|said| is_sentence(said)), "{}: {said:?}", kind.meta().code);
                    }
                    Err(other) => panic!("{}: {}", meta.code, other.sentence()),
                }
            }
        }
    }
    assert!(kept > 10 && refused > 100, "{kept} kept, {refused} refused");
    assert!(before.differences(&digest(&session)).is_empty());
}

#[test]
fn every_object_of_the_base_is_written_posted_and_taken_back_again() {
    let session = session();
    for object in objects(&session) {
        let code = object.meta().code;
        // Written as it is: nothing is new in it.
        let mut same = object.boxed();
        or_say(session.run(Op::Save, |tx| tx.save(same.as_mut(), How::Write)));
        assert_eq!(same.head().version, object.head().version, "{code} written without a change has the same version");
        if object.meta().kind == Kind::Catalog {
            continue;
        }
        let before = digest(&session);
        let outcome = session.rehearse(|tx| {
            let mut own = object.boxed();
            tx.save(own.as_mut(), How::Unpost)?;
            tx.save(own.as_mut(), How::Post)
        });
        match outcome {
            Ok(()) => {}
            Err(Error::Refused(problems, meta)) => assert!(is_sentence(&problems.sentences(meta)), "{code}"),
            Err(other) => panic!("{code}: {}", other.sentence()),
        }
        assert!(before.differences(&digest(&session)).is_empty(), "{code}: a rehearsal is taken back");
    }
}
