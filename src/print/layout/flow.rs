//! The flow of blocks over pages, and the fixed cells of each page.

use super::cell::Painter;
use super::paginate::{Rows, paginate};
use super::panel;
use super::table::Laid;
use super::{FormData, Values};
use crate::kernel::text::Text;
use crate::print::pages::Item;
use crate::print::template::{Block, Body, On, Panel, Scope, Table, Template};
use crate::text;

/// Rounding of sums of millimetres.
const SLACK: f32 = 0.01;

struct Flow<'a> {
    template: &'a Template,
    data: &'a FormData,
    /// The number of pages as it is believed to be.
    pages: usize,
    done: Vec<Vec<Item>>,
    painter: Painter,
    /// Where the next block begins, mm from the top.
    y: f32,
    /// Nothing has flown onto this page yet.
    fresh: bool,
}

/// Items by page, and warnings.
pub(super) fn run(template: &Template, data: &FormData, pages: usize) -> (Vec<Vec<Item>>, Vec<Text>) {
    let painter = Painter::default();
    let mut flow = Flow { template, data, pages, done: Vec::new(), painter, y: template.start, fresh: true };
    for (at, block) in template.blocks.iter().enumerate() {
        if !flow.values().shows(&block.condition) {
            continue;
        }
        match &block.body {
            Body::Panel(panel) => flow.panel(at, block, panel),
            Body::Table(table) => flow.table(at, block, table),
        }
    }
    flow.next_page();
    flow.finish()
}

impl<'a> Flow<'a> {
    fn values(&self) -> Values<'a> {
        Values { data: self.data, page: self.done.len() + 1, pages: self.pages }
    }

    fn bottom(&self) -> f32 {
        self.template.page.height - self.template.page.bottom
    }

    /// The height of a whole page for blocks.
    fn page_height(&self) -> f32 {
        self.bottom() - self.template.page.top
    }

    /// A new page would give no more room than there is.
    fn whole_page(&self) -> bool {
        self.fresh && self.y <= self.template.page.top + SLACK
    }

    fn next_page(&mut self) {
        self.done.push(std::mem::take(&mut self.painter.items));
        self.y = self.template.page.top;
        self.fresh = true;
    }

    fn laid(&self, table: &'a Table) -> Laid<'a> {
        let most = self.page_height();
        let measured = Laid::new(self.template, table, self.values(), most);
        let most = most - measured.head_height() - measured.totals_height(Scope::Page, self.values());
        Laid::new(self.template, table, self.values(), most.max(table.row))
    }

    fn block_height(&self, block: &'a Block) -> f32 {
        block.gap
            + match &block.body {
                Body::Panel(panel) => panel::height(self.template, panel, self.values()),
                Body::Table(table) => {
                    let laid = self.laid(table);
                    let rows: f32 = laid.heights.iter().sum();
                    let totals = [Scope::Page, Scope::All].map(|scope| laid.totals_height(scope, self.values()));
                    laid.head_height() + rows + totals.iter().sum::<f32>()
                }
            }
    }

    /// The height of the blocks that stay with the one before them.
    fn kept_after(&self, at: usize) -> f32 {
        let after = self.template.blocks.iter().skip(at + 1);
        let shown = after.filter(|block| self.values().shows(&block.condition));
        shown.take_while(|block| block.keep).map(|block| self.block_height(block)).sum()
    }

    fn panel(&mut self, at: usize, block: &'a Block, panel: &Panel) {
        let height = panel::height(self.template, panel, self.values());
        let gap = if self.fresh { 0.0 } else { block.gap };
        let whole = height + self.kept_after(at);
        let left = self.bottom() - self.y - gap + SLACK;
        if !self.whole_page() && (height > left || (whole > left && whole <= self.page_height())) {
            self.next_page();
        } else {
            self.y += gap;
        }
        if self.y + height > self.bottom() + SLACK {
            self.warn_high();
        }
        self.painter.panel(self.template, panel, (0.0, self.y), self.values());
        self.y += height;
        self.fresh = false;
    }

    fn warn_high(&mut self) {
        self.painter.warn(text!("print-block-high", form = &self.template.name));
    }

    fn table(&mut self, at: usize, block: &'a Block, table: &'a Table) {
        let laid = self.laid(table);
        let gap = if self.fresh { 0.0 } else { block.gap };
        let head = laid.head_height();
        let pages = paginate(&Rows {
            heights: &laid.heights,
            first_room: self.bottom() - self.y - gap - head,
            room: self.page_height() - head,
            foot: laid.totals_height(Scope::Page, self.values()),
            tail: laid.totals_height(Scope::All, self.values()) + self.kept_after(at),
            keep: table.keep_rows,
            fresh: self.whole_page(),
        });
        let last = pages.len().saturating_sub(1);
        self.y += gap;
        for (page, rows) in pages.into_iter().enumerate() {
            if page > 0 {
                self.next_page();
            }
            if rows.is_empty() && page < last {
                continue;
            }
            let (values, top) = (self.values(), self.y);
            self.y = laid.paint_head(&mut self.painter, self.y);
            self.y = laid.paint_rows(&mut self.painter, rows.clone(), self.y);
            self.y = laid.paint_totals(&mut self.painter, Scope::Page, &rows, values, self.y);
            self.fresh = false;
            if page == last {
                let all = 0..laid.heights.len();
                self.y = laid.paint_totals(&mut self.painter, Scope::All, &all, values, self.y);
            }
            laid.paint_rules(&mut self.painter, top, self.y);
            if self.y > self.bottom() + SLACK {
                self.warn_high();
            }
        }
    }

    /// Puts the fixed cells under what flowed.
    fn finish(mut self) -> (Vec<Vec<Item>>, Vec<Text>) {
        let count = self.done.len();
        let done = std::mem::take(&mut self.done);
        let mut sheets = Vec::with_capacity(count);
        for (at, flowed) in done.into_iter().enumerate() {
            let (first, last) = (at == 0, at + 1 == count);
            let wanted = |on: On| match on {
                On::First => first,
                On::All => true,
                On::Rest => !first,
                On::Last => last,
            };
            let fixed = Panel {
                cells: self.template.fixed.cells.iter().filter(|cell| wanted(cell.on)).cloned().collect(),
                lines: self.template.fixed.lines.iter().filter(|line| wanted(line.on)).cloned().collect(),
            };
            let values = Values { data: self.data, page: at + 1, pages: self.pages };
            self.painter.panel(self.template, &fixed, (0.0, 0.0), values);
            let mut items = std::mem::take(&mut self.painter.items);
            items.extend(flowed);
            sheets.push(items);
        }
        (sheets, self.painter.warnings)
    }
}
