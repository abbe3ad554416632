//! Runs the program while a server answers it.

use std::path::Path;
use std::process::{Command, Output};

use crate::surroundings;

/// What the program did.
pub struct Done {
    pub code: Option<i32>,
    pub out: String,
    pub error: String,
}

/// Runs the program in a folder.
pub async fn run(folder: &Path, arguments: &[&str]) -> Done {
    run_with(folder, arguments, &[]).await
}

/// The same with something in the environment.
pub async fn run_with(folder: &Path, arguments: &[&str], environment: &[(&str, &str)]) -> Done {
    let mut command = Command::new(env!("CARGO_BIN_EXE_vmomi-codegen"));
    command.current_dir(folder).args(arguments);
    surroundings::keep_from(&mut command);
    command.envs(environment.iter().copied());
    // The server answers on the other threads meanwhile.
    let ended = tokio::task::spawn_blocking(move || command.output())
        .await
        .expect("it ends");
    let Output {
        status,
        stdout,
        stderr,
    } = ended.expect("it runs");
    Done {
        code: status.code(),
        out: String::from_utf8(stdout).expect("text"),
        error: String::from_utf8(stderr).expect("text"),
    }
}
