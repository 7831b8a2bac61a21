//! Label printers of this workstation beside the printers of the system: pages become dots, a label each.

use super::words;
use crate::devices::manager::Manager;
use crate::devices::manager::handles::LabelPrinter;
use crate::devices::manager::outcome::Outcome;
use crate::devices::proto::bitmap::Bitmap;
use crate::devices::settings::{Kind, LabelSettings};
use crate::kernel::text::Text;
use crate::print::dots::dots;
use crate::print::pages::Pages;
use crate::print::printer::{Job, Printer, Printers, SystemPrinters};
use crate::text;

/// How long a label may take, milliseconds.
const LABEL_MS: u64 = 60_000;

/// The printers of the system and the label printers.
pub struct LabelPrinters {
    system: SystemPrinters,
    manager: Manager,
}

impl LabelPrinters {
    /// Of a workstation.
    #[must_use]
    pub fn new(manager: &Manager) -> Self {
        Self { system: SystemPrinters::default(), manager: manager.clone() }
    }

    /// Label printers in use: what they are called in the list, their identifier, their settings.
    fn labels(&self) -> Vec<(String, String, LabelSettings)> {
        let views = self.manager.views().into_iter().filter(|view| view.settings.on);
        views
            .filter_map(|view| match view.settings.kind {
                Kind::Labels(own) => {
                    let name = text!("label-printer", name = &view.settings.name).show();
                    Some((name, view.settings.id, own))
                }
                _ => None,
            })
            .collect()
    }
}

impl Printers for LabelPrinters {
    fn list(&self) -> Result<Vec<Printer>, Text> {
        let labels = self.labels().into_iter().map(|(name, ..)| Printer { name, default: false });
        let system = self.system.list();
        match (labels.collect::<Vec<Printer>>(), system) {
            (labels, Ok(system)) => Ok(labels.into_iter().chain(system).collect()),
            (labels, Err(_)) if !labels.is_empty() => Ok(labels),
            (_, Err(said)) => Err(said),
        }
    }

    fn print(&self, job: &Job<'_>) -> Result<(), Text> {
        self.system.print(job)
    }

    fn print_pages(&self, printer: &str, pages: &Pages, copies: u16) -> Option<Result<(), Text>> {
        let (_, id, own) = self.labels().into_iter().find(|(name, ..)| name == printer)?;
        let handle = LabelPrinter::new(&self.manager, &id);
        Some(pages.pages.iter().try_for_each(|page| {
            let drawn = dots(page, own.dots);
            let picture = Bitmap::packed(drawn.width, drawn.height, drawn.bits).unwrap_or_default();
            match handle.print(picture, copies).wait(LABEL_MS) {
                Some(Outcome::Printed(())) => Ok(()),
                Some(Outcome::NotPrinted(reason)) => Err(words::of_reason(&reason)),
                Some(Outcome::Unknown(doubt)) => Err(words::of_doubt(&doubt)),
                None => Err(text!("doubt-no-answer")),
            }
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::LabelPrinters;
    use crate::devices::manager::{Manager, NoPainter};
    use crate::devices::settings::{Address, DeviceSettings, KindName};
    use crate::devices::training::played::Played;
    use crate::kernel::clock::Clock;
    use crate::print::pages::{Page, Pages};
    use crate::print::printer::Printers as _;
    use std::sync::Arc;

    #[test]
    fn pages_come_out_of_a_label_printer_as_dots() {
        let manager = Manager::new(Clock::system(), Arc::new(NoPainter), || {});
        let (id, name, address) = ("1".to_owned(), "TSC".to_owned(), Address::Training);
        manager.apply(&[DeviceSettings { id, name, on: true, address, kind: KindName::Labels.usual() }]);
        let printers = LabelPrinters::new(&manager);
        let name = printers.labels()[0].0.clone();
        let page = Page { width_mm: 58.0, height_mm: 40.0, items: Vec::new() };
        let pages = Pages { pages: vec![page.clone(), page], ..Pages::default() };
        assert_eq!(printers.print_pages(&name, &pages, 3), Some(Ok(())));
        assert_eq!(printers.print_pages("Canon", &pages, 1), None);
        manager.training("1").unwrap().look(|played| {
            let Played::Labels(own) = played else { panic!("no label printer") };
            let sizes = own.labels.iter().map(|one| (one.picture.width(), one.picture.height(), one.copies));
            assert_eq!(sizes.collect::<Vec<_>>(), [(464, 320, 3), (464, 320, 3)]);
        });
    }
}
