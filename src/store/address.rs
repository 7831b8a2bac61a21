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
}
