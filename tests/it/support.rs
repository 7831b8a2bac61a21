//! What support staff and the system do with the program, in processes of its own: the self-test, a picture of a
//! page, a second start.

use crate::app_kit::World;
use crate::shared::switch;
use kontora::kernel::clock::Clock;
use kontora::ui::app::base::Waker;
use kontora::ui::app::single::claim;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Command, Output, Stdio};

/// The program at home in a folder of the test's own.
fn program(home: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_kontora"));
    command.env("HOME", home).env_remove("XDG_CONFIG_HOME").env_remove("XDG_DATA_HOME");
    for name in ["SESSIONNAME", "XDG_SESSION_ID", "WAYLAND_DISPLAY", "DISPLAY"] {
        command.env_remove(name);
    }
    command.stdin(Stdio::null());
    command
}

fn said(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

#[test]
fn the_self_test_tells_what_the_program_stands_on() {
    let world = World::new();
    let home = tempfile::tempdir().unwrap();
    let run = |base: &Path| program(home.path()).arg("--self-test").arg("--base").arg(base).output().unwrap();
    let output = run(world.path());
    let found: serde_json::Value =
        serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{}", said(&output)));
    assert!(output.status.success() && found["ok"] == true, "{found:#}");
    assert_eq!((&found["base"]["opened"], &found["pdf"]["text_found"]), (&true.into(), &true.into()));
    assert!(found["base"]["proved"].as_u64().unwrap() > 10);
    let drawn = found["pages"]["drawn"].as_array().unwrap();
    for page in ["start", "bases", "backups", "options"] {
        assert!(drawn.contains(&page.into()), "{page}: {found:#}");
    }
    assert!(!world.path().with_file_name("backups").exists(), "a test makes no backup");
    for part in ["program", "system", "fonts", "renderers", "devices", "tls", "disk"] {
        assert!(found[part].is_object(), "{part}: {found:#}");
    }
    // What is wrong is told, and the code says so.
    let other = home.path().join("letter.txt");
    std::fs::write(&other, "письмо ".repeat(300)).unwrap();
    let output = run(&other);
    let found: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert!(!output.status.success() && found["ok"] == false && found["base"]["ok"] == false, "{found:#}");
    assert_eq!(found["pdf"]["ok"], true);
}

#[test]
fn a_page_is_drawn_into_a_file_without_a_screen() {
    let world = World::new();
    let home = tempfile::tempdir().unwrap();
    let file = home.path().join("page.png");
    let run = |page: &str| {
        let mut command = program(home.path());
        command.arg("--base").arg(world.path()).arg("--screenshot").arg(&file);
        command.args(["--page", page]).output().unwrap()
    };
    for page in ["bases", "backups", "options", "list:customer_order"] {
        let output = run(page);
        assert!(output.status.success(), "{page}: {}", said(&output));
    }
    let decoder = png::Decoder::new(BufReader::new(std::fs::File::open(&file).unwrap()));
    let mut reader = decoder.read_info().unwrap();
    let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
    let info = reader.next_frame(&mut pixels).unwrap();
    assert_eq!((info.width, info.height), (1_360, 800));
    let dark = pixels.chunks(3).filter(|pixel| pixel.iter().all(|part| *part < 100)).count();
    assert!(dark > 3_000, "a list has letters: {dark}");
    let output = run("list:nothing");
    assert!(!output.status.success() && said(&output).contains("Страницы list:nothing нет"), "{}", said(&output));
}

/// The switch that tells a child which base to hold, in which folder.
const HOLD: &str = "KONTORA_HOLD";

/// The child: holds a base like an open window and says when it was raised.
#[test]
#[ignore = "it is run by the test of a second start"]
fn holding() {
    let Some(order) = switch(HOLD) else { return };
    let (folder, base) = order.split_once('\n').unwrap();
    let held = claim(Path::new(folder), Path::new(base), "", &Clock::system(), &Waker::default()).unwrap();
    let say = |words: &str| {
        let mut out = std::io::stdout().lock();
        writeln!(out, "{words}").and_then(|()| out.flush()).unwrap();
    };
    say("held");
    while !held.take_raised() {
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    say("raised");
}

#[test]
#[cfg(target_os = "linux")]
fn a_second_start_raises_the_first_window_and_ends() {
    let world = World::new();
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join(".config/kontora");
    let mut first = Command::new(std::env::current_exe().unwrap())
        .args(["support::holding", "--exact", "--ignored", "--nocapture"])
        .env(HOLD, format!("{}\n{}", folder.display(), world.path().display()))
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(first.stdout.take().unwrap()).lines().map_while(Result::ok);
    assert!(lines.any(|line| line.ends_with("held")), "the first has the base");
    let second = program(home.path()).arg("--base").arg(world.path()).output().unwrap();
    assert!(second.status.success(), "it ends at once and well: {}", said(&second));
    assert!(lines.any(|line| line.ends_with("raised")), "the first window came forward");
    first.wait().unwrap();
}
