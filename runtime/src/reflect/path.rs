//! Property paths, as the PropertyCollector writes them.

use std::fmt::{self, Write as _};
use std::str::FromStr;

use crate::shown::{Hidden, Name};

/// The way from an object to a value within it: `config.hardware.device[4000].deviceInfo.label`,
/// `config.extraConfig["guestinfo.ip"].value`.
///
/// A name leads to a property. A key in brackets leads to an item of a list: to the one whose
/// property `key` is that number or quoted text, or that is a reference with that text for a
/// value; and where the items have no key, to the one at that position, counted from 0.
///
/// The empty path leads to the object itself.
///
/// A path is parsed from text, and [`Self::to_text`] gives it as text, to be sent to a server or
/// parsed again. `Display` and `Debug` are for logs: keys that are texts, which may be those of
/// sessions, are shown by their lengths there.
///
/// Any path that is given as text is parsed to the same path. For that, some characters are escaped:
///
/// - In a name, a backslash stands before each of `.`, `[`, `]`, `"` and `\`, and `\0` is the empty
///   name. No name of a property has any of these.
/// - A key is written as it is, quotes and backslashes included. Only where a quote and a bracket
///   would end it too early, there is a backslash between them: `"\]`. Where there are backslashes
///   between the two, there is one more.
///
/// ```
/// # use vmomi_runtime::reflect::PropertyPath;
/// let path: PropertyPath = r#"config.extraConfig["guestinfo.ip"].value"#.parse()?;
/// assert_eq!(path.to_text(), r#"config.extraConfig["guestinfo.ip"].value"#);
/// assert_eq!(path.to_string(), "config.extraConfig[(12 bytes)].value");
/// # Ok::<(), vmomi_runtime::reflect::PathSyntaxError>(())
/// ```
#[derive(Clone, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PropertyPath {
    steps: Vec<Step>,
}

/// One step of a [`PropertyPath`].
///
/// `Debug` shows a text by its length.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Step {
    /// `name`: a property, by its wire name.
    Property(String),
    /// `[4000]`: an item of a list, by its numeric key or its position.
    Number(i64),
    /// `["text"]`: an item of a list, by its key.
    Text(String),
}

/// Why a text is not a property path. The text itself is not shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PathSyntaxError {
    length: usize,
    position: usize,
    expected: &'static str,
}

impl PropertyPath {
    /// The path that leads to the object itself.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The steps, outermost first.
    #[must_use]
    pub fn steps(&self) -> &[Step] {
        &self.steps
    }

    /// Whether the path leads to the object itself.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.steps.is_empty()
    }

    /// The path as text, keys included: what a server takes, and what parses to the same path.
    #[must_use]
    pub fn to_text(&self) -> String {
        let mut text = String::new();
        for (index, step) in self.steps.iter().enumerate() {
            match step {
                Step::Property(name) => {
                    if index > 0 {
                        text.push('.');
                    }
                    push_name(&mut text, name);
                }
                Step::Number(key) => {
                    // Writing to a string cannot fail.
                    let _ = write!(text, "[{key}]");
                }
                Step::Text(key) => push_key(&mut text, key),
            }
        }
        text
    }

    /// Goes one step further in.
    pub fn push(&mut self, step: Step) {
        self.steps.push(step);
    }

    /// Goes one step back.
    pub fn pop(&mut self) -> Option<Step> {
        self.steps.pop()
    }

    /// The rest of this path behind another one, if it begins with that.
    #[must_use]
    pub fn strip_prefix(&self, prefix: &Self) -> Option<Self> {
        let steps = self.steps.strip_prefix(prefix.steps.as_slice())?;
        Some(steps.iter().cloned().collect())
    }
}

impl FromIterator<Step> for PropertyPath {
    fn from_iter<I: IntoIterator<Item = Step>>(steps: I) -> Self {
        Self {
            steps: steps.into_iter().collect(),
        }
    }
}

impl fmt::Display for PropertyPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, step) in self.steps.iter().enumerate() {
            if index > 0 && matches!(step, Step::Property(_)) {
                f.write_str(".")?;
            }
            fmt::Debug::fmt(step, f)?;
        }
        Ok(())
    }
}

impl fmt::Debug for PropertyPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl fmt::Debug for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Property(name) => write!(f, "{}", Name(name)),
            Self::Number(key) => write!(f, "[{key}]"),
            Self::Text(key) => write!(f, "[{}]", Hidden(key)),
        }
    }
}

impl From<PropertyPath> for String {
    /// As [`PropertyPath::to_text`].
    fn from(path: PropertyPath) -> Self {
        path.to_text()
    }
}

impl FromStr for PropertyPath {
    type Err = PathSyntaxError;

    fn from_str(path: &str) -> Result<Self, PathSyntaxError> {
        let mut steps = Vec::new();
        let mut rest = path;
        while !rest.is_empty() {
            let error = |expected| PathSyntaxError {
                length: path.len(),
                position: path.len() - rest.len(),
                expected,
            };
            let (step, behind) = match rest.strip_prefix('[') {
                Some(key) => read_key(key).ok_or_else(|| error("a [number] or [\"text\"]"))?,
                None if steps.is_empty() => read_name(rest).ok_or_else(|| error("a name"))?,
                None => rest
                    .strip_prefix('.')
                    .ok_or_else(|| error("a dot or a bracket"))
                    .and_then(|name| read_name(name).ok_or_else(|| error("a name")))?,
            };
            steps.push(step);
            rest = behind;
        }
        Ok(Self { steps })
    }
}

/// What ends a name, and the backslash itself.
const SPECIAL: [char; 5] = ['.', '[', ']', '"', '\\'];

/// The empty name.
const EMPTY: &str = "\\0";

fn push_name(text: &mut String, name: &str) {
    if name.is_empty() {
        text.push_str(EMPTY);
    }
    for character in name.chars() {
        if SPECIAL.contains(&character) {
            text.push('\\');
        }
        text.push(character);
    }
}

/// A name at the beginning of a text, and what is behind it.
fn read_name(text: &str) -> Option<(Step, &str)> {
    if let Some(behind) = text.strip_prefix(EMPTY) {
        return Some((Step::Property(String::new()), behind));
    }
    let mut name = String::new();
    let mut rest = text;
    loop {
        let end = rest.find(SPECIAL).unwrap_or(rest.len());
        let (plain, behind) = rest.split_at(end);
        name.push_str(plain);
        rest = behind;
        let Some(escaped) = rest.strip_prefix('\\') else {
            break;
        };
        let special = escaped.chars().next().filter(|c| SPECIAL.contains(c))?;
        name.push(special);
        rest = &escaped[special.len_utf8()..];
    }
    (!name.is_empty()).then_some((Step::Property(name), rest))
}

fn push_key(text: &mut String, key: &str) {
    text.push_str("[\"");
    let mut rest = key;
    while let Some((before, behind)) = rest.split_once('"') {
        text.push_str(before);
        text.push('"');
        if is_bracket(behind) {
            text.push('\\');
        }
        rest = behind;
    }
    text.push_str(rest);
    text.push_str("\"]");
}

/// A key at the beginning of a text that follows a bracket, and what is behind it.
fn read_key(text: &str) -> Option<(Step, &str)> {
    let Some(quoted) = text.strip_prefix('"') else {
        let (key, behind) = text.split_once(']')?;
        return Some((Step::Number(key.parse().ok()?), behind));
    };
    let mut key = String::new();
    let mut rest = quoted;
    loop {
        let (before, behind) = rest.split_once('"')?;
        key.push_str(before);
        if let Some(behind) = behind.strip_prefix(']') {
            return Some((Step::Text(key), behind));
        }
        key.push('"');
        // One backslash is there so that the bracket does not end the key.
        rest = behind
            .strip_prefix('\\')
            .filter(|_| is_bracket(behind))
            .unwrap_or(behind);
    }
}

/// Whether a text begins with a bracket, after any number of backslashes.
fn is_bracket(text: &str) -> bool {
    text.trim_start_matches('\\').starts_with(']')
}

impl fmt::Display for PathSyntaxError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            length,
            position,
            expected,
        } = self;
        write!(
            f,
            "not a property path: expected {expected} at byte {position} of {length}"
        )
    }
}

impl std::error::Error for PathSyntaxError {}
