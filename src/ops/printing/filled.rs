//! The data of a form, with the card where each field is kept: what is missing can be opened and mended.

use crate::kernel::refs::AnyRef;
use crate::kernel::text::Text;
use crate::print::data::FormData;
use crate::print::template::Template;
use crate::text;
use std::collections::BTreeMap;

/// Something a paper lacks to be valid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Blank {
    /// What is missing.
    pub text: Text,
    /// The card or the document where it is filled in.
    pub open: AnyRef,
}

/// A form filled from a document.
#[derive(Clone, Debug, Default)]
pub struct Filled {
    /// Texts by field and rows by table.
    pub data: FormData,
    /// Where each field is kept; what is not listed is kept on the document.
    pub owners: BTreeMap<String, AnyRef>,
    /// What is wrong beside empty fields: a code that cannot be made of wrong details.
    pub wrong: Vec<Blank>,
}

impl Filled {
    /// Sets a field kept on the document, or made by the program.
    pub fn set(&mut self, field: &str, value: impl Into<String>) {
        self.data.set(field, value);
    }

    /// Sets a field kept on a card; an empty reference leaves it with the document.
    pub fn of(&mut self, owner: AnyRef, field: &str, value: impl Into<String>) {
        self.data.set(field, value);
        if !owner.is_empty() {
            self.owners.insert(field.to_owned(), owner);
        }
    }

    /// Fields that the program knows nothing of: left for the pen.
    pub fn by_hand(&mut self, fields: &[&str]) {
        for field in fields {
            self.data.set(field, "");
        }
    }

    /// What the paper lacks; `document` is where fields without a card of their own are filled in.
    pub fn blanks(&self, template: &Template, document: AnyRef) -> Vec<Blank> {
        let empty = template.required.iter().filter(|name| self.data.field(name).trim().is_empty());
        let blank = |name: &String| {
            let label = template.fields.get(name).unwrap_or(name);
            let open = self.owners.get(name).copied().unwrap_or(document);
            Blank { text: text!("print-missing", field = label), open }
        };
        empty.map(blank).chain(self.wrong.iter().cloned()).collect()
    }
}
