//! A scan on an open form: goods are counted in the line that has them, or come as a new one.

use super::FormPage;
use super::editor::Editor;
use crate::domain::stock::item::Item;
use crate::kernel::money::Qty;
use crate::kernel::object::Declared as _;
use crate::kernel::value::{Field as _, Type};
use crate::ops::draft::Touch;
use crate::ops::scanned::{Goods, Meaning, Scanned};
use crate::text;
use crate::ui::shell::page::PageContext;
use crate::ui::theme::Role;

impl FormPage {
    /// Takes goods into the table part of goods; false for what has nothing to do with the form.
    pub(super) fn take_scan(&mut self, scanned: &Scanned, ctx: &mut PageContext<'_>) -> bool {
        let Meaning::Goods(goods) = &scanned.meaning else { return false };
        let Some(editor) = self.editor_mut().filter(|editor| !editor.read_only()) else { return false };
        let Some(qty) = editor.count(goods) else { return false };
        let qty = qty.short();
        ctx.toast(text!("scan-counted", item = &goods.name, qty = qty), Role::Good);
        true
    }
}

impl Editor {
    /// Counts goods; gives the quantity of the line, or nothing where the form has no goods.
    fn count(&mut self, goods: &Goods) -> Option<Qty> {
        let meta = self.draft.meta();
        let (table, name, item, qty) = meta.tables.iter().enumerate().find_map(|(at, part)| {
            let (item, qty) = (part.field("item")?, part.field("qty")?);
            let target = part.fields.get(item).map(|field| field.kind);
            let of_items = matches!(target, Some(Type::Ref(target)) if target().tag == Item::declared().tag);
            of_items.then_some((at, part.name, item, qty))
        })?;
        let wanted = goods.item.value();
        let object = self.draft.object.as_ref();
        let rows = object.rows(table);
        let known = (0..rows).find(|row| object.cell(table, *row, item).as_ref() == Some(&wanted));
        let (row, sum) = match known {
            Some(row) => {
                let had = object.cell(table, row, qty).and_then(Qty::from_value).unwrap_or_default();
                (row, had + goods.qty)
            }
            None => {
                // An empty line waits for goods already.
                let empty = (0..rows).find(|row| object.cell(table, *row, item).is_some_and(|cell| cell.is_empty()));
                let row = empty.unwrap_or(rows);
                if row == rows {
                    self.draft.object.insert_row(table, rows);
                    self.draft.touch(Touch::Rows(table));
                }
                self.draft.set_cell(table, row, item, wanted);
                (row, goods.qty)
            }
        };
        self.draft.set_cell(table, row, qty, sum.value());
        if let Some(at) = self.layout.tab.iter().position(|tab| tab.table.as_deref() == Some(name)) {
            self.tab = at;
        }
        for part in self.parts.iter_mut().filter(|part| part.table == table) {
            part.state.go_to(row, "qty");
        }
        Some(sum)
    }
}
