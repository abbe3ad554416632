//! The places in a response where it can be changed: each element of each value, and what a change
//! there makes of the response.

use std::ops::Range;

use roxmltree::{Document, Node};
use vmomi::{pbm, vim25};

use crate::responses::values_in;

const SCHEMA_INSTANCE: &str = "http://www.w3.org/2001/XMLSchema-instance";

/// What an element holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Content {
    Object,
    List,
    /// A scalar, an enum value or a reference.
    Leaf,
}

/// An element of a value, by where its parts stand in the text.
pub struct Place {
    /// Which value it is in, and by which child elements it is reached from there.
    pub steps: Vec<usize>,
    /// As in the path of an error.
    pub path: String,
    pub content: Content,
    pub children: Vec<Child>,
    whole: Range<usize>,
    /// Where the name in the start tag ends.
    name_end: usize,
    /// Between the tags; nothing of `<a/>`.
    inside: Option<Range<usize>>,
    /// The value of `xsi:type`.
    type_name: Option<Range<usize>>,
}

/// A child element.
pub struct Child {
    pub name: String,
    pub whole: Range<usize>,
}

/// All places in a response.
pub fn places(text: &str) -> Vec<Place> {
    let document = Document::parse(text).expect("recorded responses are XML");
    let mut places = Vec::new();
    for (index, value) in values_in(&document).into_iter().enumerate() {
        let holder = value.parent_element().expect("the response or a detail");
        let around = match holder.tag_name().name() {
            // The element in a fault's detail stands for the fault, so it is no step of a path.
            "detail" => "Fault/detail".to_owned(),
            response => format!("{response}/{}", segment(value)),
        };
        collect(value, vec![index], around, text, &mut places);
    }
    places
}

fn collect(
    element: Node<'_, '_>,
    steps: Vec<usize>,
    path: String,
    text: &str,
    places: &mut Vec<Place>,
) {
    let children: Vec<_> = element.children().filter(Node::is_element).collect();
    for (index, child) in children.iter().enumerate() {
        let steps = [&steps[..], &[index]].concat();
        let path = format!("{path}/{}", segment(*child));
        collect(*child, steps, path, text, places);
    }
    let type_attribute = element.attribute_node((SCHEMA_INSTANCE, "type"));
    let type_name = type_attribute.map_or("", |attribute| attribute.value());
    let content = if type_name.starts_with("ArrayOf") {
        Content::List
    } else if !children.is_empty() || is_data_object(type_name) {
        Content::Object
    } else {
        Content::Leaf
    };
    let whole = element.range();
    let tag = &text[whole.clone()];
    let name_end = tag.find([' ', '>', '/', '\n']).expect("a name ends");
    // None of the recorded attributes holds a `>`.
    let tag_end = tag.find('>').expect("a tag ends");
    let is_empty = tag[..tag_end].ends_with('/');
    let end_tag = tag.rfind("</").unwrap_or(tag_end);
    let at = |offset| whole.start + offset;
    places.push(Place {
        steps,
        path,
        content,
        children: children
            .iter()
            .map(|child| Child {
                name: child.tag_name().name().to_owned(),
                whole: child.range(),
            })
            .collect(),
        name_end: at(name_end),
        inside: (!is_empty).then(|| at(tag_end + 1)..at(end_tag)),
        type_name: type_attribute.map(|attribute| attribute.range_value()),
        whole,
    });
}

/// Whether a type's name, with or without prefix, is that of a data object.
fn is_data_object(type_name: &str) -> bool {
    let local = type_name.rsplit(':').next().unwrap_or_default();
    [&vim25::TYPES, &pbm::TYPES]
        .iter()
        .any(|types| types.data_object(local).is_some())
}

/// The name, with its position where there are several of that name.
fn segment(element: Node<'_, '_>) -> String {
    let name = element.tag_name().name();
    let parent = element.parent_element().expect("an element around it");
    let namesakes = || {
        parent
            .children()
            .filter(|child| child.is_element() && child.tag_name().name() == name)
    };
    match namesakes().position(|child| child == element) {
        Some(index) if namesakes().count() > 1 => format!("{name}[{index}]"),
        _ => name.to_owned(),
    }
}

impl Place {
    /// The response with a type in place of the one that is named, or would be.
    pub fn with_type(&self, text: &str, name: &str) -> String {
        match &self.type_name {
            Some(range) => replaced(text, range.clone(), name),
            None => self.with_attribute(
                text,
                &format!(r#"xmlns:future-i="{SCHEMA_INSTANCE}" future-i:type="{name}""#),
            ),
        }
    }

    /// The response with this before all attributes of the element.
    pub fn with_attribute(&self, text: &str, attribute: &str) -> String {
        replaced(
            text,
            self.name_end..self.name_end,
            &format!(" {attribute} "),
        )
    }

    /// The response with this before the child with that number, or behind the last.
    pub fn with_child(&self, text: &str, before: usize, child: &str) -> String {
        let Some(inside) = &self.inside else {
            return self.with_content(text, child);
        };
        let at = match self.children.get(before) {
            Some(child) => child.whole.start,
            None => inside.end,
        };
        replaced(text, at..at, child)
    }

    /// The response with this between the tags of the element.
    pub fn with_content(&self, text: &str, content: &str) -> String {
        if let Some(inside) = &self.inside {
            return replaced(text, inside.clone(), content);
        }
        let tag = &text[self.whole.clone()];
        let name = &text[self.whole.start + 1..self.name_end];
        let tag = tag.trim_end_matches("/>");
        replaced(
            text,
            self.whole.clone(),
            &format!("{tag}>{content}</{name}>"),
        )
    }

    /// The response with the children in reverse, those of one name in their order; `None` where
    /// they have only one.
    pub fn reversed(&self, text: &str) -> Option<String> {
        let groups: Vec<&[Child]> = self
            .children
            .chunk_by(|one, other| one.name == other.name)
            .collect();
        let (first, last) = (self.children.first()?, self.children.last()?);
        let children = groups.iter().rev().copied().flatten();
        let reversed: String = children.map(|child| &text[child.whole.clone()]).collect();
        let all = first.whole.start..last.whole.end;
        (groups.len() > 1).then(|| replaced(text, all, &reversed))
    }

    /// The response with a child twice.
    pub fn with_twice(&self, text: &str, child: &Child) -> String {
        let end = child.whole.end;
        replaced(text, end..end, &text[child.whole.clone()])
    }

    /// The response without a child.
    pub fn without(&self, text: &str, child: &Child) -> String {
        replaced(text, child.whole.clone(), "")
    }

    /// Whether the path of an error is that of this place, or of a child. A list of one is a list
    /// to a decoder alone.
    pub fn has_path(&self, actual: &str, child: Option<&str>) -> bool {
        let mut expected: Vec<&str> = self.path.split('/').collect();
        expected.extend(child);
        let actual: Vec<&str> = actual.split('/').collect();
        let is_same = |(expected, actual): (&&str, &&str)| {
            actual == expected
                || actual
                    .split_once('[')
                    .is_some_and(|(name, _)| name == *expected)
        };
        expected.len() == actual.len() && expected.iter().zip(&actual).all(is_same)
    }
}

fn replaced(text: &str, range: Range<usize>, with: &str) -> String {
    [&text[..range.start], with, &text[range.end..]].concat()
}
