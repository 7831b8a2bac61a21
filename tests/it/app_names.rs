//! What reference fields offer: by name, code, article, barcode, tax number; what was chosen lately first.

use crate::app_kit::{World, wait};
use kontora::domain::registry;
use kontora::kernel::behaviour::Choices;
use kontora::kernel::problems::Place;
use kontora::kernel::refs::AnyRef;
use kontora::ops::gate::Op;
use kontora::ops::save::How;
use kontora::ui::app::names::Names;
use kontora::ui::editors::{Question, Suggest as _, Suggestion, Suggestions};
use std::rc::Rc;

struct Asking {
    target: Option<&'static str>,
    owner: Option<&'static str>,
    name: &'static str,
    query: &'static str,
    choices: Choices,
}

impl Asking {
    fn of(target: &'static str, query: &'static str) -> Self {
        Self { target: Some(target), owner: None, name: "any", query, choices: Choices::default() }
    }
    fn ask(&self, names: &mut Names) -> Vec<Suggestion> {
        let meta = |code| registry::by_code(code).unwrap().meta();
        wait("suggestions", || {
            names.tick();
            let question = Question {
                target: self.target.map(meta),
                owner: self.owner.map(meta),
                place: &Place::Whole,
                name: self.name,
                query: self.query,
                choices: &self.choices,
            };
            match names.suggest(&question) {
                Suggestions::Ready(found) => Some(found.to_vec()),
                Suggestions::Pending => None,
            }
        })
    }
    fn titles(&self, names: &mut Names) -> Vec<String> {
        self.ask(names).into_iter().map(|one| one.title).collect()
    }
}

fn title(names: &mut Names, reference: AnyRef) -> String {
    wait("a title", || {
        names.tick();
        names.title(reference)
    })
}

#[test]
fn things_are_found_by_whatever_they_are_known_by() {
    let world = World::new();
    let mut names = Names::new(Rc::new(world.base()));
    for (kind, query, wanted) in [
        ("item", "чай", "Чайник «Буран»"),
        ("item", "буран", "Чайник «Буран»"),
        ("item", "4006381333931", "Чайник «Буран»"),
        ("item", "У-2", "Утюг «Пар»"),
        ("item", "t3", "Лампа настольная"),
        ("counterparty", "7707083893", "ООО «Ромашка»"),
        ("counterparty", "елкина", "Ёлкина Анна Сергеевна"),
    ] {
        assert_eq!(Asking::of(kind, query).titles(&mut names), [wanted], "{query}");
    }
    assert!(Asking::of("item", "кухня").ask(&mut names).is_empty(), "a folder is no item");
    let folders = Asking { name: "parent", ..Asking::of("item", "") };
    assert_eq!(folders.titles(&mut names), ["Кухня"], "only folders stand above");
    let detail = Asking::of("counterparty", "ромашка").ask(&mut names).remove(0).detail;
    assert_eq!(detail, "ИНН 7707083893");
}

#[test]
fn what_was_chosen_lately_comes_first() {
    let world = World::new();
    let mut names = Names::new(Rc::new(world.base()));
    let customers = Asking { owner: Some("customer_order"), name: "customer", ..Asking::of("counterparty", "") };
    let found = customers.titles(&mut names);
    assert_eq!(&found[..2], ["ООО «Ромашка»", "Ёлкина Анна Сергеевна"], "two orders, then one");
    assert_eq!(found.len(), 5, "then all the others");
}

#[test]
fn choices_of_the_object_limit_what_is_offered() {
    let world = World::new();
    let mut names = Names::new(Rc::new(world.base()));
    let customer = world.find("counterparty", "C2");
    let own = Choices::owned("counterparty", customer.id());
    let contracts = Asking { choices: own, ..Asking::of("contract", "") };
    let found = contracts.titles(&mut names);
    assert!(found.contains(&"Договор 16".to_owned()) && !found.contains(&"Договор 15".to_owned()), "{found:?}");
    let kinds = Choices::kinds(&[registry::by_code("goods_receipt").unwrap().meta().tag]);
    let any = Asking { target: None, choices: kinds, ..Asking::of("item", "") };
    let found = any.ask(&mut names);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].detail, "ООО «Техноснаб»", "a document is told by its partner");
}

#[test]
fn a_title_follows_its_object() {
    let world = World::new();
    let base = Rc::new(world.base());
    let mut names = Names::new(Rc::clone(&base));
    let lamp = world.find("item", "T3");
    assert_eq!(title(&mut names, lamp), "Лампа настольная");
    let ticket = base.write(Op::Save, move |tx| {
        let mut object = tx.store.load(lamp)?.unwrap();
        assert!(object.set_by_name("name", kontora::kernel::value::Value::Text("Лампа новая".into())));
        tx.save(object.as_mut(), How::Write)
    });
    wait("the save", || ticket.poll()).unwrap();
    let changed = wait("changes", || base.changes());
    assert_eq!(changed, [lamp]);
    names.forget(&changed);
    wait("the new title", || {
        names.tick();
        (names.title(lamp).as_deref() == Some("Лампа новая")).then_some(())
    });
}
