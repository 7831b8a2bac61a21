//! The cashier's screen: one line that is typed and scanned into, the receipt, what is to be paid, and the keys.
//!
//! - [`cart`]: the receipt in hand; `beside`: drawer, display, scales.
//! - [`keys`]: what can be done and by which key.
//! - `modes`: what the line asks for at the moment.
//! - `flow`: what is typed, and what follows; `deeds`: what is written into the base; `shift`, `back`, `special`: the
//!   shift, returns, advances and corrections.
//! - `paint`: the screen, drawn by hand, to be read from a metre.

mod asked;
mod back;
mod beside;
pub mod cart;
mod deeds;
mod flow;
pub mod keys;
mod modes;
mod paint;
mod shift;
mod special;

use crate::domain::retail::till::Till;
use crate::kernel::money::Money;
use crate::kernel::object::Uid;
use crate::kernel::problems::Outcome;
use crate::kernel::refs::{AnyRef, Ref};
use crate::ops::scanned::Scanned;
use crate::ops::till::find::{self, Desk, OWN};
use crate::ops::till::queue::Queue;
use crate::text;
use crate::ui::app::base::{Base, Ticket};
use crate::ui::app::devices::Devices;
use crate::ui::commands::{Command, Facts};
use crate::ui::icons::Icon;
use crate::ui::shell::page::{Page, PageContext};
use crate::ui::theme::Role;
use cart::Cart;
use egui::{Event, Id, Key, Ui};
use modes::{Mode, Told};
use std::collections::BTreeMap;
use std::rc::Rc;

/// The code the screen is opened by.
pub const CODE: &str = "work:till";

/// What comes later: asked every frame, gives what is to be done with the answer.
type Later = Box<dyn FnMut() -> Option<Box<dyn FnOnce(&mut TillPage)>>>;

/// The screen.
pub struct TillPage {
    base: Rc<Base>,
    papers: Queue,
    /// The devices of the workstation; none in a window without them.
    devices: Option<Rc<Devices>>,
    /// What the buyer's display shows.
    shown_lines: Option<(String, String)>,
    /// The last sale and its change, until the next one is begun.
    paid: Option<(Money, Money)>,
    desk: Desk,
    mode: Mode,
    cart: Cart,
    /// Receipts whose sale was refused while the next one was in hand.
    failed: Vec<Cart>,
    typed: String,
    /// How many of the next thing.
    times: String,
    said: (Role, String),
    /// What was made last: the change stands until the next scan.
    change: Option<Told>,
    /// What is waited for; `true` where it is done in its turn only.
    later: Vec<(bool, Later)>,
    /// Questions about codes on their way: an action waits for them.
    finding: usize,
    /// What is to be done when they have come.
    then: Option<&'static str>,
    /// What was typed after that: it is done when the action is.
    early: Vec<Event>,
    commands: Vec<Command>,
    keys: BTreeMap<&'static str, Key>,
    /// The keys were read from what the user has kept, and the till he works at.
    read: bool,
    keep: Vec<(&'static str, String)>,
    last_sold: AnyRef,
    locking: bool,
}

impl TillPage {
    /// Over a base; `papers` is the queue of the workstation, `devices` are what it has.
    pub fn new(base: &Rc<Base>, papers: Queue, devices: Option<Rc<Devices>>) -> Self {
        let keys = keys::read("");
        Self {
            base: Rc::clone(base),
            papers,
            devices,
            shown_lines: None,
            paid: None,
            desk: Desk::default(),
            mode: Mode::Waiting,
            cart: Cart::new(Uid::default()),
            failed: Vec::new(),
            typed: String::new(),
            times: String::new(),
            said: (Role::Text, String::new()),
            change: None,
            later: Vec::new(),
            finding: 0,
            then: None,
            early: Vec::new(),
            commands: keys::commands(&keys),
            keys,
            read: false,
            keep: Vec::new(),
            last_sold: AnyRef::EMPTY,
            locking: false,
        }
    }

    fn id() -> Id {
        Id::unique("work till")
    }

    /// Does something with an answer when it has come.
    fn wait<T: 'static>(&mut self, ticket: Ticket<T>, then: impl FnOnce(&mut Self, Outcome<T>) + 'static) {
        self.later.push((false, Self::later(ticket, then)));
    }

    /// The same for what was scanned: whichever answer comes first, the lines stand in the order of the scans.
    fn wait_in_turn<T: 'static>(&mut self, ticket: Ticket<T>, then: impl FnOnce(&mut Self, Outcome<T>) + 'static) {
        self.later.push((true, Self::later(ticket, then)));
    }

    fn later<T: 'static>(ticket: Ticket<T>, then: impl FnOnce(&mut Self, Outcome<T>) + 'static) -> Later {
        let mut then = Some(then);
        Box::new(move || {
            let answer = ticket.poll()?;
            let then = then.take()?;
            Some(Box::new(move |page: &mut Self| then(page, answer)))
        })
    }

    fn receive(&mut self) {
        let mut waiting = Vec::new();
        let mut come = Vec::new();
        let mut held = false;
        for (in_turn, mut later) in std::mem::take(&mut self.later) {
            match if in_turn && held { None } else { later() } {
                Some(done) => come.push(done),
                None => {
                    held |= in_turn;
                    waiting.push((in_turn, later));
                }
            }
        }
        self.later = waiting;
        for done in come {
            done(self);
        }
        if self.finding == 0
            && let Some(code) = self.then.take()
        {
            self.act(code);
        }
        if self.cart.is_empty()
            && matches!(self.mode, Mode::Sale)
            && let Some(failed) = self.failed.pop()
        {
            self.cart = failed;
        }
    }

    fn say(&mut self, role: Role, text: impl Into<String>) {
        self.said = (role, text.into());
    }

    fn fail(&mut self, sentence: String) {
        self.say(Role::Danger, sentence);
    }

    /// Reads how the till stands.
    fn look(&mut self, till: Ref<Till>) {
        let ticket = self.base.read(move |session| find::desk(session, till));
        self.wait(ticket, move |page, answer| match answer {
            Ok(desk) => {
                let (open, was) = (desk.shift.is_some(), page.desk.shift.is_some());
                page.papers.serve(till);
                // The page was closed since, or somebody else has sold: what was sold here last stays the last one.
                if page.last_sold.is_empty() {
                    page.last_sold = desk.last;
                }
                page.desk = desk;
                if matches!(page.mode, Mode::Waiting | Mode::Closed) || open != was {
                    page.mode = if open { Mode::Sale } else { Mode::Closed };
                }
            }
            Err(error) => page.fail(error.sentence()),
        });
    }

    /// Finds the till this user works at, or asks.
    fn begin(&mut self, own: Option<i64>) {
        let ticket = self.base.read(find::tills);
        self.wait(ticket, move |page, answer| match answer {
            Ok(tills) => {
                let known = tills.iter().find(|(till, _)| Some(till.id()) == own);
                match (known, tills.as_slice()) {
                    (Some((till, _)), _) | (None, [(till, _)]) => page.look(*till),
                    (None, []) => page.fail(text!("till-none").show()),
                    (None, _) => page.choose_till(tills),
                }
            }
            Err(error) => page.fail(error.sentence()),
        });
        self.fresh();
    }

    /// A new receipt in hand.
    fn fresh(&mut self) {
        self.cart = Cart::new(self.base.clock().unique());
    }

    /// Keys that are typed: letters into the line, Enter, arrows.
    fn listen(&mut self, ui: &Ui) {
        let events = ui.input_mut(|input| {
            let own = |event: &Event| match event {
                Event::Text(_) | Event::Paste(_) => true,
                Event::Key { key, pressed: true, modifiers, .. } => {
                    !modifiers.ctrl
                        && !modifiers.alt
                        && (keys::may_be(*key)
                            || [Key::Enter, Key::Escape, Key::Backspace, Key::ArrowUp, Key::ArrowDown].contains(key))
                }
                _ => false,
            };
            let (mine, others) = std::mem::take(&mut input.events).into_iter().partition(own);
            input.events = others;
            let mine: Vec<Event> = mine;
            mine
        });
        self.early.extend(events);
        // What is typed behind an action that still waits for its goods belongs to the action.
        while self.then.is_none() && !self.early.is_empty() {
            match self.early.remove(0) {
                Event::Text(text) | Event::Paste(text) => self.letters(&text),
                Event::Key { key, .. } => self.key(key),
                _ => {}
            }
        }
    }
}

impl Page for TillPage {
    fn key(&self) -> String {
        CODE.to_owned()
    }
    fn title(&self) -> String {
        text!("till-title").show()
    }
    fn icon(&self) -> Option<Icon> {
        Some(Icon::ShoppingCart)
    }
    fn modified(&self) -> bool {
        !self.cart.is_empty()
    }
    fn commands(&self) -> &[Command] {
        &self.commands
    }
    fn facts(&self) -> Facts {
        Facts::EDITING
    }
    fn hint(&self) -> String {
        text!("till-hint").show()
    }
    fn reopen(&self) -> Option<String> {
        Some(CODE.to_owned())
    }

    fn ui(&mut self, ui: &mut Ui, ctx: &mut PageContext<'_>) {
        if !std::mem::replace(&mut self.read, true) {
            self.keys = keys::read(&ctx.host.kept(keys::SETTING).unwrap_or_default());
            self.commands = keys::commands(&self.keys);
            self.begin(ctx.host.kept(OWN).and_then(|id| id.parse().ok()));
        }
        self.receive();
        self.screen(ui);
        self.show_customer();
        for (name, value) in std::mem::take(&mut self.keep) {
            ctx.host.keep(name, value);
        }
        if std::mem::take(&mut self.locking) {
            ctx.run("lock");
        }
    }

    fn command(&mut self, code: &str, _ctx: &mut PageContext<'_>) {
        let known = keys::every().find(|known| *known == code);
        if let Some(code) = known {
            self.act(code);
        }
    }

    fn scan(&mut self, scanned: &Scanned, _ctx: &mut PageContext<'_>) -> bool {
        self.scan_code(scanned)
    }

    fn changed(&mut self, objects: &[AnyRef]) {
        use crate::domain::retail::shift::TillShift;
        use crate::kernel::object::Declared as _;
        let touched = objects.is_empty() || objects.iter().any(|object| object.is_of(TillShift::declared()));
        if touched && !self.desk.till.is_empty() {
            self.look(self.desk.till);
        }
        // The registrar's own totals come after the shift was closed.
        if let Mode::Report(shift, ..) = &self.mode
            && objects.contains(shift)
        {
            self.totals_of(*shift);
        }
    }
}
