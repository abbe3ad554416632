//! The data model, XML, decoding and encoding, by topic, in one program to keep linking short.

#[path = "../support/mod.rs"]
mod support;

mod arbitrary;
mod calls;
mod decode;
mod depth;
mod documents;
mod encode;
mod erased;
mod oracle;
mod reflect;
mod round_trip;
mod services;
mod wire_document;
mod xml;
