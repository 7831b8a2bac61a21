//! The source text of the project, for tests that read it.

use std::path::{Path, PathBuf};

/// A source file.
pub struct Source {
    /// Its path from the package root, with `/`.
    pub path: String,
    /// Its text.
    pub text: String,
}

impl Source {
    /// Lines of code with their numbers from 1: without comments on lines of their own, up to the unit tests.
    pub fn code(&self) -> impl Iterator<Item = (usize, &str)> {
        let lines = self.text.lines().enumerate().map(|(at, line)| (at + 1, line));
        lines
            .take_while(|(_, line)| line.trim() != "#[cfg(test)]")
            .filter(|(_, line)| !line.trim_start().starts_with("//"))
    }
    /// The code in one piece.
    pub fn code_text(&self) -> String {
        self.code().map(|(_, line)| line).collect::<Vec<_>>().join("\n")
    }
}

/// The package's root.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// All Rust files under these folders, by path.
pub fn rust_files(folders: &[&str]) -> Vec<Source> {
    let mut paths = Vec::new();
    for folder in folders {
        collect(&root().join(folder), &mut paths);
    }
    paths.sort();
    let sources = paths.into_iter().map(|path| {
        let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let from_root = path.strip_prefix(root()).unwrap_or(&path);
        Source { path: from_root.to_string_lossy().replace('\\', "/"), text }
    });
    sources.collect()
}

fn collect(folder: &Path, paths: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let path = entry.path();
        if path.is_dir() {
            collect(&path, paths);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            paths.push(path);
        }
    }
}

/// String literals of a line of code, without their quotes.
pub fn literals(line: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut start = None;
    let mut escaped = false;
    let bytes = line.as_bytes();
    for (at, byte) in bytes.iter().enumerate() {
        match (byte, start) {
            (b'\\', Some(_)) if !escaped => {
                escaped = true;
                continue;
            }
            // A quote as a character literal opens nothing.
            (b'"', None) if at > 0 && bytes[at - 1] == b'\'' && bytes.get(at + 1) == Some(&b'\'') => {}
            (b'"', None) => start = Some(at + 1),
            (b'"', Some(from)) if !escaped => {
                found.extend(line.get(from..at));
                start = None;
            }
            _ => {}
        }
        escaped = false;
    }
    found
}
