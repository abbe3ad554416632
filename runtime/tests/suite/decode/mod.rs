//! XML to values.

mod elements;
mod envelopes;
mod errors;
mod faults;
mod limits;
mod pieces;
mod scalars;
mod strict;
mod types;
mod unknown;
