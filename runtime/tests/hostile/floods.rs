//! More of something than anyone can keep.

use std::iter::{once, repeat_n};

use vmomi_runtime::decode::{DecodeErrorKind, DecodeOptions, Limit};

use crate::documents::{keeping_unknown, lenient, strict};
use crate::{BEFORE, Outcome, feed};

const KILOBYTE: usize = 1 << 10;
const MEGABYTE: usize = 1 << 20;
const GIGABYTE: usize = 1 << 30;

/// What decoding takes besides what counts as part of the value: a reader, tables of types.
const BESIDE: usize = 256 * KILOBYTE;

/// An answer that begins so, and goes on with the same again and again for a gigabyte. It is made
/// piece by piece.
fn flood(beginning: &str, again: &str, options: &DecodeOptions) -> Outcome {
    let piece = again.repeat((16 * KILOBYTE).div_ceil(again.len()));
    let pieces = repeat_n(piece.into_bytes(), GIGABYTE / (16 * KILOBYTE));
    feed(
        once([BEFORE, beginning].concat().into_bytes()).chain(pieces),
        options,
    )
}

/// Refused for this limit, before so many bytes came, with at most so much memory taken.
fn assert_refused(outcome: &Outcome, limit: Limit, fed: usize, peak: usize, what: &str) {
    let kind = outcome.answer.as_ref().map_err(|error| error.kind());
    assert_eq!(kind, Err(&DecodeErrorKind::Limit(limit)), "{what}");
    assert!(outcome.fed <= fed, "{what}: {} bytes read", outcome.fed);
    assert!(
        outcome.peak <= peak as u64,
        "{what}: {} bytes taken",
        outcome.peak
    );
}

#[test]
fn nesting() {
    for (beginning, again) in [
        ("", "<a>"),
        ("<returnval>", "<a>"),
        ("<returnval xsi:type='Future'>", "<a b='c'>"),
        ("<returnval xsi:type='Chain'>", "<next>"),
        ("<returnval xsi:type='Tree'>", "<value xsi:type='Tree'>"),
        (
            "<returnval xsi:type='ArrayOfAnyType'>",
            "<anyType xsi:type='ArrayOfAnyType'>",
        ),
        ("</RetrieveResponse>", "<a>"),
    ] {
        for options in [lenient(), keeping_unknown()] {
            let outcome = flood(beginning, again, &options);
            assert_refused(&outcome, Limit::Depth, 32 * KILOBYTE, MEGABYTE, again);
        }
    }
}

#[test]
fn a_gigabyte_of_attributes() {
    for (beginning, again, limit) in [
        ("<returnval", " a='b'", Limit::TagBytes),
        ("<returnval a='", "b", Limit::TagBytes),
        ("<returnval ", " ", Limit::TagBytes),
        ("<returnval", " xmlns:a='b'", Limit::TagBytes),
        ("<return", "val", Limit::TagBytes),
        ("</RetrieveResponse", " ", Limit::TagBytes),
        ("<?x ", "y ", Limit::TagBytes),
    ] {
        let outcome = flood(beginning, again, &lenient());
        assert_refused(&outcome, limit, 96 * KILOBYTE, MEGABYTE, again);
    }
    let many = format!("<returnval{}>", " a='b'".repeat(100));
    let outcome = flood(&many, " ", &lenient());
    assert_refused(
        &outcome,
        Limit::Attributes,
        KILOBYTE * 2,
        MEGABYTE,
        "one tag",
    );
}

/// In tags that are each within the limits, and are passed over: any amount takes no memory.
#[test]
fn attributes_of_what_is_passed_over() {
    let element = format!("<a{}/>", " xmlns:b='ccccccccccccc'".repeat(60));
    let peak = |bytes: usize| {
        let pieces = repeat_n(element.clone().into_bytes(), bytes / element.len());
        let outcome = feed(once(BEFORE.as_bytes().to_vec()).chain(pieces), &lenient());
        assert!(outcome.answer.is_err(), "it is cut off");
        outcome.peak
    };
    let little = peak(100 * KILOBYTE);
    assert_eq!(peak(4 * MEGABYTE), little);
    assert!(little < 256 * KILOBYTE as u64, "{little}");
}

/// What open elements declare is remembered.
#[test]
fn declarations_at_every_depth() {
    let tag = format!("<a xmlns:b='{}'>", "c".repeat(60 * KILOBYTE));
    let outcome = feed(
        once(BEFORE.as_bytes().to_vec()).chain(repeat_n(tag.into_bytes(), GIGABYTE >> 16)),
        &lenient(),
    );
    assert_refused(
        &outcome,
        Limit::Namespaces,
        128 * KILOBYTE,
        MEGABYTE,
        "declarations",
    );
}

#[test]
fn texts_and_comments() {
    let mut options = lenient();
    options.limits.token_bytes = MEGABYTE;
    for (beginning, again) in [
        ("<returnval xsi:type='xsd:string'>", "x"),
        ("<returnval xsi:type='xsd:string'>", "&#x41;"),
        ("<returnval><![CDATA[", "]]"),
        ("<returnval><!--", "-"),
        ("<!--", "--"),
        ("", " "),
        ("</RetrieveResponse></soapenv:Body></soapenv:Envelope>", " "),
    ] {
        let outcome = flood(beginning, again, &options);
        // What has come of a token is kept, in a buffer that grows to twice its size.
        assert_refused(
            &outcome,
            Limit::TokenBytes,
            2 * MEGABYTE,
            8 * MEGABYTE,
            again,
        );
    }
}

/// Whatever the value is made of, decoding takes no more than the limit allows.
#[test]
fn values_in_any_form() {
    const ALLOWED: usize = 4 * MEGABYTE;
    let everything = "<returnval xsi:type='Everything'>";
    for (beginning, again) in [
        (everything, "<ints>1</ints>"),
        (everything, "<flags>1</flags>"),
        (everything, "<texts/>"),
        (everything, "<texts>some text</texts>"),
        (everything, "<blobs>AAAA</blobs>"),
        (everything, "<states>newState</states>"),
        (
            everything,
            "<vms type='VirtualMachine' serverGuid='x'>vm-1</vms>",
        ),
        (everything, "<inlines/>"),
        (everything, "<devices/>"),
        (everything, "<devices xsi:type='VirtualDisk'/>"),
        (everything, "<devices xsi:type='Future'/>"),
        (everything, "<devices a='b'/>"),
        (everything, "<anys/>"),
        (everything, "<anys xsi:nil='true'/>"),
        (everything, "<anys xsi:type='ArrayOfInt'/>"),
        (everything, "<anys xsi:type='Everything'/>"),
        (everything, "<future/>"),
        (everything, "<future a='b'><c>d</c></future>"),
        ("<returnval>", "<x/>"),
        ("<returnval>", "<x>yyyyyyyyyyyyyyyyyyy</x>"),
        ("<returnval>", "x<y/>"),
        ("<returnval xsi:type='ArrayOfString'>", "<string>a</string>"),
        (
            "<returnval xsi:type='ArrayOfAnyType'>",
            "<anyType xsi:type='xsd:int'>1</anyType>",
        ),
    ] {
        let mut options = keeping_unknown();
        options.limits.decoded_bytes = ALLOWED as u64;
        let outcome = flood(beginning, again, &options);
        assert_refused(
            &outcome,
            Limit::DecodedBytes,
            64 * MEGABYTE,
            ALLOWED + BESIDE,
            again,
        );
    }
}

/// Of a text in pieces, no more is kept than the limit allows; that it was too long is told at its
/// end, as it is of one that comes at once.
#[test]
fn a_text_in_pieces() {
    let mut options = lenient();
    options.limits.decoded_bytes = MEGABYTE as u64;
    let beginning = [BEFORE, "<returnval xsi:type='xsd:string'>"].concat();
    let piece = "xxxxxxxxxxxxxxxxxxxxxxx<!-- -->".repeat(KILOBYTE);
    let pieces = repeat_n(piece.into_bytes(), 100);
    let end = once(b"</returnval>".to_vec());
    let outcome = feed(
        once(beginning.into_bytes()).chain(pieces).chain(end),
        &options,
    );
    assert_refused(
        &outcome,
        Limit::DecodedBytes,
        4 * MEGABYTE,
        MEGABYTE + BESIDE,
        "pieces",
    );
}

/// The fields of one that is sent again and again are dropped, but count.
#[test]
fn a_value_that_is_replaced_again_and_again() {
    for again in [
        "<text>0123456789</text>",
        "<device/>",
        "<any xsi:type='Everything'/>",
    ] {
        let mut options = lenient();
        options.limits.decoded_bytes = MEGABYTE as u64;
        let outcome = flood("<returnval xsi:type='Everything'>", again, &options);
        assert_refused(&outcome, Limit::DecodedBytes, MEGABYTE * 2, MEGABYTE, again);
    }
}

/// One that owns no memory takes none, however often it is sent.
#[test]
fn a_value_in_place_that_is_replaced_again_and_again() {
    let beginning = [BEFORE, "<returnval xsi:type='Everything'>"].concat();
    let pieces = repeat_n("<boxed/>".repeat(KILOBYTE).into_bytes(), 100);
    let outcome = feed(once(beginning.into_bytes()).chain(pieces), &lenient());
    assert!(outcome.answer.is_err(), "it is cut off");
    assert!(outcome.peak < BESIDE as u64, "{}", outcome.peak);
}

/// Strict decoding remembers what came of each object.
#[test]
fn strict_decoding_takes_no_more() {
    let mut options = strict();
    options.limits.decoded_bytes = MEGABYTE as u64;
    let inner = "<Chain><name>a</name></Chain>";
    let outcome = flood("<returnval xsi:type='ArrayOfChain'>", inner, &options);
    assert_refused(
        &outcome,
        Limit::DecodedBytes,
        8 * MEGABYTE,
        MEGABYTE + BESIDE,
        inner,
    );
}
