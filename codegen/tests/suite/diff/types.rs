//! Data objects and enumerations.

use vmomi_codegen::diff;

use super::{changes, check};
use crate::support::{complex, model_of};

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
