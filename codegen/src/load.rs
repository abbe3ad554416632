//! From the paths that the user named to the syntax of every document that they lead to.

use std::collections::BTreeMap;
use std::string::FromUtf8Error;

use crate::diagnostic::{Diagnostic, Diagnostics, Problem};
use crate::origin::{Origin, Unread};
use crate::source::{SourceFile, Sources};
use crate::wsdl::{self, Definitions};
use crate::xml::{self, Element, WSDL, XSD};
use crate::xsd::{self, Link, Schema};

/// Every document that was read.
#[derive(Debug, Default)]
pub(crate) struct Documents {
    pub(crate) sources: Sources,
    pub(crate) definitions: Vec<Definitions>,
    pub(crate) schemas: Vec<Schema>,
}

/// One document's syntax.
enum Document {
    Definitions(Definitions),
    Schema(Schema),
}

impl Document {
    fn namespace(&self) -> &str {
        match self {
            Self::Definitions(definitions) => &definitions.namespace,
            Self::Schema(schema) => &schema.namespace,
        }
    }

    /// Each `include` and `import`, in the document and in the schemas within it.
    fn links(&self) -> impl Iterator<Item = &Link> {
        let (own, inner): (&[Link], &[Schema]) = match self {
            Self::Definitions(definitions) => (&definitions.links, &definitions.schemas),
            Self::Schema(schema) => (&schema.links, &[]),
        };
        own.iter()
            .chain(inner.iter().flat_map(|schema| &schema.links))
    }
}

/// A document that is still to be read, and the link that asked for it.
struct Wanted {
    origin: Origin,
    link: Option<Link>,
}

/// Reads the files and every file that they include or import, each once, whatever the order or loops.
///
/// # Errors
/// Everything that is wrong with the files one by one: missing, unreadable, broken, or outside the dialect.
pub(crate) fn load(files: &[Origin]) -> Result<Documents, Diagnostics> {
    let mut documents = Documents::default();
    let mut errors = Vec::new();
    let mut namespaces: BTreeMap<Origin, Option<String>> = BTreeMap::new();
    let mut wanted: Vec<Wanted> = files
        .iter()
        .rev()
        .map(|origin| Wanted {
            origin: origin.clone(),
            link: None,
        })
        .collect();
    while let Some(next) = wanted.pop() {
        // Only a canonical path tells that two ways of naming a file lead to the same one.
        let identity = match next.origin.identity() {
            Ok(identity) => identity,
            Err(cause) => {
                errors.push(not_found(&documents.sources, &next, &cause));
                continue;
            }
        };
        if !namespaces.contains_key(&identity) {
            let read = read(&next, &mut documents.sources, &mut errors);
            namespaces.insert(
                identity.clone(),
                read.as_ref()
                    .map(|document| document.namespace().to_owned()),
            );
            if let Some(document) = read {
                follow(
                    &next.origin,
                    &document,
                    &documents.sources,
                    &mut wanted,
                    &mut errors,
                );
                match document {
                    Document::Definitions(definitions) => documents.definitions.push(definitions),
                    Document::Schema(schema) => documents.schemas.push(schema),
                }
            }
        }
        if let (Some(link), Some(Some(found))) = (&next.link, namespaces.get(&identity))
            && link.namespace != *found
        {
            let problem = Problem::WrongNamespace {
                expected: link.namespace.clone(),
                found: found.clone(),
                path: next.origin.path(),
            };
            errors.push(Diagnostic::at(problem, &documents.sources, link.position));
        }
    }
    for definitions in &mut documents.definitions {
        documents.schemas.append(&mut definitions.schemas);
    }
    Diagnostics::unless(errors, documents)
}

/// Reads and parses one file.
fn read(wanted: &Wanted, sources: &mut Sources, errors: &mut Vec<Diagnostic>) -> Option<Document> {
    let text = match wanted.origin.read() {
        Ok(text) => text,
        Err(Unread::NotUtf8(error)) => {
            errors.push(not_utf8(&wanted.origin, &error));
            return None;
        }
        Err(Unread::Failed(cause)) => {
            errors.push(not_found(sources, wanted, &cause));
            return None;
        }
    };
    let file = sources.add(SourceFile::of(&wanted.origin, text));
    let sources = &*sources;
    let parsed = match xml::parse(sources.file(file)) {
        Ok(parsed) => parsed,
        Err(error) => {
            errors.push(error);
            return None;
        }
    };
    let root = Element::root(&parsed, file, sources);
    if root.is(XSD, "schema") {
        xsd::schema(root, errors).map(Document::Schema)
    } else if root.is(WSDL, "definitions") {
        wsdl::definitions(root, errors).map(Document::Definitions)
    } else {
        errors.push(root.error(Problem::UnknownDocument(root.describe())));
        None
    }
}

/// Puts what a document links to on the list, its first link on top.
fn follow(
    origin: &Origin,
    document: &Document,
    sources: &Sources,
    wanted: &mut Vec<Wanted>,
    errors: &mut Vec<Diagnostic>,
) {
    let before = wanted.len();
    for link in document.links() {
        if link.location.contains("://") {
            let problem = Problem::NetworkLocation(link.location.clone());
            let help = "download the document, put it beside this one, and name the file here";
            errors.push(Diagnostic::at(problem, sources, link.position).help(help));
            continue;
        }
        wanted.push(Wanted {
            origin: origin.beside(&link.location),
            link: Some(link.clone()),
        });
    }
    wanted[before..].reverse();
}

fn not_found(sources: &Sources, wanted: &Wanted, cause: &std::io::Error) -> Diagnostic {
    let path = wanted.origin.path();
    let problem = match cause.kind() {
        std::io::ErrorKind::NotFound => Problem::MissingFile(path),
        _ => Problem::Unreadable {
            path,
            cause: cause.to_string(),
        },
    };
    match &wanted.link {
        None => Diagnostic::new(problem),
        Some(link) => Diagnostic::at(problem, sources, link.position)
            .help("a description is complete only with every file that it includes or imports"),
    }
}

fn not_utf8(origin: &Origin, error: &FromUtf8Error) -> Diagnostic {
    let bytes = error.as_bytes();
    let file = SourceFile::of(origin, String::from_utf8_lossy(bytes).into_owned());
    let utf16 = bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]);
    let encoding = if utf16 { "it begins like UTF-16; " } else { "" };
    Diagnostic::new(Problem::NotUtf8)
        .located(file.locate(error.utf8_error().valid_up_to()))
        .help(format!(
            "{encoding}convert it, for example with iconv -t UTF-8"
        ))
}
