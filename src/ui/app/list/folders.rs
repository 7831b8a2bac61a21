//! Where a list of folders stands: the way from the top to the folder shown.

use crate::kernel::meta::ObjectMeta;
use crate::kernel::object::Object;
use crate::kernel::problems::Outcome;
use crate::kernel::refs::AnyRef;
use crate::kernel::value::Value;
use crate::ops::gate::Session;
use crate::text;
use crate::ui::app::base::{Base, Ticket};
use crate::ui::theme::{self, CONTROL};
use crate::ui::widgets::button;
use crate::ui::{fonts, paint};
use egui::{Align, Sense, Ui, vec2};

/// Folders within folders at most: a circle in the data must not hang anybody.
const DEEPEST: usize = 32;

/// One folder on the way.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Step {
    reference: AnyRef,
    title: String,
}

/// The way to the folder shown.
pub struct Path {
    meta: &'static ObjectMeta,
    steps: Vec<Step>,
    finding: Option<Ticket<Vec<Step>>>,
}

impl Path {
    /// At the top, or in the folder an object lies in.
    pub fn new(base: &Base, meta: &'static ObjectMeta, find: AnyRef) -> Self {
        let finding = (!find.is_empty()).then(|| base.read(move |session| way_to(session, find)));
        Self { meta, steps: Vec::new(), finding }
    }

    /// The id of the folder shown; zero at the top.
    pub fn folder(&self) -> i64 {
        self.reference().id()
    }

    /// The folder shown; empty at the top.
    pub fn reference(&self) -> AnyRef {
        self.steps.last().map_or(AnyRef::EMPTY, |step| step.reference)
    }

    /// True while the folder of the present value is being looked up.
    pub const fn is_finding(&self) -> bool {
        self.finding.is_some()
    }

    /// Takes the way that was looked up; true when it has come.
    pub fn poll(&mut self) -> bool {
        let Some(answer) = Ticket::take(&mut self.finding) else { return false };
        self.steps = answer.unwrap_or_default();
        true
    }

    /// Into a folder.
    pub fn enter(&mut self, reference: AnyRef, title: String) {
        self.steps.push(Step { reference, title });
    }

    /// Out of the folder; gives it, empty at the top.
    pub fn leave(&mut self) -> AnyRef {
        self.steps.pop().map_or(AnyRef::EMPTY, |step| step.reference)
    }

    /// Draws the way; gives how many steps of it were clicked to stay.
    pub fn show(&self, ui: &mut Ui) -> Option<usize> {
        let mut clicked = None;
        ui.horizontal(|ui| {
            let top = text!("folders-top", kind = self.meta.list_label()).show();
            for at in 0..=self.steps.len() {
                let title =
                    at.checked_sub(1).and_then(|at| self.steps.get(at)).map_or(top.as_str(), |step| &step.title);
                if at > 0 {
                    words(ui, "›");
                }
                if at == self.steps.len() {
                    words(ui, title);
                } else if button::link(ui, title).clicked() {
                    clicked = Some(at);
                }
            }
        });
        clicked
    }

    /// Stays with so many steps; gives the folder that was left last.
    pub fn cut(&mut self, steps: usize) -> AnyRef {
        let left = self.steps.get(steps).map_or(AnyRef::EMPTY, |step| step.reference);
        self.steps.truncate(steps);
        left
    }
}

fn words(ui: &mut Ui, text: &str) {
    let width = paint::width_of(ui, text, fonts::text()).ceil();
    let (rect, response) = ui.allocate_exact_size(vec2(width, CONTROL - 6.0), Sense::hover());
    response.widget_info(|| egui::WidgetInfo::labeled(egui::accesskit::Role::Label, true, text));
    paint::text(ui.painter(), rect, text, fonts::text(), theme::colors(ui).weak, Align::Min);
}

/// The folders from the top to the one an object lies in.
fn way_to(session: &Session, find: AnyRef) -> Outcome<Vec<Step>> {
    let mut steps = Vec::new();
    let facts = session.facts();
    let facts: &dyn crate::kernel::facts::Facts = &facts;
    let parent = |reference: AnyRef| {
        facts.object(reference).and_then(|object| object.by_name("parent")).map(|value| value.any_ref())
    };
    let mut at = parent(find).unwrap_or_default();
    while let Some(folder) = facts.object(at).filter(|_| steps.len() < DEEPEST) {
        let title = match folder.by_name("name") {
            Some(Value::Text(name)) => name,
            _ => String::new(),
        };
        steps.insert(0, Step { reference: at, title });
        at = parent(at).unwrap_or_default();
    }
    Ok(steps)
}

/// Makes an object a folder of a name.
pub fn fill(object: &mut dyn Object, name: &str, parent: AnyRef) {
    let fields =
        [("name", Value::Text(name.to_owned())), ("folder", Value::Bool(true)), ("parent", Value::Ref(parent))];
    for (field, value) in fields {
        let _ = object.set_by_name(field, value);
    }
}
