//! Training devices as windows: what a real one would show and print, and what a person would do to it.

mod pictures;

use super::{Devices, words};
use crate::devices::proto::scales::Reading;
use crate::devices::proto::shtrih::tlv::{read as read_tags, tag};
use crate::devices::proto::shtrih::training::memory::FiscalDocument;
use crate::devices::proto::shtrih::training::wire::Fault;
use crate::devices::proto::shtrih::training::{Registrar, Tape};
use crate::devices::settings::DeviceSettings;
use crate::devices::training::played::{Played, PlayedPrinter, PlayedRegistrar};
use crate::devices::training::{Cable, Training};
use crate::kernel::text::Text;
use crate::text;
use crate::ui::theme::{self, CONTROL, GAP_X};
use crate::ui::widgets::button::Button;
use crate::ui::widgets::entry::Entry;
use crate::ui::{fonts, paint, px};
use egui::{Align, Context, Id, Key, Rect, RichText, ScrollArea, Sense, Slider, Ui, Window, pos2, vec2};
use std::collections::BTreeMap;

/// Width of a window in points.
const WIDTH: f32 = 360.0;
/// Height of a roll in points.
const ROLL: f32 = 300.0;
/// The heaviest weight offered, grams.
const HEAVIEST: i64 = 15_000;
/// The command that closes a receipt: faults are ordered for it.
const CLOSE: [u8; 2] = [0xFF, 0x45];

/// The windows, with what is half typed in them.
#[derive(Default)]
pub struct TrainingWindows {
    typed: BTreeMap<String, String>,
}

impl TrainingWindows {
    /// Draws the windows that are shown.
    pub fn show(&mut self, ctx: &Context, devices: &Devices) {
        for (at, id) in devices.windows().into_iter().enumerate() {
            let Some(settings) = devices.setting(&id).filter(DeviceSettings::is_training) else { continue };
            let Some(device) = devices.manager().training(&id) else { continue };
            let mut open = true;
            let title = text!("training-window", name = &settings.name).show();
            let window = Window::new(title).id(Id::unique("training").with(&id)).open(&mut open);
            let screen = ctx.content_rect();
            let step = px::length(at) * 28.0;
            // Neither the line of the till nor its total is covered.
            let place = pos2(screen.left() + 110.0 + step, screen.top() + screen.height() * 0.36 + step);
            let window = window.default_pos(place);
            window.default_width(WIDTH).resizable(false).collapsible(true).show(ctx, |ui| {
                ui.set_width(WIDTH);
                let color = theme::colors(ui).danger;
                ui.label(RichText::new(text!("training-mark").show()).font(fonts::bold()).color(color));
                self.device_ui(ui, &id, &device);
                ui.separator();
                cable_ui(ui, &device);
            });
            if !open {
                devices.toggle_window(&id);
            }
        }
    }

    fn device_ui(&mut self, ui: &mut Ui, id: &str, device: &Training) {
        enum Shown {
            Scanner(u64),
            Printer,
            Registrar,
            Scale(Reading),
            Display([String; 2]),
            Labels,
        }
        let shown = device.look(|played| match played {
            Played::Scanner(own) => Shown::Scanner(own.scanned),
            Played::Printer(_) => Shown::Printer,
            Played::Registrar(_) => Shown::Registrar,
            Played::Scale(own) => Shown::Scale(own.reading),
            Played::Display(screen) => Shown::Display(screen.lines()),
            Played::Labels(_) => Shown::Labels,
        });
        match shown {
            Shown::Scanner(scanned) => self.scanner_ui(ui, id, device, scanned),
            Shown::Printer => printer_ui(ui, id, device),
            Shown::Registrar => registrar_ui(ui, id, device),
            Shown::Scale(reading) => scale_ui(ui, device, reading),
            Shown::Display(lines) => pictures::display(ui, &lines),
            Shown::Labels => device.look(|played| {
                let Played::Labels(own) = played else { return };
                match own.labels.last() {
                    Some(label) => pictures::bitmap(ui, &label.picture, 0.6),
                    None => {
                        ui.label(text!("training-no-label").show());
                    }
                }
            }),
        }
    }

    fn scanner_ui(&mut self, ui: &mut Ui, id: &str, device: &Training, scanned: u64) {
        let text = self.typed.entry(id.to_owned()).or_insert_with(|| "4006381333931".to_owned());
        let label = text!("training-code").show();
        let (rect, _) = ui.allocate_exact_size(vec2(WIDTH, CONTROL), Sense::hover());
        let entered =
            Entry { selects: true, ..Entry::new(Id::unique("training code").with(id), &label, rect) }.show(ui, text);
        let enter = entered.focused && ui.input_mut(|input| input.consume_key(egui::Modifiers::NONE, Key::Enter));
        ui.add_space(GAP_X);
        let clicked = ui.add(Button::new(&text!("training-scan").show())).clicked();
        if (enter || clicked) && !text.is_empty() {
            let code = text.replace("<GS>", "\u{1d}");
            device.change(|played| {
                if let Played::Scanner(own) = played {
                    own.scan(code.as_bytes());
                }
            });
        }
        ui.label(text!("training-scanned", count = i64::try_from(scanned).unwrap_or(0)).show());
    }
}

/// Buttons in a row; gives the one that was pressed.
fn buttons(ui: &mut Ui, labels: &[Text]) -> Option<usize> {
    let mut pressed = None;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = GAP_X;
        for (at, label) in labels.iter().enumerate() {
            if ui.add(Button::new(&label.show())).clicked() {
                pressed = Some(at);
            }
        }
    });
    pressed
}

fn cable_ui(ui: &mut Ui, device: &Training) {
    let (label, next) = match device.cable() {
        Cable::In => (text!("training-pull"), Cable::Pulled),
        Cable::Pulled | Cable::Hung | Cable::Stuck => (text!("training-plug"), Cable::In),
    };
    match buttons(ui, &[label, text!("training-hang")]) {
        Some(0) => device.set_cable(next),
        Some(_) => device.set_cable(Cable::Hung),
        None => {}
    }
}

fn printer_ui(ui: &mut Ui, id: &str, device: &Training) {
    ScrollArea::vertical().id_salt(id).max_height(ROLL).min_scrolled_height(ROLL).stick_to_bottom(true).show(
        ui,
        |ui| {
            device.look(|played| {
                if let Played::Printer(PlayedPrinter { roll, .. }) = played {
                    pictures::roll(ui, roll, WIDTH - 14.0);
                }
            });
        },
    );
    let (paper, cover, drawer) = device.look(|played| match played {
        Played::Printer(own) => (!own.status.paper_end, own.status.cover_open, own.drawer),
        _ => (true, false, 0),
    });
    ui.label(text!("training-drawer", count = i64::try_from(drawer).unwrap_or(0)).show());
    let labels = [
        if paper { text!("training-paper-out") } else { text!("training-paper-in") },
        if cover { text!("training-cover-close") } else { text!("training-cover-open") },
        text!("training-tear"),
    ];
    let pressed = buttons(ui, &labels);
    if let Some(at) = pressed {
        device.change(|played| match (at, &mut *played) {
            (0, played) => played.set_paper(!paper),
            (1, Played::Printer(own)) if cover => own.mend(),
            (1, Played::Printer(own)) => {
                own.status.cover_open = true;
                own.status.offline = true;
            }
            (_, Played::Printer(own)) => own.roll.clear(),
            _ => {}
        });
    }
}

fn registrar_ui(ui: &mut Ui, id: &str, device: &Training) {
    ScrollArea::vertical().id_salt(id).max_height(ROLL).min_scrolled_height(ROLL).stick_to_bottom(true).show(
        ui,
        |ui| {
            device.look(|played| {
                if let Played::Registrar(own) = played {
                    tape_ui(ui, own);
                }
            });
        },
    );
    let said = device.look(|played| match played {
        Played::Registrar(own) => state(&own.wired.registrar),
        _ => String::new(),
    });
    ui.label(said);
    let paper = device.look(Played::has_paper);
    let labels = [
        if paper { text!("training-paper-out") } else { text!("training-paper-in") },
        text!("training-deliver"),
        text!("training-lose-answer"),
        text!("training-power-before"),
        text!("training-power-after"),
    ];
    let pressed = buttons(ui, &labels);
    if let Some(at) = pressed {
        device.change(|played| {
            if at == 0 {
                return played.set_paper(!paper);
            }
            let Played::Registrar(own) = played else { return };
            match at {
                1 => own.wired.registrar.deliver(),
                2 => own.wired.order(&CLOSE, Fault::DropAnswer),
                3 => own.wired.order(&CLOSE, Fault::PowerLossBefore),
                _ => own.wired.order(&CLOSE, Fault::PowerLossAfter),
            }
        });
    }
}

/// Kopecks as roubles.
fn roubles(kopecks: u64) -> String {
    format!("{},{:02}", kopecks / 100, kopecks % 100)
}

/// The state of a registrar in a line.
fn state(registrar: &Registrar) -> String {
    let memory = registrar.memory();
    let shift = if memory.opened_at().is_some() { text!("mode-shift-open") } else { text!("mode-shift-closed") };
    let text = text!(
        "training-registrar",
        shift = shift,
        last = i64::from(memory.last_number()),
        cash = roubles(memory.cash()),
        unsent = i64::from(memory.waiting())
    );
    text.show()
}

fn tape_ui(ui: &mut Ui, own: &PlayedRegistrar) {
    for part in &own.tape {
        let lines = match part {
            Tape::Line(line) => vec![line.clone()],
            Tape::Document(number) | Tape::Copy(number) => {
                let document = own.wired.registrar.memory().find(*number);
                document.map(|document| document_lines(document, matches!(part, Tape::Copy(_)))).unwrap_or_default()
            }
            Tape::Report(totals) => {
                vec![text!("tape-x", receipts = i64::from(totals.receipts), cash = roubles(totals.cash[0])).show()]
            }
            Tape::Cash(kopecks) if *kopecks < 0 => {
                vec![text!("tape-out", sum = roubles(kopecks.unsigned_abs())).show()]
            }
            Tape::Cash(kopecks) => vec![text!("tape-in", sum = roubles(kopecks.unsigned_abs())).show()],
            Tape::Cancelled => vec![text!("tape-cancelled").show()],
            Tape::Cut => vec!["- - - - - - - - - - - - - - - -".to_owned()],
            Tape::Drawer => vec![text!("tape-drawer").show()],
            Tape::Beep => vec![text!("tape-beep").show()],
            Tape::Feed(_) => vec![String::new()],
        };
        for line in lines {
            let (rect, _) = ui.allocate_exact_size(vec2(WIDTH - 14.0, 17.0), Sense::hover());
            let colors = theme::colors(ui);
            ui.painter().rect_filled(Rect::from_min_size(rect.min, vec2(rect.width(), 18.0)), 0.0, colors.paper);
            let (left, right) = line.split_once('\t').unwrap_or((&line, ""));
            let ink = colors.ink(100);
            let inside = rect.shrink2(vec2(6.0, 0.0));
            paint::text(ui.painter(), inside, left, fonts::small(), ink, Align::Min);
            paint::text(ui.painter(), inside, right, fonts::small(), ink, Align::Max);
        }
    }
}

/// A document of the memory as its paper shows it; name and sum stand at both ends of a line.
fn document_lines(document: &FiscalDocument, copy: bool) -> Vec<String> {
    let title = match (document.kind, document.settled) {
        (2, _) => text!("tape-shift-open", number = i64::from(document.shift)),
        (5, _) => text!("tape-shift-close", number = i64::from(document.shift)),
        (31, _) => text!("tape-correction"),
        (_, Some((2, _))) => text!("tape-return"),
        _ => text!("tape-sale"),
    };
    let mut lines = vec![text!("tape-training").show(), title.show()];
    if copy {
        lines.push(text!("tape-copy").show());
    }
    for item in document.tags.iter().filter(|one| one.number == tag::ITEM) {
        let inside = read_tags(&item.value).unwrap_or_default();
        let of = |number: u16| inside.iter().find(|one| one.number == number);
        let name = of(tag::NAME).map(|one| one.as_text()).unwrap_or_default();
        let sum = of(tag::SUM).and_then(|one| one.as_amount()).unwrap_or(0);
        lines.push(format!("{name}\t{}", roubles(sum)));
    }
    if let Some((_, total)) = document.settled {
        lines.push(text!("tape-total", sum = roubles(total)).show());
    }
    let at = document.at.format("%d.%m.%Y %H:%M").to_string();
    lines.push(
        text!("tape-document", number = i64::from(document.number), sign = document.sign.to_string(), at = at).show(),
    );
    lines.push(String::new());
    lines
}

fn scale_ui(ui: &mut Ui, device: &Training, reading: Reading) {
    let mut grams = reading.weight / 10;
    let label = text!("training-weight", weight = words::kilograms(reading.weight)).show();
    ui.label(RichText::new(label).font(fonts::title()));
    let moved = ui.add(Slider::new(&mut grams, 0..=HEAVIEST).show_value(false));
    let moved = moved.accessible_name(text!("training-grams").show());
    let labels = [
        if reading.stable { text!("training-shake") } else { text!("training-rest") },
        if reading.overload { text!("training-lighten") } else { text!("training-overload") },
        text!("training-empty"),
    ];
    let pressed = buttons(ui, &labels);
    if moved.changed() || pressed.is_some() {
        device.change(|played| {
            let Played::Scale(own) = played else { return };
            own.reading.weight = grams * 10;
            match pressed {
                Some(0) => own.reading.stable = !own.reading.stable,
                Some(1) => own.reading.overload = !own.reading.overload,
                Some(_) => own.reading = Reading { weight: 0, stable: true, overload: false },
                None => {}
            }
        });
    }
}
