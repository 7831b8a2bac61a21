//! Reading what a site sends: CommerceML 2 files of orders, bytes in, typed documents and problems out.
//!
//! Nothing here touches a base or a network. The reader forgives what shops are known to do (lies about the
//! encoding, notices of PHP before the XML, markup in a buyer's comment, sums that are kept in five places) and
//! says what it forgave; what it cannot read it names, and the rest of the file goes on.
//!
//! In reading order: `decode` (bytes to text), `pieces` (the root element, documents of a broken file), `xml`
//! (a tree of elements), `orders`, `party`, `contacts`, `lines` (the tree into types), `requisites` (what an
//! order says), `normalise` (sums made whole).

mod contacts;
mod decode;
mod digest;
mod document;
mod lines;
mod marks;
mod normalise;
mod orders;
mod party;
mod pieces;
mod reading;
mod requisites;
mod values;
mod xml;

pub use contacts::{AddressKind, Contacts, SiteAddress, SitePhone};
pub use document::{Operation, Role, SiteDocument, SiteName};
pub use lines::{SiteCost, SiteDiscount, SiteLine, SiteTax, TaxRate};
pub use marks::{Mark, Part};
pub use normalise::{NormalisedLine, NormalisedOrder, VatHint, normalised};
pub use party::{PartyKind, PartyRole, SiteAccount, SiteParty, is_guest_id};
pub use requisites::{SiteChoice, SitePayment};

use crate::kernel::moment::Moment;
use crate::kernel::text::Text;
use crate::text;
use pieces::{Located, Piece, Search};
use quick_xml::events::Event;
use xml::{Element, Notes, XmlProblem};

/// Largest file taken, in bytes.
const LARGEST: usize = 512 << 20;
/// Letters of a refusal of the site that are shown.
const SHOWN: usize = 300;

/// A file of orders, read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OrdersFile {
    /// `ВерсияСхемы`.
    pub version: Option<String>,
    /// `ДатаФормирования`; empty when absent or unreadable.
    pub formed: Moment,
    /// The encoding the bytes were really in; empty when nothing was decoded.
    pub encoding: &'static str,
    /// What was strange about the file.
    pub warnings: Vec<Text>,
    /// Documents that were read, in the order of the file.
    pub documents: Vec<SiteDocument>,
    /// Documents that were not.
    pub broken: Vec<BrokenDocument>,
    /// Why nothing at all was taken.
    pub fatal: Option<Text>,
}

/// A document that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BrokenDocument {
    /// Its number, as far as it can be read.
    pub number: String,
    /// Its id on the site, as far as it can be read.
    pub site_id: String,
    /// What is wrong with it.
    pub reason: Text,
}

/// Reads a file of orders; `content_type` is the header of the answer, when it came by HTTP.
pub fn read_orders(bytes: &[u8], content_type: Option<&str>) -> OrdersFile {
    let mut file = OrdersFile { fatal: refused(bytes), ..OrdersFile::default() };
    if file.fatal.is_some() {
        return file;
    }
    let decoded = decode::decode(bytes, content_type);
    file.encoding = decoded.encoding;
    file.warnings = decoded.warnings;
    match pieces::locate(&decoded.text) {
        Search::Absent => file.fatal = Some(no_root(&decoded.text)),
        Search::Cut => file.fatal = Some(text!("site-file-cut")),
        Search::Found(located) => read_located(&mut file, &located),
    }
    if file.fatal.is_some() {
        file.documents.clear();
        file.broken.clear();
    }
    file
}

/// Reasons to refuse a file by its first bytes and its length.
fn refused(bytes: &[u8]) -> Option<Text> {
    if bytes.len() > LARGEST {
        return Some(text!("site-file-large", limit = LARGEST >> 20));
    }
    match bytes {
        [b'P', b'K', ..] | [0x1f, 0x8b, ..] => Some(text!("site-file-archive")),
        _ if bytes.iter().all(u8::is_ascii_whitespace) => Some(text!("site-file-empty")),
        _ => None,
    }
}

/// What an answer without a root element is: a page for people, another file, or words of refusal.
fn no_root(text: &str) -> Text {
    let start: String = text.trim_start().chars().take(64 << 10).collect();
    let lower = start.to_lowercase();
    if ["<!doctype html", "<html", "<head", "<body", "<form"].iter().any(|tag| lower.contains(tag)) {
        return text!("site-file-page");
    }
    if lower.starts_with("<?xml") {
        return text!("site-file-other");
    }
    let shown: String = start.chars().take(SHOWN).collect();
    text!("site-file-refusal", answer = values::one_line(&shown))
}

fn read_located(file: &mut OrdersFile, located: &Located<'_>) {
    if has_document_type(located.before) {
        file.fatal = Some(text!("site-file-doctype"));
        return;
    }
    let declared = located.before.rfind("<?xml").and_then(|at| located.before.get(..at));
    if !declared.unwrap_or(located.before).trim().is_empty() {
        file.warnings.push(text!("site-words-before"));
    }
    if !located.after.trim().is_empty() {
        file.warnings.push(text!("site-words-after"));
    }
    let mut notes = Notes::default();
    match whole(located.root, &mut notes) {
        Ok(read) => {
            header(file, &read.root);
            read.into_file(file);
        }
        Err(XmlProblem::DocumentType) => file.fatal = Some(text!("site-file-doctype")),
        Err(XmlProblem::Markup(..)) => {
            notes = Notes::default();
            piecewise(file, located, &mut notes);
        }
    }
    file.warnings.extend(notes.warnings());
}

/// True for a document type of XML; that of a page of HTML before the file is only a notice of the server.
fn has_document_type(before: &str) -> bool {
    let lower = before.to_lowercase();
    lower.split("<!doctype").skip(1).any(|rest| !rest.trim_start().starts_with("html"))
}

/// What was read before it is known whether the file as a whole can be.
#[derive(Default)]
struct Read {
    root: Element,
    documents: Vec<SiteDocument>,
    broken: Vec<BrokenDocument>,
    version_one: bool,
    catalogue: bool,
}

impl Read {
    fn into_file(self, file: &mut OrdersFile) {
        if self.version_one {
            file.fatal = Some(text!("site-file-version-one"));
        }
        if self.catalogue && self.documents.is_empty() && self.broken.is_empty() {
            file.warnings.push(text!("site-file-catalogue"));
        }
        file.documents = self.documents;
        file.broken = self.broken;
    }

    /// Takes a document. Payments and shipments without a basis belong to the only order of their container.
    fn take(&mut self, element: &Element, container: usize) {
        self.version_one |= orders::is_version_one(element);
        match orders::read(element) {
            Ok(mut found) => {
                let beside = self.documents.get(container..).unwrap_or_default();
                let mut around = beside.iter().filter(|document| document.operation == Operation::OrderOfGoods);
                let order = around.next().filter(|_| around.next().is_none()).map(|order| order.key().to_owned());
                for document in &mut found {
                    if let Some(order) = order.clone().filter(|_| document.operation != Operation::OrderOfGoods)
                        && document.basis.is_empty()
                    {
                        document.basis = order;
                    }
                }
                self.documents.extend(found);
            }
            Err(reason) => {
                let (number, site_id) = (values::one_line(element.value("Номер")), values::id(element.value("Ид")));
                self.broken.push(BrokenDocument { number, site_id, reason });
            }
        }
    }
}

/// Version and date of the root element.
fn header(file: &mut OrdersFile, root: &Element) {
    file.version = Some(root.attribute("ВерсияСхемы").to_owned()).filter(|version| !version.is_empty());
    file.formed = values::moment(root.attribute("ДатаФормирования")).unwrap_or(Moment::EMPTY);
}

/// Reads the file as the XML it should be, one document in memory at a time.
fn whole(root: &str, notes: &mut Notes) -> Result<Read, XmlProblem> {
    let mut reader = xml::reader(root);
    let mut read = Read::default();
    let mut depth = 0usize;
    // Where the documents of the container now open begin; outside containers no document has neighbours.
    let mut container = usize::MAX;
    loop {
        match xml::next(&mut reader)? {
            Event::Start(start) => {
                let name = start.local_name();
                let name = name.as_ref();
                if depth == 0 {
                    read.root = xml::lenient(&start);
                } else if name == pieces::DOCUMENT {
                    let element = xml::element(&mut reader, &start, depth + 1, notes)?;
                    read.take(&element, container.min(read.documents.len()));
                    continue;
                } else if name == "Контейнер" {
                    container = read.documents.len();
                } else if matches!(
                    name,
                    "Каталог" | "Классификатор" | "ПакетПредложений" | "ИзмененияПакетаПредложений"
                ) {
                    read.catalogue = true;
                    read.version_one |= orders::is_version_one(&xml::lenient(&start));
                }
                depth += 1;
                if depth > xml::DEPTH {
                    return Err(xml::too_deep(&reader));
                }
            }
            Event::End(end) => {
                if end.local_name().as_ref() == "Контейнер" {
                    container = usize::MAX;
                }
                depth = depth.saturating_sub(1);
            }
            Event::Eof if depth > 0 => return Err(xml::broken(&reader)),
            Event::Eof => return Ok(read),
            _ => {}
        }
    }
}

/// Reads the documents of a broken file one by one: good ones go on, bad ones are named.
fn piecewise(file: &mut OrdersFile, located: &Located<'_>, notes: &mut Notes) {
    let mut reader = xml::reader(located.root);
    if let Ok(Event::Start(start)) = xml::next(&mut reader) {
        header(file, &xml::lenient(&start));
    }
    let mut read = Read::default();
    let mut lines = Lines { text: located.root, at: 0, line: 1 + breaks(located.before) };
    for piece in pieces::documents(located.root) {
        match one(piece.text, notes) {
            Ok(element) => read.take(&element, usize::MAX),
            Err(problem) => {
                read.broken.push(unreadable(&piece, problem, &mut lines));
                let lost = |inner: &&str| {
                    let (number, site_id) = pieces::name_of(inner);
                    BrokenDocument { number, site_id, reason: text!("site-inside-broken") }
                };
                read.broken.extend(piece.inner.iter().map(lost));
            }
        }
    }
    if read.documents.is_empty() && read.broken.is_empty() {
        file.fatal = Some(text!("site-file-broken"));
        return;
    }
    file.warnings.push(text!("site-file-piecewise", read = read.documents.len(), broken = read.broken.len()));
    read.into_file(file);
}

/// Reads one document from its own text.
fn one(text: &str, notes: &mut Notes) -> Result<Element, XmlProblem> {
    let mut reader = xml::reader(text);
    match xml::next(&mut reader)? {
        Event::Start(start) => xml::element(&mut reader, &start, 2, notes),
        _ => Err(xml::broken(&reader)),
    }
}

fn unreadable(piece: &Piece<'_>, problem: XmlProblem, lines: &mut Lines<'_>) -> BrokenDocument {
    let (number, site_id) = pieces::name_of(piece.text);
    let reason = match problem {
        XmlProblem::Markup(said, at) => text!("site-broken-at", line = lines.line_of(piece.start + at), said = said),
        XmlProblem::DocumentType => text!("site-file-doctype"),
    };
    BrokenDocument { number, site_id, reason }
}

/// Counts lines forward through a text, each once: places are asked for in rising order.
struct Lines<'a> {
    text: &'a str,
    at: usize,
    line: usize,
}

impl Lines<'_> {
    /// The line of a byte in the file as it came.
    fn line_of(&mut self, at: usize) -> usize {
        if let Some(passed) = self.text.as_bytes().get(self.at..at) {
            self.line += passed.iter().filter(|byte| **byte == b'\n').count();
            self.at = at;
        }
        self.line
    }
}

fn breaks(text: &str) -> usize {
    text.bytes().filter(|byte| *byte == b'\n').count()
}
