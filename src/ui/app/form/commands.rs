//! The command table of a form: what it offers, by kind.

use super::cancelling::{LINES, SUBSTITUTE, WHOLE};
use crate::kernel::meta::{Kind, ObjectMeta};
use crate::ops::printing::{PrintForm, forms_of};
use crate::ops::start::based_on;
use crate::text;
use crate::ui::commands::{Chord, Command, Facts, keys, standard};
use crate::ui::icons::Icon;
use crate::ui::widgets::menu::MenuItem;
use egui::Key;

/// The object is marked for deletion.
pub const MARKED: Facts = Facts::own(0);
/// The document may not be changed: its period is closed.
pub const LOCKED: Facts = Facts::own(1);
/// A customer order with something left to ship.
pub const SHIPS: Facts = Facts::own(2);
/// A customer order with something left to pay.
pub const PAYS: Facts = Facts::own(3);
/// A customer order that lacks goods.
pub const LACKS: Facts = Facts::own(4);
/// A customer order that was marked by the exchange.
pub const NEEDS_LOOK: Facts = Facts::own(5);
/// A customer order that has a next step.
pub const NEXT: Facts = Facts::own(6);
/// A customer order that may be closed.
pub const CLOSES: Facts = Facts::own(7);

/// A customer order that waits for approval.
pub const UNAGREED: Facts = Facts::own(8);

/// Makes another kind on the basis of this object: the code of the command.
pub const BASED: &str = "based:";

/// Shows a printed form of this document: the code of the command.
pub const PRINT: &str = "print:";

/// Gives a user the card by which he permits at a till.
pub const SET_CARD: &str = "set-card";

/// A copy of a till's receipt.
pub const TILL_COPY: &str = "till-copy";

/// The next step of an order.
pub const NEXT_KEY: Chord = Chord::alt(Key::Enter);

fn standards(codes: &[&str]) -> Vec<Command> {
    codes.iter().filter_map(|code| standard::by_code(code)).cloned().collect()
}

/// All commands of the form of a kind.
pub fn commands(meta: &'static ObjectMeta) -> Vec<Command> {
    let mut all = match meta.kind {
        Kind::Document => standards(&["post-and-close", "save", "post", "unpost", "reread"]),
        Kind::Catalog => standards(&["save-and-close", "save", "reread"]),
    };
    all.push(
        Command::new("mark-object", text!("cmd-mark"))
            .hint(text!("form-mark-hint"))
            .icon(Icon::X)
            .needs(Facts::SAVED)
            .refuses(MARKED.and(LOCKED).and(Facts::CHANGED)),
    );
    all.push(
        Command::new("unmark-object", text!("form-unmark"))
            .icon(Icon::ArrowUUpLeft)
            .needs(Facts::SAVED.and(MARKED))
            .refuses(LOCKED),
    );
    all.push(
        Command::new("copy-object", text!("cmd-copy"))
            .hint(text!("cmd-copy-hint"))
            .icon(Icon::Copy)
            .needs(Facts::SAVED),
    );
    all.push(
        Command::new("history", text!("form-history"))
            .hint(text!("form-history-hint"))
            .key(Chord::ctrl(Key::H))
            .icon(Icon::ClockCounterClockwise)
            .needs(Facts::SAVED),
    );
    if meta.kind == Kind::Document {
        all.extend(of_documents());
        all.extend(bases(meta));
        all.extend(prints(meta));
    }
    if ["till_receipt", "till_return", "till_advance", "till_correction"].contains(&meta.code) {
        let copy = Command::new(TILL_COPY, text!("jobs-copy")).hint(text!("jobs-copy-hint")).icon(Icon::Printer);
        all.push(copy.key(keys::PRINT).needs(Facts::SAVED.and(Facts::POSTED)));
    }
    if meta.code == "customer_order" {
        all.extend(of_orders());
    }
    all.extend(super::letter::commands(meta));
    if meta.code == "user" {
        let password = Command::new("set-password", text!("password-title")).hint(text!("password-hint"));
        all.push(password.icon(Icon::Key).needs(Facts::SAVED));
        let card = Command::new(SET_CARD, text!("card-title")).hint(text!("card-hint"));
        all.push(card.icon(Icon::Barcode).needs(Facts::SAVED));
    }
    all
}

fn of_documents() -> [Command; 2] {
    [
        Command::new("movements", text!("form-movements"))
            .hint(text!("form-movements-hint"))
            .key(Chord::ctrl_shift(Key::M))
            .icon(Icon::Books)
            .needs(Facts::SAVED),
        Command::new("related", text!("form-related"))
            .hint(text!("form-related-hint"))
            .key(Chord::ctrl_shift(Key::L))
            .icon(Icon::TreeStructure)
            .needs(Facts::SAVED),
    ]
}

/// «Создать на основании», as one command with a key and one for each kind.
fn bases(meta: &ObjectMeta) -> Vec<Command> {
    let kinds = based_on(meta.tag);
    if kinds.is_empty() {
        return Vec::new();
    }
    let one = |kind: &&'static ObjectMeta| {
        let label = text!("form-based-on", kind = kind.label());
        Command::new(format!("{BASED}{}", kind.code), label).needs(Facts::SAVED)
    };
    let mut all: Vec<Command> = kinds.iter().map(one).collect();
    all.push(
        Command::new("based", text!("form-based"))
            .hint(text!("form-based-hint"))
            .key(Chord::ctrl_shift(Key::B))
            .needs(Facts::SAVED),
    );
    all
}

/// «Печать», as one command with a key and one for each printed form.
fn prints(meta: &ObjectMeta) -> Vec<Command> {
    let forms = forms_of(meta.tag);
    if forms.is_empty() {
        return Vec::new();
    }
    let one = |form: &PrintForm| {
        let label = text!("form-print-of", form = form.title());
        Command::new(format!("{PRINT}{}", form.code), label).icon(Icon::Printer).needs(Facts::SAVED)
    };
    let mut all = standards(&["print"]);
    all.iter_mut().for_each(|command| command.needs = Facts::SAVED);
    all.extend(forms.iter().map(one));
    all
}

fn of_orders() -> Vec<Command> {
    let saved = Facts::SAVED;
    vec![
        Command::new("order-next", text!("order-next"))
            .hint(text!("order-next-hint"))
            .key(NEXT_KEY)
            .needs(saved.and(NEXT)),
        Command::new("order-ship", text!("order-ship")).hint(text!("order-ship-hint")).needs(saved.and(SHIPS)),
        Command::new("order-pay", text!("order-pay")).hint(text!("order-pay-hint")).needs(saved.and(PAYS)),
        Command::new("order-supply", text!("order-supply")).hint(text!("order-supply-hint")).needs(saved.and(LACKS)),
        Command::new("order-approve", text!("order-approve"))
            .hint(text!("order-approve-hint"))
            .needs(saved.and(UNAGREED)),
        Command::new("order-fill", text!("order-fill"))
            .hint(text!("order-fill-hint"))
            .key(Chord::ctrl_shift(Key::O))
            .needs(saved.and(Facts::POSTED)),
        Command::new("order-days", text!("order-days")).hint(text!("order-days-hint")).key(Chord::ctrl_shift(Key::D)),
        Command::new("order-allocation", text!("order-allocation"))
            .hint(text!("order-allocation-hint"))
            .needs(saved.and(Facts::POSTED)),
        Command::new("order-close", text!("order-close")).hint(text!("order-close-hint")).needs(saved.and(CLOSES)),
        Command::new(SUBSTITUTE, text!("order-substitute"))
            .hint(text!("order-substitute-hint"))
            .key(Chord::plain(Key::F7))
            .icon(Icon::List)
            .needs(Facts::EDITABLE),
        Command::new("order-twins", text!("order-twins"))
            .hint(text!("order-twins-hint"))
            .key(Chord::alt(Key::D))
            .needs(saved),
        Command::new(LINES, text!("order-cancel-lines"))
            .hint(text!("order-cancel-lines-hint"))
            .key(Chord::ctrl(Key::Delete))
            .needs(Facts::EDITABLE),
        Command::new(WHOLE, text!("order-cancel"))
            .hint(text!("order-cancel-hint"))
            .key(Chord::ctrl_shift(Key::Delete))
            .needs(saved.and(Facts::EDITABLE)),
        Command::new("order-why", text!("order-why")).hint(text!("order-why-hint")).needs(saved.and(Facts::POSTED)),
        Command::new("order-looked", text!("order-looked")).hint(text!("order-looked-hint")).needs(NEEDS_LOOK),
    ]
}

/// The menu of kinds that can be made on the basis of this one.
pub fn based_menu(meta: &ObjectMeta, facts: Facts) -> Vec<MenuItem> {
    let item = |kind: &&'static ObjectMeta| MenuItem {
        enabled: facts.has(Facts::SAVED),
        ..MenuItem::new(format!("{BASED}{}", kind.code), kind.label())
    };
    based_on(meta.tag).iter().map(item).collect()
}

/// The menu of printed forms.
pub fn print_menu(meta: &ObjectMeta, facts: Facts) -> Vec<MenuItem> {
    let item = |form: &PrintForm| MenuItem {
        enabled: facts.has(Facts::SAVED),
        ..MenuItem::new(format!("{PRINT}{}", form.code), form.title().show())
    };
    forms_of(meta.tag).iter().map(item).collect()
}

/// What stands under «Ещё», a `-` is a line.
pub const MORE: [&str; 26] = [
    "unpost",
    "reread",
    "-",
    "copy-object",
    "mark-object",
    "unmark-object",
    "-",
    "movements",
    "related",
    "history",
    "-",
    "order-why",
    SUBSTITUTE,
    "order-twins",
    LINES,
    WHOLE,
    "order-close",
    "order-looked",
    super::letter::OF_ORDER,
    super::letter::ORDER,
    super::letter::TRIAL,
    super::letter::PASSWORD,
    super::letter::FIELDS,
    "set-password",
    SET_CARD,
    TILL_COPY,
];

/// What is done by keys on a form, for the status bar.
pub fn hint(meta: &ObjectMeta) -> String {
    let main = keys::MAIN.show();
    let save = keys::SAVE.show();
    match (meta.kind, meta.tables.is_empty()) {
        (Kind::Document, false) => text!("form-hint-document", main = main, save = save, add = keys::CREATE.show()),
        (Kind::Document, true) => text!("form-hint-document-plain", main = main, save = save),
        (Kind::Catalog, _) => text!("form-hint-catalog", main = main, save = save),
    }
    .show()
}
