//! What the line of the screen asks for at the moment.

use super::special::Special;
use crate::domain::crm::counterparty::Counterparty;
use crate::domain::retail::receipt::TillReceipt;
use crate::domain::retail::receipt_return::TillReturn;
use crate::domain::retail::till::Till;
use crate::domain::retail::till_advance::TillAdvanceOperation;
use crate::domain::retail::till_correction::TillCorrection;
use crate::kernel::money::Money;
use crate::kernel::object::Uid;
use crate::kernel::refs::{AnyRef, Ref};
use crate::kernel::text::Text;
use crate::ops::till::find::Offer;
use crate::text;

/// What is going on.
pub enum Mode {
    /// The till is being read.
    Waiting,
    /// The shift is closed.
    Closed,
    /// Goods are taken.
    Sale,
    /// Cash is taken.
    Pay,
    /// One of several is chosen.
    Choose(Choice),
    /// Something is asked for.
    Ask(Prompt),
    /// Goods come back.
    Back(Box<Coming>),
    /// An advance or a correction is about to be made.
    Special(Box<Special>),
    /// Totals of a shift are looked at: the shift, the title, the rows.
    Report(AnyRef, String, Vec<(String, String)>),
}

/// What has just been made: what it is, and the money that changes hands with its name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Told {
    /// What it is.
    pub title: String,
    /// Name and sum, to be read from a metre.
    pub sums: Vec<(String, String)>,
}

impl Told {
    /// Something without sums of its own.
    pub fn plain(title: &Text) -> Self {
        Self { title: title.show(), sums: Vec::new() }
    }

    /// With a sum, unless it is zero.
    #[must_use]
    pub fn sum(mut self, name: &Text, amount: Money) -> Self {
        if !amount.is_zero() {
            self.sums.push((name.show(), amount.grouped()));
        }
        self
    }

    /// All of it in a sentence.
    pub fn sentence(&self) -> String {
        let sums: Vec<String> = self.sums.iter().map(|(name, sum)| format!("{name} {sum}")).collect();
        [self.title.clone(), sums.join(", ")].join(" ").trim().to_owned()
    }
}

/// A receipt being taken back.
pub struct Coming {
    /// The return as it will be made.
    pub back: TillReturn,
    /// Names of its goods.
    pub names: Vec<String>,
    /// The current line.
    pub current: usize,
    /// The return is known by it.
    pub key: Uid,
}

/// One of several.
pub struct Choice {
    /// What is chosen.
    pub title: String,
    /// Title and detail of each.
    pub items: Vec<(String, String)>,
    /// The current one.
    pub at: usize,
    /// What they are.
    pub of: Of,
}

/// What can be chosen.
pub enum Of {
    /// Tills.
    Tills(Vec<Ref<Till>>),
    /// Goods, to be sold.
    Offers(Vec<Offer>),
    /// Receipts put aside.
    Held(Vec<Ref<TillReceipt>>),
    /// Buyers.
    Buyers(Vec<(Ref<Counterparty>, String)>),
    /// Further actions.
    More(Vec<&'static str>),
    /// Users who may permit something.
    Users(Vec<AnyRef>),
    /// Ways to correct a receipt, and the names of its goods.
    Corrections(Box<(TillCorrection, Vec<String>)>),
    /// Actions whose key is to be changed.
    Keys(Vec<&'static str>),
}

/// What is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Prompt {
    /// The quantity of the current line.
    Qty,
    /// The code whose price is wanted.
    Price,
    /// The discount of the current line.
    Discount,
    /// A buyer or a card.
    Buyer,
    /// The receipt that is brought back.
    Receipt,
    /// The order to be handed over.
    Order,
    /// Cash put in.
    PutIn,
    /// Cash taken out.
    TakeOut,
    /// Advance to be set off.
    Advance,
    /// The order an advance is for.
    AdvanceFor(TillAdvanceOperation),
    /// The receipt that is to be corrected.
    Corrected,
    /// Cash counted at the end of the shift.
    Count,
    /// The password of a user.
    Password(AnyRef),
    /// Another key for an action.
    Key(&'static str),
}

impl Prompt {
    /// Its words.
    pub fn label(self) -> Text {
        match self {
            Prompt::Qty => text!("till-ask-qty"),
            Prompt::Price => text!("till-ask-price"),
            Prompt::Discount => text!("till-ask-discount"),
            Prompt::Buyer => text!("till-ask-buyer"),
            Prompt::Receipt => text!("till-ask-receipt"),
            Prompt::Order => text!("till-ask-order"),
            Prompt::PutIn => text!("till-ask-put-in"),
            Prompt::TakeOut => text!("till-ask-take-out"),
            Prompt::Advance => text!("till-ask-advance"),
            Prompt::AdvanceFor(TillAdvanceOperation::Taken) => text!("till-ask-advance-for"),
            Prompt::AdvanceFor(TillAdvanceOperation::Returned) => text!("till-ask-advance-back"),
            Prompt::Corrected => text!("till-ask-corrected"),
            Prompt::Count => text!("till-ask-count"),
            Prompt::Password(_) => text!("till-ask-password"),
            Prompt::Key(_) => text!("till-ask-key"),
        }
    }
}

impl Mode {
    /// What is to be typed now.
    pub fn label(&self) -> Text {
        match self {
            Mode::Waiting => text!("till-mode-waiting"),
            Mode::Closed => text!("till-mode-closed"),
            Mode::Sale => text!("till-mode-sale"),
            Mode::Pay => text!("till-mode-pay"),
            Mode::Choose(_) => text!("till-mode-choose"),
            Mode::Ask(prompt) => prompt.label(),
            Mode::Back(_) => text!("till-mode-back"),
            Mode::Special(special) => special.label(),
            Mode::Report(..) => text!("till-mode-report"),
        }
    }
    /// What is typed is not shown.
    pub const fn is_secret(&self) -> bool {
        matches!(self, Mode::Ask(Prompt::Password(_)))
    }
}
