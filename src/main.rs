//! Контора: arguments, then the window or a headless command; nothing else.

use kontora::cli::{Asked, FAILED, run_as};
use kontora::kernel::clock::name_workplace;
use kontora::ui::app::start::{self, Start};
use kontora::ui::app::support;
use kontora::ui::shell::Ended;
use std::io::Write as _;
use std::process::ExitCode;

fn main() -> ExitCode {
    if let Some(password) = server_password() {
        kontora::store::passwords::tell(password);
    }
    if let Some(password) = mail_password() {
        kontora::store::passwords::tell_mail(password);
    }
    name_workplace(workplace());
    match run_as(std::env::args().collect(), password(), &mut std::io::stdout().lock(), &mut std::io::stderr().lock()) {
        Asked::Code(code) => ExitCode::from(code),
        Asked::SelfTest { base } => {
            let (found, good) = support::self_test(base);
            let _ = writeln!(std::io::stdout(), "{found}");
            if good { ExitCode::SUCCESS } else { ExitCode::from(FAILED) }
        }
        Asked::Jobs(base, session) => {
            let (found, done) = support::run_jobs(&base, &session);
            let _ = writeln!(std::io::stdout(), "{found}");
            if done { ExitCode::SUCCESS } else { ExitCode::from(FAILED) }
        }
        Asked::Screenshot { base, page, file, language } => match support::screenshot(base, page, &file, language) {
            Ok(()) => ExitCode::SUCCESS,
            Err(sentence) => failed(&sentence),
        },
        Asked::Window { base, language, renderer } => {
            match start::run(Start { base, language, renderer, session: session() }) {
                Ok(Ended::Closed) => ExitCode::SUCCESS,
                Ok(Ended::WithoutGl(_)) => again(),
                Err(sentence) => failed(&sentence),
            }
        }
    }
}

/// The session of the system: of a terminal server, of a desktop.
fn session() -> String {
    let names = ["SESSIONNAME", "XDG_SESSION_ID", "WAYLAND_DISPLAY", "DISPLAY"];
    let known = names.into_iter().filter_map(std::env::var_os);
    known.map(|name| name.to_string_lossy().into_owned()).collect::<Vec<_>>().join(" ")
}

/// «computer (user)», as far as the system says so.
#[expect(clippy::disallowed_methods, reason = "the environment is read here and handed down")]
fn workplace() -> String {
    let named = |names: &[&str]| {
        let mut found = names.iter().filter_map(|name| std::env::var(name).ok());
        found.find(|value| !value.is_empty()).unwrap_or_default()
    };
    let told = |path: &str| std::fs::read_to_string(path).map(|name| name.trim().to_owned()).unwrap_or_default();
    let mut computer = named(&["COMPUTERNAME"]);
    if computer.is_empty() {
        computer = told("/proc/sys/kernel/hostname");
    }
    let user = named(&["USERNAME", "USER", "LOGNAME"]);
    if user.is_empty() { computer } else { format!("{computer} ({user})") }
}

/// The password of whoever works without a window: never on the command line, where other users would read it.
#[expect(clippy::disallowed_methods, reason = "the environment is read here and handed down")]
fn password() -> Option<String> {
    std::env::var("KONTORA_PASSWORD").ok()
}

/// The password of the shared base, said as PostgreSQL's own programs are told theirs.
#[expect(clippy::disallowed_methods, reason = "the environment is read here and handed down")]
fn server_password() -> Option<String> {
    std::env::var("PGPASSWORD").ok()
}

/// The password of the mail server for whoever sends letters without a window and without a keyring.
#[expect(clippy::disallowed_methods, reason = "the environment is read here and handed down")]
fn mail_password() -> Option<String> {
    std::env::var("KONTORA_MAIL_PASSWORD").ok()
}

fn failed(sentence: &str) -> ExitCode {
    let _ = writeln!(std::io::stderr(), "{sentence}");
    ExitCode::from(FAILED)
}

/// OpenGL does not start here, and a process has only one loop of events: the processor draws in another one.
fn again() -> ExitCode {
    let program = std::env::args_os().next().unwrap_or_default();
    // What was asked for on the command line did not work; what is remembered now does.
    let mut args: Vec<_> = std::env::args_os().skip(1).collect();
    if let Some(at) = args.iter().position(|arg| arg == "--renderer") {
        args.drain(at..(at + 2).min(args.len()));
    }
    args.retain(|arg| !arg.to_string_lossy().starts_with("--renderer="));
    match std::process::Command::new(program).args(args).args(["--renderer", "software"]).status() {
        Ok(status) if status.success() => ExitCode::SUCCESS,
        Ok(_) => ExitCode::from(FAILED),
        Err(error) => failed(&error.to_string()),
    }
}
