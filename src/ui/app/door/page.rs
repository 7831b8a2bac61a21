//! The page on which one signs in: the user, the password, Enter.

use super::entry::{password, remark};
use crate::kernel::refs::AnyRef;
use crate::ops::sign_in::Door;
use crate::text;
use crate::ui::app::launch::{Launch, Secret, Wanted};
use crate::ui::commands::{Command, Facts};
use crate::ui::focus;
use crate::ui::icons::Icon;
use crate::ui::shell::page::{Page, PageContext};
use crate::ui::theme::Role;
use crate::ui::widgets::button::{Button, Look};
use crate::ui::widgets::form;
use crate::ui::widgets::list::{Cell, HeldRows, List, ListEvent, ListRow, ListState};
use crate::ui::widgets::table::columns::Column;
use egui::{Id, Ui, UiBuilder, vec2};
use std::path::PathBuf;
use std::rc::Rc;

/// Width of the list of users in points.
const USERS: f32 = 416.0;
/// Its height.
const HEIGHT: f32 = 260.0;

/// The page.
pub struct SignInPage {
    launch: Rc<Launch>,
    path: PathBuf,
    door: Door,
    rows: HeldRows,
    state: ListState,
    columns: Vec<Column>,
    commands: Vec<Command>,
    typed: String,
    waits: bool,
}

impl SignInPage {
    /// For a base; who came in last stands first.
    pub fn new(launch: Rc<Launch>, path: PathBuf, door: Door) -> Self {
        let row = |name: &String| ListRow { cells: vec![Cell::new(name.clone())], ..ListRow::default() };
        let rows = HeldRows::of(door.users.iter().map(|(_, name)| row(name)).collect());
        let last = launch.last_user(&path);
        let mut state = ListState::default();
        state.current = door.users.iter().position(|(_, name)| *name == last).unwrap_or(0);
        let columns = vec![Column::new("user", text!("door-user").show(), USERS / 2.0).stretch(1.0).unsorted()];
        let commands = vec![Command::new("sign-in", text!("door-sign-in")).hint(text!("door-sign-in-hint"))];
        Self { launch, path, door, rows, state, columns, commands, typed: String::new(), waits: false }
    }

    fn list() -> Id {
        Id::unique("door users")
    }
    fn secret() -> Id {
        Id::unique("door password")
    }

    fn chosen(&self) -> Option<&(AnyRef, String)> {
        self.door.users.get(self.state.current)
    }

    fn enter(&mut self) {
        let Some((user, _)) = self.chosen() else { return };
        let (user, path) = (*user, self.path.clone());
        self.waits = true;
        self.launch.told.take();
        self.launch.want(Wanted::Enter(path, user, Secret(std::mem::take(&mut self.typed))));
    }
}

impl Page for SignInPage {
    fn key(&self) -> String {
        "door".to_owned()
    }
    fn title(&self) -> String {
        text!("door-title").show()
    }
    fn icon(&self) -> Option<Icon> {
        Some(Icon::Key)
    }
    fn commands(&self) -> &[Command] {
        &self.commands
    }
    fn facts(&self) -> Facts {
        Facts::NONE
    }
    fn hint(&self) -> String {
        text!("door-hint").show()
    }
    fn may_close(&mut self, _ctx: &mut PageContext<'_>) -> bool {
        // There is nothing behind it.
        false
    }
    fn ui(&mut self, ui: &mut Ui, ctx: &mut PageContext<'_>) {
        if ctx.first {
            focus::set(ui.ctx(), Self::secret());
        }
        if self.waits && self.launch.told.borrow().is_some() {
            self.waits = false;
            focus::set(ui.ctx(), Self::secret());
        }
        let title = text!("door-title").show();
        form::page_title(ui, &title);
        ui.add_space(6.0);
        let (rect, _) = ui.allocate_exact_size(vec2(USERS, HEIGHT), egui::Sense::hover());
        let mut child = ui.new_child(UiBuilder::new().max_rect(rect));
        let label = text!("door-user").show();
        let list = List { marks: false, ..List::new(Self::list(), &label, &self.columns) };
        let events = list.show(&mut child, &mut self.rows, &mut self.state).events;
        if events.contains(&ListEvent::Open) {
            focus::set(ui.ctx(), Self::secret());
        }
        ui.add_space(10.0);
        let pressed = password(ui, Self::secret(), &text!("door-password").show(), &mut self.typed);
        let label = text!("door-sign-in").show();
        let button = ui.add(Button::new(&label).look(Look::Main).enabled(!self.waits));
        if (pressed || button.clicked()) && !self.waits {
            self.enter();
        }
        ui.add_space(6.0);
        let said = self.launch.told.borrow().clone();
        match said {
            Some(said) => remark(ui, &said, Role::Danger),
            None if self.waits => remark(ui, &text!("door-waits").show(), Role::Weak),
            None => {}
        }
    }
    fn command(&mut self, code: &str, _ctx: &mut PageContext<'_>) {
        if code == "sign-in" && !self.waits {
            self.enter();
        }
    }
}
