//! What the catalogues add to data objects and enumerations.

use std::collections::BTreeSet;

use super::{Home, Layer, missing, unknown};

impl Layer {
    pub(super) fn data_objects(&mut self, home: Home<'_>) {
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
            object.open = facts.open;
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

    pub(super) fn enumerations(&mut self, home: Home<'_>) {
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
}
