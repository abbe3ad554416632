//! The list of values in the text on an enumeration.
//!
//! ```text
//! How it is.
//!
//! Possible values:
//! - `on`: It runs.
//!   
//!   Or starts.
//! - `off`
//!
//! Since some version.
//! ```

/// What stands before the list.
const HEADING: &str = "Possible values:";

/// The text on an enumeration, taken apart.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Listed {
    /// What is not the list.
    pub(super) text: String,
    /// Each value that has a text, with that.
    pub(super) values: Vec<(String, String)>,
}

impl Listed {
    /// Takes a text apart. One without a list is left as it is.
    pub(super) fn of(text: &str) -> Self {
        let mut around: Vec<&str> = Vec::new();
        let mut values: Vec<(String, Vec<&str>)> = Vec::new();
        let mut in_list = false;
        for line in text.lines() {
            if line.trim() == HEADING {
                in_list = true;
            } else if !in_list {
                around.push(line);
            } else if let Some((value, rest)) = item(line) {
                values.push((value.to_owned(), vec![rest]));
            } else if line.trim().is_empty() || line.starts_with("  ") {
                if let Some((_, lines)) = values.last_mut() {
                    lines.push(line.trim());
                }
            } else {
                in_list = false;
                around.push(line);
            }
        }
        let values = values
            .into_iter()
            .map(|(value, lines)| (value, joined(&lines)));
        Self {
            text: joined(&around),
            values: values.filter(|(_, text)| !text.is_empty()).collect(),
        }
    }
}

/// The value that an item of the list is about, and the text after it.
fn item(line: &str) -> Option<(&str, &str)> {
    let (value, rest) = line.strip_prefix("- `")?.split_once('`')?;
    Some((value, rest.trim_start_matches(':').trim()))
}

fn joined(lines: &[&str]) -> String {
    lines.join("\n").trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_go_to_their_values_and_the_rest_stays() {
        let listed = Listed::of(
            "About.\n\nPossible values:\n- `a`: One\n  more.\n\n  And more.\n- `b`\n- `c`:\n\n***Since:*** 8.0",
        );
        assert_eq!(listed.text, "About.\n\n***Since:*** 8.0");
        assert_eq!(
            listed.values,
            [("a".to_owned(), "One\nmore.\n\nAnd more.".to_owned())]
        );
    }

    #[test]
    fn a_text_without_list_stays() {
        let text = "About `a`.\n- `a`: not a value";
        assert_eq!(
            Listed::of(text),
            Listed {
                text: text.to_owned(),
                values: Vec::new()
            }
        );
    }
}
