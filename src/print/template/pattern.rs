//! Texts with fields in them: `ПЛАТЕЖНОЕ ПОРУЧЕНИЕ № {number}`.
//!
//! `{name}` is the value of a field. A part in square brackets with a field inside, `[, КПП {kpp}]`, is
//! printed only when all its fields have something in them; brackets without a field are plain letters.

/// A text with fields.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pattern(Vec<Part>);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    Words(String),
    Field(String),
    Optional(Vec<Part>),
}

/// True for a name a field may have: small Latin letters, digits and underscores.
pub fn is_name(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
}

impl Pattern {
    /// A field alone.
    pub fn field(name: &str) -> Self {
        Self(vec![Part::Field(name.to_owned())])
    }

    /// Reads a text with fields; braces that hold no name stay letters.
    pub fn parse(text: &str) -> Self {
        let mut parts = Vec::new();
        let mut rest = text;
        while let Some(open) = rest.find('[') {
            let inside = rest.get(open + 1..).unwrap_or_default();
            let Some(close) = inside.find(']') else { break };
            let optional = split_fields(inside.get(..close).unwrap_or_default());
            if optional.iter().any(|part| matches!(part, Part::Field(_))) {
                parts.extend(split_fields(rest.get(..open).unwrap_or_default()));
                parts.push(Part::Optional(optional));
            } else {
                parts.extend(split_fields(rest.get(..open + close + 2).unwrap_or_default()));
            }
            rest = inside.get(close + 1..).unwrap_or_default();
        }
        parts.extend(split_fields(rest));
        Self(parts)
    }

    /// True when there is nothing to print.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The text with the values of fields.
    pub fn show(&self, value: &dyn Fn(&str) -> String) -> String {
        show(&self.0, value)
    }

    /// The names of the fields in it, in order.
    pub fn fields(&self) -> Vec<&str> {
        fn collect<'a>(parts: &'a [Part], out: &mut Vec<&'a str>) {
            for part in parts {
                match part {
                    Part::Words(_) => {}
                    Part::Field(name) => out.push(name),
                    Part::Optional(parts) => collect(parts, out),
                }
            }
        }
        let mut out = Vec::new();
        collect(&self.0, &mut out);
        out
    }

    /// The field to open when the text is clicked: the only one in it.
    pub fn only_field(&self) -> Option<&str> {
        match self.fields().as_slice() {
            [only] => Some(only),
            _ => None,
        }
    }
}

fn show(parts: &[Part], value: &dyn Fn(&str) -> String) -> String {
    let mut out = String::new();
    for part in parts {
        match part {
            Part::Words(words) => out.push_str(words),
            Part::Field(name) => out.push_str(&value(name)),
            Part::Optional(parts) => {
                let filled = |part: &Part| !matches!(part, Part::Field(name) if value(name).trim().is_empty());
                if parts.iter().all(filled) {
                    out.push_str(&show(parts, value));
                }
            }
        }
    }
    out
}

fn split_fields(text: &str) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut words = String::new();
    let mut rest = text;
    while let Some(open) = rest.find('{') {
        let inside = rest.get(open + 1..).unwrap_or_default();
        let name = inside.find('}').and_then(|close| inside.get(..close)).filter(|name| is_name(name));
        words.push_str(rest.get(..open).unwrap_or_default());
        match name {
            Some(name) => {
                if !words.is_empty() {
                    parts.push(Part::Words(std::mem::take(&mut words)));
                }
                parts.push(Part::Field(name.to_owned()));
                rest = inside.get(name.len() + 1..).unwrap_or_default();
            }
            None => {
                words.push('{');
                rest = inside;
            }
        }
    }
    words.push_str(rest);
    if !words.is_empty() {
        parts.push(Part::Words(words));
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::Pattern;

    fn shown(pattern: &str) -> String {
        Pattern::parse(pattern).show(&|name| match name {
            "inn" => "7707083893".to_owned(),
            "n" => "5".to_owned(),
            _ => String::new(),
        })
    }

    #[test]
    fn fields_are_put_into_words() {
        assert_eq!(shown("ИНН {inn}"), "ИНН 7707083893");
        assert_eq!(shown("{n} {unknown}!"), "5 !");
        assert_eq!(shown("{Н} и {"), "{Н} и {");
        assert_eq!(shown(""), "");
    }

    #[test]
    fn a_bracket_is_printed_only_when_filled() {
        assert_eq!(shown("ИНН {inn}[, КПП {kpp}][, № {n}]"), "ИНН 7707083893, № 5");
        assert_eq!(shown("Статус [1]: {n}"), "Статус [1]: 5");
        assert_eq!(shown("[{n}"), "[5");
    }

    #[test]
    fn a_click_opens_the_only_field() {
        assert_eq!(Pattern::parse("№ {number}").only_field(), Some("number"));
        assert_eq!(Pattern::parse("{a} {b}").only_field(), None);
        assert_eq!(Pattern::parse("{a}[ {b}]").fields(), ["a", "b"]);
    }
}
