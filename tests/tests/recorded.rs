//! The recorded conversations are what the tests that read them take them for.

use roxmltree::{Document, Node};
use vmomi_tests::recorded;
use vmomi_tests::xml::equivalent;

const ENVELOPE: &str = "http://schemas.xmlsoap.org/soap/envelope/";

/// The one element within the body of a SOAP envelope.
fn payload<'a, 'input>(document: &'a Document<'input>) -> Option<Node<'a, 'input>> {
    let envelope = document.root_element();
    assert!(envelope.has_tag_name((ENVELOPE, "Envelope")));
    let body = envelope
        .children()
        .find(|child| child.has_tag_name((ENVELOPE, "Body")))?;
    body.first_element_child()
}

#[test]
fn every_file_is_an_envelope_that_holds_what_its_name_says() {
    let Some(exchanges) = recorded::exchanges_or_skip() else {
        return;
    };
    assert!(!exchanges.is_empty());
    for exchange in exchanges {
        let parse =
            |text| Document::parse(text).unwrap_or_else(|error| panic!("{exchange}: {error}"));
        let request = parse(&exchange.request);
        let response = parse(&exchange.response);
        let name = |document| payload(document).map(|node| node.tag_name().name().to_owned());
        assert_eq!(
            name(&request).as_ref(),
            Some(&exchange.operation),
            "{exchange}"
        );
        let answer = name(&response).unwrap_or_default();
        let expected = format!("{}Response", exchange.operation);
        assert!(
            answer == expected || answer == "Fault",
            "{exchange}: {answer}"
        );
    }
}

#[test]
fn a_real_document_is_equivalent_to_itself_alone() {
    let Some(exchanges) = recorded::exchanges_or_skip() else {
        return;
    };
    for exchange in exchanges {
        for text in [&exchange.request, &exchange.response] {
            equivalent(text, text).unwrap_or_else(|mismatch| panic!("{exchange}: {mismatch}"));
        }
        assert!(
            equivalent(&exchange.request, &exchange.response).is_err(),
            "{exchange}"
        );
    }
}
