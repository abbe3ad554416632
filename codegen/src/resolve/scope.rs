//! What every name of the documents stands for.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Diagnostic, Diagnostics, Problem};
use crate::load::Documents;
use crate::model::{ArrayId, DataObjectId, EnumerationId, Namespace, NamespaceId, Scalar, TypeRef};
use crate::nearest::suggestion;
use crate::source::{Position, Sources};
use crate::wsdl::{Binding, Message, PortType, Service};
use crate::xml::{QName, XSD};
use crate::xsd::{
    ComplexType, Content, ElementContent, GlobalElement, LocalElement, SimpleType, TextAttribute,
};

/// The local name of the one type that is a reference, in whatever namespace.
const REFERENCE: &str = "ManagedObjectReference";
/// The attributes that a reference may have.
const REFERENCE_ATTRIBUTES: [&str; 2] = ["type", "serverGuid"];

/// The names of all documents.
pub(super) struct Scope<'a> {
    pub(super) sources: &'a Sources,
    pub(super) namespaces: Vec<Namespace>,
    pub(super) types: BTreeMap<Key<'a>, Definition<'a>>,
    pub(super) elements: BTreeMap<Key<'a>, &'a GlobalElement>,
    pub(super) messages: BTreeMap<Key<'a>, &'a Message>,
    pub(super) port_types: BTreeMap<Key<'a>, &'a PortType>,
    pub(super) bindings: BTreeMap<Key<'a>, &'a Binding>,
    pub(super) services: Vec<&'a Service>,
}

/// A namespace and a local name: the order of everything in the model.
pub(super) type Key<'a> = (&'a str, &'a str);

/// What a type's name stands for.
#[derive(Clone, Copy)]
pub(super) enum Definition<'a> {
    DataObject {
        id: DataObjectId,
        base: Option<&'a QName>,
        elements: &'a [LocalElement],
        position: Position,
    },
    Array {
        id: ArrayId,
        element: &'a LocalElement,
        position: Position,
    },
    Enumeration {
        id: EnumerationId,
        definition: &'a SimpleType,
    },
    Reference,
    /// The parameters of an operation.
    Request(&'a [LocalElement]),
}

impl<'a> Scope<'a> {
    /// Collects the names.
    ///
    /// # Errors
    /// Names that are defined twice, and complex types of a form that the dialect does not have.
    pub(super) fn of(documents: &'a Documents) -> Result<Self, Diagnostics> {
        let sources = &documents.sources;
        let mut errors = Vec::new();
        let mut complex_types = Unique::new("type", sources);
        let mut elements = Unique::new("element", sources);
        let mut messages = Unique::new("message", sources);
        let mut port_types = Unique::new("port type", sources);
        let mut bindings = Unique::new("binding", sources);
        for schema in &documents.schemas {
            let namespace = schema.namespace.as_str();
            for definition in &schema.complex_types {
                complex_types.add(
                    namespace,
                    &definition.name,
                    definition.position,
                    Syntax::Complex(definition),
                );
            }
            for definition in &schema.simple_types {
                complex_types.add(
                    namespace,
                    &definition.name,
                    definition.position,
                    Syntax::Simple(definition),
                );
            }
            for element in &schema.elements {
                elements.add(namespace, &element.name, element.position, element);
            }
        }
        for definitions in &documents.definitions {
            let namespace = definitions.namespace.as_str();
            for message in &definitions.messages {
                messages.add(namespace, &message.name, message.position, message);
            }
            for port_type in &definitions.port_types {
                port_types.add(namespace, &port_type.name, port_type.position, port_type);
            }
            for binding in &definitions.bindings {
                bindings.add(namespace, &binding.name, binding.position, binding);
            }
        }
        let syntax = complex_types.finish(&mut errors);
        let mut scope = Self {
            sources,
            namespaces: Vec::new(),
            types: BTreeMap::new(),
            elements: elements.finish(&mut errors),
            messages: messages.finish(&mut errors),
            port_types: port_types.finish(&mut errors),
            bindings: bindings.finish(&mut errors),
            services: documents
                .definitions
                .iter()
                .flat_map(|definitions| &definitions.services)
                .collect(),
        };
        scope.namespaces = namespaces(syntax.keys().chain(scope.port_types.keys()));
        scope.types = define(sources, &syntax, &scope.request_types(), &mut errors);
        Diagnostics::unless(errors, scope)
    }

    /// The types that are the content of a request's element. What does not resolve here is reported with its
    /// operation.
    fn request_types(&self) -> BTreeSet<&'a QName> {
        let operations = self
            .port_types
            .values()
            .flat_map(|port_type| &port_type.operations);
        let elements = operations
            .filter_map(|operation| self.messages.get(&key(&operation.input)))
            .filter_map(|message| self.elements.get(&key(&message.element)));
        elements
            .filter_map(|element| match &element.content {
                ElementContent::Named(of) => Some(of),
                ElementContent::Inline(_) => None,
            })
            .collect()
    }

    /// The id of a namespace that has types or port types.
    pub(super) fn namespace(&self, uri: &str) -> NamespaceId {
        NamespaceId::from(
            self.namespaces
                .partition_point(|namespace| namespace.uri.as_str() < uri),
        )
    }

    /// What the type of an element is.
    pub(super) fn type_of(
        &self,
        element: &LocalElement,
        owner: &str,
    ) -> Result<TypeRef, Diagnostic> {
        self.type_named(&element.of).ok_or_else(|| {
            let user = format!("`{}` of `{owner}`", element.name);
            self.unresolved("type", &element.of, user, element.position)
        })
    }

    /// What a type's name refers to, if it is one that a field may have.
    pub(super) fn type_named(&self, name: &QName) -> Option<TypeRef> {
        if name.namespace == XSD {
            return match name.local.as_str() {
                "anyType" => Some(TypeRef::Any),
                local => Scalar::from_xsd_name(local).map(TypeRef::Scalar),
            };
        }
        match self.types.get(&key(name))? {
            Definition::DataObject { id, .. } => Some(TypeRef::DataObject(*id)),
            Definition::Array { id, .. } => Some(TypeRef::Array(*id)),
            Definition::Enumeration { id, .. } => Some(TypeRef::Enumeration(*id)),
            Definition::Reference => Some(TypeRef::Reference(None)),
            Definition::Request(_) => None,
        }
    }

    /// The diagnostic for a name that refers to nothing.
    pub(super) fn unresolved(
        &self,
        what: &'static str,
        name: &QName,
        user: String,
        at: Position,
    ) -> Diagnostic {
        let problem = Problem::Unresolved {
            what,
            name: name.local.clone(),
            user,
        };
        let error = Diagnostic::at(problem, self.sources, at);
        if name.namespace == XSD {
            return error.help(
                "the dialect has only these builtins of XML Schema: anyType, anyURI, base64Binary, \
                boolean, byte, dateTime, double, float, int, long, short, string",
            );
        }
        match (what, self.types.get(&key(name))) {
            ("type", Some(Definition::Request(_))) => {
                error.help("it is the request of an operation, not a data type")
            }
            _ => self.elsewhere(what, name, error),
        }
    }

    /// Adds where else the name is, or what else may have been meant.
    fn elsewhere(&self, what: &'static str, name: &QName, error: Diagnostic) -> Diagnostic {
        let namespace = name.namespace.as_str();
        let known: Vec<Key<'_>> = match what {
            "type" => self.types.keys().copied().collect(),
            "element" => self.elements.keys().copied().collect(),
            "message" => self.messages.keys().copied().collect(),
            "port type" => self.port_types.keys().copied().collect(),
            _ => self.bindings.keys().copied().collect(),
        };
        let others = known.iter().filter(|(_, local)| *local == name.local);
        let is_read = self.namespaces.iter().any(|of| of.uri == namespace);
        let nothing = match namespace {
            "" => "it has no prefix, and no namespace is declared for names without one".to_owned(),
            _ => format!("nothing of that name is in the namespace `{namespace}`"),
        };
        let error = error.help(match others.map(|(other, _)| *other).next() {
            Some(other) => format!("{nothing}; there is one in `{other}`"),
            None if !is_read && !namespace.is_empty() => {
                format!("nothing was read of the namespace `{namespace}`; read the file that defines it too")
            }
            None => nothing,
        });
        let near = known.iter().filter(|(known, _)| *known == namespace);
        let suggestion = suggestion(&name.local, near.map(|(_, local)| *local));
        suggestion.into_iter().fold(error, Diagnostic::help)
    }
}

/// A qualified name as a key.
pub(super) fn key(name: &QName) -> Key<'_> {
    (&name.namespace, &name.local)
}

/// A type as it is written.
enum Syntax<'a> {
    Complex(&'a ComplexType),
    Simple(&'a SimpleType),
}

/// Tells by their shape what the types are, and numbers them in order of namespace and name.
fn define<'a>(
    sources: &Sources,
    syntax: &BTreeMap<Key<'a>, Syntax<'a>>,
    requests: &BTreeSet<&QName>,
    errors: &mut Vec<Diagnostic>,
) -> BTreeMap<Key<'a>, Definition<'a>> {
    let (mut data_objects, mut arrays, mut enumerations) = (0, 0, 0);
    let requests: BTreeSet<Key<'_>> = requests.iter().map(|name| key(name)).collect();
    let mut defined = BTreeMap::new();
    for (name, syntax) in syntax {
        let definition = match syntax {
            Syntax::Simple(definition) => Definition::Enumeration {
                id: next(&mut enumerations),
                definition,
            },
            Syntax::Complex(ComplexType {
                content: Content::Text { attributes },
                position,
                ..
            }) => {
                errors.extend(no_reference(name.1, attributes, *position, sources));
                Definition::Reference
            }
            Syntax::Complex(ComplexType {
                content: Content::Elements { base, elements },
                position,
                ..
            }) => {
                let position = *position;
                match array_element(name.1, base.as_ref(), elements) {
                    _ if base.is_none() && requests.contains(name) => Definition::Request(elements),
                    Some(element) => Definition::Array {
                        id: next(&mut arrays),
                        element,
                        position,
                    },
                    None => {
                        let id = next(&mut data_objects);
                        Definition::DataObject {
                            id,
                            base: base.as_ref(),
                            elements,
                            position,
                        }
                    }
                }
            }
        };
        defined.insert(*name, definition);
    }
    defined
}

fn next<Id: From<usize>>(count: &mut usize) -> Id {
    let id = Id::from(*count);
    *count += 1;
    id
}

/// What keeps a type with simple content from being the managed object reference, the only one that
/// there may be.
fn no_reference(
    name: &str,
    attributes: &[TextAttribute],
    position: Position,
    sources: &Sources,
) -> Vec<Diagnostic> {
    let refuse = |construct: String, position: Position, help: String| {
        let within = format!("complexType `{name}`");
        let problem = Problem::OutsideDialect { construct, within };
        Diagnostic::at(problem, sources, position).help(help)
    };
    if name != REFERENCE {
        let construct = "element `simpleContent` of XML Schema".to_owned();
        let help = format!("only the complexType `{REFERENCE}` may have it");
        return vec![refuse(construct, position, help)];
    }
    let others = attributes
        .iter()
        .filter(|attribute| !REFERENCE_ATTRIBUTES.contains(&attribute.name.as_str()));
    let refused = others.map(|attribute| {
        let construct = format!(
            "element `attribute` (name `{}`) of XML Schema",
            attribute.name
        );
        let [one, other] = REFERENCE_ATTRIBUTES;
        let help = format!("a reference may have the attributes `{one}` and `{other}`");
        refuse(construct, attribute.position, help)
    });
    refused.collect()
}

/// The element of an `ArrayOfX`: the only one, unbounded, and called `X` but for the case of its first letter.
fn array_element<'a>(
    name: &str,
    base: Option<&QName>,
    elements: &'a [LocalElement],
) -> Option<&'a LocalElement> {
    let of = name.strip_prefix("ArrayOf")?;
    match elements {
        [element] if base.is_none() && element.list => {
            let mut letters = element.name.chars();
            let first = letters.next()?;
            let matches = of == element.name
                || of
                    .strip_prefix(first.to_ascii_uppercase())
                    .is_some_and(|rest| rest == letters.as_str());
            matches.then_some(element)
        }
        _ => None,
    }
}

/// The namespaces of the names, each with a short name of its own.
fn namespaces<'a>(names: impl Iterator<Item = &'a Key<'a>>) -> Vec<Namespace> {
    let uris: BTreeSet<&str> = names.map(|(namespace, _)| *namespace).collect();
    let mut taken = BTreeSet::new();
    let mut namespaces = Vec::new();
    for uri in uris {
        let base = short_name(uri);
        let mut short = base.clone();
        let mut count = 1;
        while !taken.insert(short.clone()) {
            count += 1;
            short = format!("{base}_{count}");
        }
        namespaces.push(Namespace {
            uri: uri.to_owned(),
            short,
            sees: BTreeSet::new(),
        });
    }
    namespaces
}

/// The maximum length of a namespace's short name, which is that of a folder and a module.
const MAX_SHORT_NAME: usize = 60;

/// `urn:vim25` is `vim25`, `http://example/a/Some-Thing/` is `some_thing`.
fn short_name(uri: &str) -> String {
    let last = uri
        .trim_end_matches(['/', ':'])
        .rsplit(['/', ':'])
        .next()
        .unwrap_or(uri);
    let mut short: String = last
        .chars()
        .take(MAX_SHORT_NAME)
        .map(|c| {
            if c.is_ascii_alphanumeric() {
                c.to_ascii_lowercase()
            } else {
                '_'
            }
        })
        .collect();
    if !short.starts_with(|c: char| c.is_ascii_lowercase()) {
        short.insert_str(0, "ns_");
    }
    short
}

/// A table that remembers where each name was defined, to say so when it is defined again.
struct Unique<'a, T> {
    what: &'static str,
    sources: &'a Sources,
    entries: BTreeMap<Key<'a>, (Position, T)>,
    errors: Vec<Diagnostic>,
}

impl<'a, T> Unique<'a, T> {
    fn new(what: &'static str, sources: &'a Sources) -> Self {
        Self {
            what,
            sources,
            entries: BTreeMap::new(),
            errors: Vec::new(),
        }
    }

    fn add(&mut self, namespace: &'a str, name: &'a str, position: Position, value: T) {
        match self.entries.get(&(namespace, name)) {
            None => {
                self.entries.insert((namespace, name), (position, value));
            }
            Some((first, _)) => {
                let problem = Problem::Duplicate {
                    what: self.what,
                    name: name.to_owned(),
                };
                let first = self.sources.locate(*first);
                self.errors.push(
                    Diagnostic::at(problem, self.sources, position)
                        .related("first defined here", first)
                        .help("take one out; if the files are of two API versions, read those of one only"),
                );
            }
        }
    }

    fn finish(self, errors: &mut Vec<Diagnostic>) -> BTreeMap<Key<'a>, T> {
        errors.extend(self.errors);
        self.entries
            .into_iter()
            .map(|(key, (_, value))| (key, value))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::short_name;

    #[test]
    fn shortens_namespaces() {
        for (uri, short) in [
            ("urn:vim25", "vim25"),
            ("urn:sms", "sms"),
            ("http://www.vmware.com/Some-Thing/", "some_thing"),
            ("urn:2x", "ns_2x"),
            ("", "ns_"),
        ] {
            assert_eq!(short_name(uri), short, "{uri}");
        }
    }
}
