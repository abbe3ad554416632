//! Managed objects and operations.

use vmomi_codegen::diff;

use super::{changes, check};
use crate::small::model;

#[test]
fn managed_objects() {
    check(
        &[(
            "catalog.json",
            r#""device": {"type": "Device", "list": true, "optional": true, "since": "1.0"}"#,
            r#""device": {"type": "Disk", "list": true, "optional": true, "since": "1.0"}, "more": {"type": "xsd:int"}"#,
        )],
        &[
            "~ Machine  [breaks source, wire]",
            "> ~ property device: list of Device, optional -> list of Disk, optional  [breaks source, wire]",
            "> + property more: xsd:int",
        ],
    );
    check(
        &[(
            "catalog.json",
            r#""name": {"type": "xsd:string", "since": "1.0"}"#,
            "",
        )],
        &[
            "~ Entity  [breaks source, wire]",
            "> - property name: xsd:string  [breaks source, wire]",
        ],
    );
    let between = (
        "catalog.json",
        r#""Machine": {"base": "Entity","#,
        r#""Vessel": {"base": "Entity", "properties": {}}, "Machine": {"base": "Vessel","#,
    );
    check(
        &[between],
        &[
            "~ Machine",
            "> ~ base: Entity -> Vessel",
            "+ Vessel: extends Entity, 0 properties, 0 operations",
        ],
    );
    check(
        &[(
            "catalog.json",
            r#""Machine": {"base": "Entity","#,
            r#""Machine": {"#,
        )],
        &[
            "~ Machine  [breaks source, wire]",
            "> - base: Entity  [breaks source, wire]",
        ],
    );
    assert_eq!(
        changes(&diff::compare(&model(&[between]), &model(&[])))[2..],
        ["- Vessel: extends Entity, 0 properties, 0 operations  [breaks source, wire]"]
    );
}

#[test]
fn parameters() {
    let limit = r#"<element name="limit" type="xsd:int" />"#;
    let known = (
        "catalog.json",
        r#""limit": {"since": "2.0"}"#,
        r#""limit": {"since": "2.0"}, "more": {"since": "2.0"}"#,
    );
    check(
        &[
            (
                "small.xsd",
                limit,
                r#"<element name="limit" type="xsd:int" /><element name="more" type="xsd:int" minOccurs="0" />"#,
            ),
            known,
        ],
        &[
            "~ Entity.Count  [breaks source]",
            "> + parameter more: xsd:int, optional  [breaks source]",
        ],
    );
    check(
        &[
            (
                "small.xsd",
                limit,
                r#"<element name="more" type="xsd:int" /><element name="limit" type="xsd:int" />"#,
            ),
            known,
        ],
        &[
            "~ Entity.Count  [breaks source, wire]",
            "> + parameter more: xsd:int  [breaks source, wire]",
        ],
    );
    check(
        &[
            ("small.xsd", limit, ""),
            (
                "catalog.json",
                r#"      "since": {"since": "1.0"},
      "limit": {"since": "2.0"}"#,
                r#""since": {"since": "1.0"}"#,
            ),
        ],
        &[
            "~ Entity.Count  [breaks source, wire]",
            "> - parameter limit: xsd:int  [breaks source, wire]",
        ],
    );
    check(
        &[(
            "small.xsd",
            limit,
            r#"<element name="limit" type="xsd:int" minOccurs="0" />"#,
        )],
        &[
            "~ Entity.Count  [breaks source]",
            "> ~ parameter limit: xsd:int -> xsd:int, optional  [breaks source]",
        ],
    );
    check(
        &[
            ("small.xsd", limit, ""),
            (
                "small.xsd",
                r#"<element name="since" type="xsd:dateTime" minOccurs="0" />"#,
                r#"<element name="limit" type="xsd:int" /><element name="since" type="xsd:dateTime" minOccurs="0" />"#,
            ),
        ],
        &[
            "~ Entity.Count  [breaks source, wire]",
            "> ~ order: since, limit -> limit, since  [breaks source, wire]",
        ],
    );
}

#[test]
fn results_faults_and_privileges() {
    check(
        &[(
            "small.wsdl",
            r#"type="xsd:int" minOccurs="0""#,
            r#"type="xsd:int""#,
        )],
        &[
            "~ Entity.Count  [breaks source]",
            "> ~ result: xsd:int, optional -> xsd:int  [breaks source]",
        ],
    );
    check(
        &[(
            "small.wsdl",
            r#"<element name="returnval" type="xsd:int" minOccurs="0" />"#,
            "",
        )],
        &[
            "~ Entity.Count  [breaks source]",
            "> - result: xsd:int, optional  [breaks source]",
        ],
    );
    check(
        &[(
            "catalog.json",
            r#""task_result": null"#,
            r#""task_result": {"type": "Device"}"#,
        )],
        &[
            "~ Machine.PowerOn_Task  [breaks source]",
            "> ~ result: task -> task giving Device  [breaks source]",
        ],
    );
    check(
        &[("catalog.json", r#""Machine.PowerOn""#, r#""Machine.Start""#)],
        &[
            "~ Machine.PowerOn_Task",
            "> ~ privilege: Machine.PowerOn -> Machine.Start",
        ],
    );
    let faults = diff::compare(
        &model(&[]),
        &model(&[(
            "small.wsdl",
            r#"<operation name="Clone">
         <input message="small:CloneRequestMsg" />
         <output message="small:CloneResponseMsg" />"#,
            r#"<operation name="Clone">
         <input message="small:CloneRequestMsg" />
         <output message="small:CloneResponseMsg" />
         <fault name="InvalidStateFault" message="small:InvalidStateFaultMsg" />"#,
        )]),
    );
    assert_eq!(
        changes(&faults),
        ["~ Entity.Clone", "> + fault InvalidState"]
    );
}

#[test]
fn operations_that_move() {
    check(
        &[(
            "catalog.json",
            r#""Login": {"owner": "Machine""#,
            r#""Login": {"owner": "Entity""#,
        )],
        // A machine is an entity, and goes on having it.
        &["~ Entity.Login", "> ~ owner: Machine -> Entity"],
    );
    check(
        &[(
            "catalog.json",
            r#""Clone": {"owner": "Entity""#,
            r#""Clone": {"owner": "Machine""#,
        )],
        &[
            "~ Machine.Clone  [breaks source, wire]",
            "> ~ owner: Entity -> Machine  [breaks source, wire]",
        ],
    );
}

#[test]
fn operations_that_come_and_go() {
    let renamed = (
        "catalog.json",
        r#""Login": {"owner""#,
        r#""LogIn": {"owner""#,
    );
    let mut edits = vec![renamed];
    let wsdl = crate::small::files(&[]).swap_remove(2).1;
    let other = wsdl
        .replace("\"Login", "\"LogIn")
        .replace(":Login", ":LogIn")
        .replace("LogInRequestType", "LoginRequestType");
    edits.push(("small.wsdl", &wsdl, &other));
    let signature = "(userName: xsd:string; password: xsd:string, optional; names: list of xsd:string, optional)";
    let (added, removed) = (
        format!("+ Machine.LogIn{signature}"),
        format!("- Machine.Login{signature}  [breaks source, wire]"),
    );
    check(&edits, &[&added, &removed]);
}
