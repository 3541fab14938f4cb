//! Exact rational numbers: what money, counts, ratios and durations are computed with.
//!
//! Numerator and denominator are `i128`; every operation is checked and returns `None` when the result does not fit,
//! so that one absurd enterprise is an overflow of its own and never a wrong amount. Floating point enters nowhere
//! except through [`Exact::from_f64`], which is exact too. Not here: units, which are [`crate::Kind`]'s.

use std::cmp::Ordering;
use std::fmt;

/// A rational number. Two values are equal when they are the same number, however they are written inside.
#[derive(Clone, Copy, Debug)]
pub struct Exact {
    num: i128,
    /// Always above zero.
    den: i128,
}

/// What happens to the part that does not fit the wanted number of places.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rounding {
    /// Away from zero.
    Up,
    /// Towards zero.
    Down,
    /// To the nearest; from the middle away from zero (四舍五入).
    HalfUp,
    /// To the nearest; from the middle towards zero.
    HalfDown,
}

#[allow(
    clippy::should_implement_trait,
    reason = "each operation may fail; the operators of the language promise that they do not"
)]
impl Exact {
    /// Zero.
    pub const ZERO: Self = Self::whole(0);
    /// One.
    pub const ONE: Self = Self::whole(1);

    /// A whole number.
    pub const fn whole(value: i128) -> Self {
        Self { num: value, den: 1 }
    }

    /// A fraction; `None` where the denominator is zero or the sign cannot be moved.
    pub fn new(num: i128, den: i128) -> Option<Self> {
        match den.cmp(&0) {
            Ordering::Greater => Some(Self { num, den }),
            Ordering::Equal => None,
            Ordering::Less => Some(Self { num: num.checked_neg()?, den: den.checked_neg()? }),
        }
    }

    /// The number that a double stands for, exactly; `None` for infinities, NaN and magnitudes beyond `i128`.
    pub fn from_f64(value: f64) -> Option<Self> {
        if !value.is_finite() {
            return None;
        }
        let bits = value.to_bits();
        let exponent = i32::try_from((bits >> 52) & 0x7ff).ok()?;
        let fraction = i128::from(bits & ((1 << 52) - 1));
        let (mantissa, power) =
            if exponent == 0 { (fraction, -1074) } else { (fraction | (1 << 52), exponent - 1075) };
        let signed = if value.is_sign_negative() { -mantissa } else { mantissa };
        if signed == 0 {
            return Some(Self::ZERO);
        }
        // Trailing zeros move into the power, so that 0.5 needs no denominator of 2^53.
        let shift = signed.trailing_zeros().cast_signed();
        let (odd, power) = (signed >> shift, power + shift);
        match power {
            0..=73 => Some(Self::whole(odd.checked_mul(1 << power)?)),
            -126..0 => Some(Self { num: odd, den: 1 << -power }),
            _ => None,
        }
    }

    /// The nearest double, for results that are measured numbers and never money.
    pub fn to_f64(self) -> f64 {
        let reduced = self.reduced();
        reduced.num as f64 / reduced.den as f64
    }

    /// Numerator in lowest terms.
    pub fn numerator(self) -> i128 {
        self.reduced().num
    }

    /// Denominator in lowest terms; above zero.
    pub fn denominator(self) -> i128 {
        self.reduced().den
    }

    /// Sum.
    pub fn add(self, other: Self) -> Option<Self> {
        self.combine(other, i128::checked_add)
    }

    /// Difference.
    pub fn sub(self, other: Self) -> Option<Self> {
        self.combine(other, i128::checked_sub)
    }

    /// Product.
    pub fn mul(self, other: Self) -> Option<Self> {
        if let (Some(num), Some(den)) =
            (self.num.checked_mul(other.num), self.den.checked_mul(other.den))
        {
            return Some(Self { num, den });
        }
        // Cancel crosswise, so that only a product that really does not fit fails.
        let (left, right) = (self.reduced(), other.reduced());
        let first = Self { num: left.num, den: right.den }.reduced();
        let second = Self { num: right.num, den: left.den }.reduced();
        Some(Self {
            num: first.num.checked_mul(second.num)?,
            den: first.den.checked_mul(second.den)?,
        })
    }

    /// Quotient; `None` also where `other` is zero.
    pub fn div(self, other: Self) -> Option<Self> {
        self.mul(Self::new(other.den, other.num)?)
    }

    /// The number with its sign turned.
    pub fn neg(self) -> Option<Self> {
        Some(Self { num: self.num.checked_neg()?, den: self.den })
    }

    /// The number without its sign.
    pub fn abs(self) -> Option<Self> {
        Some(Self { num: self.num.checked_abs()?, den: self.den })
    }

    /// A whole power.
    pub fn pow(self, exponent: u32) -> Option<Self> {
        (0..exponent).try_fold(Self::ONE, |product, _| product.mul(self))
    }

    /// Whether the number is zero.
    pub const fn is_zero(self) -> bool {
        self.num == 0
    }

    /// Whether the number is above zero.
    pub const fn is_positive(self) -> bool {
        self.num > 0
    }

    /// The whole number that this is, or `None` where it has a fraction.
    pub fn as_whole(self) -> Option<i128> {
        (self.num % self.den == 0).then_some(self.num / self.den)
    }

    /// Rounds to a whole number.
    pub fn round(self, rounding: Rounding) -> i128 {
        let (whole, rest) = (self.num / self.den, self.num % self.den);
        let rest = rest.unsigned_abs();
        let other = self.den.unsigned_abs() - rest;
        let away = match rounding {
            Rounding::Up => rest > 0,
            Rounding::Down => false,
            Rounding::HalfUp => rest >= other,
            Rounding::HalfDown => rest > other,
        };
        // With a fraction the whole part is at most half of the range, so this cannot overflow.
        if away { whole + self.num.signum() } else { whole }
    }

    /// Rounds to `places` decimals (negative: tens, hundreds, …); `None` where a power of ten does not fit.
    pub fn round_to(self, places: i32, rounding: Rounding) -> Option<Self> {
        let scale = Self::whole(10_i128.checked_pow(places.unsigned_abs())?);
        if places >= 0 {
            Self::whole(self.mul(scale)?.round(rounding)).div(scale)
        } else {
            Self::whole(self.div(scale)?.round(rounding)).mul(scale)
        }
    }

    /// Rounds an amount in fen to whole fen, half up; `None` where it does not fit 64 bits.
    pub fn to_fen_half_up(self) -> Option<i64> {
        i64::try_from(self.round(Rounding::HalfUp)).ok()
    }

    /// The exact decimal text where one exists, such as `-12.05`; else the fraction `1/3`.
    pub fn to_text(self) -> String {
        let Self { num, den } = self.reduced();
        let mut scaled = den;
        let mut places = 0_usize;
        while scaled % 10 == 0 {
            scaled /= 10;
            places += 1;
        }
        let (mut numerator, mut factors) = (Some(num), scaled);
        for (prime, partner) in [(2, 5), (5, 2)] {
            while factors % prime == 0 {
                factors /= prime;
                numerator = numerator.and_then(|value| value.checked_mul(partner));
                places += 1;
            }
        }
        match (numerator, factors) {
            (Some(value), 1) => decimal(value, places),
            _ => format!("{num}/{den}"),
        }
    }

    /// The same number in lowest terms.
    fn reduced(self) -> Self {
        if self.den == 1 {
            return self;
        }
        let divisor = gcd(self.num.unsigned_abs(), self.den.unsigned_abs());
        // `den` is positive, so the divisor is between 1 and `den` and fits.
        let divisor = i128::try_from(divisor).unwrap_or(1);
        Self { num: self.num / divisor, den: self.den / divisor }
    }

    fn combine(self, other: Self, operation: fn(i128, i128) -> Option<i128>) -> Option<Self> {
        if self.den == other.den {
            return Some(Self { num: operation(self.num, other.num)?, den: self.den });
        }
        let (left, right) = (self.reduced(), other.reduced());
        let common = gcd(left.den.unsigned_abs(), right.den.unsigned_abs());
        let common = i128::try_from(common).unwrap_or(1);
        let (left_factor, right_factor) = (right.den / common, left.den / common);
        let num =
            operation(left.num.checked_mul(left_factor)?, right.num.checked_mul(right_factor)?)?;
        Some(Self { num, den: left.den.checked_mul(left_factor)? })
    }
}

/// Compares without overflow: by cross product where it fits, else by continued fractions.
fn compare(left: Exact, right: Exact) -> Ordering {
    if let (Some(a), Some(b)) = (left.num.checked_mul(right.den), right.num.checked_mul(left.den)) {
        return a.cmp(&b);
    }
    let (left_floor, right_floor) =
        (left.num.div_euclid(left.den), right.num.div_euclid(right.den));
    if left_floor != right_floor {
        return left_floor.cmp(&right_floor);
    }
    let (left_rest, right_rest) = (left.num.rem_euclid(left.den), right.num.rem_euclid(right.den));
    match (left_rest, right_rest) {
        (0, 0) => Ordering::Equal,
        (0, _) => Ordering::Less,
        (_, 0) => Ordering::Greater,
        // a/b < c/d exactly when d/c < b/a, for parts between 0 and 1.
        _ => compare(
            Exact { num: right.den, den: right_rest },
            Exact { num: left.den, den: left_rest },
        ),
    }
}

pub(crate) fn gcd(mut a: u128, mut b: u128) -> u128 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}

fn decimal(value: i128, places: usize) -> String {
    let digits = format!("{:0>width$}", value.unsigned_abs(), width = places + 1);
    let (whole, fraction) = digits.split_at(digits.len() - places);
    let sign = if value < 0 { "-" } else { "" };
    if fraction.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{fraction}") }
}

impl PartialEq for Exact {
    fn eq(&self, other: &Self) -> bool {
        compare(*self, *other).is_eq()
    }
}

impl Eq for Exact {}

impl PartialOrd for Exact {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Exact {
    fn cmp(&self, other: &Self) -> Ordering {
        compare(*self, *other)
    }
}

impl fmt::Display for Exact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.to_text())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn fraction(num: i128, den: i128) -> Exact {
        Exact::new(num, den).expect("denominator of the table is not zero")
    }

    #[test]
    fn numbers_are_written_as_exact_decimals_or_fractions() {
        for (num, den, text) in [
            (0, 7, "0"),
            (5, 100, "0.05"),
            (-1205, 100, "-12.05"),
            (1, 3, "1/3"),
            (1, 8, "0.125"),
            (1_000, 10, "100"),
            (7, -20, "-0.35"),
        ] {
            assert_eq!(fraction(num, den).to_text(), text);
        }
    }

    #[test]
    fn doubles_become_the_number_they_stand_for() {
        for (value, expected) in [
            (0.5, Some(fraction(1, 2))),
            (-3.0, Some(Exact::whole(-3))),
            (1e15, Some(Exact::whole(1_000_000_000_000_000))),
            (f64::NAN, None),
            (f64::INFINITY, None),
            (1e300, None),
        ] {
            assert_eq!(Exact::from_f64(value), expected, "{value}");
        }
        assert_ne!(Exact::from_f64(0.1), Some(fraction(1, 10)), "0.1 is not a tenth");
    }

    #[test]
    fn amounts_are_rounded_half_away_from_zero() {
        for (num, den, fen) in
            [(5, 2, 3), (-5, 2, -3), (249, 100, 2), (1, 2, 1), (499_999, 1_000_000, 0)]
        {
            assert_eq!(fraction(num, den).to_fen_half_up(), Some(fen));
        }
        assert_eq!(Exact::whole(i128::MAX).to_fen_half_up(), None);
    }

    #[test]
    fn what_does_not_fit_is_none_and_not_wrapped() {
        let huge = Exact::whole(i128::MAX);
        assert_eq!(huge.add(Exact::ONE), None);
        assert_eq!(huge.mul(Exact::whole(2)), None);
        let half = huge.mul(fraction(2, 4));
        assert_eq!(half.and_then(|half| half.mul(Exact::whole(2))), Some(huge));
        assert_eq!(Exact::ONE.div(Exact::ZERO), None);
        assert_eq!(Exact::new(1, 0), None);
    }

    #[test]
    fn comparison_never_overflows() {
        let near = fraction(i128::MAX, i128::MAX - 1);
        let nearer = fraction(i128::MAX - 1, i128::MAX - 2);
        assert!(near < nearer && near > Exact::ONE);
    }

    proptest! {
        #[test]
        fn arithmetic_of_small_fractions_obeys_the_laws(
            a in -1_000_i128..1_000, b in 1_i128..1_000, c in -1_000_i128..1_000, d in 1_i128..1_000,
        ) {
            let (x, y) = (fraction(a, b), fraction(c, d));
            prop_assert_eq!(x.add(y), y.add(x));
            prop_assert_eq!(x.add(y).and_then(|sum| sum.sub(y)), Some(x));
            prop_assert_eq!(x.mul(y), y.mul(x));
            if c != 0 {
                prop_assert_eq!(x.div(y).and_then(|quotient| quotient.mul(y)), Some(x));
            }
            prop_assert_eq!(x.cmp(&y), (a * d).cmp(&(c * b)));
            prop_assert_eq!(x.cmp(&y), y.cmp(&x).reverse());
        }

        #[test]
        fn rounding_stays_within_one(num in any::<i64>(), den in 1_i64..10_000) {
            let value = fraction(num.into(), den.into());
            for mode in [Rounding::Up, Rounding::Down, Rounding::HalfUp, Rounding::HalfDown] {
                let gap = Exact::whole(value.round(mode)).sub(value).and_then(Exact::abs);
                prop_assert!(gap.is_some_and(|gap| gap < Exact::ONE));
            }
        }
    }
}
