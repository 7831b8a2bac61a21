//! Passwords of shared bases and of mail accounts in the keyring of the operating system: the Credential Manager of
//! Windows, the Secret Service (GNOME Keyring, KWallet) elsewhere. Never in a file of ours.
//!
//! A password is kept under the server, the database (none for mail) and the user. Where no keyring is (a bare session, a
//! scheduled job) it is known until the program ends: it is asked for at each start, or `PGPASSWORD` says it.

use super::address::Address;
use keyring_core::Entry;
use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};

/// Under what name the keyring shows our passwords.
const SERVICE: &str = "Kontora";

/// What the user has said for this run of the program.
static TOLD: OnceLock<String> = OnceLock::new();

/// Tells the password of shared bases for this run of the program; it goes before the keyring.
pub fn tell(password: String) {
    let _ = TOLD.set(password);
}

/// What was typed in this run of the program: where no keyring is, it is asked for once.
static TYPED: Mutex<BTreeMap<String, String>> = Mutex::new(BTreeMap::new());

fn typed() -> MutexGuard<'static, BTreeMap<String, String>> {
    TYPED.lock().unwrap_or_else(PoisonError::into_inner)
}

/// True when this session has a keyring.
fn at_hand() -> bool {
    static READY: OnceLock<bool> = OnceLock::new();
    *READY.get_or_init(|| {
        // Somebody has set one already: a test puts its own.
        keyring_core::get_default_store().is_some() || open().is_some()
    })
}

#[cfg(target_os = "windows")]
fn open() -> Option<()> {
    keyring_core::set_default_store(windows_native_keyring_store::Store::new().ok()?);
    Some(())
}

#[cfg(not(target_os = "windows"))]
fn open() -> Option<()> {
    keyring_core::set_default_store(zbus_secret_service_keyring_store::Store::new().ok()?);
    Some(())
}

fn entry(name: &str) -> Option<Entry> {
    if at_hand() { Entry::new(SERVICE, name).ok() } else { None }
}

/// Under what name the password of a shared base lies; a file needs none.
fn name_of(address: &Address) -> Option<String> {
    address.file().is_none().then(|| address.shown())
}

/// The password kept for an address. It may take a while: a locked keyring asks the user.
pub fn recall(address: &Address) -> Option<String> {
    TOLD.get().cloned().or_else(|| recall_named(&name_of(address)?))
}

/// Keeps a password; false where it is kept only until the program ends, because there is no keyring.
pub fn keep(address: &Address, password: &str) -> bool {
    name_of(address).is_some_and(|name| keep_named(&name, password))
}

/// Forgets a password.
pub fn forget(address: &Address) {
    if let Some(name) = name_of(address) {
        forget_named(&name);
    }
}

/// What the user has said of the mail server for this run of the program.
static MAIL_TOLD: OnceLock<String> = OnceLock::new();

/// Tells the password of the mail server for this run of the program; it goes before the keyring.
pub fn tell_mail(password: String) {
    let _ = MAIL_TOLD.set(password);
}

/// Under what name the password of a mail account lies.
fn mail_name(server: &str, login: &str) -> String {
    format!("smtp://{login}@{server}")
}

/// The password kept for a mail account. It may take a while: a locked keyring asks the user.
pub fn recall_mail(server: &str, login: &str) -> Option<String> {
    MAIL_TOLD.get().cloned().or_else(|| recall_named(&mail_name(server, login)))
}

/// Keeps the password of a mail account; false where it is kept only until the program ends.
pub fn keep_mail(server: &str, login: &str, password: &str) -> bool {
    keep_named(&mail_name(server, login), password)
}

/// Forgets the password of a mail account.
pub fn forget_mail(server: &str, login: &str) {
    forget_named(&mail_name(server, login));
}

fn recall_named(name: &str) -> Option<String> {
    let typed = typed().get(name).cloned();
    typed.or_else(|| entry(name)?.get_password().ok())
}

fn keep_named(name: &str, password: &str) -> bool {
    typed().insert(name.to_owned(), password.to_owned());
    entry(name).is_some_and(|entry| entry.set_password(password).is_ok())
}

fn forget_named(name: &str) {
    typed().remove(name);
    if let Some(entry) = entry(name) {
        let _ = entry.delete_credential();
    }
}
