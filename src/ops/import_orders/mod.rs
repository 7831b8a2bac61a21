//! Orders of a site become ours (PROTOCOL 6): each document in a transaction of its own, once.
//!
//! The key of an order is (link, Ид). The same document again changes nothing; a broken one is named with
//! its reason and kept on a list, and the others are taken.

mod bind;
mod buyer;
mod items;
mod order;

use super::gate::{Op, Session, Tx};
use super::save::How;
use crate::domain::company::settings::settings;
use crate::domain::company::site_link::SiteLink;
use crate::domain::sales::customer_order::CustomerOrder;
use crate::exchange::site::{OrdersFile, SiteDocument, read_orders};
use crate::kernel::facts::Facts;
use crate::kernel::object::{Declared as _, Referable as _};
use crate::kernel::problems::{Error, Outcome};
use crate::kernel::refs::{AnyRef, Ref};
use crate::kernel::text::Text;
use crate::kernel::value::Stored;
use crate::store::keys::ImportError;
use crate::text;

pub use bind::{UnboundLine, bind_item, unbound_lines};

/// What the program marks an order with when a person has to look at it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Attention {
    /// A line without an item.
    Item,
    /// The buyer is not clear.
    Buyer,
    /// The lines and the total disagree.
    Sums,
    /// The date was not readable.
    Date,
    /// The currency is not known.
    Currency,
    /// The order was changed on the site while we work on it.
    Changed,
    /// The order was cancelled on the site after goods or money have moved.
    Cancelled,
}

impl Attention {
    const ALL: [Self; 7] =
        [Self::Item, Self::Buyer, Self::Sums, Self::Date, Self::Currency, Self::Changed, Self::Cancelled];

    const fn code(self) -> &'static str {
        match self {
            Self::Item => "item",
            Self::Buyer => "buyer",
            Self::Sums => "sums",
            Self::Date => "date",
            Self::Currency => "currency",
            Self::Changed => "changed",
            Self::Cancelled => "cancelled",
        }
    }

    /// In words.
    pub fn text(self) -> Text {
        match self {
            Self::Item => text!("attention-item"),
            Self::Buyer => text!("attention-buyer"),
            Self::Sums => text!("attention-sums"),
            Self::Date => text!("attention-date"),
            Self::Currency => text!("attention-currency"),
            Self::Changed => text!("attention-changed"),
            Self::Cancelled => text!("attention-cancelled"),
        }
    }

    /// The marks kept in an order's field.
    pub fn read(stored: &str) -> Vec<Self> {
        Self::ALL.into_iter().filter(|mark| stored.split(',').any(|code| code == mark.code())).collect()
    }

    /// As kept in an order's field.
    pub fn write(marks: &[Self]) -> String {
        let kept: Vec<&str> = Self::ALL.iter().filter(|mark| marks.contains(mark)).map(|mark| mark.code()).collect();
        kept.join(",")
    }
}

/// What became of one document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fate {
    /// Our order was made.
    Created(AnyRef),
    /// Our order was changed.
    Updated(AnyRef),
    /// It was taken before and is the same.
    Same(AnyRef),
    /// It is nothing to be loaded, and why.
    Skipped(Text),
    /// It could not be taken, and why.
    Broken(String),
}

/// One document of a file.
#[derive(Clone, Debug)]
pub struct Taken {
    /// Its number on the site.
    pub number: String,
    /// What became of it.
    pub fate: Fate,
    /// What a person should know about it.
    pub remarks: Vec<Text>,
}

/// What became of a file.
#[derive(Clone, Debug, Default)]
pub struct Import {
    /// Each document in the order of the file.
    pub documents: Vec<Taken>,
    /// Remarks on the file as a whole.
    pub warnings: Vec<Text>,
}

impl Import {
    /// How many documents have a fate like this.
    pub fn count(&self, like: fn(&Fate) -> bool) -> usize {
        self.documents.iter().filter(|taken| like(&taken.fate)).count()
    }
}

/// A link and what an import needs of it.
struct Link {
    reference: Ref<SiteLink>,
    card: SiteLink,
}

/// Takes the orders of a file. The file is kept as it came before anything is read out of it. `progress` gets
/// done and total documents and returns false to stop.
pub fn import_orders(
    session: &Session,
    name: &str,
    bytes: &[u8],
    link_code: &str,
    progress: &mut dyn FnMut(usize, usize) -> bool,
) -> Outcome<Import> {
    let file = read_orders(bytes, None);
    if let Some(fatal) = file.fatal {
        return Err(Error::refused(text!("import-unreadable", file = name, reason = fatal)));
    }
    let (link, _) = session.run(Op::ImportOrders, |tx| {
        let link = tx.link(link_code)?;
        tx.store.keep_file(&space(&link, "file"), name, tx.now, &digest(bytes), bytes)?;
        Ok(link)
    })?;
    let mut import = Import { warnings: file.warnings.clone(), ..Import::default() };
    let total = file.documents.len();
    for (at, document) in file.documents.iter().enumerate() {
        if !progress(at, total) {
            return Err(Error::Cancelled);
        }
        import.documents.push(take(session, &link, document)?);
    }
    name_broken(session, &link, &file, &mut import)?;
    Ok(import)
}

/// Takes one document; a refusal becomes its fate, a failure of the base ends the import.
fn take(session: &Session, link: &Link, document: &SiteDocument) -> Outcome<Taken> {
    let number = document.shown_number().to_owned();
    let known = session.store.known(&space(link, "order"), document.key())?;
    if let Some(known) = &known
        && known.digest == document.digest
    {
        return Ok(Taken { number, fate: Fate::Same(known.object), remarks: Vec::new() });
    }
    if let Some(reason) = document.skip_reason() {
        return Ok(Taken { number, fate: Fate::Skipped(reason), remarks: document.warnings.clone() });
    }
    // An accounting program's own answer tells about an order that the site has given before; without that
    // order there is nothing to tell about.
    if let (Some(own), None) = (&document.number_1c, &known) {
        let reason = text!("import-own-answer", number = own.clone());
        return Ok(Taken { number, fate: Fate::Skipped(reason), remarks: document.warnings.clone() });
    }
    let mut remarks = document.warnings.clone();
    let outcome = session.run(Op::ImportOrders, |tx| {
        let fate = tx.take_order(link, document, known.as_ref().map(|known| known.object), &mut remarks)?;
        let (Fate::Created(object) | Fate::Updated(object) | Fate::Same(object)) = &fate else { return Ok(fate) };
        tx.store.remember(&space(link, "order"), document.key(), *object, &document.digest)?;
        tx.store.note_import_error(&import_error(link, document.key(), &number, tx, String::new()))?;
        Ok(fate)
    });
    let fate = match outcome {
        Ok((fate, _)) => fate,
        Err(Error::Refused(problems, meta)) => {
            let reason = problems.sentences(meta);
            session.run(Op::ImportOrders, |tx| {
                tx.store.note_import_error(&import_error(link, document.key(), &number, tx, reason.clone()))
            })?;
            Fate::Broken(reason)
        }
        Err(other) => return Err(other),
    };
    Ok(Taken { number, fate, remarks })
}

/// Documents that could not even be read are put on the list too.
fn name_broken(session: &Session, link: &Link, file: &OrdersFile, import: &mut Import) -> Outcome<()> {
    if file.broken.is_empty() {
        return Ok(());
    }
    session.run(Op::ImportOrders, |tx| {
        for broken in &file.broken {
            let key = if broken.site_id.is_empty() { &broken.number } else { &broken.site_id };
            let reason = broken.reason.show();
            tx.store.note_import_error(&import_error(link, key, &broken.number, tx, reason))?;
        }
        Ok(())
    })?;
    import.documents.extend(file.broken.iter().map(|broken| Taken {
        number: broken.number.clone(),
        fate: Fate::Broken(broken.reason.show()),
        remarks: Vec::new(),
    }));
    Ok(())
}

fn import_error(link: &Link, key: &str, number: &str, tx: &Tx<'_>, reason: String) -> ImportError {
    ImportError { space: space(link, "order"), key: key.to_owned(), number: number.to_owned(), at: tx.now, reason }
}

/// The space of outside keys of one link.
fn space(link: &Link, what: &str) -> String {
    format!("site:{}:{what}", link.reference.id())
}

/// A digest of a file for the list of files; 64 bits are enough to tell files of one link apart.
fn digest(bytes: &[u8]) -> String {
    let mut digest = 0xcbf2_9ce4_8422_2325u64;
    for byte in bytes {
        digest = (digest ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
    }
    format!("{digest:016x}")
}

impl Tx<'_> {
    /// The link with a code; a code not seen before becomes a link with the base's defaults.
    fn link(&mut self, code: &str) -> Outcome<Link> {
        let found = self.store.find_by(SiteLink::declared(), "code", &Stored::Text(code.to_owned()))?;
        let known = match found.first() {
            Some(reference) => self.store.load(*reference)?,
            None => None,
        };
        let mut card = known.and_then(|object| object.downcast::<SiteLink>().cloned()).unwrap_or_default();
        if card.head.id == 0 {
            code.clone_into(&mut card.code);
            card.name = text!("import-link-name", code = code).show();
            self.save(&mut card, How::Write)?;
        }
        let facts = self.facts();
        let defaults = settings(&facts);
        let reference = card.reference();
        card.company = card.company.or(defaults.company);
        card.warehouse = card.warehouse.or(defaults.warehouse);
        card.price_kind = card.price_kind.or(defaults.price_kind);
        card.manager = card.manager.or(defaults.manager);
        if card.delivery_item.is_empty() {
            let facts: &dyn Facts = &facts;
            card.delivery_item = facts.coded("delivery");
        }
        Ok(Link { reference, card })
    }

    /// Makes or changes the order of one document.
    fn take_order(
        &mut self,
        link: &Link,
        document: &SiteDocument,
        known: Option<AnyRef>,
        remarks: &mut Vec<Text>,
    ) -> Outcome<Fate> {
        let stored = match known {
            Some(reference) => self.store.load(reference)?,
            None => None,
        };
        let ours = stored.and_then(|object| object.downcast::<CustomerOrder>().cloned());
        match ours {
            Some(order) => self.change_order(link, document, order, remarks),
            None => self.new_order(link, document, remarks),
        }
    }
}
