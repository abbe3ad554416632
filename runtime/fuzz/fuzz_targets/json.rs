//! What was read from JSON can be written and comes back the same. So does what was read from XML,
//! also by way of JSON.

#![no_main]

use libfuzzer_sys::fuzz_target;
use vmomi_runtime::decode::{Answer, EnvelopeDecoder};
use vmomi_runtime::erased::Returned;
use vmomi_runtime::json::from_json;
use vmomi_runtime::{Any, to_xml};
use vmomi_runtime_fuzz::documents::keeping_unknown;
use vmomi_runtime_fuzz::envelope;
use vmomi_runtime_fuzz::support::{SERVICE, TYPES};

fuzz_target!(|input: &[u8]| {
    if let Ok(value) = from_json::<Any>(input, &TYPES, &keeping_unknown()) {
        let first = read(&written(&value));
        let json = written(&first);
        // Compared as text, because NaN differs from itself.
        assert_eq!(written(&read(&json)), json);
    }
    if let Some(value) = decoded(&envelope(input)) {
        let xml = encoded(&value);
        assert_eq!(encoded(&read(&written(&value))), xml);
    }
});

fn written(value: &Any) -> String {
    serde_json::to_string(value).unwrap_or_else(|error| panic!("{error}"))
}

fn read(json: &str) -> Any {
    from_json(json.as_bytes(), &TYPES, &keeping_unknown())
        .unwrap_or_else(|error| panic!("{error} in {json}"))
}

fn encoded(value: &Any) -> String {
    to_xml("value", value, &SERVICE).unwrap_or_else(|error| panic!("{error}"))
}

fn decoded(body: &[u8]) -> Option<Any> {
    let mut decoder = EnvelopeDecoder::new(<Any as Returned>::SHAPE, &TYPES, &keeping_unknown());
    decoder.feed(body).ok()?;
    match decoder.finish().ok()? {
        Answer::Value(value) => Some(value),
        Answer::Fault(_) => None,
    }
}
