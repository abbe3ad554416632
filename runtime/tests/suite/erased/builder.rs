//! The builder: what it fills, and that no order of calls breaks it.

use proptest::prelude::*;
use vmomi_runtime::erased::{Kind, ObjectBuilder, Slot};
use vmomi_runtime::{Any, AnyArray, DataObject, ManagedObjectReference};

use super::sample::{element, time};
use crate::support::*;

#[test]
fn a_value_is_put_together_field_by_field() {
    let mut builder = ObjectBuilder::new();
    assert_eq!(builder.current_type().map(|info| info.name()), None);
    let entered = builder
        .enter(VirtualDisk::type_info())
        .expect("the root takes any type");
    assert_eq!(entered.name(), "VirtualDisk");
    assert_eq!(
        builder.current_type().map(|info| info.name()),
        Some("VirtualDisk")
    );

    builder.aim_at_field(b"key").expect("a field");
    let Some(Slot::Int(place)) = builder.slot() else {
        panic!("an int");
    };
    place.put(7);

    builder.aim_at_field(b"shares").expect("a field");
    builder.enter(SharesInfo::type_info()).expect("an object");
    builder.aim_at_field(b"level").expect("a field");
    let Some(Slot::Enum(place)) = builder.slot() else {
        panic!("an enum");
    };
    assert_eq!(place.info().name(), "SharesLevel");
    place.put("high");
    builder.leave();

    builder.aim_at_field(b"backing").expect("a field");
    builder
        .enter(VirtualDiskFlatBackingInfo::type_info())
        .expect("an object");
    builder
        .extra()
        .expect("an object has it")
        .push_element(element("more", ""));
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
    let mut builder = ObjectBuilder::new();
    builder.enter(VirtualDisk::type_info());
    builder.aim_at_field(b"backing");
    let entered = builder.enter(MethodFault::type_info()).expect("an object");
    assert_eq!(entered.name(), "VirtualDeviceBackingInfo");
    builder.leave();
    builder.aim_at_field(b"shares");
    let entered = builder.enter(VirtualDisk::type_info()).expect("an object");
    assert_eq!(entered.name(), "SharesInfo");
    builder.leave();
    builder.aim_at_field(b"key");
    assert!(
        builder.enter(SharesInfo::type_info()).is_none(),
        "a number takes no object"
    );
}

/// The root must not be replaced while something within it is entered.
#[test]
fn nothing_is_aimed_at_after_entering_and_leaving() {
    let mut builder = ObjectBuilder::new();
    builder.enter(VirtualDisk::type_info());
    assert!(builder.slot().is_none());
    assert!(builder.enter(VirtualDisk::type_info()).is_none());
    assert!(builder.enter_list(AnyArray::Int(vec![])).is_none());
    assert!(builder.aim_at_item().is_none());
    builder.aim_at_field(b"backing");
    builder.enter(VirtualDeviceBackingInfo::type_info());
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
    let mut builder = ObjectBuilder::new();
    builder
        .enter_list(AnyArray::with_kind(Kind::Any))
        .expect("the root takes a list");
    let mut builder = moved(builder);
    for number in 0..100 {
        assert!(matches!(builder.aim_at_item(), Some(Kind::Any)));
        if number % 10 == 0 {
            builder
                .enter_list(AnyArray::Int(vec![number]))
                .expect("any value");
            builder = moved(builder);
            builder.aim_at_item();
        }
        match builder.slot() {
            Some(Slot::Int(place)) => place.put(number + 1),
            Some(Slot::Any(place)) => place.put(Any::Int(number)),
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

/// The builder at another address.
fn moved(builder: ObjectBuilder) -> ObjectBuilder {
    *std::hint::black_box(Box::new(builder))
}

/// What a user of the builder can do to it.
#[derive(Clone, Debug)]
enum Step {
    Aim(usize),
    AimAtItem,
    Put,
    Enter(usize),
    EnterList(usize),
    Leave,
    Extra,
    Move,
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![
        6 => (0..70_usize).prop_map(Step::Aim),
        2 => Just(Step::AimAtItem),
        4 => Just(Step::Put),
        4 => (0..64_usize).prop_map(Step::Enter),
        2 => (0..16_usize).prop_map(Step::EnterList),
        3 => Just(Step::Leave),
        1 => Just(Step::Extra),
        1 => Just(Step::Move),
    ];
    prop::collection::vec(step, 0..60)
}

fn take(builder: &mut ObjectBuilder, step: &Step) {
    match step {
        Step::Aim(index) => {
            if let Some(info) = builder.current_type() {
                let fields: Vec<_> = info
                    .ancestry()
                    .flat_map(|level| level.own_fields())
                    .collect();
                if let Some(field) = fields.get(index % (fields.len() + 1)) {
                    builder.aim_at_field(field.name().as_bytes());
                }
            }
        }
        Step::AimAtItem => {
            builder.aim_at_item();
        }
        Step::Put => match builder.slot() {
            Some(Slot::Bool(place)) => place.put(true),
            Some(Slot::Byte(place)) => place.put(1),
            Some(Slot::Short(place)) => place.put(1),
            Some(Slot::Int(place)) => place.put(1),
            Some(Slot::Long(place)) => place.put(1),
            Some(Slot::Float(place)) => place.put(1.0),
            Some(Slot::Double(place)) => place.put(1.0),
            Some(Slot::String(place)) => place.put("text".into()),
            Some(Slot::DateTime(place)) => place.put(time("2024-01-01T00:00:00Z")),
            Some(Slot::Binary(place)) => place.put(vec![1].into()),
            Some(Slot::Any(place)) => place.put(Any::String("text".into())),
            Some(Slot::Reference(place)) => place.put(ManagedObjectReference::new("T", "v")),
            Some(Slot::Enum(place)) => place.put("unknown"),
            Some(Slot::Object) | None => {}
        },
        Step::Enter(index) => {
            let info = TYPES.data_objects[index % TYPES.data_objects.len()].get();
            builder.enter(info);
        }
        Step::EnterList(index) => {
            let info = TYPES.data_objects[index % TYPES.data_objects.len()];
            let kinds = [Kind::Any, Kind::String, Kind::Reference, Kind::Dyn(info)];
            builder.enter_list(AnyArray::with_kind(kinds[index % kinds.len()]));
        }
        Step::Leave => builder.leave(),
        Step::Extra => {
            if let Some(extra) = builder.extra() {
                extra.push_element(element("more", "text"));
            }
        }
        Step::Move => *builder = moved(std::mem::take(builder)),
    }
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: if cfg!(miri) { 20 } else { 256 },
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    /// Whatever is called in whatever order, the value is sound: it can be copied, compared,
    /// shown and dropped.
    #[test]
    fn any_order_of_calls_gives_a_sound_value(steps in steps()) {
        let mut builder = ObjectBuilder::new();
        for step in &steps {
            take(&mut builder, step);
        }
        let value = builder.finish();
        prop_assert_eq!(&value.clone(), &value);
        let shown = format!("{value:?}");
        prop_assert!(!shown.is_empty());
    }
}
