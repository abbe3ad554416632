//! Events to one value, by its declared kind and the types that the server names.

use std::fmt::Write as _;

use super::error::{DecodeError, DecodeErrorKind};
use super::excerpt::excerpt;
use super::leaf::{Leaf, ReferenceAttributes, put_declared};
use super::limits::{DecodeOptions, Limit};
use super::named::{self, NamedType};
use super::raw::{self, RawTree};
use super::sequence::Sequence;
use super::source::Source;
use super::type_cache::TypeCache;
use crate::any::{Any, AnyArray};
use crate::budget::{Budget, OverBudget};
use crate::element::{Element, QualifiedName};
use crate::erased::{FieldInfo, Kind, ObjectBuilder, Slot, TypeInfo};
use crate::service::TypeRegistry;
use crate::xml::reader::{Event, Reader};
use crate::xml::text::Text;
use crate::xml::{SCHEMA_INSTANCE, XmlError};

/// Builds one value from the events of the elements that hold it.
#[derive(Debug)]
pub(super) struct ValueDecoder {
    types: TypeCache,
    options: DecodeOptions,
    builder: ObjectBuilder,
    /// Values that were replaced while the finished value was decoded.
    replaced: Vec<Any>,
    frames: Vec<Frame>,
    /// The text of the open leaf, where it comes in pieces.
    text: String,
    /// Whether there was more of it than may be kept.
    text_is_cut: bool,
    raw: RawTree,
    reference: ReferenceAttributes,
    /// What each item takes once more where the value is a list, while it becomes one of its type.
    item_bytes: u64,
    /// Only kept in strict decoding.
    sequence: Sequence,
}

/// One open element.
#[derive(Clone, Copy, Debug)]
struct Frame {
    content: Content,
    child: Child,
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
    List(Kind),
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

/// The element within an open one that came last, for the path of an error.
#[derive(Clone, Copy, Debug, Default)]
struct Child {
    /// Of an object, the field.
    field: Option<&'static FieldInfo>,
    /// How many there were of that field, or of a list.
    count: usize,
}

impl ValueDecoder {
    pub(super) fn new(types: &'static TypeRegistry, options: &DecodeOptions) -> Self {
        Self {
            types: TypeCache::new(types),
            options: options.clone(),
            builder: ObjectBuilder::new(Budget::new(options.limits.decoded_bytes)),
            replaced: Vec::new(),
            frames: Vec::new(),
            text: String::new(),
            text_is_cut: false,
            raw: RawTree::default(),
            reference: ReferenceAttributes::default(),
            item_bytes: 0,
            sequence: Sequence::default(),
        }
    }

    /// Makes the value a list, to which every root element adds an item.
    pub(super) fn expect_list(&mut self, kind: Kind) {
        // Entering the root takes nothing.
        let _ = self.builder.enter_list(AnyArray::with_kind(kind));
        self.item_bytes = kind.item_bytes() as u64;
    }

    /// Takes the finished value out.
    pub(super) fn finish(&mut self) -> Any {
        let empty = ObjectBuilder::new(Budget::new(0));
        let mut builder = std::mem::replace(&mut self.builder, empty);
        self.replaced = builder.take_replaced();
        builder.finish()
    }

    /// Whether replaced values are still to be dropped.
    pub(super) fn has_replaced(&self) -> bool {
        !self.replaced.is_empty()
    }

    /// Whether no element is open.
    pub(super) fn is_idle(&self) -> bool {
        self.frames.is_empty()
    }

    /// What the value may still take.
    pub(super) fn budget(&mut self) -> &mut Budget {
        self.builder.budget()
    }

    /// An error so far into the document, at a position in the present input, which begins where a
    /// token does. Without what may be a secret.
    pub(super) fn error(
        &self,
        kind: DecodeErrorKind,
        path: String,
        offset: u64,
        input: &[u8],
        position: usize,
    ) -> DecodeError {
        let excerpt = if self.is_secret() {
            String::new()
        } else {
            excerpt(input, position)
        };
        DecodeError::new(self.redact(kind), path, offset, excerpt)
    }

    fn redact(&self, kind: DecodeErrorKind) -> DecodeErrorKind {
        let hidden = || String::from("(secret)");
        match kind {
            kind if !self.is_secret() => kind.without_text(),
            DecodeErrorKind::Xml(XmlError::BadEntity(_)) => {
                DecodeErrorKind::Xml(XmlError::BadEntity(hidden()))
            }
            DecodeErrorKind::Value { expected, .. } => DecodeErrorKind::Value {
                expected,
                found: hidden(),
            },
            DecodeErrorKind::UnknownValue { expected, .. } => DecodeErrorKind::UnknownValue {
                expected,
                found: hidden(),
            },
            // What looks like a tag may be part of the secret.
            DecodeErrorKind::Xml(XmlError::MismatchedEnd { .. }) => {
                DecodeErrorKind::Xml(XmlError::MismatchedEnd {
                    open: hidden(),
                    closed: hidden(),
                })
            }
            DecodeErrorKind::UnknownElement(_) => DecodeErrorKind::UnknownElement(hidden()),
            DecodeErrorKind::UnknownAttribute(_) => DecodeErrorKind::UnknownAttribute(hidden()),
            kind => kind,
        }
    }

    fn is_secret(&self) -> bool {
        let mut fields = self.frames.iter().filter_map(|frame| frame.child.field);
        fields.any(FieldInfo::is_secret)
    }

    /// The place of the innermost open element within the value.
    pub(super) fn path(&self) -> String {
        let mut path = String::new();
        for frame in &self.frames {
            let Some((name, index)) = frame.step() else {
                break;
            };
            if !path.is_empty() {
                path.push('/');
            }
            path.push_str(name);
            if let Some(index) = index {
                // Writing to a string cannot fail.
                let _ = write!(path, "[{index}]");
            }
        }
        path
    }

    /// Reads what is within the value; tells whether the value has ended, and not just the input.
    pub(super) fn read(
        &mut self,
        reader: &mut Reader,
        input: &[u8],
    ) -> Result<bool, DecodeErrorKind> {
        while !self.is_idle() {
            match reader.next(input)? {
                Event::Start => self.start(&mut Source { reader, input })?,
                Event::Text(text) => self.text(&text)?,
                Event::End => self.end()?,
                Event::Incomplete => return Ok(false),
            }
        }
        Ok(true)
    }

    /// An element that holds the value, or an item of the list that the value is.
    pub(super) fn start_root(
        &mut self,
        kind: Kind,
        source: &mut Source<'_, '_>,
    ) -> Result<(), DecodeErrorKind> {
        match self.builder.aim_at_item() {
            Some(kind) => {
                self.builder.budget().take_exactly(self.item_bytes)?;
                self.open_item(kind, source)
            }
            None if source.is_nil() => self.push(Content::Skipped),
            // The root place holds any type, so a declared scalar or enum is read by its own rules.
            None => match kind {
                Kind::Inline(_) | Kind::Boxed(_) | Kind::Dyn(_) | Kind::Any => {
                    self.open(kind, source)
                }
                Kind::Reference => self.open_reference(source, Leaf::Any(kind)),
                Kind::Enum(info) => self.open_leaf(source, Leaf::AnyEnum(info)),
                scalar => self.open_leaf(source, Leaf::Any(scalar)),
            },
        }
    }

    /// An element within the value.
    fn start(&mut self, source: &mut Source<'_, '_>) -> Result<(), DecodeErrorKind> {
        let Some(frame) = self.frames.last_mut() else {
            return self.push(Content::Skipped);
        };
        match frame.content {
            Content::Object { keep_unknown } => {
                let Some(field) = self.builder.aim_at_field(source.local()) else {
                    return self.unknown_element(keep_unknown, source);
                };
                frame.child.enter(field);
                if self.options.strict {
                    self.sequence.field(field)?;
                }
                let shape = field.shape();
                if shape.is_list() {
                    self.open_item(shape.kind, source)
                } else {
                    self.open(shape.kind, source)
                }
            }
            Content::List(kind) => {
                self.builder.aim_at_item();
                frame.child.count += 1;
                self.open_item(kind, source)
            }
            Content::Leaf(_) if self.options.strict => {
                Err(DecodeErrorKind::UnknownElement(name_of(source.local())))
            }
            Content::Leaf(_) | Content::Skipped => self.push(Content::Skipped),
            Content::Raw { is_value } => {
                self.start_raw(source)?;
                self.push(Content::Raw { is_value })
            }
        }
    }

    /// Text within the innermost open element.
    fn text(&mut self, text: &str) -> Result<(), DecodeErrorKind> {
        let Some(frame) = self.frames.last_mut() else {
            return Ok(());
        };
        match frame.content {
            Content::Leaf(_) => {
                // Reported at the end of the element, as where the text comes at once.
                let budget = self.builder.budget();
                self.text_is_cut |=
                    self.text_is_cut || budget.push_scratch(&mut self.text, text).is_err();
                Ok(())
            }
            Content::Raw { .. } => Ok(self.raw.text(text, self.builder.budget())?),
            Content::Object { .. } | Content::List(_)
                if self.options.strict && !text.trim_ascii().is_empty() =>
            {
                frame.child = Child::default();
                Err(DecodeErrorKind::UnexpectedText)
            }
            // Servers indent; other text between elements means nothing.
            Content::Object { .. } | Content::List(_) | Content::Skipped => Ok(()),
        }
    }

    /// The end of the innermost open element.
    fn end(&mut self) -> Result<(), DecodeErrorKind> {
        let Some(frame) = self.frames.last_mut() else {
            return Ok(());
        };
        match frame.content {
            Content::Object { .. } => {
                self.builder.leave();
                if self.options.strict {
                    frame.child = Child::default();
                    self.sequence.leave()?;
                }
            }
            Content::List(_) => self.builder.leave(),
            Content::Leaf(_) if self.text_is_cut => {
                return Err(DecodeErrorKind::Limit(Limit::DecodedBytes));
            }
            Content::Leaf(leaf) => {
                // Nothing that is made of a text is longer than it.
                self.builder.budget().check(self.text.len())?;
                let text = std::mem::take(&mut self.text);
                self.finish_leaf(leaf, Text::Resolved(text.as_str().into()))?;
                self.text = text;
                self.text.clear();
            }
            Content::Raw { is_value } => {
                if let Some(tree) = self.raw.end(self.builder.budget())? {
                    self.keep(tree, is_value)?;
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

    fn open_leaf(
        &mut self,
        source: &mut Source<'_, '_>,
        leaf: Leaf,
    ) -> Result<(), DecodeErrorKind> {
        self.check_attributes(source, &[])?;
        self.read_leaf(source, leaf)
    }

    /// Takes the text of a leaf at once, if all of it is there.
    fn read_leaf(
        &mut self,
        source: &mut Source<'_, '_>,
        leaf: Leaf,
    ) -> Result<(), DecodeErrorKind> {
        match source.reader.whole_text(source.input)? {
            Some(text) => self.finish_leaf(leaf, text),
            None => self.push(Content::Leaf(leaf)),
        }
    }

    /// Opens an element whose value is an item of the list that the builder aims at.
    fn open_item(
        &mut self,
        kind: Kind,
        source: &mut Source<'_, '_>,
    ) -> Result<(), DecodeErrorKind> {
        if source.is_nil()
            && let Some(Slot::Any(place)) = self.builder.slot()
        {
            place.put(Any::Nil)?;
        }
        match kind {
            // A list within an `Any` keeps the text of enums.
            Kind::Enum(info) if !source.is_nil() => self.open_leaf(source, Leaf::AnyEnum(info)),
            _ => self.open(kind, source),
        }
    }

    /// Opens an element whose value goes to the place that the builder aims at.
    fn open(&mut self, kind: Kind, source: &mut Source<'_, '_>) -> Result<(), DecodeErrorKind> {
        if source.is_nil() {
            return self.push(Content::Skipped);
        }
        match kind {
            Kind::Inline(declared) | Kind::Boxed(declared) | Kind::Dyn(declared) => {
                self.open_object(declared.get(), source)
            }
            Kind::Any => self.open_any(source),
            Kind::Reference => self.open_reference(source, Leaf::Declared),
            _ => self.open_leaf(source, Leaf::Declared),
        }
    }

    fn open_object(
        &mut self,
        declared: &'static TypeInfo,
        source: &mut Source<'_, '_>,
    ) -> Result<(), DecodeErrorKind> {
        self.check_attributes(source, &[])?;
        let wanted = match source.type_name() {
            Some(name) => named::subtype(&mut self.types, declared, name, source.reader),
            None => Some(declared),
        };
        let Some(entered) = self.builder.enter(wanted.unwrap_or(declared))? else {
            return self.push(Content::Skipped);
        };
        let known = wanted.is_some_and(|wanted| std::ptr::eq(entered, wanted));
        if !known && let Some(name) = source.type_name() {
            if self.options.strict {
                return Err(DecodeErrorKind::UnknownType {
                    expected: declared.name(),
                    found: String::from_utf8_lossy(name).into_owned(),
                });
            }
            let name = source.reader.type_name(name)?;
            let shared = source.reader.take_shared();
            self.builder.budget().take_exactly(shared)?;
            self.builder.keep_type_name(name)?;
        }
        if self.options.strict {
            self.sequence.enter(entered);
        }
        let keep_unknown = !known || self.options.keep_unknown;
        if keep_unknown {
            self.keep_attributes(source)?;
        }
        self.push(Content::Object { keep_unknown })
    }

    /// Keeps the attributes of the object that the builder is in.
    fn keep_attributes(&mut self, source: &mut Source<'_, '_>) -> Result<(), DecodeErrorKind> {
        let before = self.builder.budget().left();
        let kept = raw::attributes(&source.tag(), source.reader, self.builder.budget())?;
        // What is kept of them is taken again as it is put in its place.
        self.builder.budget().give_back_to(before);
        let of_schema = |name: &QualifiedName| &*name.namespace == SCHEMA_INSTANCE;
        for (name, value) in kept.into_iter().filter(|(name, _)| !of_schema(name)) {
            self.builder.keep_attribute(name, value)?;
        }
        Ok(())
    }

    fn open_reference(
        &mut self,
        source: &mut Source<'_, '_>,
        leaf: Leaf,
    ) -> Result<(), DecodeErrorKind> {
        self.check_attributes(source, &["type", "serverGuid"])?;
        self.reference.type_name.clear();
        self.reference.server_guid = None;
        if let Some(value) = source.tag().attribute("type") {
            let value = source.reader.attribute_text(value)?;
            self.reference.type_name.push_str(&value);
        }
        if let Some(value) = source.tag().attribute("serverGuid") {
            self.reference.server_guid = Some(source.reader.attribute_text(value)?.into_owned());
        }
        self.read_leaf(source, leaf)
    }

    /// In strict decoding, refuses attributes without a namespace but those allowed.
    fn check_attributes(
        &self,
        source: &mut Source<'_, '_>,
        allowed: &[&str],
    ) -> Result<(), DecodeErrorKind> {
        if !self.options.strict {
            return Ok(());
        }
        match source.reader.unknown_attribute(&source.tag(), allowed) {
            Some(name) => Err(DecodeErrorKind::UnknownAttribute(name)),
            None => Ok(()),
        }
    }

    /// Opens an element whose type only the server tells.
    fn open_any(&mut self, source: &mut Source<'_, '_>) -> Result<(), DecodeErrorKind> {
        let Some(name) = source.type_name() else {
            return self.open_raw_value(source);
        };
        match NamedType::of(&mut self.types, name, source.reader) {
            NamedType::Object(info) => self.open_object(info, source),
            NamedType::Reference => self.open_reference(source, Leaf::Any(Kind::Reference)),
            NamedType::Leaf(leaf) => self.open_leaf(source, leaf),
            NamedType::List(list) => {
                self.check_attributes(source, &[])?;
                let kind = list.kind();
                match self.builder.enter_list(list)? {
                    Some(()) => self.push(Content::List(kind)),
                    None => self.push(Content::Skipped),
                }
            }
            NamedType::Unknown if self.options.strict => Err(DecodeErrorKind::UnknownType {
                expected: Kind::Any.wire_name(),
                found: String::from_utf8_lossy(name).into_owned(),
            }),
            NamedType::Unknown => self.open_raw_value(source),
        }
    }

    fn open_raw_value(&mut self, source: &mut Source<'_, '_>) -> Result<(), DecodeErrorKind> {
        self.start_raw(source)?;
        self.push(Content::Raw { is_value: true })
    }

    fn start_raw(&mut self, source: &mut Source<'_, '_>) -> Result<(), DecodeErrorKind> {
        let tag = source.tag();
        self.raw.start(&tag, source.reader, self.builder.budget())
    }

    fn unknown_element(
        &mut self,
        keep: bool,
        source: &mut Source<'_, '_>,
    ) -> Result<(), DecodeErrorKind> {
        if self.options.strict {
            if let Some(frame) = self.frames.last_mut() {
                frame.child = Child::default();
            }
            return Err(DecodeErrorKind::UnknownElement(name_of(source.local())));
        }
        if keep {
            self.start_raw(source)?;
            self.push(Content::Raw { is_value: false })
        } else {
            self.push(Content::Skipped)
        }
    }

    fn keep(&mut self, tree: Element, is_value: bool) -> Result<(), OverBudget> {
        if is_value {
            self.builder.put_taken_tree(tree)
        } else {
            self.builder.keep_taken_element(tree)
        }
    }

    fn finish_leaf(&mut self, leaf: Leaf, text: Text<'_>) -> Result<(), DecodeErrorKind> {
        let Some(slot) = self.builder.slot() else {
            return Ok(self.builder.no_slot()?);
        };
        match leaf {
            Leaf::Declared if !self.options.strict => {
                put_declared(slot, text, &self.reference, false)
            }
            _ => {
                let strict = self.options.strict;
                if strict {
                    leaf.check_known(&slot, &text)?;
                }
                leaf.put(slot, text, &self.reference, strict)
            }
        }
    }
}

impl Frame {
    /// The step from this element to the one within: its name, and its place in a list.
    fn step(&self) -> Option<(&'static str, Option<usize>)> {
        let index = self.child.count.checked_sub(1);
        if let Content::List(kind) = self.content {
            let name = kind.wire_name();
            let index = index?;
            return Some((name.strip_prefix("xsd:").unwrap_or(name), Some(index)));
        }
        let field = self.child.field?;
        Some((field.name(), index.filter(|_| field.shape().is_list())))
    }
}

impl Child {
    fn enter(&mut self, field: &'static FieldInfo) {
        let again = self.field.is_some_and(|last| std::ptr::eq(last, field));
        self.count = if again { self.count + 1 } else { 1 };
        self.field = Some(field);
    }
}

fn name_of(local: &[u8]) -> String {
    String::from_utf8_lossy(local).into_owned()
}
