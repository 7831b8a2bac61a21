//! Settings of the devices written to a file and read from one.

use super::BenchPage;
use crate::devices::settings::{DeviceSettings, read, written};
use crate::kernel::problems::{Error, Outcome};
use crate::text;
use crate::ui::app::base::Ticket;
use crate::ui::shell::dialog::Dialog;
use crate::ui::shell::files::FileDialog;
use crate::ui::shell::page::PageContext;
use crate::ui::shell::places;
use crate::ui::theme::Role;
use std::path::{Path, PathBuf};

impl BenchPage {
    /// Asks for the file of one of the two.
    pub(super) fn ask_file(export: bool, ctx: &mut PageContext<'_>) {
        let start = places().into_iter().next().map(|(_, place)| place).unwrap_or_default();
        let (dialog, token) = if export {
            (FileDialog::save(start, "devices.json").title(text!("devices-export")), "export")
        } else {
            let dialog = FileDialog::open(start).title(text!("devices-import"));
            (dialog.filter(text!("devices-files"), &["json"]), "import")
        };
        ctx.ask(Dialog::File(Box::new(dialog.places(places()))), token);
    }

    /// Writes the settings.
    pub(super) fn export(&mut self, file: PathBuf, ctx: &mut PageContext<'_>) {
        let content = written(&self.devices.settings());
        let writing = Ticket::aside("devices file", self.devices.waker(), move || {
            let done = std::fs::write(&file, content).map(|()| file.clone());
            done.map_err(|error| not_written(&file, &error))
        });
        match writing {
            Ok(ticket) => self.writing = Some(ticket),
            Err(error) => ctx.toast(error.sentence(), Role::Danger),
        }
    }

    /// Reads settings in place of those there are.
    pub(super) fn import(&mut self, file: PathBuf, ctx: &mut PageContext<'_>) {
        let reading = Ticket::aside("devices file", self.devices.waker(), move || imported(&file));
        match reading {
            Ok(ticket) => self.reading = Some(ticket),
            Err(error) => ctx.toast(error.sentence(), Role::Danger),
        }
    }
}

fn not_written(file: &Path, error: &std::io::Error) -> Error {
    Error::Failed(text!("file-not-written", file = file.display().to_string()), error.to_string())
}

fn imported(file: &Path) -> Outcome<Vec<DeviceSettings>> {
    let content = std::fs::read_to_string(file).map_err(|error| {
        Error::Failed(text!("devices-not-read", file = file.display().to_string()), error.to_string())
    })?;
    read(&content).map_err(|why| Error::refused(text!("devices-damaged", why = why)))
}
