//! Managed objects, which only catalogues know.

use std::collections::BTreeMap;

use super::{Home, Layer, at};
use crate::catalog::{self, Catalog};
use crate::diagnostic::Problem;
use crate::model::{Field, ManagedObject, ManagedObjectId, Model, ServiceId, Shape};
use crate::xml::check_name;

/// The managed objects of the catalogues, in order of service and name, and the stubs of the other services.
pub(super) fn declare(
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
            members_left_out: 0,
            vmodl: facts.vmodl.clone(),
            since: facts.since.clone(),
        }));
    }
    objects
}

impl Layer {
    pub(super) fn managed_objects(&mut self, home: Home<'_>) {
        for (name, facts) in home.catalog.facts.managed_objects.iter() {
            let Some(id) = self.targets.managed_object(name, home.service) else {
                continue;
            };
            self.refuse_bad_name(home, name, &["managed_objects", name]);
            let base = facts
                .base
                .as_deref()
                .map(|base| self.managed_object(home, base, &["managed_objects", name, "base"]));
            let base = self.accept(base.transpose()).flatten();
            let mut properties = Vec::new();
            for (property, facts) in facts.properties.iter() {
                let keys = ["managed_objects", name, "properties", property];
                self.refuse_bad_name(home, property, &keys);
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

    /// Refuses what can be no name in a WSDL either: only a catalogue names managed objects and
    /// properties.
    fn refuse_bad_name(&mut self, home: Home<'_>, name: &str, keys: &[&str]) {
        if let Err(rule) = check_name(name) {
            let cause = format!("`{name}` is not a name");
            let error = at(home.catalog, Problem::BrokenCatalog(cause), keys);
            self.errors.push(error.help(rule));
        }
    }

    fn refuse_managed_circles(&mut self, home: Home<'_>) {
        let total = self.model.managed_objects.len();
        let ancestors = |id| self.model.managed_ancestors(id);
        let mut of_service = self
            .model
            .managed_object_ids()
            .filter(|id| self.model[*id].service == home.service);
        // After as many steps upwards as there are managed objects, the walk is in a circle. One error for all: every
        // member of the circle, and all that extend one, would give the same.
        if let Some(member) = of_service.find_map(|id| ancestors(id).nth(total)) {
            let others = ancestors(member).take_while(|ancestor| *ancestor != member);
            let circle = [member].into_iter().chain(others).chain([member]);
            let names: Vec<String> = circle.map(|id| self.model[id].name.clone()).collect();
            let name = self.model[member].name.clone();
            let keys = ["managed_objects", &name, "base"];
            self.errors
                .push(at(home.catalog, Problem::CircularInheritance(names), &keys));
        }
    }

    /// Gives the operations of services without catalogue to their stubs.
    pub(super) fn own_by_stubs(&mut self) {
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
}
