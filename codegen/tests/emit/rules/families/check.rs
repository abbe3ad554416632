//! Faults and events are data objects like any other, each with a root of its own.

use vmomi_runtime::Dyn;

use super::api::test::{
    Event, LocalizedMethodFault, MethodFault, NotFound, Report, RuntimeFault, TYPES, VmEvent,
};
use crate::round_trip;

pub fn check() {
    let fault: Dyn<MethodFault> = Dyn::new(NotFound {
        what: "vm".into(),
        ..Default::default()
    });
    assert!(fault.is::<RuntimeFault>() && !fault.is::<LocalizedMethodFault>());
    let report = Report {
        error: Some(Box::new(LocalizedMethodFault {
            fault: fault.clone(),
            localized_message: Some("gone".into()),
            ..Default::default()
        })),
        fault: Some(fault),
        event: vec![Dyn::<Event>::new(VmEvent::default())],
        ..Default::default()
    };
    round_trip::same(&TYPES, &report);
}
