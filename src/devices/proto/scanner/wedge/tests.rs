//! The wedge: scans among typing, on any layout, with nothing lost and nothing left in a field.

use super::{Likeness, Verdict, Wedge, WedgeSettings};
use crate::devices::proto::codes::likeness;
use crate::devices::proto::fuzz::Dice;
use crate::devices::proto::scanner::keys::{PhysicalKey, Press};

/// Plays presses; returns scans, and what fields got in order.
fn play(settings: &WedgeSettings, presses: &[(Press, u64)]) -> (Vec<Vec<u8>>, Vec<usize>) {
    let mut wedge: Wedge<usize> = Wedge::new(settings.clone(), likeness);
    let (mut scans, mut typed) = (Vec::new(), Vec::new());
    let mut take = |verdicts: Vec<Verdict<usize>>| {
        for verdict in verdicts {
            match verdict {
                Verdict::Scan { bytes, keys } => {
                    assert!(keys >= bytes.len());
                    scans.push(bytes);
                }
                Verdict::Replay(keys) => typed.extend(keys),
            }
        }
    };
    let mut now = 0;
    for (at, (press, after)) in presses.iter().enumerate() {
        // The window wakes up every few milliseconds, as it does for a held key.
        for _ in 0..*after {
            now += 1;
            take(wedge.tick(now));
        }
        take(wedge.press(*press, at, now));
    }
    take(wedge.tick(now + 1000));
    assert_eq!(wedge.due_ms(), None);
    (scans, typed)
}

fn strokes(bytes: &[u8], gap: u64) -> Vec<(Press, u64)> {
    bytes.iter().map(|byte| (Press::typing(*byte).unwrap(), gap)).collect()
}

fn entered(code: &[u8], first: u64, gap: u64) -> Vec<(Press, u64)> {
    let mut presses = strokes(code, gap);
    presses[0].1 = first;
    presses.push((Press::plain(PhysicalKey::Enter), gap));
    presses
}

#[test]
fn twenty_scans_a_second_without_a_loss() {
    let codes: [&[u8]; 3] = [b"4600123456782", b"0104600123456782215abcDE\x1d93dGVz", b"ORDER-000123"];
    let presses: Vec<(Press, u64)> = (0..200).flat_map(|at| entered(codes[at % 3], 8, 1)).collect();
    let (scans, typed) = play(&WedgeSettings::default(), &presses);
    assert_eq!(scans.len(), 200);
    assert!(scans.iter().enumerate().all(|(at, scan)| scan == codes[at % 3]));
    assert!(typed.is_empty(), "{typed:?}");
}

#[test]
fn typing_goes_to_the_field_whole_and_in_order() {
    for gap in [36, 60, 120, 400] {
        let presses = entered(b"4600123456782", 500, gap);
        let (scans, typed) = play(&WedgeSettings::default(), &presses);
        assert!(scans.is_empty());
        assert_eq!(typed, (0..presses.len()).collect::<Vec<_>>(), "gap {gap}");
    }
}

#[test]
fn a_key_is_held_no_longer_than_one_gap() {
    let mut wedge: Wedge<char> = Wedge::new(WedgeSettings::default(), likeness);
    assert!(wedge.press(Press::typing(b'4').unwrap(), '4', 1000).is_empty());
    assert_eq!(wedge.due_ms(), Some(1035));
    assert!(wedge.tick(1035).is_empty());
    assert_eq!(wedge.tick(1036), [Verdict::Replay(vec!['4'])]);
}

#[test]
fn a_held_key_words_in_one_frame_and_short_runs_are_no_scans() {
    let settings = WedgeSettings::default();
    let held: Vec<_> = (0..30).map(|_| (Press { repeat: true, ..Press::typing(b'7').unwrap() }, 30)).collect();
    assert_eq!(play(&settings, &held).1.len(), 30);
    // A slow frame hands over a word at one moment.
    let word = entered(b"vjkjrj", 500, 0);
    assert_eq!(play(&settings, &word).1.len(), word.len());
    let short = entered(b"12", 500, 1);
    assert_eq!(play(&settings, &short).1, [0, 1, 2]);
    let number = entered(b"125000", 500, 0);
    assert_eq!(play(&settings, &number).1.len(), 7);
}

#[test]
fn a_scan_without_suffix_needs_its_check_digit() {
    let settings = WedgeSettings::default();
    assert_eq!(play(&settings, &strokes(b"4600123456782", 2)).0, [b"4600123456782".to_vec()]);
    assert!(play(&settings, &strokes(b"4600123456783", 2)).0.is_empty());
    // Two of them, the second after the silence of the first.
    let mut two = strokes(b"4600123456782", 2);
    two.extend(entered(b"46009333", 60, 2));
    assert_eq!(play(&settings, &two).0.len(), 2);
}

#[test]
fn a_russian_layout_changes_nothing() {
    let settings = WedgeSettings::default();
    // The key is named: what it types is not looked at.
    let mut presses = entered(b"ORDER-000123", 500, 1);
    for (press, typed) in presses.iter_mut().zip("ЩКВУК-000123".chars()) {
        press.0.typed = Some(typed);
    }
    assert_eq!(play(&settings, &presses).0, [b"ORDER-000123".to_vec()]);
    // The key is not named: its letter is led back to its place.
    let mut unnamed: Vec<_> = "0104600123456782215фисВУ"
        .chars()
        .map(|typed| (Press { typed: Some(typed), ..Press::plain(PhysicalKey::Unnamed) }, 1))
        .collect();
    unnamed.push((Press { control: true, ..Press::plain(PhysicalKey::Sign(']')) }, 1));
    unnamed.extend(entered(b"93dGVz", 1, 1));
    assert_eq!(play(&settings, &unnamed).0, [b"0104600123456782215abcDE\x1d93dGVz".to_vec()]);
}

#[test]
fn a_separator_comes_as_f8_or_as_alt_and_digits() {
    let alt = |digit: u8| Press { alt: true, ..Press::plain(PhysicalKey::Pad(digit)) };
    let ways: [Vec<Press>; 3] = [
        vec![Press::plain(PhysicalKey::Function(8))],
        vec![alt(0), alt(2), alt(9)],
        vec![alt(0), alt(0), alt(2), alt(9)],
    ];
    for way in ways {
        let mut presses = strokes(b"0104600123456782215abcDE", 1);
        presses.extend(way.into_iter().map(|press| (press, 1)));
        presses.extend(entered(b"93dGVz", 1, 1));
        let (scans, typed) = play(&WedgeSettings::default(), &presses);
        assert_eq!(scans, [b"0104600123456782215abcDE\x1d93dGVz".to_vec()]);
        assert!(typed.is_empty());
    }
}

#[test]
fn with_prefix_and_suffix_typing_is_never_held_and_short_codes_are_read() {
    let settings = WedgeSettings {
        prefix: vec![Press::plain(PhysicalKey::Function(9))],
        suffix: vec![Press::plain(PhysicalKey::Function(10))],
        ..WedgeSettings::default()
    };
    let scan = |code: &[u8], gap: u64| {
        let mut presses = vec![(Press::plain(PhysicalKey::Function(9)), gap)];
        presses.extend(strokes(code, gap));
        presses.push((Press::plain(PhysicalKey::Function(10)), gap));
        presses
    };
    let many: Vec<_> = (0..100).flat_map(|_| scan(b"7", 2)).collect();
    let (scans, typed) = play(&settings, &many);
    assert_eq!((scans.len(), typed.len()), (100, 0));
    assert_eq!(play(&settings, &scan(b"AB\x1dC", 80)).0, [b"AB\x1dC".to_vec()]);
    let mut wedge: Wedge<u8> = Wedge::new(settings.clone(), likeness);
    assert_eq!(wedge.press(Press::typing(b'a').unwrap(), 1, 0), [Verdict::Replay(vec![1])]);
    // A prefix without its suffix was a person at that key.
    let mut cut = scan(b"12", 5);
    cut.pop();
    assert_eq!(play(&settings, &cut).1, [0, 1, 2]);
}

#[test]
fn switched_off_it_holds_nothing() {
    let settings = WedgeSettings { on: false, ..WedgeSettings::default() };
    let (scans, typed) = play(&settings, &entered(b"4600123456782", 1, 1));
    assert_eq!((scans.len(), typed.len()), (0, 14));
}

#[test]
fn every_key_is_either_typed_or_scanned() {
    for seed in 0..300 {
        let mut dice = Dice::new(seed);
        let mut wedge: Wedge<usize> = Wedge::new(WedgeSettings::default(), |_| Likeness::Possible);
        let (mut now, mut typed, mut scanned) = (0, Vec::new(), 0);
        let mut take = |verdicts: Vec<Verdict<usize>>| {
            for verdict in verdicts {
                match verdict {
                    Verdict::Replay(keys) => typed.extend(keys),
                    Verdict::Scan { keys, .. } => scanned += keys,
                }
            }
        };
        let keys = [
            PhysicalKey::Letter('Q'),
            PhysicalKey::Digit(4),
            PhysicalKey::Sign(']'),
            PhysicalKey::Pad(2),
            PhysicalKey::Function(8),
            PhysicalKey::Enter,
            PhysicalKey::Other,
            PhysicalKey::Unnamed,
        ];
        for at in 0..200 {
            now += dice.pick(&[0, 1, 2, 5, 34, 36, 99, 101, 500]);
            let typed = dice.pick(&[Some('я'), Some('q'), None, Some('日')]);
            let mut press = Press { typed, ..Press::plain(dice.pick(&keys)) };
            press.control = dice.below(12) == 0;
            press.alt = dice.below(12) == 0;
            press.repeat = dice.below(20) == 0;
            take(wedge.press(press, at, now));
        }
        take(wedge.tick(now + 1000));
        assert!(typed.is_sorted(), "seed {seed}");
        assert_eq!(typed.len() + scanned, 200, "seed {seed}");
    }
}
