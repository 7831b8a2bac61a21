//! From the TOML of a template to its parts.

use super::pattern::Pattern;
use super::reader::Reader;
use super::{
    Align, Block, Body, Borders, Cell, Code, Column, Condition, Line, On, PageSetup, Panel, Rule, Scope, Table,
    Template, Total, TotalCell, VerticalAlign,
};
use crate::print::fonts::Family;
use crate::text;

/// Frames that do not say otherwise, mm.
const THIN: f32 = 0.2;
/// Letters that do not say otherwise, points.
const SIZE: f32 = 8.0;
const MARGIN: f32 = 10.0;

const FAMILIES: [(&str, Family); 2] = [("sans", Family::Sans), ("serif", Family::Serif)];
const ALIGNS: [(&str, Align); 3] = [("left", Align::Left), ("center", Align::Center), ("right", Align::Right)];
const VERTICALS: [(&str, VerticalAlign); 3] =
    [("top", VerticalAlign::Top), ("middle", VerticalAlign::Middle), ("bottom", VerticalAlign::Bottom)];
const CODES: [(&str, Code); 3] = [("qr", Code::Qr), ("ean13", Code::Ean13), ("code128", Code::Code128)];
const ON: [(&str, On); 4] = [("first", On::First), ("all", On::All), ("rest", On::Rest), ("last", On::Last)];
const SCOPES: [(&str, Scope); 2] = [("page", Scope::Page), ("all", Scope::All)];
const SIZES: [(&str, (f32, f32)); 3] = [("A4", (210.0, 297.0)), ("A5", (148.0, 210.0)), ("A3", (297.0, 420.0))];

/// The whole template; problems are left with the reader's source.
pub(super) fn template(name: &str, mut top: Reader<'_, '_>) -> Template {
    if !top.has("page") {
        top.problem(text!("print-template-missing", key = "page"));
    }
    let page = top.inner("page").map(page).unwrap_or_default();
    let title = top.words("title");
    let mut template = Template {
        name: name.to_owned(),
        title: Pattern::parse(title.as_deref().unwrap_or(name)),
        page,
        family: top.choice("font", &FAMILIES).unwrap_or_default(),
        size: top.number("size").unwrap_or(SIZE),
        thick: top.number("thick").unwrap_or(THIN),
        required: top.words_list("required"),
        fixed: panel(&mut top),
        start: top.number("start").unwrap_or(page.top),
        ..Template::default()
    };
    template.fields = top.inner("fields").map(|fields| fields.all_words().into_iter().collect()).unwrap_or_default();
    if let Some(tables) = top.inner("tables") {
        for (table, columns) in tables.all_inners() {
            template.tables.insert(table, columns.all_words().into_iter().collect());
        }
    }
    for mut copy in top.inners("copy") {
        template.copies.push((copy.number("x").unwrap_or_default(), copy.number("y").unwrap_or_default()));
        copy.finish();
    }
    let (size, blocks) = (template.size, top.inners("block"));
    template.blocks = blocks.into_iter().map(|reader| block(reader, size)).collect();
    top.finish();
    template
}

fn page(mut reader: Reader<'_, '_>) -> PageSetup {
    let (width, height) = match reader.choice("format", &SIZES) {
        Some(size) => size,
        None => (reader.need("width"), reader.need("height")),
    };
    let (width, height) = if reader.flag("landscape", false) { (height, width) } else { (width, height) };
    let top = reader.number("top").unwrap_or(MARGIN);
    let bottom = reader.number("bottom").unwrap_or(MARGIN);
    reader.finish();
    PageSetup { width, height, top, bottom }
}

fn panel(reader: &mut Reader<'_, '_>) -> Panel {
    let cells = reader.inners("cell").into_iter().map(cell).collect();
    let lines = reader.inners("line").into_iter().map(line).collect();
    Panel { cells, lines }
}

fn condition(reader: &mut Reader<'_, '_>) -> Condition {
    Condition { when: reader.words("when"), unless: reader.words("unless") }
}

/// `field` is short for a text of that field alone; both at once are a mistake.
fn text_or_field(reader: &mut Reader<'_, '_>) -> Pattern {
    let (words, field) = (reader.words("text"), reader.words("field"));
    match (words, field) {
        (Some(_), Some(_)) => {
            reader.problem(text!("print-template-text-and-field"));
            Pattern::default()
        }
        (Some(words), None) => Pattern::parse(&words),
        (None, Some(field)) => {
            check_name(reader, &field);
            Pattern::field(&field)
        }
        (None, None) => Pattern::default(),
    }
}

fn check_name(reader: &Reader<'_, '_>, name: &str) {
    if !super::pattern::is_name(name) {
        reader.problem(text!("print-template-name", name = name));
    }
}

fn borders(reader: &mut Reader<'_, '_>) -> Borders {
    let Some(letters) = reader.words("border") else { return Borders::default() };
    if !letters.chars().all(|letter| "TBLR".contains(letter)) {
        reader.problem(text!("print-template-border", value = &letters));
    }
    let has = |side| letters.contains(side);
    Borders { top: has('T'), bottom: has('B'), left: has('L'), right: has('R') }
}

/// A small whole number: percents, and lanes, of which nobody needs more.
fn percent(reader: &mut Reader<'_, '_>, key: &'static str) -> u8 {
    let Some(percent) = reader.number(key) else { return 0 };
    let found = (0u8..=100).find(|known| (f32::from(*known) - percent).abs() < 0.5);
    if found.is_none() {
        reader.problem(text!("print-template-percent", key = key));
    }
    found.unwrap_or(0)
}

fn cell(mut reader: Reader<'_, '_>) -> Cell {
    let cell = Cell {
        x: reader.need("x"),
        y: reader.need("y"),
        w: reader.need("w"),
        h: reader.need("h"),
        text: text_or_field(&mut reader),
        size: reader.number("size"),
        align: reader.choice("align", &ALIGNS).unwrap_or_default(),
        valign: reader.choice("valign", &VERTICALS).unwrap_or_default(),
        border: borders(&mut reader),
        thick: reader.number("thick"),
        bold: reader.flag("bold", false),
        font: reader.choice("font", &FAMILIES),
        wrap: reader.flag("wrap", true),
        shrink: reader.flag("shrink", true),
        grow: reader.flag("grow", false),
        lane: percent(&mut reader, "lane"),
        rest: reader.flag("rest", false),
        turned: reader.flag("turned", false),
        strike: reader.flag("strike", false),
        fill: percent(&mut reader, "fill"),
        code: reader.choice("code", &CODES),
        condition: condition(&mut reader),
        on: reader.choice("on", &ON).unwrap_or_default(),
    };
    reader.finish();
    cell
}

fn line(mut reader: Reader<'_, '_>) -> Line {
    let line = Line {
        x1: reader.need("x1"),
        y1: reader.need("y1"),
        x2: reader.need("x2"),
        y2: reader.need("y2"),
        thick: reader.number("thick"),
        dashed: reader.flag("dashed", false),
        condition: condition(&mut reader),
        on: reader.choice("on", &ON).unwrap_or_default(),
    };
    reader.finish();
    line
}

fn block(mut reader: Reader<'_, '_>, size: f32) -> Block {
    let gap = reader.number("gap").unwrap_or_default();
    let keep = reader.flag("keep", false);
    let condition = condition(&mut reader);
    let body = match reader.words("table") {
        Some(source) => {
            check_name(&reader, &source);
            Body::Table(table(source, &mut reader, size))
        }
        None => Body::Panel(panel(&mut reader)),
    };
    reader.finish();
    Block { gap, keep, condition, body }
}

fn table(source: String, reader: &mut Reader<'_, '_>, size: f32) -> Table {
    let size = reader.number("size").unwrap_or(size);
    let keep_rows = reader.number("keep_rows").unwrap_or_default();
    Table {
        source,
        x: reader.need("x"),
        size,
        head_size: reader.number("head_size").unwrap_or(size),
        head_bold: reader.flag("head_bold", false),
        head_fill: percent(reader, "head_fill"),
        head_heights: reader.numbers("head"),
        row: reader.number("row").unwrap_or(4.0),
        keep_rows: (0usize..100).find(|count| *count as f32 >= keep_rows).unwrap_or(0),
        frame: reader.flag("frame", true),
        thick: reader.number("thick"),
        columns: reader.inners("column").into_iter().map(column).collect(),
        totals: reader.inners("total").into_iter().map(total).collect(),
        rules: reader.inners("rule").into_iter().map(rule).collect(),
    }
}

fn rule(mut reader: Reader<'_, '_>) -> Rule {
    let rule = Rule { x: reader.need("x"), thick: reader.need("thick") };
    reader.finish();
    rule
}

fn column(mut reader: Reader<'_, '_>) -> Column {
    let head = reader.words("head").unwrap_or_default();
    if reader.has("column") {
        let columns = reader.inners("column").into_iter().map(column).collect();
        reader.finish();
        return Column { head, columns, ..Column::default() };
    }
    let align = reader.choice("align", &ALIGNS).unwrap_or_default();
    let field = reader.words("field");
    if let Some(name) = &field {
        check_name(&reader, name);
    }
    let words = reader.words("text");
    let text = words.map(|words| Pattern::parse(&words)).or(field.as_deref().map(Pattern::field));
    let column = Column {
        head,
        columns: Vec::new(),
        w: reader.need("w"),
        number: reader.words("number"),
        field,
        text: text.unwrap_or_default(),
        align,
        wrap: reader.flag("wrap", align != Align::Right),
        code: reader.choice("code", &CODES),
    };
    reader.finish();
    column
}

fn total(mut reader: Reader<'_, '_>) -> Total {
    let total = Total {
        label: Pattern::parse(&reader.words("label").unwrap_or_default()),
        label_align: reader.choice("label_align", &ALIGNS).unwrap_or(Align::Right),
        label_box: reader.flag("label_box", false),
        label_from: reader.words("label_from"),
        scope: reader.choice("scope", &SCOPES).unwrap_or_default(),
        bold: reader.flag("bold", false),
        frame: reader.flag("frame", true),
        condition: condition(&mut reader),
        cells: reader.inners("cell").into_iter().map(total_cell).collect(),
    };
    reader.finish();
    total
}

fn total_cell(mut reader: Reader<'_, '_>) -> TotalCell {
    if !reader.has("column") {
        reader.problem(text!("print-template-missing", key = "column"));
    }
    let cell = TotalCell {
        column: reader.words("column").unwrap_or_default(),
        to: reader.words("to"),
        text: text_or_field(&mut reader),
        align: reader.choice("align", &ALIGNS),
    };
    reader.finish();
    cell
}
