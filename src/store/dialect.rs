//! What differs between engines, and nothing else: types of columns, storage of tables, text search.

/// An engine's manner of speaking.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialect {
    /// SQLite 3.43 or newer, bundled.
    Sqlite,
}

impl Dialect {
    /// The end of a table whose rows are kept in the order of the primary key.
    pub const fn clustered(self) -> &'static str {
        match self {
            Dialect::Sqlite => "STRICT, WITHOUT ROWID",
        }
    }
    /// The end of an ordinary table.
    pub const fn ordinary(self) -> &'static str {
        match self {
            Dialect::Sqlite => "STRICT",
        }
    }
    /// A key that is given out once and never again.
    pub const fn identity(self) -> &'static str {
        match self {
            Dialect::Sqlite => "INTEGER PRIMARY KEY AUTOINCREMENT",
        }
    }
    /// A 64-bit integer.
    pub const fn integer(self) -> &'static str {
        match self {
            Dialect::Sqlite => "INTEGER",
        }
    }
    /// Bytes.
    pub const fn bytes(self) -> &'static str {
        match self {
            Dialect::Sqlite => "BLOB",
        }
    }
    /// The sorting of names as people read them.
    pub const fn collation(self) -> &'static str {
        match self {
            Dialect::Sqlite => "COLLATE ru",
        }
    }
    /// The index behind text search: trigrams of every object's words, by packed reference. Positions are
    /// not kept: the words themselves are compared afterwards, and the index is a third of the size.
    pub const fn search_table(self) -> &'static str {
        match self {
            Dialect::Sqlite => {
                "CREATE VIRTUAL TABLE search USING fts5(words, content='', contentless_delete=1, \
                 tokenize='trigram case_sensitive 1', detail=none)"
            }
        }
    }
}
