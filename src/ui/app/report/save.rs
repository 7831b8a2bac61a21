//! A sheet into a file or onto pages, on a reading thread.

use crate::kernel::moment::Moment;
use crate::kernel::problems::{Error, Outcome};
use crate::kernel::text::Text;
use crate::report::sheet::Sheet;
use crate::report::{export, paper, xlsx};
use crate::text;
use crate::ui::shell::files::FileDialog;
use crate::ui::shell::places;
use std::path::{Path, PathBuf};

/// The forms a sheet is saved in: ending, label.
pub const FORMS: [&str; 4] = ["xlsx", "csv", "pdf", "json"];

/// Letters in the name of a file.
const NAME_LENGTH: usize = 80;

/// The label of a form.
pub fn label(form: &str) -> String {
    match form {
        "xlsx" => text!("report-save-xlsx"),
        "csv" => text!("report-save-csv"),
        "pdf" => text!("report-save-pdf"),
        _ => text!("report-save-json"),
    }
    .show()
}

/// The file dialog for a form.
pub fn dialog(form: &str, sheet: &Sheet, last: Option<String>) -> FileDialog {
    let places = places();
    let start = last.map(PathBuf::from).filter(|folder| folder.is_dir());
    let start = start.or_else(|| places.first().map(|(_, path)| path.clone())).unwrap_or_default();
    let name = format!("{}.{form}", file_name(sheet));
    FileDialog::save(start, name).filter(label(form), &[form]).places(places)
}

/// A name made of the title and the period.
fn file_name(sheet: &Sheet) -> String {
    let words = std::iter::once(sheet.title.as_str()).chain(sheet.about.iter().take(1).map(String::as_str));
    let joined = words.collect::<Vec<_>>().join(" ");
    let plain: String =
        joined.chars().map(|letter| if "/\\:*?\"<>|".contains(letter) { ' ' } else { letter }).collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(NAME_LENGTH).collect()
}

/// Writes a sheet in the form its file's ending names; a file without one gets it.
pub fn write(sheet: &Sheet, form: &str, path: &Path, now: Moment) -> Outcome<PathBuf> {
    let failed = |said: Text| Error::Failed(said, String::new());
    let ending = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case(form));
    let path = if ending { path.to_owned() } else { with_ending(path, form) };
    let bytes = match form {
        "xlsx" => xlsx::xlsx(sheet, now).map_err(failed)?,
        "csv" => export::csv(sheet).map_err(failed)?,
        "pdf" => crate::print::pdf::pdf(&paper::pages(sheet), now).map_err(failed)?,
        _ => export::json(sheet),
    };
    let file = path.display().to_string();
    std::fs::write(&path, bytes)
        .map_err(|error| Error::Failed(text!("file-not-written", file = file), error.to_string()))?;
    Ok(path)
}

fn with_ending(path: &Path, form: &str) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{form}"));
    path.with_file_name(name)
}
