//! Limits against hostile and broken servers.

use vmomi_runtime::Any;
use vmomi_runtime::decode::{DecodeErrorKind, DecodeOptions, EnvelopeDecoder, Limit, from_xml};
use vmomi_runtime::erased::Returned;

use crate::documents::{answer_in_pieces, decode_with, fault, lenient, response};
use crate::support::*;

fn limited(change: impl FnOnce(&mut vmomi_runtime::decode::Limits)) -> DecodeOptions {
    let mut options = lenient();
    change(&mut options.limits);
    options
}

fn nested(depth: usize) -> String {
    format!("{}{}", "<a>".repeat(depth), "</a>".repeat(depth))
}

#[test]
fn depth() {
    let options = limited(|limits| limits.depth = 10);
    assert!(decode_with::<Any>("", &nested(9), &options).is_ok());
    for content in [nested(10), format!("<a>{}", "<b>".repeat(100_000))] {
        let error = decode_with::<Any>("", &content, &options).expect_err("too deep");
        assert_eq!(error.kind(), &DecodeErrorKind::Limit(Limit::Depth));
    }
    let error = decode_with::<Any>("", &nested(100_000), &lenient()).expect_err("too deep");
    assert_eq!(
        error.to_string().split(" (byte").next(),
        Some("elements are nested too deep (limit `depth`)")
    );
    // Also where nothing is built of it.
    let error =
        decode_with::<VirtualDevice>("", &nested(100_000), &lenient()).expect_err("too deep");
    assert_eq!(error.kind(), &DecodeErrorKind::Limit(Limit::Depth));
}

#[test]
fn attributes() {
    let attributes = |count: usize| (0..count).map(|n| format!(" a{n}=''")).collect::<String>();
    let inside = format!("<x{}/>", attributes(64));
    assert!(decode_with::<Any>("", &inside, &lenient()).is_ok());
    let beyond = format!("<x{}/>", attributes(65));
    let error = decode_with::<Any>("", &beyond, &lenient()).expect_err("too many");
    assert_eq!(error.kind(), &DecodeErrorKind::Limit(Limit::Attributes));
}

/// Those that are hidden count, and those of elements that have ended do not.
#[test]
fn namespaces() {
    let declarations = |count: usize| " xmlns:a=''".repeat(count);
    let options = limited(|limits| limits.namespaces = 20);
    // The document itself declares three.
    let within = format!("<x{}/>", declarations(17)).repeat(10);
    assert!(decode_with::<Any>("", &within, &options).is_ok());
    let nested = format!("<x{}><x{}/>", declarations(17), declarations(1));
    for beyond in [format!("<x{}/>", declarations(18)), nested] {
        let error = decode_with::<Any>("", &beyond, &options).expect_err("too many");
        assert_eq!(error.kind(), &DecodeErrorKind::Limit(Limit::Namespaces));
    }
    let deep = format!("<x{}>", declarations(60)).repeat(100);
    let error = decode_with::<Any>("", &deep, &lenient()).expect_err("too many");
    assert_eq!(
        error.to_string().split(" (byte").next(),
        Some("too many or too long declarations of namespaces are in force (limit `namespaces`)")
    );

    // Together they may be as long as a tag.
    let long = |count: usize| format!("<x xmlns:a='{}'>", "a".repeat(1000)).repeat(count);
    let options = limited(|limits| limits.tag_bytes = 5000);
    let within = format!("{}{}", long(4), "</x>".repeat(4)).repeat(10);
    assert!(decode_with::<Any>("", &within, &options).is_ok());
    let error = decode_with::<Any>("", &long(5), &options).expect_err("too long");
    assert_eq!(error.kind(), &DecodeErrorKind::Limit(Limit::Namespaces));
}

#[test]
fn length_of_a_tag() {
    let options = limited(|limits| limits.tag_bytes = 200);
    for tag in [
        format!("<x a='{}'/>", "y".repeat(300)),
        format!("<{}/>", "y".repeat(300)),
        format!("<x></x{}>", " ".repeat(300)),
        format!("<?x {}?>", " ".repeat(300)),
        format!("<x a='{}", "y".repeat(300)),
        format!("<x></x{}", " ".repeat(300)),
    ] {
        let error = decode_with::<Any>("", &tag, &options).expect_err("too long");
        assert_eq!(
            error.kind(),
            &DecodeErrorKind::Limit(Limit::TagBytes),
            "{tag}"
        );
    }
}

#[test]
fn length_of_a_text() {
    let options = limited(|limits| limits.token_bytes = 100);
    for text in [
        "y".repeat(101),
        format!("<![CDATA[{}]]>", "y".repeat(101)),
        format!("<!--{}-->", "y".repeat(101)),
        format!("<![CDATA[{}", "y".repeat(101)),
    ] {
        for content in [format!("<text>{text}</text>"), text] {
            let error = decode_with::<Everything>("", &content, &options).expect_err("too long");
            assert_eq!(
                error.kind(),
                &DecodeErrorKind::Limit(Limit::TokenBytes),
                "{content}"
            );
        }
    }
    assert!(
        decode_with::<Everything>("", &format!("<text>{}</text>", "y".repeat(100)), &options)
            .is_ok()
    );
}

/// Everything that is kept counts, wherever it comes from.
#[test]
fn size_of_the_value() {
    let options = limited(|limits| limits.decoded_bytes = 20_000);
    let pieces = "<!-- -->xxxxxxxxxx".repeat(3_000);
    let contents = [
        "<devices/>".repeat(1_000),
        "<inlines/>".repeat(1_000),
        "<ints>1</ints>".repeat(3_000),
        "<texts/>".repeat(1_000),
        "<anys xsi:nil='1'/>".repeat(1_000),
        "<anys xsi:type='ArrayOfInt'/>".repeat(1_000),
        "<anys><x/></anys>".repeat(1_000),
        format!("<anys>{}</anys>", "<x/>".repeat(1_000)),
        format!("<any a='{}'/>", "x".repeat(21_000)),
        format!("<any xmlns:n='{}'>{}</any>", "x".repeat(21_000), "<n:x/>"),
        format!("<text>{}</text>", "x".repeat(21_000)),
        format!("<text>{pieces}</text>"),
        format!("<any>{pieces}</any>"),
        format!(
            "<optDevice xsi:type='Future'>{}</optDevice>",
            "<x/>".repeat(1_000)
        ),
    ];
    for content in contents {
        let beginning: String = content.chars().take(40).collect();
        let error = decode_with::<Everything>("", &content, &options).err();
        let error = error.unwrap_or_else(|| panic!("{beginning}"));
        assert_eq!(
            error.kind(),
            &DecodeErrorKind::Limit(Limit::DecodedBytes),
            "{beginning}"
        );
    }
    let passed_over = format!("{}<int>1</int>", "<future>xxxxx</future>".repeat(10_000));
    assert!(
        decode_with::<Everything>("", &passed_over, &options).is_ok(),
        "takes nothing"
    );
}

#[test]
fn size_of_a_fault() {
    let options = limited(|limits| limits.decoded_bytes = 20_000);
    let pieces = "<!-- -->xxxxxxxxxx".repeat(3_000);
    for detail in [
        format!("<faultcode>{pieces}</faultcode>"),
        format!("<detail><x>{}</x></detail>", "<y/>".repeat(1_000)),
        format!(
            "<detail><x xsi:type='InvalidLogin'>{}</x></detail>",
            "<faultMessage/>".repeat(1_000)
        ),
    ] {
        let xml = fault(&detail);
        let error = answer_in_pieces::<()>(xml.as_bytes(), 100, &options).expect_err("too large");
        assert_eq!(error.kind(), &DecodeErrorKind::Limit(Limit::DecodedBytes));
    }
}

/// Unlimited content in tokens that do not end, from a server that sends a byte at a time: refused
/// as soon as the limit is reached, and in time proportional to what was sent.
#[test]
fn endless_tokens_in_small_pieces() {
    let endless: [(&str, &[u8]); 8] = [
        ("<a", b"a"),
        ("<a b='", b"x"),
        ("<a b='' ", b" "),
        ("</Envelope", b" "),
        ("<?x", b"?"),
        ("<!--", b"-"),
        ("<![CDATA[", b"]"),
        ("", b" "),
    ];
    let options = limited(|limits| {
        limits.tag_bytes = 60_000;
        limits.token_bytes = 60_000;
    });
    for (beginning, filler) in endless {
        let mut decoder = EnvelopeDecoder::new(Any::SHAPE, &TYPES, &options);
        decoder.feed(b"<Envelope>").expect("so far");
        decoder.feed(beginning.as_bytes()).expect("so far");
        let failed = (0..70_000).find_map(|_| decoder.feed(filler).err());
        let kind = failed.map(|error| error.kind().clone());
        assert!(
            matches!(
                kind,
                Some(DecodeErrorKind::Limit(Limit::TagBytes | Limit::TokenBytes))
            ),
            "{beginning}: {kind:?}"
        );
    }
}

#[test]
fn many_small_texts_take_time_in_proportion() {
    let text = "a<!---->".repeat(200_000);
    let xml = format!("<value>{text}</value>");
    let Any::Unknown(element) = from_xml::<Any>(xml.as_bytes(), &TYPES, &lenient()).expect("XML")
    else {
        panic!("a tree")
    };
    assert_eq!(element.text().len(), 200_000);
}

#[test]
fn limits_hold_for_the_envelope_too() {
    let xml = response("<returnval>5</returnval>");
    let options = limited(|limits| limits.depth = 3);
    let error = answer_in_pieces::<i32>(xml.as_bytes(), 10, &options).expect_err("four deep");
    assert_eq!(error.kind(), &DecodeErrorKind::Limit(Limit::Depth));
    assert_eq!(error.path(), "RetrieveResponse");
}
