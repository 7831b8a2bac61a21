//! Steps and checks about what was wanted and not sold.
//!
//! | line | what it is |
//! |---|---|
//! | `отменить заказ O-1 причина expensive` | everything not shipped is given up |
//! | `отменить строки O-1 1,2 причина waited` | lines by their numbers are given up |
//! | `закрыть по правилу O-1 законченные`, `... без движения 30` | closed when the rule allows it |
//! | `спросили T1 2 от C1` | «спросили, нет» by one key |
//! | `заказ с сайта 7 от "Анна" 2026-10-05: "Чайник" 2 x 60` | an order comes from a site |
//! | `отменить последнее` | the last operation is taken back |
//! | `потерянный спрос T1 [источник] = 4 шт, 400,00` | what counts as lost |

use super::words::{Words, is_date, parts};
use super::world::{Said, World, said};
use kontora::domain::crm::counterparty::Counterparty;
use kontora::domain::registers::demand::LostDemand;
use kontora::domain::sales::cancel_reason::CancelReason;
use kontora::domain::stock::item::Item;
use kontora::kernel::moment::Moment;
use kontora::kernel::money::{Money, Qty};
use kontora::kernel::problems::Outcome;
use kontora::kernel::refs::Ref;
use kontora::kernel::register::Register as _;
use kontora::ops::asked::Asked;
use kontora::ops::cancel::CloseRule;
use kontora::ops::gate::Op;
use kontora::ops::import_orders::{Fate, import_orders};
use kontora::ops::undo::{Scope, undo};

/// A step; `None` when the statement is something else.
pub fn step(world: &mut World, text: &str) -> Said<Option<Outcome<()>>> {
    let mut words = Words::new(text);
    if words.eat("отменить последнее") {
        return Ok(Some(undo(&world.session, Scope::Session).map(|_| ())));
    }
    if let Some(order) = words.after("отменить заказ") {
        let (order, reason) = (world.name(order)?, reason(world, &mut words)?);
        return Ok(Some(world.run(Op::Save, |tx| tx.cancel_order(order, reason))));
    }
    if let Some(order) = words.after("отменить строки") {
        let order = world.name(order)?;
        let keys: Vec<u32> = words.next().split(',').filter_map(|number| number.parse().ok()).collect();
        let reason = reason(world, &mut words)?;
        return Ok(Some(world.run(Op::Save, |tx| tx.cancel_lines(order, &keys, reason))));
    }
    if let Some(order) = words.after("закрыть по правилу") {
        let order = world.name(order)?;
        let rule = match words.after("без движения") {
            Some(days) => CloseRule::Idle(days.parse().map_err(|_| format!("{days} is no number"))?),
            None => CloseRule::Finished,
        };
        return Ok(Some(world.run(Op::Save, |tx| tx.close_order(order, rule))));
    }
    if let Some(item) = words.after("спросили") {
        let item = world.typed::<Item>(item)?;
        let qty = Qty::parse(words.next()).map_err(|_| "how much?".to_owned())?;
        let customer = words.after("от").map_or(Ok(Ref::EMPTY), |name| world.typed::<Counterparty>(name))?;
        let asked = Asked { item, qty, customer, warehouse: Ref::EMPTY };
        return Ok(Some(world.run(Op::Post, |tx| tx.note_asked(asked).map(|_| ()))));
    }
    if words.eat("заказ с сайта") {
        return site_order(world, &mut words).map(Some);
    }
    Ok(None)
}

fn reason(world: &World, words: &mut Words<'_>) -> Said<Ref<CancelReason>> {
    words.after("причина").map_or(Ok(Ref::EMPTY), |name| world.typed(name))
}

fn site_order(world: &mut World, words: &mut Words<'_>) -> Said<Outcome<()>> {
    let number = words.next().to_owned();
    let who = words.after("от").unwrap_or("Анна").to_owned();
    let date = words.next().trim_end_matches(':').to_owned();
    if !is_date(&date) {
        return Err(format!("{date} is no date"));
    }
    let mut lines = String::new();
    for part in parts(words.rest()) {
        let mut words = Words::new(part);
        let (name, qty) = (words.next(), words.next());
        let price = words.after("x").unwrap_or("1");
        let whole = |number: &str| number.parse::<i64>().map_err(|_| format!("{number} is no whole number"));
        let sum = whole(qty)? * whole(price)?;
        lines.push_str(&format!(
            "<Товар><Ид>{name}</Ид><Артикул>{name}</Артикул><Наименование>{name}</Наименование><Количество>{qty}</Количество><Сумма>{sum}</Сумма></Товар>"
        ));
    }
    let file = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><КоммерческаяИнформация ВерсияСхемы=\"2.08\"><Документ><Ид>{number}</Ид>\
         <Номер>{number}</Номер><Дата>{date}</Дата><ХозОперация>Заказ товара</ХозОперация><Роль>Продавец</Роль>\
         <Валюта>RUB</Валюта><Контрагенты><Контрагент><Ид>{who}</Ид><Наименование>{who}</Наименование></Контрагент>\
         </Контрагенты><Товары>{lines}</Товары></Документ></КоммерческаяИнформация>"
    );
    let import = import_orders(&world.session, "orders.xml", file.as_bytes(), "file", &mut |_, _| true);
    if let Ok(import) = &import
        && let Some(Fate::Created(order) | Fate::Updated(order)) = import.documents.first().map(|taken| &taken.fate)
    {
        let name = format!("САЙТ-{number}");
        said(world.run(Op::Load, |tx| tx.store.remember("load:customer_order", &name, *order, "").map(|_| ())))?;
        world.remember(&name, *order);
    }
    Ok(import.map(|_| ()))
}

/// What the base says about a subject; `None` when the subject is another.
pub fn found(world: &World, subject: &str) -> Option<Said<String>> {
    let mut words = Words::new(subject);
    words.eat("потерянный спрос").then(|| lost(world, &mut words))
}

fn lost(world: &World, words: &mut Words<'_>) -> Said<String> {
    let item = world.typed::<Item>(words.next())?;
    let source = words.rest().to_owned();
    let moves = said(world.session.store.timeline(LostDemand::meta(), &[item.id()], Moment::EMPTY, Moment::FOREVER))?;
    let rows = moves.iter().map(|moved| LostDemand::from_cells(&moved.cells));
    let rows = rows.filter(|row| source.is_empty() || row.source.label() == source);
    let sum = rows.fold((Qty::ZERO, Money::ZERO), |sum, row| (sum.0 + row.qty, sum.1 + row.amount));
    Ok(format!("{} шт, {}", sum.0.short().replace('\u{a0}', ""), super::checks::amount(sum.1)))
}
