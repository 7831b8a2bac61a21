//! Where a base lives: a file of SQLite, or a database of a PostgreSQL server.

use super::dialect::Dialect;
use std::path::{Path, PathBuf};

/// The address of a base.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Address {
    /// A file.
    File(PathBuf),
    /// A database of a server, as `postgres://user:password@host:port/name`.
    Server(String),
}

/// How the address of a server begins.
const SCHEMES: [&str; 2] = ["postgres://", "postgresql://"];

impl Address {
    /// Reads an address as people write it.
    pub fn named(words: &str) -> Self {
        let server = SCHEMES.iter().any(|scheme| words.starts_with(scheme));
        if server { Address::Server(words.to_owned()) } else { Address::File(PathBuf::from(words)) }
    }

    /// The manner of speaking of the engine behind it.
    pub const fn dialect(&self) -> Dialect {
        match self {
            Address::File(_) => Dialect::Sqlite,
            Address::Server(_) => Dialect::Postgres,
        }
    }

    /// The file, when it is one.
    pub fn file(&self) -> Option<&Path> {
        match self {
            Address::File(path) => Some(path),
            Address::Server(_) => None,
        }
    }

    /// The same place without the password, as it may be kept in a file.
    #[must_use]
    pub fn without_password(&self) -> Self {
        let Address::Server(url) = self else { return self.clone() };
        let Some((before, user, _, after)) = cut(url) else { return self.clone() };
        Address::Server(format!("{before}{user}@{after}"))
    }

    /// The same place with this password.
    #[must_use]
    pub fn with_password(&self, password: &str) -> Self {
        let Address::Server(url) = self else { return self.clone() };
        let Some((before, user, _, after)) = cut(url) else { return self.clone() };
        Address::Server(format!("{before}{user}:{}@{after}", encoded(password)))
    }

    /// The password in it.
    pub fn password(&self) -> Option<String> {
        let Address::Server(url) = self else { return None };
        cut(url).and_then(|(_, _, password, _)| password).map(decoded)
    }

    /// As people read it: without the password and without settings of the connection.
    pub fn shown(&self) -> String {
        let url = match self {
            Address::File(path) => return path.display().to_string(),
            Address::Server(url) => url.split('?').next().unwrap_or_default(),
        };
        let Some((scheme, rest)) = url.split_once("://") else { return url.to_owned() };
        let Some((user, place)) = rest.rsplit_once('@') else { return url.to_owned() };
        let user = user.split(':').next().unwrap_or_default();
        format!("{scheme}://{user}@{place}")
    }
}

/// An address of a server with a user: what stands before him, he, his password, what stands after.
fn cut(url: &str) -> Option<(&str, &str, Option<&str>, &str)> {
    let (scheme, rest) = url.split_once("://")?;
    // A password may hold the sign itself; settings behind the address may, too.
    let place = rest.split_once('?').map_or(rest, |(place, _)| place);
    let at = place.rfind('@')?;
    let (who, after) = (rest.get(..at)?, rest.get(at + 1..)?);
    let (user, password) = who.split_once(':').map_or((who, None), |(user, password)| (user, Some(password)));
    url.get(..scheme.len() + 3).map(|before| (before, user, password, after))
}

/// A part of an address in the letters an address may have.
pub fn encoded(part: &str) -> String {
    let mut made = String::new();
    for byte in part.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            made.push(char::from(byte));
        } else {
            made.push_str(&format!("%{byte:02X}"));
        }
    }
    made
}

/// A part of an address as it was meant.
pub fn decoded(part: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = part.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let hex = after.get(..2).and_then(|two| std::str::from_utf8(two).ok());
        match hex.and_then(|hex| u8::from_str_radix(hex, 16).ok()).filter(|_| *first == b'%') {
            Some(byte) => {
                bytes.push(byte);
                rest = after.get(2..).unwrap_or_default();
            }
            None => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

impl From<&Path> for Address {
    fn from(path: &Path) -> Self {
        path.to_str().map_or_else(|| Address::File(path.to_owned()), Address::named)
    }
}
impl From<&PathBuf> for Address {
    fn from(path: &PathBuf) -> Self {
        Address::from(path.as_path())
    }
}
impl From<&Address> for Address {
    fn from(address: &Address) -> Self {
        address.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::Address;

    #[test]
    fn a_password_is_not_shown() {
        let shown = |words: &str| Address::named(words).shown();
        assert_eq!(shown("postgres://anna:se@cret@db:5433/shop?connect_timeout=3"), "postgres://anna@db:5433/shop");
        assert_eq!(shown("postgresql://db/shop"), "postgresql://db/shop");
        assert_eq!(shown("базы/магазин.kontora"), "базы/магазин.kontora");
    }

    #[test]
    fn a_password_is_taken_off_and_put_on() {
        let bare = Address::named("postgres://anna@db:5433/shop?sslmode=require");
        let full = bare.with_password("se@cret: ж");
        assert_eq!(full, Address::named("postgres://anna:se%40cret%3A%20%D0%B6@db:5433/shop?sslmode=require"));
        assert_eq!((full.password().as_deref(), full.without_password()), (Some("se@cret: ж"), bare.clone()));
        assert_eq!((bare.password(), bare.without_password()), (None, bare));
        let nobody = Address::named("postgres://db/shop");
        assert_eq!((nobody.password(), nobody.with_password("a")), (None, nobody));
    }
}
