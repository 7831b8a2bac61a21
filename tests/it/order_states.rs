//! The state of an order as a table of cases (RULES B1): numbers in, the first rule that holds out.

use kontora::domain::sales::order_state::{LineNumbers, NextAction, OrderNumbers, OrderState, SupplyAction, verdict};
use kontora::kernel::money::{Money, Qty};

/// A line in a word: `ship 5/2` is five ordered, two shipped; `held` where all that is left is reserved.
fn line(words: &str) -> LineNumbers {
    let mut parts = words.split_whitespace();
    let action = match parts.next().unwrap() {
        "none" => SupplyAction::None,
        "supply" => SupplyAction::ToSupply,
        "apart" => SupplyAction::Separate,
        "arrives" => SupplyAction::AsArrives,
        "reserve" => SupplyAction::Reserve,
        "ship" => SupplyAction::Ship,
        other => panic!("no action {other}"),
    };
    let (qty, shipped) = parts.next().unwrap().split_once('/').unwrap();
    let rest: Vec<&str> = parts.collect();
    let whole = |text: &str| Qty::whole(text.parse().unwrap());
    LineNumbers {
        qty: whole(qty),
        shipped: whole(shipped),
        cancelled: rest.contains(&"cancelled"),
        action,
        held: rest.contains(&"held"),
    }
}

/// `closed`/`unagreed` marks, `A P C`, paid, lines.
fn order(words: &str) -> OrderNumbers {
    let mut parts = words.split('|').map(str::trim);
    let marks = parts.next().unwrap();
    let mut sums = parts.next().unwrap().split_whitespace().map(|sum| Money::whole(sum.parse().unwrap()));
    let mut next = || sums.next().unwrap();
    OrderNumbers {
        closed: marks.contains("closed"),
        agreed: !marks.contains("unagreed"),
        advance: next(),
        prepayment: next(),
        credit: next(),
        paid: next(),
        lines: parts.next().unwrap().split(',').filter(|text| !text.trim().is_empty()).map(line).collect(),
        ..OrderNumbers::default()
    }
}

/// Marks | advance, prepayment, credit, paid | lines => state.
const CASES: &str = "
    | 0 0 100 0 | arrives 1/0 => supply
    | 0 0 100 0 | ship 1/0 => ready_to_ship
    | 0 0 100 0 | ship 1/1 => payment
    | 0 0 100 100 | ship 1/1 => ready_to_close
    | 0 0 100 100 | ship 1/0 => ready_to_ship
    | 0 0 100 100 | arrives 1/0 => supply
    | 0 0 100 150 | ship 1/1 => ready_to_close
    | 0 0 100 99 | ship 1/1 => payment
    | 0 0 100 0 | none 1/0 => ready_to_supply
    | 0 0 100 0 | none 1/0, ship 1/0 => ready_to_supply
    | 0 0 100 0 | none 1/1, ship 1/0 => shipping
    | 0 0 100 0 | none 1/0 cancelled, ship 1/0 => ready_to_ship
    | 0 0 100 0 | supply 1/0 => supply
    | 0 0 100 0 | apart 1/0 => supply
    | 0 0 100 0 | reserve 1/0 => supply
    | 0 0 100 0 | reserve 1/0 held => supply
    | 0 0 100 0 | reserve 1/0 held, ship 1/0 => supply
    | 0 0 100 0 | ship 3/1 => shipping
    | 0 0 100 0 | ship 3/1, arrives 1/0 => supply
    | 0 0 100 0 | ship 3/3, arrives 1/0 => supply
    | 0 0 100 0 | ship 3/3, ship 1/0 => shipping
    | 0 0 100 0 | ship 3/3, ship 1/0 cancelled => payment
    | 0 0 100 0 | ship 3/4 => payment
    | 0 0 0 0 | ship 1/0 cancelled => ready_to_close
    | 0 0 0 0 | => ready_to_close
    | 0 0 0 50 | ship 1/0 cancelled => ready_to_close
    | 0 0 0 -50 | ship 1/1 => payment
    | 0 0 0 -50 | ship 1/0 cancelled => payment
    | 0 0 0 0 | ship 1/0 => ready_to_ship
    | 0 0 0 0 | ship 1/1 => ready_to_close
    | 0 0 -10 0 | ship 1/1 => ready_to_close
    | 30 0 70 0 | none 1/0 => advance
    | 30 0 70 0 | arrives 1/0 => advance
    | 30 0 70 29 | arrives 1/0 => advance
    | 30 0 70 30 | arrives 1/0 => supply
    | 30 0 70 30 | none 1/0 => ready_to_supply
    | 30 0 70 30 | ship 1/0 => ready_to_ship
    | 30 0 70 0 | ship 2/1 => prepayment
    | 30 0 70 0 | ship 1/1 => prepayment
    | 30 0 70 31 | ship 1/1 => payment
    | 30 0 70 100 | ship 1/1 => ready_to_close
    | 100 0 0 0 | arrives 1/0 => advance
    | 100 0 0 100 | arrives 1/0 => supply
    | 100 0 0 100 | ship 1/1 => ready_to_close
    | 100 0 0 40 | ship 1/1 => prepayment
    | 0 50 50 0 | arrives 1/0 => prepayment
    | 0 50 50 49 | ship 1/0 => prepayment
    | 0 50 50 50 | arrives 1/0 => supply
    | 0 50 50 50 | ship 1/0 => ready_to_ship
    | 0 50 50 50 | ship 2/1 => shipping
    | 0 50 50 50 | ship 1/1 => payment
    | 0 50 50 0 | none 1/0 => ready_to_supply
    | 0 100 0 0 | ship 1/0 => prepayment
    | 0 100 0 100 | ship 1/0 => ready_to_ship
    | 0 100 0 100 | ship 1/1 => ready_to_close
    | 0 100 0 60 | ship 1/1 => prepayment
    | 30 50 20 0 | arrives 1/0 => advance
    | 30 50 20 30 | arrives 1/0 => prepayment
    | 30 50 20 80 | arrives 1/0 => supply
    | 30 50 20 80 | ship 1/0 => ready_to_ship
    | 30 50 20 80 | ship 1/1 => payment
    | 30 50 20 100 | ship 1/1 => ready_to_close
    | 30 50 20 30 | none 1/0 => ready_to_supply
    | 30 50 20 70 | ship 2/1 => prepayment
    unagreed | 0 0 100 0 | ship 1/0 => approval
    unagreed | 30 0 70 0 | none 1/0 => approval
    unagreed | 0 0 100 100 | ship 1/1 => approval
    closed | 0 0 100 0 | ship 1/0 => closed
    closed | 0 0 100 100 | ship 1/1 => closed
    closed unagreed | 0 0 100 0 | arrives 1/0 => closed
";

#[test]
fn the_state_is_the_first_rule_that_holds() {
    let mut wrong = Vec::new();
    let cases: Vec<&str> = CASES.lines().map(str::trim).filter(|case| !case.is_empty()).collect();
    for case in &cases {
        let (numbers, state) = case.split_once("=>").unwrap();
        let found = verdict(&order(numbers)).state;
        let code = OrderState::META.code_of(found as i64);
        if code != state.trim() {
            wrong.push(format!("{case}: {code}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(cases.len() >= 60, "{}", cases.len());
}

/// What waits for consent or for its advance is neither provided for nor shipped, whatever is the matter with its lines.
#[test]
fn the_next_step_of_an_order_is_one_that_is_not_refused() {
    let lines = ["none 1/0", "arrives 1/0", "supply 2/1", "reserve 1/0 held", "ship 1/0", "ship 2/1"];
    for line in lines {
        let state = |words: &str| verdict(&order(&format!("{words} | {line}"))).state;
        let unagreed = [state("unagreed | 0 0 100 0"), state("unagreed | 30 0 70 0"), state("unagreed | 0 50 50 50")];
        for state in unagreed {
            assert_eq!(state.next_action(), NextAction::Approve, "{line}");
            assert!(!state.may_be_supplied() && !state.may_be_shipped(), "{line}");
        }
        let agreed = state("| 0 0 100 0");
        assert!(agreed.may_be_supplied() && agreed.may_be_shipped(), "{line}");
        assert_ne!(agreed.next_action(), NextAction::Approve, "{line}");
        let closed = state("closed | 0 0 100 0");
        assert_eq!(closed.next_action(), NextAction::Nothing);
        assert!(!closed.may_be_supplied() && !closed.may_be_shipped());
    }
    let waits = verdict(&order("| 30 0 70 10 | none 1/0")).state;
    assert_eq!((waits.next_action(), waits.may_be_supplied(), waits.may_be_shipped()), (NextAction::Pay, false, true));
}

#[test]
fn the_counts_behind_the_badges_and_what_is_missing() {
    let found = verdict(&order("| 30 50 20 10 | ship 1/0, reserve 2/0 held, supply 3/1, none 1/0 cancelled, ship 1/1"));
    assert_eq!((found.active, found.ready, found.unsupplied, found.held), (3, 1, 2, 1));
    assert_eq!(found.state, OrderState::Prepayment);
    assert_eq!(found.missing, Money::whole(70));
    let again = kontora::domain::sales::order_state::Verdict::from_stored(found.state, &found.stored());
    assert_eq!(again, found, "what is kept beside the order tells the same");
}
