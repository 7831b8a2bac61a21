//! Someone else has saved first: his version and that on the form beside each other, and what is taken of each.

use super::saving::{Deed, Then};
use super::sheet::Sheet;
use super::{FormPage, load};
use crate::kernel::meta::FieldMeta;
use crate::kernel::object::Object;
use crate::kernel::problems::{Error, Outcome};
use crate::kernel::refs::AnyRef;
use crate::ops::draft::row_of;
use crate::ops::gate::Session;
use crate::ops::merge::{Merge, Side, Spot};
use crate::ops::past::rewind;
use crate::ops::versions::{self, Words};
use crate::text;
use crate::ui::app::base::{Base, Ticket};
use crate::ui::focus;
use crate::ui::icons::Icon;
use crate::ui::shell::dialog::remark;
use crate::ui::shell::page::PageContext;
use crate::ui::theme::Role;
use crate::ui::widgets::button::{Button, Look};
use crate::ui::widgets::form;
use crate::ui::widgets::list::{Cell, List, ListEvent, ListRow};
use crate::ui::widgets::table::columns::Column;
use egui::{Id, Ui};

/// The words of one difference.
struct Line {
    place: String,
    was: String,
    theirs: String,
    mine: String,
}

/// Both versions as they are compared on a reading thread.
pub struct Compared {
    merge: Merge,
    lines: Vec<Line>,
    /// Who saved first.
    who: String,
    beside: load::Beside,
}

/// The comparison on the form, and what was asked for when it came up.
pub struct Merging {
    compared: Compared,
    sheet: Sheet,
    id: Id,
    /// It was drawn: the list has got the focus.
    drawn: bool,
}

/// A comparison on its way, with the deed that is to follow.
pub struct Comparing {
    ticket: Ticket<Compared>,
    deed: Option<(Deed, Then)>,
}

/// Compares what is on a form with what is in the base, over the version the form began with.
fn compare(session: &Session, mine: Box<dyn Object>) -> Outcome<Compared> {
    let gone = || Error::refused(text!("object-gone"));
    let reference = mine.any_ref();
    let theirs = session.object(reference)?.ok_or_else(gone)?;
    if theirs.head().version == mine.head().version {
        // It was another object that has changed.
        return Err(Error::refused(text!("object-changed-elsewhere")));
    }
    let history = session.store.history_of(reference)?;
    let mut base = rewind(theirs.as_ref(), &history, mine.head().version).ok_or_else(gone)?.whole();
    session.veil(base.as_mut())?;
    let facts = session.facts();
    let who = history.first().map(|line| versions::who(&session.store, &facts, line)).transpose()?.unwrap_or_default();
    let custom = crate::ops::printing::custom_folder(&session.store);
    let (layout, _) = super::super::layout::layout(mine.meta(), custom.as_deref());
    let follows: Vec<&str> = layout.form.read_only.iter().map(String::as_str).collect();
    let merge = Merge::new(base, theirs, mine, &follows);
    let mut words = Words::new(session, &facts);
    let lines = merge.differences.iter().map(|one| line(&merge, one.spot, &mut words)).collect::<Outcome<_>>()?;
    facts.result()?;
    let beside = load::beside(session, merge.theirs.as_ref())?;
    Ok(Compared { merge, lines, who, beside })
}

fn line(merge: &Merge, spot: Spot, words: &mut Words<'_>) -> Outcome<Line> {
    let meta = merge.mine.meta();
    let sides = [merge.base.as_ref(), merge.theirs.as_ref(), merge.mine.as_ref()];
    let said: Vec<String> = match spot {
        Spot::Field(at) => {
            let Some(field) = meta.fields.get(at) else { return Ok(Line::none()) };
            sides.iter().map(|object| words.value(&object.get(at), field)).collect::<Outcome<_>>()?
        }
        Spot::Row(table, key) => {
            sides.iter().map(|object| row_words(*object, &sides, table, key, words)).collect::<Outcome<_>>()?
        }
    };
    let place = match spot {
        Spot::Field(at) => meta.fields.get(at).map(|field| meta.field_label(field)).unwrap_or_default(),
        Spot::Row(table, key) => {
            let label = meta.tables.get(table).map(|part| meta.table_label(part)).unwrap_or_default();
            let number = sides.iter().rev().find_map(|object| row_of(*object, table, key)).unwrap_or(0);
            text!("merge-row", table = label, row = number + 1).show()
        }
    };
    let mut said = said.into_iter();
    let mut next = || said.next().unwrap_or_default();
    Ok(Line { place, was: next(), theirs: next(), mine: next() })
}

/// A row of one version: its first cell, and the cells that differ between the versions.
fn row_words(
    object: &dyn Object,
    sides: &[&dyn Object; 3],
    table: usize,
    key: u32,
    words: &mut Words<'_>,
) -> Outcome<String> {
    let meta = object.meta();
    let (Some(part), Some(at)) = (meta.tables.get(table), row_of(object, table, key)) else {
        return Ok(text!("merge-no-row").show());
    };
    let all: Vec<_> = sides.iter().filter_map(|side| Some((*side, row_of(*side, table, key)?))).collect();
    let value = |column: usize| object.cell(table, at, column);
    let differs = |column: &usize| {
        *column == 0 || all.iter().any(|(side, row)| side.cell(table, *row, *column) != value(*column))
    };
    let mut said = Vec::new();
    let columns: Vec<(usize, &FieldMeta)> = part.fields.iter().enumerate().filter(|(at, _)| differs(at)).collect();
    for (column, field) in columns {
        let shown = value(column).map(|value| words.value(&value, field)).transpose()?.unwrap_or_default();
        if column == 0 {
            said.push(shown);
        } else {
            said.push(format!("{}: {shown}", meta.column_label(part, field)));
        }
    }
    Ok(said.join("; "))
}

impl Line {
    const fn none() -> Self {
        Self { place: String::new(), was: String::new(), theirs: String::new(), mine: String::new() }
    }
}

impl Comparing {
    /// Begins to compare; `deed` follows when nothing is to be chosen.
    pub fn begin(base: &Base, mine: Box<dyn Object>, deed: Option<(Deed, Then)>) -> Self {
        Self { ticket: base.read(move |session| compare(session, mine)), deed }
    }
}

impl Merging {
    fn new(compared: Compared, form: u64) -> Self {
        let columns = vec![
            Column::new("place", text!("merge-place").show(), 200.0).stretch(1.0).unsorted(),
            Column::new("was", text!("merge-was").show(), 170.0).stretch(1.0).unsorted(),
            Column::new("theirs", text!("merge-theirs").show(), 210.0).stretch(1.0).unsorted(),
            Column::new("mine", text!("merge-mine").show(), 210.0).stretch(1.0).unsorted(),
        ];
        let sheet = Sheet { columns, ..Sheet::default() };
        let mut merging = Self { compared, sheet, id: Id::unique(("merging", form)), drawn: false };
        merging.show();
        // The first thing to be chosen is where one stands.
        let conflict = merging.compared.merge.differences.iter().position(|one| one.conflict);
        merging.sheet.state.current = conflict.unwrap_or(0);
        merging
    }

    fn show(&mut self) {
        let row = |(line, one): (&Line, &crate::ops::merge::Difference)| {
            let side = |side: Side, words: &str| {
                let cell = Cell::new(words);
                if one.taken == side { cell.icon(Icon::Check, Role::Good).bold() } else { cell.role(Role::Weak) }
            };
            let place = Cell::new(line.place.clone());
            let place = if one.conflict { place.icon(Icon::Warning, Role::Warning) } else { place };
            let was = Cell::new(line.was.clone()).role(Role::Weak);
            let cells = vec![place, was, side(Side::Theirs, &line.theirs), side(Side::Mine, &line.mine)];
            ListRow { cells, ..ListRow::default() }
        };
        let rows = self.compared.lines.iter().zip(&self.compared.merge.differences).map(row).collect();
        self.sheet.rows.take(rows);
    }

    fn turn(&mut self) {
        let at = self.sheet.state.current;
        let Some(one) = self.compared.merge.differences.get(at) else { return };
        let other = if one.taken == Side::Mine { Side::Theirs } else { Side::Mine };
        self.compared.merge.take(at, other);
        self.show();
    }

    fn take_all(&mut self, side: Side) {
        self.compared.merge.take_conflicts(side);
        self.show();
    }

    /// What is taken, over what is in the base.
    pub fn result(&self) -> Box<dyn Object> {
        self.compared.merge.result()
    }

    /// Draws the comparison in the place of the fields.
    pub fn ui(&mut self, ui: &mut Ui, ctx: &mut PageContext<'_>) {
        form::page_title(ui, &text!("merge-title").show());
        remark(ui, &text!("merge-remark", who = self.compared.who.clone()).show(), Role::Warning);
        ui.horizontal(|ui| {
            for (code, label) in [
                ("merge-save", text!("merge-save")),
                ("merge-all-mine", text!("merge-all-mine")),
                ("merge-all-theirs", text!("merge-all-theirs")),
                ("merge-back", text!("merge-back")),
            ] {
                let look = if code == "merge-save" { Look::Main } else { Look::Ordinary };
                if ui.add(Button::new(&label.show()).look(look)).clicked() {
                    ctx.run(code);
                }
            }
        });
        ui.add_space(6.0);
        if focus::begins(ui, &mut self.drawn) {
            focus::set(ui.ctx(), self.id);
        }
        let Sheet { columns, rows, state, .. } = &mut self.sheet;
        let (label, empty) = (text!("merge-title").show(), text!("merge-nothing").show());
        let list = List { marks: false, empty: (&empty, ""), ..List::new(self.id, &label, columns) };
        let out = list.show(ui, rows, state);
        if out.events.contains(&ListEvent::Open) {
            ctx.run("merge-turn");
        }
    }
}

impl FormPage {
    /// The version on the form is behind: both are compared, and `deed` follows when nothing is to be chosen.
    pub(super) fn compare_both(&mut self, deed: Option<(Deed, Then)>) {
        let Some(editor) = self.editor() else { return };
        if editor.draft.object.any_ref() != AnyRef::EMPTY {
            self.comparing = Some(Comparing::begin(&self.base, editor.draft.object.boxed(), deed));
        }
    }

    /// Takes in a comparison that has come: without conflicts it is carried out, else it is shown.
    pub(super) fn take_compared(&mut self, ctx: &mut PageContext<'_>) {
        let Some(answer) = self.comparing.as_ref().and_then(|comparing| comparing.ticket.poll()) else { return };
        let deed = self.comparing.take().and_then(|comparing| comparing.deed);
        let compared = match answer {
            Ok(compared) => compared,
            Err(error) => return ctx.toast(error.sentence(), Role::Danger),
        };
        if let Some((deed, then)) = deed.filter(|_| compared.merge.conflicts() == 0) {
            let theirs: Vec<String> = compared
                .lines
                .iter()
                .zip(&compared.merge.differences)
                .filter(|(_, one)| one.taken == Side::Theirs)
                .map(|(line, _)| line.place.clone())
                .collect();
            let who = compared.who.clone();
            if !theirs.is_empty() {
                ctx.toast(text!("merge-by-itself", who = who, places = theirs.join(", ")), Role::Note);
            }
            self.adopt(&Merging::new(compared, self.form));
            return self.want(deed, then);
        }
        let merging = Merging::new(compared, self.form);
        self.merging = Some(Box::new(merging));
    }

    fn adopt(&mut self, merging: &Merging) {
        let (result, beside) = (merging.result(), merging.compared.beside.clone());
        if let Some(editor) = self.editor_mut() {
            editor.draft.adopt(result);
            editor.beside = beside;
            editor.stale = false;
            editor.problems = crate::kernel::problems::Problems::new();
            editor.show_words();
        }
        self.merging = None;
    }

    /// Carries out a command of the comparison; false when it is none, or none is shown.
    pub(super) fn merge_command(&mut self, code: &str) -> bool {
        let Some(merging) = self.merging.as_mut() else { return false };
        match code {
            "merge-turn" => merging.turn(),
            "merge-all-mine" => merging.take_all(Side::Mine),
            "merge-all-theirs" => merging.take_all(Side::Theirs),
            "merge-back" => self.merging = None,
            "merge-save" | "save" | "post" | "post-and-close" | "save-and-close" => {
                let Some(merging) = self.merging.take() else { return true };
                self.adopt(&merging);
                if code != "merge-save" {
                    return false;
                }
                let posted = self.object().is_some_and(|object| object.head().posted);
                let how = if posted { crate::ops::save::How::Post } else { crate::ops::save::How::Write };
                self.want(Deed::Save(how), Then::Stay);
            }
            _ => return false,
        }
        true
    }
}
