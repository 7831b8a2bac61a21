//! Where templates come from: embedded ones, and the base's own folder, which wins.

use super::reader::{Reader, Source};
use super::{Template, build, check};
use crate::kernel::problems::Problems;
use crate::text;
use std::cell::RefCell;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use toml::de::DeTable;

macro_rules! embedded {
    ($($name:literal),* $(,)?) => {
        &[$(($name, include_str!(concat!("../../../forms/print/", $name, ".toml")))),*]
    };
}

/// The forms of the program, sorted.
const EMBEDDED: &[(&str, &str)] = embedded![
    "corrective_invoice",
    "discrepancy_act",
    "goods_issue",
    "inv3",
    "invoice_for_payment",
    "item_label",
    "ko1",
    "ko2",
    "pp_0401060",
    "price_tag",
    "tax_invoice",
    "tax_invoice_before_2026_04",
    "till_shift",
    "torg12",
    "trade_note",
    "upd",
];

fn file(name: &str, custom: &Path) -> PathBuf {
    custom.join("forms").join("print").join(format!("{name}.toml"))
}

/// Loads a form by name. `custom` is the base's `custom` folder: its `forms/print/<name>.toml` wins over the
/// embedded form, and may be a form the program does not know. All problems of the file are told at once.
pub fn load(name: &str, custom: Option<&Path>) -> Result<Template, Problems> {
    let unknown = || Problems::one(text!("print-template-none", name = name));
    if !super::pattern::is_name(name) {
        return Err(unknown());
    }
    if let Some(path) = custom.map(|folder| file(name, folder)).filter(|path| path.exists()) {
        let shown = path.display().to_string();
        let content = std::fs::read_to_string(&path).map_err(|error| {
            Problems::one(text!("print-template-unreadable", file = &shown, said = error.to_string()))
        })?;
        return parse(name, &shown, &content);
    }
    let content = EMBEDDED.iter().find(|(known, _)| *known == name).map(|(_, content)| *content).ok_or_else(unknown)?;
    parse(name, &format!("{name}.toml"), content)
}

/// The names of all forms there are, sorted: embedded ones and those of the base's `custom` folder.
pub fn all_names(custom: Option<&Path>) -> Vec<String> {
    let mut names: BTreeSet<String> = EMBEDDED.iter().map(|(name, _)| (*name).to_owned()).collect();
    let folder = custom.map(|folder| folder.join("forms").join("print"));
    let entries = folder.and_then(|folder| std::fs::read_dir(folder).ok());
    for entry in entries.into_iter().flatten().flatten() {
        let path = entry.path();
        let stem = path.file_stem().and_then(|stem| stem.to_str()).filter(|stem| super::pattern::is_name(stem));
        if let (Some(stem), Some("toml")) = (stem, path.extension().and_then(|extension| extension.to_str())) {
            names.insert(stem.to_owned());
        }
    }
    names.into_iter().collect()
}

/// Reads a template; `file` is what messages call it.
pub fn parse(name: &str, file: &str, content: &str) -> Result<Template, Problems> {
    // Editors on Windows put a mark before the first letter.
    let content = content.strip_prefix('\u{feff}').unwrap_or(content);
    let source = Source { file, content, problems: RefCell::new(Vec::new()) };
    let (root, errors) = DeTable::parse_recoverable(content);
    for error in &errors {
        let at = error.span().map_or(0, |span| span.start);
        source.problem(at, text!("print-template-syntax", said = error.message()));
    }
    let mut problems = Problems::new();
    if errors.is_empty() {
        let template = build::template(name, Reader::new(&source, root.get_ref(), 0..0));
        if source.problems.borrow().is_empty() {
            for said in check::check(&template) {
                problems.add(text!("print-template-said", file = file, said = said));
            }
        }
        if source.problems.borrow().is_empty() && problems.is_empty() {
            return Ok(template);
        }
    }
    for problem in source.problems.into_inner() {
        problems.add(problem);
    }
    Err(problems)
}
