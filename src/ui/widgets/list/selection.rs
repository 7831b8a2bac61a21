//! Chosen rows: spans of row numbers, so that all of a million rows are one span.

use std::ops::Range;

/// A set of row numbers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    /// Sorted, apart from each other, never empty.
    spans: Vec<Range<usize>>,
}

impl Selection {
    /// Nothing is chosen.
    pub fn is_empty(&self) -> bool {
        self.spans.is_empty()
    }
    /// How many rows are chosen.
    pub fn count(&self) -> usize {
        self.spans.iter().map(ExactSizeIterator::len).sum()
    }
    /// The spans in order.
    pub fn spans(&self) -> &[Range<usize>] {
        &self.spans
    }
    /// True when a row is chosen.
    pub fn contains(&self, row: usize) -> bool {
        let after = self.spans.partition_point(|span| span.end <= row);
        self.spans.get(after).is_some_and(|span| span.contains(&row))
    }
    /// Chooses nothing.
    pub fn clear(&mut self) {
        self.spans.clear();
    }
    /// Chooses these rows and no others.
    pub fn only(&mut self, rows: Range<usize>) {
        self.spans.clear();
        self.add(rows);
    }
    /// Chooses these rows too.
    pub fn add(&mut self, rows: Range<usize>) {
        if rows.is_empty() {
            return;
        }
        let from = self.spans.partition_point(|span| span.end < rows.start);
        let to = self.spans.partition_point(|span| span.start <= rows.end);
        let joined = self.spans.get(from..to).unwrap_or_default();
        let start = joined.first().map_or(rows.start, |first| first.start.min(rows.start));
        let end = joined.last().map_or(rows.end, |last| last.end.max(rows.end));
        self.spans.splice(from..to, std::iter::once(start..end));
    }
    /// Leaves these rows out.
    pub fn remove(&mut self, rows: &Range<usize>) {
        if rows.is_empty() {
            return;
        }
        let mut kept = Vec::with_capacity(self.spans.len() + 1);
        for span in self.spans.drain(..) {
            let parts = [span.start..span.end.min(rows.start), span.start.max(rows.end)..span.end];
            kept.extend(parts.into_iter().filter(|part| !part.is_empty()));
        }
        self.spans = kept;
    }
    /// Chooses a row that is not chosen and leaves out one that is.
    pub fn toggle(&mut self, row: usize) {
        if self.contains(row) { self.remove(&(row..row + 1)) } else { self.add(row..row + 1) }
    }
    /// The rows in order.
    pub fn rows(&self) -> impl Iterator<Item = usize> + '_ {
        self.spans.iter().cloned().flatten()
    }
    /// Forgets rows that are no more.
    pub fn cut(&mut self, len: usize) {
        self.remove(&(len..usize::MAX));
    }
}

#[cfg(test)]
mod tests {
    use super::Selection;
    use std::collections::BTreeSet;

    #[test]
    fn spans_behave_as_a_set_of_rows() {
        // A walk over all operations, against a plain set.
        let mut spans = Selection::default();
        let mut plain = BTreeSet::new();
        let mut seed = 7u64;
        for _ in 0..2_000 {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let start = usize::try_from(seed >> 58).unwrap();
            let rows = start..start + usize::try_from((seed >> 40) & 7).unwrap();
            match (seed >> 33) & 3 {
                0 => {
                    spans.add(rows.clone());
                    plain.extend(rows);
                }
                1 => {
                    spans.remove(&rows);
                    plain.retain(|row| !rows.contains(row));
                }
                _ => {
                    spans.toggle(start);
                    if !plain.remove(&start) {
                        plain.insert(start);
                    }
                }
            }
            assert_eq!(spans.rows().collect::<Vec<_>>(), plain.iter().copied().collect::<Vec<_>>());
            assert_eq!(spans.count(), plain.len());
            assert!((0..80).all(|row| spans.contains(row) == plain.contains(&row)));
            assert!(spans.spans().windows(2).all(|pair| pair[0].end < pair[1].start), "spans are joined");
        }
    }

    #[test]
    fn all_of_a_million_rows_is_one_span() {
        let mut all = Selection::default();
        all.only(0..1_000_000);
        all.toggle(500_000);
        assert_eq!((all.spans().len(), all.count()), (2, 999_999));
        all.cut(10);
        assert_eq!(all.count(), 10);
    }
}
