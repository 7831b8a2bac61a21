//! Where the shared samples are: beside the package, or two folders up in a worktree; they are never copied.

use std::path::{Path, PathBuf};

/// The folder of shared materials, or nothing (said aloud) when this machine does not have it.
pub fn shared(test: &str) -> Option<PathBuf> {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    let found = ["../shared", "../../shared"].iter().map(|way| package.join(way)).find(|path| path.is_dir());
    if found.is_none() {
        skipped(test);
    }
    found
}

#[expect(clippy::print_stderr, reason = "a skipped test must be seen in the log of the run")]
fn skipped(test: &str) {
    eprintln!("SKIPPED {test}: the shared samples are not on this machine");
}
