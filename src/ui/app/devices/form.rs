//! The page of one device: where it is and how it is set.

mod fields;

use super::Devices;
use super::words;
use crate::devices::settings::{
    Address, BarrierSetting, DeviceSettings, Flow, Kind, KindName, LabelSpeech, LettersSetting, Line, NetworkAddress,
    Parity, RegistrarSettings, ScaleSettings, SerialAddress, UsbIdentity,
};
use crate::kernel::text::Text;
use crate::text;
use crate::ui::app::head::head_ui;
use crate::ui::app::options::row;
use crate::ui::commands::{Command, keys};
use crate::ui::icons::Icon;
use crate::ui::shell::dialog::{Answer, Dialog};
use crate::ui::shell::page::{Page, PageContext};
use crate::ui::theme::{self, CONTROL, GAP_X, Role};
use crate::ui::widgets::entry::Entry;
use crate::ui::widgets::form::group_title;
use crate::ui::{focus, fonts, paint};
use egui::{Align, Id, Rect, ScrollArea, Sense, Ui, pos2, vec2};
use std::collections::BTreeMap;
use std::rc::Rc;

/// Width of labels in points.
const LABELS: f32 = 170.0;
/// Width of fields in points.
const FIELDS: f32 = 320.0;
/// Speeds offered, bits a second.
const SPEEDS: [u32; 6] = [4800, 9600, 19_200, 38_400, 57_600, 115_200];

/// The page.
pub struct DevicePage {
    devices: Rc<Devices>,
    before: DeviceSettings,
    device: DeviceSettings,
    /// What is typed, by the key of the label.
    texts: BTreeMap<&'static str, String>,
    new: bool,
    commands: Vec<Command>,
}

impl DevicePage {
    /// Of a device; `new` when it is not among the others yet.
    pub fn new(devices: &Rc<Devices>, device: DeviceSettings, new: bool) -> Self {
        let commands = vec![
            Command::new("save-and-close", text!("device-save"))
                .hint(text!("device-save-hint"))
                .key(keys::MAIN)
                .key(keys::SAVE)
                .icon(Icon::Check),
        ];
        let texts = fields::texts(&device);
        Self { devices: Rc::clone(devices), before: device.clone(), device, texts, new, commands }
    }

    fn id(&self) -> Id {
        Id::unique("device").with(&self.device.id)
    }

    fn text_ui(&mut self, ui: &mut Ui, key: &'static str, first: bool) {
        let id = self.id().with(key);
        let Some(text) = self.texts.get_mut(key) else { return };
        let label = Text::new(key).show();
        let (rect, _) = ui.allocate_exact_size(vec2(LABELS + GAP_X + FIELDS, CONTROL), Sense::hover());
        let words = Rect::from_min_size(rect.min, vec2(LABELS, CONTROL));
        paint::text(ui.painter(), words, &label, fonts::text(), theme::colors(ui).weak, Align::Min);
        let place = Rect::from_min_max(pos2(rect.min.x + LABELS + GAP_X, rect.min.y), rect.max);
        Entry { name: key, ..Entry::new(id, &label, place) }.show(ui, text);
        if first {
            focus::set(ui.ctx(), id);
        }
        ui.add_space(6.0);
    }

    fn address_ui(&mut self, ui: &mut Ui) {
        let offered = offered(self.device.kind.name());
        let same = |address: &Address| std::mem::discriminant(address) == std::mem::discriminant(&self.device.address);
        let choices: Vec<(String, bool)> =
            offered.iter().map(|address| (address_name(address).show(), same(address))).collect();
        let chosen = row(ui, &text!("device-address"), &choices).and_then(|at| offered.into_iter().nth(at));
        if let Some(address) = chosen {
            self.take_texts();
            self.device.address = address;
            self.texts = fields::texts(&self.device);
        }
        match self.device.address {
            Address::Training => {
                let colors = theme::colors(ui);
                ui.label(egui::RichText::new(text!("device-training-hint").show()).color(colors.warning));
                ui.add_space(6.0);
            }
            Address::Serial(_) => {
                self.text_ui(ui, "device-port", false);
                if let Address::Serial(serial) = &mut self.device.address {
                    line_ui(ui, &mut serial.line);
                }
            }
            Address::Tcp(_) => {
                self.text_ui(ui, "device-host", false);
                self.text_ui(ui, "device-tcp-port", false);
            }
            Address::Hid(_) => self.text_ui(ui, "device-usb", false),
            Address::Keyboard => {
                ui.label(egui::RichText::new(text!("device-keyboard-hint").show()).color(theme::colors(ui).weak));
                ui.add_space(6.0);
            }
            Address::PrinterFile(_) => self.text_ui(ui, "device-path", false),
            Address::Spooler(_) => self.text_ui(ui, "device-queue", false),
        }
    }

    fn kind_ui(&mut self, ui: &mut Ui) {
        match &mut self.device.kind {
            Kind::Scanner(scanner) => {
                let choices = [
                    (text!("scanner-repeats-one").show(), scanner.repeats_ms > 0),
                    (text!("scanner-repeats-all").show(), scanner.repeats_ms == 0),
                ];
                if let Some(at) = row(ui, &text!("scanner-repeats"), &choices) {
                    scanner.repeats_ms = if at == 0 { 300 } else { 0 };
                }
                yes_no(ui, &text!("scanner-tab"), &mut scanner.tab_ends);
            }
            Kind::Printer(printer) => {
                choose(ui, &text!("printer-paper"), &mut printer.paper, &[(80, "printer-80"), (58, "printer-58")]);
                letters_ui(ui, &mut printer.letters, true);
                let barriers = [
                    (BarrierSetting::InOrder, "printer-barrier-order"),
                    (BarrierSetting::ProcessId, "printer-barrier-id"),
                    (BarrierSetting::None, "printer-barrier-none"),
                ];
                choose(ui, &text!("printer-barrier"), &mut printer.barrier, &barriers);
                yes_no(ui, &text!("printer-knife"), &mut printer.knife);
                yes_no(ui, &text!("printer-own-qr"), &mut printer.own_qr);
                yes_no(ui, &text!("printer-own-barcodes"), &mut printer.own_barcodes);
                yes_no(ui, &text!("printer-old-pictures"), &mut printer.old_pictures);
            }
            Kind::Registrar(registrar) => {
                if let Some(chosen) = protocol_ui(ui, registrar) {
                    let atol = matches!(chosen, RegistrarSettings::Atol { .. });
                    *registrar = chosen;
                    if atol && self.device.address != Address::Training {
                        self.device.address = service();
                    }
                    self.texts = fields::texts(&self.device);
                }
            }
            Kind::Scale(scale) => {
                let dialects = [
                    (ScaleSettings::Massa, "scale-massa"),
                    (ScaleSettings::Pos2, "scale-pos2"),
                    (ScaleSettings::CasA, "scale-cas-a"),
                    (ScaleSettings::CasB, "scale-cas-b"),
                    (ScaleSettings::CasPdTwo, "scale-cas-pd"),
                ];
                choose(ui, &text!("scale-dialect"), scale, &dialects);
            }
            Kind::Display(display) => {
                let languages = [(false, "display-cd5220"), (true, "display-epson")];
                choose(ui, &text!("display-language"), &mut display.epson, &languages);
                letters_ui(ui, &mut display.letters, false);
            }
            Kind::Labels(labels) => {
                let languages = [
                    (LabelSpeech::Tspl, "labels-tspl"),
                    (LabelSpeech::Zpl, "labels-zpl"),
                    (LabelSpeech::Epl, "labels-epl"),
                ];
                choose(ui, &text!("labels-language"), &mut labels.language, &languages);
                choose(ui, &text!("labels-dots"), &mut labels.dots, &[(8, "labels-203"), (12, "labels-300")]);
            }
        }
        for key in fields::of_kind(&self.device.kind) {
            self.text_ui(ui, key, false);
        }
    }

    /// Takes what is typed into the settings; gives what is wrong with it.
    fn take_texts(&mut self) -> Option<Text> {
        fields::take(&self.texts, &mut self.device).err()
    }

    fn save(&mut self, ctx: &mut PageContext<'_>) {
        match self.take_texts() {
            Some(wrong) => ctx.toast(wrong, Role::Danger),
            None => {
                self.devices.put(self.device.clone());
                self.before = self.device.clone();
                self.new = false;
                ctx.toast(text!("device-saved", name = &self.device.name), Role::Good);
                ctx.close();
            }
        }
    }
}

/// How a registrar is spoken to; another way when one was chosen.
fn protocol_ui(ui: &mut Ui, registrar: &mut RegistrarSettings) -> Option<RegistrarSettings> {
    let atol = matches!(registrar, RegistrarSettings::Atol { .. });
    let choices = [(text!("registrar-shtrih").show(), !atol), (text!("registrar-atol").show(), atol)];
    let chosen = row(ui, &text!("registrar-protocol"), &choices).filter(|at| (*at > 0) != atol);
    if let (None, RegistrarSettings::Shtrih { numbered, .. }) = (chosen, registrar) {
        yes_no(ui, &text!("registrar-numbered"), numbered);
    }
    chosen.map(|at| match at {
        0 => RegistrarSettings::default(),
        _ => RegistrarSettings::Atol { device: String::new() },
    })
}

/// The service of АТОЛ where its installer puts it.
fn service() -> Address {
    let port = crate::devices::proto::atol::request::PORT;
    Address::Tcp(NetworkAddress { host: "127.0.0.1".to_owned(), port })
}

/// The addresses a device of a kind may have.
fn offered(kind: KindName) -> Vec<Address> {
    let serial = Address::Serial(SerialAddress { port: String::new(), usb: None, line: Line::default() });
    let network = Address::Tcp(NetworkAddress { host: String::new(), port: 9100 });
    let file = Address::PrinterFile("/dev/usb/lp0".to_owned());
    let mut offered = vec![serial];
    match kind {
        KindName::Scanner => {
            offered.push(Address::Hid(UsbIdentity { vendor: 0, product: 0, serial: String::new() }));
            offered.push(Address::Keyboard);
        }
        KindName::Printer | KindName::Labels => offered.extend([network, file, Address::Spooler(String::new())]),
        KindName::Registrar | KindName::Scale => offered.push(network),
        KindName::Display => {}
    }
    offered.push(Address::Training);
    offered
}

fn address_name(address: &Address) -> Text {
    match address {
        Address::Training => text!("device-training"),
        Address::Serial(_) => text!("device-by-port"),
        Address::Tcp(_) => text!("device-by-network"),
        Address::Hid(_) => text!("device-by-hid"),
        Address::Keyboard => text!("device-by-keyboard"),
        Address::PrinterFile(_) => text!("device-by-file"),
        Address::Spooler(_) => text!("device-by-queue"),
    }
}

/// One of some values by buttons.
fn choose<T: Copy + PartialEq>(ui: &mut Ui, label: &Text, value: &mut T, of: &[(T, &'static str)]) {
    let choices: Vec<(String, bool)> = of.iter().map(|(one, key)| (Text::new(*key).show(), one == value)).collect();
    if let Some((chosen, _)) = row(ui, label, &choices).and_then(|at| of.get(at)) {
        *value = *chosen;
    }
}

fn yes_no(ui: &mut Ui, label: &Text, value: &mut bool) {
    choose(ui, label, value, &[(true, "yes"), (false, "no")]);
}

fn letters_ui(ui: &mut Ui, letters: &mut LettersSetting, pictures: bool) {
    let all = [
        (LettersSetting::Cp866, "letters-866"),
        (LettersSetting::Cp1251, "letters-1251"),
        (LettersSetting::Pictures, "letters-pictures"),
    ];
    let offered = if pictures { all.as_slice() } else { all.get(..2).unwrap_or_default() };
    choose(ui, &text!("device-letters"), letters, offered);
}

fn line_ui(ui: &mut Ui, line: &mut Line) {
    let choices: Vec<(String, bool)> = SPEEDS.iter().map(|speed| (speed.to_string(), *speed == line.speed)).collect();
    if let Some(speed) = row(ui, &text!("device-speed"), &choices).and_then(|at| SPEEDS.get(at)) {
        line.speed = *speed;
    }
    let shapes =
        [(8, Parity::None, "8N1"), (7, Parity::Even, "7E1"), (8, Parity::Even, "8E1"), (7, Parity::Odd, "7O1")];
    let choices: Vec<(String, bool)> = shapes
        .iter()
        .map(|(bits, parity, name)| ((*name).to_owned(), (*bits, *parity) == (line.bits, line.parity)))
        .collect();
    if let Some((bits, parity, _)) = row(ui, &text!("device-bits"), &choices).and_then(|at| shapes.get(at)) {
        (line.bits, line.parity) = (*bits, *parity);
    }
    let flows = [(Flow::None, "flow-none"), (Flow::Hardware, "flow-hardware"), (Flow::Software, "flow-software")];
    choose(ui, &text!("device-flow"), &mut line.flow, &flows);
}

impl Page for DevicePage {
    fn key(&self) -> String {
        format!("device:{}", self.device.id)
    }
    fn title(&self) -> String {
        let kind = words::kind(self.device.kind.name()).show();
        let name = self.texts.get("device-name").map_or("", String::as_str);
        if name == kind { kind } else { format!("{kind}: {name}") }
    }
    fn icon(&self) -> Option<Icon> {
        Some(words::icon(self.device.kind.name()))
    }
    fn modified(&self) -> bool {
        self.new || self.device != self.before || self.texts != fields::texts(&self.device)
    }
    fn commands(&self) -> &[Command] {
        &self.commands
    }
    fn hint(&self) -> String {
        text!("device-keys").show()
    }
    fn ui(&mut self, ui: &mut Ui, ctx: &mut PageContext<'_>) {
        use crate::ui::commands::Facts;
        use crate::ui::widgets::toolbar::Tool;
        let (id, title) = (self.id(), self.title());
        head_ui(ui, ctx, id, &title, (&self.commands, Facts::NONE), &[Tool::Main("save-and-close")]);
        ScrollArea::vertical().id_salt(id).show(ui, |ui| {
            self.text_ui(ui, "device-name", ctx.first);
            yes_no(ui, &text!("device-on"), &mut self.device.on);
            group_title(ui, &text!("device-group-place").show());
            self.address_ui(ui);
            group_title(ui, &words::kind(self.device.kind.name()).show());
            self.kind_ui(ui);
        });
    }
    fn command(&mut self, code: &str, ctx: &mut PageContext<'_>) {
        if code == "save-and-close" {
            self.save(ctx);
        }
    }
    fn may_close(&mut self, ctx: &mut PageContext<'_>) -> bool {
        if !self.modified() {
            return true;
        }
        ctx.ask(Dialog::save(&self.title()), "close");
        false
    }
    fn answer(&mut self, token: &str, answer: Answer, ctx: &mut PageContext<'_>) {
        match (token, answer) {
            ("close", Answer::Button(code)) if code == "yes" => self.save(ctx),
            ("close", Answer::Button(code)) if code == "no" => ctx.close(),
            _ => {}
        }
    }
}
