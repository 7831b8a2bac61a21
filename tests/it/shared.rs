//! The materials beside the project, read where they are and never copied; without them such tests say so
//! and pass.

use std::path::{Path, PathBuf};

/// A file or folder of the materials, or `None` with a loud line when they are not at hand.
#[expect(clippy::print_stderr, reason = "a skipped test must be seen in the log of the run")]
pub fn shared(path: &str) -> Option<PathBuf> {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    let found = ["../shared", "../../shared"].iter().map(|up| package.join(up).join(path));
    let found = found.into_iter().find(|path| path.exists());
    if found.is_none() {
        eprintln!("SKIPPED: no {path} in the materials beside the project");
    }
    found
}

/// A text file of the materials.
pub fn shared_text(path: &str) -> Option<String> {
    shared(path).and_then(|path| std::fs::read_to_string(path).ok())
}

/// A switch of the tests in the environment: `UPDATE_EXPECTED=1` writes golden files anew, and the like.
#[expect(clippy::disallowed_methods, reason = "switches are for the person who runs the tests")]
pub fn switch(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}
