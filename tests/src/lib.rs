//! What the tests of the workspace stand on: a real server, recorded conversations, and a way to
//! tell whether two XML documents say the same.
//!
//! The tests themselves are in `tests/tests/*.rs`; `tests/run` runs everything.

pub mod recorded;
pub mod shared;
pub mod vcsim;
pub mod xml;
