//! Which rows of a table stand on which page: pure arithmetic of heights.

use std::ops::Range;

/// Rounding of sums of millimetres.
const SLACK: f32 = 0.01;

/// What has to be placed, heights in mm without the head.
pub(super) struct Rows<'a> {
    /// Heights of the rows.
    pub heights: &'a [f32],
    /// Room for rows on the page where the table begins.
    pub first_room: f32,
    /// Room on each page after it.
    pub room: f32,
    /// Sums at the end of each page.
    pub foot: f32,
    /// Sums at the end of the table, and blocks kept with it.
    pub tail: f32,
    /// Rows that stay with the tail.
    pub keep: usize,
    /// The table begins at the top of a page.
    pub fresh: bool,
}

/// The rows of each page. An empty first range means that the table begins on the next page.
pub(super) fn paginate(rows: &Rows<'_>) -> Vec<Range<usize>> {
    let count = rows.heights.len();
    let mut pages: Vec<Range<usize>> = Vec::new();
    let mut start = 0;
    loop {
        let room = if pages.is_empty() { rows.first_room } else { rows.room };
        let fresh = rows.fresh || !pages.is_empty();
        let left = rows.heights.get(start..).unwrap_or_default();
        if left.iter().sum::<f32>() + rows.foot + rows.tail <= room + SLACK {
            pages.push(start..count);
            return pages;
        }
        let fitting = fitting(left, room - rows.foot);
        let mut taken = fitting.min(left.len().saturating_sub(rows.keep));
        if taken == 0 && fresh {
            // Even a whole page does not hold the rows to keep and the tail: the tail goes on alone.
            taken = fitting.max(1).min(left.len());
        }
        pages.push(start..start + taken);
        start += taken;
        if start == count && fresh {
            return pages;
        }
    }
}

fn fitting(heights: &[f32], room: f32) -> usize {
    let mut used = 0.0;
    heights
        .iter()
        .take_while(|height| {
            used += **height;
            used <= room + SLACK
        })
        .count()
}

#[cfg(test)]
mod tests {
    use super::{Rows, paginate};

    fn rows(heights: &[f32]) -> Rows<'_> {
        Rows { heights, first_room: 50.0, room: 100.0, foot: 5.0, tail: 30.0, keep: 2, fresh: false }
    }

    #[test]
    fn a_short_table_stays_on_its_page() {
        assert_eq!(paginate(&rows(&[5.0; 3])).first(), Some(&(0..3)));
    }

    #[test]
    fn the_last_rows_go_with_the_signatures() {
        // Nine rows fit on the first page, the tail does not: two of them go over.
        assert_eq!(paginate(&rows(&[5.0; 9])), [0..7, 7..9]);
        assert_eq!(paginate(&rows(&[5.0; 10])), [0..8, 8..10]);
        assert_eq!(paginate(&rows(&[5.0; 40])), [0..9, 9..28, 28..40]);
    }

    #[test]
    fn a_table_of_only_kept_rows_begins_on_the_next_page() {
        assert_eq!(paginate(&Rows { first_room: 20.0, ..rows(&[5.0; 2]) }), [0..0, 0..2]);
        assert_eq!(paginate(&Rows { first_room: 20.0, ..rows(&[]) }), [0..0, 0..0]);
    }

    #[test]
    fn a_tail_higher_than_a_page_goes_on_alone() {
        let high = Rows { tail: 200.0, ..rows(&[5.0; 3]) };
        assert_eq!(paginate(&high), [0..1, 1..3]);
        assert_eq!(paginate(&Rows { tail: 200.0, fresh: true, ..rows(&[]) }).len(), 1);
    }

    #[test]
    fn a_row_higher_than_a_page_takes_one() {
        let high = Rows { keep: 0, tail: 0.0, ..rows(&[150.0, 5.0]) };
        assert_eq!(paginate(&high), [0..0, 0..1, 1..2]);
    }
}
