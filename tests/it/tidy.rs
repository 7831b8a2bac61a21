//! What is absent on purpose, each sentence a test over the source text; and the limits a reader relies on.

use crate::lexed::{Lexed, lexed};
use crate::sources::{root, rust_files};
use kontora::domain::registry;
use kontora::kernel::meta::Kind;
use std::collections::BTreeSet;
use std::path::Path;

/// A source file, read.
struct File {
    path: String,
    text: String,
    lexed: Lexed,
}

fn files(folders: &[&str]) -> Vec<File> {
    let sources = rust_files(folders).into_iter();
    sources.map(|source| File { lexed: lexed(&source.text), path: source.path, text: source.text }).collect()
}

fn within(path: &str, folders: &[&str]) -> bool {
    folders.iter().any(|folder| path.starts_with(folder))
}

/// The layer of a file of `src`: its first folder, or `lib` and `main`.
fn layer(path: &str) -> &str {
    let inside = path.strip_prefix("src/").unwrap_or(path);
    inside.split_once('/').map_or_else(|| inside.trim_end_matches(".rs"), |(layer, _)| layer)
}

/// Fails with everything found, and says what the rule is for.
fn none(rule: &str, found: &[String]) {
    assert!(found.is_empty(), "{rule}:\n{}", found.join("\n"));
}

/// Words that must not stand in the code of some files; `allowed` are paths with their reasons.
fn banned(files: &[File], words: &[&str], outside: &[&str], allowed: &[(&str, &str, &str)]) -> Vec<String> {
    let mut found = Vec::new();
    for file in files.iter().filter(|file| !within(&file.path, outside)) {
        for word in words {
            if allowed.iter().any(|(path, known, _)| *path == file.path && known == word) {
                continue;
            }
            found.extend(file.lexed.places(word).iter().map(|(line, _)| format!("{}:{line}: {word}", file.path)));
        }
    }
    found
}

/// An exception that is needed no more must go.
fn idle(files: &[File], allowed: &[(&str, &str, &str)]) -> Vec<String> {
    let used =
        |path: &str, word: &str| files.iter().any(|file| file.path == path && !file.lexed.places(word).is_empty());
    let idle = allowed.iter().filter(|(path, word, _)| !used(path, word));
    idle.map(|(path, word, _)| format!("{path} is excused for {word} and does without it")).collect()
}

#[test]
fn no_sql_outside_store() {
    let marks = [
        "SELECT ",
        "INSERT INTO",
        "INSERT OR",
        "DELETE FROM",
        "UPDATE ",
        "CREATE TABLE",
        "CREATE INDEX",
        "DROP TABLE",
        "PRAGMA",
        "SAVEPOINT",
        "BEGIN IMMEDIATE",
        " WHERE ",
        "ORDER BY",
        "GROUP BY",
    ];
    let files = files(&["src"]);
    let mut found = banned(&files, &["rusqlite", "libsqlite3_sys"], &["src/store/sqlite.rs"], &[]);
    found.extend(banned(
        &files,
        &["postgres::Client", "postgres::Config", "postgres::types", "tokio_postgres"],
        &["src/store/postgres.rs", "src/store/postgres_connect.rs"],
        &[],
    ));
    for file in files.iter().filter(|file| layer(&file.path) != "store") {
        for (line, text) in file.lexed.own_strings() {
            if marks.iter().any(|mark| text.contains(mark)) {
                found.push(format!("{}:{line}: {text}", file.path));
            }
        }
    }
    none("only store makes SQL, and only its engines name their libraries", &found);
}

#[test]
fn no_egui_outside_ui() {
    let words = ["egui", "eframe", "epaint", "emath", "ecolor", "winit", "glow", "softbuffer", "vello_cpu"];
    none("only ui draws", &banned(&files(&["src"]), &words, &["src/ui/"], &[]));
}

#[test]
fn store_knows_no_document_by_name() {
    let files: Vec<File> = files(&["src/store"]);
    let mut found = Vec::new();
    for kind in registry::KINDS.iter().filter(|kind| kind.meta().kind == Kind::Document) {
        let code = kind.meta().code;
        let type_name: String = code.split('_').map(|word| word[..1].to_uppercase() + &word[1..]).collect();
        found.extend(banned(&files, &[&type_name], &[], &[]));
        for file in &files {
            let words = |text: &str| text.split(|c: char| !c.is_alphanumeric() && c != '_').any(|word| word == code);
            for (line, text) in file.lexed.own_strings().filter(|(_, text)| words(text)) {
                found.push(format!("{}:{line}: {text}", file.path));
            }
        }
    }
    none("a new document needs nothing in store", &found);
}

/// What each layer may use beside itself.
const LAYERS: &[(&str, &[&str])] = &[
    ("kernel", &[]),
    ("domain", &["kernel"]),
    ("store", &["kernel"]),
    ("report", &["kernel", "store", "print"]),
    ("print", &["kernel", "store"]),
    ("exchange", &["kernel"]),
    ("devices", &["kernel"]),
    ("ops", &["kernel", "domain", "store", "print", "exchange", "devices"]),
    ("cli", &["kernel", "domain", "store", "report", "print", "exchange", "devices", "ops"]),
    ("ui", &["kernel", "domain", "store", "report", "print", "exchange", "devices", "ops"]),
];

/// Layers a file names, with lines: `crate::layer`, and `super::` as far up as the root.
fn imports(file: &File) -> Vec<(usize, String)> {
    let inside = file.path.trim_start_matches("src/").trim_end_matches(".rs").trim_end_matches("/mod");
    let depth = inside.split('/').count();
    let code = file.lexed.own_code();
    let name_at = |at: usize| {
        let rest = code[at..].trim_start();
        rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>()
    };
    let mut found = Vec::new();
    for (line, at) in file.lexed.places("crate::") {
        let after = at + "crate::".len();
        if code[after..].trim_start().starts_with('{') {
            let open = after + code[after..].find('{').unwrap_or(0) + 1;
            let mut nested = 0;
            let mut begins = true;
            for (step, letter) in code[open..].char_indices() {
                match letter {
                    '{' => nested += 1,
                    '}' if nested == 0 => break,
                    '}' => nested -= 1,
                    ',' if nested == 0 => begins = true,
                    letter if begins && letter.is_alphabetic() => {
                        found.push((line, name_at(open + step)));
                        begins = false;
                    }
                    _ => {}
                }
            }
        } else {
            found.push((line, name_at(after)));
        }
    }
    let climb = "super::".repeat(depth);
    for (line, at) in file.lexed.places(&climb) {
        if !code[..at].ends_with("super::") {
            found.push((line, name_at(at + climb.len())));
        }
    }
    found
}

#[test]
fn layers_use_only_what_lies_below() {
    let layers: BTreeSet<&str> = LAYERS.iter().map(|(name, _)| *name).collect();
    let mut found = Vec::new();
    for file in files(&["src"]) {
        let own = layer(&file.path);
        if own == "lib" || own == "main" {
            continue;
        }
        let Some((_, allowed)) = LAYERS.iter().find(|(name, _)| *name == own) else {
            found.push(format!("{}: a layer the design does not know", file.path));
            continue;
        };
        for (line, used) in imports(&file) {
            if used != own && layers.contains(used.as_str()) && !allowed.contains(&used.as_str()) {
                found.push(format!("{}:{line}: {own} may not use {used}", file.path));
            }
        }
    }
    none("the layers", &found);
}

#[test]
fn domain_reads_the_base_only_through_facts() {
    let words = ["std::fs", "std::net", "std::process", "std::env", "std::thread", "StoreFacts", "Session", "Tx"];
    let found = banned(&files(&["src/domain", "src/kernel"]), &words, &[], &[]);
    none("the business is pure", &found);
}

#[test]
fn no_floating_point_near_amounts() {
    // Pages are measured in millimetres and the window in points; nothing there is counted in money.
    let outside = ["src/print/", "src/ui/"];
    none("amounts are exact", &banned(&files(&["src"]), &["f64", "f32"], &outside, &[]));
}

#[test]
fn no_clock_random_or_environment_outside_the_clock() {
    let words = [
        "Local::now",
        "Utc::now",
        "SystemTime",
        "Instant",
        "UNIX_EPOCH",
        "getrandom",
        "rand",
        "fastrand",
        "uuid",
        "std::env",
        "env::var",
        "env::args",
    ];
    let allowed = [
        ("src/main.rs", "std::env", "the arguments"),
        ("src/main.rs", "env::args", "the arguments"),
        ("src/main.rs", "env::var", "the environment is read here and handed down"),
        ("src/kernel/clock.rs", "Local::now", "the one place that asks"),
        ("src/kernel/clock.rs", "getrandom", "the one place that asks"),
        ("src/kernel/clock.rs", "Instant", "the one place that asks"),
        ("src/ui/shell/software.rs", "Instant", "the pause until the next frame, not the time of anything in the base"),
        ("src/ui/app/support.rs", "std::env", "the kind of the system, known when the program was built"),
        ("src/print/printer.rs", "std::env", "the spooler wants a file in the system's own folder"),
    ];
    let files = files(&["src"]);
    let mut found = banned(&files, &words, &[], &allowed);
    let needed = ["src/main.rs"];
    let excused: Vec<_> = allowed.into_iter().filter(|(path, _, _)| !needed.contains(path)).collect();
    found.extend(idle(&files, &excused));
    none("time and chance come from one place", &found);
}

/// Files of the window whose code runs on threads of their own, or where no window is.
const WORKERS: &[&str] = &[
    "src/ui/app/background.rs",
    "src/ui/app/base.rs",
    "src/ui/app/devices/labels.rs",
    "src/ui/app/line.rs",
    "src/ui/app/live.rs",
    "src/ui/app/opened.rs",
    "src/ui/app/single.rs",
    "src/ui/app/start.rs",
    "src/ui/app/support.rs",
    "src/ui/shell/folder.rs",
    "src/ui/shell/headless.rs",
];

#[test]
fn the_thread_that_draws_never_waits() {
    let files = files(&["src/ui"]);
    let waiting = [
        ".recv()",
        "recv_timeout",
        "thread::sleep",
        "sleep(",
        "TcpStream",
        "UdpSocket",
        "std::net",
        "std::process",
        "serialport",
        "Condvar",
        "wait_timeout",
    ];
    let mut found = banned(&files, &waiting, WORKERS, &[]);
    // A base is opened behind its threads alone; elsewhere a session is only lent to a closure or a function
    // that `Base` runs there: nobody else has one to lend.
    let opening =
        ["Session::open", "Session::read", "Session::over", "Store::open", "Store::create", "Store::in_memory"];
    found.extend(banned(&files, &opening, WORKERS, &[]));
    for file in files.iter().filter(|file| !WORKERS.contains(&file.path.as_str())) {
        found.extend(["Session", "Store", "Tx"].iter().flat_map(|word| not_lent(file, word)));
        // An answer of a device is looked at frame by frame; only a page's own list of answers is waited for.
        let code = file.lexed.own_code();
        let waits = code.match_indices(".wait(").any(|(at, _)| !code[..at].ends_with("self"));
        found.extend(waits.then(|| format!("{}: waits", file.path)));
    }
    none("questions to the base, the network and devices go to worker threads", &found);
}

/// Places where a session or a transaction of `ops` is more than lent by reference.
fn not_lent(file: &File, word: &str) -> Vec<String> {
    let code = file.lexed.own_code();
    // The editors have a session of their own, of editing.
    if !code.contains("ops::gate") && !code.contains("store::base") {
        return Vec::new();
    }
    let taken = file.lexed.places(word).into_iter().filter(|(_, at)| {
        let before = code[..*at].trim_end();
        let lent = before.ends_with('&') || before.ends_with("&mut");
        let imported = before.rsplit(';').next().is_some_and(|last| last.contains("use crate::"));
        !lent && !imported
    });
    taken.map(|(line, _)| format!("{}:{line}: a {word} that is not lent", file.path)).collect()
}

#[test]
fn no_thread_without_a_name() {
    let mut found = banned(&files(&["src"]), &["thread::spawn", "thread::scope", "rayon"], &[], &[]);
    for file in files(&["src"]) {
        for (line, at) in file.lexed.places("thread::Builder::new()") {
            let rest: String = file.lexed.own_code()[at..].split(';').next().unwrap_or_default().to_owned();
            if !rest.contains(".name(") {
                found.push(format!("{}:{line}: a thread without a name", file.path));
            }
        }
    }
    none("a report of a crash says whose thread it was", &found);
}

/// Lines a file may have.
const FILE_MAX: usize = 500;
/// Lines a function may have, from its first to its closing brace; clippy counts them without comments.
const FUNCTION_MAX: usize = 70;
/// Letters a line may have.
const LINE_MAX: usize = 120;

#[test]
fn files_functions_and_lines_are_short() {
    let mut found = Vec::new();
    for file in files(&["src", "tests", "benches"]) {
        let lines = file.text.lines().count();
        if lines >= FILE_MAX {
            found.push(format!("{}: {lines} lines", file.path));
        }
        for (line, length) in functions(&file.lexed.code) {
            if length > FUNCTION_MAX {
                found.push(format!("{}:{line}: a function of {length} lines", file.path));
            }
        }
        for (at, (line, code)) in file.text.lines().zip(file.lexed.code.lines()).enumerate() {
            // A text cannot always be broken; code and comments can.
            let in_text = code.trim_end().chars().count() < line.trim_end().chars().count() || code.contains('"');
            if line.chars().count() > LINE_MAX && !in_text {
                found.push(format!("{}:{}: {} letters", file.path, at + 1, line.chars().count()));
            }
        }
    }
    none("a file, a function, a line is read without scrolling", &found);
}

/// First lines and lengths of functions, without blank lines.
fn functions(code: &str) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let lines: Vec<&str> = code.lines().collect();
    for (at, line) in lines.iter().enumerate() {
        let named = line.trim_start().split(' ').take(6).any(|word| word == "fn");
        if !named {
            continue;
        }
        let (mut depth, mut opened) = (0i64, false);
        let mut length = 0;
        for inner in &lines[at..] {
            length += usize::from(!inner.trim().is_empty());
            for letter in inner.chars() {
                match letter {
                    '{' => {
                        depth += 1;
                        opened = true;
                    }
                    '}' => depth -= 1,
                    _ => {}
                }
            }
            if (opened && depth <= 0) || (!opened && inner.trim_end().ends_with(';')) {
                break;
            }
        }
        found.push((at + 1, length));
    }
    found
}

#[test]
fn every_file_says_what_it_is() {
    let files = files(&["src", "tests", "benches"]);
    let silent: Vec<String> =
        files.iter().filter(|file| !file.text.starts_with("//! ")).map(|file| file.path.clone()).collect();
    none("the first line of a file says what is in it", &silent);
}

#[test]
fn unit_tests_end_their_file() {
    let mut found = Vec::new();
    for file in files(&["src"]) {
        let mut lines = file.text.lines().skip_while(|line| line.trim() != "#[cfg(test)]").skip(1);
        let Some(first) = lines.next() else { continue };
        let after = lines.skip_while(|line| *line != "}").skip(1).any(|line| !line.trim().is_empty());
        if !first.starts_with("mod ") || after {
            found.push(file.path.clone());
        }
    }
    none("tests of a file are its last module: the rules above read up to it", &found);
}

#[test]
fn every_file_is_part_of_the_program() {
    // A test nobody names is never run, and nobody misses it.
    let found: Vec<String> = ["src", "tests/it"].into_iter().flat_map(unnamed).collect();
    none("nobody names these files", &found);
}

fn unnamed(root: &str) -> Vec<String> {
    let top = if root == "src" { "src/lib.rs" } else { "tests/it/main.rs" };
    let files = files(&[root]);
    let mut found = Vec::new();
    for file in &files {
        let inside = file.path.trim_start_matches(root).trim_start_matches('/').trim_end_matches(".rs");
        if inside == "lib" || inside == "main" {
            continue;
        }
        let module = inside.trim_end_matches("/mod");
        let (folder, name) = module.rsplit_once('/').unwrap_or(("", module));
        let parents = match folder {
            "" => vec![top.to_owned()],
            folder => vec![format!("{root}/{folder}/mod.rs"), format!("{root}/{folder}.rs")],
        };
        let named = files.iter().filter(|parent| parents.contains(&parent.path)).any(|parent| {
            let code = &parent.lexed.code;
            code.lines().any(|line| {
                line.trim().trim_start_matches("pub ").trim_start_matches("pub(crate) ") == format!("mod {name};")
            })
        });
        if !named {
            found.push(file.path.clone());
        }
    }
    found
}

/// Lines all macros of declarations have together.
const MACROS_MAX: usize = 150;

#[test]
fn the_macros_of_declarations_stay_small() {
    let mut sum = 0;
    for (path, name) in
        [("src/kernel/object.rs", "object"), ("src/kernel/object.rs", "choice"), ("src/kernel/register.rs", "register")]
    {
        let text = std::fs::read_to_string(root().join(path)).unwrap();
        let body = text.lines().skip_while(|line| *line != format!("macro_rules! {name} {{"));
        let body: Vec<&str> = body.take_while(|line| *line != "}").collect();
        assert!(body.len() > 10, "{path} has no macro {name}");
        // What a macro writes for the reader of the documentation is not its weight.
        sum += body.iter().filter(|line| !line.trim().is_empty() && !line.trim_start().starts_with("///")).count();
    }
    let wishes = "name, type, label, `required`: everything else is Rust beside the declaration";
    assert!(sum <= MACROS_MAX, "{sum} lines of macros; {wishes}");
}

/// Text files of the package.
fn texts(folder: &Path, found: &mut Vec<(String, String)>) {
    for entry in std::fs::read_dir(folder).unwrap().flatten() {
        let path = entry.path();
        let name = entry.file_name().to_string_lossy().into_owned();
        if matches!(name.as_str(), "target" | ".git") {
            continue;
        }
        if path.is_dir() {
            texts(&path, found);
        } else if let Ok(text) = std::fs::read_to_string(&path) {
            found.push((path.strip_prefix(root()).unwrap_or(&path).display().to_string(), text));
        }
    }
}

#[test]
fn no_file_names_a_place_of_one_machine() {
    // Put together, so that this file may be read like any other.
    let places = ["work", "home", "root", "Users", "mnt", "opt"].map(|folder| format!("/{folder}/"));
    let mut all = Vec::new();
    texts(root(), &mut all);
    let mut found = Vec::new();
    for (path, text) in &all {
        for (at, line) in text.lines().enumerate() {
            for place in &places {
                let begins =
                    |from: usize| !line[..from].ends_with(|c: char| c.is_alphanumeric() || "._-}*/".contains(c));
                if line.match_indices(place.as_str()).any(|(from, _)| begins(from)) {
                    found.push(format!("{path}:{}: {}", at + 1, line.trim()));
                }
            }
        }
    }
    none("the project is at home anywhere", &found);
}
