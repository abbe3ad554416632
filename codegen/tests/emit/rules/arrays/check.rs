//! `ArrayOfX` is a list in an `Any`, also as the type of a field, and where it holds further arrays.

use vmomi_runtime::decode::{DecodeOptions, from_xml};
use vmomi_runtime::{Any, AnyArray, to_xml};

use super::api::test::{Holder, SERVICE, TYPES};
use crate::round_trip;

pub fn check() {
    let numbers = || Any::Array(AnyArray::Int(vec![1, 2]));
    let holder = Holder {
        numbers: numbers(),
        lists: vec![numbers(), Any::Array(AnyArray::Int(Vec::new()))],
        any: Some(Any::Array(AnyArray::String(vec!["a".into()]))),
        ..Default::default()
    };
    round_trip::same(&TYPES, &holder);
    for (of, inner) in [
        (
            "ArrayOfThing",
            "<Thing><n>1</n></Thing><Thing xsi:type=\"Special\"><n>1</n><m>2</m></Thing>",
        ),
        ("ArrayOfColor", "<Color>red</Color><Color>mauve</Color>"),
        (
            "ArrayOfAnyType",
            "<anyType xsi:type=\"xsd:int\" xmlns:xsd=\"http://www.w3.org/2001/XMLSchema\">1</anyType>",
        ),
        (
            "ArrayOfArrayOfInt",
            "<ArrayOfInt><int>1</int><int>2</int></ArrayOfInt><ArrayOfInt/>",
        ),
        ("ArrayOfOdd", "<odd>urn:a</odd><odd>urn:b</odd>"),
    ] {
        let xml = format!(
            "<any xmlns=\"urn:test\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:type=\"{of}\">{inner}</any>"
        );
        let read = |xml: &str| -> Any {
            from_xml(xml.as_bytes(), &TYPES, &DecodeOptions::default())
                .unwrap_or_else(|error| panic!("{of}: {error}"))
        };
        let value = read(&xml);
        let known = matches!(value, Any::Array(_));
        assert_eq!(
            known,
            ["ArrayOfThing", "ArrayOfColor", "ArrayOfAnyType"].contains(&of),
            "{value:?}"
        );
        let again = to_xml("any", &value, &SERVICE).expect("encodable");
        assert_eq!(read(&again), value, "nothing is lost: {again}");
    }
}
