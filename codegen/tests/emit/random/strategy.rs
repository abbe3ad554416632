//! Descriptions at random, with names as nasty as the dialect allows.

use std::collections::BTreeSet;

use proptest::collection::vec;
use proptest::prelude::{Just, Strategy, any};
use proptest::sample::select;
use proptest::{option, prop_oneof};
use vmomi_codegen::names;

use super::description::{
    Description, Enum, ManagedObject, Member, Object, Of, Operation, SCALARS, VERSIONS,
};

/// Names that Rust, the runtime or the generator has another use for, or that look like others.
const NASTY: [&str; 40] = [
    "type",
    "Type",
    "self",
    "Self",
    "crate",
    "super",
    "match",
    "async",
    "dyn",
    "gen",
    "Option",
    "String",
    "Vec",
    "Box",
    "Default",
    "Clone",
    "Any",
    "Dyn",
    "MoRef",
    "Call",
    "Service",
    "SERVICE",
    "TYPES",
    "base",
    "extra",
    "Extra",
    "new",
    "clone",
    "connection",
    "numCPUs",
    "iSCSI",
    "vmIPv6",
    "Unknown",
    "unknown",
    "Result",
    "a-b",
    "x.y",
    "_x",
    "Event",
    "MethodFault",
];

/// A name that an XML name may be.
fn name() -> impl Strategy<Value = String> {
    prop_oneof![
        select(&NASTY[..]).prop_map(str::to_owned),
        "[A-Za-z_][A-Za-z0-9_.-]{0,6}",
        "[A-Z][a-z]{1,5}[A-Z]{1,3}[a-z0-9]{0,3}",
        "[a-zéß][A-Za-zé0-9]{0,4}",
    ]
}

/// A value of an enum: any text without space around it.
fn value() -> impl Strategy<Value = String> {
    let text = "[ -~]{0,6}".prop_map(|text| text.trim().to_owned());
    prop_oneof![name(), text, "[a-z]{1,3}[ /:+*-][0-9a-z]{1,3}"]
}

/// A type, by numbers that are brought into range when it is known what there is.
fn of() -> impl Strategy<Value = Of> {
    prop_oneof![
        4 => (0..SCALARS.len()).prop_map(Of::Scalar),
        1 => Just(Of::Any),
        1 => option::of(0..8_usize).prop_map(Of::Reference),
        4 => (0..64_usize).prop_map(Of::Object),
        2 => (0..64_usize).prop_map(Of::Enum),
        1 => (0..64_usize).prop_map(Of::Array),
    ]
}

fn member() -> impl Strategy<Value = Member> {
    let since = option::of(0..VERSIONS.len());
    (
        name(),
        of(),
        any::<bool>(),
        any::<bool>(),
        since,
        any::<bool>(),
    )
        .prop_map(|(name, of, optional, list, since, secret)| Member {
            name,
            of,
            optional,
            list,
            since,
            secret,
        })
}

fn object() -> impl Strategy<Value = Object> {
    (
        name(),
        0..2_usize,
        option::of(0..64_usize),
        vec(member(), 0..6),
    )
        .prop_map(|(name, namespace, base, fields)| Object {
            name,
            namespace,
            base,
            fields,
        })
}

fn enumeration() -> impl Strategy<Value = Enum> {
    (name(), 0..2_usize, vec(value(), 0..6)).prop_map(|(name, namespace, values)| Enum {
        name,
        namespace,
        values,
    })
}

fn managed_object() -> impl Strategy<Value = ManagedObject> {
    (name(), option::of(0..64_usize), vec(member(), 0..4)).prop_map(|(name, base, properties)| {
        ManagedObject {
            name,
            base,
            properties,
        }
    })
}

fn operation() -> impl Strategy<Value = Operation> {
    let result = option::of(member());
    let faults = vec(0..64_usize, 0..3);
    (
        name(),
        0..64_usize,
        vec(member(), 0..4),
        result,
        any::<bool>(),
        faults,
    )
        .prop_map(
            |(name, owner, parameters, result, task, faults)| Operation {
                name,
                owner,
                parameters,
                result,
                task,
                faults,
            },
        )
}

/// Descriptions that the generator accepts.
pub fn description() -> impl Strategy<Value = Description> {
    let objects = vec(object(), 1..8);
    let managed_objects = vec(managed_object(), 0..4);
    (
        objects,
        vec(enumeration(), 0..3),
        managed_objects,
        vec(operation(), 0..4),
    )
        .prop_map(|(objects, enums, managed_objects, operations)| {
            settle(Description {
                objects,
                enums,
                managed_objects,
                operations,
            })
        })
}

/// Brings numbers into range and makes names differ where they must.
fn settle(mut of: Description) -> Description {
    let mut taken = [Taken::new(), Taken::new()];
    // The stub of a service without catalogue, and what messages are made of.
    taken[0].take("TestPortType", names::type_name);
    taken[1].take("ManagedObjectReference", names::type_name);
    for object in &mut of.objects {
        object.name = taken[object.namespace].settle_type(&object.name);
    }
    for enumeration in &mut of.enums {
        enumeration.name = taken[enumeration.namespace].settle_type(&enumeration.name);
        let mut taken = Taken::new();
        enumeration
            .values
            .retain(|value| taken.take(value, names::variant_name));
    }
    for managed_object in &mut of.managed_objects {
        // A catalogue writes names without namespace.
        managed_object.name = taken[0].settle_type(&managed_object.name);
    }
    let known = of.clone();
    for (index, managed_object) in of.managed_objects.iter_mut().enumerate() {
        managed_object.base = managed_object
            .base
            .filter(|_| index > 0)
            .map(|base| base % index);
        let mut taken = Taken::new();
        managed_object.properties.retain_mut(|property| {
            property.of = settled(&known, property.of, 0);
            is_unambiguous(&known, property.of) && taken.take(&property.name, names::field_name)
        });
    }
    for index in 0..of.objects.len() {
        let base = of.objects[index]
            .base
            .filter(|_| index > 0)
            .map(|base| base % index);
        let namespace = of.objects[index].namespace;
        of.objects[index].base = base.filter(|base| of.objects[*base].namespace >= namespace);
        let ancestors: Vec<usize> = of.ancestors(index).collect();
        let inherited = ancestors
            .into_iter()
            .flat_map(|ancestor| &of.objects[ancestor].fields);
        let inherited: BTreeSet<String> = inherited.map(|field| field.name.clone()).collect();
        let mut taken = Taken::new();
        of.objects[index].fields.retain_mut(|field| {
            field.of = settled(&known, field.of, namespace);
            !inherited.contains(&field.name) && taken.take(&field.name, names::field_name)
        });
    }
    let is_fault = |index: usize| {
        let mut line = [index].into_iter().chain(of.ancestors(index));
        line.any(|index| of.objects[index].name == "MethodFault")
    };
    let faults: Vec<usize> = (0..of.objects.len())
        .filter(|index| is_fault(*index))
        .collect();
    let mut methods = Taken::new();
    of.operations.retain_mut(|operation| {
        operation.faults.retain(|fault| faults.contains(fault));
        operation.faults.dedup();
        operation.owner = operation
            .owner
            .checked_rem(known.managed_objects.len())
            .unwrap_or(0);
        let mut taken = Taken::new();
        operation.parameters.retain_mut(|parameter| {
            parameter.of = settled(&known, parameter.of, 0);
            taken.take(&parameter.name, names::parameter_name)
        });
        if let Some(result) = &mut operation.result {
            result.of = settled(&known, result.of, 0);
        }
        operation.task &= matches!(
            operation.result,
            Some(Member {
                of: Of::Reference(_),
                optional: false,
                list: false,
                ..
            })
        );
        // Other elements have these names.
        let is_plain = !operation.name.ends_with("Response") && !operation.name.starts_with('f');
        is_plain && methods.take(&operation.name, names::method_name)
    });
    of
}

/// A type that there is, of a namespace that one may refer to from another.
fn settled(known: &Description, of: Of, from: usize) -> Of {
    let object = |index: usize| index % known.objects.len();
    let settled = match of {
        Of::Object(index) => Of::Object(object(index)),
        Of::Array(index) => Of::Array(object(index)),
        Of::Enum(_) if known.enums.is_empty() => Of::Any,
        Of::Enum(index) => Of::Enum(index % known.enums.len()),
        Of::Reference(target) => {
            let managed = known.managed_objects.len();
            let target = target
                .filter(|_| from == 0)
                .and_then(|target| target.checked_rem(managed));
            Of::Reference(target)
        }
        of => of,
    };
    match settled {
        Of::Object(index) | Of::Array(index) if known.objects[index].namespace < from => Of::Any,
        Of::Enum(index) if known.enums[index].namespace < from => Of::Any,
        of => of,
    }
}

/// Whether a catalogue can name a type: it writes no namespace, and has no word for arrays.
fn is_unambiguous(known: &Description, of: Of) -> bool {
    let name = match of {
        Of::Object(index) => &known.objects[index].name,
        Of::Enum(index) => &known.enums[index].name,
        Of::Array(_) => return false,
        Of::Scalar(_) | Of::Any | Of::Reference(_) => return true,
    };
    let objects = known.objects.iter().map(|of| &of.name);
    let enums = known.enums.iter().map(|of| &of.name);
    objects.chain(enums).filter(|other| *other == name).count() == 1
}

/// Names that are taken, on the wire and in Rust.
struct Taken(BTreeSet<String>);

impl Taken {
    fn new() -> Self {
        Self(BTreeSet::new())
    }

    /// Whether a name was free, which it no longer is.
    fn take(&mut self, wire: &str, rule: fn(&str) -> String) -> bool {
        self.0.insert(rule(wire))
    }

    /// The name, or one like it that is free as a type's and as a static's.
    fn settle_type(&mut self, wire: &str) -> String {
        let mut name = wire.to_owned();
        // An array or request would be none of what its name says, and the reference is one type only.
        while name.starts_with("ArrayOf")
            || self.0.contains(&names::type_name(&name))
            || self.0.contains(&names::static_name(&name))
        {
            name.insert(0, 'X');
        }
        self.0.insert(names::type_name(&name));
        self.0.insert(names::static_name(&name));
        name
    }
}
