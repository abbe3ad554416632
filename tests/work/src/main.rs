//! Decoding takes a bounded number of instructions for each byte, whatever the document.
//!
//! ```text
//! cargo run --release -p vmomi-work [KIND]
//! ```
//!
//! Counts under valgrind what documents of each kind take, in one length and in twice that, and fails
//! where a byte takes more than its kind allows or where it takes more in the longer one.

#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "what it counts is its output"
)]

mod documents;

use std::env;
use std::error::Error;
use std::fs;
use std::path::Path;
use std::process::{Command, ExitCode};

use documents::{Document, How, KINDS, Kind};
use vmomi_api::vim25::TYPES;
use vmomi_runtime::Any;
use vmomi_runtime::decode::{DecodeOptions, EnvelopeDecoder, from_xml};
use vmomi_runtime::erased::Returned;
use vmomi_runtime::json::from_json;

/// The shorter length of a document; the other one is twice that. Both are more than the decoder takes
/// at once of a text.
const BYTES: usize = 80_000;

/// How much more twice as much may take, in hundredths: twice, and what tables take that grow.
const MOST_GROWTH: u64 = 215;

/// Given to the program when it runs under valgrind.
const COUNTED: &str = "--counted";

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    if let [mode, wanted @ ..] = &arguments[..]
        && mode == COUNTED
    {
        for kind in chosen(wanted) {
            for document in pair(kind) {
                decode(&document);
            }
        }
        return ExitCode::SUCCESS;
    }
    match count(&arguments) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

/// The kinds whose names contain what was asked for.
fn chosen(wanted: &[String]) -> impl Iterator<Item = &'static Kind> {
    KINDS
        .iter()
        .filter(|kind| wanted.iter().all(|part| kind.name.contains(part)))
}

fn pair(kind: &Kind) -> [Document; 2] {
    [(kind.make)(BYTES), (kind.make)(2 * BYTES)]
}

/// What is counted, found by its name.
#[inline(never)]
fn decode(document: &Document) {
    let content = document.content.as_bytes();
    let mut options = DecodeOptions::default();
    match document.how {
        How::Xml => drop(from_xml::<Any>(content, &TYPES, &options)),
        How::Strict => {
            options.strict = true;
            drop(from_xml::<Any>(content, &TYPES, &options));
        }
        How::Json => drop(from_json::<Any>(content, &TYPES, &options)),
        How::Envelope(piece) => {
            let mut decoder = EnvelopeDecoder::new(Any::SHAPE, &TYPES, &options);
            for piece in content.chunks(piece) {
                if decoder.feed(piece).is_err() {
                    break;
                }
            }
            drop(decoder.finish());
        }
    }
}

/// Runs this program under valgrind and judges what it counted. Whether all is well.
fn count(wanted: &[String]) -> Result<bool, Box<dyn Error>> {
    let folder = env::temp_dir().join(format!("vmomi-work-{}", std::process::id()));
    fs::create_dir(&folder)?;
    let counts = run(wanted, &folder);
    fs::remove_dir_all(&folder)?;
    let counts = counts?;
    let mut is_well = true;
    println!("{:>10} {:>7} {:>6}", "per byte", "allowed", "growth");
    for (kind, counts) in chosen(wanted).zip(counts.chunks(2)) {
        let &[once, twice] = counts else {
            return Err("valgrind did not count everything".into());
        };
        let bytes = pair(kind)[1].content.len() as u64;
        let per_byte = twice.div_ceil(bytes);
        let growth = twice * 100 / once.max(1);
        let is_bounded = per_byte <= kind.bound && growth <= MOST_GROWTH;
        is_well &= is_bounded;
        println!(
            "{per_byte:>10} {:>7} {:>3}.{:02} {} {}",
            kind.bound,
            growth / 100,
            growth % 100,
            if is_bounded { "  " } else { "!!" },
            kind.name
        );
    }
    Ok(is_well)
}

/// The instructions that each document took, in order.
fn run(wanted: &[String], folder: &Path) -> Result<Vec<u64>, Box<dyn Error>> {
    let function = "vmomi_work::decode";
    let output = Command::new("valgrind")
        .arg("--tool=callgrind")
        .arg("--quiet")
        .arg("--collect-atstart=no")
        .arg(format!("--toggle-collect={function}"))
        .arg(format!("--dump-after={function}"))
        .arg(format!(
            "--callgrind-out-file={}",
            folder.join("out").display()
        ))
        .arg(env::current_exe()?)
        .arg(COUNTED)
        .args(wanted)
        .output()
        .map_err(|error| format!("valgrind, which counts the instructions: {error}"))?;
    if !output.status.success() {
        let message = String::from_utf8_lossy(&output.stderr);
        return Err(format!("under valgrind: {}\n{message}", output.status).into());
    }
    (1..=2 * chosen(wanted).count())
        .map(|number| {
            let file = fs::read_to_string(folder.join(format!("out.{number}")))?;
            let total = file
                .lines()
                .find_map(|line| line.strip_prefix("totals: "))
                .ok_or("valgrind wrote no total")?;
            Ok(total.trim().parse()?)
        })
        .collect()
}
