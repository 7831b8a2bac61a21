//! Text to lines of a width counted in letters; preview and printers use the same lines.

use super::document::{Align, Cell, Width};

/// Breaks text into lines no longer than a width, between words where it can; at least one line.
#[must_use]
pub fn wrapped(text: &str, width: usize) -> Vec<String> {
    let width = width.max(1);
    let mut lines = Vec::new();
    for paragraph in text.split('\n') {
        // Spaces at the head of a paragraph are an indent and stay.
        let words = paragraph.trim_start_matches(' ');
        let mut length = (paragraph.len() - words.len()).min(width - 1);
        let mut line = " ".repeat(length);
        let mut empty = true;
        for word in words.split(' ').filter(|word| !word.is_empty()) {
            let mut word: Vec<char> = word.chars().collect();
            if !empty && length + 1 + word.len() > width {
                lines.push(std::mem::take(&mut line));
                (length, empty) = (0, true);
            }
            if !empty {
                line.push(' ');
                length += 1;
            }
            while length + word.len() > width {
                let rest = word.split_off(width - length);
                line.extend(word);
                lines.push(std::mem::take(&mut line));
                (length, word) = (0, rest);
            }
            length += word.len();
            line.extend(word);
            empty = false;
        }
        lines.push(line.trim_end().to_owned());
    }
    lines
}

/// The text at its place in a width; longer text is cut.
#[must_use]
pub fn placed(text: &str, width: usize, align: Align) -> String {
    let text: String = text.chars().take(width).collect();
    match align {
        Align::Left => format!("{text:<width$}"),
        Align::Center => format!("{text:^width$}"),
        Align::Right => format!("{text:>width$}"),
    }
}

/// Cells side by side as lines of exactly the width; a cell too long for its column goes on below.
#[must_use]
pub fn columns(cells: &[Cell], width: usize) -> Vec<String> {
    let widths = widths(cells, width);
    let broken: Vec<Vec<String>> = cells
        .iter()
        .zip(&widths)
        .map(|(cell, own)| if *own == 0 { Vec::new() } else { wrapped(&cell.text, *own) })
        .collect();
    let height = broken.iter().map(Vec::len).max().unwrap_or(0);
    let line = |at: usize| -> String {
        let parts = broken.iter().zip(cells).zip(&widths);
        let line: String = parts
            .map(|((lines, cell), own)| placed(lines.get(at).map_or("", String::as_str), *own, cell.align))
            .collect();
        placed(&line, width, Align::Left)
    };
    (0..height).map(line).collect()
}

/// Widths in letters: fixed ones first, the rest shared, nothing beyond the paper.
fn widths(cells: &[Cell], width: usize) -> Vec<usize> {
    let fixed: usize = cells.iter().map(|cell| if let Width::Letters(own) = cell.width { own } else { 0 }).sum();
    let shares = cells.iter().filter(|cell| cell.width == Width::Rest).count();
    let rest = width.saturating_sub(fixed);
    let mut left = width;
    let mut given = 0;
    cells
        .iter()
        .map(|cell| {
            let own = match cell.width {
                Width::Letters(own) => own,
                Width::Rest => {
                    given += 1;
                    // The first shares take what does not divide evenly.
                    rest / shares.max(1) + usize::from(given <= rest % shares.max(1))
                }
            };
            let own = own.min(left);
            left -= own;
            own
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{columns, wrapped};
    use crate::devices::proto::escpos::document::{Align, Cell, Width};
    use crate::devices::proto::fuzz::Dice;

    #[test]
    fn words_stay_whole_where_they_fit() {
        assert_eq!(wrapped("Щётка жёсткая для посуды", 10), ["Щётка", "жёсткая", "для посуды"]);
        assert_eq!(wrapped("Сверхдлинноеслово", 6), ["Сверхд", "линное", "слово"]);
        assert_eq!(wrapped("a\n\n  b", 6), ["a", "", "  b"]);
        assert_eq!(wrapped("", 6), [""]);
    }

    #[test]
    fn columns_fill_the_paper() {
        let cell = |text: &str, width, align| Cell { text: text.to_owned(), width, align };
        let cells = [
            cell("Чай чёрный крупнолистовой", Width::Rest, Align::Left),
            cell("2 x 50", Width::Letters(8), Align::Right),
            cell("100.00", Width::Letters(8), Align::Right),
        ];
        assert_eq!(columns(&cells, 32), ["Чай чёрный        2 x 50  100.00", "крупнолистовой                  "]);
    }

    #[test]
    fn no_text_leaves_its_width() {
        let mut dice = Dice::new(31);
        for _ in 0..3000 {
            let length = dice.below(80);
            let text = dice.text(length, "абв  \nклмн, опр");
            let width = 1 + dice.below(20);
            let lines = wrapped(&text, width);
            assert!(lines.iter().all(|line| line.chars().count() <= width), "{text:?} {width}");
            let letters = |text: &str| text.chars().filter(|letter| !letter.is_whitespace()).collect::<String>();
            assert_eq!(letters(&lines.concat()), letters(&text));
            let cells: Vec<Cell> = (0..1 + dice.below(4))
                .map(|_| Cell {
                    text: text.clone(),
                    width: if dice.below(2) == 0 { Width::Rest } else { Width::Letters(dice.below(12)) },
                    align: dice.pick(&[Align::Left, Align::Center, Align::Right]),
                })
                .collect();
            assert!(columns(&cells, width).iter().all(|line| line.chars().count() == width));
        }
    }
}
