//! Why a registrar refuses: its error codes by what is to be done about them. The codes of the fiscal memory
//! share the numbers from 01 to 20, so the device's own words (command 6B) are shown beside.

/// What a refusal asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Refusal {
    /// It is printing the last command: wait and repeat.
    Printing,
    /// It waits for the command to go on printing.
    WaitsToGoOn,
    /// The shift has been open for 24 hours: close it.
    ShiftExpired,
    /// The shift is closed: open it.
    ShiftClosed,
    /// The shift is open already.
    ShiftOpen,
    /// A receipt is open: finish or cancel it.
    ReceiptOpen,
    /// No receipt is open.
    NoReceipt,
    /// Paid less than the total.
    PaidTooLittle,
    /// Paid by card more than the total.
    CardAboveTotal,
    /// Not enough cash in the drawer.
    CashTooLittle,
    /// The total is zero.
    ZeroTotal,
    /// No paper.
    NoPaper,
    /// The knife is stuck.
    Knife,
    /// The cover is open.
    CoverOpen,
    /// The command is not supported by this model.
    Unsupported,
    /// The command is not possible in this mode.
    WrongMode,
    /// Wrong password.
    Password,
    /// The date is to be confirmed.
    ConfirmDate,
    /// Parameters are wrong.
    Parameters,
    /// The fiscal memory is full, expired or absent: it is to be replaced.
    MemoryFull,
    /// Another code.
    Other,
}

impl Refusal {
    /// What an error code means; `None` for zero, which is no error.
    #[must_use]
    pub fn of(code: u8) -> Option<Self> {
        Some(match code {
            0 => return None,
            0x50 => Self::Printing,
            0x58 => Self::WaitsToGoOn,
            0x4E => Self::ShiftExpired,
            0x16 | 0x3D => Self::ShiftClosed,
            0x15 => Self::ShiftOpen,
            0x4A => Self::ReceiptOpen,
            0x55 => Self::NoReceipt,
            0x45 => Self::PaidTooLittle,
            0x4D => Self::CardAboveTotal,
            0x46 => Self::CashTooLittle,
            0x8E => Self::ZeroTotal,
            0x6B | 0x6C => Self::NoPaper,
            0x71 => Self::Knife,
            0xC7 | 0x68 | 0x69 => Self::CoverOpen,
            0x37 => Self::Unsupported,
            0x72 | 0x73 | 0x02 => Self::WrongMode,
            0x4F => Self::Password,
            0xC0 => Self::ConfirmDate,
            0x33 | 0x7E | 0x07 => Self::Parameters,
            0x05 | 0x06 | 0x12 | 0x14 => Self::MemoryFull,
            _ => Self::Other,
        })
    }

    /// The command was refused before anything happened, and may be given again once the cause is gone.
    #[must_use]
    pub fn may_be_repeated(self) -> bool {
        matches!(self, Self::Printing | Self::WaitsToGoOn)
    }
}
