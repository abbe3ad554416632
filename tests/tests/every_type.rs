//! Every type of every service, one by one, through everything that its tables are used for.

#![expect(clippy::unwrap_used, reason = "a test says by a panic what went wrong")]

use vmomi::runtime::decode::{DecodeOptions, from_xml};
use vmomi::runtime::erased::{Budget, EnumInfo, Kind, ObjectBuilder, Slot, TypeInfo, TypeLink};
use vmomi::runtime::json::from_json;
use vmomi::runtime::{AnyArray, AnyEnum, TypeRegistry, to_xml};
use vmomi::vim25::{
    DynamicData, MethodFault, VirtualDiskFlatVer2BackingInfo, VirtualMachineSnapshotInfo,
    VirtualMachineSnapshotTree,
};
use vmomi::{Any, AnyObject, DataObject, Dyn, ManagedObjectReference, Service};
use vmomi::{eam, pbm, sms, vim25, vsan, vslm};
use vmomi_tests::json::types_last;

/// What values of each service may be: its own types, and those of vim25 that come with them.
static SERVICES: [&TypeRegistry; 6] = [
    &eam::TYPES,
    &pbm::TYPES,
    &sms::TYPES,
    &vim25::TYPES,
    &vsan::TYPES,
    &vslm::TYPES,
];

/// Each data object with the service that it is of.
fn data_objects() -> impl Iterator<Item = (&'static TypeRegistry, &'static TypeInfo)> {
    SERVICES.iter().flat_map(|types| {
        let objects = types.data_objects.iter().map(|link| link.get());
        let own = objects.filter(|info| is_of(info.service(), types));
        own.map(move |info| (*types, info))
    })
}

/// Each enum with the service that it is of.
fn enums() -> impl Iterator<Item = (&'static TypeRegistry, &'static EnumInfo)> {
    SERVICES.iter().flat_map(|types| {
        let own = types
            .enums
            .iter()
            .filter(|info| is_of(info.service(), types));
        own.map(move |info| (*types, *info))
    })
}

fn is_of(service: &Service, types: &TypeRegistry) -> bool {
    service.namespace == types.service.namespace
}

/// Encodes a value and decodes it again, as XML and as JSON.
fn comes_back(value: &Any, types: &'static TypeRegistry) {
    let xml = to_xml("value", value, types.service).unwrap();
    let back: Any = from_xml(xml.as_bytes(), types, &DecodeOptions::default())
        .unwrap_or_else(|error| panic!("{error}\n{xml}"));
    assert_eq!(&back, value, "{xml}");
    let json = serde_json::to_string(value).unwrap();
    for json in [json.clone(), types_last(&json)] {
        let back: Any = from_json(json.as_bytes(), types, &DecodeOptions::default())
            .unwrap_or_else(|error| panic!("{error}\n{json}"));
        assert_eq!(&back, value, "{json}");
    }
}

/// A struct that owned others of its type by a `Box` or `Vec` would be dropped by a function that calls itself.
#[test]
fn no_value_nests_in_its_own_type_but_in_a_dyn() {
    /// The types whose values one of this type has in its own memory, or in that of its boxes and vectors.
    fn held(info: &'static TypeInfo) -> Vec<&'static TypeInfo> {
        let fields = info.own_fields().iter().map(|field| field.shape().kind);
        let held = fields.filter_map(|kind| match kind {
            Kind::Inline(link) | Kind::Boxed(link) => Some(link.get()),
            _ => None,
        });
        info.base().into_iter().chain(held).collect()
    }
    for (_, info) in data_objects() {
        let mut waiting = held(info);
        let mut seen: Vec<&TypeInfo> = Vec::new();
        while let Some(other) = waiting.pop() {
            assert!(!std::ptr::eq(other, info), "{}", info.name());
            if !seen.iter().any(|it| std::ptr::eq(*it, other)) {
                seen.push(other);
                waiting.extend(held(other));
            }
        }
    }
}

/// A program may nest values deeper than any server.
#[test]
fn values_of_any_depth_fit_a_small_stack() {
    const LEVELS: usize = 1_000_000;
    let work = || {
        let mut tree = VirtualMachineSnapshotTree::default();
        let mut backing = VirtualDiskFlatVer2BackingInfo::default();
        for id in 0..LEVELS {
            tree = VirtualMachineSnapshotTree {
                id: i32::try_from(id).unwrap(),
                child_snapshot_list: vec![Dyn::new(tree)],
                ..Default::default()
            };
            backing = VirtualDiskFlatVer2BackingInfo {
                parent: Some(Dyn::new(backing)),
                ..Default::default()
            };
        }
        let info = VirtualMachineSnapshotInfo {
            root_snapshot_list: vec![Dyn::new(tree)],
            ..Default::default()
        };
        assert_eq!(info.clone(), info);
        assert!(!format!("{info:?}").is_empty());
        assert!(to_xml("value", &info, vim25::TYPES.service).is_err());
        assert!(serde_json::to_string(&info).is_err());
        assert_eq!(backing.clone(), backing);
    };
    let thread = std::thread::Builder::new().stack_size(512 << 10);
    thread.spawn(work).unwrap().join().unwrap();
}

/// The types that are a service's own, in the numbers of its description.
#[test]
fn each_service_is_as_large_as_its_description() {
    for (types, data_objects, enums) in [
        (&eam::TYPES, 162, 14),
        (&pbm::TYPES, 75, 22),
        (&sms::TYPES, 119, 20),
        (&vim25::TYPES, 3030, 446),
        (&vsan::TYPES, 572, 140),
        (&vslm::TYPES, 18, 5),
    ] {
        let name = types.service.name;
        let objects = self::data_objects().filter(|(_, info)| is_of(info.service(), types));
        assert_eq!(objects.count(), data_objects, "{name}");
        let own_enums = self::enums().filter(|(_, info)| is_of(info.service(), types));
        assert_eq!(own_enums.count(), enums, "{name}");
    }
}

#[test]
fn vim25_has_the_hierarchy_of_its_description() {
    let count = |ancestor| {
        let types = vim25::TYPES.data_objects.iter().map(|link| link.get());
        types.filter(|info| info.is_a(ancestor)).count()
    };
    assert_eq!(count(MethodFault::type_info()), 699);
    assert_eq!(count(DynamicData::type_info()), 3030 - 699 - ROOTS_BESIDE);
}

/// `DynamicArray` and `DynamicProperty`, which extend nothing and are no faults.
const ROOTS_BESIDE: usize = 2;

/// Everything can be named: a service's values may be of its types and of vim25's, and of no other's.
#[test]
fn a_service_has_its_types_and_those_of_vim25_that_come_with_them() {
    for types in SERVICES {
        for link in types.data_objects {
            let info = link.get();
            let namespace = info.service().namespace;
            assert!(
                namespace == types.service.namespace || namespace == vim25::SERVICE.namespace,
                "{} in {}",
                info.name(),
                types.service.name
            );
            let held = info.own_fields().iter().map(|field| field.shape().kind);
            for declared in held.filter_map(Kind::declared_type) {
                let mut found = types.data_objects_named(declared.name());
                assert!(
                    found.any(|found| std::ptr::eq(found, declared)),
                    "{} of {} in {}",
                    declared.name(),
                    info.name(),
                    types.service.name
                );
            }
        }
    }
}

#[test]
fn every_data_object_is_made_copied_compared_shown_and_sent() {
    for (types, info) in data_objects() {
        let object = AnyObject::with_type(info);
        assert_eq!(object.clone(), object, "{}", info.name());
        assert!(format!("{object:?}").starts_with(info.name()));
        comes_back(&Any::Object(object), types);
    }
}

#[test]
fn every_field_of_every_data_object_comes_back() {
    for (types, info) in data_objects() {
        let mut builder = ObjectBuilder::new(Budget::unlimited());
        fill(&mut builder, info, 0);
        comes_back(&builder.finish(), types);
    }
}

/// How deep objects are put into each other.
const DEEPEST: usize = 2;

/// Puts an object of the type into the place aimed at, with something in every field of it.
fn fill(builder: &mut ObjectBuilder, info: &'static TypeInfo, depth: usize) {
    let entered = builder.enter(info).unwrap().unwrap();
    let fields = entered.ancestry().flat_map(|level| level.own_fields());
    for (number, field) in fields.enumerate() {
        let items = if field.shape().is_list() { 2 } else { 1 };
        for _ in 0..items {
            builder.aim_at_field(field.name().as_bytes()).unwrap();
            match field.shape().kind.declared_type() {
                Some(declared) if depth < DEEPEST => fill(builder, declared, depth + 1),
                Some(_) => {}
                None => put(builder.slot().unwrap(), number),
            }
        }
    }
    builder.leave();
}

/// Something that differs from field to field.
fn put(slot: Slot<'_>, number: usize) {
    let number = i8::try_from(number % 100).unwrap() + 1;
    let text = format!("<{number}> & \"{number}\"");
    let reference = || ManagedObjectReference::new("Folder", &format!("group-{number}"));
    let put = match slot {
        Slot::Bool(place) => place.put(number % 2 == 0),
        Slot::Byte(place) => place.put(-number),
        Slot::Short(place) => place.put(i16::MAX - i16::from(number)),
        Slot::Int(place) => place.put(i32::MAX - i32::from(number)),
        Slot::Long(place) => place.put(i64::MIN + i64::from(number)),
        Slot::Float(place) => place.put(0.1 * f32::from(number)),
        Slot::Double(place) => place.put(0.1 * f64::from(number)),
        Slot::String(place) => place.put(text),
        Slot::DateTime(place) => {
            let text = format!("2026-01-01T00:00:00.{number:06}+02:00");
            let scalar = format!("<value>{text}</value>");
            let time = from_xml(scalar.as_bytes(), &vim25::TYPES, &DecodeOptions::default());
            place.put(time.unwrap())
        }
        Slot::Binary(place) => place.put(text.into_bytes().into()),
        Slot::Any(place) => place.put(match number % 3 {
            0 => Any::String(text),
            1 => Any::Long(number.into()),
            _ => Any::Reference(reference()),
        }),
        Slot::Reference(place) => place.put(reference()),
        Slot::Enum(place) => {
            let info = place.info();
            let values = info.values();
            let known = values.get(usize::from(number.unsigned_abs()) % (values.len() + 1));
            place.put(known.copied().unwrap_or("no such value"))
        }
        Slot::Object => Ok(()),
    };
    put.unwrap();
}

#[test]
fn every_array_has_a_name_by_which_it_comes_back() {
    for (types, info) in data_objects() {
        let array = AnyArray::with_kind(Kind::Dyn(TypeLink::to(info)));
        assert_eq!(array.type_name(), format!("ArrayOf{}", info.name()));
        comes_back(&Any::Array(array), types);
    }
    for (types, info) in enums() {
        let array = AnyArray::with_kind(Kind::Enum(info));
        comes_back(&Any::Array(array), types);
    }
}

#[test]
fn every_enum_value_comes_back_and_so_does_an_unknown_one() {
    for (types, info) in enums() {
        for value in info.values().iter().copied().chain(["no such value"]) {
            let value = value.into();
            comes_back(&Any::Enum(AnyEnum { info, value }), types);
        }
    }
}
