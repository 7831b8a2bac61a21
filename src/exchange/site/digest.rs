//! The hash by which an unchanged document is known: what a person would call the same gives the same.

use super::values::one_line;
use super::xml::Element;

/// Offset and prime of FNV-1a with 128 bits: no key is needed here, only one result on every machine and version.
const OFFSET: u128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d;
const PRIME: u128 = 0x0100_0000_0000_0000_0000_013b;

/// The hash of an element with all in it, as 32 hexadecimal digits.
pub(super) fn digest(element: &Element) -> String {
    let mut hash = Hash(OFFSET);
    hash.element(element);
    format!("{:032x}", hash.0)
}

struct Hash(u128);

impl Hash {
    fn bytes(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u128::from(*byte)).wrapping_mul(PRIME);
        }
    }
    /// A text behind a mark that says what it is: neighbours never run into one another.
    fn part(&mut self, mark: u8, text: &str) {
        self.bytes(&[mark]);
        self.bytes(text.as_bytes());
    }
    fn element(&mut self, element: &Element) {
        // An empty element says as much as none at all.
        if is_empty(element) {
            return;
        }
        self.part(1, &element.name);
        let mut attributes: Vec<(&str, String)> =
            element.attributes.iter().map(|(name, value)| (name.as_str(), one_line(value))).collect();
        attributes.sort();
        for (name, value) in &attributes {
            self.part(2, name);
            self.part(3, value);
        }
        self.part(4, &one_line(&element.text));
        for child in &element.children {
            self.element(child);
        }
        self.bytes(&[5]);
    }
}

fn is_empty(element: &Element) -> bool {
    element.attributes.is_empty() && element.trimmed().is_empty() && element.children.iter().all(is_empty)
}

#[cfg(test)]
mod tests {
    use super::digest;
    use crate::exchange::site::read_orders;
    use crate::exchange::site::xml::Element;

    fn of(document: &str) -> String {
        let file = format!("<КоммерческаяИнформация>{document}</КоммерческаяИнформация>");
        read_orders(file.as_bytes(), None).documents[0].digest.clone()
    }

    #[test]
    fn what_does_not_matter_does_not_change_the_hash() {
        let plain =
            "<Документ><Ид>1</Ид><Товары><Товар><Ид>а</Ид><Е Код='796' Имя='шт'>б в</Е></Товар></Товары></Документ>";
        let spread = "<c:Документ xmlns:c='u'>\n <c:Ид> 1 </c:Ид><c:Комментарий/>\n<c:Товары>\r\n<c:Товар>\
            <c:Ид>&#1072;</c:Ид>\
                      <c:Е Имя = \"шт\"  Код=\"796 \">б\n   <![CDATA[в]]></c:Е><!-- --></c:Товар></c:Товары>\
                      </c:Документ>";
        assert_eq!(of(plain), of(spread));
        assert_eq!(of(plain).len(), 32);
    }

    #[test]
    fn what_matters_changes_the_hash() {
        let plain = "<Документ><Ид>1</Ид><А>б</А></Документ>";
        for other in [
            "<Документ><Ид>1</Ид><А>в</А></Документ>",
            "<Документ><Ид>1</Ид><Б>б</Б></Документ>",
            "<Документ><Ид>1</Ид><А х='1'>б</А></Документ>",
            "<Документ><Ид>1</Ид><А>б</А><А>б</А></Документ>",
            "<Документ><Ид>1</Ид><А><А>б</А></А></Документ>",
            "<Документ><Ид>1</Ид></Документ>",
        ] {
            assert_ne!(of(plain), of(other), "{other}");
        }
    }

    #[test]
    fn the_hash_stays_what_it_is_between_versions() {
        let element = Element { name: "Документ".into(), text: "1".into(), ..Element::default() };
        assert_eq!(digest(&element), "68d1fde8c32aa9ec96f28fbe7297d0b3");
    }
}
