//! What a builder works out once for each type that it meets, to fill objects of it many times.

use std::collections::HashMap;
use std::mem::{ManuallyDrop, MaybeUninit};
use std::ptr;

use super::interpret;
use super::object::AnyObject;
use super::shape::{Arity, Kind};
use super::type_info::{FieldInfo, TypeInfo};
use crate::budget::{Budget, OverBudget, block};
use crate::reference::ManagedObjectReference;
use crate::xml::scan::{mixed, same};

/// A type with all its fields in one list, and with what an object of it begins as.
#[derive(Debug)]
pub(super) struct Plan {
    info: &'static TypeInfo,
    /// Every field in the order of the schema, those of the base first.
    fields: Box<[PlannedField]>,
    /// Where in `fields` names are found that are not among the next few; empty for a type with few
    /// fields, which are looked through.
    index: Box<[u16]>,
    /// An object with every field unset or at its default, if that owns no memory.
    blank: Option<Box<[MaybeUninit<u64>]>>,
    /// What an object with nothing set owns.
    owned: u64,
}

/// A field and, so that searching need not look further, its wire name.
#[derive(Debug)]
struct PlannedField {
    name: &'static [u8],
    field: &'static FieldInfo,
}

impl Plan {
    fn new(info: &'static TypeInfo) -> Self {
        let mut levels: Vec<_> = info.ancestry().collect();
        levels.reverse();
        let fields = levels.into_iter().flat_map(TypeInfo::own_fields);
        let owned = owned_by_blank(info);
        let fields: Box<[_]> = fields
            .map(|field| PlannedField {
                name: field.name().as_bytes(),
                field,
            })
            .collect();
        Self {
            info,
            index: index(&fields).unwrap_or_default(),
            fields,
            blank: (owned == 0).then(|| blank(info)),
            owned,
        }
    }

    /// What the plan for a type takes.
    fn bytes(info: &'static TypeInfo) -> u64 {
        let fields: usize = info.ancestry().map(|level| level.own_fields().len()).sum();
        block(fields * size_of::<PlannedField>())
            + block(size_of::<u16>() * index_length(fields))
            + block(info.size())
    }

    /// The type.
    pub(super) fn info(&self) -> &'static TypeInfo {
        self.info
    }

    /// The field with this wire name and its position. The search begins at a position, and goes on
    /// before it if it must.
    #[inline]
    pub(super) fn find(&self, name: &[u8], from: usize) -> Option<(usize, &'static FieldInfo)> {
        let after = self.fields.get(from..)?;
        match find(&after[..after.len().min(NEXT)], name) {
            Some((position, field)) => Some((from + position, field)),
            None => self.find_farther(name, from),
        }
    }

    /// What an object with nothing set owns: the objects and references that are required.
    pub(super) fn owned_bytes(&self) -> u64 {
        self.owned
    }

    /// What [`Self::new_object`] takes.
    pub(super) fn object_bytes(&self) -> u64 {
        block(AnyObject::bytes(self.info)) + self.owned
    }

    /// What [`Self::new_box`] takes.
    pub(super) fn box_bytes(&self) -> u64 {
        block(self.info.size()) + self.owned
    }

    /// As [`Self::find`], in a function of its own: that so many fields in a row are unset, or that
    /// elements are out of order or unknown, is rare.
    #[inline(never)]
    fn find_farther(&self, name: &[u8], from: usize) -> Option<(usize, &'static FieldInfo)> {
        if !self.index.is_empty() {
            return self.look_up(name);
        }
        let (before, after) = self.fields.split_at_checked(from)?;
        let skipped = after.len().min(NEXT);
        match find(&after[skipped..], name) {
            Some((position, field)) => Some((from + skipped + position, field)),
            None => find(before, name),
        }
    }

    fn look_up(&self, name: &[u8]) -> Option<(usize, &'static FieldInfo)> {
        for place in places(name, self.index.len()) {
            let position = usize::from(self.index[place]);
            // No field has the position of an empty place.
            let planned = self.fields.get(position)?;
            if same(planned.name, name) {
                return Some((position, planned.field));
            }
        }
        None
    }

    /// An object with every field unset or at its default.
    pub(super) fn new_object(&self) -> AnyObject {
        let object = AnyObject::allocate(self.info);
        // SAFETY: allocated for an object of the type.
        unsafe { self.init(object.data()) };
        ManuallyDrop::into_inner(object)
    }

    /// As [`interpret::new_box`].
    pub(super) fn new_box(&self) -> *mut u8 {
        let memory = interpret::allocate_box(self.info);
        // SAFETY: allocated for an object of the type.
        unsafe { self.init(memory) };
        memory
    }

    /// Writes an object with every field unset or at its default.
    ///
    /// # Safety
    /// `object` points to uninitialised memory for an object of the type.
    #[inline]
    pub(super) unsafe fn init(&self, object: *mut u8) {
        // SAFETY: the memory has the size of the type, as the blank object at least has. That owns
        // nothing, so a copy of its bytes is an object of its own.
        unsafe {
            match &self.blank {
                Some(blank) => {
                    ptr::copy_nonoverlapping(blank.as_ptr().cast(), object, self.info.size());
                }
                None => interpret::init(object, self.info),
            }
        }
    }
}

#[inline]
fn find(fields: &[PlannedField], name: &[u8]) -> Option<(usize, &'static FieldInfo)> {
    let position = fields.iter().position(|planned| same(planned.name, name))?;
    Some((position, fields[position].field))
}

/// So many fields are compared with a name before it is looked up.
const NEXT: usize = 8;

/// A type with no more fields has no index.
const SHORT: usize = 2 * NEXT;

/// What an index holds where there is no field.
const EMPTY: u16 = u16::MAX;

/// How long the index is for so many fields; none where looking through them is as good.
fn index_length(fields: usize) -> usize {
    match fields {
        0..=SHORT => 0,
        _ => 2 * fields.next_power_of_two(),
    }
}

/// Where the fields are found by their names, half of it empty. `None` where two have one name, of
/// which the next is meant, or where there are more than an index can tell of.
fn index(fields: &[PlannedField]) -> Option<Box<[u16]>> {
    let mut index = vec![EMPTY; index_length(fields.len())].into_boxed_slice();
    if index.is_empty() {
        return Some(index);
    }
    for (position, planned) in fields.iter().enumerate() {
        let mut places = places(planned.name, index.len());
        let free = places.find_map(|place| match fields.get(usize::from(index[place])) {
            None => Some(Some(place)),
            Some(other) => same(other.name, planned.name).then_some(None),
        });
        index[free??] = u16::try_from(position).ok().filter(|at| *at != EMPTY)?;
    }
    Some(index)
}

/// The places in an index of this length, a power of two, at which a name may be, in order.
fn places(name: &[u8], length: usize) -> impl Iterator<Item = usize> {
    let first = mixed(name);
    (0..length).map(move |step| first.wrapping_add(step) & (length - 1))
}

/// An object of the type, every field unset or at its default. It is never dropped.
fn blank(info: &'static TypeInfo) -> Box<[MaybeUninit<u64>]> {
    let mut memory = Box::new_uninit_slice(info.size().div_ceil(size_of::<u64>()));
    // SAFETY: the memory is large enough, and aligned as no object exceeds.
    unsafe { interpret::init(memory.as_mut_ptr().cast(), info) };
    memory
}

/// What an object with nothing set owns already: a required field of a kind that is held by a
/// pointer does.
fn owned_by_blank(info: &'static TypeInfo) -> u64 {
    let fields = info.ancestry().flat_map(TypeInfo::own_fields);
    let owned = fields.map(|field| match (field.shape().arity, field.shape().kind) {
        (Arity::One, Kind::Reference) => block(ManagedObjectReference::PARTS),
        (Arity::One, Kind::Boxed(link)) => block(link.get().size()) + owned_by_blank(link.get()),
        (Arity::One, Kind::Dyn(link)) => {
            block(AnyObject::bytes(link.get())) + owned_by_blank(link.get())
        }
        (Arity::One, Kind::Inline(link)) => owned_by_blank(link.get()),
        // The empty name of a value that was never set takes nothing.
        _ => 0,
    });
    owned.sum()
}

/// The plans of the types that were met.
#[derive(Debug)]
pub(super) struct Plans {
    plans: Vec<Plan>,
    /// Where in `plans` a type with this hash was found last.
    found: [u16; SLOTS],
    /// Where in `plans` each type is, by its address.
    all: HashMap<usize, usize>,
}

const SLOTS: usize = 256;

/// What a place in [`Plans::all`] takes at most, while the table grows and there are two of it.
const BYTES_OF_PLACE: u64 = 64;

impl Plans {
    pub(super) fn new() -> Self {
        Self {
            plans: Vec::new(),
            found: [0; SLOTS],
            all: HashMap::new(),
        }
    }

    /// The position of the plan for a type, if there is one.
    #[inline]
    pub(super) fn position(&mut self, info: &'static TypeInfo) -> Option<usize> {
        let slot = slot(info);
        let found = usize::from(self.found[slot]);
        let is_it = |plan: &Plan| ptr::eq(plan.info, info);
        if self.plans.get(found).is_some_and(is_it) {
            return Some(found);
        }
        let known = *self.all.get(&ptr::from_ref(info).addr())?;
        self.found[slot] = u16::try_from(known).unwrap_or_default();
        Some(known)
    }

    /// Makes the plan for a type for which there is none. Returns its position.
    #[inline(never)]
    pub(super) fn make(
        &mut self,
        info: &'static TypeInfo,
        budget: &mut Budget,
    ) -> Result<usize, OverBudget> {
        budget.take_exactly(Plan::bytes(info) + BYTES_OF_PLACE)?;
        let position = self.plans.len();
        budget.push(&mut self.plans, Plan::new(info))?;
        self.all.insert(ptr::from_ref(info).addr(), position);
        self.found[slot(info)] = u16::try_from(position).unwrap_or_default();
        Ok(position)
    }

    /// The plan at a position that [`Self::position`] gave.
    #[inline]
    pub(super) fn at(&self, position: usize) -> &Plan {
        &self.plans[position]
    }
}

/// Where in [`Plans::found`] the position of a type's plan is remembered.
#[inline]
fn slot(info: &'static TypeInfo) -> usize {
    ptr::from_ref(info).addr() / size_of::<TypeInfo>() % SLOTS
}
