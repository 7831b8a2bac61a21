//! The desk with the sheets on it: how large they are, which one is looked at, scrolling.

use super::paper::{self, Place};
use crate::print::pages::Page;
use crate::text;
use crate::ui::theme;
use crate::ui::theme::BAR;
use egui::accesskit::Role;
use egui::{Id, Pos2, Rect, ScrollArea, Sense, Ui, Vec2, WidgetInfo, pos2, vec2};

/// Points of the screen in a millimetre at a hundred percent.
const WHOLE: f32 = 96.0 / 25.4;
/// Empty around and between sheets, points.
const GAP: f32 = 14.0;
/// Least and greatest size, as shares.
const LEAST: f32 = 0.25;
const MOST: f32 = 5.0;
/// One step of zooming.
const STEP: f32 = 1.25;
/// How far an arrow scrolls, points.
const ARROW: f32 = 60.0;

/// How large the sheets are.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Zoom {
    /// The widest sheet fills the window.
    #[default]
    Width,
    /// A whole sheet is seen.
    Sheet,
    /// A share of the real size.
    Share(f32),
}

/// Where the desk is to be moved.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Go {
    /// To the top of a sheet, from zero.
    Sheet(usize),
    /// By so many points.
    By(f32),
}

/// The state of the desk.
#[derive(Debug, Default)]
pub struct View {
    /// How large the sheets are.
    pub zoom: Zoom,
    /// Points in a millimetre in the last frame; nought before the first.
    scale: f32,
    /// How far it is scrolled.
    offset: Vec2,
    /// Where it is to be scrolled in this frame.
    going: Option<Go>,
    /// The point that stays where it is while the size changes, from the corner of the room.
    anchor: Option<Pos2>,
    /// The height of the room.
    room: f32,
    /// The sheet looked at, from zero.
    sheet: usize,
}

impl View {
    /// The sheet looked at, from zero.
    pub fn sheet(&self) -> usize {
        self.sheet
    }

    /// Size in percent.
    pub fn percent(&self) -> f32 {
        (self.scale / WHOLE * 100.0).round()
    }

    /// Larger or smaller by so many steps.
    pub fn step(&mut self, steps: i32) {
        self.set_share(self.scale / WHOLE * STEP.powi(steps));
    }

    fn set_share(&mut self, share: f32) {
        self.zoom = Zoom::Share(share.clamp(LEAST, MOST));
    }

    /// Moves the desk in the next frame.
    pub fn go(&mut self, go: Go) {
        self.going = Some(go);
    }

    /// Down or up by an arrow, as a rule.
    pub fn arrow(&mut self, down: bool) {
        self.go(Go::By(if down { ARROW } else { -ARROW }));
    }

    /// By a screen; at the end of a sheet, to the next one.
    pub fn screen(&mut self, down: bool) {
        let far = (self.room - 40.0).max(ARROW);
        self.go(Go::By(if down { far } else { -far }));
    }

    fn scale_for(&self, pages: &[Page], room: Vec2) -> f32 {
        let widest = pages.iter().map(|page| page.width_mm).fold(1.0, f32::max);
        let by_width = (room.x - BAR - 2.0 * GAP) / widest;
        let scale = match self.zoom {
            Zoom::Width => by_width,
            Zoom::Sheet => {
                let highest = pages.iter().map(|page| page.height_mm).fold(1.0, f32::max);
                by_width.min((room.y - 2.0 * GAP) / highest)
            }
            Zoom::Share(share) => share * WHOLE,
        };
        scale.clamp(WHOLE * LEAST, WHOLE * MOST)
    }

    /// The tops of the sheets and the size of the whole desk.
    fn desk(pages: &[Page], scale: f32, room: Vec2) -> (Vec<f32>, Vec2) {
        let mut top = GAP;
        let mut widest: f32 = 0.0;
        let mut tops = Vec::with_capacity(pages.len());
        for page in pages {
            tops.push(top);
            top += page.height_mm * scale + GAP;
            widest = widest.max(page.width_mm * scale);
        }
        (tops, vec2((widest + 2.0 * GAP).max(room.x - BAR), top))
    }

    /// Draws the sheets into all the room that is left.
    pub fn show(&mut self, ui: &mut Ui, id: Id, pages: &[Page]) {
        let room = ui.available_rect_before_wrap();
        ui.painter().rect_filled(room, 0.0, theme::colors(ui).desk);
        self.room = room.height();
        self.wheel(ui, room);
        let before = self.scale;
        self.scale = self.scale_for(pages, room.size());
        let (tops, size) = Self::desk(pages, self.scale, room.size());
        let mut area = ScrollArea::both().id_salt(id).auto_shrink(false);
        if let Some(target) = self.target(&tops, size, room, before) {
            area = area.scroll_offset(target);
        }
        let scale = self.scale;
        let shown = area.show_viewport(ui, |ui, seen| {
            ui.set_min_size(size);
            let corner = ui.min_rect().min;
            for (at, (page, top)) in pages.iter().zip(&tops).enumerate() {
                let width = page.width_mm * scale;
                let left = ((size.x - width) / 2.0).max(GAP).round();
                let sheet = Rect::from_min_size(pos2(left, *top), vec2(width, page.height_mm * scale));
                if !seen.intersects(sheet) {
                    continue;
                }
                paper::page(ui.painter(), page, Place { corner: corner + sheet.min.to_vec2(), scale });
                let label = text!("preview-sheet", page = at + 1, pages = pages.len()).show();
                let response = ui.interact(sheet.translate(corner.to_vec2()), id.with(at), Sense::hover());
                response.widget_info(|| WidgetInfo::labeled(Role::Document, true, &label));
            }
        });
        self.offset = shown.state.clamped_offset();
        self.look(&tops);
    }

    /// Ctrl and the wheel: the point under the pointer stays.
    fn wheel(&mut self, ui: &Ui, room: Rect) {
        let Some(pointer) = ui.input(|input| input.pointer.hover_pos()).filter(|at| room.contains(*at)) else { return };
        let factor = ui.input(egui::InputState::zoom_delta);
        if (factor - 1.0).abs() > 0.001 && self.scale > 0.0 {
            self.set_share(self.scale / WHOLE * factor);
            self.anchor = Some(pointer - room.min.to_vec2());
        }
    }

    /// Where the desk is scrolled to in this frame, when it is not the user who scrolls.
    fn target(&mut self, tops: &[f32], size: Vec2, room: Rect, before: f32) -> Option<Vec2> {
        let most = (size - room.size()).max(Vec2::ZERO);
        let resized = before > 0.0 && (before - self.scale).abs() > f32::EPSILON;
        let anchor = self.anchor.take().unwrap_or(pos2(room.width() / 2.0, 0.0)).to_vec2();
        let mut target = self.offset;
        if resized {
            target = (self.offset + anchor) * (self.scale / before) - anchor;
        }
        let going = self.going.take();
        match going {
            Some(Go::Sheet(at)) => target.y = tops.get(at).or(tops.last()).copied().unwrap_or(0.0) - GAP,
            Some(Go::By(far)) => target.y += far,
            None if !resized => return None,
            None => {}
        }
        Some(target.clamp(Vec2::ZERO, most))
    }

    /// The sheet looked at is the last one that begins above the middle of the room.
    fn look(&mut self, tops: &[f32]) {
        let middle = self.offset.y + self.room / 2.0;
        self.sheet = tops.iter().rposition(|top| *top <= middle).unwrap_or(0);
    }
}
