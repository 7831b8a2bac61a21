//! The fast path: an upright rectangle of one colour, plain or with a letter on it.

use super::Canvas;
use super::blend::{multiply, over, pack};
use super::texture::Texture;
use crate::ui::px;
use egui::epaint::Vertex;
use egui::{Pos2, Rect, pos2};

/// An upright rectangle in pixels.
pub struct Quad {
    rect: Rect,
    /// Texture coordinates of the corners; an empty rectangle means one texel for all.
    uv: Rect,
    color: u32,
}

/// Two neighbouring triangles as a rectangle, when they are one.
pub fn find(first: &[Vertex; 3], second: &[Vertex; 3]) -> Option<Quad> {
    let color = first[0].color;
    let corners = || first.iter().chain(second);
    let mut rect = Rect::NOTHING;
    for corner in corners() {
        rect.extend_with(corner.pos);
        if corner.color != color {
            return None;
        }
    }
    let missing = |triangle: &[Vertex; 3]| {
        let mut seen = 0u8;
        for corner in triangle {
            seen |= 1 << place(rect, corner.pos)?;
        }
        match seen {
            0b1110 => Some(0u8),
            0b1101 => Some(1),
            0b1011 => Some(2),
            0b0111 => Some(3),
            _ => None,
        }
    };
    // Two halves of a rectangle lack opposite corners.
    if missing(first)? + missing(second)? != 3 {
        return None;
    }
    let mut uv = [None; 4];
    for corner in corners() {
        let slot = uv.get_mut(usize::from(place(rect, corner.pos)?))?;
        if slot.is_some_and(|known: Pos2| known != corner.uv) {
            return None;
        }
        *slot = Some(corner.uv);
    }
    let [left_top, right_top, left_bottom, right_bottom] = uv;
    let (from, to) = (left_top?, right_bottom?);
    if right_top? != pos2(to.x, from.y) || left_bottom? != pos2(from.x, to.y) {
        return None;
    }
    Some(Quad { rect, uv: Rect { min: from, max: to }, color: pack(color) })
}

/// Which corner: 0 left top, 1 right top, 2 left bottom, 3 right bottom.
fn place(rect: Rect, at: Pos2) -> Option<u8> {
    let across = if at.x == rect.min.x {
        0
    } else if at.x == rect.max.x {
        1
    } else {
        return None;
    };
    if at.y == rect.min.y {
        Some(across)
    } else if at.y == rect.max.y {
        Some(across + 2)
    } else {
        None
    }
}

/// The first pixel whose middle is at or after a coordinate.
pub fn first_pixel(coordinate: f32) -> i32 {
    px::floor((coordinate - 0.5).ceil())
}

/// Draws a rectangle.
pub fn draw(quad: &Quad, texture: &Texture, canvas: &mut Canvas<'_>) {
    let (left, right) = (first_pixel(quad.rect.min.x), first_pixel(quad.rect.max.x));
    let top = first_pixel(quad.rect.min.y).max(canvas.clip.top);
    let bottom = first_pixel(quad.rect.max.y).min(canvas.clip.bottom);
    if quad.uv.min == quad.uv.max {
        let color = texture.tinted(quad.uv.min, quad.color);
        return (top..bottom).for_each(|y| fill(canvas, y, left, right, color));
    }
    let [width, height] = texture.size();
    // Texels a pixel; one for letters, which lie on whole pixels.
    let step_x = quad.uv.width() * width / quad.rect.width();
    let step_y = quad.uv.height() * height / quad.rect.height();
    let exact = (step_x - 1.0).abs() < 0.01 && (step_y - 1.0).abs() < 0.01;
    for y in top..bottom {
        let v = quad.uv.min.y * height + (y as f32 + 0.5 - quad.rect.min.y) * step_y;
        let Some((start, span)) = canvas.span(y, left, right) else { continue };
        let u = quad.uv.min.x * width + (start as f32 + 0.5 - quad.rect.min.x) * step_x;
        let texels = if exact { texture.row(px::count(v), px::count(u), span.len()) } else { None };
        if let Some(texels) = texels {
            stamp(span, texels, quad.color);
            continue;
        }
        for (at, pixel) in span.iter_mut().enumerate() {
            let uv = pos2((u + px::length(at) * step_x) / width, v / height);
            *pixel = over(*pixel, texture.tinted(uv, quad.color));
        }
    }
}

fn fill(canvas: &mut Canvas<'_>, y: i32, left: i32, right: i32, color: u32) {
    let Some((_, span)) = canvas.span(y, left, right) else { return };
    if color >> 24 == 255 {
        span.fill(color);
    } else {
        span.iter_mut().for_each(|pixel| *pixel = over(*pixel, color));
    }
}

fn stamp(span: &mut [u32], texels: &[u32], color: u32) {
    for (pixel, texel) in span.iter_mut().zip(texels) {
        if *texel != 0 {
            *pixel = over(*pixel, multiply(*texel, color));
        }
    }
}
