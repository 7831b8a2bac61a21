//! What the user has arranged: columns of lists, theme, open pages. Read once at the start, written in the
//! background when nothing was changed for a moment.

use super::base::Base;
use egui::Context;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;
use std::time::Duration;

/// Seconds of rest before changes are written: a column being dragged changes at every frame.
const REST: f64 = 1.0;

/// Settings of one user in one base.
pub struct Settings {
    base: Rc<Base>,
    values: BTreeMap<String, String>,
    unwritten: BTreeSet<String>,
    /// Something was changed in the last frame.
    changed: bool,
    /// When to write, in seconds of the window's time.
    due: Option<f64>,
}

impl Settings {
    /// With what the base holds.
    pub fn new(base: Rc<Base>, values: BTreeMap<String, String>) -> Self {
        Self { base, values, unwritten: BTreeSet::new(), changed: false, due: None }
    }

    /// A kept setting.
    pub fn get(&self, name: &str) -> Option<String> {
        self.values.get(name).cloned()
    }

    /// All of them, as they are now.
    pub fn all(&self) -> BTreeMap<String, String> {
        self.values.clone()
    }

    /// Keeps a setting.
    pub fn set(&mut self, name: &str, value: String) {
        if self.values.get(name) != Some(&value) {
            self.values.insert(name.to_owned(), value);
            self.unwritten.insert(name.to_owned());
            self.changed = true;
        }
    }

    /// Called before every frame: writes what has come to rest.
    pub fn tick(&mut self, ctx: &Context) {
        let now = ctx.input(|input| input.time);
        if std::mem::take(&mut self.changed) {
            self.due = Some(now + REST);
        }
        match self.due {
            Some(due) if due > now => ctx.request_repaint_after(Duration::from_secs_f64(due - now)),
            Some(_) => self.write(),
            None => {}
        }
    }

    fn write(&mut self) {
        self.due = None;
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
