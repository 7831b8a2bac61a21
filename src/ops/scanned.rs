//! What a scan means in a base: goods by any of their codes, a document by the code printed on it, or nothing yet.

use super::gate::{Session, Tx};
use super::save::How;
use crate::devices::proto::codes::weighed::{ItemNumber, Template, Value as Measured, Weighed};
use crate::devices::proto::codes::{Code, classify};
use crate::devices::proto::scanner::scan::Scan;
use crate::domain::company::settings::settings;
use crate::domain::registry;
use crate::domain::stock::item::{Item, ItemBarcode};
use crate::kernel::facts::Facts;
use crate::kernel::money::{Money, Qty};
use crate::kernel::object::{Declared as _, Referable as _};
use crate::kernel::problems::{Error, Outcome};
use crate::kernel::refs::{AnyRef, Ref};
use crate::kernel::value::Stored;
use crate::text;

/// What the code of a document begins with.
const DOCUMENT: &str = "KD";

/// Goods a code stands for.
#[derive(Clone, Debug, PartialEq)]
pub struct Goods {
    /// The item.
    pub item: Ref<Item>,
    /// What it is called.
    pub name: String,
    /// How much the code stands for, in base units: one, a pack, a weight.
    pub qty: Qty,
    /// The code under which the item keeps it.
    pub barcode: String,
    /// The marking code as scanned; empty where the code marks no single thing.
    pub marking: String,
    /// The sum a label of scales names in place of a quantity; zero in all other codes.
    pub sum: Money,
}

/// What a code means.
#[derive(Clone, Debug, PartialEq)]
pub enum Meaning {
    /// One item.
    Goods(Box<Goods>),
    /// Several items have it.
    Many(Vec<Goods>),
    /// A document, by the code printed on it.
    Object(AnyRef),
    /// Nothing yet: the code under which an item could keep it.
    Unknown(String),
    /// It was read wrong: the check digit does not fit.
    Doubtful,
}

/// A scan understood.
#[derive(Clone, Debug, PartialEq)]
pub struct Scanned {
    /// As it came.
    pub scan: Scan,
    /// What it means.
    pub meaning: Meaning,
}

/// The code that is printed on a document.
pub fn document_code(reference: AnyRef) -> String {
    format!("{DOCUMENT}{}-{}", reference.tag(), reference.id())
}

/// The document a printed code names, whether or not there is one.
fn document_of(code: &str) -> Option<AnyRef> {
    let (tag, id) = code.strip_prefix(DOCUMENT)?.split_once('-')?;
    let reference = AnyRef::new(tag.parse().ok()?, id.parse().ok()?);
    (registry::of(reference).is_some() && !reference.is_empty()).then_some(reference)
}

/// Finds what a scan means.
///
/// # Errors
/// When the base cannot be read.
pub fn scanned(session: &Session, scan: &Scan) -> Outcome<Scanned> {
    Ok(Scanned { scan: scan.clone(), meaning: meaning(session, scan)? })
}

fn meaning(session: &Session, scan: &Scan) -> Outcome<Meaning> {
    let text = scan.text().trim().to_owned();
    if let Some(reference) = document_of(&text)
        && session.object(reference)?.is_some()
    {
        return Ok(Meaning::Object(reference));
    }
    // What an item keeps letter by letter is its code, whatever it looks like.
    let found = with_barcode(session, &text)?;
    if !found.is_empty() {
        return Ok(of_goods(found));
    }
    let facts = session.facts();
    let templates = Template::all(&settings(&facts as &dyn Facts).weight_labels).unwrap_or_default();
    facts.result()?;
    let mut marked = String::new();
    let (numbers, weighed) = match classify(scan, &templates) {
        Code::TradeItem { gtin, .. } | Code::InStore(gtin) => (vec![gtin.clone(), gtin.contained()], None),
        Code::Marking(marking) => {
            marked = String::from_utf8_lossy(&scan.data).into_owned();
            (vec![marking.gtin.clone(), marking.gtin.contained()], None)
        }
        Code::Elements(elements) => (elements.gtin().into_iter().collect(), None),
        Code::Weighed(weighed) => (Vec::new(), Some(weighed)),
        Code::Text { doubt: Some(_), .. } => return Ok(Meaning::Doubtful),
        Code::Text { .. } => (Vec::new(), None),
    };
    if let Some(weighed) = weighed {
        let found = with_label(session, &weighed)?;
        return Ok(if found.is_empty() { Meaning::Unknown(text) } else { of_goods(found) });
    }
    for number in &numbers {
        let mut found = with_barcode(session, number.printed())?;
        if !found.is_empty() {
            found.iter_mut().for_each(|goods| goods.marking.clone_from(&marked));
            return Ok(of_goods(found));
        }
    }
    let kept = numbers.into_iter().next().map_or(text, |number| number.printed().to_owned());
    Ok(Meaning::Unknown(kept))
}

fn of_goods(mut found: Vec<Goods>) -> Meaning {
    match (found.len(), found.pop()) {
        (1, Some(one)) => Meaning::Goods(Box::new(one)),
        (_, last) => {
            found.extend(last);
            Meaning::Many(found)
        }
    }
}

/// Items that keep a code, with the pack it stands for.
fn with_barcode(session: &Session, code: &str) -> Outcome<Vec<Goods>> {
    let known = session.store.find_by_row(Item::declared(), "barcodes", "barcode", &Stored::Text(code.to_owned()))?;
    let read = session.facts();
    let facts: &dyn Facts = &read;
    let mut found = Vec::new();
    for item in known.into_iter().filter_map(|item| facts.get_any::<Item>(item)).filter(|item| !item.head.marked) {
        let row = item.barcodes.iter().find(|row| row.barcode == code);
        let pack = row.and_then(|row| item.packs.iter().find(|pack| pack.name == row.pack));
        let qty = pack.map_or(Qty::whole(1), |pack| pack.factor);
        let (name, barcode) = (item.name.clone(), code.to_owned());
        found.push(Goods { item: item.reference(), name, qty, barcode, marking: String::new(), sum: Money::ZERO });
    }
    read.result()?;
    Ok(found)
}

/// Items of a label printed by scales.
fn with_label(session: &Session, label: &Weighed) -> Outcome<Vec<Goods>> {
    let field = if label.item == ItemNumber::Code { "code" } else { "article" };
    let read = session.facts();
    let facts: &dyn Facts = &read;
    let mut found = Vec::new();
    // Codes of catalogs have zeros in front.
    for number in [label.number.clone(), format!("{:0>6}", label.number)] {
        for item in session.store.find_by(Item::declared(), field, &Stored::Text(number))? {
            let Some(item) = facts.get_any::<Item>(item) else { continue };
            let amount = i64::try_from(label.amount).unwrap_or(0);
            let (qty, sum) = match label.value {
                // Grams are thousandths of a kilogram.
                Measured::Grams => (Qty::from_minor(amount), Money::ZERO),
                Measured::Pieces => (Qty::from_minor(amount * 1000), Money::ZERO),
                // How much a sum stands for depends on the price list: who has one finds it, else a person corrects it.
                Measured::Kopecks => (Qty::whole(1), Money::from_minor(amount)),
            };
            let (name, barcode) = (item.name.clone(), label.number.clone());
            found.push(Goods { item: item.reference(), name, qty, barcode, marking: String::new(), sum });
        }
        if !found.is_empty() {
            break;
        }
    }
    read.result()?;
    Ok(found)
}

/// Adds a code to an item; gives the name of the item.
///
/// # Errors
/// When the item is gone, or may not be changed.
pub fn bind(tx: &mut Tx<'_>, item: AnyRef, code: &str) -> Outcome<String> {
    let found = tx.store.load(item)?;
    let known = found.as_deref().and_then(|found| found.downcast::<Item>());
    let Some(known) = known.filter(|item| !item.folder) else { return Err(Error::refused(text!("object-gone"))) };
    let mut item = known.clone();
    item.barcodes.push(ItemBarcode { key: 0, barcode: code.to_owned(), pack: String::new() });
    let name = item.name.clone();
    tx.save(&mut item, How::Write)?;
    Ok(name)
}
