//! Takes one recorded response apart with quick-xml and builds nothing of it: `codec FILE`.

use std::hint::black_box;
use std::io::BufReader;
use std::process::ExitCode;

use quick_xml::events::Event;
use quick_xml::{NsReader, Reader};
use worker::{Content, Gauge};

/// How much of a response comes at once, where it comes in pieces.
const PIECE: usize = 16 * 1024;

fn main() -> ExitCode {
    let document = std::env::args_os().nth(1).unwrap_or_default();
    let document = match std::fs::read(&document) {
        Ok(document) => document,
        Err(error) => return worker::fail(&format!("{}: {error}", document.display())),
    };
    worker::serve(|measure, gauge| perform(measure, gauge, &document))
}

fn perform(measure: &str, gauge: &mut Gauge, document: &[u8]) -> Result<Content, String> {
    let events = match measure {
        "events" => gauge.measure(|| events(document)),
        "events in pieces" => gauge.measure(|| events_in_pieces(document)),
        "resolved events" => gauge.measure(|| resolved_events(document)),
        other => return Err(format!("no such measure: {other}")),
    };
    let events = events.map_err(|error| error.to_string())?;
    Ok(vec![("events", events)])
}

fn events(document: &[u8]) -> quick_xml::Result<usize> {
    let mut reader = Reader::from_reader(document);
    let mut count = 0;
    loop {
        match reader.read_event()? {
            Event::Eof => return Ok(count),
            event => {
                black_box(&event);
                count += 1;
            }
        }
    }
}

/// As a body is read that arrives over the network.
fn events_in_pieces(document: &[u8]) -> quick_xml::Result<usize> {
    let mut reader = Reader::from_reader(BufReader::with_capacity(PIECE, document));
    let mut buffer = Vec::new();
    let mut count = 0;
    loop {
        match reader.read_event_into(&mut buffer)? {
            Event::Eof => return Ok(count),
            event => {
                black_box(&event);
                count += 1;
            }
        }
        buffer.clear();
    }
}

/// With the namespace of each element, which is what decoding needs.
fn resolved_events(document: &[u8]) -> quick_xml::Result<usize> {
    let mut reader = NsReader::from_reader(document);
    let mut count = 0;
    loop {
        match reader.read_resolved_event()? {
            (_, Event::Eof) => return Ok(count),
            event => {
                black_box(&event);
                count += 1;
            }
        }
    }
}
