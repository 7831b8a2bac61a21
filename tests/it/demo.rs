//! The demo base: made for any day, proved, counted, and fit for the tour.

use crate::shared::shared;
use kontora::domain::company::company::Company;
use kontora::domain::crm::counterparty::Counterparty;
use kontora::domain::registry;
use kontora::domain::sales::customer_order::CustomerOrder;
use kontora::domain::sales::order_state::OrderState;
use kontora::domain::stock::item::Item;
use kontora::kernel::check_digits;
use kontora::kernel::clock::Clock;
use kontora::kernel::facts::Facts;
use kontora::kernel::moment::{Date, Moment};
use kontora::kernel::money::{Money, Qty};
use kontora::kernel::object::Declared;
use kontora::kernel::problems::Error;
use kontora::kernel::refs::AnyRef;
use kontora::ops::check::check;
use kontora::ops::demo;
use kontora::ops::gate::{Op, Session};
use kontora::ops::import_orders::{Attention, Fate, bind_item, import_orders, unbound_lines};
use kontora::ops::supply::shortages;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

/// The orders of the tour.
const TOUR: &[u8] = include_bytes!("../../assets/demo/site_orders.xml");

fn today() -> Moment {
    Date::ymd(2026, 11, 25).unwrap().at(16, 30, 0)
}

fn made(now: Moment) -> Session {
    let session = demo::create_in_memory(Clock::fixed(now, 5), &mut |_, _| true);
    session.unwrap_or_else(|error| panic!("{now}: {}", error.sentence()))
}

/// A base of its own, as made for [`today`]: made once, copied for every test.
fn copied(folder: &tempfile::TempDir) -> Session {
    static TEMPLATE: OnceLock<Vec<u8>> = OnceLock::new();
    let template = TEMPLATE.get_or_init(|| {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("demo.kontora");
        let session = demo::create(&path, Clock::fixed(today(), 5), &mut |_, _| true);
        drop(session.unwrap_or_else(|error| panic!("{}", error.sentence())));
        std::fs::read(path).unwrap()
    });
    let path = folder.path().join("copy.kontora");
    std::fs::write(&path, template).unwrap();
    Session::open(&path, Clock::fixed(today(), 5)).unwrap_or_else(|error| panic!("{}", error.sentence()))
}

fn proved(session: &Session) {
    let report = check(session, &mut |_| true).unwrap_or_else(|error| panic!("{}", error.sentence()));
    assert!(report.is_clean(), "{:?}", report.faults.iter().map(|fault| fault.show()).collect::<Vec<_>>());
}

fn all<T: Declared>(session: &Session) -> Vec<T> {
    let meta = T::declared();
    let mut found = Vec::new();
    let mut after = 0;
    loop {
        let ids = session.store.ids_after(meta, after, 1_000).unwrap_or_default();
        let Some(last) = ids.last() else { return found };
        after = *last;
        for id in ids {
            let object = session.store.load(AnyRef::new(T::TAG, id)).unwrap_or_default().unwrap();
            found.push(object.downcast::<T>().unwrap().clone());
        }
    }
}

fn count(session: &Session, code: &str) -> i64 {
    session.store.count(registry::by_code(code).unwrap().meta()).unwrap_or(-1)
}

fn imported(session: &Session, name: &str, bytes: &[u8], link: &str) -> BTreeMap<String, CustomerOrder> {
    let import = import_orders(session, name, bytes, link, &mut |_, _| true);
    let import = import.unwrap_or_else(|error| panic!("{}", error.sentence()));
    let orders = import.documents.iter().map(|taken| {
        let Fate::Created(order) = taken.fate else { panic!("{}: {:?}", taken.number, taken.fate) };
        let object = session.store.load(order).unwrap_or_default().unwrap();
        (taken.number.clone(), object.downcast::<CustomerOrder>().unwrap().clone())
    });
    orders.collect()
}

fn lacking(session: &Session) -> BTreeMap<String, (Qty, bool)> {
    let facts = session.facts();
    let read: &dyn Facts = &facts;
    let found = shortages(&session.store, read).unwrap_or_else(|error| panic!("{}", error.sentence()));
    let named = found.iter().map(|one| (read.get(one.item).unwrap().name.clone(), (one.qty, !one.supplier.is_empty())));
    named.collect()
}

#[test]
fn the_demo_base_is_what_was_promised() {
    let folder = tempfile::tempdir().unwrap();
    let session = copied(&folder);
    proved(&session);
    let items: Vec<Item> = all(&session);
    let things = items.iter().filter(|item| !item.folder).count();
    assert!((290..=320).contains(&things), "{things} items");
    assert!(items.iter().filter(|item| item.folder).count() > 20);
    let goods = || items.iter().filter(|item| !item.folder && item.is_goods());
    assert!(goods().all(|item| !item.parent.is_empty() && !item.article.is_empty() && !item.supplier.is_empty()));
    let articles: BTreeSet<&str> = goods().map(|item| item.article.as_str()).collect();
    assert_eq!(articles.len(), goods().count(), "an article names one item");
    for item in goods() {
        let barcode = item.barcodes.first().map_or("", |row| row.barcode.as_str());
        assert!(check_digits::ean13(barcode).is_ok(), "{}: {barcode}", item.name);
    }
    let cards: Vec<Counterparty> = all(&session);
    let of = |letter: &str| cards.iter().filter(|card| !card.folder && card.code.starts_with(letter)).count();
    assert_eq!((of("К1") + of("К2"), of("П")), (60, 10), "customers and suppliers");
    let company = all::<Company>(&session).remove(0);
    assert!(check_digits::inn(&company.inn).is_ok() && check_digits::ogrn(&company.ogrn).is_ok());
    for kind in registry::KINDS.iter().map(|kind| kind.meta()) {
        assert!(session.store.count(kind).unwrap_or(0) > 0, "nothing of the kind {}", kind.code);
    }
    assert!(count(&session, "customer_order") > 200);
    assert_eq!(count(&session, "month_closing"), 3, "three finished months are closed");
}

#[test]
fn its_books_balance_and_nothing_lies_in_the_future() {
    let folder = tempfile::tempdir().unwrap();
    let session = copied(&folder);
    let facts = session.facts();
    let read: &dyn Facts = &facts;
    let company = all::<Company>(&session).remove(0).head.id;
    let total =
        |code: &str| -> Money { read.ledger(company, code, Moment::FOREVER).iter().map(|row| row.amount).sum() };
    assert_eq!(total(""), Money::ZERO, "debit equals credit");
    assert_eq!(total("000"), Money::ZERO, "what there was is accounted for");
    assert!(total("50") > Money::ZERO && total("51") > Money::ZERO, "no cash desk or account below zero");
    assert!(total("99") < Money::ZERO, "the company earns money");
    let first = demo::first_day(today().date());
    assert_eq!(first, Date::ymd(2026, 8, 1).unwrap());
    for kind in registry::KINDS.iter().filter(|kind| kind.meta().field("date").is_some()) {
        for reference in session.store.posted_of(kind.meta().code).unwrap_or_default() {
            let (number, date) = session.store.number_and_date(reference).unwrap_or_default().unwrap();
            assert!(date <= today(), "{number} of {date}");
            assert!(date >= first.plus_days(-1).start(), "{number} of {date}");
        }
    }
    let states: BTreeSet<OrderState> = all::<CustomerOrder>(&session).iter().map(|order| order.state).collect();
    for state in
        [OrderState::Supply, OrderState::ReadyToShip, OrderState::Shipping, OrderState::Payment, OrderState::Closed]
    {
        assert!(states.contains(&state), "no order is {}", state.label());
    }
    assert!(!lacking(&session).is_empty(), "something is lacking on the last day");
}

#[test]
fn it_is_made_for_any_day_and_any_hour() {
    // A new year, the end of a month, the first minute of a day, a year with another rate of VAT.
    let days = [(2027, 1, 1, 0), (2026, 12, 31, 23), (2027, 3, 1, 9), (2025, 6, 15, 12)];
    for (year, month, day, hour) in days {
        let now = Date::ymd(year, month, day).unwrap().at(hour, 0, 0);
        let session = made(now);
        proved(&session);
        assert!(all::<CustomerOrder>(&session).iter().all(|order| order.date <= now), "{now}");
        let orders = imported(&session, "site_orders.xml", TOUR, "file");
        assert_eq!(orders["5001"].state, OrderState::ReadyToShip, "{now}");
        proved(&session);
    }
}

#[test]
fn the_same_day_gives_the_same_base() {
    let sums = |session: &Session| {
        let orders: Vec<CustomerOrder> = all(session);
        (session.store.derived_digest().unwrap_or_default(), orders)
    };
    let folder = tempfile::tempdir().unwrap();
    let (one, other) = (copied(&folder), made(today()));
    assert!(sums(&one) == sums(&other), "two demo bases of one day differ");
}

#[test]
fn a_file_appears_whole_or_not_at_all() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("bases").join("demo.kontora");
    let clock = Clock::fixed(today(), 5);
    let mut seen = Vec::new();
    let stopped = demo::create(&path, clock.clone(), &mut |done, total| {
        seen.push((done, total));
        done < 20
    });
    assert!(matches!(stopped.map(|_| ()), Err(Error::Cancelled)));
    assert!(!path.exists());
    assert_eq!(seen.len(), 20, "nothing is done after the refusal to go on");
    let mut last = (0, 1);
    let session = demo::create(&path, clock.clone(), &mut |done, total| {
        last = (done, total);
        true
    });
    let session = session.unwrap_or_else(|error| panic!("{}", error.sentence()));
    assert_eq!(last.0, last.1, "the work told beforehand is the work done");
    assert_eq!(session.store.path(), Some(path.as_path()));
    assert_eq!(
        std::fs::read_dir(path.parent().unwrap())
            .unwrap()
            .filter(|entry| {
                let name = entry.as_ref().unwrap().file_name();
                name.to_string_lossy().ends_with(".part")
            })
            .count(),
        0
    );
    proved(&session);
    drop(session);
    let again = demo::create(&path, clock, &mut |_, _| panic!("an existing file is refused before any work"));
    assert!(matches!(again.map(|_| ()), Err(Error::Refused(..))));
}

#[test]
fn the_orders_of_the_tour_have_a_fate_of_each_kind() {
    let folder = tempfile::tempdir().unwrap();
    let session = copied(&folder);
    let before: BTreeSet<String> = lacking(&session).into_keys().collect();
    let people = count(&session, "counterparty");
    let orders = imported(&session, "site_orders.xml", TOUR, "file");
    assert_eq!(count(&session, "counterparty"), people + 1, "one buyer of three is new");
    let paid = &orders["5001"];
    assert_eq!((paid.state, paid.site_paid, paid.attention.as_str()), (OrderState::ReadyToShip, true, ""));
    assert!(paid.goods.iter().all(|line| !line.item.is_empty()), "delivery is an item too");
    let waiting = &orders["5002"];
    assert_eq!((waiting.state, waiting.attention.as_str()), (OrderState::Supply, ""));
    let firm = &orders["5003"];
    assert_eq!(Attention::read(&firm.attention), [Attention::Item]);
    let lacks = lacking(&session);
    let new: Vec<_> = lacks.iter().filter(|(name, _)| !before.contains(*name)).collect();
    assert_eq!(new.len(), 1, "{new:?}");
    assert_eq!(*new[0].1, (Qty::whole(3), true), "a supplier is known for what is lacking");
    let unbound = unbound_lines(&session, 10).unwrap_or_default();
    assert_eq!((unbound.len(), unbound[0].proposals.len()), (1, 1), "an item of the same name is proposed");
    let bound = bind_item(&session, unbound[0].order, unbound[0].line, unbound[0].proposals[0].typed());
    assert_eq!(bound.unwrap_or(0), 1);
    let firm = session.store.load(unbound[0].order.any()).unwrap_or_default().unwrap();
    assert_eq!(firm.downcast::<CustomerOrder>().unwrap().state, OrderState::ReadyToShip);
    proved(&session);
}

#[test]
fn goods_of_a_sample_file_are_known() {
    let Some(path) = shared("exchange/samples/orders/opencart_utf8.xml") else { return };
    let folder = tempfile::tempdir().unwrap();
    let session = copied(&folder);
    let before: BTreeSet<String> = lacking(&session).into_keys().collect();
    let orders = imported(&session, "opencart_utf8.xml", &std::fs::read(path).unwrap(), "shop");
    let unmatched: Vec<usize> = ["2", "3", "4"]
        .iter()
        .map(|number| orders[*number].goods.iter().filter(|line| line.item.is_empty()).count())
        .collect();
    assert_eq!(unmatched, [0, 0, 1], "one line of six goods has to be bound");
    assert_eq!(orders["2"].state, OrderState::ReadyToShip);
    assert_eq!(orders["3"].state, OrderState::Supply);
    let lacks = lacking(&session);
    let new: Vec<_> = lacks.iter().filter(|(name, _)| !before.contains(*name)).collect();
    assert_eq!(new.len(), 1, "{new:?}");
    assert_eq!(*new[0].1, (Qty::whole(7), true));
    let facts = session.facts();
    let found = shortages(&session.store, &facts).unwrap_or_default();
    let ordered = session.run(Op::Supply, |tx| tx.order_shortages(&found));
    assert!(ordered.unwrap_or_else(|error| panic!("{}", error.sentence())).0.len() > 1);
    assert!(lacking(&session).is_empty());
    proved(&session);
}
