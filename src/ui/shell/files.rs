//! The file dialog: our own, because the system's needs a desktop with a portal, and because all of it
//! is to be done by the keyboard, over remote desktop too.

use super::dialog::{self, Choice};
use super::folder::{Entry, Folder, extension};
use crate::text;
use crate::ui::commands::{Chord, Words, keys};
use crate::ui::icons::Icon;
use crate::ui::theme::{self, CONTROL, GAP_X, Role};
use crate::ui::widgets::button::Button;
use crate::ui::widgets::entry::{self, Entry as Field};
use crate::ui::widgets::list::{List, ListEvent, ListState};
use crate::ui::widgets::menu::{self, MenuItem};
use crate::ui::widgets::table::columns::Column;
use crate::ui::{focus, fonts, paint, px};
use egui::accesskit::Role as Kind;
use egui::{Align, Id, Key, Rect, Sense, Ui, UiBuilder, WidgetInfo, vec2};
use std::path::{Path, PathBuf};

/// Width of the places at the left in points.
const PLACES: f32 = 150.0;
/// Height of the list in points.
const LIST: f32 = 336.0;

/// What is to be chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mode {
    Open,
    Save,
    Folder,
}

/// Files of which extensions are shown.
struct Filter {
    label: Words,
    extensions: Vec<String>,
}

/// The file dialog.
pub struct FileDialog {
    /// The title.
    pub title: Words,
    mode: Mode,
    filters: Vec<Filter>,
    filter: usize,
    places: Vec<(String, PathBuf)>,
    folder: Folder,
    start: PathBuf,
    list: ListState,
    path: String,
    name: String,
    replacing: Option<PathBuf>,
}

/// What was chosen.
pub enum FileAnswer {
    /// A file or a folder.
    Chosen(PathBuf),
    /// Nothing.
    Cancelled,
}

impl FileDialog {
    fn new(mode: Mode, title: Words, start: impl Into<PathBuf>) -> Self {
        Self {
            title,
            mode,
            filters: Vec::new(),
            filter: 0,
            places: Vec::new(),
            folder: Folder::default(),
            start: start.into(),
            list: ListState::default(),
            path: String::new(),
            name: String::new(),
            replacing: None,
        }
    }
    /// Chooses a file that is there.
    pub fn open(start: impl Into<PathBuf>) -> Self {
        Self::new(Mode::Open, text!("file-open").into(), start)
    }
    /// Names a file to be written.
    pub fn save(start: impl Into<PathBuf>, name: impl Into<String>) -> Self {
        Self { name: name.into(), ..Self::new(Mode::Save, text!("file-save").into(), start) }
    }
    /// Chooses a folder.
    pub fn folder(start: impl Into<PathBuf>) -> Self {
        Self::new(Mode::Folder, text!("file-folder").into(), start)
    }
    /// With a title of its own.
    #[must_use]
    pub fn title(mut self, title: impl Into<Words>) -> Self {
        self.title = title.into();
        self
    }
    /// Shows files of these extensions; the first filter is the chosen one, «all files» comes last.
    #[must_use]
    pub fn filter(mut self, label: impl Into<Words>, extensions: &[&str]) -> Self {
        let extensions = extensions.iter().map(|one| one.to_lowercase()).collect();
        self.filters.push(Filter { label: label.into(), extensions });
        self
    }
    /// Shows these folders at the left.
    #[must_use]
    pub fn places(mut self, places: Vec<(String, PathBuf)>) -> Self {
        self.places = places;
        self
    }

    fn go(&mut self, path: PathBuf, ui: &Ui) {
        self.path = path.display().to_string();
        self.list.go(0, 1);
        self.folder.go(path, ui.ctx());
    }

    fn refilter(&mut self) {
        let mode = self.mode;
        let extensions = self.filters.get(self.filter).map(|filter| filter.extensions.clone());
        let fits = |entry: &Entry| {
            let extension = extension(&entry.name);
            mode != Mode::Folder && extensions.as_ref().is_none_or(|known| known.contains(&extension))
        };
        self.folder.show(&fits);
    }

    /// Draws it; gives the answer when there is one.
    pub fn show(&mut self, ui: &mut Ui, id: Id, first: bool) -> Option<FileAnswer> {
        if first {
            self.go(self.start.clone(), ui);
            focus::set(ui.ctx(), if self.mode == Mode::Save { id.with("name") } else { id.with("files") });
            if self.mode == Mode::Save {
                let stem = self.name.rsplit_once('.').map_or(self.name.as_str(), |(stem, _)| stem);
                entry::select(ui, id.with("name"), 0, stem.chars().count());
            }
        }
        if self.folder.take() {
            self.refilter();
        }
        if let Some(path) = self.replacing.clone() {
            return self.replace_ui(ui, path);
        }
        let mut answer = self.path_ui(ui, id);
        let chosen = self.middle_ui(ui, id);
        answer = answer.or(chosen);
        let named = self.name_ui(ui, id);
        answer = answer.or(named);
        if let Some(problem) = &self.folder.problem {
            dialog::remark(ui, &text!("file-unreadable", why = problem).show(), Role::Danger);
        }
        let pressed = self.buttons_ui(ui);
        answer.or(pressed)
    }

    /// The path, typed or shown, with the button that goes up.
    fn path_ui(&mut self, ui: &mut Ui, id: Id) -> Option<FileAnswer> {
        let up = text!("file-up").show();
        let mut goes_up = false;
        let field = id.with("path");
        let enter = focus::on(ui.ctx(), field) && ui.input_mut(|input| keys::ENTER.take(input));
        ui.horizontal(|ui| {
            let button = Button::icon(Icon::ArrowUp, &up).aside();
            goes_up = ui.add(button).on_hover_text(format!("{up} (Ctrl+↑)")).clicked();
            let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), CONTROL), Sense::hover());
            Field { name: "path", ..Field::new(field, &text!("file-path").show(), rect) }.show(ui, &mut self.path);
        });
        if goes_up {
            self.up(ui);
        }
        if enter {
            let path = PathBuf::from(self.path.trim());
            if path.is_file() && self.mode != Mode::Folder {
                return Some(FileAnswer::Chosen(path));
            }
            self.go(path, ui);
            focus::set(ui.ctx(), id.with("files"));
        }
        None
    }

    fn up(&mut self, ui: &Ui) {
        if let Some(parent) = self.folder.path.parent().map(Path::to_owned) {
            self.go(parent, ui);
        }
    }

    fn middle_ui(&mut self, ui: &mut Ui, id: Id) -> Option<FileAnswer> {
        let (room, _) = ui.allocate_exact_size(vec2(ui.available_width(), LIST), Sense::hover());
        let left = px::rect(room.left(), room.top(), if self.places.is_empty() { 0.0 } else { PLACES }, room.height());
        for (at, (title, path)) in self.places.clone().into_iter().enumerate() {
            let place = px::rect(left.left(), left.top() + CONTROL * px::length(at), left.width() - GAP_X, CONTROL);
            if place_ui(ui, id.with(("place", at)), place, &title, self.folder.path == path) {
                self.go(path, ui);
            }
        }
        let right = Rect::from_min_max(egui::pos2(left.right(), room.top()), room.max);
        let columns = [
            Column::new("name", text!("file-name").show(), 200.0).stretch(1.0).unsorted(),
            Column::new("changed", text!("file-changed").show(), 140.0).unsorted(),
            Column::new("size", text!("file-size").show(), 80.0).right().unsorted(),
        ];
        let label = text!("file-list").show();
        let empty = text!("file-empty").show();
        let mut list = List::new(id.with("files"), &label, &columns);
        list.marks = false;
        list.empty = (&empty, "");
        let mut child = ui.new_child(UiBuilder::new().max_rect(right));
        let events = list.show(&mut child, &mut self.folder, &mut self.list).events;
        let focused = focus::on(ui.ctx(), id.with("files"));
        if focused && ui.input_mut(|input| Chord::plain(Key::Backspace).take(input)) {
            self.up(ui);
        }
        events.into_iter().find_map(|event| self.event(ui, event))
    }

    fn event(&mut self, ui: &Ui, event: ListEvent) -> Option<FileAnswer> {
        match event {
            ListEvent::Open => return self.enter(ui),
            ListEvent::Into(_) if self.current().is_some_and(|entry| entry.folder) => return self.enter(ui),
            ListEvent::Out => self.up(ui),
            ListEvent::Moved => {
                if let Some(entry) = self.current().filter(|entry| !entry.folder).cloned() {
                    self.name = entry.name;
                }
            }
            ListEvent::Typed(text) => self.jump(&text),
            _ => {}
        }
        None
    }

    fn current(&self) -> Option<&Entry> {
        self.folder.entries.get(self.list.current)
    }

    fn enter(&mut self, ui: &Ui) -> Option<FileAnswer> {
        let entry = self.current()?.clone();
        let path = self.folder.path.join(&entry.name);
        if entry.folder {
            self.go(path, ui);
            return None;
        }
        self.accept(path)
    }

    /// Typing goes to the next name that begins so.
    fn jump(&mut self, text: &str) {
        let wanted = text.to_lowercase();
        let count = self.folder.entries.len();
        let start = self.list.current + 1;
        let found = (0..count).map(|step| (start + step) % count).find(|at| {
            self.folder.entries.get(*at).is_some_and(|entry| entry.name.to_lowercase().starts_with(&wanted))
        });
        if let Some(at) = found {
            self.list.go(at, count);
        }
    }

    fn name_ui(&mut self, ui: &mut Ui, id: Id) -> Option<FileAnswer> {
        if self.mode == Mode::Folder {
            return None;
        }
        let field = id.with("name");
        let enter = focus::on(ui.ctx(), field) && ui.input_mut(|input| keys::ENTER.take(input));
        let before = self.filter;
        ui.horizontal(|ui| {
            let filters = if self.filters.is_empty() { 0.0 } else { 210.0 };
            let label = text!("file-name").show();
            let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width() - filters, CONTROL), Sense::hover());
            let hint = text!("file-name-hint").show();
            Field { name: "name", hint: &hint, ..Field::new(field, &label, rect) }.show(ui, &mut self.name);
            if filters > 0.0 {
                let all = text!("file-all").show();
                let mut labels: Vec<String> = self.filters.iter().map(|filter| filter.label.show()).collect();
                labels.push(all);
                let shown = labels.get(self.filter).cloned().unwrap_or_default();
                let button = ui.add(Button::new(&shown).menu().wide(filters - GAP_X));
                let items: Vec<_> = labels
                    .iter()
                    .enumerate()
                    .map(|(at, label)| MenuItem::new(at.to_string(), label).checked(at == self.filter))
                    .collect();
                if let Some(chosen) = menu::under(&button, &items) {
                    self.filter = chosen.parse().unwrap_or(0);
                }
            }
        });
        if before != self.filter {
            self.refilter();
        }
        if enter { self.named() } else { None }
    }

    /// The file named in the field; an extension is added to a new one when there is none.
    fn named(&mut self) -> Option<FileAnswer> {
        let name = self.name.trim();
        if name.is_empty() {
            return None;
        }
        let mut path = self.folder.path.join(name);
        let wanted = self.filters.get(self.filter).and_then(|filter| filter.extensions.first());
        if self.mode == Mode::Save
            && extension(name).is_empty()
            && let Some(wanted) = wanted
        {
            path.set_extension(wanted);
        }
        self.accept(path)
    }

    fn accept(&mut self, path: PathBuf) -> Option<FileAnswer> {
        let known = path.file_name().and_then(|name| name.to_str()).is_some_and(|name| {
            self.folder.path == path.parent().unwrap_or(&path) && self.folder.entries.iter().any(|e| e.name == name)
        });
        match self.mode {
            Mode::Save if known || path.exists() => {
                self.replacing = Some(path);
                None
            }
            Mode::Open if !known && !path.exists() => {
                self.folder.problem = Some(text!("file-missing", name = self.name.trim()).show());
                None
            }
            _ => Some(FileAnswer::Chosen(path)),
        }
    }

    /// Asks before a file is written over.
    fn replace_ui(&mut self, ui: &mut Ui, path: PathBuf) -> Option<FileAnswer> {
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        dialog::remark(ui, &text!("file-replace", name = name).show(), Role::Warning);
        let choices = [Choice::new("yes", text!("file-replace-yes")), Choice::new("no", text!("dialog-cancel"))];
        let escaped = dialog::escaped(ui.ctx());
        let clicked = dialog::buttons(ui, &choices, ui.memory(|memory| memory.focused().is_none()));
        match clicked.as_deref() {
            Some("yes") => Some(FileAnswer::Chosen(path)),
            Some(_) => {
                self.replacing = None;
                None
            }
            None => {
                if escaped {
                    self.replacing = None;
                }
                None
            }
        }
    }

    fn buttons_ui(&mut self, ui: &mut Ui) -> Option<FileAnswer> {
        let label = match self.mode {
            Mode::Open => text!("file-open-button"),
            Mode::Save => text!("file-save-button"),
            Mode::Folder => text!("file-folder-button"),
        };
        let choices = [Choice::new("ok", label), Choice::new("cancel", text!("dialog-cancel"))];
        let escaped = dialog::escaped(ui.ctx());
        match dialog::buttons(ui, &choices, false).as_deref() {
            Some("ok") if self.mode == Mode::Folder => Some(FileAnswer::Chosen(self.folder.path.clone())),
            Some("ok") => self.named(),
            Some(_) => Some(FileAnswer::Cancelled),
            None => escaped.then_some(FileAnswer::Cancelled),
        }
    }
}

fn place_ui(ui: &Ui, id: Id, rect: Rect, title: &str, open: bool) -> bool {
    let colors = theme::colors(ui);
    let response = ui.interact(rect, id, Sense::CLICK);
    response.widget_info(|| WidgetInfo::selected(Kind::Button, true, open, title));
    if open || response.hovered() {
        let fill = if open { colors.row_current } else { colors.hover };
        ui.painter().rect_filled(rect, theme::RADIUS, fill);
    }
    let icon = if open { Icon::FolderOpen } else { Icon::Folder };
    paint::icon(ui.painter(), rect.left_center() + vec2(12.0, 0.0), icon, 15.0, colors.weak);
    let inner = px::rect(rect.left() + 26.0, rect.top(), rect.width() - 30.0, rect.height());
    paint::text(ui.painter(), inner, title, fonts::text(), colors.text, Align::Min);
    response.clicked()
}
