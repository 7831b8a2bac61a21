//! Steps and checks about what was wanted and not sold.
//!
//! | line | what it is |
//! |---|---|
//! | `отменить заказ O-1 причина expensive` | everything not shipped is given up |
//! | `отменить строки O-1 1,2 причина waited` | lines by their numbers are given up |
//! | `закрыть по правилу O-1 законченные`, `... без движения 30` | closed when the rule allows it |
//! | `спросили T1 2 от C1` | «спросили, нет» by one key |
//! | `заказ с сайта 7 от "Анна" 2026-10-05: "Чайник" 2 x 60` | an order comes from a site |
//! | `замены T1 = T2 (аналог) 5; T3 (та же марка) 0` | what may be sold instead |
//! | `похож O-2 = 000001`, `оставить O-1 вместо O-2`, `объединить O-1 и O-2`, `не дубль O-2` | orders that came twice |
//! | `отменить последнее` | the last operation is taken back |
//! | `заказать поставщикам` | everything that is to be bought is ordered |
//! | `пополнение T1 = 12 у S1 по 60,00 к 2026-11-30: есть 2, точка заказа 5` | what is to be bought, and why |
//! | `потерянный спрос T1 [источник] = 4 шт, 400,00` | what counts as lost |

use super::words::{Words, is_date, parts};
use super::world::{Said, World, said};
use kontora::domain::company::company::Company;
use kontora::domain::crm::counterparty::Counterparty;
use kontora::domain::prices::price_kind::PriceKind;
use kontora::domain::registers::demand::LostDemand;
use kontora::domain::sales::cancel_reason::CancelReason;
use kontora::domain::stock::item::Item;
use kontora::domain::stock::warehouse::Warehouse;
use kontora::kernel::moment::Moment;
use kontora::kernel::money::{Money, Qty};
use kontora::kernel::problems::Outcome;
use kontora::kernel::refs::Ref;
use kontora::kernel::register::Register as _;
use kontora::kernel::value::Type;
use kontora::ops::asked::Asked;
use kontora::ops::cancel::CloseRule;
use kontora::ops::gate::Op;
use kontora::ops::import_orders::{Fate, import_orders};
use kontora::ops::substitutes::{Wanted, substitutes};
use kontora::ops::supply::needs_for;
use kontora::ops::undo::{Scope, undo};

/// A step; `None` when the statement is something else.
pub fn step(world: &mut World, text: &str) -> Said<Option<Outcome<()>>> {
    let mut words = Words::new(text);
    if words.eat("отменить последнее") {
        return Ok(Some(undo(&world.session, Scope::Session).map(|_| ())));
    }
    if words.eat("заказать поставщикам") {
        let mut found = said(needs_for(&world.session))?;
        found.retain(|shortage| !shortage.is_optional());
        return Ok(Some(world.run(Op::Supply, |tx| tx.order_shortages(&found).map(|_| ()))));
    }
    if let Some(keep) = words.after("оставить") {
        let (keep, other) = (world.name(keep)?, world.name(words.after("вместо").unwrap_or_default())?);
        return Ok(Some(world.run(Op::Save, |tx| tx.keep_order(keep, other))));
    }
    if let Some(keep) = words.after("объединить") {
        let (keep, other) = (world.name(keep)?, world.name(words.after("и").unwrap_or_default())?);
        return Ok(Some(world.run(Op::Save, |tx| tx.merge_orders(keep, other))));
    }
    if let Some(order) = words.after("не дубль") {
        let order = world.name(order)?;
        return Ok(Some(world.run(Op::Save, |tx| tx.not_twin(order))));
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
    if words.eat("пополнение") {
        return Some(bought(world, &mut words));
    }
    if words.eat("похож") {
        return Some(twin(world, &mut words));
    }
    if words.eat("замены") {
        return Some(near(world, &mut words));
    }
    words.eat("потерянный спрос").then(|| lost(world, &mut words))
}

/// The number of the order that this one repeats.
fn twin(world: &World, words: &mut Words<'_>) -> Said<String> {
    let object = world.object(world.name(words.next())?)?;
    let twin = object.by_name("twin").map(|value| value.show(Type::Text)).unwrap_or_default();
    Ok(if twin.is_empty() { "нет".to_owned() } else { twin })
}

/// Substitutes of an item in the usual warehouse: what, why, how much is free.
fn near(world: &World, words: &mut Words<'_>) -> Said<String> {
    let wanted = Wanted {
        item: world.typed::<Item>(words.next())?,
        company: world.typed::<Company>("main")?,
        warehouse: world.typed::<Warehouse>("main")?,
        price_kind: world.typed::<PriceKind>("retail")?,
    };
    let found = said(substitutes(&world.session, wanted))?;
    let told: Vec<String> = found
        .iter()
        .map(|one| {
            let (called, why) = (world.called(one.item.any()), one.nearness.text().show());
            format!("{called} ({why}) {}", one.free.short())
        })
        .collect();
    Ok(if told.is_empty() { "нет".to_owned() } else { told.join("; ").replace('\u{a0}', " ") })
}

/// How much, of whom, for how much, by when, and why; `нет` when nothing is to be bought.
fn bought(world: &World, words: &mut Words<'_>) -> Said<String> {
    let item = world.typed::<Item>(words.next())?;
    let mut told = Vec::new();
    for shortage in said(needs_for(&world.session))?.iter().filter(|shortage| shortage.item == item) {
        let mut parts = vec![shortage.to_order.short()];
        if !shortage.supplier.is_empty() {
            parts.push(format!("у {}", world.called(shortage.supplier.any())));
        }
        if !shortage.price.is_zero() {
            parts.push(format!("по {}", super::checks::amount(shortage.price.money())));
        }
        if !shortage.due.is_empty() {
            parts.push(format!("к {}", shortage.due.russian()));
        }
        let why: Vec<String> = shortage.why.iter().map(|why| why.text().show()).collect();
        told.push(format!("{}: {}", parts.join(" "), why.join("; ")));
    }
    Ok(if told.is_empty() { "нет".to_owned() } else { told.join(" / ").replace('\u{a0}', "") })
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
