//! `Debug` and `Display` of values, paths and differences.

use vmomi::reflect::{Next, ObjectRef, PropertyPath, Revealed, differences};
use vmomi::runtime::erased::{Budget, ObjectBuilder, Slot};
use vmomi::runtime::{AnyArray, Fault, FaultDetail, Node, to_xml};
use vmomi::vim25::{
    OptionValue, UserSession, VirtualMachine, VirtualMachineConfigInfo, VirtualMachinePowerState,
};
use vmomi::{Any, AnyObject, DataObject, Dyn, ManagedObjectReference, MoRef};

use crate::canary::{CANARY, MESSAGE, SECRET, assert_error_hidden, assert_hidden, debug, is_in};
use crate::filled::{anys, element, object, types};

#[test]
fn no_object_of_any_type_shows_a_text() {
    let (mut with_text, mut with_secret) = (0, 0);
    for (types, info) in types() {
        let value = object(info);
        let xml = to_xml("value", &value, types.service).unwrap();
        assert!(is_in(CANARY, &xml), "{xml}");
        let Any::Object(object) = &value else {
            panic!("{xml}")
        };
        assert_hidden(&debug(&value));
        assert_hidden(&debug(object));
        assert_hidden(&debug(&AnyArray::Any(vec![value.clone()].into())));
        // Texts are shown on request, but no secrets, nor what no type describes.
        let revealed = object.as_object().revealed().to_string();
        assert!(!is_in(SECRET, &revealed), "{revealed}");
        assert!(!revealed.contains("unheardOf"), "{revealed}");
        with_text += usize::from(is_in(CANARY, &revealed));
        with_secret += usize::from(is_in(SECRET, &xml));
    }
    assert!(with_text > 2_500, "{with_text} types hold text");
    assert!(with_secret > 80, "{with_secret} types hold secrets");
}

/// What changes an object, and what makes one.
#[test]
fn no_object_shows_a_text_while_it_changes() {
    let (mut lists, mut slots) = (0, 0);
    for (_, info) in types().step_by(20) {
        let Any::Object(mut object) = object(info) else {
            panic!("an object")
        };
        assert_hidden(&debug(object.as_object().extra()));
        let names: Vec<&str> = (object.as_object().fields())
            .map(|(field, _)| field.name())
            .collect();
        let mut changing = object.as_object_mut();
        assert_hidden(&debug(&changing));
        let mut builder = ObjectBuilder::new(Budget::unlimited());
        builder.enter(info).unwrap();
        for name in names {
            let value = changing.field(name).unwrap();
            assert_hidden(&debug(&value));
            if let Some(list) = value.into_list() {
                assert_hidden(&debug(&list));
                lists += 1;
            }
            builder.aim_at_field(name.as_bytes()).unwrap();
            let slot = builder.slot().unwrap();
            assert_hidden(&debug(&slot));
            let put = match slot {
                Slot::String(place) => place.put(CANARY.to_owned()),
                Slot::Any(place) => place.put(Any::String(CANARY.to_owned())),
                Slot::Enum(place) => place.put(CANARY),
                _ => continue,
            };
            put.unwrap();
            assert_hidden(&debug(&builder));
            slots += 1;
        }
        builder.keep_element(element()).unwrap();
        assert_hidden(&debug(&builder));
    }
    assert!(lists > 50 && slots > 200, "{lists} lists, {slots} slots");
}

#[test]
fn no_value_of_any_kind_shows_a_text() {
    for any in anys(CANARY) {
        assert_hidden(&debug(&any));
        if !matches!(any, Any::Unknown(_) | Any::Binary(_)) && !debug(&any).contains("byte") {
            panic!("{any:?} does not tell the length");
        }
        if let Any::Array(array) = &any {
            assert_hidden(&debug(array));
        }
    }
    let element = element();
    assert_hidden(&debug(&element));
    assert_hidden(&debug(&element.children));
    assert_hidden(&debug(&Node::Text(CANARY.into())));
    assert!(debug(&element).contains("unknown") && debug(&element).contains("unheardOf"));
}

#[test]
fn what_is_known_to_be_harmless_is_shown() {
    let machine = ManagedObjectReference::new("VirtualMachine", "vm-42");
    let machine: MoRef<VirtualMachine> = machine.typed();
    assert_eq!(
        format!("{machine} {machine:?}"),
        "VirtualMachine:vm-42 VirtualMachine:vm-42"
    );
    let collector = ManagedObjectReference::new("PropertyCollector", "session[52b5]52c0-11");
    assert_eq!(collector.to_string(), "PropertyCollector:(20 bytes)");
    let state = VirtualMachinePowerState::PoweredOn;
    assert_eq!(format!("{state} {state:?}"), "poweredOn \"poweredOn\"");
    let session = UserSession {
        key: SECRET.to_owned(),
        call_count: 3,
        ..Default::default()
    };
    let shown = format!("{session:?}");
    assert!(
        shown.contains("callCount: 3") && shown.contains("key: (secret)"),
        "{shown}"
    );
}

#[test]
fn no_enum_reference_or_fault_shows_a_text() {
    let state = VirtualMachinePowerState::from(CANARY);
    assert_eq!(state.as_ref(), CANARY);
    assert_hidden(&format!("{state} {}", debug(&state)));
    let reference = ManagedObjectReference::with_server_guid(CANARY, CANARY, Some(CANARY));
    assert_hidden(&format!("{reference} {}", debug(&reference)));
    let reference: MoRef<VirtualMachine> = reference.typed();
    assert_hidden(&format!("{reference} {}", debug(&reference)));
    let info = types()
        .find(|(_, info)| info.name() == "InvalidLogin")
        .unwrap()
        .1;
    let Any::Object(typed) = object(info) else {
        panic!("a fault")
    };
    for detail in [
        FaultDetail::Typed(typed),
        FaultDetail::Unknown(Box::new(element())),
        FaultDetail::Missing,
    ] {
        let fault = Fault::new(CANARY, MESSAGE, detail);
        assert_hidden(&debug(&fault));
        let shown = fault.to_string();
        assert!(is_in(MESSAGE, &shown) && !is_in(CANARY, &shown), "{shown}");
    }
}

#[test]
fn no_typed_object_shows_a_text() {
    let info = VirtualMachineConfigInfo::type_info();
    let Any::Object(object) = object(info) else {
        panic!("an object")
    };
    let config: VirtualMachineConfigInfo = object.into_exact().unwrap();
    assert_hidden(&debug(&config));
    assert_hidden(&debug(&Dyn::<VirtualMachineConfigInfo>::new(
        config.clone(),
    )));
    assert_hidden(&debug(&AnyObject::new(config.clone())));
    assert_hidden(&debug(&vec![config.clone()]));
    assert!(is_in(CANARY, &config.revealed().to_string()));
    assert!(is_in(CANARY, &debug(&Revealed::from(&config))));
}

#[test]
fn no_difference_and_no_path_shows_a_text() {
    let option = |value: &str| OptionValue {
        key: CANARY.to_owned(),
        value: Some(Any::String(value.to_owned())),
        ..Default::default()
    };
    let before = VirtualMachineConfigInfo {
        name: CANARY.to_owned(),
        extra_config: vec![option(CANARY).into()],
        ..Default::default()
    };
    let after = VirtualMachineConfigInfo {
        extra_config: vec![option("other").into()],
        ..Default::default()
    };
    let (before, after) = (ObjectRef::of(&before), ObjectRef::of(&after));
    let found = differences(before, after);
    assert_eq!(found.len(), 2);
    for difference in &found {
        assert_hidden(&format!("{difference} {}", debug(difference)));
        assert!(is_in(CANARY, &difference.revealed().to_string()));
    }
    let mut seen = 0;
    before.walk(|visited| {
        assert_hidden(&format!("{} {}", visited.path, debug(visited.path)));
        assert_hidden(&debug(visited.path.steps()));
        assert_hidden(&debug(&visited.value));
        seen += usize::from(is_in(CANARY, &visited.path.to_text()));
        Next::Into
    });
    assert!(seen > 0, "no path with a key in it");
    for path in [
        format!("extraConfig[\"{CANARY}\"].nothing"),
        format!("extraConfig[\"{CANARY}\"].value.nothing"),
        format!("name[\"{CANARY}\"]"),
        format!("{CANARY}.a"),
        format!("name[\"{CANARY}\"].{CANARY}"),
    ] {
        let path: PropertyPath = path.parse().unwrap();
        assert_hidden(&format!("{path} {}", debug(&path)));
        assert_error_hidden(&before.at(&path).unwrap_err(), false);
    }
    for path in [
        format!("a[{CANARY}]"),
        format!("a[\"{CANARY}"),
        format!("a..{CANARY}"),
    ] {
        let error = path.parse::<PropertyPath>().unwrap_err();
        assert_error_hidden(&error, false);
    }
}

#[test]
fn no_error_in_encoding_shows_a_text() {
    let mut object = OptionValue::default();
    object.base.extra.push_element(vmomi::runtime::Element {
        name: vmomi::runtime::QualifiedName {
            namespace: CANARY.into(),
            local: CANARY.into(),
        },
        ..Default::default()
    });
    let service = &vmomi::vim25::SERVICE;
    assert_error_hidden(&to_xml("value", &object, service).unwrap_err(), false);
    assert_error_hidden(&to_xml(CANARY, &1, service).unwrap_err(), false);
    let text = format!("{CANARY}\0");
    assert_error_hidden(&to_xml("value", &text, service).unwrap_err(), false);
}
