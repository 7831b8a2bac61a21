//! Who is typed into next: Enter goes from field to field, a message jumps to its field, a command takes
//! in what is half typed.
//!
//! These are three signals from one place of the window to another. Each lives for one pass: it is given
//! while the window is drawn and heard by what is drawn after it.

use egui::{Context, Id, Sense, Ui};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Signal {
    /// The next field to be drawn takes the focus.
    Next,
    /// Fields take in what is typed, though they keep the focus.
    Commit,
}

fn id(signal: Signal) -> Id {
    Id::unique(match signal {
        Signal::Next => "focus: next field",
        Signal::Commit => "focus: commit",
    })
}

fn give(ctx: &Context, signal: Signal) {
    let pass = ctx.cumulative_pass_nr();
    ctx.data_mut(|data| data.insert_temp(id(signal), pass));
    // Who was drawn before the focus moved is to be drawn again without it.
    ctx.request_repaint();
}

fn heard(ctx: &Context, signal: Signal) -> bool {
    ctx.data(|data| data.get_temp::<u64>(id(signal))) == Some(ctx.cumulative_pass_nr())
}

fn silence(ctx: &Context, signal: Signal) {
    ctx.data_mut(|data| data.remove::<u64>(id(signal)));
}

/// The field is finished: the next one drawn takes the focus. After the last one nothing happens.
pub fn next(ctx: &Context) {
    give(ctx, Signal::Next);
}

/// Called by every field before it is drawn: takes the focus when it is its turn.
pub fn claim(ctx: &Context, field: Id) {
    if heard(ctx, Signal::Next) {
        silence(ctx, Signal::Next);
        ctx.memory_mut(|memory| memory.request_focus(field));
    }
}

fn typed_id() -> Id {
    Id::unique("focus: typed into")
}

/// Something was typed into a field.
pub fn typed(ctx: &Context, field: Id) {
    let now = ctx.cumulative_pass_nr();
    ctx.data_mut(|data| data.insert_temp(typed_id(), (field, now)));
}

/// The field that was typed into, and the pass in which it was in focus last.
fn typed_into(ctx: &Context) -> Option<(Id, u64)> {
    ctx.data(|data| data.get_temp(typed_id()))
}

/// True while the field in focus has been typed into and no command has taken that in since: its own undo
/// means the typing.
pub fn being_edited(ctx: &Context) -> bool {
    let Some((field, last)) = typed_into(ctx) else { return false };
    if on(ctx, field) {
        typed(ctx, field);
        return true;
    }
    if ctx.cumulative_pass_nr() > last + 1 {
        ctx.data_mut(|data| data.remove::<(Id, u64)>(typed_id()));
    }
    false
}

/// True while something is typed that has not reached what is edited: the field is in focus, or a command takes it in,
/// or the focus has just left, and the field is still to be drawn.
pub fn half_typed(ctx: &Context) -> bool {
    let leaves = || typed_into(ctx).is_some_and(|(_, last)| ctx.cumulative_pass_nr() <= last + 1);
    being_edited(ctx) || committing(ctx) || leaves()
}

/// A command is about to read the fields: what is half typed is to be taken in now.
pub fn commit(ctx: &Context) {
    ctx.data_mut(|data| data.remove::<(Id, u64)>(typed_id()));
    give(ctx, Signal::Commit);
}

/// True when a field has to take in what is half typed though it stays in focus.
pub fn committing(ctx: &Context) -> bool {
    heard(ctx, Signal::Commit)
}

/// True when a thing is in focus.
pub fn on(ctx: &Context, field: Id) -> bool {
    ctx.memory(|memory| memory.has_focus(field))
}

/// What a thing senses that is no Tab stop but may be given the focus by a key of its own: egui takes the
/// focus away from what does not want it.
pub fn aside(ctx: &Context, field: Id, sense: Sense) -> Sense {
    if on(ctx, field) { sense | Sense::FOCUSABLE } else { sense }
}

/// True once, when a window over others is first really drawn: what is given the focus while egui only
/// measures it loses the focus again.
pub fn begins(ui: &Ui, started: &mut bool) -> bool {
    !ui.is_sizing_pass() && !std::mem::replace(started, true)
}

/// Puts the focus on a thing.
pub fn set(ctx: &Context, field: Id) {
    ctx.memory_mut(|memory| memory.request_focus(field));
}

#[cfg(test)]
mod tests {
    use super::{being_edited, commit, half_typed, set, typed};
    use egui::{Context, Id, RawInput, Rect, Sense, Ui, pos2};

    /// One pass with two fields in it.
    fn pass(ctx: &Context, mut deed: impl FnMut(&mut Ui)) {
        let mut output = ctx.run_ui(RawInput::default(), |ui| {
            deed(ui);
            for name in ["first", "second"] {
                let place = Rect::from_min_max(pos2(0.0, 0.0), pos2(9.0, 9.0));
                ui.interact(place, Id::unique(name), Sense::click());
            }
        });
        output.textures_delta.clear();
    }

    #[test]
    fn what_is_half_typed_counts_until_its_field_has_been_drawn_once_more() {
        let ctx = Context::default();
        let [first, second] = ["first", "second"].map(Id::unique);
        pass(&ctx, |_| {});
        pass(&ctx, |ui| {
            set(ui.ctx(), first);
            typed(ui.ctx(), first);
        });
        pass(&ctx, |ui| assert!(being_edited(ui.ctx()) && half_typed(ui.ctx())));
        // The focus moves on after the page has looked: in the next pass the field takes in what is typed.
        pass(&ctx, |ui| {
            assert!(half_typed(ui.ctx()));
            set(ui.ctx(), second);
        });
        pass(&ctx, |ui| assert!(!being_edited(ui.ctx()) && half_typed(ui.ctx()), "it is still to be taken in"));
        pass(&ctx, |ui| assert!(!half_typed(ui.ctx())));
    }

    #[test]
    fn what_a_command_takes_in_is_half_typed_in_that_pass() {
        let ctx = Context::default();
        let field = Id::unique("first");
        pass(&ctx, |_| {});
        pass(&ctx, |ui| {
            set(ui.ctx(), field);
            typed(ui.ctx(), field);
        });
        pass(&ctx, |ui| {
            commit(ui.ctx());
            assert!(!being_edited(ui.ctx()) && half_typed(ui.ctx()));
        });
        pass(&ctx, |ui| assert!(!half_typed(ui.ctx())));
    }
}
