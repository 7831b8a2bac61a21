//! Discrepancy act (Акт о расхождениях): what the supplier's papers say and what was counted differ.

use super::goods_receipt::GoodsReceipt;
use crate::domain::company::company::Company;
use crate::domain::company::settings::settings;
use crate::domain::crm::counterparty::Counterparty;
use crate::domain::stock::item::Item;
use crate::domain::stock::warehouse::Warehouse;
use crate::kernel::behaviour::{At, Behaviour, Choices, Posting};
use crate::kernel::facts::Facts;
use crate::kernel::moment::Date;
use crate::kernel::money::{Money, Price, Qty};
use crate::kernel::object::{Declared as _, Object, Referable as _};
use crate::kernel::problems::Problems;
use crate::kernel::refs::Ref;
use crate::kernel::register::Movements;
use crate::{field, object, text};

object! {
    /// What is claimed from a supplier, or came beyond his papers. It moves nothing: the receipt is of what was counted.
    document DiscrepancyAct = 73 "discrepancy_act" "Акт о расхождениях" {
        company: Ref<Company> = "Организация" [required],
        supplier: Ref<Counterparty> = "Поставщик" [required],
        warehouse: Ref<Warehouse> = "Склад" [required],
        receipt: Ref<GoodsReceipt> = "Поступление",
        incoming_number: String = "Вх. номер",
        incoming_date: Date = "Вх. дата",
        reason: String = "Причина",
        amount: Money = "Сумма",
    }
    table goods: DiscrepancyActLine = "Товары" {
        item: Ref<Item> = "Номенклатура" [required],
        papers: Qty = "По документам",
        counted: Qty = "Фактически",
        difference: Qty = "Расхождение",
        price: Price = "Цена",
        amount: Money = "Сумма",
    }
}

impl DiscrepancyAct {
    /// Differences and sums: what is lacking is negative.
    fn count(&mut self) {
        for line in &mut self.goods {
            line.difference = line.counted - line.papers;
            line.amount = line.price.times(line.difference);
        }
        self.amount = self.goods.iter().map(|line| line.amount).sum();
    }
}

impl Behaviour for DiscrepancyAct {
    const COSTS: &'static [&'static str] = &["amount", "goods.price", "goods.amount"];

    fn fill_new(&mut self, facts: &dyn Facts) {
        let settings = settings(facts);
        self.company = settings.company;
        self.warehouse = settings.warehouse;
    }

    fn changed(&mut self, _at: At<'_>, _facts: &dyn Facts) {
        self.count();
    }

    fn choices(&self, at: At<'_>) -> Choices {
        match at {
            At::Field("receipt") => Choices::owned("supplier", self.supplier.id()),
            _ => Choices::default(),
        }
    }

    fn check(&mut self, _posting: bool, _facts: &dyn Facts, problems: &mut Problems) {
        let table = field!(DiscrepancyAct, goods);
        for (row, line) in self.goods.iter().enumerate() {
            for (column, qty) in
                [(field!(DiscrepancyActLine, papers), line.papers), (field!(DiscrepancyActLine, counted), line.counted)]
            {
                let worth = Money::from_dec(line.price.dec() * qty.dec());
                if qty < Qty::ZERO {
                    problems.cell(table, row, column, text!("must-not-be-negative"));
                } else if worth.is_err() {
                    problems.cell(table, row, column, text!("amount-too-large"));
                    return;
                }
            }
            if line.price < Price::ZERO {
                problems.cell(table, row, field!(DiscrepancyActLine, price), text!("must-not-be-negative"));
            }
        }
        if self.goods.is_empty() {
            problems.field(table, text!("no-lines"));
        }
        self.count();
    }

    fn bases() -> &'static [u8] {
        &[GoodsReceipt::TAG]
    }

    fn fill_on_basis(&mut self, basis: &dyn Object, _facts: &dyn Facts) -> Result<(), Problems> {
        let Some(receipt) = basis.downcast::<GoodsReceipt>() else { return Err(Problems::one(text!("no-basis"))) };
        self.company = receipt.company;
        self.supplier = receipt.supplier;
        self.warehouse = receipt.warehouse;
        self.receipt = receipt.reference();
        self.incoming_number.clone_from(&receipt.incoming_number);
        self.incoming_date = receipt.incoming_date;
        for line in receipt.goods.iter().filter(|line| !line.papers.is_zero() && line.papers != line.qty) {
            self.goods.push(DiscrepancyActLine {
                item: line.item,
                papers: line.papers,
                counted: line.qty,
                price: line.price,
                ..DiscrepancyActLine::default()
            });
        }
        self.count();
        if self.goods.is_empty() { Err(Problems::one(text!("receipt-no-discrepancy"))) } else { Ok(()) }
    }

    fn search_words(&self) -> Vec<String> {
        vec![self.incoming_number.clone()]
    }
}

impl Posting for DiscrepancyAct {
    fn post(&self, _facts: &dyn Facts, _out: &mut Movements) -> Result<(), Problems> {
        Ok(())
    }
}
