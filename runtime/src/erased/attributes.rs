//! Attributes on the types that the macros define: those that leave the type as it is written.
//!
//! A type is described by the tokens that define it, so nothing may change what they define. An
//! attribute macro can put any other type in their place; `repr` changes the layout; `cfg` takes
//! members away; and `cfg_attr` can become each of these. So only attributes are taken that are
//! known to do nothing of the kind, by how they are written: a name, and not the beginning of a
//! path.
//!
//! That a name means what it says is up to the language: an attribute named like a built-in one is
//! ambiguous where a macro of that name is in scope, and does not compile. `derive` is not built in
//! but a macro of the prelude, so the macros write it by a path. On fields and variants the
//! language allows no attribute macro at all, so that `serde` there is what a derive macro reads,
//! or does not compile.

/// Names that the macros need, by paths that mean the same everywhere: a crate can give the names
/// `core` and `std` to other crates.
#[doc(hidden)]
pub mod names {
    pub use core::prelude::v1::derive;
    pub use core::{compile_error, concat, stringify};
    pub use std::boxed::Box;
}

/// Compiles if the attribute leaves the type that it is on as it is written.
#[doc(hidden)]
#[macro_export]
macro_rules! attribute_of_type {
    (doc = $($value:tt)*) => {};
    (doc($($arguments:tt)*)) => {};
    (allow($($arguments:tt)*)) => {};
    (expect($($arguments:tt)*)) => {};
    (deprecated) => {};
    (deprecated = $($value:tt)*) => {};
    (deprecated($($arguments:tt)*)) => {};
    (must_use) => {};
    (must_use = $($value:tt)*) => {};
    (cfg($($arguments:tt)*)) => {
        $crate::erased::names::compile_error! {
            "`cfg` cannot be put on a type that the macro describes: put it on the macro"
        }
    };
    ($($other:tt)*) => {
        $crate::erased::names::compile_error! {
            $crate::erased::names::concat!(
                "`#[",
                $crate::erased::names::stringify!($($other)*),
                "]` cannot be put on a type that the macro describes: allowed are `doc`, `allow`, `expect`, ",
                "`deprecated`, `must_use` and `derive`"
            )
        }
    };
}

/// Compiles if the attribute leaves the field or variant that it is on as it is written.
#[doc(hidden)]
#[macro_export]
macro_rules! attribute_of_member {
    (doc = $($value:tt)*) => {};
    (doc($($arguments:tt)*)) => {};
    (allow($($arguments:tt)*)) => {};
    (expect($($arguments:tt)*)) => {};
    (deprecated) => {};
    (deprecated = $($value:tt)*) => {};
    (deprecated($($arguments:tt)*)) => {};
    (must_use) => {};
    (must_use = $($value:tt)*) => {};
    (serde($($arguments:tt)*)) => {};
    ($($other:tt)*) => {
        $crate::erased::names::compile_error! {
            $crate::erased::names::concat!(
                "`#[",
                $crate::erased::names::stringify!($($other)*),
                "]` cannot be put on a field or variant that the macro describes: allowed are `doc`, `allow`, ",
                "`expect`, `deprecated`, `must_use` and `serde`"
            )
        }
    };
}
