//! What is found between two descriptions, and what of it is said to break programs.

use std::path::Path;

use vmomi_codegen::diff::{self, Change, Comparison, Counted, Markdown, Text};

use crate::real_sets::shared;
use crate::small::{model, model_without_catalog};
use crate::support::{complex, model_of};

type Edit<'a> = (&'a str, &'a str, &'a str);

/// The lines that tell changes, each with its indent made `> `.
fn changes(comparison: &Comparison) -> Vec<String> {
    let text = Text(comparison).to_string();
    let lines = text.lines().filter_map(|line| {
        let change = line.trim_start();
        let is_change = ["+ ", "- ", "~ "]
            .iter()
            .any(|mark| change.starts_with(mark));
        let indent = if line.starts_with("        ") {
            "> "
        } else {
            ""
        };
        is_change.then(|| format!("{indent}{change}"))
    });
    lines.collect()
}

/// Edits the small service and tells what differs then.
#[track_caller]
fn check(edits: &[Edit<'_>], expected: &[&str]) {
    let comparison = diff::compare(&model(&[]), &model(edits));
    assert_eq!(changes(&comparison), expected, "{edits:?}");
}

#[test]
fn equal_descriptions_do_not_differ() {
    for (old, new) in [
        (model(&[]), model(&[])),
        (model_without_catalog(&[]), model_without_catalog(&[])),
    ] {
        let comparison = diff::compare(&old, &new);
        assert!(comparison.is_empty() && !comparison.breaks().any());
        assert_eq!(
            Text(&comparison).to_string(),
            "common: no differences\n\nsmall 2.0: no differences"
        );
    }
}

#[test]
fn fields_that_come() {
    // `Scalars` goes both ways, `Event` only to the program, as nothing takes one.
    let optional = r#"<element name="boolean" type="xsd:boolean" /><element name="more" type="xsd:int" minOccurs="0" />"#;
    let boolean = r#"<element name="boolean" type="xsd:boolean" />"#;
    let known = (
        "catalog.json",
        r#""boolean": {"since": "1.0"},"#,
        r#""boolean": {"since": "1.0"}, "more": {"since": "2.0"},"#,
    );
    check(
        &[("small.xsd", boolean, optional), known],
        &["~ Scalars", "> + field more: xsd:int, optional"],
    );
    let required =
        r#"<element name="boolean" type="xsd:boolean" /><element name="more" type="xsd:int" />"#;
    check(
        &[("small.xsd", boolean, required), known],
        &[
            "~ Scalars  [breaks wire]",
            "> + field more: xsd:int  [breaks wire]",
        ],
    );
    let fault = r#"<extension base="common:MethodFault">
            <sequence>
               <element name="state" type="small:PowerState" />"#;
    let longer = format!(r#"{fault}<element name="at" type="xsd:dateTime" />"#);
    check(
        &[
            ("small.xsd", fault, &longer),
            (
                "catalog.json",
                r#""InvalidState": {"since": "1.0", "fields": {"#,
                r#""InvalidState": {"since": "1.0", "fields": {"at": {}, "#,
            ),
        ],
        &["~ InvalidState", "> + field at: xsd:dateTime"],
    );
}

#[test]
fn fields_that_go() {
    check(
        &[
            (
                "small.xsd",
                r#"<element name="byte" type="xsd:byte" minOccurs="0" />"#,
                "",
            ),
            ("catalog.json", r#""byte": {"since": "1.0"},"#, ""),
        ],
        &[
            "~ Scalars  [breaks source, wire]",
            "> - field byte: xsd:byte, optional  [breaks source, wire]",
        ],
    );
}

#[test]
fn fields_that_change() {
    let of_scalars = |from, to, change: &str, breaks: &str| {
        let breaks = if breaks.is_empty() {
            String::new()
        } else {
            format!("  [breaks {breaks}]")
        };
        check(
            &[("small.xsd", from, to)],
            &[
                &format!("~ Scalars{breaks}"),
                &format!("> ~ field {change}{breaks}"),
            ],
        );
    };
    of_scalars(
        r#"name="long" type="xsd:long""#,
        r#"name="long" type="xsd:int""#,
        "long: xsd:long, optional -> xsd:int, optional",
        "source, wire",
    );
    of_scalars(
        r#"name="float" type="xsd:float""#,
        r#"name="float" type="xsd:float" minOccurs="0""#,
        "float: xsd:float -> xsd:float, optional",
        "source, wire",
    );
    of_scalars(
        r#"name="time" type="xsd:dateTime" minOccurs="0""#,
        r#"name="time" type="xsd:dateTime""#,
        "time: xsd:dateTime, optional -> xsd:dateTime",
        "source, wire",
    );
    of_scalars(
        r#"name="binary" type="xsd:base64Binary" />"#,
        r#"name="binary" type="xsd:base64Binary" maxOccurs="unbounded" />"#,
        "binary: xsd:base64Binary -> list of xsd:base64Binary",
        "source, wire",
    );
    // Both are texts, in Rust and on the wire.
    of_scalars(
        r#"name="uri" type="xsd:anyURI""#,
        r#"name="uri" type="xsd:string""#,
        "uri: xsd:anyURI, optional -> xsd:string, optional",
        "",
    );
    // A server refuses what is none of its values.
    of_scalars(
        r#"name="string" type="xsd:string""#,
        r#"name="string" type="small:PowerState""#,
        "string: xsd:string -> PowerState",
        "source, wire",
    );
}

#[test]
fn what_only_the_catalogue_tells_of_fields() {
    check(
        &[(
            "catalog.json",
            r#""owner": {"since": "1.0", "target": "Machine"}"#,
            r#""owner": {"since": "1.0", "target": "Entity"}"#,
        )],
        &[
            "~ Hardware  [breaks source]",
            "> ~ field owner: reference to Machine -> reference to Entity  [breaks source]",
        ],
    );
    check(
        &[(
            "catalog.json",
            r#""limit": {"since": "2.0"}"#,
            r#""limit": {"since": "2.0", "privilege": "Entity.Count", "secret": true}"#,
        )],
        &[
            "~ Entity.Count",
            "> ~ parameter limit: xsd:int -> xsd:int, secret, privilege Entity.Count",
        ],
    );
}

#[test]
fn the_order_of_fields() {
    check(
        &[
            (
                "small.xsd",
                r#"name="boolean" type="xsd:boolean""#,
                r#"name="X" type="xsd:int""#,
            ),
            (
                "small.xsd",
                r#"name="int" type="xsd:int""#,
                r#"name="boolean" type="xsd:boolean""#,
            ),
            (
                "small.xsd",
                r#"name="X" type="xsd:int""#,
                r#"name="int" type="xsd:int""#,
            ),
        ],
        &[
            "~ Scalars  [breaks wire]",
            "> ~ order: boolean, byte, short, int, long, float, double, string, uri, time, binary, any, manyAny -> \
             int, byte, short, boolean, long, float, double, string, uri, time, binary, any, manyAny  [breaks wire]",
        ],
    );
}

#[test]
fn another_base() {
    // `Event` descends from `DynamicData`, which has no fields and stays an ancestor.
    check(
        &[(
            "small.xsd",
            r#"<complexType name="Event">
      <complexContent>
         <extension base="common:DynamicData">"#,
            r#"<complexType name="Event">
      <complexContent>
         <extension base="small:Device">"#,
        )],
        &[
            "~ Event  [breaks source, wire]",
            "> ~ base: common:DynamicData -> Device  [breaks source, wire]",
        ],
    );
}

#[test]
fn the_first_subtype_makes_fields_dyn() {
    let user = complex("User", None, &[r#"name="thing" type="t:Thing""#]);
    let thing = complex("Thing", None, &[]);
    let (special, more) = (
        complex("Special", Some("Thing"), &[]),
        complex("More", Some("Thing"), &[]),
    );
    let alone = model_of(&[&user[..], &thing].concat());
    let extended = model_of(&[&user[..], &thing, &special].concat());
    let twice = model_of(&[&user[..], &thing, &special, &more].concat());
    assert_eq!(
        changes(&diff::compare(&alone, &extended)),
        [
            "+ Special: extends Thing, 0 fields",
            "~ Thing  [breaks source]",
            "> + subtypes: Special  [breaks source]",
        ]
    );
    assert_eq!(
        changes(&diff::compare(&extended, &alone)),
        [
            "- Special: extends Thing, 0 fields  [breaks source, wire]",
            "~ Thing  [breaks source]",
            "> - subtypes: Special  [breaks source]",
        ]
    );
    assert_eq!(
        changes(&diff::compare(&extended, &twice)),
        ["+ More: extends Thing, 0 fields"]
    );
    let unused = model_of(&thing);
    let unused_and_extended = model_of(&[&thing[..], &special].concat());
    let comparison = diff::compare(&unused, &unused_and_extended);
    assert!(!comparison.breaks().any(), "no field is of that type");
}

#[test]
fn recursion_makes_a_field_optional() {
    let model = |of| {
        let thing = complex("Thing", None, &[r#"name="other" type="t:Other""#]);
        let other = complex("Other", None, &[of]);
        model_of(&[thing, other].concat())
    };
    let (open, closed) = (
        model(r#"name="back" type="t:Thing" minOccurs="0""#),
        model(r#"name="back" type="t:Thing""#),
    );
    assert_eq!(
        changes(&diff::compare(&open, &closed)),
        [
            "~ Other  [breaks wire]",
            "> ~ field back: Thing, optional -> Thing  [breaks wire]",
            "~ Thing  [breaks source]",
            "> ~ field other: Other (plain in Rust) -> Other (Option in Rust)  [breaks source]",
        ]
    );
}

#[test]
fn enumerations() {
    check(
        &[(
            "small.xsd",
            r#"<enumeration value="poweredOff" />"#,
            r#"<enumeration value="suspended" />"#,
        )],
        &[
            "~ PowerState  [breaks source, wire]",
            "> - value poweredOff  [breaks source, wire]",
            "> + value suspended",
        ],
    );
    // In another order they are the same.
    check(
        &[
            ("small.xsd", r#"<enumeration value="poweredOff" />"#, ""),
            (
                "small.xsd",
                r#"<enumeration value="64bit" />"#,
                r#"<enumeration value="64bit" /><enumeration value="poweredOff" />"#,
            ),
        ],
        &[],
    );
}

#[test]
fn types_that_come_and_go() {
    let stub = r#"<complexType name="Stub">"#;
    check(
        &[
            ("small.xsd", stub, r#"<complexType name="Shell">"#),
            ("catalog.json", r#""Stub""#, r#""Shell""#),
        ],
        &[
            "+ Shell: 0 fields",
            "- Stub: 0 fields  [breaks source, wire]",
        ],
    );
    check(
        &[
            (
                "small.xsd",
                r#"<simpleType name="Nothing">"#,
                r#"<simpleType name="Void">"#,
            ),
            (
                "small.xsd",
                r#"type="small:Nothing""#,
                r#"type="small:Void""#,
            ),
            ("catalog.json", r#""Nothing""#, r#""Void""#),
        ],
        &[
            "~ Hardware  [breaks source, wire]",
            "> ~ field nothing: Nothing, optional -> Void, optional  [breaks source, wire]",
            "- Nothing: 0 values  [breaks source, wire]",
            "+ Void: 0 values",
        ],
    );
}

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

#[test]
fn services() {
    let endpoint = diff::compare(
        &model(&[]),
        &model(&[(
            "catalog.json",
            r#""endpoint": "/small""#,
            r#""endpoint": "/smaller""#,
        )]),
    );
    assert_eq!(
        changes(&endpoint),
        ["~ endpoint: /small -> /smaller  [breaks wire]"]
    );
    assert!(endpoint.breaks().wire && !endpoint.breaks().source);

    let types = model_of(&complex("Alone", None, &[]));
    let replaced = diff::compare(&model(&[]), &types);
    let became: Vec<_> = (replaced.services.iter())
        .map(|service| (service.name.as_str(), service.change, service.breaks.any()))
        .collect();
    assert_eq!(
        became,
        [
            ("common", Some(Change::Removed), true),
            ("small", Some(Change::Removed), true),
            ("test", Some(Change::Added), false),
        ]
    );
    let text = Text(&replaced).to_string();
    assert!(text.contains("small 2.0: removed\n"), "{text}");
    assert!(text.contains("test: added\n  data objects    1"), "{text}");
}

#[test]
fn a_catalogue_on_one_side_only() {
    let comparison = diff::compare(&model_without_catalog(&[]), &model(&[]));
    let small = &comparison.services[1];
    assert!(
        small.without_catalog && small.is_empty(),
        "{}",
        Text(&comparison)
    );
    // What it does tell is compared.
    let comparison = diff::compare(
        &model_without_catalog(&[(
            "small.xsd",
            r#"<element name="limit" type="xsd:int" />"#,
            "",
        )]),
        &model(&[]),
    );
    assert_eq!(
        changes(&comparison),
        [
            "~ Count  [breaks source, wire]",
            "> + parameter limit: xsd:int  [breaks source, wire]",
        ]
    );
    let text = Text(&comparison).to_string();
    assert!(text.contains("compared without catalogues"), "{text}");
}

#[test]
fn counts_and_filters() {
    let edits = [
        ("small.xsd", r#"<enumeration value="64bit" />"#, ""),
        (
            "small.xsd",
            r#"<enumeration value="poweredOff" />"#,
            r#"<enumeration value="off" />"#,
        ),
        ("catalog.json", r#""Machine.PowerOn""#, r#""Machine.Start""#),
    ];
    let comparison = diff::compare(&model(&[]), &model(&edits));
    let counts = &comparison.services[1].counts;
    let values = counts[&Counted::Values];
    assert_eq!(
        (
            values.old,
            values.new,
            values.added,
            values.removed,
            values.breaking
        ),
        (5, 4, 1, 2, 2)
    );
    assert_eq!(counts[&Counted::Enumerations].changed, 1);
    assert_eq!(counts[&Counted::Operations].changed, 1);
    assert_eq!(counts[&Counted::Operations].breaking, 0);

    let breaking = comparison.clone().breaking();
    assert_eq!(
        changes(&breaking),
        [
            "~ PowerState  [breaks source, wire]",
            "> - value 64bit  [breaks source, wire]",
            "> - value poweredOff  [breaks source, wire]",
        ]
    );
    assert_eq!(
        breaking.services.len(),
        1,
        "the other service has nothing that breaks"
    );
    let summary = comparison.summary();
    assert!(changes(&summary).is_empty() && !summary.is_empty());
}

#[test]
fn as_json() {
    let edits = [(
        "catalog.json",
        r#""owner": {"since": "1.0", "target": "Machine"}"#,
        r#""owner": {"since": "1.0", "target": "Entity"}"#,
    )];
    let comparison = diff::compare(&model(&[]), &model(&edits));
    let json = serde_json::to_value(&comparison).expect("JSON");
    let small = &json["services"][1];
    assert_eq!(small["name"], "small");
    assert_eq!(small["counts"]["fields"]["changed"], 1);
    assert_eq!(
        small["items"],
        serde_json::json!([{
            "kind": "data-object", "name": "Hardware", "change": "changed", "breaks": ["source"],
            "members": [{
                "kind": "field", "name": "owner", "change": "changed",
                "old": "reference to Machine", "new": "reference to Entity", "breaks": ["source"],
            }],
        }])
    );
}

#[test]
fn as_markdown() {
    let edits = [
        ("small.xsd", r#"<enumeration value="a`b" />"#, ""),
        (
            "catalog.json",
            r#""version": "2.0""#,
            r#""version": "1.0u1""#,
        ),
    ];
    let comparison = diff::compare(&model(&edits), &model(&[])).breaking();
    assert_eq!(Markdown::new(&comparison).to_string(), "");
    let comparison = diff::compare(&model(&edits), &model(&[]));
    let markdown = Markdown::new(&comparison).heading_level(3).to_string();
    assert_eq!(
        markdown,
        "### common\n\nNo differences.\n\n\
         ### small: 1.0u1 to 2.0\n\n\
         | | before | after | added | removed | changed | breaking |\n\
         |---|--:|--:|--:|--:|--:|--:|\n\
         | data objects | 7 | 7 | 0 | 0 | 0 | 0 |\n\
         | faults | 1 | 1 | 0 | 0 | 0 | 0 |\n\
         | events | 2 | 2 | 0 | 0 | 0 | 0 |\n\
         | fields | 37 | 37 | 0 | 0 | 0 | 0 |\n\
         | enumerations | 2 | 2 | 0 | 0 | 1 | 0 |\n\
         | values | 4 | 5 | 1 | 0 | 0 | 0 |\n\
         | managed objects | 2 | 2 | 0 | 0 | 0 | 0 |\n\
         | properties | 4 | 4 | 0 | 0 | 0 | 0 |\n\
         | operations | 5 | 5 | 0 | 0 | 0 | 0 |\n\
         | parameters | 13 | 13 | 0 | 0 | 0 | 0 |\n\n\
         #### Enumerations\n\n\
         - changed `PowerState`\n  - added value `` a`b ``"
    );
}

#[test]
fn what_is_there_does_not_differ_from_itself() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../wsdl");
    let model = vmomi_codegen::Builder::new()
        .wsdl(folder)
        .model()
        .expect("a model");
    assert!(diff::compare(&model, &model).is_empty());
}

#[test]
fn between_two_releases() {
    let (Some(old), Some(new)) = (shared("vim25-5.5"), shared("vim25-6.7")) else {
        return;
    };
    let read = |path| {
        let builder = vmomi_codegen::Builder::new().wsdl(path);
        builder.model().unwrap_or_else(|error| panic!("{error}"))
    };
    let (old, new) = (read(old), read(new));
    let comparison = diff::compare(&old, &new);
    let vim = comparison
        .services
        .iter()
        .find(|service| service.name == "vim25");
    let counts = &vim.expect("vim25").counts;
    let of = |what| {
        let count = counts[&what];
        (count.old, count.new, count.added, count.removed)
    };
    assert_eq!(of(Counted::Operations), (615, 864, 249, 0));
    assert_eq!(of(Counted::Enumerations), (261, 352, 91, 0));
    assert_eq!(of(Counted::DataObjects), (1_313, 1_607, 294, 0));
    let breaking = changes(&comparison.clone().breaking());
    for line in [
        // Old clients could send them; the type that all others extend has lost them.
        "> - field dynamicType: xsd:string, optional  [breaks source, wire]",
        "~ CreateTask  [breaks source]",
        "> + parameter activationId: xsd:string, optional  [breaks source]",
        "> + subtypes: PerfCounterInfoInt  [breaks source]",
    ] {
        assert!(
            breaking.iter().any(|found| found == line),
            "{line}: {breaking:#?}"
        );
    }
    let back = diff::compare(&new, &old);
    let back = back
        .services
        .iter()
        .find(|service| service.name == "vim25")
        .expect("vim25");
    assert_eq!(back.counts[&Counted::Operations].removed, 249);
}
