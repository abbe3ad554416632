//! What is refused, where it stands, and what is not shown of it.

use vmomi_runtime::erased::Returned;
use vmomi_runtime::{Any, Dyn};

use super::{read_with, try_read};
use crate::documents::strict;
use crate::support::*;

fn error_of<R: Returned>(text: &str) -> String {
    match try_read::<R>(text) {
        Ok(_) => panic!("{text} is taken"),
        Err(error) => error.to_string(),
    }
}

#[test]
fn a_path_leads_to_the_value() {
    let text = r#"{"_typeName":"VirtualHardware","device":[
        {"_typeName":"VirtualDisk","key":1},
        {"_typeName":"VirtualDisk","shares":{"_typeName":"SharesInfo","shares":"many"}}]}"#;
    let error = error_of::<VirtualHardware>(text);
    assert!(
        error.starts_with("at device[1]/shares/shares: expected xsd:int, found another text"),
        "{error}"
    );
    assert!(error.contains("line 3"), "{error}");
}

#[test]
fn a_path_counts_the_items_of_arrays() {
    let error =
        error_of::<Any>(r#"{"_typeName":"ArrayOfSharesInfo","_value":[{},{"shares":1.5}]}"#);
    assert!(error.starts_with("at SharesInfo[1]/shares: "), "{error}");
    let error = error_of::<Vec<i32>>("[1,2,true]");
    assert!(
        error.starts_with("at [2]: expected xsd:int, found a boolean"),
        "{error}"
    );
}

/// Also where it was kept until the type was known.
#[test]
fn a_path_is_the_same_wherever_the_type_is_named() {
    let error = error_of::<Dyn<VirtualDevice>>(r#"{"key":"k","_typeName":"VirtualDisk"}"#);
    assert!(error.starts_with("at key: expected xsd:int"), "{error}");
}

#[test]
fn numbers_are_checked_for_their_range() {
    for (kind, fits, too_large) in [
        ("byte", "127", "128"),
        ("short", "-32768", "-32769"),
        ("int", "2147483647", "2147483648"),
        ("long", "-9223372036854775808", "9223372036854775808"),
        ("float", "3.4e38", "3.5e38"),
    ] {
        let text = |value| format!(r#"{{"{kind}":{value}}}"#);
        assert!(try_read::<Everything>(&text(fits)).is_ok(), "{kind}");
        let error = error_of::<Everything>(&text(too_large));
        assert!(
            error.starts_with(&format!("at {kind}: expected xsd:{kind}")),
            "{error}"
        );
    }
}

/// Rather than changed to the nearest that the type has.
#[test]
fn no_number_becomes_another() {
    for text in [
        r#"{"int":1.0}"#,
        r#"{"int":1e3}"#,
        r#"{"int":1E-1}"#,
        r#"{"int":-0.5}"#,
        r#"{"long":9223372036854775808}"#,
        r#"{"long":18446744073709551616}"#,
        r#"{"long":1e400}"#,
        r#"{"float":1e39}"#,
        r#"{"float":18446744073709551616e30}"#,
        r#"{"double":1e309}"#,
        r#"{"double":-1e400}"#,
        r#"{"double":NaN}"#,
        r#"{"double":INF}"#,
        r#"{"double":"1.0"}"#,
        r#"{"double":"1e3"}"#,
        r#"{"flag":0}"#,
    ] {
        error_of::<Everything>(text);
    }
}

#[test]
fn other_types_of_json_are_refused() {
    for text in [
        r#"{"int":"1"}"#,
        r#"{"int":1.0}"#,
        r#"{"int":[1]}"#,
        r#"{"int":{}}"#,
        r#"{"flag":1}"#,
        r#"{"flag":"true"}"#,
        r#"{"text":1}"#,
        r#"{"double":"1"}"#,
        r#"{"double":"no number"}"#,
        r#"{"time":0}"#,
        r#"{"time":"yesterday"}"#,
        r#"{"blob":"*"}"#,
        r#"{"state":1}"#,
        r#"{"ints":1}"#,
        r#"{"ints":{"0":1}}"#,
        r#"{"ints":[[1]]}"#,
        r#"{"boxed":"text"}"#,
        r#"{"boxed":[]}"#,
        r#"{"device":7}"#,
        r#"{"vm":"vm-1"}"#,
        r#"{"vm":{"type":"VirtualMachine"}}"#,
        r#"{"vm":{"type":1,"value":"vm-1"}}"#,
        r#"{"any":{"_typeName":"int","_value":"1"}}"#,
        r#"{"any":{"_typeName":"int"}}"#,
        r#"{"any":{"_typeName":"ArrayOfInt","_value":1}}"#,
        r#"{"any":{"_typeName":5}}"#,
        r#"{"_typeName":"Everything""#,
        "[]",
        "",
    ] {
        error_of::<Everything>(text);
    }
}

#[test]
fn a_value_of_another_type_is_told() {
    let error = error_of::<VirtualDevice>(r#"{"_typeName":"VirtualDisk"}"#);
    assert!(
        error.starts_with("expected VirtualDevice, found VirtualDisk"),
        "{error}"
    );
    let error = error_of::<SharesInfo>("null");
    assert!(
        error.starts_with("expected SharesInfo, found nothing"),
        "{error}"
    );
}

#[test]
fn no_error_shows_a_secret() {
    for text in [
        r#"{"pin":"hunter2"}"#,
        r#"{"password":{"a":"hunter2"}}"#,
        r#"{"password":["hunter2"]}"#,
        r#"{"passwords":"hunter2"}"#,
        r#"{"credentials":"hunter2"}"#,
        r#"{"credentials":{"shares":"hunter2"}}"#,
        r#"{"credentials":{"_value":"hunter2"}}"#,
    ] {
        let error = error_of::<Everything>(text);
        assert!(!error.contains("hunter2"), "{error}");
    }
}

#[test]
fn strict_reading_reports_what_is_unknown() {
    for (text, expected) in [
        (r#"{"future":1}"#, "future"),
        (r#"{"device":{"_typeName":"FutureDevice"}}"#, "FutureDevice"),
        (r#"{"device":{"_typeName":"SharesInfo"}}"#, "SharesInfo"),
        (r#"{"any":{"_typeName":"Future"}}"#, "Future"),
        (r#"{"state":"exploded"}"#, "PowerState: (8 bytes)"),
        (
            r#"{"any":{"_typeName":"PowerState","_value":"exploded"}}"#,
            "PowerState: (8 bytes)",
        ),
    ] {
        assert!(try_read::<Everything>(text).is_ok(), "{text}");
        let error = match read_with::<Everything>(text, &strict()) {
            Ok(_) => panic!("{text} is taken"),
            Err(error) => error.to_string(),
        };
        assert!(error.contains(expected), "{error}");
    }
}
