//! A texture: the letters of the fonts, or a picture.

use super::blend::{multiply, pack, scale};
use crate::ui::px;
use egui::Pos2;
use egui::epaint::{ImageData, ImageDelta};

/// Pixels of a texture.
#[derive(Debug, Default)]
pub struct Texture {
    width: usize,
    height: usize,
    pixels: Vec<u32>,
}

impl Texture {
    /// Takes a whole new image or a changed part of it.
    pub fn apply(&mut self, delta: &ImageDelta) {
        let ImageData::Color(image) = &delta.image;
        let [width, height] = image.size;
        let Some([left, top]) = delta.pos else {
            self.width = width;
            self.height = height;
            self.pixels = image.pixels.iter().map(|pixel| pack(*pixel)).collect();
            return;
        };
        for (row, line) in image.pixels.chunks(width.max(1)).enumerate() {
            let start = (top + row) * self.width + left;
            let Some(target) = self.pixels.get_mut(start..start + line.len()) else { continue };
            for (to, from) in target.iter_mut().zip(line) {
                *to = pack(*from);
            }
        }
    }

    /// Texels across and down.
    pub fn size(&self) -> [f32; 2] {
        [px::length(self.width), px::length(self.height)]
    }

    /// A part of a row, `None` when it leaves the texture.
    pub fn row(&self, y: usize, left: usize, count: usize) -> Option<&[u32]> {
        if left + count > self.width {
            return None;
        }
        let start = y * self.width + left;
        self.pixels.get(start..start + count)
    }

    fn texel(&self, x: f32, y: f32) -> u32 {
        let x = px::count(x).min(self.width.saturating_sub(1));
        let y = px::count(y).min(self.height.saturating_sub(1));
        self.pixels.get(y * self.width + x).copied().unwrap_or(0)
    }

    /// The colour at a place (0..1), mixed from the four nearest texels.
    pub fn sample(&self, uv: Pos2) -> u32 {
        let [width, height] = self.size();
        let (x, y) = ((uv.x * width - 0.5).max(0.0), (uv.y * height - 0.5).max(0.0));
        let (across, down) = (x.fract(), y.fract());
        let mix = |a: u32, b: u32, share: f32| {
            let share = u32::from(px::byte(share * 255.0));
            scale(a, 255 - share).saturating_add(scale(b, share))
        };
        let first = self.texel(x, y);
        if across < 0.004 && down < 0.004 {
            return first;
        }
        let above = mix(first, self.texel(x + 1.0, y), across);
        let below = mix(self.texel(x, y + 1.0), self.texel(x + 1.0, y + 1.0), across);
        mix(above, below, down)
    }

    /// The colour at a place times a colour.
    pub fn tinted(&self, uv: Pos2, color: u32) -> u32 {
        multiply(self.sample(uv), color)
    }
}
