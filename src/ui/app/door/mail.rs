//! The page that sets the password of a mail account: it goes into the keyring of the operating system, or is known
//! until the program ends where there is none.

use super::entry::{password, remark};
use crate::domain::company::rights::Act;
use crate::domain::crm::mail_account::MailAccount;
use crate::kernel::facts::Facts;
use crate::kernel::object::Declared as _;
use crate::kernel::problems::{Error, Outcome};
use crate::kernel::refs::AnyRef;
use crate::ops::gate::{Op, Session};
use crate::ops::rights::require_act;
use crate::store::letters::Pace;
use crate::store::passwords;
use crate::text;
use crate::ui::app::base::{Base, Ticket};
use crate::ui::focus;
use crate::ui::icons::Icon;
use crate::ui::shell::page::{Page, PageContext};
use crate::ui::theme::Role;
use crate::ui::widgets::button::{Button, Look};
use crate::ui::widgets::form;
use egui::{Id, Ui};
use std::rc::Rc;

/// The page.
pub struct MailPasswordPage {
    base: Rc<Base>,
    account: AnyRef,
    /// The server and the login, when they are known.
    of: Option<(String, String)>,
    reading: Option<Ticket<(String, String)>>,
    typed: String,
    said: Option<String>,
    keeping: Option<Ticket<bool>>,
    calming: Option<Ticket<()>>,
}

fn account(session: &Session, account: AnyRef) -> Outcome<(String, String)> {
    let rights = session.rights()?;
    require_act(&rights, Act::Write, MailAccount::declared())?;
    let facts = session.facts();
    let found = (&facts as &dyn Facts).get_any::<MailAccount>(account);
    facts.result()?;
    let found = found.ok_or_else(|| Error::refused(text!("object-gone")))?;
    Ok((found.server.clone(), found.login.clone()))
}

impl MailPasswordPage {
    /// For an account.
    pub fn new(base: &Rc<Base>, of: AnyRef) -> Self {
        Self {
            base: Rc::clone(base),
            account: of,
            of: None,
            reading: Some(base.read(move |session| account(session, of))),
            typed: String::new(),
            said: None,
            keeping: None,
            calming: None,
        }
    }

    fn id() -> Id {
        Id::unique("mail password")
    }

    /// The keyring may ask the user something: it is waited for aside.
    fn keep(&mut self) {
        let Some((server, login)) = self.of.clone().filter(|_| !self.typed.is_empty()) else { return };
        let typed = std::mem::take(&mut self.typed);
        let deed = move || Ok(passwords::keep_mail(&server, &login, &typed));
        match Ticket::aside("keyring", self.base.waker(), deed) {
            Ok(ticket) => self.keeping = Some(ticket),
            Err(error) => self.said = Some(error.sentence()),
        }
    }

    fn receive(&mut self, ctx: &mut PageContext<'_>) {
        match Ticket::take(&mut self.reading) {
            Some(Ok((_, login))) if login.is_empty() => self.said = Some(text!("mail-password-no-login").show()),
            Some(Ok(of)) => self.of = Some(of),
            Some(Err(error)) => self.said = Some(error.sentence()),
            None => {}
        }
        if let Some(Ok(kept)) = Ticket::take(&mut self.keeping) {
            let said = if kept { text!("mail-password-kept") } else { text!("mail-password-known") };
            ctx.toast(said, Role::Good);
            // What the server said to the former password no longer counts.
            let account = self.account;
            self.calming = Some(self.base.work(move |session| {
                session.run(Op::Paper, |tx| tx.store.keep_mail_pace(account, &Pace::default())).map(|_| ())
            }));
        }
        if Ticket::take(&mut self.calming).is_some() {
            ctx.close();
        }
    }
}

impl Page for MailPasswordPage {
    fn key(&self) -> String {
        format!("mail-password:{}", self.account.id())
    }
    fn title(&self) -> String {
        text!("mail-password").show()
    }
    fn icon(&self) -> Option<Icon> {
        Some(Icon::Key)
    }
    fn modified(&self) -> bool {
        false
    }
    fn ui(&mut self, ui: &mut Ui, ctx: &mut PageContext<'_>) {
        self.receive(ctx);
        if ctx.first {
            focus::set(ui.ctx(), Self::id());
        }
        form::page_title(ui, &text!("mail-password").show());
        if let Some((server, login)) = &self.of {
            let whose = text!("mail-password-whose", login = login.clone(), server = server.clone());
            remark(ui, &whose.show(), Role::Weak);
        }
        ui.add_space(8.0);
        let pressed = password(ui, Self::id(), &text!("mail-password-box").show(), &mut self.typed);
        let label = text!("mail-password-keep").show();
        let free = self.keeping.is_none() && self.of.is_some();
        let button = ui.add(Button::new(&label).look(Look::Main).enabled(free));
        if (pressed || button.clicked()) && free {
            self.keep();
        }
        ui.add_space(6.0);
        if let Some(said) = &self.said {
            remark(ui, said, Role::Danger);
        }
    }
}
