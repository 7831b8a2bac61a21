//! What is in a folder, read by a thread: a disk in the network may take its time.

use crate::kernel::moment::Moment;
use crate::kernel::refs::AnyRef;
use crate::ui::icons::Icon;
use crate::ui::theme::Role;
use crate::ui::widgets::list::{Cell, ListRow, Mark, RowSource};
use egui::Context;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, channel};

/// A file or a folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its name.
    pub name: String,
    /// It is a folder.
    pub folder: bool,
    size: u64,
    changed: Moment,
}

/// The content of a folder, as far as it was read.
#[derive(Default)]
pub struct Folder {
    /// Where.
    pub path: PathBuf,
    /// What fits the filter, folders first.
    pub entries: Vec<Entry>,
    /// Why it could not be read.
    pub problem: Option<String>,
    all: Vec<Entry>,
    rows: Vec<ListRow>,
    coming: Option<Receiver<Result<Vec<Entry>, String>>>,
    generation: u64,
}

fn read(path: &Path) -> Result<Vec<Entry>, String> {
    let listing = std::fs::read_dir(path).map_err(|error| error.to_string())?;
    let mut entries: Vec<Entry> = listing.filter_map(Result::ok).filter_map(|found| entry(&found)).collect();
    entries.sort_by_cached_key(|entry| (!entry.folder, entry.name.to_lowercase()));
    Ok(entries)
}

fn entry(found: &std::fs::DirEntry) -> Option<Entry> {
    let name = found.file_name().to_str()?.to_owned();
    // Followed links: a link to a folder is a folder.
    let data = std::fs::metadata(found.path()).ok()?;
    let changed =
        data.modified().ok().map(|at| Moment::from(chrono::DateTime::<chrono::Local>::from(at).naive_local()));
    (!name.starts_with('.')).then(|| Entry {
        name,
        folder: data.is_dir(),
        size: data.len(),
        changed: changed.unwrap_or_default(),
    })
}

/// A size as people read it.
fn size_text(bytes: u64) -> String {
    match bytes {
        0..=1_023 => crate::text!("file-bytes", count = bytes).show(),
        1_024..=1_048_575 => crate::text!("file-kilobytes", count = bytes / 1_024).show(),
        _ => crate::text!("file-megabytes", count = bytes / 1_048_576).show(),
    }
}

fn icon(entry: &Entry) -> Icon {
    if entry.folder {
        return Icon::Folder;
    }
    match extension(&entry.name).as_str() {
        "pdf" => Icon::FilePdf,
        "xls" | "xlsx" | "ods" => Icon::FileXls,
        "csv" => Icon::FileCsv,
        "zip" | "7z" | "gz" => Icon::FileZip,
        "png" | "jpg" | "jpeg" | "gif" | "webp" => Icon::FileImage,
        "txt" | "xml" | "json" => Icon::FileText,
        _ => Icon::File,
    }
}

/// The extension of a name, in small letters.
pub fn extension(name: &str) -> String {
    name.rsplit_once('.').map(|(_, extension)| extension.to_lowercase()).unwrap_or_default()
}

impl Folder {
    /// Begins to read a folder.
    pub fn go(&mut self, path: PathBuf, ctx: &Context) {
        let (answer, coming) = channel();
        let (reading, ctx) = (path.clone(), ctx.clone());
        let work = move || {
            // The dialog may be closed by now; then nobody listens.
            let _unheard = answer.send(read(&reading));
            ctx.request_repaint();
        };
        self.problem = match std::thread::Builder::new().name("folder reader".into()).spawn(work) {
            Ok(_) => None,
            Err(error) => Some(error.to_string()),
        };
        self.path = path;
        self.coming = Some(coming);
        self.all.clear();
        self.show(&|_| true);
    }

    /// Takes what the thread has read. True when something came.
    pub fn take(&mut self) -> bool {
        let Some(answer) = self.coming.as_ref().and_then(|coming| coming.try_recv().ok()) else { return false };
        self.coming = None;
        match answer {
            Ok(entries) => self.all = entries,
            Err(why) => self.problem = Some(why),
        }
        true
    }

    /// Shows the files that fit, and all folders.
    pub fn show(&mut self, fits: &dyn Fn(&Entry) -> bool) {
        self.entries = self.all.iter().filter(|entry| entry.folder || fits(entry)).cloned().collect();
        let row = |(at, entry): (usize, &Entry)| ListRow {
            reference: AnyRef::new(u8::MAX, i64::try_from(at + 1).unwrap_or(0)),
            mark: Mark::None,
            cells: vec![
                Cell::new(&entry.name).icon(icon(entry), if entry.folder { Role::Warning } else { Role::Weak }),
                Cell::new(entry.changed.russian()).role(Role::Weak),
                Cell::new(if entry.folder { String::new() } else { size_text(entry.size) }).role(Role::Weak),
            ],
            ..ListRow::default()
        };
        self.rows = self.entries.iter().enumerate().map(row).collect();
        self.generation += 1;
    }
}

impl RowSource for Folder {
    fn len(&self) -> usize {
        self.rows.len()
    }
    fn is_loading(&self) -> bool {
        self.coming.is_some()
    }
    fn row(&mut self, index: usize) -> Option<&ListRow> {
        self.rows.get(index)
    }
    fn generation(&self) -> u64 {
        self.generation
    }
}
