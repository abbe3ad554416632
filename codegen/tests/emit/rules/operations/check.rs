//! What methods take and give, for every shape of parameter and result. That it compiles is most of the test.

use vmomi_runtime::{Any, Call, DateTime, Dyn, ManagedObjectReference, MoRef, PendingTask};

use super::api::test::{Color, Leaf, Machine, Open, TYPES, Thing};

pub fn check() {
    assert!(
        TYPES
            .data_object("Leaf")
            .is_some_and(|leaf| leaf.is_a(<Open as vmomi_runtime::DataObject>::type_info()))
    );
    let _ = Leaf::default();
}

type Results<'a> = (
    (Call<'a, i32>, Call<'a, Option<i32>>, Call<'a, Vec<i32>>),
    (Call<'a, Option<String>>, Call<'a, DateTime>, Call<'a, Any>),
    (Call<'a, Thing>, Call<'a, Option<Thing>>),
    (Call<'a, Dyn<Open>>, Call<'a, Vec<Dyn<Open>>>),
    (Call<'a, Option<Color>>, Call<'a, ()>),
);

pub fn _results(machine: &Machine) -> Results<'_> {
    (
        (
            machine.get_int(),
            machine.get_int_maybe(),
            machine.get_ints(),
        ),
        (machine.get_text(), machine.get_time(), machine.get_any()),
        (machine.get_thing(), machine.get_thing_maybe()),
        (machine.get_open(), machine.get_opens()),
        (machine.get_color(), machine.get_nothing()),
    )
}

type Tasks<'a> = (
    Call<'a, ManagedObjectReference>,
    Call<'a, PendingTask<()>>,
    Call<'a, PendingTask<Thing>>,
    Call<'a, PendingTask<Vec<Dyn<Open>>>>,
    Call<'a, PendingTask<Option<MoRef<Machine>>>>,
    Call<'a, PendingTask<Any>>,
);

pub fn _tasks(machine: &Machine) -> Tasks<'_> {
    (
        machine.plain_task(),
        machine.void_task(),
        machine.thing_task(),
        machine.things_task(),
        machine.ref_task(),
        machine.any_task(),
    )
}

pub struct Arguments {
    time: DateTime,
    any: Any,
    thing: Thing,
    open: Dyn<Open>,
    color: Color,
    reference: ManagedObjectReference,
}

pub fn _take<'a>(
    machine: &'a Machine,
    of: &'a Arguments,
) -> (Call<'a, ()>, Call<'a, Option<Dyn<Open>>>) {
    let take = machine.take(
        true,
        "text",
        b"bytes",
        of.time,
        &of.any,
        &of.thing,
        &of.open,
        &of.color,
        &of.reference,
        Some(true),
        Some("text"),
        Some(b"bytes"),
        Some(of.time),
        Some(&of.any),
        Some(&of.thing),
        Some(&of.open),
        Some(&of.color),
        Some(&of.reference),
        &[true],
        &[],
        &[],
        &[],
        &[],
        &[],
        &[],
        &[],
        &[],
    );
    (take, machine.same("this", Some(1), 2))
}
