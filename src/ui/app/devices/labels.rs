//! Label printers of this workstation beside the printers of the system: pages go to them as dots.

use super::dots::dots;
use super::words;
use crate::devices::manager::Manager;
use crate::devices::manager::handles::LabelPrinter;
use crate::devices::manager::outcome::Outcome;
use crate::devices::proto::bitmap::Bitmap;
use crate::devices::proto::labels::LabelSize;
use crate::devices::settings::{DeviceSettings, Kind};
use crate::kernel::text::Text;
use crate::print::pages::{Page, Pages};
use crate::print::printer::{Job, Printer, Printers, SystemPrinters};
use crate::text;

/// How long a label may take: a roll may have to be changed meanwhile.
const PATIENCE_MS: u64 = 120_000;
/// A page may be so much larger than the label, mm: rounded sizes of templates.
const SLACK_MM: f32 = 1.0;

/// A label printer that is set up.
struct Own {
    name: String,
    size: LabelSize,
    printer: LabelPrinter,
}

/// The printers of the system and those of labels.
pub struct AllPrinters {
    system: SystemPrinters,
    own: Vec<Own>,
}

impl AllPrinters {
    /// With the label printers among these devices.
    #[must_use]
    pub fn of(manager: &Manager, devices: &[DeviceSettings]) -> Self {
        let own = devices.iter().filter_map(|device| match &device.kind {
            Kind::Labels(labels) => Some(Own {
                name: device.name.clone(),
                size: labels.size(),
                printer: LabelPrinter::new(manager, &device.id),
            }),
            _ => None,
        });
        Self { system: SystemPrinters::default(), own: own.collect() }
    }
}

impl Printers for AllPrinters {
    fn list(&self) -> Result<Vec<Printer>, Text> {
        let own = self.own.iter().map(|own| Printer { name: own.name.clone(), default: false });
        match self.system.list() {
            Ok(found) => Ok(found.into_iter().chain(own).collect()),
            // A workstation with a label printer alone has no print service.
            Err(_) if !self.own.is_empty() => Ok(own.collect()),
            Err(said) => Err(said),
        }
    }

    fn print(&self, job: &Job<'_>) -> Result<(), Text> {
        match self.own.iter().find(|own| Some(own.name.as_str()) == job.printer) {
            Some(own) => own.print(job),
            None => self.system.print(job),
        }
    }
}

impl Own {
    fn print(&self, job: &Job<'_>) -> Result<(), Text> {
        let size = self.size;
        let (width, height) = (f32::from(size.width) + SLACK_MM, f32::from(size.height) + SLACK_MM);
        if let Some(page) = job.pages.pages.iter().find(|page| page.width_mm > width || page.height_mm > height) {
            return Err(text!(
                "label-page-larger",
                printer = self.name.as_str(),
                label = format!("{} x {}", size.width, size.height),
                page = format!("{:.0} x {:.0}", page.width_mm, page.height_mm)
            ));
        }
        for _ in 0..job.copies {
            self.print_once(job.pages)?;
        }
        Ok(())
    }

    fn print_once(&self, pages: &Pages) -> Result<(), Text> {
        let mut done = 0;
        for same in pages.pages.chunk_by(|a, b| a == b) {
            let Some(page) = same.first() else { continue };
            let count = u16::try_from(same.len()).unwrap_or(u16::MAX);
            let outcome = self.printer.print(self.label(page), count).wait(PATIENCE_MS);
            if !matches!(outcome, Some(Outcome::Printed(()))) {
                let said = outcome.map_or_else(
                    || text!("label-silent"),
                    |outcome| words::of_outcome(&outcome, text!("trial-printed")).1,
                );
                return Err(text!("label-stopped", done = done, all = pages.pages.len(), said = said));
            }
            done += same.len();
        }
        Ok(())
    }

    /// The page on a label of the printer's size.
    fn label(&self, page: &Page) -> Bitmap {
        let (width, height) = self.size.in_dots();
        let mut label = Bitmap::white(width, height);
        label.stamp(&dots(page, self.size.dots), 0, 0);
        label
    }
}

#[cfg(test)]
mod tests {
    use super::AllPrinters;
    use crate::devices::manager::{Manager, NoPainter};
    use crate::devices::proto::labels::read::Printed;
    use crate::devices::settings::{Address, DeviceSettings, KindName};
    use crate::devices::training::played::Played;
    use crate::kernel::clock::Clock;
    use crate::kernel::moment::Moment;
    use crate::print::pages::{Item, Page, Pages, Paint};
    use crate::print::printer::{Job, Printers as _};
    use std::sync::Arc;

    fn page(x: f32, width_mm: f32) -> Page {
        let items = vec![Item::Rect { x, y: 0.0, width: 1.0, height: 1.0, paint: Paint::Solid(100) }];
        Page { width_mm, height_mm: 40.0, items }
    }

    fn job<'a>(pages: &'a Pages, copies: u16) -> Job<'a> {
        Job { printer: Some("Этикетки"), title: "Этикетки", copies, pdf: &[], pages }
    }

    #[test]
    fn pages_become_labels_of_the_training_printer_and_a_sheet_is_refused() {
        let manager =
            Manager::new(Clock::fixed(Moment::from_stored(20_261_126_120_000), 1), Arc::new(NoPainter), || {});
        let kind = KindName::Labels.usual();
        let (id, name) = ("1".to_owned(), "Этикетки".to_owned());
        let device = DeviceSettings { id, name, on: true, address: Address::Training, kind };
        manager.apply(std::slice::from_ref(&device));
        let printers = AllPrinters::of(&manager, &[device]);
        assert!(printers.list().unwrap().iter().any(|printer| printer.name == "Этикетки"));
        let pages = Pages { pages: vec![page(0.0, 58.0), page(0.0, 58.0), page(5.0, 58.0)], ..Pages::default() };
        assert_eq!(printers.print(&job(&pages, 1)), Ok(()));
        let labels: Vec<Printed> = manager.training("1").unwrap().look(|played| match played {
            Played::Labels(own) => own.labels.clone(),
            _ => Vec::new(),
        });
        let told: Vec<_> =
            labels.iter().map(|one| (one.copies, one.picture.dot(0, 0), one.picture.dot(40, 0))).collect();
        assert_eq!(told, [(2, true, false), (1, false, true)]);
        let sheet = Pages { pages: vec![page(0.0, 210.0)], ..Pages::default() };
        let said = printers.print(&job(&sheet, 1)).unwrap_err().show();
        assert!(said.contains("58 x 40") && said.contains("210 x 40"), "{said}");
    }
}
