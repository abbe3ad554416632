//! What was made by hand or by chance comes back the same, from this format and others.

use proptest::prelude::*;
use serde_core::de::{Deserialize, Deserializer};
use vmomi_runtime::decode::from_xml;
use vmomi_runtime::erased::{Field, Returned};
use vmomi_runtime::{Any, Dyn, to_xml};

use super::{read, write};
use crate::arbitrary;
use crate::documents::keeping_unknown;
use crate::erased::sample::{disk, everything, network_card, shares};
use crate::support::*;

fn same<T>(value: &T)
where
    T: Field + Returned + serde_core::Serialize + PartialEq + std::fmt::Debug,
{
    let json = write(value);
    assert_eq!(&read::<T>(&json), value, "{json}");
    let turned = reversed(&json);
    assert_eq!(&read::<T>(&turned), value, "{turned}");
}

/// The same JSON with the members of every object in the other order, so that types come last.
fn reversed(json: &str) -> String {
    fn write_reversed(value: &serde_json::Value, into: &mut String) {
        match value {
            serde_json::Value::Array(items) => {
                into.push('[');
                for (index, item) in items.iter().enumerate() {
                    into.push_str(if index > 0 { "," } else { "" });
                    write_reversed(item, into);
                }
                into.push(']');
            }
            serde_json::Value::Object(members) => {
                into.push('{');
                // The map sorts, which puts upper case before and lower case after `_`.
                let (types, others): (Vec<_>, Vec<_>) =
                    members.iter().partition(|(name, _)| *name == "_typeName");
                for (index, (name, value)) in others.into_iter().chain(types).enumerate() {
                    into.push_str(if index > 0 { "," } else { "" });
                    into.push_str(&serde_json::Value::from(name.as_str()).to_string());
                    into.push(':');
                    write_reversed(value, into);
                }
                into.push('}');
            }
            scalar => into.push_str(&scalar.to_string()),
        }
    }
    let value: serde_json::Value = serde_json::from_str(json).expect("it is JSON");
    let mut text = String::new();
    write_reversed(&value, &mut text);
    text
}

#[test]
fn values_of_every_kind() {
    same(&everything());
    same(&Everything::default());
    same(&Dyn::<VirtualDevice>::new(disk(1)));
    same(&Dyn::<DynamicData>::new(network_card(1)));
    same(&vec![Dyn::<VirtualDevice>::new(disk(1)), Dyn::default()]);
    same(&Some(Box::new(everything())));
    same(&vec![Any::Nil, Any::Int(0), Any::String(String::new())]);
    same(&vec![shares(0, ""), shares(1, "low")]);
    same(&vec![0_i32, i32::MIN]);
    same(&None::<bool>);
    same(&vec![String::new(), " \u{1}\u{10FFFF}".into()]);
    same(&PowerState::Unknown("new".into()));
    same(&Some(PowerState::PoweredOff));
}

/// Formats may need to know how long a map is, borrow nothing, and write a number in other ways.
#[test]
fn other_formats_that_describe_themselves() {
    let value = everything();
    let mut bytes = Vec::new();
    ciborium::into_writer(&value, &mut bytes).expect("it can be written");
    let back: Everything = ciborium::from_reader(&*bytes).expect("it can be read");
    assert_eq!(back, value);
    let tree = serde_json::to_value(&value).expect("it can be written");
    assert_eq!(tree["_typeName"], "Everything");
    let back: Everything = serde_json::from_value(tree).expect("it can be read");
    assert_eq!(back, value);
    let reader = std::io::Cursor::new(write(&value));
    let back: Everything = serde_json::from_reader(reader).expect("it can be read");
    assert_eq!(back, value);
}

/// A value of any type known here, for formats that take no seed.
struct Typed(Any);

impl<'de> Deserialize<'de> for Typed {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        vmomi_runtime::json::deserialize(deserializer, &TYPES).map(Self)
    }
}

proptest! {
    #![proptest_config(arbitrary::config())]

    #[test]
    fn any_value(steps in arbitrary::steps()) {
        let value = arbitrary::build(&steps);
        let json = write(&value);
        prop_assert_eq!(&read::<Any>(&json), &value, "{}", json);
    }

    #[test]
    fn any_value_through_xml(steps in arbitrary::steps()) {
        let value = arbitrary::build(&steps);
        let xml = to_xml("value", &value, &SERVICE).expect("it can be encoded");
        let decoded: Any = from_xml(xml.as_bytes(), &TYPES, &keeping_unknown())
            .unwrap_or_else(|error| panic!("{error} in {xml}"));
        let read = read::<Any>(&write(&decoded));
        prop_assert_eq!(to_xml("value", &read, &SERVICE).expect("it can be encoded"), xml);
    }

    #[test]
    fn any_value_in_another_format(steps in arbitrary::steps()) {
        let value = arbitrary::build(&steps);
        let mut bytes = Vec::new();
        ciborium::into_writer(&value, &mut bytes).expect("it can be written");
        let Typed(back) = ciborium::from_reader(&*bytes).expect("it can be read");
        prop_assert_eq!(back, value);
    }

    /// Damaged JSON gives an error or a value, and that gives itself again.
    #[test]
    fn any_damage(
        steps in arbitrary::steps(),
        damage in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..4),
    ) {
        const MARKUP: &[u8] = b"{}[]\",:_01-.entX\\ ";
        let mut bytes = write(&arbitrary::build(&steps)).into_bytes();
        for (index, byte) in damage {
            let at = index.index(bytes.len());
            bytes[at] = MARKUP[usize::from(byte) % MARKUP.len()];
        }
        if let Ok(text) = String::from_utf8(bytes)
            && let Ok(value) = super::try_read::<Any>(&text)
        {
            let json = write(&value);
            prop_assert_eq!(write(&read::<Any>(&json)), json);
        }
    }
}
