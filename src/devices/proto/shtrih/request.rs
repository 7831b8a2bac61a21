//! Commands to a registrar as bytes: the code, the password, the parameters. Money is in kopecks, quantity in
//! millionths.

use super::bytes::Writer;
use super::tlv::{Tag, written};
use crate::devices::proto::fiscal::{Payments, ReceiptKind};
use chrono::{Datelike, NaiveDateTime, Timelike};

/// A command ready for the link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// The code and everything after it.
    pub data: Vec<u8>,
    /// How long the answer may take, milliseconds (the maker's figures).
    pub answer_ms: u64,
    /// The command changes nothing: with an unknown outcome it may be given again.
    pub harmless: bool,
}

/// Passwords of the users of a registrar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Passwords {
    /// Cashier's.
    pub cashier: u32,
    /// Administrator's, who closes shifts.
    pub administrator: u32,
}

impl Default for Passwords {
    fn default() -> Self {
        Self { cashier: 1, administrator: 30 }
    }
}

impl ReceiptKind {
    /// The number in the command that opens a receipt.
    #[must_use]
    pub fn opening(self) -> u8 {
        match self {
            Self::Sale => 0,
            Self::Purchase => 1,
            Self::SaleReturn => 2,
            Self::PurchaseReturn => 3,
        }
    }

    /// The kind of an opening number, a correction or not.
    #[must_use]
    pub fn of_opening(number: u8) -> Option<Self> {
        [Self::Sale, Self::Purchase, Self::SaleReturn, Self::PurchaseReturn]
            .into_iter()
            .find(|kind| kind.opening() == number & 0x7F)
    }

    /// The number of the operation in items and documents (tag 1054).
    #[must_use]
    pub fn operation(self) -> u8 {
        match self {
            Self::Sale => 1,
            Self::SaleReturn => 2,
            Self::Purchase => 3,
            Self::PurchaseReturn => 4,
        }
    }
}

/// A tax rate as the registrar numbers its groups (the maker's table of rates).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct TaxGroup(pub u8);

impl TaxGroup {
    /// The byte of a command: single bits up to six, then 81, 82, 84, 90, and C0 with the number from 11 on.
    #[must_use]
    pub fn byte(self) -> u8 {
        match self.0 {
            1..=6 => 1 << (self.0 - 1),
            7 => 0x81,
            8 => 0x82,
            9 => 0x84,
            10 => 0x90,
            11..=63 => 0xC0 + self.0,
            _ => 0,
        }
    }

    /// The group of the code a tax rate has in fiscal documents (tag 1199): 1 20 %, 2 10 %, 3 20/120, 4 10/110,
    /// 5 0 %, 6 none, from 7 on the same.
    #[must_use]
    pub fn of_code(code: u8) -> Option<Self> {
        Some(Self(match code {
            1 | 2 => code,
            5 => 3,
            6 => 4,
            3 => 5,
            4 => 6,
            7..=12 => code,
            _ => return None,
        }))
    }

    /// The code of a byte of a command, for the training registrar.
    #[must_use]
    pub fn code_of_byte(byte: u8) -> Option<u8> {
        (1..=12).find(|code| Self::of_code(*code).is_some_and(|group| group.byte() == byte))
    }
}

/// An item of a receipt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// Name, at most 128 letters; more are cut.
    pub name: String,
    /// Quantity in millionths.
    pub quantity: u64,
    /// Price of one.
    pub price: u64,
    /// Sum; `None` lets the registrar compute it.
    pub sum: Option<u64>,
    /// Tax group.
    pub tax: TaxGroup,
    /// How it is paid for (tag 1214).
    pub method: u8,
    /// What it is (tag 1212).
    pub subject: u8,
}

/// A sum the registrar computes itself.
const COMPUTED: u64 = 0xFF_FFFF_FFFF;

pub(super) fn request(
    code: &[u8],
    password: Option<u32>,
    answer_ms: u64,
    harmless: bool,
    fill: impl Fn(&mut Writer),
) -> Request {
    let mut writer = Writer::default();
    writer.raw(code);
    if let Some(password) = password {
        writer.raw(&password.to_le_bytes());
    }
    fill(&mut writer);
    Request { data: writer.bytes, answer_ms, harmless }
}

/// The maker's usual limit.
const USUAL_MS: u64 = 30_000;
/// Questions about the state.
const STATE_MS: u64 = 3_000;

fn question(code: &[u8], password: u32) -> Request {
    request(code, Some(password), STATE_MS, true, |_| {})
}

pub(super) fn order(code: &[u8], password: u32, fill: impl Fn(&mut Writer)) -> Request {
    request(code, Some(password), USUAL_MS, false, fill)
}

impl Passwords {
    /// Which device is this.
    #[must_use]
    pub fn identify(&self) -> Request {
        request(&[0xFC], None, STATE_MS, true, |_| {})
    }
    /// What the model can: eight bytes of flags.
    #[must_use]
    pub fn features(&self) -> Request {
        request(&[0xF7], None, STATE_MS, true, |to| {
            to.byte(1);
        })
    }
    /// Short state: mode, paper, cover.
    #[must_use]
    pub fn state(&self) -> Request {
        question(&[0x10], self.cashier)
    }
    /// Long state: versions, date, serial number.
    #[must_use]
    pub fn long_state(&self) -> Request {
        question(&[0x11], self.administrator)
    }
    /// The device's own words about an error code.
    #[must_use]
    pub fn words(&self, code: u8) -> Request {
        request(&[0x6B], None, STATE_MS, true, |to| {
            to.byte(code);
        })
    }
    /// A money register: kopecks.
    #[must_use]
    pub fn money_register(&self, number: u8) -> Request {
        request(&[0x1A], Some(self.cashier), STATE_MS, true, |to| {
            to.byte(number);
        })
    }
    /// An operation register: how often.
    #[must_use]
    pub fn operation_register(&self, number: u8) -> Request {
        request(&[0x1B], Some(self.cashier), STATE_MS, true, |to| {
            to.byte(number);
        })
    }
    /// State of the fiscal memory; its last document is the key of recovery.
    #[must_use]
    pub fn memory_state(&self) -> Request {
        question(&[0xFF, 0x01], self.administrator)
    }
    /// When the fiscal memory expires.
    #[must_use]
    pub fn memory_expiry(&self) -> Request {
        question(&[0xFF, 0x03], self.administrator)
    }
    /// What document a number is.
    #[must_use]
    pub fn find(&self, document: u32) -> Request {
        request(&[0xFF, 0x0A], Some(self.administrator), STATE_MS, true, |to| {
            to.raw(&document.to_le_bytes());
        })
    }
    /// Begins reading a whole document; [`Passwords::read_on`] gives its pieces.
    #[must_use]
    pub fn read_document(&self, document: u32) -> Request {
        request(&[0xFF, 0x3A], Some(self.administrator), STATE_MS, true, |to| {
            to.raw(&document.to_le_bytes());
        })
    }
    /// The next piece of a document. Given twice it skips one: reading begins anew instead.
    #[must_use]
    pub fn read_on(&self) -> Request {
        request(&[0xFF, 0x3B], Some(self.administrator), STATE_MS, false, |_| {})
    }
    /// State of the exchange with the operator of fiscal data.
    #[must_use]
    pub fn exchange(&self) -> Request {
        question(&[0xFF, 0x39], self.administrator)
    }
    /// State of the shift.
    #[must_use]
    pub fn shift(&self) -> Request {
        question(&[0xFF, 0x40], self.administrator)
    }
    /// Begins opening a shift; tags of the cashier go between this and [`Passwords::open_shift`].
    #[must_use]
    pub fn begin_opening(&self) -> Request {
        order(&[0xFF, 0x41], self.administrator, |_| {})
    }
    /// Opens the shift.
    #[must_use]
    pub fn open_shift(&self) -> Request {
        order(&[0xFF, 0x0B], self.administrator, |_| {})
    }
    /// Begins closing a shift.
    #[must_use]
    pub fn begin_closing(&self) -> Request {
        order(&[0xFF, 0x42], self.administrator, |_| {})
    }
    /// Closes the shift: the Z report.
    #[must_use]
    pub fn close_shift(&self) -> Request {
        request(&[0xFF, 0x43], Some(self.administrator), 65_000, false, |_| {})
    }
    /// The X report; changes nothing but the paper.
    #[must_use]
    pub fn x_report(&self) -> Request {
        order(&[0x40], self.administrator, |_| {})
    }
    /// Cash put into the drawer.
    #[must_use]
    pub fn cash_in(&self, kopecks: u64) -> Request {
        order(&[0x50], self.cashier, |to| {
            to.number(kopecks, 5);
        })
    }
    /// Cash taken out of the drawer.
    #[must_use]
    pub fn cash_out(&self, kopecks: u64) -> Request {
        order(&[0x51], self.cashier, |to| {
            to.number(kopecks, 5);
        })
    }
    /// Opens a receipt.
    #[must_use]
    pub fn open_receipt(&self, kind: ReceiptKind, correction: bool) -> Request {
        order(&[0x8D], self.cashier, |to| {
            to.byte(kind.opening() | if correction { 0x80 } else { 0 });
        })
    }
    /// An item of the open receipt.
    #[must_use]
    pub fn item(&self, kind: ReceiptKind, item: &Item) -> Request {
        order(&[0xFF, 0x46], self.cashier, |to| {
            to.byte(kind.operation()).number(item.quantity, 6).number(item.price, 5);
            to.number(item.sum.unwrap_or(COMPUTED), 5).number(COMPUTED, 5);
            to.byte(item.tax.byte()).byte(1).byte(item.method).byte(item.subject).text(&item.name, 128);
        })
    }
    /// A tag of the last item.
    #[must_use]
    pub fn item_tag(&self, tag: &Tag) -> Request {
        order(&[0xFF, 0x4D], self.cashier, |to| {
            to.raw(&written(std::slice::from_ref(tag)));
        })
    }
    /// A tag of the document.
    #[must_use]
    pub fn document_tag(&self, tag: &Tag) -> Request {
        order(&[0xFF, 0x0C], self.administrator, |to| {
            to.raw(&written(std::slice::from_ref(tag)));
        })
    }
    /// Closes the receipt. `rounding` kopecks, less than a rouble, are let off; `tax_system` is the bit of tag 1055.
    #[must_use]
    pub fn close_receipt(&self, payments: &Payments, rounding: u8, tax_system: u8) -> Request {
        order(&[0xFF, 0x45], self.cashier, |to| {
            to.number(payments.cash, 5).number(payments.electronic, 5);
            // Electronic means of eleven more names.
            to.raw(&[0; 55]);
            to.number(payments.prepaid, 5).number(payments.credit, 5).number(payments.barter, 5);
            to.byte(rounding).raw(&[0; 30]).byte(tax_system);
        })
    }
    /// Cancels the open receipt.
    #[must_use]
    pub fn cancel_receipt(&self) -> Request {
        order(&[0x88], self.cashier, |_| {})
    }
    /// Cancels the document the fiscal memory has begun.
    #[must_use]
    pub fn cancel_document(&self) -> Request {
        order(&[0xFF, 0x08], self.administrator, |_| {})
    }
    /// A copy of the last receipt on paper.
    #[must_use]
    pub fn copy(&self) -> Request {
        order(&[0x8C], self.cashier, |_| {})
    }
    /// Goes on printing after the paper was put in.
    #[must_use]
    pub fn go_on(&self) -> Request {
        order(&[0xB0], self.cashier, |_| {})
    }
    /// A line of text on the receipt's paper.
    #[must_use]
    pub fn line(&self, text: &str) -> Request {
        order(&[0x17], self.cashier, |to| {
            to.byte(2).text(text, 40);
        })
    }
    /// Feeds lines of paper.
    #[must_use]
    pub fn feed(&self, lines: u8) -> Request {
        order(&[0x29], self.cashier, |to| {
            to.byte(2).byte(lines);
        })
    }
    /// Cuts the paper.
    #[must_use]
    pub fn cut(&self) -> Request {
        order(&[0x25], self.cashier, |to| {
            to.byte(0);
        })
    }
    /// Opens the drawer.
    #[must_use]
    pub fn drawer(&self) -> Request {
        order(&[0x28], self.cashier, |to| {
            to.byte(0);
        })
    }
    /// Beeps: shows which device answers.
    #[must_use]
    pub fn beep(&self) -> Request {
        order(&[0x13], self.cashier, |_| {})
    }
    /// Sets the time; the shift must be closed.
    #[must_use]
    pub fn set_time(&self, at: NaiveDateTime) -> Request {
        let small = |value: u32| value.to_le_bytes()[0];
        order(&[0x21], self.administrator, |to| {
            to.raw(&[at.hour(), at.minute(), at.second()].map(small));
        })
    }
    /// Sets the date; [`Passwords::confirm_date`] follows.
    #[must_use]
    pub fn set_date(&self, at: NaiveDateTime) -> Request {
        order(&[0x22], self.administrator, |to| {
            to.raw(&date(at));
        })
    }
    /// Confirms the date.
    #[must_use]
    pub fn confirm_date(&self, at: NaiveDateTime) -> Request {
        order(&[0x23], self.administrator, |to| {
            to.raw(&date(at));
        })
    }
}

/// Day, month and year of two digits.
fn date(at: NaiveDateTime) -> [u8; 3] {
    let year = u32::try_from(at.year().rem_euclid(100)).unwrap_or(0);
    [at.day(), at.month(), year].map(|value| value.to_le_bytes()[0])
}

#[cfg(test)]
mod tests {
    use super::{Item, Passwords, TaxGroup};
    use crate::devices::proto::fiscal::{Payments, ReceiptKind};

    #[test]
    fn lengths_are_those_of_the_specification() {
        let passwords = Passwords::default();
        let item = Item {
            name: "Я".repeat(200),
            quantity: 1_000_000,
            price: 100,
            sum: None,
            tax: TaxGroup(1),
            method: 4,
            subject: 1,
        };
        assert_eq!(passwords.item(ReceiptKind::Sale, &item).data.len(), 160);
        assert_eq!(passwords.close_receipt(&Payments::default(), 0, 1).data.len(), 182 - 64);
        assert_eq!(passwords.state().data, [0x10, 1, 0, 0, 0]);
        assert_eq!(passwords.memory_state().data, [0xFF, 1, 30, 0, 0, 0]);
        assert_eq!(passwords.open_receipt(ReceiptKind::SaleReturn, true).data[5], 0x82);
    }

    #[test]
    fn tax_groups_of_the_makers_table() {
        let bytes: Vec<u8> = (1..=12).map(|group| TaxGroup(group).byte()).collect();
        assert_eq!(bytes, [1, 2, 4, 8, 16, 32, 0x81, 0x82, 0x84, 0x90, 0xCB, 0xCC]);
        for code in 1..=12 {
            assert_eq!(TaxGroup::code_of_byte(TaxGroup::of_code(code).unwrap().byte()), Some(code));
        }
    }
}
