//! The vSphere API as Rust types, generated from its WSDL.
