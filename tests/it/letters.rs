//! Letters to buyers: their texts, their queue, and how they leave.

mod templates;

use kontora::ops::gate::Session;
use kontora::ops::load::load;

/// Loads lines; what is refused is told.
fn done(session: &Session, lines: &str) {
    if let Err(bad) = load(session, lines, &mut |_| true) {
        panic!("{:?}", bad.iter().map(|line| (line.line, line.error.sentence())).collect::<Vec<_>>());
    }
}

/// Loads lines that are refused; gives why.
fn refused(session: &Session, lines: &str) -> String {
    match load(session, lines, &mut |_| true) {
        Ok(_) => panic!("taken: {lines}"),
        Err(bad) => bad.iter().map(|line| line.error.sentence()).collect::<Vec<_>>().join("\n"),
    }
}
