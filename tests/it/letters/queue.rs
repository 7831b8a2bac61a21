//! What is put in the queue, when it is taken out again, and what follows from each answer of a server.

use super::{SHOP, done, letters, order, round, to, told, use_templates};
use crate::bases::{Bases, engines, or_say, today};
use kontora::exchange::mail::Carried;
use kontora::exchange::mail::fake::Fake;
use kontora::kernel::moment::Moment;
use kontora::ops::gate::Session;
use kontora::ops::letters::care;
use kontora::ops::undo::{Scope, redo, undo};
use kontora::store::letters::LetterState;

fn shop(engine: &Bases, templates: &[&str]) -> Session {
    let session = engine.fresh(today());
    done(&session, SHOP);
    use_templates(&session, templates);
    session
}

fn states(session: &Session, key: &str) -> Vec<LetterState> {
    letters(session, key).iter().map(|letter| letter.state).collect()
}

fn later(session: &Session, seconds: i64) -> Moment {
    let moment = session.clock.now().plus_seconds(seconds);
    session.clock.set(moment);
    moment
}

#[test]
fn each_event_of_an_order_is_told_once_with_its_text() {
    for engine in engines() {
        let session = shop(&engine, &["arrived", "confirmed", "ready", "shipped", "state", "cancelled"]);
        done(&session, &order("O-1", "C1", "T1", 3));
        let new = LetterState::New;
        let first = [("Заказ получен".to_owned(), new), ("Готов к отгрузке".to_owned(), new)];
        assert_eq!(told(&session, "O-1"), first, "{}", engine.engine);
        // Written anew it is no news.
        done(&session, &order("O-1", "C1", "T1", 3));
        assert_eq!(told(&session, "O-1").len(), 2);
        let fake = Fake::default();
        let sent = round(&session, &fake);
        assert_eq!((sent.done, sent.left, to(&fake.taken())), (2, 0, vec!["anna@example.org"; 2]));
        let arrived = letters(&session, "O-1").remove(0);
        assert_eq!(arrived.state, LetterState::Sent);
        assert_eq!(arrived.answer, "250 OK");
        for words in ["Здравствуйте, Анна!", "1. Чайник: 3 шт × 100,00 = 300,00", "Итого: 300,00 руб.", "Лавка «Чай»"]
        {
            assert!(arrived.body.contains(words), "{words} in {}", arrived.body);
        }
        assert!(!arrived.body.contains('{') && !arrived.body.contains("Адрес доставки"), "{}", arrived.body);
        assert!(arrived.subject.starts_with("Заказ ") && arrived.subject.ends_with(" получен"), "{}", arrived.subject);
        assert_eq!(fake.taken()[0].raw, arrived.raw, "kept as it left");
        done(
            &session,
            r#"{"type":"goods_issue","key":"G-1","date":"2026-11-23","on":"customer_order:O-1","post":true}"#,
        );
        assert_eq!(told(&session, "O-1")[2..], [("Отгружен".to_owned(), new)]);
        done(
            &session,
            r#"{"type":"cash_receipt","key":"P-1","date":"2026-11-23","on":"customer_order:O-1","post":true}"#,
        );
        assert_eq!(told(&session, "O-1")[3..], [("Изменилось состояние".to_owned(), new)]);
        assert_eq!(round(&session, &fake).done, 2);
        let said = letters(&session, "O-1");
        assert!(said[2].body.contains("отгружен полностью") && said[3].body.contains("Закрыт"), "{said:?}");
        // Goods that were not there, and a line that is cancelled.
        done(&session, &order("O-2", "C1", "T2", 1));
        let second = [("Заказ получен".to_owned(), new)];
        assert_eq!(told(&session, "O-2"), second);
        done(
            &session,
            r#"{"type":"customer_order","key":"O-2","goods":[{"item":"T2","qty":1,"price":"100","cancelled":true}]}"#,
        );
        assert_eq!(told(&session, "O-2")[1..], [("Отменен".to_owned(), new)]);
        // Nobody to write to, and an order of long ago.
        done(&session, &order("O-3", "C2", "T1", 1));
        done(&session, &order("O-4", "C1", "T1", 1).replace("2026-11-23", "2026-10-01"));
        assert_eq!((told(&session, "O-3"), told(&session, "O-4")), (vec![], vec![]));
    }
}

#[test]
fn only_orders_of_the_site_where_the_template_says_so_and_nothing_without_one() {
    for engine in engines() {
        let session = shop(&engine, &[]);
        done(&session, &order("O-0", "C1", "T1", 1));
        done(&session, r#"{"type":"letter_template","code":"arrived","active":true}"#);
        done(&session, &order("O-1", "C1", "T1", 1));
        done(&session, &order("O-2", "C1", "T1", 1).replace("\"customer\"", "\"link\":\"file\",\"customer\""));
        let counts = ["O-0", "O-1", "O-2"].map(|key| told(&session, key).len());
        assert_eq!(counts, [0, 0, 1], "{}", engine.engine);
    }
}

#[test]
fn what_is_taken_back_before_it_was_sent_stays_quiet() {
    for engine in engines() {
        let session = shop(&engine, &["arrived", "shipped"]);
        done(&session, &order("O-1", "C1", "T1", 2));
        let fake = Fake::default();
        or_say(undo(&session, Scope::Session));
        assert_eq!(states(&session, "O-1"), [LetterState::Withdrawn], "{}", engine.engine);
        assert_eq!((round(&session, &fake).done, fake.taken().len()), (0, 0));
        or_say(redo(&session, Scope::Session));
        assert_eq!(states(&session, "O-1"), [LetterState::New]);
        assert_eq!(round(&session, &fake).done, 1);
        done(
            &session,
            r#"{"type":"goods_issue","key":"G-1","date":"2026-11-23","on":"customer_order:O-1","post":true}"#,
        );
        or_say(undo(&session, Scope::Session));
        assert_eq!(states(&session, "O-1"), [LetterState::Sent, LetterState::Withdrawn]);
        // A letter that left is not sent a second time when its event comes again.
        or_say(redo(&session, Scope::Session));
        round(&session, &fake);
        or_say(undo(&session, Scope::Session));
        or_say(redo(&session, Scope::Session));
        round(&session, &fake);
        assert_eq!(states(&session, "O-1"), [LetterState::Sent; 2]);
        assert_eq!(fake.taken().len(), 2);
    }
}

#[test]
fn the_day_before_a_reserve_ends_its_buyer_is_told_once() {
    for engine in engines() {
        let session = shop(&engine, &["reserve"]);
        for (key, until) in [("O-1", "2026-11-25"), ("O-2", "2026-11-24"), ("O-3", "2026-11-26")] {
            let line = order(key, "C1", "T1", 1);
            done(&session, &line.replace("\"post\"", &format!("\"reserve_until\":\"{until}\",\"post\"")));
        }
        let fake = Fake::default();
        let mut chore = kontora::ops::letters::send::LetterChore::new(super::reach(&fake));
        let mut count = |seconds| {
            later(&session, seconds);
            or_say(kontora::ops::chores::Chore::round(&mut chore, &session)).done
        };
        assert_eq!((count(0), count(3_600), count(24 * 3_600), count(3_600)), (1, 0, 1, 0), "{}", engine.engine);
        let told = letters(&session, "O-1").remove(0);
        assert!(told.body.contains("до 25.11.2026") && told.body.contains("К оплате: 100,00"), "{}", told.body);
        assert!(letters(&session, "O-3").is_empty());
    }
}

#[test]
fn a_letter_that_is_put_off_is_tried_four_times_more() {
    for engine in engines() {
        let session = shop(&engine, &["arrived"]);
        done(&session, &order("O-1", "C1", "T1", 2));
        let fake = Fake::default();
        let temporary = || Carried::Later { answer: "451 4.7.1 Greylisted".to_owned(), slow: false };
        fake.say((0..5).map(|_| temporary()));
        for seconds in [15 * 60, 3_600, 4 * 3_600, 24 * 3_600] {
            assert_eq!(round(&session, &fake).done, 1, "{}", engine.engine);
            let letter = letters(&session, "O-1").remove(0);
            let due = session.clock.now().plus_seconds(seconds);
            assert_eq!((letter.state, letter.next_at), (LetterState::Deferred, due));
            later(&session, seconds - 1);
            assert_eq!(round(&session, &fake).done, 0, "not before its time");
            later(&session, 1);
        }
        assert_eq!(round(&session, &fake).done, 1);
        let letter = letters(&session, "O-1").remove(0);
        assert_eq!(
            (letter.state, letter.attempts, letter.answer.as_str()),
            (LetterState::Failed, 5, "451 4.7.1 Greylisted")
        );
        later(&session, 7 * 24 * 3_600);
        assert_eq!((round(&session, &fake).done, fake.taken().len()), (0, 0));
    }
}

#[test]
fn a_server_that_wants_fewer_letters_gets_fewer() {
    for engine in engines() {
        let session = shop(&engine, &["arrived"]);
        for at in 0..3 {
            done(&session, &order(&format!("O-{at}"), "C1", "T1", 1));
        }
        let fake = Fake::default();
        fake.say([Carried::Later { answer: "421 4.7.0 Too many messages".to_owned(), slow: true }]);
        let rest = round(&session, &fake);
        assert_eq!((rest.done, rest.left), (1, 3), "{}", engine.engine);
        assert!(rest.why.contains("421 4.7.0"), "{}", rest.why);
        later(&session, 299);
        assert_eq!(round(&session, &fake).done, 0);
        later(&session, 2);
        assert_eq!(round(&session, &fake).done, 2);
        later(&session, 900);
        assert_eq!((round(&session, &fake).done, fake.taken().len()), (1, 3));
    }
}

#[test]
fn addresses_that_take_nothing_are_marked() {
    for engine in engines() {
        let session = shop(&engine, &["arrived"]);
        let fake = Fake::default();
        let no = |answer: &str, gone| Carried::NoAddress { answer: answer.to_owned(), gone };
        fake.say([
            no("552 5.2.2 Mailbox full", false),
            no("552 5.2.2 Mailbox full", false),
            no("550 5.1.1 User unknown", true),
        ]);
        for at in 0..2 {
            done(&session, &order(&format!("O-{at}"), "C1", "T1", 1));
        }
        assert_eq!(round(&session, &fake).done, 2);
        let waiting = "{\"type\":\"counterparty\",\"code\":\"C9\",\"name\":\"Анна же\",\"email\":\"anna@example.org\"}";
        done(&session, waiting);
        let note = |address| or_say(session.store.address_note(address));
        assert_eq!((note("anna@example.org").refusals, note("anna@example.org").invalid), (2, false));
        done(&session, &order("O-2", "C1", "T1", 1));
        done(&session, &order("O-9", "C9", "T1", 1));
        assert_eq!(round(&session, &fake).done, 2);
        assert!(note("anna@example.org").invalid, "{}", engine.engine);
        let waited = letters(&session, "O-9").remove(0);
        assert!(waited.state == LetterState::Failed && waited.raw.is_empty(), "the server is not asked a fourth time");
        done(&session, &order("O-3", "C1", "T1", 1));
        let letter = letters(&session, "O-3").remove(0);
        assert_eq!(letter.state, LetterState::Failed);
        assert!(letter.reason.contains("550 5.1.1"), "{}", letter.reason);
        // The buyer has told another address, and the operator sends it again.
        done(&session, r#"{"type":"counterparty","code":"C1","email":"anna@example.net"}"#);
        or_say(care::again(&session, letter.id));
        assert_eq!((round(&session, &fake).done, to(&fake.taken())), (1, vec!["anna@example.net"]));
    }
}

#[test]
fn what_was_handed_over_without_an_answer_is_never_sent_again_by_itself() {
    for engine in engines() {
        let session = shop(&engine, &["arrived"]);
        done(&session, &order("O-1", "C1", "T1", 1));
        let fake = Fake::default();
        fake.say([Carried::Unknown("connection reset".to_owned())]);
        assert_eq!(round(&session, &fake).left, 0);
        assert_eq!(states(&session, "O-1"), [LetterState::Unknown], "{}", engine.engine);
        for _ in 0..5 {
            later(&session, 24 * 3_600);
            round(&session, &fake);
        }
        assert_eq!(fake.taken().len(), 1);
        let known = letters(&session, "O-1").remove(0);
        or_say(care::again(&session, known.id));
        assert_eq!((round(&session, &fake).done, fake.taken().len()), (1, 2));
        let again = letters(&session, "O-1").remove(0);
        assert_ne!(again.message_id, known.message_id, "another letter to the mail");
        assert!(!or_say(care::stop(&session, known.id)), "it has left");
    }
}

#[test]
fn a_server_that_is_not_there_costs_the_letter_nothing() {
    for engine in engines() {
        let session = shop(&engine, &["arrived"]);
        done(&session, &order("O-1", "C1", "T1", 1));
        let fake = Fake::default();
        for seconds in [60, 120, 300, 900, 900, 900] {
            fake.say([Carried::NotBegun("connection refused".to_owned())]);
            let rest = round(&session, &fake);
            assert!(rest.why.contains("connection refused"), "{}: {}", engine.engine, rest.why);
            let letter = letters(&session, "O-1").remove(0);
            assert_eq!((letter.state, letter.attempts), (LetterState::New, 0));
            later(&session, seconds - 1);
            round(&session, &fake);
            assert_eq!(fake.taken().len(), 0, "the server is left in peace for {seconds} s");
            later(&session, 1);
        }
        assert_eq!((round(&session, &fake).done, fake.taken().len()), (1, 1));
        assert_eq!(or_say(session.store.mail_pace(letters(&session, "O-1")[0].account)).failures, 0);
    }
}

#[test]
fn letters_leave_at_the_pace_of_the_account_and_not_while_it_is_paused() {
    for engine in engines() {
        let session = shop(&engine, &["arrived"]);
        done(&session, r#"{"type":"mail_account","code":"M","per_minute":2,"per_hour":5,"paused":true}"#);
        for at in 0..7 {
            done(&session, &order(&format!("O-{at}"), "C1", "T1", 1));
        }
        let fake = Fake::default();
        let rest = round(&session, &fake);
        assert!(rest.done == 0 && rest.why.contains("приостановлена"), "{}", rest.why);
        done(&session, r#"{"type":"mail_account","code":"M","paused":false}"#);
        assert_eq!(round(&session, &fake).done, 2, "{}", engine.engine);
        assert_eq!(round(&session, &fake).done, 0);
        later(&session, 62);
        assert_eq!(round(&session, &fake).done, 2);
        later(&session, 62);
        let rest = round(&session, &fake);
        assert!(rest.done == 1 && rest.why.contains("предел"), "{rest:?}");
        later(&session, 3_500);
        assert_eq!(round(&session, &fake).done, 2);
        assert_eq!(fake.taken().len(), 7);
    }
}

#[test]
fn somebody_says_not_to_send_and_tries_a_letter_on_himself() {
    for engine in engines() {
        let session = shop(&engine, &["arrived"]);
        done(&session, &order("O-1", "C1", "T1", 1));
        let letter = letters(&session, "O-1").remove(0);
        assert!(or_say(care::shown(&session, &letter)).text.contains("Здравствуйте, Анна"));
        assert!(or_say(care::stop(&session, letter.id)));
        let fake = Fake::default();
        assert_eq!((round(&session, &fake).done, states(&session, "O-1")), (0, vec![LetterState::Withdrawn]));
        let order = letter.object;
        assert_eq!(or_say(care::sample_order(&session)), order);
        let last = |id| or_say(session.store.letter(id)).unwrap();
        for of in [None, Some((letter.template, order))] {
            let id = or_say(care::trial(&session, letter.account, of));
            assert_eq!(round(&session, &fake).done, 1);
            let sent = (last(id).state, last(id).answer);
            assert_eq!(sent, (LetterState::Sent, "250 OK".to_owned()), "{}", engine.engine);
        }
        assert_eq!(to(&fake.taken()), ["shop@example.ru"; 2]);
        fake.say([Carried::NotBegun("535 5.7.8 wrong password".to_owned())]);
        let id = or_say(care::trial(&session, letter.account, None));
        round(&session, &fake);
        assert!(last(id).state == LetterState::Failed && last(id).reason.contains("535"), "{:?}", last(id));
        assert_eq!(or_say(session.store.open_letters()), 0);
    }
}
