//! Which kind of device answers at an address: short questions that do no harm to anybody who does not know them.

use crate::devices::proto::escpos::status::{Ask, PrinterStatus};
use crate::devices::proto::shtrih::frame::{ACK, ENQ, NAK};
use crate::devices::settings::{Address, KindName, Line, SerialAddress};
use crate::devices::wire::found::Candidate;
use crate::devices::wire::{Wire, open};

/// Speeds that are tried, the likeliest first.
const SPEEDS: [u32; 2] = [115_200, 9600];
/// How long one answer is waited for, milliseconds: a port takes less than three seconds in all.
const ANSWER_MS: u64 = 350;

/// Asks who is there. The address comes back with the speed at which it answered.
#[must_use]
pub fn probe(candidate: Candidate) -> (Candidate, Option<KindName>) {
    match &candidate.address {
        Address::Hid(_) => (candidate, Some(KindName::Scanner)),
        Address::PrinterFile(_) => (candidate, Some(KindName::Printer)),
        Address::Serial(port) => {
            for speed in SPEEDS {
                let address = Address::Serial(SerialAddress { line: Line { speed, ..port.line }, ..port.clone() });
                // A port somebody uses is not disturbed.
                let Ok(mut wire) = open(&address) else { break };
                if let Some(kind) = answers(wire.as_mut()) {
                    return (Candidate { address, ..candidate }, Some(kind));
                }
            }
            (candidate, None)
        }
        _ => (candidate, None),
    }
}

/// Who answers on a wire.
fn answers(wire: &mut dyn Wire) -> Option<KindName> {
    let mut ask = |question: &[u8]| {
        wire.clear().ok()?;
        wire.write(question, ANSWER_MS).ok()?;
        wire.read(ANSWER_MS).ok()?.first().copied()
    };
    if matches!(ask(&[ENQ]), Some(ACK | NAK)) {
        return Some(KindName::Registrar);
    }
    let status = ask(&Ask::Printer.bytes())?;
    PrinterStatus::default().take(Ask::Printer, status).then_some(KindName::Printer)
}

#[cfg(test)]
mod tests {
    use super::answers;
    use crate::devices::settings::{Address, DeviceSettings, KindName};
    use crate::devices::training::Training;
    use crate::kernel::clock::Clock;
    use std::sync::Arc;

    #[test]
    fn registrars_and_printers_say_what_they_are_and_others_nothing() {
        for kind in KindName::ALL {
            let (id, name) = ("1".to_owned(), "?".to_owned());
            let settings = DeviceSettings { id, name, on: true, address: Address::Training, kind: kind.usual() };
            let device = Arc::new(Training::new(&settings, Clock::system()));
            let expected = matches!(kind, KindName::Registrar | KindName::Printer).then_some(kind);
            assert_eq!(answers(device.open().unwrap().as_mut()), expected);
        }
    }
}
