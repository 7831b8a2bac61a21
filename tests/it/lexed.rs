//! Rust text with comments and texts told from code, line by line: enough of a lexer for the rules of `tidy`.

/// A file with its code and its string literals apart.
pub struct Lexed {
    /// The code, lines and columns as in the file; comments and the insides of literals are blank.
    pub code: String,
    /// String literals with the number of the line they begin on, from 1.
    pub strings: Vec<(usize, String)>,
}

/// Where the lexer stands.
struct Reader<'a> {
    letters: std::iter::Peekable<std::str::Chars<'a>>,
    out: Lexed,
    line: usize,
}

impl Reader<'_> {
    fn next(&mut self) -> Option<char> {
        let letter = self.letters.next()?;
        if letter == '\n' {
            self.line += 1;
        }
        Some(letter)
    }
    fn keep(&mut self, letter: char) {
        self.out.code.push(letter);
    }
    fn blank(&mut self, letter: char) {
        self.out.code.push(if letter == '\n' { '\n' } else { ' ' });
    }

    fn line_comment(&mut self) {
        while self.letters.peek().is_some_and(|letter| *letter != '\n') {
            self.next();
            self.blank(' ');
        }
    }

    fn block_comment(&mut self) {
        let mut depth = 1;
        let mut before = ' ';
        while depth > 0 {
            let Some(letter) = self.next() else { return };
            match (before, letter) {
                ('/', '*') => depth += 1,
                ('*', '/') => depth -= 1,
                _ => {}
            }
            before = letter;
            self.blank(letter);
        }
    }

    /// After the opening quote, up to the closing one; `hashes` follow the quote of a raw string.
    fn string(&mut self, raw: bool, hashes: usize) {
        let line = self.line;
        let mut text = String::new();
        while let Some(letter) = self.next() {
            if letter == '\\' && !raw {
                self.blank(letter);
                let Some(escaped) = self.next() else { break };
                self.blank(escaped);
                if escaped == '\n' {
                    while self.letters.peek().is_some_and(|letter| letter.is_whitespace()) {
                        let Some(idle) = self.next() else { break };
                        self.blank(idle);
                    }
                } else {
                    text.push(escaped);
                }
                continue;
            }
            if letter == '"' && (0..hashes).all(|at| self.letters.clone().nth(at) == Some('#')) {
                self.keep('"');
                for _ in 0..hashes {
                    self.next();
                    self.blank(' ');
                }
                break;
            }
            text.push(letter);
            self.blank(letter);
        }
        self.out.strings.push((line, text));
    }

    /// A raw string after its `r`; `false` when it is a raw name.
    fn raw_string(&mut self) -> bool {
        let hashes = self.letters.clone().take_while(|letter| *letter == '#').count();
        if self.letters.clone().nth(hashes) != Some('"') {
            return false;
        }
        for _ in 0..hashes {
            self.next();
            self.blank(' ');
        }
        self.next();
        self.keep('"');
        self.string(true, hashes);
        true
    }

    /// A character, or a lifetime, which has no closing quote.
    fn quote(&mut self) {
        self.keep('\'');
        let mut ahead = self.letters.clone();
        let first = ahead.next();
        let closed = if first == Some('\\') { true } else { ahead.next() == Some('\'') };
        if !closed {
            return;
        }
        let mut escaped = false;
        while let Some(letter) = self.next() {
            if letter == '\'' && !escaped {
                self.keep('\'');
                return;
            }
            escaped = letter == '\\' && !escaped;
            self.blank(letter);
        }
    }
}

/// Tells code from comments and texts.
pub fn lexed(text: &str) -> Lexed {
    let out = Lexed { code: String::with_capacity(text.len()), strings: Vec::new() };
    let mut reader = Reader { letters: text.chars().peekable(), out, line: 1 };
    let mut before = ' ';
    while let Some(letter) = reader.next() {
        let ahead = reader.letters.peek().copied();
        match (letter, ahead) {
            ('/', Some('/')) => {
                reader.blank(letter);
                reader.line_comment();
            }
            ('/', Some('*')) => {
                reader.blank(letter);
                reader.next();
                reader.blank(' ');
                reader.block_comment();
            }
            ('"', _) => {
                reader.keep(letter);
                reader.string(false, 0);
            }
            ('r', Some('"' | '#')) if !before.is_alphanumeric() && before != '_' => {
                reader.keep(letter);
                reader.raw_string();
            }
            ('\'', _) => reader.quote(),
            _ => reader.keep(letter),
        }
        before = letter;
    }
    reader.out
}

impl Lexed {
    /// The code without the unit tests that end the file.
    pub fn own_code(&self) -> &str {
        let mut end = 0;
        for line in self.code.split_inclusive('\n') {
            if line.trim() == "#[cfg(test)]" {
                return &self.code[..end];
            }
            end += line.len();
        }
        &self.code
    }

    /// String literals before the unit tests.
    pub fn own_strings(&self) -> impl Iterator<Item = &(usize, String)> {
        let lines = self.own_code().lines().count();
        self.strings.iter().filter(move |(line, _)| *line <= lines)
    }

    /// Places of a word in the code before the unit tests: number of the line, and the place in the code.
    pub fn places(&self, word: &str) -> Vec<(usize, usize)> {
        let code = self.own_code();
        let is_part = |letter: Option<char>| letter.is_some_and(|letter| letter.is_alphanumeric() || letter == '_');
        let edge = |letter: Option<char>| is_part(letter);
        code.match_indices(word)
            .filter(|(at, _)| !(edge(word.chars().next()) && is_part(code[..*at].chars().next_back())))
            .filter(|(at, _)| !(edge(word.chars().last()) && is_part(code[at + word.len()..].chars().next())))
            .map(|(at, _)| (code[..at].lines().count().max(1), at))
            .collect()
    }
}

#[test]
fn code_comments_and_texts_are_told_apart() {
    let text = "let a = \"x // \\\" y\"; // SELECT\nlet b = r#\"raw \"q\" text\"#; /* f64 /* in */ f64 */ let c = '\"';\nfn d<'a>(e: &'a str) -> char { '\\'' }\n";
    let found = lexed(text);
    assert_eq!(found.code.lines().count(), 3);
    let words = |line: &str| line.split_whitespace().collect::<Vec<_>>().join(" ");
    let lines: Vec<String> = found.code.lines().map(words).collect();
    assert_eq!(lines[0], "let a = \" \";");
    assert_eq!(lines[1], "let b = r \" \" ; let c = ' ';");
    assert_eq!(lines[2], "fn d<'a>(e: &'a str) -> char { ' ' }");
    let strings: Vec<(usize, &str)> = found.strings.iter().map(|(line, text)| (*line, text.as_str())).collect();
    assert_eq!(strings, [(1, "x // \" y"), (2, "raw \"q\" text")]);
    assert_eq!(found.places("str"), [(3, found.code.find("str").unwrap())]);
    assert!(found.places("f64").is_empty());
}
