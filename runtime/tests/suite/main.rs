//! The data model, XML, decoding and encoding, by topic, in one program to keep linking short.

#[path = "../support/mod.rs"]
mod support;

mod arbitrary;
mod beside_quick_xml;
mod calls;
mod decode;
mod depth;
mod documents;
mod encode;
mod erased;
mod foreign_answers;
#[cfg(all(feature = "json", feature = "serde"))]
mod json;
mod kept;
mod lexical;
mod oracle;
mod properties;
mod reflect;
mod round_trip;
mod samples;
mod services;
mod wire_document;
mod xml;
