//! What is parsed is what the specification says, and nothing else.

use proptest::prelude::*;
use vmomi_runtime::chrono::NaiveDateTime;
use vmomi_runtime::{Any, Binary, DateTime};

use super::exact::{DOUBLE, FLOAT};
use super::spec::{self, Float, Time};
use super::{forms, from_xml};
use crate::arbitrary::config;

/// What is expected of a text, in either mode.
fn check<T: PartialEq + std::fmt::Debug>(
    type_name: &str,
    text: &str,
    value: impl Fn(Any) -> Option<T>,
    expected: impl Fn(bool) -> Option<T>,
) {
    for is_strict in [false, true] {
        let found = from_xml(type_name, text, is_strict).ok();
        let found = found.map(|any| value(any).expect("a value of the type"));
        assert_eq!(found, expected(is_strict), "{text:?}, strict: {is_strict}");
    }
}

/// The same of a text in JSON, where the type has one.
#[cfg(all(feature = "json", feature = "serde"))]
fn check_json<T: PartialEq + std::fmt::Debug>(
    type_name: &str,
    text: &str,
    value: impl Fn(Any) -> Option<T>,
    expected: impl Fn(bool) -> Option<T>,
) {
    for is_strict in [false, true] {
        let found = super::from_json(type_name, text, is_strict).ok();
        let found = found.map(|any| value(any).expect("a value of the type"));
        assert_eq!(found, expected(is_strict), "{text:?}, strict: {is_strict}");
    }
}

/// The same of a number in JSON, in either mode.
#[cfg(all(feature = "json", feature = "serde"))]
fn check_json_number<T: PartialEq + std::fmt::Debug>(
    type_name: &str,
    number: &str,
    value: impl Fn(Any) -> Option<T>,
    expected: Option<T>,
) {
    for is_strict in [false, true] {
        let found = super::from_json_value(type_name, number, is_strict).ok();
        let found = found.map(|any| value(any).expect("a value of the type"));
        assert_eq!(found, expected, "{number} as {type_name}");
    }
}

#[cfg(all(feature = "json", feature = "serde"))]
const NEGATIVE_ZERO: Float = Float::Finite {
    is_negative: true,
    multiple: 0,
    exponent: 0,
};

/// The double nearest to a number, unless it is beyond all of them.
#[cfg(all(feature = "json", feature = "serde"))]
fn double_of(number: &str) -> Option<Float> {
    let found = spec::float(number, DOUBLE, true);
    found.filter(|float| matches!(float, Float::Finite { .. }))
}

/// The float nearest to that.
#[cfg(all(feature = "json", feature = "serde"))]
fn float_of(number: &str) -> Option<Float> {
    double_of(number)?;
    // More digits than any double has.
    let exact = format!("{:.1100}", number.parse::<f64>().expect("a number"));
    let found = spec::float(&exact, FLOAT, true);
    found.filter(|float| matches!(float, Float::Finite { .. }))
}

fn integer(any: Any) -> Option<i64> {
    match any {
        Any::Byte(value) => Some(value.into()),
        Any::Short(value) => Some(value.into()),
        Any::Int(value) => Some(value.into()),
        Any::Long(value) => Some(value),
        _ => None,
    }
}

/// A float as the specification describes its values.
fn float(any: Any) -> Option<Float> {
    let (value, bits) = match any {
        Any::Float(value) => (f64::from(value), 24),
        Any::Double(value) => (value, 53),
        _ => return None,
    };
    Some(described(value, bits))
}

pub fn described(value: f64, bits: i64) -> Float {
    let is_negative = value.is_sign_negative();
    if value.is_nan() {
        return Float::NotANumber;
    }
    if value.is_infinite() {
        return Float::Infinite { is_negative };
    }
    let raw = value.to_bits();
    let fraction = raw & ((1 << 52) - 1);
    let exponent = i64::try_from(raw >> 52 & 0x7FF).expect("eleven bits");
    let (mut multiple, mut exponent) = match exponent {
        0 => (fraction, -1074),
        exponent => (fraction | 1 << 52, exponent - 1075),
    };
    // As many bits as the type has, or as many as the least exponent leaves.
    let (width, least) = if bits == 24 { (24, -149) } else { (53, -1074) };
    while multiple >= 1 << width || (exponent < least && multiple != 0) {
        assert_eq!(multiple % 2, 0, "a float of that width");
        multiple /= 2;
        exponent += 1;
    }
    if multiple == 0 {
        exponent = 0;
    }
    Float::Finite {
        is_negative,
        multiple,
        exponent,
    }
}

fn time(any: Any) -> Option<Time> {
    match any {
        Any::DateTime(value) => Some(described_time(value)),
        _ => None,
    }
}

pub fn described_time(value: DateTime) -> Time {
    let offset = i64::from(value.offset().local_minus_utc());
    assert_eq!(offset % 60, 0);
    Time {
        local: value.timestamp() + offset,
        nanoseconds: value.timestamp_subsec_nanos(),
        offset: offset / 60,
    }
}

/// What the specification says, as far as the type has such years.
fn expected_time(text: &str, is_strict: bool) -> Option<Time> {
    let seconds = |time: NaiveDateTime| time.and_utc().timestamp();
    let all = seconds(NaiveDateTime::MIN)..=seconds(NaiveDateTime::MAX);
    spec::date_time(text, is_strict)
        .filter(|time| all.contains(&time.local) && all.contains(&time.utc()))
}

fn binary(any: Any) -> Option<Vec<u8>> {
    match any {
        Any::Binary(Binary(bytes)) => Some(bytes),
        _ => None,
    }
}

fn boolean(any: Any) -> Option<bool> {
    match any {
        Any::Bool(value) => Some(value),
        _ => None,
    }
}

fn many() -> ProptestConfig {
    let config = config();
    ProptestConfig {
        cases: config.cases * 4,
        ..config
    }
}

proptest! {
    #![proptest_config(many())]

    #[test]
    fn booleans(text in forms::near(forms::boolean())) {
        check("boolean", &text, boolean, |_| spec::boolean(&text));
    }

    #[test]
    fn integers(text in forms::near(forms::integer())) {
        for (name, bits) in [("byte", 8), ("short", 16), ("int", 32), ("long", 64)] {
            check(name, &text, integer, |_| spec::integer(&text, bits));
        }
    }

    #[test]
    fn floats(text in forms::near(forms::float())) {
        check("float", &text, float, |is_strict| spec::float(&text, FLOAT, is_strict));
        check("double", &text, float, |is_strict| spec::float(&text, DOUBLE, is_strict));
    }

    #[test]
    fn times(text in forms::near(forms::date_time())) {
        check("dateTime", &text, time, |is_strict| expected_time(&text, is_strict));
        #[cfg(all(feature = "json", feature = "serde"))]
        check_json("dateTime", &text, time, |is_strict| expected_time(&text, is_strict));
    }

    #[test]
    fn bytes(text in forms::near(forms::base64())) {
        check("base64Binary", &text, binary, |_| spec::base64(&text));
        #[cfg(all(feature = "json", feature = "serde"))]
        check_json("binary", &text, binary, |_| spec::base64(&text));
    }

    /// Whole numbers are exact, others the nearest double, and that the nearest float. None is
    /// rounded to what it is not: a whole number, or infinity.
    #[test]
    #[cfg(all(feature = "json", feature = "serde"))]
    fn numbers_of_json(text in forms::json_number()) {
        let whole = |bits| match text.contains(['.', 'e', 'E']) {
            false => spec::integer(&text, bits),
            // The parser has the same for these as for `-0`.
            true => (double_of(&text)? == NEGATIVE_ZERO).then_some(0),
        };
        for (name, bits) in [("byte", 8), ("short", 16), ("int", 32), ("long", 64)] {
            check_json_number(name, &text, integer, whole(bits));
        }
        check_json_number("double", &text, float, double_of(&text));
        check_json_number("float", &text, float, float_of(&text));
    }

    /// JSON has numbers of its own, so that of the texts only the names count.
    #[test]
    #[cfg(all(feature = "json", feature = "serde"))]
    fn names_of_floats_in_json(text in forms::near(forms::float())) {
        let has_digits = text.contains(|digit: char| digit.is_ascii_digit());
        let name = |is_strict| spec::float(&text, DOUBLE, is_strict).filter(|_| !has_digits);
        check_json("float", &text, float, name);
        check_json("double", &text, float, name);
    }
}

/// The forms that a reader of the specification would try first.
#[test]
fn forms_of_times() {
    let at = |local: i64, nanoseconds, offset| {
        Some(Time {
            local,
            nanoseconds,
            offset,
        })
    };
    for (text, expected) in [
        ("1970-01-01T00:00:00Z", at(0, 0, 0)),
        ("1970-01-01T24:00:00Z", at(86_400, 0, 0)),
        ("1970-01-01T24:00:00.000-00:00", at(86_400, 0, 0)),
        ("1969-12-31T24:00:00+14:00", at(0, 0, 14 * 60)),
        ("1970-01-01T00:00:00.0000000009", at(0, 0, 0)),
        ("1970-01-01T00:00:00.9999999999", at(0, 999_999_999, 0)),
        ("10000-01-01T00:00:00Z", at(253_402_300_800, 0, 0)),
        ("0000-02-29T00:00:00Z", at(-62_162_121_600, 0, 0)),
        ("-0000-02-29T00:00:00Z", at(-62_162_121_600, 0, 0)),
        ("-0001-12-31T00:00:00Z", at(-62_167_305_600, 0, 0)),
        (
            "262142-12-31T23:59:59.999999999Z",
            at(8_210_266_876_799, 999_999_999, 0),
        ),
        ("262143-01-01T00:00:00Z", None),
        ("262142-12-31T24:00:00Z", None),
        ("262142-12-31T23:59:59-00:01", None),
        ("-262143-01-01T00:00:00Z", at(-8_334_601_228_800, 0, 0)),
        ("-262143-01-01T00:00:00+00:01", None),
        ("1970-01-01T23:59:60Z", None),
        ("1970-01-01T24:00:00.1Z", None),
        ("1970-01-01T24:00:01Z", None),
        ("1970-01-01T24:00:00.0000000001Z", None),
        ("1970-02-29T00:00:00Z", None),
        ("1900-02-29T00:00:00Z", None),
        ("02000-01-01T00:00:00Z", None),
        ("+2000-01-01T00:00:00Z", None),
        ("200-01-01T00:00:00Z", None),
        ("1970-01-01T00:00:00.Z", None),
        ("1970-01-01T00:00:00\u{2212}01:00", None),
        ("1970-01-01T00:00:00+01:60", None),
        ("1970-01-01T00:00:00+24:00", None),
        ("1970-01-01T00:00:00 Z", None),
        ("\u{A0}1970-01-01T00:00:00Z", None),
        ("1970-01-01T00:00:00Z\u{C}", None),
    ] {
        // A form feed is not XML, so it is a mark there, and not white space either.
        let found = from_xml("dateTime", text, false).ok().and_then(time);
        assert_eq!(found, expected, "{text}");
        assert_eq!(expected_time(text, false), expected, "{text}");
    }
    for text in [
        "1970-01-01t00:00:00Z",
        "1970-01-01T00:00:00z",
        "1970-01-01T00:00:00+14:01",
        "1970-01-01T00:00:00-23:59",
    ] {
        assert!(from_xml("dateTime", text, false).is_ok(), "{text}");
        assert!(from_xml("dateTime", text, true).is_err(), "{text}");
    }
}

#[test]
fn forms_of_floats_that_only_others_write() {
    for text in [
        "inf",
        "-inf",
        "+Infinity",
        "-INFINITY",
        "nan",
        "NAN",
        "-NaN",
        "+nan",
    ] {
        for name in ["float", "double"] {
            assert!(from_xml(name, text, false).is_ok(), "{text}");
            assert!(from_xml(name, text, true).is_err(), "{text}");
        }
    }
    for text in ["INF", "+INF", "-INF", "NaN", "\t-INF\n"] {
        assert!(from_xml("double", text, true).is_ok(), "{text}");
    }
    for text in [
        "infinit",
        "0x1p3",
        "1.#INF",
        "--inf",
        "+-inf",
        "\u{A0}INF",
        "inf inity",
    ] {
        assert!(from_xml("double", text, false).is_err(), "{text}");
    }
}
