//! In whatever pieces a response arrives, the result is the same, and so is the error.

use vmomi_runtime::decode::{Answer, DecodeOptions};
use vmomi_runtime::{Any, Fault};

use crate::documents::{answer_in_pieces, fault, keeping_unknown, lenient, response, strict};
use crate::samples::{DEVICES, bodies};
use crate::support::*;

fn limited() -> DecodeOptions {
    let mut options = lenient();
    options.limits.token_bytes = 20;
    options.limits.tag_bytes = 300;
    options.limits.decoded_bytes = 300;
    options
}

#[test]
fn pieces_of_any_size_give_the_same() {
    for document in bodies() {
        for options in [lenient(), strict(), keeping_unknown(), limited()] {
            let whole = answer_in_pieces::<Any>(&document, document.len(), &options);
            for size in [1, 2, 3, 7, 64] {
                let pieces = answer_in_pieces::<Any>(&document, size, &options);
                let text = String::from_utf8_lossy(&document);
                assert_eq!(
                    pieces, whole,
                    "in pieces of {size}, strict {}: {text}",
                    options.strict
                );
            }
        }
    }
}

#[test]
fn a_document_may_be_split_anywhere() {
    let document = response(&DEVICES.replace("<key/>", "<key>1</key>")).into_bytes();
    let whole = answer_in_pieces::<Any>(&document, document.len(), &lenient()).expect("a value");
    for at in 0..document.len() {
        let shape = <Any as vmomi_runtime::erased::Returned>::SHAPE;
        let mut decoder = vmomi_runtime::decode::EnvelopeDecoder::new(shape, &TYPES, &lenient());
        decoder.feed(&document[..at]).expect("so far");
        decoder.feed(&[]).expect("so far");
        decoder.feed(&document[at..]).expect("the rest");
        assert_eq!(decoder.finish().as_ref(), Ok(&whole), "split at {at}");
    }
}

#[test]
fn what_comes_in_pieces_is_what_was_sent() {
    let xml = response(&DEVICES.replace("<key/>", "<key>1</key>"));
    let answer = answer_in_pieces::<Any>(xml.as_bytes(), 1, &lenient()).expect("a value");
    let Answer::Value(Any::Array(vmomi_runtime::AnyArray::Object(devices))) = answer else {
        panic!("an array")
    };
    let disk = devices.items()[0]
        .downcast_ref::<VirtualDisk>()
        .expect("a disk");
    let info = disk.device_info.as_ref().expect("set");
    assert_eq!(
        (&*info.label, &*info.summary),
        ("a <b>\nc😀äü", "<x>]]> tail")
    );
    let backing = disk.backing.as_ref().expect("set");
    let backing = backing
        .downcast_ref::<VirtualDiskFlatBackingInfo>()
        .expect("flat");
    assert_eq!((disk.key, &*backing.file_name), (5, "fgh"));
    assert_eq!(
        backing
            .datastore
            .as_ref()
            .and_then(|datastore| datastore.server_guid()),
        Some("\"")
    );
    let xml = fault("");
    let Ok(Answer::Fault(Fault { message, .. })) =
        answer_in_pieces::<()>(xml.as_bytes(), 1, &lenient())
    else {
        panic!("a fault")
    };
    assert_eq!(message, "It <failed>.");
}
