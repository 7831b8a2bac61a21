//! HID report descriptors (Device Class Definition for HID 1.11, 6.2.2): which bits of which report mean what.

/// A report may have so many bits; a descriptor that asks for more is broken.
const BITS_MAX: usize = 65_536;
/// Fields and nested collections a descriptor may have.
const ITEMS_MAX: usize = 4096;

/// Which way a report goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Direction {
    /// From the device.
    Input,
    /// To the device.
    Output,
    /// Settings, either way.
    Feature,
}

/// One element of a report, or one that repeats.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// Which report it stands in.
    pub direction: Direction,
    /// The number of the report; 0 when the device does not number its reports.
    pub report: u8,
    /// First bit, counted after the number of the report.
    pub bit: usize,
    /// Bits of one element.
    pub bits: usize,
    /// How many elements follow each other.
    pub count: usize,
    /// What it means: the page in the upper sixteen bits, the usage in the lower; 0 without meaning.
    pub usage: u32,
    /// Usages of the collections around it, the outermost first.
    pub within: Vec<u32>,
}

/// Why a descriptor was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DescriptorError {
    /// It breaks off inside an item.
    CutOff,
    /// It asks for more than a report may have.
    TooLarge,
    /// A collection or a saved state ends that has not begun.
    Unbalanced,
}

/// State of items that hold until changed.
#[derive(Clone, Copy, Default)]
struct Globals {
    page: u32,
    bits: usize,
    count: usize,
    report: u8,
}

#[derive(Default)]
struct Reader {
    globals: Globals,
    saved: Vec<Globals>,
    usages: Vec<u32>,
    usage_first: Option<u32>,
    within: Vec<u32>,
    ends: Vec<(Direction, u8, usize)>,
    fields: Vec<Field>,
    numbered: bool,
}

/// A descriptor read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Descriptor {
    /// Fields in the order of the descriptor; padding is left out.
    pub fields: Vec<Field>,
    /// Reports begin with a byte of their number.
    pub numbered: bool,
}

impl Descriptor {
    /// Reads a descriptor as the device gave it.
    ///
    /// # Errors
    /// When it is cut off, unbalanced or asks for more than a report may have.
    pub fn parse(bytes: &[u8]) -> Result<Self, DescriptorError> {
        let mut reader = Reader::default();
        let mut rest = bytes;
        while let Some((head, after)) = rest.split_first() {
            if *head == 0xFE {
                // A long item: nothing is defined with one, it is stepped over.
                let size = usize::from(*after.first().ok_or(DescriptorError::CutOff)?);
                rest = after.get(2 + size..).ok_or(DescriptorError::CutOff)?;
                continue;
            }
            let size = [0, 1, 2, 4][usize::from(head & 3)];
            let data = after.get(..size).ok_or(DescriptorError::CutOff)?;
            rest = after.get(size..).unwrap_or_default();
            let value = data.iter().rev().fold(0u32, |value, byte| value << 8 | u32::from(*byte));
            reader.item(head & 0xFC, value, size)?;
        }
        Ok(Self { fields: reader.fields, numbered: reader.numbered })
    }

    /// The field of a usage in reports of a direction, the first one.
    #[must_use]
    pub fn find(&self, direction: Direction, report: u8, usage: u32) -> Option<&Field> {
        self.fields.iter().find(|field| (field.direction, field.report, field.usage) == (direction, report, usage))
    }
}

impl Reader {
    fn item(&mut self, tag: u8, value: u32, size: usize) -> Result<(), DescriptorError> {
        let large = |value: u32| usize::try_from(value).ok().filter(|value| *value <= BITS_MAX);
        match tag {
            0x80 => self.main(Direction::Input, value)?,
            0x90 => self.main(Direction::Output, value)?,
            0xB0 => self.main(Direction::Feature, value)?,
            0xA0 => {
                let usage = self.usages.first().copied().or(self.usage_first).unwrap_or(0);
                self.within.push(usage);
                if self.within.len() > ITEMS_MAX {
                    return Err(DescriptorError::TooLarge);
                }
                self.forget_locals();
            }
            0xC0 => {
                self.within.pop().ok_or(DescriptorError::Unbalanced)?;
                self.forget_locals();
            }
            0x04 => self.globals.page = value << 16,
            0x74 => self.globals.bits = large(value).ok_or(DescriptorError::TooLarge)?,
            0x94 => self.globals.count = large(value).ok_or(DescriptorError::TooLarge)?,
            0x84 => {
                self.globals.report = value.to_le_bytes()[0];
                self.numbered = true;
            }
            0xA4 if self.saved.len() < ITEMS_MAX => self.saved.push(self.globals),
            0xB4 => self.globals = self.saved.pop().ok_or(DescriptorError::Unbalanced)?,
            0x08 => self.usages.push(self.whole_usage(value, size)),
            0x18 => self.usage_first = Some(self.whole_usage(value, size)),
            0x28 => {
                let last = self.whole_usage(value, size);
                let first = self.usage_first.take().unwrap_or(last);
                self.usages.extend((first..=last).take(ITEMS_MAX));
            }
            _ => {}
        }
        if self.usages.len() > BITS_MAX { Err(DescriptorError::TooLarge) } else { Ok(()) }
    }

    /// A usage of four bytes names its page itself.
    fn whole_usage(&self, value: u32, size: usize) -> u32 {
        if size == 4 { value } else { self.globals.page | value }
    }

    fn forget_locals(&mut self) {
        self.usages.clear();
        self.usage_first = None;
    }

    fn main(&mut self, direction: Direction, flags: u32) -> Result<(), DescriptorError> {
        let Globals { bits, count, report, .. } = self.globals;
        let end = self.ends.iter().position(|(way, number, _)| (*way, *number) == (direction, report));
        let first = end.and_then(|at| self.ends.get(at)).map_or(0, |(_, _, bit)| *bit);
        let after = first + bits * count;
        if after > BITS_MAX || self.fields.len() > ITEMS_MAX {
            return Err(DescriptorError::TooLarge);
        }
        match end.and_then(|at| self.ends.get_mut(at)) {
            Some(known) => known.2 = after,
            None => self.ends.push((direction, report, after)),
        }
        let constant = flags & 1 != 0;
        let variable = flags & 2 != 0;
        if !constant && bits > 0 && count > 0 {
            let usages = std::mem::take(&mut self.usages);
            let field = |at: usize, count: usize, usage: u32| Field {
                direction,
                report,
                bit: first + at * bits,
                bits,
                count,
                usage,
                within: self.within.clone(),
            };
            // Several usages of variable elements share them out one by one; the last has the rest.
            let shared = if variable { usages.len().min(count) } else { 1 };
            for (at, usage) in usages.iter().take(shared).enumerate() {
                let elements = if at + 1 == shared { count - at } else { 1 };
                self.fields.push(field(at, elements, *usage));
            }
            if usages.is_empty() {
                self.fields.push(field(0, count, 0));
            }
        }
        self.forget_locals();
        Ok(())
    }
}

/// The number in bits of a report, least significant first; `None` beyond its end or above 32 bits.
#[must_use]
pub fn number_at(report: &[u8], bit: usize, bits: usize) -> Option<u32> {
    if bits > 32 {
        return None;
    }
    (0..bits).try_fold(0, |value, at| {
        let place = bit + at;
        let byte = report.get(place / 8)?;
        Some(value | u32::from(byte >> (place % 8) & 1) << at)
    })
}

#[cfg(test)]
mod tests {
    use super::{Descriptor, DescriptorError, Direction, number_at};
    use crate::devices::proto::fuzz::Dice;

    #[test]
    fn a_mouse_of_the_specification_is_read() {
        // HID 1.11, appendix E.10: three buttons, five bits of padding, two relative axes.
        let bytes = [
            0x05, 0x01, 0x09, 0x02, 0xA1, 0x01, 0x09, 0x01, 0xA1, 0x00, 0x05, 0x09, 0x19, 0x01, 0x29, 0x03, 0x15, 0x00,
            0x25, 0x01, 0x95, 0x03, 0x75, 0x01, 0x81, 0x02, 0x95, 0x01, 0x75, 0x05, 0x81, 0x01, 0x05, 0x01, 0x09, 0x30,
            0x09, 0x31, 0x15, 0x81, 0x25, 0x7F, 0x75, 0x08, 0x95, 0x02, 0x81, 0x06, 0xC0, 0xC0,
        ];
        let read = Descriptor::parse(&bytes).unwrap();
        assert!(!read.numbered);
        let places: Vec<_> = read.fields.iter().map(|field| (field.usage, field.bit, field.bits)).collect();
        assert_eq!(
            places,
            [(0x9_0001, 0, 1), (0x9_0002, 1, 1), (0x9_0003, 2, 1), (0x1_0030, 8, 8), (0x1_0031, 16, 8),]
        );
        assert!(read.fields.iter().all(|field| field.within == [0x1_0002, 0x1_0001]));
        assert!(read.find(Direction::Input, 0, 0x1_0031).is_some());
    }

    #[test]
    fn broken_descriptors_are_refused() {
        assert_eq!(Descriptor::parse(&[0x26, 0xFF]), Err(DescriptorError::CutOff));
        assert_eq!(Descriptor::parse(&[0xC0]), Err(DescriptorError::Unbalanced));
        assert_eq!(Descriptor::parse(&[0xB4]), Err(DescriptorError::Unbalanced));
        let huge = [0x77, 0xFF, 0xFF, 0xFF, 0x7F];
        assert_eq!(Descriptor::parse(&huge), Err(DescriptorError::TooLarge));
    }

    #[test]
    fn no_bytes_upset_it() {
        let mut dice = Dice::new(11);
        for _ in 0..20_000 {
            let bytes = dice.bytes(60);
            if let Ok(read) = Descriptor::parse(&bytes) {
                assert!(read.fields.iter().all(|field| field.bit + field.bits * field.count <= 65_536));
            }
        }
    }

    #[test]
    fn numbers_cross_bytes() {
        assert_eq!(number_at(&[0b1010_0000, 0b0000_0101], 5, 6), Some(0b10_1101));
        assert_eq!(number_at(&[0xFF], 4, 5), None);
        assert_eq!(number_at(&[0x12, 0x34, 0x56, 0x78], 0, 32), Some(0x7856_3412));
    }
}
