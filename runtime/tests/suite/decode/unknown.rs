//! What a newer server sends: nothing of it fails, and nothing that was known is lost.

use vmomi_runtime::{Any, Dyn, Element, Node, QualifiedName, to_xml};

use crate::documents::{decode, decode_as, decode_with, keeping_unknown, lenient};
use crate::support::*;

fn vim(local: &str) -> QualifiedName {
    QualifiedName {
        namespace: "urn:vim25".into(),
        local: local.into(),
    }
}

/// The value, encoded and decoded again.
fn again(object: &Everything) -> Everything {
    let xml = to_xml("value", object, &SERVICE).expect("it can be encoded");
    vmomi_runtime::decode::from_xml(xml.as_bytes(), &TYPES, &keeping_unknown())
        .unwrap_or_else(|error| panic!("{error} in {xml}"))
}

/// Where the schema declares an object, an unknown type is taken for the declared one.
#[test]
fn an_unknown_type_keeps_known_fields_its_name_and_the_rest() {
    const FUTURE: &str =
        "xsi:type='FutureThing'><key>5</key><shares>6</shares><future a='b'>1<x/>2</future>";
    for place in [
        "device",
        "optDevice",
        "devices",
        "inline",
        "boxed",
        "optBoxed",
        "inlines",
    ] {
        let object: Everything = decode(&format!(
            "<int>1</int><{place} {FUTURE}</{place}><pin>2</pin>"
        ));
        assert_eq!((object.int, object.pin), (1, Some(2)), "{place}");
        let (known, extra) = match place {
            "device" => (object.device.key, &object.device.extra),
            "optDevice" => object
                .opt_device
                .as_ref()
                .map(|d| (d.key, &d.extra))
                .expect("set"),
            "devices" => (object.devices[0].key, &object.devices[0].extra),
            "inline" => (object.inline.shares, &object.inline.extra),
            "boxed" => (object.boxed.shares, &object.boxed.extra),
            "optBoxed" => object
                .opt_boxed
                .as_ref()
                .map(|b| (b.shares, &b.extra))
                .expect("set"),
            _ => (object.inlines[0].shares, &object.inlines[0].extra),
        };
        let is_device = place.to_lowercase().contains("device");
        assert_eq!(known, if is_device { 5 } else { 6 }, "{place}");
        assert_eq!(extra.type_name(), Some(&vim("FutureThing")), "{place}");
        let future = extra.elements().last().expect("kept");
        assert_eq!(
            (extra.elements().len(), &*future.name.local),
            (2, "future"),
            "{place}"
        );
        assert_eq!(future.text(), "12");
        assert_eq!(&*future.attributes[0].1, "b");
        assert_eq!(again(&object), object, "{place}");
    }
}

#[test]
fn an_unknown_type_of_any_type_is_kept_whole() {
    for place in ["any", "optAny", "anys"] {
        let object: Everything = decode(&format!(
            "<{place} xsi:type='FutureThing' id='7'><a>1</a><b xsi:type='xsd:int'>2</b></{place}><pin>2</pin>"
        ));
        assert_eq!(object.pin, Some(2), "{place}");
        let any = match place {
            "any" => &object.any,
            "optAny" => object.opt_any.as_ref().expect("set"),
            _ => &object.anys[0],
        };
        let Any::Unknown(element) = any else {
            panic!("{any:?}")
        };
        assert_eq!(any.type_name(), "FutureThing");
        assert_eq!(element.type_name, Some(vim("FutureThing")));
        assert_eq!(
            element.elements().map(Element::text).collect::<Vec<_>>(),
            ["1", "2"]
        );
        let second = element.elements().nth(1).expect("two");
        assert_eq!(
            &*second.type_name.as_ref().expect("typed").namespace,
            "http://www.w3.org/2001/XMLSchema"
        );
        assert_eq!(again(&object), object, "{place}");
    }
}

#[test]
fn unknown_types_of_every_sort_are_kept() {
    for (name, namespace, local) in [
        ("ArrayOfFutureThing", "urn:vim25", "ArrayOfFutureThing"),
        ("xsd:decimal", "http://www.w3.org/2001/XMLSchema", "decimal"),
        ("p:Thing", "urn:p", "Thing"),
        ("undeclared:Thing", "", "undeclared:Thing"),
        ("un:declared:Thing", "", "un:declared:Thing"),
        ("p:q:Thing", "urn:p", "q:Thing"),
        ("a&#58;b", "urn:vim25", "a:b"),
        // By itself it would be that of XML Schema.
        (":long", "urn:vim25", "long"),
        ("v:long", "urn:vim25", "long"),
        (
            "xsd:VirtualDisk",
            "http://www.w3.org/2001/XMLSchema",
            "VirtualDisk",
        ),
        ("p:int", "urn:p", "int"),
    ] {
        let any: Any = decode_as(
            &format!("xmlns:p='urn:p' xmlns:v='urn:vim25' xsi:type='{name}'"),
            "<x>5</x>",
        );
        let Any::Unknown(element) = &any else {
            panic!("{name}: {any:?}")
        };
        let kept = element.type_name.as_ref().expect("kept");
        assert_eq!((&*kept.namespace, &*kept.local), (namespace, local));
        let xml = to_xml("value", &any, &SERVICE).expect("it can be encoded");
        let back: Any =
            vmomi_runtime::decode::from_xml(xml.as_bytes(), &TYPES, &lenient()).expect("XML");
        assert_eq!(back, any, "{xml}");
    }
}

/// An attribute can hold any text, so the name of a type is not always one.
#[test]
fn type_names_that_are_none_go_out_as_they_came() {
    for (sent, name) in [
        ("&lt;a b&gt;", "<a b>"),
        ("\u{1}&#1;", "\u{FFFD}\u{FFFD}"),
        ("&quot;", "\""),
        ("1", "1"),
    ] {
        let object: Everything = decode(&format!(
            "<device xsi:type='{sent}'/><any xsi:type='{sent}'/>"
        ));
        assert_eq!(object.device.extra.type_name(), Some(&vim(name)));
        assert_eq!(object.any.type_name(), name);
        assert_eq!(again(&object), object);
    }
}

#[test]
fn any_value_without_a_type_is_kept() {
    let any: Any = decode_as("id='1'", "text <b>more</b>");
    let Any::Unknown(element) = &any else {
        panic!("{any:?}")
    };
    assert_eq!(
        (element.type_name.as_ref(), element.children.len()),
        (None, 2)
    );
    assert_eq!(element.children[0], Node::Text("text ".into()));
    assert_eq!(any.type_name(), "");
    let object: Everything = decode("<any>plain</any>");
    let Any::Unknown(element) = &object.any else {
        panic!("{:?}", object.any)
    };
    assert_eq!(element.text(), "plain");
    assert_eq!(again(&object), object);
}

#[test]
fn an_unknown_element_is_passed_over_with_all_it_holds() {
    let object: Everything = decode(
        "<future><int>99</int><text>x</text></future><int>1</int><future/><ints>1</ints>\
         <future>a<b><ints>7</ints></b></future><ints>2</ints><pin>3</pin><future>z</future>",
    );
    let expected = Everything {
        int: 1,
        ints: vec![1, 2],
        pin: Some(3),
        ..Default::default()
    };
    assert_eq!(object, expected);
}

#[test]
fn an_unknown_element_is_kept_on_request() {
    const XML: &str = "<int>1</int><future xmlns:f='urn:f' f:a='&lt;' b='2' xsi:nil='true'/>\
        <device xsi:type='VirtualDisk'><future xmlns='urn:g'><deep xmlns=''>\n text \n</deep></future></device>";
    let object: Everything = decode_with("", XML, &keeping_unknown()).expect("XML");
    let [future] = object.extra.elements() else {
        panic!("{object:?}")
    };
    assert_eq!(future.name, vim("future"));
    let attributes: Vec<_> = future
        .attributes
        .iter()
        .map(|(name, value)| (&*name.namespace, &*name.local, &**value))
        .collect();
    assert_eq!(
        attributes,
        [
            ("urn:f", "a", "<"),
            ("", "b", "2"),
            ("http://www.w3.org/2001/XMLSchema-instance", "nil", "true")
        ]
    );
    let [inner] = object.device.extra.elements() else {
        panic!("{object:?}")
    };
    assert_eq!(&*inner.name.namespace, "urn:g");
    let deep = inner.elements().next().expect("one");
    assert_eq!((&*deep.name.namespace, &*deep.text()), ("", "\n text \n"));
    assert!(object.device.extra.type_name().is_none());
    assert_eq!(again(&object), object);
    assert_eq!(
        decode::<Everything>(XML).extra.elements(),
        [],
        "only on request"
    );
}

#[test]
fn unknown_attributes_of_objects_are_kept_on_request_and_those_of_an_unknown_type_always() {
    const ATTRIBUTES: &str = "a='1' p:b='&lt;' xsi:nil='false' xmlns:p='urn:p'";
    let names = |extra: &vmomi_runtime::Extra| -> Vec<String> {
        let attributes = extra.attributes().iter();
        attributes
            .map(|(name, value)| format!("{}:{}={value}", name.namespace, name.local))
            .collect()
    };
    let xml = format!(
        "<inline {ATTRIBUTES}><shares>1</shares></inline><device xsi:type='Future' {ATTRIBUTES}/>"
    );
    let object: Everything = decode_with("", &xml, &keeping_unknown()).expect("XML");
    assert_eq!(names(&object.inline.extra), [":a=1", "urn:p:b=<"]);
    assert_eq!(names(&object.device.extra), [":a=1", "urn:p:b=<"]);
    assert_eq!(again(&object), object);
    let shown = format!("{object:?}");
    assert!(shown.contains(r#"attributes: ["a", "b"]"#), "{shown}");
    let object: Everything = decode(&xml);
    assert_eq!(names(&object.inline.extra), [""; 0]);
    assert_eq!(names(&object.device.extra), [":a=1", "urn:p:b=<"]);
}

#[test]
fn an_unknown_enum_value_is_kept() {
    let object: Everything = decode(
        "<state>future</state><optState> new </optState><states>a</states><states>suspended</states>",
    );
    assert!(matches!(&object.state, PowerState::Unknown(value) if &**value == "future"));
    assert_eq!(object.opt_state.as_ref().map(AsRef::as_ref), Some("new"));
    assert_eq!(object.states, ["a".into(), PowerState::Suspended]);
    assert_eq!(again(&object), object);
}

#[test]
fn elements_within_a_text_are_passed_over() {
    let object: Everything = decode("<text>a<b>x<c/>y</b>d</text><int>1<!-- --><z>9</z>2</int>");
    assert_eq!((&*object.text, object.int), ("ad", 12));
}

#[test]
fn text_between_elements_means_nothing() {
    let device: Dyn<VirtualDevice> = decode("stray<key>1</key> text <unitNumber>2</unitNumber>!");
    assert_eq!((device.key, device.unit_number), (1, Some(2)));
}

/// A type of the schema, at a place where the schema does not allow it.
#[test]
fn a_known_type_in_the_wrong_place_is_taken_for_the_declared_one() {
    let object: Everything = decode(
        "<optDevice xsi:type='SharesInfo'><key>1</key><shares>2</shares></optDevice>\
         <inline xsi:type='VirtualDisk'><key>1</key><shares>2</shares></inline>",
    );
    let device = object.opt_device.as_ref().expect("set");
    assert_eq!(
        (device.key, device.extra.type_name()),
        (1, Some(&vim("SharesInfo")))
    );
    assert_eq!(device.extra.elements()[0].text(), "2");
    assert_eq!(
        (object.inline.shares, object.inline.extra.elements().len()),
        (2, 1)
    );
    assert_eq!(again(&object), object);
}

#[test]
fn debug_names_what_is_kept_and_does_not_show_it() {
    let object: VirtualDevice =
        decode_with("xsi:type='Future'", "<token>hunter2</token>", &lenient()).expect("XML");
    let shown = format!("{object:?}");
    assert!(
        shown.contains(r#"extra: Extra { type: "Future", elements: ["token"] }"#),
        "{shown}"
    );
    let any: Any = decode_as("xsi:type='Future'", "<token>hunter2</token>");
    assert_eq!(format!("{any:?}"), "Unknown(value)");
}
