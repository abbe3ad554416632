//! The vSphere API as Rust types, generated from its WSDL: a module for each service. [`vim25`], vSphere itself, is
//! always there; each other comes with the Cargo feature of its name:
//!
//! | feature | service |
//! |---|---|
//! | `eam` | ESX agents |
//! | `pbm` | storage policies |
//! | `sms` | storage monitoring: arrays, and replication by them |
//! | `vsan` | vSAN, with its file services and cloud native storage |
//! | `vslm` | first class disks and their snapshots |
//!
//! Features only add: no type of vim25 depends on them. What a service shares with vim25 are vim25's types.
//!
//! - A **data object** is a structure. One that extends another holds it as `base` and derefs to
//!   it, so inherited fields are reached as its own. Optional fields are `Option`, those that
//!   occur many times `Vec`, and those whose type others extend hold a `Dyn`, which derefs to the
//!   declared type and downcasts to any other. Each is `Clone`, `PartialEq`, `Debug`, `Default`,
//!   `Send` and `Sync`; `..Default::default()` leaves the remaining fields unset.
//! - **Faults** and **events** are data objects too, all the way up to their roots.
//! - An **enum** has a variant for each value and `Unknown` for one that a newer server sends.
//! - A **managed object** is a stub, bound to a connection, with a method for each operation; it
//!   derefs to the stub of the type that it extends. A method returns a call, which is made when
//!   it is awaited. `MoRef` is a reference to one.
//!
//! Nothing here has code of its own: types are described as data, which the runtime interprets.
//! That is what keeps an API of this size cheap to compile.

#![cfg_attr(docsrs, feature(doc_cfg))]

mod api;

pub use api::*;
