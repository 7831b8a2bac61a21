//! Reading and writing with deadlines on a file descriptor that never blocks (Unix). A blocking write of a serial
//! port may wait for ever: the printer holds the line, and no timeout of the port is asked.

use super::{Unwritten, WireError};
use crate::kernel::clock::steady_ms;
use nix::errno::Errno;
use nix::fcntl::{FcntlArg, OFlag, fcntl};
use nix::poll::{PollFd, PollFlags, poll};
use std::os::fd::RawFd;

/// Bytes given to the system at once: small, so that a printer with a full buffer stops us early.
const CHUNK: usize = 256;
/// Bytes read at once.
const READ: usize = 4096;

/// What an error of the system means.
fn error(errno: Errno) -> WireError {
    match errno {
        Errno::EIO | Errno::ENXIO | Errno::ENODEV | Errno::EPIPE | Errno::EBADF => WireError::Lost,
        other => std::io::Error::from(other).into(),
    }
}

/// Makes reads and writes return at once.
pub(super) fn never_block(descriptor: RawFd) -> Result<(), WireError> {
    fcntl(descriptor, FcntlArg::F_SETFL(OFlag::O_NONBLOCK)).map(|_| ()).map_err(error)
}

/// Waits until a descriptor is ready; `false` after a silence.
fn ready(descriptor: RawFd, flag: PollFlags, until_ms: u64) -> Result<bool, WireError> {
    loop {
        let left = i32::try_from(until_ms.saturating_sub(steady_ms())).unwrap_or(i32::MAX);
        let mut asked = [PollFd::new(descriptor, flag)];
        match poll(&mut asked, left) {
            Ok(0) => return Ok(false),
            Ok(_) => {
                let found = asked[0].revents().unwrap_or(PollFlags::empty());
                if found.intersects(flag) {
                    return Ok(true);
                }
                return Err(WireError::Lost);
            }
            Err(Errno::EINTR) => {}
            Err(errno) => return Err(error(errno)),
        }
    }
}

pub(super) fn read(descriptor: RawFd, wait_ms: u64) -> Result<Vec<u8>, WireError> {
    let until_ms = steady_ms().saturating_add(wait_ms);
    loop {
        if !ready(descriptor, PollFlags::POLLIN, until_ms)? {
            return Ok(Vec::new());
        }
        let mut bytes = vec![0; READ];
        match nix::unistd::read(descriptor, &mut bytes) {
            // Readable without a byte: the other end is gone.
            Ok(0) => return Err(WireError::Lost),
            Ok(count) => {
                bytes.truncate(count);
                return Ok(bytes);
            }
            Err(Errno::EAGAIN | Errno::EINTR) => {}
            Err(errno) => return Err(error(errno)),
        }
    }
}

pub(super) fn write(descriptor: RawFd, bytes: &[u8], wait_ms: u64) -> Result<(), Unwritten> {
    let until_ms = steady_ms().saturating_add(wait_ms);
    let mut taken = 0;
    while let Some(rest) = bytes.get(taken..).filter(|rest| !rest.is_empty()) {
        match ready(descriptor, PollFlags::POLLOUT, until_ms) {
            Ok(true) => {}
            Ok(false) => return Err(Unwritten { taken, error: WireError::TimedOut }),
            Err(error) => return Err(Unwritten { taken, error }),
        }
        match nix::unistd::write(descriptor, rest.get(..CHUNK).unwrap_or(rest)) {
            Ok(count) => taken += count,
            Err(Errno::EAGAIN | Errno::EINTR) => {}
            Err(errno) => return Err(Unwritten { taken, error: error(errno) }),
        }
    }
    Ok(())
}
