//! What no type describes, between the two forms it may come in: elements of XML and JSON.
//!
//! | JSON | element |
//! |---|---|
//! | a member | a child element with its name |
//! | `_typeName` | `xsi:type` |
//! | a text | the text within |
//! | several items of an array | several elements with one name |
//! | a reference | the attributes `type` and `serverGuid`, and the value as text |
//! | a number, `true`, `null`, `{}`, an array of one item or none | noted in an attribute of [`NOTES`] |
//!
//! What comes from JSON therefore stays what it is when it passes through XML. Elements are written
//! the same way where reading that gives them again; those that JSON cannot tell so, because of
//! attributes, other namespaces or text between elements, are spelled out in the member `_xml`.

use std::collections::HashSet;
use std::sync::{Arc, LazyLock};

use super::names::{self, REFERENCE, TYPE_NAME, VALUE, XML};
use super::tree::{Json, Members};
use crate::budget::block;
use crate::children::Children;
use crate::element::{Element, Node, QualifiedName};
use crate::erased::shared_text;
use crate::xml::SCHEMA;

/// The namespace of the attributes that note what JSON tells and XML does not.
const NOTES: &str = "urn:vmomi:json";
/// Notes what the text of an element is, if it is no text in JSON: `number`, `boolean`, `null`,
/// `object`, `array`.
const NOTE_OF_TYPE: &str = "type";
/// Notes an element that is the one item of an array.
const NOTE_OF_ITEM: &str = "item";
/// The name of the items in an array that is an element of its own.
const ITEM: &str = "item";

/// What an unknown value is called where no field holds it.
pub(super) const NAMELESS: &str = "value";
/// The namespace of a value that no object holds.
pub(super) const CORE_NAMESPACE: &str = "urn:vim25";

/// The members that stand for elements in an object of a namespace. `is_taken` are the names that
/// cannot be used for them.
pub(super) fn members_of(
    elements: &[Element],
    namespace: &str,
    is_taken: impl Fn(&str) -> bool,
) -> Members {
    if elements.is_empty() {
        return Members::new();
    }
    let shared = namespace.into();
    let gives_them_again = |members: &Members| {
        let members = members.clone().into_iter();
        let again = members.flat_map(|(name, value)| elements_of_member(&name, value, &shared));
        again.eq(elements.iter().cloned())
    };
    let each: Vec<_> = elements.iter().collect();
    if let Some(members) = plain_members(&each, namespace)
        && !members.iter().any(|(name, _)| is_taken(name))
        && gives_them_again(&members)
    {
        return members;
    }
    let spelled = elements.iter().map(spelled_out).collect();
    vec![(XML.to_owned(), Json::List(spelled))]
}

/// How deep the JSON of an element is nested, at the most: spelled out it is an object with arrays or
/// objects in it, and is in one itself.
pub(super) fn depth_of(element: &Element) -> usize {
    let mut open = vec![(element, 1)];
    let mut deepest = 0;
    while let Some((element, depth)) = open.pop() {
        deepest = deepest.max(depth);
        open.extend(element.elements().map(|child| (child, depth + 1)));
    }
    1 + 2 * deepest
}

/// The elements that a member of an object of a namespace stands for.
pub(super) fn elements_of_member(name: &str, value: Json, namespace: &Arc<str>) -> Vec<Element> {
    match (name, value) {
        (name, Json::List(spelled)) if name == XML => {
            spelled.into_iter().filter_map(from_spelled_out).collect()
        }
        (_, Json::Null) => Vec::new(),
        (name, Json::List(items)) => elements_of_list(name, items, namespace),
        (name, value) => vec![element_of(name, value, namespace)],
    }
}

/// The value that stands for an element where one with this name is expected.
pub(super) fn value_of(element: &Element, name: &str, namespace: &str) -> Json {
    // Written as a reference, it would be decoded as one instead of as an unknown element.
    if element.plain_reference().is_none()
        && let Some(value) = plain_value(element, namespace)
        && !matches!(value, Json::Null)
        && element_of(name, value.clone(), &namespace.into()) == *element
    {
        return value;
    }
    Json::Object(vec![(XML.to_owned(), spelled_out(element))])
}

/// The element with this name that a value stands for.
pub(super) fn element_of(name: &str, value: Json, namespace: &Arc<str>) -> Element {
    let mut element = Element {
        name: QualifiedName {
            namespace: Arc::clone(namespace),
            local: name.into(),
        },
        ..Default::default()
    };
    match value {
        Json::List(items) => {
            element.note(NOTE_OF_TYPE, "array");
            element.children = children(ITEM, items, namespace);
        }
        Json::Object(members) => return element_of_object(element, members, namespace),
        scalar => element.set_scalar(&scalar, Noted::Yes),
    }
    element
}

fn element_of_object(mut element: Element, mut members: Members, namespace: &Arc<str>) -> Element {
    let type_name = match members.first() {
        Some((name, Json::Text(type_name))) if name == TYPE_NAME => Some(type_name.clone()),
        _ => None,
    };
    let Some(type_name) = type_name else {
        if let [(name, _)] = &members[..]
            && name == XML
        {
            let spelled = members.swap_remove(0).1;
            return from_spelled_out(spelled).unwrap_or(element);
        }
        if members.is_empty() {
            element.note(NOTE_OF_TYPE, "object");
        }
        element.children = elements_of(members, namespace);
        return element;
    };
    members.remove(0);
    if type_name == REFERENCE && element.set_reference(&members) {
        return element;
    }
    let boxed = match &members[..] {
        [(name, _)] if name == VALUE => members.pop().map(|(_, value)| value),
        _ => None,
    };
    element.type_name = Some(names::parse_qualified(&type_name, namespace));
    match boxed {
        None => element.children = elements_of(members, namespace),
        Some(Json::List(items)) => {
            let item = item_name(&type_name).unwrap_or_else(|| ITEM.to_owned());
            element.children = children(&item, items, namespace);
        }
        Some(Json::Object(members)) => element.children = elements_of(members, namespace),
        Some(scalar) => match names::schema_name(&type_name) {
            Some(schema) => {
                element.type_name = Some(names::in_schema(schema));
                element.set_scalar(&scalar, Noted::No);
            }
            None => element.set_scalar(&scalar, Noted::Yes),
        },
    }
    element
}

fn children(name: &str, items: Vec<Json>, namespace: &Arc<str>) -> Children {
    let items = items.into_iter();
    items
        .map(|item| Node::Element(element_of(name, item, namespace)))
        .collect()
}

fn elements_of(members: Members, namespace: &Arc<str>) -> Children {
    let count = members.iter().map(|(_, value)| count_of(value)).sum();
    let mut nodes = Vec::with_capacity(count);
    for (name, value) in members {
        let elements = elements_of_member(&name, value, namespace);
        nodes.extend(elements.into_iter().map(Node::Element));
    }
    nodes.into()
}

/// How many elements a member with this value stands for, at the most.
fn count_of(value: &Json) -> usize {
    match value {
        Json::List(items) => items.len().max(1),
        _ => 1,
    }
}

/// What the elements that a member stands for take at the most, while they are made.
pub(super) fn bytes_of_elements(name: &str, value: &Json) -> u64 {
    /// The places of an element and of a text in it, in two lists; names and values of two notes.
    const ELEMENT: u64 = 3 * block(size_of::<Node>())
        + 2 * block(2 * size_of::<(QualifiedName, Box<str>)>())
        + 5 * block(MAX_NOTE)
        + block(MAX_NUMBER);
    /// More than any note's name or value has.
    const MAX_NOTE: usize = 24;
    /// More digits than any number has that is not a text.
    const MAX_NUMBER: usize = 400;
    let text = |text: &str| 2 * block(text.len()) + shared_text(text.len().max(1));
    let mut open = vec![(name.len(), value)];
    let mut bytes = 0;
    while let Some((name, value)) = open.pop() {
        bytes += ELEMENT + block(name);
        match value {
            Json::Text(value) => bytes += text(value),
            Json::List(items) => open.extend(items.iter().map(|item| (name, item))),
            Json::Object(members) => {
                for (name, value) in members {
                    // A name may become that of an attribute, with a namespace in it.
                    bytes += text(name);
                    open.push((name.len(), value));
                }
            }
            Json::Null | Json::Bool(_) | Json::Integer(_) | Json::Float(_) => {}
        }
    }
    bytes
}

/// An array is several elements, unless one element is needed to tell that it is an array.
fn elements_of_list(name: &str, items: Vec<Json>, namespace: &Arc<str>) -> Vec<Element> {
    let is_nested = items.iter().any(|item| matches!(item, Json::List(_)));
    if items.is_empty() || is_nested {
        return vec![element_of(name, Json::List(items), namespace)];
    }
    let is_single = items.len() == 1;
    let items = items.into_iter();
    items
        .map(|item| {
            let mut element = element_of(name, item, namespace);
            if is_single {
                element.note(NOTE_OF_ITEM, "true");
            }
            element
        })
        .collect()
}

/// The name of the elements in an array of this type.
fn item_name(array: &str) -> Option<String> {
    let item = array.strip_prefix("ArrayOf")?;
    let mut letters = item.chars();
    let first = letters.next()?.to_ascii_lowercase();
    let lower = format!("{first}{}", letters.as_str());
    Some(names::schema_name(&lower).unwrap_or(item).to_owned())
}

/// Members that may stand for the elements; `None` where two of them would have one name.
fn plain_members(elements: &[&Element], namespace: &str) -> Option<Members> {
    let mut members = Members::new();
    let mut seen = HashSet::new();
    let mut rest = elements;
    while let Some(first) = rest.first() {
        let name = &*first.name.local;
        if names::is_reserved(name) || !seen.insert(name) {
            return None;
        }
        let is_same = |element: &&Element| element.name == first.name && !element.is_array();
        let same = rest.iter().copied().take_while(is_same);
        let count = same.count().max(1);
        let (same, others) = rest.split_at(count);
        let value = match same {
            [single] if single.noted(NOTE_OF_ITEM).is_none() => plain_value(single, namespace)?,
            items => plain_list(items.iter().copied(), namespace)?,
        };
        members.push((name.to_owned(), value));
        rest = others;
    }
    Some(members)
}

fn plain_list<'e>(items: impl IntoIterator<Item = &'e Element>, namespace: &str) -> Option<Json> {
    let items = items.into_iter().map(|item| plain_value(item, namespace));
    items.collect::<Option<_>>().map(Json::List)
}

/// A value that may stand for what the element holds. Whether it does is seen by reading it.
fn plain_value(element: &Element, namespace: &str) -> Option<Json> {
    match element.noted(NOTE_OF_TYPE) {
        Some("null") => return Some(Json::Null),
        Some("array") => return plain_list(element.elements(), namespace),
        _ => {}
    }
    if let Some(reference) = element.plain_reference() {
        return Some(reference);
    }
    let is_text = element.elements().next().is_none();
    let Some(type_name) = &element.type_name else {
        return if is_text && element.noted(NOTE_OF_TYPE) != Some("object") {
            Some(element.plain_scalar(element.noted(NOTE_OF_TYPE)))
        } else {
            plain_children(element, namespace).map(Json::Object)
        };
    };
    let schema = (&*type_name.namespace == SCHEMA)
        .then(|| names::of_schema(&type_name.local))
        .flatten();
    let named = match schema {
        Some(name) => name.into(),
        None => names::qualified(type_name, namespace),
    };
    let boxed = if schema.is_some() {
        Some(element.plain_scalar(schema))
    } else if item_name(&type_name.local).is_some() {
        Some(plain_list(element.elements(), namespace)?)
    } else if is_text && !element.children.is_empty() {
        Some(element.plain_scalar(element.noted(NOTE_OF_TYPE)))
    } else {
        None
    };
    let mut members = vec![(TYPE_NAME.to_owned(), Json::from(named))];
    match boxed {
        Some(value) => members.push((VALUE.to_owned(), value)),
        None => members.extend(plain_children(element, namespace)?),
    }
    Some(Json::Object(members))
}

fn plain_children(element: &Element, namespace: &str) -> Option<Members> {
    // Not copies, which at each level would be of all that is deeper.
    let elements: Vec<_> = element.elements().collect();
    plain_members(&elements, namespace)
}

/// ```json
/// {"name": "{urn:vim25}future", "type": "{urn:vim25}T", "attributes": {"a": "1"}, "content": ["text"]}
/// ```
fn spelled_out(element: &Element) -> Json {
    let name = |name: &QualifiedName| Json::from(names::qualified(name, ""));
    let mut members = vec![("name".to_owned(), name(&element.name))];
    if let Some(type_name) = &element.type_name {
        members.push(("type".to_owned(), name(type_name)));
    }
    if !element.attributes.is_empty() {
        let attributes = members_of_attributes(&element.attributes);
        members.push(("attributes".to_owned(), Json::Object(attributes)));
    }
    if !element.children.is_empty() {
        let content = element.children.iter().map(|child| match child {
            Node::Element(element) => spelled_out(element),
            Node::Text(text) => Json::text(&**text),
        });
        members.push(("content".to_owned(), Json::List(content.collect())));
    }
    Json::Object(members)
}

fn from_spelled_out(spelled: Json) -> Option<Element> {
    let Json::Object(members) = spelled else {
        return None;
    };
    let name = |text: &str| names::parse_qualified(text, &Arc::default());
    let mut element = Element::default();
    for (member, value) in members {
        match (&*member, value) {
            ("name", Json::Text(text)) => element.name = name(&text),
            ("type", Json::Text(text)) => element.type_name = Some(name(&text)),
            ("attributes", Json::Object(members)) => {
                element.attributes = Vec::with_capacity(members.len());
                let attributes = attributes_of(Json::Object(members));
                element.attributes.extend(attributes);
            }
            ("content", Json::List(content)) => {
                element.children = Vec::with_capacity(content.len()).into();
                let content = content.into_iter().filter_map(|child| match child {
                    Json::Text(text) => Some(Node::Text(text.into_boxed_str())),
                    child => from_spelled_out(child).map(Node::Element),
                });
                element.children.extend(content);
            }
            _ => {}
        }
    }
    Some(element)
}

/// The members that stand for attributes.
pub(super) fn members_of_attributes(attributes: &[(QualifiedName, Box<str>)]) -> Members {
    let attributes = attributes.iter();
    attributes
        .map(|(name, value)| {
            (
                names::qualified(name, "").into_owned(),
                Json::text(&**value),
            )
        })
        .collect()
}

/// The attributes that an object of such members stands for.
pub(super) fn attributes_of(attributes: Json) -> impl Iterator<Item = (QualifiedName, Box<str>)> {
    let members = match attributes {
        Json::Object(members) => members,
        _ => Members::new(),
    };
    members.into_iter().filter_map(|(name, value)| {
        let name = names::parse_qualified(&name, &Arc::default());
        Some((name, value.into_text()?.into_boxed_str()))
    })
}

/// Whether it is noted that a scalar is no text.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Noted {
    Yes,
    No,
}

/// What JSON makes of an element.
impl Element {
    fn note(&mut self, note: &str, value: &str) {
        static NAMESPACE: LazyLock<Arc<str>> = LazyLock::new(|| NOTES.into());
        let name = QualifiedName {
            namespace: Arc::clone(&NAMESPACE),
            local: note.into(),
        };
        self.attributes.reserve_exact(1);
        self.attributes.push((name, value.into()));
    }

    fn noted(&self, note: &str) -> Option<&str> {
        let is_it = |name: &QualifiedName| &*name.namespace == NOTES && &*name.local == note;
        let mut attributes = self.attributes.iter();
        attributes
            .find(|(name, _)| is_it(name))
            .map(|(_, value)| &**value)
    }

    fn is_array(&self) -> bool {
        self.noted(NOTE_OF_TYPE) == Some("array")
    }

    fn set_scalar(&mut self, scalar: &Json, noted: Noted) {
        let (text, note) = match scalar {
            Json::Text(text) => (text.clone(), None),
            Json::Bool(value) => (value.to_string(), Some("boolean")),
            Json::Integer(value) => (value.to_string(), Some("number")),
            // Keeps the point of whole numbers, and exponents.
            Json::Float(value) => (format!("{value:?}"), Some("number")),
            Json::Null | Json::List(_) | Json::Object(_) => (String::new(), Some("null")),
        };
        if !text.is_empty() {
            self.children = vec![Node::Text(text.into_boxed_str())].into();
        }
        if let (Some(note), Noted::Yes) = (note, noted) {
            self.note(NOTE_OF_TYPE, note);
        }
    }

    /// The text within as a scalar of this type, or as text if it is none.
    fn plain_scalar(&self, of_type: Option<&str>) -> Json {
        let text = self.text();
        let number = || {
            let integer = text.parse().ok().map(Json::Integer);
            let float = || text.parse().ok().filter(|float: &f64| float.is_finite());
            integer.or_else(|| float().map(Json::Float))
        };
        let scalar = match of_type {
            Some("boolean") => text.parse().ok().map(Json::Bool),
            Some("number" | "byte" | "short" | "int" | "long" | "float" | "double") => number(),
            _ => None,
        };
        // What would not give the same text is kept as text: leading zeros, spaces.
        let written = |scalar: &Json| {
            let mut again = Self::default();
            again.set_scalar(scalar, Noted::No);
            again.text() == text
        };
        scalar.filter(written).unwrap_or(Json::Text(text))
    }

    /// Takes the members of a reference; `false` where they are not those.
    fn set_reference(&mut self, members: &Members) -> bool {
        let member = |wanted: &str| {
            let found = members.iter().find(|(name, _)| name == wanted);
            match found {
                Some((_, Json::Text(text))) => Some(text.as_str()),
                _ => None,
            }
        };
        let parts = [member("type"), member("value"), member("serverGuid")];
        let [Some(type_name), Some(value), server_guid] = parts else {
            return false;
        };
        if members.len() != parts.iter().flatten().count() {
            return false;
        }
        let attribute = |name: &str, value: &str| {
            let name = QualifiedName {
                namespace: Arc::default(),
                local: name.into(),
            };
            (name, value.into())
        };
        self.attributes.push(attribute("type", type_name));
        let guid = server_guid.map(|guid| attribute("serverGuid", guid));
        self.attributes.extend(guid);
        if !value.is_empty() {
            self.children = vec![Node::Text(value.into())].into();
        }
        true
    }

    /// The element as a reference, if its attributes are those of one.
    fn plain_reference(&self) -> Option<Json> {
        let attribute = |wanted: &str| {
            let mut attributes = self.attributes.iter();
            let found =
                attributes.find(|(name, _)| name.namespace.is_empty() && &*name.local == wanted);
            found.map(|(_, value)| Json::text(&**value))
        };
        let mut members = vec![
            (TYPE_NAME.to_owned(), Json::text(REFERENCE)),
            ("type".to_owned(), attribute("type")?),
            ("value".to_owned(), Json::Text(self.text())),
        ];
        let guid = attribute("serverGuid");
        members.extend(guid.map(|guid| ("serverGuid".to_owned(), guid)));
        Some(Json::Object(members))
    }
}
