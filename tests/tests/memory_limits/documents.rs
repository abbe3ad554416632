//! Documents that make much of little.

use std::fmt::Write as _;

use vmomi::runtime::erased::{Kind, TypeInfo};

/// The declarations that documents need.
pub const DECLARED: &str = "xmlns='urn:vim25' \
    xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance' \
    xmlns:xsd='http://www.w3.org/2001/XMLSchema'";

/// What an envelope holds before the value of a response.
pub const ENVELOPE: &str = "<soapenv:Envelope \
    xmlns:soapenv='http://schemas.xmlsoap.org/soap/envelope/' \
    xmlns:xsd='http://www.w3.org/2001/XMLSchema' \
    xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance'>\
    <soapenv:Body><RetrieveResponse xmlns='urn:vim25'>";

#[derive(Debug)]
pub enum Document {
    Xml(String),
    Json(String),
}

impl Document {
    pub fn text(&self) -> &str {
        match self {
            Self::Xml(text) | Self::Json(text) => text,
        }
    }
}

/// A value that holds the same again and again.
#[derive(Debug)]
pub struct Repeated {
    /// What it shows, for the table of what a byte costs.
    pub name: &'static str,
    pub begin: String,
    pub item: String,
    pub end: String,
    pub is_json: bool,
}

impl Repeated {
    fn xml(name: &'static str, attributes: &str, item: &str) -> Self {
        Self {
            name,
            begin: format!("<v {DECLARED} {attributes}>"),
            item: item.to_owned(),
            end: "</v>".to_owned(),
            is_json: false,
        }
    }

    fn json(name: &'static str, begin: &str, item: &str, end: &str) -> Self {
        Self {
            name,
            begin: begin.to_owned(),
            item: format!("{item},"),
            end: format!("{item}{end}"),
            is_json: true,
        }
    }

    pub fn array_of(name: &'static str, of: &str, item: &str) -> [Self; 2] {
        [
            Self::xml(name, &format!("xsi:type='ArrayOf{of}'"), "<a/>"),
            Self::json(
                name,
                &format!(r#"{{"_typeName":"ArrayOf{of}","_value":["#),
                item,
                "]}",
            ),
        ]
    }

    /// With so many items.
    pub fn document(&self, count: usize) -> Document {
        let text = [&*self.begin, &self.item.repeat(count), &self.end].concat();
        if self.is_json {
            Document::Json(text)
        } else {
            Document::Xml(text)
        }
    }
}

/// What no type describes, and what takes memory in other ways than by its fields.
pub fn kinds() -> Vec<Repeated> {
    let unknown = "xsi:type='Unknown'";
    let namespace = "n".repeat(60_000);
    let mut kinds = vec![
        Repeated::xml("unknown elements", unknown, "<a/>"),
        Repeated::xml("unknown elements with text", unknown, "<a>b</a>"),
        Repeated::xml("unknown elements within another", unknown, "<a><b/></a>"),
        Repeated::xml("unknown elements between texts", unknown, "a<b/>"),
        Repeated::xml("unknown elements in lines", unknown, "\n<a/>"),
        Repeated::xml("unknown elements with an attribute", unknown, "<a b=''/>"),
        Repeated::xml("unknown elements with a type", unknown, "<a xsi:type='b'/>"),
        Repeated::xml(
            "unknown elements that declare a namespace",
            unknown,
            "<a xmlns='b'/>",
        ),
        Repeated::xml(
            "unknown elements of a namespace of 60 kB",
            &format!("xmlns:p='{namespace}' {unknown}"),
            "<p:a/>",
        ),
        Repeated::xml(
            "unknown attributes of a namespace of 60 kB",
            &format!("xmlns:p='{namespace}' {unknown}"),
            &format!("<a {}/>", "p:b='' ".repeat(60)),
        ),
        Repeated::xml(
            "unknown elements of an object",
            "xsi:type='VirtualDevice'",
            "<a/>",
        ),
        Repeated::xml(
            "attributes of an object",
            "xsi:type='ArrayOfVirtualDevice'",
            "<a b=''/>",
        ),
        Repeated::xml(
            "objects of unknown types",
            "xsi:type='ArrayOfVirtualDevice'",
            "<a xsi:type='B'/>",
        ),
        Repeated::xml("texts", "xsi:type='ArrayOfString'", "<a>b</a>"),
        Repeated::xml(
            "texts of one reference",
            "xsi:type='ArrayOfString'",
            "<a>&lt;</a>",
        ),
        Repeated::xml("numbers", "xsi:type='ArrayOfByte'", "<a>1</a>"),
        Repeated::xml("binaries", "xsi:type='ArrayOfBase64Binary'", "<a>AAAA</a>"),
        Repeated::xml(
            "values of an enum",
            "xsi:type='ArrayOfManagedEntityStatus'",
            "<a/>",
        ),
        Repeated::xml(
            "references",
            "xsi:type='ArrayOfManagedObjectReference'",
            "<a/>",
        ),
        Repeated::xml(
            "nothing, of any type",
            "xsi:type='ArrayOfAnyType'",
            "<a xsi:nil='1'/>",
        ),
        Repeated::xml(
            "lists in a list",
            "xsi:type='ArrayOfAnyType'",
            "<a xsi:type='ArrayOfInt'/>",
        ),
        Repeated::xml(
            "lists of one in a list",
            "xsi:type='ArrayOfAnyType'",
            "<a xsi:type='ArrayOfAnyType'><b xsi:nil='1'/></a>",
        ),
    ];
    let object = r#"{"_typeName":"Unknown","a":["#;
    let any = r#"{"_typeName":"ArrayOfAnyType","_value":["#;
    kinds.extend([
        Repeated::json("unknown numbers", object, "0", "]}"),
        Repeated::json("unknown nothing", object, "null", "]}"),
        Repeated::json("unknown texts", object, r#""""#, "]}"),
        Repeated::json("unknown texts with an escape", object, r#""\n""#, "]}"),
        Repeated::json("unknown lists", object, "[]", "]}"),
        Repeated::json("unknown lists of one", object, "[0]", "]}"),
        Repeated::json("unknown objects", object, "{}", "]}"),
        Repeated::json("unknown objects of one", object, r#"{"a":0}"#, "]}"),
        Repeated::json(
            "unknown references",
            object,
            r#"{"_typeName":"ManagedObjectReference","type":"","value":""}"#,
            "]}",
        ),
        Repeated::json(
            "unknown members of an object",
            r#"{"_typeName":"VirtualDevice","a":["#,
            "0",
            "]}",
        ),
        Repeated::json(
            "members before the name of the type",
            r#"{"a":["#,
            "0",
            r#"],"_typeName":"VirtualDevice"}"#,
        ),
        Repeated::json(
            "elements spelled out",
            r#"{"_typeName":"VirtualDevice","_xml":["#,
            r#"{"name":"a","attributes":{"b":""},"content":[""]}"#,
            "]}",
        ),
        Repeated::json("nothing, of any type", "[", "null", "]"),
        Repeated::json("numbers, of any type", any, "0", "]}"),
        Repeated::json("texts, of any type", any, r#""""#, "]}"),
        Repeated::json("lists in a list", any, "[]", "]}"),
        Repeated::json("lists of one in a list", any, "[0]", "]}"),
        Repeated::json(
            "references",
            r#"{"_typeName":"ArrayOfManagedObjectReference","_value":["#,
            r#"{"value":""}"#,
            "]}",
        ),
        Repeated {
            name: "one text of escapes",
            begin: "\"".to_owned(),
            item: r"\n".to_owned(),
            end: "\"".to_owned(),
            is_json: true,
        },
    ]);
    kinds
}

/// Enough objects of a type to be over the limit.
pub fn xml_of_empty_objects(info: &TypeInfo, limit: usize) -> Document {
    let [kind, _] = Repeated::array_of("", info.name(), "{}");
    kind.document(count(info, limit))
}

/// The same in JSON.
pub fn json_of_empty_objects(info: &TypeInfo, limit: usize) -> Document {
    let [_, kind] = Repeated::array_of("", info.name(), "{}");
    kind.document(count(info, limit))
}

/// Enough objects of a type with each of its fields in it, those that are lists twice.
pub fn xml_of_full_objects(info: &'static TypeInfo, limit: usize) -> Document {
    let mut item = "<a>".to_owned();
    let mut levels: Vec<_> = info.ancestry().collect();
    levels.reverse();
    for field in levels.into_iter().flat_map(TypeInfo::own_fields) {
        let name = field.name();
        for _ in 0..if field.shape().is_list() { 2 } else { 1 } {
            let (attributes, text) = match field.shape().kind {
                Kind::Bool => ("", "true"),
                Kind::Byte | Kind::Short | Kind::Int | Kind::Long => ("", "1"),
                Kind::Float | Kind::Double => ("", "1.5"),
                Kind::DateTime => ("", "2026-01-01T00:00:00Z"),
                Kind::Any => (" xsi:type='ArrayOfString'", "<string/>"),
                Kind::Reference => (" type='b'", "c"),
                Kind::String | Kind::Binary | Kind::Enum(_) => ("", "AAAA"),
                Kind::Inline(_) | Kind::Boxed(_) | Kind::Dyn(_) => ("", ""),
            };
            write!(item, "<{name}{attributes}>{text}</{name}>").expect("a string takes it");
        }
    }
    item.push_str("</a>");
    let [mut kind, _] = Repeated::array_of("", info.name(), "");
    kind.item = item;
    kind.document(count(info, limit))
}

/// How many objects of a type take more than the limit, at the least.
fn count(info: &TypeInfo, limit: usize) -> usize {
    limit / info.size() + 1
}
