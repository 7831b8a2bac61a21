//! A base on which a scenario happens, and the names its lines have given to things.

use super::lines::Statement;
use super::words::Words;
use super::{books, checks, demand, documents, letters, reports, setup};
use crate::bases::{Bases, today};
use crate::digest::{Digest, digest};
use kontora::domain::registry;
use kontora::kernel::moment::{Date, Moment};
use kontora::kernel::object::{Declared, Object};
use kontora::kernel::problems::{Error, Outcome};
use kontora::kernel::refs::{AnyRef, Ref};
use kontora::ops::check::check;
use kontora::ops::gate::{Op, Session, Tx};
use kontora::ops::load::LineResult;
use kontora::ops::load::references::find;
use serde_json::{Map, Value as Json};
use std::collections::BTreeMap;

/// Kinds in the order in which a bare name is looked for among what the base had from the beginning.
const NAMED: &[&str] = &[
    "item",
    "counterparty",
    "warehouse",
    "company",
    "cash_desk",
    "bank_account",
    "price_kind",
    "currency",
    "cash_flow_item",
    "item_group",
    "contract",
    "employee",
    "vat_rate",
    "cancel_reason",
    "account",
];

/// A base at work.
pub struct World {
    /// The session.
    pub session: Session,
    /// Whether the base is proved after every step.
    pub prove_each: bool,
    names: BTreeMap<String, AnyRef>,
    remembered: Option<Digest>,
}

/// The error of a check that did not come true, or of a step that did not go.
pub type Said<T> = Result<T, String>;

impl World {
    /// A fresh base.
    pub fn new(bases: &Bases) -> Self {
        let session = bases.fresh(today());
        Self { session, prove_each: true, names: BTreeMap::new(), remembered: None }
    }

    /// Does a statement; `true` when it may have changed the base.
    pub fn take(&mut self, statement: &Statement) -> Said<bool> {
        let text = statement.text.as_str();
        if let Some(expected) = self.check(text) {
            return expected.map(|()| false);
        }
        match (self.step(text)?, statement.refusals.as_slice()) {
            (Ok(()), []) => Ok(true),
            (Ok(()), refusals) => Err(format!("not refused, expected: {}", refusals.join(" / "))),
            (Err(error), []) => Err(format!("refused: {}", error.sentence())),
            (Err(error), refusals) => refused(&error.sentence(), refusals).map(|()| true),
        }
    }

    /// A line that says what must be true; `None` when it is a step.
    fn check(&mut self, text: &str) -> Option<Said<()>> {
        match text {
            "запомнить" => {
                self.remembered = Some(digest(&self.session));
                return Some(Ok(()));
            }
            "все как было" => return Some(self.as_remembered()),
            "пусто" => return Some(checks::empty(self)),
            _ => {}
        }
        if text.starts_with('{') {
            return None;
        }
        let (subject, expected) = text.split_once(" =")?;
        let found = checks::found(self, subject)
            .or_else(|| books::found(self, subject))
            .or_else(|| demand::found(self, subject))
            .or_else(|| letters::found(self, subject))
            .or_else(|| reports::found(self, subject))?;
        let expected = expected.trim();
        Some(found.and_then(|found| {
            let same = if text.starts_with("ОСВ") || text.starts_with("проводки") {
                sorted(&found) == sorted(expected)
            } else {
                found == expected
            };
            if same { Ok(()) } else { Err(format!("{subject}\n    expected {expected}\n    found    {found}")) }
        }))
    }

    fn as_remembered(&self) -> Said<()> {
        let Some(before) = &self.remembered else { return Err("nothing was remembered".to_owned()) };
        let changed = before.differences(&digest(&self.session));
        if changed.is_empty() { Ok(()) } else { Err(format!("changed: {}", changed.join(", "))) }
    }

    fn step(&mut self, text: &str) -> Said<Outcome<()>> {
        let mut words = Words::new(text);
        if text.starts_with('{') {
            let json: Json = serde_json::from_str(text).map_err(|error| error.to_string())?;
            let Json::Object(map) = json else { return Err("not an object".to_owned()) };
            return Ok(self.load(&map));
        }
        if words.eat("проверка: в конце") {
            self.prove_each = false;
            return Ok(Ok(()));
        }
        if let Some(date) = words.after("сегодня") {
            self.session.clock.set(day(date)?.at(9, 0, 0));
            return Ok(Ok(()));
        }
        if let Some(lines) = setup::lines(self, text)? {
            for line in lines {
                if let Err(error) = self.load(&line) {
                    return Ok(Err(error));
                }
            }
            return Ok(Ok(()));
        }
        if let Some(done) = demand::step(self, text)? {
            return Ok(done);
        }
        if let Some(done) = letters::step(self, text) {
            return Ok(done);
        }
        if let Some(done) = self.deed(text)? {
            return Ok(done);
        }
        match documents::line(self, text)? {
            Some(line) => Ok(self.load(&line)),
            None => Err(format!("not understood: {text}")),
        }
    }

    /// What is done to a document that is there already.
    fn deed(&mut self, text: &str) -> Said<Option<Outcome<()>>> {
        use kontora::ops::save::How;
        let mut words = Words::new(text);
        let deeds: [(&str, How); 4] = [
            ("отменить проведение", How::Unpost),
            ("перепровести", How::Post),
            ("провести", How::Post),
            ("записать", How::Write),
        ];
        for (phrase, how) in deeds {
            if let Some(key) = words.after(phrase) {
                let reference = self.name(key)?;
                let op = if how == How::Unpost { Op::Unpost } else { Op::Post };
                return Ok(Some(self.run(op, |tx| {
                    let Some(mut object) = tx.store.load(reference)? else { return Ok(()) };
                    tx.save(object.as_mut(), how)
                })));
            }
        }
        for (phrase, mark) in [("пометить", true), ("снять пометку", false)] {
            if let Some(key) = words.after(phrase) {
                let reference = self.name(key)?;
                return Ok(Some(self.run(Op::Mark, |tx| tx.mark(reference, mark))));
            }
        }
        Ok(None)
    }

    /// Does an operation.
    pub fn run(&self, op: Op, deed: impl FnMut(&mut Tx<'_>) -> Outcome<()>) -> Outcome<()> {
        self.session.run(op, deed).map(|_| ())
    }

    /// Loads one object and keeps its name.
    pub fn load(&mut self, map: &Map<String, Json>) -> Outcome<()> {
        let line = Json::Object(map.clone()).to_string();
        let (result, _) = self.session.run(Op::Load, |tx| tx.load_line(&line))?;
        let (LineResult::Created(reference) | LineResult::Changed(reference) | LineResult::Same(reference)) = result;
        let name = ["key", "code"].iter().find_map(|name| map.get(*name)).and_then(Json::as_str);
        if let Some(name) = name {
            self.names.insert(name.to_owned(), reference);
        }
        Ok(())
    }

    /// Something made otherwise is called so.
    pub fn remember(&mut self, name: &str, reference: AnyRef) {
        self.names.insert(name.to_owned(), reference);
    }

    /// What a line calls by this name.
    pub fn name(&self, name: &str) -> Said<AnyRef> {
        if let Some(known) = self.names.get(name) {
            return Ok(*known);
        }
        let (only, called) = name.split_once(':').map_or((None, name), |(kind, called)| (Some(kind), called));
        for code in NAMED.iter().filter(|code| only.is_none_or(|only| only == **code)) {
            let Some(kind) = registry::by_code(code) else { continue };
            let found = find(&self.session.store, kind, called).map_err(|error| error.sentence())?;
            if let Ok(found) = found
                && !found.is_empty()
            {
                return Ok(found);
            }
        }
        Err(format!("nothing is called {name}"))
    }

    /// The typed reference of a name.
    pub fn typed<T: Declared>(&self, name: &str) -> Said<Ref<T>> {
        let named = self.names.get(name).map(|known| known.typed::<T>()).filter(|found| !found.is_empty());
        let found = match named {
            Some(found) => found,
            None if name.contains(':') => self.name(name)?.typed(),
            None => self.name(&format!("{}:{name}", T::declared().code))?.typed(),
        };
        if found.is_empty() { Err(format!("{name} is not of the kind {}", T::declared().code)) } else { Ok(found) }
    }

    /// `code:name` of something named, as the loader takes references of any kind.
    pub fn any_name(&self, name: &str) -> Said<String> {
        let reference = self.name(name)?;
        let kind = registry::of(reference).ok_or_else(|| format!("{name} is of no kind"))?;
        Ok(format!("{}:{}", kind.meta().code, name.split_once(':').map_or(name, |(_, called)| called)))
    }

    /// The kind of something named.
    pub fn kind_of(&self, name: &str) -> Said<&'static str> {
        let reference = self.name(name)?;
        registry::of(reference).map(|kind| kind.meta().code).ok_or_else(|| format!("{name} is of no kind"))
    }

    /// What a reference is called in this scenario.
    pub fn called(&self, reference: AnyRef) -> String {
        let own = self.names.iter().find(|(_, known)| **known == reference).map(|(name, _)| name.clone());
        own.or_else(|| match self.object(reference).ok()?.get(0) {
            kontora::kernel::value::Value::Text(code) => Some(code),
            _ => None,
        })
        .unwrap_or_default()
    }

    /// An object.
    pub fn object(&self, reference: AnyRef) -> Said<Box<dyn Object>> {
        let found = self.session.store.load(reference).map_err(|error| error.sentence())?;
        found.ok_or_else(|| format!("{reference:?} is not in the base"))
    }

    /// Proves the base.
    pub fn prove(&self) -> Said<()> {
        let report = check(&self.session, &mut |_| true).map_err(|error| error.sentence())?;
        let faults: Vec<String> = report.faults.iter().map(kontora::kernel::text::Text::show).collect();
        if faults.is_empty() { Ok(()) } else { Err(format!("the base is not proved: {}", faults.join("; "))) }
    }
}

/// A day.
pub fn day(word: &str) -> Said<Date> {
    Date::parse(word, today().date()).ok_or_else(|| format!("{word} is no date"))
}

/// The moment after `на`: a day means its end.
pub fn until(word: Option<&str>) -> Said<Moment> {
    word.map_or(Ok(Moment::FOREVER), |word| day(word).map(Date::end))
}

/// An outcome as a check sees it.
pub fn said<T>(outcome: Outcome<T>) -> Said<T> {
    outcome.map_err(|error: Error| error.sentence())
}

fn sorted(list: &str) -> Vec<&str> {
    let mut parts: Vec<&str> = super::words::parts(list).collect();
    parts.sort_unstable();
    parts
}

fn refused(said: &str, expected: &[String]) -> Said<()> {
    let fits = |(line, wanted): (&str, &String)| match wanted.strip_suffix("...") {
        Some(start) => line.starts_with(start),
        None => line == wanted,
    };
    let lines: Vec<&str> = said.lines().collect();
    if lines.len() == expected.len() && lines.iter().copied().zip(expected).all(fits) {
        Ok(())
    } else {
        Err(format!("refused otherwise\n    expected {}\n    found    {}", expected.join(" / "), lines.join(" / ")))
    }
}
