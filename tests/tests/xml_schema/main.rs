//! What is encoded is valid by VMware's own schemas: values of every type, with the fields that the
//! version of the schema has, judged by libxml2's `xmllint`.

#![expect(clippy::unwrap_used, reason = "a test says by a panic what went wrong")]

mod random;
mod set;
mod values;
mod xmllint;

use vmomi::runtime::erased::{Kind, TypeInfo, TypeLink};
use vmomi::runtime::{AnyArray, AnyEnum, TypeRegistry, to_xml};
use vmomi::{Any, pbm, vim25};

use set::Set;
use values::{SCALARS, Values};

/// How many values there are of each data object.
const ROUNDS: u64 = 3;

/// Values of every type of the registry that the set has are valid: of so many data objects, of each
/// enum all values, and of each type of array.
fn assert_valid(types: &'static TypeRegistry, set: &Set, count: usize) {
    let mut judged = xmllint::Documents::new(&set.files());
    let mut values = Values::new(types, set);
    let data_objects: Vec<_> = data_objects(types, set).collect();
    assert_eq!(data_objects.len(), count);
    for info in data_objects {
        for round in 0..ROUNDS {
            values.begin(info.name(), round);
            let value = Any::Object(values.object(info, 0));
            let xml = to_xml("value", &value, types.service).unwrap();
            judged.add(info.name(), &xml);
        }
    }
    for info in types.enums {
        for value in set.values(info) {
            let value = value.into();
            let xml = to_xml("value", &Any::Enum(AnyEnum { info, value }), types.service).unwrap();
            judged.add(info.name(), &xml);
        }
    }
    // Items of this one are of the type that those of `ArrayOfAnyURI` are, under another name. It
    // is decoded as what is unknown.
    let mut arrays = set.arrays(types.service.namespace);
    arrays.remove("ArrayOfUri");
    for array in arrays_of_all(types) {
        let name = array.type_name();
        if arrays.remove(&*name) {
            values.begin(&name, 0);
            let value = match array {
                AnyArray::Uri(_) => Any::Array(AnyArray::Uri(vec![values.uri()])),
                array => values.array_like(array, 1, 1),
            };
            judged.add(&name, &to_xml("value", &value, types.service).unwrap());
        }
    }
    assert!(arrays.is_empty(), "there is no value of {arrays:?}");
    for round in 0..1000 {
        values.begin("xsd:anyType", round);
        let xml = to_xml("value", &values.any(0), types.service).unwrap();
        judged.add("xsd:anyType", &xml);
    }
    judged.judge();
}

/// The types of the registry's service, and not of another beside it, that the version has.
fn data_objects(
    types: &'static TypeRegistry,
    set: &Set,
) -> impl Iterator<Item = &'static TypeInfo> {
    let all = types.data_objects.iter().map(|link| link.get());
    all.filter(|info| info.service().namespace == types.service.namespace && set.has_type(info))
}

/// An empty array of each type that there may be.
fn arrays_of_all(types: &'static TypeRegistry) -> impl Iterator<Item = AnyArray> {
    let enums = types.enums.iter().map(|info| Kind::Enum(info));
    let data_objects = types.data_objects.iter().map(|link| link.get());
    let data_objects = data_objects.map(|info| Kind::Dyn(TypeLink::to(info)));
    let kinds = SCALARS.into_iter().chain(enums).chain(data_objects);
    let arrays = kinds.map(AnyArray::with_kind);
    arrays.chain([AnyArray::Uri(Vec::new())])
}

#[test]
fn values_of_vim25_6_7_are_valid() {
    let Some(folder) = vmomi_tests::shared::folder_or_skip("wsdl/vim25-6.7") else {
        return;
    };
    let set = Set::read(&folder, &[("vim25-6.7", &vim25::SERVICE, "6.7")]);
    assert_valid(&vim25::TYPES, &set, 2735);
}

#[test]
fn values_of_vim25_8_0_are_valid() {
    let Some(folder) = vmomi_tests::vmware_sets::folder_or_skip("oslo.vmware/8.0") else {
        return;
    };
    let set = Set::read(&folder, &[("oslo-8.0", &vim25::SERVICE, "8.0.0.0")]);
    assert_valid(&vim25::TYPES, &set, 2868);
}

#[test]
fn values_of_pbm_8_0_are_valid() {
    let Some(folder) = vmomi_tests::vmware_sets::folder_or_skip("oslo.vmware/8.0") else {
        return;
    };
    let set = Set::read(
        &folder,
        &[
            ("pbm-8.0", &pbm::SERVICE, "8.0.0.0"),
            ("oslo-8.0", &vim25::SERVICE, "8.0.0.0"),
        ],
    );
    assert_valid(&pbm::TYPES, &set, 70);
}

/// The judge is awake: what is wrong is refused.
#[test]
fn what_is_not_valid_is_refused() {
    let Some(folder) = vmomi_tests::vmware_sets::folder_or_skip("oslo.vmware/8.0") else {
        return;
    };
    let set = Set::read(&folder, &[("oslo-8.0", &vim25::SERVICE, "8.0.0.0")]);
    let element =
        |type_name: &str, content: &str| format!("<value xsi:type='{type_name}'>{content}</value>");
    let valid = element("Description", "<label>a</label><summary>b</summary>");
    for (content, is_valid) in [
        (valid, true),
        (
            element("Description", "<summary>b</summary><label>a</label>"),
            false,
        ),
        (element("Description", "<label>a</label>"), false),
        (
            element(
                "Description",
                "<label>a</label><summary>b</summary><new>c</new>",
            ),
            false,
        ),
        (element("NoSuchType", ""), false),
        (element("SharesLevel", "low"), true),
        (element("SharesLevel", "lowest"), false),
        (
            element("ArrayOfSharesLevel", "<SharesLevel>low</SharesLevel>"),
            false,
        ),
        (element("xsd:int", "2147483648"), false),
        (element("xsd:dateTime", "2024-12-31T23:59:60Z"), false),
        (element("xsd:dateTime", "2024-12-31T23:59:59+14:01"), false),
        (element("xsd:double", "Infinity"), false),
        (element("xsd:base64Binary", "AR=="), false),
    ] {
        let mut judged = xmllint::Documents::new(&set.files());
        judged.add(&content, &content);
        assert_eq!(judged.complaints().is_empty(), is_valid, "{content}");
    }
    let array = AnyArray::with_kind(Kind::String);
    assert!(set.has_array(&array.type_name()) && !set.has_array("ArrayOfNothing"));
}
