//! The drawing on the processor: right colours, sharp edges, no gaps between triangles, letters.

use egui::epaint::{ClippedPrimitive, Mesh, Primitive, Vertex};
use egui::{Color32, Context, ImageData, Painter, Pos2, RawInput, Rect, TextureId, TexturesDelta, pos2, vec2};
use kontora::ui::raster::{Picture, Raster};
use kontora::ui::{fonts, icons::Icon, paint, theme};

const WHITE: Color32 = Color32::WHITE;
const BLACK: Color32 = Color32::BLACK;

/// A picture of what is painted onto white paper.
fn painted(scale: f32, paint: impl Fn(&Painter)) -> Picture {
    let ctx = Context::default();
    theme::install(&ctx);
    let input = RawInput {
        screen_rect: Some(Rect::from_min_size(Pos2::ZERO, vec2(100.0, 60.0))),
        viewports: [(
            egui::ViewportId::ROOT,
            egui::ViewportInfo { native_pixels_per_point: Some(scale), ..Default::default() },
        )]
        .into_iter()
        .collect(),
        ..Default::default()
    };
    let mut raster = Raster::default();
    let mut output = ctx.run_ui(input, |ui| paint(ui.painter()));
    raster.update(&mut output.textures_delta);
    let primitives = ctx.tessellate(output.shapes, output.pixels_per_point);
    let pixels = |points: u16| usize::from(points) * usize::from(if scale > 1.0 { 3u8 } else { 2 }) / 2;
    let mut picture = Picture::new(pixels(100), pixels(60), WHITE);
    raster.draw(&primitives, scale, &mut picture);
    picture
}

fn rect(left: f32, top: f32, right: f32, bottom: f32) -> Rect {
    Rect::from_min_max(pos2(left, top), pos2(right, bottom))
}

#[test]
fn a_rectangle_on_whole_pixels_has_sharp_edges() {
    let picture = painted(1.0, |painter| {
        painter.rect_filled(rect(10.0, 10.0, 30.0, 20.0), 0.0, theme::LIGHT.danger);
    });
    let [red, green, blue, _] = theme::LIGHT.danger.to_array();
    for (x, y, inside) in
        [(10, 10, true), (29, 19, true), (9, 10, false), (30, 19, false), (10, 9, false), (29, 20, false)]
    {
        let expected = if inside { [red, green, blue] } else { [255, 255, 255] };
        assert_eq!(picture.at(x, y), expected, "{x} {y}");
    }
}

#[test]
fn half_a_shadow_over_paper_is_grey_and_the_clip_holds() {
    let picture = painted(1.0, |painter| {
        let clipped = painter.with_clip_rect(rect(0.0, 0.0, 50.0, 60.0));
        clipped.rect_filled(rect(20.0, 10.0, 80.0, 40.0), 0.0, Color32::from_black_alpha(128));
    });
    assert_eq!(picture.at(30, 20), [127, 127, 127]);
    assert_eq!(picture.at(49, 20), [127, 127, 127]);
    assert_eq!(picture.at(50, 20), [255, 255, 255]);
}

/// Draws triangles of one colour without egui: nothing softens their edges.
fn triangles(corners: &[[f32; 2]], indices: &[u32], color: Color32) -> Picture {
    let mut raster = Raster::default();
    let mut delta = TexturesDelta::default();
    let white = egui::ColorImage::filled([1, 1], WHITE);
    let image = egui::epaint::ImageDelta::full(ImageData::from(white), egui::TextureOptions::NEAREST);
    delta.set.entry(TextureId::default()).or_default().push(image);
    raster.update(&mut delta);
    let vertex = |[x, y]: &[f32; 2]| Vertex { pos: pos2(*x, *y), uv: Pos2::ZERO, color };
    let mesh = Mesh {
        indices: indices.to_vec(),
        vertices: corners.iter().map(vertex).collect(),
        texture_id: TextureId::default(),
    };
    let clip_rect = rect(0.0, 0.0, 100.0, 100.0);
    let primitive = ClippedPrimitive { clip_rect, primitive: Primitive::Mesh(mesh) };
    let mut picture = Picture::new(100, 100, WHITE);
    raster.draw(&[primitive], 1.0, &mut picture);
    picture
}

#[test]
fn triangles_with_a_common_edge_neither_overlap_nor_leave_a_gap() {
    // A fan around a crooked middle: every inner edge is shared by two half transparent triangles.
    let corners = [[47.3, 51.9], [5.1, 8.7], [93.4, 3.2], [97.7, 88.8], [50.5, 98.1], [2.2, 90.4]];
    let indices = [0, 1, 2, 0, 2, 3, 0, 3, 4, 0, 4, 5, 0, 5, 1];
    let picture = triangles(&corners, &indices, Color32::from_black_alpha(128));
    let mut inside = 0;
    for y in 0..100 {
        let row: Vec<[u8; 3]> = (0..100).map(|x| picture.at(x, y)).collect();
        assert!(row.iter().all(|pixel| *pixel == [255; 3] || *pixel == [127; 3]), "a pixel of row {y} was drawn twice");
        let first = row.iter().position(|pixel| *pixel == [127; 3]);
        let last = row.iter().rposition(|pixel| *pixel == [127; 3]);
        if let (Some(first), Some(last)) = (first, last)
            && y < 88
        {
            assert!(row[first..=last].iter().all(|pixel| *pixel == [127; 3]), "row {y} has a gap");
            inside += last - first;
        }
    }
    assert!(inside > 6_000);
}

fn dark(picture: &Picture) -> usize {
    let pixels = (0..picture.height()).flat_map(|y| (0..picture.width()).map(move |x| (x, y)));
    pixels.filter(|(x, y)| picture.at(*x, *y)[0] < 90).count()
}

#[test]
fn letters_and_icons_are_drawn_at_every_scale() {
    for scale in [1.0, 1.5] {
        let picture = painted(scale, |painter| {
            paint::text(painter, rect(5.0, 5.0, 95.0, 25.0), "Ёж № 5 ₽", fonts::text(), BLACK, egui::Align::Min);
            paint::icon(painter, pos2(50.0, 40.0), Icon::Check, 24.0, BLACK);
        });
        let count = dark(&picture);
        assert!((80..900).contains(&count), "{count} dark pixels at {scale}");
    }
}

#[test]
fn the_fonts_have_every_letter_and_icon_the_window_uses() {
    let ctx = Context::default();
    theme::install(&ctx);
    let mut output = ctx.run_ui(RawInput::default(), |_| {});
    output.textures_delta.clear();
    let mut texts = kontora::kernel::text::sources(kontora::kernel::text::Lang::Ru).join("");
    texts.push_str(&kontora::kernel::text::sources(kontora::kernel::text::Lang::En).join(""));
    texts.push_str("0123456789 \u{a0},.-+*/()%№«»“”„–—…₽€$×−≤≥≠°²³←→↑↓");
    let letters: std::collections::BTreeSet<char> = texts.chars().filter(|letter| !letter.is_control()).collect();
    ctx.fonts_mut(|fonts| {
        for font in [fonts::text(), fonts::bold()] {
            for letter in &letters {
                assert!(fonts.has_glyph(&font, *letter), "no «{letter}» in {font:?}");
            }
        }
        for letter in fonts::icon_letters().chars() {
            assert!(fonts.has_glyph(&fonts::icon(16.0), letter), "no icon {letter:?}");
        }
    });
}
