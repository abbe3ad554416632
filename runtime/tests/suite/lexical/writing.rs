//! What is written is a form of the specification, means what was written, and is read again.

use proptest::prelude::*;
use vmomi_runtime::chrono::{FixedOffset, NaiveDateTime, TimeDelta, Timelike};
use vmomi_runtime::{Any, Binary, DateTime, to_xml};

use super::exact::{DOUBLE, FLOAT};
use super::parsing::{described, described_time};
use super::spec;
use crate::arbitrary::config;
use crate::documents::strict;
use crate::support::*;

/// The text of the element that holds the value, which is the same when it is read again.
fn written(any: &Any) -> String {
    let xml = to_xml("v", any, &SERVICE).expect("it can be written");
    let read: Any = vmomi_runtime::decode::from_xml(xml.as_bytes(), &TYPES, &strict())
        .unwrap_or_else(|error| panic!("{error} in {xml}"));
    // NaN differs from itself, and 0 does not differ from -0.
    assert_eq!(format!("{read:?}"), format!("{any:?}"), "{xml}");
    let text = xml.strip_suffix("</v>").expect("the end");
    text[text.rfind('>').expect("a tag") + 1..].to_owned()
}

/// The same for JSON: the text, or the digits.
#[cfg(all(feature = "json", feature = "serde"))]
fn written_as_json(any: &Any) -> String {
    let json = serde_json::to_string(any).expect("it can be written");
    let read: Any = vmomi_runtime::json::from_json(json.as_bytes(), &TYPES, &strict())
        .unwrap_or_else(|error| panic!("{error} in {json}"));
    assert_eq!(format!("{read:?}"), format!("{any:?}"), "{json}");
    let value = json.strip_suffix('}').expect("the end");
    let value = &value[value.find("_value\":").expect("a value") + "_value\":".len()..];
    value.trim_matches('"').to_owned()
}

/// Texts of the value in all protocols.
fn texts(any: &Any) -> Vec<String> {
    vec![
        written(any),
        #[cfg(all(feature = "json", feature = "serde"))]
        written_as_json(any),
    ]
}

fn is_float(value: f32) {
    for text in texts(&Any::Float(value)) {
        let expected = Some(described(value.into(), 24));
        assert_eq!(spec::float(&text, FLOAT, true), expected, "{text}");
    }
}

fn is_double(value: f64) {
    for text in texts(&Any::Double(value)) {
        let expected = Some(described(value, 53));
        assert_eq!(spec::float(&text, DOUBLE, true), expected, "{text}");
    }
}

fn is_long(value: i64) {
    for text in texts(&Any::Long(value)) {
        assert_eq!(spec::integer(&text, 64), Some(value), "{text}");
    }
}

fn is_binary(bytes: Vec<u8>) {
    for text in texts(&Any::Binary(Binary(bytes.clone()))) {
        assert_eq!(spec::base64(&text).as_ref(), Some(&bytes), "{text}");
    }
}

/// A time, whose offset the schema may not have.
fn is_time(value: DateTime) {
    let expected = described_time(value.to_utc().fixed_offset());
    let xml = to_xml("v", &value, &SERVICE).expect("it can be written");
    let read: DateTime = vmomi_runtime::decode::from_xml(xml.as_bytes(), &TYPES, &strict())
        .unwrap_or_else(|error| panic!("{error} in {xml}"));
    assert_eq!(read, value, "{xml}");
    let text = xml.strip_suffix("</v>").expect("the end");
    let text = &text[text.rfind('>').expect("a tag") + 1..];
    let found = spec::date_time(text, true).unwrap_or_else(|| panic!("{text}"));
    assert_eq!(
        (found.utc(), found.nanoseconds),
        (expected.local, expected.nanoseconds)
    );
    let offset = value.offset().local_minus_utc();
    if offset % 60 == 0
        && offset.abs() <= 14 * 3600
        && value
            .naive_utc()
            .checked_add_offset(*value.offset())
            .is_some()
    {
        assert_eq!(found.offset * 60, i64::from(offset), "{text}");
        #[cfg(all(feature = "json", feature = "serde"))]
        assert_eq!(written_as_json(&Any::DateTime(value)), text);
    } else {
        assert_eq!(found.offset, 0, "{text}");
    }
}

fn time_with(utc: NaiveDateTime, offset: i32) -> DateTime {
    let offset = FixedOffset::east_opt(offset).expect("an offset");
    DateTime::from_naive_utc_and_offset(utc, offset)
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn any_float(bits in any::<u32>()) {
        is_float(f32::from_bits(bits));
    }

    #[test]
    fn any_double(bits in any::<u64>()) {
        is_double(f64::from_bits(bits));
    }

    #[test]
    fn any_long(value in any::<i64>(), shift in 0..64_u32) {
        is_long(value >> shift);
    }

    #[test]
    fn any_bytes(bytes in prop::collection::vec(any::<u8>(), 0..100)) {
        is_binary(bytes);
    }

    #[test]
    fn any_time(
        seconds in 0..=(NaiveDateTime::MAX - NaiveDateTime::MIN).num_seconds(),
        nanoseconds in prop_oneof![Just(0), 0..1_000_000_000_u32],
        offset in prop_oneof![-86_399..86_400, (-840..=840).prop_map(|minutes: i32| minutes * 60)],
    ) {
        let utc = NaiveDateTime::MIN + TimeDelta::seconds(seconds);
        is_time(time_with(utc.with_nanosecond(nanoseconds).expect("a time"), offset));
    }
}

#[test]
fn extremes() {
    for value in [
        0.0,
        -0.0,
        f32::MIN,
        f32::MAX,
        f32::MIN_POSITIVE,
        f32::EPSILON,
        f32::INFINITY,
    ] {
        is_float(value);
        is_float(-value);
    }
    is_float(f32::from_bits(1));
    is_float(f32::NAN);
    for value in [
        0.0,
        -0.0,
        f64::MIN,
        f64::MAX,
        f64::MIN_POSITIVE,
        f64::EPSILON,
        f64::INFINITY,
    ] {
        is_double(value);
        is_double(-value);
    }
    is_double(f64::from_bits(1));
    is_double(f64::NAN);
    for bits in 0..64 {
        let power = 1_i64 << bits;
        for value in [power.wrapping_sub(1), power, power.wrapping_neg(), !power] {
            is_long(value);
        }
    }
    for bytes in [0, 1, 2, 3, 4, 1 << 20] {
        is_binary(vec![0xFF; bytes]);
    }
}

/// The first and the last that there are, also where the offset leads beyond them.
#[test]
fn extreme_times() {
    let second = TimeDelta::nanoseconds(1);
    for utc in [
        NaiveDateTime::MIN,
        NaiveDateTime::MIN + second,
        NaiveDateTime::MAX - second,
        NaiveDateTime::MAX,
        NaiveDateTime::default(),
    ] {
        for offset in [
            0,
            60,
            -60,
            1,
            -1,
            14 * 3600,
            -14 * 3600,
            14 * 3600 + 60,
            86_399,
            -86_399,
        ] {
            is_time(time_with(utc, offset));
        }
    }
    for (year, text) in [
        (-262_143, "-262143-01-01T00:00:00Z"),
        (-1, "-0001-01-01T00:00:00Z"),
        (0, "0000-01-01T00:00:00Z"),
        (1, "0001-01-01T00:00:00Z"),
        (9999, "9999-01-01T00:00:00Z"),
        (10_000, "10000-01-01T00:00:00Z"),
    ] {
        let date = chrono::NaiveDate::from_ymd_opt(year, 1, 1).expect("a date");
        let time = time_with(date.and_time(chrono::NaiveTime::MIN), 0);
        assert_eq!(written(&Any::DateTime(time)), text);
    }
}

/// The schema has none, so the second after it is written.
#[test]
fn leap_seconds() {
    for (utc, text) in [
        ("2016-12-31T23:59:60Z", "2017-01-01T00:00:00Z"),
        ("2016-12-31T23:59:60.25Z", "2017-01-01T00:00:00.250Z"),
        (
            "2017-01-01T01:59:60.5+02:00",
            "2017-01-01T02:00:00.500+02:00",
        ),
    ] {
        let leap = DateTime::parse_from_rfc3339(utc).expect("a leap second");
        let xml = to_xml("v", &leap, &SERVICE).expect("it can be written");
        assert!(xml.ends_with(&format!(">{text}</v>")), "{xml}");
    }
    let last = NaiveDateTime::MAX
        .with_nanosecond(1_999_999_999)
        .expect("a leap second");
    let xml = to_xml("v", &time_with(last, 0), &SERVICE).expect("it can be written");
    assert!(
        xml.ends_with(">262142-12-31T23:59:59.999999999Z</v>"),
        "{xml}"
    );
}
