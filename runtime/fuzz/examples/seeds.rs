//! Writes the inputs that fuzzing begins with: the bodies that the tests of `vmomi-runtime` decode,
//! and random values of its small API, the same in every run.
//!
//! `cargo run --example seeds`, in this folder; `--check` only tells whether they are there.

use std::path::Path;
use std::process::ExitCode;
use std::{fs, io};

use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use vmomi_runtime::to_xml;
use vmomi_runtime_fuzz::support::SERVICE;
use vmomi_runtime_fuzz::{arbitrary, samples};

/// How many values are made.
const VALUES: usize = 24;

/// Names and contents of the files for each target.
struct Seeds(Vec<(&'static str, String, Vec<u8>)>);

impl Seeds {
    fn new() -> Self {
        let mut seeds = Self(Vec::new());
        for (index, body) in samples::bodies().into_iter().enumerate() {
            for target in ["tokenizer", "decode"] {
                seeds
                    .0
                    .push((target, format!("body-{index:02}.xml"), body.clone()));
            }
        }
        let chance = TestRng::from_seed(RngAlgorithm::ChaCha, b"the same values in every run, ok");
        let mut runner = TestRunner::new_with_rng(Config::default(), chance);
        for index in 0..VALUES {
            let Ok(steps) = arbitrary::steps().new_tree(&mut runner) else {
                continue;
            };
            let value = arbitrary::build(&steps.current());
            if let Ok(json) = serde_json::to_vec(&value) {
                seeds
                    .0
                    .push(("json", format!("value-{index:02}.json"), json));
            }
            if let Ok(xml) = to_xml("returnval", &value, &SERVICE) {
                for target in ["tokenizer", "decode", "round_trip", "json"] {
                    let name = format!("value-{index:02}.xml");
                    seeds.0.push((target, name, xml.clone().into_bytes()));
                }
            }
        }
        seeds
    }

    fn write(&self, folder: &Path) -> io::Result<()> {
        for (target, name, content) in &self.0 {
            let folder = folder.join(target);
            fs::create_dir_all(&folder)?;
            fs::write(folder.join(name), content)?;
        }
        Ok(())
    }

    fn are_in(&self, folder: &Path) -> bool {
        self.0.iter().all(|(target, name, content)| {
            fs::read(folder.join(target).join(name)).is_ok_and(|found| found == *content)
        })
    }
}

fn main() -> ExitCode {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds");
    let seeds = Seeds::new();
    if std::env::args().nth(1).as_deref() == Some("--check") {
        if seeds.are_in(&folder) {
            return ExitCode::SUCCESS;
        }
        eprintln!("the seeds are not current; write them with: cargo run --example seeds");
        return ExitCode::FAILURE;
    }
    match seeds.write(&folder) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{}: {error}", folder.display());
            ExitCode::FAILURE
        }
    }
}
