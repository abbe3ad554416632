//! What errors and `Debug` show of property paths.

use std::fmt;

use vmomi_runtime::reflect::PropertyPath;
use vmomi_runtime::shown::Hidden;

/// A property path as the program wrote it, or as a server sent it. What is text in it, be it a
/// key or the whole that is not a path, is shown by its length.
pub(crate) struct ShownPath<'a>(pub(crate) &'a str);

impl fmt::Display for ShownPath<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.parse::<PropertyPath>() {
            Ok(path) => fmt::Display::fmt(&path, f),
            Err(_) => fmt::Display::fmt(&Hidden(self.0), f),
        }
    }
}

impl fmt::Debug for ShownPath<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::ShownPath;

    #[test]
    fn names_are_shown_and_texts_are_not() {
        for (path, shown) in [
            ("config.hardware.numCPU", "config.hardware.numCPU"),
            (r#"a["hunter2"].b[4000]"#, "a[(7 bytes)].b[4000]"),
            ("not a path.", "(11 bytes)"),
            ("s3cr3t!", "(7 bytes)"),
        ] {
            assert_eq!(ShownPath(path).to_string(), shown);
        }
    }
}
