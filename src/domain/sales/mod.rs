//! Selling: orders and their state, invoices, issues, returns.

pub mod agreement;
pub mod cancel_reason;
pub mod corrective_invoice;
pub mod coverage;
pub mod customer_order;
pub mod customer_return;
pub mod demand;
pub mod demand_note;
pub mod goods_issue;
pub mod invoice;
pub mod order_state;
pub mod order_status;
pub mod order_terms;
pub mod returned;
pub mod revenue;
pub mod shipping;
pub mod sold;
pub mod stages;
pub mod supplying;
pub mod tax_invoice_issued;
