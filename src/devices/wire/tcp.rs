//! Printers and registrars in the network.

use super::{Unwritten, Wire, WireError};
use crate::devices::settings::NetworkAddress;
use crate::kernel::clock::steady_ms;
use std::io::{ErrorKind, Read, Write};
use std::net::{TcpStream, ToSocketAddrs};
use std::time::Duration;

/// How long a connection may take, milliseconds.
const CONNECT_MS: u64 = 2000;

/// A connection.
pub struct Tcp {
    stream: TcpStream,
}

/// Connects within a time.
///
/// # Errors
/// When nobody listens there.
pub fn connect(place: &NetworkAddress, wait_ms: u64) -> Result<TcpStream, WireError> {
    let mut last = WireError::NotFound;
    for address in (place.host.as_str(), place.port).to_socket_addrs().map_err(|_| WireError::NotFound)? {
        match TcpStream::connect_timeout(&address, Duration::from_millis(wait_ms.max(1))) {
            Ok(stream) => {
                // Without it a question of three bytes waits for more.
                stream.set_nodelay(true)?;
                return Ok(stream);
            }
            Err(error) => last = error.into(),
        }
    }
    Err(if last == WireError::TimedOut { WireError::NotFound } else { last })
}

/// Reads with a deadline; empty after a silence.
///
/// # Errors
/// When the other side has closed.
pub fn read(stream: &mut TcpStream, wait_ms: u64) -> Result<Vec<u8>, WireError> {
    // A timeout of nought would wait for ever.
    stream.set_read_timeout(Some(Duration::from_millis(wait_ms.max(1))))?;
    let mut bytes = vec![0; 4096];
    match stream.read(&mut bytes) {
        Ok(0) => Err(WireError::Lost),
        Ok(count) => {
            bytes.truncate(count);
            Ok(bytes)
        }
        Err(error) if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut | ErrorKind::Interrupted) => {
            Ok(Vec::new())
        }
        Err(error) => Err(error.into()),
    }
}

/// Writes with a deadline.
///
/// # Errors
/// When not all was taken.
pub fn write(stream: &mut TcpStream, bytes: &[u8], wait_ms: u64) -> Result<(), Unwritten> {
    let until_ms = steady_ms().saturating_add(wait_ms);
    let mut taken = 0;
    while let Some(rest) = bytes.get(taken..).filter(|rest| !rest.is_empty()) {
        let failed = |error: std::io::Error| Unwritten { taken, error: error.into() };
        let left = until_ms.saturating_sub(steady_ms());
        if left == 0 {
            return Err(Unwritten { taken, error: WireError::TimedOut });
        }
        stream.set_write_timeout(Some(Duration::from_millis(left))).map_err(failed)?;
        match stream.write(rest) {
            Ok(0) => return Err(Unwritten { taken, error: WireError::Lost }),
            Ok(count) => taken += count,
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(failed(error)),
        }
    }
    Ok(())
}

impl Tcp {
    /// Connects.
    ///
    /// # Errors
    /// When nobody listens there.
    pub fn open(place: &NetworkAddress) -> Result<Self, WireError> {
        Ok(Self { stream: connect(place, CONNECT_MS)? })
    }
}

impl Wire for Tcp {
    fn read(&mut self, wait_ms: u64) -> Result<Vec<u8>, WireError> {
        read(&mut self.stream, wait_ms)
    }

    fn write(&mut self, bytes: &[u8], wait_ms: u64) -> Result<(), Unwritten> {
        write(&mut self.stream, bytes, wait_ms)
    }
}
