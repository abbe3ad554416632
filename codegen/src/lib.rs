//! Generates Rust from the WSDL and XSD of the vSphere API.
//!
//! Data flows one way, through stages that are functions from value to result:
//!
//! 1. `input` finds the files of the paths that were named, `load` reads them and all that they include, and `xml`,
//!    `xsd` and `wsdl` parse them strictly: what is not in the dialect of the vSphere descriptions is an error that
//!    names it. `catalog` reads what WSDL cannot carry.
//! 2. `resolve` makes the [`model`], in which every reference leads somewhere.
//! 3. [`select`] makes a smaller model of it, where only a part of the API is wanted.
//! 4. [`generate`] makes the code as [`Settings`] say, and touches no file: `collisions` checks that no two names become
//!    one, [`graph`] computes what follows from inheritance and
//!    containment, [`names`] and [`parts`] decide what things are called and where they go, and `emit` writes it,
//!    keeping a [`ledger`].
//! 5. [`output`] brings a folder up to date.
//!
//! Besides, [`diff`] compares two models, and [`list`] and [`explain`] tell what is in one.
//! With the feature `fetch`, the module of that name gets descriptions from live servers.
//!
//! Errors are [`diagnostic`]s: with file, line, excerpt, and as many at once as a stage can find. [`Builder`] runs it
//! all.

/// The examples of the README, compiled.
#[cfg(all(doctest, feature = "bundled"))]
#[doc = include_str!("../README.md")]
struct Readme;

/// The examples of the document on slices, compiled.
#[cfg(doctest)]
#[doc = include_str!("../docs/slices.md")]
struct Slices;

mod builder;
mod catalog;
mod collisions;
mod describe;
pub mod diagnostic;
pub mod diff;
mod emit;
pub mod explain;
#[cfg(feature = "fetch")]
pub mod fetch;
mod folders;
mod generate;
pub mod graph;
mod input;
pub mod kind;
pub mod ledger;
pub mod list;
mod load;
mod markdown;
pub mod model;
pub mod names;
mod nearest;
mod origin;
pub mod output;
pub mod overlay;
pub mod parts;
pub mod pattern;
mod resolve;
mod secret_names;
pub mod select;
pub mod settings;
pub mod source;
mod summary;
mod unread;
pub mod visible;
mod warnings;
mod wsdl;
mod xml;
mod xsd;

pub use builder::{Builder, Stage};
pub use generate::{Generated, generate};
pub use settings::Settings;
pub use summary::Summary;
