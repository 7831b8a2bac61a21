//! Payment stages of an order: what is paid before supply, before shipment and after it (RULES B1).

use crate::choice;
use crate::kernel::moment::Date;
use crate::kernel::money::{Money, Percent};

choice! {
    /// What a payment stage holds up.
    StageKind = "stage_kind" {
        Advance = 0 "advance" "Аванс (до обеспечения)",
        Prepayment = 1 "prepayment" "Предоплата (до отгрузки)",
        Credit = 2 "credit" "Кредит (после отгрузки)",
    }
}

/// The whole in percent.
const WHOLE: Percent = Percent::whole(100);

/// A total shared out to the three kinds of stages, to the kopeck.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Shares {
    /// Before supply.
    pub advance: Money,
    /// Before shipment.
    pub prepayment: Money,
    /// After shipment.
    pub credit: Money,
}

/// The sums of stages in their order: each is rounded as a part of the whole so far, so that they add up to it.
pub fn sums(percents: impl IntoIterator<Item = Percent>, total: Money) -> Vec<Money> {
    let (mut so_far, mut given) = (Percent::ZERO, Money::ZERO);
    let part = |percent| {
        so_far += percent;
        let sum = total.share(so_far.minor(), WHOLE.minor()) - given;
        given += sum;
        sum
    };
    percents.into_iter().map(part).collect()
}

/// The total by kinds of stages; what no stage names is credit, so an order without stages is paid when it likes.
pub fn shares(stages: &[(StageKind, Percent)], total: Money) -> Shares {
    let mut found = Shares { credit: total, ..Shares::default() };
    for ((kind, _), sum) in stages.iter().zip(sums(stages.iter().map(|(_, percent)| *percent), total)) {
        match kind {
            StageKind::Advance => found.advance += sum,
            StageKind::Prepayment => found.prepayment += sum,
            StageKind::Credit => continue,
        }
        found.credit -= sum;
    }
    found
}

/// The day of a stage: so many days after the order, or after its shipment for what is paid then.
pub fn due(kind: StageKind, days: i64, ordered: Date, shipped: Date) -> Date {
    let from = if kind == StageKind::Credit && !shipped.is_empty() { shipped } else { ordered };
    from.plus_days(days)
}

/// What of planned sums is still to come when so much has been paid: the earliest is covered first.
pub fn planned(mut plan: Vec<(Date, Money)>, paid: Money) -> Vec<(Date, Money)> {
    plan.sort_by_key(|(date, _)| *date);
    let mut left = paid.positive();
    let mut found: Vec<(Date, Money)> = Vec::with_capacity(plan.len());
    for (date, sum) in plan {
        let covered = left.min(sum);
        left -= covered;
        let rest = sum - covered;
        match found.last_mut() {
            Some((day, before)) if *day == date => *before += rest,
            _ => found.push((date, rest)),
        }
    }
    found.retain(|(_, sum)| *sum > Money::ZERO);
    found
}

#[cfg(test)]
mod tests {
    use super::{Shares, StageKind, due, planned, shares, sums};
    use crate::kernel::moment::Date;
    use crate::kernel::money::{Money, Percent};

    #[test]
    fn stages_add_up_to_the_kopeck() {
        let thirds = [Percent::from_minor(3333), Percent::from_minor(3333), Percent::from_minor(3334)];
        let total = Money::from_minor(10_001);
        let parts = sums(thirds, total);
        assert_eq!(parts.iter().copied().sum::<Money>(), total);
        assert_eq!(parts, [3333, 3334, 3334].map(Money::from_minor));
    }

    #[test]
    fn what_no_stage_names_is_credit() {
        let found = shares(&[(StageKind::Advance, Percent::whole(30))], Money::whole(1000));
        let expected = Shares { advance: Money::whole(300), prepayment: Money::ZERO, credit: Money::whole(700) };
        assert_eq!(found, expected);
        assert_eq!(shares(&[], Money::whole(5)).credit, Money::whole(5));
        let all = shares(
            &[(StageKind::Prepayment, Percent::whole(60)), (StageKind::Credit, Percent::whole(40))],
            Money::from_minor(99),
        );
        assert_eq!((all.prepayment.minor(), all.credit.minor()), (59, 40));
    }

    #[test]
    fn credit_is_counted_from_the_shipment() {
        let day = |day| Date::ymd(2026, 10, day).unwrap();
        assert_eq!(due(StageKind::Credit, 3, day(1), day(5)), day(8));
        assert_eq!(due(StageKind::Credit, 3, day(1), Date::EMPTY), day(4));
        assert_eq!(due(StageKind::Advance, 2, day(1), day(5)), day(3));
    }

    #[test]
    fn the_earliest_is_paid_first_and_nothing_is_planned_twice() {
        let day = |day| Date::ymd(2026, 10, day).unwrap();
        let plan = vec![(day(9), Money::whole(50)), (day(3), Money::whole(30)), (day(9), Money::whole(20))];
        assert_eq!(planned(plan.clone(), Money::ZERO), [(day(3), Money::whole(30)), (day(9), Money::whole(70))]);
        assert_eq!(planned(plan.clone(), Money::whole(45)), [(day(9), Money::whole(55))]);
        assert_eq!(planned(plan, Money::whole(500)), []);
    }
}
