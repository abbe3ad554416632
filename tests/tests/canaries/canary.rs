//! Texts that are looked for in everything that is shown.

use std::error::Error;
use std::fmt::{Debug, Write};

/// In the place of every text that a server sends or a program passes in. It is no name, no word
/// and no number, like most secrets.
pub const CANARY: &str = "5f3b! k4n4r1-71";

/// In the place of every text in a field that is marked as a secret.
pub const SECRET: &str = "9c1e! s3kr3t-07";

/// In the place of the messages of faults, which `Display` of errors may show.
pub const MESSAGE: &str = "8d2a! m3ss4g3-33";

/// What is left of each where it is cut, escaped or encoded.
const TRACES: [(&str, &[&str]); 3] = [
    (
        CANARY,
        &[
            "k4n4r1",
            "5f3b",
            "azRuNHIx",
            "s0bjRyMS",
            "rNG40cjEt",
            "107, 52, 110",
        ],
    ),
    (SECRET, &["s3kr3t", "9c1e", "czNrcjN0", "115, 51, 107"]),
    (MESSAGE, &["m3ss4g3", "8d2a", "109, 51, 115"]),
];

/// Whether something of the text is shown.
pub fn is_in(text: &str, shown: &str) -> bool {
    let traces = TRACES.iter().filter(|(canary, _)| *canary == text);
    let mut traces = traces.flat_map(|(_, traces)| *traces);
    traces.any(|trace| shown.contains(trace))
}

/// Nothing of any of the texts is shown.
#[track_caller]
pub fn assert_hidden(shown: &str) {
    for canary in [CANARY, SECRET, MESSAGE] {
        assert!(!is_in(canary, shown), "{shown}");
    }
}

/// As `Debug` shows it, in one line and in several.
pub fn debug(value: &(impl Debug + ?Sized)) -> String {
    format!("{value:?} {value:#?}")
}

/// `Debug` of an error and of all its causes shows nothing, and `Display` at most the message of a
/// fault, which it may only show if there is one.
#[track_caller]
pub fn assert_error_hidden(error: &(dyn Error + 'static), has_message: bool) {
    let mut messages = String::new();
    let mut cause = Some(error);
    while let Some(error) = cause {
        assert_hidden(&debug(error));
        write!(messages, "{error} ").expect("writing to memory");
        cause = error.source();
    }
    if has_message {
        assert!(is_in(MESSAGE, &messages), "{messages}");
        assert!(
            !is_in(CANARY, &messages) && !is_in(SECRET, &messages),
            "{messages}"
        );
    } else {
        assert_hidden(&messages);
    }
}
