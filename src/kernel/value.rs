//! A field's value with its type erased, and how it is stored, shown and read.

use super::meta::{ChoiceMeta, ObjectMeta};
use super::moment::{Date, Moment};
use super::money::{Money, NumberError, Percent, Price, Qty, Rate};
use super::refs::AnyRef;
use super::text::Text;
use crate::text;

/// The type of a declared field.
#[derive(Clone, Copy, Debug)]
pub enum Type {
    /// Yes or no.
    Bool,
    /// A whole number.
    Int,
    /// A line of text.
    Text,
    /// An amount in kopecks.
    Money,
    /// A quantity in thousandths.
    Qty,
    /// A price in 1/10 000.
    Price,
    /// A percent in hundredths.
    Percent,
    /// A currency rate in millionths.
    Rate,
    /// A day.
    Date,
    /// A moment to the second.
    Moment,
    /// A reference to objects of one kind; a function, because kinds refer to each other in circles.
    Ref(fn() -> &'static ObjectMeta),
    /// A reference to an object of any kind.
    AnyRef,
    /// One of an enumeration.
    Choice(&'static ChoiceMeta),
}

impl Type {
    /// True when the value is kept as text; everything else is an integer.
    pub const fn is_text(self) -> bool {
        matches!(self, Type::Text)
    }
    /// True for numbers that lists and forms align to the right and may sum up.
    pub const fn is_number(self) -> bool {
        matches!(self, Type::Int | Type::Money | Type::Qty | Type::Price | Type::Percent | Type::Rate)
    }
    /// Decimals of a scaled number.
    pub const fn digits(self) -> u32 {
        match self {
            Type::Money => Money::DIGITS,
            Type::Qty => Qty::DIGITS,
            Type::Price => Price::DIGITS,
            Type::Percent => Percent::DIGITS,
            Type::Rate => Rate::DIGITS,
            _ => 0,
        }
    }
    /// The target of a typed reference.
    pub fn target(self) -> Option<&'static ObjectMeta> {
        match self {
            Type::Ref(meta) => Some(meta()),
            _ => None,
        }
    }
    /// The empty value of the type.
    pub fn empty(self) -> Value {
        Value::from_stored(self, Stored::Int(0))
    }
}

/// What a cell of the base holds: every engine has these two.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stored {
    /// Integers, scaled numbers, dates, references, enumerations.
    Int(i64),
    /// Text.
    Text(String),
}

impl Stored {
    /// The integer, zero for text.
    pub const fn int(&self) -> i64 {
        match self {
            Stored::Int(value) => *value,
            Stored::Text(_) => 0,
        }
    }
    /// The text, empty for an integer.
    pub fn text(&self) -> &str {
        match self {
            Stored::Int(_) => "",
            Stored::Text(text) => text,
        }
    }
}

/// A value of a field.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Value {
    /// Yes or no.
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// A line of text.
    Text(String),
    /// An amount.
    Money(Money),
    /// A quantity.
    Qty(Qty),
    /// A price.
    Price(Price),
    /// A percent.
    Percent(Percent),
    /// A rate.
    Rate(Rate),
    /// A day.
    Date(Date),
    /// A moment.
    Moment(Moment),
    /// A reference of any type.
    Ref(AnyRef),
    /// One of an enumeration, by its stored number.
    Choice(i64),
}

impl Value {
    /// The cell as stored in a field of type `kind`: a typed reference is stored as the bare id.
    pub fn stored(&self, kind: Type) -> Stored {
        match self {
            Value::Text(text) => Stored::Text(text.clone()),
            other => Stored::Int(other.cell(kind)),
        }
    }

    /// The integer stored in a field of type `kind`; zero for text.
    pub const fn cell(&self, kind: Type) -> i64 {
        match self {
            Value::Ref(v) if matches!(kind, Type::Ref(_)) => v.id(),
            other => other.minor(),
        }
    }

    /// From a stored cell.
    pub fn from_stored(kind: Type, cell: Stored) -> Self {
        let number = cell.int();
        match kind {
            Type::Text => Value::Text(match cell {
                Stored::Text(text) => text,
                Stored::Int(_) => String::new(),
            }),
            Type::Bool => Value::Bool(number != 0),
            Type::Int => Value::Int(number),
            Type::Money => Value::Money(Money::from_minor(number)),
            Type::Qty => Value::Qty(Qty::from_minor(number)),
            Type::Price => Value::Price(Price::from_minor(number)),
            Type::Percent => Value::Percent(Percent::from_minor(number)),
            Type::Rate => Value::Rate(Rate::from_minor(number)),
            Type::Date => Value::Date(Date::from_stored(number)),
            Type::Moment => Value::Moment(Moment::from_stored(number)),
            Type::Ref(meta) => Value::Ref(AnyRef::new(meta().tag, number)),
            Type::AnyRef => Value::Ref(AnyRef::from_packed(number)),
            Type::Choice(_) => Value::Choice(number),
        }
    }

    /// True for the empty value of the type: nothing entered.
    pub fn is_empty(&self) -> bool {
        match self {
            Value::Text(text) => text.trim().is_empty(),
            Value::Bool(_) => false,
            other => other.minor() == 0,
        }
    }

    /// The number in minor units; a reference gives its packed form, text gives zero.
    pub const fn minor(&self) -> i64 {
        match self {
            Value::Text(_) => 0,
            Value::Bool(flag) => *flag as i64,
            Value::Int(number) | Value::Choice(number) => *number,
            Value::Money(v) => v.minor(),
            Value::Qty(v) => v.minor(),
            Value::Price(v) => v.minor(),
            Value::Percent(v) => v.minor(),
            Value::Rate(v) => v.minor(),
            Value::Date(v) => v.stored(),
            Value::Moment(v) => v.stored(),
            Value::Ref(v) => v.packed(),
        }
    }

    /// A reference, empty for other values.
    pub const fn any_ref(&self) -> AnyRef {
        match self {
            Value::Ref(reference) => *reference,
            _ => AnyRef::EMPTY,
        }
    }

    /// As shown in a list or a form; references need the base and are shown by who asks it.
    pub fn show(&self, kind: Type) -> String {
        match self {
            Value::Text(text) => text.clone(),
            Value::Bool(flag) => if *flag { text!("yes") } else { text!("no") }.show(),
            Value::Int(number) => super::money::grouped(*number, 0),
            Value::Money(v) => v.grouped(),
            Value::Qty(v) => v.short(),
            Value::Price(v) => price_text(*v),
            Value::Percent(v) => v.short(),
            Value::Rate(v) => trimmed(v.grouped(), 4),
            Value::Date(v) => v.russian(),
            Value::Moment(v) => v.russian(),
            Value::Ref(_) => String::new(),
            Value::Choice(number) => match kind {
                Type::Choice(meta) => meta.label(*number),
                _ => number.to_string(),
            },
        }
    }

    /// Reads what a person typed or a file holds, except references (they need the base).
    /// The error is a whole sentence.
    pub fn parse(kind: Type, input: &str, today: Date) -> Result<Self, Text> {
        let input = input.trim();
        if input.is_empty() && !kind.is_text() {
            return Ok(kind.empty());
        }
        let number = |error| number_problem(error, input, kind);
        match kind {
            Type::Text => Ok(Value::Text(input.to_owned())),
            Type::Bool => parse_bool(input).map(Value::Bool).ok_or_else(|| text!("value-not-bool", input = input)),
            Type::Int => super::money::parse_decimal(input)
                .ok()
                .and_then(|v| if v.fract().is_zero() { i64::try_from(v.trunc().mantissa()).ok() } else { None })
                .map(Value::Int)
                .ok_or_else(|| text!("value-not-int", input = input)),
            Type::Money => Money::parse(input).map(Value::Money).map_err(number),
            Type::Qty => Qty::parse(input).map(Value::Qty).map_err(number),
            Type::Price => Price::parse(input).map(Value::Price).map_err(number),
            Type::Percent => Percent::parse(input.trim_end_matches('%')).map(Value::Percent).map_err(number),
            Type::Rate => Rate::parse(input).map(Value::Rate).map_err(number),
            Type::Date => Date::parse(input, today)
                .or_else(|| Moment::parse(input, today).map(Moment::date))
                .map(Value::Date)
                .ok_or_else(|| text!("value-not-date", input = input)),
            Type::Moment => {
                Moment::parse(input, today).map(Value::Moment).ok_or_else(|| text!("value-not-date", input = input))
            }
            Type::Choice(meta) => meta
                .parse(input)
                .map(Value::Choice)
                .ok_or_else(|| text!("value-not-choice", input = input, allowed = meta.allowed())),
            Type::Ref(_) | Type::AnyRef => Err(text!("value-not-ref", input = input)),
        }
    }
}

fn number_problem(error: NumberError, input: &str, kind: Type) -> Text {
    match error {
        NumberError::NotANumber => text!("value-not-number", input = input),
        NumberError::TooManyDecimals => text!("value-too-many-decimals", input = input, digits = kind.digits()),
        NumberError::TooLarge => text!("value-too-large", input = input),
    }
}

fn parse_bool(input: &str) -> Option<bool> {
    match input.to_lowercase().as_str() {
        "true" | "1" | "да" | "yes" | "истина" => Some(true),
        "false" | "0" | "нет" | "no" | "ложь" => Some(false),
        _ => None,
    }
}

/// A price shows kopecks, and its hundredths of a kopeck only where there are some.
fn price_text(price: Price) -> String {
    trimmed(price.grouped(), 2)
}

/// Drops idle zeros of a grouped number, keeping at least `keep` decimals.
fn trimmed(full: String, keep: usize) -> String {
    let Some(comma) = full.find(',') else { return full };
    let mut end = full.len();
    while end > comma + 1 + keep && full.get(end - 1..end) == Some("0") {
        end -= 1;
    }
    full.get(..end).unwrap_or(&full).to_owned()
}

/// A Rust type that a declared field may have.
pub trait Field: Clone + Default {
    /// Its type in metadata.
    const TYPE: Type;
    /// The erased value.
    fn value(&self) -> Value;
    /// From an erased value of the same type; `None` when it is another type.
    fn from_value(value: Value) -> Option<Self>;
}

macro_rules! plain_field {
    ($($rust:ty => $variant:ident),* $(,)?) => { $(
        impl Field for $rust {
            const TYPE: Type = Type::$variant;
            fn value(&self) -> Value {
                Value::$variant(self.clone())
            }
            fn from_value(value: Value) -> Option<Self> {
                match value {
                    Value::$variant(inner) => Some(inner),
                    _ => None,
                }
            }
        }
    )* };
}

plain_field!(
    bool => Bool, i64 => Int, String => Text, Money => Money, Qty => Qty, Price => Price,
    Percent => Percent, Rate => Rate, Date => Date, Moment => Moment,
);

impl Field for AnyRef {
    const TYPE: Type = Type::AnyRef;
    fn value(&self) -> Value {
        Value::Ref(*self)
    }
    fn from_value(value: Value) -> Option<Self> {
        match value {
            Value::Ref(inner) => Some(inner),
            _ => None,
        }
    }
}

/// An enumeration made by `choice!`.
pub trait Choice: Copy + Default {
    /// Its metadata.
    const CHOICE: &'static ChoiceMeta;
    /// The stored number.
    fn number(self) -> i64;
    /// From the stored number; an unknown one gives the default.
    fn of_number(number: i64) -> Self;
}

impl<C: Choice> Field for C {
    const TYPE: Type = Type::Choice(C::CHOICE);
    fn value(&self) -> Value {
        Value::Choice(self.number())
    }
    fn from_value(value: Value) -> Option<Self> {
        match value {
            Value::Choice(number) => Some(C::of_number(number)),
            _ => None,
        }
    }
}

impl<C: Choice> Column for C {}

/// A Rust type that a register's column may have: always one integer.
pub trait Column: Field {
    /// The stored integer.
    fn cell(&self) -> i64 {
        self.value().cell(Self::TYPE)
    }
    /// From the stored integer.
    fn from_cell(cell: i64) -> Self {
        Self::from_value(Value::from_stored(Self::TYPE, Stored::Int(cell))).unwrap_or_default()
    }
}

macro_rules! columns {
    ($($rust:ty),* $(,)?) => { $( impl Column for $rust {} )* };
}
columns!(bool, i64, Money, Qty, Price, Percent, Rate, Date, Moment, AnyRef);

#[cfg(test)]
mod tests {
    use super::{Price, Type, Value};
    use crate::kernel::moment::Date;

    #[test]
    fn a_price_shows_what_it_has() {
        assert_eq!(Value::Price(Price::from_minor(4_867)).show(Type::Price), "0,4867");
        assert_eq!(Value::Price(Price::whole(12)).show(Type::Price), "12,00");
    }

    #[test]
    fn a_wrong_value_is_refused_in_words() {
        let today = Date::ymd(2026, 11, 23).unwrap();
        for (kind, input) in
            [(Type::Money, "сто"), (Type::Date, "32.01.2026"), (Type::Bool, "может"), (Type::Int, "1,5")]
        {
            assert!(Value::parse(kind, input, today).unwrap_err().show().contains(input));
        }
    }
}
