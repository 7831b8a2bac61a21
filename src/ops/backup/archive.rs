//! The file of a backup: a base compressed by gzip, which any tool unpacks, and after it a seal: an empty gzip
//! member whose comment says what is inside. The seal is put on when the copy was proved; a file without it
//! does not count.

use crate::kernel::problems::{Error, Outcome};
use crate::store::base::shown;
use crate::text;
use flate2::read::MultiGzDecoder;
use flate2::{Compression, GzBuilder};
use std::fs::{File, OpenOptions};
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::Path;

/// How the comment of a seal begins.
const MARK: &str = "{\"kontora\":";

/// A seal is shorter than this.
const SEAL_MAX: u64 = 64 * 1024;

/// Bytes at a time.
const PIECE: usize = 1 << 18;

/// Gets bytes done and in all; false stops.
pub type Progress<'a> = &'a mut dyn FnMut(u64, u64) -> bool;

fn not_read(path: &Path) -> impl Fn(std::io::Error) -> Error {
    move |error| Error::Failed(text!("file-not-read", file = shown(path)), error.to_string())
}

/// A file that cannot be written; a full disk is told by its own sentence.
pub(super) fn not_written(path: &Path) -> impl Fn(std::io::Error) -> Error {
    move |error| match error.kind() {
        std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded => {
            Error::Failed(text!("store-full"), error.to_string())
        }
        _ => Error::Failed(text!("file-not-written", file = shown(path)), error.to_string()),
    }
}

fn pump(
    (from, source): (&mut dyn Read, &Path),
    (to, target): (&mut dyn Write, &Path),
    passed: &mut dyn FnMut(u64) -> bool,
) -> Outcome<()> {
    let mut piece = vec![0; PIECE];
    loop {
        let length = from.read(&mut piece).map_err(not_read(source))?;
        if length == 0 {
            return Ok(());
        }
        to.write_all(piece.get(..length).unwrap_or_default()).map_err(not_written(target))?;
        if !passed(u64::try_from(length).unwrap_or(0)) {
            return Err(Error::Cancelled);
        }
    }
}

/// Compresses a file into another one, durably.
pub fn pack(from: &Path, to: &Path, progress: Progress<'_>) -> Outcome<()> {
    let mut source = File::open(from).map_err(not_read(from))?;
    let all = source.metadata().map_err(not_read(from))?.len();
    let target = File::create(to).map_err(not_written(to))?;
    let mut packer = GzBuilder::new().write(target, Compression::fast());
    let mut done = 0;
    pump((&mut source, from), (&mut packer, to), &mut |length| {
        done += length;
        progress(done, all)
    })?;
    let target = packer.finish().map_err(not_written(to))?;
    target.sync_all().map_err(not_written(to))
}

/// Unpacks a file into another one; its checksum must be right. Progress is in packed bytes.
pub fn unpack(from: &Path, to: &Path, progress: Progress<'_>) -> Outcome<()> {
    let source = File::open(from).map_err(not_read(from))?;
    let all = source.metadata().map_err(not_read(from))?.len();
    let counted = Counted { inner: source, done: 0 };
    let mut unpacker = MultiGzDecoder::new(counted);
    let mut target = File::create(to).map_err(not_written(to))?;
    let mut piece = vec![0; PIECE];
    loop {
        let damaged =
            |error: std::io::Error| Error::Failed(text!("backup-damaged", file = shown(from)), error.to_string());
        let length = unpacker.read(&mut piece).map_err(damaged)?;
        if length == 0 {
            break;
        }
        target.write_all(piece.get(..length).unwrap_or_default()).map_err(not_written(to))?;
        if !progress(unpacker.get_ref().done, all) {
            return Err(Error::Cancelled);
        }
    }
    target.sync_all().map_err(not_written(to))
}

/// Counts what is read through it.
struct Counted {
    inner: File,
    done: u64,
}

impl Read for Counted {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let length = self.inner.read(buffer)?;
        self.done += u64::try_from(length).unwrap_or(0);
        Ok(length)
    }
}

/// True for a file that is compressed.
pub fn is_packed(path: &Path) -> Outcome<bool> {
    let mut begins = [0; 2];
    let mut file = File::open(path).map_err(not_read(path))?;
    Ok(file.read_exact(&mut begins).is_ok() && begins == [0x1f, 0x8b])
}

/// Puts the seal on, durably.
pub fn seal(path: &Path, words: &str) -> Outcome<()> {
    let file = OpenOptions::new().append(true).open(path).map_err(not_written(path))?;
    let sealed = GzBuilder::new().comment(words).write(file, Compression::fast()).finish();
    sealed.and_then(|file| file.sync_all()).map_err(not_written(path))
}

/// What the seal of a file says; `None` for a file without one.
pub fn sealed(path: &Path) -> Outcome<Option<String>> {
    let mut file = File::open(path).map_err(not_read(path))?;
    let length = file.metadata().map_err(not_read(path))?.len();
    file.seek(SeekFrom::Start(length.saturating_sub(SEAL_MAX))).map_err(not_read(path))?;
    let mut end = Vec::new();
    file.read_to_end(&mut end).map_err(not_read(path))?;
    let mark = MARK.as_bytes();
    // The comment ends with a zero, then come an empty member (two bytes) and its eight bytes of checksum.
    let Some(rest) = end.len().checked_sub(11).and_then(|at| end.get(..at)) else { return Ok(None) };
    let begins = rest.windows(mark.len()).rposition(|window| window == mark);
    let words = begins.and_then(|at| rest.get(at..)).and_then(|words| std::str::from_utf8(words).ok());
    Ok(words.map(str::to_owned))
}

#[cfg(test)]
mod tests {
    use super::{is_packed, pack, seal, sealed, unpack};

    #[test]
    fn what_was_packed_comes_out_and_the_seal_is_read() {
        let folder = tempfile::tempdir().unwrap();
        let [plain, packed, back] = ["a", "a.gz", "b"].map(|name| folder.path().join(name));
        let bytes: Vec<u8> = (0..700_000u32).flat_map(|number| (number % 251).to_le_bytes()).collect();
        std::fs::write(&plain, &bytes).unwrap();
        pack(&plain, &packed, &mut |_, _| true).unwrap();
        assert_eq!(sealed(&packed).unwrap(), None);
        let words = "{\"kontora\":1,\"company\":\"ООО «Ёлка»\"}";
        seal(&packed, words).unwrap();
        assert_eq!(sealed(&packed).unwrap().as_deref(), Some(words));
        assert!(is_packed(&packed).unwrap() && !is_packed(&plain).unwrap());
        unpack(&packed, &back, &mut |_, _| true).unwrap();
        assert_eq!(std::fs::read(&back).unwrap(), bytes);
        let mut spoilt = std::fs::read(&packed).unwrap();
        let middle = spoilt.len() / 2;
        spoilt[middle] ^= 0x55;
        std::fs::write(&packed, spoilt).unwrap();
        assert!(unpack(&packed, &back, &mut |_, _| true).is_err());
    }
}
