//! The sections at the left edge: everything that can be opened, where people look for it.

use crate::domain::registry;
use crate::kernel::text::Text;
use crate::text;
use crate::ui::icons::Icon;
use crate::ui::shell::host::{Group, Link, Section};

/// A group: the key of its title, the codes of its links; a star before a code makes it stand out.
type Links = (&'static str, &'static [&'static str]);

/// A section: the key of its title, its icon, its groups.
type Declared = (&'static str, Icon, &'static [Links]);

/// The section whose links are all reports.
const ALL_REPORTS: &str = "section-reports";

const SECTIONS: [Declared; 8] = [
    (
        "section-main",
        Icon::House,
        &[
            ("", &["*start"]),
            ("group-daily", &["*list:customer_order", "work:import", "work:bind", "work:shortages"]),
            ("group-directories", &["list:item", "list:counterparty"]),
            ("group-service", &["bases", "backups", "options"]),
        ],
    ),
    (
        "section-sales",
        Icon::ShoppingCart,
        &[
            (
                "group-documents",
                &[
                    "*list:customer_order",
                    "list:invoice",
                    "*list:goods_issue",
                    "list:tax_invoice_issued",
                    "list:customer_return",
                    "list:corrective_invoice",
                    "list:demand_note",
                ],
            ),
            (
                "group-till",
                &[
                    "*work:till",
                    "work:jobs",
                    "list:till_receipt",
                    "list:till_return",
                    "list:till_advance",
                    "list:till_correction",
                    "list:till_shift",
                    "list:till_cash",
                    "list:discount_card",
                    "list:till",
                ],
            ),
            ("group-site", &["work:import", "work:bind", "list:site_link"]),
            ("group-letters", &["work:letters", "list:letter_template", "list:mail_account"]),
            (
                "group-directories",
                &["list:counterparty", "list:contract", "list:agreement", "list:order_status", "list:cancel_reason"],
            ),
            ("group-prices", &["list:price_setting", "list:price_kind", "list:price_group"]),
            (
                "group-reports",
                &[
                    "report:sales",
                    "report:order_states",
                    "report:lost_demand",
                    "report:settlements_customers",
                    "report:debts",
                ],
            ),
        ],
    ),
    (
        "section-purchases",
        Icon::Package,
        &[
            (
                "group-documents",
                &[
                    "*list:supplier_order",
                    "*list:goods_receipt",
                    "list:discrepancy_act",
                    "list:tax_invoice_received",
                    "list:supplier_return",
                ],
            ),
            ("group-supply", &["work:shortages", "work:allocation", "work:reserves"]),
            ("group-directories", &["list:counterparty", "list:contract"]),
            ("group-reports", &["report:settlements_suppliers", "report:stock", "report:lost_demand"]),
        ],
    ),
    (
        "section-stock",
        Icon::Warehouse,
        &[
            ("group-documents", &["*list:stock_count", "list:stock_surplus", "list:stock_write_off"]),
            ("group-reports", &["*report:stock"]),
            ("group-directories", &["*list:item", "list:warehouse", "list:item_group", "list:unit", "list:brand"]),
            ("group-more", &["list:property", "work:shortages"]),
        ],
    ),
    (
        "section-money",
        Icon::Money,
        &[
            ("group-cash", &["*list:cash_receipt", "*list:cash_issue", "list:cash_desk"]),
            (
                "group-bank",
                &["*list:bank_receipt", "*list:payment_order", "list:bank_debit", "list:bank_account", "list:bank"],
            ),
            ("group-directories", &["list:cash_flow_item", "list:currency", "list:rate_setting"]),
            ("group-reports", &["report:money", "report:debts"]),
        ],
    ),
    (
        "section-ledger",
        Icon::Scales,
        &[
            ("group-documents", &["list:month_closing", "list:manual_entry", "list:opening_balance"]),
            ("group-directories", &["list:account", "list:vat_rate"]),
            ("group-reports", &["*report:trial_balance", "report:account_card", "report:account_analysis"]),
        ],
    ),
    (ALL_REPORTS, Icon::ChartBar, &[]),
    (
        "section-settings",
        Icon::Gear,
        &[
            ("group-company", &["list:company", "one:settings", "list:employee"]),
            ("group-rights", &["list:user", "list:role", "list:period_lock", "password"]),
            ("group-program", &["options", "devices", "bases", "backups", "work:journal", "work:deletion"]),
        ],
    ),
];

/// The sections in the user's language. `reports` are codes and titles of all reports.
pub fn sections(reports: &[(String, String)]) -> Vec<Section> {
    let words = |key: &'static str| Text::new(key).show();
    let made = SECTIONS.iter().map(|(code, icon, groups)| Section {
        code: (*code).to_owned(),
        title: words(code),
        icon: *icon,
        groups: groups
            .iter()
            .map(|(key, codes)| Group {
                title: if key.is_empty() { String::new() } else { words(key) },
                links: codes.iter().map(|code| link(code, reports)).collect(),
            })
            .collect(),
    });
    let mut all: Vec<Section> = made.collect();
    if let Some(section) = all.iter_mut().find(|section| section.code == ALL_REPORTS) {
        let link = |(code, title): &(String, String)| Link {
            code: format!("report:{code}"),
            title: title.clone(),
            bold: false,
        };
        section.groups.push(Group { title: String::new(), links: reports.iter().map(link).collect() });
    }
    all
}

fn link(code: &str, reports: &[(String, String)]) -> Link {
    let plain = code.strip_prefix('*').unwrap_or(code);
    Link { code: plain.to_owned(), title: title(plain, reports), bold: plain != code }
}

/// What a link says.
fn title(code: &str, reports: &[(String, String)]) -> String {
    let (family, rest) = code.split_once(':').unwrap_or((code, ""));
    let of_report = || reports.iter().find(|(known, _)| known == rest).map(|(_, title)| title.clone());
    let text = match (family, rest) {
        ("list" | "one", kind) => {
            return registry::by_code(kind).map_or(String::new(), |kind| kind.meta().list_label());
        }
        ("report", _) => {
            return of_report().unwrap_or_else(|| Text::new(format!("report-{}", rest.replace('_', "-"))).show());
        }
        ("work", "import") => text!("work-import"),
        ("work", "bind") => text!("work-bind-title"),
        ("work", "allocation") => text!("allocation-title"),
        ("work", "reserves") => text!("reserves-title"),
        ("work", "shortages") => text!("work-shortages"),
        ("work", "jobs") => text!("jobs-title"),
        ("work", "letters") => text!("letters-title"),
        ("work", "till") => text!("till-title"),
        ("work", "journal") => text!("journal-title"),
        ("work", "deletion") => text!("deletion-title"),
        ("start", _) => text!("today-title"),
        ("bases", _) => text!("bases-title"),
        ("backups", _) => text!("backups-title"),
        ("options", _) => text!("options-title"),
        ("devices", _) => text!("devices-title"),
        ("password", _) => text!("password-title"),
        _ => return code.to_owned(),
    };
    text.show()
}

#[cfg(test)]
mod tests {
    use super::{SECTIONS, sections};
    use crate::domain::registry;
    use crate::report::load::all_codes;
    use std::collections::BTreeSet;

    #[test]
    fn everything_can_be_opened_from_a_section() {
        let reports: Vec<(String, String)> = all_codes(None).into_iter().map(|code| (code.clone(), code)).collect();
        let all = sections(&reports);
        let links = all.iter().flat_map(|section| &section.groups).flat_map(|group| &group.links);
        let codes: BTreeSet<&str> = links.map(|link| link.code.as_str()).collect();
        for kind in registry::KINDS {
            let (list, one) = (format!("list:{}", kind.meta().code), format!("one:{}", kind.meta().code));
            assert!(codes.contains(list.as_str()) || codes.contains(one.as_str()), "{list} is nowhere");
        }
        for (code, _) in &reports {
            assert!(codes.contains(format!("report:{code}").as_str()), "{code} is nowhere");
        }
        let named = SECTIONS.iter().flat_map(|(_, _, groups)| groups.iter()).flat_map(|(_, codes)| codes.iter());
        for code in named {
            let link = super::link(code, &[]);
            assert!(!link.title.is_empty() && link.title != link.code, "{code} has no title");
        }
    }
}
