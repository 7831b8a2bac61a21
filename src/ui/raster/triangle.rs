//! Any triangle: soft edges, rounded corners, icons of lines.
//!
//! Row by row: where the edges cross the middle of a pixel row is computed from the edge alone, so that
//! two triangles with a common edge neither overlap nor leave a gap.

use super::Canvas;
use super::blend::{multiply, over};
use super::quad::first_pixel;
use super::texture::Texture;
use crate::ui::px;
use egui::epaint::Vertex;
use egui::{Pos2, pos2};

/// What is interpolated over a triangle: four channels, then the place in the texture.
type Values = [f32; 6];

/// A value with its growth a pixel across and a pixel down, from the first corner.
struct Plane {
    origin: Pos2,
    start: Values,
    across: Values,
    down: Values,
}

impl Plane {
    fn new(corners: &[Vertex; 3]) -> Option<Self> {
        let [a, b, c] = corners;
        let (ab, ac) = (b.pos - a.pos, c.pos - a.pos);
        let area = ab.x * ac.y - ab.y * ac.x;
        if area.abs() < 1e-6 {
            return None;
        }
        let (from, to_b, to_c) = (values(a), values(b), values(c));
        let mut across = [0.0; 6];
        let mut down = [0.0; 6];
        for at in 0..6 {
            let (left, right) = (to_b[at] - from[at], to_c[at] - from[at]);
            across[at] = (left * ac.y - right * ab.y) / area;
            down[at] = (right * ab.x - left * ac.x) / area;
        }
        Some(Self { origin: a.pos, start: from, across, down })
    }

    fn at(&self, x: f32, y: f32) -> Values {
        let (dx, dy) = (x - self.origin.x, y - self.origin.y);
        let mut out = self.start;
        for (at, value) in out.iter_mut().enumerate() {
            *value += self.across[at] * dx + self.down[at] * dy;
        }
        out
    }
}

fn values(corner: &Vertex) -> Values {
    let [red, green, blue, alpha] = corner.color.to_array().map(f32::from);
    [alpha, red, green, blue, corner.uv.x, corner.uv.y]
}

fn packed(values: &Values) -> u32 {
    let [alpha, red, green, blue, _, _] = *values;
    u32::from_be_bytes([alpha, red, green, blue].map(|channel| px::byte(channel.clamp(0.0, 255.0))))
}

/// Draws a triangle.
pub fn draw(corners: &[Vertex; 3], texture: &Texture, canvas: &mut Canvas<'_>) {
    if corners.iter().all(|corner| corner.color.a() == 0) {
        return;
    }
    let Some(plane) = Plane::new(corners) else { return };
    let mut sorted = corners.each_ref().map(|corner| corner.pos);
    sorted.sort_by(|a, b| a.y.total_cmp(&b.y).then(a.x.total_cmp(&b.x)));
    let [top, middle, bottom] = sorted;
    let plain = corners.iter().all(|corner| corner.uv == corners[0].uv);
    let texel = texture.sample(corners[0].uv);
    let first = first_pixel(top.y).max(canvas.clip.top);
    let last = first_pixel(bottom.y).min(canvas.clip.bottom);
    for y in first..last {
        let centre = y as f32 + 0.5;
        let long = crossing(top, bottom, centre);
        let short = if centre < middle.y { crossing(top, middle, centre) } else { crossing(middle, bottom, centre) };
        let (left, right) = (first_pixel(long.min(short)), first_pixel(long.max(short)));
        let Some((start, span)) = canvas.span(y, left, right) else { continue };
        let mut now = plane.at(start as f32 + 0.5, centre);
        for pixel in span {
            let color = packed(&now);
            let color = if plain { multiply(texel, color) } else { texture.tinted(pos2(now[4], now[5]), color) };
            *pixel = over(*pixel, color);
            now.iter_mut().zip(plane.across).for_each(|(value, step)| *value += step);
        }
    }
}

/// Where the edge from `a` down to `b` crosses the height `y`.
fn crossing(a: Pos2, b: Pos2, y: f32) -> f32 {
    if b.y <= a.y { a.x } else { a.x + (b.x - a.x) * ((y - a.y) / (b.y - a.y)) }
}
