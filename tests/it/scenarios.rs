//! Scenarios: a day's work and the balances it must leave, in the language of the trade.
//!
//! A file of `tests/scenarios` holds scenarios. Each begins with `сценарий: имя`; then come lines, one after
//! another, on a fresh base. Comments begin with `#`; a line that ends with `;` or `:` goes on below.
//!
//! **What there is:** `режим ОСН`, `товар T1 "Чайник" (НДС 10, ФИФО)`, `услуга U1 "Доставка"`,
//! `покупатель C1 "Ромашка"`, `поставщик S1 "Север"`, `склад W2 "Второй"`, `расчетный счет`,
//! `запрет изменений по 2026-10-31 (Главбух)`, or any line of the loader's JSON.
//!
//! **What is done:** a document, `дата [время] вид ключ [по основанию] [от кого] [сумма] (условия): строки`, as in
//! `2026-10-02 заказ O-1 от C1 (отгрузить 2026-10-05): T1 4 x 1830,00; U1 1 x 300`. Then `изменить O-1 ...`,
//! `отменить проведение O-1`, `провести O-1`, `перепровести O-1`, `пометить O-1`, `снять пометку O-1`.
//! A step that must be refused is followed by `отказ: предложение`, a line for each sentence; `...` at its
//! end stands for the rest.
//!
//! **What must be true:** `что = значение`, such as `остаток T1 = 6 шт, 6000,00`, `состояние O-1 = Закрыт`,
//! `счет 62.01 = Дт 7320,00`, `ОСВ = ...`, `проводки G-1 = ...`; the whole list is in `checks`, `books` and `reports`.
//! After every step the base is proved; `проверка: в конце` puts that off to the end of a long scenario.

mod books;
mod checks;
mod demand;
mod documents;
mod letters;
pub mod lines;
mod reports;
mod setup;
mod words;
pub mod world;

use crate::bases::engines;
use lines::Scenario;
use std::path::{Path, PathBuf};
use world::World;

/// Where the scenarios are.
fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/scenarios")
}

/// Runs all scenarios of a file on every engine; fails with everything that went wrong.
fn run(file: &str) {
    let text = std::fs::read_to_string(folder().join(file)).unwrap_or_else(|error| panic!("{file}: {error}"));
    let scenarios = lines::scenarios(&text).unwrap_or_else(|said| panic!("{file}: {said}"));
    assert!(!scenarios.is_empty(), "{file}: no scenario");
    let mut wrong = Vec::new();
    for engine in engines() {
        for scenario in &scenarios {
            if let Err((line, said)) = play(&engine, scenario) {
                wrong.push(format!("{file}:{line}: {} ({}): {said}", scenario.name, engine.engine));
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {} scenarios:\n{}", wrong.len(), scenarios.len(), wrong.join("\n"));
}

fn play(engine: &crate::bases::Bases, scenario: &Scenario) -> Result<(), (usize, String)> {
    let mut world = World::new(engine);
    let last = scenario.statements.len();
    for (at, statement) in scenario.statements.iter().enumerate() {
        let said = world.take(statement);
        said.and_then(|changed| if changed && (world.prove_each || at + 1 == last) { world.prove() } else { Ok(()) })
            .map_err(|said| (statement.line, said))?;
    }
    world.prove().map_err(|said| (scenario.line, said))
}

/// One test a file, so that they run beside each other and are named in the report of the run.
macro_rules! files {
    ($($name:ident),* $(,)?) => {
        const FILES: &[&str] = &[$(concat!(stringify!($name), ".txt")),*];
        $( #[test] fn $name() { run(concat!(stringify!($name), ".txt")); } )*
    };
}

files!(
    advances, bases, cost, currency, demand, ledger, letters, orders, postings, refusals, replenish, reserves, terms,
    till, vat
);

#[test]
fn every_file_of_scenarios_is_run() {
    let mut found: Vec<String> = std::fs::read_dir(folder())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .filter(|name| name.ends_with(".txt"))
        .collect();
    found.sort();
    let mut listed = FILES.to_vec();
    listed.sort_unstable();
    assert_eq!(found, listed);
}

/// Messages of `problems.ftl` no scenario can provoke, each with the reason or the test that does.
const ELSEWHERE: &[(&str, &str)] = &[
    ("store-", "failures of the engine: `faults`"),
    ("base-", "opening of files: `faults`"),
    ("folder-not-made", "opening of files: `faults`"),
    ("seed-line", "a mistake in the embedded seed, which every test would meet"),
    ("op-", "names of operations, not refusals: `faults` names them all"),
    ("main-contract", "the name of a contract, not a refusal"),
    ("check-", "faults of a base: `proof` spoils one for each"),
    ("object-", "two sessions at one object: `faults`"),
    ("shortage-no-supplier", "supplier orders from shortages: `supply`"),
    ("load-not-json", "a scenario's JSON is JSON: `faults`"),
    ("load-not-object", "a scenario's JSON is an object: `faults`"),
    ("reserve-negative", "an invariant: whatever lowers a reserve lowers it to zero at most"),
];

/// True when a sentence may have been made from a message: the plain pieces between its arguments follow each other.
fn made_from(sentence: &str, message: &str) -> bool {
    let mut rest = sentence;
    let mut plain = String::new();
    let mut depth = 0;
    let mut pieces = Vec::new();
    for letter in message.trim().chars() {
        match letter {
            '{' => {
                depth += 1;
                pieces.push(std::mem::take(&mut plain));
            }
            '}' => depth -= 1,
            other if depth == 0 => plain.push(other),
            _ => {}
        }
    }
    pieces.push(plain);
    pieces.iter().map(|piece| piece.trim()).all(|piece| match rest.find(piece) {
        Some(at) => {
            rest = &rest[at + piece.len()..];
            true
        }
        None => false,
    })
}

#[test]
fn every_message_of_the_problems_has_a_scenario_that_provokes_it() {
    let problems = kontora::kernel::text::sources(kontora::kernel::text::Lang::Ru)[1];
    let mut sentences = Vec::new();
    for file in FILES {
        let text = std::fs::read_to_string(folder().join(file)).unwrap();
        for line in text.lines().map(str::trim) {
            sentences.extend(line.strip_prefix("отказ:").map(str::to_owned));
            sentences.extend(line.starts_with("причина").then(|| line.to_owned()));
        }
    }
    let elsewhere = |key: &str| ELSEWHERE.iter().any(|(start, _)| key.starts_with(start));
    let silent: Vec<String> = crate::texts::messages(kontora::kernel::text::Lang::Ru)
        .into_iter()
        .filter(|(key, _)| problems.lines().any(|line| line.starts_with(&format!("{key} ="))) && !elsewhere(key))
        .filter(|(_, message)| !sentences.iter().any(|sentence| made_from(sentence, &message.text)))
        .map(|(key, _)| key)
        .collect();
    assert!(silent.is_empty(), "no scenario provokes {silent:?}");
}
