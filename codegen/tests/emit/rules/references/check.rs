//! A reference is typed where the catalogue knows what it leads to.

use vmomi_runtime::{Call, ManagedObjectReference, MoRef};

use super::api::test::{Entity, Holder, Machine, TYPES};
use crate::round_trip;

pub fn check() {
    let reference = |value| ManagedObjectReference::new("Machine", value);
    let machine: MoRef<Machine> = reference("m-1").typed();
    let entity: MoRef<Entity> = reference("m-2").typed();
    let holder = Holder {
        one: machine.clone(),
        maybe: Some(entity),
        many: vec![machine.clone()],
        any: vec![machine.clone(), machine],
        untyped: reference("m-3"),
        untyped_any: vec![reference("m-4")],
        ..Default::default()
    };
    round_trip::same(&TYPES, &holder);
}

/// That this compiles is the test. A machine is an entity.
pub fn _find<'a>(
    machine: &'a Machine,
    root: &'a MoRef<Entity>,
    others: &'a [MoRef<Machine>],
) -> Call<'a, Vec<MoRef<Machine>>> {
    machine.find(root, others, None)
}
