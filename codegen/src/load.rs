//! From the paths that the user named to the syntax of every document that they lead to.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Diagnostic, Diagnostics, Problem};
use crate::folders::Folders;
use crate::origin::{Origin, Unread};
use crate::source::{SourceFile, Sources};
use crate::unread;
use crate::wsdl::{self, Definitions};
use crate::xml::{self, Element, WSDL, XSD};
use crate::xsd::{self, Link, Schema};

/// Every document that was read.
#[derive(Debug, Default)]
pub(crate) struct Documents {
    pub(crate) sources: Sources,
    pub(crate) definitions: Vec<Definitions>,
    pub(crate) schemas: Vec<Schema>,
    /// The documents that another one includes or imports.
    pub(crate) linked: BTreeSet<Origin>,
}

/// How the link to a file is called that is of no use.
const ASKED_FOR: &str = "asked for here";

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

/// Reads the files and every file that they include or import, each once, whatever the order or
/// loops, as long as they are in the folders that were given.
///
/// # Errors
/// Everything that is wrong with the files one by one: missing, unreadable, broken, outside of the
/// folders, or outside the dialect.
pub(crate) fn load(files: &[Origin], folders: &Folders) -> Result<Documents, Diagnostics> {
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
                errors.push(unread(&documents.sources, &next, &Unread::Failed(cause)));
                continue;
            }
        };
        if let Some(real) = identity.on_disk()
            && !folders.hold(real)
        {
            let error = outside(&next.origin);
            errors.push(match &next.link {
                Some(link) => error.located(documents.sources.locate(link.position)),
                None => error,
            });
            continue;
        }
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
                    folders,
                    &mut wanted,
                    &mut errors,
                );
                match document {
                    Document::Definitions(definitions) => documents.definitions.push(definitions),
                    Document::Schema(schema) => documents.schemas.push(schema),
                }
            }
        }
        if next.link.is_some() {
            documents.linked.insert(identity.clone());
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
        Err(cause) => {
            errors.push(unread(sources, wanted, &cause));
            return None;
        }
    };
    let file = sources.add(SourceFile::of(&wanted.origin, text));
    let sources = &*sources;
    // What is wrong with a file as a whole, its user may be to blame for.
    let asked_for = |error: Diagnostic| match &wanted.link {
        Some(link) => error.related(ASKED_FOR, sources.locate(link.position)),
        None => error,
    };
    let parsed = match xml::parse(sources.file(file)) {
        Ok(parsed) => parsed,
        Err(error) => {
            errors.push(asked_for(error));
            return None;
        }
    };
    let root = Element::root(&parsed, file, sources);
    let before = errors.len();
    let document = if root.is(XSD, "schema") {
        xsd::schema(root, errors).map(Document::Schema)
    } else if root.is(WSDL, "definitions") {
        wsdl::definitions(root, errors).map(Document::Definitions)
    } else {
        let error = root.error(Problem::UnknownDocument(root.describe_in_full()));
        errors.push(asked_for(error).help("name the .wsdl and .xsd files of a description"));
        None
    };
    // A person goes through them from the top of the file to its end.
    errors[before..].sort_by_key(|error| {
        let location = error.location();
        location.map(|location| (location.line, location.column))
    });
    document
}

/// Puts what a document links to on the list, its first link on top.
fn follow(
    origin: &Origin,
    document: &Document,
    sources: &Sources,
    folders: &Folders,
    wanted: &mut Vec<Wanted>,
    errors: &mut Vec<Diagnostic>,
) {
    let before = wanted.len();
    for link in document.links() {
        if is_url(&link.location) {
            let problem = Problem::NetworkLocation(link.location.clone());
            let help = "put the document next to this one, and name it here by a relative path";
            errors.push(Diagnostic::at(problem, sources, link.position).help(help));
            continue;
        }
        let linked = origin.beside(&link.location);
        if let Some(by) = origin.on_disk()
            && !folders.may_hold(by, &link.location)
        {
            errors.push(outside(&linked).located(sources.locate(link.position)));
            continue;
        }
        wanted.push(Wanted {
            origin: linked,
            link: Some(link.clone()),
        });
    }
    wanted[before..].reverse();
}

/// Whether a location begins with the scheme of a URL. A single letter is a drive.
fn is_url(location: &str) -> bool {
    let scheme = location.split_once(':').map_or("", |(scheme, _)| scheme);
    let is_scheme = |c: char| c.is_ascii_alphanumeric() || "+-.".contains(c);
    scheme.len() > 1 && scheme.chars().all(is_scheme)
}

/// The error for a file that is not read because of where it is.
pub(crate) fn outside(origin: &Origin) -> Diagnostic {
    Diagnostic::new(Problem::OutsideFolders(origin.path())).help(
        "if it belongs to the description, give its folder too: --include-folder DIR, \
         `Builder::include_folder`",
    )
}

/// A file that another one asks for, or the user.
fn unread(sources: &Sources, wanted: &Wanted, unread: &Unread) -> Diagnostic {
    let error = unread::diagnostic(&wanted.origin, unread);
    let Some(link) = &wanted.link else {
        return error;
    };
    let place = sources.locate(link.position);
    match error.problem() {
        Problem::MissingFile(_) => error.located(place).help(
            "copy it there too: a description is complete only with every file that it includes or imports",
        ),
        _ if error.location().is_none() => error.located(place),
        _ => error.related(ASKED_FOR, place),
    }
}
