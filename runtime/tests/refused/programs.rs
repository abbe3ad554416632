//! The programs.

/// Programs that are correct, whatever they look like.
pub const ACCEPTED: &[(&str, &str)] = &[
    (
        "all_attributes",
        r#"
data_object! {
    /// Attributes in any order, before `derive` and after.
    #[wire("Root", SERVICE, V1)]
    #[deprecated = "by another"]
    #[allow(unused)]
    #[derive(vmomi_hostile_macros::ReadsSerde)]
    #[doc(alias = "root")]
    #[must_use]
    /// And more of it.
    pub struct Root {
        pub extra: Extra,
        #[wire("number", V1)]
        #[serde(skip)]
        #[deprecated(note = "by another")]
        pub number: i64,
    }
}
open_enum! {
    #[wire("State", SERVICE, V1)]
    #[derive(PartialOrd, Ord)]
    #[must_use = "it is"]
    #[derive(vmomi_hostile_macros::ReadsSerde)]
    #[deprecated]
    pub enum State {
        #[wire("on")]
        #[serde(rename = "on")]
        #[doc(hidden)]
        On,
    }
}
"#,
    ),
    (
        // The macros mean the derive of the language.
        "derive_is_another_macro",
        r#"
use vmomi_hostile_macros::swap as derive;
open_enum! {
    #[wire("State", SERVICE, V1)]
    #[derive(PartialOrd, Ord)]
    pub enum State {
        #[wire("on")]
        On,
    }
}
data_object! {
    #[wire("Root", SERVICE, V1)]
    #[derive(vmomi_hostile_macros::ReadsSerde)]
    pub struct Root {
        pub extra: Extra,
        #[wire("number", V1)]
        pub number: i64,
    }
}
fn is_ordered(state: State) -> bool {
    let _: fn(Box<str>) -> State = State::Unknown;
    let _: i64 = Root::default().number;
    state < State::On
}
"#,
    ),
    (
        // The macros mean the box of the standard library.
        "std_is_another_crate",
        r#"
extern crate self as std;
pub mod boxed {
    pub struct Box<T: ?Sized>(pub &'static str, pub ::core::marker::PhantomData<T>);
}
open_enum! {
    #[wire("State", SERVICE, V1)]
    pub enum State {
        #[wire("on")]
        On,
    }
}
const UNKNOWN: fn(vmomi_runtime::erased::names::Box<str>) -> State = State::Unknown;
"#,
    ),
];

/// Programs that are not, each with a part of what the compiler must say.
pub const REFUSED: &[(&str, &str, &str)] = &[
    (
        "repr_of_an_enum",
        r#"
open_enum! {
    #[wire("State", SERVICE, V1)]
    #[repr(u32)]
    pub enum State {
        #[wire("on")]
        On,
    }
}
"#,
        "`#[repr(u32)]` cannot be put on a type that the macro describes: allowed are `doc`, `allow`, `expect`, \
         `deprecated`, `must_use` and `derive`",
    ),
    (
        "repr_of_an_enum_in_raw_letters",
        r#"
open_enum! {
    #[wire("State", SERVICE, V1)]
    #[r#repr(u32)]
    pub enum State {
        #[wire("on")]
        On,
    }
}
"#,
        "`#[r#repr(u32)]` cannot be put on a type",
    ),
    (
        "repr_of_an_enum_by_cfg_attr",
        r#"
open_enum! {
    #[wire("State", SERVICE, V1)]
    #[cfg_attr(all(), repr(u32))]
    pub enum State {
        #[wire("on")]
        On,
    }
}
"#,
        "`#[cfg_attr(all(), repr(u32))]` cannot be put on a type",
    ),
    (
        "repr_of_an_enum_before_what_is_allowed",
        r#"
open_enum! {
    #[wire("State", SERVICE, V1)]
    #[derive(PartialOrd)]
    #[repr(u32)]
    #[must_use]
    pub enum State {
        #[wire("on")]
        On,
    }
}
"#,
        "`#[repr(u32)]` cannot be put on a type",
    ),
    (
        "repr_of_an_enum_by_an_inner_arm",
        r#"
open_enum! {
    @define [] [[repr(u32)]] ["State", SERVICE, V1] State {
        #[wire("on")]
        On,
    }
}
"#,
        "`#[repr(u32)]` cannot be put on a type",
    ),
    (
        "attribute_macro_on_an_enum",
        r#"
open_enum! {
    #[wire("State", SERVICE, V1)]
    #[vmomi_hostile_macros::swap]
    pub enum State {
        #[wire("on")]
        On,
    }
}
"#,
        "`#[vmomi_hostile_macros::swap]` cannot be put on a type",
    ),
    (
        "attribute_macro_in_a_module_named_as_what_is_allowed",
        r#"
mod allow {
    pub use vmomi_hostile_macros::swap;
}
open_enum! {
    #[wire("State", SERVICE, V1)]
    #[allow::swap]
    pub enum State {
        #[wire("on")]
        On,
    }
}
"#,
        "`#[allow::swap]` cannot be put on a type",
    ),
    (
        "attribute_macro_named_as_what_is_allowed",
        r#"
use vmomi_hostile_macros::swap as allow;
open_enum! {
    #[wire("State", SERVICE, V1)]
    #[allow(unused)]
    pub enum State {
        #[wire("on")]
        On,
    }
}
"#,
        "`allow` is ambiguous",
    ),
    (
        "attribute_macro_named_as_what_is_emitted",
        r#"
use vmomi_hostile_macros::swap as repr;
open_enum! {
    #[wire("State", SERVICE, V1)]
    pub enum State {
        #[wire("on")]
        On,
    }
}
"#,
        "`repr` is ambiguous",
    ),
    (
        "attribute_macro_on_a_data_object",
        r#"
data_object! {
    #[wire("Root", SERVICE, V1)]
    #[vmomi_hostile_macros::swap]
    pub struct Root {
        pub extra: Extra,
        #[wire("number", V1)]
        pub number: i64,
    }
}
"#,
        "`#[vmomi_hostile_macros::swap]` cannot be put on a type",
    ),
    (
        "attribute_macro_on_a_data_object_by_an_inner_arm",
        r#"
data_object! {
    @define [] [[vmomi_hostile_macros::swap]] ["Root", SERVICE, V1] Root {
        pub extra: Extra,
        #[wire("number", V1)]
        pub number: i64,
    }
}
"#,
        "`#[vmomi_hostile_macros::swap]` cannot be put on a type",
    ),
    (
        "a_struct_of_ones_own_by_an_inner_arm",
        r#"
pub struct Root {
    pub hidden: String,
    pub extra: Extra,
}
data_object! {
    @define [] [] ["Root", SERVICE, V1] Root {
        pub extra: Extra,
    }
}
"#,
        "the name `Root` is defined multiple times",
    ),
    (
        "repr_of_a_data_object",
        r#"
data_object! {
    #[wire("Root", SERVICE, V1)]
    #[repr(packed)]
    pub struct Root {
        pub extra: Extra,
        #[wire("small", V1)]
        pub small: bool,
        #[wire("number", V1)]
        pub number: i64,
    }
}
"#,
        "`#[repr(packed)]` cannot be put on a type",
    ),
    (
        "cfg_of_a_data_object",
        r#"
data_object! {
    #[wire("Root", SERVICE, V1)]
    #[cfg(all())]
    pub struct Root {
        pub extra: Extra,
    }
}
"#,
        "`cfg` cannot be put on a type that the macro describes: put it on the macro",
    ),
    (
        // The field of the base has the same name, and with others that follow the size does not
        // tell.
        "cfg_of_a_field",
        r#"
data_object! {
    #[wire("Root", SERVICE, V1)]
    pub struct Root {
        pub extra: Extra,
        #[wire("small", V1)]
        pub small: bool,
    }
}
data_object! {
    #[wire("Leaf", SERVICE, V1)]
    pub struct Leaf {
        pub base: Root,
        #[wire("small", V1)]
        #[cfg(any())]
        pub small: bool,
        #[wire("other", V1)]
        pub other: bool,
        #[wire("number", V1)]
        pub number: i64,
    }
}
"#,
        "`#[cfg(any())]` cannot be put on a field or variant that the macro describes: allowed are `doc`, `allow`, \
         `expect`, `deprecated`, `must_use` and `serde`",
    ),
    (
        "cfg_of_a_field_in_raw_letters",
        r#"
data_object! {
    #[wire("Root", SERVICE, V1)]
    pub struct Root {
        pub extra: Extra,
        #[wire("small", V1)]
        #[r#cfg(any())]
        pub small: bool,
    }
}
"#,
        "`#[r#cfg(any())]` cannot be put on a field",
    ),
    (
        "cfg_of_a_variant",
        r#"
open_enum! {
    #[wire("State", SERVICE, V1)]
    pub enum State {
        #[wire("on")]
        #[cfg_attr(all(), cfg(any()))]
        On,
        #[wire("off")]
        Off,
    }
}
"#,
        "`#[cfg_attr(all(), cfg(any()))]` cannot be put on a field or variant",
    ),
    (
        "attribute_macro_on_a_field",
        r#"
use vmomi_hostile_macros::swap as serde;
data_object! {
    #[wire("Root", SERVICE, V1)]
    pub struct Root {
        pub extra: Extra,
        #[wire("number", V1)]
        #[serde()]
        pub number: i64,
    }
}
"#,
        "expected non-macro attribute, found attribute macro `serde`",
    ),
    (
        "attribute_macro_on_a_variant",
        r#"
use vmomi_hostile_macros::swap as serde;
open_enum! {
    #[wire("State", SERVICE, V1)]
    pub enum State {
        #[wire("on")]
        #[serde()]
        On,
    }
}
"#,
        "expected non-macro attribute, found attribute macro `serde`",
    ),
    (
        "type_of_a_field_by_a_macro",
        r#"
data_object! {
    #[wire("Root", SERVICE, V1)]
    pub struct Root {
        pub extra: Extra,
        #[wire("text", V1)]
        pub text: vmomi_hostile_macros::by_turns!(),
    }
}
"#,
        "mismatched types",
    ),
    (
        "type_within_the_type_of_a_field_by_a_macro",
        r#"
data_object! {
    #[wire("First", SERVICE, V1)]
    pub struct First {
        pub extra: Extra,
        #[wire("number", V1)]
        pub number: i64,
    }
}
data_object! {
    #[wire("Second", SERVICE, V1)]
    pub struct Second {
        pub extra: Extra,
        #[wire("reference", V1)]
        pub reference: Option<ManagedObjectReference>,
    }
}
data_object! {
    #[wire("Leaf", SERVICE, V1)]
    pub struct Leaf {
        pub base: First,
        #[wire("list", V1)]
        pub list: Vec<vmomi_hostile_macros::first_then_second!()>,
    }
}
"#,
        "mismatched types",
    ),
    (
        "base_by_a_macro",
        r#"
data_object! {
    #[wire("First", SERVICE, V1)]
    pub struct First {
        pub extra: Extra,
        #[wire("number", V1)]
        pub number: i64,
    }
}
data_object! {
    #[wire("Second", SERVICE, V1)]
    pub struct Second {
        pub base: First,
    }
}
data_object! {
    #[wire("Leaf", SERVICE, V1)]
    pub struct Leaf {
        pub base: vmomi_hostile_macros::first_then_second!(),
    }
}
"#,
        "mismatched types",
    ),
    (
        "layout_of_an_enum_of_ones_own",
        r#"
#[derive(Clone, PartialEq)]
#[repr(u32)]
enum State {
    On,
    Unknown(Box<str>),
}
impl OpenEnum for State {
    const TYPE: &'static vmomi_runtime::erased::EnumType<Self> =
        &vmomi_runtime::erased::EnumType::new("State", &SERVICE, V1, &["on"], State::Unknown);
}
"#,
        "is unsafe and requires unsafe",
    ),
    (
        "steps_to_a_type_that_is_not_extended",
        r#"
data_object! {
    #[wire("First", SERVICE, V1)]
    pub struct First {
        pub extra: Extra,
    }
}
data_object! {
    #[wire("Second", SERVICE, V1)]
    pub struct Second {
        pub extra: Extra,
    }
}
impl vmomi_runtime::IsA<First, ()> for Second {}
"#,
        "requires an `unsafe impl` declaration",
    ),
];
