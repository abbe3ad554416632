//! What counts as a difference, and how it is reported.

use super::{Comparison, equivalent};

const XSI: &str = r#"xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance""#;
const XSD: &str = r#"xmlns:xsd="http://www.w3.org/2001/XMLSchema""#;

fn assert_equivalent(expected: &str, actual: &str) {
    for (expected, actual) in [(expected, actual), (actual, expected)] {
        if let Err(mismatch) = equivalent(expected, actual) {
            panic!("{mismatch}\n{expected}\n{actual}");
        }
    }
}

/// Asserts the report of the first difference, and that there is one the other way round too.
fn assert_differs(expected: &str, actual: &str, report: &str) {
    match equivalent(expected, actual) {
        Ok(()) => panic!("no difference found between\n{expected}\n{actual}"),
        Err(mismatch) => assert_eq!(mismatch.to_string(), report),
    }
    assert!(equivalent(actual, expected).is_err());
}

#[test]
fn prefixes_do_not_matter_but_namespaces_do() {
    assert_equivalent(
        r#"<a xmlns="urn:vim25"><b>x</b></a>"#,
        r#"<v:a xmlns:v="urn:vim25"><w:b xmlns:w="urn:vim25">x</w:b></v:a>"#,
    );
    assert_equivalent(
        r#"<v:a xmlns:v="urn:vim25" xmlns=""><b/></v:a>"#,
        r#"<v:a xmlns:v="urn:vim25"><b/></v:a>"#,
    );
    assert_differs(
        r#"<a xmlns="urn:vim25"><b/></a>"#,
        r#"<a xmlns="urn:vim25"><b xmlns=""/></a>"#,
        "a/b: expected element {urn:vim25}b, found element b",
    );
}

#[test]
fn an_instance_attribute_counts_under_any_prefix() {
    assert_equivalent(
        &format!(r#"<a {XSI} {XSD}><b xsi:type="xsd:int">1</b></a>"#),
        r#"<a><b xmlns:_XMLSchema-instance="http://www.w3.org/2001/XMLSchema-instance"
                 xmlns:x="http://www.w3.org/2001/XMLSchema"
                 _XMLSchema-instance:type="x:int">1</b></a>"#,
    );
}

#[test]
fn type_names_are_resolved() {
    assert_equivalent(
        &format!(r#"<a xmlns="urn:vim25" {XSI} xsi:type="VirtualDisk"/>"#),
        &format!(r#"<v:a xmlns:v="urn:vim25" {XSI} xsi:type="v:VirtualDisk"/>"#),
    );
    assert_differs(
        &format!(r#"<a {XSI} {XSD} xsi:type="xsd:int">1</a>"#),
        &format!(r#"<a {XSI} {XSD} xsi:type="xsd:long">1</a>"#),
        r#"a/@type: expected "{http://www.w3.org/2001/XMLSchema}int", found "{http://www.w3.org/2001/XMLSchema}long""#,
    );
    // The same text under another default namespace names another type.
    let (vim, pbm) = ("urn:vim25", "urn:pbm");
    let element = |namespace: &str| {
        format!(r#"<v:a xmlns:v="urn:v" xmlns="{namespace}" {XSI} xsi:type="Thing"/>"#)
    };
    assert_differs(
        &element(vim),
        &element(pbm),
        r#"a/@type: expected "{urn:vim25}Thing", found "{urn:pbm}Thing""#,
    );
    assert_differs(
        &format!(r#"<a {XSI} xsi:type="undeclared:Thing"/>"#),
        &format!(r#"<a {XSI} xsi:type="Thing"/>"#),
        r#"a/@type: expected "undeclared:Thing", found "Thing""#,
    );
}

#[test]
fn a_type_on_one_side_is_a_difference_unless_tolerated() {
    let with = format!(r#"<a {XSI}><b xsi:type="Thing">1</b><c/></a>"#);
    let without = "<a><b>1</b><c/></a>";
    assert_differs(
        &with,
        without,
        r#"a/b/@type: expected "Thing", found no such attribute"#,
    );
    let tolerant = Comparison::default().tolerating_one_sided_types();
    assert!(tolerant.documents(&with, without).is_ok());
    assert!(tolerant.documents(without, &with).is_ok());
    let other = format!(r#"<a {XSI}><b xsi:type="Other">1</b><c/></a>"#);
    assert!(tolerant.documents(&with, &other).is_err());
    assert!(tolerant.documents(&with, "<a><b>2</b><c/></a>").is_err());
}

#[test]
fn the_order_of_attributes_does_not_matter_but_their_values_do() {
    assert_equivalent(
        r#"<a type="VirtualMachine" serverGuid="g"/>"#,
        r#"<a serverGuid="g" type="VirtualMachine"/>"#,
    );
    assert_differs(
        r#"<a type="VirtualMachine"/>"#,
        r#"<a type="virtualmachine"/>"#,
        r#"a/@type: expected "VirtualMachine", found "virtualmachine""#,
    );
    assert_differs(
        "<a/>",
        r#"<a serverGuid=""/>"#,
        r#"a/@serverGuid: expected no such attribute, found """#,
    );
}

#[test]
fn nil_and_schema_locations_are_read_by_meaning() {
    assert_equivalent(
        &format!(r#"<a {XSI} xsi:nil="true" xsi:schemaLocation="urn:vim25 vim.xsd"/>"#),
        &format!(r#"<a {XSI} xsi:nil="1"/>"#),
    );
    assert_differs(
        &format!(r#"<a {XSI} xsi:nil="true"/>"#),
        "<a/>",
        r#"a/@nil: expected "true", found no such attribute"#,
    );
}

#[test]
fn whitespace_comments_and_declarations_between_elements_do_not_matter() {
    assert_equivalent(
        "<?xml version=\"1.0\"?>\n<a>\n  <b>x</b>\n  <!-- note -->\n  <c/>\n</a>\n",
        "<a><b>x</b><c></c></a>",
    );
}

#[test]
fn whitespace_within_a_value_matters() {
    assert_differs(
        "<a><b> x</b></a>",
        "<a><b>x</b></a>",
        r#"a/b/text(): expected " x", found "x""#,
    );
    assert_differs("<a> </a>", "<a/>", r#"a/text(): expected " ", found """#);
}

#[test]
fn text_is_the_same_however_it_is_escaped_or_interrupted() {
    assert_equivalent(
        "<a>1 &lt; 2 &amp; &#x33; &gt; 2</a>",
        "<a>1 <![CDATA[< 2 &]]> <!-- three -->3 > 2</a>",
    );
}

#[test]
fn text_beside_elements_counts() {
    assert_differs(
        "<a>x<b/></a>",
        "<a><b/></a>",
        r#"a/text(): expected "x", found """#,
    );
}

#[test]
fn spellings_of_a_value_count_as_one_except_in_strings() {
    assert_equivalent(
        "<a><b>2020-01-01T00:00:00Z</b><c>true</c><d>1.0</d></a>",
        "<a><b>2020-01-01T00:00:00.000000Z</b><c>1</c><d>1</d></a>",
    );
    let string = |text: &str| format!(r#"<a {XSI} {XSD} xsi:type="xsd:string">{text}</a>"#);
    assert_differs(
        &string("007"),
        &string("7"),
        r#"a/text(): expected "007", found "7""#,
    );
}

#[test]
fn the_order_of_elements_matters() {
    assert_differs(
        "<a><b/><c/></a>",
        "<a><c/><b/></a>",
        "a/b: expected element b, found element c",
    );
}

#[test]
fn missing_and_additional_elements_are_named() {
    assert_differs(
        "<a><b/><c/></a>",
        "<a><b/></a>",
        "a/c: expected element c, found the end of its parent",
    );
    assert_differs(
        "<a><b/></a>",
        "<a><b/><c/></a>",
        "a: expected no more elements, found element c",
    );
    assert_differs(
        "<a><b><c/></b></a>",
        "<a><b>x</b></a>",
        r#"a/b/text(): expected "", found "x""#,
    );
}

#[test]
fn the_path_tells_siblings_of_one_name_apart() {
    assert_differs(
        "<r><returnval><objects/><token/><objects><obj>1</obj></objects></returnval></r>",
        "<r><returnval><objects/><token/><objects><obj>2</obj></objects></returnval></r>",
        r#"r/returnval/objects[1]/obj/text(): expected "1", found "2""#,
    );
}

#[test]
fn the_first_difference_is_reported() {
    assert_differs(
        "<a><b>1</b><c>2</c></a>",
        "<a><b>3</b><c>4</c></a>",
        r#"a/b/text(): expected "1", found "3""#,
    );
}

#[test]
fn what_is_not_xml_is_told_from_a_difference() {
    let error = equivalent("<a>", "<a/>").unwrap_err().to_string();
    assert!(
        error.starts_with("the expected document is not XML: "),
        "{error}"
    );
    let error = equivalent("<a/>", "<a></b>").unwrap_err().to_string();
    assert!(
        error.starts_with("the actual document is not XML: "),
        "{error}"
    );
}
