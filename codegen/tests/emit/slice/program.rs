//! Decodes responses with a slice of the API, and writes again what it has decoded. The test compiles and runs it.

mod api;

use std::fs;
use std::path::Path;

use api::vim25::{
    Description, ParaVirtualSCSIController, SERVICE, TYPES, VirtualController, VirtualDevice,
    VirtualDisk, VirtualMachineConfigInfo,
};
use vmomi_runtime::decode::{Answer, DecodeOptions, EnvelopeDecoder, from_xml};
use vmomi_runtime::erased::Returned;
use vmomi_runtime::{Any, DataObject, Dyn, to_xml};

/// The arguments are a folder to write to and responses that hold one value of any type.
fn main() {
    fields_are_what_they_are_in_the_whole_api();
    what_the_slice_does_not_have_is_kept();
    let mut arguments = std::env::args().skip(1);
    let out = arguments.next().expect("a folder");
    let responses: Vec<String> = arguments.collect();
    let mut machines = 0;
    for path in &responses {
        let path = Path::new(path);
        let value = decode(&fs::read(path).expect("a response"));
        if let Some(config) = as_object::<VirtualMachineConfigInfo>(&value) {
            devices_are_typed(config);
            machines += 1;
        }
        let xml = to_xml("returnval", &value, &SERVICE).expect("encodable");
        let name = path.file_name().expect("a file");
        fs::write(Path::new(&out).join(name), xml).expect("written");
    }
    assert!(
        responses.is_empty() || machines > 0,
        "no machine is in {responses:?}"
    );
}

fn decode(response: &[u8]) -> Any {
    let mut options = DecodeOptions::default();
    options.keep_unknown = true;
    let mut decoder = EnvelopeDecoder::new(<Any as Returned>::SHAPE, &TYPES, &options);
    decoder.feed(response).expect("decodable");
    match decoder.finish() {
        Ok(Answer::Value(value)) => value,
        other => panic!("{other:?}"),
    }
}

fn as_object<T: DataObject>(value: &Any) -> Option<&T> {
    match value {
        Any::Object(object) => object.downcast_ref::<T>(),
        _ => None,
    }
}

/// Those of types that others extend are open, also where no such type is there.
fn fields_are_what_they_are_in_the_whole_api() {
    let _label: Option<Dyn<Description>> = VirtualDevice::default().device_info;
}

fn what_the_slice_does_not_have_is_kept() {
    let xml = "<info xmlns='urn:vim25' xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance' \
               xsi:type='VirtualDevice'><key>1</key><backing xsi:type='VirtualDeviceFutureBackingInfo'>\
               <level>7</level></backing></info>";
    let device: VirtualDevice =
        from_xml(xml.as_bytes(), &TYPES, &DecodeOptions::default()).expect("decodable");
    let encoded = to_xml("info", &device, &SERVICE).expect("encodable");
    for kept in ["VirtualDeviceFutureBackingInfo", "<level>7</level>"] {
        assert!(encoded.contains(kept), "{encoded}");
    }
}

fn devices_are_typed(config: &VirtualMachineConfigInfo) {
    let devices = &config.hardware.device;
    let disk = devices
        .iter()
        .find_map(|device| device.downcast_ref::<VirtualDisk>());
    assert!(
        disk.is_some_and(|disk| disk.capacity_in_kb > 0),
        "{devices:?}"
    );
    let controllers = devices
        .iter()
        .filter(|device| device.is::<VirtualController>());
    assert!(controllers.count() > 1, "{devices:?}");
    assert!(
        devices
            .iter()
            .any(|device| device.is::<ParaVirtualSCSIController>())
    );
    let backings = devices.iter().filter_map(|device| device.backing.as_ref());
    let mut unknown = backings.filter_map(|backing| backing.extra.type_name());
    assert!(
        unknown.any(|name| name.local.contains("BackingInfo")),
        "{devices:?}"
    );
}
