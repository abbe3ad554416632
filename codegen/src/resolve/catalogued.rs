//! What the catalogues know, laid over the model: managed objects with their properties, owners of operations, tasks,
//! targets of references, versions and privileges.

use std::collections::{BTreeMap, BTreeSet};

use super::targets::Targets;
use crate::catalog::{self, Catalog, Member, Named, TaskResult};
use crate::diagnostic::{Diagnostic, Diagnostics, Problem};
use crate::model::{
    Field, ManagedObject, ManagedObjectId, Model, NamespaceId, OperationId, ServiceId, Shape, Task,
    TypeRef,
};

/// Applies each catalogue to the service of its namespace.
///
/// # Errors
/// Every name that a catalogue has and its WSDL has not, or the other way round.
pub(super) fn apply(mut model: Model, catalogs: &[Catalog]) -> Result<Model, Diagnostics> {
    let of_services = assign(&model, catalogs)?;
    model.managed_objects = managed_objects(&model, &of_services);
    let mut layer = Layer {
        targets: Targets::of(&model),
        model,
        errors: Vec::new(),
    };
    layer.own_by_stubs();
    for (service, catalog) in &of_services {
        let home = Home {
            service: *service,
            namespace: layer.model[*service].namespace,
            catalog,
        };
        layer.managed_objects(home);
        layer.data_objects(home);
        layer.enumerations(home);
        layer.operations(home);
    }
    let mut model = Diagnostics::unless(layer.errors, layer.model)?;
    for id in model.operation_ids() {
        let owner = model[id].owner;
        model.managed_objects[owner.index()].operations.push(id);
    }
    Ok(model)
}

/// The catalogue of each service that has one.
fn assign<'c>(
    model: &Model,
    catalogs: &'c [Catalog],
) -> Result<BTreeMap<ServiceId, &'c Catalog>, Diagnostics> {
    let mut errors = Vec::new();
    let mut of_services = BTreeMap::new();
    for catalog in catalogs {
        let uri = &catalog.facts.service.namespace;
        let fail = |message| {
            at(
                catalog,
                Problem::Inconsistent(message),
                &["service", "namespace"],
            )
        };
        let service = model
            .services
            .iter()
            .position(|service| model[service.namespace].uri == *uri);
        match service.map(ServiceId::from) {
            None => errors.push(
                fail(format!(
                    "the catalogue is about `{uri}`, and no service of that namespace was read"
                ))
                .help("read the .wsdl files of the service too, or leave the catalogue out"),
            ),
            Some(service) => {
                if of_services.insert(service, catalog).is_some() {
                    errors.push(fail(format!("two catalogues are about `{uri}`")));
                }
            }
        }
    }
    Diagnostics::unless(errors, of_services)
}

/// The managed objects of the catalogues, in order of service and name, and the stubs of the other services.
fn managed_objects(
    model: &Model,
    of_services: &BTreeMap<ServiceId, &Catalog>,
) -> Vec<ManagedObject> {
    let mut objects = Vec::new();
    for stub in &model.managed_objects {
        let Some(catalog) = of_services.get(&stub.service) else {
            objects.push(stub.clone());
            continue;
        };
        let named: BTreeMap<&str, &catalog::ManagedObject> =
            catalog.facts.managed_objects.iter().collect();
        objects.extend(named.into_iter().map(|(name, facts)| ManagedObject {
            name: name.to_owned(),
            service: stub.service,
            base: None,
            properties: Vec::new(),
            operations: Vec::new(),
            service_wide: false,
            vmodl: facts.vmodl.clone(),
            since: facts.since.clone(),
        }));
    }
    objects
}

/// A diagnostic at a member of a catalogue.
fn at(catalog: &Catalog, problem: Problem, keys: &[&str]) -> Diagnostic {
    Diagnostic::new(problem).located(catalog.locate(keys))
}

/// The model while the catalogues are being laid over it.
struct Layer {
    model: Model,
    targets: Targets,
    errors: Vec<Diagnostic>,
}

/// A service with its catalogue.
#[derive(Clone, Copy)]
struct Home<'c> {
    service: ServiceId,
    namespace: NamespaceId,
    catalog: &'c Catalog,
}

impl Layer {
    fn managed_objects(&mut self, home: Home<'_>) {
        for (name, facts) in home.catalog.facts.managed_objects.iter() {
            let Some(id) = self.targets.managed_object(name, home.service) else {
                continue;
            };
            let base = facts
                .base
                .as_deref()
                .map(|base| self.managed_object(home, base, &["managed_objects", name, "base"]));
            let base = self.accept(base.transpose()).flatten();
            let mut properties = Vec::new();
            for (property, facts) in facts.properties.iter() {
                let keys = ["managed_objects", name, "properties", property];
                if let Some(of) =
                    self.accept(self.value_type(home, &facts.of, facts.target.as_deref(), &keys))
                {
                    properties.push(Field {
                        name: property.to_owned(),
                        shape: Shape {
                            of,
                            optional: facts.optional,
                            list: facts.list,
                        },
                        since: facts.since.clone(),
                        privilege: facts.privilege.clone(),
                        secret: facts.secret,
                        position: None,
                    });
                }
            }
            let object = &mut self.model.managed_objects[id.index()];
            object.base = base;
            object.properties = properties;
        }
        self.refuse_managed_circles(home);
    }

    fn refuse_managed_circles(&mut self, home: Home<'_>) {
        let total = self.model.managed_objects.len();
        // More ancestors than there are managed objects: it goes round.
        let circular =
            |id: &ManagedObjectId| self.model.managed_ancestors(*id).nth(total).is_some();
        let mut of_service = self
            .model
            .managed_object_ids()
            .filter(|id| self.model[*id].service == home.service);
        // One error for all: every member of a circle, and all that extend one, would give the same.
        if let Some(id) = of_service.find(circular) {
            let ancestors = self.model.managed_ancestors(id).take(total);
            let names: Vec<String> = [id]
                .into_iter()
                .chain(ancestors)
                .map(|id| self.model[id].name.clone())
                .collect();
            let name = self.model[id].name.clone();
            let keys = ["managed_objects", &name, "base"];
            self.errors
                .push(at(home.catalog, Problem::CircularInheritance(names), &keys));
        }
    }

    fn data_objects(&mut self, home: Home<'_>) {
        let facts = &home.catalog.facts.data_objects;
        let mut known = BTreeSet::new();
        for id in self.model.data_object_ids() {
            let object = &mut self.model.data_objects[id.index()];
            if object.namespace != home.namespace {
                continue;
            }
            let name = object.name.clone();
            known.insert(name.clone());
            let Some(facts) = facts.get(&name) else {
                self.errors
                    .push(missing(home, "data object", &name, &["data_objects"]));
                continue;
            };
            object.since.clone_from(&facts.since);
            object.vmodl.clone_from(&facts.vmodl);
            let fields = std::mem::take(&mut object.fields);
            let fields = self.members(
                home,
                fields,
                &facts.fields,
                "field",
                ["data_objects", &name, "fields"],
            );
            self.model.data_objects[id.index()].fields = fields;
        }
        self.errors
            .extend(unknown(home, "data object", facts, "data_objects", &known));
    }

    fn enumerations(&mut self, home: Home<'_>) {
        let facts = &home.catalog.facts.enums;
        let mut known = BTreeSet::new();
        for enumeration in self
            .model
            .enumerations
            .iter_mut()
            .filter(|of| of.namespace == home.namespace)
        {
            known.insert(enumeration.name.clone());
            match facts.get(&enumeration.name) {
                Some(facts) => {
                    enumeration.since.clone_from(&facts.since);
                    enumeration.vmodl.clone_from(&facts.vmodl);
                }
                None => {
                    self.errors
                        .push(missing(home, "enumeration", &enumeration.name, &["enums"]))
                }
            }
        }
        self.errors
            .extend(unknown(home, "enumeration", facts, "enums", &known));
    }

    fn operations(&mut self, home: Home<'_>) {
        let facts = &home.catalog.facts.operations;
        let mut known = BTreeSet::new();
        for id in self.model.operation_ids() {
            if self.model[id].service != home.service {
                continue;
            }
            let name = self.model[id].name.clone();
            match facts.get(&name) {
                Some(facts) => self.operation(home, id, &name, facts),
                None => self
                    .errors
                    .push(missing(home, "operation", &name, &["operations"])),
            }
            known.insert(name);
        }
        self.errors
            .extend(unknown(home, "operation", facts, "operations", &known));
    }

    fn operation(
        &mut self,
        home: Home<'_>,
        id: OperationId,
        name: &str,
        facts: &catalog::Operation,
    ) {
        let owner = self.managed_object(home, &facts.owner, &["operations", name, "owner"]);
        let owner = self.accept(owner);
        let result_keys = ["operations", name, "result"];
        let task = match &facts.result.task_result {
            TaskResult::NoTask => None,
            TaskResult::Nothing => Some(Task { result: None }),
            TaskResult::Value(value) => {
                let of = self.value_type(home, &value.of, value.target.as_deref(), &result_keys);
                self.accept(of).map(|of| Task {
                    result: Some(Shape {
                        of,
                        optional: value.optional,
                        list: value.list,
                    }),
                })
            }
        };
        let result = match (self.model[id].result, facts.result.target.as_deref()) {
            (Some(shape), Some(target)) => {
                let of = self.retarget(home, shape.of, target, &result_keys);
                self.accept(of).map(|of| Shape { of, ..shape })
            }
            (None, Some(_)) => {
                let message = format!(
                    "the catalogue names a target for the result of `{name}`, which has none"
                );
                self.errors.push(at(
                    home.catalog,
                    Problem::Inconsistent(message),
                    &result_keys,
                ));
                None
            }
            (result, None) => result,
        };
        let parameters = std::mem::take(&mut self.model.operations[id.index()].parameters);
        let keys = ["operations", name, "parameters"];
        let parameters = self.members(home, parameters, &facts.parameters, "parameter", keys);
        let operation = &mut self.model.operations[id.index()];
        operation.owner = owner.unwrap_or(operation.owner);
        operation.task = task;
        operation.result = result;
        operation.parameters = parameters;
        operation.privilege.clone_from(&facts.privilege);
        operation.vmodl.clone_from(&facts.vmodl);
        operation.since.clone_from(&facts.since);
    }

    /// Adds the facts to fields or parameters.
    fn members(
        &mut self,
        home: Home<'_>,
        mut fields: Vec<Field>,
        facts: &Named<Member>,
        what: &'static str,
        keys: [&str; 3],
    ) -> Vec<Field> {
        let mut known = BTreeSet::new();
        for field in &mut fields {
            known.insert(field.name.clone());
            let Some(facts) = facts.get(&field.name) else {
                self.errors.push(missing(
                    home,
                    what,
                    &format!("{}.{}", keys[1], field.name),
                    &keys,
                ));
                continue;
            };
            field.since.clone_from(&facts.since);
            field.privilege.clone_from(&facts.privilege);
            field.secret = facts.secret;
            if let Some(target) = &facts.target {
                let keys = [keys[0], keys[1], keys[2], &field.name, "target"];
                if let Some(of) = self.accept(self.retarget(home, field.shape.of, target, &keys)) {
                    field.shape.of = of;
                }
            }
        }
        for (name, _) in facts.iter().filter(|(name, _)| !known.contains(*name)) {
            let problem = Problem::CatalogUnknown {
                what,
                name: format!("{}.{name}", keys[1]),
            };
            self.errors.push(at(
                home.catalog,
                problem,
                &[keys[0], keys[1], keys[2], name],
            ));
        }
        fields
    }

    /// Gives the operations of services without catalogue to their stubs.
    fn own_by_stubs(&mut self) {
        let stubs: BTreeMap<ServiceId, ManagedObjectId> = self
            .model
            .managed_object_ids()
            .filter(|id| self.model[*id].service_wide)
            .map(|id| (self.model[id].service, id))
            .collect();
        for operation in &mut self.model.operations {
            if let Some(stub) = stubs.get(&operation.service) {
                operation.owner = *stub;
            }
        }
    }

    fn managed_object(
        &self,
        home: Home<'_>,
        name: &str,
        keys: &[&str],
    ) -> Result<ManagedObjectId, Diagnostic> {
        self.targets
            .managed_object(name, home.service)
            .ok_or_else(|| {
                let user = keys.join(".");
                at(
                    home.catalog,
                    Problem::Unresolved {
                        what: "managed object",
                        name: name.to_owned(),
                        user,
                    },
                    keys,
                )
            })
    }

    fn value_type(
        &self,
        home: Home<'_>,
        name: &str,
        target: Option<&str>,
        keys: &[&str],
    ) -> Result<TypeRef, Diagnostic> {
        let of = self
            .targets
            .value_type(name, home.namespace)
            .ok_or_else(|| {
                let user = keys.join(".");
                at(
                    home.catalog,
                    Problem::Unresolved {
                        what: "type",
                        name: name.to_owned(),
                        user,
                    },
                    keys,
                )
            })?;
        match target {
            Some(target) => self.retarget(home, of, target, keys),
            None => Ok(of),
        }
    }

    /// The same reference, to a managed object of a name.
    fn retarget(
        &self,
        home: Home<'_>,
        of: TypeRef,
        target: &str,
        keys: &[&str],
    ) -> Result<TypeRef, Diagnostic> {
        match of {
            TypeRef::Reference(_) => Ok(TypeRef::Reference(Some(
                self.managed_object(home, target, keys)?,
            ))),
            _ => {
                let message =
                    format!("the catalogue names the target `{target}` for what is no reference");
                Err(at(home.catalog, Problem::Inconsistent(message), keys))
            }
        }
    }

    /// The value, or nothing after noting the error.
    fn accept<T>(&mut self, result: Result<T, Diagnostic>) -> Option<T> {
        result.map_err(|error| self.errors.push(error)).ok()
    }
}

fn missing(home: Home<'_>, what: &'static str, name: &str, keys: &[&str]) -> Diagnostic {
    at(
        home.catalog,
        Problem::CatalogMissing {
            what,
            name: name.to_owned(),
        },
        keys,
    )
}

fn unknown<'a, T>(
    home: Home<'a>,
    what: &'static str,
    facts: &'a Named<T>,
    section: &'a str,
    known: &'a BTreeSet<String>,
) -> impl Iterator<Item = Diagnostic> + 'a {
    facts
        .iter()
        .filter(|(name, _)| !known.contains(*name))
        .map(move |(name, _)| {
            at(
                home.catalog,
                Problem::CatalogUnknown {
                    what,
                    name: name.to_owned(),
                },
                &[section, name],
            )
        })
}
