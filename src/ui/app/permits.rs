//! Commands that the user's rights forbid: greyed, with a tooltip that names the right. The gate would refuse
//! them anyway; the window only says so before.

use crate::domain::company::rights::{Act, Right, Rights};
use crate::domain::registry;
use crate::kernel::meta::ObjectMeta;
use crate::ops::rights::{refusal_of, require};
use crate::ui::commands::Command;
use crate::ui::shell::host::Section;
use std::sync::Arc;

/// Rights as a page has seen them last.
#[derive(Default)]
pub struct Seen(Option<Arc<Rights>>);

impl Seen {
    /// True when they are other ones now.
    pub fn renew(&mut self, now: &Arc<Rights>) -> bool {
        if self.0.as_ref().is_some_and(|seen| Arc::ptr_eq(seen, now)) {
            return false;
        }
        self.0 = Some(Arc::clone(now));
        true
    }
}

/// What a command does with objects of a kind.
fn act_of(code: &str) -> Option<Act> {
    match code {
        "create" | "copy" | "copy-object" | "create-folder" | "to-folder" | "save" | "save-and-close" => {
            Some(Act::Write)
        }
        "post" | "post-and-close" | "unpost" | "order-close" | "order-cancel" | "order-cancel-lines"
        | "cancel-orders" | "close-orders" | "set-priority" => Some(Act::Post),
        "mark" | "delete" | "mark-object" | "unmark-object" => Some(Act::Mark),
        _ => None,
    }
}

/// Denies what may not be done with objects of a kind, and making of other kinds on their basis.
pub fn deny(commands: &mut [Command], meta: &ObjectMeta, rights: &Rights) {
    for command in commands {
        let based = command.code.strip_prefix("based:").and_then(registry::by_code);
        let asked = match based {
            Some(kind) => Some((Act::Write, kind.meta())),
            None => act_of(&command.code).map(|act| (act, meta)),
        };
        let refusal = match command.code.as_ref() {
            "order-approve" => require(rights, Right::ApproveOrders).err().map(|error| error.sentence().into()),
            _ => None,
        };
        command.denied = refusal.or(asked.and_then(|(act, meta)| refusal_of(rights, act, meta)).map(Into::into));
    }
}

/// Fields of a kind that are not shown; those of table parts are named `table.column`.
pub fn withheld(meta: &'static ObjectMeta, rights: &Rights) -> &'static [&'static str] {
    let costs = registry::ops(meta).map_or(&[][..], |kind| kind.costs());
    if rights.has(Right::SeeCost) { &[] } else { costs }
}

/// Sections without lists of what may not be read, and with these reports only.
pub fn permitted(sections: &mut Vec<Section>, rights: &Rights, reports: &[(String, String)]) {
    if rights.is_full() {
        return;
    }
    let open = |code: &str| match code.split_once(':') {
        Some(("list" | "one", kind)) => {
            let kind = kind.split('?').next().unwrap_or_default();
            registry::by_code(kind).is_none_or(|kind| rights.may(Act::Read, kind.meta().code))
        }
        Some(("work", "import" | "bind" | "shortages" | "letters")) => rights.may(Act::Read, "customer_order"),
        Some(("work", "till" | "jobs")) => rights.may(Act::Read, "till_receipt"),
        Some(("report", code)) => reports.iter().any(|(known, _)| known == code),
        _ => true,
    };
    for section in sections.iter_mut() {
        for group in &mut section.groups {
            group.links.retain(|link| open(&link.code));
        }
        section.groups.retain(|group| !group.links.is_empty());
    }
    sections.retain(|section| !section.groups.is_empty());
}
