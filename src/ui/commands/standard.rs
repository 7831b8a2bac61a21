//! The commands every window, list, table part and field has.
//!
//! Those of lists, table parts and fields are carried out by the widgets; they stand here so that menus,
//! tooltips and the key sheet say the same as the widgets do. Pages take what they offer from here by
//! code and add their own.

use super::{Chord, Command, Facts, Scope, keys};
use crate::text;
use crate::ui::icons::Icon;
use egui::Key;
use std::sync::OnceLock;

/// All of them.
pub fn all() -> &'static [Command] {
    static ALL: OnceLock<Vec<Command>> = OnceLock::new();
    ALL.get_or_init(|| [window(), messages(), form(), searches(), list(), grid(), field()].concat())
}

/// A standard command by its code.
pub fn by_code(code: &str) -> Option<&'static Command> {
    super::find(all(), code)
}

fn window() -> Vec<Command> {
    let all = [
        Command::new("palette", text!("cmd-palette")).key(keys::PALETTE).icon(Icon::MagnifyingGlass),
        Command::new("next-tab", text!("cmd-next-tab")).key(keys::NEXT_TAB),
        Command::new("previous-tab", text!("cmd-previous-tab")).key(keys::PREVIOUS_TAB),
        Command::new("next-panel", text!("cmd-next-panel")).key(keys::NEXT_PANEL),
        Command::new("close", text!("cmd-close"))
            .hint(text!("cmd-close-hint"))
            .key(keys::CLOSE)
            .key(keys::ESCAPE)
            .icon(Icon::X),
        Command::new("command-bar", text!("cmd-command-bar")).key(keys::COMMAND_BAR),
        Command::new("calculator", text!("cmd-calculator")).key(keys::CALCULATOR).icon(Icon::Calculator),
        Command::new("key-sheet", text!("cmd-key-sheet"))
            .hint(text!("cmd-key-sheet-hint"))
            .key(keys::KEY_SHEET)
            .icon(Icon::Keyboard),
        Command::new("undo", text!("cmd-undo"))
            .hint(text!("cmd-undo-hint"))
            .key(keys::UNDO)
            .icon(Icon::ArrowUUpLeft)
            .refuses(Facts::EDITING),
        Command::new("redo", text!("cmd-redo")).hint(text!("cmd-redo-hint")).key(keys::REDO).refuses(Facts::EDITING),
        Command::new("theme", text!("cmd-theme")).hint(text!("cmd-theme-hint")).key(keys::THEME).icon(Icon::Moon),
        Command::new("go-link", text!("cmd-go-link")).hint(text!("cmd-go-link-hint")).key(keys::GO_LINK),
        Command::new("get-link", text!("cmd-get-link"))
            .hint(text!("cmd-get-link-hint"))
            .key(keys::GET_LINK)
            .icon(Icon::Link),
        Command::new("favourite", text!("cmd-favourite")).key(keys::FAVOURITE).icon(Icon::Star),
    ];
    all.map(|command| command.scope(Scope::Window)).to_vec()
}

fn messages() -> Vec<Command> {
    let all = [
        Command::new("next-problem", text!("cmd-next-problem"))
            .hint(text!("cmd-next-problem-hint"))
            .key(keys::NEXT_PROBLEM),
        Command::new("hide-messages", text!("cmd-hide-messages")).key(keys::HIDE_MESSAGES),
    ];
    all.map(|command| command.scope(Scope::Window).needs(Facts::MESSAGES)).to_vec()
}

fn form() -> Vec<Command> {
    let document = Facts::DOCUMENT.and(Facts::EDITABLE);
    vec![
        Command::new("post-and-close", text!("cmd-post-and-close"))
            .reads()
            .hint(text!("cmd-post-and-close-hint"))
            .key(keys::MAIN)
            .needs(document),
        Command::new("save-and-close", text!("cmd-save-and-close"))
            .reads()
            .hint(text!("cmd-save-and-close-hint"))
            .key(keys::MAIN)
            .needs(Facts::EDITABLE)
            .refuses(Facts::DOCUMENT),
        Command::new("save", text!("cmd-save"))
            .reads()
            .hint(text!("cmd-save-hint"))
            .key(keys::SAVE)
            .icon(Icon::FloppyDisk)
            .needs(Facts::EDITABLE),
        Command::new("post", text!("cmd-post"))
            .reads()
            .hint(text!("cmd-post-hint"))
            .key(Chord::ctrl_shift(Key::Enter))
            .needs(document),
        Command::new("unpost", text!("cmd-unpost"))
            .hint(text!("cmd-unpost-hint"))
            .key(Chord::ctrl_shift(Key::U))
            .needs(document.and(Facts::POSTED)),
        Command::new("print", text!("cmd-print")).key(keys::PRINT).icon(Icon::Printer),
        Command::new("reread", text!("cmd-reread"))
            .hint(text!("cmd-reread-hint"))
            .key(keys::REREAD)
            .icon(Icon::ArrowsClockwise)
            .needs(Facts::SAVED),
        Command::new("refresh", text!("cmd-refresh")).key(keys::REFRESH).icon(Icon::ArrowsClockwise),
    ]
}

fn searches() -> Vec<Command> {
    vec![
        Command::new("find", text!("cmd-find")).key(keys::FIND).icon(Icon::MagnifyingGlass),
        Command::new("find-end", text!("cmd-find-end")).key(keys::FIND_END).needs(Facts::SEARCHING),
        Command::new("find-more", text!("cmd-find-more")).hint(text!("cmd-find-more-hint")).key(keys::FIND_MORE),
        Command::new("find-same", text!("cmd-find-same"))
            .hint(text!("cmd-find-same-hint"))
            .key(keys::FIND_SAME)
            .needs(Facts::ROW),
        Command::new("list-settings", text!("cmd-list-settings"))
            .hint(text!("cmd-list-settings-hint"))
            .key(keys::LIST_SETTINGS)
            .icon(Icon::SlidersHorizontal),
    ]
}

fn list() -> Vec<Command> {
    let all = [
        Command::new("create", text!("cmd-create")).hint(text!("cmd-create-hint")).key(keys::CREATE),
        Command::new("copy", text!("cmd-copy"))
            .hint(text!("cmd-copy-hint"))
            .key(keys::COPY)
            .icon(Icon::Copy)
            .needs(Facts::ROW),
        Command::new("open", text!("cmd-open"))
            .hint(text!("cmd-open-hint"))
            .key(keys::OPEN)
            .key(keys::ENTER)
            .icon(Icon::PencilSimple)
            .needs(Facts::ROW),
        Command::new("mark", text!("cmd-mark"))
            .hint(text!("cmd-mark-hint"))
            .key(keys::MARK)
            .icon(Icon::X)
            .needs(Facts::ROW),
        Command::new("delete", text!("cmd-delete"))
            .hint(text!("cmd-delete-hint"))
            .key(keys::DELETE)
            .icon(Icon::Trash)
            .needs(Facts::ROW),
        Command::new("create-folder", text!("cmd-create-folder"))
            .key(keys::FOLDER)
            .icon(Icon::FolderPlus)
            .needs(Facts::FOLDERS),
        Command::new("select-all", text!("cmd-select-all")).key(keys::SELECT_ALL),
        Command::new("copy-rows", text!("cmd-copy-rows")).hint(text!("cmd-copy-rows-hint")).key(Chord::ctrl(Key::C)),
        Command::new("into-folder", text!("cmd-into-folder")).key(keys::DOWN_INTO).needs(Facts::FOLDERS),
        Command::new("out-of-folder", text!("cmd-out-of-folder")).key(keys::UP_OUT).needs(Facts::FOLDERS),
    ];
    all.map(|command| command.scope(Scope::List)).to_vec()
}

fn grid() -> Vec<Command> {
    let all = [
        Command::new("row-add", text!("cmd-row-add")).hint(text!("cmd-row-add-hint")).key(keys::CREATE),
        Command::new("row-copy", text!("cmd-row-copy")).key(keys::COPY).icon(Icon::Copy),
        Command::new("row-delete", text!("cmd-row-delete")).key(keys::MARK).icon(Icon::Trash),
        Command::new("row-up", text!("cmd-row-up")).key(keys::ROW_UP).icon(Icon::ArrowUp),
        Command::new("row-down", text!("cmd-row-down")).key(keys::ROW_DOWN).icon(Icon::ArrowDown),
        Command::new("cell-edit", text!("cmd-cell-edit")).key(keys::OPEN).key(keys::ENTER),
        Command::new("cell-above", text!("cmd-cell-above")).key(keys::DOWN_INTO),
        Command::new("cells-paste", text!("cmd-cells-paste"))
            .hint(text!("cmd-cells-paste-hint"))
            .key(Chord::ctrl(Key::V)),
        Command::new("to-quantity", text!("cmd-to-quantity")).hint(text!("cmd-to-quantity-hint")),
        Command::new("to-price", text!("cmd-to-price")).hint(text!("cmd-to-price-hint")),
    ];
    all.map(|command| command.scope(Scope::Grid)).to_vec()
}

fn field() -> Vec<Command> {
    let all = [
        Command::new("next-field", text!("cmd-next-field")).key(keys::ENTER),
        Command::new("choose", text!("cmd-choose")).hint(text!("cmd-choose-hint")).key(keys::CHOOSE),
        Command::new("drop-down", text!("cmd-drop-down")).key(keys::DROP_DOWN),
        Command::new("open-value", text!("cmd-open-value")).key(keys::OPEN_VALUE),
        Command::new("clear", text!("cmd-clear")).key(keys::CLEAR),
        Command::new("why", text!("cmd-why")).hint(text!("cmd-why-hint")).key(keys::WHY),
    ];
    all.map(|command| command.scope(Scope::Field)).to_vec()
}

#[cfg(test)]
mod tests {
    use super::all;
    use crate::kernel::text::{Lang, has_text};
    use crate::ui::commands::{Scope, Words};
    use std::collections::{BTreeMap, BTreeSet};

    #[test]
    fn every_command_speaks_both_languages() {
        for command in all() {
            for words in [Some(&command.label), command.hint.as_ref()].into_iter().flatten() {
                let Words::Text(text) = words else { panic!("{} is not from the texts", command.code) };
                for lang in [Lang::Ru, Lang::En] {
                    assert!(has_text(lang, text.key()), "no text {} in {lang:?}", text.key());
                }
            }
        }
    }

    #[test]
    fn no_two_commands_share_a_code_or_a_key() {
        let mut codes = BTreeSet::new();
        let mut keys = BTreeMap::new();
        for command in all() {
            assert!(codes.insert(&command.code), "{} twice", command.code);
            for key in &command.keys {
                let taken = keys.insert((command.scope, *key), command);
                // The main button is one of two, never of both.
                let apart =
                    |other: &super::Command| other.refuses.any(command.needs) || command.refuses.any(other.needs);
                assert!(taken.is_none_or(apart), "{} is bound twice in {:?}", key.show(), command.scope);
            }
        }
    }

    #[test]
    fn no_window_key_hides_a_key_of_a_page_or_a_widget() {
        let window: Vec<_> = all().iter().filter(|c| c.scope == Scope::Window).flat_map(|c| &c.keys).collect();
        for command in all().iter().filter(|c| c.scope != Scope::Window) {
            for key in &command.keys {
                assert!(!window.contains(&key), "{} of {} is a window key", key.show(), command.code);
            }
        }
    }
}
