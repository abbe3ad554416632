//! Continuation tokens, and what goes wrong between pages.

use vmomi::vim25::{NoPermission, NotAuthenticated, VirtualMachine};
use vmomi::{Error, ManagedObjectReference, MoRef};

use crate::scripted::Scripted;

/// A page of objects with their names, and the token of the next.
fn page(token: Option<&str>, machines: &[(&str, &str)]) -> String {
    let token = token.map_or(String::new(), |token| format!("<token>{token}</token>"));
    let objects: String = machines
        .iter()
        .map(|(id, content)| {
            format!(r#"<objects><obj type="VirtualMachine">{id}</obj>{content}</objects>"#)
        })
        .collect();
    format!("<returnval>{token}{objects}</returnval>")
}

const NAMED: &str =
    r#"<propSet><name>name</name><val xsi:type="xsd:string">machine</val></propSet>"#;

fn machines(ids: &[&str]) -> Vec<MoRef<VirtualMachine>> {
    let reference = |id: &&str| ManagedObjectReference::new("VirtualMachine", id).typed();
    ids.iter().map(reference).collect()
}

fn missing(fault: &str) -> String {
    format!(
        r#"<missingSet><path>name</path><fault><fault xsi:type="{fault}">
           <object type="VirtualMachine">vm-1</object><privilegeId>System.View</privilegeId>
           </fault><localizedMessage>no</localizedMessage></fault></missingSet>"#
    )
}

#[tokio::test]
async fn every_page_is_asked_for_and_zero_is_a_token() {
    let (client, script) = Scripted::connect([
        (
            "RetrievePropertiesEx",
            "<maxObjects>1</maxObjects>",
            page(Some("0"), &[("vm-1", NAMED)]),
        ),
        (
            "ContinueRetrievePropertiesEx",
            "<token>0</token>",
            page(Some("1"), &[("vm-2", NAMED)]),
        ),
        (
            "ContinueRetrievePropertiesEx",
            "<token>1</token>",
            page(None, &[("vm-3", NAMED)]),
        ),
    ])
    .await;
    let found = client
        .retrieve::<VirtualMachine>(["name"])
        .of_objects(machines(&["vm-1", "vm-2", "vm-3"]))
        .page_size(1)
        .collect()
        .await
        .unwrap();
    let ids: Vec<_> = found
        .iter()
        .map(|found| found.reference().value())
        .collect();
    assert_eq!(ids, ["vm-1", "vm-2", "vm-3"]);
    assert_eq!(script.left(), 0);
}

#[tokio::test]
async fn no_result_is_no_page() {
    let (client, _) = Scripted::connect([("RetrievePropertiesEx", "", String::new())]).await;
    let found = client
        .retrieve::<VirtualMachine>(["name"])
        .of_objects(machines(&["vm-1"]))
        .collect()
        .await
        .unwrap();
    assert!(found.is_empty());
}

#[tokio::test]
async fn pages_that_are_not_wanted_are_cancelled() {
    let (client, script) = Scripted::connect([
        (
            "RetrievePropertiesEx",
            "",
            page(Some("7"), &[("vm-1", NAMED)]),
        ),
        (
            "CancelRetrievePropertiesEx",
            "<token>7</token>",
            String::new(),
        ),
    ])
    .await;
    let pages = client
        .retrieve::<VirtualMachine>(["name"])
        .of_objects(machines(&["vm-1"]))
        .start()
        .await
        .unwrap();
    drop(pages);
    while script.left() > 0 {
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn a_missing_property_tells_why_and_spares_the_others() {
    let content = format!(
        "{NAMED}{}",
        missing("NoPermission").replace(">name<", ">guest<")
    );
    let (client, _) = Scripted::connect([(
        "RetrievePropertiesEx",
        "",
        page(None, &[("vm-1", &content)]),
    )])
    .await;
    let mut found = client
        .retrieve::<VirtualMachine>(["name", "guest"])
        .of_objects(machines(&["vm-1"]))
        .collect()
        .await
        .unwrap();
    assert_eq!(found[0].take::<String>("name").unwrap(), "machine");
    assert_eq!(found[0].missing()[0].path, "guest");
    let error = found[0].take::<Option<String>>("guest").unwrap_err();
    assert!(error.fault_is::<NoPermission>(), "{error:?}");
}

#[tokio::test]
async fn a_session_that_ends_is_not_taken_for_missing_data() {
    let (client, _) = Scripted::connect([(
        "RetrievePropertiesEx",
        "",
        page(None, &[("vm-1", &missing("NotAuthenticated"))]),
    )])
    .await;
    let error = client
        .retrieve::<VirtualMachine>(["name"])
        .of_objects(machines(&["vm-1"]))
        .collect()
        .await
        .unwrap_err();
    assert!(matches!(error, Error::SessionLost { .. }), "{error:?}");
}

#[tokio::test]
async fn a_fault_between_pages_is_reported() {
    let fault = r#"<faultcode>ServerFaultCode</faultcode><faultstring>gone</faultstring>
        <detail><NotAuthenticatedFault xsi:type="NotAuthenticated">
        <object type="Folder">group-d1</object><privilegeId>System.View</privilegeId>
        </NotAuthenticatedFault></detail>"#;
    let (client, _) = Scripted::connect([
        (
            "RetrievePropertiesEx",
            "",
            page(Some("0"), &[("vm-1", NAMED)]),
        ),
        ("ContinueRetrievePropertiesEx", "", fault.to_owned()),
    ])
    .await;
    let error = client
        .retrieve::<VirtualMachine>(["name"])
        .of_objects(machines(&["vm-1"]))
        .collect()
        .await
        .unwrap_err();
    assert!(error.fault_is::<NotAuthenticated>(), "{error:?}");
}

#[tokio::test]
async fn a_value_that_is_asked_for_as_another_type_is_not_lost() {
    let (client, _) =
        Scripted::connect([("RetrievePropertiesEx", "", page(None, &[("vm-1", NAMED)]))]).await;
    let found = client
        .retrieve::<VirtualMachine>(["name"])
        .of_objects(machines(&["vm-1"]))
        .collect();
    let mut found = found.await.unwrap();
    let before = format!("{:?}", found[0]);
    for _ in 0..2 {
        let error = found[0].take::<Option<i32>>("name").unwrap_err();
        assert!(matches!(error, Error::WrongType { .. }), "{error:?}");
        let error = found[0].take::<Vec<bool>>("name").unwrap_err();
        assert!(matches!(error, Error::WrongType { .. }), "{error:?}");
    }
    assert_eq!(format!("{:?}", found[0]), before);
    assert_eq!(found[0].take::<String>("name").unwrap(), "machine");
}
