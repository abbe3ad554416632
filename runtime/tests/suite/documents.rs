//! Documents to decode, with no more written out than a test is about.

use vmomi_runtime::decode::{Answer, DecodeError, DecodeOptions, EnvelopeDecoder, from_xml};
use vmomi_runtime::erased::Returned;

use crate::support::TYPES;

/// What servers declare.
pub const NAMESPACES: &str = r#"xmlns="urn:vim25" xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance""#;

pub fn lenient() -> DecodeOptions {
    DecodeOptions::default()
}

pub fn strict() -> DecodeOptions {
    let mut options = DecodeOptions::default();
    options.strict = true;
    options
}

pub fn keeping_unknown() -> DecodeOptions {
    let mut options = DecodeOptions::default();
    options.keep_unknown = true;
    options
}

/// An element `<value>` with attributes and content.
pub fn document(attributes: &str, content: &str) -> String {
    format!("<value {NAMESPACES} {attributes}>{content}</value>")
}

/// What such an element holds.
pub fn decode_with<R: Returned>(
    attributes: &str,
    content: &str,
    options: &DecodeOptions,
) -> Result<R, DecodeError> {
    from_xml(document(attributes, content).as_bytes(), &TYPES, options)
}

/// What an element with this content holds.
pub fn decode<R: Returned>(content: &str) -> R {
    decode_as("", content)
}

/// What an element with these attributes and this content holds.
pub fn decode_as<R: Returned>(attributes: &str, content: &str) -> R {
    match decode_with(attributes, content, &lenient()) {
        Ok(value) => value,
        Err(error) => panic!("{error}"),
    }
}

/// A SOAP envelope around a body.
pub fn envelope(body: &str) -> String {
    format!(
        r#"<?xml version="1.0" encoding="UTF-8"?>
<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<soapenv:Header><operationID>x</operationID></soapenv:Header>
<soapenv:Body>
{body}
</soapenv:Body>
</soapenv:Envelope>
"#
    )
}

/// An envelope around the response of an operation.
pub fn response(returned: &str) -> String {
    envelope(&format!(
        r#"<RetrieveResponse xmlns="urn:vim25">{returned}</RetrieveResponse>"#
    ))
}

/// An envelope around a fault.
pub fn fault(detail: &str) -> String {
    envelope(&format!(
        "<soapenv:Fault><faultcode>ServerFaultCode</faultcode><faultstring>It &lt;failed&gt;.</faultstring>{detail}</soapenv:Fault>"
    ))
}

/// Feeds an envelope in pieces of this size to a decoder for the result `R`.
pub fn answer_in_pieces<R: Returned>(
    bytes: &[u8],
    size: usize,
    options: &DecodeOptions,
) -> Result<Answer, DecodeError> {
    let mut decoder = EnvelopeDecoder::new(R::SHAPE, &TYPES, options);
    for piece in bytes.chunks(size.max(1)) {
        decoder.feed(piece)?;
    }
    decoder.finish()
}

/// The answer in an envelope.
pub fn answer<R: Returned>(xml: &str) -> Result<Answer, DecodeError> {
    answer_in_pieces::<R>(xml.as_bytes(), xml.len(), &lenient())
}

/// The value in the envelope of a response.
pub fn returned<R: Returned>(xml: &str) -> R {
    match answer::<R>(xml) {
        Ok(Answer::Value(value)) => R::from_any(value).expect("a value of the type asked for"),
        other => panic!("{other:?}"),
    }
}
