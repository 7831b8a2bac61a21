//! A small tree of elements over quick-xml: local names, no document types, no entities but the five of XML.
//!
//! One document of a file is a tree at a time, so a file of any length needs the memory of its longest
//! document. Nesting is limited, references are never expanded, and a lone ampersand is a warning.

use crate::kernel::text::Text;
use crate::text;
use quick_xml::errors::{Error, IllFormedError};
use quick_xml::escape::{resolve_predefined_entity, unescape};
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::{Reader, XmlVersion};
use std::collections::BTreeSet;

use super::decode::allowed;

/// Deepest nesting taken, the root counted.
pub(super) const DEPTH: usize = 64;

/// An element: local names, text without its children's.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Element {
    /// The name without its prefix.
    pub(super) name: String,
    /// Attributes by local name, namespaces left out.
    pub(super) attributes: Vec<(String, String)>,
    /// Own text, as written.
    pub(super) text: String,
    /// Child elements in order.
    pub(super) children: Vec<Element>,
}

impl Element {
    /// The first child of a name.
    pub(super) fn child(&self, name: &str) -> Option<&Element> {
        self.children.iter().find(|child| child.name == name)
    }
    /// All children of a name.
    pub(super) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Element> {
        self.children.iter().filter(move |child| child.name == name)
    }
    /// The children of a wrapper: `<Товары><Товар/></Товары>`.
    pub(super) fn within<'a>(&'a self, wrapper: &'a str, name: &'a str) -> impl Iterator<Item = &'a Element> {
        self.all(wrapper).flat_map(move |found| found.all(name))
    }
    /// The trimmed text of the first child of a name that has any; empty otherwise.
    pub(super) fn value(&self, name: &str) -> &str {
        let named = self.children.iter().filter(|child| child.name == name);
        named.map(Element::trimmed).find(|text| !text.is_empty()).unwrap_or_default()
    }
    /// The trimmed value of an attribute; empty when absent.
    pub(super) fn attribute(&self, name: &str) -> &str {
        self.attributes.iter().find(|(own, _)| own == name).map_or("", |(_, value)| value.trim())
    }
    /// Own text without blanks around it.
    pub(super) fn trimmed(&self) -> &str {
        self.text.trim()
    }
}

/// What was forgiven while reading.
#[derive(Default)]
pub(super) struct Notes {
    /// References that XML does not know (`&nbsp;`), kept as written.
    pub(super) unknown: BTreeSet<String>,
    /// References to characters XML does not allow, left out.
    pub(super) forbidden: usize,
}

impl Notes {
    /// As sentences.
    pub(super) fn warnings(&self) -> Vec<Text> {
        let mut all = Vec::new();
        if !self.unknown.is_empty() {
            let names: Vec<&str> = self.unknown.iter().take(10).map(String::as_str).collect();
            all.push(text!("site-unknown-references", names = names.join(" ")));
        }
        if self.forbidden > 0 {
            all.push(text!("site-characters-removed", count = self.forbidden));
        }
        all
    }
}

/// Why a piece of XML cannot be read.
pub(super) enum XmlProblem {
    /// A document type: refused, whatever it says.
    DocumentType,
    /// The markup is broken: what is wrong and where, in bytes from the start of the piece.
    Markup(Text, usize),
}

/// A reader over text that forgives what sites do: lone ampersands.
pub(super) fn reader(text: &str) -> Reader<&[u8]> {
    let mut reader = Reader::from_str(text);
    let config = reader.config_mut();
    config.allow_dangling_amp = true;
    config.expand_empty_elements = true;
    reader
}

/// The next event; the end of the text included.
pub(super) fn next<'a>(reader: &mut Reader<&'a [u8]>) -> Result<Event<'a>, XmlProblem> {
    match reader.read_event() {
        Ok(Event::DocType(_)) => Err(XmlProblem::DocumentType),
        Ok(event) => Ok(event),
        Err(error) => Err(problem(&error, reader)),
    }
}

fn problem(error: &Error, reader: &Reader<&[u8]>) -> XmlProblem {
    let said = match error {
        Error::IllFormed(IllFormedError::MismatchedEndTag { expected, found }) => {
            text!("site-xml-mismatch", expected = short(expected), found = short(found))
        }
        Error::IllFormed(IllFormedError::UnmatchedEndTag(found)) => text!("site-xml-unopened", found = short(found)),
        Error::IllFormed(IllFormedError::MissingEndTag(expected)) => {
            text!("site-xml-unclosed", expected = short(expected))
        }
        _ => text!("site-xml-broken"),
    };
    XmlProblem::Markup(said, usize::try_from(reader.error_position()).unwrap_or(0))
}

/// The problem of too many levels.
pub(super) fn too_deep(reader: &Reader<&[u8]>) -> XmlProblem {
    let at = usize::try_from(reader.buffer_position()).unwrap_or(0);
    XmlProblem::Markup(text!("site-xml-deep", limit = DEPTH), at)
}

/// A name short enough for a sentence.
fn short(name: &str) -> String {
    name.chars().take(40).collect()
}

/// Reads the element that begins with `start`, up to its end; `depth` is its own level, the root being 1.
pub(super) fn element(
    reader: &mut Reader<&[u8]>,
    start: &BytesStart<'_>,
    depth: usize,
    notes: &mut Notes,
) -> Result<Element, XmlProblem> {
    let mut open = vec![opened(reader, start)?];
    loop {
        if depth + open.len() > DEPTH + 1 {
            return Err(too_deep(reader));
        }
        match next(reader)? {
            Event::Start(start) => {
                let child = opened(reader, &start)?;
                open.push(child);
            }
            Event::End(_) => {
                let Some(done) = open.pop() else { return Err(broken(reader)) };
                match open.last_mut() {
                    Some(parent) => parent.children.push(done),
                    None => return Ok(done),
                }
            }
            Event::Text(text) => append(&mut open, &text.xml10_content()),
            Event::CData(text) => append(&mut open, &text.xml10_content()),
            Event::GeneralRef(reference) => append(&mut open, &resolved(&reference, notes)),
            Event::Eof => {
                let name = open.last().map(|element| short(&element.name)).unwrap_or_default();
                let at = usize::try_from(reader.buffer_position()).unwrap_or(0);
                return Err(XmlProblem::Markup(text!("site-xml-unclosed", expected = name), at));
            }
            _ => {}
        }
    }
}

fn append(open: &mut [Element], text: &str) {
    if let Some(element) = open.last_mut() {
        element.text.push_str(text);
    }
}

/// The problem of markup that makes no sense where it stands.
pub(super) fn broken(reader: &Reader<&[u8]>) -> XmlProblem {
    let at = usize::try_from(reader.buffer_position()).unwrap_or(0);
    XmlProblem::Markup(text!("site-xml-broken"), at)
}

/// A start tag with the attributes that can be read; the others say nothing.
pub(super) fn lenient(start: &BytesStart<'_>) -> Element {
    let mut pairs = start.html_attributes();
    let attributes = pairs
        .with_checks(false)
        .flatten()
        .map(|pair| (pair.key.local_name().as_ref().to_owned(), pair.value.to_string()));
    let attributes = attributes.collect();
    Element { name: start.local_name().as_ref().to_owned(), attributes, ..Element::default() }
}

/// An element with its attributes, before its content.
fn opened(reader: &Reader<&[u8]>, start: &BytesStart<'_>) -> Result<Element, XmlProblem> {
    let mut attributes = Vec::new();
    for attribute in start.attributes().with_checks(false) {
        let Ok(attribute) = attribute else { return Err(broken(reader)) };
        let (name, prefix) = attribute.key.decompose();
        let namespace = attribute.key.as_namespace_binding().is_some() || prefix.is_some();
        if !namespace {
            // An unknown reference in an attribute is kept as written, like one in text.
            let value = attribute.normalized_value(XmlVersion::Implicit1_0);
            let value = value.map_or_else(|_| attribute.value.to_string(), std::borrow::Cow::into_owned);
            attributes.push((name.as_ref().to_owned(), value));
        }
    }
    let name = start.local_name().as_ref().to_owned();
    Ok(Element { name, attributes, ..Element::default() })
}

/// What a reference stands for; one that XML does not know stays as written.
fn resolved(reference: &BytesRef<'_>, notes: &mut Notes) -> String {
    match reference.resolve_char_ref() {
        Ok(Some(letter)) if allowed(letter) => return letter.to_string(),
        Ok(None) => {}
        _ => {
            notes.forbidden += 1;
            return String::new();
        }
    }
    if let Some(known) = resolve_predefined_entity(reference) {
        return known.to_owned();
    }
    let written = format!("&{};", reference.as_ref());
    notes.unknown.insert(written.chars().take(40).collect());
    written
}

/// The text of a value found without a parser, for naming a broken document.
pub(super) fn plain(text: &str) -> String {
    unescape(text).map_or_else(|_| text.to_owned(), std::borrow::Cow::into_owned)
}

#[cfg(test)]
mod tests {
    use super::{DEPTH, Element, Notes, XmlProblem, element, next, reader};
    use quick_xml::events::Event;

    fn parse(text: &str) -> Result<(Element, Notes), XmlProblem> {
        let mut notes = Notes::default();
        let mut reader = reader(text);
        loop {
            if let Event::Start(start) = next(&mut reader)? {
                return element(&mut reader, &start, 1, &mut notes).map(|tree| (tree, notes));
            }
        }
    }

    #[test]
    fn names_are_local_and_text_is_whole() {
        let (tree, notes) = parse(
            "<c:a xmlns:c='u' x='1' c:y='2'>\r\n one<!-- no --> &amp; <![CDATA[<two>]]> &#8470;&#x35;<b/>\
                <c:b> z </c:b></c:a>",
        )
        .unwrap_or_else(|_| panic!("must be read"));
        assert_eq!((tree.name.as_str(), tree.trimmed()), ("a", "one & <two> №5"));
        assert_eq!(tree.attributes, [("x".to_owned(), "1".to_owned())]);
        assert_eq!((tree.all("b").count(), tree.value("b")), (2, "z"));
        assert!(notes.warnings().is_empty());
    }

    #[test]
    fn strange_references_stay_and_are_told() {
        let (tree, notes) =
            parse("<a t='x &nbsp; y'>1 &nbsp;&laquo; Стол & Co &#0;&#x1;</a>").unwrap_or_else(|_| panic!());
        assert_eq!(tree.trimmed(), "1 &nbsp;&laquo; Стол & Co");
        assert_eq!(tree.attribute("t"), "x &nbsp; y");
        assert_eq!(notes.warnings().len(), 2);
    }

    #[test]
    fn a_document_type_is_refused() {
        let bomb = "<!DOCTYPE a [<!ENTITY b 'bbbbbbbb'><!ENTITY c '&b;&b;&b;'>]><a>&c;</a>";
        assert!(matches!(parse(bomb), Err(XmlProblem::DocumentType)));
        assert!(matches!(parse("<a><!DOCTYPE a></a>"), Err(XmlProblem::DocumentType)));
    }

    #[test]
    fn nesting_has_a_limit() {
        let nested = |depth: usize| format!("{}{}", "<a>".repeat(depth), "</a>".repeat(depth));
        assert!(parse(&nested(DEPTH)).is_ok());
        assert!(matches!(parse(&nested(DEPTH + 1)), Err(XmlProblem::Markup(..))));
        assert!(parse(&"<a>".repeat(1_000_000)).is_err());
    }

    #[test]
    fn broken_markup_is_an_error() {
        for text in ["<a><b></a>", "<a>", "<a", "<a></b>", "<a x='1></a>", "<a x></a>", "<a><![CDATA[</a>", "<a>&"] {
            assert!(matches!(parse(text), Err(XmlProblem::Markup(..))), "{text}");
        }
    }
}
