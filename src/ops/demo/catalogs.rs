//! The catalogs of the demo company from `assets/demo`, loaded as any file of a user would be.

use crate::domain::registry;
use crate::domain::stock::item::Item;
use crate::kernel::money::{Price, Qty};
use crate::kernel::object::Declared as _;
use crate::kernel::problems::{Error, Outcome};
use crate::kernel::refs::Ref;
use crate::ops::gate::{Op, Session, Tx};
use crate::ops::load::references::find;
use crate::text;
use serde_json::{Map, Value as Json, json};

const BASE: &str = include_str!("../../../assets/demo/base.jsonl");
const COUNTERPARTIES: &str = include_str!("../../../assets/demo/counterparties.jsonl");
/// The code of the property «Размер» in the base of the demo company.
const SIZE: &str = "03";
const ITEMS: &str = include_str!("../../../assets/demo/items.csv");

/// One thing the company trades in.
#[derive(Clone, Debug)]
pub struct Goods {
    /// Its card.
    pub item: Ref<Item>,
    /// The code of its main supplier.
    pub supplier: String,
    /// Sold by weight or length: parts of a unit are usual.
    pub loose: bool,
    /// What the supplier asks, VAT included.
    pub purchase: Price,
    /// The shop's price, VAT included.
    pub retail: Price,
    /// The price for firms, VAT included.
    pub wholesale: Price,
    /// How often it is asked for, 0..9; zero is kept for the tour and moved by nothing else.
    pub demand: i64,
    /// How much there was when the books began.
    pub opening: Qty,
}

/// Loads everything; gives the goods.
pub fn load(session: &Session) -> Outcome<Vec<Goods>> {
    session
        .run(Op::Seed, |tx| {
            for line in BASE.lines().chain(COUNTERPARTIES.lines()).filter(|line| !line.starts_with('#')) {
                tx.load_line(line).map_err(|error| told(line, &error))?;
            }
            let rows = ITEMS.lines().filter(|line| !line.starts_with('#'));
            rows.map(|line| item(tx, line).map_err(|error| told(line, &error))).collect()
        })
        .map(|(goods, _)| goods)
}

/// An asset that cannot be loaded is a fault of the program: it is named whole.
fn told(line: &str, error: &Error) -> Error {
    Error::Failed(text!("demo-line"), format!("{line}: {}", error.sentence()))
}

/// The size that ends the name of a thing («Кастрюля с крышкой, 1,5 л») as a property of its own.
fn properties(name: &str) -> Vec<Json> {
    let size = name.match_indices(", ").map(|(at, comma)| name.get(at + comma.len()..).unwrap_or_default());
    let measured = |size: &&str| {
        let unit = size.rsplit(' ').next().unwrap_or_default();
        size.starts_with(|first: char| first.is_ascii_digit()) && ["л", "мл", "см", "мм", "м", "г"].contains(&unit)
    };
    let size = size.filter(measured).last();
    size.map(|size| json!({ "property": SIZE, "value": size })).into_iter().collect()
}

/// A line of the price list: the columns are named in its first line.
fn item(tx: &mut Tx<'_>, line: &str) -> Outcome<Goods> {
    let cells: Vec<&str> = line.split(';').collect();
    let cell = |at: usize| cells.get(at).copied().unwrap_or_default();
    let [code, parent, name, article, barcode, unit, vat] = [0, 1, 2, 3, 4, 5, 6].map(cell);
    let [item_group, price_group, brand, supplier, country, weight, pack] = [7, 8, 9, 10, 11, 12, 13].map(cell);
    let mut barcodes = vec![json!({ "barcode": barcode })];
    let mut packs = Vec::new();
    if !pack.is_empty() {
        let boxed = format!("Коробка {pack}");
        packs.push(json!({ "name": boxed, "factor": pack }));
        barcodes.push(json!({ "barcode": format!("К-{code}"), "pack": boxed }));
    }
    let mut card = json!({
        "code": code, "parent": parent, "name": name, "article": article, "unit": unit, "vat": vat,
        "item_group": item_group, "price_group": price_group, "brand": brand, "supplier": supplier,
        "country": country, "weight": weight, "barcodes": barcodes, "packs": packs, "properties": properties(name),
    });
    if let (Json::Object(map), uid) = (&mut card, cell(19))
        && !uid.is_empty()
    {
        map.insert("uid".to_owned(), json!(uid));
    }
    let empty = Map::new();
    let Some(kind) = registry::ops(Item::declared()) else { return Err(Error::Cancelled) };
    tx.load_object(kind, card.as_object().unwrap_or(&empty))?;
    let found = find(tx.store, kind, code)?.unwrap_or_default();
    let price = |at: usize| Price::parse(cell(at)).unwrap_or_default();
    Ok(Goods {
        item: found.typed(),
        supplier: supplier.to_owned(),
        loose: matches!(unit, "166" | "006"),
        purchase: price(14),
        retail: price(15),
        wholesale: price(16),
        demand: cell(17).parse().unwrap_or(0),
        opening: Qty::parse(cell(18)).unwrap_or_default(),
    })
}
