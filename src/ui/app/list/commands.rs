//! The commands of a list: what can be done here, as toolbars, menus and keys offer it.

use super::Way;
use super::ranking::PRIORITY;
use crate::domain::registry;
use crate::domain::sales::order_state::{NextAction, OrderState};
use crate::kernel::meta::{Kind, ObjectMeta};
use crate::kernel::text::Text;
use crate::ops::printing::forms_of;
use crate::text;
use crate::ui::commands::{Chord, Command, Facts, keys, standard};
use crate::ui::icons::Icon;
use crate::ui::widgets::menu::MenuItem;
use egui::Key;

/// The list shows content of folders.
pub const IN_FOLDERS: Facts = Facts::own(0);
/// The current order has a next step.
pub const NEXT: Facts = Facts::own(1);
/// The current row is no folder.
pub const ELEMENT: Facts = Facts::own(2);

/// The current row was refused.
pub const REFUSED: Facts = Facts::own(3);

/// The commands of a kind's list.
pub fn commands(meta: &'static ObjectMeta, way: Way, folders: bool) -> Vec<Command> {
    let mut codes = vec!["open", "find", "find-end", "find-more", "find-same", "list-settings", "copy-rows", "refresh"];
    if way == Way::Choose {
        codes.push("create");
    } else {
        codes.extend(["create", "copy", "mark", "delete"]);
    }
    if folders {
        codes.extend(["create-folder", "into-folder", "out-of-folder"]);
    }
    let mut all: Vec<Command> = codes.iter().filter_map(|code| standard::by_code(code).cloned()).collect();
    if way == Way::Choose {
        let hint = text!("list-choose-hint");
        all.push(Command::new("choose-row", text!("cmd-choose")).hint(hint).needs(Facts::ROW).icon(Icon::Check));
    }
    if !forms_of(meta.tag).is_empty() && way == Way::Show {
        all.extend(standard::by_code("print").cloned().map(|print| print.needs(Facts::ROW)));
    }
    if meta.kind == Kind::Document && way == Way::Show {
        let post = Command::new("post", text!("cmd-post")).hint(text!("list-post-hint"));
        let unpost = Command::new("unpost", text!("cmd-unpost")).hint(text!("cmd-unpost-hint"));
        all.push(post.key(Chord::ctrl_shift(Key::Enter)).needs(Facts::ROW).icon(Icon::CheckSquare));
        all.push(unpost.key(Chord::ctrl_shift(Key::U)).needs(Facts::ROW));
    }
    if folders {
        let hierarchy = Command::new("hierarchy", text!("list-hierarchy")).hint(text!("list-hierarchy-hint"));
        all.push(hierarchy.icon(Icon::Folder));
        let to_folder = Command::new("to-folder", text!("list-to-folder")).hint(text!("list-to-folder-hint"));
        all.push(to_folder.key(Chord::ctrl_shift(Key::M)).needs(Facts::ROW).icon(Icon::FolderOpen));
    }
    if way == Way::Show {
        all.push(Command::new("show-marked", text!("list-show-marked")).icon(Icon::Eye));
        let why = Command::new("why-refused", text!("list-why")).hint(text!("list-why-hint"));
        all.push(why.key(keys::WHY).needs(REFUSED));
    }
    if meta.code == "customer_order" && way == Way::Show {
        let next = Command::new("next-action", text!("list-next-action")).hint(text!("list-next-action-hint"));
        all.push(next.key(Chord::alt(Key::Enter)).needs(NEXT).icon(Icon::ArrowRight));
    }
    if meta.code == "customer_order" && way == Way::Show {
        let cancel = Command::new("cancel-orders", text!("list-cancel-orders")).hint(text!("list-cancel-orders-hint"));
        all.push(cancel.key(Chord::ctrl_shift(Key::Delete)).needs(Facts::ROW));
        let priority = Command::new(PRIORITY, text!("list-priority")).hint(text!("list-priority-hint"));
        all.push(priority.key(Chord::alt(Key::P)).needs(Facts::ROW));
        let twins = Command::new("twins", text!("order-twins")).hint(text!("order-twins-hint"));
        all.push(twins.key(Chord::alt(Key::D)).needs(Facts::ROW));
        let close = Command::new("close-orders", text!("list-close-orders")).hint(text!("list-close-orders-hint"));
        all.push(close.needs(Facts::ROW));
    }
    if meta.code == "item" {
        let asked = Command::new("asked-none", text!("list-asked-none")).hint(text!("list-asked-none-hint"));
        all.push(asked.key(Chord::plain(Key::F7)).needs(Facts::ROW.and(ELEMENT)));
    }
    all
}

/// What the next step of an order is called; `None` when nothing is left to do.
pub fn next_label(state: OrderState, posted: bool) -> Option<Text> {
    if !posted {
        return Some(text!("cmd-post"));
    }
    match state.next_action() {
        NextAction::Approve => Some(text!("next-approve")),
        NextAction::Pay => Some(text!("next-pay")),
        NextAction::Supply => Some(text!("next-supply")),
        NextAction::Ship => Some(text!("next-ship")),
        NextAction::Close => Some(text!("next-close")),
        NextAction::Nothing => None,
    }
}

/// The printed forms of a kind of document: `print:<code>`.
pub fn printed(meta: &ObjectMeta) -> Vec<MenuItem> {
    let forms = forms_of(meta.tag).iter();
    forms.map(|form| MenuItem::new(format!("print:{}", form.code), form.title().show())).collect()
}

/// What can be made on the basis of objects of a kind: `based:<code>`.
pub fn based_on(meta: &ObjectMeta) -> Vec<MenuItem> {
    let kinds = registry::KINDS.iter().filter(|kind| kind.bases().contains(&meta.tag));
    kinds
        .map(|kind| MenuItem::new(format!("based:{}", kind.meta().code), kind.meta().label()).icon(Icon::FileText))
        .collect()
}
