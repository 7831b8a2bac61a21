//! The accounts that posting names, by their codes in the chart (LEDGER 1).

/// Goods in warehouses.
pub const GOODS: &str = "41.01";
/// Input VAT of goods.
pub const VAT_INPUT_GOODS: &str = "19.03";
/// Input VAT of services.
pub const VAT_INPUT_SERVICES: &str = "19.04";
/// Selling expenses.
pub const SELLING_EXPENSES: &str = "44.01";
/// Cash.
pub const CASH: &str = "50.01";
/// Settlement accounts in banks.
pub const BANK: &str = "51";
/// Sales paid by card: the acquirer has not sent the money yet.
pub const CARDS: &str = "57.03";
/// Buyers at the till who are not known by name.
pub const RETAIL_BUYERS: &str = "62.Р";
/// Money on its way.
pub const TRANSIT: &str = "57.01";
/// Debts to suppliers.
pub const SUPPLIERS: &str = "60.01";
/// Advances to suppliers.
pub const SUPPLIER_ADVANCES: &str = "60.02";
/// Debts of customers.
pub const CUSTOMERS: &str = "62.01";
/// Advances of customers.
pub const CUSTOMER_ADVANCES: &str = "62.02";
/// VAT payable.
pub const VAT: &str = "68.02";
/// The single tax account.
pub const SINGLE_TAX: &str = "68.90";
/// Claims.
pub const CLAIMS: &str = "76.02";
/// Revenue, general order of taxation.
pub const REVENUE: &str = "90.01.1";
/// Revenue, special order.
pub const REVENUE_SPECIAL: &str = "90.01.2";
/// Cost of sales, general order.
pub const COST_OF_SALES: &str = "90.02.1";
/// Cost of sales, special order.
pub const COST_OF_SALES_SPECIAL: &str = "90.02.2";
/// VAT of sales.
pub const VAT_OF_SALES: &str = "90.03";
/// Other income.
pub const OTHER_INCOME: &str = "91.01";
/// Other expenses.
pub const OTHER_EXPENSES: &str = "91.02";
/// Shortages and losses.
pub const LOSSES: &str = "94";
/// The auxiliary account of opening balances.
pub const OPENING: &str = "000";
/// Accounts whose balance the registers of stock, money and settlements know better: only their documents
/// move them, or the books would part from the registers.
pub fn kept_by_documents(code: &str) -> bool {
    let kept = [GOODS, CASH, BANK].contains(&code);
    kept || ["60", "62"].iter().any(|group| code == *group || code.starts_with(&format!("{group}.")))
}

/// Settlements with accountable persons.
pub const ACCOUNTABLE: &str = "71.01";
