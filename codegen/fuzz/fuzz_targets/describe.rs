//! A description is refused with messages that help, or made into code whose documentation is
//! nothing but text. An input that begins with a zero is taken for the choices by which one is
//! made, any other for the texts of its files.

#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use tempfile::TempDir;
use vmomi_codegen_fuzz::{choices, files, properties};

/// Where the files are: they are read from disk as those of a user are.
static FOLDER: LazyLock<TempDir> =
    LazyLock::new(|| tempfile::tempdir().unwrap_or_else(|error| panic!("{error}")));

fuzz_target!(|input: &[u8]| {
    let folder = FOLDER.path();
    match input.strip_prefix(b"\0") {
        Some(chosen) => properties::check(&choices::description(chosen), folder),
        None => properties::check(&files(&String::from_utf8_lossy(input)), folder),
    }
});
