//! The program dies while it sends: what was not handed over leaves later, what was handed over never leaves twice.

use super::{SHOP, done, letters, order, round, told, use_templates};
use crate::bases::{engines, or_say, places, today};
use crate::simulate::Random;
use kontora::exchange::mail::fake::Fake;
use kontora::exchange::mail::{Carried, Carrier, Sealed};
use kontora::kernel::clock::Clock;
use kontora::kernel::problems::Outcome;
use kontora::ops::chores::Chore as _;
use kontora::ops::gate::Session;
use kontora::ops::letters::send::{LetterChore, Reach};
use kontora::store::letters::LetterState;
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::TcpListener;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::process::{Command, Stdio};
use std::sync::mpsc::channel;
use std::sync::{Arc, Mutex};

/// The program is killed.
struct Killed;

/// Where it dies.
#[derive(Clone, Copy, PartialEq)]
enum Moment {
    BeforeHand,
    BeforeBytes,
    AfterBytes,
}

/// A server during whose work the program dies now and then.
struct Deadly {
    fake: Fake,
    dies: Arc<Mutex<Vec<Moment>>>,
}

impl Carrier for Deadly {
    fn carry(&mut self, letter: &Sealed, hand: &mut dyn FnMut() -> Outcome<()>) -> Outcome<Carried> {
        let Some(moment) = self.dies.lock().unwrap().pop() else { return self.fake.carry(letter, hand) };
        if moment != Moment::BeforeHand {
            hand()?;
        }
        if moment == Moment::AfterBytes {
            self.fake.carry(letter, &mut || Ok(()))?;
        }
        resume_unwind(Box::new(Killed));
    }
}

fn deadly(fake: &Fake, dies: &Arc<Mutex<Vec<Moment>>>) -> Reach {
    let (fake, dies) = (fake.clone(), Arc::clone(dies));
    Arc::new(move |_, _| Box::new(Deadly { fake: fake.clone(), dies: Arc::clone(&dies) }))
}

/// A round that may end with the death of the program.
fn live(session: &Session, reach: &Reach) {
    let round = AssertUnwindSafe(|| or_say(LetterChore::new(Arc::clone(reach)).round(session)));
    if let Err(why) = catch_unwind(round) {
        assert!(why.is::<Killed>(), "it died of something else");
    }
}

#[test]
fn whenever_the_program_dies_no_letter_leaves_twice_and_none_is_lost_silently() {
    for engine in engines() {
        let session = engine.fresh(today());
        done(&session, SHOP);
        done(&session, r#"{"type":"mail_account","code":"M","per_minute":1000,"per_hour":1000}"#);
        use_templates(&session, &["arrived"]);
        let mut random = Random::new(7);
        let (fake, dies) = (Fake::default(), Arc::<Mutex<Vec<Moment>>>::default());
        let reach = deadly(&fake, &dies);
        let count = 40;
        for at in 0..count {
            done(&session, &order(&format!("O-{at}"), "C1", "T1", 1));
            let moment = [Moment::BeforeHand, Moment::BeforeBytes, Moment::AfterBytes][random.below(3)];
            if random.below(2) == 0 {
                dies.lock().unwrap().push(moment);
            }
            live(&session, &reach);
            session.clock.set(session.clock.now().plus_seconds(16 * 60));
        }
        dies.lock().unwrap().clear();
        round(&session, &fake);
        session.clock.set(session.clock.now().plus_seconds(16 * 60));
        round(&session, &fake);
        let (mut sent, mut unknown) = (0, 0);
        for at in 0..count {
            let letter = letters(&session, &format!("O-{at}")).remove(0);
            let left = fake.taken().iter().filter(|taken| taken.raw.contains(&letter.message_id)).count();
            match letter.state {
                LetterState::Sent => {
                    assert_eq!(left, 1, "{}: it was sent", engine.engine);
                    sent += 1;
                }
                LetterState::Unknown => {
                    assert!(left <= 1, "{}: nobody knows", engine.engine);
                    unknown += 1;
                }
                other => panic!("{}: {other:?}", engine.engine),
            }
        }
        assert!(sent > 20 && unknown > 5, "{sent} sent, {unknown} unknown");
    }
}

#[test]
fn two_workstations_do_not_send_at_the_same_time() {
    for place in places() {
        let open = || or_say(Session::open(&place.address, Clock::fixed(today(), 1)));
        let (one, other) = (open(), open());
        done(&one, SHOP);
        use_templates(&one, &["arrived"]);
        done(&one, &order("O-1", "C1", "T1", 1));
        done(&one, &order("O-2", "C1", "T1", 1));
        let (fake, dies) = (Fake::default(), Arc::new(Mutex::new(vec![Moment::BeforeHand])));
        live(&one, &deadly(&fake, &dies));
        let rest = round(&other, &fake);
        assert!(rest.done == 0 && rest.why.contains("другое рабочее место"), "{place}: {rest:?}");
        other.clock.set(today().plus_seconds(16 * 60));
        assert_eq!(round(&other, &fake).done, 3, "looked after, and both sent");
        assert_eq!(fake.taken().len(), 2);
    }
}

/// A server that takes one letter whole and says nothing to it.
fn silent() -> (u16, std::sync::mpsc::Receiver<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let (tell, told) = channel();
    let serve = move || {
        let (stream, _) = listener.accept().unwrap();
        let mut out = stream.try_clone().unwrap();
        let mut say = |words: &str| out.write_all(format!("{words}\r\n").as_bytes()).unwrap();
        say("220 silent");
        let mut letter = String::new();
        let mut within = false;
        for line in BufReader::new(stream).lines() {
            let Ok(line) = line else { return };
            match line.split(' ').next().unwrap_or_default() {
                "." if within => {
                    let _ = tell.send(std::mem::take(&mut letter));
                    within = false;
                }
                _ if within => letter.push_str(&(line + "\n")),
                "EHLO" => say("250 silent"),
                "DATA" => {
                    within = true;
                    say("354 go on");
                }
                _ => say("250 OK"),
            }
        }
    };
    std::thread::Builder::new().name("silent server".to_owned()).spawn(serve).unwrap();
    (port, told)
}

#[test]
fn killed_between_the_letter_and_the_answer_it_is_unknown_and_stays_so() {
    for place in places() {
        let (port, told_by) = silent();
        let session = or_say(Session::open(&place.address, Clock::system()));
        done(&session, SHOP);
        done(&session, &format!("{{\"type\":\"mail_account\",\"code\":\"M\",\"port\":{port}}}"));
        use_templates(&session, &["arrived"]);
        let today = session.clock.today();
        let iso = format!("{:04}-{:02}-{:02}", today.year(), today.month().stored() % 100, today.day());
        done(&session, &order("O-1", "C1", "T1", 1).replace("2026-11-23", &iso));
        let home = tempfile::tempdir().unwrap();
        let mut child = Command::new(env!("CARGO_BIN_EXE_kontora"))
            .arg("--base")
            .arg(place.argument())
            .arg("run-jobs")
            .env("HOME", home.path())
            .env("XDG_CONFIG_HOME", home.path())
            .env("XDG_DATA_HOME", home.path())
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let letter = told_by.recv_timeout(std::time::Duration::from_secs(60)).expect("the letter is handed over");
        child.kill().unwrap();
        child.wait().unwrap();
        let known = letters(&session, "O-1").remove(0);
        assert!(known.handed && known.state == LetterState::Sending, "{place}: {known:?}");
        assert!(letter.contains(&known.message_id) && !known.raw.is_empty());
        drop(session);
        let fake = Fake::default();
        let later = Clock::system().now().plus_seconds(16 * 60);
        let session = or_say(Session::open(&place.address, Clock::fixed(later, 1)));
        round(&session, &fake);
        assert_eq!(told(&session, "O-1"), [("Заказ получен".to_owned(), LetterState::Unknown)]);
        session.clock.set(later.plus_seconds(48 * 3_600));
        round(&session, &fake);
        assert!(fake.taken().is_empty(), "{place}");
    }
}
