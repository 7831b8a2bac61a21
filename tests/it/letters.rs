//! Letters to buyers: their texts, their queue, and how they leave.

mod deaths;
mod guarded;
mod queue;
mod server;
mod templates;

use crate::bases::or_say;
use kontora::exchange::mail::fake::Fake;
use kontora::exchange::mail::{Carrier, Sealed};
use kontora::kernel::refs::AnyRef;
use kontora::ops::chores::{Chore, Round};
use kontora::ops::gate::Session;
use kontora::ops::letters::send::{LetterChore, Reach, by_smtp};
use kontora::ops::load::load;
use kontora::store::letters::{Letter, LetterState};
use std::sync::Arc;

/// Loads lines; what is refused is told.
fn done(session: &Session, lines: &str) {
    if let Err(bad) = load(session, lines, &mut |_| true) {
        panic!("{:?}", bad.iter().map(|line| (line.line, line.error.sentence())).collect::<Vec<_>>());
    }
}

/// Loads lines that are refused; gives why.
fn refused(session: &Session, lines: &str) -> String {
    match load(session, lines, &mut |_| true) {
        Ok(_) => panic!("taken: {lines}"),
        Err(bad) => bad.iter().map(|line| line.error.sentence()).collect::<Vec<_>>().join("\n"),
    }
}

/// A shop with an account, goods, a buyer with an address and one without.
const SHOP: &str = r#"
{"type":"mail_account","code":"M","name":"Лавка","server":"127.0.0.1","security":"none","port":2525,"address":"shop@example.ru","sender":"Лавка «Чай»"}
{"type":"counterparty","code":"S1","name":"Север"}
{"type":"counterparty","code":"C1","name":"Анна","email":"anna@example.org"}
{"type":"counterparty","code":"C2","name":"Без почты"}
{"type":"item","code":"T1","name":"Чайник"}
{"type":"item","code":"T2","name":"Чашка"}
{"type":"goods_receipt","key":"R-1","date":"2026-11-20","supplier":"S1","post":true,"goods":[{"item":"T1","qty":100,"price":"60"}]}
"#;

/// Puts templates in use, for every order.
fn use_templates(session: &Session, codes: &[&str]) {
    for code in codes {
        done(
            session,
            &format!("{{\"type\":\"letter_template\",\"code\":\"{code}\",\"active\":true,\"site_only\":false}}"),
        );
    }
}

/// The line of an order of today.
fn order(key: &str, customer: &str, item: &str, qty: usize) -> String {
    format!(
        "{{\"type\":\"customer_order\",\"key\":\"{key}\",\"date\":\"2026-11-23\",\"customer\":\"{customer}\",\
         \"post\":true,\"goods\":[{{\"item\":\"{item}\",\"qty\":{qty},\"price\":\"100\"}}]}}"
    )
}

fn named(session: &Session, kind: &str, key: &str) -> AnyRef {
    or_say(session.store.known(&format!("load:{kind}"), key)).unwrap_or_default().object
}

fn letters(session: &Session, key: &str) -> Vec<Letter> {
    or_say(session.store.letters_of(named(session, "customer_order", key)))
}

/// What letters of an order tell, and how far they are.
fn told(session: &Session, key: &str) -> Vec<(String, LetterState)> {
    let label = |event| kontora::ops::letters::event_label(event);
    letters(session, key).iter().map(|letter| (label(letter.event), letter.state)).collect()
}

/// The way to a fake server.
fn reach(fake: &Fake) -> Reach {
    let fake = fake.clone();
    Arc::new(move |_, _| Box::new(fake.clone()) as Box<dyn Carrier>)
}

fn round(session: &Session, fake: &Fake) -> Round {
    or_say(LetterChore::new(reach(fake)).round(session))
}

/// A round over the real way.
fn send(session: &Session) -> Round {
    or_say(LetterChore::new(by_smtp()).round(session))
}

/// Subjects of letters as their bytes bear them, for those of Latin letters, and addressees.
fn to(letters: &[Sealed]) -> Vec<&str> {
    letters.iter().map(|letter| letter.to.as_str()).collect()
}
