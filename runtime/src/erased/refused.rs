//! What does not compile, because the tables would not fit. Only for documentation tests.
//!
//! A type that is described as it is:
//!
//! ```
//! # use vmomi_runtime::generated::*;
//! # static SERVICE: Service = Service { name: "s", namespace: "urn:s", version: "1", endpoint: "/", versions: &["1"] };
//! # static TYPES: TypeRegistry = TypeRegistry { service: &SERVICE, data_objects: &[], enums: &[] };
//! # const V1: Since = Since(0);
//! #[repr(C)]
//! struct Root { extra: Extra, number: i32 }
//! static ROOT: Type<Root> =
//!     Type::new("Root", &SERVICE, V1, fields!(Root, extra, [number, "number", V1]));
//! data_object!(Root, ROOT);
//!
//! #[repr(C)]
//! struct Leaf { base: Root, text: Option<String>, roots: Vec<Dyn<Root>>, state: Option<State> }
//! static LEAF: Type<Leaf> = Type::new("Leaf", &SERVICE, V1,
//!     fields!(Leaf, base, [text, "text", V1], [roots, "roots", V1, secret], [state, "state", V1]));
//! data_object!(Leaf: Root [], LEAF);
//!
//! #[repr(u16)]
//! enum State { On, Off, Unknown(Box<str>) }
//! open_enum!(State, "State", &SERVICE, V1, [On = "on", Off = "off"]);
//!
//! let leaf = Leaf { text: Some("text".into()), state: Some(State::Off), ..Default::default() };
//! assert_eq!(Dyn::<Root>::new(leaf.clone()).downcast_ref::<Leaf>(), Some(&leaf));
//! ```
//!
//! A field that is not listed, which nothing would initialise:
//!
//! ```compile_fail,E0027
//! # use vmomi_runtime::generated::*;
//! # static SERVICE: Service = Service { name: "s", namespace: "urn:s", version: "1", endpoint: "/", versions: &["1"] };
//! # static TYPES: TypeRegistry = TypeRegistry { service: &SERVICE, data_objects: &[], enums: &[] };
//! # const V1: Since = Since(0);
//! #[repr(C)]
//! struct Root { extra: Extra, number: i32, hidden: bool }
//! static ROOT: Type<Root> =
//!     Type::new("Root", &SERVICE, V1, fields!(Root, extra, [number, "number", V1]));
//! data_object!(Root, ROOT);
//! ```
//!
//! A field listed twice, which would be dropped twice:
//!
//! ```compile_fail,E0025
//! # use vmomi_runtime::generated::*;
//! # static SERVICE: Service = Service { name: "s", namespace: "urn:s", version: "1", endpoint: "/", versions: &["1"] };
//! # static TYPES: TypeRegistry = TypeRegistry { service: &SERVICE, data_objects: &[], enums: &[] };
//! # const V1: Since = Since(0);
//! #[repr(C)]
//! struct Root { extra: Extra, text: String }
//! static ROOT: Type<Root> = Type::new("Root", &SERVICE, V1,
//!     fields!(Root, extra, [text, "text", V1], [text, "again", V1]));
//! data_object!(Root, ROOT);
//! ```
//!
//! A field of the base, reached by `Deref`:
//!
//! ```compile_fail,E0026
//! # use vmomi_runtime::generated::*;
//! # static SERVICE: Service = Service { name: "s", namespace: "urn:s", version: "1", endpoint: "/", versions: &["1"] };
//! # static TYPES: TypeRegistry = TypeRegistry { service: &SERVICE, data_objects: &[], enums: &[] };
//! # const V1: Since = Since(0);
//! #[repr(C)]
//! struct Root { extra: Extra, text: String }
//! static ROOT: Type<Root> = Type::new("Root", &SERVICE, V1, fields!(Root, extra, [text, "text", V1]));
//! data_object!(Root, ROOT);
//! #[repr(C)]
//! struct Leaf { base: Root }
//! static LEAF: Type<Leaf> = Type::new("Leaf", &SERVICE, V1, fields!(Leaf, base, [text, "text", V1]));
//! data_object!(Leaf: Root [], LEAF);
//! ```
//!
//! A field of a type that no kind stands for:
//!
//! ```compile_fail,E0277
//! # use vmomi_runtime::generated::*;
//! # static SERVICE: Service = Service { name: "s", namespace: "urn:s", version: "1", endpoint: "/", versions: &["1"] };
//! # static TYPES: TypeRegistry = TypeRegistry { service: &SERVICE, data_objects: &[], enums: &[] };
//! # const V1: Since = Since(0);
//! #[repr(C)]
//! struct Root { extra: Extra, number: u32 }
//! static ROOT: Type<Root> =
//!     Type::new("Root", &SERVICE, V1, fields!(Root, extra, [number, "number", V1]));
//! data_object!(Root, ROOT);
//! ```
//!
//! An optional object in place, whose `None` the interpreter does not know:
//!
//! ```compile_fail,E0080
//! # use vmomi_runtime::generated::*;
//! # static SERVICE: Service = Service { name: "s", namespace: "urn:s", version: "1", endpoint: "/", versions: &["1"] };
//! # static TYPES: TypeRegistry = TypeRegistry { service: &SERVICE, data_objects: &[], enums: &[] };
//! # const V1: Since = Since(0);
//! #[repr(C)]
//! struct Root { extra: Extra }
//! static ROOT: Type<Root> = Type::new("Root", &SERVICE, V1, fields!(Root, extra));
//! data_object!(Root, ROOT);
//! #[repr(C)]
//! struct Leaf { base: Root, other: Option<Root> }
//! static LEAF: Type<Leaf> = Type::new("Leaf", &SERVICE, V1, fields!(Leaf, base, [other, "other", V1]));
//! data_object!(Leaf: Root [], LEAF);
//! ```
//!
//! A struct that does not begin with what it extends:
//!
//! ```compile_fail,E0080
//! # use vmomi_runtime::generated::*;
//! # static SERVICE: Service = Service { name: "s", namespace: "urn:s", version: "1", endpoint: "/", versions: &["1"] };
//! # static TYPES: TypeRegistry = TypeRegistry { service: &SERVICE, data_objects: &[], enums: &[] };
//! # const V1: Since = Since(0);
//! #[repr(C)]
//! struct Root { number: i64, extra: Extra }
//! static ROOT: Type<Root> =
//!     Type::new("Root", &SERVICE, V1, fields!(Root, extra, [number, "number", V1]));
//! data_object!(Root, ROOT);
//! ```
//!
//! A struct that claims to extend what is not its beginning, as soon as its type is used:
//!
//! ```compile_fail,E0080
//! # use vmomi_runtime::generated::*;
//! # static SERVICE: Service = Service { name: "s", namespace: "urn:s", version: "1", endpoint: "/", versions: &["1"] };
//! # static TYPES: TypeRegistry = TypeRegistry { service: &SERVICE, data_objects: &[], enums: &[] };
//! # const V1: Since = Since(0);
//! #[repr(C)]
//! struct Root { extra: Extra }
//! static ROOT: Type<Root> = Type::new("Root", &SERVICE, V1, fields!(Root, extra));
//! data_object!(Root, ROOT);
//! #[repr(C)]
//! struct Leaf { extra: Extra, base: Root }
//! static LEAF: Type<Leaf> = Type::new("Leaf", &SERVICE, V1, fields!(Leaf, extra, [base, "base", V1]));
//! data_object!(Leaf: Root [], LEAF);
//! const _: vmomi_runtime::erased::TypeLink = Leaf::TYPE;
//! ```
//!
//! A struct that claims to extend what its base only derefs to:
//!
//! ```compile_fail,E0308
//! # use vmomi_runtime::generated::*;
//! # static SERVICE: Service = Service { name: "s", namespace: "urn:s", version: "1", endpoint: "/", versions: &["1"] };
//! # static TYPES: TypeRegistry = TypeRegistry { service: &SERVICE, data_objects: &[], enums: &[] };
//! # const V1: Since = Since(0);
//! #[repr(C)]
//! struct Root { extra: Extra }
//! static ROOT: Type<Root> = Type::new("Root", &SERVICE, V1, fields!(Root, extra));
//! data_object!(Root, ROOT);
//! #[repr(C)]
//! struct Other { extra: Extra, root: Box<Root> }
//! static OTHER: Type<Other> = Type::new("Other", &SERVICE, V1, fields!(Other, extra, [root, "root", V1]));
//! data_object!(Other, OTHER);
//! impl std::ops::Deref for Other {
//!     type Target = Root;
//!     fn deref(&self) -> &Root { &self.root }
//! }
//! impl std::ops::DerefMut for Other {
//!     fn deref_mut(&mut self) -> &mut Root { &mut self.root }
//! }
//! #[repr(C)]
//! struct Leaf { base: Other }
//! static LEAF: Type<Leaf> = Type::new("Leaf", &SERVICE, V1, fields!(Leaf, base));
//! data_object!(Leaf: Root [], LEAF);
//! ```
//!
//! An ancestor that is none:
//!
//! ```compile_fail,E0277
//! # use vmomi_runtime::generated::*;
//! # static SERVICE: Service = Service { name: "s", namespace: "urn:s", version: "1", endpoint: "/", versions: &["1"] };
//! # static TYPES: TypeRegistry = TypeRegistry { service: &SERVICE, data_objects: &[], enums: &[] };
//! # const V1: Since = Since(0);
//! #[repr(C)]
//! struct Root { extra: Extra }
//! static ROOT: Type<Root> = Type::new("Root", &SERVICE, V1, fields!(Root, extra));
//! data_object!(Root, ROOT);
//! #[repr(C)]
//! struct Other { extra: Extra }
//! static OTHER: Type<Other> = Type::new("Other", &SERVICE, V1, fields!(Other, extra));
//! data_object!(Other, OTHER);
//! #[repr(C)]
//! struct Leaf { base: Root }
//! static LEAF: Type<Leaf> = Type::new("Leaf", &SERVICE, V1, fields!(Leaf, base));
//! data_object!(Leaf: Root [Other], LEAF);
//! ```
//!
//! A packed struct, whose fields are not aligned:
//!
//! ```compile_fail,E0080
//! # use vmomi_runtime::generated::*;
//! # static SERVICE: Service = Service { name: "s", namespace: "urn:s", version: "1", endpoint: "/", versions: &["1"] };
//! # static TYPES: TypeRegistry = TypeRegistry { service: &SERVICE, data_objects: &[], enums: &[] };
//! # const V1: Since = Since(0);
//! #[repr(C, packed)]
//! struct Root { extra: Extra, flag: bool, text: String }
//! static ROOT: Type<Root> = Type::new("Root", &SERVICE, V1,
//!     fields!(Root, extra, [flag, "flag", V1], [text, "text", V1]));
//! data_object!(Root, ROOT);
//! ```
//!
//! A struct that needs more alignment than objects on the heap have:
//!
//! ```compile_fail,E0080
//! # use vmomi_runtime::generated::*;
//! # static SERVICE: Service = Service { name: "s", namespace: "urn:s", version: "1", endpoint: "/", versions: &["1"] };
//! # static TYPES: TypeRegistry = TypeRegistry { service: &SERVICE, data_objects: &[], enums: &[] };
//! # const V1: Since = Since(0);
//! #[repr(C, align(64))]
//! struct Root { extra: Extra }
//! static ROOT: Type<Root> = Type::new("Root", &SERVICE, V1, fields!(Root, extra));
//! data_object!(Root, ROOT);
//! ```
//!
//! Another type's description:
//!
//! ```compile_fail,E0308
//! # use vmomi_runtime::generated::*;
//! # static SERVICE: Service = Service { name: "s", namespace: "urn:s", version: "1", endpoint: "/", versions: &["1"] };
//! # static TYPES: TypeRegistry = TypeRegistry { service: &SERVICE, data_objects: &[], enums: &[] };
//! # const V1: Since = Since(0);
//! #[repr(C)]
//! struct Root { extra: Extra }
//! static ROOT: Type<Root> = Type::new("Root", &SERVICE, V1, fields!(Root, extra));
//! data_object!(Root, ROOT);
//! #[repr(C)]
//! struct Other { extra: Extra, text: String }
//! data_object!(Other, ROOT);
//! ```
//!
//! A data object by hand, which could lead to any type:
//!
//! ```compile_fail,E0200
//! # use vmomi_runtime::generated::*;
//! # static SERVICE: Service = Service { name: "s", namespace: "urn:s", version: "1", endpoint: "/", versions: &["1"] };
//! # static TYPES: TypeRegistry = TypeRegistry { service: &SERVICE, data_objects: &[], enums: &[] };
//! # const V1: Since = Since(0);
//! #[repr(C)]
//! struct Root { extra: Extra }
//! static ROOT: Type<Root> = Type::new("Root", &SERVICE, V1, fields!(Root, extra));
//! data_object!(Root, ROOT);
//! #[repr(u16)]
//! enum State { On, Unknown(Box<str>) }
//! open_enum!(State, "State", &SERVICE, V1, [On = "on"]);
//! impl DataObject for State {
//!     const TYPE: vmomi_runtime::erased::TypeLink = Root::TYPE;
//! }
//! ```
//!
//! Enums whose tag is not where it is written, not what is written, or not for all variants:
//!
//! ```compile_fail,E0080
//! # use vmomi_runtime::generated::*;
//! # static SERVICE: Service = Service { name: "s", namespace: "urn:s", version: "1", endpoint: "/", versions: &["1"] };
//! # static TYPES: TypeRegistry = TypeRegistry { service: &SERVICE, data_objects: &[], enums: &[] };
//! # const V1: Since = Since(0);
//! enum State { On, Off, Unknown(Box<str>) }
//! open_enum!(State, "State", &SERVICE, V1, [On = "on", Off = "off"]);
//! ```
//!
//! ```compile_fail,E0080
//! # use vmomi_runtime::generated::*;
//! # static SERVICE: Service = Service { name: "s", namespace: "urn:s", version: "1", endpoint: "/", versions: &["1"] };
//! # static TYPES: TypeRegistry = TypeRegistry { service: &SERVICE, data_objects: &[], enums: &[] };
//! # const V1: Since = Since(0);
//! #[repr(C)]
//! enum State { On, Off, Unknown(Box<str>) }
//! open_enum!(State, "State", &SERVICE, V1, [On = "on", Off = "off"]);
//! ```
//!
//! ```compile_fail,E0080
//! # use vmomi_runtime::generated::*;
//! # static SERVICE: Service = Service { name: "s", namespace: "urn:s", version: "1", endpoint: "/", versions: &["1"] };
//! # static TYPES: TypeRegistry = TypeRegistry { service: &SERVICE, data_objects: &[], enums: &[] };
//! # const V1: Since = Since(0);
//! #[repr(u16)]
//! enum State { On, Off, Unknown(Box<str>) = 7 }
//! open_enum!(State, "State", &SERVICE, V1, [On = "on", Off = "off"]);
//! ```
//!
//! ```compile_fail,E0080
//! # use vmomi_runtime::generated::*;
//! # static SERVICE: Service = Service { name: "s", namespace: "urn:s", version: "1", endpoint: "/", versions: &["1"] };
//! # static TYPES: TypeRegistry = TypeRegistry { service: &SERVICE, data_objects: &[], enums: &[] };
//! # const V1: Since = Since(0);
//! #[repr(u16)]
//! enum State { Unknown(Box<str>), On, Off }
//! open_enum!(State, "State", &SERVICE, V1, [On = "on", Off = "off"]);
//! ```
//!
//! ```compile_fail,E0004
//! # use vmomi_runtime::generated::*;
//! # static SERVICE: Service = Service { name: "s", namespace: "urn:s", version: "1", endpoint: "/", versions: &["1"] };
//! # static TYPES: TypeRegistry = TypeRegistry { service: &SERVICE, data_objects: &[], enums: &[] };
//! # const V1: Since = Since(0);
//! #[repr(u16)]
//! enum State { On, Off, Unknown(Box<str>) }
//! open_enum!(State, "State", &SERVICE, V1, [On = "on"]);
//! ```
//!
//! ```compile_fail,E0308
//! # use vmomi_runtime::generated::*;
//! # static SERVICE: Service = Service { name: "s", namespace: "urn:s", version: "1", endpoint: "/", versions: &["1"] };
//! # static TYPES: TypeRegistry = TypeRegistry { service: &SERVICE, data_objects: &[], enums: &[] };
//! # const V1: Since = Since(0);
//! #[repr(u16)]
//! enum State { On, Unknown(Box<[u8]>) }
//! open_enum!(State, "State", &SERVICE, V1, [On = "on"]);
//! ```
