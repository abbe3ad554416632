//! Requests in SOAP envelopes.

use bytes::Bytes;

use super::error::EncodeError;
use super::value::ValueEncoder;
use crate::erased::{Field, ValueRef};
use crate::operation::OperationInfo;
use crate::reference::ManagedObjectReference;
use crate::xml::writer::XmlWriter;
use crate::xml::{SCHEMA, SCHEMA_INSTANCE, SOAP_ENVELOPE};

/// What the session of another service is told in, in the header of the envelope. It is in no namespace.
const SESSION: &str = "vcSessionCookie";

/// The request of a call, in memory that is zeroed after use. The session is that of another service, which the called one takes part in.
pub(crate) fn encode_request(
    operation: &'static OperationInfo,
    this: &ManagedObjectReference,
    arguments: &[ValueRef<'_>],
    session: Option<&str>,
) -> Result<Bytes, EncodeError> {
    let namespace = operation.types().service.namespace;
    let mut xml = XmlWriter::for_request();
    xml.markup(r#"<?xml version="1.0" encoding="UTF-8"?>"#);
    xml.open_tag("soapenv:Envelope");
    for (prefix, uri) in [
        ("xmlns:soapenv", SOAP_ENVELOPE),
        ("xmlns:xsd", SCHEMA),
        ("xmlns:xsi", SCHEMA_INSTANCE),
    ] {
        xml.attribute(prefix, uri)?;
    }
    xml.markup(">");
    if let Some(session) = session {
        xml.markup("<soapenv:Header>");
        xml.open_tag(SESSION);
        xml.close_tag();
        xml.text(session)?;
        xml.end(SESSION);
        xml.markup("</soapenv:Header>");
    }
    xml.markup("<soapenv:Body>");
    xml.open_tag(operation.name());
    xml.attribute("xmlns", namespace)?;
    xml.close_tag();
    let mut encoder = ValueEncoder::new(&mut xml, namespace);
    encoder.member(
        "_this",
        ValueRef::Reference(this),
        ManagedObjectReference::SHAPE,
    )?;
    for (parameter, argument) in operation.parameters().iter().zip(arguments) {
        encoder.member(parameter.name(), *argument, parameter.shape())?;
    }
    xml.end(operation.name());
    xml.markup("</soapenv:Body></soapenv:Envelope>");
    Ok(xml.into_body())
}
