//! Errors in decoding, wherever an answer is cut or changed, and decoders in the middle of one.

use std::error::Error;

use vmomi::runtime::decode::{Answer, DecodeOptions, EnvelopeDecoder, from_xml};
use vmomi::runtime::erased::{Returned, TypeInfo};
use vmomi::runtime::json::from_json;
use vmomi::runtime::{TypeRegistry, to_xml};
use vmomi::vim25::DynamicData;
use vmomi::{Any, Dyn};

use crate::canary::{CANARY, SECRET, assert_error_hidden, assert_hidden, debug, is_in};
use crate::filled::{object, types};

/// One type of each sixty, and those with secrets.
fn some_types() -> impl Iterator<Item = (&'static TypeRegistry, &'static TypeInfo)> {
    let has_secret =
        |info: &'static TypeInfo| info.own_fields().iter().any(|field| field.is_secret());
    let chosen = types().enumerate();
    let chosen = chosen.filter(move |(index, (_, info))| index % 60 == 0 || has_secret(info));
    chosen.map(|(_, chosen)| chosen)
}

fn options() -> [DecodeOptions; 3] {
    let mut strict = DecodeOptions::default();
    strict.strict = true;
    let mut keeping = DecodeOptions::default();
    keeping.keep_unknown = true;
    [DecodeOptions::default(), strict, keeping]
}

fn check(outcome: Result<Any, impl Error + 'static>, errors: &mut usize) {
    match outcome {
        Ok(value) => assert_hidden(&debug(&value)),
        Err(error) => {
            assert_error_hidden(&error, false);
            *errors += 1;
        }
    }
}

/// Documents with something wrong in and around each canary.
fn broken(document: &str) -> Vec<String> {
    let mut all = Vec::new();
    for canary in [CANARY, SECRET] {
        for (at, _) in document.match_indices(canary).take(4) {
            let (before, after) = (&document[..at], &document[at + canary.len()..]);
            for length in [0, 1, 6, canary.len() - 1] {
                all.push(format!("{before}{}", &canary[..length]));
            }
            for changed in [
                format!("&{canary};"),
                format!("{canary}&{canary}"),
                format!("<{canary}"),
                format!("</{canary}>"),
                format!("<a {canary}='{canary}'>{canary}</a>"),
                format!("<a xmlns='{canary}' b='{canary}'/>"),
                format!("<![CDATA[{canary}"),
                format!("<!-- {canary}"),
                format!("{canary}\u{1}{canary}"),
                format!("<?{canary}"),
                format!("{canary}\" \"{canary}"),
                format!("{canary}\\x{canary}"),
                format!("\",\"{canary}\":\"{canary}"),
                format!("{canary}\",\"_typeName\":\"{canary}"),
            ] {
                all.push(format!("{before}{changed}{after}"));
            }
        }
    }
    all
}

#[test]
fn no_broken_document_is_shown() {
    let (mut errors, mut seen) = (0, 0);
    for (types, info) in some_types() {
        let value = object(info);
        let xml = to_xml("value", &value, types.service).unwrap();
        let json = serde_json::to_string(&value).unwrap();
        assert!(is_in(CANARY, &json), "{json}");
        for options in options() {
            for document in broken(&xml) {
                check(
                    from_xml::<Any>(document.as_bytes(), types, &options),
                    &mut errors,
                );
                seen += 1;
            }
            for document in broken(&json) {
                check(
                    from_json::<Any>(document.as_bytes(), types, &options),
                    &mut errors,
                );
                seen += 1;
            }
        }
        for document in broken(&json) {
            check(serde_json::from_str::<Any>(&document), &mut errors);
        }
    }
    assert!(errors > 10_000, "{errors} errors in {seen}");
}

/// The canary where something else must be: numbers, dates, types, objects, lists.
#[test]
fn no_text_in_a_wrong_place_is_shown() {
    const TYPES: &[(&str, &str)] = &[
        ("VirtualDevice", "key"),
        ("VirtualMachineConfigInfo", "modified"),
        ("VirtualMachineConfigInfo", "template"),
        ("VirtualMachineConfigInfo", "hardware"),
        ("VirtualMachineConfigInfo", "cpuAllocation"),
        ("VirtualDisk", "capacityInKB"),
        ("PerfMetricSeriesCSV", "id"),
        ("HostConnectSpec", "password"),
        ("ObjectContent", "obj"),
        ("ObjectContent", "propSet"),
    ];
    let mut errors = 0;
    for (name, field) in TYPES {
        let mut types = types();
        let (types, info) = types.find(|(_, info)| info.name() == *name).unwrap();
        for options in options() {
            for content in [
                format!("<{field}>{CANARY}</{field}>"),
                format!("<{field} xsi:type='xsd:int'>{CANARY}</{field}>"),
                format!("<{field} xsi:type='{CANARY}'>{CANARY}</{field}>"),
                format!("<{field} type='{CANARY}' {field}='{CANARY}'>{CANARY}</{field}>"),
                format!("{CANARY}<{field}/>{CANARY}"),
            ] {
                let xml = format!(
                    "<value xmlns='{}' xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance' \
                     xmlns:xsd='http://www.w3.org/2001/XMLSchema' xsi:type='{}'>{content}</value>",
                    info.service().namespace,
                    info.name(),
                );
                check(
                    from_xml::<Any>(xml.as_bytes(), types, &options),
                    &mut errors,
                );
            }
            for value in [
                format!("\"{CANARY}\""),
                format!("[\"{CANARY}\"]"),
                format!("{{\"{CANARY}\":\"{CANARY}\"}}"),
                format!("{{\"_typeName\":\"{CANARY}\",\"_value\":\"{CANARY}\"}}"),
                format!("{{\"_typeName\":\"ManagedObjectReference\",\"_value\":\"{CANARY}\"}}"),
                format!("{{\"type\":\"{CANARY}\",\"value\":[\"{CANARY}\"]}}"),
                format!("{{\"type\":{{\"{CANARY}\":1}},\"value\":\"{CANARY}\"}}"),
            ] {
                let json = format!("{{\"_typeName\":\"{name}\",\"{field}\":{value}}}");
                check(
                    from_json::<Any>(json.as_bytes(), types, &options),
                    &mut errors,
                );
                let read = serde_json::from_str::<Dyn<DynamicData>>(&json);
                if let Ok(object) = &read {
                    assert_hidden(&debug(object));
                }
                check(read.map(|_| Any::Nil), &mut errors);
            }
        }
    }
    assert!(errors > 200, "{errors} errors");
}

/// What stands before the root element, or in place of an envelope.
#[test]
fn no_beginning_of_a_document_is_shown() {
    let types = &vmomi::vim25::TYPES;
    for beginning in [
        format!("<?xml version='1.0' encoding='{CANARY}'?><a/>"),
        format!("<?xml version='{CANARY}'?><a/>"),
        format!("<!DOCTYPE {CANARY}><a/>"),
        format!("<!DOCTYPE a [<!ENTITY b '{CANARY}'>]><a/>"),
        format!("<?{CANARY} {CANARY}?><a {CANARY}/>"),
        format!("{CANARY}<a/>{CANARY}"),
        format!("<html><title>{CANARY}</title>{CANARY}</html>"),
        format!("<a x:b='{CANARY}' xmlns:c='{CANARY}' c:d='{CANARY}'><{CANARY}></a>"),
        format!("\u{feff}<{CANARY}/>"),
    ] {
        for options in options() {
            let mut decoder = EnvelopeDecoder::new(<Any as Returned>::SHAPE, types, &options);
            let fed = decoder.feed(beginning.as_bytes());
            assert_hidden(&debug(&decoder));
            let error = fed.and_then(|()| decoder.finish().map(drop)).unwrap_err();
            assert_error_hidden(&error, false);
            check(
                from_xml::<Any>(beginning.as_bytes(), types, &options),
                &mut 0,
            );
        }
    }
}

/// A decoder that is shown after every few bytes of an answer, and what it ends with.
#[test]
fn no_decoder_shows_what_it_has_decoded() {
    let mut errors = 0;
    for name in [
        "UserSession",
        "VirtualMachineConfigInfo",
        "GuestProgramSpec",
    ] {
        let (types, info) = types().find(|(_, info)| info.name() == name).unwrap();
        let value = to_xml("returnval", &object(info), types.service).unwrap();
        let fault = format!(
            "<soapenv:Fault><faultcode>{CANARY}</faultcode><faultstring>{CANARY}</faultstring>\
             <detail><{name}>{CANARY}</{name}></detail></soapenv:Fault>"
        );
        for content in [
            format!("<Response xmlns='urn:vim25'>{value}</Response>"),
            fault,
        ] {
            let envelope = format!(
                "<soapenv:Envelope xmlns:soapenv='http://schemas.xmlsoap.org/soap/envelope/' \
                 xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance'><soapenv:Body>\
                 {content}</soapenv:Body></soapenv:Envelope>"
            );
            let options = DecodeOptions::default();
            let mut decoder = EnvelopeDecoder::new(<Any as Returned>::SHAPE, types, &options);
            for piece in envelope.as_bytes().chunks(61) {
                decoder.feed(piece).unwrap();
                assert_hidden(&debug(&decoder));
            }
            let answer = decoder.finish().unwrap();
            assert_hidden(&debug(&answer));
            if let Answer::Fault(fault) = answer {
                assert!(is_in(CANARY, &fault.message));
            }
            for end in (0..envelope.len()).step_by(97) {
                let mut decoder = EnvelopeDecoder::new(<Any as Returned>::SHAPE, types, &options);
                decoder.feed(&envelope.as_bytes()[..end]).unwrap();
                assert_error_hidden(&decoder.finish().unwrap_err(), false);
                errors += 1;
            }
        }
    }
    assert!(errors > 50, "{errors}");
}
