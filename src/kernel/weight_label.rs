//! Labels of goods weighed, counted or priced in the shop, as the shop has set them: what each of thirteen digits means.

/// What the value of a label is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Value {
    /// Weight in grams.
    Grams,
    /// Pieces.
    Pieces,
    /// Price of the label in kopecks.
    Kopecks,
}

/// What the digits of the item are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ItemNumber {
    /// The code of the item in the program, without zeros in front.
    Code,
    /// Its article number, without zeros in front.
    Article,
}

/// How one kind of label is read; a setting of the shop.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template {
    /// The first digits of the label: 20 to 29, or longer.
    pub prefix: String,
    /// Digits of the item.
    pub item_digits: usize,
    /// A check digit of the value stands before it; its rule differs by maker of the scales and is not checked.
    pub inner_check: bool,
    /// Digits of the value.
    pub value_digits: usize,
    /// What the value is.
    pub value: Value,
    /// What the digits of the item are.
    pub item: ItemNumber,
}

/// Why a template cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TemplateError {
    /// The prefix is not of digits from 20 to 29, 02, or longer.
    Prefix,
    /// Prefix, item, value and check digits are not thirteen together.
    Length,
    /// It is not written as a template is.
    Letters,
}

impl Template {
    /// The usual label of scales: `22 IIIII WWWWW C`, the code of the item and grams.
    #[must_use]
    pub fn usual() -> Self {
        Self {
            prefix: "22".to_owned(),
            item_digits: 5,
            inner_check: false,
            value_digits: 5,
            value: Value::Grams,
            item: ItemNumber::Code,
        }
    }

    /// Whether the digits add up.
    ///
    /// # Errors
    /// When the prefix is not one free for internal use, or the label would not have thirteen digits.
    pub fn check(&self) -> Result<(), TemplateError> {
        let own = self.prefix.starts_with('2') && self.prefix.len() > 1 || self.prefix.starts_with("02");
        if !own || !self.prefix.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(TemplateError::Prefix);
        }
        let sum = self.prefix.len() + self.item_digits + usize::from(self.inner_check) + self.value_digits + 1;
        if sum != 13 || self.item_digits == 0 || self.value_digits == 0 { Err(TemplateError::Length) } else { Ok(()) }
    }

    /// Reads a template as a person writes it, a letter for each digit: `22IIIIIWWWWWC` is the code of the item and
    /// grams; `A` an article number, `P` pieces, `K` kopecks, `X` a check digit of the value. Russian letters that
    /// look the same are taken for them.
    ///
    /// # Errors
    /// When it is not written so, or its digits do not add up.
    pub fn parse(text: &str) -> Result<Self, TemplateError> {
        let letters: Vec<char> = text.trim().to_uppercase().chars().map(latin).collect();
        let mut rest = letters.as_slice();
        let prefix: String = run(&mut rest, |letter| letter.is_ascii_digit()).iter().collect();
        let item_letter = rest.first().copied().unwrap_or_default();
        let item = match item_letter {
            'I' => ItemNumber::Code,
            'A' => ItemNumber::Article,
            _ => return Err(TemplateError::Letters),
        };
        let item_digits = run(&mut rest, |letter| letter == item_letter).len();
        let inner_check = !run(&mut rest, |letter| letter == 'X').is_empty();
        let value_letter = rest.first().copied().unwrap_or_default();
        let value = match value_letter {
            'W' => Value::Grams,
            'P' => Value::Pieces,
            'K' => Value::Kopecks,
            _ => return Err(TemplateError::Letters),
        };
        let value_digits = run(&mut rest, |letter| letter == value_letter).len();
        if rest != ['C'] {
            return Err(TemplateError::Letters);
        }
        let made = Self { prefix, item_digits, inner_check, value_digits, value, item };
        // The letters are counted too: a second inner check digit is one letter too many.
        if letters.len() != 13 { Err(TemplateError::Length) } else { made.check().map(|()| made) }
    }

    /// Reads several, parted by spaces, commas or semicolons; the usual one where nothing is written.
    ///
    /// # Errors
    /// The first one that is wrong.
    pub fn all(text: &str) -> Result<Vec<Self>, TemplateError> {
        let found = text.split([';', ',', ' ']).filter(|one| !one.trim().is_empty()).map(Self::parse);
        let found = found.collect::<Result<Vec<_>, _>>()?;
        Ok(if found.is_empty() { vec![Self::usual()] } else { found })
    }
}

/// The letters in front that are alike; they are taken off.
fn run<'a>(rest: &mut &'a [char], alike: impl Fn(char) -> bool) -> &'a [char] {
    let length = rest.iter().take_while(|letter| alike(**letter)).count();
    let (first, others) = rest.split_at(length);
    *rest = others;
    first
}

fn latin(letter: char) -> char {
    const ALIKE: [(char, char); 6] = [('А', 'A'), ('К', 'K'), ('С', 'C'), ('Р', 'P'), ('Х', 'X'), ('І', 'I')];
    ALIKE.iter().find(|(russian, _)| *russian == letter).map_or(letter, |(_, latin)| *latin)
}

#[cfg(test)]
mod tests {
    use super::{ItemNumber, Template, TemplateError, Value};

    #[test]
    fn templates_are_written_letter_by_digit() {
        assert_eq!(Template::parse("22IIIIIWWWWWC"), Ok(Template::usual()));
        let priced = Template::parse("23аааааккккк с".replace(' ', "").as_str()).unwrap();
        assert_eq!((priced.item, priced.value, priced.prefix.as_str()), (ItemNumber::Article, Value::Kopecks, "23"));
        let inner = Template::parse("225IIIIXPPPPC").unwrap();
        assert!(inner.inner_check && inner.value == Value::Pieces && inner.value_digits == 4);
        for (text, error) in [
            ("22IIIIIWWWWW", TemplateError::Letters),
            ("22IIIIIWWWWWWC", TemplateError::Length),
            ("46IIIIIWWWWWC", TemplateError::Prefix),
            ("22IIIIZWWWWWC", TemplateError::Letters),
            ("", TemplateError::Letters),
        ] {
            assert_eq!(Template::parse(text), Err(error), "{text}");
        }
        assert_eq!(Template::all("  "), Ok(vec![Template::usual()]));
        assert_eq!(Template::all("22IIIIIWWWWWC; 23IIIIIKKKKKC").map(|all| all.len()), Ok(2));
        assert!(Template::all("22IIIIIWWWWWC; 9").is_err());
    }
}
