//! The tests of the crate from outside, in one program.

#[cfg(feature = "bundled")]
mod bundled;
mod command_line;
mod graph;
mod hostile;
mod model;
mod parts;
mod real_sets;
mod refused;
mod support;
