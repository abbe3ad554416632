//! Descriptions with something changed at random, a thousand of them, the same ones every time: there is always code or an
//! error, and never one that blames the generator.

use std::fs;
use std::path::Path;

use vmomi_codegen::Builder;
use vmomi_codegen::diagnostic::Problem;

use crate::support::folder;

/// A small linear congruential generator: the same numbers in every run.
struct Numbers(u32);

impl Numbers {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (self.0 >> 8) as usize % limit.max(1)
    }

    fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.below(from.len())]
    }
}

/// The files of a folder by name.
fn files(path: &str) -> Vec<(String, String)> {
    let entries = fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).expect("a folder");
    let paths = entries.map(|entry| entry.expect("an entry").path());
    let mut files: Vec<_> = paths
        .filter(|path| path.extension().is_some_and(|of| of != "rs") && path.is_file())
        .map(|path| {
            let name = path
                .file_name()
                .expect("a name")
                .to_string_lossy()
                .into_owned();
            (name, fs::read_to_string(path).expect("a text"))
        })
        .collect();
    files.sort();
    files
}

/// Changes one thing: a line, a quoted text, or a few bytes.
fn mutate(text: &str, numbers: &mut Numbers) -> String {
    let mut lines: Vec<&str> = text.lines().collect();
    if lines.is_empty() {
        return "\n".to_owned();
    }
    let (one, other) = (numbers.below(lines.len()), numbers.below(lines.len()));
    match numbers.below(7) {
        0 => drop(lines.remove(one)),
        1 => lines.insert(other, lines[one]),
        2 => lines.swap(one, other),
        3 => lines.truncate(one),
        4 => drop(lines.drain(one.min(other)..one.max(other))),
        5 => return requote(text, numbers),
        _ => return damage(text, numbers),
    }
    lines.join("\n")
}

/// Puts one quoted text, such as the value of an attribute, in place of another, or a nasty one.
fn requote(text: &str, numbers: &mut Numbers) -> String {
    const NASTY: [&str; 9] = [
        "",
        "type",
        "unbounded",
        "xsd:anyType",
        "ArrayOfDisk",
        "xsd:int",
        "0",
        "é",
        "../x.xsd",
    ];
    let mut parts: Vec<&str> = text.split('"').collect();
    let quoted = |numbers: &mut Numbers| numbers.below(parts.len() / 2) * 2 + 1;
    let (to, from) = (quoted(numbers), quoted(numbers));
    parts[to] = if numbers.below(2) == 0 {
        parts[from]
    } else {
        NASTY[numbers.below(NASTY.len())]
    };
    parts.join("\"")
}

fn damage(text: &str, numbers: &mut Numbers) -> String {
    let mut bytes = text.as_bytes().to_vec();
    let at = numbers.below(bytes.len());
    let end = (at + numbers.below(60)).min(bytes.len());
    match numbers.below(3) {
        0 => bytes[at] = *numbers.pick(b"<>\"&'/ \n\x00a:{}[]"),
        1 => drop(bytes.drain(at..end)),
        _ => {
            let part = bytes[at..end].to_vec();
            drop(bytes.splice(at..at, part));
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Changes the description of a folder so many times, a little each time.
fn survives(path: &str, times: usize) {
    let whole = files(path);
    let mut numbers = Numbers(times as u32);
    let (mut accepted, mut refused) = (0, 0);
    for round in 0..times {
        let mut files = whole.clone();
        for _ in 0..=numbers.below(3) {
            let index = numbers.below(files.len());
            files[index].1 = mutate(&files[index].1, &mut numbers);
        }
        let files: Vec<_> = files
            .iter()
            .map(|(name, text)| (name.as_str(), text.as_str()))
            .collect();
        let folder = folder(&files);
        match Builder::new().wsdl(folder.path()).render() {
            Ok(_) => accepted += 1,
            Err(error) => {
                refused += 1;
                for error in error.iter() {
                    let message = error.to_string();
                    let blames_itself = matches!(
                        error.problem(),
                        Problem::NotEmitted(_) | Problem::InvalidRust(_)
                    );
                    assert!(!blames_itself, "round {round}: {message}");
                    let is_placed = error.location().is_some();
                    let names_no_file = matches!(error.problem(), Problem::NameCollision { .. });
                    assert!(is_placed || names_no_file, "round {round}: {message}");
                }
            }
        }
    }
    assert!(
        accepted > 0 && refused > times / 2,
        "{accepted} accepted, {refused} refused"
    );
}

#[test]
fn a_description_changed_a_little_is_refused_or_generated() {
    survives("tests/fixtures/accepted/service", 800);
}

#[test]
fn so_is_one_with_something_of_each_sort() {
    survives("tests/emit/small", 200);
}
