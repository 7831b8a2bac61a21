//! What the forms are filled with.

use super::base::{DOCUMENTS, base, document};
use kontora::kernel::facts::Facts;
use kontora::kernel::refs::AnyRef;
use kontora::ops::gate::Session;
use kontora::ops::printing::filled::Filled;
use kontora::ops::printing::{Desk, fill, form_of, papers, template_of};
use kontora::print::pages::Item;

/// Every form with a document of the day.
pub const PAPERS: [(&str, &str); 19] = [
    ("supplier_order:SO-1", "supplier_order"),
    ("goods_receipt:GR-1", "goods_receipt"),
    ("customer_order:CO-1", "customer_order"),
    ("customer_order:CO-1", "invoice_for_payment"),
    ("invoice:I-1", "invoice_for_payment"),
    ("goods_issue:GI-1", "goods_issue"),
    ("goods_issue:GI-1", "torg12"),
    ("goods_issue:GI-1", "upd"),
    ("tax_invoice_issued:TI-1", "tax_invoice"),
    ("tax_invoice_issued:TI-1", "upd"),
    ("customer_return:RT-1", "customer_return"),
    ("corrective_invoice:KI-1", "corrective_invoice"),
    ("supplier_return:SR-1", "supplier_return"),
    ("cash_receipt:CR-1", "ko1"),
    ("cash_issue:CI-1", "ko2"),
    ("payment_order:PO-1", "pp_0401060"),
    ("stock_count:SC-1", "inv3"),
    ("discrepancy_act:DA-1", "discrepancy_act"),
    ("till_shift:SH-1", "till_shift"),
];

/// The data of a form of a document.
pub fn filled(session: &Session, name: &str, form: &str) -> Filled {
    let facts = session.facts();
    let desk = Desk { store: &session.store, facts: &facts };
    let object = facts.object(document(session, name)).unwrap();
    let form = form_of(object.meta(), form).unwrap_or_else(|error| panic!("{}", error.sentence()));
    let filled = fill(&desk, object.as_ref(), form).unwrap_or_else(|error| panic!("{}", error.sentence()));
    facts.result().unwrap_or_else(|error| panic!("{}", error.sentence()));
    filled
}

#[test]
fn every_field_and_column_of_every_form_is_filled_and_no_other() {
    let session = base(DOCUMENTS);
    for (name, code) in PAPERS {
        let facts = session.facts();
        let object = facts.object(document(&session, name)).unwrap();
        let form = form_of(object.meta(), code).unwrap_or_else(|error| panic!("{}", error.sentence()));
        let template = template_of(form, object.as_ref()).unwrap_or_else(|error| panic!("{}", error.sentence()));
        let filled = filled(&session, name, code);
        let wanted: Vec<&String> = template.fields.keys().collect();
        let given: Vec<&String> = filled.data.fields.keys().collect();
        assert_eq!(wanted, given, "{code}");
        for (table, columns) in &template.tables {
            let wanted: Vec<&String> = columns.keys().collect();
            assert!(!filled.data.rows(table).is_empty(), "{code}: {table}");
            for row in filled.data.rows(table) {
                assert_eq!(wanted, row.keys().collect::<Vec<_>>(), "{code}: {table}");
            }
        }
        assert_eq!(filled.blanks(&template, AnyRef::EMPTY), [], "{code}");
    }
}

#[test]
fn nothing_is_cut_and_nothing_is_lacking_in_a_well_kept_base() {
    let session = base(DOCUMENTS);
    for (name, code) in PAPERS {
        let papers = papers(&session, &[(document(&session, name), code.to_owned())]);
        let papers = papers.unwrap_or_else(|error| panic!("{name}: {}", error.sentence()));
        assert_eq!((papers.notes, papers.blanks), (Vec::new(), Vec::new()), "{name} {code}");
        let texts = papers.pages.pages.iter().flat_map(|page| &page.items);
        assert!(texts.filter(|item| matches!(item, Item::Text(_))).count() > 20, "{name} {code}");
    }
}
