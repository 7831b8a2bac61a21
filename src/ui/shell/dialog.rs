//! Questions the work waits for: yes or no, a text, one of a list, a file.

use super::files::{FileAnswer, FileDialog};
use crate::kernel::refs::AnyRef;
use crate::text;
use crate::ui::commands::{Chord, Words, keys};
use crate::ui::icons::Icon;
use crate::ui::theme::{self, CONTROL, Role};
use crate::ui::widgets::button::{Button, Look};
use crate::ui::widgets::drop::{self, DropRow};
use crate::ui::widgets::entry::Entry;
use crate::ui::{focus, fonts, paint, px};
use egui::{Align, Context, Frame, Id, Key, Margin, Modal, ScrollArea, Sense, Ui, vec2};
use std::path::PathBuf;

/// The largest number of copies that is no slip of the finger.
const MOST_COUNT: u16 = 99;

/// A button of a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// What the answer says.
    pub code: String,
    /// What the button says.
    pub label: Words,
}

impl Choice {
    /// A button.
    pub fn new(code: impl Into<String>, label: impl Into<Words>) -> Self {
        Self { code: code.into(), label: label.into() }
    }
}

/// A question to the user.
pub enum Dialog {
    /// Words and buttons; the first button is the main one, the last one is what Esc means.
    Question {
        /// What it is about.
        title: Words,
        /// The question.
        text: Words,
        /// The buttons.
        choices: Vec<Choice>,
    },
    /// A text to be typed.
    Input {
        /// What it is about.
        title: Words,
        /// The label of the field.
        label: Words,
        /// The text to begin with.
        text: String,
    },
    /// One of several.
    List {
        /// What it is about.
        title: Words,
        /// What can be chosen: title and detail.
        items: Vec<(String, String)>,
    },
    /// One of several, and how many of it: a printer and copies.
    Counted {
        /// What it is about.
        title: Words,
        /// What can be chosen: title and detail.
        items: Vec<(String, String)>,
        /// The line chosen to begin with.
        selected: usize,
        /// The label of the number.
        label: Words,
        /// The number to begin with, from one.
        count: u16,
    },
    /// A file or a folder.
    File(Box<FileDialog>),
}

impl Dialog {
    /// Words to be read, with one button.
    pub fn notice(title: impl Into<Words>, text: impl Into<Words>) -> Self {
        let choices = vec![Choice::new("ok", text!("dialog-ok"))];
        Dialog::Question { title: title.into(), text: text.into(), choices }
    }
    /// Yes or no: answers `yes` or `no`.
    pub fn yes_no(title: impl Into<Words>, text: impl Into<Words>) -> Self {
        let choices = vec![Choice::new("yes", text!("yes")), Choice::new("no", text!("no"))];
        Dialog::Question { title: title.into(), text: text.into(), choices }
    }
    /// Whether to save before closing: answers `yes`, `no` or `cancel`.
    pub fn save(what: &str) -> Self {
        Dialog::Question {
            title: text!("dialog-save-title").into(),
            text: text!("dialog-save", what = what).into(),
            choices: vec![
                Choice::new("yes", text!("yes")),
                Choice::new("no", text!("no")),
                Choice::new("cancel", text!("dialog-cancel")),
            ],
        }
    }
    fn title(&self) -> String {
        match self {
            Dialog::Question { title, .. }
            | Dialog::Input { title, .. }
            | Dialog::List { title, .. }
            | Dialog::Counted { title, .. } => title.show(),
            Dialog::File(files) => files.title.show(),
        }
    }
}

/// What the user answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// A button of a question, by its code.
    Button(String),
    /// A text.
    Text(String),
    /// The number of the chosen line.
    Item(usize),
    /// The number of the chosen line, and how many.
    Counted(usize, u16),
    /// A file or a folder.
    File(PathBuf),
    /// An object was chosen or created.
    Chosen(AnyRef),
    /// Nothing.
    Cancelled,
}

/// An open dialog with what is half answered.
pub struct Shown {
    dialog: Dialog,
    id: Id,
    text: String,
    selected: usize,
    started: bool,
}

impl Shown {
    /// A dialog on its way to the screen; `number` tells it from others open at the same time.
    pub fn new(dialog: Dialog, number: u64) -> Self {
        let (text, selected) = match &dialog {
            Dialog::Input { text, .. } => (text.clone(), 0),
            Dialog::Counted { count, selected, .. } => (count.to_string(), *selected),
            _ => (String::new(), 0),
        };
        Self { dialog, id: Id::unique(("dialog", number)), text, selected, started: false }
    }

    /// Draws it; gives the answer when there is one.
    pub fn show(&mut self, ctx: &Context) -> Option<Answer> {
        let title = self.dialog.title();
        let width = if matches!(self.dialog, Dialog::File(_)) { 760.0 } else { 440.0 };
        modal(ctx, self.id, &title, width, |ui| self.content(ui))
    }

    fn content(&mut self, ui: &mut Ui) -> Option<Answer> {
        let first = focus::begins(ui, &mut self.started);
        match &mut self.dialog {
            Dialog::Question { text, choices, .. } => question_ui(ui, self.id, &text.show(), choices, first),
            Dialog::Input { label, .. } => input_ui(ui, self.id, &label.show(), &mut self.text, first),
            Dialog::List { items, .. } => list_ui(ui, self.id, items, &mut self.selected, first),
            Dialog::Counted { items, label, .. } => {
                let label = label.show();
                counted_ui(ui, self.id, items, &mut self.selected, (&label, &mut self.text), first)
            }
            Dialog::File(files) => files.show(ui, self.id, first).map(|answer| match answer {
                FileAnswer::Chosen(path) => Answer::File(path),
                FileAnswer::Cancelled => Answer::Cancelled,
            }),
        }
    }
}

/// A window over all others, with a title; what is behind it cannot be touched.
pub fn modal<T>(ctx: &Context, id: Id, title: &str, width: f32, content: impl FnOnce(&mut Ui) -> T) -> T {
    let colors = theme::palette(ctx);
    let style = ctx.global_style();
    let frame = Frame::window(&style).inner_margin(Margin::same(14)).fill(colors.popup);
    let area = Modal::default_area(id).accessible_name(title);
    let shown = Modal::new(id).area(area).backdrop_color(colors.backdrop).frame(frame).show(ctx, |ui| {
        ui.set_width(width.min(ctx.content_rect().width() - 60.0));
        title_ui(ui, title);
        content(ui)
    });
    shown.inner
}

/// The same for a page, which has a title of its own and fills the room it is given.
pub fn modal_page(ctx: &Context, id: Id, title: &str, size: egui::Vec2, content: impl FnOnce(&mut Ui)) {
    let colors = theme::palette(ctx);
    let frame = Frame::window(&ctx.global_style()).inner_margin(Margin::same(12)).fill(colors.page);
    let area = Modal::default_area(id).accessible_name(title);
    Modal::new(id).area(area).backdrop_color(colors.backdrop).frame(frame).show(ctx, |ui| {
        let (room, _) = ui.allocate_exact_size(size, Sense::hover());
        content(&mut ui.new_child(egui::UiBuilder::new().max_rect(room)));
    });
}

fn title_ui(ui: &mut Ui, title: &str) {
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 22.0), Sense::hover());
    response.widget_info(|| egui::WidgetInfo::labeled(egui::accesskit::Role::Heading, true, title));
    paint::text(ui.painter(), rect, title, fonts::bold_of(15.0), theme::colors(ui).text, Align::Min);
    ui.add_space(6.0);
}

fn paragraph(ui: &mut Ui, words: &str) {
    let height = ui.ctx().content_rect().height() * 0.6;
    ScrollArea::vertical().max_height(height).auto_shrink([false, true]).show(ui, |ui| {
        ui.label(words);
    });
}

/// A row of buttons at the right; gives the code of the clicked one.
pub fn buttons(ui: &mut Ui, choices: &[Choice], focus_first: bool) -> Option<String> {
    let labels: Vec<String> = choices.iter().map(|choice| choice.label.show()).collect();
    let look = |at: usize| if at == 0 { Look::Main } else { Look::Ordinary };
    let button = |at: usize| Button::new(labels.get(at).map_or("", String::as_str)).look(look(at)).wide(84.0);
    let width: f32 = (0..choices.len()).map(|at| button(at).width(ui) + theme::GAP_X).sum();
    let mut clicked = None;
    ui.add_space(12.0);
    ui.horizontal(|ui| {
        ui.add_space((ui.available_width() - width).max(0.0));
        for (at, choice) in choices.iter().enumerate() {
            let response = ui.add(button(at));
            if at == 0 && focus_first {
                response.request_focus();
            }
            if response.clicked() {
                clicked = Some(choice.code.clone());
            }
        }
    });
    clicked
}

fn question_ui(ui: &mut Ui, _id: Id, words: &str, choices: &[Choice], first: bool) -> Option<Answer> {
    paragraph(ui, words);
    let last = choices.last().map(|choice| choice.code.clone()).unwrap_or_default();
    let escaped = ui.input_mut(|input| keys::ESCAPE.take(input));
    let letter = first_letter(ui, choices);
    let clicked = buttons(ui, choices, first);
    let answer = if escaped { Some(last) } else { clicked.or(letter) };
    answer.map(Answer::Button)
}

/// The first letter of a button's words presses it, in either layout.
fn first_letter(ui: &Ui, choices: &[Choice]) -> Option<String> {
    let typed: String = ui.input(|input| {
        let texts = input.events.iter().filter_map(|event| match event {
            egui::Event::Text(text) => Some(text.as_str()),
            _ => None,
        });
        texts.collect()
    });
    let typed = typed.chars().next()?.to_lowercase().to_string();
    let fits = |choice: &&Choice| choice.label.show().to_lowercase().starts_with(&typed);
    let mut fitting = choices.iter().filter(fits);
    let one = fitting.next()?;
    fitting.next().is_none().then(|| one.code.clone())
}

fn ok_cancel() -> [Choice; 2] {
    [Choice::new("ok", text!("dialog-ok")), Choice::new("cancel", text!("dialog-cancel"))]
}

fn input_ui(ui: &mut Ui, id: Id, label: &str, text: &mut String, first: bool) -> Option<Answer> {
    let field = id.with("input");
    ui.label(label);
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), CONTROL), Sense::hover());
    if first {
        focus::set(ui.ctx(), field);
    }
    let enter = focus::on(ui.ctx(), field) && ui.input_mut(|input| keys::ENTER.take(input));
    Entry::new(field, label, rect).show(ui, text);
    let escaped = ui.input_mut(|input| keys::ESCAPE.take(input));
    match buttons(ui, &ok_cancel(), false).as_deref() {
        Some("ok") => Some(Answer::Text(text.clone())),
        Some(_) => Some(Answer::Cancelled),
        None if enter => Some(Answer::Text(text.clone())),
        None => escaped.then_some(Answer::Cancelled),
    }
}

/// What was done in a list: the line is taken, or the dialog is left.
struct Picked {
    taken: bool,
    left: bool,
    /// Tab was pressed: what stands below is wanted.
    on: bool,
}

fn rows_ui(ui: &mut Ui, id: Id, items: &[(String, String)], selected: &mut usize, first: bool) -> Picked {
    let list = id.with("list");
    let label = text!("dialog-list").show();
    if first {
        focus::set(ui.ctx(), list);
    }
    let rows: Vec<DropRow<'_>> =
        items.iter().map(|(title, detail)| DropRow { title, detail, ..DropRow::default() }).collect();
    // The keys are those of the list while it is in focus: Enter on a button is the button's.
    let focused = focus::on(ui.ctx(), list);
    if focused {
        // Arrows choose a row; without this they would also walk on to the next field.
        let filter = egui::EventFilter { vertical_arrows: true, ..egui::EventFilter::default() };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(list, filter));
    }
    let pressed = if focused { drop::steer(ui, selected, rows.len()) } else { drop::DropKeys::default() };
    let frame = Frame::new().stroke(egui::Stroke::new(1.0, theme::colors(ui).field_line)).inner_margin(1);
    let shown = frame.show(ui, |ui| drop::rows_ui(ui, &rows, selected));
    let response = ui.interact(shown.response.rect, list, Sense::FOCUSABLE);
    response.widget_info(|| egui::WidgetInfo::labeled(egui::accesskit::Role::ListBox, true, &label));
    let clicked = shown.inner.is_some();
    if clicked {
        focus::set(ui.ctx(), list);
    }
    let double = clicked && ui.input(|input| input.pointer.button_double_clicked(egui::PointerButton::Primary));
    Picked { taken: (pressed.enter || double) && !items.is_empty(), left: pressed.cancel, on: pressed.tab }
}

fn list_ui(ui: &mut Ui, id: Id, items: &[(String, String)], selected: &mut usize, first: bool) -> Option<Answer> {
    let picked = rows_ui(ui, id, items, selected, first);
    match buttons(ui, &ok_cancel(), false).as_deref() {
        Some("ok") => Some(Answer::Item(*selected)),
        Some(_) => Some(Answer::Cancelled),
        None if picked.taken => Some(Answer::Item(*selected)),
        None => (picked.left || escaped(ui.ctx())).then_some(Answer::Cancelled),
    }
}

fn counted_ui(
    ui: &mut Ui,
    id: Id,
    items: &[(String, String)],
    selected: &mut usize,
    (label, text): (&str, &mut String),
    first: bool,
) -> Option<Answer> {
    let picked = rows_ui(ui, id, items, selected, first);
    ui.add_space(theme::GAP_Y);
    let field = id.with("count");
    if picked.on {
        focus::set(ui.ctx(), field);
    }
    let enter = focus::on(ui.ctx(), field) && ui.input_mut(|input| keys::ENTER.take(input));
    let read = |text: &str| text.trim().parse::<u16>().ok().filter(|count| (1..=MOST_COUNT).contains(count));
    ui.horizontal(|ui| {
        ui.label(label);
        let (rect, _) = ui.allocate_exact_size(vec2(60.0, CONTROL), Sense::hover());
        let entry = Entry { align: Align::Max, wrong: read(text).is_none(), ..Entry::new(field, label, rect) };
        entry.show(ui, text);
    });
    // Read after the field has taken what was typed with Enter in one frame. A number that cannot be read is
    // marked in the field: nothing is done with another one.
    let taken = read(text).filter(|_| *selected < items.len()).map(|count| Answer::Counted(*selected, count));
    match buttons(ui, &ok_cancel(), false).as_deref() {
        Some("ok") => taken,
        Some(_) => Some(Answer::Cancelled),
        None if picked.taken || enter => taken,
        None => (picked.left || escaped(ui.ctx())).then_some(Answer::Cancelled),
    }
}

/// A line with an icon that says how bad it is.
pub fn remark(ui: &mut Ui, words: &str, role: Role) {
    let colors = theme::colors(ui);
    let icon = match role {
        Role::Danger => Icon::WarningCircle,
        Role::Warning => Icon::Warning,
        Role::Good => Icon::CheckCircle,
        _ => Icon::Info,
    };
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), CONTROL), Sense::hover());
    response.widget_info(|| egui::WidgetInfo::labeled(egui::accesskit::Role::Label, true, words));
    paint::icon(ui.painter(), rect.left_center() + vec2(9.0, 0.0), icon, 16.0, colors.role(role));
    let inner = px::rect(rect.left() + 24.0, rect.top(), rect.width() - 24.0, rect.height());
    if paint::text(ui.painter(), inner, words, fonts::text(), colors.text, Align::Min) {
        response.on_hover_text(words);
    }
}

/// True when Esc was pressed and nobody took it.
pub fn escaped(ctx: &Context) -> bool {
    ctx.input_mut(|input| Chord::plain(Key::Escape).take(input))
}
