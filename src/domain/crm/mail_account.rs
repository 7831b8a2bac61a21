//! Mail account (Учетная запись почты): through which server letters leave and who signs them. The password is no
//! field of it: it lies in the keyring of the operating system.

use crate::domain::company::company::Company;
use crate::domain::company::settings::settings;
use crate::kernel::behaviour::{At, Behaviour};
use crate::kernel::facts::Facts;
use crate::kernel::mail_address;
use crate::kernel::problems::Problems;
use crate::kernel::refs::Ref;
use crate::{choice, field, object, text};
use std::sync::Arc;

choice! {
    /// How the line to the server is kept from listeners.
    MailSecurity = "mail_security" {
        Tls = 0 "tls" "TLS с начала соединения",
        StartTls = 1 "starttls" "STARTTLS",
        None = 2 "none" "Без защиты (сервер на этом компьютере)",
    }
}

impl MailSecurity {
    /// The port servers usually listen at.
    pub const fn usual_port(self) -> i64 {
        match self {
            MailSecurity::Tls => 465,
            MailSecurity::StartTls => 587,
            MailSecurity::None => 25,
        }
    }
    /// True for a port at which servers speak otherwise from the first byte on.
    const fn never_at(self, port: i64) -> bool {
        match self {
            MailSecurity::Tls => matches!(port, 25 | 587),
            MailSecurity::StartTls | MailSecurity::None => port == 465,
        }
    }
}

object! {
    /// Where letters of a company go out. Limits are the provider's: what exceeds them it would refuse.
    catalog MailAccount = 12 "mail_account" "Учетная запись почты" {
        company: Ref<Company> = "Организация",
        server: String = "Сервер исходящей почты" [required],
        security: MailSecurity = "Защита соединения",
        port: i64 = "Порт",
        login: String = "Имя пользователя",
        address: String = "Адрес отправителя" [required],
        sender: String = "Имя отправителя",
        reply_to: String = "Адрес для ответов",
        per_minute: i64 = "Писем в минуту",
        per_hour: i64 = "Писем в час",
        paused: bool = "Отправка приостановлена",
        authority: String = "Сертификат своего центра (PEM)",
    }
}

/// Letters a minute where nobody has said otherwise: what providers let pass.
const PER_MINUTE: i64 = 30;

/// Letters an hour where nobody has said otherwise.
const PER_HOUR: i64 = 500;

impl MailAccount {
    /// The name in «From».
    pub fn signed(&self) -> &str {
        if self.sender.is_empty() { &self.name } else { &self.sender }
    }
}

impl Behaviour for MailAccount {
    fn fill_new(&mut self, facts: &dyn Facts) {
        self.company = settings(facts).company;
        self.security = MailSecurity::Tls;
        self.port = self.security.usual_port();
        self.per_minute = PER_MINUTE;
        self.per_hour = PER_HOUR;
        if let Some(company) = facts.get(self.company) {
            self.address.clone_from(&company.email);
            company.name.clone_into(&mut self.sender);
        }
    }

    fn changed(&mut self, at: At<'_>, _facts: &dyn Facts) {
        match at {
            At::Field("security") => self.port = self.security.usual_port(),
            At::Field("address") if self.login.is_empty() => self.login.clone_from(&self.address),
            _ => {}
        }
    }

    fn check(&mut self, _posting: bool, _facts: &dyn Facts, problems: &mut Problems) {
        if self.folder {
            return;
        }
        if self.port == 0 || self.security.never_at(self.port) {
            self.port = self.security.usual_port();
        }
        if self.per_minute == 0 {
            self.per_minute = PER_MINUTE;
        }
        if self.per_hour == 0 {
            self.per_hour = PER_HOUR;
        }
        self.server = self.server.trim().to_owned();
        for (name, value) in
            [(field!(MailAccount, address), &mut self.address), (field!(MailAccount, reply_to), &mut self.reply_to)]
        {
            match mail_address::normalise(value) {
                Some(address) => *value = address,
                None if value.trim().is_empty() => value.clear(),
                None => problems.field(name, text!("mail-address-strange", input = value.as_str())),
            }
        }
        self.authority = self.authority.trim().to_owned();
        let whole = |pem: &str| pem.starts_with(mail_address::PEM.0) && pem.ends_with(mail_address::PEM.1);
        if !(self.authority.is_empty() || whole(&self.authority)) {
            problems.field(field!(MailAccount, authority), text!("mail-authority-strange"));
        }
        if !(1..=65_535).contains(&self.port) {
            problems.field(field!(MailAccount, port), text!("mail-port-strange"));
        }
        for (name, value) in
            [(field!(MailAccount, per_minute), self.per_minute), (field!(MailAccount, per_hour), self.per_hour)]
        {
            if value < 0 {
                problems.field(name, text!("mail-pace-negative"));
            }
        }
        if self.security == MailSecurity::None && !self.server.is_empty() && !mail_address::is_loopback(&self.server) {
            problems.field(field!(MailAccount, security), text!("mail-unprotected"));
        }
    }

    fn search_words(&self) -> Vec<String> {
        vec![self.address.clone(), self.server.clone()]
    }
}

/// The account letters of a company leave through: its own, else one that belongs to no company.
pub fn account_of(facts: &dyn Facts, company: Ref<Company>) -> Option<Arc<MailAccount>> {
    let all: Vec<Arc<MailAccount>> = facts.every::<MailAccount>().into_iter().filter(|one| !one.folder).collect();
    let own = all.iter().find(|one| one.company == company);
    own.or_else(|| all.iter().find(|one| one.company.is_empty())).cloned()
}
