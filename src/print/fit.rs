//! Fitting a text into its room: wrap first, then smaller letters, at last cut and say so.

use super::fonts::{Face, MM_PER_POINT, UNKNOWN_LETTER};

/// Letters are never printed smaller: this is the size of captions under lines.
pub const LEAST_SIZE_PT: f32 = 5.0;
/// Distance of lines in sizes.
const LEADING: f32 = 1.15;
/// How much smaller letters may be only to keep a long word whole.
const WORD_SHRINK: f32 = 0.75;
/// Steps of shrinking, points.
const STEP_PT: f32 = 0.25;

/// A place to break: the letter before it stays in the line, a blank is dropped, a soft hyphen is shown.
const SOFT_HYPHEN: char = '\u{ad}';

/// The room of a text.
#[derive(Clone, Debug)]
pub struct Room<'a> {
    /// The face.
    pub face: Face,
    /// The wanted size, points.
    pub size_pt: f32,
    /// Width of each line, mm; the last width serves all lines after it.
    pub widths: &'a [f32],
    /// Height, mm; `None` grows.
    pub height: Option<f32>,
    /// Lines may be broken at blanks.
    pub wrap: bool,
    /// Letters may become smaller.
    pub shrink: bool,
}

/// A text fitted into its room.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Fitted {
    /// The lines.
    pub lines: Vec<String>,
    /// The size it took, points.
    pub size_pt: f32,
    /// Something did not fit and was cut.
    pub cut: bool,
}

/// Height of one line, mm.
pub fn line_mm(size_pt: f32) -> f32 {
    size_pt * LEADING * MM_PER_POINT
}

/// Replaces letters the face lacks; gives back those it replaced. Soft hyphens are for [`fit`] alone.
pub fn printable(face: Face, text: &str) -> (String, Vec<char>) {
    let mut unknown = Vec::new();
    let mut replace = |letter: char| match letter {
        '\n' | SOFT_HYPHEN => letter,
        '\t' | '\r' => ' ',
        known if face.knows(known) => known,
        other => {
            unknown.push(other);
            UNKNOWN_LETTER
        }
    };
    let replaced = text.chars().map(&mut replace).collect();
    (replaced, unknown)
}

/// Fits a text into its room.
pub fn fit(text: &str, room: &Room<'_>) -> Fitted {
    if text.trim().is_empty() {
        return Fitted { lines: Vec::new(), size_pt: room.size_pt, cut: false };
    }
    let whole_words = if room.height.is_some() { LEAST_SIZE_PT } else { room.size_pt * WORD_SHRINK };
    [(false, whole_words), (true, LEAST_SIZE_PT)]
        .into_iter()
        .find_map(|(broken_words, least)| try_sizes(text, room, broken_words, least))
        .unwrap_or_else(|| cut(text, room))
}

/// The largest size at which the text fits.
fn try_sizes(text: &str, room: &Room<'_>, broken_words: bool, least: f32) -> Option<Fitted> {
    let least = if room.shrink { least.max(LEAST_SIZE_PT).min(room.size_pt) } else { room.size_pt };
    let mut size_pt = room.size_pt;
    loop {
        let lines = wrap(text, room, size_pt, broken_words);
        if let Some(lines) = lines.filter(|lines| fits_height(lines.len(), room, size_pt)) {
            return Some(Fitted { lines, size_pt, cut: false });
        }
        if size_pt <= least {
            return None;
        }
        size_pt = (size_pt - STEP_PT).max(least);
    }
}

fn fits_height(lines: usize, room: &Room<'_>, size_pt: f32) -> bool {
    // A single line may be as high as its letters: captions stand in very low cells.
    room.height.is_none_or(|height| lines <= 1 || lines as f32 * line_mm(size_pt) <= height + 0.05)
}

/// Breaks a text into lines, or `None` when it does not go without breaking words or wrapping.
fn wrap(text: &str, room: &Room<'_>, size_pt: f32, broken_words: bool) -> Option<Vec<String>> {
    let measure = |text: &str| room.face.width_mm(text, size_pt);
    let mut lines: Vec<String> = Vec::new();
    for paragraph in text.split('\n') {
        let mut line = String::new();
        let mut used = 0.0;
        for piece in pieces(paragraph, room.wrap) {
            if used + measure(&shown(piece)) > width_of_line(room, lines.len()) {
                if !line.is_empty() {
                    lines.push(shown(&line));
                    line.clear();
                    used = 0.0;
                }
                let mut word = piece.trim_start_matches(' ');
                while measure(&shown(word)) > width_of_line(room, lines.len()) {
                    if !broken_words || !room.wrap {
                        return None;
                    }
                    let (head, rest) = break_word(word, room.face, size_pt, width_of_line(room, lines.len()))?;
                    lines.push(shown(head));
                    word = rest;
                }
                line.push_str(word);
                used += measure(word.trim_end_matches(SOFT_HYPHEN));
            } else {
                // A soft hyphen inside a line is not shown.
                line.truncate(line.trim_end_matches(SOFT_HYPHEN).len());
                line.push_str(piece);
                used += measure(piece.trim_end_matches(SOFT_HYPHEN));
            }
        }
        lines.push(shown(&line));
    }
    Some(lines)
}

fn width_of_line(room: &Room<'_>, line: usize) -> f32 {
    room.widths.get(line).or(room.widths.last()).copied().unwrap_or(0.0)
}

/// What a line shows when it ends here: no blanks, and a hyphen for a soft one.
fn shown(line: &str) -> String {
    match line.strip_suffix(SOFT_HYPHEN) {
        Some(line) => format!("{line}-"),
        None => line.trim_end().to_owned(),
    }
}

/// Breaks a word that is wider than the line after as many letters as fit, at least one.
fn break_word(word: &str, face: Face, size_pt: f32, width: f32) -> Option<(&str, &str)> {
    let mut used = 0.0;
    let mut end = 0;
    for (at, letter) in word.char_indices() {
        used += face.letter_mm(letter, size_pt);
        if end > 0 && used > width {
            break;
        }
        end = at + letter.len_utf8();
    }
    if end < word.len() { Some((word.get(..end)?, word.get(end..)?)) } else { None }
}

/// Pieces between which a line may be broken: after blanks, hyphens inside words, slashes, soft hyphens.
fn pieces(text: &str, wrap: bool) -> Vec<&str> {
    if !wrap {
        return vec![text];
    }
    let mut pieces = Vec::new();
    let mut start = 0;
    let mut before = ' ';
    let mut letters = text.char_indices().peekable();
    while let Some((at, letter)) = letters.next() {
        let end = at + letter.len_utf8();
        let next = letters.peek().map(|(_, next)| *next);
        let inside = before.is_alphanumeric() && next.is_some_and(char::is_alphanumeric);
        let breaks = match letter {
            ' ' => next != Some(' '),
            SOFT_HYPHEN => true,
            '-' | '/' => inside,
            _ => false,
        };
        if breaks {
            pieces.extend(text.get(start..end));
            start = end;
        }
        before = letter;
    }
    pieces.extend(text.get(start..).filter(|rest| !rest.is_empty()));
    pieces
}

/// Cuts what cannot be fitted: an ellipsis after a text, but no part of a number, which would be another number.
fn cut(text: &str, room: &Room<'_>) -> Fitted {
    let size_pt = if room.shrink { LEAST_SIZE_PT.min(room.size_pt) } else { room.size_pt };
    let all = wrap(text, room, size_pt, true).unwrap_or_else(|| vec![text.replace(['\n', SOFT_HYPHEN], " ")]);
    let most = room.height.map_or(usize::MAX, |height| count_lines(height, size_pt));
    let number = text.chars().all(|c| c.is_ascii_digit() || matches!(c, ' ' | '\u{a0}' | ',' | '.' | '-' | '%'));
    let mut lines: Vec<String> = all.iter().take(most).cloned().collect();
    let last = lines.len().saturating_sub(1);
    let width = width_of_line(room, last);
    if let Some(line) = lines.last_mut() {
        *line = if number { filled('#', room.face, size_pt, width) } else { ended(line, room.face, size_pt, width) };
    }
    Fitted { lines, size_pt, cut: true }
}

/// As many lines as the height holds, at least one.
fn count_lines(height: f32, size_pt: f32) -> usize {
    let mut lines = 1;
    while (lines + 1) as f32 * line_mm(size_pt) <= height + 0.05 {
        lines += 1;
    }
    lines
}

fn ended(line: &str, face: Face, size_pt: f32, width: f32) -> String {
    let mut kept = line.trim_end().to_owned();
    loop {
        let ended = format!("{kept}…");
        if kept.is_empty() || face.width_mm(&ended, size_pt) <= width {
            return ended;
        }
        kept.pop();
    }
}

fn filled(letter: char, face: Face, size_pt: f32, width: f32) -> String {
    let mut filled = letter.to_string();
    while face.width_mm(&format!("{filled}{letter}"), size_pt) <= width {
        filled.push(letter);
    }
    filled
}

/// The height a text takes when it may grow, mm.
pub fn height_mm(text: &str, room: &Room<'_>) -> f32 {
    let fitted = fit(text, &Room { height: None, ..room.clone() });
    fitted.lines.len() as f32 * line_mm(fitted.size_pt)
}

#[cfg(test)]
mod tests {
    use super::{Fitted, Room, fit, height_mm, line_mm, printable};
    use crate::print::fonts::Face;

    fn room(widths: &[f32], height: Option<f32>) -> Room<'_> {
        Room { face: Face::default(), size_pt: 8.0, widths, height, wrap: true, shrink: true }
    }

    fn inside(fitted: &Fitted, width: f32) {
        for line in &fitted.lines {
            assert!(Face::default().width_mm(line, fitted.size_pt) <= width + 0.01, "{line}");
        }
    }

    #[test]
    fn a_text_wraps_before_it_shrinks() {
        let fitted = fit("Оплата по счету № 15 от 20.11.2026", &room(&[30.0], Some(8.0)));
        assert_eq!(fitted.lines, ["Оплата по счету № 15", "от 20.11.2026"]);
        assert_eq!((fitted.size_pt, fitted.cut), (8.0, false));
    }

    #[test]
    fn a_text_shrinks_when_lines_do_not_fit() {
        let fitted = fit("Оплата по счету № 15 от 20.11.2026", &room(&[34.0], Some(4.0)));
        assert!(fitted.lines.len() == 1 && fitted.size_pt < 8.0 && !fitted.cut);
        inside(&fitted, 34.0);
    }

    #[test]
    fn a_text_that_cannot_fit_is_cut_and_says_so() {
        let fitted = fit(&"очень длинное наименование ".repeat(9), &room(&[30.0], Some(4.5)));
        assert!(fitted.cut && fitted.lines.len() == 2 && fitted.lines[1].ends_with('…'));
        inside(&fitted, 30.0);
        let number = fit("1 234 567 890,12", &Room { wrap: false, ..room(&[9.0], Some(4.0)) });
        assert!(number.cut && number.lines[0].chars().all(|c| c == '#'), "a part of a number is a lie");
        inside(&number, 9.0);
    }

    #[test]
    fn long_words_are_broken_only_at_last() {
        let head = fit("наименование", &Room { size_pt: 6.0, ..room(&[13.0], Some(4.0)) });
        assert_eq!(head.lines, ["наименование"]);
        let code = fit("ABCDEFGHIJKLMNOPQRSTUVWXYZ", &room(&[14.0], None));
        assert!(code.lines.len() > 2 && code.lines.concat() == "ABCDEFGHIJKLMNOPQRSTUVWXYZ" && !code.cut);
        inside(&code, 14.0);
    }

    #[test]
    fn lines_break_at_hyphens_slashes_and_soft_hyphens() {
        assert_eq!(fit("северо-западный", &room(&[16.0], None)).lines, ["северо-", "западный"]);
        assert_eq!(fit("работ/услуг", &room(&[11.0], None)).lines, ["работ/", "услуг"]);
        assert_eq!(fit("корреспон\u{ad}дирующий", &room(&[18.0], None)).lines, ["корреспон-", "дирующий"]);
        assert_eq!(fit("корреспон\u{ad}дирующий", &room(&[40.0], None)).lines, ["корреспондирующий"]);
        assert_eq!(fit("до -5", &room(&[40.0], None)).lines, ["до -5"]);
    }

    #[test]
    fn later_lines_may_have_another_width() {
        let fitted = fit("Двенадцать тысяч двести рублей", &room(&[30.0, 60.0], Some(2.0 * line_mm(8.0))));
        assert_eq!(fitted.lines, ["Двенадцать тысяч", "двести рублей"]);
    }

    #[test]
    fn a_growing_text_takes_its_lines() {
        let two = height_mm("раз два три", &room(&[12.0], Some(1.0)));
        assert!((two - 2.0 * line_mm(8.0)).abs() < 0.01);
        assert_eq!(height_mm(" ", &room(&[12.0], None)), 0.0);
    }

    #[test]
    fn letters_the_font_lacks_are_replaced_and_told() {
        assert_eq!(printable(Face::default(), "кот 😀\t№"), ("кот □ №".to_owned(), vec!['😀']));
    }
}
