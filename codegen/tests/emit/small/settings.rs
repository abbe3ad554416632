//! What settings make of the small descriptions.

use vmomi_runtime::decode::{DecodeOptions, from_xml};
use vmomi_runtime::generated::*;
use vmomi_runtime::to_xml;

use crate::settled::small::{Device, Disk, DiskEvent, Event, Hardware, Machine, Power, SERVICE, TYPES};
use crate::with_catalog::common;

data_object! {
    /// An event of our own, which the generated ones extend.
    #[wire("Event", SERVICE, Since::UNKNOWN)]
    pub struct OwnEvent {
        /// What the description's event extends.
        pub base: common::DynamicData,
        /// Under another name.
        #[wire("createdTime", Since::UNKNOWN)]
        pub at: DateTime,
    }
}

pub fn check() {
    names_are_those_given();
    types_that_there_are_already_are_the_same();
    attributes_and_traits_are_there();
}

fn names_are_those_given() {
    let disk = Disk {
        kilobytes: 5,
        ..Default::default()
    };
    let text = to_xml("disk", &disk, &SERVICE).expect("encodable");
    assert!(text.contains("<capacityInKB>5</capacityInKB>"), "{text}");
    assert_eq!(Power::from("poweredOn"), Power::On);
    assert_eq!(Power::On.as_ref(), "poweredOn");
    fn call(machine: &Machine) -> Call<'_, PendingTask<()>> {
        machine.start(None)
    }
    let _ = call;
}

fn types_that_there_are_already_are_the_same() {
    // The base is that of the other module, so what takes one takes both.
    fn take(_: &common::DynamicData) {}
    take(&Device::default());
    // Whatever extends a type of our own is found as such, at run time too.
    let event = DiskEvent::default();
    let _: DateTime = event.at;
    let event: Dyn<Event> = Dyn::new(event);
    assert!(event.is::<OwnEvent>());
    let text = to_xml("event", &event, &SERVICE).expect("encodable");
    let options = DecodeOptions::default();
    let again: Dyn<Event> = from_xml(text.as_bytes(), &TYPES, &options).expect("decodable");
    assert_eq!(again, event);
}

fn attributes_and_traits_are_there() {
    assert!(Power::On < Power::PoweredOff);
    let _ = Hardware::default();
}
