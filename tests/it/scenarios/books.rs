//! What must be true of the ledger.
//!
//! | line | what it is |
//! |---|---|
//! | `счет 62.01[/C1] [организация K] [на ДАТУ] = Дт 7320,00` | balance, of the account or by its first analytic |
//! | `обороты 62.01 = Дт 100,00, Кт 50,00` | turnovers |
//! | `ОСВ [организация K] [на ДАТУ] = 41.01 Дт 6000,00; ...` | the whole trial balance, in any order |
//! | `проводки G-1 = Дт 62.01 Кт 90.01.1 7320,00; ...` | entries of a document, in any order |

use super::checks::amount;
use super::words::Words;
use super::world::{Said, World, said, until};
use kontora::domain::company::company::Company;
use kontora::kernel::moment::Moment;
use kontora::kernel::money::Money;
use kontora::store::ledger::LedgerSide;
use std::collections::BTreeMap;

/// What the books say about a subject; `None` when the subject is another.
pub fn found(world: &World, subject: &str) -> Option<Said<String>> {
    let mut words = Words::new(subject);
    if words.eat("счет") {
        return Some(balance(world, &mut words));
    }
    if words.eat("обороты") {
        return Some(turnovers(world, &mut words));
    }
    if words.eat("ОСВ") {
        return Some(trial_balance(world, &mut words));
    }
    words.eat("проводки").then(|| entries(world, &mut words))
}

/// Company and moment a question is about.
fn scope(world: &World, words: &mut Words<'_>) -> Said<(i64, Moment)> {
    let company = words.after("организация").unwrap_or("company:main");
    let company = world.typed::<Company>(company)?;
    let until = until(words.after("на"))?;
    if words.is_done() { Ok((company.id(), until)) } else { Err(format!("not understood: {}", words.rest())) }
}

/// Codes of the accounts by id.
fn codes(world: &World) -> Said<BTreeMap<i64, String>> {
    Ok(said(world.session.store.accounts_under(""))?.into_iter().collect())
}

fn side(balance: Money) -> String {
    if balance.is_zero() {
        return "0".to_owned();
    }
    format!("{} {}", if balance > Money::ZERO { "Дт" } else { "Кт" }, amount(balance.abs()))
}

fn balance(world: &World, words: &mut Words<'_>) -> Said<String> {
    let name = words.next();
    let (code, sub) = name.split_once('/').unwrap_or((name, ""));
    let sub = if sub.is_empty() { None } else { Some(world.name(sub)?) };
    let (company, until) = scope(world, words)?;
    let ids: Vec<i64> = said(world.session.store.accounts_under(code))?.into_iter().map(|(id, _)| id).collect();
    if ids.is_empty() {
        return Err(format!("no account {code}"));
    }
    let rows = said(world.session.store.ledger_balances(company, &ids, until))?;
    let rows = rows.iter().filter(|(key, _)| sub.is_none_or(|wanted| key.subs.contains(&wanted)));
    Ok(side(rows.map(|(_, sums)| Money::from_minor(sums.amount)).sum()))
}

fn turnovers(world: &World, words: &mut Words<'_>) -> Said<String> {
    let code = words.next();
    let (company, until) = scope(world, words)?;
    let ids: Vec<i64> = said(world.session.store.accounts_under(code))?.into_iter().map(|(id, _)| id).collect();
    let rows = said(world.session.store.ledger_turnovers(company, Moment::EMPTY, until))?;
    let own = rows.iter().filter(|(key, _)| ids.contains(&key.account));
    let sum = own.fold((0, 0), |sum, (_, row)| (sum.0 + row.debit, sum.1 + row.credit));
    Ok(format!("Дт {}, Кт {}", amount(Money::from_minor(sum.0)), amount(Money::from_minor(sum.1))))
}

fn trial_balance(world: &World, words: &mut Words<'_>) -> Said<String> {
    let (company, until) = scope(world, words)?;
    let codes = codes(world)?;
    let mut sums: BTreeMap<&str, Money> = BTreeMap::new();
    for (key, row) in said(world.session.store.ledger_balances(company, &[], until))? {
        let code = codes.get(&key.account).ok_or("an entry on an account that is not there")?;
        *sums.entry(code).or_default() += Money::from_minor(row.amount);
    }
    let rows = sums.into_iter().filter(|(_, sum)| !sum.is_zero());
    let parts: Vec<String> = rows.map(|(code, sum)| format!("{code} {}", side(sum))).collect();
    Ok(if parts.is_empty() { "нет".to_owned() } else { parts.join("; ") })
}

fn entries(world: &World, words: &mut Words<'_>) -> Said<String> {
    let document = world.name(words.next())?;
    let codes = codes(world)?;
    let code = |side: &LedgerSide| codes.get(&side.account).cloned().unwrap_or_else(|| "-".to_owned());
    let mut parts = Vec::new();
    for entry in said(world.session.store.entries_of(document))? {
        if entry.amount == 0 {
            continue;
        }
        let sum = amount(Money::from_minor(entry.amount));
        parts.push(format!("Дт {} Кт {} {sum}", code(&entry.debit), code(&entry.credit)));
    }
    parts.sort();
    Ok(if parts.is_empty() { "нет".to_owned() } else { parts.join("; ") })
}
