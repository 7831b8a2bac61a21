//! A server of outgoing mail, spoken to step by step: so it is known at each failure whether the letter was on its
//! way already.

use super::message::address;
use super::{Carried, Carrier, Sealed};
use crate::kernel::mail_address::{PEM, is_loopback};
use crate::kernel::problems::Outcome;
use crate::text;
use lettre::transport::smtp::Error;
use lettre::transport::smtp::authentication::{Credentials, Mechanism};
use lettre::transport::smtp::client::{Certificate, SmtpConnection, TlsParameters};
use lettre::transport::smtp::commands::{Data, Mail, Rcpt};
use lettre::transport::smtp::extension::ClientId;
use lettre::transport::smtp::response::Response;
use std::error::Error as _;
use std::net::Ipv4Addr;
use std::time::Duration;

/// How long one answer is waited for. A letter has seven of them at most, which is less than a claim lasts.
const PATIENCE: Duration = Duration::from_secs(60);

/// Letters over one connection: servers get suspicious of long ones.
const PER_CONNECTION: usize = 20;

/// How a line is kept from listeners.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Protection {
    /// By TLS from the first byte on.
    #[default]
    Tls,
    /// By TLS after a word in the clear.
    StartTls,
    /// Not at all: to this very computer only.
    None,
}

/// Where letters are handed over.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Server {
    /// Its name.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// How the line is protected.
    pub security: Protection,
    /// Who we are there; empty where nobody is asked.
    pub login: String,
    /// The password.
    pub password: String,
    /// The certificate, as PEM, of an authority trusted beside those of the system; empty where there is none.
    pub authority: String,
}

/// A server, with the line to it while letters follow each other.
pub struct Smtp {
    server: Server,
    line: Option<(SmtpConnection, usize)>,
}

/// A step that failed, with what it means for the letter.
type Step<T> = Result<T, Carried>;

/// What the server said, or why it said nothing.
fn words(error: &Error) -> String {
    let mut said = error.status().map_or_else(String::new, |code| format!("{code} "));
    match error.source() {
        Some(source) => said.push_str(&source.to_string()),
        None => said.push_str(&error.to_string()),
    }
    said.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn answered(response: &Response) -> String {
    format!("{} {}", response.code(), response.message().collect::<Vec<_>>().join(" ")).trim().to_owned()
}

/// A refusal by its code: later, or never. `None` when the server has not answered at all.
fn refusal(error: &Error) -> Option<Carried> {
    let code = u16::from(error.status()?);
    let answer = words(error);
    Some(match code {
        400..500 => Carried::Later { answer, slow: matches!(code, 421 | 450) },
        _ => Carried::Never(answer),
    })
}

/// Before the letter itself is on its way.
fn before(error: &Error) -> Carried {
    refusal(error).unwrap_or_else(|| Carried::NotBegun(words(error)))
}

/// Whom the server may show a certificate of.
fn trust(server: &Server) -> Result<TlsParameters, Error> {
    let trusted = TlsParameters::builder(server.host.clone());
    if server.authority.is_empty() {
        return trusted.build();
    }
    trusted.add_root_certificate(Certificate::from_pem(lines(&server.authority).as_bytes())?).build()
}

/// A certificate with the line breaks it has lost in a field of one line.
fn lines(pem: &str) -> String {
    let inner = pem.trim().trim_start_matches(PEM.0).trim_end_matches(PEM.1);
    let letters: Vec<char> = inner.chars().filter(|letter| !letter.is_whitespace()).collect();
    let broken: Vec<String> = letters.chunks(64).map(|line| line.iter().collect()).collect();
    format!("{}\n{}\n{}\n", PEM.0, broken.join("\n"), PEM.1)
}

/// Why a line could not be opened: a certificate nobody vouches for is told in our words.
fn not_opened(error: &Error) -> Carried {
    let said = words(error);
    let strange = said.contains("certificate");
    Carried::NotBegun(if strange { text!("mail-certificate", said = said).show() } else { said })
}

impl Smtp {
    /// Nobody is called before there is a letter.
    pub const fn new(server: Server) -> Self {
        Self { server, line: None }
    }

    fn connect(&self) -> Step<SmtpConnection> {
        let server = &self.server;
        let not_begun = |error: &Error| Carried::NotBegun(words(error));
        if server.security == Protection::None && !is_loopback(&server.host) {
            return Err(Carried::NotBegun(text!("mail-unprotected").show()));
        }
        let hello = ClientId::Ipv4(Ipv4Addr::LOCALHOST);
        let tls = match server.security {
            Protection::None => None,
            _ => Some(trust(server).map_err(|error| not_opened(&error))?),
        };
        let at_once = tls.as_ref().filter(|_| server.security == Protection::Tls);
        let place = (server.host.as_str(), server.port);
        let opened = SmtpConnection::connect(place, Some(PATIENCE), &hello, at_once, None);
        let mut line = opened.map_err(|error| not_opened(&error))?;
        if let Some(tls) = tls.filter(|_| server.security == Protection::StartTls) {
            if !line.can_starttls() {
                line.abort();
                return Err(Carried::NotBegun(text!("mail-no-starttls").show()));
            }
            line.starttls(&tls, &hello).map_err(|error| not_opened(&error))?;
        }
        if !server.login.is_empty() {
            let known = Credentials::new(server.login.clone(), server.password.clone());
            if let Err(error) = line.auth(&[Mechanism::Plain, Mechanism::Login], &known) {
                line.abort();
                return Err(not_begun(&error));
            }
        }
        Ok(line)
    }

    /// The line, up to the moment when the server wants the letter.
    fn agree(&mut self, letter: &Sealed) -> Step<()> {
        let wrong = |text: crate::kernel::text::Text| Carried::Never(text.show());
        let from = address(&letter.from).map_err(wrong)?;
        let to = address(&letter.to).map_err(wrong)?;
        let fresh = self.line.is_none();
        if fresh {
            self.line = Some((self.connect()?, 0));
        }
        let Some((line, sent)) = &mut self.line else { return Err(Carried::NotBegun(String::new())) };
        *sent += 1;
        if let Err(error) = line.command(Mail::new(Some(from), Vec::new())) {
            let said = before(&error);
            self.line = None;
            // A line that was kept open may have been closed by the server meanwhile: it is called once more.
            return if fresh || error.status().is_some() { Err(said) } else { self.agree(letter) };
        }
        line.command(Rcpt::new(to, Vec::new())).map_err(|error| match refusal(&error) {
            Some(Carried::Never(answer)) => {
                let gone = answer.starts_with("550") && answer.contains("5.1.1");
                Carried::NoAddress { answer, gone }
            }
            Some(later) => later,
            None => before(&error),
        })?;
        // The server says «354», which is neither yes nor no to the letter itself.
        line.command(Data).map(|_| ()).map_err(|error| before(&error))
    }

    fn close(&mut self) {
        if let Some((mut line, _)) = self.line.take() {
            let _ = line.quit();
        }
    }
}

impl Carrier for Smtp {
    fn carry(&mut self, letter: &Sealed, hand: &mut dyn FnMut() -> Outcome<()>) -> Outcome<Carried> {
        if let Err(said) = self.agree(letter) {
            self.close();
            return Ok(said);
        }
        if let Err(error) = hand() {
            // The server waits for a letter that will not come: the line is cut.
            if let Some((mut line, _)) = self.line.take() {
                line.abort();
            }
            return Err(error);
        }
        let Some((line, sent)) = &mut self.line else { return Ok(Carried::NotBegun(String::new())) };
        let carried = match line.message(letter.raw.as_bytes()) {
            Ok(response) => Carried::Taken(answered(&response)),
            Err(error) => refusal(&error).unwrap_or_else(|| Carried::Unknown(words(&error))),
        };
        if *sent >= PER_CONNECTION || !matches!(carried, Carried::Taken(_)) {
            self.close();
        }
        Ok(carried)
    }
}

impl Drop for Smtp {
    fn drop(&mut self) {
        self.close();
    }
}
