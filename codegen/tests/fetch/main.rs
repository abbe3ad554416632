//! `vmomi-codegen fetch` against servers of our own on loopback, as a user runs it.
#![cfg(feature = "cli")]

mod program;
mod served;
// The servers and certificates of the runtime's own tests.
#[path = "../../../runtime/tests/transport_support/mod.rs"]
mod transport_support;

mod refused;
mod sets;
#[path = "../surroundings/mod.rs"]
mod surroundings;
mod trust;
