//! XML to values.

mod elements;
#[cfg(feature = "encodings")]
mod encodings;
mod envelopes;
mod errors;
mod faults;
mod limits;
mod names;
mod pieces;
mod scalars;
mod soap_12;
mod strict;
mod types;
mod unknown;
