//! What a text is by XML Schema 1.1 part 2, from its grammars in sections 3.3 and 3.4.
//! Straightforward code that shares nothing with the implementation.

use super::exact::{self, Width};

/// `whiteSpace="collapse"`: section 4.3.6.
fn collapse(text: &str) -> String {
    let words = text.split([' ', '\t', '\n', '\r']);
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    words.join(" ")
}

/// Section 3.3.2.
pub fn boolean(text: &str) -> Option<bool> {
    match &*collapse(text) {
        "true" | "1" => Some(true),
        "false" | "0" => Some(false),
        _ => None,
    }
}

/// Sections 3.4.16 to 3.4.19: an optional sign and digits, for a type with so many bits.
pub fn integer(text: &str, bits: u32) -> Option<i64> {
    let text = collapse(text);
    let (is_negative, digits) = signed(&text);
    if digits.is_empty() || !digits.bytes().all(|digit| digit.is_ascii_digit()) {
        return None;
    }
    let significant = digits.trim_start_matches('0');
    if significant.len() > 19 {
        return None;
    }
    let magnitude = significant.chars().fold(0_i128, |number, digit| {
        number * 10 + i128::from(u32::from(digit) - u32::from('0'))
    });
    let number = if is_negative { -magnitude } else { magnitude };
    let limit = 1_i128 << (bits - 1);
    if number < -limit || number >= limit {
        return None;
    }
    i64::try_from(number).ok()
}

fn signed(text: &str) -> (bool, &str) {
    match text.chars().next() {
        Some('-') => (true, &text[1..]),
        Some('+') => (false, &text[1..]),
        _ => (false, text),
    }
}

/// A value of a float: the one that all of its kind share, or a number of whole multiples of a
/// power of two.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Float {
    NotANumber,
    Infinite {
        is_negative: bool,
    },
    Finite {
        is_negative: bool,
        multiple: u64,
        exponent: i64,
    },
}

/// Sections 3.3.4 and 3.3.5. Unless `strict`, also what the project parses beyond them.
pub fn float(text: &str, width: Width, strict: bool) -> Option<Float> {
    let text = collapse(text);
    let (is_negative, unsigned) = signed(&text);
    match (&*text, unsigned) {
        ("NaN", _) => return Some(Float::NotANumber),
        (_, "INF") => return Some(Float::Infinite { is_negative }),
        _ if strict => {}
        (_, unsigned) => match &*unsigned.to_ascii_lowercase() {
            "nan" => return Some(Float::NotANumber),
            "inf" | "infinity" => return Some(Float::Infinite { is_negative }),
            _ => {}
        },
    }
    let (mantissa, power) = match unsigned.split_once(['e', 'E']) {
        Some((mantissa, power)) => (mantissa, Some(power)),
        None => (unsigned, None),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let all_digits = |digits: &str| digits.chars().all(|digit| digit.is_ascii_digit());
    if !all_digits(whole) || !all_digits(fraction) || (whole.is_empty() && fraction.is_empty()) {
        return None;
    }
    let mut exponent = 0_i64;
    if let Some(power) = power {
        let (is_below_one, digits) = signed(power);
        if digits.is_empty() || !all_digits(digits) {
            return None;
        }
        // More than that is infinite or zero, whatever the digits.
        let digits = digits.trim_start_matches('0');
        let size: i64 = if digits.len() > 9 {
            1_000_000_000
        } else {
            format!("0{digits}").parse().expect("few digits")
        };
        exponent = if is_below_one { -size } else { size };
    }
    exponent -= i64::try_from(fraction.len()).expect("a length");
    let digits = format!("{whole}{fraction}");
    Some(match exact::nearest(&digits, exponent, width) {
        None => Float::Infinite { is_negative },
        Some((multiple, exponent)) => Float::Finite {
            is_negative,
            multiple,
            exponent,
        },
    })
}

/// A point on the time line, and the offset that it was written with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Time {
    /// Seconds since 1970 in the time zone written.
    pub local: i64,
    /// The first nine digits of the fraction.
    pub nanoseconds: u32,
    /// In minutes east of UTC.
    pub offset: i64,
}

impl Time {
    pub fn utc(&self) -> i64 {
        self.local - self.offset * 60
    }
}

/// Section 3.3.7. Unless `strict`, also what the project parses beyond it.
pub fn date_time(text: &str, strict: bool) -> Option<Time> {
    let mut text = collapse(text);
    if !strict {
        text = text.replace('t', "T").replace('z', "Z");
    }
    let (date, rest) = text.split_once('T')?;
    let (is_negative, date) = match date.strip_prefix('-') {
        Some(date) => (true, date),
        None => (false, date),
    };
    let [year, month, day] = parts(date, '-')?;
    let is_year = year.len() == 4 || (year.len() > 4 && !year.starts_with('0'));
    if !is_year || year.len() > 12 {
        return None;
    }
    let year = digits(year)?;
    let year = if is_negative { -year } else { year };
    let month = two_digits(month, 1, 12)?;
    let day = two_digits(day, 1, days_in_month(year, month))?;

    let (time, offset) = zone(rest, strict)?;
    let [hour, minute, second] = parts(time, ':')?;
    let (second, fraction) = match second.split_once('.') {
        Some((_, "")) => return None,
        Some((second, fraction)) => (second, fraction),
        None => (second, ""),
    };
    digits(&format!(
        "0{}",
        fraction.replace(|digit: char| digit.is_ascii_digit(), "")
    ))?;
    let minute = two_digits(minute, 0, 59)?;
    let second = two_digits(second, 0, 59)?;
    let hour = if hour == "24" {
        if minute != 0 || second != 0 || fraction.contains(|digit| digit != '0') {
            return None;
        }
        24
    } else {
        two_digits(hour, 0, 23)?
    };
    let nine: String = format!("{fraction}000000000").chars().take(9).collect();
    Some(Time {
        local: days_before(year, month, day) * 86_400 + hour * 3600 + minute * 60 + second,
        nanoseconds: nine.parse().expect("nine digits"),
        offset,
    })
}

/// The time without its zone, and the minutes that the zone is east of UTC.
fn zone(text: &str, strict: bool) -> Option<(&str, i64)> {
    if let Some(time) = text.strip_suffix('Z') {
        return Some((time, 0));
    }
    let Some(at) = text.find(['+', '-']) else {
        return Some((text, 0));
    };
    let [hours, minutes] = parts(&text[at + 1..], ':')?;
    let minutes = two_digits(hours, 0, 23)? * 60 + two_digits(minutes, 0, 59)?;
    if strict && minutes > 14 * 60 {
        return None;
    }
    let is_west = text[at..].starts_with('-');
    Some((&text[..at], if is_west { -minutes } else { minutes }))
}

/// Exactly so many parts between separators.
fn parts<const N: usize>(text: &str, separator: char) -> Option<[&str; N]> {
    let parts: Vec<&str> = text.split(separator).collect();
    parts.try_into().ok()
}

fn digits(text: &str) -> Option<i64> {
    let is_number = !text.is_empty() && text.chars().all(|digit| digit.is_ascii_digit());
    is_number.then(|| text.parse().ok())?
}

fn two_digits(text: &str, least: i64, greatest: i64) -> Option<i64> {
    let number = digits(text).filter(|_| text.len() == 2)?;
    (least..=greatest).contains(&number).then_some(number)
}

/// `daysInMonth` of appendix E.
fn days_in_month(year: i64, month: i64) -> i64 {
    match month {
        2 if year % 400 == 0 || (year % 4 == 0 && year % 100 != 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// `timeOnTimeline` of appendix E in days, from 1970 on.
fn days_before(year: i64, month: i64, day: i64) -> i64 {
    let before_year = |year: i64| {
        let years = year - 1;
        365 * years + years.div_euclid(4) - years.div_euclid(100) + years.div_euclid(400)
    };
    let before_month: i64 = (1..month).map(|month| days_in_month(year, month)).sum();
    before_year(year) - before_year(1970) + before_month + day - 1
}

/// Section 3.3.16.
pub fn base64(text: &str) -> Option<Vec<u8>> {
    const ALPHABET: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    // After collapsing there is at most one space after a character, and each may have one.
    let text = collapse(text).replace(' ', "");
    if !text.chars().count().is_multiple_of(4) {
        return None;
    }
    let unpadded = text.strip_suffix("==").or_else(|| text.strip_suffix('='));
    let unpadded = unpadded.unwrap_or(&text);
    let padding = text.len() - unpadded.len();
    let mut bits = Vec::new();
    for character in unpadded.chars() {
        let value = ALPHABET.find(character)?;
        bits.extend((0..6).rev().map(|bit| value >> bit & 1));
    }
    // `B16char` and `B04char`: the bits that fill up the last character are 0.
    let kept = bits.len() - padding * 2;
    if bits[kept..].contains(&1) {
        return None;
    }
    let bytes = bits[..kept].chunks(8);
    let byte = |bits: &[usize]| bits.iter().fold(0, |byte, bit| byte * 2 + bit);
    Some(
        bytes
            .map(|bits| u8::try_from(byte(bits)).expect("eight bits"))
            .collect(),
    )
}
