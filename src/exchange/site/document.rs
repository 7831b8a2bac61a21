//! What a document of a CommerceML file says, typed: the order of a site, its payments and shipments.

use super::lines::{SiteCost, SiteDiscount, SiteLine, SiteTax};
use super::party::{PartyRole, SiteParty};
use crate::kernel::moment::{Date, Moment};
use crate::kernel::money::{Money, Rate};
use crate::kernel::text::{Text, normalize};

/// What a document does (`ХозОперация`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Operation {
    /// «Заказ товара».
    OrderOfGoods,
    /// «Выплата безналичных денег»: a payment through the bank.
    PaymentCashless,
    /// «Выплата наличных денег».
    PaymentCash,
    /// «Эквайринговая операция»: a payment by card, as 1С-Битрикс names it.
    PaymentCard,
    /// «Возврат наличных денег», «Возврат безналичных денег».
    Refund,
    /// «Отпуск товара».
    Shipment,
    /// «Возврат товара».
    Return,
    /// Anything else, as written.
    Other(String),
}

impl Operation {
    /// From the words of a file; case and blanks do not matter.
    pub fn parse(words: &str) -> Self {
        let plain: String = words.to_lowercase().chars().filter(|letter| !letter.is_whitespace()).collect();
        match plain.as_str() {
            "заказтовара" => Self::OrderOfGoods,
            "выплатабезналичныхденег" => Self::PaymentCashless,
            "выплатаналичныхденег" => Self::PaymentCash,
            "эквайринговаяоперация" => Self::PaymentCard,
            "возвратналичныхденег" | "возвратбезналичныхденег" => {
                Self::Refund
            }
            "отпусктовара" => Self::Shipment,
            "возвраттовара" => Self::Return,
            _ => Self::Other(words.trim().to_owned()),
        }
    }
    /// True for money coming in.
    pub const fn is_payment(&self) -> bool {
        matches!(self, Self::PaymentCashless | Self::PaymentCash | Self::PaymentCard)
    }
}

/// The role of the sender's enterprise in the document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Role {
    /// The site sells: an order of a customer.
    Seller,
    /// The site buys: our order to a supplier, not loaded as an order of a customer.
    Buyer,
    /// Anything else, as written; empty when absent.
    Other(String),
}

impl Role {
    /// From the words of a file.
    pub fn parse(words: &str) -> Self {
        match words.trim().to_lowercase().as_str() {
            "продавец" => Self::Seller,
            "покупатель" => Self::Buyer,
            _ => Self::Other(words.trim().to_owned()),
        }
    }
}

/// Something named by the site: a warehouse, an organisation, an agreement.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SiteName {
    /// Its id on the site; empty when only the name is given.
    pub id: String,
    /// Its name.
    pub name: String,
}

impl SiteName {
    /// True when neither id nor name is given.
    pub fn is_empty(&self) -> bool {
        self.id.is_empty() && self.name.is_empty()
    }
}

/// A document of the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SiteDocument {
    /// `Ид`; see [`Self::key`] for what to store.
    pub site_id: String,
    /// `Номер`, the number people know.
    pub number: String,
    /// `НомерВерсии`: changes with every change of the document on the site; empty when not sent.
    pub version: String,
    /// `Дата`; empty when absent or unreadable (the caller takes the day of receipt, a warning is there).
    pub date: Date,
    /// `Дата` and `Время` together; the start of the day when there is no time.
    pub moment: Moment,
    /// `ХозОперация`.
    pub operation: Operation,
    /// `Роль`.
    pub role: Role,
    /// `Валюта` as an ISO code; empty when absent or unknown (the default of the link is meant).
    pub currency: String,
    /// `Валюта` as written.
    pub currency_raw: String,
    /// `Курс`.
    pub rate: Option<Rate>,
    /// `Сумма`, delivery included; nothing when the site sends only a status.
    pub sum: Option<Money>,
    /// `Контрагенты`: the buyer, or the payer and the receiver.
    pub parties: Vec<SiteParty>,
    /// `Товары`.
    pub lines: Vec<SiteLine>,
    /// `Скидки` of the whole document.
    pub discounts: Vec<SiteDiscount>,
    /// `ДопРасходы` of the document and of its lines.
    pub costs: Vec<SiteCost>,
    /// `Налоги` of the whole document.
    pub taxes: Vec<SiteTax>,
    /// `Комментарий` with its line breaks.
    pub comment: String,
    /// `ЗначенияРеквизитов` in order; names and values trimmed, all kept.
    pub requisites: Vec<(String, String)>,
    /// `ПометкаУдаления`.
    pub deleted: bool,
    /// `Номер1С` or the requisite «Номер по 1С»: our own number, when the site knows it.
    pub number_1c: Option<String>,
    /// `Дата1С` or the requisite «Дата по 1С»; empty when not set.
    pub date_1c: Moment,
    /// `Склад`, `Склады` or the requisite «Склад».
    pub warehouse: SiteName,
    /// `Организация` or the requisite.
    pub organisation: SiteName,
    /// `Соглашение` or the requisite.
    pub agreement: SiteName,
    /// `СрокПлатежа`.
    pub payment_due: Date,
    /// `Основание`: the id of the order a payment or shipment belongs to; empty for orders.
    pub basis: String,
    /// What could not be read or had to be guessed, as sentences.
    pub warnings: Vec<Text>,
    /// A hash of the normalised document: blanks, encoding, namespaces and order of attributes do not
    /// matter, everything else does.
    pub digest: String,
}

impl SiteDocument {
    /// What identifies the document within its link: the id, or the number when there is none.
    pub fn key(&self) -> &str {
        if self.site_id.is_empty() { &self.number } else { &self.site_id }
    }
    /// The number to show: the number, or the id when there is none.
    pub fn shown_number(&self) -> &str {
        if self.number.is_empty() { &self.site_id } else { &self.number }
    }
    /// True for what is loaded as an order of a customer.
    pub fn is_customer_order(&self) -> bool {
        self.operation == Operation::OrderOfGoods && self.role != Role::Buyer
    }
    /// The value of a requisite; case and blanks of the name do not matter, an empty value counts as none.
    pub fn requisite(&self, name: &str) -> Option<&str> {
        let wanted = normalize(name);
        let found = self.requisites.iter().filter(|(own, _)| normalize(own) == wanted);
        found.map(|(_, value)| value.as_str()).find(|value| !value.is_empty())
    }
    /// The buyer: who has that role, else who pays, else the first.
    pub fn buyer(&self) -> Option<&SiteParty> {
        let of = |role: &PartyRole| self.parties.iter().find(|party| party.role == *role);
        of(&PartyRole::Buyer).or_else(|| of(&PartyRole::Payer)).or_else(|| self.parties.first())
    }
    /// The receiver of the goods, when the site names one beside the buyer.
    pub fn recipient(&self) -> Option<&SiteParty> {
        self.parties.iter().find(|party| party.role == PartyRole::Recipient)
    }
}
