//! USB printers as files of the system (`/dev/usb/lp0` on Linux): bytes out, answers back.

use super::{Wire, WireError};

/// Opens the file of a printer.
///
/// # Errors
/// When there is none, or the user may not write to it.
#[cfg(unix)]
pub fn open(path: &str) -> Result<Box<dyn Wire>, WireError> {
    use std::os::unix::fs::OpenOptionsExt;
    let flags = nix::fcntl::OFlag::O_NONBLOCK.bits();
    let file = std::fs::OpenOptions::new().read(true).write(true).custom_flags(flags).open(path)?;
    Ok(Box::new(PrinterFile { file }))
}

/// There are no such files here: the printer is reached through the spooler.
///
/// # Errors
/// Always.
#[cfg(not(unix))]
pub fn open(_: &str) -> Result<Box<dyn Wire>, WireError> {
    Err(WireError::NotFound)
}

#[cfg(unix)]
struct PrinterFile {
    file: std::fs::File,
}

#[cfg(unix)]
impl Wire for PrinterFile {
    fn read(&mut self, wait_ms: u64) -> Result<Vec<u8>, WireError> {
        super::descriptor::read(std::os::fd::AsRawFd::as_raw_fd(&self.file), wait_ms)
    }

    fn write(&mut self, bytes: &[u8], wait_ms: u64) -> Result<(), super::Unwritten> {
        super::descriptor::write(std::os::fd::AsRawFd::as_raw_fd(&self.file), bytes, wait_ms)
    }
}
