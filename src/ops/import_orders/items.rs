//! Which item a line is (PROTOCOL 6.2): our identifier, stored link, article, barcode. A name is only a
//! proposal, and nothing new is made silently.

use super::super::gate::Tx;
use super::super::save::How;
use super::order::site_item;
use super::{Link, space};
use crate::domain::stock::item::{Item, ItemBarcode, ItemKind};
use crate::domain::stock::unit::Unit;
use crate::exchange::site::NormalisedLine;
use crate::kernel::facts::Facts;
use crate::kernel::object::{Declared as _, Referable as _, Uid};
use crate::kernel::problems::Outcome;
use crate::kernel::refs::{AnyRef, Ref};
use crate::kernel::value::Stored;

impl Tx<'_> {
    /// The item of a line; empty when there is none and the link does not make items.
    pub(super) fn find_item(&mut self, link: &Link, line: &NormalisedLine) -> Outcome<Ref<Item>> {
        if line.delivery && !link.card.delivery_item.is_empty() {
            return Ok(link.card.delivery_item);
        }
        let site_id = line.site_id.strip_prefix(link.card.item_prefix.as_str()).unwrap_or(&line.site_id);
        let own = site_id.split('#').next().unwrap_or(site_id);
        // A characteristic is a thing of its own: the bare item would be a guess.
        if line.characteristic.is_empty()
            && let Some(uid) = Uid::parse(own)
        {
            let found = self.store.find_uid(Item::declared(), uid)?;
            if !found.is_empty() {
                return Ok(found.typed());
            }
        }
        if let Some(known) = self.store.known(&space(link, "item"), &site_item(line))? {
            return Ok(known.object.typed());
        }
        if let Some(found) = self.only_one("article", &line.article)? {
            return Ok(found.typed());
        }
        if !line.barcode.is_empty() {
            let barcode = Stored::Text(line.barcode.clone());
            let found = self.store.find_by_row(Item::declared(), "barcodes", "barcode", &barcode)?;
            if let [one] = found.as_slice() {
                return Ok(one.typed());
            }
        }
        if link.card.create_items { self.make_item(link, line, own) } else { Ok(Ref::EMPTY) }
    }

    /// Items whose name is exactly the line's: proposals for the person who binds the line.
    pub fn items_named(&self, name: &str) -> Outcome<Vec<AnyRef>> {
        self.store.find_by(Item::declared(), "name", &Stored::Text(name.to_owned()))
    }

    fn only_one(&self, field: &str, value: &str) -> Outcome<Option<AnyRef>> {
        if value.is_empty() {
            return Ok(None);
        }
        let found = self.store.find_by(Item::declared(), field, &Stored::Text(value.to_owned()))?;
        Ok(if let [one] = found.as_slice() { Some(*one) } else { None })
    }

    /// A new item from a line, as a setting of the link or a person says.
    fn make_item(&mut self, link: &Link, line: &NormalisedLine, own: &str) -> Outcome<Ref<Item>> {
        let facts = self.facts();
        let facts: &dyn Facts = &facts;
        let unit = facts.coded::<Unit>(line.unit_code.trim());
        let mut item = Item {
            name: line.name.clone(),
            kind: if line.service { ItemKind::Service } else { ItemKind::Goods },
            article: line.article.clone(),
            unit,
            parent: link.card.items_parent,
            ..Item::default()
        };
        if let Some(uid) = Uid::parse(own).filter(|_| line.characteristic.is_empty()) {
            item.head.uid = uid;
        }
        if !line.barcode.is_empty() {
            item.barcodes.push(ItemBarcode { key: 0, barcode: line.barcode.clone(), pack: String::new() });
        }
        self.save(&mut item, How::Write)?;
        self.store.remember(&space(link, "item"), &site_item(line), item.reference().any(), "")?;
        Ok(item.reference())
    }
}
