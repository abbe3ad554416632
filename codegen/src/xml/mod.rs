//! Reading one XML document strictly: whatever the caller does not ask for is an error that names
//! it.

mod attribute;
mod content;
mod element;
mod lexical;
mod parse;

pub(crate) use attribute::Occurs;
pub(crate) use content::{Child, many, one};
pub(crate) use element::Element;
pub(crate) use lexical::check_name;
pub(crate) use parse::parse;

/// The namespace of XML Schema.
pub(crate) const XSD: &str = "http://www.w3.org/2001/XMLSchema";
/// The namespace of WSDL 1.1.
pub(crate) const WSDL: &str = "http://schemas.xmlsoap.org/wsdl/";
/// The namespace of the SOAP 1.1 binding of WSDL 1.1.
pub(crate) const SOAP: &str = "http://schemas.xmlsoap.org/wsdl/soap/";
/// The namespace of the SOAP 1.2 binding of WSDL 1.1.
const SOAP_12: &str = "http://schemas.xmlsoap.org/wsdl/soap12/";
/// The namespace of attributes that XML Schema allows on every element of every document.
const XSI: &str = "http://www.w3.org/2001/XMLSchema-instance";
/// The namespace of `xml:lang` and the like.
const XML: &str = "http://www.w3.org/XML/1998/namespace";

/// A name with its namespace.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct QName {
    /// The namespace's URI.
    pub namespace: String,
    /// The name in it.
    pub local: String,
}

/// A namespace as messages name it.
fn label(namespace: Option<&str>) -> String {
    match namespace {
        Some(XSD) => "XML Schema".to_owned(),
        Some(WSDL) => "WSDL 1.1".to_owned(),
        Some(SOAP) => format!("SOAP 1.1 (`{SOAP}`)"),
        Some(SOAP_12) => format!("SOAP 1.2 (`{SOAP_12}`)"),
        Some(other) if !other.is_empty() => format!("`{}`", lexical::shortened(other)),
        _ => "no namespace".to_owned(),
    }
}
