//! What can be done with papers on the screen, and what has to be so for it.

use crate::text;
use crate::ui::commands::{Chord, Command, Facts, keys};
use crate::ui::icons::Icon;
use egui::Key;

/// Papers are there.
pub const READY: Facts = Facts::own(0);
/// There are several sheets.
pub const SHEETS: Facts = Facts::own(1);
/// Something is printed or saved.
pub const BUSY: Facts = Facts::own(2);
/// Several of the pages fit on one sheet.
pub const SMALL: Facts = Facts::own(3);
/// The papers are labels.
pub const LABELS: Facts = Facts::own(4);

/// The commands of the page.
pub fn commands() -> Vec<Command> {
    let zoom = |key: Key| [Chord::ctrl(key), Chord::ctrl_shift(key)];
    let [plus, shift_plus] = zoom(Key::Plus);
    let command = |code: &'static str, label| Command::new(code, label).needs(READY);
    vec![
        command("print", text!("cmd-print"))
            .hint(text!("preview-print-hint"))
            .key(keys::PRINT)
            .icon(Icon::Printer)
            .refuses(BUSY),
        command("save-pdf", text!("preview-save"))
            .hint(text!("preview-save-hint"))
            .key(keys::SAVE)
            .icon(Icon::FilePdf)
            .refuses(BUSY),
        command("on-sheets", text!("preview-on-sheets"))
            .hint(text!("preview-on-sheets-hint"))
            .key(Chord::ctrl(Key::Num2))
            .icon(Icon::Columns)
            .needs(SMALL)
            .refuses(BUSY),
        command("label-count", text!("preview-label-count"))
            .hint(text!("preview-label-count-hint"))
            .key(Chord::ctrl(Key::Num3))
            .icon(Icon::Barcode)
            .needs(LABELS)
            .refuses(BUSY),
        command("zoom-out", text!("preview-smaller")).key(Chord::ctrl(Key::Minus)).icon(Icon::Minus),
        command("zoom-in", text!("preview-larger"))
            .key(plus)
            .key(shift_plus)
            .key(Chord::ctrl(Key::Equals))
            .icon(Icon::Plus),
        command("zoom-width", text!("preview-width")).key(Chord::ctrl(Key::Num0)).icon(Icon::ArrowsLeftRight),
        command("zoom-sheet", text!("preview-whole")).key(Chord::ctrl(Key::Num1)).icon(Icon::ArrowsIn),
        command("sheet-back", text!("preview-back")).key(Chord::ctrl(Key::PageUp)).icon(Icon::CaretUp).needs(SHEETS),
        command("sheet-on", text!("preview-on")).key(Chord::ctrl(Key::PageDown)).icon(Icon::CaretDown).needs(SHEETS),
        command("screen-up", text!("preview-screen-up")).key(Chord::plain(Key::PageUp)),
        command("screen-down", text!("preview-screen-down")).key(Chord::plain(Key::PageDown)),
        command("first-sheet", text!("preview-first")).key(Chord::plain(Key::Home)),
        command("last-sheet", text!("preview-last")).key(Chord::plain(Key::End)),
        Command::new("refresh", text!("cmd-refresh")).key(keys::REFRESH).icon(Icon::ArrowsClockwise),
    ]
}
