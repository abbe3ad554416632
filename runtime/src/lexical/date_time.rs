//! `xsd:dateTime`.

use std::fmt::Write as _;

use chrono::{Datelike, FixedOffset, NaiveDate, NaiveDateTime, TimeDelta, Timelike};

use crate::xml::space::trim;

/// An instant with the offset it was written with; `Copy`, 16 bytes.
///
/// From the `chrono` crate, which most Rust programs that handle dates can take as it is.
pub type DateTime = chrono::DateTime<FixedOffset>;

/// The offsets that the schema allows, in seconds.
const MAX_OFFSET: u32 = 14 * 3600;

/// Parses `2024-02-29T23:59:59.25+05:30`: with any number of fraction digits, of which nine count;
/// with `Z`, an offset, or no zone, which is UTC as vSphere has it.
///
/// `24:00:00` is the beginning of the next day. Years before 1 count as in ISO 8601: `0000` is the
/// one before. `None` also for a year beyond those of [`DateTime`], about 262,000 either way.
///
/// Unless `strict`, the other forms of RFC 3339 are parsed too: `t` and `z`, and offsets between
/// 14 and 24 hours.
pub(crate) fn parse(text: &[u8], strict: bool) -> Option<DateTime> {
    let mut rest = Rest(trim(text));
    let date = {
        let year = rest.year()?;
        rest.skip(b'-')?;
        let month = rest.two_digits()?;
        rest.skip(b'-')?;
        NaiveDate::from_ymd_opt(year, month, rest.two_digits()?)?
    };
    rest.skip(b'T').or_else(|| rest.skip_unless(strict, b't'))?;
    let hour = rest.two_digits()?;
    rest.skip(b':')?;
    let minute = rest.two_digits()?;
    rest.skip(b':')?;
    let second = rest.two_digits()?;
    let fraction = rest.fraction()?;
    let local = if hour == 24 {
        let is_midnight = minute == 0 && second == 0 && fraction.is_zero;
        is_midnight.then_some(date.succ_opt()?.and_hms_opt(0, 0, 0)?)?
    } else {
        date.and_hms_nano_opt(hour, minute, second, fraction.nanoseconds)?
    };
    let offset = rest.offset(strict)?;
    if !rest.0.is_empty() {
        return None;
    }
    let utc = local.checked_sub_offset(offset)?;
    Some(DateTime::from_naive_utc_and_offset(utc, offset))
}

/// Returns a form with the offset that the value has, and as many groups of three fraction digits
/// as it needs.
///
/// In UTC where the schema cannot tell the offset, or the year that it leads to. A leap second is
/// written as the second after it, because the schema has no leap seconds.
pub(crate) fn write(value: DateTime) -> String {
    let (local, offset) = local(value);
    let local = without_leap_second(local);
    let mut text = String::with_capacity("2024-02-29T23:59:59.123456789+05:30".len());
    let year = local.year();
    let sign = if year < 0 { "-" } else { "" };
    let (month, day) = (local.month(), local.day());
    let (hour, minute, second) = (local.hour(), local.minute(), local.second());
    // Writing to a string cannot fail.
    let _ = write!(
        text,
        "{sign}{:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}",
        year.unsigned_abs()
    );
    let nanoseconds = local.nanosecond();
    let _ = if nanoseconds == 0 {
        Ok(())
    } else if nanoseconds.is_multiple_of(1_000_000) {
        write!(text, ".{:03}", nanoseconds / 1_000_000)
    } else if nanoseconds.is_multiple_of(1_000) {
        write!(text, ".{:06}", nanoseconds / 1_000)
    } else {
        write!(text, ".{nanoseconds:09}")
    };
    let _ = if offset == 0 {
        text.write_char('Z')
    } else {
        let sign = if offset < 0 { '-' } else { '+' };
        let minutes = offset.unsigned_abs() / 60;
        write!(text, "{sign}{:02}:{:02}", minutes / 60, minutes % 60)
    };
    text
}

/// The time to write, and its offset in seconds.
fn local(value: DateTime) -> (NaiveDateTime, i32) {
    let utc = value.naive_utc();
    let offset = value.offset().local_minus_utc();
    if offset % 60 == 0
        && offset.unsigned_abs() <= MAX_OFFSET
        && let Some(local) = utc.checked_add_offset(*value.offset())
    {
        (local, offset)
    } else {
        (utc, 0)
    }
}

fn without_leap_second(time: NaiveDateTime) -> NaiveDateTime {
    const SECOND: u32 = 1_000_000_000;
    let Some(nanoseconds) = time.nanosecond().checked_sub(SECOND) else {
        return time;
    };
    let next = time.with_nanosecond(nanoseconds);
    next.and_then(|time| time.checked_add_signed(TimeDelta::seconds(1)))
        // After the last second of all there is no other.
        .or_else(|| time.with_nanosecond(SECOND - 1))
        .unwrap_or(time)
}

/// What is still to be parsed.
struct Rest<'t>(&'t [u8]);

/// The digits after the point.
struct Fraction {
    nanoseconds: u32,
    /// Whether all digits are 0, also those that do not count.
    is_zero: bool,
}

impl Rest<'_> {
    fn skip(&mut self, byte: u8) -> Option<()> {
        self.0 = self.0.strip_prefix(&[byte])?;
        Some(())
    }

    /// Skips a byte that is only there in what the schema does not allow.
    fn skip_unless(&mut self, strict: bool, byte: u8) -> Option<()> {
        if strict { None } else { self.skip(byte) }
    }

    fn two_digits(&mut self) -> Option<u32> {
        let (digits, rest) = self.0.split_first_chunk::<2>()?;
        let digit = |byte: u8| byte.is_ascii_digit().then(|| u32::from(byte - b'0'));
        let number = digit(digits[0])? * 10 + digit(digits[1])?;
        self.0 = rest;
        Some(number)
    }

    /// Takes all digits that follow.
    fn digits(&mut self) -> &[u8] {
        let count = self.0.iter().take_while(|byte| byte.is_ascii_digit());
        let (digits, rest) = self.0.split_at(count.count());
        self.0 = rest;
        digits
    }

    /// Four digits, or more that do not begin with 0.
    fn year(&mut self) -> Option<i32> {
        let is_negative = self.skip(b'-').is_some();
        let digits = self.digits();
        if digits.len() < 4 || (digits.len() > 4 && digits[0] == b'0') {
            return None;
        }
        let year = digits.iter().try_fold(0_i32, |year, digit| {
            year.checked_mul(10)?.checked_add((digit - b'0').into())
        })?;
        Some(if is_negative { -year } else { year })
    }

    fn fraction(&mut self) -> Option<Fraction> {
        if self.skip(b'.').is_none() {
            return Some(Fraction {
                nanoseconds: 0,
                is_zero: true,
            });
        }
        let digits = self.digits();
        if digits.is_empty() {
            return None;
        }
        let nine = digits.iter().chain(std::iter::repeat(&b'0')).take(9);
        Some(Fraction {
            nanoseconds: nine.fold(0, |number, digit| number * 10 + u32::from(digit - b'0')),
            is_zero: digits.iter().all(|digit| *digit == b'0'),
        })
    }

    fn offset(&mut self, strict: bool) -> Option<FixedOffset> {
        let is_west = match self.0.first() {
            None => return FixedOffset::east_opt(0),
            Some(b'+') => false,
            Some(b'-') => true,
            Some(_) => {
                self.skip(b'Z').or_else(|| self.skip_unless(strict, b'z'))?;
                return FixedOffset::east_opt(0);
            }
        };
        self.0 = &self.0[1..];
        let hours = self.two_digits()?;
        self.skip(b':')?;
        let minutes = self.two_digits()?;
        let seconds = (hours * 60 + minutes) * 60;
        if hours > 23 || minutes > 59 || (strict && seconds > MAX_OFFSET) {
            return None;
        }
        let seconds = i32::try_from(seconds).ok()?;
        FixedOffset::east_opt(if is_west { -seconds } else { seconds })
    }
}
