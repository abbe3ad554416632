//! How fast responses are decoded and encoded, beside the bare event loop of `quick-xml`.
//!
//! ```text
//! cargo bench -p vmomi-runtime --bench decode
//! ```
//!
//! The document is an answer of the PropertyCollector with the configuration of 1,250 virtual
//! machines, made here. Of each measurement the fastest of several runs counts.

#![expect(clippy::print_stdout, reason = "what it measures is its output")]

#[path = "../tests/support/mod.rs"]
mod support;

use std::hint::black_box;
use std::time::{Duration, Instant};

use quick_xml::events::Event;
use support::*;
use vmomi_runtime::chrono;
use vmomi_runtime::decode::{Answer, DecodeOptions, EnvelopeDecoder};
use vmomi_runtime::erased::Returned;
use vmomi_runtime::{Any, AnyObject, Dyn, ManagedObjectReference, to_xml};

const MACHINES: i32 = 1_250;
const RUNS: usize = 10;

fn device(machine: i32, key: i32) -> Dyn<VirtualDevice> {
    let description = Description {
        label: format!("Device {key}"),
        summary: "Remote device & more".into(),
        ..Default::default()
    };
    let base = VirtualDevice {
        key,
        device_info: Some(description.into()),
        controller_key: Some(1000),
        unit_number: Some(key % 16),
        ..Default::default()
    };
    match key % 3 {
        0 => Dyn::new(VirtualDisk {
            base: VirtualDevice {
                backing: Some(Dyn::new(VirtualDiskFlatBackingInfo {
                    base: VirtualDeviceFileBackingInfo {
                        file_name: format!("[LocalDS_0] DC0_H0_VM{machine}/disk{key}.vmdk"),
                        datastore: Some(
                            ManagedObjectReference::new("Datastore", "datastore-52").typed(),
                        ),
                        ..Default::default()
                    },
                    disk_mode: "persistent".into(),
                    thin_provisioned: Some(true),
                    ..Default::default()
                })),
                ..base
            },
            capacity_in_kb: 10 << 20,
            ..Default::default()
        }),
        1 => Dyn::new(VirtualE1000 {
            base: VirtualEthernetCard {
                base,
                address_type: Some("generated".into()),
                mac_address: Some("00:0c:29:36:63:62".into()),
                wake_on_lan_enabled: Some(true),
            },
        }),
        _ => Dyn::new(base),
    }
}

fn configuration(machine: i32) -> VirtualMachineConfigInfo {
    VirtualMachineConfigInfo {
        change_version: "2024-01-01T00:00:00.000000Z".into(),
        modified: chrono::DateTime::UNIX_EPOCH.fixed_offset(),
        name: format!("DC0_H0_VM{machine}"),
        guest_full_name: "Other Linux (64-bit)".into(),
        uuid: format!("265104de-1472-547c-b873-{machine:012}"),
        annotation: Some("Managed by a tool.\nDo not touch.".into()),
        hardware: VirtualHardware {
            num_cpu: 2,
            memory_mb: 4096,
            device: (0..15).map(|key| device(machine, key)).collect(),
            ..Default::default()
        },
        extra_config: (0..30)
            .map(|number| OptionValue {
                key: format!("guestinfo.setting.{number}"),
                value: Any::String(format!("value {number} of {machine}")),
                ..Default::default()
            })
            .collect(),
        ..Default::default()
    }
}

fn result() -> RetrieveResult {
    let objects = (0..MACHINES).map(|machine| ObjectContent {
        obj: ManagedObjectReference::new("VirtualMachine", &format!("vm-{machine}")),
        prop_set: vec![DynamicProperty {
            name: "config".into(),
            val: Any::Object(AnyObject::new(configuration(machine))),
            ..Default::default()
        }],
        ..Default::default()
    });
    RetrieveResult {
        token: None,
        objects: objects.collect(),
        ..Default::default()
    }
}

fn decode(xml: &[u8], piece: usize) -> Answer {
    let result = Option::<RetrieveResult>::SHAPE;
    let mut decoder = EnvelopeDecoder::new(result, &TYPES, &DecodeOptions::default());
    for piece in xml.chunks(piece) {
        decoder.feed(piece).expect("a response");
    }
    decoder.finish().expect("a response")
}

/// All that `quick-xml` finds, with nothing made of it.
fn events(xml: &str) -> usize {
    let mut reader = quick_xml::Reader::from_str(xml);
    let mut count = 0;
    loop {
        match reader.read_event().expect("XML") {
            Event::Eof => return count,
            event => {
                black_box(&event);
                count += 1;
            }
        }
    }
}

/// The same with namespaces resolved.
fn resolved_events(xml: &str) -> usize {
    let mut reader = quick_xml::NsReader::from_str(xml);
    let mut count = 0;
    loop {
        match reader.read_resolved_event().expect("XML") {
            (_, Event::Eof) => return count,
            event => {
                black_box(&event);
                count += 1;
            }
        }
    }
}

/// The fastest of several runs; what each gives is dropped outside of it.
fn fastest<T>(mut run: impl FnMut() -> T) -> Duration {
    let mut fastest = Duration::MAX;
    for _ in 0..RUNS {
        let start = Instant::now();
        let outcome = black_box(run());
        fastest = fastest.min(start.elapsed());
        drop(outcome);
    }
    fastest
}

fn main() {
    let result = result();
    let value = to_xml("returnval", &result, &SERVICE).expect("it can be encoded");
    let xml = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <soapenv:Envelope xmlns:soapenv=\"http://schemas.xmlsoap.org/soap/envelope/\"><soapenv:Body>\
         <RetrieveResponse xmlns=\"urn:vim25\">{value}</RetrieveResponse></soapenv:Body></soapenv:Envelope>"
    );
    let Answer::Value(Any::Object(decoded)) = decode(xml.as_bytes(), xml.len()) else {
        panic!("not an object");
    };
    assert_eq!(decoded, AnyObject::new(result.clone()));
    drop(decoded);

    #[expect(clippy::cast_precision_loss, reason = "a size in bytes")]
    let megabytes = xml.len() as f64 / 1e6;
    println!("{megabytes:.1} MB of XML, {} events", events(&xml));
    let reference = fastest(|| events(&xml));
    let report = |what: &str, time: Duration| {
        let speed = megabytes / time.as_secs_f64();
        let ratio = reference.as_secs_f64() / time.as_secs_f64();
        println!("{what:<38}{speed:>8.0} MB/s {ratio:>6.2}");
    };
    report("quick-xml, events", reference);
    report(
        "quick-xml, events with namespaces",
        fastest(|| resolved_events(&xml)),
    );
    report("decode", fastest(|| decode(xml.as_bytes(), xml.len())));
    report(
        "decode in pieces of 16 KiB",
        fastest(|| decode(xml.as_bytes(), 16 << 10)),
    );
    report("encode", fastest(|| to_xml("returnval", &result, &SERVICE)));
    report("clone", fastest(|| result.clone()));
    let copy = result.clone();
    report("compare", fastest(|| result == copy));
}
