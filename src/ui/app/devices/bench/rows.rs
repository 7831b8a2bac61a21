//! What the bench shows: devices and exchanges as rows, and the exchanges as text for support.

use crate::devices::manager::view::{Exchange, Lamp, View};
use crate::text;
use crate::ui::app::devices::words;
use crate::ui::icons::Icon;
use crate::ui::theme::Role;
use crate::ui::widgets::list::{Cell, ListRow};

/// Bytes of an exchange that are shown in a row.
const SHOWN: usize = 48;

/// A device with its lamp and what to do about it.
pub(super) fn row(view: &View) -> ListRow {
    let (role, lamp) = words::lamp(&view.lamp);
    let kind = view.settings.kind.name();
    let name = match view.settings.is_training() {
        true => text!("device-training-name", name = &view.settings.name).show(),
        false => view.settings.name.clone(),
    };
    ListRow {
        cells: vec![
            Cell::new(name).icon(words::icon(kind), Role::Weak),
            Cell::new(words::kind(kind).show()),
            Cell::new(words::place(&view.settings.address)),
            Cell::new(lamp.show()).icon(light(&view.lamp), role),
            Cell::new(words::remedy(view).show()),
        ],
        ..ListRow::default()
    }
}

/// The lamp, not told by its colour alone.
fn light(lamp: &Lamp) -> Icon {
    match lamp {
        Lamp::Off | Lamp::Searching => Icon::Circle,
        Lamp::Ready | Lamp::Busy => Icon::CheckCircle,
        Lamp::Trouble(_) => Icon::WarningCircle,
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02X}")).collect::<Vec<String>>().join(" ")
}

/// An exchange: raw bytes beside their meaning.
pub(super) fn line(exchange: &Exchange) -> ListRow {
    let (way, role) = match exchange.out {
        true => (text!("exchange-out"), Role::Note),
        false => (text!("exchange-in"), Role::Good),
    };
    let shown = exchange.bytes.get(..SHOWN).unwrap_or(&exchange.bytes);
    let more = if exchange.length > shown.len() { " …" } else { "" };
    ListRow {
        cells: vec![
            Cell::new(exchange.at.clock()),
            Cell::new(way.show()).role(role),
            Cell::new(exchange.length.to_string()),
            Cell::new(format!("{}{more}", hex(shown))),
            Cell::new(words::of_parsed(&exchange.parsed).show()),
        ],
        ..ListRow::default()
    }
}

/// The exchanges of a device as text for support.
pub(super) fn copied(view: &View, exchanges: &[Exchange]) -> String {
    let head = format!(
        "{} ({}), {}: {} {}",
        view.settings.name,
        words::kind(view.settings.kind.name()).show(),
        words::place(&view.settings.address),
        words::lamp(&view.lamp).1.show(),
        words::remedy(view).show()
    );
    let lines = exchanges.iter().map(|one| {
        let way = if one.out { ">" } else { "<" };
        format!("{} {way} {} | {}", one.at.iso(), hex(&one.bytes), words::of_parsed(&one.parsed).show())
    });
    std::iter::once(head).chain(lines).collect::<Vec<String>>().join("\n")
}
