//! XML Schema, as far as the vSphere descriptions use it: the syntax as written, nothing resolved.
//!
//! The dialect: `include` and `import` of files; global `element`s with a named or an inline type; `complexType`s that
//! are a `sequence` of typed elements, alone or extending a base; one simple content type, the managed object
//! reference; `simpleType`s that are enumerations of strings.

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::source::Position;
use crate::xml::{Child, Element, Occurs, QName, XSD, many, one};

/// The maximum length of an enumeration's value in bytes. The longest of vSphere has 57.
const MAX_VALUE_LENGTH: usize = 1_000;

/// One `schema` element.
#[derive(Debug)]
pub(crate) struct Schema {
    pub(crate) namespace: String,
    pub(crate) links: Vec<Link>,
    pub(crate) elements: Vec<GlobalElement>,
    pub(crate) complex_types: Vec<ComplexType>,
    pub(crate) simple_types: Vec<SimpleType>,
}

/// An `include` or `import`, of XSD or WSDL.
#[derive(Debug, Clone)]
pub(crate) struct Link {
    pub(crate) namespace: String,
    pub(crate) location: String,
    pub(crate) position: Position,
}

/// An `element` directly in a schema.
#[derive(Debug)]
pub(crate) struct GlobalElement {
    pub(crate) name: String,
    pub(crate) content: ElementContent,
    pub(crate) position: Position,
}

/// What a global element holds.
#[derive(Debug)]
pub(crate) enum ElementContent {
    /// A named type.
    Named(QName),
    /// A type without a name, written in place.
    Inline(Vec<LocalElement>),
}

/// A `complexType` with a name.
#[derive(Debug)]
pub(crate) struct ComplexType {
    pub(crate) name: String,
    pub(crate) content: Content,
    pub(crate) position: Position,
}

/// What a complex type holds.
#[derive(Debug)]
pub(crate) enum Content {
    /// Elements, after those of the base.
    Elements {
        base: Option<QName>,
        elements: Vec<LocalElement>,
    },
    /// A string with attributes.
    Text { attributes: Vec<TextAttribute> },
}

/// An `attribute` of simple content.
#[derive(Debug)]
pub(crate) struct TextAttribute {
    pub(crate) name: String,
    pub(crate) position: Position,
}

/// An `element` in a `sequence`.
#[derive(Debug)]
pub(crate) struct LocalElement {
    pub(crate) name: String,
    pub(crate) of: QName,
    pub(crate) optional: bool,
    pub(crate) list: bool,
    pub(crate) position: Position,
}

/// A `simpleType`: an enumeration.
#[derive(Debug)]
pub(crate) struct SimpleType {
    pub(crate) name: String,
    pub(crate) values: Vec<EnumerationValue>,
    pub(crate) position: Position,
}

/// One `enumeration` of a simple type.
#[derive(Debug)]
pub(crate) struct EnumerationValue {
    pub(crate) value: String,
    pub(crate) position: Position,
}

/// What a schema may hold.
const IN_SCHEMA: [Child; 5] = [
    many(XSD, "include"),
    many(XSD, "import"),
    many(XSD, "element"),
    many(XSD, "complexType"),
    many(XSD, "simpleType"),
];

const SEQUENCE: Child = one(XSD, "sequence");
const EXTENSION: Child = one(XSD, "extension");
const RESTRICTION: Child = one(XSD, "restriction");

/// Reads a `schema` element; what is wrong in one definition does not hide what is wrong in the next.
pub(crate) fn schema(element: Element<'_, '_>, errors: &mut Vec<Diagnostic>) -> Option<Schema> {
    let namespace = match schema_head(element) {
        Ok(namespace) => namespace,
        Err(head) => {
            errors.extend(head);
            return None;
        }
    };
    let mut schema = Schema {
        namespace,
        links: Vec::new(),
        elements: Vec::new(),
        complex_types: Vec::new(),
        simple_types: Vec::new(),
    };
    for child in element.content_or_errors(&IN_SCHEMA, errors) {
        if let Err(child) = read_into(&mut schema, child) {
            errors.extend(child);
        }
    }
    Some(schema)
}

fn schema_head(element: Element<'_, '_>) -> Result<String, Diagnostics> {
    element.only_attributes(&[
        "targetNamespace",
        "elementFormDefault",
        "attributeFormDefault",
        "version",
        "id",
    ])?;
    // Elements would be without namespace on the wire.
    element.required_string("elementFormDefault")?;
    element.only_tokens("elementFormDefault", &["qualified"])?;
    element.only_tokens("attributeFormDefault", &["unqualified"])?;
    Ok(element.required_uri("targetNamespace")?)
}

fn read_into(schema: &mut Schema, child: Element<'_, '_>) -> Result<(), Diagnostics> {
    match child.name_in(XSD) {
        "include" => schema.links.push(include(child, &schema.namespace)?),
        "import" => schema.links.push(import(child, "schemaLocation")?),
        "element" => schema.elements.push(global_element(child)?),
        "complexType" => schema.complex_types.push(complex_type(child)?),
        _ => schema.simple_types.push(simple_type(child)?),
    }
    Ok(())
}

fn include(element: Element<'_, '_>, namespace: &str) -> Result<Link, Diagnostics> {
    element.only_attributes(&["schemaLocation", "id"])?;
    element.no_children()?;
    Ok(Link {
        namespace: namespace.to_owned(),
        location: element.required_uri("schemaLocation")?,
        position: element.position(),
    })
}

/// An `import` of XSD (`schemaLocation`) or of WSDL (`location`).
pub(crate) fn import(
    element: Element<'_, '_>,
    location: &'static str,
) -> Result<Link, Diagnostics> {
    element.only_attributes(&["namespace", location, "id"])?;
    element.no_children()?;
    Ok(Link {
        namespace: element.required_uri("namespace")?,
        location: element.required_uri(location)?,
        position: element.position(),
    })
}

fn global_element(element: Element<'_, '_>) -> Result<GlobalElement, Diagnostics> {
    element.only_attributes(&["name", "type", "nillable", "abstract", "id"])?;
    element.never_true("nillable")?;
    element.never_true("abstract")?;
    let name = element.required_name("name")?;
    let content = match element.one_of(&[one(XSD, "complexType")])? {
        None => ElementContent::Named(element.required_qname("type")?),
        Some(child) if element.has("type") => {
            let names_one = "the element names its type already, by the attribute `type`";
            return Err(child.refuse(names_one).into());
        }
        Some(child) => ElementContent::Inline(inline_type(child)?),
    };
    Ok(GlobalElement {
        name,
        content,
        position: element.position(),
    })
}

fn inline_type(element: Element<'_, '_>) -> Result<Vec<LocalElement>, Diagnostics> {
    element.only_attributes(&["mixed", "id"])?;
    element.never_true("mixed")?;
    match element.one_of(&[SEQUENCE])? {
        None => Ok(Vec::new()),
        Some(child) => sequence(child),
    }
}

fn complex_type(element: Element<'_, '_>) -> Result<ComplexType, Diagnostics> {
    element.only_attributes(&["name", "abstract", "mixed", "id"])?;
    element.never_true("abstract")?;
    element.never_true("mixed")?;
    let name = element.required_name("name")?;
    let contents = [
        SEQUENCE,
        one(XSD, "complexContent"),
        one(XSD, "simpleContent"),
    ];
    let plain = |elements| Content::Elements {
        base: None,
        elements,
    };
    let content = match element.one_of(&contents)? {
        None => plain(Vec::new()),
        Some(child) => match child.name_in(XSD) {
            "complexContent" => complex_content(child)?,
            "simpleContent" => simple_content(child)?,
            _ => plain(sequence(child)?),
        },
    };
    Ok(ComplexType {
        name,
        content,
        position: element.position(),
    })
}

fn complex_content(element: Element<'_, '_>) -> Result<Content, Diagnostics> {
    element.only_attributes(&["mixed", "id"])?;
    element.never_true("mixed")?;
    let extension = element.only_child(EXTENSION)?;
    extension.only_attributes(&["base", "id"])?;
    let base = Some(extension.required_qname("base")?);
    let elements = match extension.one_of(&[SEQUENCE])? {
        None => Vec::new(),
        Some(child) => sequence(child)?,
    };
    Ok(Content::Elements { base, elements })
}

fn simple_content(element: Element<'_, '_>) -> Result<Content, Diagnostics> {
    element.only_attributes(&["id"])?;
    let extension = element.only_child(EXTENSION)?;
    extension.only_attributes(&["base", "id"])?;
    require_string(extension, "base")?;
    let mut attributes = Vec::new();
    for attribute in extension.content(&[many(XSD, "attribute")])? {
        attribute.only_attributes(&["name", "type", "use", "id"])?;
        attribute.only_tokens("use", &["optional", "required"])?;
        attribute.no_children()?;
        require_string(attribute, "type")?;
        attributes.push(TextAttribute {
            name: attribute.required_name("name")?,
            position: attribute.position(),
        });
    }
    Ok(Content::Text { attributes })
}

/// Refuses any other type than the strings of XML Schema.
fn require_string(element: Element<'_, '_>, attribute: &'static str) -> Result<(), Diagnostics> {
    let of = element.required_qname(attribute)?;
    if of.namespace == XSD && of.local == "string" {
        return Ok(());
    }
    let string = format!("only `string` of XML Schema (`{XSD}`) may be named here");
    Err(element.refuse_value(attribute).help(string).into())
}

fn sequence(element: Element<'_, '_>) -> Result<Vec<LocalElement>, Diagnostics> {
    element.only_attributes(&["id", "minOccurs", "maxOccurs"])?;
    element.occurs("minOccurs", &[Occurs::Once])?;
    element.occurs("maxOccurs", &[Occurs::Once])?;
    let mut elements = Vec::new();
    let mut errors = Vec::new();
    for child in element.content_or_errors(&[many(XSD, "element")], &mut errors) {
        match local_element(child) {
            Ok(element) => elements.push(element),
            Err(element) => errors.extend(element),
        }
    }
    Diagnostics::unless(errors, elements)
}

fn local_element(element: Element<'_, '_>) -> Result<LocalElement, Diagnostics> {
    element.only_attributes(&["name", "type", "minOccurs", "maxOccurs", "nillable", "id"])?;
    element.never_true("nillable")?;
    let minimum = element.occurs("minOccurs", &[Occurs::Never, Occurs::Once])?;
    let maximum = element.occurs("maxOccurs", &[Occurs::Once, Occurs::Unbounded])?;
    element.no_children()?;
    Ok(LocalElement {
        name: element.required_name("name")?,
        of: element.required_qname("type")?,
        optional: minimum == Occurs::Never,
        list: maximum == Occurs::Unbounded,
        position: element.position(),
    })
}

fn simple_type(element: Element<'_, '_>) -> Result<SimpleType, Diagnostics> {
    element.only_attributes(&["name", "id"])?;
    let name = element.required_name("name")?;
    let restriction = element.only_child(RESTRICTION)?;
    restriction.only_attributes(&["base", "id"])?;
    require_string(restriction, "base")?;
    let mut values = Vec::new();
    for child in restriction.content(&[many(XSD, "enumeration")])? {
        child.only_attributes(&["value", "id"])?;
        child.no_children()?;
        // A value of a string is a string: its whitespace is a part of it.
        let value = child.required_string("value")?;
        if value.trim() != value {
            let error = child.refuse_value("value");
            let help = "take the space around it out: servers and clients do not keep it";
            return Err(error.help(help).into());
        }
        if value.len() > MAX_VALUE_LENGTH {
            let help = format!("a value may have {MAX_VALUE_LENGTH} bytes");
            return Err(child.refuse_value("value").help(help).into());
        }
        values.push(EnumerationValue {
            value: value.to_owned(),
            position: child.position(),
        });
    }
    Ok(SimpleType {
        name,
        values,
        position: element.position(),
    })
}
