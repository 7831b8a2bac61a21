//! Template and data make pages.
//!
//! Nothing is measured twice in two ways: the same tables of letters serve wrapping here, the screen and
//! the PDF. The number of pages is a field of the form, so the flow runs again when its guess was wrong.

mod cell;
mod code;
mod flow;
mod paginate;
mod panel;
mod table;

use super::data::FormData;
use super::pages::{Page, Pages};
use super::template::{Condition, Template};

/// How often the number of pages may change the number of pages.
const TRIES: usize = 3;

/// What a text may show while it is laid out.
#[derive(Clone, Copy)]
struct Values<'a> {
    data: &'a FormData,
    /// This page, from one.
    page: usize,
    /// All pages.
    pages: usize,
}

impl Values<'_> {
    fn get(&self, name: &str) -> String {
        match name {
            "page" => self.page.to_string(),
            "pages" => self.pages.to_string(),
            _ => self.data.field(name).to_owned(),
        }
    }

    fn shows(&self, condition: &Condition) -> bool {
        let filled = |name: &String| !self.data.field(name).trim().is_empty();
        condition.when.as_ref().is_none_or(filled) && !condition.unless.as_ref().is_some_and(filled)
    }
}

/// A rectangle, mm.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Area {
    x: f32,
    y: f32,
    w: f32,
    h: f32,
}

/// Lays a document out.
pub fn layout(template: &Template, data: &FormData) -> Pages {
    let mut pages = 1;
    let mut laid_out = flow::run(template, data, pages);
    for _ in 1..TRIES {
        if laid_out.0.len() == pages {
            break;
        }
        pages = laid_out.0.len();
        laid_out = flow::run(template, data, pages);
    }
    let (sheets, warnings) = laid_out;
    let values = Values { data, page: 1, pages };
    let page = |items: Vec<super::pages::Item>| {
        let mut all = items.clone();
        for (dx, dy) in &template.copies {
            all.extend(items.iter().map(|item| item.moved(*dx, *dy)));
        }
        Page { width_mm: template.page.width, height_mm: template.page.height, items: all }
    };
    Pages {
        title: template.title.show(&|name| values.get(name)).trim().to_owned(),
        pages: sheets.into_iter().map(page).collect(),
        warnings,
    }
}
