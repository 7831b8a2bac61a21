//! What is written is read again; what an older version wrote is read too.

use super::{
    Address, DeviceSettings, KindName, Line, NetworkAddress, Parity, SerialAddress, UsbIdentity, read, written,
};

#[test]
fn every_device_is_read_as_it_was_written() {
    let usb = UsbIdentity { vendor: 0x0C2E, product: 0x0B61, serial: "S1".to_owned() };
    let line = Line { speed: 115_200, bits: 7, parity: Parity::Even, ..Line::default() };
    let addresses = [
        Address::Training,
        Address::Serial(SerialAddress { port: "COM3".to_owned(), usb: Some(usb.clone()), line }),
        Address::Tcp(NetworkAddress { host: "127.0.0.1".to_owned(), port: 9100 }),
        Address::Hid(usb),
        Address::PrinterFile("lp0".to_owned()),
        Address::Spooler("Касса".to_owned()),
    ];
    let devices: Vec<DeviceSettings> = KindName::ALL
        .into_iter()
        .zip(addresses)
        .enumerate()
        .map(|(at, (kind, address))| DeviceSettings {
            id: at.to_string(),
            name: format!("Устройство {at}"),
            on: at % 2 == 0,
            address,
            kind: kind.usual(),
        })
        .collect();
    assert_eq!(read(&written(&devices)), Ok(devices));
}

#[test]
fn what_a_file_leaves_out_is_as_usual() {
    let text = r#"[{ "id": "1", "name": "Принтер", "address": { "spooler": "POS" }, "kind": { "printer": { "paper": 58 } } }]"#;
    let devices = read(text).unwrap();
    assert!(devices[0].on);
    let super::Kind::Printer(printer) = devices[0].kind.clone() else { panic!("{devices:?}") };
    let (with, without) = (printer.profile(true), printer.profile(false));
    assert_eq!((with.columns, with.dots), (32, 384));
    assert_ne!(with.barrier, without.barrier, "a way without answers has no barrier");
    assert!(read("[{}]").is_err() && read("").is_err());
}

#[test]
fn one_of_several_registrars_of_a_service_is_remembered() {
    let registrar = |text: &str| {
        let text =
            format!(r#"[{{ "id": "1", "name": "Касса", "address": "training", "kind": {{ "registrar": {text} }} }}]"#);
        read(&text).unwrap().remove(0)
    };
    let second = registrar(r#"{ "atol_service": { "device": "2" } }"#);
    assert_eq!(second.kind, super::Kind::Registrar(super::RegistrarSettings::Atol { device: "2".to_owned() }));
    assert_eq!(read(&written(std::slice::from_ref(&second))), Ok(vec![second]));
    // As it was written before a service could have several.
    let only = super::Kind::Registrar(super::RegistrarSettings::Atol { device: String::new() });
    assert_eq!(registrar(r#""atol""#).kind, only);
}
