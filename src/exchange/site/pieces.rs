//! Where things are in the text of a file, found without a parser: the root element, and the documents one
//! by one when the file as a whole does not parse.
//!
//! A site that does not escape what a buyer wrote spoils the whole answer; cut into documents, only the one
//! with the buyer's text is lost, and it is known by its number.

use super::decode::ROOT;
use super::xml;

/// The element of one document.
pub(super) const DOCUMENT: &str = "Документ";
/// How far into a piece its number is looked for, in bytes.
const NUMBER_REACH: usize = 4096;
/// Documents inside a broken document that are named at most.
const INNER: usize = 1000;

/// The parts of a file.
pub(super) struct Located<'a> {
    /// What stands before the root element: a declaration, a notice of the server, a page.
    pub(super) before: &'a str,
    /// The root element with everything in it.
    pub(super) root: &'a str,
    /// What stands after it.
    pub(super) after: &'a str,
}

/// How the search for the root element ended.
pub(super) enum Search<'a> {
    /// There is none.
    Absent,
    /// It begins, but does not end: the connection broke.
    Cut,
    /// Here it is.
    Found(Located<'a>),
}

/// Finds the root element: from its first start tag to its last end tag.
pub(super) fn locate(text: &str) -> Search<'_> {
    let Some(first) = tags(text).find(|tag| tag.local == ROOT && tag.kind != Kind::Close) else {
        return Search::Absent;
    };
    let end = if first.kind == Kind::Empty { Some(first.end) } else { last_close(text, first.end) };
    let parts = end.and_then(|end| Some((text.get(..first.start)?, text.get(first.start..end)?, text.get(end..)?)));
    parts.map_or(Search::Cut, |(before, root, after)| Search::Found(Located { before, root, after }))
}

/// The end of the last end tag of the root; searched from behind, so that a long file is not walked twice.
fn last_close(text: &str, from: usize) -> Option<usize> {
    let body = text.get(from..)?;
    body.rmatch_indices("</").find_map(|(at, _)| {
        let tag = tag_at(text, from + at)?;
        (tag.local == ROOT && tag.kind == Kind::Close && tag.closed).then_some(tag.end)
    })
}

/// What a tag does.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Open,
    Close,
    Empty,
}

/// A tag in the text.
struct Tag<'a> {
    start: usize,
    end: usize,
    local: &'a str,
    kind: Kind,
    closed: bool,
}

/// The tag that begins at a `<`; none for what is no tag.
fn tag_at(text: &str, start: usize) -> Option<Tag<'_>> {
    let inside = text.get(start + 1..)?;
    let (close, inside) = inside.strip_prefix('/').map_or((false, inside), |rest| (true, rest));
    let length = inside.find(|letter: char| letter.is_whitespace() || matches!(letter, '>' | '/' | '<'));
    let name = inside.get(..length.unwrap_or(inside.len()))?;
    if name.is_empty() || name.starts_with(['!', '?']) {
        return None;
    }
    let after = inside.get(name.len()..)?;
    let stop = after.find(['>', '<']).unwrap_or(after.len());
    let closed = after.get(stop..)?.starts_with('>');
    let end = start + 1 + usize::from(close) + name.len() + stop + usize::from(closed);
    let empty = after.get(..stop)?.ends_with('/');
    let kind = match (close, empty) {
        (true, _) => Kind::Close,
        (_, true) => Kind::Empty,
        _ => Kind::Open,
    };
    let local = name.rsplit(':').next().unwrap_or(name);
    Some(Tag { start, end, local, kind, closed })
}

/// What is stepped over, with its end.
const SKIPPED: [(&str, &str); 2] = [("<!--", "-->"), ("<![CDATA[", "]]>")];

/// All tags of a text in order; comments and character data are stepped over.
fn tags(text: &str) -> impl Iterator<Item = Tag<'_>> {
    let mut at = 0;
    // An end that was not found once is not looked for again: a hostile file would make the walk quadratic.
    let mut ends = [true; SKIPPED.len()];
    std::iter::from_fn(move || {
        loop {
            let start = at + text.get(at..)?.find('<')?;
            let rest = text.get(start..)?;
            let mut skipped = None;
            for ((open, close), present) in SKIPPED.iter().zip(&mut ends) {
                if let Some(inside) = rest.strip_prefix(open).filter(|_| *present) {
                    skipped = inside.find(close).map(|length| open.len() + length + close.len());
                    *present = skipped.is_some();
                }
            }
            at = start + skipped.unwrap_or(1);
            if skipped.is_none()
                && let Some(tag) = tag_at(text, start)
            {
                at = tag.end.max(at);
                return Some(tag);
            }
        }
    })
}

/// A document cut out of the text.
pub(super) struct Piece<'a> {
    /// Where it begins in the text, in bytes.
    pub(super) start: usize,
    /// Its text, from start tag to end tag.
    pub(super) text: &'a str,
    /// Documents that begin inside this one: when it cannot be read, they are lost with it and must be named.
    pub(super) inner: Vec<&'a str>,
}

/// Cuts a text into its documents. A document inside a document is never taken for one of its own: a buyer
/// could have written it into a comment.
pub(super) fn documents(text: &str) -> Vec<Piece<'_>> {
    let mut found = Vec::new();
    let mut starts: Vec<usize> = Vec::new();
    let mut open = 0usize;
    for tag in tags(text).filter(|tag| tag.local == DOCUMENT) {
        match tag.kind {
            Kind::Open => {
                starts.push(tag.start);
                open += 1;
            }
            Kind::Close if open > 0 => {
                open -= 1;
                if open == 0 {
                    found.extend(piece(text, &starts, tag.end));
                    starts.clear();
                }
            }
            _ => {}
        }
    }
    found.extend(piece(text, &starts, text.len()));
    found
}

fn piece<'a>(text: &'a str, starts: &[usize], end: usize) -> Option<Piece<'a>> {
    let (first, inner) = starts.split_first()?;
    let inner = inner.iter().take(INNER).filter_map(|start| text.get(*start..end)).collect();
    Some(Piece { start: *first, text: text.get(*first..end)?, inner })
}

/// Number and id of a document that cannot be parsed, as far as they can be read.
pub(super) fn name_of(piece: &str) -> (String, String) {
    let mut reach = NUMBER_REACH.min(piece.len());
    while !piece.is_char_boundary(reach) {
        reach -= 1;
    }
    let head = piece.get(..reach).unwrap_or(piece);
    // Buyer and goods have ids of their own.
    let own = ["<Контрагенты", "<Товары"].iter().filter_map(|tag| head.find(tag)).min();
    let head = own.and_then(|at| head.get(..at)).unwrap_or(head);
    (between(head, "Номер"), between(head, "Ид"))
}

/// The text between the tags of a name.
fn between(text: &str, name: &str) -> String {
    let found = tags(text).find(|tag| tag.local == name && tag.kind == Kind::Open).and_then(|tag| {
        let inside = text.get(tag.end..)?;
        inside.get(..inside.find('<')?)
    });
    xml::plain(found.unwrap_or_default().trim()).chars().take(80).collect()
}

#[cfg(test)]
mod tests {
    use super::{Search, documents, locate, name_of};

    #[test]
    fn the_root_is_found_among_other_things() {
        let text = "<br /><b>Notice</b>: x < y\n<?xml version='1.0'?><!-- <КоммерческаяИнформация> -->\
                    <c:КоммерческаяИнформация xmlns:c='u'><a/></c:КоммерческаяИнформация >\n<b>Warning</b>";
        let Search::Found(found) = locate(text) else { panic!("must be found") };
        assert!(found.before.ends_with("-->"), "{}", found.before);
        assert!(found.root.starts_with("<c:Коммер") && found.root.ends_with(" >"), "{}", found.root);
        assert_eq!(found.after, "\n<b>Warning</b>");
        assert!(matches!(locate("<КоммерческаяИнформация ВерсияСхемы='2.05' />"), Search::Found(_)));
        assert!(matches!(locate("<html>КоммерческаяИнформация</html>"), Search::Absent));
        for cut in [
            "<КоммерческаяИнформация",
            "<КоммерческаяИнформация><Докум",
            "<КоммерческаяИнформация></КоммерческаяИнформация",
        ] {
            assert!(matches!(locate(cut), Search::Cut), "{cut}");
        }
    }

    #[test]
    fn documents_are_cut_out_whole() {
        let text = "<r><Документ><Ид>1</Ид><x></Документ><Контейнер><Документ а='1'>2<ПодчиненныйДокумент/></Документ>\
                    </Контейнер><Документы/><Документ/></r>";
        let pieces: Vec<&str> = documents(text).iter().map(|piece| piece.text).collect();
        assert_eq!(
            pieces,
            ["<Документ><Ид>1</Ид><x></Документ>", "<Документ а='1'>2<ПодчиненныйДокумент/></Документ>"]
        );
    }

    #[test]
    fn a_document_written_into_a_comment_is_no_document() {
        let text = "<Документ><Ид>1</Ид><Комментарий><Документ><Ид>9</Ид></Документ><b></Комментарий></Документ>\
                    <Документ><Ид>2</Ид></Документ>";
        let pieces = documents(text);
        assert_eq!(pieces.len(), 2);
        assert!(pieces[0].text.ends_with("</Комментарий></Документ>"), "the outer document is whole");
        assert_eq!(pieces[0].inner.len(), 1);
        assert_eq!(name_of(pieces[0].inner[0]).1, "9");
        let hidden = "<Документ><К><![CDATA[</Документ><Документ>]]><!-- </Документ> --></К></Документ>";
        assert_eq!(documents(hidden)[0].text, hidden);
    }

    #[test]
    fn a_document_that_never_ends_takes_the_rest_with_it_by_name() {
        let pieces = documents("<Документ><Номер>1</Номер><Документ><Номер>2</Номер></Документ>");
        assert_eq!(pieces.len(), 1);
        assert_eq!(name_of(pieces[0].text).0, "1");
        assert_eq!(name_of(pieces[0].inner[0]).0, "2");
    }

    #[test]
    fn a_broken_document_is_known_by_its_own_number() {
        let piece = "<Документ><Контрагенты><Ид>7</Ид></Контрагенты><Номер>5</Номер>";
        assert_eq!(name_of(piece), (String::new(), String::new()), "the buyer's id is not the document's");
        assert_eq!(name_of("<Документ><Ид> a&amp;b </Ид><Номер>№ 5<"), ("№ 5".to_owned(), "a&b".to_owned()));
        assert_eq!(name_of(&"я".repeat(10_000)), (String::new(), String::new()));
    }
}
