//! What there was when the books began: prices, and the opening balances through the account 000.

use super::desk::Desk;
use crate::domain::crm::contract::ContractKind;
use crate::domain::crm::counterparty::Counterparty;
use crate::domain::ledger::opening_balance::{
    OpeningAccount, OpeningBalance, OpeningFunds, OpeningGoods, OpeningSettlement,
};
use crate::domain::money::bank_account::BankAccount;
use crate::domain::money::currency::Currency;
use crate::domain::money::rate_setting::{RateSetting, RateSettingLine};
use crate::domain::prices::price_kind::PriceKind;
use crate::domain::prices::price_setting::{PriceSetting, PriceSettingLine};
use crate::domain::stock::warehouse::Warehouse;
use crate::kernel::money::{Money, Percent, Price, Qty, Rate};
use crate::kernel::problems::Outcome;
use crate::kernel::refs::Ref;

/// The share capital.
const CAPITAL: Money = Money::whole(50_000);
/// Every so many an item lies at the pick-up point too.
const SHOP_EVERY: usize = 6;

/// Enters everything on the day before the first.
pub fn enter(desk: &mut Desk<'_>) -> Outcome<()> {
    desk.open(desk.day);
    rates(desk)?;
    for (kind, of) in [("purchase", 0), ("retail", 1), ("wholesale", 2)] {
        prices(desk, kind, of, Percent::ZERO)?;
    }
    balances(desk)
}

/// Sets the prices of a kind for everything: 0 purchase, 1 retail, 2 wholesale; `above` the price list.
pub fn prices(desk: &mut Desk<'_>, kind: &str, of: usize, above: Percent) -> Outcome<()> {
    let kind = desk.coded::<PriceKind>(kind);
    let goods = desk.goods.clone();
    let lines = goods.iter().filter(|goods| above.is_zero() || goods.demand > 0).map(|goods| {
        let listed = [goods.purchase, goods.retail, goods.wholesale].get(of).copied().unwrap_or_default();
        // Prices of the shop are in whole rubles, unless a thing costs less than a few.
        let raised = listed.money() + listed.money().percent(above);
        let whole = Money::from_minor((raised.minor() + 50) / 100 * 100);
        let raised = if above.is_zero() { listed.money() } else { whole };
        PriceSettingLine { key: 0, item: goods.item, price_kind: kind, price: Price::from(raised) }
    });
    let lines: Vec<PriceSettingLine> = lines.collect();
    let mut setting = desk.blank(|setting: &mut PriceSetting, _| {
        setting.price_kind = kind;
        setting.prices = lines;
    })?;
    desk.post(&mut setting).map(|_| ())
}

/// Rates of the currencies people ask about; they wander a little from week to week.
pub fn rates(desk: &mut Desk<'_>) -> Outcome<()> {
    let usual = [("USD", 81_400_000), ("EUR", 94_100_000), ("CNY", 11_320_000)];
    let mut lines = Vec::new();
    for (code, minor) in usual {
        let rate = Rate::from_minor(minor + minor * desk.chance.between(-18, 18) / 1_000);
        lines.push(RateSettingLine { key: 0, currency: desk.coded::<Currency>(code), nominal: 1, rate });
    }
    let mut setting = desk.blank(|setting: &mut RateSetting, _| setting.rates = lines)?;
    desk.post(&mut setting).map(|_| ())
}

fn balances(desk: &mut Desk<'_>) -> Outcome<()> {
    let main = desk.defaults.warehouse;
    let shop: Ref<Warehouse> = desk.coded("shop");
    let mut goods = Vec::new();
    for (at, known) in desk.goods.iter().enumerate() {
        // The books hold goods without the VAT that was deducted; every item's own rate is near enough to this.
        let cost = |qty: Qty| net(known.purchase.times(qty));
        let mut row = |warehouse, qty| {
            goods.push(OpeningGoods { key: 0, warehouse, item: known.item, qty, cost: cost(qty) });
        };
        row(main, known.opening);
        if known.demand > 0 && at % SHOP_EVERY == 0 {
            row(shop, Qty::whole(8));
        }
    }
    let funds = [
        (desk.defaults.cash_desk.any(), Money::whole(24_500)),
        (desk.coded::<BankAccount>("main").any(), Money::whole(1_386_240)),
        (desk.coded::<BankAccount>("cards").any(), Money::whole(118_730)),
    ];
    let funds: Vec<OpeningFunds> =
        funds.into_iter().map(|(place, amount)| OpeningFunds { key: 0, place, amount }).collect();
    let owed = settlements(desk);
    let worth: Money = goods.iter().map(|row| row.cost).sum::<Money>()
        + funds.iter().map(|row| row.amount).sum::<Money>()
        + owed.iter().map(|row| row.amount).sum::<Money>();
    let account =
        |code: &str, credit| OpeningAccount { account: desk.coded(code), credit, ..OpeningAccount::default() };
    // What is owned less what is owed is the owners': 000 ends at zero.
    let accounts = vec![account("80.09", CAPITAL), account("84.01", worth - CAPITAL)];
    let mut opening = desk.blank(|opening: &mut OpeningBalance, _| {
        opening.goods = goods;
        opening.funds = funds;
        opening.settlements = owed;
        opening.accounts = accounts;
    })?;
    desk.post(&mut opening).map(|_| ())
}

/// Without VAT of the usual rate.
fn net(amount: Money) -> Money {
    amount - amount.tax_inside(Percent::whole(22))
}

/// Customers who owe, one who has paid ahead, suppliers we owe.
fn settlements(desk: &Desk<'_>) -> Vec<OpeningSettlement> {
    let customer = ContractKind::Customer;
    let supplier = ContractKind::Supplier;
    let rows = [
        ("К201", customer, 48_600),
        ("К204", customer, 22_150),
        ("К209", customer, 63_900),
        ("К213", customer, -15_000),
        ("П01", supplier, -184_300),
        ("П04", supplier, -76_450),
        ("П05", supplier, -121_800),
    ];
    let row = |(code, kind, amount): (&str, ContractKind, i32)| OpeningSettlement {
        counterparty: desk.coded::<Counterparty>(code),
        kind,
        amount: Money::whole(amount),
        ..OpeningSettlement::default()
    };
    rows.into_iter().map(row).collect()
}
