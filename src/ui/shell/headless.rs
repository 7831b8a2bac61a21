//! The window without a screen: drawn by the processor into a picture, for support staff and the self-test.

use crate::ui::raster::{Picture, Raster};
use crate::ui::theme;
use egui::{Context, FullOutput, Pos2, RawInput, Rect, Theme, Ui, Vec2};
use std::path::Path;
use std::time::Duration;

/// Rest between two frames: the threads need a moment to answer.
const REST: Duration = Duration::from_millis(15);

/// Quiet frames after which nothing more is expected, and frames after which it is drawn as it is.
const QUIET: usize = 30;
const MOST: usize = 900;

/// A window that is only drawn.
pub struct Headless {
    ctx: Context,
    raster: Raster,
    size: Vec2,
    frames: u32,
    picture: Picture,
}

impl Headless {
    /// Of this many points, a pixel each.
    pub fn new(width: u16, height: u16) -> Self {
        let ctx = Context::default();
        theme::install(&ctx);
        ctx.set_theme(Theme::Light);
        let size = Vec2::new(f32::from(width), f32::from(height));
        let picture = Picture::new(usize::from(width), usize::from(height), theme::palette(&ctx).page);
        Self { ctx, raster: Raster::default(), size, frames: 0, picture }
    }

    /// Draws one frame; true when another one is wanted at once.
    pub fn frame(&mut self, content: impl FnMut(&mut Ui)) -> bool {
        self.frames += 1;
        let input = RawInput {
            screen_rect: Some(Rect::from_min_size(Pos2::ZERO, self.size)),
            time: Some(f64::from(self.frames) / 60.0),
            focused: true,
            ..RawInput::default()
        };
        let FullOutput { mut textures_delta, shapes, pixels_per_point, viewport_output, .. } =
            self.ctx.run_ui(input, content);
        self.raster.update(&mut textures_delta);
        let primitives = self.ctx.tessellate(shapes, pixels_per_point);
        let (width, height) = (self.picture.width(), self.picture.height());
        self.picture.renew(width, height, theme::palette(&self.ctx).page);
        self.raster.draw(&primitives, pixels_per_point, &mut self.picture);
        viewport_output.into_values().next().is_some_and(|output| output.repaint_delay < Duration::from_millis(200))
    }

    /// Draws until everything that was asked of threads has come.
    pub fn settle(&mut self, mut content: impl FnMut(&mut Ui)) {
        let mut quiet = 0;
        for _ in 0..MOST {
            quiet = if self.frame(&mut content) { 0 } else { quiet + 1 };
            if quiet > QUIET {
                return;
            }
            std::thread::sleep(REST);
        }
    }

    /// What is on it now.
    pub const fn picture(&self) -> &Picture {
        &self.picture
    }

    /// Writes what is on it into a PNG file.
    pub fn write(&self, file: &Path) -> Result<(), String> {
        let failed = |error: &dyn std::fmt::Display| error.to_string();
        let out = std::fs::File::create(file).map_err(|error| failed(&error))?;
        let side = |length: usize| u32::try_from(length).unwrap_or(0);
        let (width, height) = (side(self.picture.width()), side(self.picture.height()));
        let mut encoder = png::Encoder::new(std::io::BufWriter::new(out), width, height);
        encoder.set_color(png::ColorType::Rgb);
        encoder.set_depth(png::BitDepth::Eight);
        let mut writer = encoder.write_header().map_err(|error| failed(&error))?;
        writer.write_image_data(&self.picture.rgb()).map_err(|error| failed(&error))?;
        writer.finish().map_err(|error| failed(&error))
    }
}
