//! References: found by typing a part of the name, the code or the tax number, or chosen from the list.

use super::combo::{self, Offer, Offers, Pick};
use super::{Aid, Ask, Edited, Editor, Field, Frames, Question, Suggest, Suggestions, side};
use crate::kernel::refs::AnyRef;
use crate::kernel::value::{Type, Value};
use crate::text;
use crate::ui::commands::keys;
use crate::ui::icons::Icon;
use egui::{Rect, Ui};

/// The editor of references, to one kind or to any.
pub struct Reference;

fn title(reference: AnyRef, suggest: &mut dyn Suggest) -> String {
    if reference.is_empty() {
        return String::new();
    }
    // The name comes a moment later; the dots say that there is something.
    suggest.title(reference).unwrap_or_else(|| "…".to_owned())
}

impl Reference {
    fn opens(field: &Field<'_>, value: &Value) -> bool {
        field.frames == Frames::Field && !value.any_ref().is_empty()
    }
}

impl Offers for Reference {
    fn shown(&self, value: &Value, aid: &mut Aid<'_>) -> String {
        title(value.any_ref(), aid.suggest)
    }

    fn offers(&self, field: &Field<'_>, query: &str, aid: &mut Aid<'_>) -> Option<Vec<Offer>> {
        let query = query.trim();
        let question = Question {
            target: field.kind.target(),
            owner: field.owner,
            place: field.place,
            name: field.name,
            query,
            choices: aid.limits.of(field.place),
        };
        let Suggestions::Ready(found) = aid.suggest.suggest(&question) else { return None };
        let mut offers: Vec<Offer> = found
            .iter()
            .map(|one| Offer {
                title: one.title.clone(),
                detail: one.detail.clone(),
                beside: one.beside.clone(),
                pick: Pick::Value(Value::Ref(one.reference)),
            })
            .collect();
        if !query.is_empty() && aid.suggest.may_create(field.kind.target()) {
            offers.push(Offer {
                title: text!("edit-create", name = query).show(),
                detail: String::new(),
                beside: Vec::new(),
                pick: Pick::Create(query.to_owned()),
            });
        }
        Some(offers)
    }

    fn buttons(&self, ui: &Ui, field: &Field<'_>, rect: Rect, value: &Value, aid: &mut Aid<'_>) -> bool {
        let mut at = 0;
        let mut toggle = false;
        if !field.read_only {
            toggle = side::button(ui, field, rect, at, Icon::CaretDown, &text!("edit-drop-down"), keys::DROP_DOWN);
            at += 1;
        }
        if Self::opens(field, value)
            && side::always(ui, field, rect, at, Icon::ArrowSquareOut, &text!("edit-open"), keys::OPEN_VALUE)
        {
            aid.ask(field, Ask::Open(value.any_ref()));
        }
        toggle
    }

    fn keys(&self, ui: &Ui, field: &Field<'_>, value: &Value, aid: &mut Aid<'_>) -> bool {
        let pressed = |chord: crate::ui::commands::Chord| ui.input_mut(|input| chord.take(input));
        if pressed(keys::CHOOSE) {
            aid.ask(field, Ask::Choose(value.any_ref()));
        }
        if pressed(keys::OPEN_VALUE) && !value.any_ref().is_empty() {
            aid.ask(field, Ask::Open(value.any_ref()));
        }
        pressed(keys::DROP_DOWN)
    }

    fn aside(&self, field: &Field<'_>, value: &Value) -> f32 {
        let drop = if field.read_only { 0.0 } else { side::WIDTH };
        drop + if Self::opens(field, value) { side::WIDTH } else { 0.0 }
    }

    fn headings(&self, field: &Field<'_>, aid: &Aid<'_>) -> Vec<String> {
        aid.suggest.headings(field.kind.target())
    }

    fn footer(&self, pending: bool, empty: bool) -> String {
        match (pending, empty) {
            (true, _) => text!("edit-looking"),
            (false, true) => text!("edit-nothing-found"),
            (false, false) => text!("edit-choose-all"),
        }
        .show()
    }
}

impl Editor for Reference {
    fn shown(&self, value: &Value, _kind: Type, suggest: &mut dyn Suggest) -> String {
        title(value.any_ref(), suggest)
    }

    fn width(&self, _kind: Type) -> f32 {
        300.0
    }

    fn ui(&self, ui: &mut Ui, rect: Rect, field: &Field<'_>, value: &mut Value, aid: &mut Aid<'_>) -> Edited {
        combo::show(ui, rect, field, value, aid, self)
    }
}
