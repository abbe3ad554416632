//! In whatever pieces a response arrives, the result is the same, and so is the error.

use vmomi_runtime::decode::{Answer, DecodeOptions};
use vmomi_runtime::{Any, Fault};

use crate::documents::{answer_in_pieces, fault, keeping_unknown, lenient, response, strict};
use crate::support::*;

const DEVICES: &str = "<returnval xsi:type='ArrayOfVirtualDevice'>\r\n\
    <VirtualDevice xsi:type = \"VirtualDisk\" ><key> 5 </key><deviceInfo>\
    <label>a &lt;b&gt;\r\nc&#x1F600;&#228;ü</label><summary><![CDATA[<x>]]]]><![CDATA[> ]]>tail</summary></deviceInfo>\
    <backing xsi:type='VirtualDiskFlatBackingInfo'><fileName>f<!-- - -->g<?p i?>h</fileName>\
    <datastore type='Datastore' serverGuid='&quot;'>d</datastore></backing><unitNumber xsi:nil='true'/></VirtualDevice >\
    <VirtualDevice xsi:type='Future'><key/><x y='>'>'/></x></VirtualDevice></returnval>";

fn documents() -> Vec<Vec<u8>> {
    let number = response(
        "<returnval xsi:type='VirtualDevice'><key>1</key><deviceInfo><label>ü</label></deviceInfo><unitNumber>2</unitNumber></returnval>",
    );
    let mut invalid = number.clone().into_bytes();
    let at = invalid
        .windows(2)
        .position(|pair| pair == "ü".as_bytes())
        .expect("there");
    invalid[at] = 0xFF;
    let mut documents = vec![invalid];
    let texts = [
        response(DEVICES),
        response(&DEVICES.replace("<key/>", "<key>1</key>")),
        response(
            "<returnval xsi:type='Everything'><future>a</future><int>1</int><anys xsi:type='ArrayOfInt'><int>1</int><int>x</int></anys></returnval>",
        ),
        fault(
            "<detail><F xmlns='urn:vim25' xsi:type='InvalidPowerState'><faultCause><fault xsi:type='Future'><a>b</a></fault></faultCause><requestedState>poweredOn</requestedState></F></detail>",
        ),
        fault("<detail><F xsi:type='Future'><a>b<c/>d</a></F></detail>"),
        number.replace("</key>", "</kex>"),
        number.replace(">1<", ">&bad;<"),
        number.replace(">1<", ">&#0;<"),
        number.replace(">1<", "><![CDATA[1<"),
        number.replace("<key>", "<key a>"),
        number.replace("<Ret", "<!DOCTYPE x><Ret"),
        format!("{number}garbage"),
        format!("\u{FEFF}{number}"),
        number[..number.len() / 2].to_owned(),
        number.replace("UTF-8", "ISO-8859-1"),
        "<html><body/></html>".into(),
        String::new(),
    ];
    documents.extend(texts.map(String::into_bytes));
    documents.push(b"\xFF\xFE<\0E\0".to_vec());
    documents.push(b"\xFE\xFF\0<\0E".to_vec());
    documents.push(b"<\0E\0".to_vec());
    documents
}

fn limited() -> DecodeOptions {
    let mut options = lenient();
    options.limits.token_bytes = 20;
    options.limits.tag_bytes = 300;
    options.limits.decoded_bytes = 300;
    options
}

#[test]
fn pieces_of_any_size_give_the_same() {
    for document in documents() {
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
