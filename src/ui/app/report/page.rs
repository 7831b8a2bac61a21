//! The report as a page of the window.

use super::parameters::{self, preset, set_reference, shifted};
use super::parts::{PERIOD, READY, TREE};
use super::{FOLDER, ReportPage, grouping, save};
use crate::domain::company::rights::Right;
use crate::kernel::moment::Moment;
use crate::kernel::refs::AnyRef;
use crate::report::declare::Time;
use crate::report::sheet::Sheet;
use crate::text;
use crate::ui::commands::{Command, Facts};
use crate::ui::icons::Icon;
use crate::ui::shell::dialog::{Answer, Dialog};
use crate::ui::shell::page::{Page, PageContext, place_of};
use egui::Ui;
use std::sync::Arc;

impl Page for ReportPage {
    fn key(&self) -> String {
        format!("report:{}", self.rest)
    }
    fn title(&self) -> String {
        let sheet = self.rows.sheet();
        match &self.loaded {
            _ if !sheet.title.is_empty() => sheet.title.clone(),
            Some(loaded) => loaded.definition.label(),
            None => text!("report-title").show(),
        }
    }
    fn icon(&self) -> Option<Icon> {
        Some(Icon::ChartBar)
    }
    fn commands(&self) -> &[Command] {
        &self.commands
    }
    fn facts(&self) -> Facts {
        let period = self.loaded.as_ref().zip(self.setup.as_ref()).is_some_and(|(loaded, setup)| {
            loaded.definition.time == Time::Period || (loaded.definition.time == Time::Moment && setup.moves.is_some())
        });
        let sheet = self.rows.sheet();
        Facts::NONE
            .when(!sheet.heads.is_empty(), READY)
            .when(!sheet.rows.is_empty(), Facts::ROW)
            .when(self.rows.is_tree(), TREE)
            .when(period, PERIOD)
    }
    fn hint(&self) -> String {
        text!("report-keys").show()
    }
    fn link(&self) -> Option<String> {
        self.setup.as_ref().map(|setup| format!("report:{}", setup.link()))
    }
    fn reopen(&self) -> Option<String> {
        Some(self.key())
    }

    fn ui(&mut self, ui: &mut Ui, ctx: &mut PageContext<'_>) {
        self.receive(ui, ctx);
        crate::ui::widgets::form::page_title(ui, &self.title());
        self.bar_ui(ui, ctx);
        if let (Some(loaded), Some(mut setup)) = (self.loaded.clone(), self.setup.take()) {
            let touched = parameters::show(ui, self.id().with("parameters"), &loaded.definition, &mut setup, ctx);
            self.setup = Some(setup);
            if touched.changed {
                self.make(ctx);
            }
            ui.add_space(2.0);
        }
        self.remark_ui(ui);
        self.list_ui(ui, ctx);
    }

    fn command(&mut self, code: &str, ctx: &mut PageContext<'_>) {
        if let Some(form) = code.strip_prefix("save:") {
            form.clone_into(&mut self.form);
            let dialog = save::dialog(form, self.rows.sheet(), ctx.host.kept(FOLDER));
            return ctx.ask(Dialog::File(Box::new(dialog)), "file");
        }
        if self.setup.as_mut().is_some_and(|setup| grouping::take(setup, code)) {
            self.keep(ctx);
            return self.make(ctx);
        }
        if let (Some(preset), Some(setup)) = (preset(code), self.setup.as_mut()) {
            setup.span = preset.span(ctx.today());
            return self.make(ctx);
        }
        match code {
            "make" => self.make(ctx),
            "print" => {
                let sheet = Arc::clone(self.rows.sheet());
                self.laying = Some(self.base.read(move |_| Ok(crate::report::paper::pages(&sheet))));
            }
            "fold" => self.rows.fold(true),
            "unfold" => self.rows.fold(false),
            "span-back" | "span-on" => {
                if let Some(setup) = self.setup.as_mut() {
                    shifted(setup, code == "span-on");
                    self.make(ctx);
                }
            }
            "drill" => {
                if let Some(first) = self.ways().first() {
                    Self::go(first, ctx);
                }
            }
            _ => {}
        }
    }

    fn answer(&mut self, token: &str, answer: Answer, ctx: &mut PageContext<'_>) {
        match (token, answer) {
            ("file", Answer::File(path)) => {
                if let Some(folder) = path.parent() {
                    ctx.host.keep(FOLDER, folder.display().to_string());
                }
                let (sheet, form, now): (Arc<Sheet>, String, Moment) =
                    (Arc::clone(self.rows.sheet()), self.form.clone(), ctx.host.now());
                self.saving = Some(self.base.read(move |session| {
                    // Paper is looked at by whoever sees the report; data for other programs is a right of its own.
                    if form != "pdf" {
                        session.require(Right::Export)?;
                    }
                    save::write(&sheet, &form, &path, now)
                }));
            }
            (token, Answer::Chosen(reference)) => {
                let Some((loaded, setup)) = self.loaded.clone().zip(self.setup.as_mut()) else { return };
                let field = place_of(token).and_then(|(_, name)| loaded.definition.field(name));
                if let Some(field) = field.and_then(|at| loaded.definition.fields.get(at)) {
                    set_reference(setup, field, reference);
                    self.make(ctx);
                }
            }
            _ => {}
        }
    }

    fn changed(&mut self, _objects: &[AnyRef]) {
        self.stale = true;
    }
}
