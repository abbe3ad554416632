//! A typed fault is found wherever a server puts it.

use vmomi::runtime::erased::ObjectRef;
use vmomi::runtime::find_fault;
use vmomi::vim25::{
    InvalidLogin, LocalizedMethodFault, MethodFault, MissingProperty, NotAuthenticated,
    NotSupported, RuntimeFault, TaskInfo, VmFaultToleranceOpIssuesList,
};
use vmomi::{DataObject, Dyn};

fn localized(fault: Dyn<MethodFault>) -> LocalizedMethodFault {
    LocalizedMethodFault {
        fault,
        ..Default::default()
    }
}

fn caused_by(mut fault: Dyn<MethodFault>, cause: Dyn<MethodFault>) -> Dyn<MethodFault> {
    fault.fault_cause = Some(Box::new(localized(cause)));
    fault
}

/// A fault that the invalid login caused, by way of another.
fn caused() -> LocalizedMethodFault {
    let innermost = Dyn::new(InvalidLogin::default());
    let middle = caused_by(Dyn::new(NotSupported::default()), innermost);
    localized(caused_by(Dyn::new(RuntimeFault::default()), middle))
}

fn assert_found<T: DataObject>(holder: &T) {
    let holder = ObjectRef::of(holder);
    assert!(find_fault::<InvalidLogin>(holder).is_some());
    assert!(find_fault::<NotSupported>(holder).is_some());
    assert!(find_fault::<NotAuthenticated>(holder).is_none());
}

#[test]
fn a_fault_is_found_at_any_nesting() {
    assert_found(&caused());
    assert_found(&MissingProperty {
        fault: caused(),
        ..Default::default()
    });
    assert_found(&TaskInfo {
        error: Some(caused().into()),
        ..Default::default()
    });
    let several = VmFaultToleranceOpIssuesList {
        errors: vec![localized(Dyn::new(NotSupported::default())), caused()],
        ..Default::default()
    };
    assert_found(&several);
    assert_found(&localized(Dyn::new(several)));
}
