//! What a preview is opened with: `goods_issue:12:torg12`, several documents separated by commas.

use crate::domain::registry;
use crate::kernel::refs::AnyRef;
use crate::ops::printing::{forms_of, is_labels, labels};
use crate::text;
use crate::ui::shell::dialog::Dialog;

/// Documents with the codes of their forms; an empty code is the usual form. `None` when it makes no sense.
pub fn read(rest: &str) -> Option<Vec<(AnyRef, String)>> {
    let one = |part: &str| {
        let mut words = part.trim().split(':');
        let meta = registry::by_code(words.next()?)?.meta();
        let id = words.next()?.parse().ok().filter(|id| *id > 0)?;
        let form = words.next().unwrap_or_default();
        words.next().is_none().then(|| (AnyRef::new(meta.tag, id), form.to_owned()))
    };
    rest.split(',').map(one).collect()
}

/// The same in words again.
pub fn write(asked: &[(AnyRef, String)]) -> String {
    let one = |(reference, form): &(AnyRef, String)| {
        let code = registry::of(*reference).map_or("", |kind| kind.meta().code);
        let ending = if form.is_empty() { String::new() } else { format!(":{form}") };
        format!("{code}:{}{ending}", reference.id())
    };
    asked.iter().map(one).collect::<Vec<_>>().join(",")
}

/// Asks how many labels of each item are wanted; what is wanted now is offered.
pub fn how_many(asked: &[(AnyRef, String)]) -> Dialog {
    let each = asked.iter().find_map(|(_, form)| labels::each_of(form).1);
    let ways = [text!("preview-labels-by-quantity"), text!("preview-labels-each")];
    let items = ways.iter().map(|way| (way.show(), String::new())).collect();
    Dialog::Counted {
        title: text!("preview-label-count").into(),
        items,
        selected: usize::from(each.is_some()),
        label: text!("preview-labels-of-each").into(),
        count: each.and_then(|count| u16::try_from(count).ok()).unwrap_or(1),
    }
}

/// So many labels of each item, or as many as the quantities of the documents say.
pub fn count(asked: &mut [(AnyRef, String)], each: Option<u16>) {
    for (reference, form) in asked.iter_mut().filter(|(reference, form)| is_labels(*reference, form)) {
        let (code, _) = labels::each_of(form);
        // The form is named: a count of nothing would be lost.
        let code = if code.is_empty() { forms_of(reference.tag()).first().map_or("", |form| form.code) } else { code };
        *form = each.map_or_else(|| code.to_owned(), |each| format!("{code}*{each}"));
    }
}

#[cfg(test)]
mod tests {
    use super::{read, write};

    #[test]
    fn what_was_asked_is_read_and_written() {
        for text in
            ["goods_issue:12:torg12", "cash_receipt:5", "item:3:item_label*12", "goods_issue:12:upd,cash_issue:7"]
        {
            assert_eq!(write(&read(text).unwrap()), text);
        }
        for text in ["", "goods_issue", "goods_issue:x", "nobody:1", "goods_issue:1:a:b", "goods_issue:0", "item:1,"] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
