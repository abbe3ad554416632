//! What the fuzz targets share: the small API, the properties and the oracle of the tests of
//! `vmomi-runtime`, taken from there.

#[path = "../../tests/suite/arbitrary.rs"]
pub mod arbitrary;
pub mod choices;
#[path = "../../tests/suite/documents.rs"]
pub mod documents;
#[path = "../../tests/suite/oracle.rs"]
pub mod oracle;
#[path = "../../tests/suite/properties.rs"]
pub mod properties;
#[path = "../../tests/suite/samples.rs"]
pub mod samples;
#[path = "../../tests/support/mod.rs"]
pub mod support;

/// A document for the decoder: one that is an envelope as it is, and anything else as what a
/// response returns, so that the fuzzer need not find out how an envelope is written.
#[must_use]
pub fn envelope(input: &[u8]) -> Vec<u8> {
    let is_whole = input.starts_with(b"<?xml") || input.starts_with(b"<soapenv:Envelope");
    if is_whole {
        return input.to_vec();
    }
    let around = documents::response("\u{0}");
    let (before, after) = around.split_once('\u{0}').unwrap_or_default();
    [before.as_bytes(), input, after.as_bytes()].concat()
}

/// Sizes of pieces that look random, and are the same for the same input.
pub fn sizes(input: &[u8]) -> impl FnMut() -> usize {
    let mut state = input.iter().fold(0x9E37_79B9, |state: u64, &byte| {
        (state ^ u64::from(byte)).wrapping_mul(0x0100_0193)
    });
    move || {
        // A step of xorshift, which of 0 would make nothing else.
        state |= 1;
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        // Mostly a few bytes, at times many.
        let most = if state.is_multiple_of(8) { 500 } else { 9 };
        1 + (state >> 16) as usize % most
    }
}
