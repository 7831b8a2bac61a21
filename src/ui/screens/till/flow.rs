//! What is typed and which keys are pressed, and what follows.

use super::modes::{Choice, Mode, Of, Prompt};
use super::{TillPage, keys};
use crate::domain::retail::till::Till;
use crate::kernel::money::{Money, Percent, Qty};
use crate::kernel::problems::Outcome;
use crate::kernel::refs::Ref;
use crate::kernel::text::Text;
use crate::ops::gate::Session;
use crate::ops::scanned::Scanned;
use crate::ops::sign_in;
use crate::ops::till::find::{self, Found, OWN, Offer};
use crate::text;
use crate::ui::theme::Role;
use egui::{Event, Key, Modifiers};

/// Letters the line takes: a marking code has about ninety.
const TYPED_MAX: usize = 300;

impl TillPage {
    /// Letters that were typed or scanned.
    pub(super) fn letters(&mut self, text: &str) {
        for letter in text.chars() {
            match (&self.mode, letter) {
                (Mode::Ask(Prompt::Key(_)), _) => {}
                // «3*» before a code, or a star over the current line.
                (Mode::Sale, '*') => self.star(),
                (_, letter) if letter.is_control() && letter != '\u{1d}' => {}
                (_, letter) if self.typed.chars().count() < TYPED_MAX => self.typed.push(letter),
                _ => {}
            }
        }
    }

    fn star(&mut self) {
        let typed = std::mem::take(&mut self.typed);
        if typed.is_empty() {
            self.act("till-act-qty");
        } else {
            self.times = typed;
        }
    }

    /// Enter, Esc, arrows and the like.
    pub(super) fn key(&mut self, key: Key) {
        if let Mode::Ask(Prompt::Key(code)) = self.mode {
            if key == Key::Escape {
                self.mode = self.usual();
            } else if keys::may_be(key) {
                self.mode = self.usual();
                if !keys::change(&mut self.keys, code, key) {
                    return self.fail(text!("till-key-taken", key = key.name()).show());
                }
                self.commands = keys::commands(&self.keys);
                self.keep.push((keys::SETTING, keys::written(&self.keys)));
                self.say(Role::Good, text!("till-key-changed", key = key.name()).show());
            }
            return;
        }
        match key {
            Key::Enter => self.enter(),
            Key::Escape => self.escape(),
            Key::Backspace => {
                if self.typed.pop().is_none() {
                    self.times.clear();
                }
            }
            Key::ArrowUp | Key::ArrowDown => self.go(key == Key::ArrowDown),
            other => {
                let known = self.keys.iter().find(|(_, its)| **its == other).map(|(code, _)| *code);
                if let Some(code) = known {
                    self.act(code);
                }
            }
        }
    }

    /// What is usual while nothing is asked for.
    pub(super) fn usual(&self) -> Mode {
        if self.desk.shift.is_some() { Mode::Sale } else { Mode::Closed }
    }

    fn escape(&mut self) {
        self.said.1.clear();
        if !self.typed.is_empty() || !self.times.is_empty() {
            self.typed.clear();
            self.times.clear();
            return;
        }
        if matches!(self.mode, Mode::Pay) {
            (self.cart.receipt.paid_card, self.cart.receipt.paid_advance) = (Money::ZERO, Money::ZERO);
            self.cart.count();
        }
        if !matches!(self.mode, Mode::Waiting) {
            self.mode = self.usual();
        }
    }

    fn go(&mut self, down: bool) {
        match &mut self.mode {
            Mode::Choose(choice) => {
                let last = choice.items.len().saturating_sub(1);
                choice.at = if down { (choice.at + 1).min(last) } else { choice.at.saturating_sub(1) };
            }
            Mode::Back(coming) => {
                let last = coming.names.len().saturating_sub(1);
                coming.current = if down { (coming.current + 1).min(last) } else { coming.current.saturating_sub(1) };
            }
            _ => self.cart.go(down),
        }
    }

    fn enter(&mut self) {
        match &self.mode {
            Mode::Waiting => {}
            Mode::Closed => self.open_shift(),
            Mode::Report(..) => self.mode = self.usual(),
            Mode::Sale => self.scanned(),
            Mode::Pay => self.pay_typed(),
            Mode::Choose(_) => self.chosen(),
            Mode::Ask(prompt) => {
                let prompt = *prompt;
                self.answered(prompt);
            }
            Mode::Back(_) => self.back_qty(),
            Mode::Special(_) => self.special_enter(),
        }
    }

    /// A code or words stand in the line: what is it?
    fn scanned(&mut self) {
        let code = std::mem::take(&mut self.typed);
        let (till, asked) = (self.desk.till, code.clone());
        self.look_up(code, move |session| find::find(session, till, &asked));
    }

    /// A scanner has sent a code; what is half typed stays. True when it was taken.
    pub(super) fn scan_code(&mut self, scanned: &Scanned) -> bool {
        let code = scanned.scan.text();
        match self.mode {
            Mode::Waiting | Mode::Closed => return false,
            Mode::Ask(
                Prompt::Price
                | Prompt::Buyer
                | Prompt::Receipt
                | Prompt::Order
                | Prompt::AdvanceFor(_)
                | Prompt::Corrected,
            ) => {
                self.typed = code;
                self.enter();
            }
            Mode::Ask(Prompt::Password(_)) | Mode::Choose(Choice { of: Of::Users(_), .. }) => self.permit_by_card(code),
            // A receipt that is being paid is not added to by chance, and nothing else is a code.
            Mode::Pay | Mode::Ask(_) | Mode::Back(_) | Mode::Special(_) => {
                self.fail(text!("till-scan-later").show());
            }
            Mode::Sale | Mode::Choose(_) | Mode::Report(..) => {
                self.mode = Mode::Sale;
                let (till, scanned) = (self.desk.till, scanned.clone());
                self.look_up(code, move |session| find::meant(session, till, &scanned));
            }
        }
        true
    }

    /// What is it? It comes into the receipt, as many times as was asked for.
    fn look_up(&mut self, code: String, find: impl FnOnce(&Session) -> Outcome<Found> + Send + 'static) {
        let times = std::mem::take(&mut self.times);
        let times = if times.is_empty() { Ok(Qty::whole(1)) } else { Qty::parse(&times) };
        let Ok(times) = times.map_err(|_| ()) else {
            return self.fail(text!("till-not-a-number").show());
        };
        if code.trim().is_empty() {
            return;
        }
        self.change = None;
        self.paid = None;
        self.said.1.clear();
        self.finding += 1;
        let ticket = self.base.read(find);
        self.wait_in_turn(ticket, move |page, answer| {
            page.finding = page.finding.saturating_sub(1);
            match answer {
                Ok(Found::Item(offer)) => page.add(&offer, times),
                Ok(Found::Items(offers)) => page.choose_offer(offers),
                Ok(Found::Card(card)) => {
                    page.cart.take_card(&card);
                    let discount = card.discount.short();
                    page.say(Role::Good, text!("till-card-taken", name = card.name, discount = discount).show());
                    page.read_advance();
                }
                Ok(Found::Nothing) => page.fail(text!("till-unknown", code = code).show()),
                Err(error) => page.fail(error.sentence()),
            }
        });
    }

    /// Goods come into the receipt; without a price they are not sold.
    fn add(&mut self, offer: &Offer, times: Qty) {
        if offer.price.is_zero() {
            return self.fail(text!("till-no-price", item = offer.name.clone()).show());
        }
        self.cart.add(offer, times);
        let own = self.cart.receipt.goods.iter().filter(|line| line.item == offer.item);
        let wanted: Qty = own.map(|line| line.qty).sum();
        if offer.goods && wanted > offer.free && self.cart.receipt.order.is_empty() {
            let text = text!("till-lacks", item = offer.name.clone(), free = offer.free.short());
            self.say(Role::Warning, text.show());
        }
    }

    pub(super) fn choose(&mut self, title: &Text, items: Vec<(String, String)>, of: Of) {
        self.mode = Mode::Choose(Choice { title: title.show(), items, at: 0, of });
    }

    fn choose_offer(&mut self, offers: Vec<Offer>) {
        let detail = |offer: &Offer| {
            let price = offer.price.money().grouped();
            text!("till-offer", price = price, free = offer.free.short(), unit = offer.unit.clone()).show()
        };
        let items = offers.iter().map(|offer| (offer.name.clone(), detail(offer))).collect();
        self.choose(&text!("till-choose-item"), items, Of::Offers(offers));
    }

    pub(super) fn choose_till(&mut self, tills: Vec<(Ref<Till>, String)>) {
        let items = tills.iter().map(|(_, name)| (name.clone(), String::new())).collect();
        self.choose(&text!("till-choose-till"), items, Of::Tills(tills.into_iter().map(|(till, _)| till).collect()));
    }

    fn chosen(&mut self) {
        let typed = std::mem::take(&mut self.typed);
        let usual = self.usual();
        let Mode::Choose(choice) = std::mem::replace(&mut self.mode, usual) else { return };
        // A scanner that acts as a keyboard has typed a card.
        if matches!(choice.of, Of::Users(_)) && typed.trim().chars().count() >= sign_in::SHORTEST_CARD {
            return self.permit_by_card(typed);
        }
        // The number of a line chooses it too.
        let at = typed.parse::<usize>().ok().and_then(|number| number.checked_sub(1)).unwrap_or(choice.at);
        match choice.of {
            Of::Tills(tills) => {
                if let Some(till) = tills.get(at) {
                    self.keep.push((OWN, till.id().to_string()));
                    self.look(*till);
                }
            }
            Of::Offers(offers) => {
                if let Some(offer) = offers.get(at) {
                    self.add(offer, Qty::whole(1));
                }
            }
            Of::Held(held) => {
                if let Some(held) = held.get(at) {
                    self.resume(*held);
                }
            }
            Of::Buyers(buyers) => {
                if let Some((buyer, name)) = buyers.get(at) {
                    self.cart.take_buyer(*buyer, name.clone());
                    self.read_advance();
                }
            }
            Of::More(codes) => {
                if let Some(code) = codes.get(at) {
                    self.act(code);
                }
            }
            Of::Users(users) => {
                if let Some(user) = users.get(at) {
                    self.mode = Mode::Ask(Prompt::Password(*user));
                }
            }
            Of::Corrections(found) => self.correct(at, *found),
            Of::Keys(codes) => {
                if let Some(code) = codes.get(at) {
                    self.mode = Mode::Ask(Prompt::Key(code));
                }
            }
        }
    }

    /// What was asked for is typed.
    fn answered(&mut self, prompt: Prompt) {
        let typed = std::mem::take(&mut self.typed);
        let typed = typed.trim().to_owned();
        self.mode = self.usual();
        let bad = || text!("till-not-a-number").show();
        match prompt {
            Prompt::Qty => match Qty::parse(&typed) {
                Ok(qty) => self.cart.set_qty(qty),
                Err(_) => self.fail(bad()),
            },
            Prompt::Discount => match Percent::parse(typed.trim_end_matches('%')) {
                Ok(discount) if discount >= Percent::ZERO && discount <= Percent::whole(100) => {
                    self.cart.set_discount(discount);
                }
                _ => self.fail(text!("discount-range").show()),
            },
            Prompt::Price => self.tell_price(typed),
            Prompt::Buyer => self.find_buyer(typed),
            Prompt::Receipt => self.find_receipt(typed),
            Prompt::Order => self.find_order(typed),
            Prompt::AdvanceFor(operation) => self.find_advance(operation, typed),
            Prompt::Corrected => self.find_corrected(typed),
            Prompt::PutIn | Prompt::TakeOut => match Money::parse(&typed) {
                Ok(amount) => self.move_cash(prompt == Prompt::PutIn, amount),
                Err(_) => self.fail(bad()),
            },
            Prompt::Advance => match Money::parse(&typed) {
                Ok(amount) => {
                    self.cart.receipt.paid_advance = amount.positive().min(self.cart.receipt.amount);
                    self.cart.count();
                    self.mode = Mode::Pay;
                }
                Err(_) => self.fail(bad()),
            },
            Prompt::Count => match Money::parse(&typed) {
                Ok(counted) => self.close_shift(counted),
                Err(_) => self.fail(bad()),
            },
            Prompt::Password(user) => self.permit(user, typed),
            Prompt::Key(_) => {}
        }
    }

    /// One of the actions, by its key, from the list or by the palette.
    pub(super) fn act(&mut self, code: &'static str) {
        // What was scanned before the key is part of what the key is for.
        if self.finding > 0 {
            match (self.then, self.keys.get(code)) {
                (None, _) => self.then = Some(code),
                (Some(_), Some(key)) => self.early.push(Event::Key {
                    key: *key,
                    physical_key: None,
                    pressed: true,
                    repeat: false,
                    modifiers: Modifiers::NONE,
                }),
                _ => {}
            }
            return;
        }
        if let (Mode::Back(_), true) = (&self.mode, ["till-act-cash", "till-act-card"].contains(&code)) {
            return self.take_back();
        }
        if let (Mode::Special(_), "till-act-cash" | "till-act-card") = (&self.mode, code) {
            return self.special_paid(code == "till-act-card");
        }
        if let (Mode::Back(_), "till-act-remove") = (&self.mode, code) {
            return self.back_remove();
        }
        let needs_shift =
            !["till-act-more", "till-act-totals", "till-act-keys", "till-act-again", "till-act-lock"].contains(&code);
        if needs_shift && self.desk.shift.is_none() {
            return self.fail(text!("till-mode-closed").show());
        }
        let lines = !self.cart.is_empty();
        match code {
            "till-act-qty" if lines => self.ask(Prompt::Qty),
            "till-act-discount" if lines => self.ask(Prompt::Discount),
            "till-act-price" => self.ask(Prompt::Price),
            "till-act-buyer" => self.ask(Prompt::Buyer),
            "till-act-hold" if lines => self.hold(),
            "till-act-resume" => self.choose_held(),
            "till-act-weigh" if lines => self.weigh(),
            "till-act-drawer" => self.open_drawer(),
            "till-act-remove" if lines => self.cart.remove(),
            "till-act-none" => self.asked_none(),
            "till-act-back" => self.ask(Prompt::Receipt),
            "till-act-more" => self.choose_more(),
            "till-act-card" | "till-act-cash" => self.pay(code),
            "till-act-order" => self.ask(Prompt::Order),
            "till-act-cash-in" => self.ask(Prompt::PutIn),
            "till-act-cash-out" => self.ask(Prompt::TakeOut),
            "till-act-advance" if lines => self.ask(Prompt::Advance),
            "till-act-correct" if lines && self.typed.trim().is_empty() => self.correct_goods(),
            "till-act-take-advance" | "till-act-give-advance" | "till-act-correct" => self.ask_special(code),
            "till-act-copy" => self.copy(),
            "till-act-totals" => self.show_totals(),
            "till-act-permit" => self.choose_supervisor(),
            "till-act-again" => self.print_again(),
            "till-act-keys" => {
                let codes: Vec<&'static str> = keys::every().collect();
                let items = self.keyed(&codes);
                self.choose(&text!("till-choose-key"), items, Of::Keys(codes));
            }
            "till-act-lock" => self.locking = true,
            "till-act-close" if lines => self.fail(text!("till-finish-first").show()),
            "till-act-close" => self.ask(Prompt::Count),
            _ => {}
        }
    }

    pub(super) fn ask(&mut self, prompt: Prompt) {
        self.said.1.clear();
        self.change = None;
        self.mode = Mode::Ask(prompt);
        // «12,5» and then the key of the discount means that discount.
        if !self.typed.trim().is_empty() {
            self.answered(prompt);
        }
    }

    /// Actions with their words and keys.
    fn keyed(&self, codes: &[&'static str]) -> Vec<(String, String)> {
        let shown = |code: &&'static str| {
            let key = self.keys.get(code).map(|key| crate::ui::commands::Chord::plain(*key).show());
            (keys::words(code), key.unwrap_or_default())
        };
        codes.iter().map(shown).collect()
    }

    fn choose_more(&mut self) {
        let codes = keys::MORE.to_vec();
        let items = self.keyed(&codes);
        self.choose(&text!("till-choose-more"), items, Of::More(codes));
    }

    /// F12 and F11: cash and card. A number before the key is what was given, or what of it is paid by card.
    fn pay(&mut self, code: &'static str) {
        if !matches!(self.mode, Mode::Sale | Mode::Pay) || self.cart.is_empty() {
            return;
        }
        let typed = std::mem::take(&mut self.typed);
        let given = if typed.trim().is_empty() { None } else { Some(Money::parse(typed.trim())) };
        if matches!(given, Some(Err(_))) {
            return self.fail(text!("till-not-a-number").show());
        }
        let given = given.and_then(Result::ok);
        let rest = self.cart.rest();
        if code == "till-act-card" {
            let card = given.unwrap_or(rest);
            if card > rest {
                return self.fail(text!("till-card-above", rest = rest.grouped()).show());
            }
            self.cart.receipt.paid_card += card;
            self.cart.count();
            if self.cart.rest().is_zero() {
                return self.sell(Money::ZERO);
            }
            self.mode = Mode::Pay;
            return;
        }
        match given {
            Some(given) => self.tender(given),
            None if matches!(self.mode, Mode::Pay) => self.sell(Money::ZERO),
            None => self.mode = Mode::Pay,
        }
    }

    /// Enter while cash is taken: the amount typed, or exactly what is to be paid.
    fn pay_typed(&mut self) {
        let typed = std::mem::take(&mut self.typed);
        if typed.trim().is_empty() {
            return self.sell(Money::ZERO);
        }
        match Money::parse(typed.trim()) {
            Ok(given) => self.tender(given),
            Err(_) => self.fail(text!("till-not-a-number").show()),
        }
    }

    fn tender(&mut self, given: Money) {
        let rest = self.cart.rest();
        if given < rest {
            self.mode = Mode::Pay;
            return self.fail(text!("till-paid-less", missing = (rest - given).grouped()).show());
        }
        self.sell(given);
    }
}
