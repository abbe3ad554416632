//! What a description says of one thing: its definition, its name in Rust, what uses it, and what leads to it.

mod report;
mod target;
mod text;
mod ways;

use std::collections::BTreeMap;
use std::fmt;

pub use report::{Explanation, Member, Method, Subtype, Type, Value, Way};
pub use text::Text;

use crate::describe::Describer;
use crate::emit::RustTypes;
use crate::graph::Graph;
use crate::kind::Kind;
use crate::list::{self, Name};
use crate::model::{
    DataObjectId, EnumerationId, Field, ManagedObjectId, Model, NamespaceId, OperationId,
};
use crate::names;
use crate::settings::Decisions;
use target::Target;
use ways::{Sought, Ways, operation_name, ways};

/// Explains everything that a name means: a type, a managed object, an operation, or a member of one after a dot, by its
/// name on the wire, in Rust or in VMODL. A name may mean several things.
///
/// ```
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let folder = tempfile::tempdir()?;
/// # let path = folder.path().join("small.xsd");
/// # std::fs::write(&path, r#"<schema xmlns="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:small"
/// #     xmlns:xsd="http://www.w3.org/2001/XMLSchema" elementFormDefault="qualified">
/// #     <complexType name="VirtualDisk"><sequence><element name="capacityInKB" type="xsd:long"/></sequence></complexType>
/// #     </schema>"#)?;
/// let model = vmomi_codegen::Builder::new().wsdl(path).model()?;
/// let explained = vmomi_codegen::explain::explain(&model, "VirtualDisk.capacity_in_kb")?;
/// let holds = explained[0].holds.as_ref().expect("a field holds something");
/// assert_eq!((holds.wire.as_str(), holds.rust.as_str()), ("xsd:long", "i64"));
/// # Ok(())
/// # }
/// ```
///
/// # Errors
/// When nothing has that name.
pub fn explain(model: &Model, name: &str) -> Result<Vec<Explanation>, UnknownName> {
    let found = target::find(model, name);
    if found.is_empty() {
        let suggestion = name.parse::<Name>().ok();
        return Err(UnknownName {
            name: name.to_owned(),
            suggestion: suggestion.and_then(|name| list::suggestion(model, &name)),
        });
    }
    let (graph, decisions) = (Graph::of(model), Decisions::default());
    let explainer = Explainer {
        model,
        graph: &graph,
        rust: RustTypes::of(model, &graph, &decisions),
    };
    Ok(found
        .into_iter()
        .map(|target| explainer.explain(target))
        .collect())
}

/// A name that nothing has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownName {
    name: String,
    suggestion: Option<String>,
}

impl fmt::Display for UnknownName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "nothing in the description is called `{}`", self.name)?;
        if let Some(suggestion) = &self.suggestion {
            write!(f, "\n  help: {suggestion}")?;
        }
        Ok(())
    }
}

impl std::error::Error for UnknownName {}

struct Explainer<'m> {
    model: &'m Model,
    graph: &'m Graph,
    rust: RustTypes<'m>,
}

impl Explainer<'_> {
    fn explain(&self, target: Target) -> Explanation {
        match target {
            Target::DataObject(id) => self.data_object(id),
            Target::Enumeration(id) => self.enumeration(id),
            Target::ManagedObject(id) => self.managed_object(id),
            Target::Operation(id) => self.operation(id),
            Target::Field(named, declarer, place) => self.field(named, declarer, place),
            Target::Value(id, place) => self.value(id, place),
            Target::Property(named, declarer, place) => self.property(named, declarer, place),
        }
    }

    fn data_object(&self, id: DataObjectId) -> Explanation {
        let model = self.model;
        let object = &model[id];
        let found = ways(model, self.graph, Sought::DataObject(id));
        let declares = |operation: &OperationId| model[*operation].faults.contains(&id);
        let fault_of = model.operation_ids().filter(declares);
        let lineage = [id].into_iter().chain(model.ancestors(id));
        let members = lineage.flat_map(|declarer| {
            let from = (declarer != id).then(|| model[declarer].name.clone());
            let fields = model[declarer].fields.iter();
            fields.map(move |field| (declarer, from.clone(), field))
        });
        let members = members.map(|(declarer, from, field)| {
            let rust = self.rust.field(declarer, field);
            self.member(object.namespace, field, names::field_name, rust, from)
        });
        Explanation {
            vmodl: object.vmodl.clone(),
            since: object.since.clone(),
            extends: model
                .ancestors(id)
                .map(|id| model[id].name.clone())
                .collect(),
            members: members.collect(),
            subtypes: self.subtypes(id),
            fault_of: fault_of.map(|id| operation_name(model, id)).collect(),
            ..self.reached(
                self.start(Kind::of(object), object.namespace, &object.name, None),
                found,
                "",
            )
        }
    }

    fn enumeration(&self, id: EnumerationId) -> Explanation {
        let enumeration = &self.model[id];
        let found = ways(self.model, self.graph, Sought::Enumeration(id));
        let values = enumeration.values.iter().map(|value| Value {
            value: value.value.clone(),
            rust_name: names::variant_name(&value.value),
        });
        let start = self.start(
            Kind::Enumeration,
            enumeration.namespace,
            &enumeration.name,
            None,
        );
        Explanation {
            vmodl: enumeration.vmodl.clone(),
            since: enumeration.since.clone(),
            values: values.collect(),
            ..self.reached(start, found, "")
        }
    }

    fn managed_object(&self, id: ManagedObjectId) -> Explanation {
        let model = self.model;
        let object = &model[id];
        let namespace = model[object.service].namespace;
        let found = ways(model, self.graph, Sought::Reference(id));
        let lineage: Vec<ManagedObjectId> = [id]
            .into_iter()
            .chain(model.managed_ancestors(id))
            .collect();
        let from =
            |declarer: ManagedObjectId| (declarer != id).then(|| model[declarer].name.clone());
        let members = lineage.iter().flat_map(|declarer| {
            let properties = model[*declarer].properties.iter();
            properties.map(|property| {
                let rust = self.rust.property(namespace, property);
                self.member(
                    namespace,
                    property,
                    names::field_name,
                    rust,
                    from(*declarer),
                )
            })
        });
        let operations = lineage.iter().flat_map(|declarer| {
            model.operations_of(*declarer).map(|id| Method {
                name: model[id].name.clone(),
                rust_name: names::method_name(&model[id].name),
                inherited_from: from(*declarer),
            })
        });
        Explanation {
            vmodl: object.vmodl.clone(),
            since: object.since.clone(),
            extends: lineage[1..]
                .iter()
                .map(|id| model[*id].name.clone())
                .collect(),
            members: members.collect(),
            operations: operations.collect(),
            subtypes: self.managed_subtypes(id),
            ..self.reached(
                self.start(Kind::ManagedObject, namespace, &object.name, None),
                found,
                "",
            )
        }
    }

    fn operation(&self, id: OperationId) -> Explanation {
        let model = self.model;
        let operation = &model[id];
        let owner = &model[operation.owner];
        let namespace = model[operation.service].namespace;
        let describer = self.describer(namespace);
        let members = operation.parameters.iter().map(|parameter| {
            let rust = self.rust.argument(namespace, parameter);
            self.member(namespace, parameter, names::parameter_name, rust, None)
        });
        let vmodl = owner.vmodl.as_ref().zip(operation.vmodl.as_ref());
        let method = names::method_name(&operation.name);
        let faults = operation.faults.iter().map(|id| &model[*id]);
        Explanation {
            vmodl: vmodl.map(|(owner, name)| format!("{owner}.{name}")),
            since: operation.since.clone(),
            privilege: operation.privilege.clone(),
            declared_by: Some(owner.name.clone()),
            members: members.collect(),
            result: describer.result(operation).map(|wire| Type {
                wire,
                rust: self.rust.result(namespace, operation),
            }),
            faults: faults
                .map(|fault| describer.name(fault.namespace, &fault.name))
                .collect(),
            rust: format!("{}::{method}", self.rust_path(namespace, &owner.name)),
            ..self.start(
                Kind::Operation,
                namespace,
                &owner.name,
                Some(&operation.name),
            )
        }
    }

    fn field(&self, named: DataObjectId, declarer: DataObjectId, place: usize) -> Explanation {
        let model = self.model;
        let (object, holder) = (&model[named], &model[declarer]);
        let field = &holder.fields[place];
        let found = ways(model, self.graph, Sought::DataObject(named));
        let start = self.start(
            Kind::Field,
            object.namespace,
            &object.name,
            Some(&field.name),
        );
        let found = Ways {
            users: Vec::new(),
            ..found
        };
        Explanation {
            vmodl: holder
                .vmodl
                .as_ref()
                .map(|vmodl| format!("{vmodl}.{}", field.name)),
            declared_by: Some(holder.name.clone()),
            holds: Some(Type {
                wire: self.describer(object.namespace).shape(field.shape),
                rust: self.rust.field(declarer, field),
            }),
            since: field.since.clone(),
            privilege: field.privilege.clone(),
            rust: format!(
                "{}::{}",
                self.rust_path(object.namespace, &object.name),
                names::field_name(&field.name)
            ),
            ..self.reached(start, found, &format!(".{}", field.name))
        }
    }

    fn value(&self, id: EnumerationId, place: usize) -> Explanation {
        let enumeration = &self.model[id];
        let value = &enumeration.values[place].value;
        let path = self.rust_path(enumeration.namespace, &enumeration.name);
        Explanation {
            declared_by: Some(enumeration.name.clone()),
            rust: format!("{path}::{}", names::variant_name(value)),
            ..self.start(
                Kind::Value,
                enumeration.namespace,
                &enumeration.name,
                Some(value),
            )
        }
    }

    fn property(
        &self,
        named: ManagedObjectId,
        declarer: ManagedObjectId,
        place: usize,
    ) -> Explanation {
        let (object, holder) = (&self.model[named], &self.model[declarer]);
        let property = &holder.properties[place];
        let namespace = self.model[object.service].namespace;
        Explanation {
            vmodl: holder
                .vmodl
                .as_ref()
                .map(|vmodl| format!("{vmodl}.{}", property.name)),
            declared_by: Some(holder.name.clone()),
            holds: Some(Type {
                wire: self.describer(namespace).shape(property.shape),
                rust: self.rust.property(namespace, property),
            }),
            since: property.since.clone(),
            privilege: property.privilege.clone(),
            ..self.start(
                Kind::Property,
                namespace,
                &object.name,
                Some(&property.name),
            )
        }
    }

    /// An explanation that says what something is, and nothing more.
    fn start(
        &self,
        kind: Kind,
        namespace: NamespaceId,
        name: &str,
        member: Option<&str>,
    ) -> Explanation {
        Explanation {
            kind,
            name: match member {
                Some(member) => format!("{name}.{member}"),
                None => name.to_owned(),
            },
            namespace: self.model[namespace].short.clone(),
            rust: self.rust_path(namespace, name),
            vmodl: None,
            since: None,
            privilege: None,
            declared_by: None,
            holds: None,
            extends: Vec::new(),
            members: Vec::new(),
            values: Vec::new(),
            operations: Vec::new(),
            result: None,
            faults: Vec::new(),
            subtypes: Vec::new(),
            used_by: Vec::new(),
            fault_of: Vec::new(),
            taken_by: Vec::new(),
            given_by: Vec::new(),
            properties: Vec::new(),
        }
    }

    /// The same with what leads there; each way ends with some more text.
    fn reached(&self, start: Explanation, found: Ways, end: &str) -> Explanation {
        let model = self.model;
        let sorted = |ways: Vec<(String, ways::Way)>| -> Vec<Way> {
            let mut ways: Vec<_> = ways
                .into_iter()
                .map(|(from, way)| (way.cost, from, way.path))
                .collect();
            ways.sort();
            let told = |(_, from, path)| Way {
                from,
                path: format!("{path}{end}"),
            };
            ways.into_iter().map(told).collect()
        };
        let of_operations = |ways: BTreeMap<OperationId, ways::Way>| {
            let ways = ways.into_iter();
            sorted(
                ways.map(|(id, way)| (operation_name(model, id), way))
                    .collect(),
            )
        };
        let properties = found.properties.into_iter();
        let properties = properties.map(|((id, _), way)| (model[id].name.clone(), way));
        Explanation {
            used_by: found.users,
            taken_by: of_operations(found.taken),
            given_by: of_operations(found.given),
            properties: sorted(properties.collect()),
            ..start
        }
    }

    fn member(
        &self,
        namespace: NamespaceId,
        field: &Field,
        rust_name: fn(&str) -> String,
        rust: String,
        inherited_from: Option<String>,
    ) -> Member {
        Member {
            name: field.name.clone(),
            rust_name: rust_name(&field.name),
            holds: Type {
                wire: self.describer(namespace).member(field),
                rust,
            },
            since: field.since.clone(),
            inherited_from,
        }
    }

    fn subtypes(&self, id: DataObjectId) -> Vec<Subtype> {
        let children = |id: DataObjectId| self.graph.children(id).to_vec();
        tree(id, children, |id| &self.model[id].name)
    }

    fn managed_subtypes(&self, id: ManagedObjectId) -> Vec<Subtype> {
        let children = |id| {
            let all = self.model.managed_object_ids();
            all.filter(|child| self.model[*child].base == Some(id))
                .collect()
        };
        tree(id, children, |id| &self.model[id].name)
    }

    fn rust_path(&self, namespace: NamespaceId, name: &str) -> String {
        let module = names::module_name(&self.model[namespace].short);
        format!("{module}::{}", names::type_name(name))
    }

    fn describer(&self, namespace: NamespaceId) -> Describer<'_> {
        Describer {
            model: self.model,
            home: namespace,
            catalogued: true,
        }
    }
}

/// What descends from something, depth first, without a deep stack however deep it goes.
fn tree<'m, Id: Copy>(
    root: Id,
    children: impl Fn(Id) -> Vec<Id>,
    name: impl Fn(Id) -> &'m str,
) -> Vec<Subtype> {
    let mut found = Vec::new();
    let below = |id, depth| {
        children(id)
            .into_iter()
            .rev()
            .map(move |child| (child, depth))
    };
    let mut next: Vec<(Id, usize)> = below(root, 0).collect();
    while let Some((id, depth)) = next.pop() {
        found.push(Subtype {
            name: name(id).to_owned(),
            depth,
        });
        next.extend(below(id, depth + 1));
    }
    found
}
