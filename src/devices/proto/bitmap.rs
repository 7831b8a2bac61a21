//! A picture of black and white dots, as printers of receipts and labels take it.

/// Rows of dots packed eight to a byte, the leftmost in the highest bit, one for black; rows begin on whole
/// bytes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bitmap {
    width: usize,
    height: usize,
    bits: Vec<u8>,
}

/// Dots a picture may have in either direction: a metre of paper at 300 dots an inch.
pub const SIDE_MAX: usize = 12_000;

impl Bitmap {
    /// White paper, no larger than [`SIDE_MAX`] in either direction.
    #[must_use]
    pub fn white(width: usize, height: usize) -> Self {
        let (width, height) = (width.min(SIDE_MAX), height.min(SIDE_MAX));
        Self { width, height, bits: vec![0; width.div_ceil(8) * height] }
    }

    /// A picture of packed rows; `None` when the bytes are not as many as the size asks for.
    #[must_use]
    pub fn packed(width: usize, height: usize, bits: Vec<u8>) -> Option<Self> {
        let fits = width <= SIDE_MAX && height <= SIDE_MAX && bits.len() == width.div_ceil(8) * height;
        let mut made = Self { width, height, bits };
        made.clear_margin();
        fits.then_some(made)
    }

    /// Dots across.
    #[must_use]
    pub fn width(&self) -> usize {
        self.width
    }

    /// Dots down.
    #[must_use]
    pub fn height(&self) -> usize {
        self.height
    }

    /// Bytes of one row.
    #[must_use]
    pub fn stride(&self) -> usize {
        self.width.div_ceil(8)
    }

    /// All rows, packed.
    #[must_use]
    pub fn bits(&self) -> &[u8] {
        &self.bits
    }

    /// A row, packed; empty below the picture.
    #[must_use]
    pub fn row(&self, y: usize) -> &[u8] {
        self.bits.get(y * self.stride()..(y + 1) * self.stride()).unwrap_or_default()
    }

    /// Whether a dot is black; outside everything is white.
    #[must_use]
    pub fn dot(&self, x: usize, y: usize) -> bool {
        x < self.width && self.row(y).get(x / 8).is_some_and(|byte| byte & mask(x) != 0)
    }

    /// Makes a dot black; outside nothing happens.
    pub fn blacken(&mut self, x: usize, y: usize) {
        let stride = self.stride();
        if x < self.width
            && let Some(byte) = self.bits.get_mut(y * stride + x / 8)
        {
            *byte |= mask(x);
        }
    }

    /// Puts a picture over this one: its black dots become black.
    pub fn stamp(&mut self, picture: &Self, left: usize, top: usize) {
        for y in 0..picture.height {
            for x in (0..picture.width).filter(|x| picture.dot(*x, y)) {
                self.blacken(left + x, top + y);
            }
        }
    }

    /// The picture below this one, as wide as the wider of both.
    pub fn append(&mut self, below: &Self) {
        let mut joined = Self::white(self.width.max(below.width), self.height + below.height);
        joined.stamp(self, 0, 0);
        joined.stamp(below, 0, self.height);
        *self = joined;
    }

    /// Rows from one to another, the last left out.
    #[must_use]
    pub fn band(&self, from: usize, to: usize) -> Self {
        let (from, to) = (from.min(self.height), to.min(self.height));
        let height = to.saturating_sub(from);
        let bits = self.bits.get(from * self.stride()..(from + height) * self.stride()).unwrap_or_default().to_vec();
        Self { width: self.width, height, bits }
    }

    /// Dots beyond the width in the last byte of a row are white.
    fn clear_margin(&mut self) {
        let beyond = self.stride() * 8 - self.width;
        if beyond == 0 {
            return;
        }
        let stride = self.stride();
        for byte in self.bits.iter_mut().skip(stride.saturating_sub(1)).step_by(stride.max(1)) {
            *byte = *byte >> beyond << beyond;
        }
    }
}

fn mask(x: usize) -> u8 {
    0x80 >> (x % 8)
}

/// The lower and upper byte of a number no larger than 65 535; larger ones are cut to it.
#[must_use]
pub(super) fn low_high(number: usize) -> [u8; 2] {
    u16::try_from(number).unwrap_or(u16::MAX).to_le_bytes()
}

#[cfg(test)]
mod tests {
    use super::Bitmap;

    #[test]
    fn dots_stamps_and_bands() {
        let mut cross = Bitmap::white(3, 3);
        for (x, y) in [(1, 0), (0, 1), (1, 1), (2, 1), (1, 2), (9, 9)] {
            cross.blacken(x, y);
        }
        assert_eq!(cross.bits(), [0b0100_0000, 0b1110_0000, 0b0100_0000]);
        let mut paper = Bitmap::white(12, 5);
        paper.stamp(&cross, 7, 1);
        assert!(paper.dot(8, 1) && paper.dot(9, 2) && !paper.dot(7, 1) && !paper.dot(40, 40));
        assert_eq!(paper.band(1, 3).row(1), paper.row(2));
        let mut both = cross.clone();
        both.append(&paper);
        assert_eq!((both.width(), both.height()), (12, 8));
        assert!(both.dot(8, 4));
    }

    #[test]
    fn packed_rows_have_a_white_margin() {
        assert_eq!(Bitmap::packed(3, 2, vec![0xFF, 0xFF]).unwrap().bits(), [0xE0, 0xE0]);
        assert_eq!(Bitmap::packed(3, 2, vec![0xFF]), None);
    }
}
