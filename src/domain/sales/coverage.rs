//! Who gets what of stock and of goods on their way, and when (RULES B2): the queue of waiting lines over the pools
//! of one item in one warehouse.

use crate::kernel::moment::Date;
use crate::kernel::money::Qty;

/// Where goods come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Pool<S> {
    /// When they are there; empty for what lies in stock.
    pub date: Date,
    /// How much.
    pub qty: Qty,
    /// What it is.
    pub source: S,
}

/// A line that waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wanted<K> {
    /// Which.
    pub key: K,
    /// How much.
    pub qty: Qty,
}

/// A part of a line that is covered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fragment<S> {
    /// How much.
    pub qty: Qty,
    /// When it is there; empty when it is.
    pub date: Date,
    /// From where.
    pub source: S,
}

/// What covers one line, and what of it nothing does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Covered<K, S> {
    /// The line.
    pub key: K,
    /// Its parts, the earliest first.
    pub parts: Vec<Fragment<S>>,
    /// What nothing covers.
    pub short: Qty,
}

impl<K, S> Covered<K, S> {
    /// When all of it is there; `None` when nothing covers a part of it.
    pub fn date(&self) -> Option<Date> {
        (self.short.is_zero()).then(|| self.parts.iter().map(|part| part.date).max().unwrap_or(Date::EMPTY))
    }
}

/// Lines in the order of their queue take the earliest that is left: what lies in stock, then what comes first.
pub fn cover<K: Copy, S: Copy>(queue: &[Wanted<K>], mut pools: Vec<Pool<S>>) -> Vec<Covered<K, S>> {
    pools.sort_by_key(|pool| pool.date);
    queue.iter().map(|wanted| cover_line(wanted, &mut pools)).collect()
}

fn cover_line<K: Copy, S: Copy>(wanted: &Wanted<K>, pools: &mut [Pool<S>]) -> Covered<K, S> {
    let mut found = Covered { key: wanted.key, parts: Vec::new(), short: wanted.qty };
    for pool in pools {
        if found.short.is_zero() {
            break;
        }
        let qty = pool.qty.min(found.short);
        if qty > Qty::ZERO {
            pool.qty -= qty;
            found.short -= qty;
            found.parts.push(Fragment { qty, date: pool.date, source: pool.source });
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::{Fragment, Pool, Wanted, cover};
    use crate::kernel::moment::Date;
    use crate::kernel::money::Qty;

    fn day(day: u32) -> Date {
        Date::ymd(2026, 10, day).unwrap()
    }

    #[test]
    fn the_first_in_the_queue_takes_what_is_there() {
        let pools = vec![
            Pool { date: day(10), qty: Qty::whole(5), source: 'b' },
            Pool { date: Date::EMPTY, qty: Qty::whole(3), source: 'a' },
        ];
        let queue = [
            Wanted { key: 1, qty: Qty::whole(2) },
            Wanted { key: 2, qty: Qty::whole(4) },
            Wanted { key: 3, qty: Qty::whole(3) },
        ];
        let found = cover(&queue, pools);
        assert_eq!(found[0].parts, [Fragment { qty: Qty::whole(2), date: Date::EMPTY, source: 'a' }]);
        assert_eq!(found[0].date(), Some(Date::EMPTY));
        assert_eq!(
            found[1].parts.iter().map(|part| (part.qty, part.source)).collect::<Vec<_>>(),
            [(Qty::whole(1), 'a'), (Qty::whole(3), 'b')]
        );
        assert_eq!(found[1].date(), Some(day(10)));
        assert_eq!((found[2].short, found[2].date()), (Qty::whole(1), None));
    }
}
