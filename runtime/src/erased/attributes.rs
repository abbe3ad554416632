//! Attributes on the types that the macros define: those that leave the type as it is written.
//!
//! The table of a type is made from the same tokens as the type, so no attribute may change what
//! the tokens define. An attribute macro can replace the type, `repr` changes its layout, `cfg`
//! removes members, and `cfg_attr` can expand to any of these. So the macros allow a list of
//! harmless attributes, matched as a single identifier, never as a path.
//!
//! The compiler ensures that these identifiers mean the built-in attributes: if a macro of the same
//! name is in scope, the attribute is ambiguous and does not compile. `derive` is not built in but
//! a macro of the prelude, so the macros emit it by path. Attribute macros are not allowed on
//! fields and variants, so `serde` there is either an inert attribute of a derive macro or does not
//! compile.

/// Items that the macros name by `$crate`: a crate can declare other crates as `core` and `std`.
#[doc(hidden)]
pub mod names {
    pub use core::prelude::v1::derive;
    pub use core::{compile_error, concat, stringify};
    pub use std::boxed::Box;
}

/// Compiles if the attribute, after `type` or `member` (a field or variant), is on the allow-list.
#[doc(hidden)]
#[macro_export]
macro_rules! allowed_attribute {
    ($on:ident doc = $($value:tt)*) => {};
    ($on:ident doc($($arguments:tt)*)) => {};
    ($on:ident allow($($arguments:tt)*)) => {};
    ($on:ident expect($($arguments:tt)*)) => {};
    ($on:ident deprecated) => {};
    ($on:ident deprecated = $($value:tt)*) => {};
    ($on:ident deprecated($($arguments:tt)*)) => {};
    ($on:ident must_use) => {};
    ($on:ident must_use = $($value:tt)*) => {};
    (member serde($($arguments:tt)*)) => {};
    (type cfg($($arguments:tt)*)) => {
        $crate::erased::names::compile_error! {
            "`cfg` cannot be put on a type that the macro describes: put it on the macro"
        }
    };
    (type $($other:tt)*) => {
        $crate::erased::names::compile_error! {
            $crate::erased::names::concat!(
                "`#[",
                $crate::erased::names::stringify!($($other)*),
                "]` cannot be put on a type that the macro describes: allowed are `doc`, `allow`, `expect`, ",
                "`deprecated`, `must_use` and `derive`"
            )
        }
    };
    (member $($other:tt)*) => {
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
