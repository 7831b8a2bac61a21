//! `cargo bench --bench journal -- 1000000`: a journal of a million documents scrolled in a window without a
//! screen, searched, and a document of a thousand lines posted and typed in.
//!
//! `--base FILE` keeps the base for the next run. Frames are measured by the processor time of their thread where
//! the system tells it, else by the wall; everything else by the wall, which on a busy machine is too long.
#![expect(clippy::print_stdout, clippy::float_arithmetic, reason = "a benchmark prints what it measured")]
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a benchmark stops at the first surprise"
)]

mod journal_base;

use egui::{Context, Event, Key, Modifiers, MouseWheelSource, MouseWheelUnit, Pos2, RawInput, Rect, TouchPhase, vec2};
use journal_base::{ITEMS, clock, make};
use kontora::domain::registry;
use kontora::kernel::moment::Date;
use kontora::kernel::problems::Outcome;
use kontora::kernel::refs::AnyRef;
use kontora::kernel::value::Stored;
use kontora::ops::gate::{Op, Session};
use kontora::ops::load::load;
use kontora::ops::save::How;
use kontora::store::lists::{Anchor, Filter, ListQuery};
use kontora::ui::app::base::Waker;
use kontora::ui::app::host::AppHost;
use kontora::ui::app::opened::Opened;
use kontora::ui::shell::Shell;
use kontora::ui::shell::page::Open;
use kontora::ui::theme;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

fn main() {
    let args: Vec<String> = std::env::args().collect();
    let count: i64 = args.iter().filter_map(|arg| arg.parse().ok()).next().unwrap_or(1_000_000);
    let kept = args.iter().position(|arg| arg == "--base").and_then(|at| args.get(at + 1)).map(PathBuf::from);
    let folder = tempfile::tempdir().unwrap();
    let path = kept.unwrap_or_else(|| folder.path().join("journal.kontora"));
    let done = (|| {
        let start = Instant::now();
        make(&path, count)?;
        let size = std::fs::metadata(&path).map(|meta| meta.len()).unwrap_or(0);
        println!("{count} orders, {} MB, made or found in {:.0} s", size / 1_000_000, start.elapsed().as_secs_f64());
        scroll(&path, count)?;
        search(&path)?;
        filters(&path)?;
        long_document(&path)
    })();
    if let Err(error) = done {
        panic!("{}", error.sentence());
    }
}

/// A window without a screen.
struct Screen {
    ctx: Context,
    shell: Shell,
    frame: u32,
}

impl Screen {
    fn over(path: &Path) -> Outcome<Self> {
        let ctx = Context::default();
        theme::install(&ctx);
        let opened = Opened::open(path, &clock(), &Waker::default())?;
        Ok(Self { ctx, shell: Shell::new(Box::new(AppHost::over(opened))), frame: 0 })
    }

    /// One frame: layout and tessellation; gives its time in milliseconds.
    fn frame(&mut self, events: Vec<Event>) -> f64 {
        self.frame += 1;
        let input = RawInput {
            screen_rect: Some(Rect::from_min_size(Pos2::ZERO, vec2(1_360.0, 820.0))),
            time: Some(f64::from(self.frame) / 60.0),
            focused: true,
            events,
            ..RawInput::default()
        };
        let (start, spent) = (Instant::now(), spent_ms());
        let output = self.ctx.run_ui(input, |ui| self.shell.ui(ui));
        let shapes = self.ctx.tessellate(output.shapes, output.pixels_per_point);
        let took = match (spent, spent_ms()) {
            (Some(before), Some(after)) => after - before,
            _ => start.elapsed().as_secs_f64() * 1e3,
        };
        assert!(!shapes.is_empty(), "an empty window");
        took
    }

    /// Frames at the pace of a screen.
    fn run(&mut self, frames: usize, events: &mut dyn FnMut(usize) -> Vec<Event>) -> Vec<f64> {
        (0..frames)
            .map(|at| {
                let took = self.frame(events(at));
                std::thread::sleep(Duration::from_secs_f64((16.0 - took).max(0.0) / 1e3));
                took
            })
            .collect()
    }

    fn idle(&mut self, frames: usize) {
        self.run(frames, &mut |_| Vec::new());
    }
}

/// Processor time of this thread so far; `None` where the system does not tell it.
fn spent_ms() -> Option<f64> {
    // The system brings its count up to date when a thread lets others run.
    std::thread::yield_now();
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    let nanoseconds: f64 = told.split(' ').next()?.parse().ok()?;
    Some(nanoseconds / 1e6)
}

/// The value below which a share of all lies.
fn quantile(mut all: Vec<f64>, share: f64) -> f64 {
    all.sort_by(f64::total_cmp);
    let at = ((all.len() as f64 - 1.0) * share).round();
    all[at as usize]
}

fn say(what: &str, took: &[f64], aim: f64) {
    let [half, most, all] = [0.5, 0.99, 1.0].map(|share| quantile(took.to_vec(), share));
    println!("{what}: half {half:.2} ms, 99 % {most:.2} ms, longest {all:.2} ms (aim: 99 % under {aim} ms)");
}

fn wheel(lines: f32) -> Event {
    Event::MouseWheel {
        unit: MouseWheelUnit::Line,
        delta: vec2(0.0, -lines),
        modifiers: Modifiers::NONE,
        phase: TouchPhase::Move,
        source: MouseWheelSource::Wheel,
    }
}

fn key(key: Key, modifiers: Modifiers) -> Event {
    Event::Key { key, physical_key: None, pressed: true, repeat: false, modifiers }
}

fn scroll(path: &Path, count: i64) -> Outcome<()> {
    let start = Instant::now();
    let mut screen = Screen::over(path)?;
    screen.shell.open(Open::Code("list:customer_order".to_owned()));
    screen.frame(vec![Event::PointerMoved(Pos2::new(700.0, 450.0))]);
    println!("base opened and the first frame drawn in {:.0} ms", start.elapsed().as_secs_f64() * 1e3);
    screen.idle(120);
    let slow = screen.run(1_500, &mut |at| if at % 2 == 0 { vec![wheel(1.0)] } else { Vec::new() });
    say("scrolled by the wheel", &slow, 4.0);
    let fast = screen.run(1_500, &mut |_| vec![wheel(if count > 100_000 { 40.0 } else { 4.0 })]);
    say("scrolled fast", &fast, 4.0);
    let pages = screen.run(600, &mut |at| {
        let end = if at % 100 == 50 { Key::End } else { Key::Home };
        let jump = at % 50 == 0;
        vec![if jump { key(end, Modifiers::COMMAND) } else { key(Key::PageDown, Modifiers::NONE) }]
    });
    say("page by page, to the end and back", &pages, 4.0);
    screen.idle(30);
    let idle = screen.run(60, &mut |_| Vec::new());
    say("nothing happens", &idle, 4.0);
    Ok(())
}

/// The median of five.
fn median(mut deed: impl FnMut() -> Outcome<usize>) -> Outcome<(f64, usize)> {
    let mut took = Vec::new();
    let mut found = 0;
    for _ in 0..5 {
        let start = Instant::now();
        found = deed()?;
        took.push(start.elapsed().as_secs_f64() * 1e3);
    }
    Ok((quantile(took, 0.5), found))
}

fn search(path: &Path) -> Outcome<()> {
    let session = Session::read(path, clock())?;
    let meta = registry::by_code("customer_order").unwrap().meta();
    let columns: Vec<usize> = (0..12).collect();
    for words in
        ["123456", "00012", "орлова", "орлова 7777", "подъезд 3", "позвонить", "заранее подъезд 7", "нетакого", "ив"]
    {
        let mut query = ListQuery::usual(meta, columns.clone());
        query.descending = true;
        words.clone_into(&mut query.search);
        let (took, found) = median(|| session.store.list_page(&query, &Anchor::Start, 50).map(|page| page.len()))?;
        println!("first {found} hits of «{words}» in {took:.2} ms (aim: under 50 ms)");
    }
    let query = ListQuery { descending: true, ..ListQuery::usual(meta, columns) };
    let (took, found) = median(|| session.store.list_page(&query, &Anchor::Start, 100).map(|page| page.len()))?;
    println!("first page of {found} rows in {took:.2} ms");
    Ok(())
}

/// The first page of the journal by its quick filters, each alone and together, the newest first.
fn filters(path: &Path) -> Outcome<()> {
    let session = Session::read(path, clock())?;
    let meta = registry::by_code("customer_order").unwrap().meta();
    let is = |field: &'static str, value: i64| Filter::Is(field, Stored::Int(value));
    let month = Filter::Between("date", day(2025, 3, 1).at(0, 0, 0), day(2025, 3, 31).at(23, 59, 59));
    let owner = session.store.find_by(
        registry::by_code("counterparty").unwrap().meta(),
        "code",
        &Stored::Text("C00777".to_owned()),
    )?;
    let customer = is("customer", owner[0].id());
    let open = Filter::OneOf("state", vec![2, 3, 4, 5]);
    let asked: [(&str, Vec<Filter>); 10] = [
        ("open states", vec![open.clone()]),
        ("a state nobody is in", vec![Filter::OneOf("state", vec![1])]),
        ("closed", vec![Filter::OneOf("state", vec![9])]),
        ("a status", vec![is("status", 2)]),
        ("a manager", vec![is("manager", 3)]),
        ("a manager without orders", vec![is("manager", 77)]),
        ("to be looked at", vec![Filter::Filled("attention")]),
        ("a customer", vec![customer.clone()]),
        ("a month long ago and a manager and open states", vec![month.clone(), is("manager", 2), open]),
        ("a customer and a status and a month long ago", vec![customer, is("status", 4), month]),
    ];
    for (what, filters) in asked {
        let query = ListQuery { descending: true, filters, ..ListQuery::usual(meta, (0..12).collect()) };
        let (took, found) = median(|| session.store.list_page(&query, &Anchor::Start, 50).map(|page| page.len()))?;
        println!("{found} rows of {what} in {took:.2} ms (aim: under 50 ms)");
    }
    Ok(())
}

fn day(year: i32, month: u32, day: u32) -> Date {
    Date::ymd(year, month, day).unwrap()
}

fn rows(price: &str, qty: i64) -> String {
    let row = |item: i64| format!("{{\"item\":\"I{item:05}\",\"qty\":{qty},\"price\":\"{price}\"}}");
    (1..=ITEMS).map(row).collect::<Vec<_>>().join(",")
}

/// A receipt, an order and a sale of a thousand lines: loaded unposted, then posted.
fn long_document(path: &Path) -> Outcome<()> {
    let session = Session::open(path, clock())?;
    let mark = session.clock.uid();
    let mut last = AnyRef::EMPTY;
    for (kind, who, qty) in [
        ("goods_receipt", "\"supplier\":\"S1\"", 9),
        ("customer_order", "\"customer\":\"C00001\"", 2),
        ("goods_issue", "\"customer\":\"C00002\"", 3),
    ] {
        let goods = rows("10.50", qty);
        let line = format!(
            "{{\"type\":\"{kind}\",\"key\":\"long {mark}\",\"date\":\"2026-11-23T10:00:00\",{who},\"goods\":[{goods}]}}"
        );
        if let Err(bad) = load(&session, &line, &mut |_| true) {
            panic!("{}", bad[0].error.sentence());
        }
        last = session.store.known(&format!("load:{kind}"), &format!("long {mark}"))?.unwrap_or_default().object;
        let post = |how: How| -> Outcome<f64> {
            let start = Instant::now();
            session.run(Op::Post, |tx| {
                let mut object = tx.store.load(last)?.unwrap();
                tx.save(object.as_mut(), how)
            })?;
            Ok(start.elapsed().as_secs_f64() * 1e3)
        };
        let (first, again, back) = (post(How::Post)?, post(How::Post)?, post(How::Unpost)?);
        post(How::Post)?;
        println!(
            "{kind} of {ITEMS} lines: posted in {first:.0} ms, again in {again:.0} ms, taken back in {back:.0} ms \
             (aim: under 200 ms)"
        );
    }
    drop(session);
    type_in(path, last)
}

/// Keys in a form of a thousand lines.
fn type_in(path: &Path, document: AnyRef) -> Outcome<()> {
    let mut screen = Screen::over(path)?;
    screen.shell.open(Open::Object(document));
    screen.idle(120);
    let walk = screen.run(400, &mut |at| {
        vec![match at % 8 {
            0..=2 => key(Key::Tab, Modifiers::NONE),
            3..=5 => key(Key::ArrowDown, Modifiers::NONE),
            6 => key(Key::PageDown, Modifiers::NONE),
            _ => Event::Text("5".to_owned()),
        }]
    });
    say(&format!("a key in a form of {ITEMS} lines"), &walk, 16.0);
    Ok(())
}
