//! What is inside a copy: enough for a person to know whether it is the one he wants.

use crate::domain::company::company::Company;
use crate::domain::registry;
use crate::kernel::moment::Moment;
use crate::kernel::object::Declared as _;
use crate::kernel::problems::{Error, Outcome};
use crate::ops::check::check;
use crate::ops::gate::Session;
use crate::ops::present::title;
use crate::text;
use serde::{Deserialize, Serialize};

/// What is inside a copy of a base.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Inside {
    /// The version of this description; it is written first, because by it a seal is found.
    pub kontora: u32,
    /// Names of the companies.
    pub company: String,
    /// Codes of kinds with the number of their objects.
    pub objects: Vec<(String, i64)>,
    /// The document with the latest date; empty when there is none.
    pub document: String,
    /// When anything was changed last, as the clock writes moments; empty when nothing was.
    pub changed: String,
    /// The release of the program that made the base; empty for the first one.
    pub program: String,
    /// The version of its layout.
    pub layout: i64,
    /// The size of the base in bytes.
    pub bytes: u64,
    /// How many things `check` has proved.
    pub proved: usize,
}

/// Proofs of [`check`], as far as its progress counts them.
const PROOFS: u64 = 9;

/// Proves a copy and says what is in it. A copy of an earlier release is upgraded by that: it is looked into by
/// its own copy. `progress` gets proofs done and in all.
pub fn proved(session: &Session, progress: &mut dyn FnMut(u64, u64) -> bool) -> Outcome<Inside> {
    let store = &session.store;
    let (layout, program, bytes) = (store.layout_version()?, store.made_by()?, store.size()?);
    let changed = store.latest_change()?;
    session.upgrade()?;
    let report = check(session, &mut |step| progress(u64::try_from(step).unwrap_or(PROOFS).min(PROOFS), PROOFS))?;
    if let Some(fault) = report.faults.first() {
        let text = text!("copy-not-proved", count = report.faults.len(), fault = fault.clone());
        return Err(Error::refused(text));
    }
    let facts = session.facts();
    let called = |reference| title(reference, store, &facts);
    let companies: Outcome<Vec<String>> = store.all_by_code(Company::declared())?.into_iter().map(called).collect();
    let inside = Inside {
        kontora: 1,
        company: companies?.join(", "),
        objects: store.counts()?.into_iter().map(|(meta, count)| (meta.code.to_owned(), count)).collect(),
        document: called(store.latest_document()?)?,
        changed: if changed.is_empty() { String::new() } else { changed.iso() },
        program,
        layout,
        bytes,
        proved: report.proved.len(),
    };
    facts.result()?;
    Ok(inside)
}

impl Inside {
    /// As the seal of an archive keeps it.
    pub fn words(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// From a seal.
    pub fn read(words: &str) -> Option<Self> {
        serde_json::from_str(words).ok()
    }

    /// In words for people, a line each: what it is and its value.
    pub fn lines(&self) -> Vec<(String, String)> {
        let line = |label: crate::kernel::text::Text, value: String| (label.show(), value);
        let program = if self.program.is_empty() { "0.1".to_owned() } else { self.program.clone() };
        let release = text!("inside-release-of", program = program, layout = self.layout).show();
        let mut lines = vec![
            line(text!("inside-company"), self.company.clone()),
            line(text!("inside-document"), self.document.clone()),
            line(text!("inside-changed"), moment(&self.changed)),
            line(text!("inside-release"), release),
            line(text!("inside-proved"), text!("inside-proofs", count = self.proved).show()),
        ];
        for (code, count) in &self.objects {
            let label = registry::by_code(code).map_or_else(|| code.clone(), |kind| kind.meta().list_label());
            lines.push((label, count.to_string()));
        }
        lines
    }

    /// In one line: the company, the last document, the last change.
    pub fn short(&self) -> String {
        let parts = [self.company.clone(), self.document.clone(), moment(&self.changed)];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
    }
}

/// A moment as the clock wrote it, as people read it.
fn moment(iso: &str) -> String {
    let digits: String = iso.chars().filter(char::is_ascii_digit).collect();
    digits.parse().map_or_else(|_| String::new(), |stored| Moment::from_stored(stored).russian())
}
