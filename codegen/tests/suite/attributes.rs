//! Attributes mean the same however they are written: whitespace in values of other types than
//! strings, other ways to write a number, and attributes that any document may have.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use vmomi_codegen::Builder;

use crate::support::{complex, folder, model_of, read, schema};

/// The files of a description, each changed.
fn changed(path: &str, change: impl Fn(&str) -> String) -> BTreeMap<String, String> {
    let mut files = Vec::new();
    for entry in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).expect("a folder") {
        let path = entry.expect("an entry").path();
        let name = path.file_name().expect("a name").to_string_lossy();
        let is_document = name.ends_with(".wsdl") || name.ends_with(".xsd");
        if is_document || name == "catalog.json" {
            let text = fs::read_to_string(&path).expect("a text");
            let text = if is_document { change(&text) } else { text };
            files.push((name.into_owned(), text));
        }
    }
    let files: Vec<(&str, &str)> = files
        .iter()
        .map(|(name, text)| (name.as_str(), text.as_str()))
        .collect();
    let folder = folder(&files);
    let generated = Builder::new().wsdl(folder.path()).render();
    generated.unwrap_or_else(|error| panic!("{error}")).files
}

/// Changes the value of each attribute, but for those of strings and what is not an attribute.
fn with_values(text: &str, change: impl Fn(&str) -> String) -> String {
    let (declaration, rest) = text.split_once("?>").expect("a declaration");
    let mut changed = format!("{declaration}?>");
    let mut before = "";
    for (index, part) in rest.split('"').enumerate() {
        let name = before.trim_end_matches('=').split_whitespace().next_back();
        let is_value = index % 2 == 1;
        let is_string = name.is_none_or(|name| {
            name.starts_with("xmlns") || ["style", "use", "value"].contains(&name)
        });
        if index > 0 {
            changed.push('"');
        }
        match is_value && !is_string {
            true => changed.push_str(&change(part)),
            false => changed.push_str(part),
        }
        before = part;
    }
    changed
}

const SETS: [&str; 2] = ["tests/fixtures/accepted/service", "tests/emit/small"];

#[test]
fn whitespace_around_values_is_none_of_them() {
    for set in SETS {
        let plain = changed(set, str::to_owned);
        let spaced = changed(set, |text| {
            let spaced = with_values(text, |value| format!(" \t{value}&#10;\r\n "));
            assert!(spaced.matches("&#10;").count() > 20, "{spaced}");
            spaced
        });
        assert_eq!(plain, spaced, "{set}");
    }
}

#[test]
fn attributes_of_any_document_may_be_on_every_element() {
    let everywhere = " xmlns:i=\"http://www.w3.org/2001/XMLSchema-instance\" \
        i:schemaLocation=\"urn:a a.xsd\" i:noNamespaceSchemaLocation=\"b.xsd\" i:type=\"i:c\" \
        i:nil=\"true\" xml:lang=\"en\" xml:space=\"preserve\" xml:id=\"x\"";
    for set in SETS {
        let plain = changed(set, str::to_owned);
        let marked = changed(set, |text| {
            let mut marked = String::new();
            for (index, part) in text.split('<').enumerate() {
                if index > 0 {
                    marked.push('<');
                }
                let end = part.find(|c: char| !(c.is_alphanumeric() || c == ':'));
                match end {
                    Some(end) if end > 0 => {
                        marked += &part[..end];
                        marked += everywhere;
                        marked += &part[end..];
                    }
                    _ => marked += part,
                }
            }
            assert!(marked.matches("i:nil").count() > 20, "{marked}");
            marked
        });
        assert_eq!(plain, marked, "{set}");
    }
}

/// An attribute of another namespace is not the one of the same name without.
#[test]
fn a_prefixed_attribute_is_not_the_plain_one() {
    let typed = complex(
        "T",
        None,
        &["name=\"a\" i:type=\"xsd:int\" xmlns:i=\"http://www.w3.org/2001/XMLSchema-instance\""],
    );
    let error = read(&[("a.xsd", &schema(&typed))]).expect_err("no type");
    assert!(
        error
            .to_string()
            .contains("element `a` has no attribute `type`"),
        "{error}"
    );
}

#[test]
fn numbers_and_booleans_have_several_forms() {
    for (minimum, maximum, optional, list) in [
        ("0", "1", true, false),
        ("00", "01", true, false),
        ("-0", "+1", true, false),
        ("+001", " unbounded ", false, true),
    ] {
        let element = format!(
            "name=\"a\" type=\"xsd:int\" minOccurs=\"{minimum}\" maxOccurs=\"{maximum}\" nillable=\"0\""
        );
        let model = model_of(&complex("T", None, &[&element]));
        let shape = model.data_objects[0].fields[0].shape;
        assert_eq!((shape.optional, shape.list), (optional, list), "{element}");
    }
    for other in ["", "2", "-1", "+-1", "+", "0x1", "1.0", "unbounded", "1 1"] {
        let element = format!("name=\"a\" type=\"xsd:int\" minOccurs=\"{other}\"");
        let refused = read(&[("a.xsd", &schema(&complex("T", None, &[&element])))]);
        let error = refused.expect_err(other).to_string();
        assert!(
            error.contains(&format!("minOccurs=\"{other}\" in element `a`")),
            "{error}"
        );
    }
}

/// The values that are the defaults say nothing.
#[test]
fn defaults_may_be_said() {
    let types = "<complexType name=\"T\" abstract=\" false \" mixed=\"0\"><complexContent mixed=\"false\">\
        <extension base=\"t:B\"><sequence minOccurs=\"1\" maxOccurs=\"1\">\
        <element name=\"a\" type=\"xsd:int\" nillable=\"false\"/></sequence></extension></complexContent>\
        </complexType><complexType name=\"B\"/>";
    assert_eq!(model_of(types).data_objects.len(), 2);
}

/// White space in a value of a string is a part of it; roxmltree has made spaces of line ends, as
/// XML wants it.
#[test]
fn values_of_enumerations_are_strings() {
    let values = "<simpleType name=\"E\"><restriction base=\" xsd:string \"><enumeration value=\"a  b\"/>\
        <enumeration value=\"a b\"/></restriction></simpleType>";
    let model = model_of(values);
    let values: Vec<&str> = (model.enumerations[0].values.iter())
        .map(|value| value.value.as_str())
        .collect();
    assert_eq!(values, ["a  b", "a b"]);
}
