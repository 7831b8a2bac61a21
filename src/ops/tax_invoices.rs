//! Tax invoices repeat what their sale, receipt or return says: when that is written anew they take its amounts, and
//! while they are posted it cannot be taken back. A corrective invoice stands on a tax invoice as well.

use super::gate::Tx;
use super::present::title;
use super::save::How;
use crate::domain::purchases::goods_receipt::GoodsReceipt;
use crate::domain::purchases::tax_invoice_received::TaxInvoiceReceived;
use crate::domain::sales::corrective_invoice::CorrectiveInvoice;
use crate::domain::sales::customer_return::CustomerReturn;
use crate::domain::sales::goods_issue::GoodsIssue;
use crate::domain::sales::tax_invoice_issued::TaxInvoiceIssued;
use crate::field;
use crate::kernel::object::{Declared as _, Object};
use crate::kernel::problems::{Error, Outcome};
use crate::kernel::value::Stored;
use crate::text;

/// After a document that was posted before has been written.
pub fn follow(tx: &mut Tx<'_>, object: &dyn Object) -> Outcome<()> {
    let (meta, field) = match object.meta().tag {
        GoodsIssue::TAG => (TaxInvoiceIssued::declared(), field!(TaxInvoiceIssued, issue)),
        GoodsReceipt::TAG => (TaxInvoiceReceived::declared(), field!(TaxInvoiceReceived, receipt)),
        CustomerReturn::TAG => (CorrectiveInvoice::declared(), field!(CorrectiveInvoice, returned)),
        TaxInvoiceIssued::TAG => (CorrectiveInvoice::declared(), field!(CorrectiveInvoice, invoice)),
        _ => return Ok(()),
    };
    for reference in tx.store.find_by(meta, field, &Stored::Int(object.head().id))? {
        let Some(mut invoice) = tx.store.load(reference)?.filter(|invoice| invoice.head().posted) else { continue };
        if !object.head().posted {
            let facts = tx.facts();
            let title = title(reference, tx.store, &facts)?;
            return Err(Error::refused(text!("tax-invoice-exists", document = title)));
        }
        tx.save(invoice.as_mut(), How::Write)?;
    }
    Ok(())
}
