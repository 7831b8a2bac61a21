//! Linear codes: EAN-13 of goods and Code 128 of documents and places.
//!
//! Tables are facts of ISO/IEC 15420 (EAN) and ISO/IEC 15417 (Code 128). The quiet zone is not part of
//! the modules; the template leaves it white.

use super::matrix::Matrix;
use crate::kernel::text::Text;
use crate::text;

/// Left-hand digits of odd parity (set A), seven modules each, dark is one.
const EAN_A: [u8; 10] = [
    0b000_1101, 0b001_1001, 0b001_0011, 0b011_1101, 0b010_0011, 0b011_0001, 0b010_1111, 0b011_1011, 0b011_0111,
    0b000_1011,
];

/// Which of the six left-hand digits take set B, by the first digit of the number, leftmost first.
const EAN_PARITY: [u8; 10] =
    [0b00_0000, 0b00_1011, 0b00_1101, 0b00_1110, 0b01_0011, 0b01_1001, 0b01_1100, 0b01_0101, 0b01_0110, 0b01_1010];

/// Bar and space widths of the 106 symbols of Code 128, written as decimal digits.
const CODE128: [u32; 106] = [
    212222, 222122, 222221, 121223, 121322, 131222, 122213, 122312, 132212, 221213, 221312, 231212, 112232, 122132,
    122231, 113222, 123122, 123221, 223211, 221132, 221231, 213212, 223112, 312131, 311222, 321122, 321221, 312212,
    322112, 322211, 212123, 212321, 232121, 111323, 131123, 131321, 112313, 132113, 132311, 211313, 231113, 231311,
    112133, 112331, 132131, 113123, 113321, 133121, 313121, 211331, 231131, 213113, 213311, 213131, 311123, 311321,
    331121, 312113, 312311, 332111, 314111, 221411, 431111, 111224, 111422, 121124, 121421, 141122, 141221, 112214,
    112412, 122114, 122411, 142112, 142211, 241211, 221114, 413111, 241112, 134111, 111242, 121142, 121241, 114212,
    124112, 124211, 411212, 421112, 421211, 212141, 214121, 412121, 111143, 111341, 131141, 114113, 114311, 411113,
    411311, 113141, 114131, 311141, 411131, 211412, 211214, 211232,
];
const CODE128_STOP: u32 = 2_331_112;
const START_B: usize = 104;
const START_C: usize = 105;
const TO_C: usize = 99;
const TO_B: usize = 100;

/// The check digit of an EAN: weights 1 and 3 from the left over the first twelve digits.
pub fn ean13_check(digits: &[u8]) -> u8 {
    let sum: u32 = digits.iter().zip([1u32, 3].iter().cycle()).map(|(digit, weight)| u32::from(*digit) * weight).sum();
    u8::try_from((10 - sum % 10) % 10).unwrap_or(0)
}

/// All thirteen digits of an EAN-13; twelve are completed by the check digit.
pub fn ean13_digits(code: &str) -> Result<Vec<u8>, Text> {
    let mut digits: Vec<u8> =
        code.chars().filter_map(|c| c.to_digit(10)).filter_map(|d| u8::try_from(d).ok()).collect();
    if digits.len() != code.chars().count() || !(12..=13).contains(&digits.len()) {
        return Err(text!("print-ean-length", code = code));
    }
    let check = ean13_check(digits.get(..12).unwrap_or_default());
    match digits.get(12) {
        None => digits.push(check),
        Some(given) if *given != check => {
            return Err(text!("print-ean-check", code = code, digit = u32::from(check)));
        }
        Some(_) => {}
    }
    Ok(digits)
}

/// The 95 modules of an EAN-13.
pub fn ean13(code: &str) -> Result<Matrix, Text> {
    let digits = ean13_digits(code)?;
    let table = |digit: u8| EAN_A.get(usize::from(digit)).copied().unwrap_or(0);
    let mut dark = Vec::with_capacity(95);
    let mut push = |bits: u8, count: u32| dark.extend((0..count).rev().map(|at| bits >> at & 1 == 1));
    let first = digits.first().copied().unwrap_or(0);
    let parity = EAN_PARITY.get(usize::from(first)).copied().unwrap_or(0);
    push(0b101, 3);
    for (at, digit) in digits.iter().skip(1).take(6).enumerate() {
        let odd = table(*digit);
        // Set B is the right-hand code read backwards; the right-hand code is set A with light and dark swapped.
        let even = (!odd & 0x7f).reverse_bits() >> 1;
        push(if parity >> (5 - at) & 1 == 1 { even } else { odd }, 7);
    }
    push(0b0_1010, 5);
    for digit in digits.iter().skip(7) {
        push(!table(*digit) & 0x7f, 7);
    }
    push(0b101, 3);
    Ok(Matrix::bars(dark))
}

/// The modules of a Code 128: runs of digits are packed by two, everything else is printable ASCII.
pub fn code128(code: &str) -> Result<Matrix, Text> {
    if code.is_empty() || !code.bytes().all(|byte| (32..127).contains(&byte)) {
        return Err(text!("print-code128-letters", code = code));
    }
    let values = code128_values(code.as_bytes());
    let mut sum = 0;
    for (at, value) in values.iter().enumerate() {
        sum += value * at.max(1);
    }
    let mut dark = Vec::new();
    for value in values.iter().chain([&(sum % 103)]) {
        push_widths(&mut dark, CODE128.get(*value).copied().unwrap_or(0));
    }
    push_widths(&mut dark, CODE128_STOP);
    Ok(Matrix::bars(dark))
}

/// Symbols with the start and without the check: digits by pairs where at least four stand together.
fn code128_values(bytes: &[u8]) -> Vec<usize> {
    let run = |from: usize| bytes.iter().skip(from).take_while(|byte| byte.is_ascii_digit()).count();
    let mut pairs = run(0) >= 4 || (run(0) == bytes.len() && bytes.len() == 2);
    let mut values = vec![if pairs { START_C } else { START_B }];
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        let digits = run(at);
        if pairs && digits < 2 {
            pairs = false;
            values.push(TO_B);
        } else if !pairs && digits >= 4 && digits.is_multiple_of(2) {
            pairs = true;
            values.push(TO_C);
        }
        if let (true, Some(second)) = (pairs, bytes.get(at + 1)) {
            values.push(usize::from(byte - b'0') * 10 + usize::from(second - b'0'));
            at += 2;
        } else {
            values.push(usize::from(byte - 32));
            at += 1;
        }
    }
    values
}

/// Adds bars and spaces by their widths, the first digit first, a bar first.
fn push_widths(dark: &mut Vec<bool>, widths: u32) {
    let mut bar = true;
    for digit in widths.to_string().chars() {
        let width = usize::try_from(digit.to_digit(10).unwrap_or(0)).unwrap_or(0);
        dark.extend(std::iter::repeat_n(bar, width));
        bar = !bar;
    }
}

#[cfg(test)]
mod tests {
    use super::{CODE128, code128, code128_values, ean13, ean13_digits};
    use std::collections::BTreeSet;

    #[test]
    fn an_ean_has_95_modules_and_a_checked_digit() {
        assert_eq!(ean13("4606224123459").unwrap_err().key(), "print-ean-check");
        assert_eq!(ean13("460622412345").unwrap().columns(), 95);
        assert_eq!(ean13_digits("0766619345146").unwrap().last(), Some(&6));
        for wrong in ["", "123", "46062241234A", "46062241234567"] {
            assert_eq!(ean13(wrong).unwrap_err().key(), "print-ean-length");
        }
    }

    #[test]
    fn an_ean_of_the_standard_is_drawn_as_there() {
        // 5901234123457: the first digit five asks for the sets A B B A A B on the left.
        let left = "0001011 0100111 0110011 0010011 0111101 0011101";
        let right = "1100110 1101100 1000010 1011100 1001110 1000100";
        let expected = format!("101{left}01010{right}101").replace(' ', "");
        let bars = ean13("5901234123457").unwrap();
        let mut drawn = vec!['0'; 95];
        for run in bars.runs() {
            drawn[run.column..run.column + run.length].fill('1');
        }
        assert_eq!(drawn.into_iter().collect::<String>(), expected);
    }

    #[test]
    fn code_128_symbols_are_distinct_and_eleven_wide() {
        let distinct: BTreeSet<u32> = CODE128.into_iter().collect();
        assert_eq!(distinct.len(), CODE128.len());
        for widths in CODE128 {
            assert_eq!(widths.to_string().chars().map(|c| c.to_digit(10).unwrap()).sum::<u32>(), 11, "{widths}");
        }
    }

    #[test]
    fn digits_are_packed_by_two() {
        assert_eq!(code128_values(b"123456"), [105, 12, 34, 56]);
        assert_eq!(code128_values(b"12345"), [105, 12, 34, 100, 21]);
        assert_eq!(code128_values(b"A1"), [104, 33, 17]);
        assert_eq!(code128_values(b"A12345"), [104, 33, 17, 99, 23, 45]);
        assert_eq!(code128("A1").unwrap().columns(), 11 * 4 + 13);
        assert_eq!(code128("Ж").unwrap_err().key(), "print-code128-letters");
        assert_eq!(code128("").unwrap_err().key(), "print-code128-letters");
    }
}
