//! Values out of and into `Any`.

use vmomi_runtime::erased::{Item, Returned, into_any};
use vmomi_runtime::{
    Any, AnyArray, AnyEnum, AnyObject, Binary, DataObject, Dyn, EnumArray, ManagedObjectReference,
    MoRef, ObjectArray,
};

use super::sample::{disk, everything, network_card, shares, time};
use crate::support::*;
use vmomi_runtime::erased::OpenEnum;

/// Into an `Any` of this type and back.
fn returns<T: Item + PartialEq + std::fmt::Debug + Clone>(value: T, type_name: &str) {
    let any = into_any(value.clone());
    assert_eq!(any.type_name(), type_name);
    assert_eq!(any.clone(), any);
    assert_eq!(T::from_any(any.clone()).as_ref(), Ok(&value));
    assert_eq!(Option::<T>::from_any(any), Ok(Some(value)));
}

#[test]
fn every_kind_goes_in_and_comes_out() {
    returns(true, "xsd:boolean");
    returns(-5_i8, "xsd:byte");
    returns(-5_i16, "xsd:short");
    returns(-5_i32, "xsd:int");
    returns(-5_i64, "xsd:long");
    returns(0.5_f32, "xsd:float");
    returns(0.5_f64, "xsd:double");
    returns(String::from("text"), "xsd:string");
    returns(time("2024-01-01T00:00:00Z"), "xsd:dateTime");
    returns(Binary(vec![1, 2]), "xsd:base64Binary");
    returns(Any::Int(1), "xsd:int");
    let reference = ManagedObjectReference::new("VirtualMachine", "vm-1");
    returns(reference.clone(), "ManagedObjectReference");
    returns(
        reference.typed::<VirtualMachine>(),
        "ManagedObjectReference",
    );
    returns(PowerState::PoweredOn, "PowerState");
    returns(PowerState::Unknown("else".into()), "PowerState");
    returns(everything(), "Everything");
    returns(Box::new(everything()), "Everything");
    returns(Dyn::<VirtualDevice>::new(disk(1)), "VirtualDisk");
}

#[test]
fn no_value_is_none_or_an_empty_list() {
    assert_eq!(Option::<i32>::from_any(Any::Nil), Ok(None));
    assert_eq!(Vec::<i32>::from_any(Any::Nil), Ok(Vec::new()));
    assert_eq!(<()>::from_any(Any::Int(1)), Ok(()));
    assert_eq!(i32::from_any(Any::Nil), Err(Any::Nil));
    assert_eq!(everything_from(Any::Nil), Err(Any::Nil));
}

fn everything_from(any: Any) -> Result<Everything, Any> {
    Everything::from_any(any)
}

#[test]
fn a_number_widens_and_never_narrows() {
    assert_eq!(i16::from_any(Any::Byte(-1)), Ok(-1));
    for narrow in [Any::Byte(-1), Any::Short(-1), Any::Int(-1)] {
        assert_eq!(i64::from_any(narrow), Ok(-1));
    }
    assert_eq!(i32::from_any(Any::Short(-1)), Ok(-1));
    assert_eq!(i32::from_any(Any::Byte(-1)), Ok(-1));
    assert_eq!(f64::from_any(Any::Float(0.5)), Ok(0.5));
    assert_eq!(i32::from_any(Any::Long(1)), Err(Any::Long(1)));
    assert_eq!(i8::from_any(Any::Short(1)), Err(Any::Short(1)));
    assert_eq!(f32::from_any(Any::Double(0.5)), Err(Any::Double(0.5)));
    assert_eq!(f64::from_any(Any::Int(1)), Err(Any::Int(1)));
    assert_eq!(bool::from_any(Any::Int(1)), Err(Any::Int(1)));
}

#[test]
fn text_and_enums_stand_for_each_other() {
    let info = PowerState::TYPE.info();
    let value = Any::Enum(AnyEnum {
        info,
        value: "poweredOn".into(),
    });
    assert_eq!(String::from_any(value.clone()), Ok("poweredOn".into()));
    assert_eq!(String::from_any(Any::Uri("u".into())), Ok("u".into()));
    assert_eq!(
        PowerState::from_any(Any::String("else".into())),
        Ok("else".into())
    );
    assert_eq!(SharesLevel::from_any(value.clone()), Err(value));
}

#[test]
fn an_object_of_another_type_is_given_back() {
    let any = into_any(disk(1));
    assert_eq!(SharesInfo::from_any(any.clone()), Err(any.clone()));
    assert_eq!(
        VirtualDevice::from_any(any.clone()),
        Err(any.clone()),
        "it is more than one"
    );
    assert_eq!(
        Box::<VirtualDevice>::from_any(any.clone()),
        Err(any.clone())
    );
    assert!(Dyn::<MethodFault>::from_any(any.clone()).is_err());
    assert_eq!(
        Dyn::<DynamicData>::from_any(any).map(|dynamic| dynamic.is::<VirtualDisk>()),
        Ok(true)
    );
    let reference = into_any(ManagedObjectReference::new("Folder", "x"));
    assert!(
        MoRef::<VirtualMachine>::from_any(reference).is_ok(),
        "typed by what is declared"
    );
}

fn lists<T: Item + PartialEq + std::fmt::Debug + Clone>(array: AnyArray, expected: Vec<T>) {
    assert_eq!(array.len(), expected.len());
    assert_eq!(
        Vec::<T>::from_any(Any::Array(array.clone())),
        Ok(expected.clone())
    );
    let items: Result<Vec<T>, _> = array.into_items().into_iter().map(T::from_any).collect();
    assert_eq!(items, Ok(expected));
}

#[test]
fn every_array_becomes_a_list() {
    lists(AnyArray::Bool(vec![true, false]), vec![true, false]);
    lists(AnyArray::Byte(vec![1]), vec![1_i8]);
    lists(AnyArray::Byte(vec![1]), vec![1_i64]);
    lists(AnyArray::Short(vec![1]), vec![1_i16]);
    lists(AnyArray::Int(vec![1]), vec![1_i32]);
    lists(AnyArray::Long(vec![1]), vec![1_i64]);
    lists(AnyArray::Float(vec![0.5]), vec![0.5_f32]);
    lists(AnyArray::Float(vec![0.5]), vec![0.5_f64]);
    lists(AnyArray::Double(vec![0.5]), vec![0.5_f64]);
    lists(AnyArray::String(vec!["a".into()]), vec![String::from("a")]);
    lists(AnyArray::Uri(vec!["a".into()]), vec![String::from("a")]);
    lists(
        AnyArray::DateTime(vec![time("2024-01-01T00:00:00Z")]),
        vec![time("2024-01-01T00:00:00Z")],
    );
    lists(
        AnyArray::Binary(vec![Binary(vec![1])]),
        vec![Binary(vec![1])],
    );
    lists(
        AnyArray::Any(vec![Any::Nil, Any::Int(1)].into()),
        vec![Any::Nil, Any::Int(1)],
    );
    let reference = ManagedObjectReference::new("VirtualMachine", "vm-1");
    lists(
        AnyArray::Reference(vec![reference.clone()]),
        vec![reference.typed::<VirtualMachine>()],
    );
    let info = PowerState::TYPE.info();
    let states = || EnumArray {
        info,
        values: vec!["poweredOn".into(), "else".into()],
    };
    lists(
        AnyArray::Enum(states()),
        vec![PowerState::PoweredOn, "else".into()],
    );
    lists(
        AnyArray::Enum(states()),
        vec![String::from("poweredOn"), "else".into()],
    );
    let mut objects = ObjectArray::new(VirtualDevice::type_info());
    objects.push(AnyObject::new(disk(1))).expect("a device");
    objects
        .push(AnyObject::new(network_card(2)))
        .expect("a device");
    lists(
        AnyArray::Object(objects),
        vec![
            Dyn::<VirtualDevice>::new(disk(1)),
            Dyn::new(network_card(2)),
        ],
    );
    let mut objects = ObjectArray::new(SharesInfo::type_info());
    objects
        .push(AnyObject::new(shares(1, "low")))
        .expect("shares");
    lists(AnyArray::Object(objects.clone()), vec![shares(1, "low")]);
    lists(AnyArray::Object(objects), vec![Box::new(shares(1, "low"))]);
}

#[test]
fn a_list_with_one_wrong_item_is_given_back_whole() {
    let mut objects = ObjectArray::new(VirtualDevice::type_info());
    objects.push(AnyObject::new(disk(1))).expect("a device");
    objects
        .push(AnyObject::new(network_card(2)))
        .expect("a device");
    let any = Any::Array(AnyArray::Object(objects));
    assert_eq!(
        Vec::<Dyn<VirtualEthernetCard>>::from_any(any.clone()),
        Err(any.clone())
    );
    assert_eq!(Vec::<VirtualDisk>::from_any(any.clone()), Err(any.clone()));
    assert_eq!(Vec::<String>::from_any(any.clone()), Err(any));
    assert_eq!(Vec::<i32>::from_any(Any::Int(1)), Err(Any::Int(1)));
    let longs = Any::Array(AnyArray::Long(vec![1]));
    assert_eq!(Vec::<i32>::from_any(longs.clone()), Err(longs));
}

#[test]
fn array_types_are_named_as_the_schema_does() {
    let names = [
        (AnyArray::Bool(vec![]), "ArrayOfBoolean", "boolean"),
        (AnyArray::Byte(vec![]), "ArrayOfByte", "byte"),
        (AnyArray::Short(vec![]), "ArrayOfShort", "short"),
        (AnyArray::Int(vec![]), "ArrayOfInt", "int"),
        (AnyArray::Long(vec![]), "ArrayOfLong", "long"),
        (AnyArray::Float(vec![]), "ArrayOfFloat", "float"),
        (AnyArray::Double(vec![]), "ArrayOfDouble", "double"),
        (AnyArray::String(vec![]), "ArrayOfString", "string"),
        (AnyArray::Uri(vec![]), "ArrayOfAnyURI", "anyURI"),
        (AnyArray::DateTime(vec![]), "ArrayOfDateTime", "dateTime"),
        (
            AnyArray::Binary(vec![]),
            "ArrayOfBase64Binary",
            "base64Binary",
        ),
        (AnyArray::Any(vec![].into()), "ArrayOfAnyType", "anyType"),
        (
            AnyArray::Reference(vec![]),
            "ArrayOfManagedObjectReference",
            "ManagedObjectReference",
        ),
        (
            AnyArray::Object(ObjectArray::new(VirtualDisk::type_info())),
            "ArrayOfVirtualDisk",
            "VirtualDisk",
        ),
        (
            AnyArray::Enum(EnumArray {
                info: PowerState::TYPE.info(),
                values: vec![],
            }),
            "ArrayOfPowerState",
            "PowerState",
        ),
    ];
    for (array, type_name, item_name) in names {
        assert_eq!(array.type_name(), type_name);
        assert_eq!(array.item_name(), item_name);
        assert!(array.is_empty() && array.clone() == array);
        assert_eq!(format!("{array:?}"), "[]");
        assert_eq!(Any::Array(array).type_name(), type_name);
    }
}
