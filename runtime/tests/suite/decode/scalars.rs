//! Texts to scalars.

use vmomi_runtime::Any;
use vmomi_runtime::chrono::{Offset, Timelike};

use crate::documents::{decode, decode_as, decode_with, lenient};
use crate::erased::sample::time;
use crate::support::*;

fn is_refused(name: &str, text: &str) -> bool {
    decode_with::<Any>(&format!("xsi:type='xsd:{name}'"), text, &lenient()).is_err()
}

#[test]
fn white_space_is_trimmed_from_all_but_strings() {
    let object: Everything = decode(
        "<flag>\n true\t</flag><int> 5 </int><double> 0.5\n</double><state> poweredOn </state>\
         <time> 2024-01-01T00:00:00Z </time><blob> A Q\n= = </blob><vm type='VirtualMachine'>\nvm-1 </vm>\
         <text> a\n b </text>",
    );
    assert!(object.flag);
    assert_eq!(
        (object.int, object.double, &object.state),
        (5, 0.5, &PowerState::PoweredOn)
    );
    assert_eq!(
        (object.time, &*object.blob),
        (time("2024-01-01T00:00:00Z"), &[1][..])
    );
    assert_eq!((object.vm.value(), &*object.text), ("vm-1", " a\n b "));
}

#[test]
fn numbers_have_the_range_of_their_type() {
    for (name, low, high, too_low, too_high) in [
        ("byte", "-128", "127", "-129", "128"),
        ("short", "-32768", "32767", "-32769", "32768"),
        (
            "int",
            "-2147483648",
            "2147483647",
            "-2147483649",
            "2147483648",
        ),
        (
            "long",
            "-9223372036854775808",
            "9223372036854775807",
            "-9223372036854775809",
            "9223372036854775808",
        ),
    ] {
        for text in [low, high, "+1", "-0", "007"] {
            assert!(!is_refused(name, text), "{name} {text}");
        }
        for text in [
            too_low, too_high, "", " ", "1.0", "1e3", "0x1", "1 2", "--1", "٣", "1_000",
        ] {
            assert!(is_refused(name, text), "{name} {text}");
        }
    }
}

#[test]
fn booleans_are_written_in_four_ways() {
    for (text, value) in [("true", true), ("1", true), ("false", false), ("0", false)] {
        assert_eq!(
            decode_as::<Any>("xsi:type='xsd:boolean'", text),
            Any::Bool(value)
        );
    }
    for text in ["", "True", "yes", "2", "t"] {
        assert!(is_refused("boolean", text), "{text}");
    }
}

#[test]
fn floats_follow_the_rules_of_xml_schema() {
    for (text, value) in [
        ("0", 0.0),
        ("-1.5", -1.5),
        ("1e3", 1000.0),
        ("1E-3", 0.001),
        (".5", 0.5),
        ("5.", 5.0),
        ("INF", f64::INFINITY),
        ("-INF", f64::NEG_INFINITY),
        ("1.7976931348623157E308", f64::MAX),
        ("1e999", f64::INFINITY),
    ] {
        assert_eq!(
            decode_as::<Any>("xsi:type='xsd:double'", text),
            Any::Double(value),
            "{text}"
        );
    }
    let Any::Float(value) = decode_as("xsi:type='xsd:float'", "NaN") else {
        panic!()
    };
    assert!(value.is_nan());
    for text in ["", "infinit", "1,5", "1e", "0x1p3", "e5", "+"] {
        assert!(
            is_refused("double", text) && is_refused("float", text),
            "{text}"
        );
    }
}

#[test]
fn times_have_any_fraction_and_zone() {
    let read = |text: &str| match decode_as("xsi:type='xsd:dateTime'", text) {
        Any::DateTime(time) => time,
        other => panic!("{other:?}"),
    };
    for digits in 1..=9 {
        let text = format!("2017-05-30T18:54:17.{}Z", &"123456789"[..digits]);
        let nanoseconds = format!("{:0<9}", &"123456789"[..digits]);
        assert_eq!(read(&text).nanosecond().to_string(), nanoseconds, "{text}");
    }
    assert_eq!(
        read("2017-05-30T18:54:17.1234567891234Z").nanosecond(),
        123_456_789
    );
    assert_eq!(
        read("2017-05-30T18:54:17Z"),
        read("2017-05-30T20:54:17+02:00")
    );
    let negative = read("2017-05-30T18:54:17-08:00");
    assert_eq!(negative.offset().fix().local_minus_utc(), -8 * 3600);
    assert_eq!(
        read("2017-05-30T18:54:17"),
        read("2017-05-30T18:54:17Z"),
        "no zone is UTC"
    );
    assert_eq!(
        read("2017-05-30T18:54:17.5"),
        read("2017-05-30T18:54:17.5Z")
    );
    assert_eq!(
        read("0001-01-01T00:00:00Z"),
        time("0001-01-01T00:00:00Z"),
        "an unset time in Go"
    );
    for text in [
        "",
        "2017-05-30",
        "18:54:17",
        "2017-05-30 18:54:17Z",
        "2017-13-30T18:54:17Z",
        "now",
        "2017-05-30T18:54Z",
        "2017-05-30T18:54:17+2",
    ] {
        assert!(is_refused("dateTime", text), "{text}");
    }
}

#[test]
fn bytes_may_be_broken_into_lines() {
    let read = |text: &str| match decode_as("xsi:type='xsd:base64Binary'", text) {
        Any::Binary(bytes) => bytes.0,
        other => panic!("{other:?}"),
    };
    assert_eq!(read("AAEC\n AwQF\r\n"), [0, 1, 2, 3, 4, 5]);
    assert_eq!(read(""), [0_u8; 0]);
    assert_eq!(read("/+8="), [255, 239]);
    for text in ["A", "AA=A", "A*==", "AQ=", "_-8="] {
        assert!(is_refused("base64Binary", text), "{text}");
    }
}
