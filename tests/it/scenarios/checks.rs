//! What must be true of goods, orders and settlements.
//!
//! | line | what it is |
//! |---|---|
//! | `остаток T1 [склад W] [на ДАТУ] = 6 шт, 6000,00` | on hand, with its cost |
//! | `партии T1 = R-1 4 на 400,00; ...` | FIFO batches, the oldest first |
//! | `резерв T1 [по O-1] [склад W] = 4` | reserved |
//! | `свободно T1 [склад W] = 2` | on hand less reserved |
//! | `ожидается T1 = 5` | on the way from suppliers |
//! | `осталось O-1 = 2` | still to be shipped of an order |
//! | `не оплачено O-1 = 100,00` | still to be paid of an order; over-payment is negative |
//! | `план O-1 = 2026-10-05 300,00; ...` | what is still to be paid of it, by its payment stages |
//! | `состояние O-1 = Готов к отгрузке`, `причина O-1 = ...` | state of an order, and why |
//! | `шаг O-1 = согласовать` | what the next step of an order is |
//! | `долг C1 [договор D] [на ДАТУ] = 7320,00` | what a partner owes us; minus, what we owe |
//! | `открыто C1 = G-1 320,00; ...` | debts and advances by document |
//! | `деньги [BA] [на ДАТУ] = 100,00` | money in all places or in one |
//! | `продажи T1 = 4 шт, 7320,00, 4000,00` | sold: quantity, revenue, cost |
//! | `себестоимость G-1 [строка 1] = 4000,00` | cost of what a document moved |
//! | `документ G-1 Сумма = 7320,00` | a field by its label; also `Проведен` and `Помечен` |
//! | `строки G-1 = T1 4 x 1830,00 = 7320,00; ...` | rows: item, quantity, price, total |
//! | `цена T1 [вид] на ДАТУ = 10,00` | price in force |
//! | `номер O-1 = 000001`, `версия O-1 = 2` | number, version |
//! | `пусто` | nothing has moved |
//! | `запомнить`, then `все как было` | nothing has changed |

use super::words::Words;
use super::world::{Said, World, said, until};
use kontora::domain::crm::contract::Contract;
use kontora::domain::crm::counterparty::Counterparty;
use kontora::domain::prices::price_kind::PriceKind;
use kontora::domain::registers::funds::Funds;
use kontora::domain::registers::orders::{CustomerOrders, OrderDebts, PlannedReceipts, SupplierOrders};
use kontora::domain::registers::prices::Prices;
use kontora::domain::registers::sales::Sales;
use kontora::domain::registers::settlements::{OpenItems, Settlements};
use kontora::domain::registers::stock::{Batches, Reserves, Stock};
use kontora::domain::registers::vat_book::{VatBook, VatBookKind};
use kontora::domain::registry;
use kontora::domain::sales::customer_order::CustomerOrder;
use kontora::domain::sales::order_state::{NextAction, Verdict};
use kontora::domain::stock::item::Item;
use kontora::domain::stock::warehouse::Warehouse;
use kontora::kernel::facts::Facts;
use kontora::kernel::moment::Moment;
use kontora::kernel::money::{Money, Qty};
use kontora::kernel::refs::{AnyRef, Ref};
use kontora::kernel::register::Register;
use kontora::kernel::value::{Type, Value};
use kontora::ops::order_view::view_of;

/// What the base says about a subject, written as scenarios write it; `None` when the subject is another.
pub fn found(world: &World, subject: &str) -> Option<Said<String>> {
    type Question = fn(&World, &mut Words<'_>) -> Said<String>;
    let questions: [(&str, Question); 22] = [
        ("остаток", stock),
        ("партии", batches),
        ("резерв", reserved),
        ("свободно", free),
        ("ожидается", expected),
        ("осталось", left),
        ("не оплачено", unpaid),
        ("план", plan),
        ("состояние", state),
        ("шаг", next_step),
        ("причина", reason),
        ("долг", debt),
        ("открыто", open_items),
        ("деньги", funds),
        ("продажи", sales),
        ("книга", vat_book),
        ("себестоимость", cost),
        ("документ", fields),
        ("строки", rows),
        ("цена", price),
        ("номер", number),
        ("версия", version),
    ];
    let mut words = Words::new(subject);
    let (_, ask) = questions.iter().find(|(phrase, _)| words.eat(phrase))?;
    Some(ask(world, &mut words))
}

/// All current totals of a register.
fn totals<R: Register>(world: &World) -> Said<Vec<R>> {
    let rows = said(world.session.store.totals_by(R::meta(), &[]))?;
    Ok(rows.iter().map(|cells| R::from_cells(cells)).collect())
}

/// An amount as scenarios write it: a comma, no groups.
pub fn amount(value: Money) -> String {
    value.to_string().replace('.', ",")
}

fn qty(value: Qty) -> String {
    value.short().replace('\u{a0}', "")
}

/// Words that narrow a question down.
#[derive(Default)]
struct Limits {
    warehouse: Option<Ref<Warehouse>>,
    order: Option<AnyRef>,
    contract: Option<Ref<Contract>>,
    until: Option<Moment>,
}

fn limits(world: &World, words: &mut Words<'_>) -> Said<Limits> {
    let mut found = Limits::default();
    while !words.is_done() {
        if let Some(name) = words.after("склад") {
            found.warehouse = Some(world.typed(name)?);
        } else if let Some(name) = words.after("по") {
            found.order = Some(world.name(name)?);
        } else if let Some(name) = words.after("договор") {
            found.contract = Some(world.typed(name)?);
        } else if let Some(day) = words.after("на") {
            found.until = Some(until(Some(day))?);
        } else {
            return Err(format!("not understood: {}", words.rest()));
        }
    }
    Ok(found)
}

fn plan(world: &World, words: &mut Words<'_>) -> Said<String> {
    let order = world.name(words.next())?;
    let mut rows = totals::<PlannedReceipts>(world)?;
    rows.retain(|row| row.order.any() == order);
    rows.sort_by_key(|row| row.due);
    let shown = |row: &PlannedReceipts| {
        format!("{} {}", row.due.start().iso().get(..10).unwrap_or_default(), amount(row.amount))
    };
    Ok(if rows.is_empty() { "пусто".to_owned() } else { rows.iter().map(shown).collect::<Vec<_>>().join("; ") })
}

fn stock(world: &World, words: &mut Words<'_>) -> Said<String> {
    let item = world.typed::<Item>(words.next())?;
    let limits = limits(world, words)?;
    let mut sum = (Qty::ZERO, Money::ZERO);
    for row in totals::<Stock>(world)? {
        if row.item != item || limits.warehouse.is_some_and(|wanted| wanted != row.warehouse) {
            continue;
        }
        let mut now = (row.qty, row.cost);
        if let Some(until) = limits.until {
            let key = [row.company.id(), row.warehouse.id(), row.item.id()];
            let moves = said(world.session.store.timeline(Stock::meta(), &key, Moment::EMPTY, until))?;
            let moves = moves.iter().map(|moved| Stock::from_cells(&moved.cells));
            now = moves.fold((Qty::ZERO, Money::ZERO), |sum, row| (sum.0 + row.qty, sum.1 + row.cost));
        }
        sum = (sum.0 + now.0, sum.1 + now.1);
    }
    Ok(format!("{} шт, {}", qty(sum.0), amount(sum.1)))
}

fn batches(world: &World, words: &mut Words<'_>) -> Said<String> {
    let item = world.typed::<Item>(words.next())?;
    let limits = limits(world, words)?;
    let rows = totals::<Batches>(world)?.into_iter().filter(|row| row.item == item);
    let rows = rows.filter(|row| limits.warehouse.is_none_or(|wanted| wanted == row.warehouse));
    let parts: Vec<String> =
        rows.map(|row| format!("{} {} на {}", world.called(row.batch), qty(row.qty), amount(row.cost))).collect();
    Ok(if parts.is_empty() { "нет".to_owned() } else { parts.join("; ") })
}

fn reserved(world: &World, words: &mut Words<'_>) -> Said<String> {
    let item = world.typed::<Item>(words.next())?;
    let limits = limits(world, words)?;
    let rows = totals::<Reserves>(world)?.into_iter().filter(|row| row.item == item);
    let rows = rows.filter(|row| limits.order.is_none_or(|wanted| wanted == row.order.any()));
    let rows = rows.filter(|row| limits.warehouse.is_none_or(|wanted| wanted == row.warehouse));
    Ok(qty(rows.map(|row| row.qty).sum()))
}

fn free(world: &World, words: &mut Words<'_>) -> Said<String> {
    let item = world.typed::<Item>(words.next())?;
    let limits = limits(world, words)?;
    let fits = |warehouse| limits.warehouse.is_none_or(|wanted| wanted == warehouse);
    let on_hand = totals::<Stock>(world)?.into_iter().filter(|row| row.item == item && fits(row.warehouse));
    let held = totals::<Reserves>(world)?.into_iter().filter(|row| row.item == item && fits(row.warehouse));
    Ok(qty(on_hand.map(|row| row.qty).sum::<Qty>() - held.map(|row| row.qty).sum()))
}

fn expected(world: &World, words: &mut Words<'_>) -> Said<String> {
    let item = world.typed::<Item>(words.next())?;
    let rows = totals::<SupplierOrders>(world)?.into_iter().filter(|row| row.item == item);
    Ok(qty(rows.map(|row| row.left).sum()))
}

fn left(world: &World, words: &mut Words<'_>) -> Said<String> {
    let order = world.name(words.next())?;
    let rows = totals::<CustomerOrders>(world)?.into_iter().filter(|row| row.order.any() == order);
    let sum: Qty = rows.map(|row| row.left).sum();
    let rows = totals::<SupplierOrders>(world)?.into_iter().filter(|row| row.order.any() == order);
    Ok(qty(sum + rows.map(|row| row.left).sum()))
}

fn unpaid(world: &World, words: &mut Words<'_>) -> Said<String> {
    let order = world.name(words.next())?;
    let rows = totals::<OrderDebts>(world)?.into_iter().filter(|row| row.order == order);
    Ok(amount(rows.map(|row| row.unpaid).sum()))
}

fn order(world: &World, name: &str) -> Said<CustomerOrder> {
    let object = world.object(world.name(name)?)?;
    object.downcast::<CustomerOrder>().cloned().ok_or_else(|| format!("{name} is no customer order"))
}

fn state(world: &World, words: &mut Words<'_>) -> Said<String> {
    order(world, words.next()).map(|order| order.state.label())
}

fn next_step(world: &World, words: &mut Words<'_>) -> Said<String> {
    let order = order(world, words.next())?;
    let view = said(view_of(&world.session, &order))?.ok_or("no order")?;
    let word = match view.next() {
        NextAction::Approve => "согласовать",
        NextAction::Pay => "оплата",
        NextAction::Supply => "обеспечить",
        NextAction::Ship => "отгрузить",
        NextAction::Close => "закрыть",
        NextAction::Nothing => "нет",
    };
    Ok(word.to_owned())
}

fn reason(world: &World, words: &mut Words<'_>) -> Said<String> {
    let order = order(world, words.next())?;
    let said = Verdict::from_stored(order.state, &order.state_numbers).reason();
    Ok(if said.is_empty() { "нет".to_owned() } else { said.replace('\u{a0}', " ") })
}

fn debt(world: &World, words: &mut Words<'_>) -> Said<String> {
    let partner = world.typed::<Counterparty>(words.next())?;
    let limits = limits(world, words)?;
    let mut sum = Money::ZERO;
    for row in totals::<Settlements>(world)? {
        if row.counterparty != partner || limits.contract.is_some_and(|wanted| wanted != row.contract) {
            continue;
        }
        sum += match limits.until {
            None => row.amount,
            Some(until) => {
                let key = [row.company.id(), row.counterparty.id(), row.contract.id()];
                let moves = said(world.session.store.timeline(Settlements::meta(), &key, Moment::EMPTY, until))?;
                moves.iter().map(|moved| Settlements::from_cells(&moved.cells).amount).sum()
            }
        };
    }
    Ok(amount(sum))
}

fn open_items(world: &World, words: &mut Words<'_>) -> Said<String> {
    let partner = world.typed::<Counterparty>(words.next())?;
    let facts = world.session.facts();
    let facts: &dyn Facts = &facts;
    let rows = totals::<OpenItems>(world)?.into_iter();
    let rows = rows.filter(|row| facts.get(row.contract).is_some_and(|contract| contract.counterparty == partner));
    let parts: Vec<String> = rows.map(|row| format!("{} {}", world.called(row.item), amount(row.amount))).collect();
    Ok(if parts.is_empty() { "нет".to_owned() } else { parts.join("; ") })
}

fn funds(world: &World, words: &mut Words<'_>) -> Said<String> {
    let place = if words.is_done() || words.peek() == "на" { None } else { Some(world.name(words.next())?) };
    let limits = limits(world, words)?;
    let mut sum = Money::ZERO;
    for row in totals::<Funds>(world)?.into_iter().filter(|row| place.is_none_or(|wanted| wanted == row.place)) {
        sum += match limits.until {
            None => row.amount,
            Some(until) => {
                let key = [row.company.id(), row.place.packed()];
                let moves = said(world.session.store.timeline(Funds::meta(), &key, Moment::EMPTY, until))?;
                moves.iter().map(|moved| Funds::from_cells(&moved.cells).amount).sum()
            }
        };
    }
    Ok(amount(sum))
}

fn sales(world: &World, words: &mut Words<'_>) -> Said<String> {
    let item = world.typed::<Item>(words.next())?;
    let mut sum = Sales::default();
    for document in posted(world)? {
        for moved in said(world.session.store.moves_of(Sales::meta(), document))? {
            let row = Sales::from_cells(&moved.cells);
            if row.item == item {
                sum.qty += row.qty;
                sum.amount += row.amount;
                sum.cost += row.cost;
            }
        }
    }
    Ok(format!("{} шт, {}, {}", qty(sum.qty), amount(sum.amount), amount(sum.cost)))
}

/// «книга покупок»: without VAT and VAT of all its invoices.
fn vat_book(world: &World, words: &mut Words<'_>) -> Said<String> {
    let kind = if words.eat("покупок") { VatBookKind::Purchases } else { VatBookKind::Sales };
    let (mut net, mut vat) = (Money::ZERO, Money::ZERO);
    for document in posted(world)? {
        for moved in said(world.session.store.moves_of(VatBook::meta(), document))? {
            let row = VatBook::from_cells(&moved.cells);
            if row.kind == kind {
                net += row.net;
                vat += row.vat;
            }
        }
    }
    Ok(format!("{} НДС {}", amount(net), amount(vat)))
}

/// All posted documents.
fn posted(world: &World) -> Said<Vec<AnyRef>> {
    let mut found = Vec::new();
    for kind in registry::KINDS.iter().filter(|kind| kind.meta().kind == kontora::kernel::meta::Kind::Document) {
        found.extend(said(world.session.store.posted_of(kind.meta().code))?);
    }
    Ok(found)
}

fn cost(world: &World, words: &mut Words<'_>) -> Said<String> {
    let document = world.name(words.next())?;
    let line = words.after("строка").map(|word| word.parse::<i64>().unwrap_or(0));
    let moves = said(world.session.store.moves_of(Stock::meta(), document))?;
    let moves = moves.iter().filter(|moved| line.is_none_or(|line| line == moved.line));
    let sum: Money = moves.map(|moved| Stock::from_cells(&moved.cells).cost).sum();
    Ok(amount(sum.abs()))
}

/// A value as scenarios write it.
fn shown(world: &World, value: &Value, kind: Type) -> String {
    match value {
        Value::Money(v) => amount(*v),
        Value::Qty(v) => qty(*v),
        Value::Ref(reference) => world.called(*reference),
        other => other.show(kind).replace('\u{a0}', ""),
    }
}

/// One field, by its label.
fn fields(world: &World, words: &mut Words<'_>) -> Said<String> {
    let object = world.object(world.name(words.next())?)?;
    let label = words.rest();
    let meta = object.meta();
    let at = meta.fields.iter().position(|field| field.title == label);
    if label == "Проведен" {
        return Ok(if object.head().posted { "Да" } else { "Нет" }.to_owned());
    }
    if label == "Помечен" {
        return Ok(if object.head().marked { "Да" } else { "Нет" }.to_owned());
    }
    let Some(at) = at else { return Err(format!("no field «{label}»")) };
    Ok(shown(world, &object.get(at), meta.fields[at].kind))
}

fn rows(world: &World, words: &mut Words<'_>) -> Said<String> {
    let object = world.object(world.name(words.next())?)?;
    let table = object.meta().table("goods").ok_or("no goods in this document")?;
    let part = &object.meta().tables[table];
    let column = |name: &str| part.field(name).ok_or_else(|| format!("no column {name}"));
    let (item, count, price, total) = (column("item")?, column("qty")?, column("price")?, column("total")?);
    let mut parts = Vec::new();
    for row in 0..object.rows(table) {
        let Some(row) = object.row(table, row) else { continue };
        let cell = |at: usize| shown(world, &row.get(at), part.fields[at].kind);
        parts.push(format!("{} {} x {} = {}", cell(item), cell(count), cell(price), cell(total)));
    }
    Ok(parts.join("; "))
}

fn price(world: &World, words: &mut Words<'_>) -> Said<String> {
    let item = world.typed::<Item>(words.next())?;
    let kind = if words.peek() == "на" { "retail" } else { words.next() };
    let kind = world.typed::<PriceKind>(kind)?;
    let Some(day) = words.after("на") else { return Err("на какую дату?".to_owned()) };
    let facts = world.session.facts();
    let found = Prices::on(&facts, item, kind, super::world::day(day)?);
    Ok(found.map_or_else(|| "нет".to_owned(), |price| shown(world, &Value::Price(price), Type::Price)))
}

fn number(world: &World, words: &mut Words<'_>) -> Said<String> {
    let object = world.object(world.name(words.next())?)?;
    Ok(shown(world, &object.get(0), Type::Text))
}

fn version(world: &World, words: &mut Words<'_>) -> Said<String> {
    world.object(world.name(words.next())?).map(|object| object.head().version.to_string())
}

/// Every register is empty: no movement, no entry, no total that is not zero.
pub fn empty(world: &World) -> Said<()> {
    let full = crate::digest::not_empty(&world.session);
    if full.is_empty() { Ok(()) } else { Err(format!("not empty: {}", full.join(", "))) }
}
