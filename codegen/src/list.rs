//! What is in a description, by name, kind and version.

use std::fmt;
use std::str::FromStr;

use serde::Serialize;

use crate::kind::Kind;
use crate::model::{Field, Model, NamespaceId, Service};
use crate::nearest;
use crate::pattern::{InvalidPattern, Pattern, is_like};

/// Something in a description.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Entry {
    /// Its wire name; of a member after that of what has it: `VirtualDisk.capacityInKB`, `VirtualMachine.PowerOnVM_Task`.
    pub name: String,
    /// What it is.
    pub kind: Kind,
    /// The short name of its namespace.
    pub namespace: String,
    /// The API version that introduced it, where a catalogue tells.
    pub since: Option<String>,
    /// Its name in VMODL, where a catalogue tells.
    pub vmodl: Option<String>,
}

/// What to list. What is empty asks for everything.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// Names, any of which will do.
    pub names: Vec<Name>,
    /// Kinds. Without any, fields, values and properties are listed only when a name asks for members.
    pub kinds: Vec<Kind>,
    /// The API version from which on things shall be new. Where a catalogue does not tell, nothing is.
    pub since: Option<String>,
}

/// A name that someone asks for: a [`Pattern`] on wire names, or on a name in VMODL, such as `vim.vm.device.*`.
///
/// The wire name of an operation is asked for with or without that of its managed object.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    text: String,
    pattern: Option<Pattern>,
}

impl FromStr for Name {
    type Err = InvalidPattern;

    fn from_str(text: &str) -> Result<Self, InvalidPattern> {
        let pattern = match text.parse() {
            Ok(pattern) => Some(pattern),
            // Names in VMODL have more dots than patterns.
            Err(_) if text.contains('.') && !text.contains([':', ' ']) => None,
            Err(error) => return Err(error),
        };
        Ok(Self {
            text: text.to_owned(),
            pattern,
        })
    }
}

impl Name {
    fn matches(&self, entry: &Entry) -> bool {
        let vmodl = entry.vmodl.as_deref();
        self.matches_wire(entry) || vmodl.is_some_and(|vmodl| is_like(&self.text, vmodl))
    }

    fn matches_wire(&self, entry: &Entry) -> bool {
        self.pattern.as_ref().is_some_and(|pattern| {
            let namespace = &entry.namespace;
            match entry.name.split_once('.') {
                Some((owner, member)) => {
                    pattern.matches_member(namespace, owner, member)
                        || (entry.kind == Kind::Operation && pattern.matches(namespace, member))
                }
                None => pattern.matches(namespace, &entry.name),
            }
        })
    }
}

/// An API version that no service has, and that is no number to compare versions with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownVersion {
    version: String,
    suggestion: Option<String>,
}

impl fmt::Display for UnknownVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "there is no API version `{}`", self.version)?;
        if let Some(suggestion) = &self.suggestion {
            write!(f, "\n  help: {suggestion}")?;
        }
        Ok(())
    }
}

impl std::error::Error for UnknownVersion {}

/// Lists what a filter asks for, sorted by name.
///
/// ```
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// use vmomi_codegen::list::{Filter, list};
///
/// # let folder = tempfile::tempdir()?;
/// # let path = folder.path().join("small.xsd");
/// # std::fs::write(&path, r#"<schema xmlns="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:small"
/// #     xmlns:xsd="http://www.w3.org/2001/XMLSchema" elementFormDefault="qualified">
/// #     <complexType name="VirtualDisk"><sequence><element name="key" type="xsd:int"/></sequence></complexType>
/// #     <complexType name="Other"><sequence/></complexType></schema>"#)?;
/// let model = vmomi_codegen::Builder::new().wsdl(path).model()?;
/// let filter = Filter { names: vec!["Virtual*.*".parse()?], ..Filter::default() };
/// let names: Vec<String> = list(&model, &filter)?.into_iter().map(|entry| entry.name).collect();
/// assert_eq!(names, ["VirtualDisk.key"]);
/// # Ok(())
/// # }
/// ```
///
/// # Errors
/// When the filter names an API version that no service has.
pub fn list(model: &Model, filter: &Filter) -> Result<Vec<Entry>, UnknownVersion> {
    if let Some(version) = &filter.since {
        check(model, version)?;
    }
    let is_wanted = |(entry, service): &(Entry, Option<&Service>)| {
        let is_kind = if filter.kinds.is_empty() {
            let mut names = filter.names.iter();
            Kind::NAMED.contains(&entry.kind) || names.any(|name| name.matches_wire(entry))
        } else {
            filter.kinds.contains(&entry.kind)
        };
        let is_named =
            filter.names.is_empty() || filter.names.iter().any(|name| name.matches(entry));
        let is_new = filter
            .since
            .as_deref()
            .is_none_or(|version| is_since(*service, entry.since.as_deref(), version));
        is_kind && is_named && is_new
    };
    let mut entries: Vec<Entry> = entries(model)
        .into_iter()
        .filter(is_wanted)
        .map(|(entry, _)| entry)
        .collect();
    entries.sort();
    Ok(entries)
}

/// The names in a description that someone may have meant who asked for one that it does not have.
pub fn suggestion(model: &Model, name: &Name) -> Option<String> {
    let entries = entries(model);
    let named = entries.iter().map(|(entry, _)| entry);
    // An operation may have been meant without its managed object.
    let names = named.flat_map(|entry| {
        let alone = entry.name.split_once('.').map(|(_, name)| name);
        let alone = alone.filter(|_| entry.kind == Kind::Operation);
        [Some(entry.name.as_str()), alone, entry.vmodl.as_deref()]
    });
    nearest::suggestion(&name.text, names.flatten())
}

/// Everything that has a name, with the service that it is of.
fn entries(model: &Model) -> Vec<(Entry, Option<&Service>)> {
    let mut entries = Vec::new();
    let mut add = |namespace: NamespaceId, kind, name: String, since, vmodl| {
        let mut services = model.services.iter();
        let entry = Entry {
            name,
            kind,
            namespace: model[namespace].short.clone(),
            since,
            vmodl,
        };
        entries.push((
            entry,
            services.find(|service| service.namespace == namespace),
        ));
    };
    let member = |owner: &str, member: &str| format!("{owner}.{member}");
    let inner = |vmodl: &Option<String>, member: &str| {
        vmodl.as_ref().map(|vmodl| format!("{vmodl}.{member}"))
    };
    for object in &model.data_objects {
        let (since, vmodl) = (object.since.clone(), object.vmodl.clone());
        let kind = Kind::of(object);
        add(object.namespace, kind, object.name.clone(), since, vmodl);
        for Field { name, since, .. } in &object.fields {
            let vmodl = inner(&object.vmodl, name);
            let name = member(&object.name, name);
            add(object.namespace, Kind::Field, name, since.clone(), vmodl);
        }
    }
    for enumeration in &model.enumerations {
        let (since, vmodl) = (enumeration.since.clone(), enumeration.vmodl.clone());
        let (namespace, name) = (enumeration.namespace, enumeration.name.clone());
        add(namespace, Kind::Enumeration, name, since, vmodl);
        for value in &enumeration.values {
            let vmodl = inner(&enumeration.vmodl, &value.value);
            let name = member(&enumeration.name, &value.value);
            // When a value came, no table tells; not before its enumeration.
            add(namespace, Kind::Value, name, None, vmodl);
        }
    }
    for object in model.managed_objects.iter().filter(|of| !of.service_wide) {
        let namespace = model[object.service].namespace;
        let (since, vmodl) = (object.since.clone(), object.vmodl.clone());
        add(
            namespace,
            Kind::ManagedObject,
            object.name.clone(),
            since,
            vmodl,
        );
        for Field { name, since, .. } in &object.properties {
            let vmodl = inner(&object.vmodl, name);
            let name = member(&object.name, name);
            add(namespace, Kind::Property, name, since.clone(), vmodl);
        }
    }
    for operation in &model.operations {
        let owner = &model[operation.owner];
        let vmodl = operation.vmodl.as_deref();
        let vmodl = vmodl.and_then(|vmodl| inner(&owner.vmodl, vmodl));
        let name = member(&owner.name, &operation.name);
        let namespace = model[operation.service].namespace;
        add(
            namespace,
            Kind::Operation,
            name,
            operation.since.clone(),
            vmodl,
        );
    }
    entries
}

/// Refuses a version that nothing can be compared with.
fn check(model: &Model, version: &str) -> Result<(), UnknownVersion> {
    let mut known = model.services.iter().flat_map(|service| &service.versions);
    if number(version).is_some() || known.any(|known| known == version) {
        return Ok(());
    }
    let known = model.services.iter().flat_map(|service| &service.versions);
    Err(UnknownVersion {
        version: version.to_owned(),
        suggestion: nearest::suggestion(version, known.map(String::as_str)),
    })
}

/// Whether something came in a version or later. Versions are ordered by their place, as not all are numbers; one that
/// the service does not have begins where the first does that is not lower.
fn is_since(service: Option<&Service>, since: Option<&str>, version: &str) -> bool {
    let versions = service.map_or(&[][..], |service| &service.versions);
    let place = |wanted: &str| versions.iter().position(|version| version == wanted);
    let first = place(version).or_else(|| {
        let wanted = number(version)?;
        let is_later = |known: &String| number(known).is_some_and(|known| known >= wanted);
        versions.iter().position(is_later)
    });
    first.is_some_and(|first| since.and_then(place).is_some_and(|since| since >= first))
}

/// The numbers of a version: `2.5u2` is later than `2.5`. Nothing of one that is none.
fn number(version: &str) -> Option<Vec<u32>> {
    let numbers = version.split(['.', 'u']).map(str::parse);
    numbers.collect::<Result<_, _>>().ok()
}

#[cfg(test)]
mod tests {
    use super::number;

    #[test]
    fn versions_as_numbers() {
        let numbers = ["2.0", "2.5", "2.5u2", "8.0", "8.0.0.0", "8.0.0.1", "10.0"].map(number);
        assert!(numbers.is_sorted() && numbers.iter().all(Option::is_some));
        assert_eq!(number("m5CA1EF4D"), None);
        assert_eq!(number("2.5u2server"), None);
        assert_eq!(number(""), None);
    }
}
