//! For support staff, without a screen: a picture of a page, and a test of everything the program stands on.

use super::devices::Devices;
use super::host::{AppHost, chores};
use super::launch::Launch;
use super::opened::Opened;
use crate::kernel::clock::Clock;
use crate::kernel::problems::Outcome;
use crate::kernel::text::{Lang, Text, set_language};
use crate::ops::check::check;
use crate::ops::gate::Session;
use crate::ops::till::queue::Queue;
use crate::print::fonts::Face;
use crate::print::pages::{Item, Page, Pages, TextItem};
use crate::print::pdf;
use crate::print::printer::{Printers as _, SystemPrinters};
use crate::store::address::Address;
use crate::store::schema::VERSION;
use crate::store::tls::readiness;
use crate::text;
use crate::ui::shell::Shell;
use crate::ui::shell::headless::Headless;
use crate::ui::shell::page::Open;
use serde_json::{Map, Value, json};
use std::path::{Path, PathBuf};
use std::rc::Rc;

/// The words the self-test prints and draws: letters of both alphabets, digits, the rouble.
const WORDS: &str = "Контора Kontora 123 ₽ Ёё";

/// Pages of every window that the self-test draws.
const PAGES: [&str; 6] = ["start", "bases", "backups", "options", "list:customer_order", "work:journal"];

/// Draws a page of a base into a PNG file; the base opened last when none is named, the start page likewise. The
/// error is a sentence for the user.
pub fn screenshot(
    base: Option<PathBuf>,
    page: Option<String>,
    file: &Path,
    language: Option<Lang>,
) -> Result<(), String> {
    let clock = Clock::system();
    let launch = Rc::new(Launch::system(&clock).map_err(|error| error.sentence())?);
    let Some(path) = base.or_else(|| launch.last()) else { return Err(text!("cli-no-base").show()) };
    let opened = Opened::open(&path, &clock, launch.waker()).map_err(|error| error.sentence())?;
    let own = opened.kept.get("language").map(|code| Lang::named(code));
    set_language(language.or(own).unwrap_or(Lang::Ru));
    let mut shell = Shell::new(Box::new(AppHost::drawn(opened, Rc::clone(&launch))));
    let code = page.unwrap_or_else(|| "start".to_owned());
    let mut window = Headless::new(1_360, 800);
    if !draw(&mut window, &mut shell, &code) {
        return Err(text!("screenshot-no-page", page = code).show());
    }
    let failed =
        |why: String| format!("{} ({why})", text!("file-not-written", file = file.display().to_string()).show());
    window.write(file).map_err(failed)
}

/// Draws a page as it is when everything has come; false when there is none of this code.
fn draw(window: &mut Headless, shell: &mut Shell, code: &str) -> bool {
    shell.open(Open::Code(code.to_owned()));
    window.settle(|ui| shell.ui(ui));
    shell.pages().iter().any(|(key, front)| *front && (key == code || code.starts_with(key.as_str())))
}

/// Tests what the program stands on; gives the findings as JSON, and whether all is well.
pub fn self_test(base: Option<PathBuf>) -> (String, bool) {
    let clock = Clock::system();
    let launch = Launch::system(&clock).ok().map(Rc::new);
    let path = base.or_else(|| launch.as_deref().and_then(Launch::last));
    let mut found = Map::new();
    let mut put = |name: &str, value: Value| found.insert(name.to_owned(), value);
    put("program", json!({"version": env!("CARGO_PKG_VERSION"), "layout": VERSION}));
    put("system", json!({"os": std::env::consts::OS, "arch": std::env::consts::ARCH}));
    put("base", path.as_deref().map_or_else(|| json!({"ok": true, "named": false}), |path| base_test(path, &clock)));
    put("fonts", fonts_test());
    put("pdf", pdf_test(&clock));
    put("renderers", renderers_test(launch.as_deref()));
    put("devices", devices_test());
    put("tls", tls_test());
    put("pages", pages_test(launch.as_ref(), path.as_deref(), &clock));
    put("disk", disk_test(launch.as_deref(), path.as_deref()));
    let good = found.values().all(|part| part.get("ok") != Some(&Value::Bool(false)));
    found.insert("ok".to_owned(), Value::Bool(good));
    (serde_json::to_string_pretty(&Value::Object(found)).unwrap_or_default(), good)
}

/// Does once what the program does by itself, with the devices of this workstation; gives what came of it, a line
/// for each, and whether nothing waits any more.
pub fn run_jobs(base: &Path, session: &Session) -> (String, bool) {
    match Launch::system(&session.clock) {
        Ok(launch) => do_jobs(base, session, &launch.devices()),
        Err(error) => (error.sentence(), false),
    }
}

/// The same with these devices.
pub fn do_jobs(base: &Path, session: &Session, devices: &Devices) -> (String, bool) {
    let chores = chores(base, &Queue::default(), devices);
    let (mut lines, mut done) = (Vec::new(), true);
    for mut chore in chores {
        let name = chore.title().show();
        let line = match chore.round(session) {
            Ok(round) if round.left == 0 => text!("jobs-done", name = name, count = round.done),
            Ok(round) => {
                done = false;
                text!("jobs-left", name = name, count = round.done, left = round.left, why = round.why)
            }
            Err(error) => {
                done = false;
                text!("jobs-failed", name = name, why = error.sentence())
            }
        };
        lines.push(line.show());
    }
    (lines.join("\n"), done)
}

fn base_test(path: &Path, clock: &Clock) -> Value {
    let address = Address::from(path);
    let shown = address.shown();
    let tested = || -> Outcome<(usize, Vec<String>)> {
        // Opened to read first: a test changes nothing, and a base of an earlier release would be upgraded.
        drop(Session::read(&address, clock.clone())?);
        let session = Session::open(&address, clock.clone())?;
        let report = check(&session, &mut |_| true)?;
        Ok((report.proved.len(), report.faults.iter().map(Text::show).collect()))
    };
    match tested() {
        Ok((proved, faults)) => {
            json!({"ok": faults.is_empty(), "path": shown, "opened": true, "proved": proved, "faults": faults})
        }
        Err(error) => json!({"ok": false, "path": shown, "opened": false, "said": error.sentence()}),
    }
}

/// Pages every window has are drawn; of a base that asks who works, and of one that cannot be opened, none is.
fn pages_test(launch: Option<&Rc<Launch>>, path: Option<&Path>, clock: &Clock) -> Value {
    let opened = path.zip(launch).and_then(|(path, launch)| Opened::open(path, clock, launch.waker()).ok());
    let Some((opened, launch)) = opened.zip(launch) else { return json!({"ok": true, "drawn": []}) };
    let mut shell = Shell::new(Box::new(AppHost::drawn(opened, Rc::clone(launch))));
    let mut window = Headless::new(1_360, 800);
    let (drawn, lacking): (Vec<&str>, Vec<&str>) =
        PAGES.into_iter().partition(|code| draw(&mut window, &mut shell, code));
    json!({"ok": lacking.is_empty(), "drawn": drawn, "lacking": lacking})
}

fn fonts_test() -> Value {
    let lacking: Vec<String> = Face::ALL
        .iter()
        .flat_map(|face| {
            WORDS.chars().filter(|letter| !face.knows(*letter)).map(|letter| format!("{}: {letter}", face.name()))
        })
        .collect();
    json!({"ok": lacking.is_empty(), "faces": Face::ALL.len(), "lacking": lacking})
}

/// A page is made into a PDF, and its words are found in it.
fn pdf_test(clock: &Clock) -> Value {
    let [face, ..] = Face::ALL;
    let words = TextItem {
        x: 20.0,
        y: 20.0,
        size_pt: 12.0,
        face,
        string: WORDS.to_owned(),
        width_mm: face.width_mm(WORDS, 12.0),
        turned: false,
        field: None,
    };
    let page = Page { width_mm: 210.0, height_mm: 297.0, items: vec![Item::Text(words)] };
    let pages = Pages { title: "self-test".to_owned(), pages: vec![page], warnings: Vec::new() };
    match pdf::pdf(&pages, clock.now()) {
        Ok(bytes) => {
            let found = pdf::words(&bytes).contains(WORDS);
            json!({"ok": found, "bytes": bytes.len(), "text_found": found})
        }
        Err(said) => json!({"ok": false, "said": said.show()}),
    }
}

/// The processor draws words; OpenGL cannot be tried without a window, so what was learnt of it is told.
fn renderers_test(launch: Option<&Launch>) -> Value {
    let mut window = Headless::new(300, 60);
    for _ in 0..3 {
        window.frame(|ui| {
            ui.label(WORDS);
        });
    }
    let pixels = window.picture().pixels();
    let background = pixels.last().copied().unwrap_or_default();
    let drawn = pixels.iter().filter(|pixel| **pixel != background).count();
    let remembered = launch.and_then(Launch::renderer);
    json!({"ok": drawn > 100, "software": drawn > 100, "drawn_pixels": drawn, "remembered": remembered})
}

fn tls_test() -> Value {
    match readiness() {
        Ok(authorities) => json!({"ok": true, "present": true, "authorities": authorities}),
        Err(error) => json!({"ok": false, "present": true, "said": error.sentence()}),
    }
}

/// What can be listed: printers of the system, serial ports.
fn devices_test() -> Value {
    let printers = match SystemPrinters::default().list() {
        Ok(found) => found.into_iter().map(|printer| printer.name).collect::<Vec<_>>(),
        Err(said) => return json!({"ok": true, "printers_said": said.show(), "serial": serial()}),
    };
    json!({"ok": true, "printers": printers, "serial": serial()})
}

fn serial() -> Vec<String> {
    let entries = std::fs::read_dir("/dev").into_iter().flatten().flatten();
    let names = entries.map(|entry| entry.file_name().to_string_lossy().into_owned());
    let mut ports: Vec<String> =
        names.filter(|name| name.starts_with("ttyUSB") || name.starts_with("ttyACM")).collect();
    ports.sort();
    ports
}

/// Room on the disks of the base and of the user's own data; less than a hundred megabytes is too little.
fn disk_test(launch: Option<&Launch>, base: Option<&Path>) -> Value {
    let free = |folder: &Path| fs4::available_space(folder).ok().map(|bytes| bytes >> 20);
    let base = base
        .filter(|base| base.is_file())
        .and_then(Path::parent)
        .map(|folder| if folder.as_os_str().is_empty() { Path::new(".") } else { folder });
    let of_base = base.and_then(free);
    let of_data = launch.and_then(|launch| launch.data().ancestors().find(|folder| folder.exists())).and_then(free);
    let enough = of_base.into_iter().chain(of_data).all(|megabytes| megabytes >= 100);
    json!({"ok": enough, "base_free_mb": of_base, "data_free_mb": of_data})
}
