//! XML as vSphere servers speak it: elements, attributes, text, namespaces. No DTD, no entities
//! but the five of XML itself. Everything is read in UTF-8, and other encodings are decoded to it.

pub(crate) mod attributes;
pub(crate) mod encoding;
pub(crate) mod error;
mod long_text;
pub(crate) mod name;
pub(crate) mod namespaces;
pub(crate) mod open_elements;
pub(crate) mod reader;
pub(crate) mod scan;
pub(crate) mod space;
pub(crate) mod start_tag;
pub(crate) mod text;
pub(crate) mod tokenizer;
pub(crate) mod transcoder;
pub(crate) mod writer;

pub use error::XmlError;

/// The namespace of `xsi:type` and `xsi:nil`.
pub(crate) const SCHEMA_INSTANCE: &str = "http://www.w3.org/2001/XMLSchema-instance";
/// The namespace of `xsd:int` and the like.
pub(crate) const SCHEMA: &str = "http://www.w3.org/2001/XMLSchema";
/// The namespace of SOAP 1.1 envelopes.
pub(crate) const SOAP_ENVELOPE: &str = "http://schemas.xmlsoap.org/soap/envelope/";
/// The namespace that the prefix `xml` stands for without being declared.
pub(crate) const XML: &str = "http://www.w3.org/XML/1998/namespace";
/// The namespace of declarations, which nothing else may be in.
pub(crate) const XMLNS: &str = "http://www.w3.org/2000/xmlns/";
