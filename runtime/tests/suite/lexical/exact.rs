//! Decimal numbers to floats by exact arithmetic: `floatingPointRound` of XML Schema 1.1 part 2,
//! appendix E.

use std::cmp::Ordering;

/// A whole number of any size: its digits to the base 2³², the lowest first, without leading zeros.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Natural(Vec<u32>);

/// A kind of float: how many bits it has, and the range of its exponent.
#[derive(Clone, Copy, Debug)]
pub struct Width {
    bits: u32,
    least: i64,
    greatest: i64,
}

pub const FLOAT: Width = Width {
    bits: 24,
    least: -149,
    greatest: 104,
};

pub const DOUBLE: Width = Width {
    bits: 53,
    least: -1074,
    greatest: 971,
};

impl Natural {
    fn new(value: u32) -> Self {
        let mut number = Self(vec![value]);
        number.normalise();
        number
    }

    fn normalise(&mut self) {
        while self.0.last() == Some(&0) {
            self.0.pop();
        }
    }

    /// `self * factor + summand`
    fn times_plus(&mut self, factor: u32, summand: u32) {
        let mut carry = u64::from(summand);
        for digit in &mut self.0 {
            let product = u64::from(*digit) * u64::from(factor) + carry;
            *digit = u32::try_from(product & u64::from(u32::MAX)).expect("the lower half");
            carry = product >> 32;
        }
        self.0.push(u32::try_from(carry).expect("the upper half"));
        self.normalise();
    }

    fn doubled(&mut self) {
        self.times_plus(2, 0);
    }

    fn shift(&mut self, bits: u64) {
        for _ in 0..bits / 31 {
            self.times_plus(1 << 31, 0);
        }
        self.times_plus(1 << (bits % 31), 0);
    }

    /// How many bits it has.
    fn length(&self) -> i64 {
        let last = self.0.last().map_or(0, |digit| 32 - digit.leading_zeros());
        let before = self.0.len().saturating_sub(1) * 32;
        i64::try_from(before).expect("a length") + i64::from(last)
    }

    fn minus(&mut self, other: &Self) {
        let mut borrow = 0_i64;
        for (at, digit) in self.0.iter_mut().enumerate() {
            let other = other.0.get(at).copied().unwrap_or_default();
            let difference = i64::from(*digit) - i64::from(other) - borrow;
            borrow = i64::from(difference < 0);
            *digit = u32::try_from(difference.rem_euclid(1 << 32)).expect("a digit");
        }
        assert_eq!(borrow, 0, "more is taken than there is");
        self.normalise();
    }

    fn compare(&self, other: &Self) -> Ordering {
        let lengths = self.0.len().cmp(&other.0.len());
        lengths.then_with(|| self.0.iter().rev().cmp(other.0.iter().rev()))
    }
}

/// The float nearest to `digits * 10^exponent`, as a whole number times a power of two; of two that
/// are equally near the even one. `None` where it is infinite.
pub fn nearest(digits: &str, exponent: i64, width: Width) -> Option<(u64, i64)> {
    let digits = digits.trim_start_matches('0');
    let magnitude = exponent.saturating_add(i64::try_from(digits.len()).expect("a length"));
    if digits.is_empty() || magnitude < -400 {
        return Some((0, 0));
    }
    if magnitude > 400 {
        return None;
    }
    let mut numerator = Natural::new(0);
    for digit in digits.bytes() {
        numerator.times_plus(10, u32::from(digit - b'0'));
    }
    let mut denominator = Natural::new(1);
    let scaled = if exponent < 0 {
        &mut denominator
    } else {
        &mut numerator
    };
    for _ in 0..exponent.unsigned_abs() {
        scaled.times_plus(10, 0);
    }
    round(numerator, denominator, width)
}

fn round(mut numerator: Natural, mut denominator: Natural, width: Width) -> Option<(u64, i64)> {
    // Scaled by a power of two, so that the quotient has all the bits of the type, or fewer where
    // the exponent is the least there is.
    let bits = i64::from(width.bits);
    let estimate = numerator.length() - denominator.length() - bits;
    let mut exponent = estimate.max(width.least);
    if exponent < 0 {
        numerator.shift(exponent.unsigned_abs());
    } else {
        denominator.shift(exponent.unsigned_abs());
    }
    let mut limit = denominator.clone();
    limit.shift(bits.unsigned_abs());
    if numerator.compare(&limit) != Ordering::Less {
        denominator.doubled();
        exponent += 1;
    }
    let (mut quotient, rest) = divide(numerator, &denominator, width.bits);
    let mut twice = rest;
    twice.doubled();
    let is_nearer_above = match twice.compare(&denominator) {
        Ordering::Less => false,
        Ordering::Equal => quotient % 2 == 1,
        Ordering::Greater => true,
    };
    quotient += u64::from(is_nearer_above);
    if quotient == 0 {
        return Some((0, 0));
    }
    if quotient == 1 << width.bits {
        quotient /= 2;
        exponent += 1;
    }
    (exponent <= width.greatest).then_some((quotient, exponent))
}

/// A quotient of at most so many bits, and the rest.
fn divide(numerator: Natural, denominator: &Natural, bits: u32) -> (u64, Natural) {
    let mut multiples = vec![denominator.clone()];
    for at in 0..bits as usize {
        let mut next = multiples[at].clone();
        next.doubled();
        multiples.push(next);
    }
    let mut rest = numerator;
    let mut quotient = 0;
    for multiple in multiples.iter().rev() {
        quotient *= 2;
        if rest.compare(multiple) != Ordering::Less {
            rest.minus(multiple);
            quotient += 1;
        }
    }
    (quotient, rest)
}
