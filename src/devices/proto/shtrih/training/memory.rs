//! The fiscal memory of the training registrar: documents, shifts, totals, cash.

use super::receipt::Receipt;
use super::{Reader, Writer};
use crate::devices::proto::fiscal::ReceiptKind;
use crate::devices::proto::shtrih::tlv::{Tag, written};
use chrono::NaiveDateTime;

/// Payments of a receipt: cash, twelve electronic means, prepaid, credit, barter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Paid {
    /// Kopecks of each means.
    pub sums: [u64; 16],
    /// Kopecks let off.
    pub rounding: u8,
    /// The bit of the system of taxation.
    pub tax_system: u8,
}

impl Paid {
    /// Reads `FF45` after the password: the long form; without the tax system at its end it is cut off.
    pub(super) fn read(from: &mut Reader<'_>) -> Option<Self> {
        let mut sums = [0; 16];
        for sum in &mut sums {
            *sum = from.number(5)?;
        }
        let rounding = from.byte()?;
        from.take(30)?;
        Some(Self { sums, rounding, tax_system: from.byte()? })
    }

    /// Cash handed over.
    #[must_use]
    pub fn cash(&self) -> u64 {
        self.sums[0]
    }

    /// By electronic means.
    #[must_use]
    pub fn electronic(&self) -> u64 {
        self.sums[1..13].iter().copied().fold(0, u64::saturating_add)
    }

    /// Everything.
    #[must_use]
    pub fn all(&self) -> u64 {
        self.sums.iter().copied().fold(0, u64::saturating_add)
    }
}

/// A document that cannot be changed any more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FiscalDocument {
    /// Its number.
    pub number: u32,
    /// Kind: 2 opening of a shift, 3 receipt, 5 closing, 31 correction.
    pub kind: u8,
    /// Its sign.
    pub sign: u32,
    /// When.
    pub at: NaiveDateTime,
    /// Number of the shift.
    pub shift: u16,
    /// Operation (tag 1054) and total, of receipts.
    pub settled: Option<(u8, u64)>,
    /// The operator of fiscal data has it.
    pub delivered: bool,
    /// Its tags.
    pub tags: Vec<Tag>,
}

impl FiscalDocument {
    /// What `FF0A` says of it.
    pub(super) fn describe(&self, to: &mut Writer) {
        to.byte(self.kind).byte(u8::from(self.delivered)).moment(self.at);
        to.number(u64::from(self.number), 4).number(u64::from(self.sign), 4);
        match self.settled {
            Some((operation, total)) => {
                to.byte(operation).number(total, 5);
            }
            None => {
                to.number(u64::from(self.shift), 2);
            }
        }
    }
}

/// Totals of a shift, kopecks; by kind of receipt in the order sale, purchase, and their returns.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// Number of the shift.
    pub shift: u16,
    /// Receipts.
    pub receipts: u16,
    /// Paid in cash.
    pub cash: [u64; 4],
    /// Paid electronically.
    pub electronic: [u64; 4],
    /// By the three other means.
    pub other: [u64; 4],
    /// Put into the drawer.
    pub put_in: u64,
    /// Taken out.
    pub taken_out: u64,
}

/// The memory.
#[derive(Clone, Debug, Default)]
pub struct Memory {
    documents: Vec<FiscalDocument>,
    shift: Option<(NaiveDateTime, Totals)>,
    last_shift: u16,
    cash: u64,
}

impl Memory {
    /// All documents, the oldest first.
    #[must_use]
    pub fn documents(&self) -> &[FiscalDocument] {
        &self.documents
    }

    /// The document of a number.
    #[must_use]
    pub fn find(&self, number: u32) -> Option<&FiscalDocument> {
        self.documents.iter().find(|document| document.number == number)
    }

    /// The last document.
    #[must_use]
    pub fn last(&self) -> Option<&FiscalDocument> {
        self.documents.last()
    }

    /// The number of the last document, 0 before the first.
    #[must_use]
    pub fn last_number(&self) -> u32 {
        self.last().map_or(0, |last| last.number)
    }

    /// The number of the last receipt.
    #[must_use]
    pub fn last_receipt(&self) -> Option<u32> {
        self.documents.iter().rev().find(|document| document.settled.is_some()).map(|document| document.number)
    }

    /// When the shift was opened; `None` when it is closed.
    #[must_use]
    pub fn opened_at(&self) -> Option<NaiveDateTime> {
        self.shift.as_ref().map(|(at, _)| *at)
    }

    /// Totals of the open shift.
    #[must_use]
    pub fn totals(&self) -> Option<&Totals> {
        self.shift.as_ref().map(|(_, totals)| totals)
    }

    /// Number of the last shift that was closed.
    #[must_use]
    pub fn last_shift(&self) -> u16 {
        if self.shift.is_some() { self.last_shift.saturating_sub(1) } else { self.last_shift }
    }

    /// Cash in the drawer.
    #[must_use]
    pub fn cash(&self) -> u64 {
        self.cash
    }

    /// Documents the operator does not have yet.
    #[must_use]
    pub fn waiting(&self) -> u16 {
        u16::try_from(self.documents.iter().filter(|document| !document.delivered).count()).unwrap_or(u16::MAX)
    }

    pub(super) fn deliver(&mut self) {
        self.documents.iter_mut().for_each(|document| document.delivered = true);
    }

    pub(super) fn exchange(&self, to: &mut Writer) {
        let first = self.documents.iter().find(|document| !document.delivered);
        to.byte(if first.is_some() { 2 } else { 0 }).byte(0).number(u64::from(self.waiting()), 2);
        match first {
            Some(first) => to.number(u64::from(first.number), 4).moment(first.at),
            None => to.number(0, 4).raw(&[0; 5]),
        };
    }

    pub(super) fn shift(&self, to: &mut Writer) {
        let (open, receipts) = self.totals().map_or((0, 0), |totals| (1, totals.receipts));
        to.byte(open).number(u64::from(self.last_shift), 2).number(u64::from(receipts), 2);
    }

    pub(super) fn shift_document(&self, number: u32) -> Vec<u8> {
        let sign = self.find(number).map_or(0, |document| document.sign);
        let mut to = Writer::default();
        to.number(u64::from(self.last_shift), 2).number(u64::from(number), 4).number(u64::from(sign), 4);
        to.bytes
    }

    pub(super) fn open(&mut self, tags: Vec<Tag>, at: NaiveDateTime) -> u32 {
        self.last_shift = self.last_shift.wrapping_add(1);
        self.shift = Some((at, Totals { shift: self.last_shift, ..Totals::default() }));
        self.write(2, None, tags, at)
    }

    pub(super) fn close(&mut self, tags: Vec<Tag>, at: NaiveDateTime) -> Option<u32> {
        self.shift.take()?;
        Some(self.write(5, None, tags, at))
    }

    /// Puts cash in or takes it out; `None` when there is not enough.
    pub(super) fn move_cash(&mut self, kopecks: i64) -> Option<()> {
        self.cash = self.cash.checked_add_signed(kopecks)?;
        let (_, totals) = self.shift.as_mut()?;
        let part = if kopecks < 0 { &mut totals.taken_out } else { &mut totals.put_in };
        *part = part.saturating_add(kopecks.unsigned_abs());
        Some(())
    }

    pub(super) fn add(
        &mut self,
        receipt: &Receipt,
        paid: &Paid,
        change: u64,
        tags: Vec<Tag>,
        at: NaiveDateTime,
    ) -> u32 {
        let cash = paid.cash().saturating_sub(change);
        self.cash = if receipt.gives_cash() { self.cash.saturating_sub(cash) } else { self.cash.saturating_add(cash) };
        if let Some((_, totals)) = self.shift.as_mut() {
            totals.receipts = totals.receipts.saturating_add(1);
            let of = usize::from(receipt.kind.opening());
            let other = paid.all().saturating_sub(paid.cash()).saturating_sub(paid.electronic());
            let parts =
                [(&mut totals.cash, cash), (&mut totals.electronic, paid.electronic()), (&mut totals.other, other)];
            for (sums, part) in parts {
                if let Some(sum) = sums.get_mut(of) {
                    *sum = sum.saturating_add(part);
                }
            }
        }
        let kind = if receipt.correction { 31 } else { 3 };
        self.write(kind, Some((receipt.kind.operation(), receipt.total(paid))), tags, at)
    }

    fn write(&mut self, kind: u8, settled: Option<(u8, u64)>, tags: Vec<Tag>, at: NaiveDateTime) -> u32 {
        let number = self.last_number().saturating_add(1);
        // A sign that depends on the content, as the real one does (FNV-1a).
        let content = [number.to_le_bytes().as_slice(), &written(&tags)].concat();
        let sign =
            content.iter().fold(0x811C_9DC5u32, |sign, byte| (sign ^ u32::from(*byte)).wrapping_mul(0x0100_0193));
        let shift = self.last_shift;
        self.documents.push(FiscalDocument { number, kind, sign, at, shift, settled, delivered: false, tags });
        number
    }

    /// A money register: 193 to 196 cash by kind of receipt, 197 to 200 electronic, 241 the drawer, 242 and 243
    /// cash put in and taken out.
    #[must_use]
    pub fn register(&self, number: u8) -> u64 {
        let empty = Totals::default();
        let totals = self.totals().unwrap_or(&empty);
        let of = |sums: &[u64; 4], first: u8| sums.get(usize::from(number - first)).copied().unwrap_or(0);
        match number {
            193..=196 => of(&totals.cash, 193),
            197..=200 => of(&totals.electronic, 197),
            241 => self.cash,
            242 => totals.put_in,
            243 => totals.taken_out,
            _ => 0,
        }
    }

    /// The register of a kind of receipt paid in cash.
    #[must_use]
    pub fn cash_register(kind: ReceiptKind) -> u8 {
        193 + kind.opening()
    }

    /// The register of a kind of receipt paid electronically.
    #[must_use]
    pub fn electronic_register(kind: ReceiptKind) -> u8 {
        197 + kind.opening()
    }
}
