//! Commands, open pages and data in one box: Ctrl+K.

use super::host::{Found, Section};
use super::page::Open;
use super::{Over, Owner, Shell};
use crate::kernel::text::normalize;
use crate::text;
use crate::ui::commands::{Scope, standard};
use crate::ui::icons::Icon;
use crate::ui::theme::{self, CONTROL};
use crate::ui::widgets::drop::{self, DropRow};
use crate::ui::widgets::entry::Entry;
use crate::ui::{focus, paint};
use egui::{Context, Id, Modal, Sense, Ui, vec2};

/// Lines shown at most.
const MOST: usize = 40;

/// What a line does.
#[derive(Clone, Debug, PartialEq)]
enum Deed {
    Command(Owner, String),
    Bring(usize),
    Open(Open),
}

struct Line {
    title: String,
    detail: String,
    icon: Option<Icon>,
    deed: Deed,
}

/// The open box.
#[derive(Debug)]
pub struct Palette {
    id: Id,
    query: String,
    selected: usize,
    started: bool,
}

impl Palette {
    /// An empty box.
    pub fn new(number: u64) -> Self {
        Self { id: Id::unique(("palette", number)), query: String::new(), selected: 0, started: false }
    }
}

/// How well a title fits: every word of the query is in it; the earlier the better. Smaller is better.
fn rank(title: &str, words: &[&str]) -> Option<usize> {
    let title = normalize(title);
    let mut sum = title.chars().count() / 20;
    for word in words {
        let at = title.find(word)?;
        let starts = at == 0 || title.get(..at).is_some_and(|before| before.ends_with([' ', '"', '-']));
        sum += if at == 0 {
            0
        } else if starts {
            2
        } else {
            6
        };
    }
    Some(sum)
}

impl Shell {
    /// Draws the box; true when it is done.
    pub(super) fn palette_ui(&mut self, ctx: &Context, palette: &mut Palette) -> bool {
        let (lines, pending) = self.lines(&palette.query);
        let colors = theme::palette(ctx);
        let frame = egui::Frame::window(&ctx.global_style()).inner_margin(8).fill(colors.popup);
        let screen = ctx.content_rect();
        let area = Modal::default_area(palette.id)
            .anchor(egui::Align2::CENTER_TOP, vec2(0.0, screen.height() * 0.12))
            .accessible_name(text!("cmd-palette").show());
        let shown = Modal::new(palette.id).area(area).backdrop_color(colors.backdrop).frame(frame).show(ctx, |ui| {
            ui.set_width(620.0_f32.min(screen.width() - 40.0));
            self.palette_content(ui, palette, &lines, pending)
        });
        let outside = shown.backdrop_response.clicked();
        match shown.inner {
            Some(Some(at)) => {
                if let Some(line) = lines.into_iter().nth(at) {
                    self.do_deed(line.deed, ctx);
                }
                true
            }
            Some(None) => true,
            None => outside,
        }
    }

    /// `Some(None)` when given up, `Some(Some(line))` when a line was chosen.
    fn palette_content(
        &mut self,
        ui: &mut Ui,
        palette: &mut Palette,
        lines: &[Line],
        pending: bool,
    ) -> Option<Option<usize>> {
        if focus::begins(ui, &mut palette.started) {
            focus::set(ui.ctx(), palette.id.with("query"));
        }
        let pressed = drop::steer(ui, &mut palette.selected, lines.len());
        let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), CONTROL + 6.0), Sense::hover());
        let label = text!("cmd-palette").show();
        let hint = text!("palette-hint").show();
        let entry = Entry { hint: &hint, name: "palette", ..Entry::new(palette.id.with("query"), &label, rect) };
        if entry.show(ui, &mut palette.query).changed {
            palette.selected = 0;
        }
        ui.add_space(6.0);
        let rows: Vec<DropRow<'_>> = lines
            .iter()
            .map(|line| DropRow { title: &line.title, detail: &line.detail, icon: line.icon, ..DropRow::default() })
            .collect();
        let clicked = drop::rows_ui(ui, &rows, &mut palette.selected);
        if pending || rows.is_empty() {
            let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), CONTROL), Sense::hover());
            let words = if pending { text!("edit-looking") } else { text!("palette-nothing") };
            let color = theme::colors(ui).weak;
            paint::text(
                ui.painter(),
                paint::padded(rect),
                &words.show(),
                crate::ui::fonts::text(),
                color,
                egui::Align::Min,
            );
        }
        if pressed.cancel {
            return Some(None);
        }
        let taken = (pressed.enter || pressed.tab).then_some(palette.selected).filter(|at| *at < rows.len());
        clicked.or(taken).map(Some)
    }

    /// Everything that fits: open pages, commands, links of the sections, then data.
    fn lines(&mut self, query: &str) -> (Vec<Line>, bool) {
        let query = normalize(query);
        let words: Vec<&str> = query.split(' ').filter(|word| !word.is_empty()).collect();
        let mut lines: Vec<(usize, Line)> = Vec::new();
        let mut add = |bonus: usize, line: Line| {
            if let Some(rank) = rank(&line.title, &words) {
                lines.push((rank + bonus, line));
            }
        };
        for (at, tab) in self.tabs.iter().enumerate().filter(|(at, _)| *at != self.front) {
            let detail = text!("palette-open").show();
            add(
                0,
                Line {
                    title: tab.page.title(),
                    detail,
                    icon: tab.page.icon().or(Some(super::sections::PAGE)),
                    deed: Deed::Bring(at),
                },
            );
        }
        self.command_lines(&mut add);
        for section in self.host.sections() {
            link_lines(section, &mut add);
        }
        lines.sort_by_key(|(rank, _)| *rank);
        let mut lines: Vec<Line> = lines.into_iter().map(|(_, line)| line).take(MOST).collect();
        if query.chars().count() < 2 {
            return (lines, false);
        }
        match self.host.search(&query) {
            Found::Pending => (lines, true),
            Found::Ready(hits) => {
                let line = |hit: super::host::Hit| Line {
                    title: hit.title,
                    detail: hit.detail,
                    icon: hit.icon,
                    deed: Deed::Open(hit.open),
                };
                lines.extend(hits.into_iter().map(line));
                (lines, false)
            }
        }
    }

    fn command_lines(&self, add: &mut impl FnMut(usize, Line)) {
        let facts = self.facts();
        let mut line = |command: &crate::ui::commands::Command, owner: Owner| {
            let line = Line {
                title: command.label.show(),
                detail: command.keys_text(),
                icon: command.icon.or(Some(Icon::Lightning)),
                deed: Deed::Command(owner, command.code.to_string()),
            };
            add(1, line);
        };
        if let Some(tab) = self.tabs.get(self.front) {
            let facts = tab.page.facts().and(facts);
            for command in tab.page.commands().iter().filter(|command| command.available(facts)) {
                line(command, Owner::Page(tab.number));
            }
        }
        let window = standard::all().iter().filter(|command| command.scope == Scope::Window);
        for command in self.host.commands().iter().chain(window) {
            if command.available(facts) && command.code != "palette" {
                line(command, Owner::Host);
            }
        }
    }

    fn do_deed(&mut self, deed: Deed, ctx: &Context) {
        match deed {
            // The fields of the page take in what is typed first.
            Deed::Command(owner, code) => self.queued.push((owner, code)),
            Deed::Bring(at) => self.turning = self.tabs.get(at).map(|tab| tab.number),
            Deed::Open(what) => self.open(what),
        }
        ctx.request_repaint();
    }
}

fn link_lines(section: &Section, add: &mut impl FnMut(usize, Line)) {
    for link in section.groups.iter().flat_map(|group| &group.links) {
        let deed = Deed::Open(Open::Code(link.code.clone()));
        add(0, Line { title: link.title.clone(), detail: section.title.clone(), icon: Some(section.icon), deed });
    }
}

/// The box counts as something over the window.
impl From<Palette> for Over {
    fn from(palette: Palette) -> Self {
        Over::Palette(palette)
    }
}

#[cfg(test)]
mod tests {
    use super::rank;

    #[test]
    fn the_earlier_a_word_stands_the_better() {
        let of = |title| rank(title, &["зак"]);
        assert!(of("Заказы клиентов") < of("Новый заказ"));
        assert!(of("Новый заказ") < of("Перезаказ товара"));
        assert_eq!(of("Склады"), None);
        assert!(rank("Заказы клиентов", &["кли", "зак"]).is_some());
    }
}
