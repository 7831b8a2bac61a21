//! A sheet as a spreadsheet: numbers as numbers, heads that stay, groups that fold, totals in bold.

use super::sheet::{Cell, Head, Line, Row, Sheet};
use crate::kernel::moment::Moment;
use crate::kernel::text::Text;
use crate::kernel::value::Type;
use crate::text;
use rust_decimal::Decimal;
use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError,
};

/// Letters that a spreadsheet does not take in the name of a page, and how many it takes.
const NOT_IN_NAME: [char; 7] = ['[', ']', ':', '*', '?', '/', '\\'];
const NAME_LENGTH: usize = 31;
/// Rows and columns that a spreadsheet holds.
const ROWS: usize = 1_048_000;
/// Deepest level that folds.
const LEVELS: u8 = 7;

/// The bytes of a file; `created` goes into its properties.
pub fn xlsx(sheet: &Sheet, created: Moment) -> Result<Vec<u8>, Text> {
    if sheet.rows.len() > ROWS {
        return Err(text!("report-too-long", count = sheet.rows.len(), most = ROWS));
    }
    write(sheet, created).map_err(|error| text!("report-not-written", said = error.to_string()))
}

fn write(sheet: &Sheet, created: Moment) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let mut properties = DocProperties::new().set_title(&sheet.title);
    if let Some(moment) = excel_moment(created)? {
        properties = properties.set_creation_datetime(&moment);
    }
    book.set_properties(&properties);
    let page = book.add_worksheet();
    page.set_name(page_name(&sheet.title))?;
    let mut at = 0;
    page.write_string_with_format(at, 0, &sheet.title, &Format::new().set_bold().set_font_size(14))?;
    for line in &sheet.about {
        at += 1;
        page.write_string(at, 0, line)?;
    }
    at += 2;
    let top = at;
    at = heads(page, sheet, top)?;
    page.set_freeze_panes(at, 1)?;
    page.set_repeat_rows(top, at - 1)?;
    let first = at;
    for row in &sheet.rows {
        write_row(page, sheet, row, at)?;
        at += 1;
    }
    fold(page, sheet, first)?;
    if let Some(total) = &sheet.total {
        write_row(page, sheet, total, at)?;
    }
    widths(page, sheet)?;
    page.set_landscape().set_print_fit_to_pages(1, 0).set_footer("&C&P / &N");
    book.save_to_buffer()
}

fn page_name(title: &str) -> String {
    let name: String = title.chars().filter(|letter| !NOT_IN_NAME.contains(letter)).take(NAME_LENGTH).collect();
    name.trim_matches('\'').trim().to_owned()
}

fn number(count: usize) -> u16 {
    u16::try_from(count).unwrap_or(u16::MAX)
}

/// One or two rows of heads; gives the row after them.
fn heads(page: &mut Worksheet, sheet: &Sheet, top: u32) -> Result<u32, XlsxError> {
    let format = Format::new()
        .set_bold()
        .set_align(FormatAlign::Center)
        .set_align(FormatAlign::VerticalCenter)
        .set_text_wrap()
        .set_border(FormatBorder::Thin)
        .set_background_color("EDEDED");
    let grouped = sheet.heads.iter().any(|head| head.group.is_some());
    if !grouped {
        for (column, head) in sheet.heads.iter().enumerate() {
            page.write_string_with_format(top, number(column), &head.title, &format)?;
        }
        return Ok(top + 1);
    }
    let mut column = 0;
    while let Some(head) = sheet.heads.get(column) {
        let Some(group) = &head.group else {
            page.merge_range(top, number(column), top + 1, number(column), &head.title, &format)?;
            column += 1;
            continue;
        };
        let same = sheet.heads.iter().skip(column).take_while(|other| other.group.as_ref() == Some(group)).count();
        if same > 1 {
            page.merge_range(top, number(column), top, number(column + same - 1), group, &format)?;
        } else {
            page.write_string_with_format(top, number(column), group, &format)?;
        }
        for (at, below) in sheet.heads.iter().enumerate().skip(column).take(same) {
            page.write_string_with_format(top + 1, number(at), &below.title, &format)?;
        }
        column += same;
    }
    Ok(top + 2)
}

fn row_format(row: &Row) -> Format {
    let format = Format::new().set_border(FormatBorder::Hair);
    if row.line == Line::Leaf { format } else { format.set_bold() }
}

fn number_format(head: &Head) -> &'static str {
    match head.kind {
        Type::Money | Type::Percent => "#,##0.00",
        Type::Qty => "#,##0.###",
        Type::Price => "#,##0.00##",
        Type::Rate => "#,##0.0000##",
        Type::Date => "dd.mm.yyyy",
        Type::Moment => "dd.mm.yyyy hh:mm:ss",
        _ => "#,##0",
    }
}

fn write_row(page: &mut Worksheet, sheet: &Sheet, row: &Row, at: u32) -> Result<(), XlsxError> {
    for (column, (head, cell)) in sheet.heads.iter().zip(&row.cells).enumerate() {
        let place = number(column);
        let mut format = row_format(row);
        if column == 0 && row.level > 0 {
            format = format.set_indent(row.level);
        }
        match cell {
            Cell::Empty => {
                page.write_blank(at, place, &format)?;
            }
            Cell::Text(text) => {
                page.write_string_with_format(at, place, &**text, &format)?;
            }
            Cell::Number(minor) | Cell::Wrong(minor) => {
                let mut format = format.set_num_format(number_format(head));
                if matches!(cell, Cell::Wrong(_)) {
                    format = format.set_font_color("C00000");
                }
                write_number(page, head, *minor, (at, place), &format)?;
            }
        }
    }
    Ok(())
}

fn write_number(
    page: &mut Worksheet,
    head: &Head,
    minor: i64,
    (row, column): (u32, u16),
    format: &Format,
) -> Result<(), XlsxError> {
    let moment = match head.kind {
        Type::Date => Some(crate::kernel::moment::Date::from_stored(minor).start()),
        Type::Moment => Some(Moment::from_stored(minor)),
        _ => None,
    };
    match moment {
        Some(moment) => match excel_moment(moment)? {
            Some(date) => page.write_datetime_with_format(row, column, &date, format)?,
            None => page.write_blank(row, column, format)?,
        },
        // The file itself holds binary fractions; the number is handed over exactly.
        None => page.write_with_format(row, column, Decimal::new(minor, head.kind.digits()), format)?,
    };
    Ok(())
}

/// Dates before 1900 do not exist for a spreadsheet.
fn excel_moment(moment: Moment) -> Result<Option<ExcelDateTime>, XlsxError> {
    let (date, time) = (moment.date(), moment.time());
    let part = |number: i64| u8::try_from(number).unwrap_or(0);
    let year = u16::try_from(date.year()).unwrap_or(0);
    if year < 1900 {
        return Ok(None);
    }
    let day = ExcelDateTime::from_ymd(year, part(date.month().stored() % 100), part(date.day()))?;
    let clock = |number: i64| u16::try_from(number).unwrap_or(0);
    Ok(Some(day.and_hms(clock(time / 10_000), part(time / 100 % 100), part(time % 100))?))
}

/// Rows below a group fold under it.
fn fold(page: &mut Worksheet, sheet: &Sheet, first: u32) -> Result<(), XlsxError> {
    page.group_symbols_above(true);
    for (at, row) in sheet.rows.iter().enumerate().filter(|(_, row)| row.line == Line::Group) {
        let end = sheet.end_of(at);
        if row.level < LEVELS && end > at + 1 {
            let place = |at: usize| first + u32::try_from(at).unwrap_or(0);
            page.group_rows(place(at + 1), place(end - 1))?;
        }
    }
    Ok(())
}

fn widths(page: &mut Worksheet, sheet: &Sheet) -> Result<(), XlsxError> {
    for (column, head) in sheet.heads.iter().enumerate() {
        let letters = |row: &Row| {
            let text = row.cells.get(column).map(|cell| super::show::cell(head, cell, row.line)).unwrap_or_default();
            text.chars().count() + usize::from(row.level) * 2 * usize::from(column == 0)
        };
        let most = sheet.rows.iter().take(2_000).chain(&sheet.total).map(letters).max().unwrap_or(0);
        let head = head.title.chars().count().min(18);
        page.set_column_width(number(column), number(most.max(head).clamp(8, 60) + 2))?;
    }
    Ok(())
}
