//! Fields of vim25 whose type only another service extends: they take what the other service has.

#![expect(clippy::unwrap_used, reason = "a test says by a panic what went wrong")]

use vmomi::Dyn;
use vmomi::runtime::decode::{DecodeOptions, from_xml};
use vmomi::runtime::{TypeRegistry, to_xml};
use vmomi::vim25::{self, ClusterComputeResourceHCIConfigSpec, SDDCBase};
use vmomi::vsan::{self, VimVsanReconfigSpec};

/// What a client sends that configures vSAN together with its cluster.
fn spec() -> ClusterComputeResourceHCIConfigSpec {
    ClusterComputeResourceHCIConfigSpec {
        vsan_config_spec: Some(Dyn::new(VimVsanReconfigSpec {
            modify: true,
            allow_reduced_redundancy: Some(false),
            ..Default::default()
        })),
        ..Default::default()
    }
}

fn read(xml: &str, types: &'static TypeRegistry) -> ClusterComputeResourceHCIConfigSpec {
    from_xml(xml.as_bytes(), types, &DecodeOptions::default()).unwrap()
}

#[test]
fn what_vsan_extends_holds_what_vsan_has() {
    let xml = to_xml("spec", &spec(), &vim25::SERVICE).unwrap();
    let document = roxmltree::Document::parse(&xml).unwrap();
    let mut elements = document.descendants();
    let field = elements
        .find(|element| element.has_tag_name(("urn:vim25", "vSanConfigSpec")))
        .unwrap();
    let instance = "http://www.w3.org/2001/XMLSchema-instance";
    let (prefix, name) = field
        .attribute((instance, "type"))
        .unwrap()
        .split_once(':')
        .unwrap();
    assert_eq!(field.lookup_namespace_uri(Some(prefix)), Some("urn:vsan"));
    assert_eq!(name, "VimVsanReconfigSpec");

    let back = read(&xml, &vsan::TYPES);
    let held = back.vsan_config_spec.as_ref().unwrap();
    let vsan = held.downcast_ref::<VimVsanReconfigSpec>().unwrap();
    assert!(vsan.modify);
    assert_eq!(vsan.allow_reduced_redundancy, Some(false));
    assert_eq!(back, spec());
}

#[test]
fn a_reader_without_vsan_keeps_its_object_for_the_way_back() {
    let xml = to_xml("spec", &spec(), &vim25::SERVICE).unwrap();
    let blind = read(&xml, &vim25::TYPES);
    let held = blind.vsan_config_spec.as_ref().unwrap();
    assert!(held.downcast_ref::<VimVsanReconfigSpec>().is_none());
    let again = to_xml("spec", &blind, &vim25::SERVICE).unwrap();
    assert_eq!(read(&again, &vsan::TYPES), spec());
}

/// It needs no `xsi:type`, and is sent as it was when the field held nothing else.
#[test]
fn the_type_that_the_field_says_goes_in_as_well() {
    let plain = ClusterComputeResourceHCIConfigSpec {
        vsan_config_spec: Some(Dyn::new(SDDCBase::default())),
        ..Default::default()
    };
    let xml = to_xml("spec", &plain, &vim25::SERVICE).unwrap();
    let document = roxmltree::Document::parse(&xml).unwrap();
    let mut elements = document.descendants();
    let field = elements.find(|element| element.tag_name().name() == "vSanConfigSpec");
    assert_eq!(field.unwrap().attributes().len(), 0);
    assert_eq!(read(&xml, &vim25::TYPES), plain);
}
