//! Scanners of the page "Point of Sale" (HID Point of Sale Usage Tables 1.02, page 0x8C): reports into scans.
//!
//! Where the fields stand is read from the report descriptor: vendors place them differently.

use super::aim::Aim;
use super::descriptor::{Descriptor, Direction, Field, number_at};
use super::framer::SCAN_MAX;

/// The collection of a bar code scanner.
pub const SCANNER: u32 = 0x8C_0002;
/// Bytes of the code.
const DECODED_DATA: u32 = 0x8C_00FE;
/// More of it follows in the next report.
const CONTINUED: u32 = 0x8C_00FF;
/// The three bytes of the AIM identifier.
const AIM_BYTES: [u32; 3] = [0x8C_00FB, 0x8C_00FC, 0x8C_00FD];
/// How many of the bytes are data.
const BYTE_COUNT: u32 = 0x01_003B;

/// Makers whose scanners must be told to speak this page: feature report 0xFE with the byte 1.
pub const TOLD_BY_FEATURE: [u16; 2] = [0x0C2E, 0x23D0];
/// The feature report that tells them.
pub const SWITCH_ON: [u8; 2] = [0xFE, 0x01];

/// Where the parts of a scan stand in one input report, in bits after the number of the report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Layout {
    /// The number of the report; `None` when reports are not numbered.
    pub report: Option<u8>,
    /// First bit and number of bytes of the data.
    pub data: (usize, usize),
    /// First bit and width of the number of data bytes; without it the data end before their trailing zeros.
    pub length: Option<(usize, usize)>,
    /// First bits of the three bytes of the identifier.
    pub aim: Option<[usize; 3]>,
    /// The bit that tells of a continuation.
    pub continued: Option<usize>,
}

impl Layout {
    /// The layout most scanners use: for a system that does not give the descriptor away.
    #[must_use]
    pub fn common() -> Self {
        Self { report: Some(2), data: (32, 56), length: Some((0, 8)), aim: Some([8, 16, 24]), continued: Some(62 * 8) }
    }

    /// The layouts of a descriptor's reports that carry codes; none when this is no such scanner.
    #[must_use]
    pub fn all(descriptor: &Descriptor) -> Vec<Self> {
        let carries = |field: &&Field| {
            field.direction == Direction::Input
                && field.usage == DECODED_DATA
                && field.bits == 8
                && field.bit.is_multiple_of(8)
                && field.within.contains(&SCANNER)
        };
        descriptor.fields.iter().filter(carries).map(|data| Self::beside(descriptor, data)).collect()
    }

    fn beside(descriptor: &Descriptor, data: &Field) -> Self {
        let find = |usage| descriptor.find(Direction::Input, data.report, usage);
        let aim = AIM_BYTES.map(|usage| find(usage).filter(|field| field.bits == 8).map(|field| field.bit));
        // Some devices give the three bytes one usage.
        let together = find(AIM_BYTES[0]).filter(|field| field.bits == 8 && field.count == 3).map(|field| field.bit);
        Self {
            report: descriptor.numbered.then_some(data.report),
            data: (data.bit, data.count),
            length: find(BYTE_COUNT).map(|field| (field.bit, field.bits)),
            aim: match aim {
                [Some(first), Some(second), Some(third)] => Some([first, second, third]),
                _ => together.map(|bit| [bit, bit + 8, bit + 16]),
            },
            continued: find(CONTINUED).map(|field| field.bit),
        }
    }
}

/// A scan that came in reports.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HidScan {
    /// The identifier, where the scanner gave one.
    pub aim: Option<Aim>,
    /// The data of the code, without the return many scanners add.
    pub data: Vec<u8>,
}

/// Joins reports to scans.
#[derive(Clone, Debug)]
pub struct HidPos {
    layouts: Vec<Layout>,
    aim: Option<Aim>,
    data: Vec<u8>,
}

impl HidPos {
    /// A scanner with these layouts; with none of its own the common one serves.
    #[must_use]
    pub fn new(layouts: Vec<Layout>) -> Self {
        let layouts = if layouts.is_empty() { vec![Layout::common()] } else { layouts };
        Self { layouts, aim: None, data: Vec::new() }
    }

    /// Forgets a scan that has begun: to be called whenever the device is opened.
    pub fn reset(&mut self) {
        self.aim = None;
        self.data.clear();
    }

    /// Takes one input report as the system gives it, the number first where reports are numbered. Returns the
    /// scan when this report ends one; reports that carry no code are passed over.
    pub fn take(&mut self, report: &[u8]) -> Option<HidScan> {
        let (layout, body) = self.layouts.iter().find_map(|layout| match layout.report {
            None => Some((layout, report)),
            Some(number) => report.split_first().filter(|(first, _)| **first == number).map(|(_, body)| (layout, body)),
        })?;
        let shift = shifted(layout, body);
        if self.aim.is_none() {
            self.aim = layout.aim.and_then(|places| aim_at(body, places, shift));
        }
        let (bit, room) = layout.data;
        let held = body.get(bit / 8 + shift..).unwrap_or_default();
        let held = held.get(..room).unwrap_or(held);
        let length = match layout.length.and_then(|(bit, bits)| number_at(body, bit, bits)) {
            Some(length) => usize::try_from(length).unwrap_or(usize::MAX).min(held.len()),
            None => held.iter().rposition(|byte| *byte != 0).map_or(0, |last| last + 1),
        };
        let fits = self.data.len() + length <= SCAN_MAX;
        if fits {
            self.data.extend(held.iter().take(length));
        }
        let continued = layout.continued.and_then(|bit| number_at(body, bit, 1)) == Some(1);
        if continued && fits {
            return None;
        }
        let (aim, mut data) = (self.aim.take(), std::mem::take(&mut self.data));
        if data.last() == Some(&b'\r') {
            data.pop();
        }
        (fits && !data.is_empty()).then_some(HidScan { aim, data })
    }
}

/// Some models of the common layout put the identifier, and the data with it, one byte later.
fn shifted(layout: &Layout, body: &[u8]) -> usize {
    let Some([first, ..]) = layout.aim else { return 0 };
    let at = first / 8;
    let late = body.get(at) != Some(&b']') && body.get(at + 1) == Some(&b']');
    usize::from(late && *layout == Layout::common())
}

fn aim_at(body: &[u8], places: [usize; 3], shift: usize) -> Option<Aim> {
    let bytes: Option<Vec<u8>> = places.iter().map(|bit| body.get(bit / 8 + shift).copied()).collect();
    Aim::split(&bytes?).0
}

#[cfg(test)]
mod tests {
    use super::{Descriptor, HidPos, HidScan, Layout, SCANNER};
    use crate::devices::proto::fuzz::Dice;

    /// The head every such descriptor has: page, usage, collection, number of the report.
    const HEAD: [u8; 11] = [0x06, 0x8C, 0x00, 0x09, 0x02, 0xA1, 0x01, 0x85, 0x02, 0x75, 0x08];

    fn descriptor(body: &[u8]) -> Descriptor {
        let bytes: Vec<u8> = HEAD.iter().chain(body).chain(&[0xC0]).copied().collect();
        Descriptor::parse(&bytes).unwrap()
    }

    /// Makes a report of data and of whether more follows.
    type Report = Box<dyn Fn(&[u8], bool) -> Vec<u8>>;

    /// Three arrangements of the same fields: the common one; the identifier under one usage and one byte
    /// later; flags and a count of sixteen bits before the data.
    fn arrangements() -> [(Descriptor, usize, Report); 3] {
        let common = descriptor(&[
            0xA1, 0x02, 0x05, 0x01, 0x09, 0x3B, 0x95, 0x01, 0x81, 0x02, 0x06, 0x8C, 0x00, 0x09, 0xFB, 0x09, 0xFC, 0x09,
            0xFD, 0x95, 0x03, 0x81, 0x02, 0x09, 0xFE, 0x95, 0x38, 0x82, 0x02, 0x01, 0x95, 0x02, 0x81, 0x03, 0x09, 0xFF,
            0x75, 0x01, 0x95, 0x01, 0x81, 0x02, 0x75, 0x07, 0x81, 0x03, 0xC0,
        ]);
        let late = descriptor(&[
            0x05, 0x01, 0x09, 0x3B, 0x95, 0x01, 0x81, 0x02, 0x81, 0x01, 0x06, 0x8C, 0x00, 0x09, 0xFB, 0x95, 0x03, 0x81,
            0x02, 0x09, 0xFE, 0x95, 0x1E, 0x81, 0x02, 0x09, 0xFF, 0x75, 0x08, 0x95, 0x01, 0x81, 0x02,
        ]);
        let early = descriptor(&[
            0x09, 0xFF, 0x75, 0x01, 0x95, 0x01, 0x81, 0x02, 0x95, 0x07, 0x81, 0x03, 0x05, 0x01, 0x09, 0x3B, 0x75, 0x10,
            0x95, 0x01, 0x81, 0x02, 0x06, 0x8C, 0x00, 0x75, 0x08, 0x09, 0xFE, 0x95, 0x28, 0x81, 0x02, 0x19, 0xFB, 0x29,
            0xFD, 0x95, 0x03, 0x81, 0x02,
        ]);
        let padded = |data: &[u8], room: usize| [data, &vec![0; room - data.len()]].concat();
        let size = |data: &[u8]| u8::try_from(data.len()).unwrap();
        [
            (
                common,
                56,
                Box::new(move |data, more| {
                    [&[2, size(data)], b"]d2".as_slice(), &padded(data, 56), &[0x77, 0, u8::from(more)]].concat()
                }),
            ),
            (
                late,
                30,
                Box::new(move |data, more| {
                    [&[2, size(data), 0], b"]d2".as_slice(), &padded(data, 30), &[u8::from(more)]].concat()
                }),
            ),
            (
                early,
                40,
                Box::new(move |data, more| {
                    [&[2, u8::from(more), size(data), 0], padded(data, 40).as_slice(), b"]d2"].concat()
                }),
            ),
        ]
    }

    #[test]
    fn a_long_code_is_joined_in_every_arrangement() {
        let code = b"0104600123456782215abcDEF\"12345\x1d91EE06\x1d92dGVzdHRlc3R0ZXN0dGVzdHRlc3R0ZXN0dGVzdHRlc3Q=";
        for (descriptor, room, report) in arrangements() {
            let layouts = Layout::all(&descriptor);
            assert_eq!(layouts.len(), 1);
            assert!(descriptor.fields.iter().all(|field| field.within[0] == SCANNER));
            let mut scanner = HidPos::new(layouts);
            let sent: Vec<u8> = code.iter().copied().chain([b'\r']).collect();
            let pieces: Vec<&[u8]> = sent.chunks(room).collect();
            let mut scans = Vec::new();
            for (at, piece) in pieces.iter().enumerate() {
                scans.extend(scanner.take(&report(piece, at + 1 < pieces.len())));
            }
            let [HidScan { aim: Some(aim), data }] = scans.as_slice() else { panic!("{scans:?}") };
            assert_eq!((aim.to_string().as_str(), data.as_slice()), ("]d2", code.as_slice()));
        }
    }

    #[test]
    fn the_common_layout_serves_where_no_descriptor_is_given_away() {
        let [(descriptor, _, report), ..] = arrangements();
        assert_eq!(Layout::all(&descriptor), [Layout::common()]);
        let mut scanner = HidPos::new(Vec::new());
        assert_eq!(scanner.take(&report(b"01", false)).unwrap().data, b"01");
        // The same with everything after the count one byte later.
        let mut late = report(b"0146", false);
        late.insert(2, 0);
        late.pop();
        let scan = scanner.take(&late).unwrap();
        assert_eq!((scan.aim.unwrap().to_string().as_str(), scan.data.as_slice()), ("]d2", b"0146".as_slice()));
    }

    #[test]
    fn other_reports_and_halves_from_before_are_passed_over() {
        let [(descriptor, _, report), ..] = arrangements();
        let mut scanner = HidPos::new(Layout::all(&descriptor));
        assert_eq!(scanner.take(&[5, 1, 2, 3]), None);
        assert_eq!(scanner.take(&[]), None);
        assert_eq!(scanner.take(&report(b"half of a code", true)), None);
        scanner.reset();
        assert_eq!(scanner.take(&report(b"whole", false)).unwrap().data, b"whole");
    }

    #[test]
    fn no_reports_upset_it() {
        let mut dice = Dice::new(5);
        for (descriptor, ..) in arrangements() {
            let mut scanner = HidPos::new(Layout::all(&descriptor));
            for _ in 0..20_000 {
                let mut report = dice.bytes(70);
                if let Some(first) = report.first_mut() {
                    *first = 2;
                }
                if let Some(scan) = scanner.take(&report) {
                    assert!(!scan.data.is_empty() && scan.data.len() <= super::SCAN_MAX);
                }
            }
        }
    }
}
