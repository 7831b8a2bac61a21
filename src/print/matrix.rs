//! Dark and light modules of a code: a square of a QR code or one row of bars.

/// A rectangle of modules, row by row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Matrix {
    columns: usize,
    dark: Vec<bool>,
}

/// A run of dark modules in one row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Run {
    /// The first column.
    pub column: usize,
    /// The row, from the top.
    pub row: usize,
    /// How many modules.
    pub length: usize,
}

impl Matrix {
    /// A square filled by a rule of column and row.
    pub fn square(size: usize, dark: impl Fn(usize, usize) -> bool) -> Self {
        let cells = (0..size).flat_map(|row| (0..size).map(move |column| (column, row)));
        Self { columns: size, dark: cells.map(|(column, row)| dark(column, row)).collect() }
    }

    /// One row of bars.
    pub fn bars(dark: Vec<bool>) -> Self {
        Self { columns: dark.len(), dark }
    }

    /// Modules in a row.
    pub const fn columns(&self) -> usize {
        self.columns
    }

    /// Rows.
    pub fn rows(&self) -> usize {
        self.dark.len().checked_div(self.columns).unwrap_or(0)
    }

    /// Runs of dark modules, row by row: what a painter draws as filled rectangles.
    pub fn runs(&self) -> Vec<Run> {
        let mut runs = Vec::new();
        for (row, cells) in self.dark.chunks(self.columns.max(1)).enumerate() {
            let mut column = 0;
            for group in cells.chunk_by(|a, b| a == b) {
                if group.first() == Some(&true) {
                    runs.push(Run { column, row, length: group.len() });
                }
                column += group.len();
            }
        }
        runs
    }
}

#[cfg(test)]
mod tests {
    use super::{Matrix, Run};

    #[test]
    fn neighbours_in_a_row_are_drawn_as_one() {
        let bars = Matrix::bars(vec![true, true, false, true]);
        let runs = [Run { column: 0, row: 0, length: 2 }, Run { column: 3, row: 0, length: 1 }];
        assert_eq!(bars.runs(), runs);
        let corner = Matrix::square(2, |column, row| column == 1 && row == 1);
        assert_eq!((corner.runs(), corner.rows()), (vec![Run { column: 1, row: 1, length: 1 }], 2));
        assert_eq!(Matrix::default().rows(), 0);
    }
}
