//! Events to one value, by its declared kind and the types that the server names.

use std::borrow::Cow;
use std::fmt::Write as _;

use super::error::DecodeErrorKind;
use super::limits::{DecodeOptions, Limit};
use super::raw::RawTree;
use super::scalar;
use crate::any::{Any, AnyEnum};
use crate::erased::{Arity, EnumInfo, FieldInfo, Kind, ObjectBuilder, Slot, TypeInfo};
use crate::reference::ManagedObjectReference;
use crate::service::TypeRegistry;
use crate::xml::reader::{Reader, StartTag};

/// Builds one value from the events of the elements that hold it.
#[derive(Debug)]
pub(super) struct ValueDecoder {
    types: &'static TypeRegistry,
    options: DecodeOptions,
    builder: ObjectBuilder,
    frames: Vec<Frame>,
    /// The text of the open leaf.
    text: String,
    raw: RawTree,
    /// Type and GUID of the open reference.
    reference: ReferenceAttributes,
    decoded_bytes: u64,
}

/// One open element.
#[derive(Debug)]
struct Frame {
    /// The element within, for the path of an error.
    child: Child,
    content: Content,
}

/// What an open element holds.
#[derive(Clone, Copy, Debug)]
enum Content {
    /// The fields of the object that the builder is in.
    Object {
        /// The type named by the server is unknown, so everything unknown in it is kept.
        keep_unknown: bool,
    },
    /// The items of the list that the builder is in.
    List,
    /// The text of a value.
    Leaf(Leaf),
    /// Something unknown, kept.
    Raw {
        /// Whether the tree is the value aimed at, and not an extra element of an object.
        is_value: bool,
    },
    /// Something that is passed over.
    Skipped,
}

/// How the text of a leaf is read.
#[derive(Clone, Copy, Debug)]
enum Leaf {
    /// As the place aimed at says.
    Declared,
    /// As the named scalar type says, into a place for any type.
    Any(Kind),
    /// As a URI, into a place for any type.
    AnyUri,
    /// As a value of the enum, into a place for any type.
    AnyEnum(&'static EnumInfo),
}

/// The element within an open one that came last.
#[derive(Debug, Default)]
struct Child {
    name: Option<&'static str>,
    index: usize,
    in_list: bool,
    secret: bool,
}

#[derive(Debug, Default)]
struct ReferenceAttributes {
    type_name: String,
    server_guid: Option<String>,
}

impl ValueDecoder {
    pub(super) fn new(types: &'static TypeRegistry, options: &DecodeOptions) -> Self {
        Self {
            types,
            options: options.clone(),
            builder: ObjectBuilder::new(),
            frames: Vec::new(),
            text: String::new(),
            raw: RawTree::default(),
            reference: ReferenceAttributes::default(),
            decoded_bytes: 0,
        }
    }

    /// Makes the value a list, to which every root element adds an item.
    pub(super) fn expect_list(&mut self, kind: Kind) {
        self.builder.enter_root_list(kind);
    }

    /// The finished value.
    pub(super) fn finish(self) -> Any {
        self.builder.finish()
    }

    /// Whether no element is open.
    pub(super) fn is_idle(&self) -> bool {
        self.frames.is_empty()
    }

    /// The place of the innermost open element within the value.
    pub(super) fn path(&self) -> String {
        let mut path = String::new();
        for frame in &self.frames {
            let Some(name) = frame.child.name else {
                break;
            };
            if !path.is_empty() {
                path.push('/');
            }
            path.push_str(name);
            if frame.child.in_list {
                // Writing to a string cannot fail.
                let _ = write!(path, "[{}]", frame.child.index);
            }
        }
        path
    }

    /// An element that holds the value, or an item of the list that the value is.
    pub(super) fn start_root(
        &mut self,
        kind: Kind,
        tag: &StartTag<'_>,
        reader: &Reader,
    ) -> Result<(), DecodeErrorKind> {
        // The root place holds any type, so a declared scalar or enum is read by its own rules.
        let kind = self.builder.aim_at_item().unwrap_or(kind);
        if tag.nil {
            return self.push(Content::Skipped);
        }
        match kind {
            Kind::Inline(_) | Kind::Boxed(_) | Kind::Dyn(_) | Kind::Any => {
                self.open(kind, tag, reader)
            }
            Kind::Reference => self.open_reference(tag, reader, Leaf::Any(kind)),
            Kind::Enum(info) => self.push(Content::Leaf(Leaf::AnyEnum(info))),
            scalar => self.push(Content::Leaf(Leaf::Any(scalar))),
        }
    }

    /// An element within the value.
    pub(super) fn start(
        &mut self,
        tag: &StartTag<'_>,
        reader: &Reader,
    ) -> Result<(), DecodeErrorKind> {
        let Some(frame) = self.frames.last_mut() else {
            return self.push(Content::Skipped);
        };
        match frame.content {
            Content::Object { keep_unknown } => {
                let Some(field) = self.builder.aim_at_field(tag.local()) else {
                    return self.unknown_element(keep_unknown, tag, reader);
                };
                frame.child.enter(field);
                self.open(field.shape().kind, tag, reader)
            }
            Content::List => {
                let Some(kind) = self.builder.aim_at_item() else {
                    return self.push(Content::Skipped);
                };
                frame.child.next_item(kind);
                self.open(kind, tag, reader)
            }
            Content::Leaf(_) if self.options.strict => {
                Err(DecodeErrorKind::UnknownElement(name_of(tag)))
            }
            Content::Leaf(_) | Content::Skipped => self.push(Content::Skipped),
            Content::Raw { is_value } => {
                self.raw.start(tag, reader)?;
                self.push(Content::Raw { is_value })
            }
        }
    }

    /// Takes the rest of a leaf at once, if all of it is there.
    pub(super) fn finish_early(
        &mut self,
        reader: &mut Reader,
        input: &[u8],
    ) -> Result<(), DecodeErrorKind> {
        let Some(Frame {
            content: Content::Leaf(leaf),
            ..
        }) = self.frames.last()
        else {
            return Ok(());
        };
        let leaf = *leaf;
        if let Some(text) = reader.whole_text(input)? {
            self.finish_leaf(leaf, text)?;
            self.frames.pop();
        }
        Ok(())
    }

    /// Text within the innermost open element.
    pub(super) fn text(&mut self, text: &str) {
        match self.frames.last() {
            Some(Frame {
                content: Content::Leaf(_),
                ..
            }) => self.text.push_str(text),
            Some(Frame {
                content: Content::Raw { .. },
                ..
            }) => self.raw.text(text),
            // Servers indent; other text between elements means nothing.
            _ => {}
        }
    }

    /// The end of the innermost open element.
    pub(super) fn end(&mut self) -> Result<(), DecodeErrorKind> {
        let Some(frame) = self.frames.last() else {
            return Ok(());
        };
        match frame.content {
            Content::Object { .. } | Content::List => self.builder.leave(),
            Content::Leaf(leaf) => {
                let text = std::mem::take(&mut self.text);
                self.finish_leaf(leaf, Cow::Borrowed(&text))?;
                self.text = text;
                self.text.clear();
            }
            Content::Raw { is_value } => {
                if let Some(tree) = self.raw.end() {
                    self.keep(tree, is_value);
                }
            }
            Content::Skipped => {}
        }
        self.frames.pop();
        Ok(())
    }

    fn push(&mut self, content: Content) -> Result<(), DecodeErrorKind> {
        self.frames.push(Frame {
            child: Child::default(),
            content,
        });
        Ok(())
    }

    /// Opens an element whose value goes to the place that the builder aims at.
    fn open(
        &mut self,
        kind: Kind,
        tag: &StartTag<'_>,
        reader: &Reader,
    ) -> Result<(), DecodeErrorKind> {
        if tag.nil {
            return self.push(Content::Skipped);
        }
        match kind {
            Kind::Inline(declared) | Kind::Boxed(declared) | Kind::Dyn(declared) => {
                self.open_object(declared.get(), tag, reader)
            }
            Kind::Any => self.open_any(tag, reader),
            Kind::Reference => self.open_reference(tag, reader, Leaf::Declared),
            _ => self.push(Content::Leaf(Leaf::Declared)),
        }
    }

    fn open_object(
        &mut self,
        declared: &'static TypeInfo,
        tag: &StartTag<'_>,
        reader: &Reader,
    ) -> Result<(), DecodeErrorKind> {
        let named = tag.type_name.map(|name| (name, reader.resolve(name).1));
        let wanted = match named {
            Some((_, local)) if local != declared.name().as_bytes() => std::str::from_utf8(local)
                .ok()
                .and_then(|local| self.types.data_object(local))
                .filter(|named| named.is_a(declared)),
            _ => Some(declared),
        };
        let entered = self.builder.enter(wanted.unwrap_or(declared));
        let known = wanted
            .is_some_and(|wanted| entered.is_some_and(|entered| std::ptr::eq(entered, wanted)));
        self.count(entered.map_or(0, TypeInfo::size))?;
        if !known && let Some((name, _)) = named {
            if self.options.strict {
                return Err(DecodeErrorKind::UnknownType {
                    expected: declared.name(),
                    found: String::from_utf8_lossy(name).into_owned(),
                });
            }
            if let Some(extra) = self.builder.extra() {
                extra.set_type_name(reader.qualified(name));
            }
        }
        self.push(Content::Object {
            keep_unknown: !known || self.options.keep_unknown,
        })
    }

    fn open_reference(
        &mut self,
        tag: &StartTag<'_>,
        reader: &Reader,
        leaf: Leaf,
    ) -> Result<(), DecodeErrorKind> {
        self.reference.type_name.clear();
        self.reference.server_guid = None;
        if let Some(value) = tag.attribute("type") {
            let value = reader.attribute_text(value)?;
            self.reference.type_name.push_str(&value);
        }
        if let Some(value) = tag.attribute("serverGuid") {
            self.reference.server_guid = Some(reader.attribute_text(value)?.into_owned());
        }
        self.push(Content::Leaf(leaf))
    }

    /// Opens an element whose type only the server tells.
    fn open_any(&mut self, tag: &StartTag<'_>, reader: &Reader) -> Result<(), DecodeErrorKind> {
        let Some(name) = tag.type_name else {
            return self.open_raw_value(tag, reader);
        };
        let local = reader.resolve(name).1;
        let Ok(local) = std::str::from_utf8(local) else {
            return self.open_raw_value(tag, reader);
        };
        // Some servers leave out the prefix of a schema type, so a bare name may be one too.
        let in_schema = reader.is_schema_name(name);
        if !in_schema {
            if let Some(info) = self.types.data_object(local) {
                return self.open_object(info, tag, reader);
            }
            if local == Kind::Reference.wire_name() {
                return self.open_reference(tag, reader, Leaf::Any(Kind::Reference));
            }
            if let Some(info) = self.types.enumeration(local) {
                return self.push(Content::Leaf(Leaf::AnyEnum(info)));
            }
            if let Some(kind) = local
                .strip_prefix("ArrayOf")
                .and_then(|item| self.array_kind(item))
                && self.builder.enter_list(kind).is_some()
            {
                return self.push(Content::List);
            }
        }
        let is_bare = !name.contains(&b':');
        match schema_leaf(local) {
            Some(leaf) if in_schema || is_bare => self.push(Content::Leaf(leaf)),
            _ if self.options.strict => Err(DecodeErrorKind::UnknownType {
                expected: Kind::Any.wire_name(),
                found: String::from_utf8_lossy(name).into_owned(),
            }),
            _ => self.open_raw_value(tag, reader),
        }
    }

    fn open_raw_value(
        &mut self,
        tag: &StartTag<'_>,
        reader: &Reader,
    ) -> Result<(), DecodeErrorKind> {
        self.raw.start(tag, reader)?;
        self.push(Content::Raw { is_value: true })
    }

    /// The kind of the items of `ArrayOf` this.
    fn array_kind(&self, item: &str) -> Option<Kind> {
        if let Some(info) = self.types.data_object(item) {
            return Some(Kind::Dyn(crate::erased::TypeLink::to(info)));
        }
        if let Some(info) = self.types.enumeration(item) {
            return Some(Kind::Enum(info));
        }
        Some(match item {
            "ManagedObjectReference" => Kind::Reference,
            "AnyType" => Kind::Any,
            "Boolean" => Kind::Bool,
            "Byte" => Kind::Byte,
            "Short" => Kind::Short,
            "Int" => Kind::Int,
            "Long" => Kind::Long,
            "Float" => Kind::Float,
            "Double" => Kind::Double,
            "String" => Kind::String,
            "DateTime" => Kind::DateTime,
            "Base64Binary" => Kind::Binary,
            _ => return None,
        })
    }

    fn unknown_element(
        &mut self,
        keep: bool,
        tag: &StartTag<'_>,
        reader: &Reader,
    ) -> Result<(), DecodeErrorKind> {
        if self.options.strict {
            return Err(DecodeErrorKind::UnknownElement(name_of(tag)));
        }
        if keep {
            self.raw.start(tag, reader)?;
            self.push(Content::Raw { is_value: false })
        } else {
            self.push(Content::Skipped)
        }
    }

    fn keep(&mut self, tree: crate::element::Element, is_value: bool) {
        if is_value {
            if let Some(Slot::Any(place)) = self.builder.slot() {
                place.put(Any::Unknown(Box::new(tree)));
            }
        } else if let Some(extra) = self.builder.extra() {
            extra.push_element(tree);
        }
    }

    fn finish_leaf(&mut self, leaf: Leaf, text: Cow<'_, str>) -> Result<(), DecodeErrorKind> {
        self.count(text.len())?;
        let Some(slot) = self.builder.slot() else {
            return Ok(());
        };
        let done = match (leaf, slot) {
            (_, Slot::String(place)) => {
                place.put(text.into_owned());
                return Ok(());
            }
            (Leaf::Any(Kind::String), Slot::Any(place)) => {
                place.put(Any::String(text.into_owned()));
                return Ok(());
            }
            (Leaf::Any(_) | Leaf::AnyUri | Leaf::AnyEnum(_), Slot::Any(place)) => {
                any_value(leaf, &text, &self.reference)
                    .map(|value| place.put(value))
                    .ok_or_else(|| leaf.wire_name())
            }
            // A field, or the root of a declared list, whose items have the kind of the leaf.
            (_, slot) => put(slot, &text, &self.reference),
        };
        done.map_err(|expected| {
            let secret = self.frames.iter().any(|frame| frame.child.secret);
            let found = if secret {
                String::from("(secret)")
            } else {
                text.chars().take(60).collect()
            };
            DecodeErrorKind::Value { expected, found }
        })
    }

    fn count(&mut self, bytes: usize) -> Result<(), DecodeErrorKind> {
        // What the allocator and the list around it take is not less than this.
        self.decoded_bytes += bytes as u64 + 16;
        if self.decoded_bytes > self.options.limits.decoded_bytes {
            return Err(DecodeErrorKind::Limit(Limit::DecodedBytes));
        }
        Ok(())
    }
}

impl Child {
    fn enter(&mut self, field: &'static FieldInfo) {
        let is_list = matches!(field.shape().arity, Arity::List | Arity::ErasedList(_));
        let again = self
            .name
            .is_some_and(|name| std::ptr::eq(name, field.name()));
        self.index = if again { self.index + 1 } else { 0 };
        self.name = Some(field.name());
        self.in_list = is_list;
        self.secret = field.is_secret();
    }

    fn next_item(&mut self, kind: Kind) {
        let name = kind.wire_name();
        self.index = if self.name.is_some() {
            self.index + 1
        } else {
            0
        };
        self.name = Some(name.strip_prefix("xsd:").unwrap_or(name));
        self.in_list = true;
    }
}

impl Leaf {
    fn wire_name(self) -> &'static str {
        match self {
            Self::Declared => "",
            Self::Any(kind) => kind.wire_name(),
            Self::AnyUri => "xsd:anyURI",
            Self::AnyEnum(info) => info.name(),
        }
    }
}

/// How a value of a type of XML Schema is read.
fn schema_leaf(local: &str) -> Option<Leaf> {
    Some(Leaf::Any(match local {
        "boolean" => Kind::Bool,
        "byte" => Kind::Byte,
        "short" => Kind::Short,
        "int" => Kind::Int,
        "long" => Kind::Long,
        "float" => Kind::Float,
        "double" => Kind::Double,
        "string" => Kind::String,
        "dateTime" => Kind::DateTime,
        "base64Binary" => Kind::Binary,
        "anyURI" => return Some(Leaf::AnyUri),
        _ => return None,
    }))
}

fn any_value(leaf: Leaf, text: &str, reference: &ReferenceAttributes) -> Option<Any> {
    Some(match leaf {
        Leaf::AnyUri => Any::Uri(text.to_owned()),
        Leaf::AnyEnum(info) => Any::Enum(AnyEnum {
            info,
            value: text.trim_ascii().to_owned().into(),
        }),
        Leaf::Any(Kind::Bool) => Any::Bool(scalar::boolean(text)?),
        Leaf::Any(Kind::Byte) => Any::Byte(scalar::integer(text)?),
        Leaf::Any(Kind::Short) => Any::Short(scalar::integer(text)?),
        Leaf::Any(Kind::Int) => Any::Int(scalar::integer(text)?),
        Leaf::Any(Kind::Long) => Any::Long(scalar::integer(text)?),
        Leaf::Any(Kind::Float) => Any::Float(scalar::float(text)?),
        Leaf::Any(Kind::Double) => Any::Double(scalar::float(text)?),
        Leaf::Any(Kind::DateTime) => Any::DateTime(scalar::date_time(text)?),
        Leaf::Any(Kind::Binary) => Any::Binary(scalar::binary(text)?),
        Leaf::Any(Kind::Reference) => Any::Reference(reference.with_value(text)),
        Leaf::Any(_) | Leaf::Declared => Any::String(text.to_owned()),
    })
}

/// Puts a text into its place; the error is the type that it is no value of.
fn put(slot: Slot<'_>, text: &str, reference: &ReferenceAttributes) -> Result<(), &'static str> {
    fn checked<T>(
        place: crate::erased::Place<'_, T>,
        value: Option<T>,
        kind: Kind,
    ) -> Result<(), &'static str> {
        place.put(value.ok_or_else(|| kind.wire_name())?);
        Ok(())
    }
    match slot {
        Slot::Bool(place) => checked(place, scalar::boolean(text), Kind::Bool)?,
        Slot::Byte(place) => checked(place, scalar::integer(text), Kind::Byte)?,
        Slot::Short(place) => checked(place, scalar::integer(text), Kind::Short)?,
        Slot::Int(place) => checked(place, scalar::integer(text), Kind::Int)?,
        Slot::Long(place) => checked(place, scalar::integer(text), Kind::Long)?,
        Slot::Float(place) => checked(place, scalar::float(text), Kind::Float)?,
        Slot::Double(place) => checked(place, scalar::float(text), Kind::Double)?,
        Slot::DateTime(place) => checked(place, scalar::date_time(text), Kind::DateTime)?,
        Slot::Binary(place) => checked(place, scalar::binary(text), Kind::Binary)?,
        Slot::String(place) => place.put(text.to_owned()),
        Slot::Reference(place) => place.put(reference.with_value(text)),
        Slot::Enum(place) => place.put(text.trim_ascii()),
        Slot::Any(place) => place.put(Any::String(text.to_owned())),
        Slot::Object => {}
    }
    Ok(())
}

impl ReferenceAttributes {
    fn with_value(&self, text: &str) -> ManagedObjectReference {
        let guid = self.server_guid.as_deref();
        ManagedObjectReference::with_server_guid(&self.type_name, text.trim_ascii(), guid)
    }
}

fn name_of(tag: &StartTag<'_>) -> String {
    String::from_utf8_lossy(tag.local()).into_owned()
}
