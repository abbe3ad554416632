//! Faults of SOAP 1.2, and of 1.1 with everything that it allows.

use vmomi_runtime::decode::{Answer, DecodeErrorKind, DecodeOptions, EnvelopeDecoder, Limit};
use vmomi_runtime::{Fault, FaultDetail, XmlError};

use crate::documents::{answer_in_pieces, lenient, strict};
use crate::support::*;

const NAMESPACES: &str = r#"xmlns:env="http://www.w3.org/2003/05/soap-envelope" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:v="urn:vim25""#;

fn envelope(content: &str) -> String {
    format!(
        "<env:Envelope {NAMESPACES}><env:Body><env:Fault>{content}</env:Fault></env:Body></env:Envelope>"
    )
}

fn decode_with(content: &str, options: &DecodeOptions) -> Fault {
    let document = envelope(content);
    let mut faults = [1, 7, document.len()].map(|size| {
        let answer = answer_in_pieces::<Vec<SharesInfo>>(document.as_bytes(), size, options);
        match answer {
            Ok(Answer::Fault(fault)) => fault,
            other => panic!("{content}: {other:?}"),
        }
    });
    assert!(
        faults[0] == faults[1] && faults[1] == faults[2],
        "{content}"
    );
    std::mem::take(&mut faults[0])
}

fn decode(content: &str) -> Fault {
    decode_with(content, &lenient())
}

const LOGIN: &str = "<v:InvalidLoginFault xsi:type='v:InvalidLogin'/>";
const STATE: &str =
    "<v:x xsi:type='v:InvalidPowerState'><v:existingState>poweredOn</v:existingState></v:x>";
const TRACE: &str =
    "<j:exception xmlns:j='http://example/java' class='E'><j:frame line='1'/></j:exception>";

#[test]
fn a_fault_of_soap_1_2_has_code_reason_and_detail() {
    let fault = decode(&format!(
        "<env:Code><env:Value> env:Sender </env:Value><env:Subcode><env:Value>v:First</env:Value>\
         <env:Subcode><env:Value>v:Second</env:Value></env:Subcode></env:Subcode></env:Code>\
         <env:Reason><env:Text xml:lang='en-US'>It failed.</env:Text>\
         <env:Text xml:lang='de'>Es ging schief.</env:Text><env:Text>?</env:Text></env:Reason>\
         <env:Node>http://node</env:Node><env:Role>http://role</env:Role>\
         <env:Detail>{LOGIN}</env:Detail>"
    ));
    assert_eq!(
        (&*fault.code, &*fault.message),
        ("env:Sender", "It failed.")
    );
    assert_eq!(fault.subcodes, ["v:First", "v:Second"]);
    let translations: Vec<_> = fault
        .translations
        .iter()
        .map(|message| (&*message.language, &*message.text))
        .collect();
    assert_eq!(translations, [("de", "Es ging schief."), ("", "?")]);
    assert!(fault.is::<InvalidLogin>() && fault.detail_error.is_none());
    assert_eq!(fault.to_string(), "InvalidLogin: It failed.");
}

#[test]
fn the_parts_of_a_fault_may_be_missing_or_in_any_order() {
    let fault = decode("<env:Reason/><env:Code/>");
    assert_eq!(fault, Fault::default());
    let fault = decode("<env:Reason><env:Text> </env:Text><env:Text>m</env:Text></env:Reason>");
    assert_eq!((&*fault.code, &*fault.message), ("", "m"));
    let fault = decode(&format!(
        "<detail>{LOGIN}</detail><faultstring>m</faultstring><other><faultcode>no</faultcode></other>\
         <faultactor>a</faultactor><faultcode>c</faultcode>"
    ));
    assert_eq!((&*fault.code, &*fault.message), ("c", "m"));
    assert!(fault.is::<InvalidLogin>());
    // What is called like a part, elsewhere, is none.
    let fault = decode("<env:Value>a</env:Value><env:Text>b</env:Text><env:Subcode/>");
    assert_eq!(fault, Fault::default());
}

#[test]
fn the_fault_is_found_among_several_details() {
    let future = "<v:y xsi:type='v:Future'/>";
    let object = "<v:z xsi:type='v:SharesInfo'><v:shares>1</v:shares></v:z>";
    for (details, name, others) in [
        (vec![LOGIN], "InvalidLogin", vec![]),
        (vec![TRACE, LOGIN], "InvalidLogin", vec!["exception"]),
        (vec![LOGIN, TRACE], "InvalidLogin", vec!["exception"]),
        (
            vec![TRACE, object, LOGIN],
            "InvalidLogin",
            vec!["exception", "SharesInfo"],
        ),
        (
            vec![LOGIN, STATE],
            "InvalidLogin",
            vec!["InvalidPowerState"],
        ),
        (
            vec![STATE, LOGIN],
            "InvalidPowerState",
            vec!["InvalidLogin"],
        ),
        (vec![future, LOGIN], "InvalidLogin", vec!["Future"]),
        (vec![TRACE, future], "Future", vec!["exception"]),
        (vec![object, future], "Future", vec!["SharesInfo"]),
        (vec![TRACE, object], "SharesInfo", vec!["exception"]),
        (vec![TRACE, TRACE], "exception", vec!["exception"]),
        // A type of another kind of program is no newer fault of this one.
        (
            vec![
                "<j:e xmlns:j='http://example/java' xsi:type='j:Trace'/>",
                future,
            ],
            "Future",
            vec!["Trace"],
        ),
    ] {
        let fault = decode(&format!("<detail>{}</detail>", details.concat()));
        assert_eq!(fault.type_name(), Some(name), "{details:?}");
        let found: Vec<_> = fault
            .further_details
            .iter()
            .map(|detail| Fault::new("", "", detail.clone()))
            .map(|fault| fault.type_name().map(str::to_owned))
            .collect();
        let others: Vec<_> = others.iter().map(|name| Some((*name).to_owned())).collect();
        assert_eq!(found, others, "{details:?}");
    }
    let both = decode(&format!("<detail>{STATE}{TRACE}{LOGIN}</detail>"));
    assert!(both.is::<InvalidPowerState>() && both.is::<InvalidLogin>());
    let FaultDetail::Unknown(trace) = &both.further_details[0] else {
        panic!("{both:?}");
    };
    let frame = trace.elements().next().expect("kept whole");
    assert_eq!(&*frame.attributes[0].1, "1");
}

/// Names, values and attributes that need their namespaces, from wherever those are declared.
#[test]
fn a_detail_is_decoded_as_if_it_stood_by_itself() {
    let fault = decode(
        "<detail xmlns='urn:vim25' xmlns:s='http://www.w3.org/2001/XMLSchema'><f xsi:type='NotAuthenticated'>\
         <faultMessage><key>k&amp;</key><arg><key>a</key><value xsi:type='s:int'>5</value></arg><message>\
         <![CDATA[<m>]]> &lt;</message></faultMessage><object type='Folder' serverGuid='g'>f</object>\
         <privilegeId> p </privilegeId><extra xsi:nil='true' xml:lang='x'/></f></detail>",
    );
    let found = fault.find::<NotAuthenticated>().expect("it is one");
    let object = found.object.as_ref().expect("set");
    assert_eq!((object.value(), object.server_guid()), ("f", Some("g")));
    assert_eq!(found.privilege_id, " p ");
    let message = &found.fault_message[0];
    assert_eq!(message.message.as_deref(), Some("<m> <"));
    assert_eq!(message.arg[0].value, vmomi_runtime::Any::Int(5));
    assert!(fault.detail_error.is_none());
}

/// Of a fault that cannot be decoded into its type, code, message and all of the detail remain.
#[test]
fn bad_content_loses_nothing() {
    let bad = "<v:x xsi:type='v:InvalidPowerState'><v:faultMessage><v:arg><v:value \
        xsi:type='xsd:int'>much</v:value></v:arg></v:faultMessage></v:x>";
    let content =
        format!("<faultcode>c</faultcode><faultstring>m</faultstring><detail>{bad}</detail>");
    let fault = decode(&content);
    assert_eq!((&*fault.code, &*fault.message), ("c", "m"));
    assert_eq!(fault.type_name(), Some("InvalidPowerState"));
    let FaultDetail::Unknown(kept) = &fault.detail else {
        panic!("{fault:?}");
    };
    assert_eq!(kept.elements().count(), 1);
    let error = fault.detail_error.as_ref().expect("why");
    assert_eq!(error.path(), "Fault/detail/faultMessage[0]/arg[0]/value");
    let document = envelope(&content);
    let begin = document.find(bad).expect("there") + bad.find('>').expect("a tag") + 1;
    assert_eq!(error.offset(), begin as u64);
    let shown = fault.to_string();
    assert!(
        shown.starts_with("InvalidPowerState: m (its detail cannot be decoded: at Fault/detail/"),
        "{shown}"
    );
    // One that can be decoded is the fault before one that cannot.
    let both = decode(&content.replace("</detail>", &format!("{LOGIN}</detail>")));
    assert!(both.is::<InvalidLogin>() && both.detail_error.is_some());
    assert_eq!(both.further_details.len(), 1);
}

#[test]
fn a_deviation_is_an_error_in_strict_decoding_that_keeps_the_fault() {
    let document = envelope(
        "<faultcode>c</faultcode><faultstring>m</faultstring><detail><v:x \
         xsi:type='v:InvalidLogin'><v:future/></v:x></detail>",
    );
    let decoder = || {
        let mut decoder = EnvelopeDecoder::new(None, &TYPES, &strict());
        decoder.feed(document.as_bytes()).expect("so far");
        decoder
    };
    let error = decoder().finish().expect_err("unknown");
    assert_eq!(
        (error.found(), error.path()),
        (Some("future"), "Fault/detail")
    );
    let Ok(Answer::Fault(fault)) = decoder().finish_with_fault() else {
        panic!("a fault");
    };
    assert_eq!((&*fault.code, &*fault.message), ("c", "m"));
    assert_eq!(fault.detail_error.as_deref(), Some(&error));
}

/// Wherever a fault breaks off or is broken, what came before is kept.
#[test]
fn a_fault_that_cannot_be_decoded_to_its_end_is_kept_as_far_as_it_came() {
    let document = envelope(&format!(
        "<faultcode>c</faultcode><faultstring>m</faultstring><detail>{TRACE}{STATE}</detail>"
    ));
    // A text has come when what follows it begins.
    let known = document.find("</faultstring>").expect("there") + 1;
    let in_detail = document.find("</v:x>").expect("there");
    for end in known..document.len() {
        for (rest, kind) in [
            ("", None),
            ("</x>", None),
            ("&bad;<", None),
            (
                "<!DOCTYPE x>",
                Some(DecodeErrorKind::Xml(XmlError::DocumentType)),
            ),
        ] {
            let mut decoder = EnvelopeDecoder::new(None, &TYPES, &lenient());
            let broken = format!("{}{rest}", &document[..end]);
            let fed = decoder.feed(broken.as_bytes());
            let Ok(Answer::Fault(fault)) = decoder.finish_with_fault() else {
                panic!("{broken}");
            };
            assert_eq!((&*fault.code, &*fault.message), ("c", "m"), "{broken}");
            let error = fault.detail_error.as_deref().expect("why");
            assert!(fed.is_ok() || fed.as_ref() == Err(error));
            if kind.is_some() && document[..end].ends_with('>') {
                assert_eq!(Some(error.kind()), kind.as_ref(), "{broken}");
            }
            if end > in_detail {
                assert!(fault.is::<InvalidPowerState>(), "{broken}");
                assert_eq!(fault.further_details.len(), 1);
            }
        }
    }
    // Before there is anything of it, it is no fault.
    let begun = document.find("<faultcode>").expect("there") + "<faultcode>".len();
    for end in 0..begun {
        let mut decoder = EnvelopeDecoder::new(None, &TYPES, &lenient());
        decoder.feed(&document.as_bytes()[..end]).expect("so far");
        assert!(decoder.finish_with_fault().is_err(), "{end}");
    }
}

#[test]
fn a_fault_keeps_within_the_limit_on_memory() {
    let limited = |content: &str, bytes| {
        let mut options = lenient();
        options.limits.decoded_bytes = bytes;
        let mut decoder = EnvelopeDecoder::new(None, &TYPES, &options);
        // What is over the limit ends it, and what came before is kept.
        let _ = decoder.feed(envelope(content).as_bytes());
        match decoder.finish_with_fault() {
            Ok(Answer::Fault(fault)) => fault,
            other => panic!("{other:?}"),
        }
    };
    let begin = "<faultcode>c</faultcode><faultstring>m</faultstring>";
    let trace = format!("<trace>{}</trace>", "<frame>f</frame>".repeat(1000));
    for flood in [
        format!("{begin}<detail>{}</detail>", "<t/>".repeat(1000)),
        format!("{begin}<detail>{trace}</detail>"),
        format!("{begin}<detail>{LOGIN}{trace}</detail>"),
        format!("{begin}<faultstring>{}</faultstring>", "x".repeat(10_000)),
        format!("{begin}<Reason>{}</Reason>", "<Text/>".repeat(1000)),
    ] {
        let fault = limited(&flood, 4000);
        assert_eq!((&*fault.code, &*fault.message), ("c", "m"));
        let error = fault.detail_error.expect("over the limit");
        assert_eq!(error.kind(), &DecodeErrorKind::Limit(Limit::DecodedBytes));
        assert!(limited(&flood, 1 << 20).detail_error.is_none());
    }
    // Too little for the tree, enough for that alone, and enough for what it is decoded into.
    let mut seen = [false; 3];
    for bytes in (1000..30_000).step_by(100) {
        let fault = limited(&format!("{begin}<detail>{STATE}</detail>"), bytes);
        let is_over = fault.detail_error.is_some();
        let outcome = match &fault.detail {
            FaultDetail::Missing => 0,
            FaultDetail::Unknown(_) => 1,
            FaultDetail::Typed(_) => 2,
        };
        assert_eq!(is_over, outcome < 2, "{bytes}: {fault:?}");
        seen[outcome] = true;
    }
    assert_eq!(seen, [true; 3]);
}

/// Only so much of the details is decoded into types, and all of it is kept.
#[test]
fn what_is_too_much_to_be_decoded_into_types_is_kept_as_it_was_sent() {
    let mut options = lenient();
    options.limits.fault_bytes = 1000;
    let long = format!(
        "<v:x xsi:type='v:NotAuthenticated'><v:privilegeId>{}</v:privilegeId></v:x>",
        "p".repeat(200)
    );
    let fault = decode_with(&format!("<detail>{long}{LOGIN}</detail>"), &options);
    assert!(fault.is::<InvalidLogin>() && !fault.is::<NotAuthenticated>());
    let error = fault.detail_error.expect("too long");
    assert_eq!(error.kind(), &DecodeErrorKind::Limit(Limit::FaultBytes));
    let FaultDetail::Unknown(kept) = &fault.further_details[0] else {
        panic!("decoded");
    };
    assert_eq!(kept.elements().next().map(|it| it.text().len()), Some(200));
    let both = decode(&format!("<detail>{long}{LOGIN}</detail>"));
    assert!(both.is::<NotAuthenticated>() && both.is::<InvalidLogin>());

    let many = decode(&format!("<detail>{}{LOGIN}</detail>", TRACE.repeat(63)));
    assert_eq!(many.type_name(), Some("InvalidLogin"));
    let too_many = decode(&format!("<detail>{}{LOGIN}</detail>", TRACE.repeat(64)));
    assert_eq!(too_many.further_details.len(), 64);
    assert!(!too_many.is::<InvalidLogin>());
}
