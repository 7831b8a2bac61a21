//! The text of a file cut into scenarios and statements.

/// One scenario.
pub struct Scenario {
    /// What it shows.
    pub name: String,
    /// Where it begins, from 1.
    pub line: usize,
    /// Its lines in order.
    pub statements: Vec<Statement>,
}

/// One line, joined with its continuations.
pub struct Statement {
    /// Where it begins, from 1.
    pub line: usize,
    /// The text without comment and indent.
    pub text: String,
    /// The sentences with which it must be refused; empty when it must succeed.
    pub refusals: Vec<String>,
}

/// Cuts a file; a line before the first scenario is an error.
pub fn scenarios(text: &str) -> Result<Vec<Scenario>, String> {
    let mut found: Vec<Scenario> = Vec::new();
    let mut open = false;
    for (at, line) in text.lines().enumerate() {
        let line = uncommented(line);
        if line.is_empty() {
            continue;
        }
        if let Some(name) = line.strip_prefix("сценарий:") {
            found.push(Scenario { name: name.trim().to_owned(), line: at + 1, statements: Vec::new() });
            open = false;
            continue;
        }
        let Some(scenario) = found.last_mut() else { return Err(format!("line {}: no scenario yet", at + 1)) };
        match (scenario.statements.last_mut(), line.strip_prefix("отказ:")) {
            (Some(before), Some(said)) => before.refusals.push(said.trim().to_owned()),
            (Some(before), None) if open => {
                before.text.push(' ');
                before.text.push_str(line);
            }
            _ => {
                let text = line.to_owned();
                scenario.statements.push(Statement { line: at + 1, text, refusals: Vec::new() });
            }
        }
        open = line.ends_with(';') || line.ends_with(':');
    }
    Ok(found)
}

/// A line without its comment, which begins the line or follows two blanks.
fn uncommented(line: &str) -> &str {
    let line = line.trim();
    if line.starts_with('#') {
        return "";
    }
    line.split_once("  #").map_or(line, |(text, _)| text.trim_end())
}
