//! The backups of the open base: what there is and what is inside, one made now, one restored, the rules.

use super::base::{Base, Ticket};
use super::guard::{begin, tell};
use super::launch::{Launch, Wanted, Work};
use crate::domain::company::rights::Right;
use crate::kernel::problems::{Error, Outcome};
use crate::ops::backup::inside::Inside;
use crate::ops::backup::restore::look;
use crate::ops::backup::rules::Rules;
use crate::ops::backup::{Backup, list};
use crate::ops::gate::{Op, Session};
use crate::ops::rights::require;
use crate::store::address::Address;
use crate::text;
use crate::ui::app::head::head_ui;
use crate::ui::commands::{Command, Facts, keys, standard};
use crate::ui::focus;
use crate::ui::icons::Icon;
use crate::ui::shell::dialog::{Answer, Choice, Dialog};
use crate::ui::shell::files::FileDialog;
use crate::ui::shell::page::{Page, PageContext};
use crate::ui::shell::places;
use crate::ui::theme::Role;
use crate::ui::widgets::list::{Cell, HeldRows, List, ListEvent, ListRow, ListState, Mark};
use crate::ui::widgets::progress::{Progress, progress_bar};
use crate::ui::widgets::table::columns::Column;
use crate::ui::widgets::toolbar::Tool;
use egui::{Id, Ui};
use std::path::PathBuf;
use std::rc::Rc;

/// Hours between backups that are offered: none, one a day, and so on.
const HOURS: [i64; 5] = [-1, 0, 2, 4, 8];

/// A work of this page on its way.
enum Doing {
    Making(Ticket<Backup>, Progress),
    Looking(Ticket<Inside>, Progress, PathBuf),
}

/// The page.
pub struct BackupsPage {
    base: Rc<Base>,
    launch: Rc<Launch>,
    found: Vec<Backup>,
    rules: Rules,
    reading: Option<Ticket<(Rules, Vec<Backup>)>>,
    doing: Option<Doing>,
    keeping: Option<Ticket<()>>,
    /// The backup that was looked into and may be restored.
    asked: Option<PathBuf>,
    rows: HeldRows,
    state: ListState,
    columns: Vec<Column>,
    commands: Vec<Command>,
}

fn commands() -> Vec<Command> {
    let own = [
        Command::new("make-backup", text!("backups-make"))
            .hint(text!("backups-make-hint"))
            .key(keys::CREATE)
            .icon(Icon::Plus),
        Command::new("restore", text!("backups-restore"))
            .hint(text!("backups-restore-hint"))
            .key(keys::OPEN)
            .icon(Icon::ArrowUUpLeft)
            .needs(Facts::ROW),
        Command::new("other-backup", text!("backups-other")).hint(text!("backups-other-hint")).icon(Icon::Folder),
        Command::new("schedule", text!("backups-schedule"))
            .hint(text!("backups-schedule-hint"))
            .icon(Icon::CalendarBlank),
        Command::new("keeping", text!("backups-keeping")).hint(text!("backups-keeping-hint")).icon(Icon::Gear),
        Command::new("folder", text!("backups-folder")).hint(text!("backups-folder-hint")).icon(Icon::FolderOpen),
    ];
    own.into_iter().chain(standard::by_code("refresh").cloned()).collect()
}

fn read(session: &Session) -> Outcome<(Rules, Vec<Backup>)> {
    Ok((Rules::of(&session.store)?, list(session)?))
}

impl BackupsPage {
    /// Of the open base.
    pub fn new(base: &Rc<Base>, launch: Rc<Launch>) -> Self {
        let columns = vec![
            Column::new("made", text!("backups-made").show(), 150.0).unsorted(),
            Column::new("size", text!("file-size").show(), 90.0).right().unsorted(),
            Column::new("proved", text!("backups-proved").show(), 110.0).unsorted(),
            Column::new("inside", text!("backups-inside").show(), 460.0).stretch(1.0).unsorted(),
            Column::new("file", text!("backups-file").show(), 300.0).unsorted(),
        ];
        Self {
            base: Rc::clone(base),
            launch,
            found: Vec::new(),
            rules: Rules::default(),
            reading: Some(base.read(read)),
            doing: None,
            keeping: None,
            asked: None,
            rows: HeldRows::waiting(),
            state: ListState::default(),
            columns,
            commands: commands(),
        }
    }

    fn id() -> Id {
        Id::unique("backups")
    }

    fn reread(&mut self) {
        self.reading = Some(self.base.read(read));
    }

    fn receive(&mut self, ctx: &mut PageContext<'_>) {
        if let Some(answer) = Ticket::take(&mut self.reading) {
            match answer {
                Ok((rules, found)) => {
                    self.rules = rules;
                    self.rows.take(found.iter().map(row).collect());
                    self.found = found;
                }
                Err(error) => ctx.toast(error.sentence(), Role::Danger),
            }
        }
        if let Some(answer) = Ticket::take(&mut self.keeping) {
            match answer {
                Ok(()) => ctx.toast(text!("backups-kept"), Role::Good),
                Err(error) => ctx.toast(error.sentence(), Role::Danger),
            }
            self.reread();
        }
        match &self.doing {
            Some(Doing::Making(ticket, _)) => {
                if let Some(answer) = ticket.poll() {
                    self.doing = None;
                    self.made(answer, ctx);
                }
            }
            Some(Doing::Looking(ticket, _, file)) => {
                if let Some(answer) = ticket.poll() {
                    let file = file.clone();
                    self.doing = None;
                    self.looked(file, answer, ctx);
                }
            }
            None => {}
        }
    }

    fn made(&mut self, answer: Outcome<Backup>, ctx: &mut PageContext<'_>) {
        match answer {
            Ok(made) => {
                ctx.toast(text!("backup-done", file = made.file.display().to_string()), Role::Good);
                self.reread();
            }
            Err(Error::Cancelled) => ctx.toast(text!("cancelled"), Role::Warning),
            Err(error) => ctx.toast(text!("backup-failed", why = error.sentence()), Role::Danger),
        }
    }

    /// What is inside is shown before anything is replaced.
    fn looked(&mut self, file: PathBuf, answer: Outcome<Inside>, ctx: &mut PageContext<'_>) {
        match answer {
            Ok(inside) => {
                let lines = inside.lines().into_iter().map(|(label, value)| format!("{label}: {value}"));
                let inside: Vec<String> = lines.take(14).collect();
                let text = text!("restore-ask", inside = inside.join("\n"));
                let mut choices = vec![Choice::new("beside", text!("restore-beside"))];
                if Address::from(self.base.path()).file().is_some() {
                    choices.push(Choice::new("replace", text!("restore-replace")));
                }
                choices.push(Choice::new("cancel", text!("dialog-cancel")));
                self.asked = Some(file);
                let title = text!("backups-restore").into();
                ctx.ask(Dialog::Question { title, text: text.into(), choices }, "restore");
            }
            Err(Error::Cancelled) => ctx.toast(text!("cancelled"), Role::Warning),
            Err(error) => ctx.ask(Dialog::notice(text!("backups-restore"), error.sentence()), ""),
        }
    }

    fn look_into(&mut self, file: PathBuf, ctx: &mut PageContext<'_>) {
        if self.doing.is_some() {
            return ctx.toast(text!("list-busy"), Role::Warning);
        }
        let progress = Progress::default();
        let (told, clock, looked) = (progress.clone(), self.base.clock().clone(), file.clone());
        let place = self.launch.data().join(self.launch.free_name("restore"));
        let ticket = Ticket::aside("backup", self.base.waker(), move || {
            let inside = look(&looked, &place, &clock, &mut |step| tell(step, &told));
            told.finish();
            inside
        });
        match ticket {
            Ok(ticket) => self.doing = Some(Doing::Looking(ticket, progress, file)),
            Err(error) => ctx.toast(error.sentence(), Role::Danger),
        }
    }

    fn restore(&mut self, how: &str, ctx: &mut PageContext<'_>) {
        let Some(file) = self.asked.take() else { return };
        // The question may have waited while rights were taken away.
        if let Err(refused) = require(&self.base.rights(), Right::Maintain) {
            return ctx.toast(refused.sentence(), Role::Warning);
        }
        match how {
            "replace" => self.launch.want(Wanted::Restore(file, self.base.path().to_owned())),
            "beside" => {
                let stem = self.base.path().file_stem().map(|stem| stem.to_string_lossy().into_owned());
                let into = self.launch.data().join(self.launch.free_name(&stem.unwrap_or_default()));
                match self.launch.begin(Work::Restore { file, into, replace: false }) {
                    Ok(true) => {}
                    Ok(false) => ctx.toast(text!("list-busy"), Role::Warning),
                    Err(error) => ctx.toast(error.sentence(), Role::Danger),
                }
            }
            _ => {}
        }
    }

    fn keep(&mut self, change: impl FnOnce(&mut Rules)) {
        let mut rules = self.rules.clone();
        change(&mut rules);
        self.keeping = Some(self.base.write(Op::Settings, move |tx| rules.keep(tx.store)));
    }

    fn rules_ui(&self, ui: &mut Ui) {
        let schedule = schedule(self.rules.hours).show();
        let folder = match Address::from(self.base.path()) {
            address if self.rules.folder.is_empty() => {
                self.rules.folder(&address).map(|folder| folder.display().to_string()).unwrap_or_default()
            }
            _ => self.rules.folder.clone(),
        };
        let (days, weeks, months) = (self.rules.days, self.rules.weeks, self.rules.months);
        let words = text!(
            "backups-rules",
            schedule = schedule,
            days = i64::from(days),
            weeks = i64::from(weeks),
            months = i64::from(months),
            folder = folder
        );
        ui.label(words.show());
        ui.add_space(4.0);
    }

    fn working_ui(&self, ui: &mut Ui) {
        let (label, progress) = match &self.doing {
            Some(Doing::Making(_, progress)) => (text!("backup-making"), progress.clone()),
            Some(Doing::Looking(_, progress, _)) => (text!("backup-looking"), progress.clone()),
            None => match self.launch.working() {
                Some((work, progress)) => (work.label(), progress),
                None => return,
            },
        };
        progress_bar(ui, &label.show(), &progress, 420.0);
        ui.add_space(4.0);
    }
}

/// How often, in words.
fn schedule(hours: i64) -> crate::kernel::text::Text {
    match hours {
        hours if hours < 0 => text!("backups-never"),
        0 => text!("backups-daily"),
        hours => text!("backups-hourly", hours = hours),
    }
}

fn row(backup: &Backup) -> ListRow {
    let proved = match (&backup.inside, backup.before_upgrade) {
        (None, _) => Cell::new(text!("backup-not-proved").show()).role(Role::Danger),
        (Some(_), true) => Cell::new(text!("backups-before-upgrade").show()),
        (Some(_), false) => Cell::new(text!("backups-is-proved").show()).icon(Icon::Check, Role::Good),
    };
    let megabytes = backup.bytes.div_ceil(1 << 20).max(1);
    let file = backup.file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    ListRow {
        mark: Mark::None,
        cells: vec![
            Cell::new(backup.made.russian()),
            Cell::new(text!("file-megabytes", count = megabytes).show()),
            proved,
            Cell::new(backup.inside.as_ref().map(Inside::short).unwrap_or_default()),
            Cell::new(file),
        ],
        ..ListRow::default()
    }
}

impl Page for BackupsPage {
    fn key(&self) -> String {
        "backups".to_owned()
    }
    fn title(&self) -> String {
        text!("backups-title").show()
    }
    fn icon(&self) -> Option<Icon> {
        Some(Icon::FloppyDisk)
    }
    fn commands(&self) -> &[Command] {
        &self.commands
    }
    fn facts(&self) -> Facts {
        Facts::NONE.when(!self.found.is_empty(), Facts::ROW)
    }
    fn hint(&self) -> String {
        text!("backups-keys").show()
    }
    fn reopen(&self) -> Option<String> {
        Some(self.key())
    }
    fn ui(&mut self, ui: &mut Ui, ctx: &mut PageContext<'_>) {
        self.receive(ctx);
        if ctx.first {
            focus::set(ui.ctx(), Self::id());
        }
        let tools = [
            Tool::Main("make-backup"),
            Tool::Button("restore"),
            Tool::Button("other-backup"),
            Tool::Divider,
            Tool::Button("schedule"),
            Tool::Button("keeping"),
            Tool::Button("folder"),
            Tool::Icon("refresh"),
        ];
        head_ui(ui, ctx, Self::id(), &self.title(), (&self.commands, self.facts()), &tools);
        ui.add_space(2.0);
        self.rules_ui(ui);
        self.working_ui(ui);
        let title = self.title();
        let (empty, hint) = (text!("backups-empty").show(), text!("backups-empty-hint").show());
        let list = List { marks: false, empty: (&empty, &hint), ..List::new(Self::id(), &title, &self.columns) };
        for event in list.show(ui, &mut self.rows, &mut self.state).events {
            match event {
                ListEvent::Open => ctx.run("restore"),
                ListEvent::Create => ctx.run("make-backup"),
                _ => {}
            }
        }
    }
    fn command(&mut self, code: &str, ctx: &mut PageContext<'_>) {
        if code != "refresh"
            && let Err(refused) = require(&self.base.rights(), Right::Maintain)
        {
            return ctx.toast(refused.sentence(), Role::Warning);
        }
        match code {
            "refresh" => self.reread(),
            "make-backup" if self.doing.is_some() => ctx.toast(text!("list-busy"), Role::Warning),
            "make-backup" => match begin(&self.base, self.base.waker()) {
                Ok((ticket, progress)) => self.doing = Some(Doing::Making(ticket, progress)),
                Err(error) => ctx.toast(error.sentence(), Role::Danger),
            },
            "restore" => {
                if let Some(file) = self.found.get(self.state.current).map(|backup| backup.file.clone()) {
                    self.look_into(file, ctx);
                }
            }
            "other-backup" => {
                let dialog = FileDialog::open(self.launch.data())
                    .title(text!("backups-other"))
                    .filter(text!("backups-files"), &["gz", "kontora"])
                    .places(places());
                ctx.ask(Dialog::File(Box::new(dialog)), "other");
            }
            "schedule" => {
                let items = HOURS.iter().map(|hours| (schedule(*hours).show(), String::new())).collect();
                ctx.ask(Dialog::List { title: text!("backups-schedule").into(), items }, "schedule");
            }
            "keeping" => {
                let text = format!("{} {} {}", self.rules.days, self.rules.weeks, self.rules.months);
                let (title, label) = (text!("backups-keeping").into(), text!("backups-keeping-label").into());
                ctx.ask(Dialog::Input { title, label, text }, "keeping");
            }
            "folder" => {
                let dialog = FileDialog::folder(self.launch.data()).title(text!("backups-folder")).places(places());
                ctx.ask(Dialog::File(Box::new(dialog)), "folder");
            }
            _ => {}
        }
    }
    fn answer(&mut self, token: &str, answer: Answer, ctx: &mut PageContext<'_>) {
        match (token, answer) {
            ("restore", Answer::Button(how)) => self.restore(&how, ctx),
            ("other", Answer::File(file)) => self.look_into(file, ctx),
            ("schedule", Answer::Item(at)) => {
                if let Some(hours) = HOURS.get(at).copied() {
                    self.keep(|rules| rules.hours = hours);
                }
            }
            ("keeping", Answer::Text(words)) => {
                let numbers: Vec<u32> = words.split_whitespace().filter_map(|word| word.parse().ok()).collect();
                match numbers.as_slice() {
                    [days, weeks, months] => {
                        let (days, weeks, months) = (*days, *weeks, *months);
                        self.keep(|rules| (rules.days, rules.weeks, rules.months) = (days, weeks, months));
                    }
                    _ => ctx.toast(text!("backups-keeping-wrong"), Role::Warning),
                }
            }
            ("folder", Answer::File(folder)) => self.keep(|rules| rules.folder = folder.display().to_string()),
            _ => {}
        }
    }
}
