//! Scans on their way: from the devices and the keyboard to their meaning in the base, to the page in front, and
//! what is done with those no page takes.

use super::base::{Base, Ticket};
use super::devices::Devices;
use super::devices::wedge::WedgePlugin;
use crate::domain::stock::item::Item;
use crate::kernel::behaviour::Choices;
use crate::kernel::object::Declared as _;
use crate::kernel::refs::AnyRef;
use crate::kernel::text::Text;
use crate::ops::gate::Op;
use crate::ops::scanned::{Meaning, Scanned, bind, scanned};
use crate::text;
use crate::ui::shell::dialog::{Answer, Choice, Dialog};
use crate::ui::shell::page::{Open, Request, Toast};
use crate::ui::theme::Role;
use egui::Context;
use std::collections::VecDeque;

/// The question whether an unknown code is to be bound.
const ASK: &str = "scan:ask";
/// The item it is to be bound to.
const ITEM: &str = "scan:item";

/// Scans on their way.
#[derive(Default)]
pub struct Scans {
    /// In the order they came.
    waiting: VecDeque<Ticket<Scanned>>,
    /// The code that is asked about.
    asked: Option<String>,
    binding: Option<(String, Ticket<String>)>,
    plugged: bool,
}

fn toast(text: Text, role: Role) -> Request {
    Request::Toast(Toast { text: text.into(), role, opens: None })
}

impl Scans {
    /// Takes scans and looks what they mean, one after the other.
    ///
    /// Behind a locked window a scan is nobody's.
    pub fn tick(&mut self, ctx: &Context, devices: &Devices, base: &Base, locked: bool, requests: &mut Vec<Request>) {
        if !self.plugged {
            self.plugged = true;
            ctx.add_plugin(WedgePlugin::default());
        }
        WedgePlugin::serve(ctx, devices);
        for event in devices.events().into_iter().filter(|_| !locked) {
            self.waiting.push_back(base.read(move |session| scanned(session, &event.scan)));
        }
        while let Some(answer) = self.waiting.front().and_then(Ticket::poll) {
            self.waiting.pop_front();
            requests.push(match answer {
                Ok(scanned) => Request::Scan(Box::new(scanned)),
                Err(error) => Request::Toast(Toast { text: error.sentence().into(), role: Role::Danger, opens: None }),
            });
        }
        let bound = self.binding.as_ref().and_then(|(_, ticket)| ticket.poll());
        if let Some((answer, (code, _))) = bound.and_then(|answer| Some((answer, self.binding.take()?))) {
            requests.push(match answer {
                Ok(item) => toast(text!("scan-bound", code = code, item = item), Role::Good),
                Err(error) => Request::Toast(Toast { text: error.sentence().into(), role: Role::Danger, opens: None }),
            });
        }
    }

    /// What no page has taken is opened; an unknown code may be bound to an item.
    pub fn untaken(&mut self, scanned: &Scanned, covered: bool, requests: &mut Vec<Request>) {
        let code = scanned.scan.text();
        if covered {
            return requests.push(toast(text!("scan-dialog", code = code), Role::Warning));
        }
        match &scanned.meaning {
            Meaning::Goods(goods) => requests.push(Request::Open(Open::Object(goods.item.any()))),
            Meaning::Object(reference) => requests.push(Request::Open(Open::Object(*reference))),
            Meaning::Many(_) => requests.push(toast(text!("scan-many", code = code), Role::Warning)),
            Meaning::Doubtful => requests.push(toast(text!("scan-unknown-doubt", code = code), Role::Warning)),
            Meaning::Unknown(kept) => {
                let choices =
                    vec![Choice::new("bind", text!("scan-bind")), Choice::new("cancel", text!("dialog-cancel"))];
                let (title, text) = (text!("scan-unknown-title").into(), text!("scan-unknown", code = kept).into());
                self.asked = Some(kept.clone());
                requests.push(Request::Ask(Dialog::Question { title, text, choices }, ASK.to_owned()));
            }
        }
    }

    /// The answers to both questions.
    pub fn answer(&mut self, base: &Base, token: &str, answer: Answer, requests: &mut Vec<Request>) {
        match (token, answer) {
            (ASK, Answer::Button(code)) if code == "bind" => {
                let choose = Open::Choose(Some(Item::declared()), AnyRef::EMPTY, Choices::default());
                requests.push(Request::Pick(choose, ITEM.to_owned()));
            }
            (ITEM, Answer::Chosen(item)) => {
                if let Some(code) = self.asked.take() {
                    let kept = code.clone();
                    let ticket = base.write(Op::Save, move |tx| bind(tx, item, &kept));
                    self.binding = Some((code, ticket));
                }
            }
            _ => self.asked = None,
        }
    }
}
