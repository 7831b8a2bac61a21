//! The menu of groupings: those the report offers, levels to add and to take away.

use crate::report::declare::{Definition, Field};
use crate::report::setup::Setup;
use crate::text;
use crate::ui::widgets::menu::MenuItem;

/// Titles of fields, after each other.
pub fn titles(definition: &Definition, by: &[String]) -> String {
    let fields = by.iter().filter_map(|code| definition.field(code)).filter_map(|at| definition.fields.get(at));
    fields.map(Field::shown).collect::<Vec<_>>().join(" / ")
}

/// What the button says.
pub fn words(definition: &Definition, setup: &Setup) -> String {
    text!("report-by", fields = titles(definition, &setup.by)).show()
}

/// The groupings to choose from, then levels to add and to take away; none where movements are listed.
pub fn items(definition: &Definition, setup: &Setup) -> Vec<MenuItem> {
    if setup.lists_moves(definition) {
        return Vec::new();
    }
    let code = |fields: &Vec<usize>| -> Vec<String> {
        fields.iter().filter_map(|at| definition.fields.get(*at)).map(|field| field.code.clone()).collect()
    };
    let offered = definition.choices.iter().map(code);
    let mut items: Vec<MenuItem> = offered
        .map(|by| MenuItem::new(format!("by:{}", by.join(",")), titles(definition, &by)).checked(by == setup.by))
        .collect();
    let mut divided = true;
    for field in definition.fields.iter().filter(|field| !setup.by.contains(&field.code)) {
        let label = text!("report-by-add", field = field.shown()).show();
        let item = MenuItem::new(format!("by+{}", field.code), label);
        items.push(if std::mem::take(&mut divided) { item.divided() } else { item });
    }
    if setup.by.len() > 1 {
        items.push(MenuItem::new("by-", text!("report-by-less").show()).divided());
    }
    items
}

/// Carries out an item of the menu; `false` when the code is something else.
pub fn take(setup: &mut Setup, code: &str) -> bool {
    if let Some(by) = code.strip_prefix("by:") {
        setup.by = by.split(',').map(str::to_owned).collect();
    } else if let Some(field) = code.strip_prefix("by+") {
        setup.by.push(field.to_owned());
    } else if code == "by-" {
        setup.by.pop();
    } else {
        return false;
    }
    true
}
