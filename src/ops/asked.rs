//! «Спросили, нет»: one key notes that somebody asked for an item in vain.

use super::gate::Tx;
use super::save::How;
use crate::domain::crm::counterparty::Counterparty;
use crate::domain::sales::demand_note::{DemandNote, DemandNoteLine};
use crate::domain::stock::item::Item;
use crate::domain::stock::warehouse::Warehouse;
use crate::kernel::behaviour::Behaviour as _;
use crate::kernel::facts::Facts;
use crate::kernel::money::Qty;
use crate::kernel::object::Referable as _;
use crate::kernel::problems::Outcome;
use crate::kernel::refs::{AnyRef, Ref};

/// Who asked for what, and where.
#[derive(Clone, Copy, Debug)]
pub struct Asked {
    /// What was asked for.
    pub item: Ref<Item>,
    /// How much.
    pub qty: Qty,
    /// By whom; empty where nobody knows.
    pub customer: Ref<Counterparty>,
    /// Where there was none; the usual warehouse when empty.
    pub warehouse: Ref<Warehouse>,
}

impl Tx<'_> {
    /// Notes lost demand in a document of its own, which an undo takes back.
    pub fn note_asked(&mut self, asked: Asked) -> Outcome<AnyRef> {
        let read = self.facts();
        let facts: &dyn Facts = &read;
        let mut note = DemandNote::default();
        note.fill_new(facts);
        note.date = self.now;
        note.manager = self.rights.employee.or(note.manager);
        note.customer = asked.customer;
        note.warehouse = asked.warehouse.or(note.warehouse);
        note.goods.push(DemandNoteLine { item: asked.item, qty: asked.qty, ..DemandNoteLine::default() });
        read.result()?;
        self.save(&mut note, How::Post)?;
        Ok(note.reference().any())
    }
}
