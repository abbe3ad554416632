//! The XML reader beside `quick-xml`: where both read a document they read the same.

#![no_main]

use libfuzzer_sys::fuzz_target;
use vmomi_runtime_fuzz::oracle::compare;

fuzz_target!(|input: &[u8]| {
    // The oracle reads text; what bytes that are none become is for the target `decode`.
    if let Ok(document) = std::str::from_utf8(input) {
        compare(document);
    }
});
