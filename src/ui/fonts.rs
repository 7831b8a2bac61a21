//! The letters of the window: Arimo (as wide as the Arial an operator is used to) and the icon font.
//!
//! Nothing of egui's own and nothing of the system: the same text is equally wide on every machine.

use crate::print::fonts::{Face, Family};
use crate::ui::icons::Icon;
use egui::{FontData, FontDefinitions, FontFamily, FontId, FontTweak};
use std::collections::BTreeMap;
use std::sync::Arc;

// The same files are in papers: they are in the program once.
const REGULAR: &[u8] = Face { family: Family::Sans, bold: false }.bytes();
const BOLD: &[u8] = Face { family: Family::Sans, bold: true }.bytes();
const SERIF: &[u8] = Face { family: Family::Serif, bold: false }.bytes();
const SERIF_BOLD: &[u8] = Face { family: Family::Serif, bold: true }.bytes();
const ICONS: &[u8] = include_bytes!("../../assets/icons/Phosphor.ttf");

/// The size of ordinary text in points.
pub const TEXT: f32 = 13.0;
/// The size of secondary text: hints, the status bar, titles of sections.
pub const SMALL: f32 = 12.0;
/// The size of a page's title.
pub const TITLE: f32 = 17.0;

fn bold_family() -> FontFamily {
    FontFamily::Name(Arc::from("bold"))
}

fn icon_family() -> FontFamily {
    FontFamily::Name(Arc::from("icons"))
}

/// Ordinary text.
pub fn text() -> FontId {
    FontId::new(TEXT, FontFamily::Proportional)
}

/// Secondary text.
pub fn small() -> FontId {
    FontId::new(SMALL, FontFamily::Proportional)
}

/// Text that stands out: totals, the main button, group titles.
pub fn bold() -> FontId {
    FontId::new(TEXT, bold_family())
}

/// The title of a page or a dialog.
pub fn title() -> FontId {
    FontId::new(TITLE, bold_family())
}

/// Bold text of a given size: big sums of workplaces.
pub fn bold_of(size: f32) -> FontId {
    FontId::new(size, bold_family())
}

/// Icons of a given size.
pub fn icon(size: f32) -> FontId {
    FontId::new(size, icon_family())
}

/// A face of printed papers, size in points of the screen.
pub fn paper(face: Face, size: f32) -> FontId {
    let family = match (face.family, face.bold) {
        (Family::Sans, false) => FontFamily::Proportional,
        (Family::Sans, true) => bold_family(),
        (Family::Serif, false) => FontFamily::Name(Arc::from("serif")),
        (Family::Serif, true) => FontFamily::Name(Arc::from("serif bold")),
    };
    FontId::new(size, family)
}

/// Every letter of the icon font, for the test that looks each of them up.
pub fn icon_letters() -> String {
    Icon::ALL.iter().map(|icon| icon.letter()).collect()
}

/// Gives the fonts to a context.
pub fn install(ctx: &egui::Context) {
    let mut fonts = FontDefinitions { font_data: BTreeMap::new(), families: BTreeMap::new() };
    let data = [
        ("regular", REGULAR, FontTweak::default()),
        ("bold", BOLD, FontTweak::default()),
        ("serif", SERIF, FontTweak::default()),
        ("serif bold", SERIF_BOLD, FontTweak::default()),
        ("icons", ICONS, FontTweak { hinting: Some(false), ..Default::default() }),
    ];
    for (name, bytes, tweak) in data {
        fonts.font_data.insert(name.to_owned(), Arc::new(FontData::from_static(bytes).tweak(tweak)));
    }
    let mut family = |family: FontFamily, names: [&str; 2]| {
        fonts.families.insert(family, names.map(str::to_owned).to_vec());
    };
    family(FontFamily::Proportional, ["regular", "icons"]);
    family(FontFamily::Monospace, ["regular", "icons"]);
    family(bold_family(), ["bold", "icons"]);
    family(icon_family(), ["icons", "regular"]);
    for name in ["serif", "serif bold"] {
        family(FontFamily::Name(Arc::from(name)), [name, "icons"]);
    }
    ctx.set_fonts(fonts);
}
