//! A shop with several people at work, each with a session of his own.

use crate::bases::{Place, or_say, places, today};
use kontora::domain::registry;
use kontora::kernel::clock::Clock;
use kontora::kernel::problems::{Error, Outcome};
use kontora::kernel::refs::AnyRef;
use kontora::ops::gate::{Op, Session};
use kontora::ops::load::load;
use kontora::ops::save::How;

/// Two warehouses, two cash desks, two managers with a customer and an order each.
pub const SHOP: &str = r#"
{"type":"warehouse","code":"W2","name":"Второй склад"}
{"type":"cash_desk","code":"K2","name":"Вторая касса","company":"main","currency":"RUB"}
{"type":"employee","code":"E1","name":"Петрова Анна"}
{"type":"employee","code":"E2","name":"Яковлев Иван"}
{"type":"counterparty","code":"S1","name":"Север"}
{"type":"counterparty","code":"C1","name":"Ромашка","manager":"E1"}
{"type":"counterparty","code":"C2","name":"Ирис","manager":"E2"}
{"type":"item","code":"T1","name":"Чайник"}
{"type":"role","code":"orders","name":"Только заказы","discount_max":"5","permissions":[{"subject":"customer_order","write":true},{"subject":"customer_order","post":true}]}
{"type":"role","code":"giver","name":"Кадры","users":true}
{"type":"role","code":"out","name":"Выгрузка","export":true}
{"type":"role","code":"in","name":"Загрузка","load":true}
{"type":"user","code":"anna","name":"Анна","employee":"E1","roles":[{"role":"sales"}]}
{"type":"user","code":"ivan","name":"Иван","employee":"E2","roles":[{"role":"sales"},{"role":"out"}],"managers":[{"manager":"E2"}]}
{"type":"user","code":"keeper","name":"Зимин","roles":[{"role":"keeper"},{"role":"out"}],"warehouses":[{"warehouse":"main"}]}
{"type":"user","code":"cashier","name":"Ершова","roles":[{"role":"cashier"}],"cash_desks":[{"cash_desk":"main"}]}
{"type":"user","code":"head","name":"Воронцова","roles":[{"role":"head"}]}
{"type":"user","code":"books","name":"Лаптева","roles":[{"role":"accountant"}]}
{"type":"user","code":"nobody","name":"Никто"}
{"type":"user","code":"orders","name":"Новичок","roles":[{"role":"orders"}]}
{"type":"user","code":"giver","name":"Кадровик","roles":[{"role":"giver"},{"role":"head"}]}
{"type":"goods_receipt","key":"R-1","date":"2026-11-01","supplier":"S1","post":true,"goods":[{"item":"T1","qty":10,"price":"100"}]}
{"type":"goods_receipt","key":"R-2","date":"2026-11-01","supplier":"S1","warehouse":"W2","post":true,"goods":[{"item":"T1","qty":6,"price":"110"}]}
{"type":"customer_order","key":"O-1","date":"2026-11-02","customer":"C1","manager":"E1","comment":"первый","post":true,"goods":[{"item":"T1","qty":3,"price":"200"}]}
{"type":"customer_order","key":"O-2","date":"2026-11-03","customer":"C2","manager":"E2","comment":"второй","warehouse":"W2","post":true,"goods":[{"item":"T1","qty":2,"price":"300","discount":"30"}]}
{"type":"goods_issue","key":"G-1","on":"customer_order:O-1","date":"2026-11-04","post":true}
{"type":"goods_issue","key":"G-2","on":"customer_order:O-2","date":"2026-11-05","post":true}
{"type":"cash_receipt","key":"CR-1","date":"2026-11-06","counterparty":"C1","amount":"100","post":true}
{"type":"cash_receipt","key":"CR-2","date":"2026-11-06","counterparty":"C2","amount":"250","cash_desk":"K2","post":true}
"#;

/// The shop on one engine.
pub struct Shop {
    pub place: Place,
    /// The program itself, which may do everything.
    pub own: Session,
}

/// The shop on every engine at hand.
pub fn shops() -> Vec<Shop> {
    let each = places().into_iter().map(|place| {
        let own = or_say(Session::open(&place.address, clock()));
        take(&own, SHOP);
        Shop { place, own }
    });
    each.collect()
}

pub fn clock() -> Clock {
    Clock::fixed(today(), 3)
}

/// Loads lines that must all go.
pub fn take(session: &Session, lines: &str) {
    if let Err(bad) = load(session, lines, &mut |_| true) {
        panic!("{:#?}", bad.iter().map(|line| (line.line, line.error.sentence())).collect::<Vec<_>>());
    }
}

impl Shop {
    /// A session of a user by his code.
    pub fn of(&self, user: &str) -> Session {
        let mut session = or_say(Session::open(&self.place.address, clock()));
        or_say(session.act_as(self.find("user", user)));
        session
    }

    /// An element by its code, a document by its key.
    pub fn find(&self, kind: &str, called: &str) -> AnyRef {
        let meta = registry::by_code(kind).unwrap().meta();
        let known = or_say(self.own.store.known(&format!("load:{kind}"), called));
        known.map_or_else(|| or_say(self.own.store.with_code(meta, called)), |known| known.object)
    }

    /// Loads a line as the program reads it, written by a user with a right to load beside his own.
    pub fn line(&self, session: &Session, line: &str) -> Outcome<()> {
        session.run(Op::Save, |tx| tx.load_line(line)).map(|_| ())
    }

    /// Writes an object again, with a change.
    pub fn again(&self, session: &Session, object: AnyRef, how: How, field: &str, value: &str) -> Outcome<()> {
        let mut loaded = or_say(self.own.store.load(object)).unwrap();
        let changed = kontora::kernel::value::Value::Text(value.to_owned());
        assert!(loaded.set_by_name(field, changed));
        session.run(Op::Save, |tx| tx.save(loaded.as_mut(), how)).map(|_| ())
    }
}

/// What a refusal says.
pub fn refused<T>(outcome: Outcome<T>) -> String {
    match outcome {
        Err(Error::Refused(problems, meta)) => problems.sentences(meta),
        Err(error) => panic!("failed: {}", error.sentence()),
        Ok(_) => panic!("it was done"),
    }
}
