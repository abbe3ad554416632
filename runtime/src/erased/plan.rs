//! What a builder works out once for each type that it meets, to fill objects of it many times.

use std::mem::{ManuallyDrop, MaybeUninit};
use std::ptr;

use super::interpret;
use super::object::AnyObject;
use super::shape::{Arity, Kind};
use super::type_info::{FieldInfo, TypeInfo};
use crate::xml::scan::same;

/// A type with all its fields in one list, and with what an object of it begins as.
#[derive(Debug)]
pub(super) struct Plan {
    info: &'static TypeInfo,
    /// Every field in the order of the schema, those of the base first.
    fields: Box<[PlannedField]>,
    /// An object with every field unset or at its default, if that owns no memory.
    blank: Option<Box<[MaybeUninit<u64>]>>,
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
        Self {
            info,
            fields: fields
                .map(|field| PlannedField {
                    name: field.name().as_bytes(),
                    field,
                })
                .collect(),
            blank: (!begins_with_memory(info)).then(|| blank(info)),
        }
    }

    /// The type.
    pub(super) fn info(&self) -> &'static TypeInfo {
        self.info
    }

    /// The field with this wire name and its position. The search begins at a position, and goes on
    /// before it if it must.
    #[inline]
    pub(super) fn find(&self, name: &[u8], from: usize) -> Option<(usize, &'static FieldInfo)> {
        let (before, after) = self.fields.split_at_checked(from)?;
        match find(after, name) {
            Some((position, field)) => Some((from + position, field)),
            None => find_before(before, name),
        }
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

/// As [`find`], in a function of its own: elements that are out of order are rare.
#[inline(never)]
fn find_before(fields: &[PlannedField], name: &[u8]) -> Option<(usize, &'static FieldInfo)> {
    find(fields, name)
}

/// An object of the type, every field unset or at its default. It is never dropped.
fn blank(info: &'static TypeInfo) -> Box<[MaybeUninit<u64>]> {
    let mut memory = Box::new_uninit_slice(info.size().div_ceil(size_of::<u64>()));
    // SAFETY: the memory is large enough, and aligned as no object exceeds.
    unsafe { interpret::init(memory.as_mut_ptr().cast(), info) };
    memory
}

/// Whether an object with nothing set owns memory already: a required field of a kind that is held
/// by a pointer does.
fn begins_with_memory(info: &'static TypeInfo) -> bool {
    let mut fields = info.ancestry().flat_map(TypeInfo::own_fields);
    fields.any(|field| match (field.shape().arity, field.shape().kind) {
        (Arity::One, Kind::Reference | Kind::Boxed(_) | Kind::Dyn(_)) => true,
        (Arity::One, Kind::Inline(link)) => begins_with_memory(link.get()),
        _ => false,
    })
}

/// The plans of the types that were met.
#[derive(Debug)]
pub(super) struct Plans {
    plans: Vec<Plan>,
    /// Where in `plans` a type with this hash was found last.
    found: [u16; SLOTS],
}

const SLOTS: usize = 256;

impl Plans {
    pub(super) const fn new() -> Self {
        Self {
            plans: Vec::new(),
            found: [0; SLOTS],
        }
    }

    /// The position of the plan for a type.
    #[inline]
    pub(super) fn position(&mut self, info: &'static TypeInfo) -> usize {
        let slot = ptr::from_ref(info).addr() / size_of::<TypeInfo>() % SLOTS;
        let found = usize::from(self.found[slot]);
        let is_it = |plan: &Plan| ptr::eq(plan.info, info);
        if self.plans.get(found).is_some_and(is_it) {
            return found;
        }
        let known = self.plans.iter().position(is_it);
        let position = known.unwrap_or_else(|| {
            self.plans.push(Plan::new(info));
            self.plans.len() - 1
        });
        self.found[slot] = u16::try_from(position).unwrap_or_default();
        position
    }

    /// The plan at a position that [`Self::position`] gave.
    #[inline]
    pub(super) fn at(&self, position: usize) -> &Plan {
        &self.plans[position]
    }
}
