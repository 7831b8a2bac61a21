//! The README tells the truth: its commands run, its files are there.

use kontora::cli::{Asked, DONE, run};
use std::path::Path;

const README: &str = include_str!("../../README.md");

/// Runs a command line in a folder: files without a path lie there, `bound` stands for the order to be bound.
fn ran(line: &str, folder: &Path, bound: &str) -> String {
    let (line, _) = line.split_once(" #").unwrap_or((line, ""));
    let here = |word: &str| {
        let word = word.trim_matches('\'');
        if word.starts_with("customer_order:#") {
            return bound.to_owned();
        }
        let file = ["kontora", "gz", "jsonl", "pdf", "xlsx"].iter().any(|ending| word.ends_with(&format!(".{ending}")));
        if file { folder.join(word).to_string_lossy().into_owned() } else { word.to_owned() }
    };
    let (mut out, mut errors) = (Vec::new(), Vec::new());
    let asked = run(line.split_whitespace().map(here).collect(), &mut out, &mut errors);
    let said = String::from_utf8_lossy(&errors).into_owned();
    let Asked::Code(code) = asked else { panic!("{line} asks for a window") };
    let out = String::from_utf8(out).unwrap();
    assert_eq!(code, DONE, "{line}: {out}{said}");
    out
}

#[test]
fn the_commands_of_the_readme_run() {
    let folder = tempfile::tempdir().unwrap();
    let lines: Vec<&str> = README.lines().filter(|line| line.starts_with("{\"type\"")).collect();
    std::fs::write(folder.path().join("lines.jsonl"), lines.join("\n")).unwrap();
    let commands = README.lines().filter(|line| line.starts_with("kontora "));
    let mut bound = String::new();
    let mut count = 0;
    for line in commands {
        let out = ran(line, folder.path(), &bound);
        if line.contains("import lines") {
            let word = out.split_whitespace().find(|word| word.starts_with("customer_order:#"));
            bound = word.unwrap_or_default().to_owned();
        }
        count += 1;
    }
    assert!(count > 10 && !bound.is_empty(), "{count} commands");
    for made in ["issue.pdf", "balance.xlsx", "items.jsonl", "evening.kontora"] {
        assert!(folder.path().join(made).is_file(), "{made}");
    }
}

#[test]
fn the_files_of_the_readme_are_there() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let quoted = README.split('`').skip(1).step_by(2);
    let begins = ["src/", "tests/", "forms/", "reports/", "assets/", "benches/", ".ci/"];
    let paths = quoted.filter(|word| begins.iter().any(|begin| word.starts_with(begin)) && !word.contains(['<', '*']));
    let missing: Vec<&str> = paths.filter(|path| !root.join(path).exists()).collect();
    assert!(missing.is_empty(), "{missing:?}");
}
