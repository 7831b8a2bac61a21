//! What is remembered of this machine for this user: who draws the window. It lies beside the list of bases and
//! not in a base: the same base is opened at machines with OpenGL and without.

use crate::kernel::problems::{Error, Outcome};
use crate::text;
use serde::{Deserialize, Serialize};
use std::path::Path;

/// The file.
const FILE: &str = "machine.toml";

#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
struct Machine {
    renderer: String,
}

/// Who draws here by choice or by experience: `auto`, `gl` or `software`; `None` when nothing is known yet.
pub fn renderer(folder: &Path) -> Option<String> {
    let content = std::fs::read_to_string(folder.join(FILE)).ok()?;
    let machine: Machine = toml::from_str(&content).ok()?;
    Some(machine.renderer).filter(|renderer| !renderer.is_empty())
}

/// Remembers who draws here.
pub fn remember(folder: &Path, renderer: &str) -> Outcome<()> {
    let machine = Machine { renderer: renderer.to_owned() };
    let content = toml::to_string(&machine).unwrap_or_default();
    let written = std::fs::create_dir_all(folder).and_then(|()| std::fs::write(folder.join(FILE), content));
    written.map_err(|error| Error::Failed(text!("file-not-written", file = FILE), error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::{remember, renderer};

    #[test]
    fn the_choice_is_remembered_and_a_damaged_file_is_as_good_as_none() {
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path().join("new");
        assert_eq!(renderer(&folder), None);
        remember(&folder, "software").unwrap();
        assert_eq!(renderer(&folder).as_deref(), Some("software"));
        std::fs::write(folder.join(super::FILE), "renderer = 7").unwrap();
        assert_eq!(renderer(&folder), None);
    }
}
