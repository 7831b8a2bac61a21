//! Columns: which are shown, in what order, how wide. The arrangement is plain data, kept per user.

use egui::Align;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// The narrowest column in points.
pub const NARROWEST: f32 = 28.0;
/// The widest column in points.
const WIDEST: f32 = 1200.0;

/// A column of a list or a table part.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    /// Its name in the remembered arrangement.
    pub code: Cow<'static, str>,
    /// Its title in the user's language.
    pub title: String,
    /// How wide it likes to be, in points.
    pub width: f32,
    /// Its share of room left over; nought for none.
    pub stretch: f32,
    /// Where its texts stand.
    pub align: Align,
    /// A click on its header sorts.
    pub sortable: bool,
    /// Shown only when asked for.
    pub extra: bool,
}

impl Column {
    /// A column of texts.
    pub fn new(code: impl Into<Cow<'static, str>>, title: impl Into<String>, width: f32) -> Self {
        Self {
            code: code.into(),
            title: title.into(),
            width,
            stretch: 0.0,
            align: Align::Min,
            sortable: true,
            extra: false,
        }
    }
    /// A column of numbers.
    #[must_use]
    pub fn right(mut self) -> Self {
        self.align = Align::Max;
        self
    }
    /// Takes a share of the room left over.
    #[must_use]
    pub fn stretch(mut self, share: f32) -> Self {
        self.stretch = share;
        self
    }
    /// Does not sort.
    #[must_use]
    pub fn unsorted(mut self) -> Self {
        self.sortable = false;
        self
    }
    /// Hidden until asked for.
    #[must_use]
    pub fn extra(mut self) -> Self {
        self.extra = true;
        self
    }
}

/// What the user made of a column.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ColumnLayout {
    /// Its name.
    pub code: String,
    /// Its width in points, nought for its own.
    #[serde(default)]
    pub width: f32,
    /// Not shown.
    #[serde(default)]
    pub hidden: bool,
}

/// What rows are ordered by.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sort {
    /// The column.
    pub code: String,
    /// The greatest first.
    #[serde(default)]
    pub descending: bool,
}

/// What the user made of the columns: to be kept and given back.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct TableLayout {
    /// The columns in their order; a column that is not here comes after its neighbour of the declaration.
    #[serde(default)]
    pub columns: Vec<ColumnLayout>,
    /// The order of the rows, the declared one when absent.
    #[serde(default)]
    pub sort: Option<Sort>,
}

impl TableLayout {
    /// Makes the arrangement complete: every declared column once, nothing else.
    pub fn settle(&mut self, columns: &[Column]) {
        self.columns.retain(|kept| columns.iter().any(|column| column.code == kept.code));
        for (at, column) in columns.iter().enumerate() {
            if self.find(&column.code).is_some() {
                continue;
            }
            // A column new in this release stands where it was declared.
            let before = at.checked_sub(1).and_then(|before| columns.get(before));
            let place = before.and_then(|before| self.find(&before.code)).map_or(0, |place| place + 1);
            let layout = ColumnLayout { code: column.code.to_string(), width: 0.0, hidden: column.extra };
            self.columns.insert(place, layout);
        }
    }

    /// The place of a column.
    pub fn find(&self, code: &str) -> Option<usize> {
        self.columns.iter().position(|kept| kept.code == code)
    }

    /// Sets a width.
    pub fn resize(&mut self, code: &str, width: f32) {
        if let Some(kept) = self.columns.iter_mut().find(|kept| kept.code == code) {
            kept.width = width.clamp(NARROWEST, WIDEST).round();
        }
    }

    /// Shows or hides a column; the last shown one stays.
    pub fn toggle(&mut self, code: &str) {
        let shown = self.columns.iter().filter(|kept| !kept.hidden).count();
        if let Some(kept) = self.columns.iter_mut().find(|kept| kept.code == code)
            && (kept.hidden || shown > 1)
        {
            kept.hidden = !kept.hidden;
        }
    }

    /// Puts a column before another, or at the end.
    pub fn put_before(&mut self, code: &str, before: Option<&str>) {
        if before == Some(code) {
            return;
        }
        let Some(from) = self.find(code) else { return };
        let moved = self.columns.remove(from);
        let to = before.and_then(|before| self.find(before)).unwrap_or(self.columns.len());
        self.columns.insert(to, moved);
    }

    /// Exchanges a column with its shown neighbour at the left or at the right.
    pub fn shift(&mut self, code: &str, right: bool) {
        let Some(from) = self.find(code) else { return };
        let shown = |at: &usize| self.columns.get(*at).is_some_and(|kept| !kept.hidden);
        let to = if right { (from + 1..self.columns.len()).find(shown) } else { (0..from).rev().find(shown) };
        if let Some(to) = to {
            let moved = self.columns.remove(from);
            self.columns.insert(to, moved);
        }
    }
}

/// A shown column with its place in points from the left edge of the table.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Placed {
    /// Which declared column.
    pub column: usize,
    /// Left edge.
    pub left: f32,
    /// Width.
    pub width: f32,
}

impl Placed {
    /// Right edge.
    pub fn right(&self) -> f32 {
        self.left + self.width
    }
}

/// The shown columns with their places; `lead` points are taken at the left before them.
pub fn place(columns: &[Column], layout: &TableLayout, lead: f32, room: f32) -> Vec<Placed> {
    let shown: Vec<(usize, &Column, f32)> = layout
        .columns
        .iter()
        .filter(|kept| !kept.hidden)
        .filter_map(|kept| {
            let at = columns.iter().position(|column| column.code == kept.code)?;
            columns.get(at).map(|column| (at, column, kept.width))
        })
        .collect();
    let own = |column: &Column, kept: f32| if kept > 0.0 { kept } else { column.width };
    let total: f32 = lead + shown.iter().map(|(_, column, kept)| own(column, *kept)).sum::<f32>();
    let free = |column: &Column, kept: f32| if kept > 0.0 { 0.0 } else { column.stretch };
    let shares: f32 = shown.iter().map(|(_, column, kept)| free(column, *kept)).sum();
    let spare = (room - total).max(0.0);
    let mut left = lead;
    shown
        .iter()
        .map(|(at, column, kept)| {
            let more = if shares > 0.0 { spare * free(column, *kept) / shares } else { 0.0 };
            let width = (own(column, *kept) + more).floor();
            left += width;
            Placed { column: *at, left: left - width, width }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{Column, TableLayout, place};

    fn columns() -> Vec<Column> {
        vec![
            Column::new("number", "Номер", 100.0),
            Column::new("name", "Имя", 200.0).stretch(1.0),
            Column::new("sum", "Сумма", 80.0).right(),
        ]
    }

    fn order(layout: &TableLayout) -> Vec<&str> {
        layout.columns.iter().map(|kept| kept.code.as_str()).collect()
    }

    #[test]
    fn a_kept_arrangement_survives_new_and_removed_columns() {
        let mut layout = TableLayout::default();
        layout.settle(&columns()[1..]);
        layout.put_before("sum", Some("name"));
        layout.columns.push(super::ColumnLayout { code: "gone".into(), ..Default::default() });
        layout.settle(&columns());
        assert_eq!(order(&layout), ["number", "sum", "name"]);
    }

    #[test]
    fn room_left_over_goes_to_columns_that_stretch_and_were_not_set_by_hand() {
        let mut layout = TableLayout::default();
        layout.settle(&columns());
        let widths =
            |layout: &TableLayout| place(&columns(), layout, 24.0, 600.0).iter().map(|p| p.width).collect::<Vec<_>>();
        assert_eq!(widths(&layout), [100.0, 396.0, 80.0]);
        layout.resize("name", 150.0);
        assert_eq!(widths(&layout), [100.0, 150.0, 80.0]);
    }

    #[test]
    fn columns_are_moved_and_hidden_but_never_all_of_them() {
        let mut layout = TableLayout::default();
        layout.settle(&columns());
        layout.shift("number", true);
        assert_eq!(order(&layout), ["name", "number", "sum"]);
        layout.toggle("number");
        layout.shift("name", true);
        assert_eq!(order(&layout), ["number", "sum", "name"], "a hidden neighbour is stepped over");
        layout.toggle("name");
        layout.toggle("sum");
        assert!(!layout.columns[1].hidden);
    }
}
