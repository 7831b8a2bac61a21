//! Month closing (Закрытие месяца): selling expenses, the result of sales, other income and expense
//! (LEDGER 3, steps 5-7), and in December the reform of the balance.

use crate::domain::company::company::{Company, TaxRegime};
use crate::domain::company::settings::settings;
use crate::kernel::behaviour::{Behaviour, Posting};
use crate::kernel::entry::{Entry, Side};
use crate::kernel::facts::{Facts, LedgerBalance};
use crate::kernel::moment::Moment;
use crate::kernel::money::Money;
use crate::kernel::problems::Problems;
use crate::kernel::refs::Ref;
use crate::kernel::register::Movements;
use crate::{object, text};
use std::collections::BTreeMap;

object! {
    /// Closes the accounts of income and expense of one month, at its last second.
    document MonthClosing = 58 "month_closing" "Закрытие месяца" {
        company: Ref<Company> = "Организация" [required],
        sales_result: Money = "Прибыль от продаж",
        other_result: Money = "Прочие доходы и расходы",
        stale: bool = "Устарело",
    }
}

impl MonthClosing {
    /// The last second of the month: every document of the month is before it.
    fn moment(&self) -> Moment {
        self.date.month().last().end()
    }
}

impl Behaviour for MonthClosing {
    const COMPUTED: &'static [&'static str] = &["sales_result", "other_result", "stale"];
    const COSTS: &'static [&'static str] = &["sales_result", "other_result"];

    fn fill_new(&mut self, facts: &dyn Facts) {
        self.company = settings(facts).company;
    }

    fn check(&mut self, _posting: bool, _facts: &dyn Facts, _problems: &mut Problems) {
        if !self.date.is_empty() {
            self.date = self.moment();
        }
    }
}

/// Balances that closing has moved so far, on top of what the ledger holds.
struct Closing<'a> {
    facts: &'a dyn Facts,
    company: i64,
    until: Moment,
    moved: BTreeMap<String, Money>,
    out: &'a mut Movements,
}

impl Closing<'_> {
    fn balances(&self, prefix: &str) -> Vec<LedgerBalance> {
        self.facts.ledger(self.company, prefix, self.until)
    }

    /// The balance of an account without its analytics, with what was moved already.
    fn total(&self, prefix: &str) -> Money {
        let booked: Money = self.balances(prefix).iter().map(|row| row.amount).sum();
        let moved: Money =
            self.moved.iter().filter(|(code, _)| code.starts_with(prefix)).map(|(_, amount)| *amount).sum();
        booked + moved
    }

    fn entry(&mut self, debit: Side, credit: Side, amount: Money) {
        *self.moved.entry(debit.account.to_string()).or_default() += amount;
        *self.moved.entry(credit.account.to_string()).or_default() -= amount;
        self.out.entry(Entry::new(debit, credit, amount));
    }

    /// Moves every balance of an account, by its analytics, to another account.
    fn clear(&mut self, prefix: &str, to: &'static str) {
        for row in self.balances(prefix) {
            let own = Side { subs: row.subs, ..Side::new(row.account) };
            if row.amount > Money::ZERO {
                self.entry(Side::new(to), own, row.amount);
            } else if row.amount < Money::ZERO {
                self.entry(own, Side::new(to), -row.amount);
            }
        }
    }

    /// Moves everything of a group except `own` to another account: what the ledger holds by its analytics, and
    /// what this closing has put there itself, which has none.
    fn empty(&mut self, group: &str, own: &str, to: &'static str) {
        let mut parts: Vec<(Side, Money)> = Vec::new();
        let under = |code: &str| code.starts_with(group) && code != own;
        for row in self.balances(group).into_iter().filter(|row| under(&row.account)) {
            parts.push((Side { subs: row.subs, ..Side::new(row.account) }, row.amount));
        }
        // Balances cleared by their analytics (44 into 90.07) were booked to the account without any.
        for (code, amount) in self.moved.iter().filter(|(code, _)| under(code)) {
            parts.push((Side::new(code.clone()), *amount));
        }
        for (side, amount) in parts {
            if amount > Money::ZERO {
                self.entry(Side::new(to), side, amount);
            } else if amount < Money::ZERO {
                self.entry(side, Side::new(to), -amount);
            }
        }
    }

    /// Moves one total to the result account: a credit is a profit.
    fn result(&mut self, from: &'static str, to: &'static str, total: Money) {
        if total < Money::ZERO {
            self.entry(Side::new(from), Side::new(to), -total);
        } else if total > Money::ZERO {
            self.entry(Side::new(to), Side::new(from), total);
        }
    }
}

impl Posting for MonthClosing {
    fn post(&self, facts: &dyn Facts, out: &mut Movements) -> Result<(), Problems> {
        let Some(company) = facts.get(self.company) else { return Ok(()) };
        let Some(regime) = company.regime(self.date.date()) else {
            let text = text!("regime-missing", company = company.name.clone(), date = self.date.date().russian());
            return Err(Problems::one(text));
        };
        let general = regime == TaxRegime::General;
        let expenses = if general { "90.07.1" } else { "90.07.2" };
        let result = if general { "99.01.1" } else { "99.01.2" };
        let until = self.moment();
        let mut closing = Closing { facts, company: self.company.id(), until, moved: BTreeMap::new(), out };
        closing.clear("44.01", expenses);
        closing.clear("26", if general { "90.08.1" } else { expenses });
        // 90.09 takes the month's result: what all of 90 holds beyond what 90.09 has taken before.
        let sales = closing.total("90");
        closing.result("90.09", result, sales);
        let other = closing.total("91");
        closing.result("91.09", result, other);
        if self.date.stored() / 100_000_000 % 100 == 12 {
            reform(&mut closing);
        }
        Ok(())
    }
}

/// On 31 December every sub-account of 90 and 91 is closed into .09, and the year's result goes to 84: after
/// it all of 90, 91 and 99 is empty, by every analytic.
fn reform(closing: &mut Closing<'_>) {
    for (group, total) in [("90", "90.09"), ("91", "91.09")] {
        closing.empty(group, total, total);
    }
    let year = closing.total("99");
    let to = if year > Money::ZERO { "84.02" } else { "84.01" };
    closing.empty("99", "", to);
}
