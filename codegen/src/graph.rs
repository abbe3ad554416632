//! What follows from inheritance and from how data objects hold each other.

use crate::model::{DataObjectId, Field, Model, NamespaceId, TypeRef};

/// Facts on the data objects of one model, computed once.
#[derive(Debug)]
pub struct Graph {
    children: Vec<Vec<DataObjectId>>,
    depths: Vec<usize>,
    /// For each data object the number of its group: those that always hold each other are in one.
    groups: Vec<usize>,
    /// For each data object, whether it can own a value of its own type without a `Dyn` in between.
    recursive: Vec<bool>,
}

impl Graph {
    /// Computes the facts of a model.
    pub fn of(model: &Model) -> Self {
        let mut children = vec![Vec::new(); model.data_objects.len()];
        for id in model.data_object_ids() {
            if let Some(base) = model[id].base {
                children[base.index()].push(id);
            }
        }
        Self {
            depths: depths(model, &children),
            groups: groups(model, requirements),
            recursive: recursive(model),
            children,
        }
    }

    /// The data objects that extend a data object directly, in order.
    pub fn children(&self, id: DataObjectId) -> &[DataObjectId] {
        &self.children[id.index()]
    }

    /// The data objects that extend a data object, directly or not, in order of depth and then of the model.
    pub fn descendants(&self, id: DataObjectId) -> Vec<DataObjectId> {
        let mut descendants = self.children(id).to_vec();
        let mut next = 0;
        while let Some(descendant) = descendants.get(next).copied() {
            descendants.extend_from_slice(self.children(descendant));
            next += 1;
        }
        descendants
    }

    /// How many ancestors a data object has.
    pub fn depth(&self, id: DataObjectId) -> usize {
        self.depths[id.index()]
    }

    /// Whether a required field leads, through required fields only, back to the data object that it stands in.
    ///
    /// Such a type would have no finite value, and without subtypes no size. The field is in truth optional: it has to
    /// be a pointer that may be absent.
    pub fn is_recursive(&self, holder: DataObjectId, field: &Field) -> bool {
        always_held(field)
            .is_some_and(|held| self.groups[held.index()] == self.groups[holder.index()])
    }

    /// Whether a namespace uses a data object as `Dyn`: it has subtypes there, or is recursive.
    ///
    /// The compiler's drop glue for a recursive struct calls itself once per level, and a deep
    /// value would overflow the stack. `Dyn` drops without recursion. All uses of the type are
    /// `Dyn`, so that one function can walk every level of a tree.
    pub fn is_dyn(&self, model: &Model, id: DataObjectId, namespace: NamespaceId) -> bool {
        self.recursive[id.index()] || model.is_polymorphic(id, namespace)
    }

    /// Whether a data object can own a value of its own type without a `Dyn` for subtypes in
    /// between.
    pub fn owns_its_own_type(&self, id: DataObjectId) -> bool {
        self.recursive[id.index()]
    }
}

/// The number of each data object's strongly connected component, by Tarjan's algorithm with an
/// explicit stack, so that no input overflows the thread's.
fn groups(model: &Model, held_by: fn(&Model, DataObjectId) -> Vec<DataObjectId>) -> Vec<usize> {
    const NONE: usize = usize::MAX;
    let count = model.data_objects.len();
    let (mut index, mut low, mut group) = (vec![NONE; count], vec![0; count], vec![NONE; count]);
    let (mut visited, mut groups) = (0, 0);
    let mut open = Vec::new();
    for start in model.data_object_ids() {
        if index[start.index()] != NONE {
            continue;
        }
        let mut path = vec![(start, held_by(model, start), 0)];
        while let Some((id, held, next)) = path.last_mut() {
            let at = id.index();
            if *next == 0 && index[at] == NONE {
                index[at] = visited;
                low[at] = visited;
                visited += 1;
                open.push(*id);
            }
            if let Some(other) = held.get(*next).copied() {
                *next += 1;
                match index[other.index()] {
                    NONE => path.push((other, held_by(model, other), 0)),
                    seen if group[other.index()] == NONE => low[at] = low[at].min(seen),
                    _ => {}
                }
                continue;
            }
            if low[at] == index[at] {
                while let Some(member) = open.pop() {
                    group[member.index()] = groups;
                    if member.index() == at {
                        break;
                    }
                }
                groups += 1;
            }
            path.pop();
            if let Some((parent, ..)) = path.last() {
                low[parent.index()] = low[parent.index()].min(low[at]);
            }
        }
    }
    group
}

/// For each data object, whether it can own a value of its own type without a `Dyn` in between.
fn recursive(model: &Model) -> Vec<bool> {
    let groups = groups(model, held_in_place);
    let mut sizes = vec![0_usize; groups.len()];
    for group in &groups {
        sizes[*group] += 1;
    }
    model
        .data_object_ids()
        .map(|id| sizes[groups[id.index()]] > 1 || held_in_place(model, id).contains(&id))
        .collect()
}

/// The data objects that a data object contains, or owns through a `Box` or `Vec`, before recursive
/// types become `Dyn`.
fn held_in_place(model: &Model, id: DataObjectId) -> Vec<DataObjectId> {
    let object = &model[id];
    let fields = object
        .fields
        .iter()
        .filter_map(|field| match field.shape.of {
            TypeRef::DataObject(held) if !model.is_polymorphic(held, object.namespace) => {
                Some(held)
            }
            _ => None,
        });
    object.base.into_iter().chain(fields).collect()
}

/// The data objects that a data object always holds: its base, and those in required fields.
fn requirements(model: &Model, id: DataObjectId) -> Vec<DataObjectId> {
    let object = &model[id];
    let fields = object.fields.iter().filter_map(always_held);
    object.base.into_iter().chain(fields).collect()
}

/// The data object that a field holds one of, whatever its value.
fn always_held(field: &Field) -> Option<DataObjectId> {
    match field.shape.of {
        TypeRef::DataObject(id) if !field.shape.optional && !field.shape.list => Some(id),
        _ => None,
    }
}

fn depths(model: &Model, children: &[Vec<DataObjectId>]) -> Vec<usize> {
    let mut depths = vec![0; children.len()];
    let mut next: Vec<DataObjectId> = model
        .data_object_ids()
        .filter(|id| model[*id].base.is_none())
        .collect();
    while let Some(id) = next.pop() {
        for child in &children[id.index()] {
            depths[child.index()] = depths[id.index()] + 1;
            next.push(*child);
        }
    }
    depths
}
