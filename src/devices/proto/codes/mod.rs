//! What a scanned code means: a trade item, goods weighed in the shop, GS1 fields, a marking code, or the shop's
//! own text.
//!
//! The AIM identifier decides where the scanner sends it. Without it digits with a right check digit are a trade
//! item before they are anything else, because a bare EAN often reads as GS1 fields too.

pub mod elements;
pub mod fields;
pub mod marking;
pub mod trade_item;
pub mod weighed;

use super::scanner::aim::Symbology;
use super::scanner::scan::Scan;
use super::scanner::wedge::Likeness;
use elements::{Elements, GS};
use marking::Marking;
use trade_item::{CheckError, Form, Gtin};
use weighed::{Template, Weighed};

/// A scan understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Code {
    /// The number of a trade item or of its package.
    TradeItem {
        /// The number as fourteen digits.
        gtin: Gtin,
        /// In which form it was printed.
        form: Form,
        /// The two or five digits beside it, on periodicals.
        add_on: Option<String>,
    },
    /// Goods weighed, counted or priced in the shop.
    Weighed(Weighed),
    /// A number free for internal use (GS1 prefixes 20 to 29) that no template reads.
    InStore(Gtin),
    /// GS1 fields without a serial number of a single thing.
    Elements(Elements),
    /// The code of a single thing.
    Marking(Marking),
    /// Anything else: the text as scanned.
    Text {
        /// The data; bytes above ASCII are replaced.
        text: String,
        /// Why it was taken for no number, when it looked like one.
        doubt: Option<Doubt>,
    },
}

/// Why a code that looked like a number or like GS1 fields was not taken for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Doubt {
    /// The check digit is another.
    Check(CheckError),
    /// The fields do not follow GS1.
    Elements(elements::ElementError),
}

/// Says what a scan means; templates are those of the shop for goods weighed in it.
#[must_use]
pub fn classify(scan: &Scan, templates: &[Template]) -> Code {
    let text = scan.text();
    match scan.aim.map(super::scanner::aim::Aim::symbology) {
        Some(kind) if kind.is_gs1() => fields_or_text(scan),
        Some(Symbology::Ean | Symbology::Ean8) => number(&text, templates),
        Some(Symbology::EanWithAddOn) => with_add_on(&text, templates),
        Some(Symbology::Itf) => match Gtin::parse(&text) {
            Ok((gtin, form @ Form::Itf14)) => Code::TradeItem { gtin, form, add_on: None },
            _ => Code::Text { text, doubt: None },
        },
        Some(Symbology::DataMatrix) => Marking::tobacco_pack(&scan.data).map_or_else(|| plain(text), Code::Marking),
        Some(_) => plain(text),
        None => guessed(scan, text, templates),
    }
}

/// Without an identifier: the likeliest meaning.
fn guessed(scan: &Scan, text: String, templates: &[Template]) -> Code {
    if scan.data.first() == Some(&GS) {
        return fields_or_text(scan);
    }
    let doubt = match Gtin::parse(&text) {
        Ok(_) => return number(&text, templates),
        Err(CheckError::NotANumber) => None,
        Err(wrong) => Some(Doubt::Check(wrong)),
    };
    if let Some(code) = Elements::parse(&scan.data).ok().filter(Elements::convinces) {
        return meaning(scan, code);
    }
    match Marking::tobacco_pack(&scan.data) {
        Some(marking) => Code::Marking(marking),
        None => Code::Text { text, doubt },
    }
}

fn plain(text: String) -> Code {
    Code::Text { text, doubt: None }
}

fn fields_or_text(scan: &Scan) -> Code {
    match Elements::parse(&scan.data) {
        Ok(elements) => meaning(scan, elements),
        Err(error) => Code::Text { text: scan.text(), doubt: Some(Doubt::Elements(error)) },
    }
}

fn meaning(scan: &Scan, elements: Elements) -> Code {
    match Marking::from_elements(&scan.data, &elements) {
        Some(marking) => Code::Marking(marking),
        None => Code::Elements(elements),
    }
}

fn number(text: &str, templates: &[Template]) -> Code {
    let (gtin, form) = match Gtin::parse(text) {
        Ok(read) => read,
        Err(error) => return Code::Text { text: text.to_owned(), doubt: Some(Doubt::Check(error)) },
    };
    if form == Form::Ean13 {
        if let Some(weighed) = Weighed::read(text, templates) {
            return Code::Weighed(weighed);
        }
        if gtin.is_in_store() {
            return Code::InStore(gtin);
        }
    }
    Code::TradeItem { gtin, form, add_on: None }
}

/// EAN-13 with the two or five digits of its add-on after it.
fn with_add_on(text: &str, templates: &[Template]) -> Code {
    let Some((main, beside)) = text.split_at_checked(13).filter(|(_, beside)| !beside.is_empty()) else {
        return number(text, templates);
    };
    match number(main, templates) {
        Code::TradeItem { gtin, form, .. } => Code::TradeItem { gtin, form, add_on: Some(beside.trim().to_owned()) },
        other => other,
    }
}

/// How much bytes without an identifier look like a code: the judge of a keyboard wedge without prefix.
#[must_use]
pub fn likeness(data: &[u8]) -> Likeness {
    let scan = Scan { raw: Vec::new(), aim: None, data: data.to_vec() };
    let (scan, identified) = match super::scanner::aim::Aim::split(data) {
        (Some(aim), rest) => (Scan { aim: Some(aim), data: rest.to_vec(), ..scan }, true),
        (None, _) => (scan, false),
    };
    match classify(&scan, &[]) {
        Code::Text { .. } if identified => Likeness::Certain,
        Code::Text { text, .. } => {
            // Codes of a shop's own are of capitals and digits; a date or an amount has no capitals.
            let digits = text.bytes().filter(u8::is_ascii_digit).count();
            let mixed = digits > 0 && text.bytes().any(|byte| byte.is_ascii_uppercase());
            let long = text.len() >= 8 && digits == text.len();
            if mixed || long { Likeness::Possible } else { Likeness::Unlikely }
        }
        _ => Likeness::Certain,
    }
}

#[cfg(test)]
mod tests;
