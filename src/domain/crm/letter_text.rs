//! The text of letters: placeholders in braces, «{Номер}», filled from an order. A line whose placeholder has nothing
//! to say («Дата отгрузки: {Дата отгрузки}») is left out whole; nothing unfilled ever leaves.

use crate::kernel::text::{Lang, Text, normalize};
use crate::text;
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// What a template may ask of an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Field {
    /// The buyer's name.
    Buyer,
    /// Our number of the order, or the site's where it has one.
    Number,
    /// Our number.
    OwnNumber,
    /// The day of the order.
    Date,
    /// The goods as a table, on a line of its own.
    Goods,
    /// The total of all lines not cancelled.
    Total,
    /// What is paid of it.
    Paid,
    /// What is still to be paid.
    Due,
    /// The state of the order.
    State,
    /// The way of delivery.
    Delivery,
    /// Where it is delivered.
    Address,
    /// The way of payment.
    Payment,
    /// The day of shipment.
    ShipDate,
    /// How much of the order has been shipped.
    Shipped,
    /// The last day of the reserve.
    ReserveUntil,
    /// The manager.
    Manager,
    /// The shop: how the sender is called.
    Shop,
    /// The telephone of our company.
    Phone,
    /// Where answers go.
    Mail,
}

impl Field {
    /// All of them, as the form lists them.
    pub const ALL: [Self; 19] = [
        Self::Buyer,
        Self::Number,
        Self::OwnNumber,
        Self::Date,
        Self::Goods,
        Self::Total,
        Self::Paid,
        Self::Due,
        Self::State,
        Self::Delivery,
        Self::Address,
        Self::Payment,
        Self::ShipDate,
        Self::Shipped,
        Self::ReserveUntil,
        Self::Manager,
        Self::Shop,
        Self::Phone,
        Self::Mail,
    ];

    /// The word between the braces.
    pub fn label(self) -> Text {
        match self {
            Self::Buyer => text!("letter-field-buyer"),
            Self::Number => text!("letter-field-number"),
            Self::OwnNumber => text!("letter-field-own-number"),
            Self::Date => text!("letter-field-date"),
            Self::Goods => text!("letter-field-goods"),
            Self::Total => text!("letter-field-total"),
            Self::Paid => text!("letter-field-paid"),
            Self::Due => text!("letter-field-due"),
            Self::State => text!("letter-field-state"),
            Self::Delivery => text!("letter-field-delivery"),
            Self::Address => text!("letter-field-address"),
            Self::Payment => text!("letter-field-payment"),
            Self::ShipDate => text!("letter-field-ship-date"),
            Self::Shipped => text!("letter-field-shipped"),
            Self::ReserveUntil => text!("letter-field-reserve-until"),
            Self::Manager => text!("letter-field-manager"),
            Self::Shop => text!("letter-field-shop"),
            Self::Phone => text!("letter-field-phone"),
            Self::Mail => text!("letter-field-mail"),
        }
    }

    /// By its word in either language, however it is spelt.
    fn named(word: &str) -> Option<Self> {
        let word = normalize(word);
        let is = |field: &Self, lang| normalize(&field.label().show_in(lang)) == word;
        Self::ALL.into_iter().find(|field| is(field, Lang::Ru) || is(field, Lang::En))
    }
}

/// All placeholders as they are written, for whoever writes a template.
pub fn known_fields() -> String {
    Field::ALL.iter().map(|field| format!("{{{}}}", field.label().show())).collect::<Vec<_>>().join(", ")
}

/// A piece of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// Words as they are.
    Words(String),
    /// What is filled in.
    Field(Field),
}

/// A line of a body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Line {
    /// Words with placeholders between them.
    Pieces(Vec<Piece>),
    /// The table of goods.
    Goods,
}

/// A template as understood.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pattern {
    /// The subject.
    pub subject: Vec<Piece>,
    /// The lines of the body.
    pub lines: Vec<Line>,
}

/// One row of the table of goods, as it is shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GoodsRow {
    /// What it is.
    pub name: String,
    /// How much, with the unit.
    pub qty: String,
    /// The price of one.
    pub price: String,
    /// The total of the row.
    pub total: String,
}

/// What an order gives to a template.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Values {
    /// Texts by placeholder; what is absent or empty has nothing to say.
    pub fields: BTreeMap<Field, String>,
    /// The table of goods.
    pub goods: Vec<GoodsRow>,
}

/// A letter as it goes out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Letter {
    /// The subject.
    pub subject: String,
    /// As plain text, lines ended by line feeds.
    pub text: String,
    /// The same as HTML.
    pub html: String,
}

/// Understands one line; every placeholder that is not known, and every brace without its other, is told.
pub fn line(source: &str, goods: bool) -> Result<Vec<Piece>, Vec<Text>> {
    let (mut pieces, mut wrong) = (Vec::new(), Vec::new());
    let mut rest = source;
    while let Some(at) = rest.find(['{', '}']) {
        let (before, after) = rest.split_at(at);
        if !before.is_empty() {
            pieces.push(Piece::Words(before.to_owned()));
        }
        let inner = after.strip_prefix('{').and_then(|after| after.split_once('}'));
        let Some((word, tail)) = inner.filter(|(word, _)| !word.contains('{')) else {
            wrong.push(text!(
                "letter-brace",
                line = source.trim(),
                example = format!("{{{}}}", Field::Number.label().show())
            ));
            return Err(wrong);
        };
        match Field::named(word) {
            Some(Field::Goods) if !goods => {
                wrong.push(text!("letter-goods-alone", field = format!("{{{word}}}")));
            }
            Some(field) => pieces.push(Piece::Field(field)),
            None => wrong.push(text!("letter-field-unknown", field = format!("{{{word}}}"), known = known_fields())),
        }
        rest = tail;
    }
    if !rest.is_empty() {
        pieces.push(Piece::Words(rest.to_owned()));
    }
    if wrong.is_empty() { Ok(pieces) } else { Err(wrong) }
}

/// Understands a body; see [`line`].
pub fn body(source: &str) -> Result<Vec<Line>, Vec<Text>> {
    let (mut lines, mut wrong) = (Vec::new(), Vec::new());
    for source in source.lines() {
        let alone = source.trim().starts_with('{') && source.trim().ends_with('}');
        match line(source, alone) {
            Ok(pieces) => match pieces.iter().filter(|piece| !blank(piece)).collect::<Vec<_>>().as_slice() {
                [Piece::Field(Field::Goods)] => lines.push(Line::Goods),
                all if all.contains(&&Piece::Field(Field::Goods)) => {
                    wrong.push(text!("letter-goods-alone", field = Field::Goods.label()));
                }
                _ => lines.push(Line::Pieces(pieces)),
            },
            Err(found) => wrong.extend(found),
        }
    }
    if wrong.is_empty() { Ok(lines) } else { Err(wrong) }
}

fn blank(piece: &Piece) -> bool {
    matches!(piece, Piece::Words(words) if words.trim().is_empty())
}

/// A line filled in; `None` when one of its placeholders has nothing to say. What an order says takes one line.
fn filled(pieces: &[Piece], values: &Values) -> Option<String> {
    let mut out = String::new();
    for piece in pieces {
        match piece {
            Piece::Words(words) => out.push_str(words),
            Piece::Field(field) => {
                let value = values.fields.get(field).map_or("", String::as_str);
                // Digits of an amount are kept together by blanks that do not break.
                let blank = |letter: char| letter.is_ascii_whitespace();
                let words: Vec<&str> = value.split(blank).filter(|word| !word.is_empty()).collect();
                if words.is_empty() {
                    return None;
                }
                out.push_str(&words.join(" "));
            }
        }
    }
    Some(out.trim_end().to_owned())
}

impl Pattern {
    /// Fills a letter. A subject that cannot be filled is refused: a letter does not go without one.
    pub fn fill(&self, values: &Values) -> Result<Letter, Text> {
        let subject = filled(&self.subject, values).filter(|subject| !subject.trim().is_empty());
        let subject = subject.ok_or_else(|| text!("letter-subject-empty", field = self.lacking(values)))?;
        let (mut text, mut html) = (String::new(), Html::default());
        // Where a line was left out its blank neighbours become one.
        let mut blanks = 1;
        for line in &self.lines {
            match line {
                Line::Goods => {
                    goods_text(&values.goods, &mut text);
                    html.table(&values.goods);
                    blanks = 0;
                }
                Line::Pieces(pieces) => {
                    let Some(line) = filled(pieces, values) else { continue };
                    blanks = if line.is_empty() { blanks + 1 } else { 0 };
                    if blanks < 2 {
                        text.push_str(&line);
                        text.push('\n');
                        html.line(&line);
                    }
                }
            }
        }
        Ok(Letter { subject, text: format!("{}\n", text.trim_end()), html: html.whole() })
    }

    /// Placeholders of the subject without a value.
    fn lacking(&self, values: &Values) -> String {
        let empty = |field: &Field| values.fields.get(field).is_none_or(|value| value.trim().is_empty());
        let fields = self.subject.iter().filter_map(|piece| match piece {
            Piece::Field(field) if empty(field) => Some(field.label().show()),
            _ => None,
        });
        fields.collect::<Vec<_>>().join(", ")
    }
}

fn goods_text(rows: &[GoodsRow], out: &mut String) {
    for (at, row) in (1..).zip(rows) {
        let _ = writeln!(out, "{at}. {}: {} × {} = {}", row.name, row.qty, row.price, row.total);
    }
}

/// What stands in the place of letters that mean something in HTML.
fn escaped(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for letter in words.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            other => out.push(other),
        }
    }
    out
}

/// Words with their addresses of the web made into links.
fn linked(words: &str) -> String {
    let link = |word: &str| {
        let end = word.trim_end_matches(['.', ',', ';', ')', '!', '?']);
        let tail = word.strip_prefix(end).unwrap_or_default();
        let end = escaped(end);
        format!("<a href=\"{end}\">{end}</a>{}", escaped(tail))
    };
    let words = words.split(' ').map(|word| match word.starts_with("https://") || word.starts_with("http://") {
        true => link(word),
        false => escaped(word),
    });
    words.collect::<Vec<_>>().join(" ")
}

/// HTML on its way: paragraphs of lines, tables between them.
#[derive(Default)]
struct Html {
    out: String,
    paragraph: Vec<String>,
}

impl Html {
    fn line(&mut self, line: &str) {
        if line.is_empty() { self.close() } else { self.paragraph.push(linked(line)) }
    }

    fn close(&mut self) {
        if !self.paragraph.is_empty() {
            let _ = writeln!(self.out, "<p>{}</p>", self.paragraph.join("<br>\n"));
            self.paragraph.clear();
        }
    }

    fn table(&mut self, rows: &[GoodsRow]) {
        self.close();
        if rows.is_empty() {
            return;
        }
        let heads =
            [text!("letter-col-name"), text!("letter-col-qty"), text!("letter-col-price"), text!("letter-col-total")];
        let cell = |tag: &str, at: usize, words: &str| {
            let align = if at == 0 { "left" } else { "right" };
            format!(
                "<{tag} style=\"text-align:{align};padding:4px 10px;border-bottom:1px solid #ddd\">{}</{tag}>",
                escaped(words)
            )
        };
        let row = |tag: &str, cells: &[&str]| {
            let cells: String = cells.iter().enumerate().map(|(at, words)| cell(tag, at, words)).collect();
            format!("<tr>{cells}</tr>\n")
        };
        let heads = heads.map(|head| head.show_in(Lang::Ru));
        let mut all = row("th", &heads.each_ref().map(String::as_str));
        for one in rows {
            all.push_str(&row("td", &[&one.name, &one.qty, &one.price, &one.total]));
        }
        let _ = writeln!(self.out, "<table style=\"border-collapse:collapse\">\n{all}</table>");
    }

    fn whole(mut self) -> String {
        self.close();
        let style = "font-family:Arial,sans-serif;font-size:15px;line-height:1.45;color:#222";
        format!(
            "<!DOCTYPE html>\n<html><head><meta charset=\"utf-8\"></head>\n<body style=\"{style}\">\n{}</body></html>\n",
            self.out
        )
    }
}

#[cfg(test)]
mod tests {
    use super::{Field, GoodsRow, Letter, Pattern, Values, body, line};
    use std::collections::BTreeMap;

    fn made(subject: &str, text: &str, values: &Values) -> Letter {
        let pattern = Pattern { subject: line(subject, false).unwrap(), lines: body(text).unwrap() };
        pattern.fill(values).unwrap()
    }

    fn values() -> Values {
        let fields =
            [(Field::Buyer, "Анна <К>"), (Field::Number, "17"), (Field::Total, "1 300,00"), (Field::Address, " ")];
        let fields: BTreeMap<Field, String> = fields.map(|(field, value)| (field, value.to_owned())).into();
        let row = |name: &str| GoodsRow {
            name: name.to_owned(),
            qty: "2 шт".to_owned(),
            price: "500,00".to_owned(),
            total: "1 000,00".to_owned(),
        };
        Values { fields, goods: vec![row("Чайник {синий} & Ко")] }
    }

    #[test]
    fn text_and_html_come_of_one_body() {
        let body = "Здравствуйте, {Покупатель}!\n\nЗаказ {number}:\n{ТОВАРЫ}\nАдрес: {Адрес доставки}\n\nСмотрите https://shop.example/17.\nИтого {Сумма}";
        let letter = made("Заказ {Номер}", body, &values());
        assert_eq!(letter.subject, "Заказ 17");
        assert_eq!(
            letter.text,
            "Здравствуйте, Анна <К>!\n\nЗаказ 17:\n1. Чайник {синий} & Ко: 2 шт × 500,00 = 1 000,00\n\nСмотрите https://shop.example/17.\nИтого 1 300,00\n"
        );
        assert!(letter.html.contains("<p>Здравствуйте, Анна &lt;К&gt;!</p>"), "{}", letter.html);
        assert!(letter.html.contains(">Чайник {синий} &amp; Ко</td>"), "{}", letter.html);
        assert!(
            letter.html.contains("<a href=\"https://shop.example/17\">https://shop.example/17</a>."),
            "{}",
            letter.html
        );
        assert!(!letter.html.contains("Адрес") && !letter.text.contains("Адрес"));
    }

    #[test]
    fn what_is_not_known_is_named_with_what_is() {
        let told =
            |source: &str| body(source).unwrap_err().iter().map(|text| text.show()).collect::<Vec<_>>().join("\n");
        let said = told("{Номмер} и {Скидка}");
        assert!(said.contains("{Номмер}") && said.contains("{Скидка}") && said.contains("{Номер}"), "{said}");
        for source in ["{Номер", "Номер}", "{{Номер}}", "Вот {Товары} вам", "{Товары}{Номер}"]
        {
            assert!(body(source).is_err(), "{source}");
        }
        assert!(line("{Товары}", false).is_err(), "no table in a subject");
    }

    #[test]
    fn a_subject_that_cannot_be_filled_is_refused() {
        let pattern = Pattern {
            subject: line("Доставка: {Адрес доставки}", false).unwrap(), lines: Vec::new()
        };
        assert!(pattern.fill(&values()).unwrap_err().show().contains("Адрес доставки"));
    }
}
