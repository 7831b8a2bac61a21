//! Words: a line, or a text of many lines.

use super::typed::{self, Reading};
use super::{Aid, Edited, Editor, Field};
use crate::kernel::text::Text;
use crate::kernel::value::{Type, Value};
use egui::{Rect, Ui};

/// The editor of texts.
pub struct Words;

struct Line;

/// Blanks at the ends come from pasting and are never meant.
struct Lines;

impl Reading for Line {
    fn text(&self, value: &Value, kind: Type) -> String {
        value.show(kind)
    }
    fn read(&self, text: &str, _kind: Type, _aid: &Aid<'_>) -> Result<Value, Text> {
        Ok(Value::Text(text.split(['\n', '\r', '\t']).map(str::trim).collect::<Vec<_>>().join(" ").trim().to_owned()))
    }
}

impl Reading for Lines {
    fn text(&self, value: &Value, kind: Type) -> String {
        value.show(kind)
    }
    fn read(&self, text: &str, _kind: Type, _aid: &Aid<'_>) -> Result<Value, Text> {
        Ok(Value::Text(text.trim().to_owned()))
    }
}

impl Editor for Words {
    fn width(&self, _kind: Type) -> f32 {
        300.0
    }

    fn ui(&self, ui: &mut Ui, rect: Rect, field: &Field<'_>, value: &mut Value, aid: &mut Aid<'_>) -> Edited {
        let reading: &dyn Reading = if field.lines() { &Lines } else { &Line };
        typed::show(ui, rect, field, value, aid, reading, |_, _| {})
    }
}
