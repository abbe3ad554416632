//! The tests of the crate from outside, in one program.

#[cfg(feature = "bundled")]
mod bundled;
#[cfg(feature = "cli")]
mod command_line;
mod diff;
mod explain;
mod features;
mod graph;
mod hostile;
mod list;
mod model;
mod parts;
mod real_sets;
mod refused;
mod select;
mod settings;
mod small;
mod support;
