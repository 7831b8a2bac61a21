//! Letters and a server written by others: what it says of their form, and what we make of its refusals. It runs where
//! `aiosmtpd` is installed for `KONTORA_PYTHON` (or `python3`), and says so aloud where not.

use super::{SHOP, done, letters, order, send, use_templates};
use crate::bases::{or_say, places, today};
use crate::shared::{shared, switch};
use kontora::kernel::clock::Clock;
use kontora::ops::gate::Session;
use kontora::store::letters::LetterState;
use kontora::store::passwords;
use serde_json::Value;
use std::io::{BufRead as _, BufReader};
use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, Command, Stdio};

/// The server at work; it ends with the test.
struct Sink {
    child: Child,
    folder: tempfile::TempDir,
    port: u16,
}

impl Drop for Sink {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[expect(clippy::print_stderr, reason = "a skipped test must be seen in the log of the run")]
fn sink(options: &[&str]) -> Option<Sink> {
    let script = shared("exchange/counterparts/smtp_sink.py")?;
    let python = switch("KONTORA_PYTHON").unwrap_or_else(|| "python3".to_owned());
    let ready = Command::new(&python).args(["-c", "import aiosmtpd"]).output();
    if !ready.is_ok_and(|output| output.status.success()) {
        eprintln!("SKIPPED: aiosmtpd is not installed for {python}");
        return None;
    }
    // A port nobody has: it is free again as soon as it is known.
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let folder = tempfile::tempdir().unwrap();
    let mut command = Command::new(python);
    command.arg(script).arg(folder.path()).arg(port.to_string()).args(options);
    let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let mut said = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut said).unwrap();
    assert!(said.starts_with("smtp://"), "{said}");
    Some(Sink { child, folder, port })
}

fn journal(folder: &Path) -> Vec<Value> {
    let text = std::fs::read_to_string(folder.join("journal.jsonl")).unwrap_or_default();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn shop(session: &Session, sink: &Sink, more: &str) {
    done(session, SHOP);
    done(session, &format!("{{\"type\":\"mail_account\",\"code\":\"M\",\"port\":{}{more}}}", sink.port));
    use_templates(session, &["arrived"]);
}

fn buyer(session: &Session, code: &str, address: &str) {
    done(
        session,
        &format!("{{\"type\":\"counterparty\",\"code\":\"{code}\",\"name\":\"{code}\",\"email\":\"{address}\"}}"),
    );
    done(session, &order(&format!("O-{code}"), code, "T1", 2));
}

#[test]
fn a_server_of_others_finds_no_fault_and_its_refusals_are_understood() {
    for place in places() {
        let Some(sink) = sink(&[]) else { return };
        let session = or_say(Session::open(&place.address, Clock::fixed(today(), 1)));
        shop(&session, &sink, "");
        for (code, address) in [
            ("B1", "anna@example.org"),
            ("B2", "bounce@example.org"),
            ("B3", "full@example.org"),
            ("B4", "temp@example.org"),
            ("B5", "olga@example.org"),
        ] {
            buyer(&session, code, address);
        }
        let round = send(&session);
        assert_eq!((round.done, round.left), (5, 1), "{place}: {round:?}");
        let states = ["B1", "B2", "B3", "B4", "B5"].map(|code| letters(&session, &format!("O-{code}"))[0].state);
        let (sent, failed) = (LetterState::Sent, LetterState::Failed);
        assert_eq!(states, [sent, failed, failed, LetterState::Deferred, sent]);
        let note = |address| or_say(session.store.address_note(address));
        assert!(note("bounce@example.org").invalid && !note("full@example.org").invalid);
        let answer = letters(&session, "O-B2").remove(0).answer;
        assert!(answer.contains("550") && answer.contains("5.1.1"), "{answer}");
        session.clock.set(today().plus_seconds(15 * 60 + 1));
        assert_eq!(send(&session).done, 1, "greylisting is waited out");
        let journal = journal(sink.folder.path());
        assert_eq!(journal.len(), 3);
        for letter in &journal {
            assert_eq!(letter["faults"], Value::Array(Vec::new()), "{letter}");
            assert!(letter["subject"].as_str().unwrap().starts_with("Заказ "), "{letter}");
            assert_eq!(letter["from_"], "Лавка «Чай» <shop@example.ru>");
            assert_eq!(letter["list_unsubscribe"], Value::Null);
            assert!(letter["text"].as_str().unwrap().contains("1. Чайник: 2 шт × 100,00 = 200,00"), "{letter}");
        }
    }
}

#[test]
fn the_password_is_asked_for_and_a_server_that_counts_is_left_in_peace() {
    let Some(sink) = sink(&["--auth", "shop:secret", "--per-minute", "2"]) else { return };
    let session = crate::bases::ENGINES[0].fresh(today());
    shop(&session, &sink, ",\"login\":\"shop\",\"server\":\"localhost\"");
    for code in ["B1", "B2", "B3"] {
        buyer(&session, code, &format!("{code}@example.org"));
    }
    assert!(send(&session).why.contains("нужен пароль"));
    passwords::keep_mail("localhost", "shop", "secret");
    let round = send(&session);
    assert_eq!(round.done, 3, "{round:?}");
    assert!(round.why.contains("450 4.7.1"), "{}", round.why);
    passwords::forget_mail("localhost", "shop");
    let states = ["B1", "B2", "B3"].map(|code| letters(&session, &format!("O-{code}"))[0].state);
    assert_eq!(states, [LetterState::Sent, LetterState::Sent, LetterState::Deferred]);
    // What cannot be protected does not leave in the clear.
    done(&session, r#"{"type":"mail_account","code":"M","security":"starttls","login":""}"#);
    session.clock.set(today().plus_seconds(3_600));
    let why = send(&session).why;
    assert!(why.contains("STARTTLS"), "{why}");
    assert_eq!(journal(sink.folder.path()).len(), 2);
}
