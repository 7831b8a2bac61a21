//! Points and pixels to counts and back: the one place where a coordinate is cut to a whole number.

use egui::{Pos2, Rect, Vec2, pos2};

/// Whole steps in a length, none for a negative or undefined one.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a float cast saturates")]
pub fn count(length: f32) -> usize {
    length.floor() as usize
}

/// The nearest whole pixel at or below a coordinate.
#[expect(clippy::cast_possible_truncation, reason = "a float cast saturates")]
pub fn floor(coordinate: f32) -> i32 {
    coordinate.floor() as i32
}

/// A channel value, clamped to a byte.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a float cast saturates")]
pub fn byte(value: f32) -> u8 {
    (value + 0.5) as u8
}

/// A count as a length; counts of rows on a screen are small.
pub fn length(count: usize) -> f32 {
    count as f32
}

/// A share of a large count, rounded to nearest: where a dragged scroll bar points to.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a float cast saturates")]
pub fn share_of(count: usize, share: f32) -> usize {
    (count as f64 * f64::from(share.clamp(0.0, 1.0))).round() as usize
}

/// What share of a large count a part is; zero of nothing.
#[expect(clippy::cast_possible_truncation, reason = "a share between nought and one")]
pub fn share(part: usize, whole: usize) -> f32 {
    if whole == 0 { 0.0 } else { (part as f64 / whole as f64) as f32 }
}

/// The system's scale of a screen: small and exact enough as it is.
#[expect(clippy::cast_possible_truncation, reason = "a scale between one and four")]
pub fn scale(factor: f64) -> f32 {
    factor as f32
}

/// A rectangle by its left top corner and size.
pub fn rect(left: f32, top: f32, width: f32, height: f32) -> Rect {
    Rect::from_min_size(pos2(left, top), Vec2::new(width, height))
}

/// A point on whole points: text between pixels is blurred.
pub fn whole(at: Pos2) -> Pos2 {
    pos2(at.x.round(), at.y.round())
}
