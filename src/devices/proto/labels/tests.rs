//! One label in three languages is one label.

use super::read::labels;
use super::write::label;
use super::{LabelLanguage, LabelSize, LabelState, tspl_state};
use crate::devices::proto::bitmap::Bitmap;
use crate::devices::proto::fuzz::Dice;

const SIZE: LabelSize = LabelSize { width: 58, height: 40, gap: 2, dots: 8 };
const LANGUAGES: [LabelLanguage; 3] = [LabelLanguage::Tspl, LabelLanguage::Zpl, LabelLanguage::Epl];

fn picture(dice: &mut Dice, width: usize, height: usize) -> Bitmap {
    let mut picture = Bitmap::white(width, height);
    for _ in 0..width * height / 3 {
        picture.blacken(dice.below(width), dice.below(height));
    }
    picture
}

#[test]
fn every_language_carries_the_same_dots() {
    let mut dice = Dice::new(79);
    for round in 0..20 {
        let own = picture(&mut dice, 464 - round * 8, 320 - round);
        for language in LANGUAGES {
            let read = labels(language, &label(language, SIZE, &own, 3)).unwrap();
            assert_eq!((read.len(), read[0].copies), (1, 3));
            assert_eq!(read[0].picture, own, "{language:?}");
        }
    }
}

#[test]
fn commands_are_those_of_the_languages() {
    let one = Bitmap::packed(8, 1, vec![0x81]).unwrap();
    let tspl = label(LabelLanguage::Tspl, SIZE, &one, 1);
    let expected = b"SIZE 58 mm,40 mm\r\nGAP 2 mm,0 mm\r\nDIRECTION 1\r\nCLS\r\nBITMAP 0,0,1,1,0,\x7e\r\nPRINT 1,1\r\n";
    assert_eq!(tspl, expected);
    let zpl = label(LabelLanguage::Zpl, SIZE, &one, 1);
    assert_eq!(zpl, b"^XA\n^PW464\n^LL320\n^FO0,0^GFA,1,1,1,81^FS\n^PQ1\n^XZ\n");
    let epl = label(LabelLanguage::Epl, SIZE, &one, 0);
    assert_eq!(epl, b"\nN\nq464\nQ320,16\nGW0,0,1,1,\x7e\nP1\n");
}

#[test]
fn a_picture_larger_than_the_label_is_cut() {
    let mut dice = Dice::new(83);
    let large = picture(&mut dice, 600, 400);
    for language in LANGUAGES {
        let read = labels(language, &label(language, SIZE, &large, 1)).unwrap();
        assert_eq!((read[0].picture.width(), read[0].picture.height()), (464, 320));
    }
}

#[test]
fn states_and_broken_jobs() {
    assert_eq!(tspl_state(0), LabelState::Ready);
    assert_eq!(tspl_state(0x05), LabelState::HeadOpen);
    assert_eq!(tspl_state(0x04), LabelState::NoPaper);
    let mut dice = Dice::new(89);
    let own = picture(&mut dice, 64, 20);
    for language in LANGUAGES {
        let job = label(language, SIZE, &own, 1);
        for _ in 0..2000 {
            let mut broken = job.clone();
            let at = dice.below(broken.len());
            broken[at] = dice.byte();
            broken.truncate(dice.below(broken.len() + 1));
            let _ = labels(language, &broken);
        }
    }
}
