//! Decodes and encodes one recorded response with vim_rs: `codec FILE`.

use std::error::Error;
use std::process::ExitCode;

use vim_rs::core::client::{Transport, unmarshal};
use vim_rs::types::structs::{RetrieveResult, VirtualMachineConfigInfo};
use vim_rs::types::vim_any::VimAny;
use vim_rs::xml::ser::to_xml;
use worker::{Content, Gauge};

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
        "decode" => Ok(content(&gauge.measure(|| decode(document))?)),
        "encode" => {
            let value = match decoded {
                Some(value) => &*value,
                None => decoded.insert(decode(document)?),
            };
            let encoded = gauge.measure(|| to_xml(value, "returnval"));
            Ok(vec![("bytes", encoded.len())])
        }
        other => Err(format!("no such measure: {other}").into()),
    }
}

/// As the crate's own stubs do with what the server answered.
fn decode(document: &[u8]) -> vim_rs::core::client::Result<RetrieveResult> {
    unmarshal(Transport::Soap, document)
}

fn content(result: &RetrieveResult) -> Content {
    let mut devices = 0;
    let mut properties = 0;
    for property in result
        .objects
        .iter()
        .filter_map(|object| object.prop_set.as_ref())
        .flatten()
    {
        properties += 1;
        if let VimAny::Object(value) = &property.val
            && let Some(config) = value
                .as_any_ref()
                .downcast_ref::<VirtualMachineConfigInfo>()
        {
            devices += config.hardware.device.as_ref().map_or(0, Vec::len);
        }
    }
    vec![
        ("objects", result.objects.len()),
        ("properties", properties),
        ("devices", devices),
    ]
}
