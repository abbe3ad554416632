//! Faults in place of a response, and within one.

use vmomi_runtime::decode::Answer;
use vmomi_runtime::{Any, Fault, FaultDetail, find_fault};

use crate::documents::{answer, decode, fault};
use crate::support::*;

fn decode_fault(detail: &str) -> Fault {
    match answer::<Vec<SharesInfo>>(&fault(detail)) {
        Ok(Answer::Fault(fault)) => fault,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_fault_is_typed_by_xsi_type() {
    let fault = decode_fault(
        r#"<detail><InvalidPowerStateFault xmlns="urn:vim25" xsi:type="InvalidPowerState"><requestedState>poweredOn</requestedState><existingState>poweredOn</existingState></InvalidPowerStateFault></detail>"#,
    );
    assert_eq!(
        (&*fault.code, &*fault.message),
        ("ServerFaultCode", "It <failed>.")
    );
    assert_eq!(fault.type_name(), Some("InvalidPowerState"));
    assert!(fault.is::<InvalidPowerState>() && fault.is::<InvalidState>());
    assert!(fault.is::<VimFault>() && fault.is::<MethodFault>());
    assert!(!fault.is::<InvalidLogin>() && !fault.is::<RuntimeFault>());
    let found = fault.find::<InvalidPowerState>().expect("it is one");
    assert_eq!(found.existing_state, PowerState::PoweredOn);
    assert_eq!(fault.to_string(), "InvalidPowerState: It <failed>.");
}

#[test]
fn a_fault_may_be_typed_by_its_element_alone() {
    for element in ["InvalidLoginFault", "InvalidLogin"] {
        let fault = decode_fault(&format!(
            r#"<detail><{element} xmlns="urn:vim25"/></detail>"#
        ));
        assert!(fault.is::<InvalidLogin>(), "{element}");
    }
    // A name that ends so by itself.
    let fault = decode_fault(r#"<detail><MethodFault xmlns="urn:vim25"/></detail>"#);
    assert_eq!(fault.type_name(), Some("MethodFault"));
}

#[test]
fn vcsim_declares_the_prefix_on_the_element() {
    let fault = decode_fault(
        r#"<detail><Fault xmlns:XMLSchema-instance="http://www.w3.org/2001/XMLSchema-instance" XMLSchema-instance:type="InvalidLogin"></Fault></detail>"#,
    );
    assert!(fault.is::<InvalidLogin>());
}

/// A fault of a newer server, of which what all faults have can be read.
#[test]
fn an_unknown_fault_is_kept() {
    let fault = decode_fault(
        r#"<detail><FutureFault xmlns="urn:vim25" xsi:type="Future"><faultCause><fault xsi:type="InvalidLogin"/></faultCause><code>5</code></FutureFault><another/></detail>"#,
    );
    let FaultDetail::Typed(object) = &fault.detail else {
        panic!("{fault:?}")
    };
    let extra = object.as_object().extra();
    assert_eq!(extra.type_name().map(|name| &*name.local), Some("Future"));
    assert_eq!(
        (
            &*extra.elements()[0].name.local,
            &*extra.elements()[0].text()
        ),
        ("code", "5")
    );
    assert_eq!(fault.type_name(), Some("Future"));
    assert!(
        fault.is::<MethodFault>() && fault.is::<InvalidLogin>(),
        "its cause"
    );
    assert!(!fault.is::<InvalidState>());
    assert_eq!(fault.to_string(), "Future: It <failed>.");
}

#[test]
fn a_detail_that_names_no_type_is_kept_as_it_is() {
    let fault = decode_fault("<detail><something a='1'>text<b/></something></detail>");
    let FaultDetail::Unknown(element) = &fault.detail else {
        panic!("{fault:?}")
    };
    assert_eq!(
        (element.children.len(), &*fault.code),
        (2, "ServerFaultCode")
    );
    assert_eq!(fault.type_name(), Some("something"));
    assert!(!fault.is::<MethodFault>());
}

#[test]
fn a_fault_without_detail_is_one_too() {
    for detail in [
        "",
        "<detail/>",
        "<detail></detail>",
        "<detail> text </detail>",
        "<faultactor>x</faultactor>",
    ] {
        let fault = decode_fault(detail);
        assert_eq!(
            (&fault.detail, fault.type_name()),
            (&FaultDetail::Missing, None),
            "{detail}"
        );
        assert!(!fault.is::<MethodFault>());
        assert_eq!(fault.to_string(), "ServerFaultCode: It <failed>.");
    }
    let Ok(Answer::Fault(empty)) = answer::<()>(&crate::documents::envelope("<soapenv:Fault/>"))
    else {
        panic!()
    };
    assert_eq!((&*empty.code, &*empty.message), ("", ""));
}

#[test]
fn a_cause_is_found_at_any_depth() {
    let cause = |inner: &str, name: &str| {
        format!(
            r#"<faultCause><fault xsi:type="{name}">{inner}</fault><localizedMessage>m</localizedMessage></faultCause>"#
        )
    };
    let innermost = cause("", "InvalidLogin");
    let nested = cause(&cause(&innermost, "TaskInProgress"), "Future");
    let fault = decode_fault(&format!(
        r#"<detail><RuntimeFaultFault xmlns="urn:vim25" xsi:type="RuntimeFault">{nested}</RuntimeFaultFault></detail>"#
    ));
    assert!(
        fault.is::<RuntimeFault>() && fault.is::<TaskInProgress>() && fault.is::<InvalidLogin>()
    );
    assert!(fault.is::<VimFault>() && !fault.is::<InvalidPowerState>());
    assert_eq!(fault.type_name(), Some("RuntimeFault"));
}

#[test]
fn a_fault_within_a_value_is_found_by_the_same_means() {
    let missing: MissingProperty = decode(
        "<path>config</path><fault><fault xsi:type='NotAuthenticated'><object type='Folder'>f</object><privilegeId>System.View</privilegeId></fault></fault>",
    );
    let found =
        find_fault::<NotAuthenticated>(vmomi_runtime::erased::ObjectRef::of(&missing.fault));
    assert_eq!(found.map(|fault| &*fault.privilege_id), Some("System.View"));
    assert!(
        find_fault::<InvalidLogin>(vmomi_runtime::erased::ObjectRef::of(&missing.fault)).is_none()
    );
}

/// As long as a chain of causes can be decoded it is followed without overflowing the stack.
#[test]
fn a_long_chain_of_causes_is_followed_so_far() {
    let mut fault = MethodFault::default();
    for _ in 0..100 {
        let mut localized = LocalizedMethodFault::default();
        *localized.fault = fault;
        fault = MethodFault {
            fault_cause: Some(Box::new(localized)),
            ..Default::default()
        };
    }
    assert!(find_fault::<InvalidLogin>(vmomi_runtime::erased::ObjectRef::of(&fault)).is_none());
}

#[test]
fn a_fault_is_not_mistaken_for_a_result() {
    // The same element names, within a response.
    let Ok(Answer::Value(any)) = answer::<Any>(&crate::documents::response(
        "<returnval xsi:type='LocalizedMethodFault'><fault xsi:type='InvalidLogin'/></returnval>",
    )) else {
        panic!("a value")
    };
    assert_eq!(any.type_name(), "LocalizedMethodFault");
}
