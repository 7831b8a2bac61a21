//! Printers of the system: their list, and a PDF sent to one of them.
//!
//! Nothing is linked: CUPS is asked by its own commands, Windows by PowerShell, each argument handed over
//! as it is, without a shell in between. A command that does not end in time is stopped, so that a printer
//! switched off cannot hold the caller for long; callers still ask from a worker thread.

use super::pages::Pages;
use crate::kernel::text::Text;
use crate::text;
use std::ffi::OsString;
use std::fs::OpenOptions;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread::sleep;
use std::time::Duration;

/// How long a command may take.
const PATIENCE: Duration = Duration::from_secs(15);
/// How often a running command is looked at.
const LOOK_EVERY: Duration = Duration::from_millis(20);
/// Files left behind for the program that prints them on Windows are removed after this time.
const KEEP_FILES: Duration = Duration::from_secs(24 * 60 * 60);
/// Begin of the names of such files.
const FILE_PREFIX: &str = "kontora-print-";

/// A printer as the system knows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Printer {
    /// Its name.
    pub name: String,
    /// The one that is taken when none is named.
    pub default: bool,
}

/// A PDF to print.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Job<'a> {
    /// The printer; the system's default when not said.
    pub printer: Option<&'a str>,
    /// What the queue calls it.
    pub title: &'a str,
    /// How many copies.
    pub copies: u16,
    /// The PDF.
    pub pdf: &'a [u8],
    /// The pages it was made of: label printers take dots.
    pub pages: &'a Pages,
}

/// The printers of a system.
pub trait Printers: Send + Sync {
    /// All printers, the default one marked.
    fn list(&self) -> Result<Vec<Printer>, Text>;
    /// Hands a PDF to a printer; returns when the system has taken it, not when it is on paper.
    fn print(&self, job: &Job<'_>) -> Result<(), Text>;
}

/// The printers of the computer.
#[derive(Clone, Copy, Debug)]
pub struct SystemPrinters {
    windows: bool,
    patience: Duration,
}

impl Default for SystemPrinters {
    fn default() -> Self {
        Self { windows: cfg!(windows), patience: PATIENCE }
    }
}

/// A command with its arguments and variables, none of which passes through a shell.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Call {
    program: &'static str,
    arguments: Vec<OsString>,
    variables: Vec<(&'static str, OsString)>,
}

impl Call {
    fn new(program: &'static str, arguments: &[&str]) -> Self {
        let arguments = arguments.iter().map(OsString::from).collect();
        // Messages are read by this program: they must not be translated.
        Self { program, arguments, variables: vec![("LC_ALL", OsString::from("C"))] }
    }

    fn powershell(script: &str) -> Self {
        Self::new("powershell", &["-NoProfile", "-NonInteractive", "-Command", script])
    }
}

const LIST_ON_WINDOWS: &str = "[Console]::OutputEncoding = [Text.Encoding]::UTF8; \
     Get-CimInstance Win32_Printer | ForEach-Object { \"$($_.Default)`t$($_.Name)\" }";
/// File and printer come by variables: a name with quotes stays a name.
const PRINT_ON_WINDOWS: &str = "$ErrorActionPreference = 'Stop'; \
     Start-Process -FilePath $env:KONTORA_PRINT_FILE -Verb PrintTo \
     -ArgumentList ('\"' + $env:KONTORA_PRINTER + '\"') -WindowStyle Hidden";

fn list_calls(windows: bool) -> Vec<Call> {
    if windows {
        vec![Call::powershell(LIST_ON_WINDOWS)]
    } else {
        vec![Call::new("lpstat", &["-e"]), Call::new("lpstat", &["-d"])]
    }
}

fn cups_call(printer: Option<&str>, title: &str, copies: u16, file: &Path) -> Call {
    let mut call = Call::new("lp", &[]);
    if let Some(printer) = printer {
        call.arguments.extend(["-d".into(), printer.into()]);
    }
    call.arguments.extend(["-n".into(), copies.to_string().into(), "-t".into(), title.into(), "--".into()]);
    call.arguments.push(file.into());
    call
}

fn windows_call(printer: &str, file: &Path) -> Call {
    let mut call = Call::powershell(PRINT_ON_WINDOWS);
    call.variables.extend([("KONTORA_PRINT_FILE", file.into()), ("KONTORA_PRINTER", printer.into())]);
    call
}

/// A name that could be taken for an option or for several words is refused.
fn check_name(name: &str) -> Result<(), Text> {
    let bad = name.is_empty() || name.starts_with('-') || name.contains(['"', '\0', '\n', '\r']);
    if bad { Err(text!("print-printer-name", name = name)) } else { Ok(()) }
}

/// One line, without control characters: what the queue shows.
fn plain_title(title: &str) -> String {
    let plain: String = title.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    plain.trim().trim_start_matches('-').chars().take(100).collect()
}

/// `lpstat -e` names printers, `lpstat -d` the default one: `system default destination: name`.
fn read_cups(names: &str, default: &str) -> Vec<Printer> {
    let default = default.rsplit(": ").next().unwrap_or_default().trim();
    let names = names.lines().map(str::trim).filter(|name| !name.is_empty());
    names.map(|name| Printer { name: name.to_owned(), default: name == default }).collect()
}

fn read_windows(lines: &str) -> Vec<Printer> {
    let lines = lines.lines().filter_map(|line| line.trim_start_matches('\u{feff}').split_once('\t'));
    lines.map(|(default, name)| Printer { name: name.trim().to_owned(), default: default == "True" }).collect()
}

impl SystemPrinters {
    /// Runs a command and gives what it printed.
    fn run(&self, call: &Call) -> Result<String, Text> {
        let mut command = Command::new(call.program);
        command.args(&call.arguments).envs(call.variables.iter().map(|(name, value)| (name, value)));
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        hide_window(&mut command);
        let mut child = command
            .spawn()
            .map_err(|error| text!("print-printer-no-system", program = call.program, said = error.to_string()))?;
        let success = self.wait(&mut child)?;
        let said = read(child.stdout.take());
        if success {
            return Ok(said);
        }
        let errors = read(child.stderr.take());
        let reason = if errors.trim().is_empty() { said } else { errors };
        Err(text!("print-printer-failed", said = reason.split_whitespace().collect::<Vec<_>>().join(" ")))
    }

    fn wait(&self, child: &mut Child) -> Result<bool, Text> {
        let mut waited = Duration::ZERO;
        loop {
            match child.try_wait() {
                Ok(Some(status)) => return Ok(status.success()),
                Ok(None) if waited < self.patience => {
                    sleep(LOOK_EVERY);
                    waited += LOOK_EVERY;
                }
                Ok(None) => {
                    // It may have ended just now; either way nobody waits for it any longer.
                    let _ = child.kill();
                    let _ = child.wait();
                    return Err(text!("print-printer-timeout", seconds = self.patience.as_secs()));
                }
                Err(error) => return Err(text!("print-printer-failed", said = error.to_string())),
            }
        }
    }

    /// On Windows every copy and the default printer are named explicitly: `PrintTo` knows neither.
    fn print_on_windows(&self, job: &Job<'_>, file: &Path) -> Result<(), Text> {
        let name = match job.printer {
            Some(name) => name.to_owned(),
            None => {
                let printers = self.list()?;
                let default = printers.into_iter().find(|printer| printer.default);
                default.map(|printer| printer.name).ok_or_else(|| text!("print-printer-unknown", name = ""))?
            }
        };
        for _ in 0..job.copies {
            self.run(&windows_call(&name, file))?;
        }
        Ok(())
    }
}

impl Printers for SystemPrinters {
    fn list(&self) -> Result<Vec<Printer>, Text> {
        let said = list_calls(self.windows).iter().map(|call| self.run(call)).collect::<Vec<_>>();
        match said.as_slice() {
            [Ok(lines)] => Ok(read_windows(lines)),
            // CUPS calls it an error that there is no printer, and that there is no default one.
            [Ok(names), default] => Ok(read_cups(names, default.as_deref().unwrap_or_default())),
            [Err(text), ..] if text.key() == "print-printer-failed" && !self.windows => Ok(Vec::new()),
            [Err(text), ..] => Err(text.clone()),
            _ => Ok(Vec::new()),
        }
    }

    fn print(&self, job: &Job<'_>) -> Result<(), Text> {
        if let Some(name) = job.printer {
            check_name(name)?;
        }
        let folder = std::env::temp_dir();
        remove_old(&folder);
        let file = write_file(&folder, job.pdf)?;
        if self.windows {
            // The program behind `PrintTo` reads the file later: it is removed when it is a day old.
            return self.print_on_windows(job, &file);
        }
        let done = self.run(&cups_call(job.printer, &plain_title(job.title), job.copies.max(1), &file));
        let removed = std::fs::remove_file(&file);
        done?;
        removed.map_err(|error| text!("print-printer-file", said = error.to_string()))
    }
}

/// A new file that only this user reads.
fn write_file(folder: &Path, pdf: &[u8]) -> Result<PathBuf, Text> {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    let failed = |error: std::io::Error| text!("print-printer-file", said = error.to_string());
    loop {
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let path = folder.join(format!("{FILE_PREFIX}{}-{number}.pdf", std::process::id()));
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        match options.open(&path) {
            Ok(mut file) => {
                file.write_all(pdf).map_err(failed)?;
                return Ok(path);
            }
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(failed(error)),
        }
    }
}

/// Removes our files of earlier days; one that cannot be removed is left to the next time.
fn remove_old(folder: &Path) {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    for entry in entries.filter(|entry| entry.file_name().to_string_lossy().starts_with(FILE_PREFIX)) {
        let age = entry.metadata().and_then(|data| data.modified()).ok().and_then(|changed| changed.elapsed().ok());
        if age.is_some_and(|age| age > KEEP_FILES) {
            let _ = std::fs::remove_file(entry.path());
        }
    }
}

fn read(pipe: Option<impl Read>) -> String {
    let mut bytes = Vec::new();
    if let Some(mut pipe) = pipe {
        // What could be read is enough for a message.
        let _ = pipe.read_to_end(&mut bytes);
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(windows)]
fn hide_window(command: &mut Command) {
    const CREATE_NO_WINDOW: u32 = 0x0800_0000;
    std::os::windows::process::CommandExt::creation_flags(command, CREATE_NO_WINDOW);
}

#[cfg(not(windows))]
fn hide_window(_: &mut Command) {}

/// Printers that remember what they were given: for tests and for training.
#[derive(Debug, Default)]
pub struct FakePrinters {
    /// What [`Printers::list`] gives.
    pub printers: Vec<Printer>,
    /// What was printed.
    pub printed: Mutex<Vec<Printed>>,
}

/// What a fake printer was given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Printed {
    /// The printer, when named.
    pub printer: Option<String>,
    /// What the queue would call it.
    pub title: String,
    /// How many copies.
    pub copies: u16,
    /// The PDF.
    pub pdf: Vec<u8>,
}

impl Printers for FakePrinters {
    fn list(&self) -> Result<Vec<Printer>, Text> {
        Ok(self.printers.clone())
    }

    fn print(&self, job: &Job<'_>) -> Result<(), Text> {
        if let Some(name) = job.printer {
            check_name(name)?;
            if !self.printers.iter().any(|printer| printer.name == name) {
                return Err(text!("print-printer-unknown", name = name));
            }
        }
        let printer = job.printer.map(str::to_owned);
        let printed = Printed { printer, title: job.title.to_owned(), copies: job.copies, pdf: job.pdf.to_vec() };
        self.printed.lock().unwrap_or_else(std::sync::PoisonError::into_inner).push(printed);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::{
        Call, FakePrinters, Job, Printer, Printers, SystemPrinters, cups_call, plain_title, read_cups, read_windows,
        windows_call, write_file,
    };
    use crate::print::pages::Pages;
    use std::path::Path;
    use std::time::{Duration, Instant};

    fn printer(name: &str, default: bool) -> Printer {
        Printer { name: name.to_owned(), default }
    }

    #[test]
    fn answers_of_the_systems_are_understood() {
        let cups = read_cups("Kyocera_M2040\nHP-1020\n\n", "system default destination: HP-1020\n");
        assert_eq!(cups, [printer("Kyocera_M2040", false), printer("HP-1020", true)]);
        assert_eq!(read_cups("", "no system default destination\n"), []);
        let windows = read_windows("\u{feff}False\tMicrosoft Print to PDF\r\nTrue\tПринтер в зале\r\n");
        assert_eq!(windows, [printer("Microsoft Print to PDF", false), printer("Принтер в зале", true)]);
    }

    #[test]
    fn names_and_titles_are_arguments_and_no_commands() {
        let call = cups_call(Some("HP; rm -rf /"), &plain_title("--Счет\n№ 15"), 2, Path::new("/tmp/a b.pdf"));
        assert_eq!(call.arguments, ["-d", "HP; rm -rf /", "-n", "2", "-t", "Счет № 15", "--", "/tmp/a b.pdf"]);
        let call = windows_call("Зал '$(calc)'", Path::new("C:\\a.pdf"));
        assert!(call.arguments.iter().all(|argument| !argument.to_string_lossy().contains("calc")));
    }

    #[test]
    fn a_name_that_looks_like_an_option_is_refused() {
        let fake = FakePrinters { printers: vec![printer("HP", true)], ..FakePrinters::default() };
        let job = Job { printer: Some("-o raw"), title: "Счет", copies: 1, pdf: b"%PDF", pages: &Pages::default() };
        assert_eq!(fake.print(&job).unwrap_err().key(), "print-printer-name");
        assert_eq!(SystemPrinters::default().print(&job).unwrap_err().key(), "print-printer-name");
        assert_eq!(fake.print(&Job { printer: Some("Другой"), ..job }).unwrap_err().key(), "print-printer-unknown");
        fake.print(&Job { printer: None, ..job }).unwrap();
        assert_eq!(fake.printed.lock().unwrap().len(), 1);
    }

    #[test]
    fn a_missing_system_of_printing_is_a_sentence() {
        let call = Call::new("no-such-program-at-all", &[]);
        assert_eq!(SystemPrinters::default().run(&call).unwrap_err().key(), "print-printer-no-system");
    }

    #[cfg(unix)]
    #[test]
    fn a_command_that_hangs_is_stopped() {
        let quick = SystemPrinters { windows: false, patience: Duration::from_millis(100) };
        let start = Instant::now();
        assert_eq!(quick.run(&Call::new("sleep", &["30"])).unwrap_err().key(), "print-printer-timeout");
        assert!(start.elapsed() < Duration::from_secs(10));
        let failed = quick.run(&Call::new("ls", &["/no/such/folder"])).unwrap_err();
        assert!(failed.key() == "print-printer-failed" && failed.show().contains("/no/such/folder"));
    }

    #[test]
    fn files_for_printing_never_overwrite_each_other() {
        let folder = tempfile::tempdir().unwrap();
        let (a, b) = (write_file(folder.path(), b"a").unwrap(), write_file(folder.path(), b"b").unwrap());
        assert!(a != b && std::fs::read(&a).unwrap() == b"a");
    }
}
