//! Attributes that a user puts on generated types.

use std::collections::BTreeSet;
use std::fmt::Debug;

use vmomi_runtime::generated::*;

static SERVICE: Service = Service {
    name: "s",
    namespace: "urn:s",
    version: "1",
    endpoint: "/",
    versions: &["1"],
};
static TYPES: TypeRegistry = TypeRegistry {
    service: &SERVICE,
    data_objects: types![Root, Leaf],
    enums: enums![Level],
};
const V1: Since = Since(0);

data_object! {
    /// Has attributes on the type and on a field.
    #[wire("Root", SERVICE, V1)]
    #[must_use]
    #[doc = "And a second paragraph."]
    pub struct Root {
        pub extra: Extra,
        #[wire("small", V1)]
        pub small: bool,
        #[wire("large", V1)]
        #[doc(hidden)]
        pub large: i64,
        #[wire("name", V1, secret)]
        #[doc(alias = "title")]
        pub name: Option<String>,
    }
}

data_object! {
    /// Has one on a field alone, and a base.
    #[wire("Leaf", SERVICE, V1)]
    pub struct Leaf {
        pub base: Root,
        #[wire("level", V1)]
        #[doc(hidden)]
        pub level: Level,
    }
}

open_enum! {
    /// Derives more than the macro does.
    #[wire("Level", SERVICE, V1)]
    #[derive(PartialOrd, Ord)]
    pub enum Level {
        #[wire("low")]
        #[doc(alias = "bottom")]
        Low,
        #[wire("high")]
        High,
    }
}

#[test]
fn types_work_as_those_without() {
    let leaf = Leaf {
        base: Root {
            large: 5,
            name: Some("a".into()),
            ..Root::default()
        },
        level: "high".into(),
    };
    assert_eq!(leaf.clone(), leaf);
    assert_eq!(leaf.level, Level::High);
    let names: Vec<_> = <Leaf as DataObject>::TYPE
        .get()
        .ancestry()
        .flat_map(|info| info.own_fields())
        .map(|field| (field.name(), field.is_secret()))
        .collect();
    let expected = [
        ("level", false),
        ("small", false),
        ("large", false),
        ("name", true),
    ];
    assert_eq!(names, expected);
    assert_eq!(TYPES.data_objects.len(), 2);
}

#[test]
fn derived_traits_are_there() {
    fn is_ordered<T: Ord + Debug>() {}
    is_ordered::<Level>();
    let levels: BTreeSet<_> = ["high", "other", "low"].map(Level::from).into();
    let levels: Vec<_> = levels.iter().map(AsRef::as_ref).collect();
    assert_eq!(levels, ["low", "high", "other"]);
}
