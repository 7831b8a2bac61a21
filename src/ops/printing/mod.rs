//! Printed forms of documents: which there are, what they are filled with, what they still lack.
//!
//! In reading order:
//! - [`filled`]: the data of a form, with the card where each field is kept;
//! - [`parties`]: our company and the other side as papers name them, banks, people who sign;
//! - [`figures`]: amounts, prices, rates and numbers as papers show them;
//! - [`trade`]: documents with lines of goods, whatever their kind;
//! - [`cash`], [`bank`], [`count`], [`discrepancy`], [`shift`], [`notes`], [`torg12`], [`tax`]: the forms themselves;
//! - [`labels`]: price tags and labels of items, as many as there are lines or pieces.
//!
//! A paper is Russian whatever language the window speaks, so its words are spelled here. To add a form:
//! its template in `forms/print`, a line of [`FORMS`], a function that fills it.

pub mod bank;
pub mod cash;
pub mod corrective;
mod count;
pub mod discrepancy;
pub mod figures;
pub mod filled;
pub mod labels;
pub mod notes;
pub mod parties;
pub mod shift;
pub mod tax;
pub mod torg12;
pub mod trade;

use super::gate::Session;
use super::present;
use crate::domain::company::rights::Right;
use crate::domain::ledger::opening_balance::OpeningBalance;
use crate::domain::money::cash_issue::CashIssue;
use crate::domain::money::cash_receipt::CashReceipt;
use crate::domain::money::payment_order::PaymentOrder;
use crate::domain::prices::price_setting::PriceSetting;
use crate::domain::purchases::discrepancy_act::DiscrepancyAct;
use crate::domain::purchases::goods_receipt::GoodsReceipt;
use crate::domain::purchases::supplier_order::SupplierOrder;
use crate::domain::purchases::supplier_return::SupplierReturn;
use crate::domain::retail::shift::TillShift;
use crate::domain::sales::corrective_invoice::CorrectiveInvoice;
use crate::domain::sales::customer_order::CustomerOrder;
use crate::domain::sales::customer_return::CustomerReturn;
use crate::domain::sales::goods_issue::GoodsIssue;
use crate::domain::sales::invoice::Invoice;
use crate::domain::sales::tax_invoice_issued::TaxInvoiceIssued;
use crate::domain::stock::item::Item;
use crate::domain::stock::stock_count::StockCount;
use crate::domain::stock::stock_surplus::StockSurplus;
use crate::kernel::facts::Facts;
use crate::kernel::meta::{Kind, ObjectMeta};
use crate::kernel::object::{Declared as _, Object};
use crate::kernel::problems::{Error, Outcome};
use crate::kernel::refs::AnyRef;
use crate::kernel::text::Text;
use crate::print::layout::layout;
use crate::print::pages::Pages;
use crate::print::template::{Template, load};
use crate::store::base::Store;
use crate::text;
use filled::{Blank, Filled};
use labels::Label;
use std::path::{Path, PathBuf};

/// What filling a form may ask: the base, and the typed questions over it.
#[derive(Clone, Copy)]
pub struct Desk<'a> {
    /// The connection.
    pub store: &'a Store,
    /// Facts over it.
    pub facts: &'a dyn Facts,
}

/// A printed form of a kind of document.
pub struct PrintForm {
    /// Its code, for the command line and links; a user's own template is looked for by the template's name.
    pub code: &'static str,
    title: fn() -> Text,
    template: fn(&dyn Object) -> &'static str,
    fill: fn(&Desk<'_>, &dyn Object) -> Outcome<Filled>,
    /// The labels it consists of; a form that is one paper has none.
    labels: Option<Labels>,
}

/// Takes a document apart into labels.
type Labels = fn(&Desk<'_>, &dyn Object) -> Outcome<Vec<Label>>;

impl PrintForm {
    /// What it is called in the user's language.
    pub fn title(&self) -> Text {
        (self.title)()
    }
    /// The template a document takes: forms of the law change with the date.
    pub fn template(&self, object: &dyn Object) -> &'static str {
        (self.template)(object)
    }
}

const INVOICE: PrintForm = PrintForm {
    code: "invoice_for_payment",
    title: || text!("print-form-invoice"),
    template: |_| "invoice_for_payment",
    fill: notes::invoice_for_payment,
    labels: None,
};

const UPD: PrintForm =
    PrintForm { code: "upd", title: || text!("print-form-upd"), template: |_| "upd", fill: tax::upd, labels: None };

/// A simple form with lines: all of them share one template.
const fn note(code: &'static str, title: fn() -> Text) -> PrintForm {
    PrintForm { code, title, template: |_| "trade_note", fill: notes::trade_note, labels: None }
}

/// Labels of an item or of the lines of a document.
macro_rules! label {
    ($code:literal, $title:literal, $template:literal, $labels:path) => {
        PrintForm {
            code: $code,
            title: || text!($title),
            template: |_| $template,
            fill: |desk, object| Ok(labels::first_of(&$labels(desk, object)?, desk)),
            labels: Some($labels),
        }
    };
}

/// Price tags of the lines of a document.
const TAGS: PrintForm = label!("price_tags", "print-form-price-tags", "price_tag", labels::tags_of_lines);
/// Labels for the pieces of a document.
const LABELS: PrintForm = label!("item_labels", "print-form-item-labels", "item_label", labels::labels_of_lines);

/// The forms of each kind of document, the usual one first.
const FORMS: &[(u8, &[PrintForm])] = &[
    (SupplierOrder::TAG, &[note("supplier_order", || text!("print-form-supplier-order")), TAGS, LABELS]),
    (GoodsReceipt::TAG, &[note("goods_receipt", || text!("print-form-goods-receipt")), TAGS, LABELS]),
    (PriceSetting::TAG, &[TAGS, LABELS]),
    (StockSurplus::TAG, &[TAGS, LABELS]),
    (OpeningBalance::TAG, &[TAGS, LABELS]),
    (
        Item::TAG,
        &[
            label!("price_tag", "print-form-price-tags", "price_tag", labels::of_item),
            label!("item_label", "print-form-item-labels", "item_label", labels::of_item),
        ],
    ),
    (CustomerOrder::TAG, &[note("customer_order", || text!("print-form-customer-order")), INVOICE, TAGS, LABELS]),
    (Invoice::TAG, &[INVOICE]),
    (
        GoodsIssue::TAG,
        &[
            PrintForm {
                code: "goods_issue",
                title: || text!("print-form-goods-issue"),
                template: |_| "goods_issue",
                fill: notes::goods_issue,
                labels: None,
            },
            PrintForm {
                code: "torg12",
                title: || text!("print-form-torg12"),
                template: |_| "torg12",
                fill: torg12::torg12,
                labels: None,
            },
            UPD,
        ],
    ),
    (
        TaxInvoiceIssued::TAG,
        &[
            PrintForm {
                code: "tax_invoice",
                title: || text!("print-form-tax-invoice"),
                template: tax::template,
                fill: tax::tax_invoice,
                labels: None,
            },
            UPD,
        ],
    ),
    (
        CorrectiveInvoice::TAG,
        &[PrintForm {
            code: "corrective_invoice",
            title: || text!("print-form-corrective-invoice"),
            template: |_| "corrective_invoice",
            fill: corrective::corrective_invoice,
            labels: None,
        }],
    ),
    (CustomerReturn::TAG, &[note("customer_return", || text!("print-form-customer-return")), TAGS, LABELS]),
    (
        TillShift::TAG,
        &[PrintForm {
            code: "till_shift",
            title: || text!("print-form-till-shift"),
            template: |_| "till_shift",
            fill: shift::shift,
            labels: None,
        }],
    ),
    (
        StockCount::TAG,
        &[
            PrintForm {
                code: "inv3",
                title: || text!("print-form-inv3"),
                template: |_| "inv3",
                fill: count::inv3,
                labels: None,
            },
            TAGS,
            LABELS,
        ],
    ),
    (
        DiscrepancyAct::TAG,
        &[PrintForm {
            code: "discrepancy_act",
            title: || text!("print-form-discrepancy-act"),
            template: |_| "discrepancy_act",
            fill: discrepancy::act,
            labels: None,
        }],
    ),
    (SupplierReturn::TAG, &[note("supplier_return", || text!("print-form-supplier-return"))]),
    (
        CashReceipt::TAG,
        &[PrintForm {
            code: "ko1",
            title: || text!("print-form-ko1"),
            template: |_| "ko1",
            fill: cash::ko1,
            labels: None,
        }],
    ),
    (
        CashIssue::TAG,
        &[PrintForm {
            code: "ko2",
            title: || text!("print-form-ko2"),
            template: |_| "ko2",
            fill: cash::ko2,
            labels: None,
        }],
    ),
    (
        PaymentOrder::TAG,
        &[PrintForm {
            code: "pp_0401060",
            title: || text!("print-form-payment-order"),
            template: |_| "pp_0401060",
            fill: bank::payment_order,
            labels: None,
        }],
    ),
];

/// The printed forms of a kind of document, the usual one first; none for what is not printed.
pub fn forms_of(tag: u8) -> &'static [PrintForm] {
    FORMS.iter().find(|(own, _)| *own == tag).map_or(&[], |(_, forms)| forms)
}

/// A form of a kind by its code; the usual one for an empty code. The problem names the forms there are.
pub fn form_of(meta: &ObjectMeta, code: &str) -> Outcome<&'static PrintForm> {
    let forms = forms_of(meta.tag);
    let (code, _) = labels::each_of(code);
    let found = forms.iter().find(|form| code.is_empty() || form.code == code);
    found.ok_or_else(|| {
        let codes: Vec<&str> = forms.iter().map(|form| form.code).collect();
        Error::refused(if codes.is_empty() {
            text!("print-no-forms", kind = meta.label())
        } else {
            text!("print-no-form", kind = meta.label(), form = code, forms = codes.join(", "))
        })
    })
}

/// Whether a form of an object consists of labels.
pub fn is_labels(reference: AnyRef, code: &str) -> bool {
    let (code, _) = labels::each_of(code);
    forms_of(reference.tag()).iter().any(|form| form.code == code && form.labels.is_some())
}

/// The data of a form; fields without an answer are empty, none is left out.
pub fn fill(desk: &Desk<'_>, object: &dyn Object, form: &PrintForm) -> Outcome<Filled> {
    (form.fill)(desk, object)
}

/// Papers ready to be looked at, saved or printed.
#[derive(Clone, Debug, Default)]
pub struct Papers {
    /// All pages, in the order asked for.
    pub pages: Pages,
    /// What the papers lack to be valid, and where it is filled in.
    pub blanks: Vec<Blank>,
    /// What else a person should know: a text that was cut, a document that is not posted.
    pub notes: Vec<Text>,
}

/// The folder of a base's own forms: `custom` beside its file.
pub fn custom_folder(store: &Store) -> Option<PathBuf> {
    store.path().and_then(Path::parent).map(|folder| folder.join("custom"))
}

/// Lays out documents by their forms, an empty code meaning the usual one.
pub fn papers(session: &Session, asked: &[(AnyRef, String)]) -> Outcome<Papers> {
    let read = session.facts();
    let desk = Desk { store: &session.store, facts: &read };
    let custom = custom_folder(&session.store);
    let mut out: Option<Papers> = None;
    for (reference, code) in asked {
        session.object(*reference)?;
        if !session.store.scope().veiled_of(reference.tag()).is_empty() && !is_labels(*reference, code) {
            // A paper tells every sum of its document; labels tell the prices of sale alone.
            session.require(Right::SeeCost)?;
        }
        let one = paper(&desk, *reference, code, custom.as_deref(), asked.len() > 1)?;
        match &mut out {
            None => out = Some(one),
            Some(all) => {
                all.pages.append(one.pages);
                all.blanks.extend(one.blanks);
                all.notes.extend(one.notes);
            }
        }
    }
    read.result()?;
    let mut all = out.unwrap_or_default();
    if asked.len() > 1 {
        all.pages.title = text!("print-set", count = asked.len()).show();
    }
    Ok(all)
}

/// One document; among several each remark says of which it is.
fn paper(desk: &Desk<'_>, reference: AnyRef, code: &str, custom: Option<&Path>, several: bool) -> Outcome<Papers> {
    let object = desk.facts.object(reference).ok_or_else(|| Error::refused(text!("print-no-object")))?;
    let form = form_of(object.meta(), code)?;
    let template = load(form.template(object.as_ref()), custom)?;
    let (mut pages, mut blanks) = match form.labels {
        Some(labels) => {
            let found = labels(desk, object.as_ref())?;
            let found = labels::each_of(code).1.map_or(Ok(found.clone()), |count| labels::of_each(&found, count))?;
            let (mut pages, blanks) = label_pages(desk, &template, &found);
            pages.title = form.title().show();
            (pages, blanks)
        }
        None => {
            let filled = fill(desk, object.as_ref(), form)?;
            (layout(&template, &filled.data), filled.blanks(&template, reference))
        }
    };
    let mut notes = std::mem::take(&mut pages.warnings);
    notes.extend(state_of(object.as_ref()).filter(|_| form.labels.is_none()));
    if several {
        let title = present::title(reference, desk.store, desk.facts)?;
        let named = |said: Text| text!("print-of", document = title.clone(), said = said);
        blanks.iter_mut().for_each(|blank| blank.text = named(blank.text.clone()));
        notes = notes.into_iter().map(named).collect();
    }
    Ok(Papers { pages, blanks, notes })
}

/// A page for each label, with what the cards lack.
fn label_pages(desk: &Desk<'_>, template: &Template, labels: &[Label]) -> (Pages, Vec<Blank>) {
    let mut all = Pages::default();
    let mut blanks = Vec::new();
    for label in labels {
        let filled = labels::fill(desk, label);
        blanks.extend(filled.blanks(template, label.item.any()));
        let mut pages = layout(template, &filled.data);
        let page = pages.pages.clone();
        for _ in 1..label.count {
            pages.pages.extend(page.iter().cloned());
        }
        all.append(pages);
    }
    (all, blanks)
}

/// A paper of a draft looks like any other: the person is told.
fn state_of(object: &dyn Object) -> Option<Text> {
    let head = object.head();
    if object.meta().kind != Kind::Document {
        None
    } else if head.marked {
        Some(text!("print-marked"))
    } else if !head.posted {
        Some(text!("print-not-posted"))
    } else {
        None
    }
}

/// The template of a form of this document, for those who look at its fields.
pub fn template_of(form: &PrintForm, object: &dyn Object) -> Outcome<Template> {
    Ok(load(form.template(object), None)?)
}
