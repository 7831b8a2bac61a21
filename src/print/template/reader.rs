//! Reading of a template's TOML with all problems at once, each with its line.
//!
//! `serde` stops at the first mistake and speaks English; a user who mends a form wants the whole list.

use crate::kernel::text::Text;
use crate::text;
use std::cell::RefCell;
use std::collections::BTreeSet;
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// Numbers of millimetres and points beyond this are a slip of the finger.
const LARGEST: f32 = 2000.0;

/// A file being read.
pub(super) struct Source<'s> {
    /// The file as the user knows it.
    pub file: &'s str,
    /// Its text.
    pub content: &'s str,
    /// What is wrong.
    pub problems: RefCell<Vec<Text>>,
}

impl Source<'_> {
    fn line(&self, at: usize) -> usize {
        self.content.get(..at).map_or(1, |before| before.matches('\n').count() + 1)
    }

    /// Adds a problem at a place.
    pub fn problem(&self, at: usize, said: Text) {
        let text = text!("print-template-at", file = self.file, line = self.line(at), said = said);
        self.problems.borrow_mut().push(text);
    }
}

/// A table being read: each key is asked for once, what nobody asked for is a mistake.
pub(super) struct Reader<'a, 's> {
    source: &'a Source<'s>,
    table: &'a DeTable<'s>,
    at: usize,
    asked: BTreeSet<&'static str>,
}

impl<'a, 's> Reader<'a, 's> {
    pub fn new(source: &'a Source<'s>, table: &'a DeTable<'s>, span: Range<usize>) -> Self {
        Self { source, table, at: span.start, asked: BTreeSet::new() }
    }

    /// Adds a problem of this table.
    pub fn problem(&self, said: Text) {
        self.source.problem(self.at, said);
    }

    fn get(&mut self, key: &'static str) -> Option<&'a Spanned<DeValue<'s>>> {
        self.asked.insert(key);
        self.table.get(key)
    }

    /// True when the key is there.
    pub fn has(&self, key: &str) -> bool {
        self.table.contains_key(key)
    }

    /// A number; problems of kind and size are told.
    pub fn number(&mut self, key: &'static str) -> Option<f32> {
        let value = self.get(key)?;
        self.as_number(key, value)
    }

    fn as_number(&self, key: &str, value: &Spanned<DeValue<'s>>) -> Option<f32> {
        let number = match value.get_ref() {
            DeValue::Integer(number) if number.radix() == 10 => number.as_str().parse::<f32>().ok(),
            DeValue::Float(number) => number.as_str().parse::<f32>().ok(),
            _ => None,
        };
        let at = value.span().start;
        match number {
            Some(number) if (0.0..=LARGEST).contains(&number) => Some(number),
            Some(_) => {
                self.source.problem(at, text!("print-template-range", key = key));
                None
            }
            None => {
                self.source.problem(at, text!("print-template-not-number", key = key));
                None
            }
        }
    }

    /// A number that must be there.
    pub fn need(&mut self, key: &'static str) -> f32 {
        if !self.has(key) {
            self.problem(text!("print-template-missing", key = key));
        }
        self.number(key).unwrap_or_default()
    }

    /// A text.
    pub fn words(&mut self, key: &'static str) -> Option<String> {
        let value = self.get(key)?;
        if let DeValue::String(words) = value.get_ref() {
            return Some(words.to_string());
        }
        self.source.problem(value.span().start, text!("print-template-not-text", key = key));
        None
    }

    /// Yes or no.
    pub fn flag(&mut self, key: &'static str, default: bool) -> bool {
        let Some(value) = self.get(key) else { return default };
        match value.get_ref() {
            DeValue::Boolean(flag) => *flag,
            _ => {
                self.source.problem(value.span().start, text!("print-template-not-flag", key = key));
                default
            }
        }
    }

    /// A word out of a list.
    pub fn choice<T: Copy>(&mut self, key: &'static str, choices: &[(&str, T)]) -> Option<T> {
        let at = self.get(key)?.span().start;
        let word = self.words(key)?;
        let found = choices.iter().find(|(name, _)| *name == word).map(|(_, value)| *value);
        if found.is_none() {
            let allowed = choices.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(", ");
            self.source.problem(at, text!("print-template-choice", key = key, value = word, allowed = allowed));
        }
        found
    }

    fn list(&mut self, key: &'static str) -> &'a [Spanned<DeValue<'s>>] {
        let Some(value) = self.get(key) else { return &[] };
        match value.get_ref() {
            DeValue::Array(list) => list,
            _ => {
                self.source.problem(value.span().start, text!("print-template-not-list", key = key));
                &[]
            }
        }
    }

    /// A list of numbers.
    pub fn numbers(&mut self, key: &'static str) -> Vec<f32> {
        let list = self.list(key);
        list.iter().filter_map(|value| self.as_number(key, value)).collect()
    }

    /// A list of texts.
    pub fn words_list(&mut self, key: &'static str) -> Vec<String> {
        let list = self.list(key);
        list.iter()
            .filter_map(|value| match value.get_ref() {
                DeValue::String(words) => Some(words.to_string()),
                _ => {
                    self.source.problem(value.span().start, text!("print-template-not-text", key = key));
                    None
                }
            })
            .collect()
    }

    /// A table inside this one.
    pub fn inner(&mut self, key: &'static str) -> Option<Reader<'a, 's>> {
        let value = self.get(key)?;
        self.as_table(key, value)
    }

    fn as_table(&self, key: &str, value: &'a Spanned<DeValue<'s>>) -> Option<Reader<'a, 's>> {
        if let DeValue::Table(table) = value.get_ref() {
            return Some(Reader::new(self.source, table, value.span()));
        }
        self.source.problem(value.span().start, text!("print-template-not-table", key = key));
        None
    }

    /// A list of tables.
    pub fn inners(&mut self, key: &'static str) -> Vec<Reader<'a, 's>> {
        let list = self.list(key);
        list.iter().filter_map(|value| self.as_table(key, value)).collect()
    }

    /// All keys with texts, for a table whose keys are names of the user's.
    pub fn all_words(self) -> Vec<(String, String)> {
        let mut pairs = Vec::new();
        for (key, value) in self.table {
            match value.get_ref() {
                DeValue::String(words) => pairs.push((key.get_ref().to_string(), words.to_string())),
                _ => {
                    let key = key.get_ref().as_ref();
                    self.source.problem(value.span().start, text!("print-template-not-text", key = key));
                }
            }
        }
        pairs
    }

    /// All keys with tables, for a table whose keys are names of the user's.
    pub fn all_inners(self) -> Vec<(String, Reader<'a, 's>)> {
        let keys = self.table.iter();
        keys.filter_map(|(key, value)| {
            let name = key.get_ref().to_string();
            self.as_table(&name, value).map(|reader| (name, reader))
        })
        .collect()
    }

    /// Ends the reading: keys that nobody asked for are told.
    pub fn finish(self) {
        for (key, _) in self.table {
            if !self.asked.contains(key.get_ref().as_ref()) {
                let allowed = self.asked.iter().copied().collect::<Vec<_>>().join(", ");
                let name = key.get_ref().as_ref();
                let said = text!("print-template-unknown-key", key = name, allowed = allowed);
                self.source.problem(key.span().start, said);
            }
        }
    }
}
