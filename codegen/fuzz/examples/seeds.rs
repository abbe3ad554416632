//! Writes the inputs that fuzzing begins with: the fixtures of the tests of `vmomi-codegen`, and
//! choices.
//!
//! `cargo run --example seeds`, in this folder; `--check` only tells whether they are there.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::ExitCode;
use std::{fs, io};

use vmomi_codegen_fuzz::joined;

/// The folders with descriptions, below the crate: in each, every folder is one.
const FIXTURES: [&str; 4] = [
    "tests/fixtures/accepted",
    "tests/fixtures/refused",
    "tests/fixtures/warned",
    "tests/emit/rules",
];

/// How many inputs of choices there are, and how long each is.
const CHOICES: (u32, usize) = (16, 200);

/// The longest seed: longer ones take longer than they are worth.
const LONGEST: usize = 8_000;

fn seeds(root: &Path) -> io::Result<BTreeMap<String, Vec<u8>>> {
    let mut seeds = BTreeMap::new();
    for fixtures in FIXTURES {
        for folder in fs::read_dir(root.join(fixtures))? {
            let folder = folder?.path();
            let mut files = Vec::new();
            for file in fs::read_dir(&folder).into_iter().flatten() {
                let file = file?.path();
                let name = file.file_name().unwrap_or_default().to_string_lossy();
                let is_part = [".xsd", ".wsdl", "catalog.json"];
                if is_part.iter().any(|end| name.ends_with(end)) && file.is_file() {
                    let text = String::from_utf8_lossy(&fs::read(&file)?).into_owned();
                    files.push((name.into_owned(), text));
                }
            }
            files.sort();
            let text = joined(&files);
            if !files.is_empty() && text.len() <= LONGEST {
                let name = folder.file_name().unwrap_or_default();
                seeds.insert(format!("{}.txt", name.to_string_lossy()), text.into_bytes());
            }
        }
    }
    let (count, length) = CHOICES;
    // A small linear congruential generator, the same in every run.
    let mut state = 1_u32;
    let mut next = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 24) as u8
    };
    for index in 0..count {
        let chosen = (0..length).map(|_| next());
        let input = std::iter::once(0).chain(chosen).collect();
        seeds.insert(format!("choices-{index:02}.bin"), input);
    }
    Ok(seeds)
}

fn write(folder: &Path, seeds: &BTreeMap<String, Vec<u8>>) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    for (name, content) in seeds {
        fs::write(folder.join(name), content)?;
    }
    Ok(())
}

fn main() -> ExitCode {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = here.join("seeds/describe");
    let outcome = seeds(&here.join("..")).and_then(|seeds| {
        let is_there = |(name, content): (&String, &Vec<u8>)| {
            fs::read(folder.join(name)).is_ok_and(|found| found == *content)
        };
        match std::env::args().nth(1).as_deref() {
            Some("--check") => Ok(seeds.iter().all(is_there)),
            _ => write(&folder, &seeds).map(|()| true),
        }
    });
    match outcome {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => {
            eprintln!("the seeds are not current; write them with: cargo run --example seeds");
            ExitCode::FAILURE
        }
        Err(error) => {
            eprintln!("{}: {error}", folder.display());
            ExitCode::FAILURE
        }
    }
}
