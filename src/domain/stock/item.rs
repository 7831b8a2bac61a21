//! Item (Номенклатура): goods and services, with barcodes, packs and properties.

use super::brand::Brand;
use super::item_group::ItemGroup;
use super::property::Property;
use super::supply_terms::{SupplierRule, SupplyMethod};
use super::unit::Unit;
use super::warehouse::Warehouse;
use crate::domain::crm::counterparty::Counterparty;
use crate::domain::money::vat::VatClass;
use crate::domain::prices::price_group::PriceGroup;
use crate::kernel::behaviour::Behaviour;
use crate::kernel::check_digits;
use crate::kernel::facts::Facts;
use crate::kernel::money::{Price, Qty};
use crate::kernel::object::Referable as _;
use crate::kernel::problems::Problems;
use crate::kernel::refs::Ref;
use crate::{choice, field, object, text};

choice! {
    /// Whether an item lies in stock.
    ItemKind = "item_kind" {
        Goods = 0 "goods" "Товар",
        Service = 1 "service" "Услуга",
    }
}

object! {
    /// What is bought and sold.
    catalog Item = 20 "item" "Номенклатура" {
        full_name: String = "Полное наименование",
        kind: ItemKind = "Вид",
        article: String = "Артикул",
        unit: Ref<Unit> = "Единица",
        vat: VatClass = "Ставка НДС",
        item_group: Ref<ItemGroup> = "Номенклатурная группа",
        price_group: Ref<PriceGroup> = "Ценовая группа",
        brand: Ref<Brand> = "Марка",
        supplier: Ref<Counterparty> = "Основной поставщик",
        weight: Qty = "Вес, кг",
        country: String = "Страна происхождения",
        note: String = "Описание",
        method: SupplyMethod = "Способ пополнения",
        stock_min: Qty = "Минимальный остаток",
        stock_max: Qty = "Максимальный остаток",
        supply_days: i64 = "Запас, дней",
        lead_days: i64 = "Срок поставки, дней",
        safety_days: i64 = "Страховой запас, дней",
        supplier_rule: SupplierRule = "Выбор поставщика",
        needs_marking: bool = "Маркируется («Честный ЗНАК»)",
    }
    /// Codes by which a scanner finds the item.
    table barcodes: ItemBarcode = "Штрихкоды" {
        barcode: String = "Штрихкод" [required],
        pack: String = "Упаковка",
    }
    /// Packs, in base units.
    table packs: ItemPack = "Упаковки" {
        name: String = "Наименование" [required],
        factor: Qty = "Содержит единиц" [required],
    }
    /// Free properties.
    table properties: ItemProperty = "Свойства" {
        property: Ref<Property> = "Свойство" [required],
        value: String = "Значение",
    }
    /// Who sells it, and on what terms.
    table suppliers: ItemSupplier = "Поставщики" {
        supplier: Ref<Counterparty> = "Поставщик" [required],
        price: Price = "Цена",
        lead_days: i64 = "Срок, дней",
        pack: Qty = "Кратность",
        lot: Qty = "Минимальная партия",
    }
    /// Warehouses that look after their own stock; the item's own levels are for all the others together.
    table levels: ItemLevel = "Уровни складов" {
        warehouse: Ref<Warehouse> = "Склад" [required],
        stock_min: Qty = "Минимальный остаток",
        stock_max: Qty = "Максимальный остаток",
        supply_days: i64 = "Запас, дней",
    }
    /// What may be sold instead, the best first.
    table analogues: ItemAnalogue = "Аналоги" {
        item: Ref<Item> = "Номенклатура" [required],
        note: String = "Примечание",
    }
}

impl Item {
    /// True when the item lies in stock.
    pub fn is_goods(&self) -> bool {
        self.kind == ItemKind::Goods
    }
    /// Levels of warehouses that can be, each named once.
    fn check_levels(&self, problems: &mut Problems) {
        let table = field!(Item, levels);
        for (row, line) in self.levels.iter().enumerate() {
            for (column, wrong) in [
                (field!(ItemLevel, stock_min), line.stock_min < Qty::ZERO),
                (field!(ItemLevel, stock_max), line.stock_max < Qty::ZERO),
                (field!(ItemLevel, supply_days), line.supply_days < 0),
            ] {
                if wrong {
                    problems.cell(table, row, column, text!("must-not-be-negative"));
                }
            }
            if self.method == SupplyMethod::MinMax && line.stock_max < line.stock_min {
                problems.cell(table, row, field!(ItemLevel, stock_max), text!("item-max-below-min"));
            }
            let earlier = self.levels.iter().take(row);
            if !line.warehouse.is_empty() && earlier.into_iter().any(|known| known.warehouse == line.warehouse) {
                problems.cell(table, row, field!(ItemLevel, warehouse), text!("item-level-twice"));
            }
        }
    }
    /// Levels and terms that can be; an analogue is another thing.
    fn check_supply(&self, problems: &mut Problems) {
        let low = |days: i64| days < 0;
        for (field, wrong) in [
            (field!(Item, stock_min), self.stock_min < Qty::ZERO),
            (field!(Item, stock_max), self.stock_max < Qty::ZERO),
            (field!(Item, supply_days), low(self.supply_days)),
            (field!(Item, lead_days), low(self.lead_days)),
            (field!(Item, safety_days), low(self.safety_days)),
        ] {
            if wrong {
                problems.field(field, text!("must-not-be-negative"));
            }
        }
        if self.method == SupplyMethod::MinMax && self.stock_max < self.stock_min {
            problems.field(field!(Item, stock_max), text!("item-max-below-min"));
        }
        let table = field!(Item, suppliers);
        for (row, line) in self.suppliers.iter().enumerate() {
            for (column, wrong) in [
                (field!(ItemSupplier, price), line.price < Price::ZERO),
                (field!(ItemSupplier, lead_days), low(line.lead_days)),
                (field!(ItemSupplier, pack), line.pack < Qty::ZERO),
                (field!(ItemSupplier, lot), line.lot < Qty::ZERO),
            ] {
                if wrong {
                    problems.cell(table, row, column, text!("must-not-be-negative"));
                }
            }
        }
        for (row, line) in self.analogues.iter().enumerate() {
            if line.item == self.reference() && !line.item.is_empty() {
                let column = field!(ItemAnalogue, item);
                problems.cell(field!(Item, analogues), row, column, text!("item-analogue-itself"));
            }
        }
    }
    /// The name for documents.
    pub fn official_name(&self) -> &str {
        if self.full_name.is_empty() { &self.name } else { &self.full_name }
    }
}

impl Behaviour for Item {
    const INDEXED: &'static [&'static str] =
        &["article", "barcodes.barcode", "method", "price_group", "brand", "analogues.item", "properties.value"];
    const COSTS: &'static [&'static str] = &["suppliers.price"];

    fn fill_new(&mut self, facts: &dyn Facts) {
        self.unit = facts.coded("796");
        self.item_group = facts.every::<ItemGroup>().first().map_or(Ref::EMPTY, |group| group.reference());
    }

    fn visible(&self, field: &str) -> bool {
        field != "weight" || self.is_goods()
    }

    fn check(&mut self, _posting: bool, facts: &dyn Facts, problems: &mut Problems) {
        if self.folder {
            return;
        }
        if self.unit.is_empty() {
            self.unit = facts.coded("796");
        }
        if self.item_group.is_empty() {
            self.item_group = facts.every::<ItemGroup>().first().map_or(Ref::EMPTY, |group| group.reference());
        }
        for (row, line) in self.barcodes.iter().enumerate() {
            // In-store codes and Code128 are free text; what looks like an EAN must be a right one.
            let digits = line.barcode.chars().all(|c| c.is_ascii_digit());
            if let (true, 13, Err(text)) = (digits, line.barcode.len(), check_digits::ean13(&line.barcode)) {
                problems.cell(field!(Item, barcodes), row, field!(ItemBarcode, barcode), text);
            }
            if !line.pack.is_empty() && !self.packs.iter().any(|pack| pack.name == line.pack) {
                let text = text!("item-pack-unknown", pack = &line.pack);
                problems.cell(field!(Item, barcodes), row, field!(ItemBarcode, pack), text);
            }
        }
        self.check_supply(problems);
        self.check_levels(problems);
        for (row, line) in self.packs.iter().enumerate() {
            if line.factor <= Qty::ZERO {
                problems.cell(field!(Item, packs), row, field!(ItemPack, factor), text!("must-be-positive"));
            }
        }
    }

    fn search_words(&self) -> Vec<String> {
        let mut words = vec![self.article.clone(), self.full_name.clone()];
        words.extend(self.barcodes.iter().map(|line| line.barcode.clone()));
        words
    }
}
