//! Faults of SOAP 1.1 and 1.2.
//!
//! The two name their parts differently, so both are decoded by what the parts are called. The
//! entries of the detail are kept as trees until the fault has ended, and only then decoded into
//! types: whatever is wrong with one of them, code and message are known by then, and nothing of
//! it is lost.

use super::decode_shape;
use super::error::{DecodeError, DecodeErrorKind};
use super::limits::{DecodeOptions, Limit};
use super::named::best;
use super::raw::{self, RawTree};
use crate::any::Any;
use crate::budget::{Budget, OverBudget, block};
use crate::element::{Element, Node, QualifiedName};
use crate::encode::tree_to_xml;
use crate::erased::{Arity, Kind, Shape, TypeInfo, TypeLink};
use crate::fault::{Fault, FaultDetail, FaultMessage, METHOD_FAULT, is_method_fault};
use crate::service::TypeRegistry;
use crate::xml::reader::Reader;
use crate::xml::start_tag::StartTag;
use crate::xml::{XML, XmlError};

/// How many entries of a detail are decoded into types. Servers send one, or a few.
const MAX_TYPED: usize = 64;

/// What an entry of a detail will take when the fault has ended, in addition to its tree.
const ENTRY_BYTES: u64 =
    block(size_of::<Element>()) + (size_of::<Entry>() + size_of::<FaultDetail>()) as u64;

/// Decodes what is in a `Fault` element.
#[derive(Debug)]
pub(super) struct FaultDecoder {
    types: &'static TypeRegistry,
    options: DecodeOptions,
    /// The open elements within the fault, outermost first.
    open: Vec<Part>,
    code: String,
    subcodes: Vec<String>,
    messages: Vec<FaultMessage>,
    /// The entry of the detail that is open, and where it begins.
    entry: RawTree,
    entry_offset: u64,
    entries: Vec<(Element, u64)>,
    /// How many bytes of XML may still be decoded into types.
    typed_bytes: usize,
}

/// What an element of a fault is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    /// `faultcode`, or the `Value` of a `Code`.
    Code,
    /// `Code`
    CodeGroup,
    /// `Subcode`
    SubcodeGroup,
    /// The `Value` of a `Subcode`.
    Subcode,
    /// `Reason`
    Reason,
    /// `faultstring`, or a `Text` of a `Reason`.
    Message,
    /// `detail`, or `Detail`.
    Detail,
    /// An entry of the detail, or something in it.
    Entry,
    /// Anything else.
    Other,
}

/// How likely an entry of a detail is the fault itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Likelihood {
    /// Of no type that is known.
    Unknown,
    /// Of a type that is known, which is no fault.
    Object,
    /// Of a type that is not known, in a namespace of another kind.
    Foreign,
    /// Of a type that is not known, in a namespace of the API.
    Newer,
    /// A fault that cannot be decoded.
    Unreadable,
    /// A fault.
    Fault,
}

impl FaultDecoder {
    pub(super) fn new(types: &'static TypeRegistry, options: &DecodeOptions) -> Self {
        Self {
            types,
            typed_bytes: options.limits.fault_bytes,
            options: options.clone(),
            open: Vec::new(),
            code: String::new(),
            subcodes: Vec::new(),
            messages: Vec::new(),
            entry: RawTree::default(),
            entry_offset: 0,
            entries: Vec::new(),
        }
    }

    /// An element, and a function that tells how far into the document it begins.
    pub(super) fn start(
        &mut self,
        tag: &StartTag<'_>,
        reader: &mut Reader,
        budget: &mut Budget,
        offset: impl FnOnce() -> u64,
    ) -> Result<(), DecodeErrorKind> {
        let part = match (self.open.last(), tag.local()) {
            (None, b"faultcode") | (Some(Part::CodeGroup), b"Value") => {
                self.code.clear();
                Part::Code
            }
            (None, b"Code") => Part::CodeGroup,
            (Some(Part::CodeGroup | Part::SubcodeGroup), b"Subcode") => Part::SubcodeGroup,
            (Some(Part::SubcodeGroup), b"Value") => {
                budget.push(&mut self.subcodes, String::new())?;
                Part::Subcode
            }
            (None, b"Reason") => Part::Reason,
            (None, b"faultstring") | (Some(Part::Reason), b"Text") => {
                self.start_message(tag, reader, budget)?;
                Part::Message
            }
            (None, b"detail" | b"Detail") => Part::Detail,
            (Some(Part::Detail), _) => {
                if self.entries.len() < MAX_TYPED {
                    self.entry_offset = offset();
                }
                self.entry.start(tag, reader, budget)?;
                Part::Entry
            }
            (Some(Part::Entry), _) => {
                self.entry.start(tag, reader, budget)?;
                Part::Entry
            }
            _ => Part::Other,
        };
        self.open.push(part);
        Ok(())
    }

    fn start_message(
        &mut self,
        tag: &StartTag<'_>,
        reader: &mut Reader,
        budget: &mut Budget,
    ) -> Result<(), DecodeErrorKind> {
        let before = budget.left();
        let attributes = raw::attributes(tag, reader, budget)?;
        budget.give_back_to(before);
        let is_language = |name: &QualifiedName| &*name.namespace == XML && &*name.local == "lang";
        let language = attributes.into_iter().find(|(name, _)| is_language(name));
        let language = language.map_or_else(String::new, |(_, language)| language.into());
        budget.take(language.len())?;
        let text = String::new();
        budget.push(&mut self.messages, FaultMessage { language, text })?;
        Ok(())
    }

    pub(super) fn text(&mut self, text: &str, budget: &mut Budget) -> Result<(), OverBudget> {
        let target = match self.open.last() {
            Some(Part::Entry) => return self.entry.text(text, budget),
            Some(Part::Code) => &mut self.code,
            Some(Part::Subcode) => match self.subcodes.last_mut() {
                Some(subcode) => subcode,
                None => return Ok(()),
            },
            Some(Part::Message) => match self.messages.last_mut() {
                Some(message) => &mut message.text,
                None => return Ok(()),
            },
            _ => return Ok(()),
        };
        budget.push_str(target, text)
    }

    /// The end of the innermost open element; tells whether that is the fault itself.
    pub(super) fn end(&mut self, budget: &mut Budget) -> Result<bool, OverBudget> {
        let Some(ended) = self.open.pop() else {
            return Ok(true);
        };
        if ended == Part::Entry
            && let Some(tree) = self.entry.end(budget)?
        {
            budget.take_exactly(ENTRY_BYTES)?;
            budget.push(&mut self.entries, (tree, self.entry_offset))?;
        }
        Ok(false)
    }

    /// Whether the detail is open.
    pub(super) fn is_in_detail(&self) -> bool {
        self.open.contains(&Part::Detail)
    }

    /// Whether there is anything of a fault yet that may be told.
    pub(super) fn has_begun(&self) -> bool {
        !self.code.is_empty() || self.messages.iter().any(|message| !message.text.is_empty())
    }

    /// The fault, as far as it came before the error, if there was one.
    pub(super) fn finish(mut self, error: Option<DecodeError>, budget: &mut Budget) -> Fault {
        if let Some(tree) = self.entry.close(budget) {
            self.entries.push((tree, self.entry_offset));
        }
        let entries = std::mem::take(&mut self.entries).into_iter().enumerate();
        let mut details: Vec<_> = entries
            .map(|(index, (tree, offset))| match index {
                ..MAX_TYPED => self.detail(tree, offset, budget),
                _ => Entry::raw(tree, Likelihood::Unknown, None),
            })
            .collect();
        let likeliest = details
            .iter()
            .enumerate()
            // The first of those that are equally likely.
            .max_by_key(|(index, entry)| (entry.likelihood, std::cmp::Reverse(*index)))
            .map(|(index, _)| index);
        let likeliest = likeliest.map(|index| details.remove(index));
        let (detail, detail_error) = match likeliest {
            Some(entry) => (entry.detail, entry.error),
            None => (FaultDetail::Missing, None),
        };
        let other_error = || details.iter().find_map(|entry| entry.error.clone());
        let error = error.or(detail_error).or_else(other_error);
        let mut messages = self.messages;
        let told = messages
            .iter()
            .position(|message| !message.text.trim_ascii().is_empty());
        let message = told.map(|index| messages.remove(index));
        let mut fault = Fault::new(
            self.code.trim_ascii(),
            message.map_or_else(String::new, |message| message.text),
            detail,
        );
        let trim = |code: String| code.trim_ascii().to_owned();
        fault.subcodes = self.subcodes.into_iter().map(trim).collect();
        fault.translations = messages;
        fault.further_details = details.into_iter().map(|entry| entry.detail).collect();
        fault.detail_error = error.map(Box::new);
        fault
    }

    /// An entry decoded into its type, or else as it came.
    fn detail(&mut self, tree: Element, offset: u64, budget: &mut Budget) -> Entry {
        let Some((info, likelihood)) = self.type_of(&tree) else {
            return Entry::raw(tree, Likelihood::Unknown, None);
        };
        match self.typed(&tree, info, budget) {
            Ok(Any::Object(object)) => Entry {
                detail: FaultDetail::Typed(object),
                likelihood,
                error: None,
            },
            Ok(_) => Entry::raw(tree, Likelihood::Unknown, None),
            Err(error) => {
                let error = error.in_document("Fault/detail", offset);
                Entry::raw(tree, likelihood.min(Likelihood::Unreadable), Some(error))
            }
        }
    }

    /// The type to decode an entry into: that of its `xsi:type`, or that of its name.
    fn type_of(&self, tree: &Element) -> Option<(&'static TypeInfo, Likelihood)> {
        let known = |name: &str, namespace: &str| {
            let found = self.types.data_objects_named(name);
            best(found, TypeInfo::service, Some(namespace))
        };
        if let Some(name) = &tree.type_name {
            // A prefix that nothing declares is part of the name.
            let local = name.local.rsplit(':').next().unwrap_or_default();
            if let Some(info) = known(local, &name.namespace) {
                let likelihood = match is_method_fault(info) {
                    true => Likelihood::Fault,
                    false => Likelihood::Object,
                };
                return Some((info, likelihood));
            }
            // One that is not known is at least a fault, whose message and cause can be decoded.
            let any_fault = known(METHOD_FAULT, self.types.service.namespace)?;
            let likelihood = match self.is_of_the_api(&name.namespace) {
                true => Likelihood::Newer,
                false => Likelihood::Foreign,
            };
            return Some((any_fault, likelihood));
        }
        let (name, namespace) = (&*tree.name.local, &*tree.name.namespace);
        let without = name.strip_suffix("Fault").unwrap_or(name);
        [without, name]
            .into_iter()
            .filter_map(|name| known(name, namespace))
            .find(|info| is_method_fault(info))
            .map(|info| (info, Likelihood::Fault))
    }

    /// Whether the API has types in the namespace. The prefix of one may be undeclared.
    fn is_of_the_api(&self, namespace: &str) -> bool {
        let faults = self.types.data_objects.iter();
        namespace.is_empty()
            || faults
                .map(|link| link.get().service().namespace)
                .any(|known| known == namespace)
    }

    /// The value of a type that a tree holds.
    fn typed(
        &mut self,
        tree: &Element,
        info: &'static TypeInfo,
        budget: &mut Budget,
    ) -> Result<Any, DecodeError> {
        let error = |kind| DecodeError::new(kind, String::new(), 0, String::new());
        let over_budget = |over: OverBudget| error(over.into());
        let bytes = max_xml_bytes(tree);
        let Some(left) = self.typed_bytes.checked_sub(bytes) else {
            return Err(error(DecodeErrorKind::Limit(Limit::FaultBytes)));
        };
        self.typed_bytes = left;
        // As it is written, its buffer grows.
        let written = 3 * block(bytes);
        budget.take_exactly(written).map_err(over_budget)?;
        let xml = tree_to_xml(tree).map_err(|_| error(XmlError::BadName.into()))?;
        let mut options = self.options.clone();
        options.limits.decoded_bytes = budget.left();
        // Enforced when the tree was decoded. Redeclared namespaces make the tags longer.
        let limits = &mut options.limits;
        (limits.attributes, limits.namespaces, limits.tag_bytes) =
            (usize::MAX, usize::MAX, usize::MAX);
        let shape = Shape {
            kind: Kind::Dyn(TypeLink::to(info)),
            arity: Arity::One,
        };
        let (value, left) = decode_shape(xml.as_bytes(), Some(shape), self.types, &options)?;
        let taken = budget.left().saturating_sub(left);
        budget.take_exactly(taken).map_err(over_budget)?;
        budget.give_back_exactly(written);
        Ok(value)
    }
}

/// An entry of a detail.
struct Entry {
    detail: FaultDetail,
    likelihood: Likelihood,
    error: Option<DecodeError>,
}

impl Entry {
    /// One that is kept as it came.
    fn raw(tree: Element, likelihood: Likelihood, error: Option<DecodeError>) -> Self {
        Self {
            detail: FaultDetail::Unknown(Box::new(tree)),
            likelihood,
            error,
        }
    }
}

/// How long a tree may be in XML: each text as if it were references alone.
fn max_xml_bytes(tree: &Element) -> usize {
    /// What is written around an attribute, or around an element.
    const MARKUP: usize = 64;
    /// The longest reference that stands for a byte: `&quot;`.
    const REFERENCE: usize = 6;
    let mut bytes = 3 * MARKUP + tree.name.namespace.len() * REFERENCE;
    let mut waiting = vec![(tree, &tree.name.namespace)];
    while let Some((element, around)) = waiting.pop() {
        let namespace = &element.name.namespace;
        if namespace != around {
            bytes += namespace.len() * REFERENCE;
        }
        bytes += MARKUP + 2 * element.name.local.len();
        if let Some(name) = &element.type_name {
            bytes += MARKUP + (name.namespace.len() + name.local.len()) * REFERENCE;
        }
        for (name, value) in &element.attributes {
            let text = name.namespace.len() + value.len();
            bytes += MARKUP + name.local.len() + text * REFERENCE;
        }
        for child in element.children.iter() {
            match child {
                Node::Element(child) => waiting.push((child, namespace)),
                Node::Text(text) => bytes += text.len() * REFERENCE,
            }
        }
    }
    bytes
}
