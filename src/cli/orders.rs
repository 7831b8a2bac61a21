//! Commands on orders: taking them from a site's file, binding their lines, ordering what they lack.

use super::commands::{read, say, text_arg};
use super::output::{Format, Table, shown_ref};
use super::{DONE, REFUSED};
use crate::domain::sales::customer_order::CustomerOrder;
use crate::domain::stock::item::Item;
use crate::kernel::object::Declared as _;
use crate::kernel::problems::{Error, Outcome};
use crate::kernel::refs::AnyRef;
use crate::kernel::text::Text;
use crate::ops::gate::{Op, Session};
use crate::ops::import_orders::{Fate, bind_item, import_orders, unbound_lines};
use crate::ops::present::Titles;
use crate::ops::supply::needs_for;
use crate::text;
use clap::ArgMatches;
use std::io::Write;
use std::path::Path;

/// How many of the newest orders with unbound lines are looked at.
const ORDERS_MAX: usize = 1_000;

/// Takes the orders of a file; each document with what became of it.
pub fn import(args: &ArgMatches, session: &Session, out: &mut dyn Write) -> Outcome<u8> {
    let path = text_arg(args, "file");
    let bytes = read(path)?;
    let name = Path::new(path).file_name().map_or_else(|| path.to_owned(), |name| name.to_string_lossy().into_owned());
    let import = import_orders(session, &name, &bytes, text_arg(args, "link"), &mut |_, _| true)?;
    let mut table = Table::new(&[
        ("number", text!("cli-col-number").show()),
        ("result", text!("cli-col-result").show()),
        ("ref", text!("cli-col-ref").show()),
        ("order", text!("cli-col-order").show()),
        ("remarks", text!("cli-col-remarks").show()),
    ]);
    let facts = session.facts();
    let mut titles = Titles::default();
    for taken in &import.documents {
        let (result, order, reason) = match &taken.fate {
            Fate::Created(order) => (text!("import-created"), *order, String::new()),
            Fate::Updated(order) => (text!("import-updated"), *order, String::new()),
            Fate::Same(order) => (text!("import-same"), *order, String::new()),
            Fate::Skipped(reason) => (text!("import-skipped"), AnyRef::EMPTY, reason.show()),
            Fate::Broken(reason) => (text!("import-broken"), AnyRef::EMPTY, reason.clone()),
        };
        let mut remarks: Vec<String> = taken.remarks.iter().map(Text::show).collect();
        if !reason.is_empty() {
            remarks.insert(0, reason);
        }
        let title = titles.of(order, &session.store, &facts)?;
        table.rows.push(vec![taken.number.clone(), result.show(), shown_ref(order), title, remarks.join("; ")]);
    }
    table.write(Format::named(text_arg(args, "format")), out)?;
    for warning in &import.warnings {
        say(out, &warning.show())?;
    }
    let broken = import.count(|fate| matches!(fate, Fate::Broken(_)));
    Ok(if broken == 0 { DONE } else { REFUSED })
}

/// Lines for which no item was found, the newest orders first.
pub fn lines(args: &ArgMatches, session: &Session, out: &mut dyn Write) -> Outcome<u8> {
    let mut table = Table::new(&[
        ("order", text!("cli-col-ref").show()),
        ("number", text!("cli-col-number").show()),
        ("line", text!("cli-col-line").show()),
        ("name", text!("cli-col-title").show()),
        ("proposals", text!("cli-col-proposals").show()),
    ]);
    let facts = session.facts();
    let mut titles = Titles::default();
    for unbound in unbound_lines(session, ORDERS_MAX)? {
        let proposals: Outcome<Vec<String>> =
            unbound.proposals.iter().map(|item| titles.of(*item, &session.store, &facts)).collect();
        table.rows.push(vec![
            shown_ref(unbound.order.any()),
            unbound.number,
            unbound.line.to_string(),
            unbound.name,
            proposals?.join(", "),
        ]);
    }
    table.write(Format::named(text_arg(args, "format")), out)?;
    Ok(DONE)
}

/// Binds a line to an item, for this order and for all that wait for the same thing.
pub fn bind(args: &ArgMatches, session: &Session, out: &mut dyn Write) -> Outcome<u8> {
    let (order, item) = (text_arg(args, "order"), text_arg(args, "item"));
    let input = text_arg(args, "line");
    let line: u32 = input.parse().map_err(|_| Error::refused(text!("cli-line-number", input = input)))?;
    let (found, item) = session.rehearse(|tx| {
        let order = tx.any_reference(&serde_json::Value::from(order))?;
        let item = format!("{}:{item}", Item::declared().code);
        Ok((order, tx.any_reference(&serde_json::Value::from(item))?))
    })?;
    if !found.is_of(CustomerOrder::declared()) {
        return Err(Error::refused(text!("cli-not-an-order", input = order)));
    }
    let count = bind_item(session, found.typed(), line, item.typed())?;
    say(out, &text!("cli-bound", count = count).show())?;
    Ok(if count == 0 { REFUSED } else { DONE })
}

/// What orders lack; or, when asked to order it, the supplier orders made.
pub fn supply(args: &ArgMatches, session: &Session, out: &mut dyn Write) -> Outcome<u8> {
    let facts = session.facts();
    let mut found = needs_for(session)?;
    let mut titles = Titles::default();
    let format = Format::named(text_arg(args, "format"));
    if args.get_flag("order") {
        let mut table = Table::new(&[("ref", text!("cli-col-ref").show()), ("order", text!("cli-col-order").show())]);
        found.retain(|shortage| !shortage.is_optional());
        let made = if found.is_empty() {
            Vec::new()
        } else {
            session.run(Op::Supply, |tx| tx.order_shortages(&found)).map(|(made, _)| made)?
        };
        for order in made {
            table.rows.push(vec![shown_ref(order), titles.of(order, &session.store, &facts)?]);
        }
        table.write(format, out)?;
        return Ok(DONE);
    }
    let mut table = Table::new(&[
        ("item", text!("cli-col-item").show()),
        ("warehouse", text!("cli-col-warehouse").show()),
        ("qty", text!("cli-col-missing").show()),
        ("supplier", text!("cli-col-supplier").show()),
    ]);
    for shortage in &found {
        table.rows.push(vec![
            titles.of(shortage.item.any(), &session.store, &facts)?,
            titles.of(shortage.warehouse.any(), &session.store, &facts)?,
            shortage.to_order.short(),
            titles.of(shortage.supplier.any(), &session.store, &facts)?,
        ]);
    }
    table.write(format, out)?;
    Ok(DONE)
}
