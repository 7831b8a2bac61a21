//! The printer's side: the pictures of a job, for the training printer and for tests. Reads what
//! [`super::write`] writes: whole jobs, one picture a label.

use super::LabelLanguage;
use crate::devices::proto::bitmap::Bitmap;

/// A label that came out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Printed {
    /// Its dots; as wide as its whole bytes.
    pub picture: Bitmap,
    /// How many of it.
    pub copies: u16,
}

/// The labels of a job; `None` when it cannot be read.
#[must_use]
pub fn labels(language: LabelLanguage, job: &[u8]) -> Option<Vec<Printed>> {
    let mut found = Vec::new();
    let mut rest = job;
    let (begin, copies) = match language {
        LabelLanguage::Tspl => (b"BITMAP ".as_slice(), b"PRINT ".as_slice()),
        LabelLanguage::Zpl => (b"^GFA,".as_slice(), b"^PQ".as_slice()),
        LabelLanguage::Epl => (b"GW".as_slice(), b"\nP".as_slice()),
    };
    while let Some(at) = place(rest, begin) {
        rest = rest.get(at + begin.len()..)?;
        let (picture, after) = match language {
            LabelLanguage::Tspl => {
                let ([_, _, stride, height, _], after) = numbers(rest)?;
                raw(stride, height, after)?
            }
            LabelLanguage::Epl => {
                let ([_, _, stride, height], after) = numbers(rest)?;
                raw(stride, height, after)?
            }
            LabelLanguage::Zpl => {
                let ([total, _, stride], after) = numbers(rest)?;
                hexadecimal(total, stride, after)?
            }
        };
        let number = after.get(place(after, copies)? + copies.len()..)?;
        found.push(Printed { picture, copies: u16::try_from(number_at(number)?.0).ok()? });
        rest = after;
    }
    (!found.is_empty()).then_some(found)
}

fn place(bytes: &[u8], what: &[u8]) -> Option<usize> {
    bytes.windows(what.len()).position(|window| window == what)
}

fn number_at(bytes: &[u8]) -> Option<(usize, &[u8])> {
    let length = bytes.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let (digits, rest) = bytes.split_at_checked(length)?;
    Some((std::str::from_utf8(digits).ok()?.parse().ok()?, rest))
}

/// Numbers with a comma after each.
fn numbers<const COUNT: usize>(bytes: &[u8]) -> Option<([usize; COUNT], &[u8])> {
    let mut found = [0; COUNT];
    let mut rest = bytes;
    for number in &mut found {
        let (value, after) = number_at(rest)?;
        *number = value;
        rest = after.strip_prefix(b",")?;
    }
    Some((found, rest))
}

/// One for white.
fn raw(stride: usize, height: usize, bytes: &[u8]) -> Option<(Bitmap, &[u8])> {
    let (bits, rest) = bytes.split_at_checked(stride.checked_mul(height)?)?;
    Some((Bitmap::packed(stride.checked_mul(8)?, height, bits.iter().map(|byte| !byte).collect())?, rest))
}

fn hexadecimal(total: usize, stride: usize, bytes: &[u8]) -> Option<(Bitmap, &[u8])> {
    let (digits, rest) = bytes.split_at_checked(total.checked_mul(2)?)?;
    let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    let byte = |pair: &[u8]| Some(digit(*pair.first()?)? << 4 | digit(*pair.get(1)?)?);
    let bits: Option<Vec<u8>> = digits.chunks(2).map(byte).collect();
    Some((Bitmap::packed(stride.checked_mul(8)?, total.checked_div(stride)?, bits?)?, rest))
}
