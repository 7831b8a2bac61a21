//! Buying: orders to suppliers, receipts, returns, their tax invoices.

pub mod discrepancy_act;
pub mod goods_receipt;
pub mod supplier_order;
pub mod supplier_return;
pub mod tax_invoice_received;
