//! Generates Rust from the vSphere WSDL and XSD.
