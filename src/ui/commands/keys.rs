//! The keys of the standard commands, as a 1C operator's fingers know them.

use super::Chord;
use egui::Key;

/// A new row or object.
pub const CREATE: Chord = Chord::plain(Key::Insert);
/// A copy of the current row or object.
pub const COPY: Chord = Chord::plain(Key::F9);
/// Open the object, edit the cell.
pub const OPEN: Chord = Chord::plain(Key::F2);
/// Open in a list, finish a field and go on.
pub const ENTER: Chord = Chord::plain(Key::Enter);
/// Set or clear the deletion mark, delete a row of a table part.
pub const MARK: Chord = Chord::plain(Key::Delete);
/// Delete at once.
pub const DELETE: Chord = Chord::shift(Key::Delete);
/// A new folder.
pub const FOLDER: Chord = Chord::ctrl(Key::F9);
/// Choose all rows.
pub const SELECT_ALL: Chord = Chord::ctrl(Key::A);
/// Into the folder; in a table part: as in the row above.
pub const DOWN_INTO: Chord = Chord::ctrl(Key::ArrowDown);
/// Out of the folder.
pub const UP_OUT: Chord = Chord::ctrl(Key::ArrowUp);
/// Move a row up.
pub const ROW_UP: Chord = Chord::ctrl_shift(Key::ArrowUp);
/// Move a row down.
pub const ROW_DOWN: Chord = Chord::ctrl_shift(Key::ArrowDown);
/// The main button of a form.
pub const MAIN: Chord = Chord::ctrl(Key::Enter);
/// Save.
pub const SAVE: Chord = Chord::ctrl(Key::S);
/// Choose a value.
pub const CHOOSE: Chord = Chord::plain(Key::F4);
/// Open the suggestions or the calendar.
pub const DROP_DOWN: Chord = Chord::alt(Key::ArrowDown);
/// Open the chosen object.
pub const OPEN_VALUE: Chord = Chord::ctrl_shift(Key::F4);
/// Clear the field.
pub const CLEAR: Chord = Chord::shift(Key::F4);
/// Search in the list.
pub const FIND: Chord = Chord::ctrl(Key::F);
/// End the search.
pub const FIND_END: Chord = Chord::ctrl(Key::Q);
/// Search by several conditions.
pub const FIND_MORE: Chord = Chord::alt(Key::F);
/// Search by the value of the current cell.
pub const FIND_SAME: Chord = Chord::ctrl_alt(Key::F);
/// Go to the command bar.
pub const COMMAND_BAR: Chord = Chord::alt(Key::F10);
/// Read the list anew.
pub const REFRESH: Chord = Chord::plain(Key::F5);
/// Read the object anew.
pub const REREAD: Chord = Chord::shift_alt(Key::R);
/// The next tab.
pub const NEXT_TAB: Chord = Chord::ctrl(Key::Tab);
/// The previous tab.
pub const PREVIOUS_TAB: Chord = Chord::ctrl_shift(Key::Tab);
/// The next part of the window.
pub const NEXT_PANEL: Chord = Chord::plain(Key::F6);
/// Close the form.
pub const CLOSE: Chord = Chord::ctrl(Key::F4);
/// Close the form, cancel the edit.
pub const ESCAPE: Chord = Chord::plain(Key::Escape);
/// Print.
pub const PRINT: Chord = Chord::ctrl(Key::P);
/// Add to the favourites.
pub const FAVOURITE: Chord = Chord::ctrl(Key::D);
/// Go by a link.
pub const GO_LINK: Chord = Chord::shift(Key::F11);
/// Get a link.
pub const GET_LINK: Chord = Chord::ctrl(Key::F11);
/// Commands and data in one box.
pub const PALETTE: Chord = Chord::ctrl(Key::K);
/// Why this value.
pub const WHY: Chord = Chord::plain(Key::F1);
/// The sheet of keys.
pub const KEY_SHEET: Chord = Chord::ctrl(Key::F1);
/// The calculator.
pub const CALCULATOR: Chord = Chord::ctrl(Key::F2);
/// The next message.
pub const NEXT_PROBLEM: Chord = Chord::plain(Key::F8);
/// Hide the messages.
pub const HIDE_MESSAGES: Chord = Chord::ctrl_shift(Key::Z);
/// Take the last operation back.
pub const UNDO: Chord = Chord::ctrl(Key::Z);
/// Do again what was taken back.
pub const REDO: Chord = Chord::ctrl(Key::Y);
/// Lock the window.
pub const LOCK: Chord = Chord::ctrl_alt(Key::Q);
/// Light or dark.
pub const THEME: Chord = Chord::ctrl(Key::F12);
/// Settings of the list.
pub const LIST_SETTINGS: Chord = Chord::ctrl_alt(Key::L);
/// The current column one place to the left.
pub const COLUMN_LEFT: Chord = Chord::alt(Key::ArrowLeft);
/// The current column one place to the right.
pub const COLUMN_RIGHT: Chord = Chord::alt(Key::ArrowRight);
/// The current column narrower.
pub const COLUMN_NARROW: Chord = Chord::shift_alt(Key::ArrowLeft);
/// The current column wider.
pub const COLUMN_WIDE: Chord = Chord::shift_alt(Key::ArrowRight);
/// Sort by the current column.
pub const SORT: Chord = Chord::ctrl_alt(Key::S);
/// The menu of the current row.
pub const ROW_MENU: Chord = Chord::shift(Key::F10);
/// Copy.
pub const CLIP: Chord = Chord::ctrl(Key::C);
/// Choose or leave out the current row.
pub const SELECT_ONE: Chord = Chord::ctrl(Key::Space);
