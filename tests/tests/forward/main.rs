//! A server of the future: every recorded response is changed at every place in the ways in which
//! newer servers differ from older ones. Nothing of it fails to decode; what was known is all there;
//! what is unknown can be got at and is sent again. Strict decoding tells each, with its place.

#![expect(clippy::expect_used, reason = "a test says by a panic what went wrong")]

#[path = "../support/responses.rs"]
mod responses;

mod place;
mod recorded;

use roxmltree::{Document, Node};
use vmomi::Any;
use vmomi::reflect::{ListRef, ObjectRef, ValueRef};
use vmomi::runtime::decode::{DecodeError, DecodeErrorKind};

use place::{Content, Place, places};
use recorded::{Recorded, all};

/// Calls the test with every place of every response; returns how many there were.
fn at_every_place(mut test: impl FnMut(&Recorded, &Place) -> bool) -> Option<usize> {
    let mut tested = 0;
    for response in &all()? {
        for place in &places(&response.text) {
            if test(response, place) {
                tested += 1;
            }
        }
    }
    Some(tested)
}

/// That as many places were tested as the recorded conversations have at least.
fn assert_tested(tested: Option<usize>, at_least: usize) {
    if let Some(tested) = tested {
        assert!(tested >= at_least, "only {tested} places");
    }
}

fn assert_reported(
    response: &Recorded,
    place: &Place,
    changed: &str,
    child: Option<&str>,
    is_expected: impl Fn(&DecodeErrorKind) -> bool,
) {
    let Err(error) = response.decode_strictly(changed) else {
        panic!(
            "{}: not reported at {}\n{changed}",
            response.name, place.path
        );
    };
    assert!(
        is_expected(error.kind()) && place.has_path(error.path(), child),
        "{}: {error} at {} {child:?}",
        response.name,
        place.path
    );
}

/// Whether an error names what was put into a response, or would if it were not in a secret field.
fn is_future(name: &str) -> bool {
    matches!(name, "future" | "(secret)")
}

#[test]
fn responses_as_recorded_deviate_from_nothing() {
    let Some(responses) = all() else { return };
    for response in responses {
        let strictly = response.decode_strictly(&response.text);
        assert_eq!(strictly, Ok(response.answer.clone()), "{}", response.name);
    }
}

#[test]
fn unknown_types() {
    let tested = at_every_place(|response, place| {
        if place.content != Content::Object {
            return false;
        }
        let changed = place.with_type(&response.text, "FutureThing");
        let values = response.values(response.decode(&changed));
        let mut found = Unknown::default();
        values.iter().for_each(|value| found.look_into(value));
        assert_eq!(
            found.types,
            ["FutureThing"],
            "{}: {}",
            response.name,
            place.path
        );
        response.assert_encodes(&values, &changed, |_, encoded| encoded);
        assert_reported(
            response,
            place,
            &changed,
            None,
            |kind| matches!(kind, DecodeErrorKind::UnknownType { found, .. } if found == "FutureThing"),
        );
        true
    });
    assert_tested(tested, 300);
}

/// What the schema does not have, in the values of an answer.
#[derive(Default)]
struct Unknown {
    types: Vec<String>,
}

impl Unknown {
    fn look_into(&mut self, value: &Any) {
        match value {
            Any::Object(object) => self.look_into_object(object.as_object()),
            Any::Array(array) => self.look_into_list(ListRef::of_array(array)),
            Any::Unknown(element) => {
                let names = element.type_name.iter();
                self.types.extend(names.map(|name| name.local.to_string()));
            }
            _ => {}
        }
    }

    fn look_into_list(&mut self, list: ListRef<'_>) {
        list.iter().for_each(|item| self.look_into_value(item));
    }

    fn look_into_value(&mut self, value: ValueRef<'_>) {
        match value {
            ValueRef::Object(object) => self.look_into_object(object),
            ValueRef::List(list) => self.look_into_list(list),
            ValueRef::Any(any) => self.look_into(any),
            _ => {}
        }
    }

    fn look_into_object(&mut self, object: ObjectRef<'_>) {
        let extra = object.extra();
        self.types
            .extend(extra.type_name().map(|name| name.local.to_string()));
        // What the declared type has is where it belongs, and not among what is unknown.
        for element in extra.elements() {
            assert!(object.get(&element.name.local).is_none(), "{element:?}");
        }
        for (_, value) in object.fields() {
            self.look_into_value(value);
        }
    }
}

/// An element of another namespace, with attributes and more elements.
const ELEMENT: &str = r#"<f:future xmlns:f="urn:future" f:a="&lt;" b="2"><f:name>n</f:name><count>1</count></f:future>"#;

#[test]
fn unknown_elements() {
    let tested = at_every_place(|response, place| {
        let text = &response.text;
        let before = &response.answer;
        let last = place.with_child(text, usize::MAX, ELEMENT);
        match place.content {
            Content::Object => {
                let kept = response.decode_keeping(&last);
                for at in [0, place.children.len() / 2] {
                    let changed = place.with_child(text, at, ELEMENT);
                    assert_eq!(&response.decode(&changed), before, "{}", response.name);
                    assert_eq!(response.decode_keeping(&changed), kept, "{}", response.name);
                }
                assert_eq!(&response.decode(&last), before, "{}", response.name);
                response.assert_encodes(&response.values(kept), &last, |_, encoded| encoded);
            }
            // Within a text it is passed over.
            Content::Leaf => assert_eq!(&response.decode(&last), before, "{}", response.name),
            // An item, whatever its name is.
            Content::List => return false,
        }
        assert_reported(
            response,
            place,
            &last,
            None,
            |kind| matches!(kind, DecodeErrorKind::UnknownElement(name) if is_future(name)),
        );
        true
    });
    assert_tested(tested, 1000);
}

#[test]
fn unknown_attributes() {
    let tested = at_every_place(|response, place| {
        let attributes = r#"future="1" xmlns:f="urn:future" f:a="&lt;""#;
        let changed = place.with_attribute(&response.text, attributes);
        assert_eq!(response.decode(&changed), response.answer);
        if place.content == Content::Object {
            let kept = response.values(response.decode_keeping(&changed));
            response.assert_encodes(&kept, &changed, |_, encoded| encoded);
        }
        assert_reported(
            response,
            place,
            &changed,
            None,
            |kind| matches!(kind, DecodeErrorKind::UnknownAttribute(name) if is_future(name)),
        );
        true
    });
    assert_tested(tested, 1000);
}

/// Which leaf holds an enum the decoder knows: strict decoding refuses a value there by that name.
#[test]
fn unknown_enum_values() {
    let tested = at_every_place(|response, place| {
        if place.content != Content::Leaf {
            return false;
        }
        let changed = place.with_content(&response.text, "valueOfTheFuture");
        let reported = response.decode_strictly(&changed);
        let Err(error) = reported.as_ref() else {
            return false;
        };
        if !matches!(error.kind(), DecodeErrorKind::UnknownValue { .. }) {
            return false;
        }
        assert_eq!(error.found(), Some("(16 bytes)"));
        assert!(
            place.has_path(error.path(), None),
            "{error} at {}",
            place.path
        );
        let values = response.values(response.decode(&changed));
        response.assert_encodes(&values, &changed, |_, encoded| encoded);
        true
    });
    assert_tested(tested, 50);
}

/// They deviate from nothing, and change nothing.
#[test]
fn further_namespaces() {
    let tested = at_every_place(|response, place| {
        let changed = place.with_attribute(&response.text, r#"xmlns:f="urn:future""#);
        let strictly = response.decode_strictly(&changed);
        assert_eq!(strictly, Ok(response.answer.clone()), "{}", response.name);
        true
    });
    assert_tested(tested, 1000);
}

#[test]
fn elements_in_another_order() {
    let tested = at_every_place(|response, place| {
        let changed = place.reversed(&response.text);
        let Some(changed) = changed.filter(|_| place.content == Content::Object) else {
            return false;
        };
        assert_eq!(response.decode(&changed), response.answer);
        let second = place.children.iter().rev();
        let last = place.children.last().map(|child| &child.name);
        let second = second
            .map(|child| &child.name)
            .find(|name| Some(*name) != last);
        assert_reported(
            response,
            place,
            &changed,
            second.map(String::as_str),
            |kind| matches!(kind, DecodeErrorKind::OutOfOrder(_)),
        );
        true
    });
    assert_tested(tested, 200);
}

#[test]
fn elements_twice() {
    let mut lists = 0;
    let tested = at_every_place(|response, place| {
        if place.content != Content::Object {
            return false;
        }
        for child in &place.children {
            let changed = place.with_twice(&response.text, child);
            match response.decode_strictly(&changed) {
                Ok(longer) => {
                    lists += 1;
                    let values = response.values(longer);
                    response.assert_encodes(&values, &changed, |_, encoded| encoded);
                }
                Err(error) => {
                    assert_eq!(error.found(), Some(&*child.name), "{error}");
                    assert!(
                        matches!(error.kind(), DecodeErrorKind::Repeated(_)),
                        "{error}"
                    );
                    assert!(place.has_path(error.path(), Some(&child.name)), "{error}");
                    assert_eq!(response.decode(&changed), response.answer, "{error}");
                }
            }
        }
        true
    });
    assert_tested(tested, 200);
    assert_tested(tested.map(|_| lists), 50);
}

#[test]
fn elements_that_are_missing() {
    let mut required = 0;
    let tested = at_every_place(|response, place| {
        if place.content != Content::Object {
            return false;
        }
        for (index, child) in place.children.iter().enumerate() {
            let changed = place.without(&response.text, child);
            let values = response.values(response.decode(&changed));
            let strictly = response.decode_strictly(&changed);
            let is_required = strictly.as_ref().err().map(DecodeError::kind).is_some_and(
                |kind| matches!(kind, DecodeErrorKind::Missing(name) if *name == child.name),
            );
            if is_required {
                required += 1;
                let error = strictly.expect_err("it is missing");
                assert!(
                    place.has_path(error.path(), None),
                    "{error} at {}",
                    place.path
                );
            } else {
                assert!(strictly.is_ok(), "{}: {strictly:?}", response.name);
            }
            response.assert_encodes(&values, &changed, |value, encoded| {
                if is_required && value == place.steps[0] {
                    // What is required is sent, as the default that it was set to.
                    without_default(&encoded, &place.steps[1..], index, &child.name)
                } else {
                    encoded
                }
            });
        }
        true
    });
    assert_tested(tested, 200);
    assert_tested(tested.map(|_| required), 300);
}

/// The document without the child with this number of an element, if it has this name.
fn without_default(encoded: &str, steps: &[usize], index: usize, name: &str) -> String {
    let document = Document::parse(encoded).expect("what is encoded is XML");
    let children = |element: Node<'_, '_>, index| {
        element
            .children()
            .filter(Node::is_element)
            .nth(index)
            .map(|child| child.id())
    };
    let mut element = document.root_element();
    for step in steps {
        let child = children(element, *step).and_then(|id| document.get_node(id));
        element = child.expect("the same elements as before");
    }
    let child = children(element, index).and_then(|id| document.get_node(id));
    match child.filter(|child| child.tag_name().name() == name) {
        Some(child) => [
            &encoded[..child.range().start],
            &encoded[child.range().end..],
        ]
        .concat(),
        None => encoded.to_owned(),
    }
}
