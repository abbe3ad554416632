//! What holds for any document and any value. Shown for generated ones in `round_trip`, and for
//! whatever comes to its mind by the fuzzer in `runtime/fuzz`.

use vmomi_runtime::decode::{
    Answer, DecodeError, DecodeErrorKind, DecodeOptions, EnvelopeDecoder, Limit, from_xml,
};
use vmomi_runtime::erased::{Field, Returned};
use vmomi_runtime::{Any, to_xml};

use crate::documents::keeping_unknown;
use crate::support::*;

/// What a body is decoded to, which is the same whether it comes whole or in pieces of the sizes
/// given. Only the limit on memory may be reached at different places, or by one of them: a text that
/// comes in pieces takes more while it grows.
///
/// # Panics
/// When it is not.
pub fn decoded_in_pieces(
    body: &[u8],
    options: &DecodeOptions,
    mut size: impl FnMut() -> usize,
) -> Result<Answer, DecodeError> {
    let whole = fed(body, options, || body.len());
    let pieces = fed(body, options, &mut size);
    let is_same = match (&pieces, &whole) {
        // NaN differs from itself.
        (Ok(pieces), Ok(whole)) => format!("{pieces:?}") == format!("{whole:?}"),
        (Err(error), _) | (_, Err(error)) if is_over_budget(error) => true,
        (pieces, whole) => pieces == whole,
    };
    let body = String::from_utf8_lossy(body);
    assert!(is_same, "{pieces:?} in pieces, {whole:?} whole: {body}");
    whole
}

fn is_over_budget(error: &DecodeError) -> bool {
    *error.kind() == DecodeErrorKind::Limit(Limit::DecodedBytes)
}

fn fed(
    mut body: &[u8],
    options: &DecodeOptions,
    mut size: impl FnMut() -> usize,
) -> Result<Answer, DecodeError> {
    let mut decoder = EnvelopeDecoder::new(<Any as Returned>::SHAPE, &TYPES, options);
    while !body.is_empty() {
        let (piece, rest) = body.split_at(size().clamp(1, body.len()));
        decoder.feed(piece)?;
        body = rest;
    }
    decoder.finish()
}

/// A value is the same after encoding and decoding.
///
/// # Panics
/// When it is not.
pub fn assert_same<T: Field + Returned + PartialEq + std::fmt::Debug>(value: &T) {
    let xml = encoded(value);
    assert_eq!(&decoded::<T>(&xml), value, "{xml}");
}

/// What was decoded from any document can be encoded, and is the same from then on.
///
/// Not from the start: a type whose prefix no one declared becomes one of the service.
///
/// # Panics
/// When it is not.
pub fn assert_comes_back<T: Field + Returned>(value: &T) {
    let first: T = decoded(&encoded(value));
    let xml = encoded(&first);
    let second: T = decoded(&xml);
    // Compared as text, because NaN differs from itself.
    assert_eq!(encoded(&second), xml);
}

fn encoded<T: Field>(value: &T) -> String {
    to_xml("value", value, &SERVICE).unwrap_or_else(|error| panic!("{error}"))
}

fn decoded<T: Returned>(xml: &str) -> T {
    from_xml(xml.as_bytes(), &TYPES, &keeping_unknown())
        .unwrap_or_else(|error| panic!("{error} in {xml}"))
}
