//! The builder: what it fills, and that no order of calls breaks it.

use proptest::prelude::*;
use vmomi_runtime::erased::{Budget, Kind, ObjectBuilder, OverBudget, Slot, TypeInfo, ValueRef};
use vmomi_runtime::generated::*;
use vmomi_runtime::{Any, AnyArray, DataObject};

use super::sample::element;
use crate::arbitrary::{self, moved};
use crate::support::*;

/// Enters an object of the type, if one can be put where the builder aims at.
fn enter<T: DataObject>(builder: &mut ObjectBuilder) -> Option<&'static TypeInfo> {
    builder.enter(T::type_info()).expect("within the budget")
}

#[test]
fn showing_a_builder_reads_nothing_of_what_is_open() {
    let mut builder = ObjectBuilder::new(Budget::unlimited());
    let list = AnyArray::with_kind(Kind::String);
    let entered = builder.enter_list(list).expect("within the budget");
    entered.expect("the root takes a list");
    for text in ["one", "two"] {
        builder.aim_at_item().expect("a list");
        let Some(Slot::String(place)) = builder.slot() else {
            panic!("a string");
        };
        place.put(text.into()).expect("within the budget");
        // The pointers to what is open are good for writing only as long as nothing else reads it.
        assert_eq!(format!("{builder:?}"), "ObjectBuilder { open: None, .. }");
    }
    builder.leave();
    assert_eq!(
        format!("{builder:?}"),
        "ObjectBuilder { root: [(3 bytes), (3 bytes)], .. }"
    );

    let mut builder = ObjectBuilder::new(Budget::unlimited());
    enter::<VirtualDisk>(&mut builder).expect("an object");
    builder.aim_at_field(b"shares").expect("a field");
    enter::<SharesInfo>(&mut builder).expect("an object");
    assert_eq!(
        format!("{builder:?}"),
        r#"ObjectBuilder { open: Some("SharesInfo"), .. }"#
    );
}

/// It is kept until the end, since dropping it may take long. Where there is no room for that the value
/// is over its budget, and what would replace it goes nowhere.
#[test]
fn a_large_value_is_replaced_within_the_budget() {
    const BYTES: usize = 2 << 20;
    for (room, is_enough) in [(1_000, true), (100, false)] {
        let mut builder = ObjectBuilder::new(Budget::new(BYTES as u64 + 10_000));
        enter::<Everything>(&mut builder).expect("an object");
        builder.aim_at_field(b"any").expect("a field");
        let large = Any::Unknown(Box::new(element("large", &"x".repeat(BYTES))));
        let Some(Slot::Any(place)) = builder.slot() else {
            panic!("a place for any type");
        };
        place.put(large).expect("within the budget");
        let rest = builder.budget().left().saturating_sub(room);
        let taken = builder.budget().take(usize::try_from(rest).expect("small"));
        taken.expect("what is left, with a little for the allocator");
        builder.aim_at_field(b"any").expect("a field");
        match builder.slot() {
            Some(Slot::Any(place)) => place.put(Any::Int(1)).expect("nothing is allocated"),
            _ => assert!(!is_enough),
        }
        assert_eq!(builder.budget().is_exceeded(), !is_enough);
        let value = builder.finish();
        assert_eq!(
            format!("{value:?}").contains("any: 1"),
            is_enough,
            "{value:?}"
        );
    }
}

#[test]
fn a_value_is_put_together_field_by_field() {
    let mut builder = ObjectBuilder::new(Budget::unlimited());
    assert_eq!(builder.current_type().map(|info| info.name()), None);
    let entered = enter::<VirtualDisk>(&mut builder).expect("the root takes any type");
    assert_eq!(entered.name(), "VirtualDisk");
    assert_eq!(
        builder.current_type().map(|info| info.name()),
        Some("VirtualDisk")
    );

    builder.aim_at_field(b"key").expect("a field");
    let Some(Slot::Int(place)) = builder.slot() else {
        panic!("an int");
    };
    place.put(7).expect("within");

    builder.aim_at_field(b"shares").expect("a field");
    enter::<SharesInfo>(&mut builder).expect("an object");
    builder.aim_at_field(b"level").expect("a field");
    let Some(Slot::Enum(place)) = builder.slot() else {
        panic!("an enum");
    };
    assert_eq!(place.info().name(), "SharesLevel");
    place.put("high").expect("within");
    builder.leave();

    builder.aim_at_field(b"backing").expect("a field");
    enter::<VirtualDiskFlatBackingInfo>(&mut builder).expect("an object");
    builder.keep_element(element("more", "")).expect("within");
    builder.leave();
    builder.leave();

    let Any::Object(object) = builder.finish() else {
        panic!("an object");
    };
    let disk = object.into_exact::<VirtualDisk>().expect("a disk");
    assert_eq!(disk.key, 7);
    assert_eq!(
        disk.shares.as_ref().expect("entered").level,
        SharesLevel::High
    );
    assert_eq!(
        disk.backing
            .as_ref()
            .expect("entered")
            .extra
            .elements()
            .len(),
        1
    );
}

#[test]
fn a_type_that_does_not_fit_becomes_the_declared_one() {
    let mut builder = ObjectBuilder::new(Budget::unlimited());
    enter::<VirtualDisk>(&mut builder);
    builder.aim_at_field(b"backing");
    let entered = enter::<MethodFault>(&mut builder).expect("an object");
    assert_eq!(entered.name(), "VirtualDeviceBackingInfo");
    builder.leave();
    builder.aim_at_field(b"shares");
    let entered = enter::<VirtualDisk>(&mut builder).expect("an object");
    assert_eq!(entered.name(), "SharesInfo");
    builder.leave();
    builder.aim_at_field(b"key");
    assert!(
        enter::<SharesInfo>(&mut builder).is_none(),
        "a number takes no object"
    );
}

/// The root must not be replaced while something within it is entered.
#[test]
fn nothing_is_aimed_at_after_entering_and_leaving() {
    let mut builder = ObjectBuilder::new(Budget::unlimited());
    enter::<VirtualDisk>(&mut builder);
    assert!(builder.slot().is_none());
    assert!(enter::<VirtualDisk>(&mut builder).is_none());
    assert!(builder.enter_list(AnyArray::Int(vec![])) == Ok(None));
    assert!(builder.aim_at_item().is_none());
    builder.aim_at_field(b"backing");
    enter::<VirtualDeviceBackingInfo>(&mut builder);
    assert!(builder.slot().is_none());
    builder.leave();
    assert!(builder.slot().is_none());
    builder.aim_at_field(b"key");
    assert!(builder.aim_at_field(b"noSuchField").is_none());
    assert!(builder.slot().is_none(), "not the field aimed at before");
    builder.leave();
    builder.leave();
    assert!(
        matches!(builder.slot(), Some(Slot::Any(_))),
        "the root again"
    );
}

#[test]
fn a_builder_can_move_while_it_is_filled() {
    let mut builder = ObjectBuilder::new(Budget::unlimited());
    builder
        .enter_list(AnyArray::with_kind(Kind::Any))
        .expect("within")
        .expect("the root takes a list");
    let mut builder = moved(builder);
    for number in 0..100 {
        assert!(matches!(builder.aim_at_item(), Some(Kind::Any)));
        if number % 10 == 0 {
            builder
                .enter_list(AnyArray::Int(vec![number]))
                .expect("within")
                .expect("any value");
            builder = moved(builder);
            builder.aim_at_item();
        }
        match builder.slot() {
            Some(Slot::Int(place)) => place.put(number + 1).expect("within"),
            Some(Slot::Any(place)) => place.put(Any::Int(number)).expect("within"),
            other => panic!("{other:?}"),
        }
        if number % 10 == 0 {
            builder.leave();
        }
    }
    let Any::Array(AnyArray::Any(items)) = builder.finish() else {
        panic!("a list");
    };
    assert_eq!(items.len(), 100);
    assert_eq!(items[10], Any::Array(AnyArray::Int(vec![10, 11])));
    assert_eq!(items[11], Any::Int(11));
}

/// Whatever is put, the builder takes it from the budget, and refuses it where less is left.
#[test]
fn what_is_over_the_budget_is_not_put() {
    let text = "x".repeat(1000);
    let mut builder = ObjectBuilder::new(Budget::new(1 << 20));
    enter::<Everything>(&mut builder);
    let left = builder.budget().left();
    let but_1500 = usize::try_from(left).expect("small") - 1500;
    builder.budget().take(but_1500).expect("it is left");
    let mut put = |field: &str, text: &str| {
        builder.aim_at_field(field.as_bytes()).expect("a field");
        match builder.slot() {
            Some(Slot::String(place)) => place.put(text.to_owned()),
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(put("text", &text), Ok(()));
    assert_eq!(put("text", &text), Err(OverBudget));
    assert_eq!(put("text", "short"), Ok(()), "the rest can still be used");
    builder.aim_at_field(b"any").expect("a field");
    let list = builder.enter_list(AnyArray::String(vec![text.clone(); 2]));
    assert_eq!(list, Err(OverBudget));
    let entered = builder.enter(Everything::type_info());
    assert!(matches!(entered, Err(OverBudget)));
    let kept = builder.keep_element(element(&text, &text));
    assert_eq!(kept, Err(OverBudget));
    let Any::Object(object) = builder.finish() else {
        panic!("an object")
    };
    let object = object.downcast_ref::<Everything>().expect("its type");
    assert_eq!(object.text, "short");
}

proptest! {
    #![proptest_config(ProptestConfig {
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    /// Whatever is called in whatever order, the value is sound: it can be copied, compared,
    /// shown and dropped.
    #[test]
    fn any_order_of_calls_gives_a_sound_value(steps in arbitrary::steps()) {
        let value = arbitrary::build(&steps);
        prop_assert_eq!(&value.clone(), &value);
        let shown = format!("{value:?}");
        prop_assert!(!shown.is_empty());
    }
}

/// More fields than are looked through one by one.
macro_rules! with_many_fields {
    ($($name:literal $field:ident)*) => {
        data_object! {
            /// A type with many fields.
            #[wire("Many", SERVICE, V1)]
            pub struct Many {
                pub extra: Extra,
                $(
                    #[wire($name, V1)]
                    pub $field: Option<i32>,
                )*
            }
        }
        const NAMES: &[&str] = &[$($name),*];
    };
}

with_many_fields! {
    "a" a "b" b "c" c "ab" ab "ba" ba "abc" abc "key" key "name" name "uuid" uuid "path" path
    "value" value "owner" owner "number" number "version" version "versions" versions
    "guestName" guest_name "guestFamily" guest_family "guestId" guest_id "guestState" guest_state
    "changeVersion" change_version "changeTracking" change_tracking "longNameThatEndsAlike1" long1
    "longNameThatEndsAlike2" long2 "longNameWhichEndsAlike2" long3 "x1" x1 "x2" x2 "x3" x3 "x4" x4
}

#[test]
fn each_of_many_fields_is_found_from_everywhere_and_nothing_else_is() {
    for from in NAMES {
        for (index, name) in NAMES.iter().enumerate() {
            let mut builder = ObjectBuilder::new(Budget::unlimited());
            enter::<Many>(&mut builder).expect("the root takes any type");
            builder.aim_at_field(from.as_bytes()).expect("a field");
            let field = builder.aim_at_field(name.as_bytes()).expect("a field");
            assert_eq!(field.name(), *name);
            let Some(Slot::Int(place)) = builder.slot() else {
                panic!("an int");
            };
            place.put(7).expect("within");
            builder.leave();
            let Any::Object(many) = builder.finish() else {
                panic!("an object");
            };
            let is_set = |value: ValueRef<'_>| !matches!(value, ValueRef::Unset);
            let set = many
                .as_object()
                .fields()
                .position(|(_, value)| is_set(value));
            assert_eq!(set, Some(index), "{name} after {from}");
        }
        let mut builder = ObjectBuilder::new(Budget::unlimited());
        enter::<Many>(&mut builder).expect("the root takes any type");
        builder.aim_at_field(from.as_bytes()).expect("a field");
        for unknown in ["", "A", "d", "keys", "guestIds", "longNameThatEndsAlike3"] {
            assert!(builder.aim_at_field(unknown.as_bytes()).is_none());
        }
    }
}
