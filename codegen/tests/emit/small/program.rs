//! Uses what is generated from the small descriptions. The test compiles and runs it.

mod settings;
mod settled;
mod with_catalog;
mod without_catalog;

use vmomi_runtime::decode::{DecodeOptions, from_xml};
use vmomi_runtime::erased::{Arity, Kind};
use vmomi_runtime::{
    Any, Binary, Call, DataObject, Dyn, ManagedObjectReference, MoRef, PendingTask, Since, Stub,
    to_xml,
};
use with_catalog::common::{DynamicData, MethodFault};
use with_catalog::small::{
    Chain, Device, Disk, Entity, Hardware, InvalidState, Label, Machine, Nothing, PowerState,
    SERVICE, Scalars, TYPES, versions,
};

fn main() {
    values_survive_the_wire();
    fields_keep_their_order();
    inheritance_is_seen();
    tables_tell_the_facts();
    settings::check();
}

fn hardware() -> Hardware {
    let disk = Disk {
        base: Device {
            key: 7,
            r#type: Some("scsi".to_owned()),
            ..Default::default()
        },
        capacity_in_kb: 1 << 40,
        base_: Some(Dyn::default()),
        state: Some(PowerState::_64bit),
        states: vec![PowerState::Unknown_, PowerState::Unknown("odd".into())],
    };
    let scalars = Scalars {
        boolean: true,
        short: vec![-1, 2],
        double: vec![0.5],
        string: "<&>".to_owned(),
        binary: Binary(vec![0, 255]),
        any: Any::Int(3),
        many_any: vec![Any::String("x".to_owned()), Any::Bool(false)],
        ..Default::default()
    };
    Hardware {
        extra_: PowerState::AB,
        device: vec![Dyn::new(disk.clone()), Dyn::default()],
        boot: Some(Dyn::new(disk.clone())),
        root: Dyn::new(Device::default()),
        scalars,
        disk: vec![Dyn::new(disk)],
        chain: Some(Dyn::new(Chain {
            link: 1,
            next: Some(Dyn::default()),
            ..Default::default()
        })),
        owner: ManagedObjectReference::new("Machine", "m-1").typed(),
        user: vec![ManagedObjectReference::new("Entity", "e-1").typed()],
        password: Some("hidden".to_owned()),
        nothing: Some(Nothing::Unknown("something".into())),
        ..Default::default()
    }
}

fn values_survive_the_wire() {
    let sent = hardware();
    let xml = to_xml("hardware", &sent, &SERVICE).expect("encodable");
    let options = DecodeOptions::default();
    let received: Hardware = from_xml(xml.as_bytes(), &TYPES, &options).expect("decodable");
    assert_eq!(received, sent, "{xml}");
    assert!(!format!("{sent:?}").contains("hidden"));
}

fn fields_keep_their_order() {
    let xml = to_xml("disk", &hardware().disk[0], &SERVICE).expect("encodable");
    let places = [
        "<key>7<",
        "<type>scsi<",
        "<capacityInKB>",
        "<base>",
        "<state>64bit<",
    ]
    .map(|element| xml.find(element));
    assert!(
        places.iter().all(Option::is_some) && places.is_sorted(),
        "{xml}"
    );
}

fn inheritance_is_seen() {
    let device = &hardware().device[0];
    assert_eq!(device.key, 7);
    assert!(
        device
            .downcast_ref::<Disk>()
            .is_some_and(|disk| disk.key == 7)
    );
    assert!(device.is::<DynamicData>() && !device.is::<Scalars>());
    let _any_level: [Dyn<DynamicData>; 2] = [Dyn::new(Disk::default()), Dyn::new(Label::default())];
    let _fault: Dyn<MethodFault> = Dyn::new(InvalidState::default());
    let label = Label::default();
    assert_eq!(
        label.text, "",
        "a field of the type of the same name in the other namespace"
    );
}

fn tables_tell_the_facts() {
    assert_eq!(SERVICE.version_name(versions::V1_0U1), "1.0u1");
    let names: Vec<_> = TYPES
        .data_objects
        .iter()
        .map(|link| link.get().name())
        .collect();
    assert!(names.is_sorted() && names.contains(&"Stub") && names.contains(&"RuntimeFault"));
    assert!(names.iter().all(|name| TYPES.data_object(name).is_some()));

    let device = TYPES.data_object("Device").expect("there");
    let disk = TYPES.data_object("Disk");
    assert!(disk.is_some_and(|disk| disk.is_a(device) && disk.is_a(DynamicData::type_info())));
    let added = device
        .own_fields()
        .iter()
        .find(|field| field.name() == "type");
    assert_eq!(added.map(|field| field.since()), Some(versions::V2_0));
    let secrets: Vec<_> = Hardware::type_info()
        .own_fields()
        .iter()
        .filter(|field| field.is_secret())
        .collect();
    assert_eq!(secrets.len(), 1);

    assert_eq!(Machine::TYPE.base.map(|base| base.name), Some("Entity"));
    let peer = Machine::TYPE
        .property("peer")
        .and_then(|property| property.shape())
        .expect("there");
    assert!(matches!(peer.kind, Kind::Reference) && matches!(peer.arity, Arity::ErasedList(_)));
    assert!(
        Machine::TYPE.property("name").is_some(),
        "an inherited property"
    );
    assert_eq!(
        without_catalog::small::Device::type_info().since(),
        Since::UNKNOWN
    );
}

/// That this compiles is the test: the methods take and give these types.
fn _operations<'a>(
    machine: &'a Machine,
    entity: &'a MoRef<Entity>,
    hardware: &'a Hardware,
) -> (
    Call<'a, PendingTask<()>>,
    Call<'a, Option<i32>>,
    Call<'a, MoRef<Machine>>,
    Call<'a, ()>,
    Call<'a, Vec<Dyn<Device>>>,
) {
    (
        machine.power_on_task(Some(entity)),
        machine.count(None, 5),
        machine.clone_(),
        machine.login("user", None, &[]),
        machine.reconfigure(
            hardware,
            None,
            &hardware.device,
            None,
            &hardware.extra_,
            None,
            Some(b"x"),
        ),
    )
}

/// Without a catalogue one stub has every operation, and takes the object to call.
fn _operations_of_a_service<'a>(
    service: &'a without_catalog::small::SmallPortType,
    object: &'a ManagedObjectReference,
) -> (Call<'a, ManagedObjectReference>, Call<'a, Option<i32>>) {
    (
        service.power_on_task(object, Some(object)),
        service.count(object, None, 5),
    )
}
