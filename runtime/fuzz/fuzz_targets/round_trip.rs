//! What was decoded can be encoded and comes back the same. So does any value: an input that begins
//! with a zero is taken for the steps in which one is made.

#![no_main]

use libfuzzer_sys::fuzz_target;
use vmomi_runtime::decode::{Answer, EnvelopeDecoder, from_xml};
use vmomi_runtime::erased::Returned;
use vmomi_runtime::{Any, FaultDetail};
use vmomi_runtime_fuzz::choices::steps;
use vmomi_runtime_fuzz::documents::{document, keeping_unknown};
use vmomi_runtime_fuzz::properties::{assert_comes_back, assert_same};
use vmomi_runtime_fuzz::support::{Everything, TYPES};
use vmomi_runtime_fuzz::{arbitrary, envelope};

fuzz_target!(|input: &[u8]| {
    if let Some(choices) = input.strip_prefix(b"\0") {
        return assert_same(&arbitrary::build(&steps(choices)));
    }
    round_trip_of_answer(&envelope(input));
    if let Ok(content) = std::str::from_utf8(input)
        && let Ok(object) =
            from_xml::<Everything>(document("", content).as_bytes(), &TYPES, &keeping_unknown())
    {
        assert_comes_back(&object);
    }
});

fn round_trip_of_answer(body: &[u8]) {
    let mut decoder = EnvelopeDecoder::new(Any::SHAPE, &TYPES, &keeping_unknown());
    if decoder.feed(body).is_err() {
        return;
    }
    match decoder.finish() {
        Ok(Answer::Value(value)) => assert_comes_back(&value),
        Ok(Answer::Fault(fault)) => match fault.detail {
            FaultDetail::Typed(fault) => assert_comes_back(&Any::Object(fault)),
            FaultDetail::Unknown(element) => assert_comes_back(&Any::Unknown(element)),
            FaultDetail::Missing => {}
        },
        Err(_) => {}
    }
}
