//! What a preview is opened with: `goods_issue:12:torg12`, several documents separated by commas.

use crate::domain::registry;
use crate::kernel::refs::AnyRef;

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

#[cfg(test)]
mod tests {
    use super::{read, write};

    #[test]
    fn what_was_asked_is_read_and_written() {
        for text in ["goods_issue:12:torg12", "cash_receipt:5", "goods_issue:12:upd,cash_issue:7"] {
            assert_eq!(write(&read(text).unwrap()), text);
        }
        for text in ["", "goods_issue", "goods_issue:x", "nobody:1", "goods_issue:1:a:b", "goods_issue:0", "item:1,"] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
