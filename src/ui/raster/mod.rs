//! Draws the window on the processor: no OpenGL, the same pixels everywhere.
//!
//! The tests take their pictures with it; a computer without a usable graphics driver (remote desktop,
//! virtual machine) works through it. Nearly everything egui sends is an upright rectangle of one colour
//! or a letter, so these have a fast path of their own ([`quad`]); the rest goes through [`triangle`].

mod blend;
mod quad;
mod texture;
mod triangle;

use crate::ui::px;
use blend::pack;
use egui::epaint::{ClippedPrimitive, Mesh, Primitive, Vertex};
use egui::{Color32, Rect, TextureId, TexturesDelta};
use std::collections::BTreeMap;
use texture::Texture;

/// A drawn window: rows of `0xAARRGGBB`, as a window system takes them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Picture {
    width: usize,
    pixels: Vec<u32>,
}

impl Picture {
    /// A picture of one colour.
    pub fn new(width: usize, height: usize, background: Color32) -> Self {
        Self { width, pixels: vec![pack(background); width * height] }
    }
    /// The same memory for another picture of one colour.
    pub fn renew(&mut self, width: usize, height: usize, background: Color32) {
        self.width = width;
        self.pixels.clear();
        self.pixels.resize(width * height, pack(background));
    }
    /// Width in pixels.
    pub const fn width(&self) -> usize {
        self.width
    }
    /// Height in pixels.
    pub fn height(&self) -> usize {
        self.pixels.len().checked_div(self.width).unwrap_or(0)
    }
    /// The pixels, row by row, `0xAARRGGBB`.
    pub fn pixels(&self) -> &[u32] {
        &self.pixels
    }
    /// Red, green and blue of a pixel; black outside of the picture.
    pub fn at(&self, x: usize, y: usize) -> [u8; 3] {
        let pixel = if x < self.width { self.pixels.get(y * self.width + x) } else { None };
        let [_, red, green, blue] = pixel.copied().unwrap_or(0).to_be_bytes();
        [red, green, blue]
    }
    /// All pixels as red, green, blue bytes, for files.
    pub fn rgb(&self) -> Vec<u8> {
        self.pixels
            .iter()
            .flat_map(|pixel| {
                let [_, red, green, blue] = pixel.to_be_bytes();
                [red, green, blue]
            })
            .collect()
    }
}

/// A part of a picture that may be drawn on: whole pixels, the ends excluded.
#[derive(Clone, Copy, Debug)]
struct Clip {
    left: i32,
    top: i32,
    right: i32,
    bottom: i32,
}

/// A picture with the part of it that may be drawn on.
struct Canvas<'a> {
    picture: &'a mut Picture,
    clip: Clip,
}

impl Canvas<'_> {
    /// Pixels of row `y` from `left` up to `right`, cut by the clip; with the first pixel's column.
    fn span(&mut self, y: i32, left: i32, right: i32) -> Option<(i32, &mut [u32])> {
        if y < self.clip.top || y >= self.clip.bottom {
            return None;
        }
        let left = left.max(self.clip.left);
        let right = right.min(self.clip.right);
        let start = usize::try_from(y).ok()? * self.picture.width + usize::try_from(left).ok()?;
        let count = usize::try_from(right - left).ok().filter(|count| *count > 0)?;
        Some((left, self.picture.pixels.get_mut(start..start + count)?))
    }
}

/// The renderer: keeps the textures between frames.
#[derive(Debug, Default)]
pub struct Raster {
    textures: BTreeMap<TextureId, Texture>,
}

impl Raster {
    /// Takes what changed in the textures; the delta is empty afterwards.
    #[expect(clippy::iter_over_hash_type, reason = "textures do not depend on each other")]
    pub fn update(&mut self, delta: &mut TexturesDelta) {
        for (id, images) in delta.set.drain() {
            for image in images {
                self.textures.entry(id).or_default().apply(&image);
            }
        }
        for id in delta.free.drain() {
            self.textures.remove(&id);
        }
    }

    /// Draws what egui tessellated at `scale` pixels a point.
    pub fn draw(&self, primitives: &[ClippedPrimitive], scale: f32, picture: &mut Picture) {
        for ClippedPrimitive { clip_rect, primitive } in primitives {
            let Primitive::Mesh(mesh) = primitive else { continue };
            let Some(texture) = self.textures.get(&mesh.texture_id) else { continue };
            let clip = clip_of(*clip_rect, scale, picture);
            if clip.left < clip.right && clip.top < clip.bottom {
                draw_mesh(mesh, texture, scale, &mut Canvas { picture, clip });
            }
        }
    }
}

fn clip_of(rect: Rect, scale: f32, picture: &Picture) -> Clip {
    let side = |length: usize| i32::try_from(length).unwrap_or(i32::MAX);
    let edge = |points: f32, limit: usize| px::floor((points * scale).round()).clamp(0, side(limit));
    Clip {
        left: edge(rect.min.x, picture.width),
        top: edge(rect.min.y, picture.height()),
        right: edge(rect.max.x, picture.width),
        bottom: edge(rect.max.y, picture.height()),
    }
}

/// A corner of a triangle in pixels.
fn scaled(vertex: &Vertex, scale: f32) -> Vertex {
    Vertex { pos: (vertex.pos.to_vec2() * scale).to_pos2(), uv: vertex.uv, color: vertex.color }
}

fn draw_mesh(mesh: &Mesh, texture: &Texture, scale: f32, canvas: &mut Canvas<'_>) {
    let corner = |index: u32| {
        let vertex = usize::try_from(index).ok().and_then(|index| mesh.vertices.get(index));
        vertex.map_or_else(Vertex::default, |vertex| scaled(vertex, scale))
    };
    let mut rest = mesh.indices.as_slice();
    while let Some((first, after)) = rest.split_first_chunk::<3>() {
        let first = first.map(corner);
        if let Some((second, after_both)) = after.split_first_chunk::<3>()
            && let Some(quad) = quad::find(&first, &second.map(corner))
        {
            quad::draw(&quad, texture, canvas);
            rest = after_both;
            continue;
        }
        triangle::draw(&first, texture, canvas);
        rest = after;
    }
}
