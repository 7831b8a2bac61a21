//! A picture of a label to the commands of a printer.

use super::{LabelLanguage, LabelSize};
use crate::devices::proto::bitmap::Bitmap;

/// The job of a label, so many copies. A picture larger than the label is cut.
#[must_use]
pub fn label(language: LabelLanguage, size: LabelSize, picture: &Bitmap, copies: u16) -> Vec<u8> {
    let (width, height) = size.in_dots();
    let mut own = Bitmap::white(picture.width().min(width), picture.height().min(height));
    own.stamp(picture, 0, 0);
    let copies = copies.max(1);
    match language {
        LabelLanguage::Tspl => tspl(size, &own, copies),
        LabelLanguage::Zpl => zpl(size, &own, copies),
        LabelLanguage::Epl => epl(size, &own, copies),
    }
}

/// One for white, as TSPL and EPL want it.
fn inverted(picture: &Bitmap) -> impl Iterator<Item = u8> {
    picture.bits().iter().map(|byte| !byte)
}

fn tspl(size: LabelSize, picture: &Bitmap, copies: u16) -> Vec<u8> {
    let LabelSize { width, height, gap, .. } = size;
    let head = format!(
        "SIZE {width} mm,{height} mm\r\nGAP {gap} mm,0 mm\r\nDIRECTION 1\r\nCLS\r\nBITMAP 0,0,{},{},0,",
        picture.stride(),
        picture.height()
    );
    let mut bytes = head.into_bytes();
    bytes.extend(inverted(picture));
    bytes.extend(format!("\r\nPRINT {copies},1\r\n").bytes());
    bytes
}

fn zpl(size: LabelSize, picture: &Bitmap, copies: u16) -> Vec<u8> {
    let (width, height) = size.in_dots();
    let total = picture.bits().len();
    let mut text = format!("^XA\n^PW{width}\n^LL{height}\n^FO0,0^GFA,{total},{total},{},", picture.stride());
    for byte in picture.bits() {
        text.push_str(&format!("{byte:02X}"));
    }
    text.push_str(&format!("^FS\n^PQ{copies}\n^XZ\n"));
    text.into_bytes()
}

fn epl(size: LabelSize, picture: &Bitmap, copies: u16) -> Vec<u8> {
    let (width, height) = size.in_dots();
    let gap = usize::from(size.gap) * usize::from(size.dots);
    let head = format!("\nN\nq{width}\nQ{height},{gap}\nGW0,0,{},{},", picture.stride(), picture.height());
    let mut bytes = head.into_bytes();
    bytes.extend(inverted(picture));
    bytes.extend(format!("\nP{copies}\n").bytes());
    bytes
}
