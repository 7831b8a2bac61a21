//! Reaching a PostgreSQL server: connecting, making a database, and saying clearly what is in the way.

use super::address::Address;
use super::postgres::{failed, lost};
use super::schema::{Schema, VERSION};
use crate::kernel::problems::{Error, Outcome};
use crate::text;
use ::postgres::config::Host;
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
    let config = config(url)?;
    let mut client = config.connect(NoTls).map_err(|error| unreached(&error, url, &config))?;
    let only_read = if write { "" } else { "SET default_transaction_read_only = on;" };
    client.batch_execute(&format!("{MANNERS}{only_read}")).map_err(|error| failed(&error))?;
    Ok(client)
}

fn config(url: &str) -> Outcome<Config> {
    let wrong = || Error::refused(text!("base-server-address", path = shown(url)));
    let mut config: Config = url.parse().map_err(|_| wrong())?;
    if config.get_hosts().is_empty() || config.get_dbname().is_none_or(str::is_empty) {
        return Err(wrong());
    }
    if config.get_connect_timeout().is_none() {
        config.connect_timeout(Duration::from_secs(10));
    }
    config.keepalives(true).keepalives_idle(Duration::from_secs(30));
    config.application_name(env!("CARGO_PKG_NAME"));
    Ok(config)
}

fn shown(url: &str) -> String {
    Address::Server(url.to_owned()).shown()
}

/// Why there is no connection, in words.
fn unreached(error: &::postgres::Error, url: &str, config: &Config) -> Error {
    let user = config.get_user().unwrap_or_default();
    let code = error.code();
    let refused = [&SqlState::INVALID_PASSWORD, &SqlState::INVALID_AUTHORIZATION_SPECIFICATION];
    if code.is_some_and(|code| refused.contains(&code)) {
        return Error::refused(text!("base-server-password", path = shown(url), user = user));
    }
    if code == Some(&SqlState::INVALID_CATALOG_NAME) {
        return Error::refused(text!("base-server-missing", path = shown(url)));
    }
    if code == Some(&SqlState::TOO_MANY_CONNECTIONS) {
        return Error::Failed(text!("base-server-crowded", path = shown(url)), error.to_string());
    }
    // The client asks nobody for a password: without one in the address it gives up by itself.
    if code.is_none() && !lost(error) && config.get_password().is_none() {
        return Error::refused(text!("base-server-no-password", path = shown(url), user = user));
    }
    let host = config.get_hosts().first().map_or_else(String::new, |host| match host {
        Host::Tcp(name) => name.clone(),
        #[cfg(unix)]
        Host::Unix(path) => path.display().to_string(),
    });
    let port = config.get_ports().first().copied().unwrap_or(5432);
    Error::Failed(text!("base-server-unreached", host = format!("{host}:{port}")), error.to_string())
}

/// Makes an empty base: the database, if there is none of that name, and its tables.
pub(super) fn create(url: &str, schema: &Schema) -> Outcome<()> {
    let config = config(url)?;
    let made = match config.connect(NoTls) {
        Ok(mut client) => {
            refuse_a_filled_one(&mut client, url)?;
            false
        }
        Err(error) if error.code() == Some(&SqlState::INVALID_CATALOG_NAME) => {
            make_database(url)?;
            true
        }
        Err(error) => return Err(unreached(&error, url, &config)),
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
    let mut config = config(url)?;
    let name = format!("\"{}\"", config.get_dbname().unwrap_or_default().replace('"', "\"\""));
    config.dbname("postgres");
    let client = config.connect(NoTls).map_err(|error| unreached(&error, url, &config))?;
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
