//! Letters on forms: a template beside the letter it becomes on a real order, the password of a mail account, letters
//! of an order.

use super::editor::Editor;
use super::saving::Waiting;
use super::{FormPage, fields};
use crate::domain::crm::letter_template::LetterTemplate;
use crate::domain::crm::letter_text::{Letter, known_fields};
use crate::domain::crm::mail_account::MailAccount;
use crate::domain::sales::customer_order::CustomerOrder;
use crate::kernel::behaviour::Choices;
use crate::kernel::meta::ObjectMeta;
use crate::kernel::object::{Declared as _, Object};
use crate::kernel::refs::AnyRef;
use crate::ops::letters::care;
use crate::text;
use crate::ui::app::base::{Base, Ticket};
use crate::ui::commands::{Chord, Command, Facts};
use crate::ui::icons::Icon;
use crate::ui::shell::dialog::{Dialog, remark};
use crate::ui::shell::page::{Open, PageContext, Request};
use crate::ui::theme::{self, CONTROL, Role};
use crate::ui::widgets::paper::paper;
use crate::ui::widgets::split::{Split, split};
use crate::ui::{fonts, paint};
use egui::{Align, Key, Rect, Sense, Ui, WidgetInfo, vec2};
use std::rc::Rc;

/// Shows the letters of an order.
pub const OF_ORDER: &str = "letters-of-order";
/// Chooses the order a template is shown on.
pub const ORDER: &str = "letter-order";
/// Sends oneself a letter on trial.
pub const TRIAL: &str = "letter-trial";
/// Sets the password of a mail account.
pub const PASSWORD: &str = "mail-password";
/// Names the placeholders.
pub const FIELDS: &str = "letter-fields";

/// The commands about letters that the form of a kind has.
pub fn commands(meta: &ObjectMeta) -> Vec<Command> {
    let trial = Command::new(TRIAL, text!("letter-trial-send"))
        .hint(text!("letter-trial-send-hint"))
        .key(Chord::ctrl_shift(Key::E))
        .icon(Icon::Envelope)
        .needs(Facts::SAVED);
    if meta == CustomerOrder::declared() {
        let letters = Command::new(OF_ORDER, text!("letters-of-order")).hint(text!("letters-of-order-hint"));
        return vec![letters.key(Chord::ctrl_shift(Key::E)).icon(Icon::Envelope).needs(Facts::SAVED)];
    }
    if meta == MailAccount::declared() {
        let password = Command::new(PASSWORD, text!("mail-password")).hint(text!("mail-password-hint"));
        let password = password.key(Chord::ctrl_shift(Key::P)).icon(Icon::Key).needs(Facts::SAVED);
        return vec![password, trial];
    }
    if meta == LetterTemplate::declared() {
        let order = Command::new(ORDER, text!("letter-order")).hint(text!("letter-order-hint"));
        let fields = Command::new(FIELDS, text!("letter-fields")).hint(text!("letter-fields-hint"));
        return vec![
            order.key(Chord::ctrl_shift(Key::O)),
            fields.key(Chord::ctrl_shift(Key::K)),
            trial.refuses(Facts::CHANGED),
        ];
    }
    Vec::new()
}

/// Those that stand on the bar of a form.
pub fn tools(meta: &ObjectMeta) -> &'static [&'static str] {
    match meta.code {
        "mail_account" => &[PASSWORD, TRIAL],
        "letter_template" => &[ORDER, FIELDS, TRIAL],
        _ => &[],
    }
}

/// True for a command of [`commands`].
pub fn is_ours(code: &str) -> bool {
    [OF_ORDER, ORDER, TRIAL, PASSWORD, FIELDS].contains(&code)
}

/// What a letter was made of: made anew when something of it is another one.
#[derive(Clone, Debug, PartialEq)]
struct Source {
    template: LetterTemplate,
    order: AnyRef,
}

/// A letter as it was made, with the order it is of.
type Shown = (AnyRef, String, Letter);

/// The letter a template becomes, beside its fields.
pub struct Beside {
    base: Rc<Base>,
    /// Empty until one is chosen or found.
    order: AnyRef,
    asked: Option<Source>,
    ticket: Option<Ticket<Shown>>,
    shown: Option<(String, Letter)>,
    failed: String,
    share: f32,
}

impl Beside {
    /// For a template; other kinds have nothing beside their fields.
    pub fn of(meta: &ObjectMeta, base: &Rc<Base>) -> Option<Self> {
        (meta == LetterTemplate::declared()).then(|| Self {
            base: Rc::clone(base),
            order: AnyRef::EMPTY,
            asked: None,
            ticket: None,
            shown: None,
            failed: String::new(),
            share: 0.52,
        })
    }

    /// Asks for the letter of a template as it is typed now; one question at a time.
    fn ask(&mut self, object: &dyn Object) {
        let Some(template) = object.downcast::<LetterTemplate>() else { return };
        let source = Source { template: template.clone(), order: self.order };
        if self.ticket.is_some() || self.asked.as_ref() == Some(&source) {
            return;
        }
        self.asked = Some(source.clone());
        self.ticket = Some(self.base.read(move |session| {
            let order = if source.order.is_empty() { care::sample_order(session)? } else { source.order };
            if order.is_empty() {
                return Err(crate::kernel::problems::Error::refused(text!("letter-no-order")));
            }
            // What the user may not see is not shown in a letter either.
            session.object(order)?;
            let facts = session.facts();
            let title = crate::ops::present::title(order, &session.store, &facts)?;
            Ok((order, title, care::preview(session, &source.template, order)?))
        }));
    }

    fn receive(&mut self) {
        match Ticket::take(&mut self.ticket) {
            Some(Ok((order, title, letter))) => {
                if let Some(asked) = self.asked.as_mut().filter(|asked| asked.order.is_empty()) {
                    asked.order = order;
                    self.order = order;
                }
                self.shown = Some((title, letter));
                self.failed.clear();
            }
            Some(Err(error)) => self.failed = error.sentence(),
            None => {}
        }
    }

    /// The fields at the left, the letter at the right.
    pub fn ui(&mut self, ui: &mut Ui, editor: &mut Editor, ctx: &mut PageContext<'_>) {
        self.receive();
        self.ask(editor.draft.object.as_ref());
        let id = fields::id(editor.form, "letter");
        let mut share = self.share;
        split(ui, id, Split::Across, &mut share, |ui| editor.ui(ui, ctx), |ui| self.letter_ui(ui, id));
        self.share = share;
    }

    fn letter_ui(&self, ui: &mut Ui, id: egui::Id) {
        let order = self.shown.as_ref().map_or_else(String::new, |(order, _)| order.clone());
        line_ui(ui, &text!("letter-preview", order = order).show(), false);
        if !self.failed.is_empty() {
            self.failed.lines().for_each(|line| remark(ui, line, Role::Danger));
        }
        if let Some((_, letter)) = &self.shown {
            line_ui(ui, &letter.subject, true);
            ui.add_space(2.0);
            paper(ui, id.with("paper"), &text!("letter-made").show(), &letter.text);
        }
    }
}

fn line_ui(ui: &mut Ui, words: &str, strong: bool) {
    let (line, response) = ui.allocate_exact_size(vec2(ui.available_width(), CONTROL), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(egui::accesskit::Role::Label, true, words));
    let place = Rect::from_min_max(line.min + vec2(10.0, 0.0), line.max);
    let colors = theme::colors(ui);
    let (font, role) = if strong { (fonts::bold(), Role::Text) } else { (fonts::text(), Role::Weak) };
    if paint::text(ui.painter(), place, words, font, colors.role(role), Align::Min) {
        response.on_hover_text(words);
    }
}

impl FormPage {
    /// Carries out a command about letters.
    pub(super) fn of_letters(&mut self, code: &str, ctx: &mut PageContext<'_>) {
        match code {
            OF_ORDER => ctx.open(Open::Code(format!("work:letters:{}", self.reference.packed()))),
            PASSWORD => ctx.open(Open::Code(format!("mail-password:{}", self.reference.id()))),
            FIELDS => ctx.ask(Dialog::notice(text!("letter-fields"), known_fields().replace(", ", "\n")), FIELDS),
            ORDER => {
                let present = self.letter.as_ref().map_or(AnyRef::EMPTY, |letter| letter.order);
                let choose = Open::Choose(Some(CustomerOrder::declared()), present, Choices::default());
                ctx.requests.push(Request::Pick(choose, ORDER.to_owned()));
            }
            TRIAL => self.try_letter(),
            _ => {}
        }
    }

    /// The template is shown on this order from now on.
    pub(super) fn show_on(&mut self, order: AnyRef) {
        if let Some(letter) = self.letter.as_mut().filter(|_| order.is_of(CustomerOrder::declared())) {
            letter.order = order;
        }
    }

    /// Puts a letter to oneself in the queue, of the template on the order it is shown on, or of an account alone.
    fn try_letter(&mut self) {
        let (own, order) = (self.reference, self.letter.as_ref().map(|letter| letter.order));
        self.answers.push(Waiting::Said(self.base.work(move |session| {
            match order {
                Some(order) => {
                    let account = care::account_for(session, order)?;
                    care::trial(session, account, Some((own, order)))?;
                }
                None => {
                    care::trial(session, own, None)?;
                }
            }
            Ok(text!("letter-trial-queued"))
        })));
    }
}
