//! Printing and saving on a thread of their own: a printer that sleeps must not hold the base's threads.

use crate::kernel::moment::Moment;
use crate::kernel::problems::Error;
use crate::kernel::text::Text;
use crate::print::pages::Pages;
use crate::print::pdf::pdf;
use crate::print::printer::{Job, Printer, Printers};
use crate::text;
use crate::ui::widgets::progress::Progress;
use egui::Context;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};

/// Letters in a file name made of a title.
const NAME_LENGTH: usize = 100;

/// What is to be done.
pub enum Task {
    /// Ask the system which printers there are.
    List,
    /// Hand the pages to a printer.
    Print {
        /// The printer.
        printer: String,
        /// How many copies.
        copies: u16,
    },
    /// Write the pages into a file.
    Save(PathBuf),
}

/// What came of it.
pub enum Done {
    /// The printers.
    Printers(Vec<Printer>),
    /// What a person is told.
    Said(Text),
}

/// A task on its way.
pub struct Running {
    answer: Receiver<Result<Done, String>>,
    progress: Progress,
}

impl Running {
    /// Starts a task; `created` goes into the PDF.
    pub fn start(
        task: Task,
        pages: Arc<Pages>,
        printers: Arc<dyn Printers>,
        created: Moment,
        ctx: Context,
    ) -> Result<Self, String> {
        let (send, answer) = channel();
        let progress = Progress::default();
        let told = progress.clone();
        let work = move || {
            let outcome = run(&task, &pages, printers.as_ref(), created, &told);
            told.finish();
            // A page that was closed wants no answer.
            let _ = send.send(outcome);
            ctx.request_repaint();
        };
        std::thread::Builder::new()
            .name("printing".to_owned())
            .spawn(work)
            .map_err(|error| Error::Failed(text!("thread-not-started"), error.to_string()).sentence())?;
        Ok(Self { answer, progress })
    }

    /// How far it is.
    pub fn progress(&self) -> Progress {
        self.progress.clone()
    }

    /// The answer, once.
    pub fn poll(&self) -> Option<Result<Done, String>> {
        self.answer.try_recv().ok()
    }
}

fn run(
    task: &Task,
    pages: &Pages,
    printers: &dyn Printers,
    created: Moment,
    progress: &Progress,
) -> Result<Done, String> {
    let cancelled = || if progress.is_cancelled() { Err(text!("cancelled").show()) } else { Ok(()) };
    match task {
        Task::List => printers.list().map(Done::Printers).map_err(|said| said.show()),
        Task::Print { printer, copies } => {
            let bytes = pdf(pages, created).map_err(|said| said.show())?;
            cancelled()?;
            let job = Job { printer: Some(printer), title: &pages.title, copies: *copies, pdf: &bytes, pages };
            printers.print(&job).map_err(|said| said.show())?;
            Ok(Done::Said(text!("preview-printed", printer = printer)))
        }
        Task::Save(path) => {
            let bytes = pdf(pages, created).map_err(|said| said.show())?;
            cancelled()?;
            let file = path.display().to_string();
            std::fs::write(path, bytes).map_err(|error| {
                Error::Failed(text!("file-not-written", file = &file), error.to_string()).sentence()
            })?;
            Ok(Done::Said(text!("preview-saved", file = file)))
        }
    }
}

/// A title as a name of a file: without signs that file systems forbid.
pub fn file_name(title: &str) -> String {
    let plain: String = title
        .chars()
        .map(|letter| if "/\\:*?\"<>|".contains(letter) || letter.is_control() { ' ' } else { letter })
        .collect();
    let name: String = plain.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(NAME_LENGTH).collect();
    if name.is_empty() { "print".to_owned() } else { name }
}

/// The path with the ending of a PDF.
pub fn with_ending(path: &Path) -> PathBuf {
    if path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("pdf")) {
        return path.to_owned();
    }
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".pdf");
    path.with_file_name(name)
}

#[cfg(test)]
mod tests {
    use super::{file_name, with_ending};
    use std::path::Path;

    #[test]
    fn a_title_becomes_a_file_name() {
        assert_eq!(
            file_name("Счет на оплату № 15/2 от 20 ноября 2026 г."),
            "Счет на оплату № 15 2 от 20 ноября 2026 г."
        );
        assert_eq!(file_name("  \n"), "print");
        assert_eq!(with_ending(Path::new("/a/Счет г.")), Path::new("/a/Счет г..pdf"));
        assert_eq!(with_ending(Path::new("/a/b.PDF")), Path::new("/a/b.PDF"));
    }
}
