//! Any body decodes to a value or an error, the same in whatever pieces it comes, and within the
//! limits.

#![no_main]

use libfuzzer_sys::fuzz_target;
use vmomi_runtime::decode::DecodeOptions;
use vmomi_runtime_fuzz::documents::{keeping_unknown, lenient, strict};
use vmomi_runtime_fuzz::properties::decoded_in_pieces;
use vmomi_runtime_fuzz::{envelope, sizes};

fuzz_target!(|input: &[u8]| {
    let body = envelope(input);
    for options in [lenient(), strict(), keeping_unknown(), narrow()] {
        let decoded = decoded_in_pieces(&body, &options, sizes(input));
        // Neither shows more than the other, nor fails.
        drop(format!("{decoded:#?}"));
        if let Err(error) = decoded {
            assert!(error.offset() <= body.len() as u64, "{error}");
            assert!(error.to_string().lines().count() == 1, "{error}");
        }
    }
});

/// Limits that inputs of a fuzzer reach.
fn narrow() -> DecodeOptions {
    let mut options = keeping_unknown();
    options.limits.depth = 8;
    options.limits.attributes = 4;
    options.limits.tag_bytes = 300;
    options.limits.token_bytes = 40;
    options.limits.decoded_bytes = 2_000;
    options
}
