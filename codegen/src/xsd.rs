//! XML Schema, as far as the vSphere descriptions use it: the syntax as written, nothing resolved.
//!
//! The dialect: `include` and `import` of files; global `element`s with a named or an inline type; `complexType`s that
//! are a `sequence` of typed elements, alone or extending a base; one simple content type, the managed object
//! reference; `simpleType`s that are enumerations of strings.

use crate::diagnostic::{Diagnostic, Problem};
use crate::source::Position;
use crate::xml::{Element, QName, XSD};

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
    Text { attributes: Vec<String> },
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

/// Reads a `schema` element; what is wrong in one definition does not hide what is wrong in the next.
pub(crate) fn schema(element: Element<'_, '_>, errors: &mut Vec<Diagnostic>) -> Option<Schema> {
    let namespace = match schema_head(element) {
        Ok(namespace) => namespace,
        Err(error) => {
            errors.push(error);
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
    match element.children() {
        Ok(children) => errors.extend(
            children
                .into_iter()
                .filter_map(|child| read_into(&mut schema, child).err()),
        ),
        Err(error) => errors.push(error),
    }
    Some(schema)
}

fn schema_head(element: Element<'_, '_>) -> Result<String, Diagnostic> {
    element.only_attributes(&[
        "targetNamespace",
        "elementFormDefault",
        "attributeFormDefault",
        "version",
        "id",
    ])?;
    // Elements would be without namespace on the wire.
    element.required("elementFormDefault")?;
    element.only_values("elementFormDefault", &["qualified"])?;
    element.only_values("attributeFormDefault", &["unqualified"])?;
    Ok(element.required("targetNamespace")?.to_owned())
}

/// What a schema may hold.
const IN_SCHEMA: [&str; 5] = ["include", "import", "element", "complexType", "simpleType"];

fn read_into(schema: &mut Schema, child: Element<'_, '_>) -> Result<(), Diagnostic> {
    match child.name_in(XSD) {
        "include" => schema.links.push(include(child, &schema.namespace)?),
        "import" => schema.links.push(import(child, "schemaLocation")?),
        "element" => schema.elements.push(global_element(child)?),
        "complexType" => schema.complex_types.push(complex_type(child)?),
        "simpleType" => schema.simple_types.push(simple_type(child)?),
        _ => return Err(child.refuse(&IN_SCHEMA)),
    }
    Ok(())
}

fn missing(child: &str, element: Element<'_, '_>) -> Problem {
    Problem::Inconsistent(format!("{} has no `{child}`", element.describe()))
}

fn include(element: Element<'_, '_>, namespace: &str) -> Result<Link, Diagnostic> {
    element.only_attributes(&["schemaLocation", "id"])?;
    element.no_children()?;
    let location = element.required("schemaLocation")?.to_owned();
    Ok(Link {
        namespace: namespace.to_owned(),
        location,
        position: element.position(),
    })
}

/// An `import` of XSD (`schemaLocation`) or of WSDL (`location`).
pub(crate) fn import(element: Element<'_, '_>, location: &'static str) -> Result<Link, Diagnostic> {
    element.only_attributes(&["namespace", location, "id"])?;
    element.no_children()?;
    Ok(Link {
        namespace: element.required("namespace")?.to_owned(),
        location: element.required(location)?.to_owned(),
        position: element.position(),
    })
}

fn global_element(element: Element<'_, '_>) -> Result<GlobalElement, Diagnostic> {
    element.only_attributes(&["name", "type", "id"])?;
    let name = element.required_name("name")?;
    let content = match element.only_child()? {
        None => ElementContent::Named(element.required_qname("type")?),
        Some(child) if element.attribute("type").is_some() => {
            return Err(child.refuse_because("the element names its type already"));
        }
        Some(child) => ElementContent::Inline(inline_type(child)?),
    };
    Ok(GlobalElement {
        name,
        content,
        position: element.position(),
    })
}

fn inline_type(element: Element<'_, '_>) -> Result<Vec<LocalElement>, Diagnostic> {
    if !element.is(XSD, "complexType") {
        return Err(element.refuse(&["complexType"]));
    }
    element.only_attributes(&["id"])?;
    match element.only_child()? {
        None => Ok(Vec::new()),
        Some(child) => sequence(child, &["sequence"]),
    }
}

fn complex_type(element: Element<'_, '_>) -> Result<ComplexType, Diagnostic> {
    element.only_attributes(&["name", "id"])?;
    let name = element.required_name("name")?;
    let content = match element.only_child()? {
        None => Content::Elements {
            base: None,
            elements: Vec::new(),
        },
        Some(child) => match child.name_in(XSD) {
            "complexContent" => complex_content(child)?,
            "simpleContent" => simple_content(child)?,
            _ => Content::Elements {
                base: None,
                elements: sequence(child, &["sequence", "complexContent", "simpleContent"])?,
            },
        },
    };
    Ok(ComplexType {
        name,
        content,
        position: element.position(),
    })
}

/// The `extension` in a `complexContent` or `simpleContent`.
fn extension<'a, 'input>(content: Element<'a, 'input>) -> Result<Element<'a, 'input>, Diagnostic> {
    content.only_attributes(&["id"])?;
    match content.only_child()? {
        Some(child) if child.is(XSD, "extension") => {
            child.only_attributes(&["base", "id"])?;
            Ok(child)
        }
        Some(child) => Err(child.refuse(&["extension"])),
        None => Err(content.error(missing("extension", content))),
    }
}

fn complex_content(element: Element<'_, '_>) -> Result<Content, Diagnostic> {
    let extension = extension(element)?;
    let base = Some(extension.required_qname("base")?);
    let elements = match extension.only_child()? {
        None => Vec::new(),
        Some(child) => sequence(child, &["sequence"])?,
    };
    Ok(Content::Elements { base, elements })
}

fn simple_content(element: Element<'_, '_>) -> Result<Content, Diagnostic> {
    let extension = extension(element)?;
    require_string(extension)?;
    let mut attributes = Vec::new();
    for attribute in extension.children()? {
        if !attribute.is(XSD, "attribute") {
            return Err(attribute.refuse(&["attribute"]));
        }
        attribute.only_attributes(&["name", "type", "use", "id"])?;
        attribute.only_values("use", &["optional", "required"])?;
        attribute.no_children()?;
        let of = attribute.required_qname("type")?;
        if of.namespace != XSD || of.local != "string" {
            let of = attribute.required("type")?;
            return Err(attribute
                .refuse_value("type", of)
                .help("its value may be `xsd:string`"));
        }
        attributes.push(attribute.required_name("name")?);
    }
    Ok(Content::Text { attributes })
}

/// Refuses a `base` other than `xsd:string`.
fn require_string(element: Element<'_, '_>) -> Result<(), Diagnostic> {
    let base = element.required_qname("base")?;
    if base.namespace == XSD && base.local == "string" {
        Ok(())
    } else {
        let base = element.refuse_value("base", element.required("base")?);
        Err(base.help("its value may be `xsd:string`"))
    }
}

/// A `sequence`, where these may stand.
fn sequence(element: Element<'_, '_>, others: &[&str]) -> Result<Vec<LocalElement>, Diagnostic> {
    if !element.is(XSD, "sequence") {
        return Err(element.refuse(others));
    }
    element.only_attributes(&["id"])?;
    element.children()?.into_iter().map(local_element).collect()
}

fn local_element(element: Element<'_, '_>) -> Result<LocalElement, Diagnostic> {
    if !element.is(XSD, "element") {
        return Err(element.refuse(&["element"]));
    }
    element.only_attributes(&["name", "type", "minOccurs", "maxOccurs", "id"])?;
    element.only_values("minOccurs", &["0", "1"])?;
    element.only_values("maxOccurs", &["1", "unbounded"])?;
    element.no_children()?;
    Ok(LocalElement {
        name: element.required_name("name")?,
        of: element.required_qname("type")?,
        optional: element.attribute("minOccurs") == Some("0"),
        list: element.attribute("maxOccurs") == Some("unbounded"),
        position: element.position(),
    })
}

fn simple_type(element: Element<'_, '_>) -> Result<SimpleType, Diagnostic> {
    element.only_attributes(&["name", "id"])?;
    let name = element.required_name("name")?;
    let restriction = match element.only_child()? {
        Some(child) if child.is(XSD, "restriction") => child,
        Some(child) => return Err(child.refuse(&["restriction"])),
        None => return Err(element.error(missing("restriction", element))),
    };
    restriction.only_attributes(&["base", "id"])?;
    require_string(restriction)?;
    let mut values = Vec::new();
    for child in restriction.children()? {
        if !child.is(XSD, "enumeration") {
            return Err(child.refuse(&["enumeration"]));
        }
        child.only_attributes(&["value", "id"])?;
        child.no_children()?;
        let value = child.required("value")?;
        if value.trim() != value {
            let error = child.refuse_value("value", value);
            return Err(
                error.help("take the space around it out: servers and clients do not keep it")
            );
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
