//! Data objects by property path: read, change, walk and compare values of any type.
//!
//! ```
//! use vmomi_runtime::reflect::PropertyPath;
//!
//! let path: PropertyPath = r#"config.hardware.device[4000].deviceInfo.label"#.parse()?;
//! assert_eq!(path.steps().len(), 6);
//! # Ok::<(), vmomi_runtime::reflect::PathSyntaxError>(())
//! ```
//!
//! | To | call |
//! |---|---|
//! | read a value | [`ObjectRef::at`] |
//! | change one, or take it away | [`ObjectMut::set`], [`ObjectMut::unset`] |
//! | see every value | [`ObjectRef::walk`] |
//! | compare two objects | [`differences`] |
//! | show a value with its texts | [`Revealed`] |
//!
//! A view of an object comes from [`ObjectRef::of`], `Dyn::as_object` or [`ObjectMut::of`]; one
//! level of it can be read without paths by [`ObjectRef::fields`] and [`ObjectRef::get`].

mod change;
mod difference;
mod error;
mod key;
mod path;
mod read;
mod revealed;
mod walk;

pub use crate::erased::{ListMut, ListRef, ObjectMut, ObjectRef, ValueMut, ValueRef};
pub use difference::{Difference, differences};
pub use error::{PathError, PathErrorKind};
pub use path::{PathSyntaxError, PropertyPath, Step};
pub use revealed::Revealed;
pub use walk::{Next, Visited};
