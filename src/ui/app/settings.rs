//! What the user has arranged: columns of lists, theme, open pages. Read once at the start, written in the
//! background when nothing was changed for a moment.

use super::base::Base;
use egui::Context;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;
use std::time::{Duration, Instant};

/// Rest before changes are written: a column being dragged changes at every frame.
const REST: Duration = Duration::from_secs(1);

/// Settings of one user in one base.
pub struct Settings {
    base: Rc<Base>,
    values: BTreeMap<String, String>,
    unwritten: BTreeSet<String>,
    changed: Option<Instant>,
}

impl Settings {
    /// With what the base holds.
    pub fn new(base: Rc<Base>, values: BTreeMap<String, String>) -> Self {
        Self { base, values, unwritten: BTreeSet::new(), changed: None }
    }

    /// A kept setting.
    pub fn get(&self, name: &str) -> Option<String> {
        self.values.get(name).cloned()
    }

    /// Keeps a setting.
    pub fn set(&mut self, name: &str, value: String) {
        if self.values.get(name) != Some(&value) {
            self.values.insert(name.to_owned(), value);
            self.unwritten.insert(name.to_owned());
            self.changed = Some(Instant::now());
        }
    }

    /// Called before every frame: writes what has come to rest.
    pub fn tick(&mut self, ctx: &Context) {
        let Some(changed) = self.changed else { return };
        match REST.checked_sub(changed.elapsed()) {
            Some(left) if !left.is_zero() => ctx.request_repaint_after(left),
            _ => self.write(),
        }
    }

    fn write(&mut self) {
        self.changed = None;
        let names = std::mem::take(&mut self.unwritten);
        let value = |name: String| self.values.get(&name).cloned().map(|value| (name, value));
        let settings: Vec<(String, String)> = names.into_iter().filter_map(value).collect();
        if !settings.is_empty() {
            self.base.keep(settings);
        }
    }
}

impl Drop for Settings {
    fn drop(&mut self) {
        self.write();
    }
}
