//! Passwords of shared bases in the keyring of the operating system: the Credential Manager of Windows, the
//! Secret Service (GNOME Keyring, KWallet) elsewhere. Never in a file of ours.
//!
//! A password is kept under the server, the database and the user. Where no keyring is (a bare session, a
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

fn entry(address: &Address) -> Option<Entry> {
    if address.file().is_some() || !at_hand() {
        return None;
    }
    Entry::new(SERVICE, &address.shown()).ok()
}

/// The password kept for an address. It may take a while: a locked keyring asks the user.
pub fn recall(address: &Address) -> Option<String> {
    let known = TOLD.get().cloned().or_else(|| typed().get(&address.shown()).cloned());
    known.or_else(|| entry(address)?.get_password().ok())
}

/// Keeps a password; false where it is kept only until the program ends, because there is no keyring.
pub fn keep(address: &Address, password: &str) -> bool {
    typed().insert(address.shown(), password.to_owned());
    entry(address).is_some_and(|entry| entry.set_password(password).is_ok())
}

/// Forgets a password.
pub fn forget(address: &Address) {
    typed().remove(&address.shown());
    if let Some(entry) = entry(address) {
        let _ = entry.delete_credential();
    }
}
