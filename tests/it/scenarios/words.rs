//! Reading a statement word by word.

/// What is left of a statement.
pub struct Words<'a> {
    rest: &'a str,
}

impl<'a> Words<'a> {
    /// Over a whole text.
    pub fn new(text: &'a str) -> Self {
        Self { rest: text.trim() }
    }
    /// Everything not read yet.
    pub fn rest(&self) -> &'a str {
        self.rest
    }
    /// True when nothing is left.
    pub fn is_done(&self) -> bool {
        self.rest.is_empty()
    }
    /// The next word, or the next text in quotes without them; empty at the end.
    pub fn next(&mut self) -> &'a str {
        let (word, rest) = match self.rest.strip_prefix('"') {
            Some(quoted) => quoted.split_once('"').unwrap_or((quoted, "")),
            None => self.rest.split_once(' ').unwrap_or((self.rest, "")),
        };
        self.rest = rest.trim_start();
        word
    }
    /// The next word without reading it.
    pub fn peek(&self) -> &'a str {
        self.rest.split(' ').next().unwrap_or_default()
    }
    /// Reads a phrase when it comes next.
    pub fn eat(&mut self, phrase: &str) -> bool {
        let Some(rest) = self.rest.strip_prefix(phrase) else { return false };
        if !rest.is_empty() && !rest.starts_with(' ') {
            return false;
        }
        self.rest = rest.trim_start();
        true
    }
    /// The word after a phrase, when that comes next.
    pub fn after(&mut self, phrase: &str) -> Option<&'a str> {
        self.eat(phrase).then(|| self.next())
    }
}

/// Parts between `;`, without blanks and without an empty last one.
pub fn parts(text: &str) -> impl Iterator<Item = &str> {
    text.split(';').map(str::trim).filter(|part| !part.is_empty())
}

/// True for `2026-10-02`.
pub fn is_date(word: &str) -> bool {
    word.len() == 10
        && word.bytes().enumerate().all(|(at, b)| if at == 4 || at == 7 { b == b'-' } else { b.is_ascii_digit() })
}

/// True for a number as people write it.
pub fn is_number(word: &str) -> bool {
    let digits = word.trim_start_matches('-');
    digits.starts_with(|c: char| c.is_ascii_digit())
        && digits.chars().all(|c| c.is_ascii_digit() || c == ',' || c == '.')
}
