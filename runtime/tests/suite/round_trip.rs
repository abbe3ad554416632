//! What was decoded or made by hand comes back the same after encoding and decoding.

use proptest::prelude::*;
use vmomi_runtime::decode::{Answer, DecodeOptions, from_xml};
use vmomi_runtime::erased::{Field, Returned};
use vmomi_runtime::{Any, AnyObject, Dyn, to_xml};

use crate::arbitrary;
use crate::documents::{answer_in_pieces, keeping_unknown, lenient, response, strict};
use crate::erased::sample::{disk, everything, network_card, shares};
use crate::support::*;

fn same<T: Field + Returned + PartialEq + std::fmt::Debug>(value: &T) {
    let xml = to_xml("value", value, &SERVICE).expect("it can be encoded");
    let back: T = from_xml(xml.as_bytes(), &TYPES, &keeping_unknown())
        .unwrap_or_else(|error| panic!("{error} in {xml}"));
    assert_eq!(&back, value, "{xml}");
}

#[test]
fn values_of_every_kind() {
    same(&everything());
    same(&Some(Box::new(everything())));
    same(&None::<Box<Everything>>);
    same(&Everything::default());
    same(&Dyn::<VirtualDevice>::new(disk(1)));
    same(&Dyn::<DynamicData>::new(network_card(1)));
    same(&vec![Dyn::<VirtualDevice>::new(disk(1)), Dyn::default()]);
    same(&Any::Object(AnyObject::new(everything())));
    same(&Any::Nil);
    same(&vec![Any::Nil, Any::Int(0), Any::String(String::new())]);
    same(&vec![shares(0, ""), shares(1, "low")]);
    same(&vec![0_i32, i32::MIN]);
    same(&Some(0_i64));
    same(&None::<bool>);
    same(&vec![String::new(), " ".into()]);
    same(&Vec::<String>::new());
    same(&PowerState::Unknown("new".into()));
    same(&Some(PowerState::PoweredOff));
}

#[test]
fn what_is_sent_is_what_the_schema_describes() {
    let mut object = everything();
    object.extra = Default::default();
    object.opt_state = Some(PowerState::PoweredOff);
    object.states = vec![PowerState::PoweredOff];
    object.credentials = None;
    object.inlines = vec![shares(1, "low")];
    object.vm = object.vms[0].clone();
    let xml = to_xml("value", &object, &SERVICE).expect("it can be encoded");
    let back: Everything =
        from_xml(xml.as_bytes(), &TYPES, &strict()).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(back, object);
}

/// `PROPTEST_CASES` in the environment sets how many cases are tried.
fn config() -> ProptestConfig {
    ProptestConfig {
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn any_value(steps in arbitrary::steps()) {
        let value = arbitrary::build(&steps);
        let xml = to_xml("value", &value, &SERVICE).expect("it can be encoded");
        let back: Any = from_xml(xml.as_bytes(), &TYPES, &keeping_unknown())
            .unwrap_or_else(|error| panic!("{error} in {xml}"));
        prop_assert_eq!(&back, &value, "{}", xml);
    }

    #[test]
    fn any_value_in_pieces(steps in arbitrary::steps(), size in 1..40_usize) {
        let value = arbitrary::build(&steps);
        let xml = to_xml("returnval", &value, &SERVICE).expect("it can be encoded");
        let xml = response(&xml);
        let answer = answer_in_pieces::<Any>(xml.as_bytes(), size, &keeping_unknown());
        prop_assert_eq!(answer, Ok(Answer::Value(value)), "{}", xml);
    }

    #[test]
    fn any_text(text in arbitrary::text()) {
        let xml = to_xml("value", &text, &SERVICE).expect("it can be encoded");
        prop_assert_eq!(from_xml(xml.as_bytes(), &TYPES, &lenient()), Ok(text));
    }

    /// A document that is damaged in any way gives an error or a value, the same in pieces of any
    /// size; and the value can be encoded and gives itself again.
    #[test]
    fn any_damage(
        steps in arbitrary::steps(),
        damage in prop::collection::vec((any::<prop::sample::Index>(), 0..6_u8, any::<u8>()), 1..6),
        size in 1..40_usize,
    ) {
        let xml = to_xml("returnval", &arbitrary::build(&steps), &SERVICE).expect("it can be encoded");
        let mut bytes = response(&xml).into_bytes();
        for (index, kind, byte) in damage {
            hurt(&mut bytes, index, kind, byte);
        }
        for options in [lenient(), strict(), keeping_unknown()] {
            check_damaged(&bytes, size, &options)?;
        }
    }
}

fn hurt(bytes: &mut Vec<u8>, index: prop::sample::Index, kind: u8, byte: u8) {
    const MARKUP: &[u8] = b"<>/&;'\"=![]-? x:\0\n";
    if bytes.is_empty() {
        return;
    }
    let at = index.index(bytes.len());
    let length = usize::from(byte).min(bytes.len() - at);
    match kind {
        0 => bytes[at] = byte,
        1 => bytes[at] = MARKUP[usize::from(byte) % MARKUP.len()],
        2 => bytes.insert(at, MARKUP[usize::from(byte) % MARKUP.len()]),
        3 => drop(bytes.drain(at..at + length)),
        4 => {
            let part = bytes[at..at + length].to_vec();
            bytes.splice(at..at, part);
        }
        _ => bytes.truncate(at),
    }
}

fn check_damaged(bytes: &[u8], size: usize, options: &DecodeOptions) -> Result<(), TestCaseError> {
    let whole = answer_in_pieces::<Any>(bytes, bytes.len(), options);
    let pieces = answer_in_pieces::<Any>(bytes, size, options);
    // NaN differs from itself.
    prop_assert_eq!(format!("{pieces:?}"), format!("{whole:?}"));
    if let Ok(Answer::Value(value)) = whole {
        let xml = to_xml("value", &value, &SERVICE).expect("what was decoded can be encoded");
        let back: Any = from_xml(xml.as_bytes(), &TYPES, &keeping_unknown())
            .unwrap_or_else(|error| panic!("{error} in {xml}"));
        // A type without a namespace, by an undeclared prefix, becomes one of the service.
        let xml = to_xml("value", &back, &SERVICE).expect("what was decoded can be encoded");
        let back: Any = from_xml(xml.as_bytes(), &TYPES, &keeping_unknown())
            .unwrap_or_else(|error| panic!("{error} in {xml}"));
        let again = to_xml("value", &back, &SERVICE).expect("what was decoded can be encoded");
        prop_assert_eq!(again, xml);
    }
    Ok(())
}
