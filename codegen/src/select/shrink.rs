//! From a model to the smaller one that has only what was reached.

use std::collections::BTreeSet;

use super::cut::Cut;
use super::node::Node;
use super::reach::Reached;
use crate::model::{
    ArrayId, ArrayType, DataObject, DataObjectId, EnumerationId, Field, ManagedObject,
    ManagedObjectId, Model, NamespaceId, Operation, OperationId, ServiceId, Shape, Task, TypeRef,
};

/// Makes the smaller model. Its lists have the order of the greater one's, so they are sorted as those are. Namespaces
/// stay as they are, since those without types have no code.
pub(super) fn shrink(model: &Model, reached: &Reached, cut: &Cut) -> Model {
    let kept = Kept::of(model, reached);
    let data_objects = model
        .data_object_ids()
        .filter(|id| kept.has_data_object(*id));
    let enumerations = model.enumeration_ids();
    let enumerations = enumerations.filter(|id| kept.enumerations[id.index()].is_some());
    let arrays = model.array_ids();
    let arrays = arrays.filter(|id| kept.arrays[id.index()].is_some());
    let managed_objects = model.managed_object_ids();
    let managed_objects = managed_objects.filter(|id| kept.managed_objects[id.index()].is_some());
    let operations = model.operation_ids();
    let operations = operations.filter(|id| kept.operations[id.index()].is_some());
    let services = model.services.iter().zip(&kept.services);
    let services = services.filter(|(_, new)| new.is_some());
    Model {
        sources: model.sources.clone(),
        namespaces: model.namespaces.clone(),
        services: services.map(|(service, _)| service.clone()).collect(),
        data_objects: data_objects
            .map(|id| kept.data_object(model, id, cut))
            .collect(),
        enumerations: enumerations.map(|id| model[id].clone()).collect(),
        arrays: arrays.map(|id| kept.array(&model[id])).collect(),
        managed_objects: managed_objects
            .map(|id| kept.managed_object(model, id, reached))
            .collect(),
        operations: operations.map(|id| kept.operation(&model[id])).collect(),
        // A slice leaves out on purpose; what has no counterpart besides is of no interest in it.
        set_aside: Vec::new(),
        warnings: model.warnings.clone(),
    }
}

/// For each id of the greater model that of the smaller one, where it has the thing.
///
/// What is kept refers to nothing that is not, since it was reached from there. Were it otherwise, a type that is
/// missing would become one that any value fits.
struct Kept {
    services: Vec<Option<ServiceId>>,
    data_objects: Vec<Option<DataObjectId>>,
    enumerations: Vec<Option<EnumerationId>>,
    arrays: Vec<Option<ArrayId>>,
    managed_objects: Vec<Option<ManagedObjectId>>,
    operations: Vec<Option<OperationId>>,
    /// For each data object how many of those that extend it directly are not kept.
    subtypes_left_out: Vec<usize>,
}

impl Kept {
    fn of(model: &Model, reached: &Reached) -> Self {
        let has = |node: Node| reached.contains_key(&node);
        let mut kept = Self {
            services: Vec::new(),
            data_objects: renumbered(model.data_object_ids(), |id| has(Node::DataObject(id))),
            enumerations: renumbered(model.enumeration_ids(), |id| has(Node::Enumeration(id))),
            arrays: Vec::new(),
            managed_objects: renumbered(model.managed_object_ids(), |id| has(Node::Stub(id))),
            operations: renumbered(model.operation_ids(), |id| has(Node::Operation(id))),
            subtypes_left_out: vec![0; model.data_objects.len()],
        };
        for id in model
            .data_object_ids()
            .filter(|id| !has(Node::DataObject(*id)))
        {
            if let Some(base) = model[id].base {
                kept.subtypes_left_out[base.index()] += 1;
            }
        }
        // They name lists inside an `anyType`, where nothing leads to them: each comes with its items' type.
        kept.arrays = renumbered(model.array_ids(), |id| {
            has(Node::Array(id)) || kept.has_type(model[id].of)
        });
        let namespaces: BTreeSet<NamespaceId> = reached
            .keys()
            .map(|node| node.namespace_id(model))
            .collect();
        let services = (0..model.services.len()).map(ServiceId::from);
        kept.services = renumbered(services, |id| namespaces.contains(&model[id].namespace));
        kept
    }

    fn has_data_object(&self, id: DataObjectId) -> bool {
        self.data_objects[id.index()].is_some()
    }

    fn has_type(&self, of: TypeRef) -> bool {
        match of {
            TypeRef::Scalar(_) | TypeRef::Any | TypeRef::Reference(None) => true,
            TypeRef::Reference(Some(id)) => self.managed_objects[id.index()].is_some(),
            TypeRef::DataObject(id) => self.has_data_object(id),
            TypeRef::Enumeration(id) => self.enumerations[id.index()].is_some(),
            TypeRef::Array(_) => false,
        }
    }

    fn data_object(&self, model: &Model, id: DataObjectId, cut: &Cut) -> DataObject {
        let object = &model[id];
        let fields = object.fields.iter().enumerate();
        let fields = fields.filter(|(place, _)| !cut.holds_field(id, *place));
        DataObject {
            base: object.base.and_then(|base| self.data_objects[base.index()]),
            fields: fields.map(|(_, field)| self.field(field)).collect(),
            subtypes_left_out: object.subtypes_left_out + self.subtypes_left_out[id.index()],
            ..object.clone()
        }
    }

    fn array(&self, array: &ArrayType) -> ArrayType {
        ArrayType {
            of: self.type_ref(array.of),
            ..array.clone()
        }
    }

    fn managed_object(
        &self,
        model: &Model,
        id: ManagedObjectId,
        reached: &Reached,
    ) -> ManagedObject {
        let object = &model[id];
        let properties = object.properties.iter().enumerate();
        let properties =
            properties.filter(|(place, _)| reached.contains_key(&Node::Property(id, *place)));
        let properties: Vec<Field> = properties.map(|(_, of)| self.field(of)).collect();
        let operations = object.operations.iter();
        let operations: Vec<OperationId> = operations
            .filter_map(|id| self.operations[id.index()])
            .collect();
        let members_left_out =
            object.properties.len() - properties.len() + object.operations.len() - operations.len();
        ManagedObject {
            service: self.service(object.service),
            base: object
                .base
                .and_then(|base| self.managed_objects[base.index()]),
            properties,
            operations,
            members_left_out: object.members_left_out + members_left_out,
            ..object.clone()
        }
    }

    fn operation(&self, operation: &Operation) -> Operation {
        let owner = self.managed_objects[operation.owner.index()];
        let faults = operation.faults.iter();
        Operation {
            service: self.service(operation.service),
            owner: owner.unwrap_or(operation.owner),
            parameters: operation
                .parameters
                .iter()
                .map(|of| self.field(of))
                .collect(),
            result: operation.result.map(|of| self.shape(of)),
            task: operation.task.map(|task| Task {
                result: task.result.map(|of| self.shape(of)),
            }),
            faults: faults
                .filter_map(|id| self.data_objects[id.index()])
                .collect(),
            ..operation.clone()
        }
    }

    fn service(&self, id: ServiceId) -> ServiceId {
        self.services[id.index()].unwrap_or(id)
    }

    fn field(&self, field: &Field) -> Field {
        Field {
            shape: self.shape(field.shape),
            ..field.clone()
        }
    }

    fn shape(&self, shape: Shape) -> Shape {
        Shape {
            of: self.type_ref(shape.of),
            ..shape
        }
    }

    fn type_ref(&self, of: TypeRef) -> TypeRef {
        match of {
            TypeRef::Scalar(_) | TypeRef::Any => of,
            TypeRef::Reference(target) => {
                TypeRef::Reference(target.and_then(|id| self.managed_objects[id.index()]))
            }
            TypeRef::DataObject(id) => {
                self.data_objects[id.index()].map_or(TypeRef::Any, TypeRef::DataObject)
            }
            TypeRef::Enumeration(id) => {
                self.enumerations[id.index()].map_or(TypeRef::Any, TypeRef::Enumeration)
            }
            TypeRef::Array(id) => self.arrays[id.index()].map_or(TypeRef::Any, TypeRef::Array),
        }
    }
}

/// New ids for those that are kept, in the same order and without gaps.
fn renumbered<Id: Copy + From<usize>>(
    ids: impl Iterator<Item = Id>,
    is_kept: impl Fn(Id) -> bool,
) -> Vec<Option<Id>> {
    let mut next = 0;
    let new = ids.map(|id| {
        is_kept(id).then(|| {
            let new = Id::from(next);
            next += 1;
            new
        })
    });
    new.collect()
}
