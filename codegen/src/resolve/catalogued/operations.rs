//! What the catalogues add to operations.

use std::collections::BTreeSet;

use super::{Home, Layer, at, missing, unknown};
use crate::catalog::{self, TaskResult};
use crate::diagnostic::Problem;
use crate::model::{OperationId, Shape, Task};

impl Layer {
    pub(super) fn operations(&mut self, home: Home<'_>) {
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
}
