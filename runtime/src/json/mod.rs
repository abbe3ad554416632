//! The JSON form of values, which vSphere's own JSON protocol has.
//!
//! ```json
//! {"_typeName": "VirtualDisk", "key": 2000, "capacityInKB": 1048576,
//!  "controller": {"_typeName": "ManagedObjectReference", "type": "Host", "value": "host-1"}}
//! ```
//!
//! With the feature `serde` every generated type implements `Serialize` and `Deserialize`, and so
//! do [`Dyn`](crate::Dyn), [`MoRef`](crate::MoRef), [`Any`](crate::Any) and their like. None of
//! them has code for it: one interpreter writes any value and one reads any,
//! each compiled once for a format. Any format that describes itself will do, as reading asks the
//! input what comes next.
//!
//! What is written and read is told, with examples, in `docs/json.md` beside this crate's sources.
//! Serializing writes secrets too, as they are data; `Debug` hides them.

#[cfg(feature = "json")]
mod call;
mod decode;
mod encode;
#[cfg(feature = "json")]
mod encoding;
mod key;
#[cfg(feature = "json")]
mod mend;
mod names;
mod path;
mod put;
mod reference;
mod scalar;
mod seed;
mod skip;
#[cfg(feature = "json")]
mod text;
#[cfg(feature = "serde")]
mod traits;
mod tree;
mod unknown;

use crate::decode::Limits;

#[cfg(feature = "json")]
pub(crate) use call::{arguments, fault, is_fault_name};
#[cfg(feature = "json")]
pub(crate) use encoding::check_encoding;
pub use seed::{Seed, deserialize, serialize};
#[cfg(feature = "json")]
pub use text::from_json;
#[cfg(feature = "json")]
pub(crate) use text::read_any;
#[cfg(feature = "serde")]
pub use traits::{Registered, private};

/// How deep arrays and objects may be nested: as deep as `serde_json` reads. Responses stay below 60.
const DEPTH: usize = 127;

/// How deep they may be nested with these limits.
fn depth(limits: &Limits) -> usize {
    limits.depth.min(DEPTH)
}
