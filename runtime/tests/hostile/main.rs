//! Answers of a server that means harm, or is broken beyond what anyone would expect. Each is an error
//! within limits, found before much was read, and takes little memory, which is counted.
//!
//! | what | where |
//! |---|---|
//! | nesting, attributes, tags, texts and comments without end, memory in any form | `floods` |
//! | faults with details and messages without end | `faults` |
//! | document types, entities, bytes and characters that are none, numbers, what is no envelope | `refused` |
//! | bodies that trickle, fall silent, never end, are cut off; heads without end | `../transport_failures.rs` |
//! | gzip bombs, and what is no gzip | `../transport_compression.rs` |
//! | the deepest values on a small stack | `../suite/depth.rs` |
//! | JSON | `../suite/json/hostile.rs` |
//! | what no one thought of | `../../fuzz` |

#[path = "../suite/documents.rs"]
#[expect(dead_code, reason = "these tests need a part of it")]
mod documents;
#[path = "../support/mod.rs"]
mod support;

mod faults;
mod floods;
mod refused;

use allocation_counter::measure;
use vmomi_runtime::Any;
use vmomi_runtime::decode::{Answer, DecodeError, DecodeOptions, EnvelopeDecoder};
use vmomi_runtime::erased::Returned;

use support::TYPES;

/// How a decoder fared with an answer.
#[derive(Debug)]
struct Outcome {
    answer: Result<Answer, DecodeError>,
    /// How many bytes it took before it refused.
    fed: usize,
    /// How much memory was taken at the most, the value included.
    peak: u64,
}

/// Feeds the pieces, made one by one, until there are no more or one is refused.
fn feed(pieces: impl IntoIterator<Item = Vec<u8>>, options: &DecodeOptions) -> Outcome {
    let mut fed = 0;
    let mut answer = None;
    let taken = measure(|| {
        let mut decoder = EnvelopeDecoder::new(<Any as Returned>::SHAPE, &TYPES, options);
        for piece in pieces {
            fed += piece.len();
            if let Err(error) = decoder.feed(&piece) {
                answer = Some(Err(error));
                return;
            }
        }
        answer = Some(decoder.finish());
    });
    Outcome {
        answer: answer.expect("an answer or an error"),
        fed,
        peak: taken.bytes_max,
    }
}

/// What an envelope holds before the value of a response.
const BEFORE: &str = "<soapenv:Envelope xmlns:soapenv='http://schemas.xmlsoap.org/soap/envelope/' \
    xmlns:xsd='http://www.w3.org/2001/XMLSchema' xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance'>\
    <soapenv:Body><RetrieveResponse xmlns='urn:vim25'>";
