//! What was decoded or made by hand comes back the same after encoding and decoding.

use proptest::prelude::*;
use vmomi_runtime::decode::{Answer, from_xml};
use vmomi_runtime::{Any, AnyObject, Dyn, to_xml};

use crate::arbitrary;
use crate::documents::{answer_in_pieces, keeping_unknown, lenient, response, strict};
use crate::erased::sample::{disk, everything, network_card, shares};
use crate::properties::{assert_comes_back, assert_same, decoded_in_pieces};
use crate::support::*;

#[test]
fn values_of_every_kind() {
    assert_same(&everything());
    assert_same(&Some(Box::new(everything())));
    assert_same(&None::<Box<Everything>>);
    assert_same(&Everything::default());
    assert_same(&Dyn::<VirtualDevice>::new(disk(1)));
    assert_same(&Dyn::<DynamicData>::new(network_card(1)));
    assert_same(&vec![Dyn::<VirtualDevice>::new(disk(1)), Dyn::default()]);
    assert_same(&Any::Object(AnyObject::new(everything())));
    assert_same(&Any::Nil);
    assert_same(&vec![Any::Nil, Any::Int(0), Any::String(String::new())]);
    assert_same(&vec![shares(0, ""), shares(1, "low")]);
    assert_same(&vec![0_i32, i32::MIN]);
    assert_same(&Some(0_i64));
    assert_same(&None::<bool>);
    assert_same(&vec![String::new(), " ".into()]);
    assert_same(&Vec::<String>::new());
    assert_same(&PowerState::Unknown("new".into()));
    assert_same(&Some(PowerState::PoweredOff));
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

proptest! {
    #![proptest_config(arbitrary::config())]

    #[test]
    fn any_value(steps in arbitrary::steps()) {
        assert_same(&arbitrary::build(&steps));
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
            let answer = decoded_in_pieces(&bytes, &options, || size);
            if let Ok(Answer::Value(value)) = answer {
                assert_comes_back(&value);
            }
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
