//! History: every change keeps a compact reverse difference, from which any version can be shown.
//!
//! A change holds the *old* values of what changed, so a creation costs a few bytes and version `n-1` is
//! version `n` with the change of `n` taken back. The bytes are `fields` then `tables`:
//! count, then (index, cell) pairs; for each changed table part its whole old content.

use super::base::Store;
use crate::kernel::meta::ObjectMeta;
use crate::kernel::moment::Moment;
use crate::kernel::object::{Object, Uid};
use crate::kernel::problems::Outcome;
use crate::kernel::refs::AnyRef;
use crate::kernel::value::{Stored, Value};

/// What was done, as the history names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deed {
    /// Made.
    Created,
    /// Written.
    Changed,
    /// Written and posted.
    Posted,
    /// Posting taken back.
    Unposted,
    /// Marked for deletion.
    Marked,
    /// The mark taken off.
    Unmarked,
    /// Taken out of the base; the change holds everything it was.
    Deleted,
    /// Put into the base again after it was taken out; the change empties it.
    Returned,
    /// Nothing of it was written, but what it holds in a register was given or taken: the change says what.
    Shared,
}

impl Deed {
    /// The stored number.
    pub const fn number(self) -> i64 {
        match self {
            Deed::Created => 1,
            Deed::Changed => 2,
            Deed::Posted => 3,
            Deed::Unposted => 4,
            Deed::Marked => 5,
            Deed::Unmarked => 6,
            Deed::Deleted => 7,
            Deed::Returned => 8,
            Deed::Shared => 9,
        }
    }

    /// From the stored number; a number of a later program's is a change.
    pub const fn of(number: i64) -> Self {
        match number {
            1 => Deed::Created,
            3 => Deed::Posted,
            4 => Deed::Unposted,
            5 => Deed::Marked,
            6 => Deed::Unmarked,
            7 => Deed::Deleted,
            8 => Deed::Returned,
            9 => Deed::Shared,
            _ => Deed::Changed,
        }
    }
}

/// One line of the history.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HistoryLine {
    /// When.
    pub at: Moment,
    /// By whom: the user's id.
    pub user: i64,
    /// Where.
    pub workstation: String,
    /// What, by number (see [`Deed`]).
    pub deed: i64,
    /// The version it led to.
    pub version: i64,
    /// The reverse difference.
    pub change: Vec<u8>,
    /// The operation it was part of.
    pub operation: i64,
}

/// The reverse difference between two states of an object; computed fields take no part.
pub fn difference(old: &dyn Object, new: &dyn Object, computed: &[bool]) -> Vec<u8> {
    let meta = new.meta();
    let mut fields = Vec::new();
    for (at, field) in meta.fields.iter().enumerate() {
        let was = old.get(at);
        if !computed.get(at).copied().unwrap_or(false) && was != new.get(at) {
            fields.push((at, was.stored(field.kind)));
        }
    }
    let tables: Vec<usize> = (0..meta.tables.len()).filter(|table| !same_table(old, new, *table)).collect();
    if fields.is_empty() && tables.is_empty() {
        return Vec::new();
    }
    let mut out = Vec::new();
    put_number(&mut out, fields.len());
    for (at, was) in fields {
        put_number(&mut out, at);
        put_cell(&mut out, &was);
    }
    put_number(&mut out, tables.len());
    for table in tables {
        put_table(&mut out, old, table);
    }
    out
}

/// True when a table part holds the same rows in both.
pub fn same_table(old: &dyn Object, new: &dyn Object, table: usize) -> bool {
    let columns = new.meta().tables.get(table).map_or(0, |part| part.fields.len());
    old.rows(table) == new.rows(table)
        && (0..new.rows(table)).all(|row| match (old.row(table, row), new.row(table, row)) {
            (Some(a), Some(b)) => a.key() == b.key() && (0..columns).all(|at| a.get(at) == b.get(at)),
            _ => false,
        })
}

/// What an object has beside its fields that goes when it is deleted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Kept {
    /// The stable identifier for exchange.
    pub uid: Uid,
    /// Keys from outside: space, key, digest.
    pub keys: Vec<(String, String, String)>,
}

/// The change of a deletion: everything an object was, and behind it what it had beside.
pub fn farewell(object: &dyn Object, kept: &Kept) -> Vec<u8> {
    let empty = (object.meta().new)();
    // Everything it was is in the change: also what the program computed, which nobody can compute again.
    let mut out = difference(object, empty.as_ref(), &[]);
    if out.is_empty() {
        // No field and no table part.
        out.extend([0, 0]);
    }
    put_cell(&mut out, &Stored::Text(kept.uid.to_string()));
    put_number(&mut out, kept.keys.len());
    for (space, key, digest) in &kept.keys {
        [space, key, digest].into_iter().for_each(|part| put_cell(&mut out, &Stored::Text(part.clone())));
    }
    out
}

/// What an object had beside its fields when it was deleted; nothing of that is known of deletions by the first
/// releases.
pub fn kept_of(meta: &ObjectMeta, change: &[u8]) -> Kept {
    let mut at = 0;
    read_back((meta.new)().as_mut(), change, &mut at);
    let uid = get_text(change, &mut at).and_then(|uid| Uid::parse(&uid)).unwrap_or_default();
    let mut kept = Kept { uid, keys: Vec::new() };
    for _ in 0..get_number(change, &mut at).unwrap_or(0) {
        let mut text = || get_text(change, &mut at);
        let (Some(space), Some(key), Some(digest)) = (text(), text(), text()) else { break };
        kept.keys.push((space, key, digest));
    }
    kept
}

/// A change of no field and no row with numbers behind it: what was done besides. Whoever takes it back as a
/// difference changes nothing.
pub fn with_numbers(numbers: &[i64]) -> Vec<u8> {
    let mut out = vec![0, 0];
    put_number(&mut out, numbers.len());
    numbers.iter().for_each(|number| put_cell(&mut out, &Stored::Int(*number)));
    out
}

/// The numbers behind a change that [`with_numbers`] made.
pub fn numbers_of(change: &[u8]) -> Vec<i64> {
    let mut at = 2;
    let count = get_number(change, &mut at).unwrap_or(0);
    (0..count).map_while(|_| get_cell(change, &mut at)).map(|cell| cell.int()).collect()
}

/// Takes a difference back: turns version `n` into version `n-1`. Bytes that make no sense change nothing more.
pub fn take_back(object: &mut dyn Object, change: &[u8]) {
    read_back(object, change, &mut 0);
}

fn read_back(object: &mut dyn Object, change: &[u8], at: &mut usize) {
    let meta = object.meta();
    let fields = get_number(change, at).unwrap_or(0);
    for _ in 0..fields {
        let (Some(index), Some(cell)) = (get_number(change, at), get_cell(change, at)) else { return };
        if let Some(field) = meta.fields.get(index) {
            let _ = object.set(index, Value::from_stored(field.kind, cell));
        }
    }
    let tables = get_number(change, at).unwrap_or(0);
    for _ in 0..tables {
        let (Some(table), Some(rows)) = (get_number(change, at), get_number(change, at)) else { return };
        let Some(part) = meta.tables.get(table) else { return };
        while object.rows(table) > 0 {
            object.remove_row(table, 0);
        }
        for line in 0..rows {
            let Some(key) = get_number(change, at) else { return };
            object.insert_row(table, line);
            let Some(row) = object.row_mut(table, line) else { return };
            row.set_key(u32::try_from(key).unwrap_or(0));
            for (column, field) in part.fields.iter().enumerate() {
                let Some(cell) = get_cell(change, at) else { return };
                let _ = row.set(column, Value::from_stored(field.kind, cell));
            }
        }
    }
}

fn put_table(out: &mut Vec<u8>, object: &dyn Object, table: usize) {
    let Some(part) = object.meta().tables.get(table) else { return };
    put_number(out, table);
    put_number(out, object.rows(table));
    for line in 0..object.rows(table) {
        let Some(row) = object.row(table, line) else { continue };
        put_number(out, usize::try_from(row.key()).unwrap_or(0));
        for (at, field) in part.fields.iter().enumerate() {
            put_cell(out, &row.get(at).stored(field.kind));
        }
    }
}

fn get_text(bytes: &[u8], at: &mut usize) -> Option<String> {
    match get_cell(bytes, at)? {
        Stored::Text(text) => Some(text),
        Stored::Int(_) => None,
    }
}

/// Seven bits a byte, the lowest first: small numbers take one byte.
fn put_varint(out: &mut Vec<u8>, mut number: u64) {
    loop {
        let low = u8::try_from(number & 0x7f).unwrap_or(0);
        number >>= 7;
        if number == 0 {
            out.push(low);
            return;
        }
        out.push(low | 0x80);
    }
}

fn get_varint(bytes: &[u8], at: &mut usize) -> Option<u64> {
    let mut number = 0u64;
    for shift in (0..64).step_by(7) {
        let byte = *bytes.get(*at)?;
        *at += 1;
        number |= u64::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            return Some(number);
        }
    }
    None
}

fn put_number(out: &mut Vec<u8>, number: usize) {
    put_varint(out, u64::try_from(number).unwrap_or(0));
}

fn get_number(bytes: &[u8], at: &mut usize) -> Option<usize> {
    usize::try_from(get_varint(bytes, at)?).ok()
}

/// An integer is a zigzag varint shifted by one bit; a text has that bit set and its length there.
fn put_cell(out: &mut Vec<u8>, cell: &Stored) {
    match cell {
        Stored::Int(value) => {
            out.push(0);
            out.extend(value.to_le_bytes().iter().take(significant(*value)));
            let length = u8::try_from(significant(*value)).unwrap_or(8);
            let place = out.len() - significant(*value) - 1;
            if let Some(mark) = out.get_mut(place) {
                *mark = length;
            }
        }
        Stored::Text(text) => {
            out.push(0xff);
            put_number(out, text.len());
            out.extend(text.as_bytes());
        }
    }
}

/// How many low bytes of a two's complement number matter.
fn significant(value: i64) -> usize {
    (0..8)
        .find(|bytes| {
            let bits = 64 - bytes * 8;
            *bytes > 0 && (value << bits) >> bits == value
        })
        .map_or_else(|| if value == 0 { 0 } else { 8 }, |bytes| if value == 0 { 0 } else { bytes })
}

fn get_cell(bytes: &[u8], at: &mut usize) -> Option<Stored> {
    let mark = *bytes.get(*at)?;
    *at += 1;
    if mark == 0xff {
        let length = get_number(bytes, at)?;
        let text = bytes.get(*at..at.checked_add(length)?)?;
        *at += length;
        return Some(Stored::Text(String::from_utf8_lossy(text).into_owned()));
    }
    let length = usize::from(mark).min(8);
    let low = bytes.get(*at..*at + length)?;
    *at += length;
    let fill = if low.last().is_some_and(|byte| byte & 0x80 != 0) { 0xff } else { 0 };
    let mut full = [fill; 8];
    full.get_mut(..length)?.copy_from_slice(low);
    Some(Stored::Int(i64::from_le_bytes(full)))
}

impl Store {
    /// Opens a session: who works, and where. History lines name it.
    pub fn open_session(&self, user: i64, workstation: &str, at: Moment) -> Outcome<i64> {
        let sql = "INSERT INTO sessions (account, workstation, started) VALUES (?1, ?2, ?3) RETURNING id";
        let cells = [user.into(), workstation.into(), at.stored().into()];
        Ok(super::engine::int(self.engine(), sql, &cells)?.unwrap_or(0))
    }

    /// The history of an object, the newest first.
    pub fn history_of(&self, object: AnyRef) -> Outcome<Vec<HistoryLine>> {
        let mut found = Vec::new();
        let sql = "SELECT o.at, o.account, s.workstation, h.deed, h.version, h.change, h.operation FROM history h \
                   LEFT JOIN operations o ON o.id = h.operation LEFT JOIN sessions s ON s.id = o.session \
                   WHERE h.object = ?1 ORDER BY h.version DESC";
        self.engine().query(sql, &[object.packed().into()], &mut |row| {
            found.push(HistoryLine {
                at: Moment::from_stored(row.int(0)),
                user: row.int(1),
                workstation: row.text(2).to_owned(),
                deed: row.int(3),
                version: row.int(4),
                change: row.blob(5).to_vec(),
                operation: row.int(6),
            });
            Ok(())
        })?;
        Ok(found)
    }
}

#[cfg(test)]
mod tests {
    use super::{get_cell, put_cell};
    use crate::kernel::value::Stored;

    #[test]
    fn cells_come_back_as_they_went() {
        let numbers = [0, 1, -1, 127, 128, -128, -129, 255, 20_261_123_091_500, i64::MAX, i64::MIN];
        for cell in numbers.map(Stored::Int).into_iter().chain([Stored::Text("Ёлка".to_owned())]) {
            let mut bytes = Vec::new();
            put_cell(&mut bytes, &cell);
            assert_eq!(get_cell(&bytes, &mut 0), Some(cell));
        }
    }
}
