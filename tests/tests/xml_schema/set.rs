//! What one of VMware's sets has, and how it is known to differ from the tables.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};

use vmomi::runtime::erased::{EnumInfo, FieldInfo, TypeInfo};
use vmomi::runtime::{Service, Since};

/// The differences that `wsdl/conformance` knows, each with its reason.
const KNOWN_DIFFERENCES: &str = include_str!("../../../wsdl/known-differences.json");

/// The schemas of one version.
pub struct Set {
    folder: PathBuf,
    services: Vec<(&'static Service, Since)>,
    /// The elements of each complex type, by namespace and name.
    types: HashMap<(String, String), HashMap<String, Element>>,
    /// Differences of the kind "only derived": types, enums, `Enum.value`.
    lacking: HashSet<String>,
    /// Types that it alone has.
    alone: HashSet<String>,
}

/// An element of a complex type.
#[derive(Clone, Debug)]
pub struct Element {
    pub type_name: String,
    pub is_required: bool,
}

impl Set {
    /// Reads the types of services from a folder. Each service is given with the name of its set
    /// among the known differences, and the version that the set describes.
    pub fn read(folder: &Path, services: &[(&str, &'static Service, &str)]) -> Self {
        let mut set = Self {
            folder: folder.to_owned(),
            services: Vec::new(),
            types: HashMap::new(),
            lacking: HashSet::new(),
            alone: HashSet::new(),
        };
        for (name, service, version) in services {
            let index = service.versions.iter().position(|known| known == version);
            let since = Since(u8::try_from(index.unwrap()).unwrap());
            set.services.push((service, since));
            set.read_differences(name);
        }
        for name in ["core-types", "query-types", "vim-types", "pbm-types"] {
            if let Ok(text) = std::fs::read_to_string(folder.join(format!("{name}.xsd"))) {
                set.read_schema(&text);
            }
        }
        assert!(!set.types.is_empty(), "{}", folder.display());
        set
    }

    fn read_schema(&mut self, text: &str) {
        let document = roxmltree::Document::parse(text).unwrap();
        let schema = document.root_element();
        let namespace = schema.attribute("targetNamespace").unwrap();
        let types = schema
            .children()
            .filter(|node| node.has_tag_name("complexType"));
        for node in types {
            let name = node.attribute("name").unwrap();
            let elements = node
                .descendants()
                .filter(|node| node.has_tag_name("element"));
            let elements = elements.map(|element| {
                let facts = Element {
                    type_name: element.attribute("type").unwrap().to_owned(),
                    is_required: element.attribute("minOccurs") != Some("0"),
                };
                (element.attribute("name").unwrap().to_owned(), facts)
            });
            let key = (namespace.to_owned(), name.to_owned());
            self.types.insert(key, elements.collect());
        }
    }

    fn read_differences(&mut self, set: &str) {
        let known: serde_json::Value = serde_json::from_str(KNOWN_DIFFERENCES).unwrap();
        let groups = known["groups"].as_array().unwrap();
        let entries = groups
            .iter()
            .flat_map(|group| group["entries"].as_object().unwrap());
        for (difference, sets) in entries {
            let is_here = sets.as_array().unwrap().iter().any(|name| name == set);
            let (aspect, subject) = difference.split_once(": ").unwrap();
            if is_here && aspect.ends_with(" only derived") {
                self.lacking.insert(subject.to_owned());
            } else if is_here && aspect == "type only in VMware's" {
                self.alone.insert(subject.to_owned());
            }
        }
        assert!(!self.lacking.is_empty(), "no set is called {set}");
    }

    /// For each service the file that includes all others of it.
    pub fn files(&self) -> Vec<(&'static Service, PathBuf)> {
        let services = self.services.iter();
        let file = |service: &Service| {
            let own = service.name.trim_end_matches("25");
            self.folder.join(format!("{own}-types.xsd"))
        };
        services
            .map(|(service, _)| (*service, file(service)))
            .collect()
    }

    fn is_of_version(&self, service: &Service, since: Since) -> bool {
        let mut services = self.services.iter();
        services.any(|(known, version)| known.namespace == service.namespace && since <= *version)
    }

    /// Whether the version has a type of that name, though the set is known not to.
    fn is_known_to_lack(&self, name: &str) -> bool {
        self.lacking.contains(name)
    }

    /// Whether the set has the type, as its version says.
    ///
    /// # Panics
    /// When it does not, and no one knows of it.
    pub fn has_type(&self, info: &TypeInfo) -> bool {
        if !self.is_of_version(info.service(), info.since()) || self.is_known_to_lack(info.name()) {
            return false;
        }
        let key = (info.service().namespace.to_owned(), info.name().to_owned());
        assert!(
            self.types.contains_key(&key),
            "the set has no {}",
            info.name()
        );
        true
    }

    /// What the set says of a field; nothing if its version does not have it.
    ///
    /// # Panics
    /// When its version has it, and the set does not.
    pub fn element(&self, owner: &TypeInfo, field: &FieldInfo) -> Option<&Element> {
        if !self.is_of_version(owner.service(), field.since()) {
            return None;
        }
        let key = (
            owner.service().namespace.to_owned(),
            owner.name().to_owned(),
        );
        let element = self.types[&key].get(field.name());
        assert!(
            element.is_some(),
            "the set has no {}.{}",
            owner.name(),
            field.name()
        );
        element
    }

    /// The values of an enum that the set has; none if it does not have the enum.
    pub fn values(&self, info: &'static EnumInfo) -> Vec<&'static str> {
        if !self.is_of_version(info.service(), info.since()) || self.is_known_to_lack(info.name()) {
            return Vec::new();
        }
        let values = info.values().iter().copied();
        values
            .filter(|value| !self.lacking.contains(&format!("{}.{value}", info.name())))
            .collect()
    }

    /// The names of the array types in a namespace, but for those that it alone has.
    pub fn arrays(&self, namespace: &str) -> HashSet<&str> {
        let types = self.types.keys().filter(|(of, _)| of == namespace);
        let names = types.map(|(_, name)| &**name);
        let arrays = names.filter(|name| name.starts_with("ArrayOf"));
        arrays.filter(|name| !self.alone.contains(*name)).collect()
    }

    /// Whether the set has an array type, which the tables give no version for.
    pub fn has_array(&self, name: &str) -> bool {
        let mut services = self.services.iter();
        services.any(|(service, _)| {
            let key = (service.namespace.to_owned(), name.to_owned());
            self.types.contains_key(&key)
        })
    }
}
