//! Arithmetic of premultiplied colours, four channels in one word.
//!
//! A colour is `0xAARRGGBB` with the channels already multiplied by alpha, mixed as the graphics card
//! does it for egui: without leaving the sRGB values.

use egui::Color32;

const EVEN: u32 = 0x00ff_00ff;
const HALF: u32 = 0x0080_0080;

/// A colour as one word.
pub fn pack(color: Color32) -> u32 {
    let [red, green, blue, alpha] = color.to_array();
    u32::from_be_bytes([alpha, red, green, blue])
}

/// All channels times `by / 255`, rounded to nearest.
pub const fn scale(color: u32, by: u32) -> u32 {
    let even = (color & EVEN) * by + HALF;
    let odd = ((color >> 8) & EVEN) * by + HALF;
    let even = ((even + ((even >> 8) & EVEN)) >> 8) & EVEN;
    let odd = (odd + ((odd >> 8) & EVEN)) & !EVEN;
    even | odd
}

/// `source` over `below`.
pub const fn over(below: u32, source: u32) -> u32 {
    let alpha = source >> 24;
    match alpha {
        255 => source,
        0 if source == 0 => below,
        _ => source.saturating_add(scale(below, 255 - alpha)),
    }
}

/// Channel by channel product of a texel and a colour.
pub fn multiply(texel: u32, color: u32) -> u32 {
    let alpha = texel >> 24;
    // Letters are white of some coverage: one number for all channels.
    if texel == alpha * 0x0101_0101 {
        return scale(color, alpha);
    }
    let mut out = texel.to_be_bytes();
    for (channel, by) in out.iter_mut().zip(color.to_be_bytes()) {
        let product = u32::from(*channel) * u32::from(by) + 128;
        *channel = u8::try_from((product + (product >> 8)) >> 8).unwrap_or(u8::MAX);
    }
    u32::from_be_bytes(out)
}

#[cfg(test)]
mod tests {
    use super::{multiply, over, scale};

    #[test]
    fn channels_are_scaled_and_rounded_each_for_itself() {
        assert_eq!(scale(0xff80_4001, 255), 0xff80_4001);
        assert_eq!(scale(0xff80_4001, 0), 0);
        assert_eq!(scale(0xffff_ffff, 128), 0x8080_8080);
        for channel in 0..=255u32 {
            for by in 0..=255u32 {
                let exact = (f64::from(channel * by) / 255.0).round();
                assert_eq!(f64::from(scale(channel, by)), exact, "{channel} {by}");
                assert_eq!(f64::from(scale(channel << 24, by) >> 24), exact, "{channel} {by}");
            }
        }
    }

    #[test]
    fn a_half_covered_pixel_is_a_mixture() {
        assert_eq!(over(0xff00_00ff, 0xff12_3456), 0xff12_3456);
        assert_eq!(over(0xff12_3456, 0), 0xff12_3456);
        assert_eq!(over(0xffff_ffff, 0x8000_0000), 0xff7f_7f7f);
        assert_eq!(multiply(0x8080_8080, 0xffff_0000), 0x8080_0000);
        assert_eq!(multiply(0xff80_ff00, 0xffff_80ff), 0xff80_8000);
    }
}
