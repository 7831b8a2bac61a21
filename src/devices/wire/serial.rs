//! Serial ports, also those a USB device makes.

use super::{Unwritten, Wire, WireError, found};
use crate::devices::settings::{Flow, Parity, SerialAddress};
use serialport::{ClearBuffer, SerialPort};
use std::time::Duration;

#[cfg(unix)]
type Port = serialport::TTYPort;
#[cfg(windows)]
type Port = serialport::COMPort;

/// A serial port, open.
pub struct Serial {
    port: Port,
}

fn error(error: &serialport::Error) -> WireError {
    use serialport::ErrorKind;
    match error.kind {
        ErrorKind::NoDevice if error.description.to_lowercase().contains("busy") => WireError::Taken,
        ErrorKind::NoDevice => WireError::NotFound,
        ErrorKind::Io(kind) => std::io::Error::new(kind, error.description.clone()).into(),
        _ => WireError::Other(error.description.clone()),
    }
}

impl Serial {
    /// Opens the port of an address: by what the USB device says of itself when that is known, by its name
    /// otherwise. Nobody else may open it meanwhile.
    ///
    /// # Errors
    /// When there is no such port, or another program has it.
    pub fn open(address: &SerialAddress) -> Result<Self, WireError> {
        let name = found::port_of(address, &found::serial_ports()).ok_or(WireError::NotFound)?;
        let bits = if address.line.bits == 7 { serialport::DataBits::Seven } else { serialport::DataBits::Eight };
        let stop = if address.line.stops == 2 { serialport::StopBits::Two } else { serialport::StopBits::One };
        let parity = match address.line.parity {
            Parity::None => serialport::Parity::None,
            Parity::Even => serialport::Parity::Even,
            Parity::Odd => serialport::Parity::Odd,
        };
        let flow = match address.line.flow {
            Flow::None => serialport::FlowControl::None,
            Flow::Hardware => serialport::FlowControl::Hardware,
            Flow::Software => serialport::FlowControl::Software,
        };
        let port = serialport::new(name, address.line.speed)
            .data_bits(bits)
            .stop_bits(stop)
            .parity(parity)
            .flow_control(flow)
            .timeout(Duration::from_millis(100))
            .open_native()
            .map_err(|failed| error(&failed))?;
        #[cfg(unix)]
        super::descriptor::never_block(std::os::fd::AsRawFd::as_raw_fd(&port))?;
        Ok(Self { port })
    }
}

impl Drop for Serial {
    fn drop(&mut self) {
        // A port with bytes nobody takes may otherwise wait half a minute before it closes.
        let _ = self.port.clear(ClearBuffer::Output);
    }
}

#[cfg(unix)]
impl Wire for Serial {
    fn read(&mut self, wait_ms: u64) -> Result<Vec<u8>, WireError> {
        super::descriptor::read(std::os::fd::AsRawFd::as_raw_fd(&self.port), wait_ms)
    }

    fn write(&mut self, bytes: &[u8], wait_ms: u64) -> Result<(), Unwritten> {
        super::descriptor::write(std::os::fd::AsRawFd::as_raw_fd(&self.port), bytes, wait_ms)
    }
}

#[cfg(windows)]
impl Wire for Serial {
    fn read(&mut self, wait_ms: u64) -> Result<Vec<u8>, WireError> {
        // A timeout of nought would wait for ever.
        self.port.set_timeout(Duration::from_millis(wait_ms.max(1))).map_err(|failed| error(&failed))?;
        let mut bytes = vec![0; 4096];
        match std::io::Read::read(&mut self.port, &mut bytes) {
            Ok(count) => {
                bytes.truncate(count);
                Ok(bytes)
            }
            Err(failed) if failed.kind() == std::io::ErrorKind::TimedOut => Ok(Vec::new()),
            // Windows has many words for a port that is no longer there.
            Err(_) => Err(WireError::Lost),
        }
    }

    fn write(&mut self, bytes: &[u8], wait_ms: u64) -> Result<(), Unwritten> {
        let until_ms = crate::kernel::clock::steady_ms().saturating_add(wait_ms);
        let mut taken = 0;
        while let Some(rest) = bytes.get(taken..).filter(|rest| !rest.is_empty()) {
            let left = until_ms.saturating_sub(crate::kernel::clock::steady_ms());
            if left == 0 {
                return Err(Unwritten { taken, error: WireError::TimedOut });
            }
            let set = self.port.set_timeout(Duration::from_millis(left));
            set.map_err(|failed| Unwritten { taken, error: error(&failed) })?;
            match std::io::Write::write(&mut self.port, rest.get(..256).unwrap_or(rest)) {
                // On a timeout the system reports fewer bytes, or none, and no error.
                Ok(count) => taken += count,
                Err(failed) if failed.kind() == std::io::ErrorKind::TimedOut => {}
                Err(_) => return Err(Unwritten { taken, error: WireError::Lost }),
            }
        }
        Ok(())
    }
}
