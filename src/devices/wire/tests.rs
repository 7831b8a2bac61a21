//! Serial ports on pseudo-terminals: deadlines hold, a pulled cable is seen.

use super::serial::Serial;
use super::tcp::Tcp;
use super::{Wire, WireError};
use crate::devices::settings::{Line, NetworkAddress, SerialAddress};
use crate::kernel::clock::steady_ms;
use serialport::{SerialPort, TTYPort};
use std::io::{Read, Write};

fn pair() -> (TTYPort, Serial) {
    let (far, near) = TTYPort::pair().unwrap();
    let port = near.name().unwrap();
    drop(near);
    let address = SerialAddress { port, usb: None, line: Line { speed: 115_200, ..Line::default() } };
    (far, Serial::open(&address).unwrap())
}

#[test]
fn bytes_go_both_ways_and_a_silence_ends_in_time() {
    let (mut far, mut near) = pair();
    far.write_all(b"4600\r").unwrap();
    assert_eq!(near.read(1000).unwrap(), b"4600\r");
    let begun = steady_ms();
    assert_eq!(near.read(60).unwrap(), b"");
    assert!((50..1000).contains(&(steady_ms() - begun)));
    near.write(b"\x10\x04\x01", 1000).unwrap();
    let mut three = [0; 3];
    far.read_exact(&mut three).unwrap();
    assert_eq!(&three, b"\x10\x04\x01");
}

#[test]
fn a_write_nobody_takes_ends_at_its_deadline() {
    let (_far, mut near) = pair();
    let begun = steady_ms();
    let failed = near.write(&vec![0x55; 1 << 20], 400).unwrap_err();
    let took = steady_ms() - begun;
    assert_eq!(failed.error, WireError::TimedOut);
    assert!(failed.taken > 0 && failed.taken < 1 << 20);
    assert!((350..3000).contains(&took), "{took} ms");
    let begun = steady_ms();
    drop(near);
    assert!(steady_ms() - begun < 2000, "closing a port full of bytes waits for nobody");
}

#[test]
fn a_pulled_cable_is_no_silence() {
    let (far, mut near) = pair();
    drop(far);
    assert_eq!(near.read(1000), Err(WireError::Lost));
    assert_eq!(near.write(b"x", 1000).unwrap_err().error, WireError::Lost);
}

#[test]
fn what_is_not_there_is_said_to_be_not_there() {
    let address = SerialAddress { port: "/dev/no-such-port".to_owned(), usb: None, line: Line::default() };
    assert_eq!(Serial::open(&address).err(), Some(WireError::NotFound));
    let place = NetworkAddress { host: "127.0.0.1".to_owned(), port: 1 };
    assert_eq!(Tcp::open(&place).err(), Some(WireError::NotFound));
}

#[test]
fn a_connection_keeps_its_deadline_too() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let place = NetworkAddress { host: "127.0.0.1".to_owned(), port: listener.local_addr().unwrap().port() };
    let mut wire = Tcp::open(&place).unwrap();
    let (far, _) = listener.accept().unwrap();
    let begun = steady_ms();
    let failed = wire.write(&vec![0; 64 << 20], 400).unwrap_err();
    assert_eq!(failed.error, WireError::TimedOut);
    assert!(steady_ms() - begun < 3000 && failed.taken > 0);
    drop(far);
    assert_eq!(wire.read(1000), Err(WireError::Lost));
}
