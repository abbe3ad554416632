//! Decodes and encodes one recorded response with vmomi: `codec FILE`.

use std::error::Error;
use std::process::ExitCode;

use vmomi::Any;
use vmomi::runtime::decode::{Answer, DecodeOptions, EnvelopeDecoder};
use vmomi::runtime::erased::Returned;
use vmomi::runtime::to_xml;
use vmomi::vim25::{RetrieveResult, SERVICE, TYPES, VirtualMachineConfigInfo};
use worker::{Content, Gauge};

/// How much of a response comes at once, where it comes in pieces.
const PIECE: usize = 16 * 1024;

fn main() -> ExitCode {
    let document = std::env::args_os().nth(1).unwrap_or_default();
    let document = match std::fs::read(&document) {
        Ok(document) => document,
        Err(error) => return worker::fail(&format!("{}: {error}", document.display())),
    };
    let mut decoded = None;
    worker::serve(|measure, gauge| perform(measure, gauge, &document, &mut decoded))
}

/// `decoded` keeps what is encoded from one time to the next.
fn perform(
    measure: &str,
    gauge: &mut Gauge,
    document: &[u8],
    decoded: &mut Option<RetrieveResult>,
) -> Result<Content, Box<dyn Error>> {
    match measure {
        "decode" => content(&gauge.measure(|| decode(document, document.len()))?),
        "decode in pieces" => content(&gauge.measure(|| decode(document, PIECE))?),
        "encode" => {
            let value = match decoded {
                Some(value) => &*value,
                None => decoded.insert(decode(document, document.len())?),
            };
            let encoded = gauge.measure(|| to_xml("returnval", value, &SERVICE))?;
            Ok(vec![("bytes", encoded.len())])
        }
        other => Err(format!("no such measure: {other}").into()),
    }
}

fn decode(document: &[u8], piece: usize) -> Result<RetrieveResult, Box<dyn Error>> {
    let mut decoder = EnvelopeDecoder::new(
        <RetrieveResult as Returned>::SHAPE,
        &TYPES,
        &DecodeOptions::default(),
    );
    for piece in document.chunks(piece) {
        decoder.feed(piece)?;
    }
    match decoder.finish()? {
        Answer::Value(value) => RetrieveResult::from_any(value)
            .map_err(|found| format!("a {} in place of the result", found.type_name()).into()),
        Answer::Fault(fault) => Err(fault.message.into()),
    }
}

fn content(result: &RetrieveResult) -> Result<Content, Box<dyn Error>> {
    let mut devices = 0;
    let mut properties = 0;
    for object in &result.objects {
        properties += object.prop_set.len();
        for property in &object.prop_set {
            if let Any::Object(value) = &property.val
                && let Some(config) = value.downcast_ref::<VirtualMachineConfigInfo>()
            {
                devices += config.hardware.device.len();
            }
        }
    }
    Ok(vec![
        ("objects", result.objects.len()),
        ("properties", properties),
        ("devices", devices),
    ])
}
