//! What a figure opens adds up to the figure: movements, narrower reports, and the objects a row stands for.

use super::base::{by, day, definition, made, session, span, title_path, usual};
use kontora::ops::gate::Session;
use kontora::report::declare::{At, Definition, Half, What};
use kontora::report::drill::{Go, Target, targets};
use kontora::report::setup::Setup;
use kontora::report::sheet::{Line, Sheet};

/// A figure of a sheet of movements: opening, came, went, closing, by the column it sums.
struct Listed {
    opening: Option<i64>,
    came: i64,
    went: i64,
    closing: Option<i64>,
    rows: i64,
}

fn listed(sheet: &Sheet, sum: &str) -> Listed {
    let total = sheet.total.as_ref().unwrap();
    let rows = i64::try_from(sheet.movements.len()).unwrap();
    let number = |row: &kontora::report::sheet::Row, code: &str| sheet.head(code).and_then(|at| row.cells[at].number());
    if sheet.head("debit_amount").is_some() {
        let signed = |row: &kontora::report::sheet::Row| {
            let side = sheet.head("side").map(|at| row.cells[at].clone());
            let credit = matches!(side, Some(kontora::report::sheet::Cell::Text(text)) if &*text == "К");
            number(row, "balance").map(|balance| if credit { -balance } else { balance })
        };
        let opening = sheet.rows.first().filter(|row| row.line == Line::Opening).and_then(signed);
        let (came, went) = (number(total, "debit_amount").unwrap(), number(total, "credit_amount").unwrap());
        return Listed { opening, came, went, closing: signed(total), rows };
    }
    let column = |code: &str| format!("{sum}_{code}");
    if sheet.head(&column("in")).is_none() {
        let moved = number(total, sum).unwrap_or(0);
        return Listed { opening: None, came: moved, went: 0, closing: None, rows };
    }
    let opening = sheet.rows.first().filter(|row| row.line == Line::Opening);
    Listed {
        opening: opening.and_then(|row| number(row, &column("balance"))),
        came: number(total, &column("in")).unwrap_or(0),
        went: number(total, &column("out")).unwrap_or(0),
        closing: number(total, &column("balance")),
        rows,
    }
}

fn related(session: &Session) -> Vec<Definition> {
    kontora::report::embedded::EMBEDDED.iter().map(|(code, _)| definition(session, code)).collect()
}

fn drill(
    related: &[Definition],
    of: &Definition,
    setup: &Setup,
    sheet: &Sheet,
    row: usize,
    column: usize,
) -> Vec<Target> {
    targets(of, setup, sheet, row, column, related)
}

/// Checks every figure of a report against the movements it opens; gives how many were checked.
fn figures_open_what_they_are_made_of(session: &Session, of: &Definition, setup: &Setup, all: &[Definition]) -> usize {
    let sheet = made(session, of, setup);
    let mut checked = 0;
    for row in 0..=sheet.rows.len() {
        let Some(line) = sheet.row(row) else { continue };
        if line.line == Line::Apart {
            continue;
        }
        for (place, head) in sheet.heads.iter().enumerate() {
            let Some(column) = of.column(&head.code) else { continue };
            let What::Figure { sum, at, negate, half, .. } = &of.columns[column].what else { continue };
            let Some(value) = line.cells[place].number() else { continue };
            let found = drill(all, of, setup, &sheet, row, place);
            // The total of all accounts opens no card.
            let Some(Target { go: Go::Report(opened), .. }) = found.first() else {
                panic!("{} opens nothing", head.code)
            };
            let opened_of = all.iter().find(|other| other.code == opened.code).unwrap();
            if opened.check(opened_of).is_err() {
                continue;
            }
            let moves = made(session, opened_of, opened);
            let listed = listed(&moves, sum);
            let sign = if *negate { -1 } else { 1 };
            let counted = match at {
                At::Opening => listed.opening,
                At::Closing => listed.closing,
                At::Turnover => Some(listed.came - listed.went),
                At::In => Some(listed.came),
                At::Out => Some(listed.went),
                At::Count => Some(listed.rows),
                At::Absent | At::Missed | At::Point => continue,
            };
            let Some(counted) = counted.map(|counted| counted * sign) else { continue };
            let called = format!(
                "{} {} of {}",
                opened.link(),
                head.code,
                title_path(&sheet, row.min(sheet.rows.len().saturating_sub(1)))
            );
            match half {
                None => assert_eq!(counted, value, "{called}"),
                Some((Half::Plus, _)) => assert!(value >= counted.max(0), "{called}: {value} < {counted}"),
                Some((Half::Minus, _)) => assert!(value >= (-counted).max(0), "{called}: {value} < {counted}"),
            }
            checked += 1;
        }
    }
    checked
}

#[test]
fn every_figure_opens_the_movements_it_is_made_of() {
    let session = session();
    let all = related(&session);
    for of in all.iter().filter(|of| of.code != "account_card") {
        let mut checked = 0;
        for choice in &of.choices {
            let names: Vec<&str> = choice.iter().map(|at| of.fields[*at].code.as_str()).collect();
            let mut setup = usual(of);
            by(&mut setup, &names);
            if of.time == kontora::report::declare::Time::Period {
                setup.span = span(day(9, 8), day(10, 20));
            } else if of.time == kontora::report::declare::Time::Moment {
                setup.span.until = day(10, 17).at(9, 30, 0);
            }
            checked += figures_open_what_they_are_made_of(&session, of, &setup, &all);
        }
        assert!(checked > 20, "{}: {checked}", of.code);
    }
}

#[test]
fn a_narrower_report_adds_up_to_the_row_it_came_from() {
    let session = session();
    let all = related(&session);
    let mut checked = 0;
    for (code, fields) in [
        ("sales", &["customer"][..]),
        ("sales", &["group"]),
        ("stock", &["warehouse"]),
        ("money", &["place"]),
        ("settlements_customers", &["counterparty"]),
        ("order_states", &["state"]),
        ("trial_balance", &["account"]),
    ] {
        let of = definition(&session, code);
        let mut setup = usual(&of);
        by(&mut setup, fields);
        if of.time == kontora::report::declare::Time::Period {
            setup.span = span(day(9, 1), day(10, 31));
        }
        let sheet = made(&session, &of, &setup);
        for row in 0..sheet.rows.len() {
            for target in drill(&all, &of, &setup, &sheet, row, 0) {
                let Go::Report(narrower) = &target.go else { continue };
                if narrower.code != of.code || narrower.moves.is_some() {
                    continue;
                }
                let below = made(&session, &of, narrower);
                for (place, head) in sheet.heads.iter().enumerate().filter(|(_, head)| head.kind.is_number()) {
                    let column = of.column(&head.code).unwrap();
                    let plain = matches!(&of.columns[column].what, What::Figure { half: None, .. });
                    if let (Some(own), true) = (sheet.rows[row].cells[place].number(), plain) {
                        let total = below.total.as_ref().unwrap().cells[place].number();
                        assert_eq!(total.unwrap_or(0), own, "{} {}", narrower.link(), head.code);
                        checked += 1;
                    }
                }
            }
        }
    }
    assert!(checked > 200, "{checked}");
}

#[test]
fn a_movement_opens_its_document_and_a_row_its_object() {
    let session = session();
    let all = related(&session);
    let of = definition(&session, "sales");
    let mut setup = usual(&of);
    setup.span = span(day(9, 1), day(11, 30));
    let sheet = made(&session, &of, &setup);
    let opened = drill(&all, &of, &setup, &sheet, 0, 0);
    let objects: Vec<_> = opened
        .iter()
        .filter_map(|target| match &target.go {
            Go::Object(object) => Some(*object),
            Go::Report(_) => None,
        })
        .collect();
    assert_eq!(objects.len(), 1, "the item");
    assert_eq!(super::base::name(&session, objects[0]), title_path(&sheet, 0));
    let related_codes: Vec<_> = opened
        .iter()
        .filter_map(|target| match &target.go {
            Go::Report(setup) if setup.code != "sales" => Some(setup.code.clone()),
            _ => None,
        })
        .collect();
    assert_eq!(related_codes, ["stock"], "settlements know no items");
    let Go::Report(moves) = &opened[0].go else { panic!("a figure opens its movements first") };
    let list = made(&session, &of, moves);
    let Some(Target { go: Go::Object(document), .. }) = drill(&all, &of, moves, &list, 0, 0).into_iter().next() else {
        panic!("a movement opens its document")
    };
    let sales = <kontora::domain::registers::sales::Sales as kontora::kernel::register::Register>::meta();
    assert!(!session.store.moves_of(sales, document).unwrap().is_empty());
}

#[test]
fn a_link_says_the_whole_choice() {
    let session = session();
    let of = definition(&session, "sales");
    let mut setup = usual(&of);
    setup.span = span(day(9, 3), day(10, 5));
    by(&mut setup, &["customer", "item"]);
    setup.set("item", vec![3, 5]);
    setup.set("manager", vec![0]);
    setup.sort = Some(("amount".to_owned(), true));
    assert_eq!(Setup::from_link(&of, &setup.link(), day(11, 23)), setup);
    setup.moves = Some("sales".to_owned());
    setup.sort = None;
    assert_eq!(Setup::from_link(&of, &setup.link(), day(11, 23)), setup);
    assert_eq!(Setup::code_of(&setup.link()), ("sales", Some("sales")));
    assert_eq!(Setup::from_link(&of, "sales", day(11, 23)), usual(&of));
    assert_eq!(Setup::from_link(&of, "sales?from=x&by=item&f.item=a&nonsense", day(11, 23)).by, ["item"]);
}
