//! Every text a user may see exists in both languages, with the arguments its users give it, and none is idle.

use crate::sources::rust_files;
use kontora::kernel::text::{Lang, Text, sources};
use std::collections::{BTreeMap, BTreeSet};

/// A message of a language: its text, and the arguments in it.
pub struct Message {
    /// As written in the file.
    pub text: String,
    args: BTreeSet<String>,
}

/// Messages by key; those of declared objects live in files of their own and are checked with the declarations.
pub fn messages(lang: Lang) -> BTreeMap<String, Message> {
    let mut found: BTreeMap<String, Message> = BTreeMap::new();
    for source in sources(lang) {
        if source.starts_with("# Declared objects") {
            continue;
        }
        let mut last: Option<String> = None;
        for line in source.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty()) {
            let key = match line.split_once(" =") {
                Some((key, text)) if !line.starts_with([' ', '}']) => {
                    let known = found.insert(key.to_owned(), Message { text: text.to_owned(), args: BTreeSet::new() });
                    assert!(known.is_none(), "{lang:?}: {key} twice");
                    last = Some(key.to_owned());
                    continue;
                }
                _ => last.clone().unwrap_or_else(|| panic!("{lang:?}: {line}")),
            };
            let message = found.get_mut(&key).unwrap();
            message.text.push('\n');
            message.text.push_str(line);
        }
    }
    for message in found.values_mut() {
        for part in message.text.split("{ $").skip(1) {
            let name: String = part.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect();
            message.args.insert(name);
        }
    }
    found
}

/// One use of `text!`: where, the key, the names of its arguments.
pub struct Use {
    /// The file.
    pub place: String,
    /// The key.
    pub key: String,
    args: BTreeSet<String>,
}

/// Every use of `text!` in the program.
pub fn uses() -> Vec<Use> {
    let mut found = Vec::new();
    for source in rust_files(&["src"]) {
        let code = source.code_text();
        for (at, _) in code.match_indices("text!(") {
            let body = inside(&code[at + "text!(".len()..]);
            let Some((_, rest)) = body.split_once('"') else { continue };
            let Some((key, rest)) = rest.split_once('"') else { continue };
            let parts = top_level(rest);
            let args = parts.iter().filter_map(|part| part.split_once('=')).map(|(name, _)| name.trim().to_owned());
            found.push(Use { place: source.path.clone(), key: key.to_owned(), args: args.collect() });
        }
    }
    found
}

/// The text up to the parenthesis that closes it.
fn inside(text: &str) -> &str {
    let mut depth = 1;
    let mut quoted = false;
    for (at, letter) in text.char_indices() {
        match letter {
            '"' if at == 0 || !text[..at].ends_with('\\') => quoted = !quoted,
            '(' if !quoted => depth += 1,
            ')' if !quoted => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return &text[..at];
        }
    }
    text
}

/// Parts between commas that stand in no parentheses.
fn top_level(text: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut depth = 0;
    let mut quoted = false;
    for letter in text.chars() {
        match letter {
            '"' => quoted = !quoted,
            '(' | '[' | '{' if !quoted => depth += 1,
            ')' | ']' | '}' if !quoted => depth -= 1,
            ',' if depth == 0 && !quoted => {
                parts.push(String::new());
                continue;
            }
            _ => {}
        }
        parts.last_mut().unwrap().push(letter);
    }
    parts
}

#[test]
fn every_text_is_there_in_both_languages_with_its_arguments() {
    let languages = [Lang::Ru, Lang::En].map(|lang| (lang, messages(lang)));
    let mut wrong = Vec::new();
    for used in uses() {
        for (lang, messages) in &languages {
            let Some(message) = messages.get(&used.key) else {
                wrong.push(format!("{}: {} is missing in {lang:?}", used.place, used.key));
                continue;
            };
            if message.args != used.args {
                let (place, key) = (&used.place, &used.key);
                wrong.push(format!("{place}: {key} is given {:?}, {lang:?} says {:?}", used.args, message.args));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn no_text_is_idle_and_the_languages_agree() {
    let russian = messages(Lang::Ru);
    let english = messages(Lang::En);
    let keys = |all: &BTreeMap<String, Message>| all.keys().cloned().collect::<Vec<_>>();
    assert_eq!(keys(&russian), keys(&english));
    // A key may also be handed on as a plain word: a table of commands, for example.
    let mut words: BTreeSet<String> = uses().into_iter().map(|used| used.key).collect();
    for source in rust_files(&["src"]) {
        for (_, line) in source.code() {
            words.extend(crate::sources::literals(line).into_iter().map(str::to_owned));
        }
    }
    // Titles of tabs, reports and the like are named by layouts and declarations.
    for (_, source) in kontora::ui::app::layout::EMBEDDED.iter().chain(kontora::report::embedded::EMBEDDED) {
        words.extend(source.split('"').skip(1).step_by(2).map(str::to_owned));
    }
    let idle: Vec<&String> = russian.keys().filter(|key| !words.contains(*key)).collect();
    assert!(idle.is_empty(), "nobody says {idle:?}");
}

#[test]
fn every_text_is_said_whole() {
    for lang in [Lang::Ru, Lang::En] {
        for (key, message) in messages(lang) {
            for count in [1i64, 2, 5, 21] {
                let mut text = Text::new(key.clone());
                for name in &message.args {
                    text = text.with(String::leak(name.clone()), count);
                }
                let said = text.show_in(lang);
                assert!(!said.contains('{') && said != key && !said.trim().is_empty(), "{lang:?}: {key} says {said}");
            }
        }
    }
}
