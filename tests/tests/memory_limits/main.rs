//! However much a response would make of little, decoding takes no more memory than
//! `decoded_bytes`, in both protocols: for each type of every service, and for what no type
//! describes. And what a byte of a response may cost, kind by kind, as `runtime/docs/safety.md`
//! lists it.

#![expect(clippy::unwrap_used, reason = "a test says by a panic what went wrong")]

mod amplification;
mod documents;

use allocation_counter::measure;
use vmomi::runtime::TypeRegistry;
use vmomi::runtime::decode::{
    DecodeError, DecodeErrorKind, DecodeOptions, EnvelopeDecoder, Limit, from_xml,
};
use vmomi::runtime::erased::{Item, Returned, TypeInfo};
use vmomi::runtime::json::from_json;
use vmomi::{Any, eam, pbm, sms, vim25, vsan, vslm};

use documents::Document;

static SERVICES: [&TypeRegistry; 6] = [
    &eam::TYPES,
    &pbm::TYPES,
    &sms::TYPES,
    &vim25::TYPES,
    &vsan::TYPES,
    &vslm::TYPES,
];

/// Each data object with the service that it is of.
fn data_objects() -> impl Iterator<Item = (&'static TypeRegistry, &'static TypeInfo)> {
    SERVICES.iter().flat_map(|types| {
        let objects = types.data_objects.iter().map(|link| link.get());
        let own = objects.filter(|info| info.service().namespace == types.service.namespace);
        own.map(move |info| (*types, info))
    })
}

fn limited(decoded_bytes: usize) -> DecodeOptions {
    let mut options = DecodeOptions::default();
    options.keep_unknown = true;
    options.limits.decoded_bytes = decoded_bytes as u64;
    options
}

/// How decoding a document ended, and how much memory it took at the most.
fn decode(
    document: &Document,
    types: &'static TypeRegistry,
    options: &DecodeOptions,
) -> (Result<Any, DecodeError>, u64) {
    let mut decoded = None;
    let taken = measure(|| {
        decoded = Some(match document {
            Document::Xml(text) => from_xml(text.as_bytes(), types, options),
            Document::Json(text) => from_json(text.as_bytes(), types, options),
        });
    });
    (decoded.unwrap(), taken.bytes_max)
}

/// A document that is more than the limit allows is refused, at a peak within 1.25 times the limit.
fn assert_refused(document: &Document, types: &'static TypeRegistry, limit: usize) {
    let (decoded, peak) = decode(document, types, &limited(limit));
    let start: String = document.text().chars().take(120).collect();
    match decoded {
        Ok(_) => panic!("{} bytes were accepted: {start}", document.text().len()),
        Err(error) => assert_eq!(
            error.kind(),
            &DecodeErrorKind::Limit(Limit::DecodedBytes),
            "{start}"
        ),
    }
    let allowed = limit as u64 * 5 / 4;
    assert!(peak <= allowed, "{peak} bytes of {limit}: {start}");
}

#[test]
fn every_type_keeps_to_the_limit() {
    const LIMIT: usize = 64 << 10;
    let mut tried = 0;
    for (types, info) in data_objects() {
        for document in [
            documents::xml_of_empty_objects(info, LIMIT),
            documents::xml_of_full_objects(info, LIMIT),
            documents::json_of_empty_objects(info, LIMIT),
        ] {
            assert_refused(&document, types, LIMIT);
            tried += 1;
        }
    }
    assert!(tried > 3 * 3_900, "only {tried} documents");
}

#[test]
fn every_kind_of_content_keeps_to_the_limit() {
    const LIMIT: usize = 1 << 20;
    for kind in documents::kinds() {
        // More items than any limit allows for.
        let document = kind.document(LIMIT / 2);
        assert_refused(&document, &vim25::TYPES, LIMIT);
    }
}

/// In pieces of a response too, whatever was kept of the pieces before.
#[test]
fn pieces_of_a_response_keep_to_the_limit() {
    const LIMIT: usize = 1 << 20;
    for (begin, item) in [
        ("<returnval xsi:type='xsd:string'>", "x"),
        ("<returnval xsi:type='xsd:string'>", "&amp;"),
        ("<returnval xsi:type='xsd:string'>", "x<!-- -->"),
        ("<returnval xsi:type='Unknown'><a>", "&amp;"),
        ("<returnval xsi:type='Unknown'><a>", "x<!-- -->"),
        ("<returnval xsi:type='xsd:string'><![CDATA[", "x\u{1}"),
        ("<returnval xsi:type='xsd:base64Binary'>", "AAAA"),
        (
            "<returnval xsi:type='ManagedObjectReference' type='x'>",
            "x",
        ),
        ("<returnval xsi:type='ManagedEntityStatus'>", "x"),
        ("</RetrieveResponse><!--", "x"),
    ] {
        for size in [1 << 10, 100 << 10, 100 << 20] {
            let text = format!("{}{begin}{}", documents::ENVELOPE, item.repeat(2 << 20));
            let mut refused = None;
            let taken = measure(|| {
                let shape = <Any as Returned>::SHAPE;
                let mut decoder = EnvelopeDecoder::new(shape, &vim25::TYPES, &limited(LIMIT));
                let mut pieces = text.as_bytes().chunks(size);
                refused = pieces.find_map(|piece| decoder.feed(piece).err());
                if refused.is_none() {
                    // What is not copied may be as long as it likes.
                    refused = decoder.finish().err();
                }
            });
            assert!(refused.is_some(), "it is cut off");
            let allowed = LIMIT as u64 * 5 / 4;
            let peak = taken.bytes_max;
            assert!(peak <= allowed, "{begin}, pieces of {size}: {peak} bytes");
        }
    }
}

/// Where a list is asked for, its items are moved into one of the type that was asked for.
#[test]
fn lists_that_are_asked_for_keep_to_the_limit() {
    fn keeps_to_the_limit<R: Item>(xml: &str, json: &str) {
        const LIMIT: usize = 1 << 20;
        for count in [1 << 10, 6 << 10, 12 << 10, 24 << 10, 48 << 10, 1 << 20] {
            let xml = format!("<v {}>{}</v>", documents::DECLARED, xml.repeat(count));
            let json = format!("[{}{json}]", format!("{json},").repeat(count - 1));
            let options = limited(LIMIT);
            let taken = measure(|| {
                let _ = from_xml::<Vec<R>>(xml.as_bytes(), &vim25::TYPES, &options);
            });
            let allowed = LIMIT as u64 * 5 / 4;
            assert!(
                taken.bytes_max <= allowed,
                "{}: {xml:.200}",
                taken.bytes_max
            );
            let taken = measure(|| {
                let _ = from_json::<Vec<R>>(json.as_bytes(), &vim25::TYPES, &options);
            });
            assert!(
                taken.bytes_max <= allowed,
                "{}: {json:.200}",
                taken.bytes_max
            );
        }
    }
    keeps_to_the_limit::<i32>("<a>1</a>", "1");
    keeps_to_the_limit::<bool>("<a>1</a>", "true");
    keeps_to_the_limit::<String>("<a/>", "\"\"");
    keeps_to_the_limit::<vim25::ObjectContent>("<a/>", "{}");
    keeps_to_the_limit::<vmomi::Dyn<vim25::VirtualDevice>>("<a/>", "{}");
    keeps_to_the_limit::<Any>("<a xsi:nil='1'/>", "null");
}
