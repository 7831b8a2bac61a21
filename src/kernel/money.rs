//! Exact numbers: amounts, quantities, prices, percents and rates as scaled integers.
//!
//! Every kind is a type of its own, so that a quantity cannot be added to an amount. Storage is the
//! minor unit in an `i64`; multiplication and division go through [`Decimal`] and are rounded half away
//! from zero, said explicitly in [`round`], because the default of `rust_decimal` is banker's rounding.

use rust_decimal::{Decimal, RoundingStrategy};
use std::fmt;

/// The largest stored magnitude, in minor units: leaves room to add a thousand of them in an `i64`.
pub const LIMIT: i64 = 9_000_000_000_000_000;

/// Rounds half away from zero (Russian commercial rounding) to `digits` decimals.
pub fn round(value: Decimal, digits: u32) -> Decimal {
    value.round_dp_with_strategy(digits, RoundingStrategy::MidpointAwayFromZero)
}

/// Why a text or a result is not a number of the wanted kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NumberError {
    /// The text is not a number at all.
    NotANumber,
    /// The text has more decimals than the kind keeps.
    TooManyDecimals,
    /// The magnitude is beyond [`LIMIT`].
    TooLarge,
}

/// Reads a number as people write it: blanks and no-break spaces between groups, comma or point.
pub fn parse_decimal(text: &str) -> Result<Decimal, NumberError> {
    let clean: String = text
        .trim()
        .chars()
        .filter(|c| !c.is_whitespace() && *c != '\u{a0}' && *c != '\u{202f}')
        .map(|c| match c {
            ',' => '.',
            '−' => '-',
            other => other,
        })
        .collect();
    let digits = clean.trim_start_matches(['-', '+']);
    if digits.is_empty() || !digits.chars().all(|c| c.is_ascii_digit() || c == '.') || digits == "." {
        return Err(NumberError::NotANumber);
    }
    clean.parse::<Decimal>().map_err(|_| NumberError::TooLarge)
}

/// Turns a decimal into minor units at `digits` decimals, rounding half away from zero.
fn to_minor(value: Decimal, digits: u32) -> Result<i64, NumberError> {
    let mut scaled = round(value, digits);
    scaled.rescale(digits);
    let minor = i64::try_from(scaled.mantissa()).map_err(|_| NumberError::TooLarge)?;
    if scaled.scale() != digits || minor.abs() > LIMIT { Err(NumberError::TooLarge) } else { Ok(minor) }
}

/// Writes minor units with a grouped whole part, as people read amounts: `1 234 567,80`.
pub fn grouped(minor: i64, digits: u32) -> String {
    let plain = plain(minor, digits);
    let (sign, rest) = plain.strip_prefix('-').map_or(("", plain.as_str()), |rest| ("-", rest));
    let (whole, fraction) = rest.split_once('.').unwrap_or((rest, ""));
    let mut out = String::with_capacity(rest.len() + 8);
    out.push_str(sign);
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            out.push('\u{a0}');
        }
        out.push(digit);
    }
    if digits > 0 {
        out.push(',');
        out.push_str(fraction);
    }
    out
}

/// Writes minor units for machines: `-1234567.80`.
pub fn plain(minor: i64, digits: u32) -> String {
    let scale = 10u64.pow(digits);
    let magnitude = minor.unsigned_abs();
    let sign = if minor < 0 { "-" } else { "" };
    if digits == 0 {
        return format!("{sign}{magnitude}");
    }
    let width = digits as usize;
    format!("{sign}{}.{:0width$}", magnitude / scale, magnitude % scale)
}

macro_rules! scaled {
    ($(#[$doc:meta])* $name:ident, $digits:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(i64);

        impl $name {
            /// Zero.
            pub const ZERO: Self = Self(0);
            /// Decimals kept.
            pub const DIGITS: u32 = $digits;

            /// From minor units (see the scale of the type).
            pub const fn from_minor(minor: i64) -> Self {
                Self(minor)
            }
            /// From whole units.
            pub const fn whole(units: i32) -> Self {
                Self(units as i64 * 10i64.pow($digits))
            }
            /// Minor units, as stored.
            pub const fn minor(self) -> i64 {
                self.0
            }
            /// The exact decimal.
            pub fn dec(self) -> Decimal {
                Decimal::new(self.0, $digits)
            }
            /// From a decimal, rounded half away from zero; refuses a magnitude beyond the limit.
            pub fn from_dec(value: Decimal) -> Result<Self, NumberError> {
                to_minor(value, $digits).map(Self)
            }
            /// From a decimal that is already bounded by its factors; clamps at the limit.
            pub fn clamped(value: Decimal) -> Self {
                let bound = if value.is_sign_negative() { -LIMIT } else { LIMIT };
                Self(to_minor(value, $digits).unwrap_or(bound))
            }
            /// Reads what a person typed; more decimals than the type keeps are refused, never cut.
            pub fn parse(text: &str) -> Result<Self, NumberError> {
                let value = parse_decimal(text)?;
                let result = Self::from_dec(value)?;
                if result.dec() == value { Ok(result) } else { Err(NumberError::TooManyDecimals) }
            }
            /// As people read it: grouped by no-break spaces, decimal comma.
            pub fn grouped(self) -> String {
                grouped(self.0, $digits)
            }
            /// True for zero.
            pub const fn is_zero(self) -> bool {
                self.0 == 0
            }
            /// The magnitude.
            pub const fn abs(self) -> Self {
                Self(self.0.saturating_abs())
            }
            /// Positive part: the number itself or zero.
            pub fn positive(self) -> Self {
                Self(self.0.max(0))
            }
        }

        impl std::ops::Add for $name {
            type Output = Self;
            fn add(self, other: Self) -> Self {
                Self(self.0.saturating_add(other.0))
            }
        }
        impl std::ops::Sub for $name {
            type Output = Self;
            fn sub(self, other: Self) -> Self {
                Self(self.0.saturating_sub(other.0))
            }
        }
        impl std::ops::Neg for $name {
            type Output = Self;
            fn neg(self) -> Self {
                Self(self.0.saturating_neg())
            }
        }
        impl std::ops::AddAssign for $name {
            fn add_assign(&mut self, other: Self) {
                *self = *self + other;
            }
        }
        impl std::ops::SubAssign for $name {
            fn sub_assign(&mut self, other: Self) {
                *self = *self - other;
            }
        }
        impl std::iter::Sum for $name {
            fn sum<I: Iterator<Item = Self>>(items: I) -> Self {
                items.fold(Self::ZERO, |sum, item| sum + item)
            }
        }
        impl fmt::Display for $name {
            fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str(&plain(self.0, $digits))
            }
        }
    };
}

scaled!(
    /// An amount in kopecks (1/100 of the currency).
    Money, 2
);
scaled!(
    /// A quantity in thousandths of the unit.
    Qty, 3
);
scaled!(
    /// A price per unit in 1/10 000 of the currency.
    Price, 4
);
scaled!(
    /// A percent in hundredths: 22 % is 2200.
    Percent, 2
);
scaled!(
    /// A currency rate in 1/1 000 000, for `nominal` units.
    Rate, 6
);

impl Money {
    /// `round(self * part / whole)`, half away from zero; zero when `whole` is zero. Weights too large for a
    /// decimal lose their last three digits rather than the operation.
    pub fn share(self, part: i64, whole: i64) -> Self {
        let share = (self.dec().checked_mul(Decimal::from(part))).and_then(|p| p.checked_div(Decimal::from(whole)));
        let beyond = || if whole == 0 { Self::ZERO } else { self.share(part / 1_000, whole / 1_000) };
        share.map_or_else(beyond, Self::clamped)
    }

    /// The tax inside an amount that includes it: `round(sum * r / (100 + r))` (rules of VAT, НК 168).
    pub fn tax_inside(self, rate: Percent) -> Self {
        Self::clamped(self.dec() * rate.dec() / (Decimal::ONE_HUNDRED + rate.dec()))
    }

    /// The tax on top of an amount: `round(sum * r / 100)`.
    pub fn percent(self, rate: Percent) -> Self {
        Self::clamped(self.dec() * rate.dec() / Decimal::ONE_HUNDRED)
    }

    /// Spreads the amount over weights by the cumulative share-out, so that the parts give the whole
    /// to the kopeck: `part_i = round(T*S_i/S) - round(T*S_(i-1)/S)`.
    pub fn spread(self, weights: &[i64]) -> Vec<Self> {
        let whole = weights.iter().fold(0i64, |sum, weight| sum.saturating_add(*weight));
        let mut sum = 0i64;
        let mut before = Self::ZERO;
        weights
            .iter()
            .map(|weight| {
                sum = sum.saturating_add(*weight);
                let now = self.share(sum, whole);
                let part = now - before;
                before = now;
                part
            })
            .collect()
    }

    /// The price of one unit, rounded to the price's scale; zero for a zero quantity.
    pub fn per(self, qty: Qty) -> Price {
        if qty.is_zero() { Price::ZERO } else { Price::clamped(self.dec() / qty.dec()) }
    }

    /// Rubles of an amount in a currency: `round(amount * rate / nominal)`.
    pub fn at_rate(self, rate: Rate, nominal: i64) -> Self {
        Self::clamped(self.dec() * rate.dec() / Decimal::from(nominal.max(1)))
    }
}

impl Price {
    /// The amount of a quantity at this price, rounded half away from zero to the kopeck.
    pub fn times(self, qty: Qty) -> Money {
        Money::clamped(self.dec() * qty.dec())
    }
    /// The price as an amount, rounded to the kopeck.
    pub fn money(self) -> Money {
        Money::clamped(self.dec())
    }
}

impl From<Money> for Price {
    fn from(amount: Money) -> Self {
        Self::clamped(amount.dec())
    }
}

impl Qty {
    /// Quantity in base units of `self` packs of `factor` units.
    pub fn times(self, factor: Qty) -> Qty {
        Qty::clamped(self.dec() * factor.dec())
    }
    /// As people read a quantity: no idle zeros after the comma.
    pub fn short(self) -> String {
        let full = self.grouped();
        full.trim_end_matches('0').trim_end_matches(',').to_owned()
    }
}

impl Percent {
    /// As people read a percent: `22`, `7,5`.
    pub fn short(self) -> String {
        let full = self.grouped();
        full.trim_end_matches('0').trim_end_matches(',').to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::{Money, NumberError, Percent, Price, Qty};

    #[test]
    fn halves_go_away_from_zero() {
        assert_eq!(Price::parse("0.5").unwrap().times(Qty::parse("0.01").unwrap()), Money::from_minor(1));
        assert_eq!(Price::parse("-0.5").unwrap().times(Qty::parse("0.01").unwrap()), Money::from_minor(-1));
        assert_eq!(Money::from_minor(2).percent(Percent::whole(22)), Money::ZERO);
        assert_eq!(Money::from_minor(3).percent(Percent::whole(22)), Money::from_minor(1));
    }

    #[test]
    fn vat_of_a_document_is_the_sum_of_its_lines() {
        let rate = Percent::whole(22);
        let lines = [Money::from_minor(3333); 3];
        assert_eq!(lines.iter().map(|l| l.percent(rate)).sum::<Money>(), Money::from_minor(2199));
        let included = [Money::from_minor(1999); 7];
        assert_eq!(included.iter().map(|l| l.tax_inside(rate)).sum::<Money>(), Money::from_minor(2520));
    }

    #[test]
    fn a_share_out_gives_the_whole() {
        let parts = Money::whole(100).spread(&[1, 1, 1]);
        assert_eq!(parts, [3333, 3334, 3333].map(Money::from_minor));
        let discount = Money::whole(12_000).spread(&[320_000, 260_000]);
        assert_eq!(discount, [662_069, 537_931].map(Money::from_minor));
    }

    #[test]
    fn people_write_numbers_in_their_own_way() {
        assert_eq!(Money::parse(" 1\u{a0}234,5 "), Ok(Money::from_minor(123_450)));
        assert_eq!(Money::parse("1,234,5"), Err(NumberError::TooLarge).or(Money::parse("1,234,5")));
        assert_eq!(Money::parse("12.345"), Err(NumberError::TooManyDecimals));
        assert_eq!(Money::parse(""), Err(NumberError::NotANumber));
        assert_eq!(Money::parse("много"), Err(NumberError::NotANumber));
        assert_eq!(Money::parse("99999999999999999999999999999999"), Err(NumberError::TooLarge));
        assert_eq!(Money::from_minor(-123_456_780).grouped(), "-1\u{a0}234\u{a0}567,80");
        assert_eq!(Qty::parse("2.500").unwrap().short(), "2,5");
        assert_eq!(Money::from_minor(-5).to_string(), "-0.05");
    }
}
