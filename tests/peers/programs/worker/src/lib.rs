//! How a measured program talks with `tests/peers/run`, which starts several and takes turns.
//!
//! The program reads the name of a measure from each line of standard input, performs it once, and
//! answers with one line of JSON: what the [`Gauge`] found, and the [`Content`] that the work came
//! to, by which the programs are seen to have done the same.

use std::fmt::{Display, Write as _};
use std::io::{BufRead, Write};
use std::process::ExitCode;

/// What the work came to, as names and numbers.
pub type Content = Vec<(&'static str, usize)>;

/// Measures the part of the work that counts; the rest is preparation and checks.
#[derive(Default)]
pub struct Gauge {
    found: String,
}

impl Gauge {
    /// Does the work and takes its time. Dropping what it returns is not part of it.
    #[cfg(not(feature = "counting"))]
    pub fn measure<T>(&mut self, work: impl FnOnce() -> T) -> T {
        let start = std::time::Instant::now();
        let result = work();
        let seconds = start.elapsed().as_secs_f64();
        self.found = format!("\"seconds\": {seconds:.9}");
        result
    }

    /// Does the work and counts its allocations. One that grows counts once more with its new
    /// size, and both sizes are in the peak.
    #[cfg(feature = "counting")]
    pub fn measure<T>(&mut self, work: impl FnOnce() -> T) -> T {
        let mut result = None;
        let counted = allocation_counter::measure(|| result = Some(work()));
        self.found = format!(
            "\"allocations\": {}, \"allocated_bytes\": {}, \"peak_bytes\": {}",
            counted.count_total, counted.bytes_total, counted.bytes_max
        );
        result.expect("the work was done")
    }
}

/// Performs what is asked for until standard input ends.
pub fn serve<E: Display>(
    mut perform: impl FnMut(&str, &mut Gauge) -> Result<Content, E>,
) -> ExitCode {
    for measure in std::io::stdin().lock().lines() {
        let mut gauge = Gauge::default();
        let performed = measure
            .map_err(|error| error.to_string())
            .and_then(|name| perform(&name, &mut gauge).map_err(|error| error.to_string()));
        match performed {
            Ok(content) => answer(&gauge.found, &content),
            Err(error) => return fail(&error),
        }
    }
    ExitCode::SUCCESS
}

/// Says on standard error why the program cannot go on.
pub fn fail(error: &dyn Display) -> ExitCode {
    eprintln!("{error}");
    ExitCode::FAILURE
}

fn answer(found: &str, content: &Content) {
    let mut line = format!("{{{found}, \"content\": {{");
    for (index, (name, number)) in content.iter().enumerate() {
        let separator = if index == 0 { "" } else { ", " };
        // Writing to a string cannot fail.
        let _ = write!(line, "{separator}\"{name}\": {number}");
    }
    line.push_str("}}\n");
    // Standard output is a pipe, which nothing flushes at the end of a line.
    let mut output = std::io::stdout().lock();
    let _ = output.write_all(line.as_bytes());
    let _ = output.flush();
}
