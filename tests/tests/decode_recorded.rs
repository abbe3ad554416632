//! Every recorded response decodes, nothing of it is lost, and it encodes to what it was.

#![expect(clippy::expect_used, reason = "a test says by a panic what went wrong")]

#[path = "support/responses.rs"]
mod responses;

use roxmltree::Document;
use vmomi::Any;
use vmomi::runtime::decode::{Answer, DecodeOptions};
use vmomi::runtime::json::from_json;
use vmomi::runtime::to_xml;
use vmomi::vim25::VirtualMachineConfigInfo;
use vmomi_tests::json::types_last;
use vmomi_tests::recorded::{self, Exchange};
use vmomi_tests::xml::Comparison;

use responses::{in_pieces, types_of, values_in, values_of};

fn decode(exchange: &Exchange, strict: bool, piece: usize) -> Answer {
    let mut options = DecodeOptions::default();
    options.keep_unknown = true;
    options.strict = strict;
    in_pieces(&exchange.operation, &exchange.response, &options, piece)
        .unwrap_or_else(|error| panic!("{exchange}: {error}"))
}

#[test]
fn every_response_decodes_and_encodes_to_the_same() {
    let Some(exchanges) = recorded::exchanges_or_skip() else {
        return;
    };
    let comparison = Comparison::default().tolerating_one_sided_types();
    let mut compared = 0;
    for exchange in &exchanges {
        let answer = decode(exchange, true, usize::MAX);
        let service = types_of(&exchange.operation).service;
        let items = values_of(&exchange.operation, answer);
        let original = Document::parse(&exchange.response)
            .unwrap_or_else(|error| panic!("{exchange}: {error}"));
        let originals = values_in(&original);
        assert_eq!(originals.len(), items.len(), "{exchange}");
        for (original, item) in originals.iter().zip(&items) {
            let name = original.tag_name().name();
            let encoded =
                to_xml(name, item, service).unwrap_or_else(|error| panic!("{exchange}: {error}"));
            let again =
                Document::parse(&encoded).unwrap_or_else(|error| panic!("{exchange}: {error}"));
            comparison
                .elements(*original, again.root_element())
                .unwrap_or_else(|mismatch| panic!("{exchange}: {mismatch}\n{encoded}"));
            compared += 1;
        }
    }
    assert!(compared >= exchanges.len() / 2, "only {compared} compared");
}

#[test]
fn every_response_is_the_same_after_passing_through_json() {
    let Some(exchanges) = recorded::exchanges_or_skip() else {
        return;
    };
    let mut compared = 0;
    for exchange in &exchanges {
        let answer = decode(exchange, false, usize::MAX);
        let types = types_of(&exchange.operation);
        for item in values_of(&exchange.operation, answer) {
            let xml = to_xml("returnval", &item, types.service)
                .unwrap_or_else(|error| panic!("{exchange}: {error}"));
            let json = serde_json::to_string(&item).expect("values can be written");
            // With the types where they are written, and behind everything else.
            for json in [json.clone(), types_last(&json)] {
                let mut options = DecodeOptions::default();
                options.keep_unknown = true;
                let again: Any = from_json(json.as_bytes(), types, &options)
                    .unwrap_or_else(|error| panic!("{exchange}: {error}"));
                let again = to_xml("returnval", &again, types.service)
                    .unwrap_or_else(|error| panic!("{exchange}: {error}"));
                assert_eq!(again, xml, "{exchange}");
            }
            compared += 1;
        }
    }
    assert!(compared >= exchanges.len() / 2, "only {compared} compared");
}

#[test]
fn the_size_of_the_pieces_makes_no_difference() {
    let Some(exchanges) = recorded::exchanges_or_skip() else {
        return;
    };
    for exchange in &exchanges {
        let whole = decode(exchange, false, usize::MAX);
        for piece in [1, 7, 1460] {
            assert_eq!(
                decode(exchange, false, piece),
                whole,
                "{exchange} by {piece}"
            );
        }
    }
}

#[test]
fn a_copy_is_equal_and_independent() {
    let Some(exchanges) = recorded::exchanges_or_skip() else {
        return;
    };
    for exchange in &exchanges {
        let answer = decode(exchange, false, usize::MAX);
        let copy = answer.clone();
        assert_eq!(copy, answer, "{exchange}");
        drop(answer);
        assert!(!format!("{copy:?}").is_empty());
    }
}

/// The response of a server of the future, which has another type wherever one extends another.
fn with_future_types(response: &str) -> String {
    let mut parts = response.split("xsi:type=\"");
    let mut newer = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let kept = [
            "xsd:",
            "ArrayOf",
            "ManagedObjectReference",
            "VirtualMachineConfigInfo",
        ];
        newer.push_str("xsi:type=\"");
        if !kept.iter().any(|kept| part.starts_with(kept)) {
            newer.push_str("Future");
        }
        newer.push_str(part);
    }
    newer
}

#[test]
fn types_of_the_future_fail_nothing_and_cost_nothing_that_is_known() {
    let Some(exchanges) = recorded::exchanges_or_skip() else {
        return;
    };
    let mut devices_seen = 0;
    for exchange in &exchanges {
        let newer = Exchange {
            response: with_future_types(&exchange.response),
            ..exchange.clone()
        };
        let Answer::Value(Any::Object(object)) = decode(&newer, false, usize::MAX) else {
            continue;
        };
        let Some(config) = object.downcast_ref::<VirtualMachineConfigInfo>() else {
            continue;
        };
        let Answer::Value(Any::Object(before)) = decode(exchange, false, usize::MAX) else {
            panic!("{exchange}: another type than before");
        };
        let before = before.downcast_ref::<VirtualMachineConfigInfo>();
        let before = &before.map_or(&[][..], |config| &config.hardware.device);
        for (device, before) in config.hardware.device.iter().zip(*before) {
            let name = device.extra.type_name().map(|name| name.local.to_string());
            let expected = format!("Future{}", before.type_info().name());
            assert_eq!(name, Some(expected), "{exchange}");
            assert_eq!(device.key, before.key, "{exchange}");
            devices_seen += 1;
        }
    }
    assert!(devices_seen > 5, "only {devices_seen} devices");
}
