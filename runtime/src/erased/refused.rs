//! What does not compile, because the tables would not fit. Only for documentation tests.
//!
//! Types that are described as they are:
//!
//! ```
//! # use vmomi_runtime::generated::*;
//! # static SERVICE: Service = Service { name: "s", namespace: "urn:s", version: "1", endpoint: "/", versions: &["1"] };
//! # static TYPES: TypeRegistry = TypeRegistry { service: &SERVICE, data_objects: &[], enums: &[] };
//! # const V1: Since = Since(0);
//! data_object! {
//!     #[wire("Root", SERVICE, V1)]
//!     pub struct Root {
//!         pub extra: Extra,
//!         #[wire("number", V1)]
//!         pub number: i32,
//!     }
//! }
//! data_object! {
//!     #[wire("Leaf", SERVICE, V1)]
//!     pub struct Leaf {
//!         pub base: Root,
//!         #[wire("text", V1)]
//!         pub text: Option<String>,
//!         #[wire("roots", V1, secret)]
//!         pub roots: Vec<Dyn<Root>>,
//!         #[wire("state", V1)]
//!         pub state: Option<State>,
//!     }
//! }
//! open_enum! {
//!     #[wire("State", SERVICE, V1)]
//!     pub enum State {
//!         #[wire("on")]
//!         On,
//!         #[wire("off")]
//!         Off,
//!     }
//! }
//!
//! let leaf = Leaf { text: Some("text".into()), state: Some(State::Off), ..Default::default() };
//! assert_eq!(Dyn::<Root>::new(leaf.clone()).downcast_ref::<Leaf>(), Some(&leaf));
//! ```
//!
//! A field of a type that no kind stands for:
//!
//! ```compile_fail,E0277
//! # use vmomi_runtime::generated::*;
//! # static SERVICE: Service = Service { name: "s", namespace: "urn:s", version: "1", endpoint: "/", versions: &["1"] };
//! # static TYPES: TypeRegistry = TypeRegistry { service: &SERVICE, data_objects: &[], enums: &[] };
//! # const V1: Since = Since(0);
//! data_object! {
//!     #[wire("Root", SERVICE, V1)]
//!     pub struct Root {
//!         pub extra: Extra,
//!         #[wire("number", V1)]
//!         pub number: u32,
//!     }
//! }
//! ```
//!
//! An optional object in place, whose `None` the interpreter does not know:
//!
//! ```compile_fail,E0080
//! # use vmomi_runtime::generated::*;
//! # static SERVICE: Service = Service { name: "s", namespace: "urn:s", version: "1", endpoint: "/", versions: &["1"] };
//! # static TYPES: TypeRegistry = TypeRegistry { service: &SERVICE, data_objects: &[], enums: &[] };
//! # const V1: Since = Since(0);
//! data_object! {
//!     #[wire("Root", SERVICE, V1)]
//!     pub struct Root {
//!         pub extra: Extra,
//!     }
//! }
//! data_object! {
//!     #[wire("Leaf", SERVICE, V1)]
//!     pub struct Leaf {
//!         pub base: Root,
//!         #[wire("other", V1)]
//!         pub other: Option<Root>,
//!     }
//! }
//! ```
//!
//! A field that is not described, so that nothing would initialise it:
//!
//! ```compile_fail
//! # use vmomi_runtime::generated::*;
//! # static SERVICE: Service = Service { name: "s", namespace: "urn:s", version: "1", endpoint: "/", versions: &["1"] };
//! # static TYPES: TypeRegistry = TypeRegistry { service: &SERVICE, data_objects: &[], enums: &[] };
//! # const V1: Since = Since(0);
//! data_object! {
//!     #[wire("Root", SERVICE, V1)]
//!     pub struct Root {
//!         pub extra: Extra,
//!         #[wire("number", V1)]
//!         pub number: i32,
//!         pub hidden: bool,
//!     }
//! }
//! ```
//!
//! A struct that begins with nothing:
//!
//! ```compile_fail
//! # use vmomi_runtime::generated::*;
//! # static SERVICE: Service = Service { name: "s", namespace: "urn:s", version: "1", endpoint: "/", versions: &["1"] };
//! # static TYPES: TypeRegistry = TypeRegistry { service: &SERVICE, data_objects: &[], enums: &[] };
//! # const V1: Since = Since(0);
//! data_object! {
//!     #[wire("Root", SERVICE, V1)]
//!     pub struct Root {
//!         #[wire("number", V1)]
//!         pub number: i32,
//!     }
//! }
//! ```
//!
//! A struct that extends what is no data object:
//!
//! ```compile_fail,E0277
//! # use vmomi_runtime::generated::*;
//! # static SERVICE: Service = Service { name: "s", namespace: "urn:s", version: "1", endpoint: "/", versions: &["1"] };
//! # static TYPES: TypeRegistry = TypeRegistry { service: &SERVICE, data_objects: &[], enums: &[] };
//! # const V1: Since = Since(0);
//! data_object! {
//!     #[wire("Leaf", SERVICE, V1)]
//!     pub struct Leaf {
//!         pub base: String,
//!     }
//! }
//! ```
//!
//! A struct with a layout of another kind:
//!
//! ```compile_fail
//! # use vmomi_runtime::generated::*;
//! # static SERVICE: Service = Service { name: "s", namespace: "urn:s", version: "1", endpoint: "/", versions: &["1"] };
//! # static TYPES: TypeRegistry = TypeRegistry { service: &SERVICE, data_objects: &[], enums: &[] };
//! # const V1: Since = Since(0);
//! data_object! {
//!     #[wire("Root", SERVICE, V1)]
//!     #[repr(packed)]
//!     pub struct Root {
//!         pub extra: Extra,
//!     }
//! }
//! ```
//!
//! A marker that does not exist, as would be a misspelt `secret`:
//!
//! ```compile_fail,E0599
//! # use vmomi_runtime::generated::*;
//! # static SERVICE: Service = Service { name: "s", namespace: "urn:s", version: "1", endpoint: "/", versions: &["1"] };
//! # static TYPES: TypeRegistry = TypeRegistry { service: &SERVICE, data_objects: &[], enums: &[] };
//! # const V1: Since = Since(0);
//! data_object! {
//!     #[wire("Root", SERVICE, V1)]
//!     pub struct Root {
//!         pub extra: Extra,
//!         #[wire("password", V1, secrte)]
//!         pub password: String,
//!     }
//! }
//! ```
//!
//! An owner of a type that the object does not extend:
//!
//! ```compile_fail,E0277
//! # use vmomi_runtime::generated::*;
//! # static SERVICE: Service = Service { name: "s", namespace: "urn:s", version: "1", endpoint: "/", versions: &["1"] };
//! # static TYPES: TypeRegistry = TypeRegistry { service: &SERVICE, data_objects: &[], enums: &[] };
//! # const V1: Since = Since(0);
//! data_object! {
//!     #[wire("Root", SERVICE, V1)]
//!     pub struct Root {
//!         pub extra: Extra,
//!     }
//! }
//! data_object! {
//!     #[wire("Other", SERVICE, V1)]
//!     pub struct Other {
//!         pub extra: Extra,
//!     }
//! }
//! data_object! {
//!     #[wire("Leaf", SERVICE, V1)]
//!     pub struct Leaf {
//!         pub base: Root,
//!     }
//! }
//! let _ = Dyn::<Other>::new(Leaf::default());
//! ```
//!
//! Nor does a type extend what extends it:
//!
//! ```compile_fail,E0277
//! # use vmomi_runtime::generated::*;
//! # static SERVICE: Service = Service { name: "s", namespace: "urn:s", version: "1", endpoint: "/", versions: &["1"] };
//! # static TYPES: TypeRegistry = TypeRegistry { service: &SERVICE, data_objects: &[], enums: &[] };
//! # const V1: Since = Since(0);
//! data_object! {
//!     #[wire("Root", SERVICE, V1)]
//!     pub struct Root {
//!         pub extra: Extra,
//!     }
//! }
//! data_object! {
//!     #[wire("Leaf", SERVICE, V1)]
//!     pub struct Leaf {
//!         pub base: Root,
//!     }
//! }
//! let _ = Dyn::<Leaf>::new(Root::default());
//! ```
//!
//! A data object by hand, which could lead to any type:
//!
//! ```compile_fail,E0200
//! # use vmomi_runtime::generated::*;
//! # static SERVICE: Service = Service { name: "s", namespace: "urn:s", version: "1", endpoint: "/", versions: &["1"] };
//! # static TYPES: TypeRegistry = TypeRegistry { service: &SERVICE, data_objects: &[], enums: &[] };
//! # const V1: Since = Since(0);
//! data_object! {
//!     #[wire("Root", SERVICE, V1)]
//!     pub struct Root {
//!         pub extra: Extra,
//!     }
//! }
//! #[derive(Clone, Debug, Default, PartialEq)]
//! struct Other;
//! impl DataObject for Other {
//!     type Base = Extra;
//!     const TYPE: vmomi_runtime::erased::TypeLink = Root::TYPE;
//! }
//! ```
//!
//! A description by hand, which could list any fields:
//!
//! ```compile_fail,E0133
//! # use vmomi_runtime::generated::*;
//! # static SERVICE: Service = Service { name: "s", namespace: "urn:s", version: "1", endpoint: "/", versions: &["1"] };
//! # static TYPES: TypeRegistry = TypeRegistry { service: &SERVICE, data_objects: &[], enums: &[] };
//! # const V1: Since = Since(0);
//! data_object! {
//!     #[wire("Root", SERVICE, V1)]
//!     pub struct Root {
//!         pub extra: Extra,
//!     }
//! }
//! static OTHER: vmomi_runtime::erased::TypeInfo =
//!     vmomi_runtime::erased::TypeInfo::new::<Root>("Other", &SERVICE, V1, &[]);
//! ```
//!
//! One with fields that the struct does not have, even if its contract is claimed to be held:
//!
//! ```compile_fail,E0080
//! # use vmomi_runtime::generated::*;
//! # static SERVICE: Service = Service { name: "s", namespace: "urn:s", version: "1", endpoint: "/", versions: &["1"] };
//! # static TYPES: TypeRegistry = TypeRegistry { service: &SERVICE, data_objects: &[], enums: &[] };
//! # const V1: Since = Since(0);
//! data_object! {
//!     #[wire("Root", SERVICE, V1)]
//!     pub struct Root {
//!         pub extra: Extra,
//!     }
//! }
//! static OTHER: vmomi_runtime::erased::TypeInfo = unsafe {
//!     use vmomi_runtime::erased::{DeclaredField, FieldInfo, TypeInfo};
//!     let declared = DeclaredField::of::<i32>("number", V1);
//!     TypeInfo::new::<Root>("Other", &SERVICE, V1, &FieldInfo::place::<Root, _>([declared]))
//! };
//! ```
//!
//! An enum whose variant holds something:
//!
//! ```compile_fail
//! # use vmomi_runtime::generated::*;
//! # static SERVICE: Service = Service { name: "s", namespace: "urn:s", version: "1", endpoint: "/", versions: &["1"] };
//! # static TYPES: TypeRegistry = TypeRegistry { service: &SERVICE, data_objects: &[], enums: &[] };
//! # const V1: Since = Since(0);
//! open_enum! {
//!     #[wire("State", SERVICE, V1)]
//!     pub enum State {
//!         #[wire("on")]
//!         On(i32),
//!     }
//! }
//! ```
//!
//! An enum whose tags are others than those written:
//!
//! ```compile_fail
//! # use vmomi_runtime::generated::*;
//! # static SERVICE: Service = Service { name: "s", namespace: "urn:s", version: "1", endpoint: "/", versions: &["1"] };
//! # static TYPES: TypeRegistry = TypeRegistry { service: &SERVICE, data_objects: &[], enums: &[] };
//! # const V1: Since = Since(0);
//! open_enum! {
//!     #[wire("State", SERVICE, V1)]
//!     pub enum State {
//!         #[wire("on")]
//!         On = 7,
//!     }
//! }
//! ```
//!
//! An enum with a variant twice, or with one named as that for all other values:
//!
//! ```compile_fail,E0428
//! # use vmomi_runtime::generated::*;
//! # static SERVICE: Service = Service { name: "s", namespace: "urn:s", version: "1", endpoint: "/", versions: &["1"] };
//! # static TYPES: TypeRegistry = TypeRegistry { service: &SERVICE, data_objects: &[], enums: &[] };
//! # const V1: Since = Since(0);
//! open_enum! {
//!     #[wire("State", SERVICE, V1)]
//!     pub enum State {
//!         #[wire("unknown")]
//!         Unknown,
//!     }
//! }
//! ```
//!
//! The description of an enum that was not made by the macro, and may have any layout:
//!
//! ```compile_fail
//! # use vmomi_runtime::generated::*;
//! # static SERVICE: Service = Service { name: "s", namespace: "urn:s", version: "1", endpoint: "/", versions: &["1"] };
//! # static TYPES: TypeRegistry = TypeRegistry { service: &SERVICE, data_objects: &[], enums: &[] };
//! # const V1: Since = Since(0);
//! enum State { On, Unknown(Box<str>) }
//! static STATE: vmomi_runtime::erased::EnumType<State> =
//!     vmomi_runtime::erased::EnumType::new("State", &SERVICE, V1, &["on"]);
//! ```
