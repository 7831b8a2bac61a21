//! The discrepancy act: what the supplier's papers say beside what was counted.

use super::Desk;
use super::filled::Filled;
use super::parties::{Party, Signer, Signers};
use crate::domain::purchases::discrepancy_act::DiscrepancyAct;
use crate::kernel::money::{Money, Qty};
use crate::kernel::object::Object;
use crate::kernel::problems::{Error, Outcome};
use crate::kernel::refs::Ref;
use crate::print::dates;
use crate::text;

/// Fills the act.
pub fn act(desk: &Desk<'_>, object: &dyn Object) -> Outcome<Filled> {
    let Some(act) = object.downcast::<DiscrepancyAct>() else { return Err(Error::refused(text!("no-basis"))) };
    let mut filled = Filled::default();
    filled.set("number", super::figures::number(&act.number));
    filled.set("date_words", dates::long(act.date.date()));
    Party::ours(desk, act.company, Ref::EMPTY).into_fields("company", &mut filled);
    Party::theirs(desk, act.supplier, Ref::EMPTY).into_fields("supplier", &mut filled);
    let warehouse = desk.facts.get(act.warehouse).unwrap_or_default();
    filled.of(act.warehouse.any(), "warehouse", warehouse.name.as_str());
    filled.set("basis", basis(act));
    filled.set("reason", act.reason.as_str());
    let keeper = Signer::employee(desk, warehouse.keeper).unwrap_or_default();
    keeper.into_fields("keeper_position", "keeper", &mut filled);
    Signers::of(desk, act.company).head.into_fields("chair_position", "chair", &mut filled);
    filled.by_hand(&["carrier"]);
    into_rows(desk, act, &mut filled);
    Ok(filled)
}

/// The supplier's paper: number and date, as far as they are known.
fn basis(act: &DiscrepancyAct) -> String {
    match (act.incoming_number.is_empty(), act.incoming_date.is_empty()) {
        (true, true) => String::new(),
        (false, true) => format!("№ {}", act.incoming_number),
        (true, false) => format!("от {}", act.incoming_date.russian()),
        (false, false) => format!("№ {} от {}", act.incoming_number, act.incoming_date.russian()),
    }
}

fn into_rows(desk: &Desk<'_>, act: &DiscrepancyAct, filled: &mut Filled) {
    filled.data.tables.entry("goods".to_owned()).or_default();
    let (mut lacking, mut beyond) = (Money::ZERO, Money::ZERO);
    let shown = |qty: Qty| if qty > Qty::ZERO { qty.short() } else { String::new() };
    for (at, line) in act.goods.iter().enumerate() {
        let item = desk.facts.get(line.item).unwrap_or_default();
        let unit = desk.facts.get(item.unit).unwrap_or_default();
        lacking += (-line.amount).positive();
        beyond += line.amount.positive();
        filled.data.push(
            "goods",
            [
                ("line", (at + 1).to_string()),
                ("sku", item.article.clone()),
                ("name", item.official_name().to_owned()),
                ("unit", unit.name.clone()),
                ("papers", line.papers.short()),
                ("counted", line.counted.short()),
                ("lacking", shown(-line.difference)),
                ("beyond", shown(line.difference)),
                ("price", line.price.money().grouped()),
                ("amount", line.amount.grouped()),
            ],
        );
    }
    filled.set("lacking", lacking.grouped());
    filled.set("beyond", beyond.grouped());
}
