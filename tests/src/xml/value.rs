//! Different spellings of one value.
//!
//! XML does not say which type a text has, so two texts are the same value when some type of XML
//! Schema reads them as one: booleans (`1`, `true`), whole numbers (`+007`, `7`), floating-point
//! numbers (`1.50`, `15E-1`), and date-times that differ in trailing zeros of the second's
//! fraction or in how they write the zone of UTC. A date-time's zone is part of the value: the
//! same instant in another zone is not the same.

/// Whether some type reads the two texts, trimmed, as the same value.
pub(super) fn same(left: &str, right: &str) -> bool {
    let (left, right) = (left.trim(), right.trim());
    let booleans = boolean(left).zip(boolean(right));
    let whole = whole_number(left).zip(whole_number(right));
    let instants = date_time(left).zip(date_time(right));
    booleans.is_some_and(|(left, right)| left == right)
        || whole.is_some_and(|(left, right)| left == right)
        // As floating-point numbers, whole ones that differ beyond 53 bits would be the same.
        || (whole.is_none() && same_float(left, right))
        || instants.is_some_and(|(left, right)| left == right)
}

fn boolean(text: &str) -> Option<bool> {
    match text {
        "true" | "1" => Some(true),
        "false" | "0" => Some(false),
        _ => None,
    }
}

/// Whether it is negative, and its digits without leading zeros.
fn whole_number(text: &str) -> Option<(bool, &str)> {
    let (negative, digits) = match text.strip_prefix('-') {
        Some(digits) => (true, digits),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    if !is_digits(digits) {
        return None;
    }
    let digits = digits.trim_start_matches('0');
    Some((negative && !digits.is_empty(), digits))
}

fn same_float(left: &str, right: &str) -> bool {
    match float(left).zip(float(right)) {
        Some((left, right)) => left == right || (left.is_nan() && right.is_nan()),
        None => false,
    }
}

/// Rust reads more than XML Schema's forms, which have no words but these three.
fn float(text: &str) -> Option<f64> {
    match text {
        "INF" => Some(f64::INFINITY),
        "-INF" => Some(f64::NEG_INFINITY),
        "NaN" => Some(f64::NAN),
        _ if text.contains(|c: char| c.is_ascii_alphabetic() && !matches!(c, 'e' | 'E')) => None,
        _ => text.parse().ok(),
    }
}

/// Date and time to the second, the fraction's digits without trailing zeros, and the zone, with
/// `Z` for UTC and nothing for none.
fn date_time(text: &str) -> Option<(&str, &str, &str)> {
    const TO_THE_SECOND: &str = "0000-00-00T00:00:00";
    let (seconds, rest) = text.split_at_checked(TO_THE_SECOND.len())?;
    if !has_shape(seconds, TO_THE_SECOND) {
        return None;
    }
    let (fraction, zone) = match rest.strip_prefix('.') {
        Some(rest) => {
            let end = rest
                .find(|c: char| !c.is_ascii_digit())
                .unwrap_or(rest.len());
            let (fraction, zone) = rest.split_at(end);
            is_digits(fraction).then_some((fraction, zone))?
        }
        None => ("", rest),
    };
    let zone = match zone {
        "" => "",
        "Z" | "+00:00" | "-00:00" => "Z",
        _ if has_shape(zone, "+00:00") || has_shape(zone, "-00:00") => zone,
        _ => return None,
    };
    Some((seconds, fraction.trim_end_matches('0'), zone))
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether the text is like the shape, in which a `0` stands for any digit.
fn has_shape(text: &str, shape: &str) -> bool {
    text.len() == shape.len()
        && text
            .bytes()
            .zip(shape.bytes())
            .all(|(byte, expected)| match expected {
                b'0' => byte.is_ascii_digit(),
                _ => byte == expected,
            })
}

#[cfg(test)]
mod tests {
    use super::same;

    #[test]
    fn spellings_of_one_value_are_the_same() {
        for (left, right) in [
            ("1", "true"),
            ("false", "0"),
            (" true ", "true"),
            ("007", "7"),
            ("+5", "5"),
            ("-0", "0"),
            ("000", "0"),
            ("1.50", "1.5"),
            ("1", "1.0"),
            ("15E-1", "1.5"),
            ("INF", "INF"),
            ("NaN", " NaN"),
            ("2020-01-01T00:00:00Z", "2020-01-01T00:00:00.000000Z"),
            ("2020-01-01T00:00:00.120Z", "2020-01-01T00:00:00.12+00:00"),
            ("2020-01-01T00:00:00-00:00", "2020-01-01T00:00:00Z"),
            ("2020-01-01T00:00:00.5", "2020-01-01T00:00:00.500"),
            (
                "2020-01-01T00:00:00.50-08:00",
                "2020-01-01T00:00:00.5-08:00",
            ),
        ] {
            assert!(same(left, right), "{left:?} and {right:?}");
            assert!(same(right, left), "{right:?} and {left:?}");
        }
    }

    #[test]
    fn different_values_are_told_apart() {
        for (left, right) in [
            ("true", "false"),
            ("True", "true"),
            ("1", "-1"),
            ("5", ""),
            ("", "0"),
            ("10", "1"),
            ("0x10", "16"),
            ("9007199254740993", "9007199254740992"),
            ("1.5", "1.6"),
            ("inf", "INF"),
            ("-INF", "INF"),
            ("nan", "NaN"),
            ("1e5", "1e6"),
            ("a", "b"),
            ("2020-01-01T00:00:00Z", "2020-01-01T00:00:01Z"),
            ("2020-01-01T00:00:00.1Z", "2020-01-01T00:00:00.10001Z"),
            ("2020-01-01T00:00:00Z", "2020-01-01T00:00:00"),
            ("2020-01-01T01:00:00+01:00", "2020-01-01T00:00:00Z"),
            ("2020-01-01T00:00:00.Z", "2020-01-01T00:00:00Z"),
            ("2020-01-01T00:00:00z", "2020-01-01T00:00:00Z"),
            ("2020-01-01T00:00:00é", "2020-01-01T00:00:00"),
        ] {
            assert!(!same(left, right), "{left:?} and {right:?}");
            assert!(!same(right, left), "{right:?} and {left:?}");
        }
    }
}
