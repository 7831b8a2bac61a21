//! Bytes of a site's answer into text: the encoding is found by what the bytes are, not only by what they claim.
//!
//! Sites declare one encoding and send another, and the header of the answer lies as often. The rule (in this
//! order): a byte order mark, the XML declaration, the charset of the answer, valid UTF-8, windows-1251. Of
//! the encodings that could be meant the first is taken in which the name of the root element can be read.

use crate::kernel::text::Text;
use crate::text;
use encoding_rs::{Encoding, IBM866, KOI8_R, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1251};

/// The name of the root element of every CommerceML file.
pub(super) const ROOT: &str = "КоммерческаяИнформация";
/// How far into the file the declaration and the root element are looked for, in bytes.
const HEAD: usize = 1 << 20;

/// A file as text.
pub(super) struct Decoded {
    /// The text, without the byte order mark and without characters XML does not allow.
    pub(super) text: String,
    /// The name of the encoding the bytes were in.
    pub(super) encoding: &'static str,
    /// What was strange about the bytes.
    pub(super) warnings: Vec<Text>,
}

/// Decodes a file; `content_type` is the header of the answer, when it came by HTTP.
pub(super) fn decode(bytes: &[u8], content_type: Option<&str>) -> Decoded {
    let mut warnings = Vec::new();
    let encoding = match mark(bytes) {
        Some(encoding) => encoding,
        None => choose(bytes, content_type, &mut warnings),
    };
    let (text, errors) = encoding.decode_with_bom_removal(bytes);
    if errors {
        warnings.push(text!("site-bytes-lost", encoding = encoding.name()));
    }
    let removed = text.chars().filter(|letter| !allowed(*letter)).count();
    let text = if removed > 0 {
        warnings.push(text!("site-characters-removed", count = removed));
        text.chars().filter(|letter| allowed(*letter)).collect()
    } else {
        text.into_owned()
    };
    Decoded { text, encoding: encoding.name(), warnings }
}

/// A byte order mark, or UTF-16 known by the zero bytes of its first letters.
fn mark(bytes: &[u8]) -> Option<&'static Encoding> {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return Some(encoding);
    }
    match bytes {
        [b'<', 0, ..] => Some(UTF_16LE),
        [0, b'<', ..] => Some(UTF_16BE),
        _ => None,
    }
}

/// The encoding of a file without a mark.
fn choose(bytes: &[u8], content_type: Option<&str>, warnings: &mut Vec<Text>) -> &'static Encoding {
    let declared = declared(bytes).and_then(single_byte);
    let header = content_type.and_then(charset).and_then(single_byte);
    let claimed = declared.or(header);
    // Cyrillic of a one-byte encoding is practically never valid UTF-8, so valid UTF-8 is the stronger evidence.
    let utf8 = std::str::from_utf8(bytes).is_ok() && !bytes.is_ascii();
    let order = [claimed, header, Some(UTF_8), Some(WINDOWS_1251), Some(KOI8_R), Some(IBM866)];
    let candidates = order.into_iter().flatten();
    let fallback = match (claimed, utf8) {
        (_, true) => UTF_8,
        (Some(encoding), _) if encoding != UTF_8 => encoding,
        _ if bytes.is_ascii() => UTF_8,
        _ => WINDOWS_1251,
    };
    let found = candidates.into_iter().find(|encoding| has_root(bytes, encoding)).unwrap_or(fallback);
    if let Some(claimed) = claimed.filter(|claimed| *claimed != found && !bytes.is_ascii()) {
        warnings.push(text!("site-encoding-lies", declared = claimed.name(), really = found.name()));
    }
    found
}

/// UTF-16 cannot be meant where a declaration could be read byte by byte: such a claim says nothing.
fn single_byte(label: &[u8]) -> Option<&'static Encoding> {
    Encoding::for_label(label).filter(|encoding| encoding.is_ascii_compatible())
}

/// The label in `<?xml … encoding="…"?>`, wherever the declaration begins.
fn declared(bytes: &[u8]) -> Option<&[u8]> {
    let head = bytes.get(..HEAD).unwrap_or(bytes);
    let from = head.get(position(head, b"<?xml")?..)?;
    let declaration = from.get(..position(from, b"?>")?)?;
    let after = declaration.get(position(declaration, b"encoding")? + 8..)?;
    let quote = after.iter().position(|byte| matches!(byte, b'"' | b'\''))?;
    let value = after.get(quote + 1..)?;
    let end = value.iter().position(|byte| Some(byte) == after.get(quote))?;
    value.get(..end)
}

/// The charset of a `Content-Type` header.
fn charset(header: &str) -> Option<&[u8]> {
    let lower = header.to_ascii_lowercase();
    let at = lower.find("charset=")? + "charset=".len();
    let value = header.get(at..)?.trim_start_matches(['"', '\'']);
    let end = value.find(['"', '\'', ';', ' ']).unwrap_or(value.len());
    value.get(..end).map(str::as_bytes)
}

/// True when the root element can be read in this encoding.
fn has_root(bytes: &[u8], encoding: &'static Encoding) -> bool {
    let (root, _, unmappable) = encoding.encode(ROOT);
    let head = bytes.get(..HEAD).unwrap_or(bytes);
    !unmappable && position(head, &root).is_some()
}

/// Where a pattern begins.
fn position(bytes: &[u8], pattern: &[u8]) -> Option<usize> {
    bytes.windows(pattern.len()).position(|window| window == pattern)
}

/// True for a character XML 1.0 allows.
pub(super) fn allowed(letter: char) -> bool {
    match letter {
        '\t' | '\n' | '\r' => true,
        '\u{fffe}' | '\u{ffff}' | '\u{feff}' => false,
        other => other >= ' ',
    }
}

#[cfg(test)]
mod tests {
    use super::{ROOT, decode};
    use encoding_rs::{Encoding, IBM866, KOI8_R, UTF_8, WINDOWS_1251};

    fn sample(declaration: &str) -> String {
        format!("{declaration}<{ROOT} ВерсияСхемы=\"2.05\">Ёлка № 5</{ROOT}>")
    }

    fn bytes(text: &str, encoding: &'static Encoding) -> Vec<u8> {
        encoding.encode(text).0.into_owned()
    }

    #[test]
    fn every_wrong_claim_is_seen_through() {
        let labels = ["UTF-8", "windows-1251", "cp1251", "KOI8-R", "utf-16", "nonsense"];
        for label in labels {
            for header in [None, Some("text/xml; charset=UTF-8"), Some("text/xml;charset=\"windows-1251\"")] {
                for really in [UTF_8, WINDOWS_1251, KOI8_R, IBM866] {
                    let text = sample(&format!("<?xml version='1.0' encoding='{label}'?>"));
                    let decoded = decode(&bytes(&text, really), header);
                    // № has no place in KOI8-R and is sent as a reference there.
                    let expected = if really == KOI8_R { text.replace('№', "&#8470;") } else { text };
                    assert_eq!(decoded.text, expected, "declared {label}, header {header:?}, really {really:?}");
                    assert_eq!(decoded.encoding, really.name());
                }
            }
        }
    }

    #[test]
    fn a_lie_is_told_and_the_truth_is_not() {
        let lie = decode(sample("<?xml version='1.0' encoding='windows-1251'?>").as_bytes(), None);
        assert_eq!(lie.warnings.len(), 1, "{:?}", lie.warnings);
        let truth =
            decode(sample("<?xml version='1.0' encoding='utf-8'?>").as_bytes(), Some("text/xml; charset=cp1251"));
        assert_eq!(truth.warnings, []);
        let silent = decode(&bytes(&sample(""), WINDOWS_1251), None);
        assert_eq!((silent.encoding, silent.warnings.len()), ("windows-1251", 0));
    }

    #[test]
    fn marks_are_stronger_than_declarations() {
        let text = sample("<?xml version='1.0' encoding='windows-1251'?>");
        let marked = [b"\xef\xbb\xbf".as_slice(), text.as_bytes()].concat();
        assert_eq!(decode(&marked, None).text, text);
        let words: Vec<u16> = text.encode_utf16().collect();
        let little: Vec<u8> = words.iter().flat_map(|word| word.to_le_bytes()).collect();
        let big: Vec<u8> = words.iter().flat_map(|word| word.to_be_bytes()).collect();
        for (file, name) in [(little.clone(), "UTF-16LE"), (big, "UTF-16BE")] {
            let decoded = decode(&file, Some("text/xml; charset=utf-8"));
            assert_eq!((decoded.text.as_str(), decoded.encoding), (text.as_str(), name));
        }
        assert_eq!(decode(&[b"\xff\xfe".as_slice(), &little].concat(), None).text, text);
    }

    #[test]
    fn one_spoiled_byte_does_not_turn_a_file_into_another_encoding() {
        let mut file = sample("<?xml version='1.0' encoding='utf-8'?>").into_bytes();
        let at = file.len() - ROOT.len() - 8;
        file.insert(at, 0xff);
        let decoded = decode(&file, None);
        assert_eq!(decoded.encoding, "UTF-8");
        assert!(decoded.text.contains(ROOT));
        assert_eq!(decoded.warnings.len(), 1);
    }

    #[test]
    fn forbidden_characters_are_removed_and_told() {
        let decoded = decode(sample("").replace('№', "\u{0}\u{1}\u{1f}\u{ffff}№").as_bytes(), None);
        assert_eq!(decoded.text, sample(""));
        assert_eq!(decoded.warnings.len(), 1);
    }
}
