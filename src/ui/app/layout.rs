//! `forms/<code>.toml`: what the list and the form of an object look like. Embedded in the program; a file
//! of the same name in the base's `custom/forms` folder wins.
//!
//! ```toml
//! [list]
//! columns = [{ field = "number", width = 110 }, { field = "customer", stretch = 1 }]
//! filters = ["state", "manager"]          # quick filters above the list
//! [form]
//! left = [["number", "date"], "customer"] # fields above the tabs, in two columns; several in one row
//! right = ["warehouse", "comment"]
//! footer = ["vat_amount", "amount"]       # totals below the tabs, the last one in bold
//! lines = { comment = 3 }                 # texts of many lines
//! read_only = ["vat_amount"]              # shown, not edited
//! [[form.tab]]
//! table = "goods"                         # a table part ...
//! columns = [{ field = "item", stretch = 1 }, { field = "qty", width = 80, total = true }]
//! [[form.tab]]
//! title = "tab-more"                      # ... or further fields, under a title of the texts
//! left = ["comment"]
//! ```

use crate::kernel::meta::{FieldMeta, Kind, ObjectMeta};
use crate::kernel::text::Text;
use crate::kernel::value::Type;
use crate::text;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::Path;

/// One column of a list or of a table part.
#[derive(Clone, Debug, Default, Deserialize, PartialEq)]
#[serde(deny_unknown_fields)]
pub struct ColumnLayout {
    /// The field.
    pub field: String,
    /// Width in points; the type's usual width when absent.
    pub width: Option<f32>,
    /// Its part of the room that is left.
    pub stretch: Option<f32>,
    /// Not shown until the user asks for it.
    #[serde(default)]
    pub extra: bool,
    /// Summed up under the column.
    #[serde(default)]
    pub total: bool,
    /// Shown, not edited.
    #[serde(default)]
    pub read_only: bool,
}

/// A list.
#[derive(Clone, Debug, Default, Deserialize, PartialEq)]
#[serde(deny_unknown_fields)]
pub struct ListLayout {
    /// Columns in order.
    #[serde(default)]
    pub columns: Vec<ColumnLayout>,
    /// Fields with a quick filter above the list.
    #[serde(default)]
    pub filters: Vec<String>,
    /// The field sorted by.
    pub sort: Option<String>,
    /// The list goes folder by folder.
    #[serde(default)]
    pub folders: bool,
}

/// A row of a form: one field, or several beside each other.
#[derive(Clone, Debug, Deserialize, PartialEq)]
#[serde(untagged)]
pub enum RowLayout {
    /// One field.
    One(String),
    /// Several fields; the label of the first one stands before them.
    Several(Vec<String>),
}

impl RowLayout {
    /// The fields of the row.
    pub fn fields(&self) -> &[String] {
        match self {
            RowLayout::One(field) => std::slice::from_ref(field),
            RowLayout::Several(fields) => fields,
        }
    }
}

impl From<&str> for RowLayout {
    fn from(field: &str) -> Self {
        RowLayout::One(field.to_owned())
    }
}

/// One tab of a form.
#[derive(Clone, Debug, Default, Deserialize, PartialEq)]
#[serde(deny_unknown_fields)]
pub struct TabLayout {
    /// A key of the texts; a table part has its own label.
    pub title: Option<String>,
    /// The table part.
    pub table: Option<String>,
    /// The columns of the table part.
    #[serde(default)]
    pub columns: Vec<ColumnLayout>,
    /// Rows of the left column.
    #[serde(default)]
    pub left: Vec<RowLayout>,
    /// Rows of the right column.
    #[serde(default)]
    pub right: Vec<RowLayout>,
}

/// The form of an object.
#[derive(Clone, Debug, Default, Deserialize, PartialEq)]
#[serde(deny_unknown_fields)]
pub struct FormLayout {
    /// Rows of the left column above the tabs.
    #[serde(default)]
    pub left: Vec<RowLayout>,
    /// Rows of the right column above the tabs.
    #[serde(default)]
    pub right: Vec<RowLayout>,
    /// Tabs.
    #[serde(default)]
    pub tab: Vec<TabLayout>,
    /// Fields shown in the footer, as totals.
    #[serde(default)]
    pub footer: Vec<String>,
    /// Texts of many lines: how many are seen.
    #[serde(default)]
    pub lines: BTreeMap<String, usize>,
    /// Fields that are shown, not edited.
    #[serde(default)]
    pub read_only: Vec<String>,
}

impl FormLayout {
    /// Every field the form names, above the tabs, on them and in the footer.
    pub fn fields(&self) -> impl Iterator<Item = &str> {
        let tabs = self.tab.iter().flat_map(|tab| tab.left.iter().chain(&tab.right));
        let rows = self.left.iter().chain(&self.right).chain(tabs);
        rows.flat_map(RowLayout::fields).chain(&self.footer).map(String::as_str)
    }
}

/// The whole file.
#[derive(Clone, Debug, Default, Deserialize, PartialEq)]
#[serde(deny_unknown_fields)]
pub struct Layout {
    /// The list.
    #[serde(default)]
    pub list: ListLayout,
    /// The form.
    #[serde(default)]
    pub form: FormLayout,
}

impl Layout {
    /// The same without these fields; those of table parts are named `table.column`.
    #[must_use]
    pub fn without(mut self, fields: &[&str]) -> Self {
        let kept = |name: &String| !fields.contains(&name.as_str());
        let rows = |rows: &mut Vec<RowLayout>| {
            for row in rows.iter_mut() {
                if let RowLayout::Several(several) = row {
                    several.retain(kept);
                }
            }
            rows.retain(|row| match row {
                RowLayout::One(field) => kept(field),
                RowLayout::Several(several) => !several.is_empty(),
            });
        };
        self.list.columns.retain(|column| kept(&column.field));
        self.list.filters.retain(kept);
        self.list.sort = self.list.sort.filter(kept);
        let form = &mut self.form;
        form.footer.retain(kept);
        rows(&mut form.left);
        rows(&mut form.right);
        for tab in &mut form.tab {
            rows(&mut tab.left);
            rows(&mut tab.right);
            let table = tab.table.as_deref().unwrap_or_default();
            tab.columns.retain(|column| !fields.contains(&format!("{table}.{}", column.field).as_str()));
        }
        self
    }
}

/// The embedded files, one line an object, sorted.
macro_rules! embedded {
    ($($code:literal),* $(,)?) => {
        &[$(($code, include_str!(concat!("../../../forms/", $code, ".toml")))),*]
    };
}

/// Code and text of every embedded layout.
pub const EMBEDDED: &[(&str, &str)] = embedded![
    "account",
    "agreement",
    "bank",
    "bank_account",
    "bank_debit",
    "bank_receipt",
    "brand",
    "cancel_reason",
    "cash_desk",
    "cash_flow_item",
    "cash_issue",
    "cash_receipt",
    "company",
    "contract",
    "corrective_invoice",
    "counterparty",
    "currency",
    "customer_order",
    "customer_return",
    "demand_note",
    "discount_card",
    "discrepancy_act",
    "employee",
    "goods_issue",
    "goods_receipt",
    "invoice",
    "item",
    "item_group",
    "letter_template",
    "mail_account",
    "manual_entry",
    "month_closing",
    "opening_balance",
    "order_status",
    "payment_order",
    "period_lock",
    "price_group",
    "price_kind",
    "price_setting",
    "property",
    "rate_setting",
    "role",
    "settings",
    "site_link",
    "stock_count",
    "stock_surplus",
    "stock_write_off",
    "supplier_order",
    "supplier_return",
    "tax_invoice_issued",
    "tax_invoice_received",
    "till",
    "till_advance",
    "till_cash",
    "till_correction",
    "till_receipt",
    "till_return",
    "till_shift",
    "unit",
    "user",
    "vat_rate",
    "warehouse",
];

/// The layout of a kind: the base's own file, else the embedded one, else one made of the declaration. Problems
/// of a user's file are told and the embedded layout is taken.
pub fn layout(meta: &'static ObjectMeta, custom: Option<&Path>) -> (Layout, Vec<Text>) {
    let mut problems = Vec::new();
    if let Some(folder) = custom {
        let path = folder.join("forms").join(format!("{}.toml", meta.code));
        if let Ok(source) = std::fs::read_to_string(&path) {
            match parse(&source, meta) {
                Ok(layout) => return (layout, problems),
                Err(found) => problems.extend(
                    found
                        .into_iter()
                        .map(|problem| text!("layout-file", file = path.display().to_string(), problem = problem)),
                ),
            }
        }
    }
    let source = EMBEDDED.iter().find(|(code, _)| *code == meta.code).map(|(_, source)| *source);
    match source.map(|source| parse(source, meta)) {
        Some(Ok(layout)) => (layout, problems),
        Some(Err(found)) => {
            problems.extend(found);
            (declared(meta), problems)
        }
        None => (declared(meta), problems),
    }
}

/// Reads a layout; everything that is wrong with it, at once.
pub fn parse(source: &str, meta: &'static ObjectMeta) -> Result<Layout, Vec<Text>> {
    let layout: Layout =
        toml::from_str(source).map_err(|error| vec![text!("layout-not-toml", reason = error.to_string())])?;
    let mut problems = Vec::new();
    let mut field = |name: &str| {
        if meta.field(name).is_none() {
            problems.push(text!("layout-field-unknown", field = name, object = meta.code));
        }
    };
    layout.list.columns.iter().for_each(|column| field(&column.field));
    layout.list.filters.iter().chain(layout.list.sort.as_ref()).for_each(|name| field(name));
    let form = &layout.form;
    form.fields().chain(form.lines.keys().chain(&form.read_only).map(String::as_str)).for_each(&mut field);
    for tab in form.tab.iter().filter(|tab| tab.table.is_some()) {
        let name = tab.table.as_deref().unwrap_or_default();
        let Some(part) = meta.table(name).and_then(|at| meta.tables.get(at)) else {
            problems.push(text!("layout-table-unknown", table = name, object = meta.code));
            continue;
        };
        for column in tab.columns.iter().filter(|column| part.field(&column.field).is_none()) {
            problems.push(text!("layout-field-unknown", field = column.field.clone(), object = part.name));
        }
    }
    if problems.is_empty() { Ok(layout) } else { Err(problems) }
}

/// A layout made of the declaration alone: every field, a tab for every table part.
pub fn declared(meta: &'static ObjectMeta) -> Layout {
    let column = |field: &FieldMeta| ColumnLayout { field: field.name.to_owned(), ..ColumnLayout::default() };
    let shown = |field: &&FieldMeta| !matches!(field.name, "folder" | "parent");
    let names: Vec<String> = meta.fields.iter().filter(shown).map(|field| field.name.to_owned()).collect();
    let half = names.len().div_ceil(2);
    let tab = meta.tables.iter().map(|part| TabLayout {
        table: Some(part.name.to_owned()),
        columns: part.fields.iter().map(column).collect(),
        ..TabLayout::default()
    });
    Layout {
        list: ListLayout { columns: meta.fields.iter().filter(shown).map(column).collect(), ..ListLayout::default() },
        form: FormLayout {
            left: names.iter().take(half).map(|name| name.as_str().into()).collect(),
            right: names.iter().skip(half).map(|name| name.as_str().into()).collect(),
            tab: tab.collect(),
            ..FormLayout::default()
        },
    }
}

/// The usual width of a column of a type.
pub fn usual_width(field: &FieldMeta, kind: Kind) -> f32 {
    match (field.kind, field.name) {
        (_, "number") if kind == Kind::Document => 110.0,
        (Type::Bool, _) => 60.0,
        (Type::Int | Type::Percent, _) => 70.0,
        (Type::Qty, _) => 90.0,
        (Type::Money | Type::Price | Type::Rate, _) => 110.0,
        (Type::Date, _) => 85.0,
        (Type::Moment, _) => 135.0,
        (Type::Choice(_), _) => 140.0,
        (Type::Text | Type::Ref(_) | Type::AnyRef, _) => 180.0,
    }
}
