//! Where reports are read from: the program's own files and the folder of the base.

use super::declare::{Definition, File};
use super::embedded::EMBEDDED;
use super::resolve;
use crate::kernel::problems::{Error, Outcome, Problems};
use crate::store::base::Store;
use crate::text;
use std::collections::BTreeSet;
use std::path::Path;

fn is_code(code: &str) -> bool {
    !code.is_empty() && code.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_')
}

/// The codes of all reports, sorted.
pub fn all_codes(custom: Option<&Path>) -> Vec<String> {
    let mut codes: BTreeSet<String> = EMBEDDED.iter().map(|(code, _)| (*code).to_owned()).collect();
    let entries = custom.and_then(|folder| std::fs::read_dir(folder.join("reports")).ok());
    for entry in entries.into_iter().flatten().flatten() {
        let path = entry.path();
        let stem = path.file_stem().and_then(|stem| stem.to_str()).filter(|stem| is_code(stem));
        if let (Some(stem), Some("toml")) = (stem, path.extension().and_then(|ending| ending.to_str())) {
            codes.insert(stem.to_owned());
        }
    }
    codes.into_iter().collect()
}

/// Loads a report by its code. A file of the base's own folder wins over the embedded one; everything that is
/// wrong with it is told at once.
pub fn load(store: &Store, code: &str, custom: Option<&Path>) -> Outcome<Definition> {
    let unknown = || Error::refused(text!("report-unknown", code = code, known = all_codes(custom).join(", ")));
    if !is_code(code) {
        return Err(unknown());
    }
    if let Some(path) =
        custom.map(|folder| folder.join("reports").join(format!("{code}.toml"))).filter(|path| path.exists())
    {
        let shown = path.display().to_string();
        let content = std::fs::read_to_string(&path)
            .map_err(|error| Error::Failed(text!("file-not-read", file = &shown), error.to_string()))?;
        return parse(store, code, &shown, &content);
    }
    let content = EMBEDDED.iter().find(|(known, _)| *known == code).map(|(_, content)| *content);
    parse(store, code, &format!("{code}.toml"), content.ok_or_else(unknown)?)
}

/// Reads a report; `file` is what messages call it.
pub fn parse(store: &Store, code: &str, file: &str, content: &str) -> Outcome<Definition> {
    let content = content.strip_prefix('\u{feff}').unwrap_or(content);
    let said = |said: String| Error::refused(text!("report-file", file = file, said = said));
    let read: File = toml::from_str(content).map_err(|error| said(error.to_string().trim().to_owned()))?;
    resolve::definition(store.schema(), code, &read).map_err(|found| {
        let mut problems = Problems::new();
        for problem in found {
            problems.add(text!("report-file", file = file, said = problem));
        }
        Error::from(problems)
    })
}
