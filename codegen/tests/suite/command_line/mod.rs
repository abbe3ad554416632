//! The program, as a user runs it.

mod diff;
mod documented;
mod generate;
mod lookup;

use std::path::Path;
use std::process::{Command, Output};

use crate::surroundings;

/// Runs the program in a folder.
fn run(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_vmomi-codegen"));
    surroundings::keep_from(&mut command);
    let command = command.current_dir(folder).args(arguments);
    command.output().expect("it runs")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("text")
}
