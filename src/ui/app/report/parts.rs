//! What a report's page is put together from: its declaration, its commands, what is kept of it.

use crate::kernel::problems::Outcome;
use crate::ops::gate::Session;
use crate::ops::printing::custom_folder;
use crate::report::declare::Definition;
use crate::report::load::load;
use crate::text;
use crate::ui::commands::{Chord, Command, Facts, keys, standard};
use crate::ui::icons::Icon;
use crate::ui::widgets::table::columns::TableLayout;
use egui::Key;

/// A sheet is there.
pub const READY: Facts = Facts::own(0);
/// The report is about a period.
pub const PERIOD: Facts = Facts::own(1);
/// Rows stand in groups.
pub const TREE: Facts = Facts::own(2);

/// What a report is made by: its declaration and those it leads to.
pub struct Loaded {
    /// Its own.
    pub definition: Definition,
    /// The others.
    pub related: Vec<Definition>,
}

/// The commands of a report.
pub fn commands() -> Vec<Command> {
    let period = |code: &'static str, label, key| Command::new(code, label).key(Chord::alt(key)).needs(PERIOD);
    let mut all = vec![
        Command::new("make", text!("report-make"))
            .hint(text!("report-make-hint"))
            .key(keys::MAIN)
            .key(keys::REFRESH)
            .icon(Icon::ArrowsClockwise)
            .reads(),
        Command::new("drill", text!("report-drill"))
            .hint(text!("report-drill-hint"))
            .icon(Icon::MagnifyingGlass)
            .needs(Facts::ROW),
        Command::new("print", text!("cmd-print")).key(keys::PRINT).icon(Icon::Printer).needs(READY),
        Command::new("unfold", text!("report-unfold"))
            .key(Chord::ctrl(Key::Plus))
            .key(Chord::ctrl(Key::Equals))
            .needs(TREE),
        Command::new("fold", text!("report-fold")).key(Chord::ctrl(Key::Minus)).needs(TREE),
        period("period-today", text!("period-today"), Key::Num1),
        period("period-week", text!("period-week"), Key::Num2),
        period("period-month", text!("period-month"), Key::Num3),
        period("period-quarter", text!("period-quarter"), Key::Num4),
        period("period-year", text!("period-year"), Key::Num5),
        period("period-all", text!("period-all"), Key::Num0),
        period("span-back", text!("report-span-back"), Key::PageUp).icon(Icon::CaretLeft),
        period("span-on", text!("report-span-on"), Key::PageDown).icon(Icon::CaretRight),
    ];
    all.extend(["copy-rows", "list-settings"].iter().filter_map(|code| standard::by_code(code)).cloned());
    all
}

/// Reads the declaration of a report and of all it leads to.
pub fn read(session: &Session, code: &str) -> Outcome<Loaded> {
    let custom = custom_folder(&session.store);
    let definition = load(&session.store, code, custom.as_deref())?;
    let moves = definition.sources.iter().filter_map(|source| source.moves.clone());
    let mut related = Vec::new();
    for code in definition.related.iter().cloned().chain(moves) {
        // A related report that is broken is missing from the menu, not from the program.
        if let Ok(other) = load(&session.store, &code, custom.as_deref()) {
            related.push(other);
        }
    }
    Ok(Loaded { definition, related })
}

/// Grouping and columns as they were kept for a user.
pub fn read_kept(kept: &str) -> Option<(Vec<String>, TableLayout)> {
    let (by, layout) = kept.split_once('\n')?;
    let by = by.split(',').filter(|code| !code.is_empty()).map(str::to_owned).collect();
    Some((by, serde_json::from_str(layout).unwrap_or_default()))
}
