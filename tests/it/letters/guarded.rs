//! The line to a mail server over TLS, from the first byte on and after STARTTLS: whom it trusts, and that nothing is
//! said to a server nobody vouches for.

use super::{SHOP, done, letters, order, send, use_templates};
use crate::bases::{ENGINES, today};
use kontora::ops::gate::{Op, Session};
use kontora::store::letters::LetterState;
use kontora::store::passwords;
use rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
use rustls::{ServerConfig, ServerConnection, StreamOwned};
use std::io::{BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

/// What the server heard on guarded lines and in the clear.
#[derive(Default)]
struct Heard {
    guarded: Vec<String>,
    clear: Vec<String>,
}

/// A mail server of a few words.
struct Server {
    port: u16,
    certificate: String,
    heard: Arc<Mutex<Heard>>,
}

/// Calls it answers: a test makes fewer.
const CALLS: usize = 8;

impl Server {
    /// TLS from the first byte on, or after a word.
    fn start(at_once: bool) -> Self {
        let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
        let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(made.signing_key.serialize_der()));
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = ServerConfig::builder_with_provider(provider).with_safe_default_protocol_versions().unwrap();
        let config = config.with_no_client_auth().with_single_cert(vec![made.cert.der().clone()], key).unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let heard = Arc::new(Mutex::new(Heard::default()));
        let (config, told) = (Arc::new(config), Arc::clone(&heard));
        let serving = move || {
            for line in listener.incoming().take(CALLS).flatten() {
                // Whoever does not believe the certificate cuts the line, which is no trouble of the server's.
                let _ = serve(line, &config, at_once, &told);
            }
        };
        std::thread::Builder::new().name("mail server".to_owned()).spawn(serving).unwrap();
        Self { port, certificate: made.cert.pem(), heard }
    }
}

fn serve(mut line: TcpStream, config: &Arc<ServerConfig>, at_once: bool, heard: &Mutex<Heard>) -> std::io::Result<()> {
    if !at_once {
        let mut wants = false;
        let hear = |word: String| {
            wants |= word == "STARTTLS";
            heard.lock().unwrap().clear.push(word);
        };
        talk(&mut line, "250-localhost\r\n250 STARTTLS\r\n", true, hear)?;
        if !wants {
            return Ok(());
        }
    }
    let connection = ServerConnection::new(Arc::clone(config)).map_err(std::io::Error::other)?;
    let mut guarded = StreamOwned::new(connection, line);
    let hear = |word| heard.lock().unwrap().guarded.push(word);
    talk(&mut guarded, "250-localhost\r\n250 AUTH PLAIN\r\n", at_once, hear)
}

/// Answers until the client leaves or wants TLS; every line it says is told before it is answered, so that whoever
/// has the answer finds it heard.
fn talk(
    line: &mut (impl Read + Write),
    hello: &str,
    greets: bool,
    mut hear: impl FnMut(String),
) -> std::io::Result<()> {
    if greets {
        line.write_all(b"220 localhost\r\n")?;
    }
    let mut in_letter = false;
    loop {
        line.flush()?;
        let Some(word) = read_line(line)? else { return Ok(()) };
        let verb = word.split(' ').next().unwrap_or_default().to_uppercase();
        let answer = match verb.as_str() {
            _ if in_letter && word != "." => "",
            "." if in_letter => "250 taken\r\n",
            "EHLO" => hello,
            "DATA" => "354 go on\r\n",
            "AUTH" => "235 welcome\r\n",
            "QUIT" => "221 bye\r\n",
            _ => "250 ok\r\n",
        };
        in_letter = if in_letter { word != "." } else { verb == "DATA" };
        hear(word);
        line.write_all(answer.as_bytes())?;
        if answer.starts_with("221") || verb == "STARTTLS" {
            line.flush()?;
            return Ok(());
        }
    }
}

/// A line, byte after byte: what follows STARTTLS belongs to TLS.
fn read_line(line: &mut impl Read) -> std::io::Result<Option<String>> {
    let mut bytes = Vec::new();
    for byte in BufReader::with_capacity(1, line).bytes() {
        match byte? {
            b'\n' => return Ok(Some(String::from_utf8_lossy(&bytes).trim_end().to_owned())),
            other => bytes.push(other),
        }
    }
    Ok(None)
}

/// A shop whose account leads to the server, with a letter that waits.
fn shop(server: &Server, more: &str) -> Session {
    let session = ENGINES[0].fresh(today());
    done(&session, SHOP);
    passwords::keep_mail("localhost", "guard", "secret");
    let account = format!(
        "{{\"type\":\"mail_account\",\"code\":\"M\",\"server\":\"localhost\",\"login\":\"guard\",\"port\":{}{more}}}",
        server.port
    );
    done(&session, &account);
    use_templates(&session, &["arrived"]);
    done(&session, &order("O-1", "C1", "T1", 2));
    session
}

/// The certificate as a field of one line keeps it.
fn pasted(server: &Server) -> String {
    server.certificate.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn kind(at_once: bool) -> &'static str {
    if at_once { "tls" } else { "starttls" }
}

#[test]
fn letters_leave_by_guarded_lines_alone() {
    for at_once in [true, false] {
        let server = Server::start(at_once);
        let trust = format!(",\"security\":\"{}\",\"authority\":\"{}\"", kind(at_once), pasted(&server));
        let session = shop(&server, &trust);
        let round = send(&session);
        assert_eq!((round.done, round.left), (1, 0), "{round:?}");
        assert_eq!(letters(&session, "O-1")[0].state, LetterState::Sent);
        let heard = server.heard.lock().unwrap();
        let says = |words: &[String], what: &str| words.iter().any(|word| word.starts_with(what));
        assert!(says(&heard.guarded, "AUTH") && says(&heard.guarded, "RCPT TO:<anna@example.org>"));
        for secret in ["AUTH", "MAIL", "RCPT", "DATA", "Subject"] {
            assert!(!says(&heard.clear, secret), "«{secret}» was said in the clear: {:?}", heard.clear);
        }
    }
}

#[test]
fn a_server_nobody_vouches_for_hears_nothing_and_the_letter_waits() {
    for at_once in [true, false] {
        let (server, other) = (Server::start(at_once), Server::start(at_once));
        for more in [String::new(), format!(",\"authority\":\"{}\"", pasted(&other))] {
            let session = shop(&server, &format!(",\"security\":\"{}\"{more}", kind(at_once)));
            let round = send(&session);
            assert_eq!(round.left, 1, "{round:?}");
            assert!(round.why.contains("Сертификату сервера почты нельзя верить"), "{}", round.why);
            assert_eq!(letters(&session, "O-1")[0].state, LetterState::New);
        }
        let heard = server.heard.lock().unwrap();
        assert!(heard.guarded.is_empty(), "{:?}", heard.guarded);
        assert!(!heard.clear.iter().any(|word| word.starts_with("AUTH") || word.starts_with("MAIL")));
    }
}

#[test]
fn half_a_certificate_is_refused() {
    let session = ENGINES[0].fresh(today());
    done(&session, SHOP);
    let half = r#"{"type":"mail_account","code":"M","authority":"-----BEGIN CERTIFICATE----- MIIB"}"#;
    let refused = session.run(Op::Load, |tx| tx.load_line(half)).expect_err("half a certificate");
    assert!(refused.sentence().contains("нужен сертификат целиком"), "{}", refused.sentence());
}
