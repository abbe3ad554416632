//! Faults that go on for ever: what came before the limit is kept, and takes little memory.

use allocation_counter::measure;
use vmomi_runtime::Fault;
use vmomi_runtime::decode::{Answer, DecodeErrorKind, EnvelopeDecoder, Limit};

use crate::documents::lenient;
use crate::support::TYPES;

const MEGABYTE: usize = 1 << 20;

const BEFORE: &str = "<e:Envelope xmlns:e='e' xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance' \
    xmlns='urn:vim25'><e:Body><e:Fault><faultcode>c</faultcode><faultstring>m</faultstring>";

/// A fault that begins so, and goes on with the same for 64 megabytes, and how much memory it took
/// at the most.
fn flood(beginning: &str, again: &str, allowed: usize) -> (Fault, u64) {
    let mut options = lenient();
    options.limits.decoded_bytes = allowed as u64;
    let piece = again.repeat((16 << 10) / again.len() + 1);
    let mut answer = None;
    let taken = measure(|| {
        let mut decoder = EnvelopeDecoder::new(None, &TYPES, &options);
        let mut fed = decoder.feed([BEFORE, beginning].concat().as_bytes());
        for _ in 0..64 * MEGABYTE / piece.len() {
            fed = fed.and_then(|()| decoder.feed(piece.as_bytes()));
        }
        assert!(fed.is_err(), "{again}: without a limit");
        answer = Some(decoder.finish_with_fault());
    });
    match answer {
        Some(Ok(Answer::Fault(fault))) => (fault, taken.bytes_max),
        other => panic!("{again}: {other:?}"),
    }
}

/// How many quarters of the limit lists take in a tree, which grow, and whatever else there is.
const LISTS: usize = 12;
const OTHERS: usize = 5;

#[test]
fn whatever_it_is_made_of_it_keeps_within_the_limit() {
    for (beginning, again, quarters) in [
        ("<detail>", "<t/>", OTHERS),
        ("<detail>", "<t xsi:type='InvalidLogin'/>", OTHERS),
        (
            "<detail>",
            "<t xsi:type='InvalidPowerState'><existingState>a</existingState></t>",
            OTHERS,
        ),
        ("<detail>", "<t xsi:type='Future'>some text</t>", OTHERS),
        ("<detail>", "<InvalidLoginFault/>", OTHERS),
        ("<detail><t>", "<frame>f</frame>", LISTS),
        ("<detail><t>", "<frame a='b' c='d'/>", LISTS),
        (
            "<detail><t xsi:type='InvalidLogin'>",
            "<faultMessage/>",
            LISTS,
        ),
        (
            "<detail><t xsi:type='InvalidLogin'>",
            "<faultMessage><arg><value xsi:type='ArrayOfInt'/></arg></faultMessage>",
            LISTS,
        ),
        ("<detail><t>", "text<!-- -->", LISTS),
        ("", "<faultstring/>", OTHERS),
        (
            "",
            "<faultstring xml:lang='x'>some text</faultstring>",
            OTHERS,
        ),
        ("<Reason>", "<Text/>", OTHERS),
        ("<Reason><Text>", "text<!-- -->", OTHERS),
    ] {
        let (fault, peak) = flood(beginning, again, MEGABYTE);
        assert_eq!((&*fault.code, &*fault.message), ("c", "m"), "{again}");
        let error = fault.detail_error.as_deref().expect("over the limit");
        assert_eq!(error.kind(), &DecodeErrorKind::Limit(Limit::DecodedBytes));
        let most = quarters * MEGABYTE / 4;
        assert!(peak <= most as u64, "{again}: {peak} bytes taken");
    }
}
