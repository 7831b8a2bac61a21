//! The reports of the program itself, one line a file of `reports/`.

/// The embedded reports, sorted.
macro_rules! embedded {
    ($($code:literal),* $(,)?) => {
        &[$(($code, include_str!(concat!("../../reports/", $code, ".toml")))),*]
    };
}

/// Code and text of every embedded report.
pub const EMBEDDED: &[(&str, &str)] = embedded![
    "account_analysis",
    "account_card",
    "debts",
    "lost_demand",
    "money",
    "order_states",
    "sales",
    "settlements_customers",
    "settlements_suppliers",
    "stock",
    "trial_balance",
];
