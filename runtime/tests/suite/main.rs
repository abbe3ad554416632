//! The data model, XML, decoding and encoding, by topic, in one program to keep linking short.

#[path = "../support/mod.rs"]
mod support;

mod decode;
mod documents;
mod encode;
mod erased;
mod services;
mod xml;
