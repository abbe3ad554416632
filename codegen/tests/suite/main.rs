//! The tests of the crate from outside, in one program.

mod attributes;
mod build_script;
#[cfg(feature = "bundled")]
mod bundled;
#[cfg(feature = "cli")]
mod command_line;
#[cfg(feature = "cli")]
mod deterministic;
mod diff;
mod explain;
mod features;
mod folders;
mod graph;
mod hostile;
#[cfg(feature = "docs")]
mod large_documentation;
mod list;
mod made;
#[path = "../material/mod.rs"]
mod material;
mod model;
mod mutated;
mod open;
mod parts;
mod real_sets;
mod refused;
mod secret_names;
mod select;
mod settings;
mod skip;
mod small;
#[cfg(feature = "docs")]
mod small_stack;
mod support;
#[cfg(feature = "cli")]
#[path = "../surroundings/mod.rs"]
mod surroundings;
