//! What the tests of the workspace stand on: a real server, recorded conversations, and ways to
//! tell whether two documents say the same.
//!
//! The tests themselves are in `tests/tests/*.rs`; `tests/run` runs everything.

pub mod json;
pub mod recorded;
pub mod shared;
pub mod vcsim;
pub mod vmware_sets;
pub mod xml;
