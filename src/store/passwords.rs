//! Passwords of shared bases in the keyring of the operating system: the Credential Manager of Windows, the
//! Secret Service (GNOME Keyring, KWallet) elsewhere. Never in a file of ours.
//!
//! A password is kept under the server, the database and the user. Where no keyring is (a bare session, a
//! scheduled job) nothing is known and nothing is kept: the program asks each time, or `PGPASSWORD` says it.

use super::address::Address;
use keyring_core::Entry;
use std::sync::OnceLock;

/// Under what name the keyring shows our passwords.
const SERVICE: &str = "Kontora";

/// What the user has said for this run of the program.
static TOLD: OnceLock<String> = OnceLock::new();

/// Tells the password of shared bases for this run of the program; it goes before the keyring.
pub fn tell(password: String) {
    let _ = TOLD.set(password);
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
    TOLD.get().cloned().or_else(|| entry(address)?.get_password().ok())
}

/// Keeps a password; false where there is no keyring or it refuses.
pub fn keep(address: &Address, password: &str) -> bool {
    entry(address).is_some_and(|entry| entry.set_password(password).is_ok())
}

/// Forgets a password.
pub fn forget(address: &Address) {
    if let Some(entry) = entry(address) {
        let _ = entry.delete_credential();
    }
}
