//! Every text a person sees: Project Fluent, Russian by default, English complete.
//!
//! A [`Text`] is a key with arguments; it becomes words only where it is shown, in the language chosen
//! then. Labels of declared things are Russian in the declaration and English in `assets/texts/en`.

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use std::borrow::Cow;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU8, Ordering};
use unic_langid::LanguageIdentifier;

/// A language of the interface.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Lang {
    /// Russian, the default and the source.
    #[default]
    Ru,
    /// English.
    En,
}

impl Lang {
    /// By its code; Russian for one that is not known.
    pub fn named(code: &str) -> Self {
        if code == "en" { Self::En } else { Self::Ru }
    }
}

/// An argument of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Arg {
    /// Words, put in as they are.
    Words(String),
    /// A count, which chooses the grammatical form.
    Count(i64),
    /// Another text.
    Text(Box<Text>),
}

/// A text to be shown: a key of `assets/texts` with its arguments.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    key: Cow<'static, str>,
    args: Vec<(&'static str, Arg)>,
}

static LANG: AtomicU8 = AtomicU8::new(0);
static BUNDLES: OnceLock<[FluentBundle<FluentResource>; 2]> = OnceLock::new();

/// The sources, one list for both languages: a file missing in one of them does not compile.
macro_rules! sources {
    ($lang:literal) => {
        [
            include_str!(concat!("../../assets/texts/", $lang, "/common.ftl")),
            include_str!(concat!("../../assets/texts/", $lang, "/problems.ftl")),
            include_str!(concat!("../../assets/texts/", $lang, "/objects.ftl")),
            include_str!(concat!("../../assets/texts/", $lang, "/exchange.ftl")),
            include_str!(concat!("../../assets/texts/", $lang, "/print.ftl")),
            include_str!(concat!("../../assets/texts/", $lang, "/reports.ftl")),
            include_str!(concat!("../../assets/texts/", $lang, "/ui.ftl")),
            include_str!(concat!("../../assets/texts/", $lang, "/cli.ftl")),
            include_str!(concat!("../../assets/texts/", $lang, "/pages.ftl")),
            include_str!(concat!("../../assets/texts/", $lang, "/server.ftl")),
            include_str!(concat!("../../assets/texts/", $lang, "/form.ftl")),
            include_str!(concat!("../../assets/texts/", $lang, "/work.ftl")),
            include_str!(concat!("../../assets/texts/", $lang, "/undo.ftl")),
            include_str!(concat!("../../assets/texts/", $lang, "/rights.ftl")),
            include_str!(concat!("../../assets/texts/", $lang, "/guard.ftl")),
            include_str!(concat!("../../assets/texts/", $lang, "/till.ftl")),
            include_str!(concat!("../../assets/texts/", $lang, "/devices.ftl")),
            include_str!(concat!("../../assets/texts/", $lang, "/letters.ftl")),
            include_str!(concat!("../../assets/texts/", $lang, "/orders.ftl")),
            include_str!(concat!("../../assets/texts/", $lang, "/demand.ftl")),
        ]
    };
}

/// The embedded sources of a language, for the test that walks them.
pub fn sources(lang: Lang) -> [&'static str; 20] {
    match lang {
        Lang::Ru => sources!("ru"),
        Lang::En => sources!("en"),
    }
}

fn bundle(lang: Lang) -> &'static FluentBundle<FluentResource> {
    let [ru, en] = BUNDLES.get_or_init(|| [build(Lang::Ru), build(Lang::En)]);
    match lang {
        Lang::Ru => ru,
        Lang::En => en,
    }
}

fn build(lang: Lang) -> FluentBundle<FluentResource> {
    let id: LanguageIdentifier = match lang {
        Lang::Ru => "ru",
        Lang::En => "en",
    }
    .parse()
    .unwrap_or_default();
    let mut bundle = FluentBundle::new_concurrent(vec![id]);
    // Isolation marks are invisible letters that would end up in prints, files and the clipboard.
    bundle.set_use_isolating(false);
    for source in sources(lang) {
        let resource = FluentResource::try_new(source.to_owned()).unwrap_or_else(|(partial, _)| partial);
        bundle.add_resource_overriding(resource);
    }
    bundle
}

/// The language now chosen.
pub fn language() -> Lang {
    if LANG.load(Ordering::Relaxed) == 1 { Lang::En } else { Lang::Ru }
}

/// Chooses the language of everything shown from now on.
pub fn set_language(lang: Lang) {
    LANG.store(u8::from(lang == Lang::En), Ordering::Relaxed);
}

impl Text {
    /// A text by key; prefer the `text!` macro, whose keys a test finds.
    pub fn new(key: impl Into<Cow<'static, str>>) -> Self {
        Self { key: key.into(), args: Vec::new() }
    }
    /// Adds an argument.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<Arg>) -> Self {
        self.args.push((name, value.into()));
        self
    }
    /// The key.
    pub fn key(&self) -> &str {
        &self.key
    }
    /// In the chosen language.
    pub fn show(&self) -> String {
        self.show_in(language())
    }
    /// In a given language; a key that is missing shows itself, so that it is seen and mended.
    pub fn show_in(&self, lang: Lang) -> String {
        let mut args = FluentArgs::new();
        for (name, value) in &self.args {
            match value {
                Arg::Words(words) => args.set(*name, FluentValue::from(words.as_str())),
                Arg::Count(count) => args.set(*name, FluentValue::from(*count)),
                Arg::Text(text) => args.set(*name, FluentValue::from(text.show_in(lang))),
            }
        }
        lookup(lang, &self.key, None, Some(&args)).unwrap_or_else(|| self.key.to_string())
    }
}

fn lookup(lang: Lang, key: &str, attribute: Option<&str>, args: Option<&FluentArgs<'_>>) -> Option<String> {
    let bundle = bundle(lang);
    let message = bundle.get_message(key)?;
    let pattern = match attribute {
        None => message.value()?,
        Some(name) => message.get_attribute(name)?.value(),
    };
    let mut errors = Vec::new();
    Some(bundle.format_pattern(pattern, args, &mut errors).into_owned())
}

/// A declared label: Russian from the declaration (or a list title from the texts), English from the texts.
/// A field that many objects share may have its English label once, under `common`.
pub fn declared(code: &str, part: Option<&str>, russian: &str) -> String {
    let lang = language();
    let own = || lookup(lang, code, part, None);
    let common = || part.and_then(|part| lookup(lang, "common", Some(part), None));
    match lang {
        Lang::Ru if part != Some("list") => russian.to_owned(),
        _ => own().or_else(common).unwrap_or_else(|| russian.to_owned()),
    }
}

/// True when the language has its own or a common label for a declared thing.
pub fn has_label(lang: Lang, code: &str, part: Option<&str>) -> bool {
    lookup(lang, code, part, None).is_some()
        || part.is_some_and(|part| lookup(lang, "common", Some(part), None).is_some())
}

/// True when the key exists in the language.
pub fn has_text(lang: Lang, key: &str) -> bool {
    lookup(lang, key, None, None).is_some()
}

impl From<&str> for Arg {
    fn from(words: &str) -> Self {
        Arg::Words(words.to_owned())
    }
}
impl From<String> for Arg {
    fn from(words: String) -> Self {
        Arg::Words(words)
    }
}
impl From<&String> for Arg {
    fn from(words: &String) -> Self {
        Arg::Words(words.clone())
    }
}
impl From<Text> for Arg {
    fn from(text: Text) -> Self {
        Arg::Text(Box::new(text))
    }
}
macro_rules! counts {
    ($($number:ty),*) => { $(
        impl From<$number> for Arg {
            fn from(count: $number) -> Self {
                Arg::Count(i64::try_from(count).unwrap_or(i64::MAX))
            }
        }
    )* };
}
counts!(i64, i32, u32, usize, u64);

/// A text with arguments: `text!("stock-short", item = name, qty = qty.short())`.
#[macro_export]
macro_rules! text {
    ($key:literal $(, $name:ident = $value:expr)* $(,)?) => {
        $crate::kernel::text::Text::new($key)$(.with(stringify!($name), $value))*
    };
}

/// The shadow spelling of a text for search: lower case, ё as е, composed letters, plain quotes and
/// dashes, single blanks. Both the stored column and the query pass through it.
pub fn normalize(text: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    let mut out = String::with_capacity(text.len());
    let mut blank = true;
    for letter in text.nfc().flat_map(char::to_lowercase) {
        let plain = match letter {
            'ё' => 'е',
            '«' | '»' | '“' | '”' | '„' | '\'' | '’' => '"',
            '–' | '—' | '−' | '‑' => '-',
            other => other,
        };
        if plain.is_whitespace() || plain == '\u{a0}' {
            if !blank {
                out.push(' ');
            }
            blank = true;
        } else {
            out.push(plain);
            blank = false;
        }
    }
    if out.ends_with(' ') {
        out.pop();
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{Lang, normalize};

    #[test]
    fn search_spelling_is_one() {
        assert_eq!(normalize("  ООО «Ёлка —\u{a0} Плюс» "), "ооо \"елка - плюс\"");
        assert_eq!(normalize("И\u{306}од"), "йод");
    }

    #[test]
    fn both_languages_speak() {
        assert_eq!(text!("yes").show_in(Lang::Ru), "Да");
        assert_eq!(text!("yes").show_in(Lang::En), "Yes");
    }
}
