//! Which operations and properties lead to a type, each by the best way.
//!
//! The search goes backwards, from the type to the members that may hold it: those of its type, and those of a type that
//! it extends, as their values may be of a subtype. A way is the better the fewer steps it has; one through a value that
//! would have to be of a certain subtype, such as a fault within a fault, comes after all that need none.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap};

use crate::graph::Graph;
use crate::model::{
    DataObjectId, EnumerationId, Field, ManagedObjectId, Model, OperationId, Shape, TypeRef,
};

/// What values are looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sought {
    DataObject(DataObjectId),
    Enumeration(EnumerationId),
    /// References to a managed object.
    Reference(ManagedObjectId),
}

/// The ways to a type. Each text is a path: `config.hardware.device[]`, and where a value has to be of a subtype for it
/// to go on, `device[]<VirtualDisk>.backing`.
#[derive(Debug, Default)]
pub(super) struct Ways {
    /// The members of that very type: `VirtualHardware.device`, `VirtualMachine.ReconfigVM_Task(spec)`.
    pub(super) users: Vec<String>,
    /// From parameters.
    pub(super) taken: BTreeMap<OperationId, Way>,
    /// From results, those of tasks among them.
    pub(super) given: BTreeMap<OperationId, Way>,
    /// From properties.
    pub(super) properties: BTreeMap<(ManagedObjectId, usize), Way>,
}

/// A way, as good as its cost is low.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Way {
    pub(super) cost: usize,
    pub(super) path: String,
}

/// What a step costs that needs a value to be of a certain subtype: more than any way has steps.
const SUBTYPE: usize = 1_000;

/// Something that has a type.
#[derive(Debug, Clone, Copy)]
enum Member {
    Field(DataObjectId, usize),
    Parameter(OperationId, usize),
    Result(OperationId),
    TaskResult(OperationId),
    Property(ManagedObjectId, usize),
}

/// Searches.
pub(super) fn ways(model: &Model, graph: &Graph, sought: Sought) -> Ways {
    let holders = Holders::of(model);
    let exact = holders.of_sought(sought);
    let mut ways = Ways {
        users: exact.iter().map(|member| member.name(model)).collect(),
        ..Ways::default()
    };
    let mut next = Queue::default();
    next.add(exact, None, None);
    if let Sought::DataObject(id) = sought {
        for ancestor in model.ancestors(id) {
            next.add(holders.of_data_object(ancestor), None, None);
        }
    }
    let mut seen = BTreeSet::new();
    while let Some((place, step)) = next.pop() {
        let way = || next.way(model, place);
        match step.member {
            Member::Parameter(id, _) => {
                ways.taken.entry(id).or_insert_with(way);
            }
            Member::Result(id) | Member::TaskResult(id) => {
                ways.given.entry(id).or_insert_with(way);
            }
            Member::Property(id, property) => {
                ways.properties.entry((id, property)).or_insert_with(way);
            }
            Member::Field(id, _) if seen.insert(id) => {
                // What extends the data object inherits the field; a value of what it extends may be one.
                for holder in [id].into_iter().chain(graph.descendants(id)) {
                    next.add(holders.of_data_object(holder), None, Some((place, step)));
                }
                for holder in model.ancestors(id) {
                    next.add(
                        holders.of_data_object(holder),
                        Some(id),
                        Some((place, step)),
                    );
                }
            }
            Member::Field(..) => {}
        }
    }
    ways
}

/// The members to look at next, the one with the best way first; of equal ones that which came first.
#[derive(Default)]
struct Queue {
    heap: BinaryHeap<Reverse<(usize, usize)>>,
    steps: Vec<Step>,
}

/// A member, and what follows it. The path is put together only where it is told: all paths
/// together would take the square of their length.
#[derive(Debug, Clone, Copy)]
struct Step {
    member: Member,
    /// What the value of the member has to be.
    subtype: Option<DataObjectId>,
    cost: usize,
    /// The place of the next step.
    next: Option<usize>,
}

impl Queue {
    /// Adds members before a step, whose values have to be of a subtype if one is named.
    fn add(
        &mut self,
        members: &[Member],
        subtype: Option<DataObjectId>,
        before: Option<(usize, Step)>,
    ) {
        let cost = before.map_or(0, |(_, step)| step.cost);
        let cost = cost + if subtype.is_some() { SUBTYPE } else { 1 };
        for member in members {
            self.heap.push(Reverse((cost, self.steps.len())));
            self.steps.push(Step {
                member: *member,
                subtype,
                cost,
                next: before.map(|(place, _)| place),
            });
        }
    }

    fn pop(&mut self) -> Option<(usize, Step)> {
        let Reverse((_, place)) = self.heap.pop()?;
        Some((place, *self.steps.get(place)?))
    }

    /// The way that begins with a step.
    fn way(&self, model: &Model, place: usize) -> Way {
        let steps = std::iter::successors(self.steps.get(place), |step| self.steps.get(step.next?));
        let mut path = String::new();
        for step in steps {
            if !path.is_empty() {
                path.push('.');
            }
            path.push_str(&step.member.step(model, step.subtype));
        }
        let cost = self.steps.get(place).map_or(0, |step| step.cost);
        Way { cost, path }
    }
}

impl Member {
    /// A step, through a value of a subtype if one is named: `device[]<VirtualDisk>`.
    fn step(self, model: &Model, subtype: Option<DataObjectId>) -> String {
        let of = |field: &'_ Field| (field.name.clone(), field.shape.list);
        let is_list = |shape: Option<Shape>| shape.is_some_and(|shape| shape.list);
        let (name, list) = match self {
            Self::Field(id, place) => of(&model[id].fields[place]),
            Self::Parameter(id, place) => of(&model[id].parameters[place]),
            Self::Property(id, place) => of(&model[id].properties[place]),
            Self::Result(id) => ("result".to_owned(), is_list(model[id].result)),
            Self::TaskResult(id) => {
                let result = model[id].task.and_then(|task| task.result);
                ("task result".to_owned(), is_list(result))
            }
        };
        let list = if list { "[]" } else { "" };
        let subtype = subtype.map(|id| format!("<{}>", model[id].name));
        format!("{name}{list}{}", subtype.unwrap_or_default())
    }

    fn name(self, model: &Model) -> String {
        let operation = |id: OperationId| operation_name(model, id);
        match self {
            Self::Field(id, place) => {
                let object = &model[id];
                format!("{}.{}", object.name, object.fields[place].name)
            }
            Self::Parameter(id, place) => {
                let parameter = &model[id].parameters[place];
                format!("{}({})", operation(id), parameter.name)
            }
            Self::Result(id) | Self::TaskResult(id) => format!("result of {}", operation(id)),
            Self::Property(id, place) => {
                let object = &model[id];
                format!("{}.{}", object.name, object.properties[place].name)
            }
        }
    }
}

/// `VirtualMachine.PowerOnVM_Task`
pub(super) fn operation_name(model: &Model, id: OperationId) -> String {
    let operation = &model[id];
    format!("{}.{}", model[operation.owner].name, operation.name)
}

/// For each type the members of that type.
struct Holders {
    data_objects: Vec<Vec<Member>>,
    enumerations: Vec<Vec<Member>>,
    managed_objects: Vec<Vec<Member>>,
}

impl Holders {
    fn of(model: &Model) -> Self {
        let mut holders = Self {
            data_objects: vec![Vec::new(); model.data_objects.len()],
            enumerations: vec![Vec::new(); model.enumerations.len()],
            managed_objects: vec![Vec::new(); model.managed_objects.len()],
        };
        // What is found first is what is shown: properties and operations before the fields that lead to further ones.
        for id in model.managed_object_ids() {
            let of = |place| Member::Property(id, place);
            holders.add_all(model, &model[id].properties, of);
        }
        for id in model.operation_ids() {
            let operation = &model[id];
            let of = |place| Member::Parameter(id, place);
            holders.add_all(model, &operation.parameters, of);
            let task = operation.task.and_then(|task| task.result);
            if let Some(shape) = task {
                holders.add(model, shape.of, Member::TaskResult(id));
            } else if let Some(shape) = operation.result.filter(|_| operation.task.is_none()) {
                holders.add(model, shape.of, Member::Result(id));
            }
        }
        for id in model.data_object_ids() {
            let of = |place| Member::Field(id, place);
            holders.add_all(model, &model[id].fields, of);
        }
        holders
    }

    fn of_data_object(&self, id: DataObjectId) -> &[Member] {
        &self.data_objects[id.index()]
    }

    fn of_sought(&self, sought: Sought) -> &[Member] {
        match sought {
            Sought::DataObject(id) => self.of_data_object(id),
            Sought::Enumeration(id) => &self.enumerations[id.index()],
            Sought::Reference(id) => &self.managed_objects[id.index()],
        }
    }

    fn add_all(&mut self, model: &Model, fields: &[Field], of: impl Fn(usize) -> Member) {
        for (place, field) in fields.iter().enumerate() {
            self.add(model, field.shape.of, of(place));
        }
    }

    fn add(&mut self, model: &Model, mut of: TypeRef, member: Member) {
        while let TypeRef::Array(id) = of {
            of = model[id].of;
        }
        match of {
            TypeRef::DataObject(id) => self.data_objects[id.index()].push(member),
            TypeRef::Enumeration(id) => self.enumerations[id.index()].push(member),
            TypeRef::Reference(Some(id)) => self.managed_objects[id.index()].push(member),
            TypeRef::Scalar(_) | TypeRef::Any | TypeRef::Reference(None) | TypeRef::Array(_) => {}
        }
    }
}
