//! Reaching a PostgreSQL server: connecting, making a database, and saying clearly what is in the way.

use super::address::Address;
use super::passwords;
use super::postgres::{failed, lost};
use super::schema::{Schema, VERSION};
use super::tls::{Tls, Wish};
use crate::kernel::problems::{Error, Outcome};
use crate::text;
use ::postgres::config::{Host, SslMode};
use ::postgres::error::SqlState;
use ::postgres::{Client, Config, NoTls};
use std::time::Duration;

/// What every connection begins with. A workstation that vanished in the middle of a transaction must not keep
/// the others waiting, so the server ends what stands idle in one; a lock not given in ten seconds is «busy».
const MANNERS: &str = "SET lock_timeout = '10s'; SET idle_in_transaction_session_timeout = '60s'; \
    SET client_min_messages = 'warning'; SET default_transaction_isolation = 'read committed'; SET standard_conforming_strings = on; SET tcp_keepalives_idle = 30; \
    SET tcp_keepalives_interval = 10; SET tcp_keepalives_count = 3;";

/// Connects to a database.
pub(super) fn connect(url: &str, write: bool) -> Outcome<Client> {
    let line = Line::of(url)?;
    let mut client = line.dial().map_err(|error| line.unreached(&error))?;
    let only_read = if write { "" } else { "SET default_transaction_read_only = on;" };
    client.batch_execute(&format!("{MANNERS}{only_read}")).map_err(|error| failed(&error))?;
    Ok(client)
}

/// The way to a database, as an address says it.
struct Line {
    url: String,
    config: Config,
    wish: Wish,
    /// What makes connections over TLS; nothing where none are wished.
    tls: Option<Tls>,
}

impl Line {
    fn of(url: &str) -> Outcome<Self> {
        let wrong = || Error::refused(text!("base-server-address", path = shown(url)));
        let (plain, wish) = Wish::taken_from(url).ok_or_else(wrong)?;
        let mut config: Config = plain.parse().map_err(|_| wrong())?;
        if config.get_hosts().is_empty() || config.get_dbname().is_none_or(str::is_empty) {
            return Err(wrong());
        }
        if config.get_connect_timeout().is_none() {
            config.connect_timeout(Duration::from_secs(10));
        }
        config.keepalives(true).keepalives_idle(Duration::from_secs(30));
        config.application_name(env!("CARGO_PKG_NAME"));
        config.ssl_mode(wish.mode);
        let tls = if wish.mode == SslMode::Disable { None } else { Some(wish.connector()?) };
        Ok(Self { url: url.to_owned(), config, wish, tls })
    }

    /// Connects. A password that the address does not hold is looked for in the keyring when it is asked for.
    fn dial(&self) -> Result<Client, ::postgres::Error> {
        let call = |config: &Config| match &self.tls {
            Some(tls) => config.connect(tls.clone()),
            None => config.connect(NoTls),
        };
        match call(&self.config) {
            Err(error) if self.wants_password(&error) => match passwords::recall(&Address::Server(self.url.clone())) {
                Some(password) => call(self.config.clone().password(password)),
                None => Err(error),
            },
            said => said,
        }
    }

    /// The client asks nobody for a password: without one it gives up by itself.
    fn wants_password(&self, error: &::postgres::Error) -> bool {
        self.config.get_password().is_none() && error.code().is_none() && !lost(error) && !of_tls(error)
    }
}

/// The failure was in the talk about TLS.
fn of_tls(error: &::postgres::Error) -> bool {
    error.to_string().contains("TLS")
}

/// What rustls has against the server, behind the words of the client.
fn distrust(error: &::postgres::Error) -> Option<&rustls::Error> {
    let said = std::error::Error::source(error)?.downcast_ref::<std::io::Error>()?;
    said.get_ref()?.downcast_ref::<rustls::Error>()
}

fn shown(url: &str) -> String {
    Address::Server(url.to_owned()).shown()
}

impl Line {
    /// Why there is no connection, in words.
    fn unreached(&self, error: &::postgres::Error) -> Error {
        let user = self.config.get_user().unwrap_or_default();
        let path = || shown(&self.url);
        let code = error.code();
        let refused = [&SqlState::INVALID_PASSWORD, &SqlState::INVALID_AUTHORIZATION_SPECIFICATION];
        if code.is_some_and(|code| refused.contains(&code)) {
            return Error::refused(text!("base-server-password", path = path(), user = user));
        }
        if code == Some(&SqlState::INVALID_CATALOG_NAME) {
            return Error::refused(text!("base-server-missing", path = path()));
        }
        if code == Some(&SqlState::TOO_MANY_CONNECTIONS) {
            return Error::Failed(text!("base-server-crowded", path = path()), error.to_string());
        }
        if self.wants_password(error) {
            return Error::refused(text!("base-server-no-password", path = path(), user = user));
        }
        if let Some(distrust) = distrust(error) {
            return Error::Failed(text!("server-tls-distrusted", host = self.place()), distrust.to_string());
        }
        if of_tls(error) && self.wish.mode == SslMode::Require {
            return Error::refused(text!("server-tls-none", host = self.place()));
        }
        Error::Failed(text!("base-server-unreached", host = self.place()), error.to_string())
    }

    /// The server as people name it.
    fn place(&self) -> String {
        let host = self.config.get_hosts().first().map_or_else(String::new, |host| match host {
            Host::Tcp(name) => name.clone(),
            #[cfg(unix)]
            Host::Unix(path) => path.display().to_string(),
        });
        let port = self.config.get_ports().first().copied().unwrap_or(5432);
        format!("{host}:{port}")
    }
}

/// Makes an empty base: the database, if there is none of that name, and its tables.
pub(super) fn create(url: &str, schema: &Schema) -> Outcome<()> {
    let line = Line::of(url)?;
    let made = match line.dial() {
        Ok(mut client) => {
            refuse_a_filled_one(&mut client, url)?;
            false
        }
        Err(error) if error.code() == Some(&SqlState::INVALID_CATALOG_NAME) => {
            make_database(url)?;
            true
        }
        Err(error) => return Err(line.unreached(&error)),
    };
    let done = connect(url, true).and_then(|mut client| make_tables(&mut client, url, schema));
    done.inspect_err(|_| {
        if made {
            let _ = drop_database(url);
        }
    })
}

fn refuse_a_filled_one(client: &mut Client, url: &str) -> Outcome<()> {
    if header(client)?.is_some() {
        return Err(Error::refused(text!("base-server-exists", path = shown(url))));
    }
    let sql = "SELECT count(*) FROM pg_tables WHERE schemaname = current_schema()";
    let tables: i64 = client.query_one(sql, &[]).and_then(|row| row.try_get(0)).map_err(|error| failed(&error))?;
    if tables > 0 {
        return Err(Error::refused(text!("base-server-foreign", path = shown(url))));
    }
    Ok(())
}

/// The version of the layout; `None` when the database is no base of ours.
fn header(client: &mut Client) -> Outcome<Option<i64>> {
    let mut read = || -> Result<Option<i64>, ::postgres::Error> {
        let ours: bool = client.query_one("SELECT to_regclass('kontora_base') IS NOT NULL", &[])?.try_get(0)?;
        if !ours {
            return Ok(None);
        }
        client.query_opt("SELECT layout FROM kontora_base", &[])?.map(|row| row.try_get(0)).transpose()
    };
    read().map_err(|error| failed(&error))
}

/// A connection to the server's own database, and the name of ours in quotes.
fn beside(url: &str) -> Outcome<(Client, String)> {
    let mut line = Line::of(url)?;
    let name = format!("\"{}\"", line.config.get_dbname().unwrap_or_default().replace('"', "\"\""));
    line.config.dbname("postgres");
    let client = line.dial().map_err(|error| line.unreached(&error))?;
    Ok((client, name))
}

fn make_database(url: &str) -> Outcome<()> {
    let (mut client, name) = beside(url)?;
    let plain = format!("CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8'");
    // Trigrams of Russian words need a locale that knows its letters; a server on Windows has none of this name.
    let made = client.batch_execute(&format!("{plain} LC_COLLATE 'C.UTF-8' LC_CTYPE 'C.UTF-8'"));
    let made = made.or_else(|error| if lost(&error) { Err(error) } else { client.batch_execute(&plain) });
    made.map_err(|error| match error.code() {
        Some(code) if *code == SqlState::INSUFFICIENT_PRIVILEGE => {
            Error::refused(text!("base-server-not-made", path = shown(url)))
        }
        _ => failed(&error),
    })
}

/// Takes a database away.
fn drop_database(url: &str) -> Outcome<()> {
    let (mut client, name) = beside(url)?;
    client.batch_execute(&format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")).map_err(|error| failed(&error))
}

/// Takes away a base that could not be filled: the database, or at least our tables in it.
pub(super) fn unmake(url: &str) {
    if drop_database(url).is_err() {
        let ours = "DO $$ DECLARE found record; BEGIN FOR found IN SELECT tablename FROM pg_tables \
                    WHERE schemaname = current_schema() AND to_regclass('kontora_base') IS NOT NULL LOOP \
                    EXECUTE format('DROP TABLE %I', found.tablename); END LOOP; DROP SEQUENCE object_ids; END $$";
        let _ = connect(url, true).map(|mut client| client.batch_execute(ours));
    }
}

fn make_tables(client: &mut Client, url: &str, schema: &Schema) -> Outcome<()> {
    let sql = "SELECT current_setting('server_encoding') = 'UTF8' AND current_setting('server_version_num')::int >= 150000 \
               AND EXISTS (SELECT 1 FROM pg_collation WHERE collname = 'ru-x-icu')";
    let fit: bool = client.query_one(sql, &[]).and_then(|row| row.try_get(0)).map_err(|error| failed(&error))?;
    if !fit {
        return Err(Error::refused(text!("base-server-unfit", path = shown(url))));
    }
    let mut make = || -> Result<(), ::postgres::Error> {
        let mut transaction = client.transaction()?;
        transaction.batch_execute(&schema.ddl())?;
        transaction.batch_execute(&format!("INSERT INTO kontora_base (layout) VALUES ({VERSION})"))?;
        // An extension a server may lack or keep to itself: search is slower without it, and as right.
        let mut part = transaction.transaction()?;
        let trigrams = part.batch_execute("CREATE EXTENSION IF NOT EXISTS pg_trgm").is_ok();
        if trigrams {
            part.commit()?;
        } else {
            part.rollback()?;
        }
        transaction.batch_execute(&schema.search_indexes(trigrams))?;
        transaction.commit()
    };
    make().map_err(|error| failed(&error))
}

/// Refuses a database that is no base of ours, or one of a newer program. Reads only.
pub(super) fn check_header(client: &mut Client, url: &str) -> Outcome<()> {
    match header(client)? {
        None => Err(Error::refused(text!("base-server-not-ours", path = shown(url)))),
        Some(version) if version > VERSION => {
            let text = text!("base-newer", path = shown(url), base = version, program = VERSION);
            Err(Error::refused(text))
        }
        Some(_) => Ok(()),
    }
}
