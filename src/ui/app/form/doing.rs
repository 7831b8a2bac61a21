//! The commands of a form and the answers to its questions, carried out.

use super::cancelling::{self, LINES, SUBSTITUTE, WHOLE};
use super::commands::{BASED, PRINT, SET_CARD, TILL_COPY};
use super::history::HistoryPage;
use super::movements::MovementsPage;
use super::refusal::REFUSAL;
use super::related::RelatedPage;
use super::saving::{Deed, RAISED, Then, Waiting};
use super::{FormPage, letter, why};
use crate::domain::registry;
use crate::domain::sales::customer_order::CustomerOrder;
use crate::domain::sales::order_state::{NextAction, PAYMENTS};
use crate::field;
use crate::kernel::meta::ObjectMeta;
use crate::kernel::problems::Place;
use crate::kernel::value::Value;
use crate::ops::gate::Op;
use crate::ops::printing::forms_of;
use crate::ops::save::How;
use crate::ops::sign_in;
use crate::ops::start::based_on;
use crate::ops::till::sale;
use crate::text;
use crate::ui::app::preview::PreviewPage;
use crate::ui::app::work::Days;
use crate::ui::commands::find;
use crate::ui::shell::dialog::{Answer, Dialog};
use crate::ui::shell::page::{Open, Page, PageContext, Request, place_of};
use crate::ui::theme::Role;
use std::collections::BTreeSet;
use std::rc::Rc;

fn meta_of(code: &str) -> Option<&'static ObjectMeta> {
    registry::by_code(code).map(|kind| kind.meta())
}

impl FormPage {
    /// Carries out a command by its code.
    pub(super) fn carry_out(&mut self, code: &str, ctx: &mut PageContext<'_>) {
        if self.merge_command(code) {
            return;
        }
        if let Some(token) = code.strip_prefix("why:") {
            return self.explain(token);
        }
        if let Some(kind) = code.strip_prefix(BASED).and_then(meta_of) {
            return self.based(kind, ctx);
        }
        if let Some(form) = code.strip_prefix(PRINT).and_then(|form| self.print_form(form)) {
            return self.print(form, ctx);
        }
        match code {
            "save" => self.want(Deed::Save(How::Write), Then::Stay),
            "save-and-close" => self.want(Deed::Save(How::Write), Then::Close),
            "post" => self.want(Deed::Save(How::Post), Then::Stay),
            "post-and-close" => self.want(Deed::Save(How::Post), Then::Close),
            "unpost" => self.want(Deed::Save(How::Unpost), Then::Stay),
            "mark-object" => self.want(Deed::Mark(true), Then::Stay),
            "unmark-object" => self.want(Deed::Mark(false), Then::Stay),
            "reread" => self.reread(ctx),
            "compare" => self.compare_both(None),
            "based" => self.ask_based(ctx),
            "print" => self.ask_print(ctx),
            "copy-object" => Self::show(FormPage::copy(&self.base, self.reference), ctx),
            "movements" => Self::show(Some(MovementsPage::new(&self.base, self.reference)), ctx),
            "related" => Self::show(Some(RelatedPage::new(&self.base, self.reference)), ctx),
            "history" => Self::show(Some(HistoryPage::new(&self.base, self.reference)), ctx),
            "set-password" => ctx.open(Open::Code(format!("password:{}", self.reference.id()))),
            TILL_COPY => self.copy_receipt(),
            SET_CARD => {
                let (title, label, text) = (text!("card-title").into(), text!("card-code").into(), String::new());
                ctx.ask(Dialog::Input { title, label, text }, SET_CARD);
            }
            letter if letter::is_ours(letter) => self.of_letters(letter, ctx),
            order if order.starts_with("order-") => self.of_order(order, ctx),
            row => {
                if let Some(editor) = self.editor_mut() {
                    editor.row_command(row);
                }
            }
        }
    }

    fn show(page: Option<impl Page + 'static>, ctx: &mut PageContext<'_>) {
        ctx.requests.extend(page.map(|page| Request::Show(Box::new(page))));
    }

    fn of_order(&mut self, code: &str, ctx: &mut PageContext<'_>) {
        match code {
            "order-next" => self.next_step(ctx),
            "order-ship" => {
                if let Some(kind) = meta_of("goods_issue") {
                    self.based(kind, ctx);
                }
            }
            "order-pay" => Self::ask_payment(ctx),
            "order-supply" => self.supply(),
            "order-twins" => ctx.open(Open::Code(crate::ui::app::work::twins::code(self.reference))),
            SUBSTITUTE => self.ask_substitute(ctx),
            LINES | WHOLE => cancelling::ask_reason(code, ctx),
            "order-close" => self.set_and_save("closed", Value::Bool(true)),
            "order-approve" => self.set_and_save("agreed", Value::Bool(true)),
            "order-fill" => self.workplace("fill", ctx),
            "order-allocation" => self.workplace("allocation", ctx),
            "order-days" => self.days(ctx),
            "order-why" => self.explain("field:state"),
            "order-looked" => self.set_and_save("attention", Value::Text(String::new())),
            _ => {}
        }
    }

    /// Opens a workplace for this order, which is saved first.
    fn workplace(&mut self, name: &'static str, ctx: &mut PageContext<'_>) {
        if self.modified() {
            self.want(Deed::Save(How::Write), Then::Work(name));
        } else {
            self.open_workplace(name, ctx);
        }
    }

    /// Opens it.
    pub(super) fn open_workplace(&self, name: &str, ctx: &mut PageContext<'_>) {
        ctx.open(Open::Code(format!("work:{name}/{}", self.reference.id())));
    }

    /// What of the item in the current line can be promised when.
    fn days(&mut self, ctx: &mut PageContext<'_>) {
        let Some(editor) = self.editor() else { return };
        let Some(order) = editor.draft.object.downcast::<CustomerOrder>() else { return };
        let goods = editor.meta().table(field!(CustomerOrder, goods));
        let row = editor.parts.iter().find(|part| Some(part.table) == goods).map_or(0, |part| part.state.row);
        match order.goods.get(row).map(|line| line.item).filter(|item| !item.is_empty()) {
            Some(item) => ctx.open(Open::Code(Days::code(item.any(), order.warehouse.any()))),
            None => ctx.toast(text!("days-no-item"), Role::Warning),
        }
    }

    fn next_step(&mut self, ctx: &mut PageContext<'_>) {
        let view = self.editor().and_then(|editor| editor.beside.order.as_ref());
        let code = match view.map_or(NextAction::Nothing, |view| view.next()) {
            NextAction::Ship => "order-ship",
            NextAction::Pay => "order-pay",
            NextAction::Supply => "order-supply",
            NextAction::Close => "order-close",
            NextAction::Approve => "order-approve",
            NextAction::Nothing => return,
        };
        let denied = find(&self.commands, code).and_then(|command| command.denied.clone());
        match denied {
            Some(denied) => ctx.toast(denied, Role::Warning),
            None => self.of_order(code, ctx),
        }
    }

    fn set_and_save(&mut self, field: &str, value: Value) {
        let Some(at) = self.meta().field(field) else { return };
        if let Some(editor) = self.editor_mut() {
            editor.draft.set(at, value);
            self.want(Deed::Save(How::Write), Then::Stay);
        }
    }

    /// Makes another object on the basis of this one, which is saved first: the basis is read from the base.
    fn based(&mut self, kind: &'static ObjectMeta, ctx: &mut PageContext<'_>) {
        if self.modified() || self.reference.is_empty() {
            self.want(Deed::Save(How::Write), Then::Based(kind));
        } else {
            self.make_based(kind, ctx);
        }
    }

    /// Opens the form of the new object.
    pub(super) fn make_based(&self, kind: &'static ObjectMeta, ctx: &mut PageContext<'_>) {
        Self::show(FormPage::on_basis(&self.base, kind, self.reference), ctx);
    }

    fn ask_based(&mut self, ctx: &mut PageContext<'_>) {
        match based_on(self.meta().tag).as_slice() {
            [] => {}
            [one] => self.based(one, ctx),
            kinds => {
                let items = kinds.iter().map(|kind| (kind.label(), String::new())).collect();
                ctx.ask(Dialog::List { title: text!("form-based").into(), items }, "based");
            }
        }
    }

    fn print_form(&self, code: &str) -> Option<&'static str> {
        forms_of(self.meta().tag).iter().map(|form| form.code).find(|form| *form == code)
    }

    /// Shows a printed form; the document is saved first, because paper is made of what is in the base.
    fn print(&mut self, form: &'static str, ctx: &mut PageContext<'_>) {
        if self.modified() || self.reference.is_empty() {
            self.want(Deed::Save(How::Write), Then::Print(form));
        } else {
            self.preview(form, ctx);
        }
    }

    /// Opens the preview of a printed form.
    pub(super) fn preview(&self, form: &str, ctx: &mut PageContext<'_>) {
        ctx.open(Open::Code(PreviewPage::code(&[self.reference], form)));
    }

    fn ask_print(&mut self, ctx: &mut PageContext<'_>) {
        match forms_of(self.meta().tag) {
            [] => {}
            [one] => self.print(one.code, ctx),
            forms => {
                let items = forms.iter().map(|form| (form.title().show(), String::new())).collect();
                ctx.ask(Dialog::List { title: text!("cmd-print").into(), items }, "print");
            }
        }
    }

    fn ask_payment(ctx: &mut PageContext<'_>) {
        let items = PAYMENTS.iter().filter_map(|code| meta_of(code)).map(|kind| (kind.label(), String::new()));
        ctx.ask(Dialog::List { title: text!("order-pay").into(), items: items.collect() }, "pay");
    }

    fn supply(&mut self) {
        if self.modified() {
            self.want(Deed::Save(How::Write), Then::Supply);
        } else {
            self.order_lacking();
        }
    }

    fn set_card(&mut self, code: String) {
        let user = self.reference;
        let ticket = self.base.act(move |session| {
            sign_in::set_card(session, user, &code)?;
            let said = if code.trim().is_empty() { text!("card-taken-away") } else { text!("card-set") };
            Ok((said, BTreeSet::new()))
        });
        self.answers.push(Waiting::Said(ticket));
    }

    /// Puts a copy of a till's receipt in the queue of its till.
    fn copy_receipt(&mut self) {
        let receipt = self.reference;
        let ticket = self.base.act(move |session| Ok((text!("till-copy-sent"), sale::copy(session, receipt)?.objects)));
        self.answers.push(Waiting::Said(ticket));
    }

    /// Orders from suppliers what the order lacks.
    pub(super) fn order_lacking(&mut self) {
        let order = self.reference;
        self.answers.push(Waiting::Made(self.base.write(Op::Supply, move |tx| tx.order_lacking(order))));
    }

    fn explain(&mut self, token: &str) {
        let Some((cell, field)) = place_of(token) else { return };
        // What was refused there is to be known before anything else.
        let refused = self.editor().and_then(|editor| {
            let here = |place: &Place| match (place, cell) {
                (Place::Field(name), None) => *name == field,
                (Place::Cell { table, row, field: name }, Some((of, at))) => {
                    *name == field && *table == of && *row == at
                }
                _ => false,
            };
            editor.problems.0.iter().find(|problem| here(&problem.place)).cloned()
        });
        if let Some(problem) = refused {
            return self.explain_refusal(problem);
        }
        let Some(editor) = self.editor() else { return };
        let question = why::Question::new(editor.draft.object.boxed(), cell, field);
        self.answers.push(Waiting::Why(self.base.read(move |session| why::explain(session, &question))));
    }

    /// Takes the answer to something it asked.
    pub(super) fn take_answer(&mut self, token: &str, answer: Answer, ctx: &mut PageContext<'_>) {
        match (token, answer) {
            ("close", Answer::Button(button)) if button == "yes" => self.want(Deed::Save(How::Write), Then::Close),
            ("close", Answer::Button(button)) if button == "no" => {
                if let Some(editor) = self.editor_mut() {
                    editor.draft.give_up();
                }
                ctx.close();
            }
            ("reread", Answer::Button(button)) if button == "yes" => self.reread_now(),
            ("based", Answer::Item(at)) => {
                if let Some(kind) = based_on(self.meta().tag).get(at) {
                    self.based(kind, ctx);
                }
            }
            ("print", Answer::Item(at)) => {
                if let Some(form) = forms_of(self.meta().tag).get(at) {
                    self.print(form.code, ctx);
                }
            }
            ("pay", Answer::Item(at)) => {
                if let Some(kind) = PAYMENTS.get(at).and_then(|code| meta_of(code)) {
                    self.based(kind, ctx);
                }
            }
            (REFUSAL, answer) => self.mend(&answer, ctx),
            (RAISED, answer) => self.want_shared(&answer),
            (SUBSTITUTE, Answer::Chosen(item)) => self.substitute(item, ctx),
            (SET_CARD, Answer::Text(code)) => self.set_card(code),
            (letter::ORDER, Answer::Chosen(order)) => self.show_on(order),
            (token @ (LINES | WHOLE), Answer::Chosen(reason)) => self.give_up(token, reason, ctx),
            (token, Answer::Chosen(reference)) => {
                let Some((cell, field)) = place_of(token) else { return };
                if let Some(editor) = self.editor_mut() {
                    editor.put(cell, field, Value::Ref(reference));
                }
            }
            _ => {}
        }
    }

    /// The base it works on.
    pub fn base(&self) -> &Rc<crate::ui::app::base::Base> {
        &self.base
    }
}
